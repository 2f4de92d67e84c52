package domain_test

import (
	"fmt"
	"strings"
	"testing"

	"homeward/domain"
	"homeward/domain/view"
)

// news are the counts of somebody's day since a time, and what it tells of others' changes.
func (tm *team) news(login, since string) string {
	tm.Helper()
	tm.as(login)
	d, err := view.ReadMyDay(desk{tm}, domain.At(clock(tm, since)))
	if err != nil {
		tm.Fatal(err)
	}
	var told []string
	for i := range d.Lines {
		if l := &d.Lines[i]; l.Part == view.DayChanged {
			told = append(told, l.Referral.ID.String())
		}
	}
	return fmt.Sprintf("%d changed, %d new at high risk, %d other new: %s", d.Changed, d.NewHigh, d.NewOthers, strings.Join(told, " "))
}

// Who triages for all is told of what is with them, of what they were the last to do something about, and of what is new at
// high risk; a practitioner of what is with them.
func TestTheDayTellsWhatIsNews(t *testing.T) {
	tm := newTeam(t)
	for i := range 4 {
		tm.returned(fmt.Sprint("K", i+1), fmt.Sprint("P", i+1), "2026-11-21 09:00", "2026-11-21 15:00")
	}
	tm.as("dee").do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.as("sam").do(`{"act":"referral.note","referral":"R2","text":"mine"}`)
	tm.as("dee").do(`{"act":"referral.note","referral":"R3","text":"hers"}`)
	tm.as("sam").do(`{"act":"referral.note","referral":"R3","text":"mine now"}`)
	since := "2026-11-22 18:00"
	if got := tm.news("sam", since); got != "0 changed, 0 new at high risk, 0 other new: " {
		t.Errorf("at once: %s", got)
	}
	tm.on("2026-11-23 08:00").as("dee")
	for _, id := range []string{"R1", "R2", "R3", "R4"} {
		tm.do(`{"act":"contact.log","referral":"%s","way":"call","with":"carer","result":"spoke"}`, id)
	}
	tm.do(`{"act":"referral.new","police_ref":"H1","child_ref":"KH","given_name":"A","family_name":"B","dob":"2011-01-01","missing_at":"2026-11-22T10:00:00Z","returned_at":"2026-11-23T02:00:00Z","risk":"high"}`)
	tm.do(`{"act":"referral.new","police_ref":"L1","child_ref":"KL","given_name":"C","family_name":"D","dob":"2011-01-01","missing_at":"2026-11-22T10:00:00Z","returned_at":"2026-11-23T02:00:00Z","risk":"low"}`)
	for who, want := range map[string]string{
		"sam": "2 changed, 1 new at high risk, 1 other new: ",
		"pat": "1 changed, 0 new at high risk, 0 other new: ",
		"ada": "0 changed, 0 new at high risk, 0 other new: ",
		"dee": "0 changed, 1 new at high risk, 1 other new: ", // she did it all herself
	} {
		if got := tm.news(who, since); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s, want %s", who, got, want)
		}
	}
	if got := tm.news("sam", since); !strings.HasSuffix(got, "R5 R3 R2") && !strings.HasSuffix(got, "R2 R3 R5") {
		t.Errorf("told of %s", got)
	}
	// What is told and what is counted is one number.
	if got := tm.news("sam", "2026-11-23 08:00"); got != "0 changed, 0 new at high risk, 0 other new: " {
		t.Errorf("since then: %s", got)
	}
}

// Who loses a referral is told, by what the change did and not by its words: also after a person's name changed, and not where
// somebody only writes such words.
func TestTheDayTellsWhoLosesAReferral(t *testing.T) {
	tm := newTeam(t)
	tm.handed("P1", "pat")
	tm.handed("P2", "pia")
	since := "2026-11-22 18:30"
	tm.on("2026-11-22 19:00").as("dee").do(`{"act":"referral.assign","referral":"R1","to":"pia"}`)
	tm.do(`{"act":"referral.not_required","referral":"R2","reason":"other","text":"it went from Pat Lowe to Pia Moss, they say"}`)
	check := func(when string) {
		t.Helper()
		if got := tm.news("pat", since); !strings.HasSuffix(got, ": R1") {
			t.Errorf("%s: %s, should be R1 alone", when, got)
		}
	}
	check("at once")
	tm.on("2026-11-22 20:00")
	tm.settings.Former = append(tm.settings.Former, domain.FormerName{Login: "pat", Name: "Pat Lowe", Until: domain.At(tm.now)})
	tm.user("pat").Name = "Pat Vale"
	check("under another name")
}
