package queue

import (
	"testing"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
)

// Every word and field:value of a filter must hold; "-" turns one round; what is still being typed hides nothing.
func TestMatcher(t *testing.T) {
	referral := row{ref: &view.QueueRow{
		Child:    &domain.Child{ID: domain.NewID(domain.KindChild, 1), Ref: "K1", GivenName: "Zoë", FamilyName: "O’Neill", KnownAs: "Zee", Placement: "Elm House"},
		Episode:  &domain.Episode{ID: domain.NewID(domain.KindEpisode, 1), PoliceRef: "MP-7", Risk: "high", Category: "missing"},
		Referral: &domain.Referral{ID: domain.NewID(domain.KindReferral, 1), AssignedTo: "amira", Responsible: domain.ResponsibleTeam},
		Stage:    domain.StageToApprove, Flags: []string{"harm", "high_risk"}, Suggested: true, Group: view.GroupOverdue,
	}}
	nobody := row{ref: &view.QueueRow{Child: &domain.Child{}, Episode: &domain.Episode{}, Referral: &domain.Referral{}}}
	urgent := row{urgent: &view.UrgentRow{Child: &domain.Child{GivenName: "Kai"}, FollowUp: &domain.FollowUp{}}}
	for _, tt := range []struct {
		text string
		row  row
		want bool
	}{
		{"", referral, true}, {"zoe", referral, true}, {"oneill", referral, true}, {"zee", referral, true}, {"mp-7", referral, true}, {"r1", referral, true},
		{"elm", referral, true}, {"amira", referral, true}, {"smith", referral, false}, {"-smith", referral, true}, {"-zoe", referral, false},
		{"stage:to_approve", referral, true}, {"stage:approve", referral, true}, {"stage:new", referral, false}, {"risk:high flag:harm", referral, true},
		{"risk:high flag:hospital", referral, false}, {"flag:cluster", referral, true}, {"who:amira", referral, true}, {"who:nobody", referral, false},
		{"who:nobody", nobody, true}, {"group:overdue", referral, true}, {"placement:elm", referral, true}, {"ref:mp", referral, true},
		{"responsible:team", referral, true}, {"category:missing", referral, true}, {"child:zee", referral, true},
		{"stage:", referral, true}, {"stage: zoe", referral, true}, {"unknown:zoe", referral, false},
		{"stage:new", urgent, false}, {"group:urgent", urgent, true}, {"kai", urgent, true}, {"risk:high", urgent, false},
	} {
		keeps := desk.Matcher(tt.text, filterFields(), []string{anywhere}, func(r row, field string) []string { return values(desk.Seen{}, r, field) })
		if got := keeps(tt.row); got != tt.want {
			t.Errorf("%q: %v, want %v", tt.text, got, tt.want)
		}
	}
}
