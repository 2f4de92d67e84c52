// Package audit is the screen of the audit log: who did what and who read what, newest first, a piece at a time, with the
// records before and after (DOMAIN §12).
package audit

import (
	"cmp"
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// How much of the log is read at once: so many lines for the list, and so many questions of the store for them where a
// filter leaves most of them out. What lies further back is read when somebody goes there.
const (
	pageLines = 100
	pageLooks = 5
	near      = 30 // rows before the end from which the next piece is read
)

// layout is how list and detail share the page.
type layout int

const (
	split layout = iota
	listOnly
	detailOnly
)

// row is a line of the list.
type row = *view.AuditLine

func rowID(l row) string { return l.ID.String() }

// screen is the log with the focused line's story.
type screen struct {
	s      *frame.Session
	p      *desk.Program
	list   *widgets.List[row]
	filter *widgets.Filter
	text   *widgets.Viewport
	layout layout

	lines    []row // newest first; those the filter wants
	top      domain.ID
	looked   domain.ID // the line looked at last
	lookedAt domain.Moment
	more     bool // there are lines behind it
	have     bool // it was read at all
	err      error
	problems []string // of the filter
	painted  *theme.Theme

	load   *frame.Loader // pieces further back, or all of it afresh
	newer  *frame.Loader
	look   *frame.Loader
	settle widgets.Debounce
	view   row    // the line whose records were opened last
	before string // the row under the cursor when the filter was opened
}

// New makes the factory of the screen.
func New(p *desk.Program) frame.Factory {
	return func(s *frame.Session, id string) frame.Screen {
		c := &screen{s: s, p: p, filter: widgets.NewFilter(), text: widgets.NewViewport(s.Keys), load: s.Loader(), newer: s.Loader(), look: s.Loader()}
		c.list = widgets.NewList(s.Keys, rowID)
		c.list.Header = true
		c.filter.Set(id)
		return c
	}
}

// Title of the page.
func (c *screen) Title() string { return "Audit" }

// Init reads the newest piece.
func (c *screen) Init() tea.Cmd { return c.afresh() }

// Typing says that letters go to the filter.
func (c *screen) Typing() bool { return c.filter.Typing() }

// piece is what was read of the log.
type piece struct {
	lines  []row
	first  domain.ID // the line looked at first
	last   domain.ID // the line looked at last
	lastAt domain.Moment
	more   bool
	fresh  bool // all that is shown was read afresh
}

// read reads the next lines that the filter wants: as many as are wanted, or as a few looks reach.
func (c *screen) read(load *frame.Loader, q view.AuditQuery, fresh bool) tea.Cmd {
	p := c.p
	q.AuditFilter, c.problems = parse(c.filter.Value(), p.Settings(), c.s.Now())
	return frame.Load(load, func(ctx context.Context) (*piece, error) {
		out, want := &piece{last: q.From, more: true, fresh: fresh}, q.Limit
		for looks := 0; out.more && looks < pageLooks && len(out.lines) < want; looks++ {
			q.From, q.Limit = out.last, want-len(out.lines)
			page, err := p.AuditLog(ctx, q)
			if err != nil {
				return nil, err
			}
			out.lines = append(out.lines, page.Lines...)
			out.first, out.last, out.more = cmp.Or(out.first, page.First), page.Looked, page.More
			if page.LookedAt != 0 {
				out.lastAt = page.LookedAt
			}
		}
		return out, nil
	})
}

// afresh reads from the newest line on as much as is shown.
func (c *screen) afresh() tea.Cmd {
	c.newer.Stop()
	return c.read(c.load, view.AuditQuery{Limit: max(pageLines, len(c.lines))}, true)
}

// further reads the next piece where the cursor comes near the end of what was read.
func (c *screen) further() tea.Cmd {
	if !c.more || c.load.Busy() || !c.nearEnd() {
		return nil
	}
	return c.read(c.load, view.AuditQuery{From: c.looked, Limit: pageLines}, false)
}

func (c *screen) nearEnd() bool {
	l, ok := c.list.Focused()
	if !ok {
		return true
	}
	return slices.Index(c.lines, l) >= len(c.lines)-near
}

// follow reads what was written since, or all afresh where what is shown may have changed: something was undone.
func (c *screen) follow(since desk.Changes) tea.Cmd {
	undo := since.All || slices.ContainsFunc(since.Events, func(e view.Event) bool { return e.Act == "undo" })
	f, _ := parse(c.filter.Value(), c.p.Settings(), c.s.Now())
	if !c.have || c.top == 0 || undo || f.Undo != "" {
		return c.afresh()
	}
	if c.load.Busy() || c.newer.Busy() {
		return nil // the next minute shows it at the latest
	}
	return c.read(c.newer, view.AuditQuery{From: c.top, Oldest: true, Limit: pageLines * pageLooks}, false)
}

// Update handles a message.
func (c *screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case desk.FreshMsg:
		return c.follow(msg.Since)
	case frame.ResumeMsg:
		return c.afresh()
	case frame.Loaded[*piece]:
		return c.take(msg)
	case frame.Loaded[row]:
		if msg.For(c.look) {
			c.look.Done()
			c.show(msg)
		}
		return nil
	}
	if c.settle.Is(msg) {
		return c.afresh()
	}
	if _, ok := msg.(tea.PasteMsg); ok && c.filter.Typing() {
		c.filter.Update(msg)
		return c.asked()
	}
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	if c.filter.Typing() {
		if c.filter.Update(k) {
			return c.asked()
		}
		return nil
	}
	if c.layout == detailOnly && c.text.Update(k) {
		return nil
	}
	was := c.list.FocusedID()
	c.list.Update(k)
	if c.list.FocusedID() != was {
		c.moved()
	}
	return c.further()
}

