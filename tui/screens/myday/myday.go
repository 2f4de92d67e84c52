// Package myday is what one person has before them today: visits, calls, records, follow-ups, notes, and what others
// changed on their rows since they were last here.
package myday

import (
	"cmp"
	"context"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// Links lead from this screen to what it does not know itself.
type Links struct {
	Row      func(id string) tea.Cmd // shows a row of the queue
	FollowUp func(id string) tea.Cmd // shows a follow-up
	GoOn     func() tea.Cmd          // lists what was typed and not saved
}

// line is a line of the list.
type line = *view.DayLine

// screen is one person's day.
type screen struct {
	s       *frame.Session
	p       *desk.Program
	links   Links
	list    *widgets.List[line]
	day     *view.MyDay // nil until it was read
	err     error
	painted *theme.Theme
	load    *frame.Loader
	settle  widgets.Debounce
	opened  domain.ID // the child whose record somebody opened by moving here
	reached bool
}

// New makes the factory of the screen.
func New(p *desk.Program, links Links) frame.Factory {
	return func(s *frame.Session, _ string) frame.Screen {
		c := &screen{s: s, p: p, links: links, load: s.Loader()}
		c.list = widgets.NewList(s.Keys, line.ID)
		return c
	}
}

// Title of the page.
func (c *screen) Title() string { return "My day" }

// Init reads.
func (c *screen) Init() tea.Cmd { return c.reload() }

// reload reads the day, with what others changed since this person was here last.
func (c *screen) reload() tea.Cmd {
	p := c.p
	since, known := p.Since()
	return frame.Load(c.load, func(ctx context.Context) (day *view.MyDay, err error) {
		if !known {
			if since, err = p.SeenAt(ctx); err != nil {
				return nil, err
			}
		}
		err = p.Ask(ctx, func(r domain.Reader) (err error) { day, err = view.ReadMyDay(r, since); return err })
		return day, err
	})
}

// Update handles a message.
func (c *screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case desk.FreshMsg, frame.ResumeMsg:
		return c.reload()
	case frame.Loaded[*view.MyDay]:
		if !msg.For(c.load) {
			return nil
		}
		c.load.Done()
		if c.err = msg.Err; c.err != nil {
			return nil
		}
		return c.show(msg.Value)
	case desk.DoneMsg:
		c.reached = true
		return nil
	}
	if c.settle.Is(msg) {
		return c.open()
	}
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch c.s.Keys.Action(keymap.List, k.String()) {
	case keymap.ListSelect, keymap.ListRange:
		return c.s.Toast(widgets.Info, "Several rows at once are done in the queue and the follow-ups, not here.")
	}
	c.reached = true
	c.list.Update(k)
	return c.moved()
}

// show takes a day that was read. What is told of changes stays until somebody says that they have seen it.
func (c *screen) show(day *view.MyDay) tea.Cmd {
	c.day = day
	c.build()
	return c.moved()
}

// moved says whose child is in focus, for actions that work from anywhere.
func (c *screen) moved() tea.Cmd {
	l, ok := c.list.Focused()
	if !ok {
		c.p.Child = nil
		return nil
	}
	c.p.Child = l.Child
	if !c.reached || l.Child.ID == c.opened {
		return nil
	}
	return c.settle.After(c.s.Delay, widgets.Settle)
}

// open has it recorded that the record of the child under the cursor was opened (DOMAIN §12).
func (c *screen) open() tea.Cmd {
	l, ok := c.list.Focused()
	if !ok {
		return nil
	}
	p, child := c.p, l.Child.ID
	c.opened = child
	return func() tea.Msg {
		if err := p.Opened(p.Lasting(), child); err != nil {
			return frame.Toasted(widgets.Bad, err.Error())()
		}
		return nil
	}
}

// Actions are what can be done with the focused line, the most important first.
func (c *screen) Actions() []frame.Action {
	act := func(id string, why func() string, run func() tea.Cmd) frame.Action {
		return frame.Action{ID: "myday." + id, Disabled: why, Run: run}
	}
	out := []frame.Action{
		act("go", c.noGoing, c.goTo),
		act("contact", c.noContact, c.contact),
		act("row", c.noRow, func() tea.Cmd { return c.links.Row(c.rowOf()) }),
		act("record", c.noRecord, c.record),
		act("timeline", c.onAny, c.timeline),
		act("copy", func() string { return cmp.Or(c.p.NoCopy(), c.onAny()) }, c.copyOut),
		act("seen", c.noChange, c.seen),
	}
	for i := range out {
		out[i].Aside = out[i].ID == c.goes() // enter does it: the footer says it once
	}
	return out
}

