// Homeward keeps the return home interviews of a missing children team. This file wires the store to the screens and
// commands; nothing else knows both.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
	_ "time/tzdata" // Europe/London is right on a bare machine too

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store"
	"homeward/store/intake"
	"homeward/store/keyring"
	"homeward/store/seed"
	"homeward/tui"
	"homeward/tui/cli"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/sshd"
	"homeward/tui/theme"
)

func main() {
	if err := store.NoCoreDumps(); err != nil {
		fmt.Fprintln(os.Stderr, "homeward:", err)
	}
	// The program's own context, of which every other comes: a signal ends it.
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
	status := cli.Run(ctx, os.Args[1:], cli.ProcessStreams(), b)
	stop()
	os.Exit(status)
}

// backend is the program behind the commands.
type backend struct {
	keys   sync.Once
	unlock *store.Unlocker        // finds the key to an encrypted database
	reload atomic.Pointer[func()] // what a hang-up means while this process serves
}

// at is a place as the store has it, with the words of the themes, which it does not know itself. What opened one database of this
// process opens the next.
func (b *backend) at(p cli.Place) store.Place {
	b.keys.Do(func() {
		b.unlock = store.NewUnlocker(p.Ask, os.Getenv("CREDENTIALS_DIRECTORY"), p.KeyFile)
	})
	return store.Place{Config: p.Config, DB: p.DB, Now: p.Now, User: p.User, KeyFile: p.KeyFile, Keys: b.unlock, Themes: theme.Settings()}
}

// find reads the configuration of a place and finds its database.
func (b *backend) find(p cli.Place) (*store.Site, error) { return b.at(p).Find() }

// Keys is what is done about the keys of a database.
func (b *backend) Keys(p cli.Place) view.Keys {
	return b.at(p).KeyWork(func(ctx context.Context) (bool, error) {
		server, err := b.Server(ctx, p)
		if server == nil || err != nil {
			return false, err
		}
		return true, server.Close()
	}, b.checker(p, true))
}

// checker runs this program's own check in a child process, by the configuration of a place: a damaged file can make its
// reader crash or run for ever. It has the keys that were found until then, and those of more.
func (b *backend) checker(p cli.Place, copied bool, more ...func() []*keyring.Ring) store.Checker {
	return func(ctx context.Context, path string) (store.CheckReport, error) {
		self, err := os.Executable()
		if err != nil {
			return store.CheckReport{}, err
		}
		rings := b.at(p).Keys.Rings()
		for _, m := range more {
			rings = append(m(), rings...)
		}
		return store.CheckInChild(ctx, self, cli.CheckArgs(path, copied, p.Config), store.CheckLimit, rings)
	}
}

// Open opens a database for one person.
func (b *backend) Open(_ context.Context, p cli.Place, write bool) (*cli.Session, error) {
	site, err := b.find(p)
	if err != nil {
		return nil, err
	}
	actor, err := site.Actor()
	if err != nil {
		return nil, err
	}
	mode := store.Read
	if write {
		mode = store.Write
	}
	s, err := site.Open(mode)
	if err != nil {
		return nil, err
	}
	return session(s, site.Config, actor), nil
}

func session(s *store.Store, c *store.Config, actor domain.Actor) *cli.Session {
	d := s.Desk(actor)
	out := &cli.Session{Desk: d, Intake: clerk(d, c), Close: s.Close, Papers: cli.Papers(c.Papers), Notices: s.Notices()}
	if s.Created() {
		out.Notices = append(out.Notices, "made a new database: "+s.Path())
	}
	out.Dashboard = func(ctx context.Context, where string) error {
		o := looks(c, actor.Role, where)
		o.Plain = !s.Encrypted()
		return tui.Run(ctx, out.Desk, out.Intake, o)
	}
	return out
}

