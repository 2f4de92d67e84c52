package desk

import (
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// somebody is a desk that only knows its settings, who sits at it and the time.
type somebody struct {
	view.Desk
	who domain.Actor
}

func (d somebody) Settings() *domain.Settings {
	p, _ := domain.Profile("statutory")
	return &domain.Settings{Policy: p, Users: []domain.User{{Login: "dee", Name: "Dee Osei", Role: domain.Coordinator}}}
}
func (d somebody) Actor() domain.Actor { return d.who }
func (d somebody) Now() time.Time      { return time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC) }

// A menu gives the act's own reason, without the field it is at; of a role, that it may not.
func TestWhyInAMenu(t *testing.T) {
	ref := &domain.Referral{ID: domain.NewID(domain.KindReferral, 12), Episode: domain.NewID(domain.KindEpisode, 12), Stage: domain.StageToWriteUp, AssignedTo: "dee"}
	news := &domain.Episode{ID: ref.Episode, Told: []domain.Mismatch{{}}}
	for _, c := range []struct {
		role   domain.Role
		act    string
		t      domain.Record
		others []domain.Record
		want   string
	}{
		{domain.Auditor, "referral.book", nil, nil, "an auditor may not"},
		{domain.Auditor, "referral.book", ref, nil, "an auditor may not"},
		{domain.Practitioner, "referral.book", nil, nil, ""},
		{domain.Practitioner, "referral.book", ref, nil, "R12 is with Dee Osei: a practitioner may do this on their own referrals only"},
		{domain.Coordinator, "referral.accept", ref, nil, "R12 is to write up: it can be accepted only while it is new"},
		{domain.Coordinator, "referral.seen", ref, nil, "R12 has nothing new to see"},
		{domain.Coordinator, "referral.seen", ref, []domain.Record{news}, ""},
		{domain.Coordinator, "referral.seen", ref, []domain.Record{(*domain.Episode)(nil)}, "R12 has nothing new to see"},
	} {
		p := New(somebody{who: domain.Actor{Login: "pat", Role: c.role}}, nil)
		if got := p.Why(c.act, c.t, c.others...); got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.act, c.role, got, c.want)
		}
	}
	p := New(somebody{who: domain.Actor{Login: "dee", Role: domain.Coordinator}}, nil)
	for as, want := range map[domain.Stage]string{domain.StageWithdrawn: "", domain.StageDeclined: "R12 is to write up: it can be closed as declined only while it is new, accepted or booked"} {
		if got := p.WhyClose(ref, as); got != want {
			t.Errorf("closed as %s: %q, want %q", as, got, want)
		}
	}
}

// Each word has a key of its own, and those that hands know keep theirs.
func TestKeyedOptions(t *testing.T) {
	got := ""
	for _, o := range KeyedOptions(domain.NotRequiredReasons(), map[string]string{"hospital": "i", "other": "o"}) {
		got += o.Key
	}
	if got != "hpiuo" {
		t.Errorf("keys %q", got)
	}
}
