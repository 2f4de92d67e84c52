package store

import (
	"bytes"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"homeward/domain"
)

// round is a served database that makes backups by itself, with a clock and a folder for them.
func round(t *testing.T, every domain.Span, keep BackupKeep) (r *backupRound, now *time.Time, folder string, log *bytes.Buffer) {
	t.Helper()
	at := noon()
	now = &at
	o := testOptions()
	o.Clock = func() time.Time { return *now }
	s := opens(t, filepath.Join(t.TempDir(), "hw.db"), o)
	did(t, s.Desk(dee()), `{"act":"referral.new","child_ref":"K1","given_name":"Ada","family_name":"Lee","missing_at":"2026-11-20 20:00"}`)
	folder = t.TempDir()
	log = &bytes.Buffer{}
	c := &Config{Settings: *settings(), Store: StoreConfig{BackupTo: folder, BackupEvery: every, BackupKeep: keep}}
	return &backupRound{v: NewServed(s, c, nil), log: slog.New(slog.NewTextHandler(log, nil))}, now, folder, log
}

// backupsIn are the times in the names of the backups in a folder, the newest first.
func backupsIn(t *testing.T, folder string) (out []string) {
	t.Helper()
	list, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		name := strings.TrimSuffix(e.Name(), ".db")
		out = append(out, name[strings.LastIndex(name, "-")+1:])
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out
}

func TestAServerMakesBackupsByItself(t *testing.T) {
	r, now, folder, log := round(t, domain.Hours(6), BackupKeep{Days: 2})
	for range 12 { // three days, an hour's look at a time
		r.look(ctx)
		for range 6 {
			*now = now.Add(time.Hour)
			r.look(ctx)
		}
	}
	// The newest of today and of yesterday, of four a day.
	if got := fmt.Sprint(backupsIn(t, folder)); got != "[20261125T120000Z 20261124T180000Z]" {
		t.Errorf("kept %s\n%s", got, log)
	}
	list, _ := os.ReadDir(folder)
	for _, e := range list {
		file := filepath.Join(folder, e.Name())
		if info, err := e.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", e.Name(), info.Mode(), err)
		}
		if report, err := Check(ctx, file, CheckOptions{NoHead: true}); err != nil || len(report.Findings) > 0 {
			t.Errorf("%s: %v, %v", e.Name(), report.Findings, err)
		}
		if !strings.HasPrefix(e.Name(), "hw-") {
			t.Errorf("%s does not say whose it is", e.Name())
		}
	}
	b, err := r.v.Desk(sam()).Backups(ctx)
	if err != nil || b.Last.IsZero() || !b.Failing.IsZero() { // a frozen clock's backup is as old as it is
		t.Errorf("%+v, %v", b, err)
	}
}

// A server that begins again goes on from what is in the folder; a clock that is set back stops nothing; what another database has
// there, or a person put there, stays.
func TestBackupsGoOnFromWhatIsThere(t *testing.T) {
	r, now, folder, _ := round(t, domain.Days(1), BackupKeep{Days: 1})
	strange := []string{"notes.txt", "hw-20200101T000000Z.db", "hw-ffffffff-20200101T000000Z.db", "copy.db"}
	for _, name := range strange {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ours := func() (out []string) {
		for _, at := range backupsIn(t, folder) {
			if strings.HasPrefix(at, "2026") {
				out = append(out, at)
			}
		}
		return out
	}
	r.look(ctx)
	again := &backupRound{v: r.v, log: r.log}
	*now = now.Add(time.Hour)
	again.look(ctx)
	if got := ours(); len(got) != 1 {
		t.Errorf("after beginning again an hour later: %v", got)
	}
	*now = now.Add(-72 * time.Hour)
	again.look(ctx)
	if got := fmt.Sprint(ours()); got != "[20261122T120000Z]" && got != "[20261122T120000Z 20261119T130000Z]" {
		t.Errorf("after the clock was set back: %s", got)
	}
	if b, err := r.v.Desk(sam()).Backups(ctx); err != nil || !b.Failing.IsZero() {
		t.Errorf("%+v, %v", b, err)
	}
	for _, name := range strange {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestBackupsThatFailAreTold(t *testing.T) {
	r, now, folder, log := round(t, domain.Days(1), BackupKeep{Days: 2})
	c := *r.v.Config()
	c.Store.BackupTo = filepath.Join(folder, "not there")
	r.v.config.Store(&c)
	began := *now
	for range 40 {
		r.look(ctx)
		*now = now.Add(time.Minute)
	}
	b, err := r.v.Desk(sam()).Backups(ctx)
	if err != nil || b.Failing != domain.At(began) || b.Warning(domain.Span{}, *now) != "backups fail since 22 Nov 12:00" || !strings.Contains(b.Why, "is its disk there?") {
		t.Errorf("%+v, %v", b, err)
	}
	if n := strings.Count(log.String(), "no backup could be made"); n != 3 { // at once, and every quarter of an hour
		t.Errorf("the log says so %d times:\n%s", n, log)
	}
	if err := os.Mkdir(c.Store.BackupTo, 0o700); err != nil {
		t.Fatal(err)
	}
	*now = now.Add(15 * time.Minute)
	r.look(ctx)
	if b, err := r.v.Desk(sam()).Backups(ctx); err != nil || !b.Failing.IsZero() || len(backupsIn(t, c.Store.BackupTo)) != 1 {
		t.Errorf("%+v, %v, %v", b, err, backupsIn(t, c.Store.BackupTo))
	}
}

// Whatever the times: the newest stays; of each period counted back the newest stays, and nothing else does.
func TestWhichBackupsStay(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		at := noon()
		var times []time.Time
		for range 1 + random.IntN(120) {
			times = append(times, at)
			at = at.Add(-time.Duration(1+random.IntN(40)) * time.Hour)
		}
		k := BackupKeep{random.IntN(20), random.IntN(10), random.IntN(14)}
		want := map[int]bool{0: true}
		count := func(n int, of func(time.Time) string) {
			seen := map[string]bool{}
			for i, at := range times {
				if name := of(at.In(domain.London())); !seen[name] && len(seen) < n {
					seen[name] = true
					want[i] = true
				}
			}
		}
		count(k.Days, func(t time.Time) string { return t.Format(time.DateOnly) })
		count(k.Weeks, func(t time.Time) string { // by its Monday
			return t.AddDate(0, 0, -(int(t.Weekday())+6)%7).Format(time.DateOnly)
		})
		count(k.Months, func(t time.Time) string { return t.Format("2006 Jan") })
		for i, stays := range k.stay(times) {
			if stays != want[i] {
				t.Fatalf("%+v: %s stays: %v", k, times[i], stays)
			}
		}
	}
}

func TestBackupKeepIsRead(t *testing.T) {
	for text, want := range map[string]string{"14d 8w 12m": "14d 8w 12m", "3m": "3m", "2w, 1d": "1d 2w", "": "keeps nothing", "5": "is no number", "0d": "is no number", "1d 2d": "twice",
		"d": "is no number", "-1d": "is no number", "1y": "is no number", "é": "is no number"} {
		c := &Config{}
		got := ""
		if err := setBackupKeep(c, text); err != nil {
			got = err.Error()
		} else {
			got = c.Store.BackupKeep.String()
		}
		if !strings.Contains(got, want) {
			t.Errorf("%q: %q", text, got)
		}
	}
}
