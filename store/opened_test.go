package store

import (
	"path/filepath"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// What was recorded of a child after a person opened the record is unread, also within the hour in which the log has one opening.
func TestOpenedBeforeOrAfter(t *testing.T) {
	now := noon()
	o := testOptions()
	o.Clock = func() time.Time { return now }
	s := opens(t, filepath.Join(t.TempDir(), "hw.db"), o)
	did(t, s.Desk(dee()), "%s", referral(1))
	sue, child := s.Desk(sam()), domain.NewID(domain.KindChild, 1)
	open := func() {
		t.Helper()
		if err := sue.Opened(ctx, child); err != nil {
			t.Fatal(err)
		}
	}
	unread := func(when string, want bool) {
		t.Helper()
		if err := sue.Ask(ctx, func(r domain.Reader) error {
			ref, err := r.Referral(domain.NewID(domain.KindReferral, 1))
			if err != nil {
				return err
			}
			got, err := view.Unread(r, child, ref.PendingSince())
			if got != want {
				t.Errorf("%s: unread is %v", when, got)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	openings := func() (n int) {
		for _, l := range auditLines(t, s, view.AuditQuery{}) {
			if l.Act == NoteOpened {
				n++
			}
		}
		return n
	}
	open()
	now = now.Add(10 * time.Minute)
	did(t, s.Desk(dee()), `{"act":"referral.not_required","referral":"R1","reason":"other","text":"the same night"}`)
	unread("decided after it was opened", true)
	now = now.Add(5 * time.Minute)
	open()
	open()
	unread("opened again within the hour", false)
	if n := openings(); n != 1 {
		t.Errorf("%d openings in the log within one hour", n)
	}
	now = now.Add(time.Hour)
	open()
	unread("opened in the next hour", false)
	if n := openings(); n != 2 {
		t.Errorf("%d openings in the log", n)
	}
}
