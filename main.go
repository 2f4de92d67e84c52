// Homeward keeps the return home interviews of a missing children team. This file wires the store to the screens and
// commands; nothing else knows both.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
	_ "time/tzdata" // Europe/London is right on a bare machine too

	"homeward/domain"
	"homeward/store"
	"homeward/store/intake"
	"homeward/store/seed"
	"homeward/tui"
	"homeward/tui/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	status := cli.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, &backend{})
	stop()
	os.Exit(status)
}

// backend is the program behind the commands.
type backend struct{}

// osUser is the account of the operating system.
func osUser() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "uid " + strconv.Itoa(os.Getuid())
}

// config reads the configuration of a place.
func config(p cli.Place) (*store.Config, error) {
	path := p.Config
	if path == "" {
		var err error
		if path, err = store.DefaultConfigPath(); err != nil {
			return nil, err
		}
	}
	return store.LoadConfig(path, p.Config != "")
}

// database is the path of a place's database.
func database(p cli.Place, c *store.Config) (string, error) {
	switch {
	case p.DB != "":
		return p.DB, nil
	case c != nil && c.Store.Database != "":
		return c.Store.Database, nil
	}
	return store.DefaultDatabasePath()
}

// options of the store for a place.
func options(p cli.Place, c *store.Config, mode store.Mode) store.Options {
	o := store.Options{Mode: mode, Settings: &c.Settings}
	if !p.Now.IsZero() {
		o.Clock, o.Frozen = func() time.Time { return p.Now }, true
	}
	return o
}

// opened is a database with who opened it.
type opened struct {
	*store.Store
	config *store.Config
	actor  domain.Actor
}

// open reads the configuration, finds who it is, and opens the database.
func open(p cli.Place, mode store.Mode) (*opened, error) {
	c, err := config(p)
	if err != nil {
		return nil, err
	}
	actor, err := domain.ActorFor(&c.Settings, osUser(), p.User)
	if err != nil {
		return nil, err
	}
	path, err := database(p, c)
	if err != nil {
		return nil, err
	}
	s, err := store.Open(path, options(p, c, mode))
	if err != nil {
		return nil, err
	}
	return &opened{s, c, actor}, nil
}

// Open opens a database for one person.
func (b *backend) Open(_ context.Context, p cli.Place, write bool) (*cli.Session, error) {
	mode := store.Read
	if write {
		mode = store.Write
	}
	o, err := open(p, mode)
	if err != nil {
		return nil, err
	}
	return session(o.Store, o.config, o.actor), nil
}

func session(s *store.Store, c *store.Config, actor domain.Actor) *cli.Session {
	d := s.Desk(actor)
	out := &cli.Session{Desk: d, Intake: &intake.Clerk{Desk: d, Folder: c.Intake.Folder, Maps: c.Intake.Maps}, Close: s.Close,
		Papers: cli.Papers(c.Papers), Theme: c.Theme.Name, ASCII: c.Theme.ASCII, Keys: c.Keys,
		Mouse: c.Theme.Mouse, LockAfter: c.Privacy.LockAfter, EndAfter: c.Privacy.EndAfter, Notices: s.Notices()}
	if s.Created() {
		out.Notices = append(out.Notices, "made a new database: "+s.Path())
	}
	return out
}

// Exists gives an error where there is no database at all.
func (b *backend) Exists(p cli.Place) error {
	c, err := config(p)
	if err != nil {
		return err
	}
	path, err := database(p, c)
	if err != nil {
		return err
	}
	return there(p, c, path)
}

// there gives an error where there is no database: that it was lost, where its audit head is still there.
func there(p cli.Place, c *store.Config, path string) error {
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		return nil
	}
	s, err := store.Open(path, options(p, c, store.Read)) // which makes none
	if err == nil {
		err = s.Close() // somebody has put it back meanwhile
	}
	return err
}

