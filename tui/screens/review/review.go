// Package review is the supervisors' screen: what is late and why, what waits for their word, what will be late within a day,
// who has how much and how much room, what was asked, and twelve weeks of timeliness. Every number opens the list behind it.
package review

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// Links lead from this screen to what it does not know itself.
type Links struct {
	Row      func(id string) tea.Cmd // shows a row of the queue
	FollowUp func(id string) tea.Cmd // shows a follow-up
}

// page is the list page of the review.
type page = desk.ListPage[line, struct{}]

// screen is the review.
type screen struct {
	*page
	s      *frame.Session
	p      *desk.Program
	links  Links
	levels []*level
	column string // that = counts

	have    *view.Review // nil until it was read
	err     error
	load    *frame.Loader
	started bool // the cursor was put on the worst

	weeks     []*view.Week
	weeksErr  error
	weeksAt   int64 // the minute of which they are
	weeksLoad *frame.Loader
}

// New makes the factory of the screen.
func New(p *desk.Program, links Links) frame.Factory {
	return func(s *frame.Session, _ string) frame.Screen {
		c := &screen{s: s, p: p, links: links, column: colWho, load: s.Loader(), weeksLoad: s.Loader()}
		c.page = desk.NewListPage(p, s, desk.ListConfig[line, struct{}]{
			Name: Name, Title: "Review",
			ID: func(l line) string { return l.id }, Child: func(l line) *domain.Child { return l.child() }, Records: func(l line) []domain.ID { return l.records() },
			Ready: func() bool { return c.have != nil }, Reload: func(desk.Changes) tea.Cmd { return c.reload() },
			Groups: c.groups, Empty: c.empty, Instead: c.instead, Head: c.head, Placed: c.placed,
			Columns: c.columns,
			Detail:  func(l line, w int) []widgets.Line { return c.detail(&l, w) },
			Strip:   func(l line, w int) []widgets.Line { return desk.Dense(w, c.detail(&l, w)...) },
			OnGroup: func() string {
				return "enter opens the numbers of this group, " + s.Keys.Hint("list.fold") + " folds it."
			},
			Share: 64, Fields: filterFields(), Shows: columnsOf(), Orders: []string{"lateness", "who has it"}, Sorted: c.sorted,
			Selected: "giving, signing off and sending back", Back: c.pop, Home: c.home, Copy: c.copyOut, NoCopy: c.noCopy,
		})
		c.levels = []*level{{list: c.List}}
		return c
	}
}

// reload reads the review afresh; the weeks once a minute, because they are many records.
func (c *screen) reload() tea.Cmd {
	p := c.p
	cmd := frame.Load(c.load, func(ctx context.Context) (v *view.Review, err error) {
		if err = domain.MayReview(p.Actor()); err != nil {
			return nil, err
		}
		st, err := p.State(ctx)
		if err != nil {
			return nil, err
		}
		err = p.Ask(ctx, func(r domain.Reader) (err error) { v, err = view.ReviewOf(r, st.Queue); return err })
		return v, err
	})
	now := c.s.Now()
	if minute := now.Unix() / 60; minute != c.weeksAt {
		c.weeksAt = minute
		cmd = tea.Batch(cmd, c.readWeeks(view.Weeks(now)))
	}
	return cmd
}

// readWeeks reads each week in a transaction of its own: none is long, and whoever writes need not wait.
func (c *screen) readWeeks(mondays []domain.Date) tea.Cmd {
	p := c.p
	return frame.Load(c.weeksLoad, func(ctx context.Context) ([]*view.Week, error) {
		if err := domain.MayReview(p.Actor()); err != nil {
			return nil, err
		}
		out := make([]*view.Week, len(mondays))
		for i, m := range mondays {
			if err := p.Ask(ctx, func(r domain.Reader) (err error) { out[i], err = view.ReadWeek(r, m); return err }); err != nil {
				return nil, err
			}
		}
		return out, nil
	})
}

// Update handles a message.
func (c *screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case frame.Loaded[*view.Review]:
		if !msg.For(c.load) {
			return nil
		}
		c.load.Done()
		if c.err = msg.Err; c.err != nil {
			return nil
		}
		c.have = msg.Value
		return c.Refresh()
	case frame.Loaded[[]*view.Week]:
		if !msg.For(c.weeksLoad) {
			return nil
		}
		c.weeksLoad.Done()
		if c.weeksErr = msg.Err; msg.Err == nil {
			c.weeks = msg.Value
		}
		return c.Refresh()
	}
	return c.page.Update(msg)
}

// placed puts the cursor on the worst that is overdue, the first time.
func (c *screen) placed(string, bool) {
	if c.started {
		return
	}
	c.started = true
	for _, key := range groupKeys() {
		if lines := c.linesOf(key); len(lines) > 0 {
			c.List.Focus(lines[0].id)
			return
		}
	}
}

// push shows a list over the one that is shown.
func (c *screen) push(title func() string, lines func() []line) tea.Cmd {
	c.Filter.Set("")
	c.List = c.NewList()
	c.levels = append(c.levels, &level{title: title, lines: lines, list: c.List})
	return c.Refresh()
}

// pop goes back to the list before; its cursor stands where it was.
func (c *screen) pop() tea.Cmd {
	if len(c.levels) == 1 {
		return nil
	}
	c.levels = c.levels[:len(c.levels)-1]
	c.List = c.top().list
	return c.Refresh()
}

// home goes back to the review itself.
func (c *screen) home() {
	c.levels = c.levels[:1]
	c.List = c.top().list
}

// person is what a colleague is called in full.
func (c *screen) person(login string) string {
	if login == "" {
		return nobody
	}
	return c.p.Settings().PersonName(login)
}

// place says over which numbers one came to the list that is shown.
func (c *screen) place() string {
	var parts []string
	for _, v := range c.levels[1:] {
		parts = append(parts, v.shown)
	}
	return strings.Join(parts, " "+c.s.Theme.Glyphs.Right+" ")
}

// sorted says how the overdue interviews stand; the lists behind numbers have no order of their own.
func (c *screen) sorted(order string) string {
	if len(c.levels) > 1 {
		return ""
	}
	return "overdue sorted by " + order
}

// weeksNote says of what time the weeks are, and why they are not there.
func (c *screen) weeksNote() string {
	switch {
	case c.weeksErr != nil:
		return " could not be read: " + c.weeksErr.Error()
	case len(c.weeks) == 0:
		return " are being read"
	}
	dot := c.s.Theme.Glyphs.Dot
	return fmt.Sprintf(" as at %s; %s: clocks of that week still run", c.weeks[len(c.weeks)-1].AsAt.In(domain.London()).Format("15:04"), dot)
}

// move marks another column, the one that = counts.
func (c *screen) move(by int) tea.Cmd {
	names := columnNames()
	c.column = names[(slices.Index(names, c.column)+by+len(names))%len(names)]
	return nil
}
