package domain_test

import (
	"errors"
	"testing"
	"time"

	"homeward/domain"
)

// A source's own C12 never falls on our child of that number when name and date of birth say that it is another.
func TestOurNumberOfAnotherChild(t *testing.T) {
	now := time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name, row string
		refused   bool
	}{
		{"another name and date", `{"act":"referral.new","child_ref":"C1","given_name":"Ada","family_name":"Own","dob":"2011-01-01","missing_at":"2026-11-20 10:00"}`, true},
		{"the same date", `{"act":"referral.new","child_ref":"C1","given_name":"Beatrice","family_name":"Ref","dob":"2012-02-02","missing_at":"2026-11-20 10:00"}`, false},
		{"the same name", `{"act":"referral.new","child_ref":"C1","given_name":"Bea","family_name":"Ref","dob":"2012-02-03","missing_at":"2026-11-20 10:00"}`, false},
		{"the number alone", `{"act":"referral.new","child_ref":"C1","missing_at":"2026-11-20 10:00"}`, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := kin(t, plainTeam(), now, `{"act":"referral.new","given_name":"Bea","family_name":"Ref","dob":"2012-02-02","missing_at":"2026-11-10 10:00"}`)
			e, err := domain.ParseAct([]byte(tt.row))
			if err != nil {
				t.Fatal(err)
			}
			_, err = w.Take(e)
			var r *domain.Refusal
			if tt.refused != (errors.As(err, &r) && r.Field == "child_ref") || !tt.refused && err != nil {
				t.Errorf("%v", err)
			}
		})
	}
}
