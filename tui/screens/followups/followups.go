// Package followups is the screen of what must still happen for a child after an interview or a closing: by due time, each
// with its owner, done with what was found (DOMAIN §7).
package followups

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// layout is how list and detail share the page.
type layout int

const (
	split layout = iota
	listOnly
	detailOnly
)

// Ways lead from this screen to what it does not know itself.
type Ways struct {
	Row func(id string) tea.Cmd // shows a row of the queue
	Add func() tea.Cmd          // asks for a follow-up by hand, for the child in focus
}

// row is a line of the list.
type row = *view.FollowUpRow

func rowID(r row) string { return r.FollowUp.ID.String() }

// lists are what the screen shows, of one look.
type lists struct {
	open, ended []view.FollowUpRow
}

// screen is the list of follow-ups with the focused one's story.
type screen struct {
	s      *frame.Session
	p      *desk.Program
	ways   Ways
	list   *widgets.List[row]
	filter *widgets.Filter
	views  *desk.Views
	text   *widgets.Viewport
	order  order
	layout layout
	all    bool // everyone's, not only mine

	have    *lists // nil until it was read
	err     error
	want    string // what the place names, until it was found
	painted *theme.Theme
	load    *frame.Loader

	settle  widgets.Debounce
	look    *frame.Loader
	view    *view.FollowUpView // of the row under the cursor, as far as it was read
	readFor string
	reached bool   // somebody moved: the first row at the start opened itself, nobody opened its record
	before  string // the row under the cursor when the filter was opened
	news    desk.News
}

// New makes the factory of the screen. A place may name a follow-up: the cursor goes there.
func New(p *desk.Program, ways Ways) frame.Factory {
	return func(s *frame.Session, id string) frame.Screen {
		c := &screen{s: s, p: p, ways: ways, filter: widgets.NewFilter(), text: widgets.NewViewport(s.Keys),
			load: s.Loader(), look: s.Loader(), want: id, all: p.Actor().Role != domain.Practitioner}
		c.views = desk.NewViews(p, s, Name, c, nil, nil)
		c.list = widgets.NewList(s.Keys, rowID)
		c.list.Header = true
		c.list.Mark = func(r row) bool { return p.Marked(r.FollowUp.ID) }
		return c
	}
}

// Title of the page.
func (c *screen) Title() string { return "Follow-ups" }

// Init reads.
func (c *screen) Init() tea.Cmd { return tea.Batch(c.views.Init(), c.reload()) }

// Typing says that letters go to the filter.
func (c *screen) Typing() bool { return c.filter.Typing() }

// reload reads the lists afresh.
func (c *screen) reload() tea.Cmd {
	p := c.p
	return frame.Load(c.load, func(ctx context.Context) (l *lists, err error) {
		l = &lists{}
		err = p.Ask(ctx, func(r domain.Reader) (err error) {
			if l.open, err = view.ReadFollowUps(r); err == nil {
				l.ended, err = view.ReadEndedFollowUps(r, view.EndedShown(r.Now()))
			}
			return err
		})
		return l, err
	})
}

// Update handles a message.
func (c *screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case desk.FreshMsg, frame.ResumeMsg:
		return c.reload()
	case frame.Loaded[*lists]:
		if !msg.For(c.load) {
			return nil
		}
		c.load.Done()
		if c.err = msg.Err; c.err != nil {
			return nil
		}
		c.have = msg.Value
		return c.refresh()
	case frame.Loaded[*view.FollowUpView]:
		if msg.For(c.look) {
			c.look.Done()
			c.show(msg)
		}
		return nil
	case desk.DoneMsg:
		c.readFor, c.reached = "", true
		return nil
	}
	if cmd, ok := c.views.Update(msg); ok {
		return cmd
	}
	if c.settle.Is(msg) {
		return c.read()
	}
	if _, ok := msg.(tea.PasteMsg); ok && c.filter.Typing() {
		c.filter.Update(msg)
		return c.refresh()
	}
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	c.reached = true
	if c.filter.Typing() {
		if c.filter.Update(k) {
			return c.refresh()
		}
		return nil
	}
	if c.layout == detailOnly && c.text.Update(k) {
		return nil
	}
	c.list.Update(k)
	return c.moved()
}

// refresh builds the list from the newest state; cursor and selection hold ids and stay.
func (c *screen) refresh() tea.Cmd {
	if c.have == nil {
		return nil
	}
	c.build()
	c.seek()
	c.list.Empty = "Nothing matches the filter; " + c.s.Key("followups.clear") + " clears it."
	c.readFor = ""
	return c.moved()
}

