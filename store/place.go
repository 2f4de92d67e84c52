package store

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store/keyring"
)

// Place says which database and configuration somebody works on, when, and as whom, as they named them.
type Place struct {
	Config  string    // path of the configuration; "" for the default one, which may be absent
	DB      string    // path of the database; "" for the configuration's, or the default one
	Now     time.Time // the frozen clock; zero for the machine's
	User    string    // login to act as; "" for the entry of this account
	KeyFile string    // path of a key file that was named, "" for none
	Keys    *Unlocker // finds the key to an encrypted database; nil: there is none
	Themes  []string  // the words that [theme] name may be, which the store does not know itself
}

// Site is a place with its configuration read and its database found, which may not be there.
type Site struct {
	Config *Config
	Path   string // of the database
	place  Place
}

// Account is the account of the operating system that this process runs as.
func Account() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "uid " + strconv.Itoa(os.Getuid())
}

// LoadConfig reads the configuration. What is wrong with it comes as [ConfigErrors].
func (p Place) LoadConfig() (*Config, error) {
	path := p.Config
	if path == "" {
		var err error
		if path, err = DefaultConfigPath(); err != nil {
			return nil, err
		}
	}
	return LoadConfig(path, p.Config != "", p.Themes)
}

// Database is the path of the database by a configuration; nil is one that could not be read.
// One that is a link is where it leads: the files beside a database stand beside itself.
func (p Place) Database(c *Config) (string, error) {
	switch {
	case p.DB != "":
		return followed(p.DB), nil
	case c != nil && c.Store.Database != "":
		return followed(c.Store.Database), nil
	}
	path, err := DefaultDatabasePath()
	return followed(path), err
}

// followed is where a path leads, link after link, whether or not a file is there.
func followed(path string) string {
	const most = 40
	at := path
	for range most {
		to, err := os.Readlink(at)
		if err != nil {
			return at
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(at), to)
		}
		at = to
	}
	return path // round in a circle: opening it says so
}

// Find reads the configuration and finds the database.
func (p Place) Find() (*Site, error) {
	c, err := p.LoadConfig()
	if err != nil {
		return nil, err
	}
	path, err := p.Database(c)
	if err != nil {
		return nil, err
	}
	if p.Keys != nil {
		p.Keys.AddFile(c.Store.KeyFile)
	}
	return &Site{c, path, p}, nil
}

// CheckToPipe is the child process of a check (see [CheckInChild]). A copy is checked whatever is wrong with the
// configuration by now, and has no audit head of its own.
// It reads data keys from in.
func (p Place) CheckToPipe(ctx context.Context, in io.Reader, out io.Writer, copied bool) error {
	rings, err := readRings(in)
	if err != nil {
		return err
	}
	if copied {
		o := CheckOptions{NoHead: true, Rings: rings}
		if c, err := p.LoadConfig(); err == nil {
			o.Settings = &c.Settings
		}
		return CheckToPipe(ctx, out, p.DB, o)
	}
	s, err := p.Find()
	if err != nil {
		return err
	}
	return CheckToPipe(ctx, out, s.Path, CheckOptions{Settings: &s.Config.Settings, Rings: rings})
}

// Actor is who works here: the person named, or the one whose account this is.
func (s *Site) Actor() (domain.Actor, error) {
	return domain.ActorFor(&s.Config.Settings, s.place.now(), Account(), s.place.User)
}

// now is the time by which somebody comes in: the frozen one where there is one.
func (p Place) now() time.Time {
	if p.Now.IsZero() {
		return time.Now()
	}
	return p.Now
}

// keeper is who looks after the database: the person named, or the account with the rights to the file.
func (s *Site) keeper() (domain.Actor, error) {
	if s.place.User != "" {
		return s.Actor()
	}
	return Keeper(&s.Config.Settings, s.place.now(), Account()), nil
}

func (s *Site) options(mode Mode) Options {
	o := Options{Mode: mode, Settings: &s.Config.Settings, Unlock: s.place.unlock()}
	if !s.place.Now.IsZero() {
		o.Clock, o.Frozen = func() time.Time { return s.place.Now }, true
	}
	return o
}

// unlock is how an encrypted database is opened; nil where there is no key.
func (p Place) unlock() Unlock {
	if p.Keys == nil {
		return nil
	}
	return p.Keys.Open
}