// looks are how somebody's dashboard is to look.
func looks(c *store.Config, role domain.Role, where string) tui.Options {
	o := tui.Options{Theme: c.Theme.Name, ASCII: c.Theme.ASCII, Bell: c.Theme.Bell, Mouse: c.Theme.Mouse, Keys: c.Keys, Live: where,
		LockAfter: c.Privacy.LockAfter, EndAfter: c.Privacy.EndAfter, MaskNames: slices.Contains(c.Privacy.Mask, string(role))}
	if o.Theme == "no_colour" {
		o.Theme, o.NoColour = "", true
	}
	return o
}

func clerk(d view.Desk, c *store.Config) *intake.Clerk {
	return &intake.Clerk{Desk: d, Folder: c.Intake.Folder, Maps: c.Intake.Maps, Blank: c.Intake.BlankWords}
}

// Server finds the server that has the database open; nil where none has.
func (b *backend) Server(ctx context.Context, p cli.Place) (cli.Server, error) {
	c, err := b.at(p).LoadConfig()
	var faults store.ConfigErrors
	if err != nil && !(errors.As(err, &faults) && p.DB != "") { // a command says itself what is wrong with its configuration
		return nil, nil //nolint:nilerr // it will
	}
	path, err := b.at(p).Database(c)
	if err != nil {
		return nil, err
	}
	server, err := sshd.Dial(ctx, path)
	if server == nil || err != nil {
		return nil, err
	}
	return server, nil
}

// Exists gives an error where there is no database at all.
func (b *backend) Exists(p cli.Place) error {
	site, err := b.find(p)
	if err != nil {
		return err
	}
	return site.Exists()
}

// Check walks the whole database.
func (b *backend) Check(ctx context.Context, p cli.Place) (view.Examined, error) {
	site, err := b.find(p)
	if err != nil {
		return view.Examined{}, err
	}
	return site.Check(ctx, b.checker(p, false))
}

// CheckHere is the child process of a check.
func (b *backend) CheckHere(ctx context.Context, p cli.Place, copied bool, in io.Reader, out io.Writer) error {
	return b.at(p).CheckToPipe(ctx, in, out, copied)
}

// VerifyAudit walks the audit log.
func (b *backend) VerifyAudit(ctx context.Context, p cli.Place) (view.Examined, error) {
	site, err := b.find(p)
	if err != nil {
		return view.Examined{}, err
	}
	return site.VerifyAudit(ctx)
}

// Backup copies the database to a new file.
func (b *backend) Backup(ctx context.Context, p cli.Place, file string, _ cli.Files) (cli.Copy, error) {
	site, err := b.find(p)
	if err != nil {
		return cli.Copy{}, err
	}
	c, err := site.Backup(ctx, file, b.checker(p, true))
	return copyOf(c), err
}

func copyOf(c store.Copied) cli.Copy {
	return cli.Copy{Lines: c.Lines, Size: c.Size, Sum: c.Sum, Unsaid: c.Unsaid}
}

// Restore makes the database from a backup.
func (b *backend) Restore(ctx context.Context, p cli.Place, file string, replace bool) (out cli.Restored, err error) {
	site, err := b.find(p)
	if err != nil {
		return out, err
	}
	server, err := b.Server(ctx, p)
	if pretender := (*cli.NotJoined)(nil); err != nil && !errors.As(err, &pretender) {
		return out, err
	}
	if server != nil {
		return out, errors.Join(&store.Problem{Kind: store.ErrHeld, Path: site.Path, Text: "this database is in use: it is being served. End homeward serve first"}, server.Close())
	}
	r, err := site.Restore(ctx, file, replace, b.checker(p, true))
	out = cli.Restored{Copy: copyOf(r.Copied), Path: site.Path}
	for _, kept := range []string{r.Kept, r.KeptHead} {
		if kept != "" {
			out.Kept = append(out.Kept, kept)
		}
	}
	return out, err
}

