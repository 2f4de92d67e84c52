package domain_test

import (
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

func TestWhatMeetsTheContactClock(t *testing.T) {
	at := func(s string) domain.Moment { return moment(t, s) }
	try := func(when, with, result string) domain.Attempt {
		return domain.Attempt{At: at(when), Way: "call", With: with, Result: result}
	}
	struck := try("2026-11-22 16:00", "child", "spoke")
	struck.StruckAt, struck.StruckBy, struck.StruckWhy = at("2026-11-22 17:00"), "dee", "another child"
	for _, c := range []struct {
		what          string
		attempts      []domain.Attempt
		either, child string // when met by each setting of contact_counts
	}{
		{"nobody was tried", nil, "", ""},
		{"no answer", []domain.Attempt{try("2026-11-22 16:00", "child", "no_answer")}, "", ""},
		{"left a message", []domain.Attempt{try("2026-11-22 16:00", "child", "left_message")}, "", ""},
		{"sent", []domain.Attempt{try("2026-11-22 16:00", "carer", "sent")}, "", ""},
		{"spoke with the child", []domain.Attempt{try("2026-11-22 16:00", "child", "spoke")}, "2026-11-22 16:00", "2026-11-22 16:00"},
		{"agreed", []domain.Attempt{try("2026-11-22 16:00", "child", "agreed")}, "2026-11-22 16:00", "2026-11-22 16:00"},
		{"declined is reached", []domain.Attempt{try("2026-11-22 16:00", "child", "declined")}, "2026-11-22 16:00", "2026-11-22 16:00"},
		{"asked for later is reached", []domain.Attempt{try("2026-11-22 16:00", "child", "asked_for_later")}, "2026-11-22 16:00", "2026-11-22 16:00"},
		{"an unsuitable time is reached", []domain.Attempt{try("2026-11-22 16:00", "child", "unsuitable_time")}, "2026-11-22 16:00", "2026-11-22 16:00"},
		{"the carer", []domain.Attempt{try("2026-11-22 16:00", "carer", "spoke")}, "2026-11-22 16:00", ""},
		{"a professional is nobody's contact", []domain.Attempt{try("2026-11-22 16:00", "professional", "agreed")}, "", ""},
		{"struck reached nobody", []domain.Attempt{struck}, "", ""},
		{"the earliest counts, in whatever order it was written down", []domain.Attempt{
			try("2026-11-22 18:00", "child", "spoke"), struck, try("2026-11-22 15:00", "child", "no_answer"),
			try("2026-11-22 17:30", "child", "declined"), try("2026-11-22 17:00", "carer", "spoke"), try("2026-11-23 09:00", "child", "agreed"),
		}, "2026-11-22 17:00", "2026-11-22 17:30"},
	} {
		p := profile(t, "statutory")
		if got := domain.ContactMet(p, &domain.Referral{Attempts: c.attempts}); got != at(c.either) {
			t.Errorf("%s, either counts: met %v", c.what, got)
		}
		p.ContactCounts = "child"
		if got := domain.ContactMet(p, &domain.Referral{Attempts: c.attempts}); got != at(c.child) {
			t.Errorf("%s, the child counts: met %v", c.what, got)
		}
	}
}

func TestAttemptsCountAllButTheStruckAndDeclinesThoseThatEndedDeclined(t *testing.T) {
	struck := domain.Attempt{At: 10, With: "child", Result: "declined", StruckAt: 20}
	list := []domain.Attempt{{At: 2, Result: "sent"}, {At: 4, With: "child", Result: "declined"}, struck, {At: 6, With: "carer", Result: "declined"}}
	if tried, declined := domain.Counts(list); tried != 3 || declined != 2 {
		t.Errorf("%d attempts, %d declines", tried, declined)
	}
}

func TestWhenToTryAgainIsWhatTheLastAttemptByItsTimeSaid(t *testing.T) {
	for _, c := range []struct {
		what string
		list []domain.Attempt
		want domain.Moment
	}{
		{"none", nil, 0},
		{"one", []domain.Attempt{{At: 2, TryAgain: 8}}, 8},
		{"a later attempt replaces the wish", []domain.Attempt{{At: 2, TryAgain: 8}, {At: 4}}, 0},
		{"written down later, happened before", []domain.Attempt{{At: 4, TryAgain: 8}, {At: 2, TryAgain: 6}}, 8},
		{"struck says nothing", []domain.Attempt{{At: 2, TryAgain: 8}, {At: 4, TryAgain: 10, StruckAt: 5}}, 8},
	} {
		if got := domain.TryAgain(c.list); got != c.want {
			t.Errorf("%s: %v, should be %v", c.what, got, c.want)
		}
	}
}

func TestNextDue(t *testing.T) {
	base := story{returned: "2026-11-22 14:10", notified: "2026-11-22 16:00"}
	late := story{returned: "2026-11-18 14:10", notified: "2026-11-22 16:00"} // told four days after the return
	spoke := []domain.Attempt{{At: moment(t, "2026-11-22 17:00"), With: "child", Result: "spoke"}}
	carer := []domain.Attempt{{At: moment(t, "2026-11-22 17:00"), With: "carer", Result: "spoke"}}
	for _, c := range []struct {
		what           string
		story          story
		attempts       []domain.Attempt
		held           string
		signed, shared string
		counts, want   string
	}{
		{"contact comes first", base, nil, "", "", "", "either", "2026-11-23 16:00"},
		{"contact met: the interview", base, spoke, "", "", "", "either", "2026-11-25 14:10"},
		{"the carer reached where only the child counts", base, carer, "", "", "", "child", "2026-11-23 16:00"},
		{"the interview may be due before contact is", late, nil, "", "", "", "either", "2026-11-21 14:10"},
		{"held without contact: the contact clock is nobody's next step any more", base, nil, "2026-11-23 10:00", "", "", "either", "2026-11-24 10:00"},
		{"held: share before write-up", base, spoke, "2026-11-23 10:00", "", "", "either", "2026-11-24 10:00"},
		{"shared: write-up", base, spoke, "2026-11-23 10:00", "", "2026-11-23 11:00", "either", "2026-11-26 10:00"},
		{"signed, not shared", base, spoke, "2026-11-23 10:00", "2026-11-23 12:00", "", "either", "2026-11-24 10:00"},
		{"signed and shared: nothing", base, spoke, "2026-11-23 10:00", "2026-11-23 12:00", "2026-11-23 11:00", "either", ""},
	} {
		p := profile(t, "statutory")
		p.ContactCounts = c.counts
		e := &domain.Episode{ReturnedAt: moment(t, c.story.returned), NotifiedAt: moment(t, c.story.notified)}
		r := &domain.Referral{Made: moment(t, "2026-11-22 18:00"), Attempts: c.attempts, HeldAt: moment(t, c.held),
			SignedAt: moment(t, c.signed), SharedAt: moment(t, c.shared)}
		find := func(domain.ID) (domain.Record, error) { return e, nil }
		if got, err := domain.NextDue(&domain.Settings{Policy: p}, find, r); err != nil || got != moment(t, c.want) {
			t.Errorf("%s: %v, %v, should be %s", c.what, got, err, c.want)
		}
	}
}

// The return-based clock never is the next due time: a team that counts from notification is not asked earlier by it.
func TestNextDueIsNeverTheReturnBasedClock(t *testing.T) {
	s := story{returned: "2026-11-18 14:10", notified: "2026-11-22 16:00"}
	cs := s.clocks(t, profile(t, "west_sussex"))
	if cs.NextDue() != moment(t, "2026-11-23 16:00") {
		t.Errorf("next due %v", cs.NextDue())
	}
}

func TestFollowUpsAreDueByTheirKind(t *testing.T) {
	held := moment(t, "2026-10-24 14:10") // the clocks go back in the night
	for kind, want := range map[string]string{
		"child": "2026-10-31 14:10", "professional": "2026-10-31 14:10", "service": "2026-10-31 14:10",
		"early_help": "2026-10-31 14:10", "risk_assessment": "2026-10-31 14:10",
		"share": "2026-10-25 13:10", "intelligence": "2026-10-25 13:10", "record": "2026-10-27 13:10",
		"strategy": "2026-10-27 14:10", "urgent": "2026-10-24 15:10",
	} {
		if got := profile(t, "statutory").DueIn(kind, held); got != moment(t, want) {
			t.Errorf("%s: %v, should be %s", kind, got, want)
		}
	}
}
