package desk

import (
	"context"
	"errors"
	"slices"
	"sync"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// Subject is what an open form decides about. While the form is open others see that somebody is at it, and the form says
// what they do to it meanwhile. What is saved carries the version the form was opened with, where it would take the place of
// what others did ([domain.Overwrites]): the second to save is told what changed, keeps every letter, and may save again on
// top of that.
type Subject struct {
	p     *Program
	start domain.Envelope
	th    *theme.Theme
	save  string // the key that saves
	mask  bool

	// Of an open form, in Update only.
	open      bool
	begun     uint64        // the version on which a draft that came back was begun, 0 for none
	opened    int           // how often: one thrown away and begun afresh is another
	form      *widgets.Form // nil for a menu
	id, child domain.ID
	end       func()

	mu   sync.Mutex // the form's commands read and write what follows
	seen uint64     // the version on which the next save rests; 0 while it is not known
	told []string   // what others did since
	left []string   // what they did since a draft that came back was left
}

// subjectMsg is the record a form is about.
type subjectMsg struct {
	on      *Subject
	opened  int
	id      domain.ID
	child   domain.ID
	version uint64
	left    []string
	own     bool // since the row was read this person alone changed it, before the form was opened
}

// On makes the subject of a form from the act as it would be with what stands in the form at the start.
func (p *Program) On(s *frame.Session, start domain.Envelope) *Subject {
	on := &Subject{p: p, start: start, th: s.Theme, save: s.Keys.Hint(keymap.FormSave), mask: s.MaskNames}
	if domain.Overwrites(start.Act) {
		on.seen = start.Version
	}
	return on
}

// attend begins to follow the subject of what is opened.
func (p *Program) attend(on *Subject, form *widgets.Form) tea.Cmd {
	on.open, on.form, on.end = true, form, func() {}
	on.opened++
	nth := on.opened
	p.live.forms = append(p.live.forms, on)
	act := on.start.Act
	return func() tea.Msg {
		m := subjectMsg{on: on, opened: nth}
		err := p.Ask(p.Context(), func(r domain.Reader) error {
			rec, err := domain.Target(r, act)
			if err != nil || rec == nil {
				return err
			}
			m.id, m.child, m.version = rec.RecordID(), rec.ChildID(), rec.RecordVersion()
			if from := on.start.Version; on.begun == 0 && from != 0 && from < m.version {
				list, err := view.ChangesSince(r, m.id, m.child, from)
				m.own = len(list) > 0 && !slices.ContainsFunc(list, func(c *domain.Change) bool { return c.By != on.p.Actor().Login })
				return err
			}
			if on.begun == 0 || on.begun >= m.version {
				return nil
			}
			list, err := view.ChangesSince(r, m.id, m.child, on.begun)
			for _, c := range list {
				if c.By != on.p.Actor().Login {
					m.left = append(m.left, on.changeLine(c, m.id))
				}
			}
			return err
		})
		if err != nil || m.id == 0 {
			return nil // the form itself will say what is wrong
		}
		if m.child != 0 { // whoever decides about a child has its record before them (DOMAIN §12)
			if err := p.Opened(p.Lasting(), m.child); err != nil {
				return tea.BatchMsg{func() tea.Msg { return m }, frame.Toasted(widgets.Bad, "That the record was opened could not be recorded: "+err.Error())}
			}
		}
		return m
	}
}

// subject takes what a form is about, unless it is gone already.
func (p *Program) subject(m subjectMsg) {
	on := m.on
	if !on.open || on.opened != m.opened {
		return
	}
	on.id, on.child = m.id, m.child
	on.mu.Lock()
	if on.seen == 0 || m.own && on.seen < m.version {
		on.seen = m.version
	}
	on.left = m.left
	on.mu.Unlock()
	on.end = p.Begin(domain.DoingOf(on.start.Act), m.id, m.child)
}

// gone is told when the form is.
func (on *Subject) gone() {
	on.open = false
	on.end()
	on.p.live.forms = slices.DeleteFunc(on.p.live.forms, func(x *Subject) bool { return x == on })
}

// concerned says that an event is about what the form decides.
func (on *Subject) concerned(e view.Event) bool { return on.id != 0 && slices.Contains(e.IDs, on.id) }

// tell says in the form what somebody did, and has it look anew at what saving would do.
func (on *Subject) tell(line string) tea.Cmd {
	on.mu.Lock()
	on.told = append(on.told, line)
	on.mu.Unlock()
	if on.form == nil {
		return nil
	}
	return on.form.Again()
}

// toldInForm is how many changes a form tells of.
const toldInForm = 4

// notice is what stands on top of the form: who else is at it, what they did meanwhile.
func (on *Subject) notice() []widgets.Line {
	th := on.th
	var out []widgets.Line
	for _, x := range on.p.With(on.id, on.child, on.p.clusterOf(on.id)) {
		out = append(out, widgets.In(th.DueSoon, th.Glyphs.Warn+" "+on.p.DoingLine(x)))
	}
	on.mu.Lock()
	defer on.mu.Unlock()
	for _, line := range on.left[max(0, len(on.left)-toldInForm):] {
		out = append(out, widgets.In(th.Warning, th.Glyphs.Warn+" Since you left this: "+line))
	}
	for _, line := range on.told[max(0, len(on.told)-toldInForm):] {
		out = append(out, widgets.In(th.Warning, th.Glyphs.Warn+" While this was open: "+line))
	}
	return out
}

// restsOn is the version that what is typed rests on, 0 while it is not known.
func (on *Subject) restsOn() uint64 {
	if on == nil {
		return 0
	}
	on.mu.Lock()
	defer on.mu.Unlock()
	return on.seen
}

// Rest gives an act with the version on which it is to rest.
func (on *Subject) Rest(e domain.Envelope) domain.Envelope {
	on.mu.Lock()
	defer on.mu.Unlock()
	switch {
	case !domain.Overwrites(e.Act):
		e.Version = 0
	case on.seen != 0:
		e.Version = on.seen
	}
	return e
}

// Submit takes the decision of the form. Where others changed its subject since, it tells what they did; the next time it
// rests on that.
func (on *Subject) Submit(ctx context.Context, names map[string]string, act domain.Envelope) (any, error) {
	act = on.Rest(act)
	answers, err := on.p.Do(ctx, true, act)
	if len(answers) > 0 && answers[0].Refused != nil {
		return nil, on.Refused(ctx, act, names, answers[0].Refused)
	}
	if err != nil {
		return nil, err
	}
	return DoneMsg{Acts: []domain.Envelope{act}, Answers: answers}, nil
}

// Refused is what the form says of a refusal, beside the field it is about. One that comes of others' changes says what these
// were, and the next save rests on them.
func (on *Subject) Refused(ctx context.Context, e domain.Envelope, names map[string]string, refused *domain.Refusal) error {
	if refused.Code != domain.Conflict || refused.Field != "version" {
		return beside(names, refused)
	}
	var told []string
	var version uint64
	what := "This"
	err := on.p.Ask(ctx, func(r domain.Reader) error {
		rec, err := domain.Target(r, e.Act)
		if err != nil || rec == nil {
			return err
		}
		what, version = rec.RecordID().String(), rec.RecordVersion()
		if c, ok := rec.(*domain.Child); ok {
			what = "The card of " + c.ShownRef()
		}
		list, err := view.ChangesSince(r, rec.RecordID(), rec.ChildID(), e.Version)
		for _, c := range list {
			told = append(told, on.changeLine(c, rec.RecordID()))
		}
		return err
	})
	switch {
	case err != nil:
		return err
	case version == 0:
		return beside(names, refused)
	}
	on.mu.Lock()
	on.told, on.seen = told, version
	on.mu.Unlock()
	again := e
	again.Version = version
	if f, err := on.p.Preview(ctx, again); err == nil && f.Refused != nil { // somebody else has done it, or something that rules it out
		return errors.New("Not saved: " + what + " was changed while this was open, see above, and this cannot be done any more: " + f.Refused.Message)
	}
	return errors.New("Not saved: " + what + " was changed while this was open, see above. Your text stands: " + on.save +
		" saves it on top of that, esc leaves it for later")
}

// changeLine says who changed the subject, when and what; of a card or an episode which fields from what to what.
func (on *Subject) changeLine(c *domain.Change, id domain.ID) string {
	line := said(on.p.Settings(), c.By, c.At, c.Act, c.Summary, on.mask)
	if on.mask {
		return line
	}
	for _, t := range c.Touched {
		if t.ID != id {
			continue
		}
		for i, d := range view.Differences(t) {
			sep := "; "
			if i == 0 {
				sep = " ("
			}
			line += sep + domain.Words(d.Field) + ": " + orNothing(d.Was) + " → " + orNothing(d.Is)
			if i == len(view.Differences(t))-1 {
				line += ")"
			}
		}
	}
	return line
}

func orNothing(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}
