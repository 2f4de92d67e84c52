package report

import (
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// FactsOfLetter gathers what a letter may name for a referral. asAt is the day it is written.
func FactsOfLetter(v *view.InterviewView, s *domain.Settings, asAt time.Time) LetterFacts {
	f := LetterFacts{Name: v.Child.KnownAs, Team: s.Team.Name, Authority: s.Team.Authority, Reach: s.Team.Reach,
		Date: asAt.In(domain.London()).Format("2 January 2006")}
	if f.Name == "" {
		f.Name = v.Child.GivenName
	}
	if u, ok := s.User(v.Referral.AssignedTo); ok { // a login is no name to sign with
		f.Worker = u.Name
	}
	if b := v.Referral.Booking(); b != nil {
		f.Booked, f.Place = b.When.Local().Format("Monday 2 January 2006, 15:04"), b.Place
	}
	return f
}
