package queue

import (
	"cmp"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// Actions are what can be done with the focused row, or with all that are selected.
func (q *screen) Actions() []frame.Action {
	act := func(id string, why func() string, run func() tea.Cmd) frame.Action {
		return frame.Action{ID: "queue." + id, Disabled: why, Run: run}
	}
	// does is what takes an act: on what of the row, and what only this screen knows against it.
	does := func(id, name string, of target, against func() string, run func() tea.Cmd) frame.Action {
		why := q.may(name, of, against)
		if !domain.ForSeveral(name) {
			why = q.ForOne(why)
		}
		return act(id, why, run)
	}
	out := []frame.Action{
		does("pass_on", "followup.done", anUrgentNote, nil, q.passOn),
		does("return", "episode.edit", aMissingChild, nil, q.recordReturn),
		does("accept", "referral.accept", aReferral, nil, q.accept),
		act("contact", q.ofOneChild(q.may("contact.log", aReferral, nil)), q.contact),
		does("book", "referral.book", aReferral, nil, q.book),
		does("held", "interview.held", aReferral, nil, q.held),
		does("missed", "referral.missed", aReferral, nil, q.missed),
		act("record", q.ForOne(q.onReferral), q.record),
		does("sign_off", "referral.sign_off", aReferral, nil, q.signOff),
		does("assign", "referral.assign", aReferral, q.mine, q.assign),
		does("not_required", "referral.not_required", aReferral, nil, q.notRequired),
		does("chase", "referral.chase", aReferral, q.here, q.chase),
		does("close", "referral.close", aReferral, nil, q.close),
		act("same", q.ForOne(func() string { return cmp.Or(q.masked(), q.alike()) }), q.sameChild),
		act("cluster", q.ForOne(q.toCluster), q.showCluster),
		does("confirm", "child.confirm", anEpisode, nil, q.confirm),
		does("move", "episode.move", anEpisode, q.masked, q.move),
		does("duplicate", "episode.duplicate", anEpisode, q.another, q.duplicate),
		does("seen", "referral.seen", aReferral, nil, q.seen),
		does("late", "referral.late", aReferral, q.late, q.lateReason),
		does("accept_as", "referral.accept", aReferral, nil, q.acceptAs),
		does("flag", "flag.set", anEpisode, nil, q.flag),
		does("strike", "contact.strike", aReferral, q.tried, q.strike),
		does("reopen", "referral.reopen", aReferral, nil, q.reopen),
		does("note", "referral.note", aReferral, nil, q.note),
		does("edit_child", "child.edit", aChild, q.masked, q.editChild),
		does("edit_episode", "episode.edit", anEpisode, nil, q.editEpisode),
		does("choice", "referral.choice", aReferral, nil, q.on(q.p.Choice)),
		does("responsible", "referral.responsible", aReferral, nil, q.on(q.p.Responsible)),
		does("front_door", "referral.front_door", aReferral, nil, q.on(q.p.FrontDoor)),
		does("carer_told", "referral.carer_information", aReferral, nil, q.on(q.p.CarerTold)),
		act("correct_held", q.ForOne(q.noHeld("interview.correct_held")), q.on(q.p.CorrectHeld)),
		act("unheld", q.ForOne(q.noHeld("interview.unheld")), q.on(q.p.Unheld)),
		does("end_episode", "episode.end", aMissingChild, nil, q.endEpisode),
		does("died", "child.died", aChild, nil, q.died),
		act("restrict", q.ForOne(q.noRestrict), q.restrict),
	}
	for i := range out {
		if id, why := out[i].ID, out[i].Disabled; q.aboutOne(id) != "" {
			out[i].Disabled = func() string { return cmp.Or(q.aboutOne(id), why()) }
		}
		out[i].Aside = q.notYet(out[i].ID)
	}
	return append(append(out,
		q.OpenAction(nil, q.openDetail),
		q.FilterAction(),
		act("timeline", q.OnAny, q.timeline),
	), q.ListActions()...)
}

// notYet says that an action, though it can be done, is not what comes next: holding an interview nobody booked, a record
// before there is an interview.
func (q *screen) notYet(action string) bool {
	r, ok := q.List.Focused()
	if !ok || r.ref == nil {
		return false
	}
	switch action {
	case "queue.held":
		return r.ref.Stage != domain.StageBooked
	case "queue.record":
		return r.ref.Stage.BeforeInterview()
	}
	return false
}

// target is what of a row an act is about, as a refusal calls it.
type target string

const (
	aReferral     target = "referral"
	aMissingChild target = "missing child"
	anUrgentNote  target = "urgent note"
	anEpisode     target = "episode"
	aChild        target = "child"
)

// of a row: the record, nil where the row has none.
func (t target) of(r row) domain.Record {
	switch e := r.episode(); {
	case t == aReferral && r.ref != nil:
		return r.ref.Referral
	case t == aMissingChild && r.missing != nil, t == anEpisode && e != nil:
		return e
	case t == anUrgentNote && r.urgent != nil:
		return r.urgent.FollowUp
	case t == aChild && r.child() != nil:
		return r.child()
	}
	return nil
}

// may says why an act is not possible: it needs another row, it may not be done to that record as it stands, or what this
// screen has against it. Of several selected each one's answer is told: it is enough that it may be done to one.
func (q *screen) may(act string, on target, against func() string) func() string {
	return func() string {
		r, _ := q.List.Focused()
		if why := q.p.Why(act, nil); why != "" {
			return why
		}
		if on.of(r) == nil {
			return "no " + string(on) + " is focused"
		}
		why, rows := "no "+string(on)+" is selected", []row{r}
		if domain.ForSeveral(act) {
			rows = q.List.Chosen()
		}
		for _, r := range rows {
			if t := on.of(r); t != nil {
				if why = q.p.Why(act, t, r.episode(), r.child()); why == "" {
					break
				}
			}
		}
		if why == "" && against != nil {
			return against()
		}
		return why
	}
}

// mine refuses to take what one has: a practitioner assigns to themselves only.
func (q *screen) mine() string {
	me := q.p.Actor()
	if r, _ := q.List.Focused(); len(q.List.Selected()) < 2 && me.Role == domain.Practitioner && r.ref.Referral.AssignedTo == me.Login {
		return "it is with you"
	}
	return ""
}

func (q *screen) masked() string {
	if q.s.MaskNames {
		return "names are masked: " + q.s.Key("work.mask") + " shows them"
	}
	return q.OnAny()
}

// on takes what is done with the focused row's child and referral.
func (q *screen) on(run func(*frame.Session, *domain.Child, *domain.Referral) tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		r, _ := q.List.Focused()
		return run(q.s, r.child(), r.ref.Referral)
	}
}