// asked reads for another filter once the typing rests.
func (c *screen) asked() tea.Cmd {
	c.lines, c.more = nil, false
	return c.settle.After(c.s.Delay, widgets.Settle)
}

// take takes a piece of the log that was read.
func (c *screen) take(msg frame.Loaded[*piece]) tea.Cmd {
	switch {
	case msg.For(c.newer):
		c.newer.Done()
	case msg.For(c.load):
		c.load.Done()
	default:
		return nil
	}
	var r *domain.Refusal
	if errors.As(msg.Err, &r) && r.Code == domain.NotFound { // the filter's child
		c.lines, c.more, c.have, c.err, c.problems = nil, false, true, nil, append([]string{r.Message}, c.problems...)
		c.build()
		return nil
	}
	if c.err = msg.Err; c.err != nil {
		return nil
	}
	p := msg.Value
	c.have = true
	switch {
	case msg.For(c.newer):
		if p.more { // more came at once than is worth reading twice
			return c.afresh()
		}
		slices.Reverse(p.lines)
		c.lines, c.top = append(p.lines, c.lines...), max(c.top, p.last)
	case p.fresh:
		c.lines, c.looked, c.lookedAt, c.more = p.lines, p.last, p.lastAt, p.more
		c.top = p.first
	default:
		c.lines, c.looked, c.more = append(c.lines, p.lines...), p.last, p.more
		if p.lastAt != 0 {
			c.lookedAt = p.lastAt
		}
	}
	c.build()
	return nil
}

// build arranges the lines for the list, by the day on which they were written.
func (c *screen) build() {
	c.painted = c.s.Theme
	var groups []widgets.Group[row]
	for _, l := range c.lines {
		day := l.At.Date()
		if n := len(groups); n == 0 || groups[n-1].Rows[0].At.Date() != day {
			title := widgets.Join(widgets.In(c.s.Theme.Group, day.Start().Format("Monday 2 January 2006")))
			groups = append(groups, widgets.Group[row]{Key: rowID(l), Title: title})
		}
		g := &groups[len(groups)-1]
		g.Rows = append(g.Rows, l)
	}
	c.list.SetGroups(groups)
	c.list.Empty = c.nothing()
	c.moved()
}

// moved keeps whose line the cursor is on, for what works from anywhere.
func (c *screen) moved() {
	c.p.Child = nil
	if l, ok := c.list.Focused(); ok && len(l.Whose) > 0 {
		c.p.Child = l.Whose[0]
	}
}

// open reads a line with its records. Those of a child are that child's record: it is recorded that it was opened
// (DOMAIN §12), before anything is shown.
func (c *screen) open() tea.Cmd {
	l, ok := c.list.Focused()
	switch {
	case c.layout == detailOnly:
		c.layout = split
		return nil
	case !ok:
		return nil
	}
	c.layout = detailOnly
	c.text.Top()
	p, id := c.p, l.ID
	return frame.Load(c.look, func(ctx context.Context) (row, error) {
		return p.AuditLine(ctx, id) // which records whose records were opened by it
	})
}

func (c *screen) show(msg frame.Loaded[row]) {
	if msg.Err != nil {
		c.layout = split
		c.s.Toast(widgets.Bad, "The line could not be read: "+msg.Err.Error())
		return
	}
	c.view = msg.Value
}

// opened is the line under the cursor with its records; nil where these were not opened.
func (c *screen) opened(l row) row {
	if c.view != nil && c.view.ID == l.ID {
		return c.view
	}
	return nil
}
