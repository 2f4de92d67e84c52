package domain_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
	"homeward/domain/view"
)

// named is a team with three children back home: R1 of K1, R2 of K2, R3 of K3.
func namedBy(t testing.TB) *team {
	t.Helper()
	tm := newTeam(t).back()
	for n := 2; n <= 3; n++ {
		tm.arrived(fmt.Sprintf("police_ref=P%d", n), fmt.Sprintf("child_ref=K%d", n), fmt.Sprintf("given_name=Max%d", n), fmt.Sprintf("family_name=Field%d", n),
			fmt.Sprintf("dob=2010-05-0%d", n), "missing_at=2026-11-20 20:00", "returned_at=2026-11-21 10:00")
	}
	return tm.as("sam")
}

// says saves what the section Intelligence of a referral's record names, and gives the warnings.
func (tm *team) says(referral int, intelligence string) []string {
	tm.Helper()
	return tm.do(`{"act":"interview.save","referral":"R%d","record":{"intelligence":%s}}`, referral, intelligence).Warnings
}

func places(names ...string) string {
	var rows []string
	for _, n := range names {
		rows = append(rows, fmt.Sprintf(`{"name":%q}`, n))
	}
	return `{"places":[` + strings.Join(rows, ",") + `]}`
}

// noted holds what is counted against lines "N1 name children interviews episodes merged".
func (tm *team) noted(want ...string) {
	tm.Helper()
	rows, err := view.ReadNoted(tm)
	if err != nil {
		tm.Fatal(err)
	}
	var got []string
	for _, r := range rows {
		in := r.Interviews
		if r.Referrals != nil {
			in = append(slices.Clone(in), r.Referrals...)
		}
		got = append(got, fmt.Sprint(r.Noted.ID, " ", r.Noted.Name, " ", r.Children, " ", in, " ", r.Episodes, " ", r.Merged))
	}
	if !slices.Equal(got, want) {
		tm.Errorf("noted:\n    %s\n  should be\n    %s", strings.Join(got, "\n    "), strings.Join(want, "\n    "))
	}
}

func TestWhatARecordNamesIsNotedOnceAndGoesWithIt(t *testing.T) {
	tm := namedBy(t)
	if w := tm.says(1, `{"places":[{"name":"Stonebridge Arcade","address":"1 Quay St","about":"upstairs"},{"address":"2 Mill Lane"},{"name":"stonebridge  arcade","about":"at night"},{"name":"?"}],"people":[{"name":"Moe"}],"children":[{"name":"Kay"}],"things":[{"kind":"Car","name":"AB12 CDE"},{"name":"k_99"}]}`); w != nil {
		t.Errorf("warned: %v", w)
	}
	all := []string{"N1 Stonebridge Arcade 1 [I1] [P1] []", "N2 2 Mill Lane 1 [I1] [P1] []", "N3 Moe 1 [I1] [P1] []", "N4 Kay 1 [I1] [P1] []",
		"N5 AB12 CDE 1 [I1] [P1] []", "N6 k_99 1 [I1] [P1] []"}
	tm.noted(all...)
	n, err := tm.Noted(domain.NewID(domain.KindNoted, 1))
	if m := must(t, n, err).Mentions; len(m) != 1 || m[0].Address != "1 Quay St" || m[0].About != "upstairs\nat night" || m[0].By != "sam" {
		t.Errorf("%+v", m)
	}
	// Saved again with something else, nothing is noted twice.
	tm.on("2026-11-23 10:00").do(`{"act":"interview.save","referral":"R1","record":{"view":{"wants":"home"}}}`)
	tm.noted(all...)
	tm.says(1, places("The Pier", "2 Mill lane"))
	tm.noted("N7 The Pier 1 [I1] [P1] []", "N2 2 Mill Lane 1 [I1] [P1] []", "N3 Moe 1 [I1] [P1] []", "N4 Kay 1 [I1] [P1] []", "N5 AB12 CDE 1 [I1] [P1] []", "N6 k_99 1 [I1] [P1] []")
	// Undone, what was taken out is back under the number it had, and what came in is gone.
	tm.do(`{"act":"undo"}`)
	tm.noted(all...)
	if n, err := tm.Noted(domain.NewID(domain.KindNoted, 7)); n != nil || err != nil {
		t.Errorf("%+v %v", n, err)
	}
}

