// Package sshd is the dashboard over SSH and over the local socket: who may come in, how much of everything they may have,
// and how one session can harm no other. The socket speaks SSH as well, so that terminal sizes, streams, exit statuses and
// signals are the same on both; only who somebody is comes from elsewhere: from the key that authenticated, or from the
// account of the process at the other end.
package sshd

import (
	"context"
	"errors"
	"fmt"
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
	"homeward/tui/cli"
	"homeward/tui/frame"
)

// House is what the server needs of the program whose doors it keeps. All of it may be called from many goroutines.
type House interface {
	// Owner finds whose key it is, by the configuration in force; the error says why nobody's.
	Owner(key gossh.PublicKey) (domain.Actor, error)
	// Account finds who an account of this machine is, likewise.
	Account(name string) (domain.Actor, error)
	// Sit makes the dashboard of a person. leave is called once the sitting is over, however it ended.
	Sit(who domain.Actor, s Sitting) (m *frame.Model, leave func(), err error)
	// Commands are the commands of a person; local says that they come over the socket.
	Commands(who domain.Actor, local bool) cli.Backend
	// Limits in force.
	Limits() Limits
}

// Sitting is how a dashboard is looked at.
type Sitting struct {
	Context  context.Context // ends with the sitting
	Local    bool            // over the socket
	NoColour bool
}

// Limits are how much of everything people may have. All of them are in [serve] of the configuration.
type Limits struct {
	Sessions             int           // at once
	SessionsPerPerson    int           // at once
	ConnectionsPerMinute int           // from one address
	LoginWithin          time.Duration // from connecting to the first command or dashboard
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
	house House
	log   *slog.Logger
	addr  string
	sock  string
	host  gossh.Signer

	doors    admission
	mu       sync.Mutex
	sessions map[*session]struct{}
	byPerson map[string]int
	stopping atomic.Bool
}

// Config of a [Server].
type Config struct {
	House   House
	Listen  string // address and port; port 0 takes a free one
	HostKey string // path of the host key, made where it is missing
	Socket  string // path of the local socket
	Log     *slog.Logger
}

// New makes a server. Errors: a host key that cannot be read or made.
func New(c Config) (*Server, error) {
	host, err := hostKey(c.HostKey)
	if err != nil {
		return nil, err
	}
	return &Server{house: c.House, log: c.Log, addr: c.Listen, sock: c.Socket, host: host,
		sessions: map[*session]struct{}{}, byPerson: map[string]int{}}, nil
}

// Run serves until the context ends, then tells every session, waits for what they are writing down, and lets go. ready is
// told once. Errors: an address or a socket that cannot be had.
func (s *Server) Run(ctx context.Context, ready func(cli.Served)) error {
	tcp, err := net.Listen("tcp", s.addr)
	if err != nil {
		return fmt.Errorf("cannot listen for SSH: %w", err)
	}
	local, err := listenLocal(s.sock)
	if err != nil {
		return errors.Join(err, tcp.Close())
	}
	defer os.Remove(s.sock) //nolint:errcheck // the last word: nobody is left to be told
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
	ready(cli.Served{Address: tcp.Addr().String(), Fingerprint: gossh.FingerprintSHA256(s.host.PublicKey()), Socket: s.sock})
	select {
	case <-ctx.Done():
		err = nil
	case err = <-broke:
		err = fmt.Errorf("the server stopped listening: %w", err)
	}
	s.stopping.Store(true)
	_ = tcp.Close() // from here on nobody comes in
	_ = local.Close()
	s.endAll("homeward is being stopped. What you were typing is kept; connect again later.", func(*session) bool { return true })
	s.await(farewell)
	_ = overSSH.Close()
	_ = overSocket.Close()
	s.await(drain)
	return err
}

// server makes one of the two doors. Without a way to authenticate the library lets everyone in: for the socket, where the
// kernel has said who it is before the first byte.
func (s *Server) server(admit ssh.ConnCallback, ops ...ssh.Option) (*ssh.Server, error) {
	ops = append(ops, func(v *ssh.Server) error {
		v.AddHostKey(s.host)
		v.Version = "homeward"
		v.HandshakeTimeout = s.house.Limits().LoginWithin
		v.ConnCallback = admit
		v.ChannelHandlers = map[string]ssh.ChannelHandler{"session": s.channel, "default": s.refuseChannel}
		v.RequestHandlers = map[string]ssh.RequestHandler{"default": s.refuseRequest}
		v.SubsystemHandlers = map[string]ssh.SubsystemHandler{}
		v.ServerConfigCallback = func(ctx ssh.Context) *gossh.ServerConfig {
			return &gossh.ServerConfig{MaxAuthTries: s.house.Limits().Tries, AuthLogCallback: s.logAuth(ctx)}
		}
		return nil
	})
	return wish.NewServer(ops...)
}

// Review holds every session against the configuration in force: whoever is no longer the person they came in as is out at
// once (INTERFACES, SIGHUP).
func (s *Server) Review() {
	s.endAll("Your entry in the configuration has changed, so this session has ended. What you were typing is kept.", func(se *session) bool {
		now, err := se.is.who(s.house)
		return err != nil || now != se.actor
	})
}

// endAll ends the sessions of which out says so.
func (s *Server) endAll(why string, out func(*session) bool) {
	s.mu.Lock()
	var list []*session
	for se := range s.sessions {
		list = append(list, se)
	}
	s.mu.Unlock()
	for _, se := range list {
		if out(se) {
			s.log.Info("session ended by the server", "person", se.actor.Login, "from", se.from)
			go se.end(why)
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
	l := s.house.Limits()
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
