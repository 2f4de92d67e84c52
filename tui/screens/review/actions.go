package review

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/frame"
)

// Actions are what can be done with the focused line or with all that are selected, the most important first.
func (c *screen) Actions() []frame.Action {
	act := func(id string, why func() string, run func() tea.Cmd) frame.Action {
		return frame.Action{ID: "review." + id, Disabled: why, Run: run}
	}
	out := []frame.Action{
		act("sign_off", c.Why("referral.sign_off", c.toSign), c.signOff),
		act("send_back", c.Why("referral.sign_off", c.toSign), c.sendBack),
		act("answer", c.ForOne(c.Why("referral.answer", c.toAnswer)), c.answer),
		act("ask", c.ForOne(c.may("referral.note")), c.ask),
		act("late", c.ForOne(c.may("referral.late", c.isLate)), c.late),
		act("assign", c.Why("referral.assign", c.canGive), c.assign),
		c.OpenAction(c.canOpen, c.open),
		act("count", c.canCount, c.count),
		act("row", c.ForOne(c.noRow), func() tea.Cmd { l, _ := c.List.Focused(); return c.links.Row(c.rowOf(&l)) }),
		act("record", c.ForOne(c.noRecord), c.record),
		act("timeline", c.ForOne(c.onChild), c.timeline),
		c.FilterAction(),
		act("left", nil, func() tea.Cmd { return c.move(-1) }),
		act("right", nil, func() tea.Cmd { return c.move(1) }),
	}
	return append(out, c.ListActions()...)
}

// chosen are the lines that are selected, else the focused one.
func (c *screen) chosen() []line { return c.List.Chosen() }

// canOpen says why there is nothing to open: a group's line opens its numbers.
func (c *screen) canOpen() string {
	if _, header := c.List.FocusedGroup(); header {
		return ""
	}
	return c.OnAny()
}

func (c *screen) onChild() string {
	l, ok := c.List.Focused()
	switch {
	case !ok:
		return "nothing is focused"
	case l.child() == nil && l.fu == nil:
		return "it is about no one child"
	}
	return ""
}

func (c *screen) onReferral() string {
	l, ok := c.List.Focused()
	switch {
	case !ok:
		return "nothing is focused"
	case l.referral() == nil:
		return "it is about no referral"
	}
	return ""
}

// may says why an act on the focused line's referral is not possible: the role, what the act asks of it, what the page has
// against it.
func (c *screen) may(act string, against ...func() string) func() string {
	return func() string {
		if why := cmp.Or(c.p.Why(act, nil), c.onReferral()); why != "" {
			return why
		}
		l, _ := c.List.Focused()
		why := c.p.Why(act, l.referral(), l.child())
		for _, f := range against {
			why = cmp.Or(why, f())
		}
		return why
	}
}

// isLate says why no reason late can be given, by the clocks in force, which the line has.
func (c *screen) isLate() string {
	l, _ := c.List.Focused()
	if q := l.queueRow(); q != nil && !q.Clocks.InterviewLate(c.s.Now()) {
		return "its interview is not late"
	}
	return ""
}

// toAnswer says why there is nothing to answer.
func (c *screen) toAnswer() string {
	l, ok := c.List.Focused()
	switch {
	case !ok:
		return "nothing is focused"
	case l.question() == nil:
		return "nothing is asked here"
	case !l.question().Note.Open():
		return "it was answered"
	}
	return ""
}

// question is what is asked about a line; nil where nothing is.
func (l *line) question() *view.Question {
	if l.owed != nil {
		return l.owed.Asked
	}
	return l.asked
}

// signable are the chosen lines that wait for a word.
func (c *screen) signable() []line {
	var out []line
	for _, l := range c.chosen() {
		if l.sign = c.signOf(&l); l.sign != nil {
			out = append(out, l)
		}
	}
	return out
}

// signOf is what waits for a word on a line: its own, or, on one of an overdue interview, the decision that no interview is
// held; nil where nothing does.
func (c *screen) signOf(l *line) *view.ToSign {
	if l.sign != nil || l.owed == nil || c.have == nil {
		return l.sign
	}
	for i := range c.have.SignOff {
		for _, r := range c.have.SignOff[i].Rows {
			if r.Referral.ID == l.owed.Row().Referral.ID {
				return &c.have.SignOff[i]
			}
		}
	}
	return nil
}

// toSign says why nothing can be signed: of several each one's answer is told.
func (c *screen) toSign() string {
	list := c.signable()
	switch {
	case len(list) == 0:
		return "it waits for no sign-off"
	case len(list) == 1 && list[0].sign.Why != "":
		return list[0].sign.Why
	}
	return ""
}