func TestAThingIsTheSameHoweverItIsSpelt(t *testing.T) {
	for _, c := range []struct {
		what, a, b string
		same       bool
	}{
		{"place", "O’Neill’s Café", "oneills  cafe", true}, {"place", "Pier", "The Pier", false}, {"place", "7700900123", "77009 00123", false},
		{"phone", "07700 900123", "+44 7700 900-123", true}, {"phone", "07700 900123", "0044 (0)7700 900123", true}, {"phone", "07700 900123", "07700 900124", false},
		{"car", "AB12 CDE", "ab12cde", true}, {"snapchat", "@K_99", "k_99", true}, {"snapchat", "k_99", "k99", false}, {"snapchat", "k1234567", "1234567", false},
	} {
		a, b := domain.NotedKey(c.what, c.a), domain.NotedKey(c.what, c.b)
		if a == "" || b == "" || (a == b) != c.same {
			t.Errorf("%s %q is %q, %q is %q", c.what, c.a, a, c.b, b)
		}
	}
	if k := domain.NotedKey("place", "…"); k != "" {
		t.Errorf("a name of nothing is %q", k)
	}
}

func TestASecondChildNamingItIsSaidWithTheInterviewAndNotTheChild(t *testing.T) {
	tm := namedBy(t)
	tm.says(1, places("Arcade"))
	w := tm.says(2, places("ARCADE", "Pier"))
	if len(w) != 1 || !strings.Contains(w[0], "“ARCADE” was named by another child too: I1") || strings.Contains(w[0], "K1") || strings.Contains(w[0], "Ivy") {
		t.Errorf("warned: %q", w)
	}
	if w := tm.says(2, places("ARCADE", "Pier", "Canal")); w != nil {
		t.Errorf("what was said once is said again: %q", w)
	}
	tm.noted("N1 Arcade 2 [I1 I2] [P1 P2] []", "N2 Pier 1 [I2] [P2] []", "N3 Canal 1 [I2] [P2] []")
}

