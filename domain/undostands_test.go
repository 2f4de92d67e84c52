package domain_test

import (
	"cmp"
	"slices"
	"testing"

	"homeward/domain"
)

// What was settled when a death was recorded, or before, opens again only with the death taken back; what somebody did since, for
// the professionals, they can undo.
func TestUndoOpensNothingOfAChildWhoDied(t *testing.T) {
	held := `{"act":"interview.held","referral":"R1","held_at":"2026-11-22T15:00:00Z"}`
	died := `{"act":"child.died","child_ref":"K1","on":"2026-11-21","reason":"x"}`
	for name, does := range map[string][]string{
		"a referral withdrawn":        {`{"act":"referral.close","referral":"R1","as":"withdrawn","text":"x"}`},
		"a follow-up of the family":   {`{"act":"followup.add","child_ref":"K1","kind":"child","text":"x"}`, `{"act":"followup.drop","followup":"F1","reason":"x"}`},
		"one that was done":           {`{"act":"followup.add","child_ref":"K1","kind":"child","text":"x"}`, `{"act":"followup.done","followup":"F1","found":"x"}`},
		"one for the professionals":   {`{"act":"followup.add","child_ref":"K1","kind":"professional","text":"x"}`, `{"act":"followup.done","followup":"F1","found":"x"}`},
		"an interview held":           {`{"act":"referral.assign","referral":"R1","to":"dee"}`, held},
		"a duplicate":                 {`{"act":"referral.new","police_ref":"P7","child_ref":"K1","missing_at":"2026-11-21 20:30"}`, `{"act":"episode.duplicate","episode":"P7","of":"P1","reason":"x"}`},
		"ended without a return":      {`{"act":"referral.new","police_ref":"P7","child_ref":"K1","missing_at":"2026-11-15 20:30"}`, `{"act":"episode.end","episode":"P7","how":"never_closed","on":"2026-11-16","reason":"x"}`},
		"not required, to look again": {`{"act":"referral.not_required","referral":"R1","reason":"hospital","text":"x","look_again_on":"2026-12-01","safe_with":"x"}`, `{"act":"referral.close","referral":"R1","as":"withdrawn","text":"x"}`},
		"a return recorded":           {`{"act":"referral.new","police_ref":"P7","child_ref":"K1","missing_at":"2026-11-15 20:30"}`, `{"act":"episode.edit","episode":"P7","returned_at":"2026-11-16 10:00"}`, `{"act":"referral.close","referral":"R3","as":"withdrawn","text":"x"}`},
	} {
		t.Run(name, func(t *testing.T) {
			tm := played(t)
			for _, line := range does {
				tm.do("%s", line)
			}
			tm.as("sam").do("%s", died)
			before := tm.picture(true)
			tm.as("dee").refused(domain.Conflict, "of", nil, `{"act":"undo"}`)
			if tm.picture(true) != before {
				t.Error("refused, and something changed")
			}
			tm.nothingOfTheDeadIsOpen()
			tm.as("sam").do(`{"act":"undo"}`)
			tm.as("dee").do(`{"act":"undo"}`)
		})
	}
	tm := played(t)
	tm.do(`{"act":"followup.add","child_ref":"K1","kind":"professional","text":"x"}`)
	tm.as("sam").do("%s", died)
	tm.as("dee").do(`{"act":"followup.done","followup":"F1","found":"x"}`)
	tm.do(`{"act":"undo"}`)
	tm.do(`{"act":"referral.note","referral":"R1","text":"x"}`)
	tm.do(`{"act":"undo"}`)
}

// A death comes back by an undo or a redo only while nothing is open that it would have ended.
func TestADeathComesBackOnlyToWhatIsSettled(t *testing.T) {
	for _, since := range []string{
		`{"act":"referral.accept","referral":"R1","responsible":"team"}`,
		`{"act":"followup.add","child_ref":"K1","kind":"child","text":"x"}`,
		`{"act":"referral.new","police_ref":"P7","child_ref":"K1","missing_at":"2026-11-22 15:30"}`,
	} {
		tm := played(t)
		tm.as("sam").do(`{"act":"child.died","child_ref":"K1","on":"2026-11-21","reason":"x"}`)
		tm.as("dee").do(`{"act":"child.lives","child_ref":"K1","reason":"x"}`)
		tm.as("cai").do("%s", since)
		tm.as("dee").refused(domain.Conflict, "of", nil, `{"act":"undo"}`)
		tm.as("cai").do(`{"act":"undo"}`)
		tm.as("dee").do(`{"act":"undo"}`)
		tm.nothingOfTheDeadIsOpen()
	}
}

