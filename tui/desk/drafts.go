package desk

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/widgets"
)

// A draft holds the fields a person changed, and behind a mark that no field's name has: when it was kept, the version of the
// record it rests on, the title of its form, and what stood in each of the fields when it was begun.
const (
	draftAt      = "@at"
	draftVersion = "@version"
	draftTitle   = "@title"
	draftWas     = "@was "
)

// parts takes a draft apart into what was typed and what stood there before.
func parts(draft map[string]string) (typed, was map[string]string) {
	typed, was = map[string]string{}, map[string]string{}
	for k, v := range draft {
		if name, ok := strings.CutPrefix(k, draftWas); ok {
			was[name] = v
		} else if !strings.HasPrefix(k, "@") {
			typed[k] = v
		}
	}
	return typed, was
}

// Unfinished is a draft as it is listed.
type Unfinished struct {
	Key   string
	Title string
	At    domain.Moment // zero where it was not kept with it
	// Closed says that the child it is about is restricted, and not to this person: it waits until that is opened to them.
	Closed bool
	// By is who typed it, where the login was another's then, or had another name; "" for this person.
	By string
}

// About are the ids a draft's key names.
func (u Unfinished) About() []domain.ID {
	var out []domain.ID
	for _, w := range strings.Fields(u.Key) {
		if id, ok := domain.ParseID(w); ok {
			out = append(out, id)
		}
	}
	return out
}

// Unfinished are this person's drafts, the newest first.
func (p *Program) Unfinished(s *frame.Session) []Unfinished {
	var out []Unfinished
	for key, d := range p.drafts {
		if strings.HasPrefix(key, "view ") {
			continue // the name of a view is no work
		}
		act, _, _ := strings.Cut(key, " ")
		u := Unfinished{Key: key, Title: d[draftTitle], Closed: p.closed[key]}
		if u.Title == "" || s.MaskNames || u.Closed {
			u.Title = Sentence(domain.Does(act)) + strings.TrimPrefix(key, act)
		}
		if u.Closed {
			u.Title = "Restricted, " + u.Title
		}
		if t, err := time.Parse(time.RFC3339, d[draftAt]); err == nil {
			u.At = domain.At(t)
			u.By = p.formerly(u.At)
		}
		out = append(out, u)
	}
	slices.SortFunc(out, func(a, b Unfinished) int {
		if a.At != b.At {
			return int(b.At.Unix() - a.At.Unix())
		}
		return strings.Compare(a.Key, b.Key)
	})
	return out
}

// formerly is who had this person's login at a moment, where that may be somebody else; "" else.
func (p *Program) formerly(at domain.Moment) string {
	if me := p.Actor().Login; !p.Settings().IsStill(me, at) {
		return p.Settings().PersonAt(me, at)
	}
	return ""
}

// UnfinishedLines name this person's drafts, so many at most.
func (p *Program) UnfinishedLines(s *frame.Session, most int) []widgets.Line {
	list := p.Unfinished(s)
	var out []widgets.Line
	for _, u := range list[:min(len(list), most)] {
		when := ""
		if !u.At.IsZero() {
			when = ", " + When(u.At, s.Now())
		}
		if u.By != "" {
			when += ", by " + u.By
		}
		out = append(out, widgets.Join(widgets.In(s.Theme.Info, s.Theme.Glyphs.Pencil+" typed, not saved: "), widgets.Say(u.Title), widgets.In(s.Theme.Muted, when)))
	}
	if n := len(list) - most; n > 0 {
		out = append(out, widgets.In(s.Theme.Muted, "  and "+strconv.Itoa(n)+" more"))
	}
	return out
}

// Drafted says that something this person typed about one of these records is not saved yet.
func (p *Program) Drafted(records ...domain.ID) bool {
	for key := range p.drafts {
		for _, id := range (Unfinished{Key: key}).About() {
			if slices.Contains(records, id) {
				return true
			}
		}
	}
	return false
}

