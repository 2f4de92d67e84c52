// Homeward keeps the return home interviews of a missing children team. This file wires the store to the screens and
// commands; nothing else knows both.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"os/user"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
	_ "time/tzdata" // Europe/London is right on a bare machine too

	"golang.org/x/crypto/ssh"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store"
	"homeward/store/intake"
	"homeward/store/seed"
	"homeward/tui"
	"homeward/tui/cli"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/sshd"
	"homeward/tui/theme"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	b := &backend{}
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	go func() {
		for range hup { // a terminal that went away ends a command; a server reads its configuration again
			if reload := b.reload.Load(); reload != nil {
				(*reload)()
			} else {
				stop()
			}
		}
	}()
	status := cli.Run(ctx, os.Args[1:], cli.Here(), b)
	stop()
	os.Exit(status)
}

// backend is the program behind the commands.
type backend struct {
	reload atomic.Pointer[func()] // what a hang-up means while this process serves
}

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
	return store.LoadConfig(path, p.Config != "", theme.Settings())
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
	out := &cli.Session{Desk: d, Intake: clerk(d, c), Close: s.Close,
		Papers: cli.Papers(c.Papers), Theme: c.Theme.Name, ASCII: c.Theme.ASCII, Keys: c.Keys, Notices: s.Notices()}
	out.Bell, out.Mouse, out.LockAfter, out.EndAfter = c.Theme.Bell, c.Theme.Mouse, c.Privacy.LockAfter, c.Privacy.EndAfter
	out.MaskNames = slices.Contains(c.Privacy.Mask, string(actor.Role))
	if s.Created() {
		out.Notices = append(out.Notices, "made a new database: "+s.Path())
	}
	return out
}

func clerk(d view.Desk, c *store.Config) *intake.Clerk {
	return &intake.Clerk{Desk: d, Folder: c.Intake.Folder, Maps: c.Intake.Maps}
}

// Server finds the server that has the database open; nil where none has.
func (b *backend) Server(_ context.Context, p cli.Place) (cli.Server, error) {
	c, err := config(p)
	var faults store.ConfigErrors
	if err != nil && !(errors.As(err, &faults) && p.DB != "") { // a command says itself what is wrong with its configuration
		return nil, nil //nolint:nilerr // it will
	}
	path, err := database(p, c)
	if err != nil {
		return nil, err
	}
	server, err := sshd.Dial(path)
	if server == nil || err != nil {
		return nil, err
	}
	return server, nil
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
	r, err := checkInChild(ctx, p, path)
	if spoilt(err) {
		return []string{err.Error()}, nil
	}
	return findings(r.Findings, r.More), err
}

// checkInChild runs this program's own check of a file, by the configuration of a place.
func checkInChild(ctx context.Context, p cli.Place, path string, flags ...string) (store.CheckReport, error) {
	self, err := os.Executable()
	if err != nil {
		return store.CheckReport{}, err
	}
	args := append([]string{"check", "--in-process", "--db", path}, flags...)
	if p.Config != "" {
		args = append(args, "--config", p.Config)
	}
	return store.CheckInChild(ctx, self, args, store.CheckLimit)
}

// checkCopy checks a copy in a child process.
func checkCopy(p cli.Place) store.Checker {
	return func(ctx context.Context, path string) (store.CheckReport, error) {
		return checkInChild(ctx, p, path, "--copy")
	}
}

// CheckHere is the child. A copy is checked whatever is wrong with the configuration by now.
func (b *backend) CheckHere(ctx context.Context, p cli.Place, copied bool, out io.Writer) error {
	if copied {
		o := store.CheckOptions{NoHead: true}
		if c, err := config(p); err == nil {
			o.Settings = &c.Settings
		}
		return store.CheckToPipe(ctx, out, p.DB, o)
	}
	c, path, err := where(p)
	if err != nil {
		return err
	}
	return store.CheckToPipe(ctx, out, path, store.CheckOptions{Settings: &c.Settings})
}

// Backup copies the database to a new file.
func (b *backend) Backup(ctx context.Context, p cli.Place, file string, _ cli.Files) (cli.Copy, error) {
	c, path, err := where(p)
	if err != nil {
		return cli.Copy{}, err
	}
	who, err := keeper(p, c)
	if err != nil {
		return cli.Copy{}, err
	}
	o := options(p, c, store.Write)
	o.MustExist = true
	s, err := store.Open(path, o)
	if err != nil {
		return cli.Copy{}, err
	}
	made, err := s.Backup(ctx, who, file, checkCopy(p))
	return copyOf(made), errors.Join(err, s.Close())
}

