package store

import (
	"testing"

	"homeward/domain"
)

func TestUndo(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	a := did(t, d, "%s", referral(1))
	did(t, d, `{"act":"referral.accept","referral":"R1","responsible":"team"}`)
	u := did(t, d, `{"act":"undo"}`)
	_ = d.Ask(ctx, func(r domain.Reader) error {
		ref, _ := r.Referral(kind(t, a, domain.KindReferral))
		if ref.Stage != domain.StageNew || ref.Version != 3 {
			t.Errorf("after undo: %s, version %d", ref.Stage, ref.Version)
		}
		ch, _ := r.Change(domain.NewID(domain.KindChange, 2))
		if ch.Undone != u.Change {
			t.Errorf("undone by %v, want %v", ch.Undone, u.Change)
		}
		if last, _ := r.LastChange("dee"); last == nil || last.ID != a.Change {
			t.Errorf("last change: %+v", last)
		}
		return nil
	})
	clean(t, s)
}

func TestRedo(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	a := did(t, d, "%s", referral(1))
	did(t, d, `{"act":"referral.accept","referral":"R1","responsible":"team"}`) // X2
	did(t, d, `{"act":"undo"}`)                                                 // X3
	u := did(t, d, `{"act":"undo"}`)                                            // X4: nothing is left
	r := did(t, d, `{"act":"redo"}`)                                            // X5
	again := r
	stands := func(x uint64, undone, tip domain.ID) {
		t.Helper()
		err := d.Ask(ctx, func(r domain.Reader) error {
			if ch, err := r.Change(domain.NewID(domain.KindChange, x)); err != nil || ch.Undone != undone || ch.Tip != tip {
				t.Errorf("X%d is undone by %v, its tip %v; want %v, %v (%v)", x, ch.Undone, ch.Tip, undone, tip, err)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	x := func(n uint64) domain.ID { return domain.NewID(domain.KindChange, n) }
	stands(1, 0, r.Change)
	stands(4, r.Change, r.Change)
	stands(5, 0, r.Change)
	s = reopen(t, s)
	d = s.Desk(dee())
	_ = d.Ask(ctx, func(r domain.Reader) error {
		if ref, _ := r.Referral(kind(t, a, domain.KindReferral)); ref == nil || ref.Stage != domain.StageNew || ref.Version != again.Version {
			t.Errorf("redone: %+v, answered version %d", ref, again.Version)
		}
		if last, _ := r.LastChange("dee"); last == nil || last.ID != a.Change {
			t.Errorf("last change: %+v", last)
		}
		if last, _ := r.LastUndo("dee"); last == nil || last.ID != x(3) {
			t.Errorf("last undo: %+v", last)
		}
		return nil
	})
	did(t, d, `{"act":"redo"}`) // X6
	did(t, d, `{"act":"undo"}`) // X7
	stands(2, x(7), x(7))
	stands(3, 0, x(7))
	did(t, d, `{"act":"undo"}`) // X8
	stands(1, x(8), x(8))
	stands(4, 0, x(8))
	_ = d.Ask(ctx, func(r domain.Reader) error {
		if last, _ := r.LastChange("dee"); last != nil {
			t.Errorf("last change: %+v", last)
		}
		if last, _ := r.LastUndo("dee"); last == nil || last.ID != x(8) || u.Change != x(4) {
			t.Errorf("last undo: %+v", last)
		}
		return nil
	})
	clean(t, s)
}

func TestUndoTakesAway(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	a := did(t, d, "%s", referral(1))
	did(t, d, `{"act":"undo"}`)
	_ = d.Ask(ctx, func(r domain.Reader) error {
		if c, _ := r.Child(kind(t, a, domain.KindChild)); c != nil {
			t.Error("the child is still there")
		}
		if ids, _ := r.OpenReferrals(); len(ids) != 0 {
			t.Errorf("open: %v", ids)
		}
		return nil
	})
	clean(t, s)
}
