package domain_test

import (
	"errors"
	"testing"

	"homeward/domain"
)

// DOMAIN §12: form, letter and a copy for an audience; coordinator and supervisor any, a practitioner what is assigned or
// booked to them, or whose interview they held or write, an auditor none.
func TestWhoMayTakeAPaperOut(t *testing.T) {
	s := &domain.Settings{Users: []domain.User{{Login: "pat", Name: "Pat Lowe", Role: domain.Practitioner}}}
	r := &domain.Referral{ID: domain.NewID(domain.KindReferral, 1), AssignedTo: "pat"}
	none := &domain.Interview{Owner: "pia"} // before anything was written
	pias := &domain.Interview{ID: domain.NewID(domain.KindInterview, 1), Owner: "pia"}
	hals := &domain.Interview{ID: domain.NewID(domain.KindInterview, 2), Owner: "pia", Interviewer: "hal", HeldAt: 1}
	r.Bookings = []domain.Booking{{When: 1, Interviewer: "lee", Outcome: "moved"}, {When: 2, Interviewer: "bo"}}
	for _, c := range []struct {
		role  domain.Role
		login string
		v     *domain.Interview
		may   bool
	}{
		{domain.Coordinator, "dee", nil, true}, {domain.Supervisor, "sam", nil, true}, {domain.Auditor, "ada", nil, false}, {"", "x", nil, false},
		{domain.Practitioner, "pat", nil, true}, {domain.Practitioner, "pia", nil, false}, {domain.Practitioner, "pia", none, false},
		{domain.Practitioner, "pia", pias, true}, {domain.Practitioner, "pat", pias, true},
		{domain.Practitioner, "bo", nil, true}, {domain.Practitioner, "bo", pias, true}, // booked
		{domain.Practitioner, "lee", nil, false}, // no more
		{domain.Practitioner, "hal", pias, false}, {domain.Practitioner, "hal", hals, true}, {domain.Practitioner, "", nil, false},
	} {
		for _, what := range []domain.Paper{domain.PaperCopy, domain.PaperForm, domain.PaperLetter} {
			err := domain.MayTakeOut(s, domain.Actor{Login: c.login, Role: c.role}, &domain.Child{}, r, c.v, what)
			var refused *domain.Refusal
			if (err == nil) != c.may || err != nil && (!errors.As(err, &refused) || refused.Code != domain.Forbidden) {
				t.Errorf("%s %s, %s: %v", c.role, c.login, what, err)
			}
		}
	}
}