// keeper is who looks after a place's database.
func keeper(p cli.Place, c *store.Config) (domain.Actor, error) {
	if p.User != "" {
		return domain.ActorFor(&c.Settings, osUser(), p.User)
	}
	return store.Keeper(&c.Settings, osUser()), nil
}

func copyOf(c store.Copied) cli.Copy { return cli.Copy{Lines: c.Lines, Size: c.Size, Sum: c.Sum} }

// Restore makes the database from a backup.
func (b *backend) Restore(ctx context.Context, p cli.Place, file string, replace bool) (out cli.Restored, err error) {
	c, path, err := where(p)
	if err != nil {
		return out, err
	}
	who, err := keeper(p, c)
	if err != nil {
		return out, err
	}
	server, err := b.Server(ctx, p)
	if err != nil {
		return out, err
	}
	if server != nil {
		return out, errors.Join(&store.Problem{Kind: store.ErrHeld, Path: path, Text: "this database is in use: it is being served. End homeward serve first"}, server.Close())
	}
	o := options(p, c, store.Write)
	r, err := store.Restore(ctx, file, path, store.RestoreOptions{Replace: replace, Who: who,
		Clock: o.Clock, Frozen: o.Frozen, Check: checkCopy(p)})
	out = cli.Restored{Copy: copyOf(r.Copied), Path: path}
	for _, kept := range []string{r.Kept, r.KeptHead} {
		if kept != "" {
			out.Kept = append(out.Kept, kept)
		}
	}
	return out, err
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
	if faults := unusable(c); faults != nil {
		return "", faults, nil
	}
	return c.Path + " is sound", nil, nil
}

// unusable are the faults of a configuration that only the screens and the letters can tell.
func unusable(c *store.Config) []string {
	if _, err := tui.KeysWith(c.Keys); err != nil {
		return []string{c.Path + ": " + err.Error()}
	}
	return cli.CheckLetters(cli.Papers(c.Papers))
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
	err = seed.Fill(ctx, func(a domain.Actor) view.Desk { return s.Desk(a) }, &c.Settings, clock, children, number)
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
	return tui.Run(ctx, s.Desk, s.Intake, looks(s, where))
}

// looks are how a session's dashboard is to look.
func looks(s *cli.Session, where string) tui.Options {
	o := tui.Options{Theme: s.Theme, ASCII: s.ASCII, Bell: s.Bell, Keys: s.Keys, Live: where,
		Mouse: s.Mouse, LockAfter: s.LockAfter, EndAfter: s.EndAfter, MaskNames: s.MaskNames}
	return o
}

// Status is the exit status for an error.
func (b *backend) Status(err error) int {
	if errors.Is(err, store.ErrHeld) {
		return cli.StatusHeld
	}
	return cli.StatusFailed
}

// Serve serves the database until the context ends.
func (b *backend) Serve(ctx context.Context, p cli.Place, listen string, ready func(cli.Served)) error {
	c, path, err := where(p)
	if err != nil {
		return err
	}
	if listen == "" {
		listen = c.Serve.Listen
	}
	if _, err := net.ResolveTCPAddr("tcp", listen); err != nil { // before a database is made for nothing
		return fmt.Errorf("--listen: %w", err)
	}
	s, err := store.Open(path, options(p, c, store.Write))
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	// Every open dashboard draws: what it drew before is garbage, and collecting it sooner keeps many sessions small.
	debug.SetGCPercent(50)
	h := &house{Store: s, place: p}
	if err := h.use(c); err != nil {
		return errors.Join(err, s.Close())
	}
	for _, n := range s.Notices() {
		log.Warn(n)
	}
	if s.Created() {
		log.Warn("made a new database", "path", path)
	}
	if !c.HasKeys() {
		log.Warn("nobody in the configuration has a key: nobody can come in over SSH", "config", c.Path)
	}
	key := c.Serve.HostKey
	if key == "" {
		key = path + ".hostkey"
	}
	socket, err := sshd.SocketPath(path)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	server, err := sshd.New(sshd.Config{House: h, Listen: listen, HostKey: key, Socket: socket, Log: log})
	if err != nil {
		return errors.Join(err, s.Close())
	}
	reload := func() { h.reload(server, log) }
	b.reload.Store(&reload)
	defer b.reload.Store(nil)
	return errors.Join(server.Run(ctx, ready), s.Close())
}

// house is a served database with the configuration in force: what the server's doors need of the program.
type house struct {
	*store.Store
	place  cli.Place
	config atomic.Pointer[store.Config]
	keys   atomic.Pointer[keymap.Map] // one for all dashboards
}

