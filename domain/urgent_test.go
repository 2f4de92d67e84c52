package domain_test

import (
	"testing"

	"homeward/domain"
	"homeward/domain/view"
)

// What cannot wait is due within the policy's urgent_within, stands above all that is due before it, and is missed only where it
// was passed on later than that (DOMAIN §4, Urgent).
func TestAnUrgentNoteIsMissedOnlyWhenItIsPassedOnLate(t *testing.T) {
	for _, c := range []struct {
		passedOn string
		missed   bool
	}{{"2026-11-22 18:30", false}, {"2026-11-22 19:00", false}, {"2026-11-22 19:01", true}} {
		tm := newTeam(t).back() // 18:00
		tm.do(`{"act":"followup.add","child_ref":"K1","kind":"service","text":"x","due_at":"2026-11-22T18:10:00Z"}`)
		tm.do(`{"act":"followup.add","child_ref":"K1","kind":"urgent","text":"a man at the gate"}`)
		tm.refused(domain.Invalid, "due_at", []string{"within 1h"}, `{"act":"followup.add","child_ref":"K1","kind":"urgent","text":"x","due_at":"2026-11-22T19:00:00Z"}`)
		rows, err := view.ReadFollowUps(tm)
		if err != nil {
			t.Fatal(err)
		}
		if f := rows[0].FollowUp; f.Kind != domain.FollowUrgent || f.Due != moment(t, "2026-11-22 19:00") || rows[0].Overdue || rows[0].Missed {
			t.Errorf("first stands %+v", rows[0].FollowUp)
		}
		tm.on(c.passedOn)
		f, err := tm.FollowUp(domain.NewID(domain.KindFollowUp, 2))
		if err != nil || f.Overdue(domain.At(tm.Now())) != c.missed || f.Missed(domain.At(tm.Now())) != c.missed {
			t.Errorf("at %s, not passed on: overdue %v, missed %v, %v", c.passedOn, f.Overdue(domain.At(tm.Now())), f.Missed(domain.At(tm.Now())), err)
		}
		tm.do(`{"act":"followup.done","followup":"F2","found":"told the duty desk, PC 12"}`)
		f, err = tm.FollowUp(f.ID)
		if later := moment(t, "2026-11-25 10:00"); err != nil || f.Missed(later) != c.missed {
			t.Errorf("passed on at %s: missed %v, %v", c.passedOn, f.Missed(later), err)
		}
	}
}
