package view

import (
	"cmp"
	"fmt"

	"homeward/domain"
	"slices"
	"strings"
)

// TimelineEvent is one thing that happened to a child or was done for them.
type TimelineEvent struct {
	At        domain.Moment
	Kind      string // missing, reported, found, returned, referral, contact, booking, decision, chase, note, flag, flag_cleared, front_door, carer_told, shared, follow_up, follow_up_done, cluster, duplicate, joined
	Summary   string
	Episode   domain.ID
	Referral  domain.ID
	Attempt   domain.ID
	FollowUp  domain.ID
	Cluster   domain.ID
	Interview domain.ID
	// Also are the other referrals it was recorded for: one contact or booking of a cluster stands on every member.
	Also []domain.ID
}

// Timeline is one child's story, oldest first (INTERFACES, timeline).
type Timeline struct {
	Child    *domain.Child
	Episodes []*domain.Episode
	Events   []TimelineEvent
}

// ReadTimeline tells a child's story.
func ReadTimeline(r domain.Reader, child *domain.Child) (*Timeline, error) {
	t := &Timeline{Child: child}
	var err error
	if t.Episodes, err = r.EpisodesOf(child.ID); err != nil {
		return nil, err
	}
	who := r.Settings()
	if d := child.Died; d != nil {
		t.add(TimelineEvent{At: d.At, Kind: "died", Summary: fmt.Sprintf("died, %s, recorded by %s: %s", d.On, who.PersonAt(d.By, d.At), d.Why)})
	}
	for _, e := range t.Episodes {
		t.episode(e)
		if e.Referral == 0 {
			continue
		}
		ref, err := r.Referral(e.Referral)
		if err != nil {
			return nil, err
		}
		if ref != nil {
			t.referral(e, ref, who)
		}
	}
	fus, err := r.FollowUpsOf(child.ID)
	if err != nil {
		return nil, err
	}
	for _, f := range fus {
		for _, a := range f.Attempts {
			t.add(TimelineEvent{At: a.At, Kind: "contact", Summary: attemptSaid(a, who) + ", about the follow-up " + f.ID.String(), FollowUp: f.ID, Referral: f.Referral, Interview: f.Interview, Attempt: a.ID})
		}
		due := f.Due
		if len(f.Redates) > 0 {
			due = f.Redates[0].From
		}
		t.add(TimelineEvent{At: f.At, Kind: "follow_up", FollowUp: f.ID, Referral: f.Referral, Interview: f.Interview,
			Summary: fmt.Sprintf("%s for %s, due %s: %s", domain.Words(f.Kind), who.PersonName(f.Owner), due, f.Text)})
		for _, d := range f.Redates {
			t.add(TimelineEvent{At: d.At, Kind: "follow_up_redated", FollowUp: f.ID, Referral: f.Referral, Interview: f.Interview,
				Summary: fmt.Sprintf("%s was due %s, now %s, by %s: %s", domain.Words(f.Kind), d.From, d.To, who.PersonAt(d.By, d.At), d.Why)})
		}
		if d := f.Dropped; d != nil {
			t.add(TimelineEvent{At: d.At, Kind: "follow_up_dropped", FollowUp: f.ID, Referral: f.Referral, Interview: f.Interview,
				Summary: fmt.Sprintf("%s dropped by %s: %s", domain.Words(f.Kind), who.PersonAt(d.By, d.At), d.Why)})
		}
		if f.DoneAt != 0 {
			t.add(TimelineEvent{At: f.DoneAt, Kind: "follow_up_done", FollowUp: f.ID, Referral: f.Referral, Interview: f.Interview,
				Summary: fmt.Sprintf("%s done by %s: %s", domain.Words(f.Kind), who.PersonAt(f.DoneBy, f.DoneAt), f.Found)})
		}
	}
	if err := t.clusters(r, who); err != nil {
		return nil, err
	}
	if err := t.interviews(r, who); err != nil {
		return nil, err
	}
	slices.SortStableFunc(t.Events, func(a, b TimelineEvent) int { return cmp.Compare(a.At.Unix(), b.At.Unix()) })
	t.once()
	return t, nil
}