// use puts a configuration into force for whoever comes in from now on.
func (h *house) use(c *store.Config) error {
	keys, err := tui.KeysWith(c.Keys)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Path, err)
	}
	h.keys.Store(keys)
	h.config.Store(c)
	return nil
}

// reload reads the configuration again. One that is wrong changes nothing.
func (h *house) reload(server *sshd.Server, log *slog.Logger) {
	before := h.Settings()
	c, err := config(h.place)
	if err == nil {
		if faults := unusable(c); faults != nil {
			err = errors.New(strings.Join(faults, "; "))
		}
	}
	if err == nil {
		err = h.SetSettings(context.Background(), &c.Settings)
		if u := (*domain.UnknownOutcome)(nil); errors.As(err, &u) && u.Kept {
			log.Warn("the disk reported an error while the new settings were put into force", "reason", err.Error())
			err = nil
		}
	}
	if err == nil {
		err = h.use(c) // who comes in between the two is held against the new settings all the same
	}
	if err != nil {
		log.Error("the configuration was not read again: the one before stays in force", "reason", err.Error())
		return
	}
	if text := domain.SettingsChange(before, &c.Settings); text != "" {
		if _, err := h.Note(context.Background(), store.Keeper(&c.Settings, osUser()), store.NoteSettings, text, 0); err != nil {
			log.Error("that the settings changed could not be written into the audit log", "reason", err.Error())
		}
	}
	server.Review()
	log.Info("the configuration was read again", "path", c.Path, "people", len(c.Settings.Users))
}

// Owner finds whose key it is.
func (h *house) Owner(key ssh.PublicKey) (domain.Actor, error) {
	c := h.config.Load()
	login, ok := c.OwnerOf(key.Marshal())
	if !ok {
		return domain.Actor{}, errors.New("the key belongs to nobody in the configuration")
	}
	return domain.ActorFor(&c.Settings, "ssh "+ssh.FingerprintSHA256(key), login)
}

// Account finds who an account of this machine is. One that is nobody's in the configuration has the rights to the file
// all the same, or it would not have come this far: it may look after the database, and has no role for anything else.
func (h *house) Account(name string) (domain.Actor, error) {
	return store.Keeper(&h.config.Load().Settings, name), nil
}

// somebody refuses an account that is nobody's in the configuration.
func (h *house) somebody(who domain.Actor) error {
	if who.Role != "" {
		return nil
	}
	_, err := domain.ActorFor(&h.config.Load().Settings, who.OSUser, "")
	return err
}

// Limits in force.
func (h *house) Limits() sshd.Limits {
	v := h.config.Load().Serve
	return sshd.Limits{Sessions: v.Sessions, SessionsPerPerson: v.SessionsPerPerson, ConnectionsPerMinute: v.ConnectionsPerMinute,
		LoginWithin: v.LoginWithin, Tries: v.Tries, Width: v.Width, Height: v.Height, WriteWithin: v.WriteWithin}
}

// session of a person in the shared database, which stays open when they leave.
func (h *house) session(who domain.Actor) *cli.Session {
	s := session(h.Store, h.config.Load(), who)
	s.Notices, s.Close = nil, func() error { return nil }
	return s
}

// Sit makes the dashboard of a person.
func (h *house) Sit(who domain.Actor, at sshd.Sitting) (*frame.Model, func(), error) {
	if err := h.somebody(who); err != nil {
		return nil, nil, err
	}
	s := h.session(who)
	o := looks(s, "ssh")
	o.KeyMap = h.keys.Load()
	o.Idle = func() (lockAfter, endAfter time.Duration) {
		v := h.config.Load().Privacy
		return v.LockAfter, v.EndAfter
	}
	if at.Local {
		o.Live = "served"
	}
	o.NoColour = o.NoColour || at.NoColour
	return tui.Sit(at.Context, s.Desk, s.Intake, o)
}

// Commands are those of a person.
func (h *house) Commands(who domain.Actor, local bool) cli.Backend {
	return &guest{house: h, actor: who, local: local}
}

// guest is somebody's commands on a served database: what they open is the one that is open already.
type guest struct {
	*house
	actor domain.Actor
	local bool // over the socket; else over SSH
}

// mine refuses what a guest may not choose.
func (g *guest) mine(p cli.Place) error {
	switch {
	case p.DB != "" || p.Config != "":
		return errors.New("the server has one database and one configuration: leave --db and --config out")
	case p.User != "":
		return errors.New("who you are comes from your key or account: leave --user out")
	}
	return nil
}

// notHere refuses a command that is for the machine of the database alone.
func notHere(what string) error {
	return fmt.Errorf("%s is for whoever has the rights to the database's file, on its own machine", what)
}

