package domain_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"homeward/domain"
)

// move is one act of a play: who takes it, when, and the line. The line "hold R1" holds an interview.
type move struct {
	at   time.Time
	who  string
	line string
}

func (m move) String() string { return m.at.UTC().Format("2006-01-02T15:04Z ") + m.who + " " + m.line }

// play applies moves to a team in memory and holds what comes of each against the world worked out from the records.
type play struct {
	tm    *team
	w     *world
	seen  map[domain.Record]string // every record when it was first seen
	moves []move
	done  map[string]int // acts that were done, by name
}

func newPlay(t testing.TB, p domain.Policy) *play {
	tm := newTeam(t)
	tm.settings.Policy = p
	return &play{tm: tm, seen: map[domain.Record]string{}, done: map[string]int{}, w: &world{p: &tm.settings.Policy,
		children: map[domain.ID]*domain.Child{}, episodes: map[domain.ID]*domain.Episode{}, referrals: map[domain.ID]*domain.Referral{},
		clusters: map[domain.ID]*domain.Cluster{}, splits: map[string][][2]int{}}}
}

// words of an act that the play looks at.
type said struct {
	Act, Referral, Cluster, Episode, Reason, Keep, Other, Of, As string
	ChildRef                                                     string `json:"child_ref"`
	Episodes                                                     []string
	Approve                                                      bool
}

// apply takes a move and says what is wrong with what came of it; "" when nothing is.
func (pl *play) apply(m move) string {
	pl.moves = append(pl.moves, m)
	pl.tm.now, pl.w.now = m.at, m.at
	pl.tm.as(m.who)
	var a said
	if r, hold := strings.CutPrefix(m.line, "hold "); hold {
		id, _ := domain.ParseID(r)
		if pl.tm.Hold(id) {
			pl.done["hold"]++
			return cmpFault(pl.changed(said{Act: "hold"}, nil), pl.check())
		}
		return pl.check()
	}
	if err := json.Unmarshal([]byte(m.line), &a); err != nil {
		return err.Error()
	}
	want := pl.preview(a, m.who)
	falls := pl.falls(a)
	out, refused := pl.take(m.line)
	if refused == nil {
		pl.done[a.Act]++
	}
	switch {
	case want == "":
	case want == "done" && refused != nil:
		return fmt.Sprintf("refused as %s at %q (%s), should be done", refused.Code, refused.Field, refused.Message)
	case want != "done" && refused == nil:
		return "done, should be refused as " + want
	case want != "done" && want != "refused" && string(refused.Code) != want:
		return fmt.Sprintf("refused as %s at %q (%s), should be %s", refused.Code, refused.Field, refused.Message, want)
	}
	if refused != nil {
		if f := pl.nothingChanged(); f != "" {
			return "refused, and yet " + f
		}
		return pl.check()
	}
	return cmpFault(pl.changed(a, out), pl.fell(falls, out), pl.check())
}

func cmpFault(faults ...string) string {
	for _, f := range faults {
		if f != "" {
			return f
		}
	}
	return ""
}

func (pl *play) take(line string) (*domain.Outcome, *domain.Refusal) {
	e, err := domain.ParseAct([]byte(line))
	var out *domain.Outcome
	if err == nil {
		out, err = pl.tm.Take(e)
	}
	var r *domain.Refusal
	if err != nil && !errors.As(err, &r) {
		pl.tm.Fatalf("%s: not refused but failed: %v\n%s", line, err, pl.replay())
	}
	return out, r
}

func (pl *play) replay() string {
	var b strings.Builder
	for _, m := range pl.moves {
		b.WriteString("  " + m.String() + "\n")
	}
	return b.String()
}

// nothingChanged compares every record with the one known.
func (pl *play) nothingChanged() string {
	for rec := range pl.known() {
		if pl.tm.record(rec.RecordID()) != rec {
			return rec.RecordID().String() + " changed"
		}
	}
	return ""
}

func (pl *play) known() func(func(domain.Record) bool) {
	return func(yield func(domain.Record) bool) {
		for _, r := range pl.w.children {
			if !yield(r) {
				return
			}
		}
		for _, r := range pl.w.episodes {
			if !yield(r) {
				return
			}
		}
		for _, r := range pl.w.referrals {
			if !yield(r) {
				return
			}
		}
		for _, r := range pl.w.clusters {
			if !yield(r) {
				return
			}
		}
	}
}

