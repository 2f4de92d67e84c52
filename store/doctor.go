package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// Doctor looks at everything round a database and says of each thing whether it is well, and where it is not what to do. It writes
// nothing, says nothing of any child, and waits for nothing for longer than [lookWithin] (a backup to be checked: [copyWithin]).
type Doctor struct {
	Place Place
	// Config in force; where it cannot be read the defaults, and Faults what is wrong with it.
	Config *Config
	Faults []string
	Server DoctorServer
	// Check of the newest backup.
	Check Checker

	within  time.Duration    // zero: lookWithin
	machine func() time.Time // nil: the machine's clock
	cores   string           // "": of this process
	room    func(path string) (free, total uint64, err error)
}

// DoctorServer is what there is of a server of the database.
type DoctorServer struct {
	Socket string  // the path of its socket, whether or not one is there
	Fault  string  // why what is in the place of the socket is not used, or does not answer
	Inside *Inside // what the server says; nil where none answers
}

const (
	// lookWithin is how long one thing may take to look at: a folder of a disk that is gone may not answer at all.
	lookWithin = 10 * time.Second
	// copyWithin is how long the newest backup may take to be checked.
	copyWithin = 2 * time.Minute
)

// doctorRow is one thing doctor looks at.
type doctorRow struct {
	about  string
	within time.Duration // at least that of the doctor
	look   func(*examination, context.Context)
}

// doctorRows are all things doctor looks at, in the order in which those of a kind are told. A row more is one thing more.
func doctorRows() []doctorRow {
	return []doctorRow{
		{"database", 0, (*examination).database},
		{"modes", 0, (*examination).modes},
		{"encryption", 0, (*examination).encryption},
		{"disk", 0, (*examination).disk},
		{"clock", 0, (*examination).clock},
		{"backups", 0, (*examination).backups},
		{"newest backup", copyWithin + lookWithin, (*examination).newestBackup},
		{"server", 0, (*examination).server},
		{"port", 0, (*examination).port},
		{"configuration", 0, (*examination).configuration},
		{"people", 0, (*examination).people},
		{"intake folder", 0, (*examination).intake},
		{"not passed on", 0, (*examination).command},
		{"leftovers", 0, (*examination).leftovers},
		{"core dumps", 0, (*examination).cores},
		{"file format", 0, (*examination).format},
		{"check", 0, (*examination).checked},
		{"account", 0, (*examination).account},
	}
}

// examination is what the rows look at. They find, and change nothing here but their own signs.
type examination struct {
	d       *Doctor
	c       *Config
	path    string // of the database; "" where it is not known
	now     time.Time
	in      *Inside // nil where the database could not be opened
	openErr error   // why
	kept    []keptBackup
	keptErr error

	signs []view.Sign // of one row
}

// Look gives what was found, the worst first.
func (d *Doctor) Look(ctx context.Context) []view.Sign {
	e := d.begin(ctx)
	answers := make([]func() []view.Sign, 0, len(doctorRows()))
	for _, row := range doctorRows() {
		mine := *e
		answers = append(answers, row.ask(ctx, &mine))
	}
	var out []view.Sign
	for _, answer := range answers {
		out = append(out, answer()...)
	}
	view.SortSigns(out)
	return out
}

// ask begins to look; answer waits for what is found.
func (r doctorRow) ask(ctx context.Context, e *examination) (answer func() []view.Sign) {
	r.within = max(r.within, e.d.within)
	wait := inTime(r.within, func() []view.Sign {
		r.look(e, ctx)
		return e.signs
	})
	return func() []view.Sign {
		signs, answered := wait()
		if !answered {
			signs = []view.Sign{{State: view.SignMust, Found: fmt.Sprintf("it does not answer within %s", r.within),
				Do: "see whether a disk or a network folder is gone (df, mount)"}}
		}
		for i := range signs {
			signs[i].About = r.about
		}
		return signs
	}
}

// inTime asks beside the caller; wait gives the answer. One that does not come for so long is left behind.
func inTime[T any](within time.Duration, ask func() T) (wait func() (answer T, answered bool)) {
	done, end := make(chan T, 1), time.After(within)
	go func() { done <- ask() }()
	return func() (answer T, answered bool) {
		select {
		case answer = <-done:
			return answer, true
		case <-end:
			return answer, false
		}
	}
}

