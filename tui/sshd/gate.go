package sshd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"
)

// Gate answers in place of a server whose database is sealed: to nobody but those of the configuration, by their keys, and with one
// question, for the passphrase. It ends once the right one was given.
type Gate struct {
	Listen  string // address and port
	HostKey string // path, as the server's
	// Owner finds whose key it is; the error says why nobody's.
	Owner func(wire []byte) (login string, err error)
	// Try opens the database's keys with a passphrase.
	Try func(passphrase string) error
	// Within is how long a connection may take; Tries how many keys it may offer.
	Within time.Duration
	Tries  int
	Log    *slog.Logger

	trying sync.Mutex // one at a time: each costs a third of a second and much memory
	open   atomic.Int32
	opened chan struct{}
}

// Bounds of a gate.
const (
	gateConnections = 16
	gateTries       = 3 // passphrases, of one connection
	gatePause       = time.Second
	longestPass     = 1 << 10
)

// Wait answers until the passphrase was given, which is nil, or until the context ends. ready is told the address and the host key once.
func (g *Gate) Wait(ctx context.Context, ready func(address, fingerprint string)) error {
	host, err := hostKey(g.HostKey)
	if err != nil {
		return err
	}
	tcp, err := net.Listen("tcp", g.Listen)
	if err != nil {
		return fmt.Errorf("cannot listen for SSH: %w", err)
	}
	g.opened = make(chan struct{})
	server, err := wish.NewServer(wish.WithPublicKeyAuth(g.knows), func(v *ssh.Server) error {
		v.AddHostKey(host)
		v.Version = "homeward"
		v.ConnCallback = g.admit
		v.Handler = g.ask
		v.ChannelHandlers = map[string]ssh.ChannelHandler{"session": ssh.DefaultSessionHandler}
		v.RequestHandlers = map[string]ssh.RequestHandler{}
		v.SubsystemHandlers = map[string]ssh.SubsystemHandler{}
		v.ServerConfigCallback = func(ssh.Context) *gossh.ServerConfig { return &gossh.ServerConfig{MaxAuthTries: g.Tries} }
		return nil
	})
	if err != nil {
		return errors.Join(err, tcp.Close())
	}
	broke := make(chan error, 1)
	go func() { broke <- server.Serve(tcp) }()
	ready(tcp.Addr().String(), gossh.FingerprintSHA256(host.PublicKey()))
	select {
	case <-g.opened:
		time.Sleep(gatePause / 4) // the answer is on its way
	case <-ctx.Done():
		err = ctx.Err()
	case err = <-broke:
		err = fmt.Errorf("the sealed server stopped listening: %w", err)
	}
	_ = server.Close()
	return err
}

// admit lets few in at once, each for a while.
func (g *Gate) admit(ctx ssh.Context, conn net.Conn) net.Conn {
	if g.open.Add(1) > gateConnections {
		g.open.Add(-1)
		return nil
	}
	_ = conn.SetDeadline(time.Now().Add(g.Within))
	go func() {
		<-ctx.Done()
		g.open.Add(-1)
	}()
	return conn
}

func (g *Gate) knows(_ ssh.Context, key ssh.PublicKey) bool {
	_, err := g.Owner(key.Marshal())
	return err == nil
}

// ask asks for the passphrase.
func (g *Gate) ask(s ssh.Session) {
	login := "somebody"
	if key := s.PublicKey(); key != nil {
		if of, err := g.Owner(key.Marshal()); err == nil {
			login = of
		}
	}
	from := s.RemoteAddr().String()
	_, _ = io.WriteString(s, "homeward is sealed: nobody can work until one of the holders of a key opens it.\r\n")
	for range gateTries {
		_, _ = io.WriteString(s, "Passphrase: ")
		typed, err := readSecret(s)
		_, _ = io.WriteString(s, "\r\n")
		if err != nil || typed == "" {
			break
		}
		if g.try(typed) == nil {
			g.Log.Info("the database was opened", "person", login, "from", from)
			_, _ = io.WriteString(s, "It is open: connect again.\r\n")
			_ = s.Exit(0)
			return
		}
		g.Log.Warn("a wrong passphrase for the sealed database", "person", login, "from", from)
		_, _ = io.WriteString(s, "That opens nothing here.\r\n")
	}
	_ = s.Exit(1)
}

func (g *Gate) try(passphrase string) error {
	g.trying.Lock()
	defer g.trying.Unlock()
	select {
	case <-g.opened:
		return nil // somebody else was quicker
	default:
	}
	err := g.Try(passphrase)
	if err == nil {
		close(g.opened)
		return nil
	}
	time.Sleep(gatePause)
	return err
}

// readSecret reads a line without showing it.
func readSecret(from io.Reader) (string, error) {
	var line []byte
	b := make([]byte, 1)
	for len(line) < longestPass {
		if _, err := from.Read(b); err != nil {
			return "", err
		}
		switch c := b[0]; c {
		case '\r', '\n':
			return string(line), nil
		case 3, 4: // ctrl+c, ctrl+d
			return "", io.EOF
		case 8, 127:
			if len(line) > 0 {
				line = line[:len(line)-1]
			}
		case 21: // ctrl+u
			line = line[:0]
		default:
			if c >= ' ' {
				line = append(line, c)
			}
		}
	}
	return "", errors.New("too long")
}
