package store

import (
	"bytes"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A clock that is set back is told once, by the first change that is recorded earlier than what was recorded before it, and again
// only once time has caught up and the clock is set back anew. One that was set back while nobody served is told at once.
func TestAClockThatIsSetBackIsTold(t *testing.T) {
	now := noon()
	o := testOptions()
	o.Frozen, o.Clock = false, func() time.Time { return now }
	path := filepath.Join(t.TempDir(), "hw.db")
	s := opens(t, path, o)
	var log bytes.Buffer
	watch := func(s *Store) *clockWatch {
		return &clockWatch{v: NewServed(s, &Config{Settings: *settings()}, nil), log: slog.New(slog.NewTextHandler(&log, nil))}
	}
	w, n := watch(s), 0
	change := func(after time.Duration, told int) {
		t.Helper()
		now = now.Add(after)
		n++
		did(t, s.Desk(dee()), `{"act":"referral.new","child_ref":"K%d","missing_at":"2026-11-20 20:00"}`, n)
		w.look(ctx)
		w.look(ctx)
		if got := strings.Count(log.String(), "was set back"); got != told {
			t.Fatalf("told %d times, should be %d:\n%s", got, told, &log)
		}
	}
	w.look(ctx)
	change(0, 0)
	change(time.Hour, 0)
	change(-30*time.Second, 0) // a correction
	change(-2*time.Hour, 1)
	change(time.Minute, 1)
	change(-time.Minute, 1)
	if !strings.Contains(log.String(), "by=2h0m30s") || strings.Contains(log.String(), "K1") {
		t.Error(log.String())
	}
	change(3*time.Hour, 1)
	change(-time.Hour, 2)

	log.Reset()
	now = now.Add(-24 * time.Hour)
	w = watch(s) // a server that begins
	w.look(ctx)
	w.look(ctx)
	if strings.Count(log.String(), "was set back by=") > 0 || strings.Count(log.String(), "was set back") != 1 {
		t.Error(log.String())
	}
}
