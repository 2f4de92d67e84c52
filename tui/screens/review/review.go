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
	Row      func(id string) tea.Cmd // shows a row of the queue
	FollowUp func(id string) tea.Cmd // shows a follow-up
}

// screen is the review.
type screen struct {
	s      *frame.Session
	p      *desk.Program
	ways   Ways
	levels []*level
	filter *widgets.Filter
	text   *widgets.Viewport
	order  order
	layout layout
	column string // that = counts

	have    *view.Review // nil until it was read
	err     error
	painted *theme.Theme
	masked  bool // names were, when the list was arranged
	load    *frame.Loader

	weeks     []*view.Week
	weeksErr  error
	weeksAt   int64 // the minute of which they are
	weeksLoad *frame.Loader

	settle  widgets.Debounce
	news    desk.News
	opened  domain.ID // whose record was last noted as opened
	reached bool      // somebody moved: nobody opened the record of the first row at the start
	started bool      // the cursor was put on the worst
	at      string    // the line the cursor was on
	before  string    // the row under the cursor when the filter was opened
}

// New makes the factory of the screen.
func New(p *desk.Program, ways Ways) frame.Factory {
	return func(s *frame.Session, _ string) frame.Screen {
		c := &screen{s: s, p: p, ways: ways, filter: widgets.NewFilter(), text: widgets.NewViewport(s.Keys), column: colWho,
			load: s.Loader(), weeksLoad: s.Loader()}
		c.levels = []*level{c.newLevel(nil, nil)}
		c.top().list.Empty = "Nothing matches the filter; esc clears it."
		return c
	}
}

// Title of the page.
func (c *screen) Title() string { return "Review" }

// Init reads.
func (c *screen) Init() tea.Cmd { return c.reload() }

// Typing says that letters go to the filter.
func (c *screen) Typing() bool { return c.filter.Typing() }

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
	case desk.FreshMsg, frame.ResumeMsg:
		return c.reload()
	case frame.Loaded[*view.Review]:
		if !msg.For(c.load) {
			return nil
		}
		c.load.Done()
		if c.err = msg.Err; c.err != nil {
			return nil
		}
		c.have = msg.Value
		return c.refresh()
	case frame.Loaded[[]*view.Week]:
		if !msg.For(c.weeksLoad) {
			return nil
		}
		c.weeksLoad.Done()
		if c.weeksErr = msg.Err; msg.Err == nil {
			c.weeks = msg.Value
		}
		return c.refresh()
	case desk.DoneMsg:
		c.reached = true
		return nil
	}
	if c.settle.Is(msg) {
		return c.look()
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
	c.top().list.Update(k)
	return c.moved()
}

// refresh builds the list from the newest state; cursor and selection hold ids and stay. The first time the cursor goes to
// the worst that is overdue.
func (c *screen) refresh() tea.Cmd {
	if c.have == nil {
		return nil
	}
	c.build()
	if !c.started {
		c.started = true
		for _, key := range groupKeys() {
			if lines := c.linesOf(key); len(lines) > 0 {
				c.top().list.Focus(lines[0].id)
				break
			}
		}
	}
	return c.moved()
}

// focused is the line under the cursor.
func (c *screen) focused() (line, bool) { return c.top().list.Focused() }

// moved says whose child is in focus, and looks at the line once the cursor rests.
func (c *screen) moved() tea.Cmd {
	l, ok := c.focused()
	c.p.Child = nil
	if !ok {
		return nil
	}
	c.p.Child = l.child()
	if c.at != l.id {
		c.text.Top()
	}
	c.at = l.id
	return c.settle.After(c.s.Delay, widgets.Settle)
}

// look takes the marks off the line the cursor rests on, and has it recorded that the child's record was opened (DOMAIN §12).
func (c *screen) look() tea.Cmd {
	l, ok := c.focused()
	if !ok {
		return nil
	}
	c.p.Look(&c.news, l.id, l.records()...)
	k := l.child()
	if k == nil || !c.reached || k.ID == c.opened {
		return nil
	}
	p, id := c.p, k.ID
	c.opened = id
	return func() tea.Msg {
		if err := p.Opened(context.Background(), id); err != nil {
			return frame.Toasted(widgets.Bad, err.Error())()
		}
		return nil
	}
}

// push shows a list over the one that is shown.
func (c *screen) push(title func() string, lines func() []line) tea.Cmd {
	c.filter.Set("")
	c.levels = append(c.levels, c.newLevel(title, lines))
	return c.refresh()
}

// pop goes back to the list before; its cursor stands where it was.
func (c *screen) pop() tea.Cmd {
	c.levels = c.levels[:len(c.levels)-1]
	return c.refresh()
}

// name is a child's name as this sitting shows it.
func (c *screen) name(child *domain.Child) string { return desk.Mask(c.s, child) }

// told is free text, which may name anybody.
func (c *screen) told(s string) string { return desk.Told(c.s, s) }

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

// status says what is selected and how rows stand, where that is not as usual.
func (c *screen) status() string {
	var parts []string
	list := c.top().list
	if n, open := list.Ranging(); open {
		parts = append(parts, fmt.Sprintf("range: %d rows; V ends it", n))
	} else if n := len(list.Selected()); n > 0 {
		parts = append(parts, fmt.Sprintf("%d selected: giving, signing off and sending back are for all of them; esc clears", n))
	}
	if c.order != byLateness && len(c.levels) == 1 {
		parts = append(parts, "overdue sorted by "+c.order.String())
	}
	if words := desk.UnknownFields(c.filter.Value(), filterFields()); len(words) > 0 {
		parts = append(parts, strings.Join(words, ", ")+": no such field; there are "+strings.Join(filterFields(), ", "))
	}
	if v := c.filter.Value(); v != "" && !c.filter.Typing() {
		parts = append(parts, fmt.Sprintf("%d match; esc clears the filter", list.Len()))
	}
	return strings.Join(parts, "   ")
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