// givable are the chosen lines whose referrals can be given to somebody, each referral or cluster once.
func (c *screen) givable() []*view.QueueRow {
	var out []*view.QueueRow
	seen := map[domain.ID]bool{}
	for _, l := range c.chosen() {
		q := l.queueRow()
		if q == nil || c.p.Why("referral.assign", q.Referral) != "" {
			continue
		}
		key := q.Referral.ID
		if q.Referral.Cluster != 0 {
			key = q.Referral.Cluster
		}
		if !seen[key] {
			seen[key] = true
			out = append(out, q)
		}
	}
	return out
}

// whoseLoad is whose line of the people is focused, where nothing else is chosen; "" for any other line.
func (c *screen) whoseLoad() string {
	l, ok := c.List.Focused()
	if chosen := c.chosen(); !ok || l.load == nil || len(chosen) > 1 {
		return ""
	}
	return l.load.Login
}

func (c *screen) canGive() string {
	if who := c.whoseLoad(); who != "" {
		return c.p.Why("caseload.hand_over", nil)
	}
	if len(c.givable()) == 0 {
		return "there is no open referral here to give to somebody"
	}
	return ""
}

// rowOf is the row of the queue a line belongs to, "" when there is none.
func (c *screen) rowOf(l *line) string {
	if r := l.referral(); r != nil && r.StageOn(domain.DateOf(c.s.Now())).Open() {
		return r.ID.String()
	}
	return ""
}

func (c *screen) noRow() string {
	l, ok := c.List.Focused()
	switch {
	case !ok:
		return "nothing is focused"
	case c.rowOf(&l) == "":
		return "it is on no row of the queue now"
	}
	return ""
}

func (c *screen) noRecord() string {
	l, ok := c.List.Focused()
	switch {
	case !ok:
		return "nothing is focused"
	case l.referral() == nil:
		return "it has no interview"
	case c.p.Record == nil:
		return "this dashboard shows no records yet"
	}
	return ""
}

func (c *screen) record() tea.Cmd {
	l, _ := c.List.Focused()
	return c.p.Record(l.referral().ID)
}

func (c *screen) timeline() tea.Cmd {
	l, _ := c.List.Focused()
	switch {
	case l.fu != nil:
		return c.p.Timeline(l.fu.Child, l.fu.ID)
	case l.ep != nil:
		return c.p.Timeline(l.ep.Child.ID, l.ep.ID)
	}
	return c.p.Timeline(l.child().ID, l.referral().ID)
}

// open shows what is behind a line: the list of a number, the numbers of a group or a person, the record that waits, the row
// in the queue, or the child's timeline where it has left that.
func (c *screen) open() tea.Cmd {
	if key, header := c.List.FocusedGroup(); header {
		return c.push(func() string { return groupTitle(key) }, func() []line { return numberLines(c.groupNumbers(key)) })
	}
	l, ok := c.List.Focused()
	switch {
	case !ok:
		return nil
	case l.num != nil:
		id := l.id
		find := c.finder(id)
		return c.push(func() string {
			if n := find(); n != nil {
				return n.name
			}
			return "nothing any more"
		}, func() []line {
			if n := find(); n != nil {
				return n.lines()
			}
			return nil
		})
	case l.load != nil:
		login := l.load.Login
		return c.push(func() string { return c.person(login) }, func() []line { return numberLines(c.personNumbers(c.loadOf(login))) })
	case l.fu != nil:
		return c.links.FollowUp(l.fu.ID.String())
	case l.sign != nil && l.sign.Interview != nil:
		return c.record()
	case c.rowOf(&l) != "":
		return c.links.Row(c.rowOf(&l))
	}
	return c.timeline()
}

// finder finds a number again among those of the level that is shown now, made anew of what was read since.
func (c *screen) finder(id string) func() *number {
	from := c.top()
	lines := from.lines
	if lines == nil { // the review itself: only the weeks are numbers there
		lines = func() []line { return c.linesOf(groupWeeks) }
	}
	return func() *number {
		for _, l := range lines() {
			if l.id == id {
				return l.num
			}
		}
		return nil
	}
}

// countable are the lines that = counts: those of the group the cursor is in, or of the list.
func (c *screen) countable() func() []line {
	if v := c.top(); v.lines != nil {
		return v.lines
	}
	key, _ := c.List.FocusedGroup()
	return func() []line { return c.linesOf(key) }
}

func (c *screen) canCount() string {
	key, _ := c.List.FocusedGroup()
	if c.top().numbers || len(c.levels) == 1 && (key == groupWeeks || key == groupPeople || key == "") {
		return "these are numbers already"
	}
	return ""
}

// count opens the frequency table of the marked column: each value, how many have it, their share.
func (c *screen) count() tea.Cmd {
	from, column := c.countable(), c.column
	return c.push(func() string { return "by " + column }, func() []line { return numberLines(c.countBy(from(), column)) })
}
