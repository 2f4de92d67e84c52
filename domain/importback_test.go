package domain_test

import (
	"testing"

	"homeward/domain"
)

// What no import did is no row of one: taking a row back names the import, and leaves every other change to who made it.
func TestARowTakenBackIsOfTheImportItNames(t *testing.T) {
	tm := newTeam(t)
	take := func(imp domain.ID, of *domain.Change) (*domain.Outcome, error) {
		return tm.Take(domain.Envelope{Act: &domain.TakeBackRow{Import: imp, Of: of.ID}})
	}
	if _, err := tm.Take(domain.Envelope{Act: &domain.BeginImport{Format: "referrals"}}); err != nil {
		t.Fatal(err)
	}
	imp := domain.NewID(domain.KindImport, 1)
	line := `{"act":"referral.new","police_ref":"P9","child_ref":"K9","given_name":"Max","family_name":"Reed","dob":"2011-01-01","missing_at":"2026-11-20 10:00","returned_at":"2026-11-21 10:00"}`
	tm.do("%s", line)
	tm.do(`{"act":"undo"}`)
	for _, ch := range tm.Changes() {
		for _, c := range []struct {
			of    domain.ID
			field string
		}{{0, "import"}, {imp, "of"}} {
			before := len(tm.Changes())
			_, err := take(c.of, ch)
			if err == nil {
				t.Fatalf("%s of %s: taken back as a row of %q", ch.ID, ch.Act, c.of)
			}
			if r := refusal(t, err); r.Code != domain.Invalid || r.Field != c.field {
				t.Errorf("%s of %s: refused as %s at %q (%s)", ch.ID, ch.Act, r.Code, r.Field, r.Message)
			}
			if len(tm.Changes()) != before || tm.record(domain.NewID(domain.KindReferral, 1)) != nil {
				t.Errorf("%s of %s: refused, and something changed", ch.ID, ch.Act)
			}
		}
	}
	tm.do(`{"act":"redo"}`)
	tm.stage(domain.StageNew)
}