// noHeld refuses what is about an interview that was held.
func (q *screen) noHeld(act string) func() string {
	return func() string {
		if why := q.onReferral(); why != "" {
			return why
		}
		r, _ := q.List.Focused()
		return q.p.NoHeld(act, r.ref.Referral)
	}
}

func (q *screen) noRestrict() string {
	if why := q.OnAny(); why != "" {
		return why
	}
	r, _ := q.List.Focused()
	return q.p.NoRestrict(r.child())
}

func (q *screen) restrict() tea.Cmd {
	r, _ := q.List.Focused()
	return q.p.Restrict(q.s, r.child())
}

func (q *screen) onReferral() string {
	if r, ok := q.List.Focused(); !ok || r.ref == nil {
		return "no referral is focused"
	}
	return ""
}

// here says that nobody elsewhere is to be chased.
func (q *screen) here() string {
	if r, _ := q.List.Focused(); !r.ref.Referral.Responsible.Elsewhere() {
		return "the team itself is responsible"
	}
	return ""
}

// late asks the clocks in force, which the row has.
func (q *screen) late() string {
	if r, _ := q.List.Focused(); !r.ref.Clocks.InterviewLate(q.s.Now()) {
		return "the interview is not late"
	}
	return ""
}

func (q *screen) alike() string {
	if why := q.onReferral(); why != "" {
		return why
	}
	switch f := q.focus(); {
	case f == nil:
		return "it is still being read"
	case len(f.Alike) == 0:
		return "nobody like this child is known"
	}
	return ""
}

func (q *screen) tried() string {
	if len(q.ownAttempts()) == 0 {
		return "no attempt of yours stands on it"
	}
	return ""
}

// targets are the referrals an action is for: those selected, else the focused one; with keep those of them alone.
func (q *screen) targets(keep func(*view.QueueRow) bool) []*view.QueueRow {
	var out []*view.QueueRow
	for _, r := range q.List.Chosen() {
		if r.ref == nil || keep != nil && !keep(r.ref) || slices.ContainsFunc(out, func(o *view.QueueRow) bool {
			return o.Referral.Cluster != 0 && o.Referral.Cluster == r.ref.Referral.Cluster
		}) {
			continue // what is done to one member of a cluster is done to all
		}
		out = append(out, r.ref)
	}
	return out
}

