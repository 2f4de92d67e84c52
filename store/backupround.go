package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"homeward/domain"
)

// A server makes backups by itself ([store] backup_to): one every so often, each checked before it has its name, and keeps some of
// the older ones.

const (
	// backupsLookedAt is how often a server looks whether the next backup is due.
	backupsLookedAt = time.Minute
	// backupAgain is how long it waits after one that failed, at most.
	backupAgain = 15 * time.Minute
	// backupStamp is when a backup was made, as its name has it, in UTC.
	backupStamp = "20060102T150405Z"
)

// BackupKeep says which of the backups a server made stay: the newest one of each of the last days, weeks and months in which
// there was one. The newest of all stays whatever it says.
type BackupKeep struct{ Days, Weeks, Months int }

// String is how the configuration has it: "14d 8w 12m".
func (k BackupKeep) String() string {
	var out []string
	for _, p := range k.periods() {
		if *p.n > 0 {
			out = append(out, strconv.Itoa(*p.n)+p.unit)
		}
	}
	return strings.Join(out, " ")
}

// backupPeriod is one kind of period of which backups are kept.
type backupPeriod struct {
	unit string
	n    *int
	of   func(time.Time) string // names the period a time is in
}

func (k *BackupKeep) periods() []backupPeriod {
	return []backupPeriod{
		{"d", &k.Days, func(t time.Time) string { return t.Format("2006-01-02") }},
		{"w", &k.Weeks, func(t time.Time) string { y, w := t.ISOWeek(); return fmt.Sprintf("%d-%d", y, w) }},
		{"m", &k.Months, func(t time.Time) string { return t.Format("2006-01") }},
	}
}

// stay says which of some times of backups, the newest first, are to stay.
func (k BackupKeep) stay(made []time.Time) []bool {
	out := make([]bool, len(made))
	for i := range made {
		out[i] = i == 0
	}
	for _, p := range k.periods() {
		last, left := "", *p.n
		for i, at := range made {
			if of := p.of(at.In(domain.London())); of != last && left > 0 {
				last, out[i] = of, true
				left--
			}
		}
	}
	return out
}

// setBackupKeep reads "14d 8w 12m".
func setBackupKeep(c *Config, v any) error {
	s, err := asText(v)
	if err != nil {
		return err
	}
	var k BackupKeep
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' }) {
		i := slices.IndexFunc(k.periods(), func(p backupPeriod) bool { return strings.HasSuffix(word, p.unit) })
		n, err := strconv.Atoi(word[:len(word)-1])
		if i < 0 || err != nil || n < 1 || n > 1000 {
			return fmt.Errorf(`%q is no number of days, weeks or months: "14d 8w 12m" keeps the newest backup of each of the last 14 days, 8 weeks and 12 months`, word)
		}
		if p := k.periods()[i]; *p.n != 0 {
			return fmt.Errorf("%q names %s twice", s, p.unit)
		} else {
			*p.n = n
		}
	}
	if k == (BackupKeep{}) {
		return errors.New(`keeps nothing: say how many days, weeks and months, like "14d 8w 12m"`)
	}
	c.Store.BackupKeep = k
	return nil
}

// CheckBackupTo says what is wrong with the folder of [store] backup_to; nil where there is none. A folder that is missing is not
// made: it may be a disk that is not there, and the backups would land on the very disk they are to outlive.
func (c *StoreConfig) CheckBackupTo() error {
	if c.BackupTo == "" {
		return nil
	}
	info, err := os.Stat(c.BackupTo)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("store.backup_to: there is no folder %s: is its disk there? Else make it, for the account of the server alone (mkdir -m 700)", c.BackupTo)
	case err != nil:
		return fmt.Errorf("store.backup_to: %w", accessError(c.BackupTo, "read", err))
	case !info.IsDir():
		return fmt.Errorf("store.backup_to: %s is no folder", c.BackupTo)
	case unix.Access(c.BackupTo, unix.W_OK|unix.X_OK) != nil:
		return fmt.Errorf("store.backup_to: the account of the server may not write in %s", c.BackupTo)
	}
	return nil
}

