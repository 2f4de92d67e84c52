// Package timeline is one child's screen: a real time axis with the episodes to scale, the fortnights that hold three or
// more, what the team did, and below it the list and the focused entry.
package timeline

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/widgets"
)

// Links lead from the timeline to what other places do. The root, which knows every screen, sets them.
type Links struct {
	Row    func(id string) tea.Cmd // shows a row of the queue
	Reopen func(of *domain.Child, referral string) tea.Cmd
	Find   func() tea.Cmd
	// Shown is told whose timeline is on the screen; zero when that child is gone.
	Shown func(child domain.ID)
}

// PlaceOf is the timeline of a child, begun at one of their episodes, referrals or follow-ups where at is not zero.
func PlaceOf(child, at domain.ID) frame.Place {
	id := child.String()
	if at != 0 {
		id += " " + at.String()
	}
	return frame.Place{Screen: Name, ID: id}
}

// mode is what the list shows.
type mode int

const (
	everything mode = iota
	episodesOnly
	withWork
	views
)

func (v mode) String() string { return [...]string{"everything", "episodes", "episodes and work"}[v] }

// memory is what the timelines of one session share: where on the axis one was with whom.
type memory struct{ spot map[domain.ID]spot }

// spot is where one is on a child's axis.
type spot struct {
	level int
	left  int64 // an instant in the first column
	at    int64 // the instant under the cursor
	entry string
}

type screen struct {
	s     *frame.Session
	p     *desk.Program
	links Links
	m     *memory
	load  *frame.Loader

	child  domain.ID // zero: nobody yet
	begin  domain.ID // what to begin at
	st     *story
	err    error
	list   *widgets.List[*entry]
	rows   []*entry // as the list has them
	view   mode
	spot   spot
	full   bool // the detail has the page
	detail *widgets.Viewport
	ax     *axis // of spot, in the window's width
	axLvl  int
}

// New makes the factory of the timeline.
func New(p *desk.Program, links Links) frame.Factory {
	m := &memory{spot: map[domain.ID]spot{}}
	return func(s *frame.Session, id string) frame.Screen {
		v := &screen{s: s, p: p, links: links, m: m, load: s.Loader(), detail: widgets.NewViewport(s.Keys)}
		child, at, _ := strings.Cut(id, " ")
		v.child, _ = domain.KindChild.ParseKind(child)
		v.begin, _ = domain.ParseID(at)
		v.list = widgets.NewList(s.Keys, func(e *entry) string { return e.id })
		v.list.Empty = "Nothing is recorded yet."
		return v
	}
}

// Title of the page.
func (v *screen) Title() string { return "Timeline" }

// Init reads the child.
func (v *screen) Init() tea.Cmd { return v.show() }

// show reads the child of the place and has it recorded that the record was opened.
func (v *screen) show() tea.Cmd {
	if v.child == 0 {
		return nil
	}
	v.links.Shown(v.child)
	if v.st != nil {
		v.p.Child = v.st.child
	}
	return v.read(true)
}

// read reads the child afresh.
func (v *screen) read(opened bool) tea.Cmd {
	if v.child == 0 {
		return nil
	}
	p, child := v.p, v.child
	return frame.Load(v.load, func(ctx context.Context) (*story, error) {
		st, err := readStory(ctx, p, child)
		if err == nil && st != nil && opened {
			err = p.Opened(ctx, child)
		}
		return st, err
	})
}

// Update handles a message.
func (v *screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case frame.Loaded[*story]:
		if msg.For(v.load) {
			v.load.Done()
			v.take(msg.Value, msg.Err)
		}
	case frame.ResumeMsg:
		return v.show()
	case frame.MinuteMsg, desk.DoneMsg:
		return v.read(false)
	case desk.FreshMsg:
		if msg.Since.Touch(v.child) {
			return v.read(false)
		}
	case tea.KeyPressMsg:
		v.key(msg)
	}
	return nil
}

// take shows what was read; cursor and focus stay.
func (v *screen) take(st *story, err error) {
	v.err = err
	if err != nil {
		return
	}
	if st == nil {
		v.st, v.child, v.p.Child = nil, 0, nil
		v.links.Shown(0)
		v.s.Toast(widgets.Warn, "That child is not here any more.")
		return
	}
	first, at := v.st == nil, v.list.FocusedID()
	v.st, v.p.Child = st, st.child
	v.fill()
	switch {
	case first:
		v.start()
	case v.list.FocusedID() != at: // it is gone: a join was undone, an episode taken back
		v.followList()
	}
}

// fill gives the list what the view keeps.
func (v *screen) fill() {
	v.rows = v.st.shown(v.view)
	v.list.SetRows(v.rows)
}

// key moves the cursor: in the list, from episode to episode, or in the detail where it has the page.
func (v *screen) key(k tea.KeyPressMsg) {
	if v.st == nil || v.full && v.detail.Update(k) {
		return
	}
	switch v.s.Keys.Action(keymap.List, k.String()) {
	case keymap.ListUp, keymap.ListDown, keymap.ListPageUp, keymap.ListPageDown, keymap.ListTop, keymap.ListBottom:
		v.list.Update(k)
		v.followList()
	case keymap.ListPrevPart:
		v.toEpisode(-1)
	case keymap.ListNextPart:
		v.toEpisode(+1)
	}
}

// focused is the entry under the cursor, nil when there is none.
func (v *screen) focused() *entry {
	e, _ := v.list.Focused()
	return e
}

// told is text somebody wrote, which may hold any name.
func (v *screen) told(s string) string {
	if v.s.MaskNames && s != "" {
		return "…"
	}
	return s
}

var _ frame.Screen = (*screen)(nil)
