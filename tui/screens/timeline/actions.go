package timeline

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// Actions are what can be done here, the most important first.
func (v *screen) Actions() []frame.Action {
	act := func(id string, why func() string, run func() tea.Cmd) frame.Action {
		return frame.Action{ID: "timeline." + id, Disabled: why, Run: run}
	}
	by := func(f func(int) tea.Cmd, n int) func() tea.Cmd { return func() tea.Cmd { return f(n) } }
	if v.child == 0 {
		return []frame.Action{act("find", nil, v.links.Find), act("open", v.inFocus, v.openFocused),
			act("back", nil, v.s.Back)}
	}
	out := []frame.Action{
		act("in", v.ready(func() string { return limit(v.spot.level == 0, "a day is the closest") }), by(v.zoom, -1)),
		act("out", v.ready(func() string { return limit(v.spot.level == len(levels())-1, "there is nothing wider") }), by(v.zoom, +1)),
		act("fit", v.ready(nil), v.fit),
		act("open", v.ready(nil), v.toggle),
		act("row", v.noRow, v.goRow),
		act("previous_episode", v.ready(nil), by(v.toEpisode, -1)),
		act("next_episode", v.ready(nil), by(v.toEpisode, +1)),
		act("reopen", v.noReopen, v.reopen),
		act("carer_told", v.noCarer, v.carerTold),
		act("lives", v.ready(func() string { return v.p.Why("child.lives", v.st.child) }), func() tea.Cmd { return v.p.Lives(v.s, v.st.child) }),
		act("cluster", v.noCluster, v.goCluster),
		act("record", v.noReferral, func() tea.Cmd { return v.p.Record(v.focused().ref) }),
		act("edit_episode", v.noEdit, v.editEpisode),
		act("confirm", v.ready(func() string { return v.noActOn("child.confirm") }), v.confirm),
		act("move", v.ready(func() string { return v.noActOn("episode.move") }), func() tea.Cmd { return v.p.Move(v.focused().episode, v.st.child) }),
		act("view", v.ready(nil), v.nextView),
		act("find", nil, v.links.Find),
		act("back", nil, v.back),
	}
	for i := range out {
		out[i].Aside = out[i].ID == "timeline.record" && out[i].Disabled() == "" && v.st != nil && v.st.refs[v.focused().ref].Interview == 0
	}
	return append(out,
		act("earlier", nil, by(v.step, -1)), act("later", nil, by(v.step, +1)),
		act("page_earlier", nil, by(v.page, -1)), act("page_later", nil, by(v.page, +1)),
		act("previous_fortnight", v.noFortnight, by(v.toFortnight, -1)),
		act("next_fortnight", v.noFortnight, by(v.toFortnight, +1)),
		act("copy", v.ready(v.p.NoCopy), v.copyOut),
		act("now", nil, v.toNow),
	)
}

func limit(reached bool, why string) string {
	if reached {
		return why
	}
	return ""
}

// ready refuses what needs the story until it was read.
func (v *screen) ready(why func() string) func() string {
	return func() string {
		switch {
		case v.st == nil:
			return "the timeline is being read"
		case why != nil:
			return why()
		}
		return ""
	}
}

// toggle gives the focused entry the page, and takes it back.
func (v *screen) toggle() tea.Cmd {
	if v.focused() != nil {
		v.full = !v.full
		v.detail.Top()
	}
	return nil
}

// back leaves the detail, then the screen.
func (v *screen) back() tea.Cmd {
	if v.full {
		v.full = false
		return nil
	}
	return v.s.Back()
}

func (v *screen) nextView() tea.Cmd {
	v.view = (v.view + 1) % views
	v.fill()
	v.followList()
	return nil
}

// rowID is the row of the queue that the focused entry belongs to, "" when it has none.
func (v *screen) rowID() string {
	e, q := v.focused(), v.p.Queue
	if e == nil || q == nil {
		return ""
	}
	for i := range q.Urgent {
		if q.Urgent[i].FollowUp.ID == e.fu {
			return e.fu.String()
		}
	}
	if row := v.row(e.ref); row != nil {
		return e.ref.String()
	}
	for i := range q.Missing {
		if e.episode != nil && q.Missing[i].Episode.ID == e.episode.ID {
			return e.episode.ID.String()
		}
	}
	return ""
}

func (v *screen) noRow() string {
	e := v.focused()
	switch {
	case v.rowID() != "":
		return ""
	case e == nil:
		return "nothing is focused"
	case v.st.refs[e.ref] != nil:
		return e.ref.String() + " is " + v.st.refs[e.ref].Stage.Words() + " and not in the queue"
	}
	return "it has no referral in the queue"
}

