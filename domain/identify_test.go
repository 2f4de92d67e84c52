package domain_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"homeward/domain"
)

// A source's own C12 never falls on our child of that number when name and date of birth say that it is another.
func TestOurNumberOfAnotherChild(t *testing.T) {
	now := time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name, row string
		refused   bool
	}{
		{"another name and date", `{"act":"referral.new","child_ref":"C1","given_name":"Ada","family_name":"Own","dob":"2011-01-01","missing_at":"2026-11-20 10:00"}`, true},
		{"the same date", `{"act":"referral.new","child_ref":"C1","given_name":"Beatrice","family_name":"Ref","dob":"2012-02-02","missing_at":"2026-11-20 10:00"}`, false},
		{"the same name", `{"act":"referral.new","child_ref":"C1","given_name":"Bea","family_name":"Ref","dob":"2012-02-03","missing_at":"2026-11-20 10:00"}`, false},
		{"the number alone", `{"act":"referral.new","child_ref":"C1","missing_at":"2026-11-20 10:00"}`, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := kin(t, plainTeam(), now, `{"act":"referral.new","given_name":"Bea","family_name":"Ref","dob":"2012-02-02","missing_at":"2026-11-10 10:00"}`)
			e, err := domain.ParseAct([]byte(tt.row))
			if err != nil {
				t.Fatal(err)
			}
			_, err = w.Take(e)
			var r *domain.Refusal
			if tt.refused != (errors.As(err, &r) && r.Field == "child_ref") || !tt.refused && err != nil {
				t.Errorf("%v", err)
			}
		})
	}
}

// A source's reference that is our own number of another episode is not taken, and one that is kept so is not guessed at: it would
// answer to two children.
func TestAReferenceIsNoNumberOfAnotherEpisode(t *testing.T) {
	tm := newTeam(t)
	tm.arrived("police_ref=P1", "child_ref=K1", "given_name=Ann", "family_name=Lee", "dob=2012-03-04", "missing_at=2026-11-20 10:00")
	for _, ref := range []string{"E1", "e1"} {
		_, r := tm.arrive("police_ref="+ref, "child_ref=K2", "given_name=Bob", "family_name=Ray", "missing_at=2026-11-20 11:00")
		if r == nil || r.Field != "police_ref" || !strings.Contains(r.Message, ref+" is our own number of another episode") {
			t.Errorf("%s: %v", ref, r)
		}
		tm.nothing(domain.Invalid, "police_ref", []string{"another form"}, `{"act":"referral.new","police_ref":%q,"child_ref":"K2","given_name":"Bob","missing_at":"2026-11-20 11:00"}`, ref)
	}
	tm.do(`{"act":"referral.new","child_ref":"K2","given_name":"Bob","missing_at":"2026-11-20 11:00"}`)
	tm.nothing(domain.Invalid, "police_ref", []string{"E1 is our own number"}, `{"act":"episode.edit","episode":"E2","police_ref":"E1"}`)
	tm.arrived("police_ref=E4", "child_ref=K3", "given_name=Cy", "missing_at=2026-11-20 11:00") // E3: nothing has that number, and nothing will
	tm.arrived("police_ref=P5", "child_ref=K4", "given_name=Di", "missing_at=2026-11-20 11:00")
	if e := tm.episode(5); e.PoliceRef != "P5" {
		t.Error(e.PoliceRef)
	}
	tm.do(`{"act":"flag.set","episode":"E4","flag":"harm","reason":"x"}`)
	tm.do(`{"act":"flag.set","episode":"E1","flag":"harm","reason":"x"}`)
	if !tm.episode(3).HasFlag("harm") || !tm.episode(1).HasFlag("harm") {
		t.Error("another episode was meant")
	}
	e, err := domain.ParseAct([]byte(`{"act":"flag.set","episode":"E1","flag":"hospital","reason":"x"}`))
	if err != nil {
		t.Fatal(err)
	}
	_, err = domain.Decide(keptBefore{tm.Sandbox}, e)
	if r := refusal(t, err); r.Field != "episode" || !strings.Contains(r.Message, "E1 is the police_ref of E2") || !strings.Contains(r.Message, "name E2 or P1") {
		t.Error(r)
	}
	tm.as("sam").do(`{"act":"child.restrict","child_ref":"K1","to":["sam"],"reason":"x"}`)
	_, err = domain.Decide(keptBefore{tm.as("dee").Sandbox}, e)
	if r := refusal(t, err); strings.Contains(r.Message, "P1") || !strings.Contains(r.Message, "name E2, or the other") {
		t.Error(r)
	}
}

// keptBefore is a database in which E2 was taken in under the reference E1 before that was refused.
type keptBefore struct{ *domain.Sandbox }

func (w keptBefore) EpisodeByPoliceRef(ref string) (domain.ID, error) {
	if ref == "E1" {
		return domain.NewID(domain.KindEpisode, 2), nil
	}
	return w.Sandbox.EpisodeByPoliceRef(ref)
}
