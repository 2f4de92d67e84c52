// Package sshd is the dashboard over SSH and over the local socket: who may come in, how much of everything they may have,
// and how one session can harm no other. The socket speaks SSH as well, so that terminal sizes, streams, exit statuses and
// signals are the same on both; only who somebody is comes from elsewhere: from the key that authenticated, or from the
// account of the process at the other end.
package sshd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/cli"
	"homeward/tui/frame"
)

// Served is what the server needs of the program whose database it serves. All of it may be called from many goroutines.
type Served interface {
	Database
	// Owner finds whose public key it is, as it goes over the wire, by the configuration in force; the error says why nobody's.
	// The audit log has name in place of the account of the operating system.
	Owner(wire []byte, name string) (domain.Actor, error)
	// Login says whether a name is a login of the configuration in force, also of somebody who has left.
	Login(name string) bool
	// Account finds who an account of this machine is, likewise; one that is nobody's has no role.
	Account(name string) domain.Actor
	// Dashboard makes the dashboard of a person. The context ends with the session; leave is called once it is over, however
	// it ended.
	Dashboard(ctx context.Context, who domain.Actor, v Viewer) (m *frame.Model, leave func(), err error)
	// Limits in force.
	Limits() Limits
}

// Database is the served database as commands need it: of a [cli.Backend] what depends on the database. Who may do what is
// for the server to ask, but for the rules of the work itself.
type Database interface {
	// Open opens it for a person; a time that is not zero is the frozen clock.
	Open(who domain.Actor, now time.Time) (*cli.Session, error)
	// Check walks the whole database; findings are damage.
	Check(ctx context.Context) (view.Examined, error)
	// VerifyAudit walks the audit log.
	VerifyAudit(ctx context.Context) (view.Examined, error)
	// SlotsKept has the log say what changed about the slots of its keys; Rotate seals everything with a new data key.
	SlotsKept(ctx context.Context, who domain.Actor) error
	Rotate(ctx context.Context, who domain.Actor, tell func(entries int)) error
	// Backup copies the database to a new file of the person's, checked and recorded before it has its name.
	Backup(ctx context.Context, who domain.Actor, file string, files cli.Files) (cli.Copy, error)
	// Inside tells, as one line of JSON, what of the database and of this process a doctor cannot see from outside.
	Inside(ctx context.Context, out io.Writer) error
	// SuggestMap looks at a file of another system and gives an [intake.map.NAME] to begin with.
	SuggestMap(ctx context.Context, from io.Reader, sheet, name string) (string, error)
	// Formats are the numbers of the files this program writes.
	Formats() (file, records int)
	// Status is the exit status for an error.
	Status(err error) int
}

// Viewer is how somebody looks at a dashboard.
type Viewer struct {
	Local    bool // over the socket
	NoColour bool
	// WrongCode is told of each wrong lock code.
	WrongCode func(tries int)
}

// Limits are how much of everything people may have. All of them are in [serve] of the configuration.
type Limits struct {
	Sessions             int           // at once
	SessionsPerPerson    int           // at once
	Cells                int           // of one person's windows together, beside a small window each
	ConnectionsPerMinute int           // from one address
	LoginWithin          time.Duration // from connecting to the login, and from there to the first command or dashboard
	Tries                int           // keys a connection may offer
	Width, Height        int           // of a window, at most: a larger one is drawn in part
	WriteWithin          time.Duration // how long a client may refuse to read before it is dropped
}

// Bounds that nobody needs to set (STORAGE, SSH).
const (
	mostEnv      = 32
	longestEnv   = 256
	longestWords = 128 << 10 // of a command line
	farewell     = 5 * time.Second
	drain        = 3 * time.Second
)

// Server serves one database.
type Server struct {
	served Served
	log    *slog.Logger
	addr   string
	door   door
	host   gossh.Signer

	every    time.Duration
	doors    admission
	refused  refusals
	mu       sync.Mutex
	sessions map[*session]struct{}
	byPerson map[string]int
	stopping atomic.Bool
}

// Config of a [Server].
type Config struct {
	Served   Served
	Listen   string // address and port; port 0 takes a free one
	Database string // its path, which says where the local socket is (see [SocketPath])
	HostKey  string // path of the host key, made where it is missing; "" for one beside the database
	Log      *slog.Logger
	// Every is how often people are held against the configuration, and how often the journal is told of refusals from one
	// address; 0 is a minute.
	Every time.Duration
}

// New makes a server. Errors: a host key that cannot be read or made.
func New(c Config) (*Server, error) {
	local, err := doorOf(c.Database)
	if err != nil {
		return nil, err
	}
	if c.HostKey == "" {
		c.HostKey = c.Database + ".hostkey"
	}
	host, err := hostKey(c.HostKey)
	if err != nil {
		return nil, err
	}
	if c.Every == 0 {
		c.Every = time.Minute
	}
	return &Server{every: c.Every, refused: refusals{log: c.Log, every: c.Every}, served: c.Served, log: c.Log, addr: c.Listen, door: local, host: host,
		sessions: map[*session]struct{}{}, byPerson: map[string]int{}}, nil
}