func (t *Timeline) add(e TimelineEvent) { t.Events = append(t.Events, e) }

// once tells what was recorded for several referrals of a cluster a single time.
func (t *Timeline) once() {
	out := t.Events[:0]
	for _, e := range t.Events {
		told := false
		for i := len(out) - 1; i >= 0 && out[i].At.Unix() == e.At.Unix() && e.Referral != 0 && !told; i-- {
			o := &out[i]
			if o.Kind == e.Kind && o.Summary == e.Summary && o.Attempt == e.Attempt && o.Referral != 0 && o.Referral != e.Referral && e.FollowUp == 0 {
				o.Also, told = append(o.Also, e.Referral), true
			}
		}
		if !told {
			out = append(out, e)
		}
	}
	t.Events = out
}

// clusters tells what was decided about one interview for several episodes, and about records that are one child's.
func (t *Timeline) clusters(r domain.Reader, who *domain.Settings) error {
	list, err := r.ClustersOf(t.Child.ID)
	if err != nil {
		return err
	}
	ref := map[domain.ID]string{}
	for _, e := range t.Episodes {
		ref[e.ID] = e.ShownRef()
	}
	say := func(at domain.Moment, cl domain.ID, format string, args ...any) {
		t.add(TimelineEvent{At: at, Kind: "cluster", Cluster: cl, Summary: fmt.Sprintf(format, args...)})
	}
	names := func(ids []domain.ID) string {
		var out []string
		for _, id := range ids {
			out = append(out, ref[id])
		}
		return strings.Join(out, ", ")
	}
	because := func(why string) string {
		if why == "" {
			return ""
		}
		return ": " + why
	}
	for _, c := range list {
		var in []domain.ID
		for _, m := range c.Members {
			in = append(in, m.Episode)
		}
		say(c.At, c.ID, "%s accepted by %s, one interview; covers %s%s", c.ID, who.PersonAt(c.By, c.At), names(in), because(c.Reason))
		for _, p := range c.Parted {
			how := "left out"
			if p.How != domain.PartedLeftOut {
				how = domain.Words(p.How) + ", so out"
			}
			say(p.At, c.ID, "%s %s of %s, by %s%s", ref[p.Episode], how, c.ID, who.PersonAt(p.By, p.At), because(p.Why))
		}
		if c.BrokenUp != nil {
			say(c.BrokenUp.At, c.ID, "%s broken up by %s%s", c.ID, who.PersonAt(c.BrokenUp.By, c.BrokenUp.At), because(c.BrokenUp.Why))
		}
	}
	for _, d := range t.Child.Dismissed {
		if !slices.ContainsFunc(list, func(c *domain.Cluster) bool { return c.BrokenUp != nil && c.BrokenUp.At == d.At }) {
			say(d.At, 0, "one interview for %s dismissed by %s%s", names(d.Episodes), who.PersonAt(d.By, d.At), because(d.Why))
		}
	}
	for _, id := range t.Child.Joined {
		o, err := r.Child(id)
		if err != nil {
			return err
		}
		if o != nil && o.JoinedAt != 0 {
			t.add(TimelineEvent{At: o.JoinedAt, Kind: "joined", Summary: fmt.Sprintf("%s (%s) found to be this child, by %s%s", o.Name(), o.ShownRef(), who.PersonAt(o.JoinedBy, o.JoinedAt), because(o.JoinedWhy))})
		}
	}
	return nil
}

