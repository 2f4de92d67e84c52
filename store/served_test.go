package store

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// serving is a database of the tests that is served, its copies checked in this process.
func serving(t testing.TB) *Served {
	t.Helper()
	return NewServed(fresh(t), &Config{Settings: *settings()}, func(ctx context.Context, path string) (CheckReport, error) {
		return Check(ctx, path, CheckOptions{NoHead: true})
	})
}

func silent() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// Another configuration is in force for everybody or not at all, and the log says what it changed, also when the
// server's account is nobody's in the configuration.
func TestReplaceConfiguration(t *testing.T) {
	v := serving(t)
	before := v.Config()
	within := func() domain.Span { return v.Settings().Policy.InterviewWithin }
	next := &Config{Settings: *slow(10)}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if err := v.Replace(stopped, next, silent()); !errors.Is(err, context.Canceled) || v.Config() != before || within() == next.Settings.Policy.InterviewWithin {
		t.Errorf("a server that was told to end: %v", err)
	}
	var log strings.Builder
	if err := v.Replace(ctx, next, slog.New(slog.NewTextHandler(&log, nil))); err != nil || log.Len() > 0 || v.Config() != next || within() != next.Settings.Policy.InterviewWithin {
		t.Errorf("%v, %s", err, &log)
	}
	page, err := v.Desk(sam()).AuditLog(ctx, view.AuditQuery{AuditFilter: view.AuditFilter{Act: NoteSettings}})
	if err != nil || len(page.Lines) != 1 || page.Lines[0].Summary == "" || page.Lines[0].OSUser != Account() {
		t.Fatalf("%+v, %v", page, err)
	}
	if err := v.Replace(ctx, &Config{Settings: *slow(10)}, silent()); err != nil {
		t.Fatal(err)
	}
	if page, err = v.Desk(sam()).AuditLog(ctx, view.AuditQuery{AuditFilter: view.AuditFilter{Act: NoteSettings}}); err != nil || len(page.Lines) != 1 {
		t.Errorf("the same again is no change: %+v, %v", page, err)
	}
}

// A file that lost its people puts nothing into force: it would make a supervisor of everybody.
func TestAServerWithPeopleStaysWithPeople(t *testing.T) {
	v := serving(t)
	before := v.Config()
	err := v.Replace(ctx, &Config{}, silent())
	if err == nil || !strings.Contains(err.Error(), "no [[user]] entries") || v.Config() != before || len(v.Settings().Users) == 0 {
		t.Errorf("%v", err)
	}
}

// What a server reads only when it begins is named, as long as the file and the server differ.
func TestWhatAServerReadsOnlyAtItsStartIsNamed(t *testing.T) {
	v := serving(t)
	for _, c := range []struct {
		next Config
		say  string
	}{
		{Config{Serve: ServeConfig{Listen: "127.0.0.1:2323", Sessions: 5}}, "serve.listen"},
		{Config{Serve: ServeConfig{Listen: "127.0.0.1:2323", HostKey: "/keys/host", LoginWithin: time.Minute}, Store: StoreConfig{Database: "/other.db"}},
			"store.database, serve.listen, serve.host_key"},
		{Config{Serve: ServeConfig{Sessions: 7}}, ""},
	} {
		var log strings.Builder
		c.next.Settings = *settings()
		if err := v.Replace(ctx, &c.next, slog.New(slog.NewTextHandler(&log, nil))); err != nil {
			t.Fatal(err)
		}
		if said := log.String(); (said == "") != (c.say == "") || !strings.Contains(said, c.say) {
			t.Errorf("%+v: %s", c.next.Serve, said)
		}
	}
}

// What is handed over is a whole copy; where it is not kept nothing says that it was made, and no copy stays behind.
func TestHandOver(t *testing.T) {
	v := serving(t)
	did(t, v.Desk(dee()), "%s", referral(1))
	full := errors.New("no room")
	for _, kept := range []error{full, nil} {
		c, err := v.HandOver(ctx, dee(), func(from io.Reader, record func() error, same func(io.Reader) error) error {
			if err := same(from); err != nil {
				t.Error(err)
			}
			if kept != nil {
				return kept
			}
			return record()
		})
		b, berr := v.Desk(dee()).Backups(ctx)
		if !errors.Is(err, kept) || berr != nil || b.Last.IsZero() != (kept != nil) || (c.Lines == 0) != (kept != nil) {
			t.Errorf("kept %v: %+v, %v, %+v, %v", kept, c, err, b, berr)
		}
	}
	if left, err := os.ReadDir(strings.TrimSuffix(v.Path(), "hw.db")); err != nil || len(left) > 3 {
		t.Errorf("%v, %v", left, err)
	}
	if found, err := v.Check(ctx); err != nil || len(found.Findings) > 0 {
		t.Errorf("%v, %v", found, err)
	}
}

// An account that is nobody's may look after the database and nothing else.
func TestAccounts(t *testing.T) {
	v := serving(t)
	if who := v.Account("backup"); who.Role != "" || v.Somebody(who) == nil {
		t.Errorf("%+v", who)
	}
	if who := v.Account("dee"); who.Role != domain.Coordinator || v.Somebody(who) != nil {
		t.Errorf("%+v", who)
	}
	if who, err := v.Owner([]byte("a key"), "ssh"); err == nil {
		t.Errorf("%+v", who)
	}
}