// Run serves until the context ends, then tells every session, waits for what they are writing down, and lets go. ready is
// told once. Errors: an address or a socket that cannot be had.
func (s *Server) Run(ctx context.Context, ready func(cli.Endpoint)) error {
	tcp, err := net.Listen("tcp", s.addr)
	if err != nil {
		return fmt.Errorf("cannot listen for SSH: %w", err)
	}
	local, err := s.door.listen()
	if err != nil {
		return errors.Join(err, tcp.Close())
	}
	defer os.Remove(s.door.path) //nolint:errcheck // the last word: nobody is left to be told
	overSSH, err := s.server(s.admit, wish.WithPublicKeyAuth(s.knows))
	if err != nil {
		return errors.Join(err, tcp.Close(), local.Close())
	}
	overSocket, err := s.server(s.admitLocal)
	if err != nil {
		return errors.Join(err, tcp.Close(), local.Close())
	}
	broke := make(chan error, 2)
	go func() { broke <- overSSH.Serve(tcp) }()
	go func() { broke <- overSocket.Serve(local) }()
	ready(cli.Endpoint{Address: tcp.Addr().String(), Fingerprint: gossh.FingerprintSHA256(s.host.PublicKey()), Socket: s.door.path})
	err = s.minds(ctx, broke)
	defer s.refused.sum(true)
	s.stopping.Store(true)
	_ = tcp.Close() // from here on nobody comes in
	_ = local.Close()
	s.endAll("the server stopped", "homeward is being stopped. What you were typing is kept; connect again later.", func(*session) bool { return true })
	s.await(farewell)
	_ = overSSH.Close()
	_ = overSocket.Close()
	s.await(drain)
	return err
}

// minds looks after who is in, until the context ends or a door breaks: somebody's last day ends without a word from the
// configuration.
func (s *Server) minds(ctx context.Context, broke <-chan error) error {
	tick := time.NewTicker(s.every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-broke:
			return fmt.Errorf("the server stopped listening: %w", err)
		case <-tick.C:
			s.Review()
			s.refused.sum(false)
		}
	}
}

// server makes one of the two doors. Without a way to authenticate the library lets everyone in: for the socket, where the
// kernel has said who it is before the first byte.
func (s *Server) server(admit ssh.ConnCallback, ops ...ssh.Option) (*ssh.Server, error) {
	ops = append(ops, func(v *ssh.Server) error {
		v.AddHostKey(s.host)
		v.Version = "homeward"
		v.ConnCallback = admit
		v.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.channel, "default": s.refuseChannel}
		v.RequestHandlers = map[string]ssh.RequestHandler{"default": s.refuseRequest}
		v.SubsystemHandlers = map[string]ssh.SubsystemHandler{}
		v.ServerConfigCallback = func(ctx ssh.Context) *gossh.ServerConfig {
			return &gossh.ServerConfig{MaxAuthTries: s.served.Limits().Tries, AuthLogCallback: s.logAuth(ctx)}
		}
		return nil
	})
	return wish.NewServer(ops...)
}

// Review holds everybody who is in against the configuration in force: somebody who is no longer the person they came in as is out at
// once (INTERFACES, SIGHUP), whether they asked for anything or not.
func (s *Server) Review() {
	for _, c := range s.doors.all() {
		is, err := identify(c.ctx)
		if err != nil {
			continue // nobody yet: they are asked who they are when they come in
		}
		if _, err := is.who(s.served); err != nil {
			s.refused.tell(atTheDoor, c.place, c.from(), "connection dropped", "reason", err.Error())
			_ = c.Close()
		}
	}
	s.endAll("their entry in the configuration changed", "Your entry in the configuration has changed, so this session has ended. What you were typing is kept.", func(se *session) bool {
		now, err := se.is.who(s.served)
		return err != nil || now != se.actor
	})
}

// endAll ends the sessions of which out says so; why is for the journal, told for the person.
func (s *Server) endAll(why, told string, out func(*session) bool) {
	s.mu.Lock()
	var list []*session
	for se := range s.sessions {
		list = append(list, se)
	}
	s.mu.Unlock()
	for _, se := range list {
		if out(se) {
			s.log.Info("session ended by the server", "person", se.actor.Login, "from", se.from, "why", why)
			go se.end(why, told)
		}
	}
}

// await waits until no session is left, at most for a while.
func (s *Server) await(most time.Duration) {
	for until := time.Now().Add(most); time.Now().Before(until); time.Sleep(10 * time.Millisecond) {
		if s.Sessions() == 0 {
			return
		}
	}
}

// Sessions is how many there are now.
func (s *Server) Sessions() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sessions)
}

// enter counts a session in, or says why it may not.
func (s *Server) enter(se *session) error {
	l := s.served.Limits()
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.stopping.Load():
		return errors.New("homeward is being stopped: connect again in a moment")
	case len(s.sessions) >= l.Sessions:
		return fmt.Errorf("there are %d sessions already, as many as [serve] sessions allows", l.Sessions)
	case s.byPerson[se.actor.Login] >= l.SessionsPerPerson:
		return fmt.Errorf("you have %d sessions already, as many as [serve] sessions_per_person allows", l.SessionsPerPerson)
	}
	s.sessions[se] = struct{}{}
	s.byPerson[se.actor.Login]++
	return nil
}

func (s *Server) exit(se *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, in := s.sessions[se]; !in {
		return
	}
	delete(s.sessions, se)
	if s.byPerson[se.actor.Login]--; s.byPerson[se.actor.Login] <= 0 {
		delete(s.byPerson, se.actor.Login)
	}
}
