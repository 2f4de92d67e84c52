package tui_test

import (
	"context"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// The whole morning of a duty coordinator, by keys, on a real database.
func TestMorning(t *testing.T) {
	eight := time.Date(2026, 11, 23, 8, 5, 0, 0, time.UTC)
	x := newTeam(t, "dee")
	x.night("overnight.csv", 11, eight.Add(-30*time.Minute), func(i int, row map[string]string) {
		switch i {
		case 2:
			row["risk"] = "high"
		case 4:
			row["flags"] = "exploitation"
		case 6:
			row["warning"] = "Visit in pairs: dog in the house"
		case 8:
			row["notified_at"] = ""
		}
	})
	d := x.look(120, 40, eight).Sees("Nothing is owed to any child right now")

	// What the police sent overnight goes in.
	d.Press("i").Sees("overnight.csv").Press("enter").Sees("11 rows: 11 new, 0 changed, 0 unchanged, 0 refused")
	d.Press("t").Sees("11 new and 0 changed will go in").Press("tab", "enter").Sees("11 new, 0 changed, 0 unchanged, 0 refused; 11 referrals raised").Press("esc", "esc")
	d.Sees("To triage 11", "Tyler Clarke").Golden("morning-1-eleven-to-triage")

	// The one at high risk stands first; accepting as proposed is one key.
	keys(t, d, 1, "a")
	d.Sees("accepted R3, responsible: team", "To triage 10")
	for range 8 {
		keys(t, d, 1, "a")
	}
	d.Sees("To triage 2")

	// One needs no interview now: the police are still at it.
	d.Press("x", "p", "tab").Type("Achieving best evidence interview on Thursday.").Press("tab").Type("+4").Press("tab").
		Type("Grandmother, and the social worker").Golden("morning-2-not-required").Press("ctrl+d")
	d.Sees("waits for sign-off as not required", "To triage 1")
	d.Press("a").SeesNot("To triage")

	// Four are given to Amira together.
	d.At(eight.Add(15*time.Minute)).Press("g", "space", "j", "space", "j", "space", "j", "space").Sees("4 selected").Press("w").Sees("Amira Khan").Press("a")
	d.Sees("R1 is with Amira Khan", "R3 is with Amira Khan")

	// Two attempts: nobody answers, then a message is left, then a call-back.
	d.Press("g")
	keys(t, d, 2, "c", "n")
	d.Sees("call with child, no answer")
	keys(t, d, 2, "c", "m")
	d.Sees("call with child, left message")
	keys(t, d, 9, "c", "s", "c", "tab", "1", "5", "3", "0", "ctrl+d")
	d.Sees("call with child, spoke, try again Mon 23 Nov 2026 15:30", "ring 15:30").Golden("morning-3-ring-back")

	// The telephone rings in the middle of a form: find another child, and come back to the field left.
	d.Press("j", "c", "g", "c").Press("tab", "tab").Type("He wants to meet at school").Press("ctrl+f").Type("lambert").Sees("Malachi Lambert").Press("enter", "ctrl+d")
	d.Sees("Malachi Lambert", "Read the story").Golden("morning-4-telephone").Press("esc")
	d.Sees("He wants to meet at school").Type(", after three.").Press("ctrl+d").Sees("call with child, agreed")
	if r := x.referral(t, 2); len(r.Attempts) != 1 || r.Attempts[0].Note != "He wants to meet at school, after three." {
		t.Errorf("the note of the interrupted form is %+v", r.Attempts)
	}

	// A booking for that one, and a decline on the next: the asking again plans itself.
	d.Press("b").Type("tomorrow 16:00").Press("tab").Type("school, quiet room").Press("ctrl+d").Sees("booked R2 for Tue 24 Nov 2026 16:00", "visit Tue 16:00")
	d.Press("g", "j", "c", "d", "c", "ctrl+d").Sees("R3: call with child, declined, try again Tue 24 Nov 2026 08:20")

	// A child is missing again: entered by hand while the carer is on the line.
	d.At(eight.Add(40*time.Minute)).Press("n").Type("barker").Press("enter").Type("today 7:50").Press("ctrl+d").Sees("recorded episode", "Missing now 1")
	if r := x.row(t, 2); len(r.Flags) != 1 || r.Flags[0] != domain.FlagMissingAgain || r.MissingNow.IsZero() {
		t.Errorf("the booked referral of the child missing again carries %v", r.Flags)
	}

	// Something ten minutes old was wrong: the list of today's changes takes it back while nothing rests on it.
	d.At(eight.Add(50 * time.Minute)).Press("H").Sees("My changes of today").Golden("morning-5-changes")
	d.Press("esc", "u").Sees("ndo this?", "recorded episode").Press("enter").Sees("undone: recorded episode", "Z does it again").SeesNot("Missing now 1")
	d.Golden("morning-6-undone")

	// The desk agrees with what was done.
	var q *view.Queue
	if err := x.desk.Ask(context.Background(), func(r domain.Reader) (err error) { q, err = view.ReadQueue(r); return err }); err != nil {
		t.Fatal(err)
	}
	stages := map[domain.Stage]int{}
	for _, r := range q.Rows {
		stages[r.Stage]++
	}
	if len(q.Rows) != 11 || stages[domain.StageAccepted] != 9 || stages[domain.StageBooked] != 1 || stages[domain.StageToApprove] != 1 {
		t.Errorf("after the morning the stages are %v", stages)
	}
}

// referral reads one by number.
func (x *team) referral(t *testing.T, n uint64) *domain.Referral {
	t.Helper()
	var ref *domain.Referral
	if err := x.desk.Ask(context.Background(), func(r domain.Reader) (err error) {
		ref, err = r.Referral(domain.NewID(domain.KindReferral, n))
		return err
	}); err != nil || ref == nil {
		t.Fatalf("R%d: %v", n, err)
	}
	return ref
}

// row reads one referral's line of the queue.
func (x *team) row(t *testing.T, n uint64) *view.QueueRow {
	t.Helper()
	var row *view.QueueRow
	if err := x.desk.Ask(context.Background(), func(r domain.Reader) (err error) {
		row, err = view.ReadQueueRow(r, domain.NewID(domain.KindReferral, n))
		return err
	}); err != nil || row == nil {
		t.Fatalf("R%d: %v", n, err)
	}
	return row
}