func (t *Timeline) episode(e *domain.Episode) {
	detail := []string{e.ShownRef()}
	category := e.Category
	if len(e.Categories) > 0 {
		category = e.Categories[0].Category // as it began
	}
	for _, s := range []string{category, e.Risk, e.MissingFrom} {
		if s != "" {
			detail = append(detail, domain.Words(s))
		}
	}
	if e.DuplicateOf != 0 {
		detail = append(detail, "duplicate of "+e.DuplicateOf.String())
	}
	for _, x := range []struct {
		at         domain.Moment
		kind, what string
	}{
		{e.LastSeenAt, "last_seen", "last seen"}, {e.MissingAt, "missing", "missing (" + strings.Join(detail, ", ") + ")"},
		{e.ReportedAt, "reported", "reported to police"}, {e.FoundAt, "found", strings.TrimSpace("found " + e.FoundPlace)},
		{e.ReturnedAt, "returned", "returned"}, {e.NotifiedAt, "notified", "team notified"},
	} {
		if x.at != 0 {
			t.add(TimelineEvent{At: x.at, Kind: x.kind, Summary: x.what, Episode: e.ID, Referral: e.Referral})
		}
	}
	if d := e.Ended; d != nil {
		t.add(TimelineEvent{At: d.At, Kind: "ended", Summary: fmt.Sprintf("%s ended without a return: %s: %s", e.ShownRef(), d.Said(), d.Why), Episode: e.ID, Referral: e.Referral})
	}
	if e.DuplicateOf != 0 && e.DuplicateAt != 0 {
		t.add(TimelineEvent{At: e.DuplicateAt, Kind: "duplicate", Summary: fmt.Sprintf("%s marked a duplicate of %s: %s", e.ShownRef(), e.DuplicateOf, e.DuplicateWhy), Episode: e.ID})
	}
	for i, k := range e.Risks {
		if i > 0 {
			t.change(e, "risk", domain.Words(k.Level), domain.Words(e.Risks[i-1].Level), k.From, k.At, e.Risks[i-1].At)
		}
	}
	for i, k := range e.Categories {
		if i > 0 {
			t.change(e, "category", domain.Words(k.Category), domain.Words(e.Categories[i-1].Category), k.From, k.At, e.Categories[i-1].At)
		}
	}
	t.past(e)
	for _, f := range e.Flags {
		t.add(TimelineEvent{At: f.At, Kind: "flag", Summary: "flag " + f.Name + ": " + f.Why, Episode: e.ID})
	}
	for _, f := range e.Cleared {
		t.add(TimelineEvent{At: f.At, Kind: "flag_cleared", Summary: "flag " + f.Name + " taken back: " + f.Why, Episode: e.ID})
	}
}

// change tells that the risk or the category is another: when the source says so, else when it was told here.
func (t *Timeline) change(e *domain.Episode, what, is, was string, from, at, before domain.Moment) {
	s := what + " is " + is
	if was != "" {
		s += ", was " + was
	}
	if from == 0 {
		from = at
		s += fmt.Sprintf(" (between two notices, %s and %s)", before, at)
	}
	t.add(TimelineEvent{At: from, Kind: what, Summary: s, Episode: e.ID, Referral: e.Referral})
}

// past tells what became of the interview of an episode that is known from history, as far as its source says.
func (t *Timeline) past(e *domain.Episode) {
	if !e.TellsOfInterview() {
		return
	}
	if e.OfferedAt != 0 {
		t.add(TimelineEvent{At: e.OfferedAt, Kind: "offered", Summary: "interview offered, from history", Episode: e.ID})
	}
	words := PastInterview(e)
	if words == "" {
		return
	}
	kind, at := "outcome", cmp.Or(e.ReturnedAt, e.MissingAt)
	if e.HeldAt != 0 {
		kind, at = "held", e.HeldAt
	}
	t.add(TimelineEvent{At: at, Kind: kind, Summary: "interview, from history: " + words, Episode: e.ID})
}

// PastInterview is what the source of a history episode says of its interview, in words; "" when it says nothing but when
// it was offered.
func PastInterview(e *domain.Episode) string {
	var parts []string
	say := func(before, s string) {
		if s != "" {
			parts = append(parts, before+domain.Words(s))
		}
	}
	say("", e.Outcome)
	if e.HeldAt != 0 && e.Outcome != domain.PastCompleted {
		say("", "held")
	}
	say("by ", e.Interviewer)
	say("declined by ", e.DeclinedBy)
	say("independent: ", e.Independent)
	say("late: ", e.ReasonLate)
	return strings.Join(parts, ", ")
}

