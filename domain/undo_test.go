package domain_test

import (
	"encoding/json"
	"fmt"
	"testing"
	_ "time/tzdata"

	"homeward/domain"

	"pgregory.net/rapid"
)

// picture is every record as JSON, by its id, with its version apart.
func (tm *team) picture(versions bool) string {
	tm.Helper()
	var recs []domain.Record
	for n := uint64(1); n < 40; n++ {
		if c, err := tm.Child(domain.NewID(domain.KindChild, n)); err == nil && c != nil {
			recs = append(recs, c)
		}
		if e, err := tm.Episode(domain.NewID(domain.KindEpisode, n)); err == nil && e != nil {
			recs = append(recs, e)
		}
		if r, err := tm.Referral(domain.NewID(domain.KindReferral, n)); err == nil && r != nil {
			recs = append(recs, r)
		}
		if f, err := tm.FollowUp(domain.NewID(domain.KindFollowUp, n)); err == nil && f != nil {
			recs = append(recs, f)
		}
	}
	out := ""
	for _, r := range recs {
		if !versions {
			r = r.WithVersion(0)
		}
		b, err := json.Marshal(r)
		if err != nil {
			tm.Fatal(err)
		}
		out += fmt.Sprintf("%s %s\n", r.RecordID(), b)
	}
	return out
}

// lines from which a day is made up; most are refused in most states, which is part of the play.
var lines = []string{
	`{"act":"referral.accept","referral":"R1","responsible":"team"}`,
	`{"act":"referral.assign","referral":"R1","to":"pat"}`,
	`{"act":"referral.assign","referral":"R2","to":"pia"}`,
	`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"declined"}`,
	`{"act":"contact.strike","attempt":"A1","reason":"x"}`,
	`{"act":"referral.book","referral":"R1","when":"2026-11-22T17:00:00Z"}`,
	`{"act":"referral.missed","referral":"R1","how":"did_not_attend"}`,
	`{"act":"referral.not_required","referral":"R1","reason":"hospital","text":"x","look_again_on":"2026-12-01","safe_with":"x"}`,
	`{"act":"referral.sign_off","referral":"R1","approve":true}`,
	`{"act":"referral.sign_off","referral":"R1","approve":false}`,
	declinedLine,
	unableLine,
	`{"act":"referral.reopen","referral":"R1","reason":"x"}`,
	`{"act":"referral.note","referral":"R2","text":"x"}`,
	`{"act":"referral.chase","referral":"R1","whom":"x","note":"x"}`,
	`{"act":"flag.set","episode":"P1","flag":"harm","reason":"x"}`,
	`{"act":"flag.clear","episode":"P1","flag":"harm","reason":"x"}`,
	`{"act":"episode.edit","episode":"P1","school":"Hill School","risk":"high"}`,
	`{"act":"episode.edit","episode":"P3","returned_at":"2026-11-22 10:00"}`,
	`{"act":"child.edit","child_ref":"K1","known_as":"Vee","child_phone":"07700 900123"}`,
	`{"act":"child.edit","child_ref":"K1","known_as":"","child_phone":""}`,
	`{"act":"followup.add","child_ref":"K1","kind":"urgent","text":"x"}`,
	`{"act":"followup.done","followup":"F1","found":"x"}`,
	`{"act":"contact.log","followup":"F1","way":"call","with":"carer","result":"spoke"}`,
	`{"act":"referral.new","child_ref":"K5","missing_at":"2026-11-21 20:00","returned_at":"2026-11-22 10:00"}`,
	`{"act":"referral.new","given_name":"Max","family_name":"Field","dob":"2010-05-05","missing_at":"2026-11-21 20:00"}`,
}

func played(t testing.TB) *team {
	t.Helper()
	tm := newTeam(t).back()
	tm.arrived("police_ref=P2", "child_ref=K1", "missing_at=2026-11-10 20:00", "returned_at=2026-11-11 10:00")
	tm.arrived("police_ref=P3", "child_ref=K2", "missing_at=2026-11-20 20:00")
	return tm
}

// Whatever was done before, undoing the newest change gives back the records as they were, but for their versions; and going
// on undoing walks back to the beginning, because what was undone stands in nobody's way.
func TestUndoingTheNewestChangeGivesBackWhatWasBefore(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		tm := played(t)
		var before []string // pictures before each change that stands
		for range rapid.IntRange(1, 25).Draw(r, "acts") {
			if len(before) > 0 && rapid.IntRange(0, 4).Draw(r, "undo") == 0 {
				tm.do(`{"act":"undo"}`)
				if got := tm.picture(false); got != before[len(before)-1] {
					r.Fatalf("undone, and it is\n%s\nshould be\n%s", got, before[len(before)-1])
				}
				before = before[:len(before)-1]
				continue
			}
			line := rapid.SampledFrom(lines).Draw(r, "line")
			was, versions := tm.picture(false), tm.picture(true)
			if _, refused := tm.as("sam").try("%s", line); refused != nil {
				if tm.picture(true) != versions {
					r.Fatalf("%s was refused and changed something", line)
				}
				continue
			}
			before = append(before, was)
		}
		for i := len(before) - 1; i >= 0; i-- {
			tm.do(`{"act":"undo"}`)
			if got := tm.picture(false); got != before[i] {
				r.Fatalf("walking back, step %d is\n%s\nshould be\n%s", i, got, before[i])
			}
		}
		tm.refused(domain.NotFound, "of", nil, `{"act":"undo"}`)
	})
}

