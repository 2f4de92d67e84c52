package followups

import (
	"cmp"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/frame"
)

// Actions are what can be done with the focused row or with all that are selected, the most important first.
func (c *screen) Actions() []frame.Action {
	act := func(id string, why func() string, run func() tea.Cmd) frame.Action {
		return frame.Action{ID: "followups." + id, Disabled: why, Run: run}
	}
	out := []frame.Action{
		act("pass_on", c.one(c.may("followup.done", c.onUrgent)), c.passOn),
		act("done", c.may("followup.done", c.onOpen), c.done),
		act("redate", c.may("followup.redate", c.onPlanned), c.redate),
		act("contact", c.one(c.may("contact.log", c.onOpen)), c.contact),
		act("drop", c.may("followup.drop", c.onPlanned), c.drop),
		act("add", c.may("followup.add", nil), c.ways.Add),
		act("everyone", nil, func() tea.Cmd { c.all = !c.all; return c.refresh() }),
		act("record", c.one(c.noRecord), c.record),
		act("open", nil, c.open),
		act("timeline", c.one(c.onAny), c.timeline),
		act("row", c.one(c.noRow), func() tea.Cmd { return c.ways.Row(c.rowOf()) }),
		act("filter", nil, func() tea.Cmd { c.before = c.list.FocusedID(); c.filter.Open(); return nil }),
		act("copy", c.one(func() string { return cmp.Or(c.p.NoCopy(), c.onAny()) }), c.copyOut),
		act("sort", nil, func() tea.Cmd { c.order = (c.order + 1) % orders; return c.refresh() }),
		act("layout", nil, func() tea.Cmd { c.layout = (c.layout + 1) % 3; return nil }),
		act("clear", nil, c.clear),
	}
	return append(out, c.views.Actions()...)
}

// one refuses an action that is for one row while several are selected.
func (c *screen) one(why func() string) func() string {
	return func() string {
		if n := len(c.list.Selected()); n > 1 {
			return fmt.Sprintf("it is for one at a time, %d are selected; %s clears", n, c.s.Key("followups.clear"))
		}
		return why()
	}
}

// may says why an action is not possible: the role, then the row, then whose it is. The decision itself checks all again.
func (c *screen) may(act string, rows func() string) func() string {
	return func() string {
		own, why := c.p.May(act)
		if why != "" || rows == nil {
			return why
		}
		if why = rows(); why != "" || !own || len(c.list.Selected()) > 1 {
			return why // of several each one's answer is told
		}
		if r := c.targets()[0]; !r.Own(c.p.Actor().Login) {
			return "it belongs to " + c.person(r.FollowUp.Owner)
		}
		return ""
	}
}

// targets are the open follow-ups an action is for: those selected, else the focused one.
func (c *screen) targets() []row {
	var out []row
	for _, r := range c.list.Chosen() {
		if r.FollowUp.Open() {
			out = append(out, r)
		}
	}
	return out
}

func (c *screen) onAny() string {
	if _, ok := c.list.Focused(); !ok {
		return "nothing is focused"
	}
	return ""
}

func (c *screen) onOpen() string {
	if len(c.targets()) > 0 {
		return ""
	}
	r, ok := c.list.Focused()
	switch {
	case !ok:
		return "nothing is focused"
	case r.FollowUp.Dropped != nil:
		return r.FollowUp.ID.String() + " was dropped"
	}
	return r.FollowUp.ID.String() + " is done"
}

func (c *screen) onUrgent() string {
	if why := c.onOpen(); why != "" {
		return why
	}
	if r := c.targets()[0]; r.FollowUp.Kind != domain.KindUrgent {
		return r.FollowUp.ID.String() + " is not urgent"
	}
	return ""
}

// onPlanned is an open one with a due time of its own: an urgent one is neither moved nor given up.
func (c *screen) onPlanned() string {
	if why := c.onOpen(); why != "" {
		return why
	}
	if t := c.targets(); len(t) == 1 && t[0].FollowUp.Kind == domain.KindUrgent {
		return "it is urgent: " + c.s.Keys.Hint("followups.pass_on") + " says to whom it was passed on"
	}
	return ""
}

// rowOf is the row of the queue a follow-up belongs to: its own where it is urgent, its referral's, or the child's; "" when
// there is none.
func (c *screen) rowOf() string {
	r, ok := c.list.Focused()
	q := c.p.Queue
	if !ok || q == nil {
		return ""
	}
	child := ""
	for i := range q.Urgent {
		if q.Urgent[i].FollowUp.ID == r.FollowUp.ID {
			return r.FollowUp.ID.String()
		}
	}
	for i := range q.Rows {
		switch x := &q.Rows[i]; {
		case x.Referral.ID == r.FollowUp.Referral:
			return x.Referral.ID.String()
		case x.Child.ID == r.Child.ID && child == "":
			child = x.Referral.ID.String()
		}
	}
	for i := range q.Missing {
		if q.Missing[i].Child.ID == r.Child.ID && child == "" {
			child = q.Missing[i].Episode.ID.String()
		}
	}
	return child
}

func (c *screen) noRow() string {
	if why := c.onAny(); why != "" {
		return why
	}
	if c.rowOf() == "" {
		return "the child is on no row of the queue now"
	}
	return ""
}

func (c *screen) noRecord() string {
	r, ok := c.list.Focused()
	switch {
	case !ok:
		return "nothing is focused"
	case r.FollowUp.Interview == 0 || r.FollowUp.Referral == 0:
		return "no interview raised it"
	case c.p.Record == nil:
		return "this dashboard shows no records yet"
	}
	return ""
}

func (c *screen) record() tea.Cmd {
	r, _ := c.list.Focused()
	return c.p.Record(r.FollowUp.Referral)
}

// timeline shows the child's, at the follow-up.
func (c *screen) timeline() tea.Cmd {
	r, _ := c.list.Focused()
	return c.p.Timeline(r.Child.ID, r.FollowUp.ID)
}

// contact logs an attempt to reach somebody about it, with whom it is about by default.
func (c *screen) contact() tea.Cmd {
	r := c.targets()[0]
	with := domain.WithProfessional
	switch r.FollowUp.Kind {
	case domain.FollowChild, "support", "early_help":
		with = domain.WithChild
	}
	beside := desk.Reach(c.s, r.Child)
	for i, a := range r.FollowUp.Attempts {
		if i >= len(r.FollowUp.Attempts)-3 {
			beside = append(beside, c.attempt(c.s.Theme, a))
		}
	}
	return c.p.LogContact(c.s, desk.Contact{FollowUp: r.FollowUp.ID, Child: r.Child, With: with, Beside: beside})
}

// open gives the detail the page, opens a group's line, and comes back.
func (c *screen) open() tea.Cmd {
	if _, header := c.list.FocusedGroup(); header {
		c.list.ToggleFold()
		return c.moved()
	}
	if c.layout == detailOnly {
		c.layout = split
		return nil
	}
	if c.onAny() != "" {
		return nil
	}
	c.layout, c.reached = detailOnly, true
	c.text.Top()
	return c.read()
}

// clear takes one step back: out of the detail, the selection, the filter.
func (c *screen) clear() tea.Cmd {
	switch {
	case c.layout == detailOnly:
		c.layout = split
	case c.list.ClearSelection():
	case c.filter.Value() != "":
		at := c.list.FocusedID()
		c.filter.Set("")
		cmd := c.refresh()
		if at == "" {
			c.list.Focus(c.before) // nothing matched: back to where it began
		}
		return cmd
	}
	return nil
}
