package tui_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store"
	"homeward/tui/tuitest"
)

// The header of who leads the work says when there was no backup for a day, until there is one.
func TestBackupsInTheHeader(t *testing.T) {
	x := threeBack(t)
	n := *x.desk.Settings()
	told := func(s domain.Span) {
		t.Helper()
		n.WarnBackup = s
		if err := x.store.SetSettings(context.Background(), &n); err != nil {
			t.Fatal(err)
		}
	}
	dee, sam, tom := x.sit("dee", 120, 40), x.sit("sam", 80, 24), x.sit("amira", 120, 40)
	ahead := func(d time.Duration) {
		t.Helper()
		x.clock(tuitest.Now().Add(d), dee, sam, tom)
		for _, s := range []*session{dee, sam, tom} {
			s.hear()
		}
	}
	ahead(72 * time.Hour)
	dee.SeesNot("backed up", "backup") // nobody is to be told
	told(domain.Days(1))
	ahead(72*time.Hour + time.Minute)
	dee.Sees("never backed up").Golden("backup-never-120x40")
	sam.Sees("never backed up").Golden("backup-never-80x24")
	tom.SeesNot("backed up")
	who, _ := domain.ActorFor(&n, time.Time{}, "", "sam")
	if _, err := x.store.Backup(context.Background(), who, filepath.Join(t.TempDir(), "b.db"), nil); err != nil {
		t.Fatal(err)
	}
	ahead(73 * time.Hour)
	dee.SeesNot("backed up", "backup")
	ahead(72*time.Hour + 3*24*time.Hour + time.Hour)
	dee.Sees("no backup 3 days").Golden("backup-old-120x40")
	sam.Sees("no backup 3 days")
	tom.SeesNot("backup")
	told(domain.Span{})
	ahead(200 * time.Hour)
	dee.SeesNot("backup")
}

// The header of who leads the work says since when the server's own backups fail, also to a team that does not ask how old the last
// one is.
func TestFailingBackupsInTheHeader(t *testing.T) {
	x := threeBack(t)
	ctx, end := context.WithCancel(context.Background())
	c := &store.Config{Settings: *x.desk.Settings(), Store: store.StoreConfig{BackupTo: filepath.Join(t.TempDir(), "not there"), BackupEvery: domain.Days(1)}}
	var ended sync.WaitGroup
	ended.Go(func() { store.NewServed(x.store, c, nil).KeepBackups(ctx, slog.New(slog.DiscardHandler)) })
	for failing := false; !failing; {
		b, err := x.desk.Backups(ctx)
		if err != nil {
			t.Fatal(err)
		}
		failing = !b.Failing.IsZero()
	}
	end()
	ended.Wait()
	dee, tom := x.sit("dee", 120, 40), x.sit("amira", 120, 40)
	x.clock(tuitest.Now().Add(time.Minute), dee, tom)
	dee.hear()
	tom.hear()
	dee.Sees("backups fail since")
	tom.SeesNot("backups fail")
}

// brokenAlarm is a desk of a server whose command for what is not passed on fails.
type brokenAlarm struct {
	view.Desk
	since domain.Moment
}

func (d *brokenAlarm) AlarmFails() domain.Moment { return d.since }

// Everybody sees in the header that nobody is told of what is urgent and not passed on, until somebody is.
func TestAnAlarmThatFailsInTheHeader(t *testing.T) {
	x := threeBack(t)
	d := &brokenAlarm{since: domain.At(tuitest.Now())}
	pia := x.sitAt("amira", 120, 40, func(desk view.Desk) view.Desk { d.Desk = desk; return d })
	pia.Sees("alarm fails")
	d.since = 0
	x.clock(tuitest.Now().Add(time.Minute), pia)
	pia.hear()
	pia.SeesNot("alarm fails")
}
