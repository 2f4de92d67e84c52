package domain_test

import (
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

// Each case is what K1 did, "from → to" a line (to is blank while she is missing), and what is suggested for it.
func TestWhatIsSuggestedAtTheEdges(t *testing.T) {
	for _, c := range []struct{ what, now, episodes, want string }{
		{"two in a fortnight", "2026-11-22 18:00", "11-10 20:00 → 11-11 02:00; 11-12 20:00 → 11-13 02:00", ""},
		{"the third on day fourteen to the minute", "2026-11-22 18:00", "11-01 20:00 → 11-02 02:00; 11-05 20:00 → 11-06 02:00; 11-14 20:00 → 11-15 20:00", "suggested: P1 P2 P3"},
		{"one minute later", "2026-11-22 18:00", "11-01 20:00 → 11-02 02:00; 11-05 20:00 → 11-06 02:00; 11-14 20:00 → 11-15 20:01", ""},
		{"the clocks go forward between", "2026-04-10 18:00", "03-20 20:00 → 03-21 02:00; 03-25 20:00 → 03-26 02:00; 04-02 20:00 → 04-03 20:00", "suggested: P1 P2 P3"},
		{"the clocks go forward between, one minute later", "2026-04-10 18:00", "03-20 20:00 → 03-21 02:00; 03-25 20:00 → 03-26 02:00; 04-02 20:00 → 04-03 20:01", ""},
		{"the clocks go back between", "2026-11-10 18:00", "10-20 20:00 → 10-21 02:00; 10-22 20:00 → 10-23 02:00; 11-02 20:00 → 11-03 20:00", "suggested: P1 P2 P3"},
		{"the clocks go back between, one minute later", "2026-11-10 18:00", "10-20 20:00 → 10-21 02:00; 10-22 20:00 → 10-23 02:00; 11-02 20:00 → 11-03 20:01", ""},
		{"fourteen days on, half past one is skipped: it counts as half past two", "2026-04-10 18:00", "03-15 01:30 → 03-15 02:00; 03-16 20:00 → 03-17 02:00; 03-28 20:00 → 03-29 02:30", "suggested: P1 P2 P3"},
		{"one minute after half past two", "2026-04-10 18:00", "03-15 01:30 → 03-15 02:00; 03-16 20:00 → 03-17 02:00; 03-28 20:00 → 03-29 02:31", ""},
		{"fourteen days on, half past one comes twice: the first counts", "2026-11-10 18:00", "10-11 01:30 → 10-11 02:00; 10-12 20:00 → 10-13 02:00; 10-24 20:00 → 10-25T01:30:00+01:00", "suggested: P1 P2 P3"},
		{"the second half past one", "2026-11-10 18:00", "10-11 01:30 → 10-11 02:00; 10-12 20:00 → 10-13 02:00; 10-24 20:00 → 10-25T01:30:00Z", ""},
		{"the longest is not the last to begin", "2026-11-22 18:00", "11-01 20:00 → 11-15 20:01; 11-05 20:00 → 11-06 02:00; 11-07 20:00 → 11-08 02:00", ""},
		{"one lies inside another", "2026-11-22 18:00", "11-01 20:00 → 11-10 02:00; 11-05 20:00 → 11-06 02:00; 11-07 20:00 → 11-08 02:00", "suggested: P1 P2 P3"},
		{"of no length", "2026-11-22 18:00", "11-01 20:00 → 11-01 20:00; 11-05 20:00 → 11-05 20:00; 11-07 20:00 → 11-07 20:00", "suggested: P1 P2 P3"},
		{"of dates only, day fourteen included", "2026-11-22 18:00", "11-01 → 11-02; 11-05 → 11-05; 11-14 → 11-15", "suggested: P1 P2 P3"},
		{"of dates only, day fifteen", "2026-11-22 18:00", "11-01 → 11-02; 11-05 → 11-05; 11-14 → 11-16", ""},
		{"the third is missing still", "2026-11-22 18:00", "11-10 20:00 → 11-11 02:00; 11-12 20:00 → 11-13 02:00; 11-21 20:00 → ", ""},
		{"three are back and she is missing again", "2026-11-22 18:00", "11-10 20:00 → 11-11 02:00; 11-12 20:00 → 11-13 02:00; 11-14 20:00 → 11-15 02:00; 11-21 20:00 → ", "suggested: P1 P2 P3"},
		{"no chaining: the fortnight is the first one's", "2026-11-22 18:00", "10-20 20:00 → 10-21 02:00; 10-28 20:00 → 10-29 02:00; 11-02 20:00 → 11-03 02:00; 11-10 20:00 → 11-11 02:00; 11-12 20:00 → 11-13 02:00; 11-15 20:00 → 11-16 02:00", "suggested: P1 P2 P3; suggested: P4 P5 P6"},
		{"the earliest candidate speaks", "2026-11-22 18:00", "11-01 20:00 → 11-02 02:00; 11-05 20:00 → 11-06 02:00; 11-09 20:00 → 11-10 02:00; 11-18 20:00 → 11-19 02:00", "suggested: P1 P2 P3"},
		{"equal starts go by the return", "2026-11-22 18:00", "11-01 20:00 → 11-03 02:00; 11-01 20:00 → 11-02 02:00; 11-05 20:00 → 11-06 02:00", "suggested: P2 P1 P3"},
		{"equal starts and returns go by the police reference", "2026-11-22 18:00", "11-05 20:00 → 11-06 02:00; 11-05 20:00 → 11-06 02:00; 11-05 20:00 → 11-06 02:00", "suggested: P1 P2 P3"},
	} {
		t.Run(c.what, func(t *testing.T) {
			tm := newTeam(t).on(c.now)
			for i, e := range strings.Split(c.episodes, "; ") {
				from, to, _ := strings.Cut(e, " → ")
				row := []string{"police_ref=P" + string(rune('1'+i)), "child_ref=K1", "missing_at=2026-" + from}
				if to != "" {
					row = append(row, "returned_at=2026-"+to)
				}
				tm.arrived(row...)
			}
			tm.listed(c.want)
		})
	}
}

func TestACandidateIsOfAnyCategory(t *testing.T) {
	tm := newTeam(t)
	tm.returned("K1", "P1", "2026-11-14 20:00", "2026-11-15 02:00", "category=missing")
	tm.returned("K1", "P2", "2026-11-17 20:00", "2026-11-18 06:00", "category=absent")
	tm.returned("K1", "P3", "2026-11-20 20:00", "2026-11-21 09:30", "category=education")
	tm.listed("suggested: P1 P2 P3")
	if w := strings.Join(tm.row().Warnings, "; "); !strings.Contains(w, "categories") {
		t.Errorf("warns %q", w)
	}
}

func TestWhatIsNoCandidateDoesNotBreakConsecutiveness(t *testing.T) {
	for what, lines := range map[string][]string{
		"declined":             {`{"act":"contact.log","referral":"R2","way":"call","with":"child","result":"declined"}`, `{"act":"referral.close","referral":"R2","as":"declined","declined_by":"child","text":"x","helpline_given":true,"letter_sent":true,"carer_offered":true}`},
		"withdrawn":            {`{"act":"referral.close","referral":"R2","as":"withdrawn","text":"x"}`},
		"unable":               {`{"act":"referral.close","referral":"R2","as":"unable","text":"x","letter_sent":true,"social_worker_told":true,"police_told":true}`},
		"waiting for sign-off": {`{"act":"referral.not_required","referral":"R2","reason":"other","text":"x"}`},
		"a duplicate":          {`{"act":"episode.duplicate","episode":"P2","of":"P1","reason":"x"}`},
	} {
		tm := dense(t)
		tm.returned("K1", "P4", "2026-11-21 20:00", "2026-11-22 02:00")
		tm.listed("suggested: P1 P2 P3 P4")
		for _, l := range lines {
			tm.do("%s", l)
		}
		if got := tm.clusters("K1"); got != "suggested: P1 P3 P4" {
			t.Errorf("P2 is %s: %q", what, got)
		}
	}
	tm := dense(t)
	tm.returned("K1", "P4", "2026-11-21 20:00", "2026-11-22 02:00")
	for _, l := range []string{`{"act":"referral.accept","referral":"R1","responsible":"social_worker"}`, `{"act":"referral.book","referral":"R2","when":"2026-11-24T10:00:00Z"}`} {
		tm.do("%s", l)
	}
	tm.listed("suggested: P1 P2 P3 P4")
}

func TestALookAgainDateThatComesRoundMakesACandidateOnThatDay(t *testing.T) {
	tm := dense(t)
	tm.do(`{"act":"referral.not_required","referral":"R2","reason":"hospital","text":"x","look_again_on":"2026-11-24","safe_with":"ward"}`)
	tm.as("sam").do(`{"act":"referral.sign_off","referral":"R2","approve":true}`)
	tm.as("dee").listed("")
	tm.on("2026-11-23 23:59").listed("")
	tm.on("2026-11-24 00:00").listed("suggested: P1 P2 P3")
	before := tm.all()
	tm.do(acceptThree)
	if tm.stages(3) != "new new new" || tm.inForce(2) != moment(t, "2026-11-24 09:30") {
		t.Errorf("stages %s, due %s", tm.stages(3), tm.inForce(2))
	}
	tm.undone(before)
	tm.listed("suggested: P1 P2 P3")
}

func TestALateNotificationJoinsASuggestionAndIsAnAdditionToACluster(t *testing.T) {
	tm := dense(t)
	late := func(tm *team) {
		tm.returned("K1", "L1", "2026-11-16 20:00", "2026-11-16 23:00", "notified_at=2026-11-22 17:00")
	}
	late(tm)
	tm.listed("suggested: P1 L1 P2 P3")

	tm = together(t)
	late(tm)
	tm.listed("accepted: P1 P2 P3")
	if tm.additions() != "L1" || tm.inForce(4) != moment(t, "2026-11-19 23:00") || len(tm.row().Review) != 0 {
		t.Errorf("additions %q, due %s, review %v", tm.additions(), tm.inForce(4), tm.row().Review)
	}

	tm = together(t)
	if !tm.Hold(tm.referral(1).ID) {
		t.Fatal("not held")
	}
	tm.listed("interviewed: P1 P2 P3")
	late(tm)
	row := tm.row()
	if tm.additions() != "" || len(row.Review) != 1 || !strings.Contains(row.Review[0], "L1") || !strings.Contains(strings.Join(row.Warnings, ";"), "L1") {
		t.Errorf("additions %q, review %v", tm.additions(), row.Review)
	}
	if tm.referral(4).Cluster != 0 || tm.stages(4) != "to_write_up to_write_up to_write_up new" {
		t.Errorf("it changes nothing by itself: %s", tm.stages(4))
	}
	tm.returned("K1", "L2", "2026-11-21 20:00", "2026-11-21 23:00")
	if n := len(tm.row().Review); n != 1 {
		t.Errorf("L2 is after the period: %d reviews", n)
	}
}

func TestTheThirdThatArrivesAfterTheFirstWasInterviewedIsNoCluster(t *testing.T) {
	tm := newTeam(t)
	tm.returned("K1", "P1", "2026-11-14 20:00", "2026-11-15 02:00")
	tm.returned("K1", "P2", "2026-11-17 20:00", "2026-11-18 06:00")
	if !tm.Hold(tm.referral(1).ID) {
		t.Fatal("not held")
	}
	tm.returned("K1", "P3", "2026-11-20 20:00", "2026-11-21 09:30")
	tm.listed("")
	tm.returned("K1", "P4", "2026-11-21 20:00", "2026-11-21 21:30")
	tm.listed("suggested: P2 P3 P4")
}

func TestWithoutThePolicyNothingIsSuggested(t *testing.T) {
	tm := dense(t)
	tm.settings.Policy.Clusters = false
	tm.as("dee").listed("")
	tm.nothing(domain.Invalid, "", []string{"policy"}, acceptThree)
}