// act is an act on a referral as it was seen.
func seen(r *view.QueueRow, a domain.Act) domain.Envelope {
	return domain.Envelope{Act: a, Version: r.Referral.Version}
}

// accept accepts each target with whom the rules propose, and assigns the practitioner who saw the child last.
func (q *screen) accept() tea.Cmd {
	const act = "referral.accept"
	p := q.p
	rows := q.targets(func(r *view.QueueRow) bool { return p.Why(act, r.Referral, r.Child) == "" })
	q.List.ClearSelection()
	return func() tea.Msg {
		var acts []domain.Envelope
		ctx := p.Lasting()
		for _, r := range rows {
			var f *view.Focus
			if err := p.Ask(ctx, func(rd domain.Reader) (err error) { f, err = view.ReadFocus(rd, r.Referral.ID); return err }); err != nil {
				return desk.DoneMsg{Err: err}
			}
			if f == nil || p.Why(act, f.Row.Referral, f.Row.Child) != "" { // a key held down accepts once
				continue
			}
			id := r.Referral.ID.String()
			acts = append(acts, seen(r, &domain.Accept{Referral: id, Responsible: f.Proposed}))
			if f.Proposed == domain.ResponsibleTeam && f.ProposedWorker != "" && r.Referral.AssignedTo == "" {
				acts = append(acts, domain.Envelope{Act: &domain.Assign{Referral: id, To: f.ProposedWorker}, Version: r.Referral.Version + 1})
			}
		}
		return p.TakeEach(acts...)()
	}
}

// assign offers the people of the team.
func (q *screen) assign() tea.Cmd {
	rows := q.targets(nil)
	var choices []widgets.Choice
	load := map[string]int{}
	for i := range q.p.Queue.Rows {
		if r := &q.p.Queue.Rows[i]; r.Stage.BeforeInterview() {
			load[r.Referral.AssignedTo]++
		}
	}
	used := map[string]bool{}
	me := q.p.Actor()
	if me.Role == domain.Practitioner {
		choices = append(choices, widgets.Choice{Key: "t", Title: "Take it", Result: me.Login})
	} else {
		for _, u := range desk.People(q.p.Settings(), domain.DateOf(q.s.Now()), me) {
			key := ownLetter(q.Person(u.Login), used)
			hint := fmt.Sprintf("%s, %d open", u.Role, load[u.Login])
			if f := q.focusOf(rows[0]); f != nil && f.ProposedWorker == u.Login {
				hint += "; " + f.WorkerWhy
			}
			choices = append(choices, widgets.Choice{Key: key, Title: q.Person(u.Login), Hint: hint, Result: u.Login})
		}
	}
	var children []*domain.Child
	for _, r := range rows {
		children = append(children, r.Child)
	}
	title := "assign " + rows[0].Referral.ID.String()
	if len(rows) > 1 {
		title = fmt.Sprintf("assign %d referrals", len(rows))
	}
	return q.s.Open(desk.Menu(q.s, q.p.Of(q.s, children...), title, choices), func(result any) tea.Cmd {
		to, ok := result.(string)
		if !ok {
			return nil
		}
		var acts []domain.Envelope
		for _, r := range rows {
			acts = append(acts, seen(r, &domain.Assign{Referral: r.Referral.ID.String(), To: to}))
		}
		q.List.ClearSelection()
		return q.p.TakeEach(acts...)
	})
}

// ownLetter is the first letter of a name that nobody before it has, so that a name begun is a name chosen.
func ownLetter(name string, used map[string]bool) string {
	for _, r := range domain.Fold(name) {
		if k := string(r); r >= 'a' && r <= 'z' && k != "j" && k != "k" && !used[k] {
			used[k] = true
			return k
		}
	}
	return ""
}

func (q *screen) seen() tea.Cmd {
	var acts []domain.Envelope
	for _, r := range q.targets(func(r *view.QueueRow) bool { return q.p.Why("referral.seen", r.Referral, r.Episode, r.Child) == "" }) {
		acts = append(acts, seen(r, &domain.MarkSeen{Referral: r.Referral.ID.String()}))
	}
	return q.p.TakeEach(acts...)
}

// openDetail opens a cluster's line, else what every list page opens.
func (q *screen) openDetail() tea.Cmd {
	if q.unfold() {
		return q.Moved()
	}
	return q.Open()
}
