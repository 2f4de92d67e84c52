package record

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// Actions are what can be done here, the most important first.
func (v *screen) Actions() []frame.Action {
	if v.writing {
		return v.writeActions()
	}
	act := func(id string, why func() string, run func() tea.Cmd) frame.Action {
		return frame.Action{ID: "record." + id, Disabled: v.ready(why), Run: run}
	}
	out := []frame.Action{
		act("write", v.noWrite, v.begin),
		act("held", v.noHeld, v.held),
		act("submit", v.noSubmit, v.submit),
		act("approve", func() string { return v.noSign("interview.approve") }, v.approve),
		act("send_back", func() string { return v.noSign("interview.send_back") }, v.sendBack),
		act("share", v.noShare, v.share),
		act("followups", v.noFollowUps, v.followUps),
		act("versions", v.noVersions, v.versions),
		act("late", v.noLate, func() tea.Cmd { return v.p.LateReason(v.s, v.ref, v.v.Referral.Version) }),
		act("timeline", nil, func() tea.Cmd { return v.p.Timeline(v.v.Child.ID, v.ref) }),
		act("row", nil, func() tea.Cmd { return v.links.Row(v.ref.String()) }),
	}
	return append(out,
		frame.Action{ID: "record.back", Run: v.s.Back},
		act("next_section", nil, func() tea.Cmd { return v.toHead(+1) }),
		act("previous_section", nil, func() tea.Cmd { return v.toHead(-1) }),
		act("layout", nil, func() tea.Cmd { v.full = !v.full; return nil }),
	)
}

// writeActions are for the footer and the help; their keys come to the sheet itself.
func (v *screen) writeActions() []frame.Action {
	act := func(id string) frame.Action {
		return frame.Action{ID: "writing." + id, Run: func() tea.Cmd { return v.writeAction(id) }}
	}
	out := []frame.Action{act("next_section"), act("next_empty"), act("save"), act("read"), act("help")}
	if len(v.v.Episodes) > 1 {
		out = append(out, act("episode"))
	}
	if v.at < len(v.slots) && v.slots[v.at].kind == cell {
		out = append(out, act("delete_row"))
	} else {
		out = append(out, act("not_asked"), act("not_said"))
	}
	return append(out, act("next_field"), act("previous_field"), act("previous_section"), act("urgent"), act("afresh"))
}

// ready refuses what needs the record until it was read.
func (v *screen) ready(why func() string) func() string {
	return func() string {
		switch {
		case v.v == nil:
			return "the record is being read"
		case why != nil:
			return why()
		}
		return ""
	}
}

// may says why an act on the record is not for this person: the role, then whose it is. The decision checks both again.
func (v *screen) may(act string) string {
	me := v.p.Actor()
	own, ok := me.Role.May(act)
	switch r := v.v.Referral; {
	case !ok:
		return me.Role.A() + " may not"
	case !own || r.AssignedTo == me.Login || act != "interview.save" && act != "interview.held" && v.v.Interview.Owner == me.Login:
		return ""
	case r.AssignedTo == "":
		return "it is with nobody: take it first"
	default:
		return "it is with " + v.person(r.AssignedTo)
	}
}

func (v *screen) stage() string {
	r := v.v.Referral
	return r.ID.String() + " is " + r.StageOn(domain.DateOf(v.s.Now())).Words()
}

func (v *screen) noWrite() string {
	switch r := v.v.Referral; {
	case v.s.MaskNames:
		return "names are masked: " + v.s.Key("work.mask") + " shows them"
	case !r.Stage.BeforeInterview() && r.Stage != domain.StageToWriteUp:
		return v.stage() + ": it is written until it is submitted"
	}
	return v.may("interview.save")
}

func (v *screen) noHeld() string {
	if s := v.v.Referral.Stage; s != domain.StageNew && s != domain.StageAccepted && s != domain.StageBooked {
		return v.stage()
	}
	return v.may("interview.held")
}

func (v *screen) noSubmit() string {
	switch {
	case v.v.Interview.HeldAt.IsZero():
		return "the interview was not held yet"
	case v.v.Referral.Stage != domain.StageToWriteUp:
		return v.stage()
	case len(v.sheet.changed()) > 0:
		return "what you typed is not saved yet"
	}
	return v.may("interview.submit")
}

func (v *screen) noSign(act string) string {
	me, i := v.p.Actor().Login, v.v.Interview
	if why := v.mayRole(act); why != "" {
		return why
	}
	switch {
	case v.v.Referral.Stage != domain.StageToSignOff:
		return v.stage()
	case me == i.Interviewer:
		return "you held it yourself: somebody else signs it off"
	case me == i.SubmittedBy:
		return "you submitted it yourself: somebody else signs it off"
	case me == i.Owner:
		return "you wrote it yourself: somebody else signs it off"
	}
	return ""
}