// Undoing any older change either gives exactly its records back or is a conflict, and never touches another record.
func TestUndoingAnOlderChangeIsAConflictOnceBuiltUpon(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		tm := played(t).as("sam")
		for range rapid.IntRange(2, 20).Draw(r, "acts") {
			tm.try("%s", rapid.SampledFrom(lines).Draw(r, "line"))
		}
		all := tm.Changes()
		ch := all[rapid.IntRange(0, len(all)-1).Draw(r, "change")]
		versions := tm.picture(true)
		touchedLater := map[domain.ID]bool{}
		for _, later := range all {
			if later.ID > ch.ID {
				for _, x := range later.Touched {
					touchedLater[x.ID] = true
				}
			}
		}
		built := false
		for _, x := range ch.Touched {
			built = built || touchedLater[x.ID]
		}
		_, refused := tm.try(`{"act":"undo","of":%q}`, ch.ID)
		switch {
		case ch.By != "sam":
			if refused == nil || refused.Code != domain.Forbidden {
				r.Fatalf("%s by %s: %+v", ch.ID, ch.By, refused)
			}
		case built && (refused == nil || refused.Code != domain.Conflict):
			r.Fatalf("%s (%s) was built upon: %+v", ch.ID, ch.Summary, refused)
		case refused != nil && refused.Code != domain.Conflict:
			r.Fatalf("%s (%s): %+v", ch.ID, ch.Summary, refused)
		}
		if refused != nil && tm.picture(true) != versions {
			r.Fatalf("a refused undo of %s changed something", ch.ID)
		}
	})
}

func TestUndoIsOfOnesOwnNewestChange(t *testing.T) {
	tm := played(t)
	tm.do(`{"act":"referral.accept","referral":"R1","responsible":"team"}`) // X4
	tm.as("sam").do(`{"act":"referral.note","referral":"R2","text":"x"}`)   // X5
	tm.refused(domain.Forbidden, "", []string{"Dee Osei"}, `{"act":"undo","of":"X4"}`)
	tm.as("dee").do(`{"act":"undo"}`) // X6, of X4: not Sam's
	tm.stage("new")
	tm.refused(domain.Invalid, "of", []string{"X4"}, `{"act":"undo","of":"X6"}`)
	tm.refused(domain.Conflict, "of", []string{"undone already"}, `{"act":"undo","of":"X4"}`)
	tm.refused(domain.Invalid, "of", []string{"import"}, `{"act":"undo","of":"X1"}`)
	// Dee's rows of the file are no change of hers that undo would choose.
	tm.refused(domain.NotFound, "of", nil, `{"act":"undo"}`)
	for _, of := range []string{"X99", "R1", "banana"} {
		tm.refused(domain.NotFound, "of", nil, `{"act":"undo","of":%q}`, of)
	}
}

func TestAConflictOfAnUndoNamesTheLaterChange(t *testing.T) {
	tm := played(t)
	tm.do(`{"act":"referral.accept","referral":"R1","responsible":"team"}`)
	tm.on("2026-11-22 18:40").as("sam").do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.as("dee").refused(domain.Conflict, "of", []string{"R1", "Sam Bright", "18:40", "Pat Lowe"}, `{"act":"undo"}`)
	tm.stage("accepted")
}

func TestAChildOnWhomSomethingRestsIsNotTakenAway(t *testing.T) {
	enter := `{"act":"referral.new","child_ref":"K5","missing_at":"2026-11-21 20:00"}`
	tm := newTeam(t)
	tm.do("%s", enter)
	tm.do(`{"act":"undo"}`)
	if c, err := tm.Child(domain.NewID(domain.KindChild, 1)); c != nil || err != nil {
		t.Errorf("undone, and there is %+v", c)
	}
	id, err := tm.ChildByRef("K5")
	if id != 0 || err != nil {
		t.Errorf("undone, and K5 is %v", id)
	}
	for _, later := range []string{
		`{"act":"referral.new","child_ref":"K5","missing_at":"2026-11-22 10:00"}`,
		`{"act":"followup.add","child_ref":"K5","kind":"other","text":"x"}`,
	} {
		tm := newTeam(t)
		tm.do("%s", enter)
		tm.as("sam").do("%s", later)
		tm.as("dee").refused(domain.Conflict, "of", nil, `{"act":"undo"}`)
		tm.as("sam").do(`{"act":"undo"}`)
		tm.as("dee").do(`{"act":"undo"}`)
	}
	// An episode whose return somebody recorded since.
	tm = newTeam(t)
	tm.do("%s", enter)
	tm.as("pat").do(`{"act":"episode.edit","episode":"E1","returned_at":"2026-11-22 10:00"}`)
	tm.as("dee").refused(domain.Conflict, "of", []string{"Pat Lowe"}, `{"act":"undo"}`)
}

func TestAnUndonePoliceRefIsNobodys(t *testing.T) {
	tm := newTeam(t)
	tm.do(`{"act":"referral.new","child_ref":"K1","missing_at":"2026-11-21 20:00"}`)
	tm.do(`{"act":"episode.edit","episode":"E1","police_ref":"P1"}`)
	tm.do(`{"act":"undo"}`)
	tm.do(`{"act":"referral.new","police_ref":"P1","child_ref":"K2","missing_at":"2026-11-21 20:00"}`)
}