// nothingOfTheDeadIsOpen checks that of a child who is recorded as having died nothing is due for them or their family.
func (tm *team) nothingOfTheDeadIsOpen() {
	tm.Helper()
	for n := uint64(1); n < 20; n++ {
		id := domain.NewID(domain.KindChild, n)
		c, err := tm.Child(id)
		if err != nil {
			tm.Fatal(err)
		}
		if c == nil || c.Died == nil {
			continue
		}
		eps, _ := tm.EpisodesOf(id)
		for _, e := range eps {
			if e.Unsettled() && e.DuplicateOf == 0 && !e.History {
				tm.Errorf("%s of %s, who died, is open", e.ShownRef(), c.ShownRef())
			}
			if e.Referral == 0 {
				continue
			}
			r, _ := tm.Referral(e.Referral)
			if r != nil && (r.StageOn(domain.DateOf(tm.now)).BeforeInterview() || r.LookAgain() != 0) {
				tm.Errorf("%s of %s, who died, is %s", r.ID, c.ShownRef(), r.Stage)
			}
		}
		fus, _ := tm.FollowUpsOf(id)
		for _, f := range fus {
			if f.Open() && slices.Contains([]string{"child", "early_help", "support"}, f.Kind) {
				tm.Errorf("%s of %s, who died, is open", f.ID, c.ShownRef())
			}
		}
	}
}

// A return that was taken back owes no interview, whatever is undone.
func TestUndoOwesNothingForAReturnTakenBack(t *testing.T) {
	tm := played(t)
	tm.do(`{"act":"referral.close","referral":"R1","as":"withdrawn","text":"x"}`)
	tm.as("sam").do(`{"act":"episode.edit","episode":"P1","returned_at":null}`)
	tm.as("dee").refused(domain.Conflict, "of", []string{"R1", "P1", "taken back"}, `{"act":"undo"}`)
	tm.as("sam").do(`{"act":"undo"}`)
	tm.as("dee").do(`{"act":"undo"}`)
	tm.stage("new")
}

// No work goes back to who has left, was taken out of the configuration or became an auditor; also where the work was theirs all
// along and would be open again.
func TestUndoGivesNoWorkToWhoIsNotHere(t *testing.T) {
	leave := map[string]func(tm *team){
		"left": func(tm *team) { tm.user("pat").Until = domain.DateOf(tm.now) - 1 },
		"removed": func(tm *team) {
			tm.settings.Users = slices.DeleteFunc(tm.settings.Users, func(u domain.User) bool { return u.Login == "pat" })
			tm.settings.Former = []domain.FormerName{{Login: "pat", Name: "Pat Lowe", Until: domain.At(tm.now)}}
		},
		"auditor": func(tm *team) { tm.user("pat").Role = domain.Auditor },
	}
	assigned := `{"act":"referral.assign","referral":"R1","to":"pat"}`
	who := map[string]string{"answered": "sam"} // a supervisor may answer in place of who was asked
	for name, lines := range map[string][]string{
		"assigned on":      {assigned, `{"act":"referral.assign","referral":"R1","to":"pia"}`},
		"the caseload":     {assigned, `{"act":"followup.add","child_ref":"K1","kind":"other","text":"x","owner":"pat"}`, `{"act":"caseload.hand_over","from":"pat","to":"pia","reason":"x"}`},
		"asked":            {`{"act":"referral.note","referral":"R1","to":"pat","ask":true,"text":"why"}`, `{"act":"undo"}`},
		"answered":         {`{"act":"referral.note","referral":"R1","to":"pat","ask":true,"text":"why"}`, `{"act":"referral.answer","referral":"R1","note":1,"text":"so"}`},
		"closed":           {assigned, `{"act":"referral.close","referral":"R1","as":"withdrawn","text":"x"}`},
		"a follow-up done": {`{"act":"followup.add","child_ref":"K1","kind":"other","text":"x","owner":"pat"}`, `{"act":"followup.done","followup":"F1","found":"x"}`},
		"a meeting":        {`{"act":"referral.assign","referral":"R1","to":"pia"}`, `{"act":"referral.book","referral":"R1","when":"2026-11-24T10:00:00Z","interviewer":"pat"}`, `{"act":"referral.book","referral":"R1","when":"2026-11-24T10:00:00Z","interviewer":"pia"}`},
	} {
		for how, leaves := range leave {
			t.Run(name+", "+how, func(t *testing.T) {
				tm := played(t)
				for _, line := range lines {
					tm.as(cmp.Or(who[name], "dee")).do("%s", line)
				}
				leaves(tm)
				before := tm.picture(true)
				of := "R1"
				if name == "a follow-up done" {
					of = "F1"
				}
				say := []string{"Pat Lowe", of, "caseload.hand_over"}
				if name == "the caseload" {
					say = append(say, "R1 and F1")
				}
				again := "undo"
				switch name {
				case "asked":
					again = "redo"
					fallthrough
				case "answered":
					say = []string{"Pat Lowe", "the question on R1", "referral.note"}
				}
				tm.as(cmp.Or(who[name], "dee")).refused(domain.Invalid, "of", say, `{"act":%q}`, again)
				if tm.picture(true) != before {
					t.Error("refused, and something changed")
				}
			})
		}
	}
	// What they still have when they leave stays theirs until somebody takes it over: undoing another thing gives them nothing.
	tm := played(t)
	tm.do("%s", assigned)
	tm.do(`{"act":"referral.accept","referral":"R1","responsible":"team"}`)
	leave["left"](tm)
	tm.as("dee").do(`{"act":"undo"}`)
}

func (tm *team) user(login string) *domain.User {
	tm.Helper()
	for i := range tm.settings.Users {
		if tm.settings.Users[i].Login == login {
			return &tm.settings.Users[i]
		}
	}
	tm.Fatalf("no person %q", login)
	return nil
}
