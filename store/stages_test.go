package store

import (
	"slices"
	"strings"
	"testing"

	"homeward/domain"
	"homeward/domain/view"
)

// inStage is a store with one referral, R1, that stands in a stage, whichever act may lead there.
func inStage(t *testing.T, stage domain.Stage) *Store {
	t.Helper()
	s := fresh(t)
	anyDecision(s)
	d := s.Desk(dee())
	did(t, d, "%s", referral(1))
	got, err := d.Do(ctx, false, domain.Envelope{Act: putAct{put: func(w domain.World) (*domain.Outcome, error) {
		r, err := w.Referral(domain.NewID(domain.KindReferral, 1))
		if err != nil {
			return nil, err
		}
		r = r.Clone()
		r.Stage = stage
		return &domain.Outcome{Put: []domain.Record{r}, Summary: "moved"}, nil
	}}})
	if err != nil || got[0].Refused != nil {
		t.Fatal(err, got)
	}
	return s
}

// Whatever stage the table gains, a referral there is in the queue exactly while something is owed, and the file is sound.
func TestNoStageLosesAChild(t *testing.T) {
	if len(domain.Stages()) < 12 {
		t.Fatalf("only %d stages", len(domain.Stages()))
	}
	for _, stage := range domain.Stages() {
		s := inStage(t, stage)
		if err := s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
			q, err := view.ReadQueue(r)
			if err == nil && len(q.Rows) == 1 != stage.Open() {
				t.Errorf("%s: open %v, and %d rows in the queue", stage, stage.Open(), len(q.Rows))
			}
			return err
		}); err != nil {
			t.Errorf("%s: %v", stage, err)
		}
		clean(t, s)
	}
}

// A stage that this program has no row for is in no list: check says so.
func TestCheckTellsOfAStageNobodyKnows(t *testing.T) {
	s := inStage(t, "on_holiday")
	_ = s.Close()
	r, err := Check(ctx, s.path, CheckOptions{Settings: s.Settings()})
	if err != nil || len(r.Findings) != 1 || !strings.Contains(r.Findings[0].String(), `R1 is in the stage "on_holiday"`) {
		t.Errorf("%v %v", r, err)
	}
}

// pinnedStages are the stages of every record schema.
func pinnedStages() map[int]string {
	return map[int]string{
		3: "accepted booked declined done new not_required to_approve to_share to_sign_off to_write_up unable withdrawn",
		4: "accepted booked declined done new not_required to_approve to_share to_sign_off to_write_up unable withdrawn",
		5: "accepted booked declined done new not_required to_approve to_share to_sign_off to_write_up unable withdrawn",
		6: "accepted booked declined done new not_required to_approve to_share to_sign_off to_write_up unable withdrawn",
	}
}

// TestStagesArePinned: an older program has a referral in a stage it does not know in no list. It must be told that it is too
// old before it reads one.
func TestStagesArePinned(t *testing.T) {
	var words []string
	for _, s := range domain.Stages() {
		words = append(words, string(s))
	}
	slices.Sort(words)
	if now := strings.Join(words, " "); now != pinnedStages()[recordSchema] {
		t.Errorf("record schema %d pins the stages %q: raise recordSchema in versions.go, unless that is done, and add this line to "+
			"pinnedStages, leaving those before as they are:\n\t\t%d: %q,", recordSchema, pinnedStages()[recordSchema], recordSchema+1, now)
	}
}
