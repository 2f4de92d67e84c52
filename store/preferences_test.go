package store

import (
	"maps"
	"strings"
	"testing"
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