// changed takes over what an act changed: each record it touched is a version on, no other is another one.
func (pl *play) changed(a said, out *domain.Outcome) string {
	changes := pl.tm.Changes()
	ch := changes[len(changes)-1]
	touched := map[domain.ID]bool{}
	for _, t := range ch.Touched {
		touched[t.ID] = true
		rec := pl.tm.record(t.ID)
		switch before := t.Before; {
		case rec == nil && out != nil && slices.Contains(out.Delete, t.ID):
		case rec == nil:
			return fmt.Sprintf("%s is gone", t.ID)
		case before == nil && a.Act != "redo" && rec.RecordVersion() != 1:
			return fmt.Sprintf("%s is new at version %d", t.ID, rec.RecordVersion())
		case before != nil && rec.RecordVersion() != before.RecordVersion()+1:
			return fmt.Sprintf("%s went from version %d to %d", t.ID, before.RecordVersion(), rec.RecordVersion())
		}
	}
	for rec := range pl.known() {
		if id := rec.RecordID(); !touched[id] && pl.tm.record(id) != rec {
			return fmt.Sprintf("%s changed and is not in the change", id)
		}
	}
	for id := range touched {
		rec := pl.tm.record(id)
		pl.w.set(id, rec)
		if rec != nil && pl.seen[rec] == "" {
			pl.seen[rec] = asJSON(rec)
		}
	}
	if a.Act == "undo" || a.Act == "redo" {
		return pl.restored(ch.UndoOf)
	}
	return ""
}

// restored checks that an undo gave back exactly what was.
func (pl *play) restored(of domain.ID) string {
	for _, ch := range pl.tm.Changes() {
		if ch.ID != of {
			continue
		}
		for _, t := range ch.Touched {
			rec := pl.tm.record(t.ID)
			if t.Before == nil && rec != nil || t.Before != nil && (rec == nil || asJSON(rec.WithVersion(0)) != asJSON(t.Before.WithVersion(0))) {
				return fmt.Sprintf("undone, %s is not as it was", t.ID)
			}
		}
	}
	return ""
}

func asJSON(r domain.Record) string {
	b, err := json.Marshal(r)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// untouched checks at the end that no decision changed a record in place.
func (pl *play) untouched() string {
	for rec, was := range pl.seen {
		if asJSON(rec) != was {
			return fmt.Sprintf("%s was changed in place", rec.RecordID())
		}
	}
	return ""
}

// falls are the referrals that what is recorded of one must be written to, and what of each must be true afterwards.
type falls struct {
	on    []domain.ID
	check func(before, after *domain.Referral) bool
	was   map[domain.ID]*domain.Referral
}

// falls says for the acts that record something about the one interview on whom they fall (DOMAIN §5).
func (pl *play) falls(a said) *falls {
	id, _ := domain.ParseID(a.Referral)
	r := pl.w.referrals[id]
	if r == nil {
		return nil
	}
	f := &falls{was: map[domain.ID]*domain.Referral{}}
	which := func(s domain.Stage) bool { return false }
	last := func(r *domain.Referral) domain.Booking {
		if len(r.Bookings) == 0 {
			return domain.Booking{}
		}
		return r.Bookings[len(r.Bookings)-1]
	}
	switch a.Act {
	case "contact.log":
		which = isOpen
		var one domain.Attempt
		f.check = func(b, n *domain.Referral) bool {
			at := n.Attempts[len(n.Attempts)-1]
			if one.ID == 0 {
				one = at
			}
			return len(n.Attempts) == len(b.Attempts)+1 && at == one
		}
	case "referral.book":
		which = outstanding
		var one domain.Booking
		f.check = func(_, n *domain.Referral) bool {
			if one.When == 0 {
				one = last(n)
			}
			return n.Stage == "booked" && last(n) == one
		}
	case "referral.missed":
		which = func(s domain.Stage) bool { return s == "booked" }
		f.check = func(_, n *domain.Referral) bool { return n.Stage == "accepted" && last(n).Outcome == "did_not_attend" }
	case "referral.close":
		switch a.As {
		case "withdrawn":
			f.check = func(_, n *domain.Referral) bool { return n.Stage == "withdrawn" && n.Cluster == 0 }
		case "unable":
			which = outstanding
			f.check = func(_, n *domain.Referral) bool { return n.Stage == "to_approve" && n.Closing.As == "unable" }
		default:
			which = outstanding
			f.check = func(_, n *domain.Referral) bool { return n.Stage == "declined" }
		}
	case "referral.not_required":
		f.check = func(b, n *domain.Referral) bool { return n.Stage == "to_approve" && n.Cluster == b.Cluster }
	default:
		return nil
	}
	f.on = []domain.ID{id}
	if c := pl.w.of(r.Episode); c != nil {
		for _, m := range c.Members {
			if m.Referral != id && which(pl.w.stage(pl.w.referrals[m.Referral])) {
				f.on = append(f.on, m.Referral)
			}
		}
	}
	for id, r := range pl.w.referrals {
		f.was[id] = r
	}
	return f
}

// fell checks that it did fall on these, and on no other.
func (pl *play) fell(f *falls, out *domain.Outcome) string {
	if f == nil {
		return ""
	}
	for id, was := range f.was {
		is := pl.w.referrals[id]
		if on := slices.Contains(f.on, id); on != (is != was) {
			return fmt.Sprintf("falls on %s: %v, should be %v", id, is != was, on)
		} else if on && !f.check(was, is) {
			return fmt.Sprintf("%s does not have it: %s", id, asJSON(is))
		}
	}
	return ""
}