func (t *Timeline) referral(e *domain.Episode, r *domain.Referral, who *domain.Settings) {
	at := func(m domain.Moment, kind, format string, args ...any) {
		t.add(TimelineEvent{At: m, Kind: kind, Summary: fmt.Sprintf(format, args...), Episode: e.ID, Referral: r.ID})
	}
	received, byImport := domain.Received(e, r)
	what := "referral " + r.ID.String() + " received"
	if byImport {
		what += " (receipt not recorded, import time used)"
	}
	at(received, "referral", "%s", what)
	for _, d := range r.Decisions {
		s := domain.Words(d.Act[strings.IndexByte(d.Act, '.')+1:])
		if strings.HasPrefix(d.Act, "cluster.") && d.From == d.To {
			continue // the cluster's own event tells it
		}
		if d.From != d.To {
			s += ", now " + d.To.Words()
		}
		if d.Why != "" {
			s += ": " + d.Why
		}
		at(d.At, "decision", "%s, by %s", s, who.PersonAt(d.By, d.At))
	}
	for _, a := range r.Attempts {
		t.add(TimelineEvent{At: a.At, Kind: "contact", Summary: attemptSaid(a, who), Episode: e.ID, Referral: r.ID, Attempt: a.ID})
	}
	for _, b := range r.Bookings {
		s := "booked with " + cmp.Or(who.PersonName(b.Interviewer), "nobody named yet")
		if b.Place != "" {
			s += " at " + b.Place
		}
		if b.Outcome != "" {
			s += " (" + domain.Words(b.Outcome) + ")"
		}
		at(b.When, "booking", "%s", s)
	}
	for _, c := range r.Chases {
		at(c.At, "chase", "chased %s, by %s: %s", c.Whom, who.PersonAt(c.By, c.At), c.Note)
	}
	for _, n := range r.Notes {
		if n.Ask {
			at(n.At, "note", "%s asked %s: %s", who.PersonAt(n.By, n.At), who.PersonName(n.To), n.Text)
		} else {
			at(n.At, "note", "note by %s: %s", who.PersonAt(n.By, n.At), n.Text)
		}
		if n.Answer != nil {
			at(n.Answer.At, "note", "answered by %s: %s", who.PersonAt(n.Answer.By, n.Answer.At), n.Answer.Text)
		}
	}
	for _, f := range r.FrontDoor {
		to := "front door"
		if f.To != "" {
			to += " (" + f.To + ")"
		}
		at(f.ToldAt, "front_door", "%s told, by %s", to, who.PersonAt(f.By, f.At))
	}
	for _, c := range r.CarerTold {
		at(c.At, "carer_told", "parent or carer told %s: %s", who.PersonAt(c.By, c.At), c.Said())
	}
	if r.LateReason != nil {
		at(r.LateReason.At, "late", "reason late: %s %s", domain.Words(r.LateReason.Reason), r.LateReason.Text)
	}
	if r.HeldAt != 0 {
		t.add(TimelineEvent{At: r.HeldAt, Kind: "held", Summary: "interview held", Episode: e.ID, Referral: r.ID, Interview: r.Interview})
	}
}

// attemptSaid tells an attempt in one line.
func attemptSaid(a domain.Attempt, who *domain.Settings) string {
	s := fmt.Sprintf("%s with %s: %s, by %s", domain.Words(a.Way), domain.Words(a.With), domain.Words(a.Result), who.PersonAt(a.By, a.At))
	if a.Note != "" {
		s += ": " + a.Note
	}
	if a.Struck() {
		s += " (struck: " + a.StruckWhy + ")"
	}
	return s
}

// interviews tells which copies of a child's records left: to whom, how, what for.
func (t *Timeline) interviews(r domain.Reader, who *domain.Settings) error {
	list, err := r.InterviewsOf(t.Child.ID)
	if err != nil {
		return err
	}
	for _, v := range list {
		for _, s := range v.Shares {
			t.add(TimelineEvent{At: s.At, Kind: "shared", Interview: v.ID, Referral: v.Referrals[0],
				Summary: fmt.Sprintf("copy for %s (%s) by %s, %s, by %s", s.To, s.Audience.Words(), s.Way, s.Purpose, who.PersonAt(s.By, s.At))})
		}
	}
	return nil
}
