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
	"homeward/tui/widgets"
)

// How much of the log is read at once: so many lines for the list, and so many questions of the store for them where a
// filter leaves most of them out. What lies further back is read when somebody goes there.
const (
	pageLines = 100
	pageLooks = 5
	near      = 30 // rows before the end from which the next piece is read
)

// row is a line of the list.
type row = *view.AuditLine

func rowID(l row) string { return l.ID.String() }

// page is the list page of the log; of the line that was opened last it has its records too.
type page = desk.ListPage[row, row]

// screen is the log with the focused line's story.
type screen struct {
	*page
	s *frame.Session
	p *desk.Program

	lines    []row // newest first; those the filter wants
	top      domain.ID
	looked   domain.ID // the line looked at last
	lookedAt domain.Moment
	more     bool // there are lines behind it
	have     bool // it was read at all
	err      error
	problems []string // of the filter
	masked   bool     // whether names were when the lines were read: a filter finds no name that is

	load   *frame.Loader // pieces further back, or all of it afresh
	newer  *frame.Loader
	typing widgets.Debounce
}

// New makes the factory of the screen. A place may name a filter to begin with.
func New(p *desk.Program) frame.Factory {
	return func(s *frame.Session, id string) frame.Screen {
		c := &screen{s: s, p: p, load: s.Loader(), newer: s.Loader()}
		c.page = desk.NewListPage(p, s, desk.ListConfig[row, row]{
			Name: Name, Title: "Audit",
			ID: rowID, Child: whose,
			Reload: c.follow, Groups: c.groups, Empty: c.nothing, Instead: c.instead, Columns: c.columns,
			Read: c.opening, Unopened: true, Stepped: c.further,
			Detail: c.detail, Strip: c.head, Share: 62, TwoLayouts: true,
			Fields: filterFields(), Hint: filterHint, Filtered: c.filtered, Filtering: c.toList, Status: c.status,
			Copy: c.copyOut, NoCopy: c.aboutNobody,
		})
		c.Filter.Set(id)
		return c
	}
}

// whose is the child a line is about, the first of several.
func whose(l row) *domain.Child {
	if len(l.Whose) == 0 {
		return nil
	}
	return l.Whose[0]
}

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
	q.AuditFilter, c.problems = parse(c.Filter.Value(), p.Settings(), c.s.Now())
	q.Named, q.Masked = true, c.s.MaskNames
	c.masked = c.s.MaskNames
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
	l, ok := c.List.Focused()
	if !ok {
		return true
	}
	return slices.Index(c.lines, l) >= len(c.lines)-near
}

// follow reads what was written since, or all afresh where what is shown may have changed: something was undone.
func (c *screen) follow(since desk.Changes) tea.Cmd {
	undo := since.All || slices.ContainsFunc(since.Events, func(e view.Event) bool { return e.Act == "undo" || e.Act == "redo" })
	f, _ := parse(c.Filter.Value(), c.p.Settings(), c.s.Now())
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
	if m, ok := msg.(frame.Loaded[*piece]); ok {
		return c.take(m)
	}
	if _, ok := msg.(desk.MaskedMsg); ok && c.Filter.Value() != "" {
		return c.afresh()
	}
	if c.typing.Is(msg) {
		return c.afresh()
	}
	return c.page.Update(msg)
}

// filtered reads for another filter: once the typing rests, or at once. The cursor stays on its line where that is still wanted.
func (c *screen) filtered(typed bool) tea.Cmd {
	c.lines = nil
	if !typed {
		return c.afresh()
	}
	c.more = false
	return c.typing.After(c.s.Delay, widgets.Settle)
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
		return c.Refresh()
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
	return c.Refresh()
}

// groups are the lines by the day on which they were written.
func (c *screen) groups() []widgets.Group[row] {
	var out []widgets.Group[row]
	if c.masked != c.s.MaskNames && c.Filter.Value() != "" {
		return nil // which lines the filter finds is asked again
	}
	for _, l := range c.lines {
		day := l.At.Date()
		if n := len(out); n == 0 || out[n-1].Rows[0].At.Date() != day {
			title := widgets.Join(widgets.In(c.s.Theme.Group, day.Start().Format("Monday 2 January 2006")))
			out = append(out, widgets.Group[row]{Key: rowID(l), Title: title})
		}
		g := &out[len(out)-1]
		g.Rows = append(g.Rows, l)
	}
	return out
}

// opening reads a line with its records. Those of a child are that child's record: the store records that it was opened
// (DOMAIN §12), before anything is shown.
func (c *screen) opening(l row) func(context.Context) (row, error) {
	p, id := c.p, l.ID
	return func(ctx context.Context) (row, error) { return p.AuditLine(ctx, id) }
}