func (c *screen) onAny() string {
	if _, ok := c.list.Focused(); !ok {
		return "nothing is focused"
	}
	return ""
}

// noGoing says why enter leads nowhere. Where a day has nothing but drafts it leads to these.
func (c *screen) noGoing() string {
	if c.bare() && len(c.unfinished()) > 0 {
		return ""
	}
	return c.onAny()
}

// rowOf is the row of the queue a line belongs to, "" when there is none.
func (c *screen) rowOf() string {
	l, ok := c.list.Focused()
	switch {
	case !ok:
		return ""
	case l.Part == view.DayUrgent:
		return l.FollowUp.ID.String()
	case l.Referral != nil && l.Referral.StageOn(domain.DateOf(c.s.Now())).Open():
		return l.Referral.ID.String()
	}
	return ""
}

func (c *screen) noRow() string {
	if why := c.onAny(); why != "" {
		return why
	}
	if c.rowOf() == "" {
		return "it has no referral in the queue"
	}
	return ""
}

func (c *screen) noRecord() string {
	l, ok := c.list.Focused()
	switch {
	case !ok:
		return "nothing is focused"
	case l.Referral == nil:
		return "it has no referral"
	case c.p.Record == nil:
		return "this dashboard shows no records yet"
	}
	return ""
}

func (c *screen) record() tea.Cmd {
	l, _ := c.list.Focused()
	return c.p.Record(l.Referral.ID)
}

func (c *screen) noContact() string {
	l, ok := c.list.Focused()
	if why := cmp.Or(c.p.Why("contact.log", nil), c.onAny()); why != "" || !ok {
		return why
	}
	if l.FollowUp != nil {
		return c.p.Why("contact.log", l.FollowUp, l.Child)
	}
	return c.p.Why("contact.log", l.Referral, l.Child)
}

// contact logs an attempt for the line: on its follow-up, else on its referral.
func (c *screen) contact() tea.Cmd {
	l, _ := c.list.Focused()
	about := desk.Contact{Child: l.Child, With: domain.WithChild, Beside: desk.Reach(c.s, l.Child)}
	if l.FollowUp != nil {
		about.FollowUp = l.FollowUp.ID
	} else {
		about.Referral = l.Referral.ID
	}
	return c.p.LogContact(c.s, about)
}

func (c *screen) timeline() tea.Cmd {
	l, _ := c.list.Focused()
	switch {
	case l.FollowUp != nil:
		return c.p.Timeline(l.Child.ID, l.FollowUp.ID)
	case l.Referral != nil:
		return c.p.Timeline(l.Child.ID, l.Referral.ID)
	}
	return c.p.Timeline(l.Child.ID, 0)
}

// Where enter leads: to what an action of its own leads to as well, where there is one.
const (
	toFollowUp = "a follow-up"
	toRecord   = "myday.record"
	toTimeline = "myday.timeline"
	toQueue    = "myday.row"
	toAnswer   = "an answer"
	toDrafts   = "the drafts"
)

// goes names where enter leads from the focused line.
func (c *screen) goes() string {
	l, ok := c.list.Focused()
	switch {
	case c.bare():
		return toDrafts
	case !ok:
		return ""
	case l.Part == view.DayAnswer:
		return toAnswer
	case l.FollowUp != nil:
		return toFollowUp
	case l.Interview != nil && c.p.Record != nil:
		return toRecord
	case c.rowOf() == "":
		return toTimeline
	}
	return toQueue
}

// goTo leads to the line's follow-up, record or row; to the timeline where it has none of them any more.
func (c *screen) goTo() tea.Cmd {
	switch l, _ := c.list.Focused(); c.goes() {
	case toDrafts:
		return c.links.GoOn()
	case toAnswer:
		return c.p.AnswerTo(c.s, view.Question{Child: l.Child, Referral: l.Referral, Number: l.Question, Note: l.Note})
	case toFollowUp:
		return c.links.FollowUp(l.FollowUp.ID.String())
	case toRecord:
		return c.record()
	case toTimeline:
		return c.timeline()
	}
	return c.links.Row(c.rowOf())
}

func (c *screen) noChange() string {
	if c.day != nil {
		for i := range c.day.Lines {
			if c.day.Lines[i].Part == view.DayChanged {
				return ""
			}
		}
	}
	return "nothing changed that you have not seen"
}

// seen clears what others changed.
func (c *screen) seen() tea.Cmd {
	return tea.Batch(c.p.Seen(domain.At(c.s.Now())), c.reload())
}
