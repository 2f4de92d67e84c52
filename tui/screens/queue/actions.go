package queue

import (
	"cmp"
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

// Actions are what can be done with the focused row, or with all that are selected.
func (q *screen) Actions() []frame.Action {
	act := func(id string, why func() string, run func() tea.Cmd) frame.Action {
		return frame.Action{ID: "queue." + id, Disabled: why, Run: run}
	}
	isNew := q.stage(domain.StageNew)
	before := q.stage(domain.StageNew, domain.StageAccepted, domain.StageBooked)
	out := []frame.Action{
		act("pass_on", q.may("followup.done", q.onUrgent), q.passOn),
		act("return", q.may("episode.edit", q.onMissing), q.recordReturn),
		act("accept", q.may("referral.accept", isNew), q.accept),
		act("contact", q.may("contact.log", q.open), q.contact),
		act("book", q.may("referral.book", before), q.book),
		act("held", q.mayHold, q.held),
		act("missed", q.may("referral.missed", q.stage(domain.StageBooked)), q.missed),
		act("record", q.onReferral, q.record),
		act("sign_off", q.may("referral.sign_off", q.stage(domain.StageToApprove)), q.signOff),
		act("assign", q.may("referral.assign", q.open), q.assign),
		act("not_required", q.may("referral.not_required", before), q.notRequired),
		act("chase", q.may("referral.chase", q.elsewhere), q.chase),
		act("close", q.may("referral.close", q.open), q.close),
		act("same", func() string { return cmp.Or(q.unmasked(), q.alike()) }, q.sameChild),
		act("cluster", q.toCluster, q.showCluster),
		act("duplicate", q.may("episode.duplicate", q.another), q.duplicate),
		act("seen", q.may("referral.seen", q.changed), q.seen),
		act("late", q.may("referral.late", q.late), q.lateReason),
		act("accept_as", q.may("referral.accept", isNew), q.acceptAs),
		act("flag", q.may("flag.set", q.onEpisode), q.flag),
		act("strike", q.may("contact.strike", q.tried), q.strike),
		act("reopen", q.may("referral.reopen", q.ended), q.reopen),
		act("note", q.may("referral.note", q.onReferral), q.note),
		act("edit_child", q.may("child.edit", q.unmasked), q.editChild),
		act("edit_episode", q.may("episode.edit", q.onEpisode), q.editEpisode),
	}
	for i := range out {
		if why := out[i].Disabled; !forMany(out[i].ID) {
			out[i].Disabled = func() string { return cmp.Or(q.OnlyOne(), why()) }
		}
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

// forMany says that an action is for all rows that are selected; the others ask for one child at a time.
func forMany(action string) bool {
	switch strings.TrimPrefix(action, "queue.") {
	case "accept", "assign", "sign_off", "seen":
		return true
	}
	return false
}

// may says why a row's action is not possible: the role, then the row. The decision itself checks both again.
func (q *screen) may(act string, row func() string) func() string {
	return func() string {
		me := q.p.Actor()
		own, ok := me.Role.May(act)
		if !ok {
			return me.Role.A() + " may not"
		}
		if why := row(); why != "" || !own {
			return why
		}
		return q.notMine(act, me)
	}
}

// notMine says why an act on one's own referrals is not possible on this one. Acts with a rule of their own say it
// themselves: one's own attempt, a return. Of several selected each one's answer is told.
func (q *screen) notMine(act string, me domain.Actor) string {
	r, ok := q.List.Focused()
	if !ok || r.ref == nil || len(q.List.Selected()) > 1 {
		return ""
	}
	holder := r.ref.Referral.AssignedTo
	switch act {
	case "referral.book", "referral.missed", "referral.chase", "referral.late", "referral.close", "interview.held":
		switch holder {
		case me.Login:
			return ""
		case "":
			return "it is with nobody: take it first"
		}
	case "referral.assign": // a practitioner takes what is nobody's
		if holder == "" {
			return ""
		}
		if holder == me.Login {
			return "it is with you"
		}
	case "referral.sign_off":
		if r.ref.Referral.DecidedBy() == me.Login {
			return "you decided it yourself: somebody else signs it off"
		}
		return ""
	default:
		return ""
	}
	return "it is with " + q.Person(holder)
}

// mayHold says why the interview cannot be recorded as held.
func (q *screen) mayHold() string {
	return q.may("interview.held", q.stage(domain.StageNew, domain.StageAccepted, domain.StageBooked))()
}

func (q *screen) unmasked() string {
	if q.s.MaskNames {
		return "names are masked: " + q.s.Key("work.mask") + " shows them"
	}
	return q.OnAny()
}

func (q *screen) onReferral() string {
	if r, ok := q.List.Focused(); !ok || r.ref == nil {
		return "no referral is focused"
	}
	return ""
}

func (q *screen) onMissing() string {
	if r, ok := q.List.Focused(); !ok || r.missing == nil {
		return "no missing child is focused"
	}
	return ""
}

func (q *screen) onUrgent() string {
	if r, ok := q.List.Focused(); !ok || r.urgent == nil {
		return "no urgent note is focused"
	}
	return ""
}

func (q *screen) onEpisode() string {
	if r, ok := q.List.Focused(); !ok || r.episode() == nil {
		return "no episode is focused"
	}
	return ""
}

// stage says that the focused referral is in one of the stages.
func (q *screen) stage(stages ...domain.Stage) func() string {
	return func() string {
		if why := q.onReferral(); why != "" {
			return why
		}
		r, _ := q.List.Focused()
		for _, s := range stages {
			if r.ref.Stage == s {
				return ""
			}
		}
		return r.ref.Referral.ID.String() + " is " + r.ref.Stage.Words()
	}
}

func (q *screen) open() string {
	if why := q.onReferral(); why != "" {
		return why
	}
	if r, _ := q.List.Focused(); !r.ref.Stage.Open() {
		return r.ref.Referral.ID.String() + " is " + r.ref.Stage.Words()
	}
	return ""
}

func (q *screen) ended() string {
	if why := q.onReferral(); why != "" {
		return why
	}
	if r, _ := q.List.Focused(); r.ref.Stage.Open() {
		return r.ref.Referral.ID.String() + " is open"
	}
	return ""
}

func (q *screen) elsewhere() string {
	if why := q.onReferral(); why != "" {
		return why
	}
	if r, _ := q.List.Focused(); !r.ref.Referral.Responsible.Elsewhere() {
		return "the team itself is responsible"
	}
	return ""
}

func (q *screen) late() string {
	if why := q.onReferral(); why != "" {
		return why
	}
	if r, _ := q.List.Focused(); !r.ref.Overdue && !r.ref.Clocks.Return.Over(q.s.Now()) {
		return "the interview is not late"
	}
	return ""
}

func (q *screen) changed() string {
	if why := q.onReferral(); why != "" {
		return why
	}
	if r, _ := q.List.Focused(); r.ref.Referral.Moved == nil && r.ref.Episode.Told == nil {
		return "nothing changed that nobody has seen"
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
	if why := q.onReferral(); why != "" {
		return why
	}
	if len(q.ownAttempts()) == 0 {
		return "no attempt of yours stands on it"
	}
	return ""
}

// targets are the referrals an action is for: those selected, else the focused one.
func (q *screen) targets() []*view.QueueRow {
	var out []*view.QueueRow
	for _, r := range q.List.Chosen() {
		if r.ref == nil || slices.ContainsFunc(out, func(o *view.QueueRow) bool {
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
	rows, p := q.targets(), q.p
	q.List.ClearSelection()
	return func() tea.Msg {
		var acts []domain.Envelope
		ctx := p.Lasting()
		for _, r := range rows {
			if r.Stage != domain.StageNew {
				continue
			}
			var f *view.Focus
			if err := p.Ask(ctx, func(rd domain.Reader) (err error) { f, err = view.ReadFocus(rd, r.Referral.ID); return err }); err != nil {
				return desk.DoneMsg{Err: err}
			}
			if f == nil || f.Row.Stage != domain.StageNew { // a key held down accepts once
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
	rows := q.targets()
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
		for _, u := range desk.People(q.p.Settings(), me) {
			key := ownLetter(q.Person(u.Login), used)
			hint := fmt.Sprintf("%s, %d open", u.Role, load[u.Login])
			if f := q.focusOf(rows[0]); f != nil && f.ProposedWorker == u.Login {
				hint += "; " + f.WorkerWhy
			}
			choices = append(choices, widgets.Choice{Key: key, Title: q.Person(u.Login), Hint: hint, Result: u.Login})
		}
	}
	title := "Assign " + rows[0].Referral.ID.String()
	if len(rows) > 1 {
		title = fmt.Sprintf("Assign %d referrals", len(rows))
	}
	return q.s.Open(frame.Menu(q.s, title, choices), func(result any) tea.Cmd {
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
	for _, r := range q.targets() {
		if r.Referral.Moved != nil || r.Episode.Told != nil {
			acts = append(acts, seen(r, &domain.MarkSeen{Referral: r.Referral.ID.String()}))
		}
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
