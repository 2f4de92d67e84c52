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
		act("held", func() string { return v.p.Why("interview.held", v.v.Referral) }, v.held),
		act("submit", v.noSubmit, v.submit),
		act("approve", func() string { return v.why("interview.approve") }, v.approve),
		act("send_back", func() string { return v.why("interview.send_back") }, v.sendBack),
		act("share", func() string { return cmp.Or(v.why("interview.share"), v.masked()) }, v.share),
		act("followups", v.noFollowUps, v.followUps),
		act("versions", v.noVersions, v.versions),
		act("correct_held", v.noHeld("interview.correct_held"), func() tea.Cmd { return v.p.CorrectHeld(v.s, v.v.Child, v.v.Referral) }),
		act("unheld", v.noHeld("interview.unheld"), func() tea.Cmd { return v.p.Unheld(v.s, v.v.Child, v.v.Referral) }),
		act("late", v.noLate, func() tea.Cmd { return v.p.LateReason(v.s, v.v.Child, v.ref, v.v.Referral.Version) }),
		act("timeline", nil, func() tea.Cmd { return v.p.Timeline(v.v.Child.ID, v.ref) }),
		act("row", nil, func() tea.Cmd { return v.links.Row(v.ref.String()) }),
	}
	return append(out,
		frame.Action{ID: "record.back", Run: v.s.Back},
		act("next_section", nil, func() tea.Cmd { return v.toHead(+1) }),
		act("previous_section", nil, func() tea.Cmd { return v.toHead(-1) }),
		act("layout", v.noSide, func() tea.Cmd { v.full = !v.full; return nil }),
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

// why says why an act may not be done to the record as it stands.
func (v *screen) why(act string) string {
	var others []domain.Record
	for _, r := range v.v.Referrals {
		others = append(others, r)
	}
	return v.p.Why(act, v.v.Interview, others...)
}

// noHeld says why an act on the interview that was held is not possible.
func (v *screen) noHeld(act string) func() string {
	return func() string { return v.p.NoHeld(act, v.v.Referral) }
}

func (v *screen) masked() string {
	if v.s.MaskNames {
		return "names are masked: " + v.s.Key("work.mask") + " shows them"
	}
	return ""
}

func (v *screen) noWrite() string {
	if v.v.Interview.ID.IsZero() { // nothing was written yet: it is begun on the referral
		return cmp.Or(v.p.Why("interview.save", v.v.Referral), v.masked())
	}
	return cmp.Or(v.why("interview.save"), v.masked())
}

func (v *screen) noSubmit() string {
	if why := v.why("interview.submit"); why != "" {
		return why
	}
	if len(v.sheet.changed()) > 0 {
		return "what you typed is not saved yet"
	}
	return ""
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
	switch {
	case !v.clocks().InterviewLate(v.s.Now()):
		return "the interview is not late"
	case v.v.Referral.LateReason != nil:
		return "the reason is given"
	}
	return v.p.Why("referral.late", v.v.Referral)
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

func (v *screen) held() tea.Cmd { return v.p.Held(v.s, v.v.Child, v.v.Referral, v.clocks()) }

func (v *screen) approve() tea.Cmd {
	i := v.v.Interview
	id := i.ID.String()
	return v.p.Decide(v.s, desk.Decision{
		Key: "interview.approve " + id, Of: v.p.Of(v.s, v.v.Child), Title: "sign off the record of " + v.ref.String(),
		Fields: []widgets.Field{{ID: "comment", Label: "Comment", Kind: widgets.NoteKind, Lines: 3, Hint: "may stay blank"}},
		Build: func(x widgets.Values) domain.Envelope {
			return domain.Envelope{Act: &domain.ApproveInterview{Interview: id, Comment: x["comment"]}, Version: i.Version}
		},
	})
}

func (v *screen) sendBack() tea.Cmd {
	i := v.v.Interview
	id := i.ID.String()
	return v.p.Reason(v.s, v.p.Of(v.s, v.v.Child), "interview.send_back "+id, "send back the record of "+v.ref.String(), "Comment", "what is to be mended", func(why string) domain.Envelope {
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
	return v.s.Open(desk.Menu(v.s, v.p.Of(v.s, v.v.Child), "follow-ups of the interview; enter says what was found", choices), func(result any) tea.Cmd {
		if f, ok := result.(*domain.FollowUp); ok {
			return v.links.Finish(f, v.v.Child)
		}
		return nil
	})
}

// askAfresh asks before typed text is thrown away.
func (v *screen) askAfresh(n int) frame.Overlay {
	text := counted(n, "answer") + " typed and not saved: thrown away. What is saved stays."
	return frame.Confirm(v.s, v.p.Of(v.s, v.v.Child).Title("throw away?"), []widgets.Line{widgets.Say(text)}, "Throw away", "Keep")
}

// noSide says why the page has no side.
func (v *screen) noSide() string {
	if v.s.Narrow() {
		return "the window is too narrow for a side"
	}
	return ""
}
