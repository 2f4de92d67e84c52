package domain_test

import (
	"testing"

	"homeward/domain"
)

// sameChild checks that follow-ups, records and referrals that name each other are of one child.
func (tm *team) sameChild(what string) {
	tm.Helper()
	for n := uint64(1); ; n++ {
		f, _ := tm.record(domain.NewID(domain.KindFollowUp, n)).(*domain.FollowUp)
		v, _ := tm.record(domain.NewID(domain.KindInterview, n)).(*domain.Interview)
		if f == nil && v == nil && n > 20 {
			return
		}
		if f != nil {
			for _, id := range []domain.ID{f.Referral, f.Interview} {
				if r := tm.record(id); id != 0 && (r == nil || r.ChildID() != f.Child) {
					tm.Errorf("%s: %s is of %s and names %s", what, f.ID, f.Child, id)
				}
			}
		}
		if v != nil {
			for _, id := range v.Referrals {
				if r := tm.record(id); r == nil || r.ChildID() != v.Child {
					tm.Errorf("%s: %s is of %s and covers %s", what, v.ID, v.Child, id)
				}
			}
		}
	}
}

func referredTo(tm *team, children ...string) {
	tm.Helper()
	for i, child := range children {
		tm.do(`{"act":"referral.new","police_ref":"P%d","child_ref":%q,"given_name":"Ann","family_name":%q,"dob":"2012-03-04","missing_at":"2026-11-%02d 20:00","returned_at":"2026-11-%02d 09:00"}`, i+1, child, child, 12+i, 13+i)
	}
}

const addedTo = `{"act":"followup.add","child_ref":%q,"kind":"service","text":"ask the youth club","interview":"I1"}`

// What was added since about an interview goes with it when the join or the move that brought it is undone.
func TestAFollowUpAddedSinceGoesBackWithItsInterview(t *testing.T) {
	for _, c := range []struct{ name, line string }{
		{"a join", `{"act":"child.join","keep":"K1","other":"K2","reason":"one girl"}`},
		{"a move", `{"act":"episode.move","episode":"P2","to":"K1","reason":"hers"}`},
	} {
		tm := newTeam(t).as("sam")
		referredTo(tm, "K1", "K2")
		tm.do(writtenLine, 2)
		tm.do("%s", c.line)
		tm.as("sue").do(addedTo, "K1")
		tm.as("sam").do(`{"act":"undo"}`)
		f := tm.record(domain.NewID(domain.KindFollowUp, 1)).(*domain.FollowUp)
		if f.Child != tm.episode(2).Child || f.Child == tm.episode(1).Child || f.Referral != tm.referral(2).ID {
			t.Errorf("%s undone: %s is of %s", c.name, f.ID, f.Child)
		}
		tm.sameChild(c.name + " undone")
		tm.do(`{"act":"redo"}`)
		if f = tm.record(f.ID).(*domain.FollowUp); f.Child != tm.episode(1).Child {
			t.Errorf("%s done again: %s is of %s", c.name, f.ID, f.Child)
		}
		tm.sameChild(c.name + " done again")
	}
}

// An interview of several was not held after all, and they have one each again. Whichever is another child's then, what the record
// raised for one of them is of the child whose the record is.
func TestWhatARecordRaisedFollowsTheRecord(t *testing.T) {
	for _, moved := range []int{1, 2, 3} {
		tm := newTeam(t).as("sam")
		referredTo(tm, "K1", "K1", "K1", "K2")
		tm.do(`{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P2","P3"],"reason":"x"}`)
		tm.do(`{"act":"interview.held","referral":"R%d","held_at":"2026-11-22T17:00:00Z"}`, 2)
		tm.do(unheldLine)
		tm.do(`{"act":"cluster.break_up","cluster":"CL1","reason":"x"}`)
		tm.sameChild("broken up")
		for _, n := range []int{moved, moved%3 + 1} {
			tm.do(`{"act":"episode.move","episode":"P%d","to":"K2","reason":"x"}`, n)
			tm.sameChild("moved")
		}
		tm.do(`{"act":"undo"}`)
		tm.sameChild("one moved back")
		tm.do(`{"act":"undo"}`)
		tm.sameChild("both moved back")
	}
}

// A record prepared for one that came since, and taken into that of a cluster it left again, goes back with it.
func TestARecordTakenInGoesBackWithWhatCameSince(t *testing.T) {
	tm := newTeam(t).as("sam")
	referredTo(tm, "K1", "K1", "K2")
	tm.do(`{"act":"child.join","keep":"K1","other":"K2","reason":"one girl"}`)
	join := tm.Changes()[len(tm.Changes())-1].ID
	tm.do(`{"act":"referral.new","police_ref":"P4","child_ref":"K2","given_name":"Ann","family_name":"K2","dob":"2012-03-04","missing_at":"2026-11-15 20:00","returned_at":"2026-11-16 09:00"}`)
	tm.do(writtenLine, 1)
	tm.do(writtenLine, 4)
	tm.do(`{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P2","P4"],"reason":"x"}`)
	tm.sameChild("one interview")
	tm.do(`{"act":"cluster.leave_out","cluster":"CL1","episode":"P4","reason":"x"}`)
	tm.do(`{"act":"undo","of":%q}`, join)
	tm.sameChild("undone")
	if v := tm.interview(2); v.Child != tm.episode(4).Child || v.Child == tm.episode(1).Child || v.Into != 0 || tm.referral(4).Interview != v.ID {
		t.Errorf("I2 is of %s, into %s; R4 has %s", v.Child, v.Into, tm.referral(4).Interview)
	}
}