// Server is nobody: this is the server.
func (g *guest) Server(context.Context, cli.Place) (cli.Server, error) { return nil, nil }

// Serve refuses.
func (g *guest) Serve(context.Context, cli.Place, string, func(cli.Served)) error {
	return errors.New("this database is being served already")
}

// Open gives the person's desk.
func (g *guest) Open(_ context.Context, p cli.Place, _ bool) (*cli.Session, error) {
	if err := g.mine(p); err != nil {
		return nil, err
	}
	if err := g.somebody(g.actor); err != nil {
		return nil, err
	}
	s := g.session(g.actor)
	if !p.Now.IsZero() {
		s.Desk = g.DeskAt(g.actor, p.Now)
		s.Intake = clerk(s.Desk, g.config.Load())
	}
	return s, nil
}

// Exists is so.
func (g *guest) Exists(cli.Place) error { return nil }

// reviews refuses who may not look after the database: over the socket it is whoever has the rights to the file.
func (g *guest) reviews(p cli.Place, what string) error {
	if !g.local && g.actor.Role != domain.Supervisor && g.actor.Role != domain.Auditor {
		return fmt.Errorf("%s is for supervisors and auditors; %s is %s", what, g.actor.Name, g.actor.Role.A())
	}
	return g.mine(p)
}

// Check checks a copy of the database as it is now, and the audit log against its head as they are.
func (g *guest) Check(ctx context.Context, p cli.Place) ([]string, error) {
	if err := g.reviews(p, "check"); err != nil {
		return nil, err
	}
	copied, _, err := g.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer os.Remove(copied) //nolint:errcheck // what is left is removed when the database is next opened
	r, err := checkInChild(ctx, g.place, copied, "--copy")
	var list []string
	switch {
	case spoilt(err):
		list = []string{err.Error()}
	case err != nil:
		return nil, err
	default:
		list = findings(r.Findings, r.More)
	}
	for i := range list {
		list[i] = strings.ReplaceAll(list[i], copied, g.Path())
	}
	log, err := g.AuditVerify(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range findings(log.Findings, log.More) { // the copy's own log was walked too
		if !slices.Contains(list, f) {
			list = append(list, f)
		}
	}
	return list, nil
}

// CheckHere refuses.
func (g *guest) CheckHere(context.Context, cli.Place, bool, io.Writer) error { return notHere("this") }

// Backup hands a checked copy of the database as it is now over to whoever has the rights to its file.
func (g *guest) Backup(ctx context.Context, p cli.Place, file string, files cli.Files) (cli.Copy, error) {
	if !g.local {
		return cli.Copy{}, notHere("backup")
	}
	if err := g.mine(p); err != nil {
		return cli.Copy{}, err
	}
	path, c, err := g.Snapshot(ctx)
	if err != nil {
		return cli.Copy{}, err
	}
	defer os.Remove(path) //nolint:errcheck // as above
	if err := store.CheckCopy(ctx, path, checkCopy(g.place)); err != nil {
		return cli.Copy{}, err
	}
	from, err := os.Open(path)
	if err != nil {
		return cli.Copy{}, err
	}
	defer from.Close()
	record := func() error { return g.NoteBackup(ctx, g.actor, c) }
	if err := cli.KeepCopy(files, file, from, record, c.Same); err != nil {
		return cli.Copy{}, err
	}
	return copyOf(c), g.BackedUp(ctx, c)
}

// Restore refuses.
func (g *guest) Restore(context.Context, cli.Place, string, bool) (cli.Restored, error) {
	return cli.Restored{}, notHere("restore")
}

// VerifyAudit walks the audit log.
func (g *guest) VerifyAudit(ctx context.Context, p cli.Place) (int, []string, error) {
	if err := g.reviews(p, "audit verify"); err != nil {
		return 0, nil, err
	}
	r, err := g.AuditVerify(ctx)
	return int(r.Lines), findings(r.Findings, r.More), err
}

// CheckConfig refuses.
func (g *guest) CheckConfig(cli.Place) (string, []string, error) {
	return "", nil, notHere("config check")
}

// ShowConfig refuses.
func (g *guest) ShowConfig(cli.Place) ([]cli.Setting, error) { return nil, notHere("config show") }

// Demo refuses.
func (g *guest) Demo(context.Context, cli.Place, int, uint64, string, io.Writer) (*cli.Session, error) {
	return nil, notHere("demo")
}

// Dashboard refuses: it is what one gets without a command.
func (g *guest) Dashboard(context.Context, *cli.Session, string) error {
	return errors.New("the dashboard opens without a command")
}

// Status is the exit status for an error.
func (g *guest) Status(err error) int { return (&backend{}).Status(err) }
