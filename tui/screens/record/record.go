// Package record is one interview's screen: the record to read, with who wrote what, what became of it and to whom it went,
// and the sheet on which it is written.
package record

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/widgets"
)

// Links lead from the record to what other places do. The root, which knows every screen, sets them.
type Links struct {
	Row    func(id string) tea.Cmd // shows a row of the queue
	Finish func(f *domain.FollowUp, of *domain.Child) tea.Cmd
	Urgent func(c *domain.Child) tea.Cmd
}

// PlaceOf is the record of a referral's interview.
func PlaceOf(referral domain.ID) frame.Place { return frame.Place{Screen: Name, ID: referral.String()} }

type screen struct {
	s     *frame.Session
	p     *desk.Program
	links Links
	load  *frame.Loader
	ref   domain.ID

	v    *view.InterviewView
	err  error
	gone bool

	// To read.
	page  *widgets.Viewport
	heads []head // where the sections begin in it
	full  bool   // the page without the side
	went  bool   // writing was left: the page begins with the section that was written

	// To write.
	writing bool
	sheet   *sheet
	sec     int
	episode string // E-number, "" for the interview
	slots   []slot
	at      int
	entry   *widgets.Entry
	top     int
	back    int // answers that came back unsaved from a draft

	saving bool
	stale  bool // what was saved is not read yet
	again  bool // something is to be saved once it was
	// submitting says that once it was, submitting goes on.
	submitting bool
	wrong      string
	others     []domain.SheetChange // what somebody else saved while this was written
	keep       keeper
	end        func() // what the others see of the writing; nil while nothing is written
}

// head is a section's place in the page.
type head struct{ section, line int }

// New makes the factory of the record.
func New(p *desk.Program, links Links) frame.Factory {
	return func(s *frame.Session, id string) frame.Screen {
		v := &screen{s: s, p: p, links: links, load: s.Loader(), page: widgets.NewViewport(s.Keys), sheet: newSheet()}
		v.ref, _ = domain.KindReferral.ParseKind(id)
		return v
	}
}

// Title of the page.
func (v *screen) Title() string {
	if v.writing {
		return "Record: writing"
	}
	return "Record"
}

// Init reads the record and has it recorded that it was opened.
func (v *screen) Init() tea.Cmd { return v.read(true) }

func (v *screen) read(opened bool) tea.Cmd {
	p, ref := v.p, v.ref
	return frame.Load(v.load, func(ctx context.Context) (got *view.InterviewView, err error) {
		err = p.Ask(ctx, func(r domain.Reader) (err error) { got, err = view.ReadInterview(r, ref); return err })
		if err == nil && got != nil && opened {
			err = p.Opened(ctx, got.Child.ID)
		}
		return got, err
	})
}

// Update handles a message.
func (v *screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case frame.Loaded[*view.InterviewView]:
		if msg.For(v.load) {
			v.load.Done()
			return v.take(msg.Value, msg.Err)
		}
	case savedMsg:
		if msg.of == v {
			return v.saved(msg)
		}
	case keepMsg:
		if msg.of == v {
			return v.keepDraft()
		}
	case desk.KeptMsg:
		return v.kept(msg)
	case previewMsg:
		if msg.of == v {
			return v.confirmSubmit(msg.lines)
		}
	case frame.ResumeMsg:
		v.attend()
		return v.read(true)
	case frame.MinuteMsg, desk.DoneMsg:
		return v.read(false)
	case desk.FreshMsg:
		if v.v == nil && msg.Since.All || v.v != nil && msg.Since.Touch(v.v.Child.ID) {
			return v.read(false)
		}
	case tea.PasteMsg:
		return v.paste(msg.Content)
	case tea.KeyPressMsg:
		if v.writing {
			return v.writeKey(msg)
		}
		v.readKey(msg)
	}
	return nil
}