// mayRole looks at the role alone: whose the record is decides the other way round.
func (v *screen) mayRole(act string) string {
	if _, ok := v.p.Actor().Role.May(act); !ok {
		return v.p.Actor().Role.A() + " may not"
	}
	return ""
}

func (v *screen) noShare() string {
	switch {
	case v.v.Interview.HeldAt.IsZero():
		return "the interview was not held yet"
	case v.s.MaskNames:
		return "names are masked: " + v.s.Key("work.mask") + " shows them"
	}
	return v.may("interview.share")
}

func (v *screen) noFollowUps() string {
	if len(v.v.FollowUps) == 0 {
		return "the interview has raised none yet"
	}
	return ""
}

func (v *screen) noVersions() string {
	if len(v.v.Interview.Versions) == 0 {
		return "it was not submitted yet"
	}
	return ""
}

func (v *screen) noLate() string {
	now := v.s.Now()
	late := false
	for _, c := range []domain.Clock{v.clocks().Interview, v.clocks().Return} {
		late = late || c.Over(now) || c.MetLate()
	}
	switch {
	case !late:
		return "the interview is not late"
	case v.v.Referral.LateReason != nil:
		return "the reason is given"
	}
	return v.may("referral.late")
}

// clocks of the referral: those in force as the queue has them, else its own.
func (v *screen) clocks() domain.Clocks {
	if q := v.p.Queue; q != nil {
		for i := range q.Rows {
			if q.Rows[i].Referral.ID == v.ref {
				return q.Rows[i].Clocks
			}
		}
	}
	for _, e := range v.v.Episodes {
		if e.ID == v.v.Referral.Episode {
			return domain.ClocksOf(&v.p.Settings().Policy, e, v.v.Referral)
		}
	}
	return domain.Clocks{}
}

// begin writes on: at what is typed and not saved yet, else at the section that is read.
func (v *screen) begin() tea.Cmd {
	if c := v.sheet.changed(); len(c) > 0 {
		v.episode = c[0].episode
		return v.writeAt(c[0])
	}
	return v.write(v.reading())
}

// reading is the section at the top of the page.
func (v *screen) reading() int {
	at := 0
	for _, h := range v.heads {
		if h.line <= v.page.At() {
			at = h.section
		}
	}
	return max(0, at)
}

func (v *screen) held() tea.Cmd { return v.p.Held(v.s, v.v.Referral, v.clocks()) }

func (v *screen) approve() tea.Cmd {
	i := v.v.Interview
	id := i.ID.String()
	return v.p.Decide(v.s, desk.Decision{
		Key: "interview.approve " + id, Title: "Sign off the record of " + v.ref.String(),
		Fields: []widgets.Field{{ID: "comment", Label: "Comment", Kind: widgets.NoteKind, Lines: 3, Hint: "may stay blank"}},
		Build: func(x widgets.Values) domain.Envelope {
			return domain.Envelope{Act: &domain.ApproveInterview{Interview: id, Comment: x["comment"]}, Version: i.Version}
		},
	})
}

func (v *screen) sendBack() tea.Cmd {
	i := v.v.Interview
	id := i.ID.String()
	return v.p.Reason(v.s, "interview.send_back "+id, "Send back the record of "+v.ref.String(), "Comment", "what is to be mended", func(why string) domain.Envelope {
		return domain.Envelope{Act: &domain.SendBack{Interview: id, Comment: why}, Version: i.Version}
	}, nil)
}

// followUps lists those of the interview; enter says what came of one.
func (v *screen) followUps() tea.Cmd {
	var choices []widgets.Choice
	for _, f := range v.v.FollowUps {
		c := widgets.Choice{Title: v.followLine(f).String(), Result: f}
		if !f.Open() {
			c.Why = cmp.Or(f.Found, "it ended")
		}
		choices = append(choices, c)
	}
	name := desk.Mask(v.s, v.v.Child)
	return v.s.Open(frame.Menu(v.s, "Follow-ups of the interview; enter says what was found", choices), func(result any) tea.Cmd {
		if f, ok := result.(*domain.FollowUp); ok {
			return v.links.Finish(f, name)
		}
		return nil
	})
}

// askAfresh asks before typed text is thrown away.
func (v *screen) askAfresh(n int) frame.Overlay {
	text := counted(n, "answer") + " typed and not saved: thrown away. What is saved stays."
	return frame.Confirm(v.s, "Throw away?", []widgets.Line{widgets.Say(text)}, "Throw away", "Keep")
}
