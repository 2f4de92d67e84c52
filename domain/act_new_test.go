package domain_test

import (
	"testing"
	"time"

	"homeward/domain"
)

// A script may write values as JSON has them: truth values, numbers, a list of flags.
func TestNewReferralFromJSON(t *testing.T) {
	w := kin(t, plainTeam(), time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC),
		`{"act":"referral.new","police_ref":17,"child_ref":"K1","missing_at":"2026-11-20T10:00:00Z","looked_after":true,"flags":["hospital","harm"],"notes":null}`)
	id, err := w.EpisodeByPoliceRef("17")
	if err != nil || id == 0 {
		t.Fatal(id, err)
	}
	e, err := w.Episode(id)
	if err != nil || e.LookedAfter != "yes" || e.Value(domain.ColFlags) != "harm;hospital" || e.Notes != "" {
		t.Errorf("%+v, %v", e, err)
	}
}
