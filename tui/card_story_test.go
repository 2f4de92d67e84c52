package tui_test

import (
	"testing"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/screens/timeline"
	"homeward/tui/tuitest"
)

// What a practitioner hears on the telephone goes on the card of any child, and nothing else of the card is theirs to change
// (DOMAIN §12).
func TestAPractitionerRecordsANumberOfAColleaguesChild(t *testing.T) {
	x := newTeam(t, "amira")
	x.now = tuitest.Now
	x.child("K1", "Moss", "joe")
	d := x.look(120, 40, tuitest.Now()).Press("1", "E").Sees("Phones", "Carer phones", "Prefers").SeesNot("Given name", "Lives at", "NHS number")
	d.Sees("A coordinator changes the rest of the card.")
	d.Press("end").Type("; 07700 900999").Press("ctrl+d").Sees("changed child phone")
	if got := x.row(t, 1).Child.CardValue("child_phone"); got != "07700 900111\n07700 900999" {
		t.Errorf("the card has the numbers %q", got)
	}
}

// A carer says no and the child was never asked: nobody can close it as the child's decline, and what the carer tells counts.
func TestACarerDeclinesAndTheChildWasNeverAsked(t *testing.T) {
	x := newTeam(t, "dee")
	x.now = tuitest.Now
	x.child("K1", "Moss", "")
	d := x.look(120, 40, tuitest.Now()).Press("d").Press("d").Sees("anybody declined: log first").Press("esc")
	x.do("dee", `{"act":"contact.log","referral":"R1","way":"call","with":"carer","result":"declined","note":"he is fine, leave him be"}`)
	x.tell(d)
	d.Press("d", "d").Sees("(•) carer").SeesNot("( ) child").Type("His mother does not want it").Press("tab", "tab", "r", "tab", "y", "tab", "y", "tab")
	d.Type("He was above the arcade").Press("tab").Type("Quay Arcade").Press("tab").Type("Moe; Big Al").Press("ctrl+d").Sees("closed R1 as declined")
	r := x.referral(t, 1)
	if c := r.Closing; c.DeclinedBy != domain.WithCarer || c.HelplineTo != domain.WithCarer || c.Asked != 1 {
		t.Errorf("closed as %+v", c)
	}
	if got := r.CarerTold; len(got) != 1 || len(got[0].Places) != 1 || len(got[0].People) != 2 {
		t.Errorf("the carer told %+v", got)
	}
	x.do("dee", `{"act":"referral.reopen","referral":"R1","reason":"he rang himself"}`)
	e, err := domain.ParseAct([]byte(`{"act":"referral.close","referral":"R1","as":"declined","text":"x","declined_by":"child","helpline_given":true,"letter_sent":true,"carer_offered":true}`))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := x.as("dee").Do(t.Context(), true, e); err != nil || got[0].Refused == nil || got[0].Refused.Field != "declined_by" {
		t.Errorf("closed as the child's: %+v, %v", got, err)
	}
}

// A death that was recorded in error is taken back from the child's timeline; what it closed is named, and owed again.
func TestADeathIsTakenBackFromTheTimeline(t *testing.T) {
	x := newTeam(t, "dee")
	x.now = tuitest.Now
	x.child("K1", "Moss", "amira")
	x.do("dee", `{"act":"child.died","child_ref":"K1","on":"2026-11-22","reason":"the hospital rang"}`)
	d := x.look(80, 24, tuitest.Now())
	d.Model().(*frame.Model).Session().Go(timeline.PlaceOf(domain.NewID(domain.KindChild, 1), 0))
	d.Send(frame.MinuteMsg{At: tuitest.Now()})
	d.Press(":").Type("take back that the child died").Press("enter").Sees("Kai Moss: did not die", "This will")
	d.Type("It was his namesake, the hospital says").Sees("R1").Press("ctrl+d").Sees("did not die")
	if got := x.referral(t, 1).Stage; got != domain.StageNew {
		t.Errorf("R1 is %s", got)
	}
	d.Press(":").Type("take back that the child died").Press("enter").Sees("K1 is not recorded as having died")
}

// A date of birth is read alike on the card, for a new referral and for a child an episode is moved to: what the hint shows is
// taken, a day without its year is not, and it may be not known. A card that is saved as it stands changes nothing.
func TestADateOfBirthIsReadAlikeEverywhere(t *testing.T) {
	x := newTeam(t, "dee")
	x.now = tuitest.Now
	x.child("K1", "Moss", "")
	born := func() string { return x.row(t, 1).Child.CardValue("dob") }
	was := born()
	card := func() *tuitest.Driver {
		d := x.look(80, 24, tuitest.Now()).Press("1", "E").SeesNot("changes the rest of the card")
		d.Model().(*frame.Model).Form().Go("dob")
		return d
	}
	d := card().Sees("14/3/2011, 14 Mar 2011")
	d.Press("tab").Press("ctrl+d").Sees("nothing is changed")
	if got := born(); got != was {
		t.Errorf("born %s, was %s", got, was)
	}
	for _, c := range []struct {
		typed, want string
	}{{"1/3/2011", "2011-03-01"}, {"14 Mar 2011", "2011-03-14"}, {"2011-03-02", "2011-03-02"}, {"unknown", ""}, {"3/3/2011", "2011-03-03"}} {
		d = card()
		d.Press("ctrl+u").Type(c.typed).Press("ctrl+d").Sees("changed dob")
		if got := born(); got != c.want {
			t.Errorf("%s: born %s", c.typed, got)
		}
	}
	forms := map[string]*tuitest.Driver{"card": card(), "new referral": x.look(80, 24, tuitest.Now()).Press("1", "n"), "move": x.look(80, 24, tuitest.Now()).Press("1", "&")}
	for name, d := range forms {
		form := d.Model().(*frame.Model).Form()
		if form == nil {
			t.Fatal(name, " opens no form\n", d.Frame())
		}
		if name == "move" {
			form.Set("to", "new", "A child who is not here yet")
		}
		form.Go("dob")
		d.Press("ctrl+u").Sees("14/3/2011, 14 Mar 2011").Type("14/3").Press("tab").Sees("✗ a date of birth with")
	}
}