// unlockToChange is the same, for a change of the slots: another passphrase than a new one is asked for.
func (p Place) unlockToChange() Unlock {
	if p.Keys == nil {
		return nil
	}
	return func(f *keyring.File) (*keyring.Ring, error) {
		return p.Keys.openFor("A passphrase that opens it already, to allow this", f)
	}
}

// Open opens the database. The errors are those of [Open].
func (s *Site) Open(mode Mode) (*Store, error) { return Open(s.Path, s.options(mode)) }

// Exists gives an error where there is no database: that it was lost, where its audit head is still there.
func (s *Site) Exists() error {
	if _, err := os.Stat(s.Path); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	db, err := s.Open(Read) // which makes none
	if err == nil {
		err = db.Close() // somebody has put it back meanwhile
	}
	return err
}

// Check gives what is wrong with the database as check finds it. Of an encrypted one for which there is no key it looks at what
// ciphertext shows.
func (s *Site) Check(ctx context.Context, check Checker) (view.Examined, error) {
	if err := s.Exists(); spoilt(err) {
		return view.Examined{Findings: []string{err.Error()}}, nil
	}
	r, err := check(ctx, s.Path)
	if r.Sealed && s.found() {
		r, err = check(ctx, s.Path) // now with the key
	}
	if spoilt(err) {
		return view.Examined{Findings: []string{err.Error()}}, nil
	}
	return view.Examined{Findings: texts(r.Findings, r.More), Lines: int(r.Lines), Sealed: r.Sealed}, err
}

// found says whether there is a key to an encrypted database that was not known before.
func (s *Site) found() bool {
	f, err := Keys(s.Path)
	if err != nil || f == nil || s.place.Keys == nil {
		return false
	}
	_, err = s.place.Keys.Open(f)
	return err == nil
}

// VerifyAudit walks the audit log. Of an encrypted one for which there is no key it looks whether a line is missing.
func (s *Site) VerifyAudit(ctx context.Context) (view.Examined, error) {
	db, err := s.Open(Read)
	switch {
	case spoilt(err):
		return view.Examined{Findings: []string{err.Error()}}, nil
	case errors.Is(err, ErrSealed):
		r, err := Check(ctx, s.Path, CheckOptions{})
		return view.Examined{Findings: texts(r.Findings, r.More), Lines: int(r.Lines), Sealed: true}, err
	case err != nil:
		return view.Examined{}, err
	}
	defer db.Close() //nolint:errcheck // opened for reading
	return db.verifyAudit(ctx)
}

// Backup opens the database and makes a backup of it; see [Store.Backup].
func (s *Site) Backup(ctx context.Context, file string, check Checker) (Copied, error) {
	who, err := s.keeper()
	if err != nil {
		return Copied{}, err
	}
	o := s.options(Write)
	o.MustExist = true
	db, err := Open(s.Path, o)
	if errors.Is(err, ErrSealed) {
		return sealedBackup(ctx, s.Path, file, check)
	}
	if err != nil {
		return Copied{}, err
	}
	c, err := db.Backup(ctx, who, file, check)
	return c, errors.Join(err, db.Close())
}

// Restore makes the database from a backup; see [Restore].
func (s *Site) Restore(ctx context.Context, file string, replace bool, check Checker) (Restored, error) {
	who, err := s.keeper()
	if err != nil {
		return Restored{}, err
	}
	o := s.options(Write)
	return Restore(ctx, file, s.Path, RestoreOptions{Replace: replace, Who: who, Clock: o.Clock, Frozen: o.Frozen, Check: check, Unlock: o.Unlock})
}

// spoilt says that a database could not be opened because it is damaged, lost, or something else lies in its place: what
// check and audit verify are there to find.
func spoilt(err error) bool {
	return errors.Is(err, ErrDamaged) || errors.Is(err, ErrForeign) || errors.Is(err, ErrMislaid)
}

// texts are findings as they are told; more is how many there are beyond them.
func texts(list []Finding, more int) []string {
	var out []string
	for _, f := range list {
		out = append(out, f.String())
	}
	if more > 0 {
		out = append(out, "and "+strconv.Itoa(more)+" more")
	}
	return out
}