// KeepBackups makes the backups of [store] backup_to, until the context ends. What goes wrong the log and the header say, and the
// next try is a quarter of an hour later at most.
func (v *Served) KeepBackups(ctx context.Context, log *slog.Logger) {
	r := &backupRound{v: v, log: log}
	tick := time.NewTicker(backupsLookedAt)
	defer tick.Stop()
	for {
		r.look(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

type backupRound struct {
	v      *Served
	log    *slog.Logger
	again  time.Time // not before this, after one that failed
	failed string    // what the log was last told of
}

// keptBackup is a backup that a server made of this database.
type keptBackup struct {
	path string
	made time.Time
}

// look makes a backup where one is due, and lets go of those that need not stay.
func (r *backupRound) look(ctx context.Context) {
	c := r.v.Config().Store
	if c.BackupTo == "" {
		r.v.tellBackupFailed(time.Time{}, "")
		return
	}
	now := r.v.clock()
	if now.Before(r.again) {
		return
	}
	err := r.round(ctx, c, now)
	if ctx.Err() != nil {
		return
	}
	if err == nil {
		r.again, r.failed = time.Time{}, ""
		r.v.tellBackupFailed(time.Time{}, "")
		return
	}
	r.again = now.Add(min(backupAgain, c.BackupEvery.After(now).Sub(now)))
	r.v.tellBackupFailed(now, err.Error())
	r.log.Error("no backup could be made: it is tried again at "+r.again.In(domain.London()).Format("15:04"), "reason", err.Error())
}

func (r *backupRound) round(ctx context.Context, c StoreConfig, now time.Time) error {
	if err := c.CheckBackupTo(); err != nil {
		return err
	}
	stem, err := r.v.backupStem(ctx)
	if err != nil {
		return err
	}
	kept, err := keptBackups(c.BackupTo, stem)
	if err != nil {
		return err
	}
	if len(kept) > 0 {
		newest := kept[0].made
		if !newest.After(now.Add(time.Minute)) && c.BackupEvery.After(newest).After(now) { // one of the future says nothing: a clock was set back
			return nil
		}
	}
	file := filepath.Join(c.BackupTo, stem+now.UTC().Format(backupStamp)+".db")
	made, err := r.v.Backup(ctx, Keeper(r.v.Settings(), now, Account()), file, r.v.check)
	if err != nil {
		return err
	}
	r.log.Info("made a backup", "file", file, "lines", made.Lines, "bytes", made.Size)
	if kept, err = keptBackups(c.BackupTo, stem); err != nil {
		return err
	}
	return r.letGo(kept, c.BackupKeep)
}

// letGo removes the backups that need not stay. What is of another database, or was named by a person, is no business of ours.
func (r *backupRound) letGo(kept []keptBackup, keep BackupKeep) error {
	made := make([]time.Time, len(kept))
	for i := range kept {
		made[i] = kept[i].made
	}
	for i, stays := range keep.stay(made) {
		if stays {
			continue
		}
		if err := os.Remove(kept[i].path); err != nil {
			return fmt.Errorf("an older backup could not be removed: %w", err)
		}
		r.log.Info("removed an older backup", "file", kept[i].path)
	}
	return nil
}

// backupStem is what the names of this database's backups begin with: its own name, and what tells it from every other.
func (s *Store) backupStem(ctx context.Context) (stem string, err error) {
	err = s.view(ctx, func(t *txn) error {
		m, err := readMeta(t.tx, s.knows)
		stem = backupStem(s.path, m.database)
		return err
	})
	return stem, err
}

// backupStem is the same of a database by its path and its id.
func backupStem(path, id string) string {
	name := filepath.Base(path)
	return strings.TrimSuffix(name, filepath.Ext(name)) + "-" + id[:min(8, len(id))] + "-"
}

// keptBackups are those that servers made of a database, the newest first.
func keptBackups(folder, stem string) ([]keptBackup, error) {
	list, err := os.ReadDir(folder)
	if err != nil {
		return nil, accessError(folder, "read", err)
	}
	named := regexp.MustCompile(`^` + regexp.QuoteMeta(stem) + `(\d{8}T\d{6}Z)\.db$`)
	var out []keptBackup
	for _, e := range list {
		m := named.FindStringSubmatch(e.Name())
		if m == nil || !e.Type().IsRegular() {
			continue
		}
		if at, err := time.Parse(backupStamp, m[1]); err == nil {
			out = append(out, keptBackup{filepath.Join(folder, e.Name()), at})
		}
	}
	slices.SortFunc(out, func(a, b keptBackup) int { return cmp.Compare(b.made.Unix(), a.made.Unix()) })
	return out, nil
}

// backupFailure is since when no backup could be made, and why.
type backupFailure struct {
	since time.Time
	why   string
}

// tellBackupFailed keeps for the header that backups fail, and since when; "" is that they do not.
func (s *Store) tellBackupFailed(at time.Time, why string) {
	if why == "" {
		s.backupFailed.Store(nil)
		return
	}
	if before := s.backupFailed.Load(); before != nil {
		at = before.since
	}
	s.backupFailed.Store(&backupFailure{at, why})
}