// begin finds the database and opens it, where no server has told what is in it.
func (d *Doctor) begin(ctx context.Context) *examination {
	e := &examination{d: d, c: d.Config, now: d.Place.now(), in: d.Server.Inside}
	if d.within == 0 {
		d.within = lookWithin
	}
	if d.cores == "" {
		d.cores = CoreDumps()
	}
	if d.machine == nil {
		d.machine = time.Now
	}
	if d.room == nil {
		d.room = roomOn
	}
	if len(d.Faults) == 0 || d.Place.DB != "" { // else it may be named in what cannot be read
		e.path, _ = d.Place.Database(d.Config)
	}
	if e.path == "" {
		e.openErr = errors.New("which one it is is not known while the configuration cannot be read")
		return e
	}
	if e.in == nil {
		type opened struct {
			in  *Inside
			err error
		}
		o, answered := inTime(d.within, func() opened { in, err := e.inside(ctx); return opened{in, err} })()
		if e.in, e.openErr = o.in, o.err; !answered {
			e.openErr = fmt.Errorf("%s: it does not answer within %s", e.path, d.within)
		}
	}
	if id := e.databaseID(); id != "" && e.c.Store.BackupTo != "" {
		type listed struct {
			kept []keptBackup
			err  error
		}
		l, answered := inTime(d.within, func() listed {
			kept, err := keptBackups(e.c.Store.BackupTo, backupStem(e.path, id))
			return listed{kept, err}
		})()
		if e.kept, e.keptErr = l.kept, l.err; !answered {
			e.keptErr = fmt.Errorf("%s: it does not answer within %s", e.c.Store.BackupTo, d.within)
		}
	}
	return e
}

// inside opens the database for reading and looks at what is in it.
func (e *examination) inside(ctx context.Context) (*Inside, error) {
	// It asks nobody for a passphrase: a timer may run it.
	keys := NewUnlocker(nil, os.Getenv("CREDENTIALS_DIRECTORY"), e.d.Place.KeyFile, e.c.Store.KeyFile)
	s, err := Open(e.path, Options{Mode: Read, Settings: &e.c.Settings, Unlock: keys.Open})
	if err != nil {
		return nil, err
	}
	in, err := s.Inside(ctx)
	if err = errors.Join(err, s.Close()); err != nil {
		return nil, err
	}
	return &in, nil
}

// databaseID is what the names of this database's backups have in them: its audit head says it, too.
func (e *examination) databaseID() string {
	if e.in != nil {
		return e.in.Database
	}
	if h, err := readHeadFile(e.path); err == nil && h != nil {
		return h.Database
	}
	return ""
}

func (e *examination) sign(state view.SignState, found, do string) {
	e.signs = append(e.signs, view.Sign{State: state, Found: found, Do: do})
}

func (e *examination) must(found, do string)   { e.sign(view.SignMust, found, do) }
func (e *examination) remark(found, do string) { e.sign(view.SignRemark, found, do) }
func (e *examination) well(format string, args ...any) {
	e.sign(view.SignWell, fmt.Sprintf(format, args...), "")
}

// wellOr says that all is well where nothing else was found.
func (e *examination) wellOr(format string, args ...any) {
	if len(e.signs) == 0 {
		e.well(format, args...)
	}
}

// served says that a server told what is in the database.
func (e *examination) served() bool { return e.d.Server.Inside != nil }

// homeward is a command on this database as a person can say it again.
func (e *examination) homeward(words string) string {
	out := "homeward"
	for _, flag := range [][2]string{{"--config", e.d.Place.Config}, {"--db", e.d.Place.DB}} {
		if flag[1] != "" {
			out += " " + flag[0] + " " + inShell(flag[1])
		}
	}
	return out + " " + words
}

// inShell is a path as a shell takes it.
func inShell(path string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-+,:@%", r)
	}
	if strings.IndexFunc(path, func(r rune) bool { return !plain(r) }) < 0 {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// bytesText is a size for people.
func bytesText(n uint64) string {
	units := []string{"bytes", "KiB", "MiB", "GiB", "TiB"}
	v, i := float64(n), 0
	for ; v >= 1024 && i < len(units)-1; i++ {
		v /= 1024
	}
	if i == 0 || v >= 100 {
		return fmt.Sprintf("%.0f %s", v, units[i])
	}
	return fmt.Sprintf("%.1f %s", v, units[i])
}

// ago is how long ago something was, for people.
func ago(d time.Duration) string {
	switch {
	case d < 0:
		return ago(-d)
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", int(d.Hours()))
	}
	return fmt.Sprintf("%d days", int(d.Hours())/24)
}

// at is a time for people.
func at(t time.Time) string { return t.In(domain.London()).Format("Mon 2 Jan 2006 15:04") }

// fileSize is how large the database is, 0 where it is not there.
func (e *examination) fileSize() uint64 {
	if st, err := os.Stat(e.path); err == nil {
		return uint64(st.Size())
	}
	return 0
}

// folder of the database.
func (e *examination) folder() string { return filepath.Dir(e.path) }
