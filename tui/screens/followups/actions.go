package followups

import (
	"cmp"

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
		act("pass_on", c.ForOne(func() string { return cmp.Or(c.why("followup.done"), c.onUrgent()) }), c.passOn),
		act("done", func() string { return c.why("followup.done") }, c.done),
		act("redate", func() string { return c.why("followup.redate") }, c.redate),
		act("contact", c.ForOne(func() string { return c.why("contact.log") }), c.contact),
		act("drop", func() string { return c.why("followup.drop") }, c.drop),
		act("add", func() string { return c.p.Why("followup.add", nil) }, c.links.Add),
		act("everyone", nil, func() tea.Cmd { c.all = !c.all; return c.Refresh() }),
		act("record", c.ForOne(c.noRecord), c.record),
		c.OpenAction(nil, c.Open),
		act("timeline", c.ForOne(c.OnAny), c.timeline),
		act("row", c.ForOne(c.noRow), func() tea.Cmd { return c.links.Row(c.rowOf()) }),
		c.FilterAction(),
	}
	return append(out, c.ListActions()...)
}

// why says why an act may be done to none of the follow-ups it is for: of several each one's answer is told, so that it is
// enough that it may be done to one.
func (c *screen) why(act string) string {
	why := cmp.Or(c.p.Why(act, nil), c.OnAny())
	if why != "" {
		return why
	}
	for _, r := range c.List.Chosen() {
		if why = c.p.Why(act, r.FollowUp, r.Referral, r.Child); why == "" {
			break
		}
	}
	return why
}

// targets are the open follow-ups an action is for: those selected, else the focused one.
func (c *screen) targets() []row {
	var out []row
	for _, r := range c.List.Chosen() {
		if r.FollowUp.Open() {
			out = append(out, r)
		}
	}
	return out
}

func (c *screen) onUrgent() string {
	if t := c.targets(); len(t) > 0 && t[0].FollowUp.Kind != domain.FollowUrgent {
		return t[0].FollowUp.ID.String() + " is not urgent"
	}
	return ""
}

// rowOf is the row of the queue a follow-up belongs to: its own where it is urgent, its referral's, or the child's; "" when
// there is none.
func (c *screen) rowOf() string {
	r, ok := c.List.Focused()
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
	if why := c.OnAny(); why != "" {
		return why
	}
	if c.rowOf() == "" {
		return "the child is on no row of the queue now"
	}
	return ""
}

func (c *screen) noRecord() string {
	r, ok := c.List.Focused()
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
	r, _ := c.List.Focused()
	return c.p.Record(r.FollowUp.Referral)
}

// timeline shows the child's, at the follow-up.
func (c *screen) timeline() tea.Cmd {
	r, _ := c.List.Focused()
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
			beside = append(beside, c.p.AttemptLine(c.s, a))
		}
	}
	return c.p.LogContact(c.s, desk.Contact{FollowUp: r.FollowUp.ID, Child: r.Child, With: with, Beside: beside})
}
