package tui_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"homeward/domain"
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