func TestTwoSpellingsAreCountedAsOneUntilThatIsUndone(t *testing.T) {
	tm := namedBy(t)
	tm.says(1, places("Stonebridge Arcade"))
	tm.says(2, places("the arcade"))
	tm.do(`{"act":"interview.save","referral":"R2","record":{"intelligence":{"people":[{"name":"Moe"}],"things":[{"kind":"car","name":"AB1"},{"kind":"vehicle","name":"AB 1X"}]}}}`)
	apart := []string{"N1 Stonebridge Arcade 1 [I1] [P1] []", "N2 the arcade 1 [I2] [P2] []", "N3 Moe 1 [I2] [P2] []", "N4 AB1 1 [I2] [P2] []", "N5 AB 1X 1 [I2] [P2] []"}
	tm.noted(apart...)

	tm.refused(domain.Invalid, "other", []string{"cannot be the same"}, `{"act":"intelligence.merge","keep":"N1","other":"N3","reason":"x"}`)
	tm.refused(domain.Invalid, "other", []string{"already"}, `{"act":"intelligence.merge","keep":"N1","other":"N1","reason":"x"}`)
	tm.refused(domain.NotFound, "other", []string{"N9"}, `{"act":"intelligence.merge","keep":"N1","other":"N9","reason":"x"}`)
	tm.refused(domain.NotFound, "keep", []string{"N12"}, `{"act":"intelligence.merge","keep":"I1","other":"N1","reason":"x"}`)
	tm.refused(domain.Invalid, "reason", nil, `{"act":"intelligence.merge","keep":"N1","other":"N2"}`)
	tm.refused(domain.Conflict, "version", nil, `{"act":"intelligence.merge","keep":"N1","other":"N2","reason":"x","version":7}`)
	for _, who := range []string{"pat", "ada"} {
		tm.as(who).refused(domain.Forbidden, "", nil, `{"act":"intelligence.merge","keep":"N1","other":"N2","reason":"x"}`)
	}
	tm.as("dee").do(`{"act":"intelligence.merge","keep":"N4","other":"N5","reason":"one car"}`)
	tm.do(`{"act":"undo"}`)
	tm.noted(apart...)
	tm.do(`{"act":"intelligence.merge","keep":"N1","other":"N2","reason":"the owner's name"}`)
	merge := len(tm.Changes())
	one := []string{"N1 Stonebridge Arcade 2 [I1 I2] [P1 P2] [N2]", "N3 Moe 1 [I2] [P2] []", "N4 AB1 1 [I2] [P2] []", "N5 AB 1X 1 [I2] [P2] []"}
	tm.noted(one...)
	tm.refused(domain.Invalid, "other", []string{"merged into N1"}, `{"act":"intelligence.merge","keep":"N4","other":"N2","reason":"x"}`)
	tm.refused(domain.Invalid, "keep", []string{"name that one"}, `{"act":"intelligence.merge","keep":"N2","other":"N1","reason":"x"}`)

	// A third child uses the other spelling: both interviews are told of, and it counts.
	if w := tm.as("sam").says(3, places("The Arcade")); len(w) != 1 || !strings.HasSuffix(w[0], "I1, I2") {
		t.Errorf("warned: %q", w)
	}
	tm.noted(append([]string{"N1 Stonebridge Arcade 3 [I1 I2 I3] [P1 P2 P3] [N2]"}, one[1:]...)...)
	// Merged on, and taken apart in the order in which it was not done: what was named since stays where it was named.
	tm.says(3, places("The Arcade", "Gaming hall"))
	tm.as("dee").do(`{"act":"intelligence.merge","keep":"N6","other":"N1","reason":"its new name"}`)
	tm.noted(append([]string{"N6 Gaming hall 3 [I1 I2 I3] [P1 P2 P3] [N1 N2]"}, one[1:]...)...)
	tm.do(`{"act":"undo","of":"%s"}`, tm.Changes()[merge-1].ID)
	tm.noted("N2 the arcade 2 [I2 I3] [P2 P3] []", "N6 Gaming hall 2 [I1 I3] [P1 P3] [N1]", "N3 Moe 1 [I2] [P2] []", "N4 AB1 1 [I2] [P2] []", "N5 AB 1X 1 [I2] [P2] []")
}

// Undoing a save takes back what that interview named, and nothing that others named since.
func TestUndoOfASaveLeavesWhatOthersNamed(t *testing.T) {
	tm := namedBy(t)
	tm.says(1, places("Arcade"))
	first := tm.Changes()[len(tm.Changes())-1].ID
	tm.as("sue").says(2, places("arcade"))
	second := tm.Changes()[len(tm.Changes())-1].ID
	tm.as("sam").do(`{"act":"undo","of":"%s"}`, first)
	tm.noted("N1 Arcade 1 [I2] [P2] []")
	tm.as("sue").do(`{"act":"undo","of":"%s"}`, second)
	tm.noted()
	tm.as("sam").says(3, places("Arcade"))
	tm.noted("N1 Arcade 1 [I3] [P3] []")
	// Written on since, it stands.
	third := tm.Changes()[len(tm.Changes())-1].ID
	tm.as("sue").says(3, places("Arcade", "Pier"))
	tm.as("sam").refused(domain.Conflict, "of", []string{"changed since"}, `{"act":"undo","of":"%s"}`, third)
	tm.noted("N1 Arcade 1 [I3] [P3] []", "N2 Pier 1 [I3] [P3] []")
}

func TestAJoinedChildIsCountedOnce(t *testing.T) {
	tm := namedBy(t)
	tm.says(1, places("Arcade"))
	tm.says(2, places("Arcade"))
	tm.do(`{"act":"child.join","keep":"K1","other":"K2","reason":"one carer"}`)
	tm.noted("N1 Arcade 1 [I1 I2] [P1 P2] []")
	if w := tm.says(3, places("arcade")); len(w) != 1 || !strings.HasSuffix(w[0], "I1, I2") {
		t.Errorf("warned: %q", w)
	}
	tm.do(`{"act":"undo"}`)
	tm.do(`{"act":"undo"}`)
	tm.noted("N1 Arcade 2 [I1 I2] [P1 P2] []")
}

