package domain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// TimelineEvent is one thing that happened to a child or was done for them.
type TimelineEvent struct {
	At       Moment
	Kind     string // missing, reported, found, returned, referral, contact, booking, decision, chase, note, follow_up, follow_up_done
	Summary  string
	Episode  ID
	Referral ID
	Attempt  ID
	FollowUp ID
}

// Timeline is one child's story, oldest first (INTERFACES, timeline).
type Timeline struct {
	Child    *Child
	Episodes []*Episode
	Events   []TimelineEvent
}

// ReadTimeline tells a child's story.
func ReadTimeline(r Reader, child *Child) (*Timeline, error) {
	t := &Timeline{Child: child}
	var err error
	if t.Episodes, err = r.EpisodesOf(child.ID); err != nil {
		return nil, err
	}
	person := r.Settings().PersonName
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
			t.referral(e, ref, person)
		}
	}
	fus, err := r.FollowUpsOf(child.ID)
	if err != nil {
		return nil, err
	}
	for _, f := range fus {
		t.add(TimelineEvent{At: f.At, Kind: "follow_up", FollowUp: f.ID, Referral: f.Referral,
			Summary: fmt.Sprintf("%s for %s, due %s: %s", words(f.Kind), person(f.Owner), f.Due, f.Text)})
		if f.DoneAt != 0 {
			t.add(TimelineEvent{At: f.DoneAt, Kind: "follow_up_done", FollowUp: f.ID, Referral: f.Referral,
				Summary: fmt.Sprintf("%s done by %s: %s", words(f.Kind), person(f.DoneBy), f.Found)})
		}
	}
	slices.SortStableFunc(t.Events, func(a, b TimelineEvent) int { return cmp.Compare(a.At.Unix(), b.At.Unix()) })
	return t, nil
}

func (t *Timeline) add(e TimelineEvent) { t.Events = append(t.Events, e) }

func (t *Timeline) episode(e *Episode) {
	detail := []string{e.ShownRef()}
	for _, s := range []string{e.Category, e.Risk, e.MissingFrom} {
		if s != "" {
			detail = append(detail, words(s))
		}
	}
	if e.DuplicateOf != 0 {
		detail = append(detail, "duplicate of "+e.DuplicateOf.String())
	}
	for _, x := range []struct {
		at         Moment
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
	for i, k := range e.Risks {
		if i > 0 {
			t.add(TimelineEvent{At: k.At, Kind: "risk", Summary: "risk is " + words(k.Level), Episode: e.ID})
		}
	}
	for _, f := range e.Flags {
		t.add(TimelineEvent{At: f.At, Kind: "flag", Summary: "flag " + f.Name + ": " + f.Why, Episode: e.ID})
	}
}

func (t *Timeline) referral(e *Episode, r *Referral, person func(string) string) {
	at := func(m Moment, kind, format string, args ...any) {
		t.add(TimelineEvent{At: m, Kind: kind, Summary: fmt.Sprintf(format, args...), Episode: e.ID, Referral: r.ID})
	}
	received, byImport := Received(e, r)
	what := "referral " + r.ID.String() + " received"
	if byImport {
		what += " (receipt not recorded, import time used)"
	}
	at(received, "referral", "%s", what)
	for _, d := range r.Decisions {
		s := words(strings.TrimPrefix(d.Act, "referral."))
		if d.From != d.To {
			s += ", now " + d.To.Words()
		}
		if d.Why != "" {
			s += ": " + d.Why
		}
		at(d.At, "decision", "%s, by %s", s, person(d.By))
	}
	for _, a := range r.Attempts {
		s := fmt.Sprintf("%s with %s: %s, by %s", words(a.Way), words(a.With), words(a.Result), person(a.By))
		if a.Note != "" {
			s += ": " + a.Note
		}
		if a.Struck() {
			s += " (struck: " + a.StruckWhy + ")"
		}
		t.add(TimelineEvent{At: a.At, Kind: "contact", Summary: s, Episode: e.ID, Referral: r.ID, Attempt: a.ID})
	}
	for _, b := range r.Bookings {
		s := "booked with " + orElse(person(b.Interviewer), "nobody named yet")
		if b.Place != "" {
			s += " at " + b.Place
		}
		if b.Outcome != "" {
			s += " (" + words(b.Outcome) + ")"
		}
		at(b.When, "booking", "%s", s)
	}
	for _, c := range r.Chases {
		at(c.At, "chase", "chased %s, by %s: %s", c.Whom, person(c.By), c.Note)
	}
	for _, n := range r.Notes {
		at(n.At, "note", "note by %s: %s", person(n.By), n.Text)
	}
	if r.LateReason != nil {
		at(r.LateReason.At, "late", "reason late: %s %s", words(r.LateReason.Reason), r.LateReason.Text)
	}
	if r.HeldAt != 0 {
		at(r.HeldAt, "held", "interview held")
	}
}