// Doctor looks at everything round the database, by the configuration named or else by the server's.
func (b *backend) Doctor(ctx context.Context, p cli.Place) ([]view.Sign, error) {
	d := b.doctor(p)
	if path, err := d.Place.Database(d.Config); err == nil && (len(d.Faults) == 0 || p.DB != "") {
		server := b.serverOf(ctx, p, path)
		if in := server.Inside; in != nil && p.Config == "" && in.Config != "" {
			p.Config, p.DB = in.Config, path
			d = b.doctor(p)
		}
		d.Server = server
	}
	return d.Look(ctx), nil
}

// doctor reads the configuration of a place, as well as it can be read.
func (b *backend) doctor(p cli.Place) *store.Doctor {
	c, err := b.at(p).LoadConfig()
	d := &store.Doctor{Place: b.at(p), Config: c, Check: b.checker(p, true)}
	var wrong store.ConfigErrors
	switch {
	case errors.As(err, &wrong):
		d.Faults = wrong.Faults()
	case err != nil:
		d.Faults = []string{err.Error()}
	default:
		d.Faults = unusable(c)
		return d
	}
	d.Config = store.DefaultConfig()
	return d
}

// serverOf asks the server of a database what a doctor cannot see.
func (b *backend) serverOf(ctx context.Context, p cli.Place, path string) (s store.DoctorServer) {
	s.Socket, _ = sshd.SocketPath(path)
	server, err := b.Server(ctx, p)
	if server == nil || err != nil {
		if err != nil {
			s.Fault = err.Error()
		}
		return s
	}
	said, err := cli.AskInside(ctx, server)
	if err == nil {
		s.Inside = new(store.Inside)
		err = json.Unmarshal(said, s.Inside)
	}
	if err != nil {
		s.Inside, s.Fault = nil, err.Error()
	}
	return s
}

// Inside has nothing to tell: this process serves nobody.
func (b *backend) Inside(context.Context, cli.Place, io.Writer) error {
	return errors.New("no server runs that could tell")
}

// CheckConfig gives the faults of the configuration.
func (b *backend) CheckConfig(p cli.Place) (string, []string, error) {
	c, err := b.at(p).LoadConfig()
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
	if err := c.Serve.CheckCommand(); err != nil { // a server serves all the same, and says so
		return "", []string{err.Error()}, nil
	}
	return c.Path + " is sound", nil, nil
}

// unusable are the faults of a configuration that only the screens and the letters can tell.
func unusable(c *store.Config) []string {
	if _, err := keysOf(c); err != nil {
		return []string{err.Error()}
	}
	return cli.CheckLetters(cli.Papers(c.Papers))
}

func keysOf(c *store.Config) (*keymap.Map, error) {
	keys, err := tui.KeysWith(c.Keys)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Path, err)
	}
	return keys, nil
}

// SuggestMap looks at a file of another system; the words that the configuration knows are known.
func (b *backend) SuggestMap(ctx context.Context, p cli.Place, from io.Reader, sheet, name string) (string, error) {
	c, err := b.at(p).LoadConfig()
	if err != nil {
		return "", err
	}
	return intake.SuggestMap(ctx, from, sheet, name, &c.Settings, c.Intake.BlankWords)
}

// ShowConfig lists the settings in force.
func (b *backend) ShowConfig(p cli.Place) ([]cli.Setting, error) {
	c, err := b.at(p).LoadConfig()
	if err != nil {
		return nil, err
	}
	var out []cli.Setting
	for _, s := range c.Show() {
		out = append(out, cli.Setting(s))
	}
	return out, nil
}

// Demo makes a made-up team.
func (b *backend) Demo(ctx context.Context, p cli.Place, children int, number uint64, keep string, say io.Writer) (*cli.Session, error) {
	made, err := seed.Make(ctx, store.Account(), keep, p.Now, children, number)
	if err != nil {
		return nil, err
	}
	if keep != "" {
		fmt.Fprintln(say, "the made-up team is in", keep)
	}
	actor, err := domain.ActorFor(&made.Settings, made.Now(), store.Account(), p.User)
	if err != nil {
		return nil, errors.Join(err, made.Close())
	}
	out := session(made.Store, &store.Config{Settings: made.Settings}, actor)
	out.Notices, out.Close = nil, made.Close
	return out, nil
}

