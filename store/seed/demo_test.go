package seed_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"homeward/store/seed"
)

// A team that was stopped before it was whole leaves nothing in the way of the same command.
func TestAStoppedDemoLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	keep := filepath.Join(dir, "demo.db")
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := seed.Make(ctx, "me", keep, at, 3, 1); err == nil || !strings.Contains(err.Error(), "no team is made") {
		t.Fatalf("it says %v", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("it leaves %v, %v", left, err)
	}
	m, err := seed.Make(context.Background(), "me", keep, at, 3, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		t.Error(err)
	}
	if _, err := seed.Make(context.Background(), "me", keep, at, 3, 1); err == nil || !strings.Contains(err.Error(), "exists") {
		t.Errorf("it makes one where one is: %v", err)
	}
}