// take shows what was read. What is typed stays; what somebody else saved meanwhile is told.
func (v *screen) take(got *view.InterviewView, err error) tea.Cmd {
	v.err, v.gone, v.stale = err, err == nil && got == nil, false
	if err != nil || got == nil {
		return nil
	}
	first := v.v == nil
	before := v.sheet.base
	v.v, v.p.Child = got, got.Child
	if !first && v.writing {
		v.tell(got.Interview.Sheet.Changes(before))
	}
	v.sheet.rebase(got.Interview.Sheet.Clone(), v.typing())
	if !slices.ContainsFunc(got.Episodes, func(e *domain.Episode) bool { return e.ID.String() == v.episode }) {
		v.episode = ""
	}
	var cmd tea.Cmd
	if first {
		cmd = v.restore()
	}
	if v.writing {
		v.refresh()
	}
	if do := v.p.WantDo; strings.HasPrefix(do, "record.") {
		v.p.WantDo = ""
		v.s.Do(do)
	}
	if v.again {
		v.again = false
		cmd = tea.Batch(cmd, v.save())
	}
	if v.submitting && !v.saving {
		v.submitting = false
		cmd = tea.Batch(cmd, v.preview())
	}
	return cmd
}

// tell keeps what somebody else saved while this was written, the newest of each answer.
func (v *screen) tell(changes []domain.SheetChange) {
	for _, c := range changes {
		p := place{c.Episode, c.Section, c.Field}
		if sent, ok := v.keep.sent[p]; ok && sent.Equal(c.After) {
			continue
		}
		v.others = slices.DeleteFunc(v.others, func(o domain.SheetChange) bool {
			return o.Episode == c.Episode && o.Section == c.Section && o.Field == c.Field
		})
		v.others = append(v.others, c)
	}
}

// by is who wrote an answer.
func (v *screen) by(p place) string {
	if a := v.v.Interview.Authors[p.key()]; a != "" {
		return a
	}
	return v.v.Interview.Owner
}

// readKey scrolls the page, and goes from section to section.
func (v *screen) readKey(k tea.KeyPressMsg) {
	switch v.s.Keys.Action(keymap.List, k.String()) {
	case keymap.ListNextPart:
		v.toHead(+1)
	case keymap.ListPrevPart:
		v.toHead(-1)
	default:
		v.page.Update(k)
	}
}

func (v *screen) toHead(by int) tea.Cmd {
	at := v.page.At()
	if by > 0 {
		for _, h := range v.heads {
			if h.line > at {
				v.page.Go(h.line)
				return nil
			}
		}
		return nil
	}
	for _, h := range slices.Backward(v.heads) {
		if h.line < at {
			v.page.Go(h.line)
			return nil
		}
	}
	v.page.Top()
	return nil
}

// Typing says that letters are text.
func (v *screen) Typing() bool { return v.writing }

// Draft is what is not saved, for when the program ends.
func (v *screen) Draft() (frame.Draft, bool) {
	if v.v == nil {
		return frame.Draft{}, false
	}
	d := v.sheet.draft()
	return frame.Draft{About: v.draftKey(), Values: d}, len(d) > 0
}

// told is text somebody wrote, which may hold any name.
func (v *screen) told(s string) string {
	if v.s.MaskNames && s != "" {
		return "…"
	}
	return s
}

func (v *screen) person(login string) string { return v.p.Settings().PersonName(login) }

// personAt is who had a login when something was done.
func (v *screen) personAt(login string, at domain.Moment) string {
	return v.p.Settings().PersonAt(login, at)
}

// View draws the page.
func (v *screen) View(w, h int) string {
	th := v.s.Theme
	say := func(l widgets.Line) string { return widgets.Join(widgets.Say(" "), l).Paint(th, w) }
	switch {
	case v.err != nil && v.v == nil:
		return say(widgets.In(th.Error, "The record could not be read: "+v.err.Error()))
	case v.gone:
		return say(widgets.In(th.Warning, "There is no referral "+v.ref.String()+"."))
	case v.v == nil:
		return say(widgets.In(th.Muted, "The record is being read"+th.Glyphs.Ellipsis))
	case v.writing:
		return v.writeView(w, h)
	}
	return v.readView(w, h)
}

var (
	_ frame.Screen  = (*screen)(nil)
	_ frame.Typer   = (*screen)(nil)
	_ frame.Drafter = (*screen)(nil)
	_ frame.Hider   = (*screen)(nil)
)