// readDrafts reads what this person left unfinished.
func (p *Program) readDrafts() tea.Cmd {
	return func() tea.Msg {
		ctx := p.Context()
		keys, err := p.DraftKeys(ctx)
		if err != nil {
			return draftsMsg{err: err}
		}
		all := map[string]map[string]string{}
		for _, k := range keys {
			if all[k], err = p.Draft(ctx, k); err != nil {
				return draftsMsg{err: err}
			}
		}
		closed, err := p.aboutClosed(ctx, keys)
		return draftsMsg{drafts: all, closed: closed, err: err}
	}
}

// readClosedDrafts finds out anew which drafts are about somebody restricted; nil where nothing lies unfinished.
func (p *Program) readClosedDrafts() tea.Cmd {
	keys := slices.Collect(maps.Keys(p.drafts))
	if len(keys) == 0 {
		return nil
	}
	return func() tea.Msg {
		closed, err := p.aboutClosed(p.Context(), keys)
		return closedDraftsMsg{closed, err}
	}
}

// aboutClosed are the drafts about a child who is restricted, and not to this person.
func (p *Program) aboutClosed(ctx context.Context, keys []string) (map[string]bool, error) {
	out := map[string]bool{}
	return out, p.Ask(ctx, func(r domain.Reader) error {
		for _, key := range keys {
			about := Unfinished{Key: key}.About()
			for _, id := range about {
				if id.Kind() == domain.KindAttempt {
					owners, err := r.AttemptOwners(id)
					if err != nil {
						return err
					}
					about = append(about, owners...)
				}
			}
			for _, id := range about {
				t, err := domain.ReadRecord(r, id)
				if err != nil {
					return err
				}
				var refused *domain.Refusal
				if err := domain.MayOpen(r, t); errors.As(err, &refused) {
					out[key] = true
				} else if err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// keep keeps a draft here at once and in the store in a command; nil throws it away.
func (p *Program) keep(key string, fields map[string]string) tea.Cmd {
	fields = maps.Clone(fields)
	if len(fields) == 0 {
		if _, had := p.drafts[key]; !had {
			return nil
		}
		delete(p.drafts, key)
	} else {
		p.drafts[key] = fields
	}
	return func() tea.Msg {
		if err := p.KeepDraft(p.Lasting(), key, fields); err != nil {
			return toldMsg{widgets.Bad, "The draft could not be kept: " + err.Error()}
		}
		return nil
	}
}

// Typed is what was left unfinished under a key, nil when nothing was: for a screen that is itself a form.
func (p *Program) Typed(key string) map[string]string { return maps.Clone(p.drafts[key]) }

// GoOn says that a draft is gone on with: a menu on the way to its form answers itself.
func (p *Program) GoOn(key string) { p.going = key }

// GoesOn gives the rest of the key of the draft that is gone on with, where it begins so.
func (p *Program) GoesOn(begin string) (rest string, ok bool) {
	if rest, ok = strings.CutPrefix(p.going, begin); ok && p.going != "" {
		p.going = ""
		return rest, true
	}
	return "", false
}

// ThrowAway throws a draft away for good.
func (p *Program) ThrowAway(key string) tea.Cmd { return p.keep(key, nil) }

// KeptMsg says that what [Program.KeepTyped] was given is in the store, or why it is not.
type KeptMsg struct {
	Key string
	Err error
}

// KeepTyped keeps what is being typed on a screen that is itself a form; nil throws it away. The next is to be kept once
// this one's [KeptMsg] came, so that none overtakes another.
func (p *Program) KeepTyped(key string, fields map[string]string) tea.Cmd {
	fields = maps.Clone(fields)
	if delete(p.drafts, key); len(fields) > 0 {
		fields[draftAt] = domain.At(p.Now()).RFC3339()
		p.drafts[key] = fields
	}
	return func() tea.Msg { return KeptMsg{key, p.KeepDraft(p.Lasting(), key, fields)} }
}

// KeepNow keeps drafts before the program ends; the frame hands them over.
func (p *Program) KeepNow(drafts []frame.Draft) {
	for _, d := range drafts {
		fields := map[string]string(d.Values)
		if about := p.open[d.About]; about != nil {
			fields = about(fields)
		}
		_ = p.KeepDraft(p.Lasting(), d.About, fields) // the last moment: nobody is left to be told
	}
}

// afresh is the result of a form whose draft was thrown away.
type afresh struct{}

// OpenForm shows a form whose text is kept as a draft under a key while it is written, comes back when it was left or
// the program ended, and is thrown away once the form is done.
func (p *Program) OpenForm(s *frame.Session, of Of, key string, c widgets.FormConfig, then func(result any) tea.Cmd) tea.Cmd {
	return p.OpenFormOn(s, of, nil, key, c, then)
}

// OpenFormOn is OpenForm for a form that decides about something others may be at too; on may be nil.
func (p *Program) OpenFormOn(s *frame.Session, of Of, on *Subject, key string, c widgets.FormConfig, then func(result any) tea.Cmd) tea.Cmd {
	p.going = ""
	plain := c
	c.Title = of.Title(c.Title)
	if d, ok := p.drafts[key]; ok {
		c.Draft, c.Was = parts(d)
		from := "Your unfinished text is back. "
		if t, err := time.Parse(time.RFC3339, d[draftAt]); err == nil {
			from = "Your unfinished text is back, of " + domain.At(t).String() + ". "
			if by := p.formerly(domain.At(t)); by != "" {
				from = "Unfinished text of " + by + " is back, of " + domain.At(t).String() + ": saved, it is yours. "
			}
		}
		c.Intro = append([]widgets.Line{widgets.In(s.Theme.Info, from+s.Keys.Hint(keymap.FormAfresh)+" throws it away.")}, c.Intro...)
		c.Afresh = func() tea.Cmd { return s.Close(afresh{}) }
		if v, err := strconv.ParseUint(d[draftVersion], 10, 64); err == nil && on != nil {
			on.begun = v
		}
	}
	var form *widgets.Form
	about := func(draft map[string]string) map[string]string {
		if len(draft) == 0 {
			return nil
		}
		out := maps.Clone(draft)
		for name, was := range form.Begun() {
			if _, typed := draft[name]; typed {
				out[draftWas+name] = was
			}
		}
		out[draftAt], out[draftTitle] = domain.At(p.Now()).RFC3339(), c.Title
		if v := on.restsOn(); v != 0 {
			out[draftVersion] = strconv.FormatUint(v, 10)
		}
		return out
	}
	c.OnChange = func(v widgets.Values) tea.Cmd { return p.keep(key, about(v)) }
	// What the form did is done before its draft goes: a form saved twice would be worse than a draft too many.
	var left tea.Cmd
	if on != nil {
		c.Notice = on.notice
	}
	var o frame.Overlay
	o, form = frame.Form(s, key, c, func(draft map[string]string) { left = p.keep(key, about(draft)) })
	p.open[key] = about
	gone := func() { delete(p.open, key) }
	var look tea.Cmd
	if on != nil {
		look = p.attend(on, form)
		gone = func() { delete(p.open, key); on.gone() }
	}
	s.OpenUntil(o, gone, func(result any) tea.Cmd {
		if result == nil {
			return left
		}
		if done, ok := result.(DoneMsg); ok {
			p.remember(key, c.Fields, form, about, done)
		}
		after := p.keep(key, nil)
		if _, again := result.(afresh); again {
			if on != nil {
				on.begun = 0
			}
			return tea.Batch(after, p.OpenFormOn(s, of, on, key, plain, then))
		}
		if done, ok := result.(DoneMsg); ok {
			after = tea.Batch(after, func() tea.Msg { return done })
		}
		if then != nil {
			after = tea.Batch(after, then(result))
		}
		return after
	})
	return look
}