// Formats are the numbers of the files this program writes.
func (b *backend) Formats() (file, records int) { return store.Formats() }

// Status is the exit status for an error.
func (b *backend) Status(err error) int {
	if errors.Is(err, store.ErrHeld) {
		return cli.StatusHeld
	}
	return cli.StatusFailed
}

// Serve serves the database until the context ends.
func (b *backend) Serve(ctx context.Context, p cli.Place, listen string, ready func(cli.Endpoint)) error {
	site, err := b.find(p)
	if err != nil {
		return err
	}
	c, path := site.Config, site.Path
	if listen == "" {
		listen = c.Serve.Listen
	}
	if _, err := net.ResolveTCPAddr("tcp", listen); err != nil { // before a database is made for nothing
		return fmt.Errorf("--listen: %w", err)
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	s, err := site.Open(store.Write)
	if errors.Is(err, store.ErrSealed) && site.NobodyToAsk() {
		if err = gate(site, listen, log).Wait(ctx, func(address, fingerprint string) {
			log.Warn("the database is encrypted and there is no key: nobody can work until somebody who has a passphrase gives it over SSH", "address", address, "host_key", fingerprint)
		}); err == nil {
			s, err = site.Open(store.Write)
		}
	}
	if err != nil {
		return err
	}
	if err := site.MayServe(s, listen); err != nil {
		return errors.Join(err, s.Close())
	}
	// Every open dashboard draws: what it drew before is garbage, and collecting it sooner keeps many sessions small.
	debug.SetGCPercent(50)
	keys, err := keysOf(c)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	v := &served{Served: store.NewServed(s, c, b.checker(p, true, s.Rings)), place: func() store.Place { return b.at(p) }}
	v.keys.Store(keys)
	v.listen.Store(&listen)
	for _, n := range s.Notices() {
		log.Warn(n)
	}
	for _, m := range site.Modes() {
		log.Warn(m.Found, "do", m.Do)
	}
	if s.Created() {
		log.Warn("made a new database", "path", path)
	}
	if !c.HasKeys() {
		log.Warn("nobody in the configuration has a key: nobody can come in over SSH", "config", c.Path)
	}
	server, err := sshd.New(sshd.Config{Served: v, Listen: listen, Database: path, HostKey: c.Serve.HostKey, Log: log})
	if err != nil {
		return errors.Join(err, s.Close())
	}
	rest := v.Attend(ctx, log)
	reload := func() { v.reload(ctx, server, log) }
	b.reload.Store(&reload)
	defer b.reload.Store(nil)
	err = server.Run(ctx, func(e cli.Endpoint) {
		v.listen.Store(&e.Address)
		ready(e)
	})
	rest()
	return errors.Join(err, s.Close())
}

// gate answers over SSH until one of the people of the configuration has given a passphrase.
func gate(site *store.Site, listen string, log *slog.Logger) *sshd.Gate {
	const within = 2 * time.Minute // to type it
	c := site.Config.Serve
	return &sshd.Gate{Listen: listen, HostKey: cmp.Or(c.HostKey, site.Path+".hostkey"), Within: within, Tries: c.Tries, Log: log,
		Owner: site.OwnerOf, Try: site.TryPassphrase}
}

// served is a served database as the server needs it.
type served struct {
	*store.Served
	place func() store.Place
	keys  atomic.Pointer[keymap.Map] // one for all dashboards
	// listen is where SSH is answered, once it is.
	listen atomic.Pointer[string]
}

var _ sshd.Served = (*served)(nil)

// reload reads the configuration again. One that is wrong changes nothing.
func (v *served) reload(ctx context.Context, server *sshd.Server, log *slog.Logger) {
	c, err := v.replace(ctx, log)
	if err != nil {
		log.Error("the configuration was not read again: the one before stays in force", "reason", err.Error())
		return
	}
	server.Review()
	log.Info("the configuration was read again", "path", c.Path, "people", len(c.Settings.Users))
}

// replace puts the configuration as it is now into force for everybody.
func (v *served) replace(ctx context.Context, log *slog.Logger) (*store.Config, error) {
	c, err := v.place().LoadConfig()
	if err != nil {
		return nil, err
	}
	if faults := unusable(c); faults != nil {
		return nil, errors.New(strings.Join(faults, "; "))
	}
	keys, err := keysOf(c)
	if err != nil {
		return nil, err
	}
	if err := v.Replace(ctx, c, log); err != nil {
		return nil, err
	}
	v.keys.Store(keys)
	return c, nil
}

// Limits in force.
func (v *served) Limits() sshd.Limits {
	c := v.Config().Serve
	return sshd.Limits{Sessions: c.Sessions, SessionsPerPerson: c.SessionsPerPerson, Cells: c.CellsPerPerson, ConnectionsPerMinute: c.ConnectionsPerMinute,
		LoginWithin: c.LoginWithin, Tries: c.Tries, Width: c.Width, Height: c.Height, WriteWithin: c.WriteWithin}
}

// Open opens the shared database for a person; it stays open when they leave.
func (v *served) Open(who domain.Actor, now time.Time) (*cli.Session, error) {
	if err := v.Somebody(who); err != nil {
		return nil, err
	}
	c := v.Config()
	s := session(v.Store, c, who)
	s.Notices, s.Close = nil, func() error { return nil }
	if !now.IsZero() {
		s.Desk = v.DeskAt(who, now)
		s.Intake = clerk(s.Desk, c)
	}
	return s, nil
}

// Dashboard makes the dashboard of a person.
func (v *served) Dashboard(ctx context.Context, who domain.Actor, by sshd.Viewer) (*frame.Model, func(), error) {
	s, err := v.Open(who, time.Time{})
	if err != nil {
		return nil, nil, err
	}
	if !by.Local {
		afar := clerk(s.Desk, v.Config())
		afar.Afar = true
		s.Intake = afar
	}
	o := looks(v.Config(), who.Role, "ssh")
	o.Plain = !v.Encrypted()
	o.KeyMap, o.WrongCode = v.keys.Load(), by.WrongCode
	o.Idle = func() (lockAfter, endAfter time.Duration) {
		c := v.Config().Privacy
		return c.LockAfter, c.EndAfter
	}
	if by.Local {
		o.Live = "served"
	}
	o.NoColour = o.NoColour || by.NoColour
	return tui.Open(ctx, s.Desk, s.Intake, o)
}

// Backup hands over a checked copy of the database as it is now.
func (v *served) Backup(ctx context.Context, who domain.Actor, file string, files cli.Files) (cli.Copy, error) {
	c, err := v.HandOver(ctx, who, func(from io.Reader, record func() error, same func(io.Reader) error) error {
		return cli.KeepCopy(files, file, from, record, same)
	})
	return copyOf(c), err
}

// Inside tells a doctor what it cannot see.
func (v *served) Inside(ctx context.Context, out io.Writer) error {
	in, err := v.Served.Inside(ctx, *v.listen.Load())
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(in)
}

// SuggestMap looks at a file of another system.
func (v *served) SuggestMap(ctx context.Context, from io.Reader, sheet, name string) (string, error) {
	c := v.Config()
	return intake.SuggestMap(ctx, from, sheet, name, &c.Settings, c.Intake.BlankWords)
}

// Formats are the numbers of the files this program writes.
func (v *served) Formats() (file, records int) { return store.Formats() }

// Status is the exit status for an error.
func (v *served) Status(err error) int { return (&backend{}).Status(err) }
