package store

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"homeward/domain"
	"homeward/domain/view"
)

// A preference is a person's own, survives reopening, can be forgotten, and is no unfinished text.
func TestPreferences(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	want := map[string]string{"sort": "due", "filter": "stage:new"}
	if err := d.KeepPreference(ctx, "queue.view", want); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Desk(sam()).Preference(ctx, "queue.view"); err != nil || got != nil {
		t.Fatalf("somebody else finds %v, %v", got, err)
	}
	if keys, err := d.DraftKeys(ctx); err != nil || len(keys) != 0 {
		t.Fatalf("it counts as unfinished text: %v, %v", keys, err)
	}
	if got, err := d.Draft(ctx, "queue.view"); err != nil || got != nil {
		t.Fatalf("it is found as a draft: %v, %v", got, err)
	}
	if got, err := d.Preference(ctx, "queue.view"); err != nil || !maps.Equal(got, want) {
		t.Fatalf("kept %v, found %v, %v", want, got, err)
	}
	if err := d.KeepPreference(ctx, "queue.view", map[string]string{"x": strings.Repeat("y", largestPreference)}); !tooMuch(err) {
		t.Fatalf("too much was kept: %v", err)
	}
	if err := d.KeepPreference(ctx, "queue.view", nil); err != nil {
		t.Fatal(err)
	}
	if got, err := d.Preference(ctx, "queue.view"); err != nil || got != nil {
		t.Fatalf("forgotten, and found %v, %v", got, err)
	}
}

// A supervisor takes a forgotten lock code away; the log says who did and whose, and nothing of the code. Nobody else can.
func TestALockCodeIsReset(t *testing.T) {
	s := fresh(t)
	lines := func() (n int, last string) {
		page, err := s.Desk(sam()).AuditLog(ctx, view.AuditQuery{AuditFilter: view.AuditFilter{Act: NoteLockCode}})
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range page.Lines {
			last = l.By + ": " + l.Summary
		}
		return len(page.Lines), last
	}
	if err := s.Desk(dee()).KeepPreference(ctx, view.LockPreference, map[string]string{"hash": "secret"}); err != nil {
		t.Fatal(err)
	}
	for who, login := range map[domain.Actor]string{dee(): "dee", {Login: "sam", Name: "Sam Reed", Role: domain.Auditor}: "dee", {Login: "gone", Role: domain.Supervisor}: "dee", sam(): "nobody"} {
		var refused *domain.Refusal
		if err := s.Desk(who).ResetLockCode(ctx, login); !errors.As(err, &refused) {
			t.Errorf("%s resets %s: %v", who.Login, login, err)
		}
	}
	if kept, err := s.Desk(dee()).Preference(ctx, view.LockPreference); err != nil || len(kept) == 0 {
		t.Fatal(kept, err)
	}
	if n, _ := lines(); n != 0 {
		t.Errorf("%d lines of what was refused", n)
	}
	if err := s.Desk(sam()).ResetLockCode(ctx, "dee"); err != nil {
		t.Fatal(err)
	}
	if kept, err := s.Desk(dee()).Preference(ctx, view.LockPreference); err != nil || len(kept) != 0 {
		t.Error(kept, err)
	}
	if n, last := lines(); n != 1 || last != "sam: took away the lock code of dee, who chooses another" {
		t.Error(n, last)
	}
	var refused *domain.Refusal
	if err := s.Desk(sam()).ResetLockCode(ctx, "dee"); !errors.As(err, &refused) || refused.Code != domain.Invalid {
		t.Errorf("where there is none: %v", err)
	}
	if n, _ := lines(); n != 1 {
		t.Errorf("%d lines", n)
	}
}