// build arranges the rows for the list. The groups' titles are painted by it.
func (c *screen) build() {
	c.painted = c.s.Theme
	c.list.SetGroups(c.groups())
}

// seek puts the cursor on what the place names, wherever it stands by now.
func (c *screen) seek() {
	want := c.want
	if want == "" {
		return
	}
	c.want = ""
	if c.list.Focus(want) {
		return
	}
	if !c.all {
		c.all = true
		c.build()
		if c.list.Focus(want) {
			return
		}
	}
	c.s.Toast(widgets.Info, want+" is not among the follow-ups of the last four weeks.")
}

// moved asks for what stands around the row under the cursor, once the cursor rests.
func (c *screen) moved() tea.Cmd {
	r, ok := c.list.Focused()
	if !ok {
		c.p.Child, c.readFor, c.view = nil, "", nil
		return nil
	}
	c.p.Child = r.Child
	switch {
	case c.readFor == rowID(r):
		return nil
	case c.readFor == "" && c.view != nil && c.view.FollowUp.ID == r.FollowUp.ID:
		return c.read() // the same row, afresh: nothing to wait for
	}
	return c.settle.After(c.s.Delay, widgets.Settle)
}

// read reads the detail in a command, and has it recorded that the child's record was opened (DOMAIN §12).
func (c *screen) read() tea.Cmd {
	r, ok := c.list.Focused()
	if !ok {
		return nil
	}
	c.readFor = rowID(r)
	c.p.Look(&c.news, rowID(r), r.FollowUp.ID)
	p, opened, id, child := c.p, c.reached, r.FollowUp.ID, r.Child.ID
	return frame.Load(c.look, func(ctx context.Context) (v *view.FollowUpView, err error) {
		if err = p.Ask(ctx, func(rd domain.Reader) (err error) { v, err = view.ReadFollowUp(rd, id); return err }); err == nil && opened {
			err = p.Opened(ctx, child)
		}
		return v, err
	})
}

func (c *screen) show(msg frame.Loaded[*view.FollowUpView]) {
	if msg.Err != nil {
		c.s.Toast(widgets.Bad, "The detail could not be read: "+msg.Err.Error())
		return
	}
	if c.view == nil || msg.Value == nil || c.view.FollowUp.ID != msg.Value.FollowUp.ID {
		c.text.Top()
	}
	c.view = msg.Value
}

// everyone says that others' follow-ups are shown too: asked for, or meant by a filter for an owner.
func (c *screen) everyone() bool { return c.all || strings.Contains(c.filter.Value(), "owner:") }

// name is a child's name as this sitting shows it.
func (c *screen) name(child *domain.Child) string { return desk.Mask(c.s, child) }

// told is free text, which may name anybody.
func (c *screen) told(s string) string { return desk.Told(c.s, s) }

// person is what a colleague is called in full.
func (c *screen) person(login string) string { return c.p.Settings().PersonName(login) }

// status says what is selected, whose are shown and how, where that is not everything as usual.
func (c *screen) status() string {
	var parts []string
	if n, open := c.list.Ranging(); open {
		parts = append(parts, fmt.Sprintf("range: %d rows; %s ends it", n, c.s.Key(keymap.ListRange)))
	} else if n := len(c.list.Selected()); n > 0 {
		parts = append(parts, fmt.Sprintf("%d selected: done, re-date and drop are for all of them; %s clears", n, c.s.Key("followups.clear")))
	}
	if !c.everyone() {
		mine, all := 0, len(c.have.open)
		for i := range c.have.open {
			if c.have.open[i].Mine(c.p.Actor().Login) {
				mine++
			}
		}
		if n := all - mine; n > 0 {
			parts = append(parts, fmt.Sprintf("yours; %s shows everyone’s, %d more", c.s.Keys.Hint("followups.everyone"), n))
		}
	}
	if c.order != byDue {
		parts = append(parts, "sorted by "+c.order.String())
	}
	if words := desk.UnknownFields(c.filter.Value(), filterFields()); len(words) > 0 {
		parts = append(parts, strings.Join(words, ", ")+": no such field; there are "+strings.Join(filterFields(), ", "))
	}
	if v := c.filter.Value(); v != "" && !c.filter.Typing() {
		parts = append(parts, fmt.Sprintf("%d match; %s clears the filter", c.list.Len(), c.s.Key("followups.clear")))
	}
	return strings.Join(parts, "   ")
}