// Records prepared apart that become one name a thing once, and the episodes follow what the record covers.
func TestWhatIsNotedFollowsTheRecordIntoAClusterAndOut(t *testing.T) {
	tm := newTeam(t)
	tm.owed("P1", "14", "pat")
	tm.owed("P2", "17", "pat")
	tm.owed("P3", "20", "pat")
	tm.as("sam").says(1, places("Arcade"))
	tm.says(2, places("arcade", "Pier"))
	tm.noted("N1 Arcade 1 [I1 I2] [P1 P2] []", "N2 Pier 1 [I2] [P2] []")
	tm.do(`{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P2","P3"]}`)
	tm.noted("N1 Arcade 1 [I1] [P1 P2 P3] []", "N2 Pier 1 [I1] [P1 P2 P3] []")
	tm.do(`{"act":"cluster.leave_out","cluster":"CL1","episode":"P3","reason":"another town"}`)
	tm.noted("N1 Arcade 1 [I1] [P1 P2] []", "N2 Pier 1 [I1] [P1 P2] []")
	tm.do(`{"act":"undo"}`)
	tm.do(`{"act":"undo"}`)
	tm.noted("N1 Arcade 1 [I1 I2] [P1 P2] []", "N2 Pier 1 [I2] [P2] []")
}

// What a carer names of places and people counts as intelligence, after the referral is closed too, and goes with the episode
// (DOMAIN §4, Declines).
func TestWhatACarerNamesIsIntelligenceToo(t *testing.T) {
	tm := namedBy(t)
	tm.says(1, places("Stonebridge Arcade"))
	tm.do(`{"act":"referral.close","referral":"R2","as":"withdrawn","text":"x"}`)
	out := tm.as("pia").do(`{"act":"referral.carer_information","referral":"R2","text":"he was above the arcade with Moe","places":["stonebridge arcade"],"people":["Moe"]}`)
	if len(out.Warnings) != 1 || !strings.Contains(out.Warnings[0], "another child too: I1") {
		t.Errorf("warned %q", out.Warnings)
	}
	tm.noted("N1 Stonebridge Arcade 2 [I1 R2] [P1 P2] []", "N2 Moe 1 [R2] [P2] []")
	tm.do(`{"act":"referral.carer_information","referral":"R2","text":"and at the pier","places":["The Pier"]}`)
	tm.noted("N1 Stonebridge Arcade 2 [I1 R2] [P1 P2] []", "N2 Moe 1 [R2] [P2] []", "N3 The Pier 1 [R2] [P2] []")
	// The other telling is undone by itself, and an episode that is another child's takes what was named along.
	tm.do(`{"act":"undo"}`)
	tm.noted("N1 Stonebridge Arcade 2 [I1 R2] [P1 P2] []", "N2 Moe 1 [R2] [P2] []")
	tm.as("sam").do(`{"act":"episode.move","episode":"P2","to":"K1","reason":"his"}`)
	tm.noted("N1 Stonebridge Arcade 1 [I1 R2] [P1 P2] []", "N2 Moe 1 [R2] [P2] []")
	for _, c := range []struct{ field, line string }{
		{"places", `{"act":"referral.carer_information","referral":"R2","text":"x","places":["?"]}`},
		{"people", `{"act":"referral.carer_information","referral":"R2","text":"x","people":["Moe",""]}`},
		{"carer_information", `{"act":"referral.close","referral":"R3","as":"declined","text":"x","declined_by":"carer","helpline_given":true,"letter_sent":true,"carer_offered":true,"carer_people":["Moe"]}`},
	} {
		tm.refused(domain.Invalid, c.field, nil, "%s", c.line)
	}
	tm.do(`{"act":"contact.log","referral":"R3","way":"call","with":"carer","result":"declined"}`)
	tm.do(`{"act":"referral.close","referral":"R3","as":"declined","text":"x","declined_by":"carer","helpline_given":true,"letter_sent":true,"carer_offered":true,"carer_information":"with Moe again","carer_people":["moe"]}`)
	tm.noted("N2 Moe 2 [R2 R3] [P2 P3] []", "N1 Stonebridge Arcade 1 [I1 R2] [P1 P2] []")
}
