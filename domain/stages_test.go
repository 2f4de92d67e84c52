package domain_test

import (
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

// shelf is a world with one referral R1 in a given stage, of an episode whose interview is late.
type shelf struct {
	domain.EmptyReader
	r *domain.Referral
	e *domain.Episode
	c *domain.Child
}

func (s shelf) Referral(id domain.ID) (*domain.Referral, error) {
	if id == s.r.ID {
		return s.r, nil
	}
	return nil, nil
}

func (s shelf) Episode(id domain.ID) (*domain.Episode, error) {
	if id == s.e.ID {
		return s.e, nil
	}
	return nil, nil
}

func (s shelf) Child(id domain.ID) (*domain.Child, error) {
	if id == s.c.ID {
		return s.c, nil
	}
	return nil, nil
}

// inStage puts R1 on the shelf, before the supervisor Sam, who decided none of it.
func inStage(t testing.TB, stage domain.Stage) *team {
	t.Helper()
	tm := newTeam(t).as("sam")
	c := &domain.Child{ID: domain.NewID(domain.KindChild, 1), Version: 1, Ref: "K1", GivenName: "Ivy"}
	e := &domain.Episode{ID: domain.NewID(domain.KindEpisode, 1), Version: 1, Child: c.ID, PoliceRef: "P1",
		MissingAt: moment(t, "2026-11-01 20:00"), ReturnedAt: moment(t, "2026-11-02 14:10")}
	r := &domain.Referral{ID: domain.NewID(domain.KindReferral, 1), Version: 1, Child: c.ID, Episode: e.ID, Stage: stage, Made: moment(t, "2026-11-02 15:00"),
		Attempts: []domain.Attempt{{With: domain.WithChild, Result: domain.ResultDeclined, By: "dee"}}}
	e.Referral = r.ID
	switch stage {
	case domain.StageBooked:
		r.Bookings = []domain.Booking{{When: moment(t, "2026-11-20 10:00"), By: "dee"}}
	case domain.StageToApprove, domain.StageNotRequired:
		r.NotRequired = &domain.NotRequired{Reason: "other", Text: "x", By: "dee"}
	case domain.StageDeclined, domain.StageUnable, domain.StageWithdrawn:
		r.Closing = &domain.Closing{As: stage, Text: "x", By: "dee"}
	case domain.StageToWriteUp, domain.StageToSignOff, domain.StageToShare, domain.StageDone:
		r.HeldAt = moment(t, "2026-11-20 10:00")
	default: // no further
	}
	tm.Over(shelf{domain.EmptyReader{Time: tm.now, Who: tm.who, Config: tm.settings}, r, e, c})
	return tm
}

const unableLine = `{"act":"referral.close","referral":"R1","as":"unable","text":"moved away","letter_sent":true,"social_worker_told":true,"police_told":"no longer with the police"}`

// A step in the wrong stage is refused and says which stage it is in (DOMAIN §4). y: done; –: refused; .: the page leaves it open.
func TestEveryStepInEveryStage(t *testing.T) {
	stages := []domain.Stage{domain.StageNew, domain.StageAccepted, domain.StageBooked, domain.StageToApprove, domain.StageToWriteUp,
		domain.StageToSignOff, domain.StageToShare, domain.StageDone, domain.StageDeclined, domain.StageNotRequired, domain.StageUnable, domain.StageWithdrawn}
	for _, c := range []struct{ stages, line string }{
		//new acc boo app wri sig sha don dec nrq una wit
		{"y   –   –   –   –   –   –   –   –   –   –   –", `{"act":"referral.accept","referral":"R1","responsible":"team"}`},
		{"y   y   y   .   .   .   .   –   –   –   –   –", `{"act":"referral.assign","referral":"R1","to":"pat"}`},
		{"y   y   y   .   .   .   .   –   –   –   –   –", `{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"no_answer"}`},
		{"y   y   y   –   –   –   –   –   –   –   –   –", `{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z"}`},
		{"–   –   y   –   –   –   –   –   –   –   –   –", `{"act":"referral.missed","referral":"R1","how":"cancelled_by_us"}`},
		{"–   –   y   –   –   –   –   –   –   –   –   –", `{"act":"referral.missed","referral":"R1","how":"did_not_attend"}`},
		{"y   y   y   –   –   –   –   –   –   –   –   –", `{"act":"referral.not_required","referral":"R1","reason":"other","text":"x"}`},
		{"–   –   –   y   –   –   –   –   –   –   –   –", `{"act":"referral.sign_off","referral":"R1","approve":true}`},
		{"–   –   –   y   –   –   –   –   –   –   –   –", `{"act":"referral.sign_off","referral":"R1","approve":false}`},
		{"y   y   y   –   –   –   –   –   –   –   –   –", declinedLine},
		{"y   y   y   –   –   –   –   –   –   –   –   –", unableLine},
		{"y   y   y   .   .   .   .   –   –   –   –   –", `{"act":"referral.close","referral":"R1","as":"withdrawn","text":"entered twice"}`},
		{"–   –   –   –   –   –   –   –   y   y   y   y", `{"act":"referral.reopen","referral":"R1","reason":"she asked for it"}`},
		{".   y   y   .   –   –   –   –   –   –   –   –", `{"act":"referral.chase","referral":"R1","whom":"social worker","note":"will ring"}`},
		{"y   y   y   y   y   y   y   y   y   y   y   y", `{"act":"referral.late","referral":"R1","reason":"capacity"}`},
		{"y   y   y   y   y   y   y   y   y   y   y   y", `{"act":"referral.note","referral":"R1","text":"x"}`},
	} {
		cells := strings.Fields(c.stages)
		for i, stage := range stages {
			_, r := inStage(t, stage).try("%s", c.line)
			switch {
			case cells[i] == "y" && r != nil:
				t.Errorf("%s while %s: refused, %s %v", c.line, stage, r.Code, r)
			case cells[i] == "–" && r == nil:
				t.Errorf("%s while %s: done", c.line, stage)
			case cells[i] == "–" && (r.Code != domain.Invalid || !strings.Contains(r.Message, stage.Words()) || !strings.Contains(r.Message, "R1")):
				t.Errorf("%s while %s: %s %v, which does not say the stage", c.line, stage, r.Code, r)
			}
		}
	}
}

func TestWhichStagesAreOpen(t *testing.T) {
	for stage, want := range map[domain.Stage][2]bool{ // before the interview, open
		domain.StageNew: {true, true}, domain.StageAccepted: {true, true}, domain.StageBooked: {true, true}, domain.StageToApprove: {true, true},
		domain.StageToWriteUp: {false, true}, domain.StageToSignOff: {false, true}, domain.StageToShare: {false, true},
		domain.StageDone: {}, domain.StageDeclined: {}, domain.StageNotRequired: {}, domain.StageUnable: {}, domain.StageWithdrawn: {},
	} {
		if stage.BeforeInterview() != want[0] || stage.Open() != want[1] {
			t.Errorf("%s: before the interview %v, open %v", stage, stage.BeforeInterview(), stage.Open())
		}
	}
}