func (v *screen) goRow() tea.Cmd { return v.links.Row(v.rowID()) }

func (v *screen) noReopen() string {
	const act = "referral.reopen"
	if why := cmp.Or(v.p.Why(act, nil), v.noReferral()); why != "" {
		return why
	}
	ref := v.st.refs[v.focused().ref]
	var of []domain.Record
	for _, e := range v.st.episodes {
		if e.ID == ref.Episode {
			of = append(of, e)
		}
	}
	return v.p.Why(act, ref, of...)
}

func (v *screen) noCarer() string {
	const act = "referral.carer_information"
	if why := cmp.Or(v.p.Why(act, nil), v.noReferral()); why != "" {
		return why
	}
	return v.p.Why(act, v.st.refs[v.focused().ref])
}

func (v *screen) carerTold() tea.Cmd {
	return v.p.CarerTold(v.s, v.st.child, v.st.refs[v.focused().ref])
}

func (v *screen) reopen() tea.Cmd { return v.links.Reopen(v.st.child, v.focused().ref.String()) }

func (v *screen) noEdit() string { return v.noActOn("episode.edit") }

// confirm says that the child the focused episode was taken to be of is the right one.
func (v *screen) confirm() tea.Cmd {
	e := v.focused().episode
	return v.p.Take(domain.Envelope{Act: &domain.ConfirmChild{Episode: e.ID.String()}, Version: e.Version})
}

// noActOn says why an act may not be done to the focused episode.
func (v *screen) noActOn(act string) string {
	if why := v.p.Why(act, nil); why != "" {
		return why
	}
	e := v.focused()
	switch {
	case e == nil || e.episode == nil:
		return "no episode is focused"
	case v.s.MaskNames:
		return "names are masked: " + v.s.Key("work.mask") + " shows them"
	}
	return v.p.Why(act, e.episode)
}

func (v *screen) editEpisode() tea.Cmd { return v.p.EditEpisode(v.s, v.st.child, v.focused().episode) }

// together is a referral of the cluster or suggestion that the focused entry belongs to, zero when it belongs to none.
func (v *screen) together() domain.ID {
	e := v.focused()
	if e == nil {
		return 0
	}
	for id, ref := range v.st.refs {
		if e.cluster != 0 && ref.Cluster == e.cluster {
			return id
		}
	}
	if ref := v.st.refs[e.ref]; ref != nil && ref.Cluster != 0 {
		return ref.ID
	}
	if row := v.row(e.ref); row != nil && row.Suggested {
		return e.ref
	}
	return 0
}

func (v *screen) noCluster() string {
	if v.st == nil || v.together() == 0 {
		return "it is in no cluster, and none is suggested for it"
	}
	return ""
}

func (v *screen) noReferral() string {
	if e := v.focused(); e == nil || v.st.refs[e.ref] == nil {
		return "no referral is focused"
	}
	return ""
}

func (v *screen) goCluster() tea.Cmd { return v.p.Cluster(v.together()) }

func (v *screen) noFortnight() string {
	if v.st == nil || len(v.st.fortnight) == 0 {
		return "no fortnight holds that many"
	}
	return ""
}

func (v *screen) inFocus() string {
	if v.p.Child == nil {
		return "no child is in focus"
	}
	return ""
}

func (v *screen) openFocused() tea.Cmd { return v.s.Go(PlaceOf(v.p.Child.ID, 0)) }

// prompt is the page before a child was chosen.
func (v *screen) prompt(w int) string {
	th, keys := v.s.Theme, v.s.Keys
	lines := []widgets.Line{{}, widgets.In(th.Title, "  Whose timeline?"), {},
		widgets.Join(widgets.Say("  "), widgets.In(th.Key, keys.Hint("timeline.find")), widgets.Say("  finds a child by name, reference or police reference"))}
	if c := v.p.Child; c != nil {
		lines = append(lines, widgets.Join(widgets.Say("  "), widgets.In(th.Key, keys.Hint("timeline.open")), widgets.Say("  shows "), widgets.In(th.Strong, desk.Mask(v.s, c)),
			widgets.Say(", who was in focus last")))
	}
	lines = append(lines, widgets.Line{}, widgets.Join(widgets.Say("  On a row of the queue "), widgets.In(th.Key, keys.Hint("queue.timeline")), widgets.Say(" shows the timeline of that child.")))
	return strings.TrimSuffix(paintAll(th, lines, w), "\n")
}