// where gives the configuration and the path of the database, for commands that need only the rights to the file.
func where(p cli.Place) (*store.Config, string, error) {
	c, err := config(p)
	if err != nil {
		return nil, "", err
	}
	path, err := database(p, c)
	return c, path, err
}

// Check walks the whole database in a child process: a damaged file can make its reader crash or run for ever.
func (b *backend) Check(ctx context.Context, p cli.Place) ([]string, error) {
	c, path, err := where(p)
	if err != nil {
		return nil, err
	}
	if err := there(p, c, path); spoilt(err) {
		return []string{err.Error()}, nil
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	args := []string{"check", "--in-process", "--db", path}
	if p.Config != "" {
		args = append(args, "--config", p.Config)
	}
	r, err := store.CheckInChild(ctx, self, args, store.CheckLimit)
	if spoilt(err) {
		return []string{err.Error()}, nil
	}
	return findings(r.Findings, r.More), err
}

// CheckHere is the child.
func (b *backend) CheckHere(ctx context.Context, p cli.Place, out io.Writer) error {
	c, path, err := where(p)
	if err != nil {
		return err
	}
	return store.CheckToPipe(ctx, out, path, store.CheckOptions{Settings: &c.Settings})
}

func findings(list []store.Finding, more int) []string {
	var out []string
	for _, f := range list {
		out = append(out, f.String())
	}
	if more > 0 {
		out = append(out, fmt.Sprintf("and %d more", more))
	}
	return out
}

// spoilt says that a database could not be opened because it is damaged, lost, or something else lies in its place: what
// check and audit verify are there to find.
func spoilt(err error) bool {
	return errors.Is(err, store.ErrDamaged) || errors.Is(err, store.ErrForeign) || errors.Is(err, store.ErrMislaid)
}

// VerifyAudit walks the audit log.
func (b *backend) VerifyAudit(ctx context.Context, p cli.Place) (int, []string, error) {
	c, path, err := where(p)
	if err != nil {
		return 0, nil, err
	}
	s, err := store.Open(path, options(p, c, store.Read))
	switch {
	case spoilt(err):
		return 0, []string{err.Error()}, nil
	case err != nil:
		return 0, nil, err
	}
	defer s.Close() //nolint:errcheck // opened for reading
	r, err := s.AuditVerify(ctx)
	return int(r.Lines), findings(r.Findings, r.More), err
}

// ListAudit gives the lines of the audit log.
func (b *backend) ListAudit(ctx context.Context, p cli.Place, f cli.AuditFilter, each func(cli.AuditEntry) error) (err error) {
	o, err := open(p, store.Read)
	if err != nil {
		return err
	}
	defer o.Close() //nolint:errcheck // opened for reading
	if o.actor.Role != domain.Supervisor && o.actor.Role != domain.Auditor {
		return fmt.Errorf("the audit log is for supervisors and auditors; %s is %s", o.actor.Name, o.actor.Role.A())
	}
	desk := o.Desk(o.actor)
	filter := store.AuditFilter{Login: f.By, Act: f.Act, Since: f.Since, Until: f.Until}
	if f.Child != "" {
		err := desk.Ask(ctx, func(r domain.Reader) error {
			c, err := domain.ChildNamed(r, f.Child)
			if err == nil && c == nil {
				err = fmt.Errorf("there is no child %q", f.Child)
			}
			if err == nil {
				filter.Child = c.ID
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return o.AuditList(ctx, filter, func(e store.AuditEntry) error {
		out := cli.AuditEntry{Seq: e.ID, At: e.When, Machine: e.Machine, By: e.Login, OSUser: e.OSUser, Act: e.Act,
			Summary: e.Summary, Content: string(e.Content), UndoOf: e.UndoOf, Child: childRef(ctx, desk, e.Children)}
		for _, t := range e.Touched {
			out.Touched = append(out.Touched, cli.AuditTouched{ID: t.ID, Before: asJSON(t.Before), After: asJSON(t.After)})
		}
		return each(out)
	})
}

func asJSON(r domain.Record) string {
	if r == nil {
		return ""
	}
	b, err := json.Marshal(r)
	if err != nil {
		return ""
	}
	return string(b)
}

// childRef is how people name the first child a line speaks of.
func childRef(ctx context.Context, d domain.Desk, ids []domain.ID) string {
	if len(ids) == 0 || ids[0].IsZero() {
		return ""
	}
	ref := ids[0].String()
	_ = d.Ask(ctx, func(r domain.Reader) error {
		if c, err := r.Child(ids[0]); err == nil && c != nil {
			ref = c.ShownRef()
		}
		return nil
	})
	return ref
}

// CheckConfig gives the faults of the configuration.
func (b *backend) CheckConfig(p cli.Place) (string, []string, error) {
	c, err := config(p)
	var faults store.ConfigErrors
	switch {
	case errors.As(err, &faults):
		return "", faults.Faults(), nil
	case err != nil:
		return "", nil, err
	case c.Path == "":
		return "there is no configuration file: every setting is the default", nil, nil
	}
	if _, err := tui.KeysWith(c.Keys); err != nil {
		return "", []string{c.Path + ": " + err.Error()}, nil
	}
	if faults := cli.CheckLetters(cli.Papers(c.Papers)); faults != nil {
		return "", faults, nil
	}
	return c.Path + " is sound", nil, nil
}

// ShowConfig lists the settings in force.
func (b *backend) ShowConfig(p cli.Place) ([]cli.Setting, error) {
	c, err := config(p)
	if err != nil {
		return nil, err
	}
	var out []cli.Setting
	for _, s := range c.Show() {
		out = append(out, cli.Setting(s))
	}
	return out, nil
}

// Demo makes a made-up team, by the same door as everything else.
func (b *backend) Demo(ctx context.Context, p cli.Place, children int, number uint64, keep string, say io.Writer) (*cli.Session, error) {
	path := keep
	clean := func() error { return nil }
	if keep == "" {
		dir, err := os.MkdirTemp("", "homeward-demo-")
		if err != nil {
			return nil, err
		}
		path = filepath.Join(dir, "demo.db")
		clean = func() error { return os.RemoveAll(dir) }
	} else if _, err := os.Stat(keep); err == nil {
		return nil, fmt.Errorf("%s exists: the demo is made in a new file only", keep)
	}
	now := p.Now
	if now.IsZero() {
		now = time.Now()
	}
	team := seed.Team(osUser())
	c := &store.Config{Settings: team}
	clock := seed.NewClock(now)
	s, err := store.Open(path, store.Options{Mode: store.Write, Settings: &c.Settings, Clock: clock.Now, Frozen: !p.Now.IsZero()})
	if err != nil {
		return nil, errors.Join(err, clean())
	}
	err = seed.Fill(ctx, func(a domain.Actor) domain.Desk { return s.Desk(a) }, &c.Settings, clock, children, number)
	if err != nil {
		return nil, errors.Join(err, s.Close(), clean())
	}
	clock.Run(p.Now.IsZero())
	if keep != "" {
		fmt.Fprintln(say, "the made-up team is in", keep)
	}
	actor, err := domain.ActorFor(&c.Settings, osUser(), p.User)
	if err != nil {
		return nil, errors.Join(err, s.Close(), clean())
	}
	out := session(s, c, actor)
	out.Notices = nil
	out.Close = func() error { return errors.Join(s.Close(), clean()) }
	return out, nil
}

// Dashboard runs the dashboard until its person leaves.
func (b *backend) Dashboard(ctx context.Context, s *cli.Session, where string) error {
	return tui.Run(ctx, s.Desk, s.Intake, tui.Options{Theme: s.Theme, ASCII: s.ASCII, Keys: s.Keys, Live: where,
		Mouse: s.Mouse, LockAfter: s.LockAfter, EndAfter: s.EndAfter})
}

// Status is the exit status for an error.
func (b *backend) Status(err error) int {
	if errors.Is(err, store.ErrHeld) {
		return cli.StatusHeld
	}
	return cli.StatusFailed
}
