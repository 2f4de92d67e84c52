package store

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// patient is a database with all that belongs to it, as it should be, and a doctor to look at it.
type patient struct {
	*testing.T
	dir, db, to, config string
	now                 time.Time
	d                   *Doctor
	free, total         uint64
}

func newPatient(t *testing.T) *patient {
	t.Helper()
	dir := t.TempDir()
	x := &patient{T: t, dir: dir, db: filepath.Join(dir, "data", "hw.db"), to: filepath.Join(dir, "safe"), config: filepath.Join(dir, "conf", "config.toml"), now: noon(), free: 90, total: 100}
	for _, folder := range []string{"data", "safe", "conf", "in"} {
		if err := os.Mkdir(filepath.Join(dir, folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	x.write(x.config, "")
	o := testOptions()
	o.Frozen = false
	s := opens(t, x.db, o)
	did(t, s.Desk(dee()), `{"act":"referral.new","child_ref":"K1","given_name":"Ada","family_name":"Lee","missing_at":"2026-11-20 20:00"}`)
	c := &Config{Path: x.config, Settings: *settings(), Store: StoreConfig{BackupTo: x.to, BackupEvery: domain.Days(1), BackupKeep: BackupKeep{Days: 2}},
		Serve: ServeConfig{Listen: "127.0.0.1:2222"}, Intake: IntakeConfig{Folder: filepath.Join(dir, "in")}}
	c.Settings.WarnBackup = domain.Days(1)
	for i := range c.Settings.Users {
		c.Settings.Users[i].Keys = []string{"ssh-ed25519 AAAA"}
	}
	r := &backupRound{v: NewServed(s, c, nil), log: slog.New(slog.DiscardHandler)}
	if err := r.round(ctx, c.Store, x.now); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	x.write(x.db+".hostkey", "key")
	x.d = &Doctor{Place: Place{DB: x.db, Now: x.now}, Config: c, machine: func() time.Time { return x.now }, cores: "off",
		room: func(string) (uint64, uint64, error) { return x.free << 30, x.total << 30, nil }}
	return x
}

func (x *patient) write(path, content string) {
	x.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		x.Fatal(err)
	}
}

func (x *patient) chmod(path string, mode os.FileMode) {
	x.Helper()
	if err := os.Chmod(path, mode); err != nil {
		x.Fatal(err)
	}
}

// found is what the doctor says, a line each: "must modes: … -> …".
func (x *patient) found() (out []string) {
	for _, s := range x.d.Look(ctx) {
		out = append(out, fmt.Sprintf("%s %s: %s -> %s", s.State, s.About, s.Found, s.Do))
	}
	return out
}

// tree is every file below a folder with its mode, size and content.
func tree(t *testing.T, dir string) (out string) {
	t.Helper()
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		var b []byte
		if info.Mode().IsRegular() {
			if b, err = os.ReadFile(path); err != nil {
				return err
			}
		}
		out += fmt.Sprintln(path, info.Mode(), info.Size(), info.ModTime(), len(b), string(b))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Where all is as it should be the doctor says so of each thing, changes no byte, and names no child.
func TestDoctorOfWhatIsWell(t *testing.T) {
	x := newPatient(t)
	before := tree(t, x.dir)
	signs := x.d.Look(ctx)
	if after := tree(t, x.dir); after != before {
		t.Error("something was written")
	}
	about := map[string]bool{}
	for _, s := range signs {
		about[s.About] = true
		if s.State == view.SignMust {
			t.Errorf("%+v", s)
		}
		if s.Found == "" || strings.ContainsAny(s.Found+s.Do, "\n\t") {
			t.Errorf("not one line: %+v", s)
		}
		for _, word := range []string{"Ada", "Lee", "K1"} {
			if strings.Contains(s.Found+s.Do, word) {
				t.Errorf("names a child: %+v", s)
			}
		}
	}
	for _, row := range doctorRows() {
		if !about[row.about] && row.about != "not passed on" { // there is no such command
			t.Errorf("says nothing of %s: %+v", row.about, signs)
		}
	}
	if all := strings.Join(x.found(), "\n"); !strings.Contains(all, "well newest backup: "+x.to) || !strings.Contains(all, "well backups: the newest is 0 min old") ||
		!strings.Contains(all, "remark disk: the backups in "+x.to+" are on the same disk") {
		t.Error(all)
	}
}

// Each thing that can be wrong is found, told in the line of what it is about, with what to do; and the worst comes first.
func TestDoctorFindsWhatIsWrong(t *testing.T) {
	newest := func(x *patient) string {
		list, err := os.ReadDir(x.to)
		if err != nil || len(list) != 1 {
			x.Fatal(list, err)
		}
		return filepath.Join(x.to, list[0].Name())
	}
	for name, c := range map[string]struct {
		spoil func(x *patient)
		want  []string // each in one line
	}{
		"the database is gone":          {func(x *patient) { _ = os.Remove(x.db) }, []string{"must database: |missing|restore"}},
		"and its head":                  {func(x *patient) { _ = os.Remove(x.db); _ = os.Remove(headPath(x.db)) }, []string{"must database: |does not exist|serve"}},
		"the database is cut":           {func(x *patient) { _ = os.Truncate(x.db, 40000) }, []string{"must database: |cut off|restore", "well newest backup: "}},
		"it is something else":          {func(x *patient) { x.write(x.db, strings.Repeat("x", 9000)) }, []string{"must database: |no database of homeward"}},
		"the head is another's":         {func(x *patient) { x.write(headPath(x.db), "{}") }, []string{"must database: |audit head|restore"}},
		"the database is open to read":  {func(x *patient) { x.chmod(x.db, 0o644) }, []string{"must modes: |read by other|0644|chmod 600 |hw.db"}},
		"and to write":                  {func(x *patient) { x.chmod(x.db, 0o622) }, []string{"must modes: |written by other|chmod 600 "}},
		"the head is open":              {func(x *patient) { x.chmod(headPath(x.db), 0o640) }, []string{"must modes: |.head |chmod 600 "}},
		"the host key is open":          {func(x *patient) { x.chmod(x.db+".hostkey", 0o604) }, []string{"must modes: |.hostkey |chmod 600 "}},
		"a backup is open":              {func(x *patient) { x.chmod(newest(x), 0o644) }, []string{"must modes: |safe|chmod 600 "}},
		"the folder is open":            {func(x *patient) { x.chmod(filepath.Dir(x.db), 0o755) }, []string{"remark modes: |0755|chmod 700 "}},
		"and for writing":               {func(x *patient) { x.chmod(filepath.Dir(x.db), 0o770) }, []string{"must modes: |0770|chmod 700 "}},
		"the folder is everybody's":     {func(x *patient) { x.chmod(filepath.Dir(x.db), 0o777|os.ModeSticky) }, []string{"must modes: |everybody|mkdir -m 700"}},
		"the backups' folder is open":   {func(x *patient) { x.chmod(x.to, 0o707) }, []string{"must modes: |safe|chmod 700 "}},
		"others write the settings":     {func(x *patient) { x.chmod(x.config, 0o666) }, []string{"must configuration: |let in whom|chmod go-w "}},
		"and their folder":              {func(x *patient) { x.chmod(filepath.Dir(x.config), 0o777) }, []string{"must configuration: |let in whom|chmod go-w "}},
		"the settings are faulty":       {func(x *patient) { x.d.Faults = []string{"config.toml:3: x: no"} }, []string{"must configuration: |config.toml:3|config check"}},
		"a restore was broken off":      {func(x *patient) { x.write(x.db+restoringMark, "x") }, []string{"must leftovers: |broken off"}},
		"little room":                   {func(x *patient) { x.free = 0 }, []string{"must disk: |of the database|0 bytes free", "must disk: |of the backups"}},
		"under five in a hundred":       {func(x *patient) { x.free = 4 }, []string{"must disk: |under 5 %|make room"}},
		"old backups":                   {func(x *patient) { x.d.Place.Now = x.now.Add(72 * time.Hour) }, []string{"must backups: |no backup for 3 days|homeward --db |backup FILE"}},
		"no backup yet":                 {func(x *patient) { x.d.Config.Store.BackupTo = "" }, []string{"remark backups: |backup_to"}},
		"the backups' folder is gone":   {func(x *patient) { _ = os.RemoveAll(x.to) }, []string{"must backups: |is its disk there"}},
		"the newest backup is cut":      {func(x *patient) { _ = os.Truncate(newest(x), 40000) }, []string{"must newest backup: |is no good|backup FILE"}},
		"the clock was set back":        {func(x *patient) { x.now = x.now.Add(-5 * time.Hour) }, []string{"must clock: |set back by 5 h|timedatectl"}},
		"a minute is nothing":           {func(x *patient) { x.now = x.now.Add(-time.Minute) }, []string{"well clock: "}},
		"a server does not answer":      {func(x *patient) { x.d.Server.Fault = "it does not answer" }, []string{"must server: |does not answer|restart"}},
		"the world can reach it":        {func(x *patient) { x.d.Config.Serve.Listen = ":2222" }, []string{"remark port: |firewall"}},
		"a private address is a world":  {func(x *patient) { x.d.Config.Serve.Listen = "10.0.0.5:2222" }, []string{"remark port: |10.0.0.5:2222"}},
		"loopback is not":               {func(x *patient) { x.d.Config.Serve.Listen = "[::1]:2222" }, []string{"well port: "}},
		"nobody leads":                  {func(x *patient) { x.d.Config.Settings.Users = x.d.Config.Settings.Users[:1] }, []string{"must people: |supervisor"}},
		"who led has left":              {func(x *patient) { x.d.Config.Settings.Users[1].Until = 20261121 }, []string{"must people: |supervisor", "remark people: |left (until)|sam"}},
		"the last day is one":           {func(x *patient) { x.d.Config.Settings.Users[1].Until = 20261122 }, []string{"well people: "}},
		"no key":                        {func(x *patient) { x.d.Config.Settings.Users[0].Keys = nil }, []string{"remark people: |no key|dee"}},
		"nobody at all":                 {func(x *patient) { x.d.Config.Settings.Users = nil }, []string{"remark people: |names nobody"}},
		"the intake folder is gone":     {func(x *patient) { _ = os.Remove(x.d.Config.Intake.Folder) }, []string{"must intake folder: |there is no folder|mkdir -m 700 "}},
		"the command is gone":           {func(x *patient) { x.d.Config.Serve.NotPassedOn = []string{"/no/such"} }, []string{"must not passed on: |there is no program"}},
		"the command is there":          {func(x *patient) { x.d.Config.Serve.NotPassedOn = []string{"/bin/true"} }, []string{"well not passed on: "}},
		"the server's backups fail":     {func(x *patient) { x.served().Failing, x.d.Server.Inside.Why = noon(), "no disk" }, []string{"must backups: |backups fail since 22 Nov 12:00|no disk"}},
		"the server dumps core":         {func(x *patient) { x.served().Cores = "on: x" }, []string{"must core dumps: |of the server|ulimit"}},
		"the server is well":            {func(x *patient) { x.served() }, []string{"well server: |process 7 of hw", "well core dumps: ", "well clock"}},
		"the server has other settings": {func(x *patient) { x.served().Config = "/etc/x" }, []string{"remark configuration: |/etc/x|--config"}},
		"the served file is gone":       {func(x *patient) { x.served().Wrong = []string{"nothing more is kept"} }, []string{"must database: |nothing more is kept"}},
		"what killed processes left": {func(x *patient) {
			for _, path := range []string{x.db + ".copy-0123456789ab", filepath.Join(x.to, "hw.db.new-0123456789ab"), x.db + ".copy-000000000000", x.db + ".copy-of-mine"} {
				x.write(path, "x")
			}
			old := x.now.Add(-time.Hour)
			for _, path := range []string{x.db + ".copy-0123456789ab", filepath.Join(x.to, "hw.db.new-0123456789ab"), x.db + ".copy-of-mine"} {
				_ = os.Chtimes(path, old, old)
			}
			_ = os.Chtimes(x.db+".copy-000000000000", x.now, x.now) // is being made
		}, []string{"remark leftovers: |hw.db.copy-0123456789ab|rm ", "remark leftovers: |hw.db.new-0123456789ab|rm ", "!000000000000", "!of-mine"}},
		"what a restore kept": {func(x *patient) { x.write(x.db+beforeMark+"20261101T000000Z", "x") }, []string{"remark leftovers: |before-restore|rm "}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newPatient(t)
			c.spoil(x)
			got := x.found()
			for _, want := range c.want {
				if no, isNot := strings.CutPrefix(want, "!"); isNot {
					if strings.Contains(strings.Join(got, "\n"), no) {
						t.Errorf("says %q:\n%s", no, strings.Join(got, "\n"))
					}
					continue
				}
				pieces := strings.Split(want, "|")
				if !slices.ContainsFunc(got, func(line string) bool {
					return strings.HasPrefix(line, pieces[0]) && !slices.ContainsFunc(pieces, func(p string) bool { return !strings.Contains(line, p) })
				}) {
					t.Errorf("should say %q:\n%s", want, strings.Join(got, "\n"))
				}
			}
			rank := map[string]int{"must": 0, "remark": 1, "well": 2}
			if !slices.IsSortedFunc(got, func(a, b string) int {
				return rank[strings.Fields(a)[0]] - rank[strings.Fields(b)[0]]
			}) {
				t.Errorf("not the worst first:\n%s", strings.Join(got, "\n"))
			}
		})
	}
}

// served has a server tell what is in the database.
func (x *patient) served() *Inside {
	x.Helper()
	s, err := Open(x.db, Options{Mode: Read, Settings: settings()})
	if err != nil {
		x.Fatal(err)
	}
	in, err := s.Inside(ctx)
	if err = errors.Join(err, s.Close()); err != nil {
		x.Fatal(err)
	}
	in.PID, in.Account, in.Config, in.Listen, in.Cores = 7, "hw", x.config, "127.0.0.1:2222", "off"
	x.d.Server = DoctorServer{Socket: x.db + ".sock", Inside: &in}
	return &in
}

// A file that never answers holds the doctor up no longer than it waits for anything.
func TestDoctorDoesNotHang(t *testing.T) {
	x := newPatient(t)
	_ = os.Remove(x.db)
	if err := syscall.Mkfifo(x.db, 0o600); err != nil {
		t.Skip(err)
	}
	x.d.within = 100 * time.Millisecond
	done := make(chan []string)
	go func() { done <- x.found() }()
	select {
	case got := <-done:
		if all := strings.Join(got, "\n"); !strings.Contains(all, "must database: "+x.db+": it does not answer within 100ms") {
			t.Error(all)
		}
	case <-time.After(time.Minute):
		t.Fatal("it hangs")
	}
}

// A clock that was set back is seen by the newest lines of the log, also where the very last is not the latest; and by those the
// machine's clock counts, where another was in force.
func TestTheLatestLineOfTheLog(t *testing.T) {
	now := noon()
	o := testOptions()
	o.Frozen, o.Clock = false, func() time.Time { return now }
	s := opens(t, filepath.Join(t.TempDir(), "hw.db"), o)
	for i, back := range []time.Duration{0, time.Hour, 2 * time.Hour} {
		now = noon().Add(-back)
		did(t, s.Desk(dee()), `{"act":"referral.new","child_ref":"K%d","missing_at":"2026-11-20 20:00"}`, i)
	}
	in, err := s.Inside(ctx)
	if err != nil || !in.Latest.Equal(noon()) {
		t.Errorf("%+v, %v", in, err)
	}
	frozen := fresh(t)
	before := time.Now().Add(-time.Second)
	did(t, frozen.Desk(dee()), `{"act":"referral.new","child_ref":"K1","missing_at":"2026-11-20 20:00"}`)
	if in, err := frozen.Inside(ctx); err != nil || in.Latest.Before(before) || in.Latest.After(time.Now()) {
		t.Errorf("%+v, %v", in, err)
	}
}

func TestPathsInAShell(t *testing.T) {
	for path, want := range map[string]string{"/var/lib/hw.db": "/var/lib/hw.db", "/a b/c": "'/a b/c'", "it's": `'it'\''s'`, "$(x)": "'$(x)'"} {
		if got := inShell(path); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
	var b bytes.Buffer
	for _, n := range []uint64{0, 999, 1024, 10 << 20, 150 << 20, 3 << 40} {
		fmt.Fprintln(&b, bytesText(n))
	}
	if b.String() != "0 bytes\n999 bytes\n1.0 KiB\n10.0 MiB\n150 MiB\n3.0 TiB\n" {
		t.Error(b.String())
	}
}
