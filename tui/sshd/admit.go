package sshd

import (
	"errors"
	"fmt"
	"net"
	"os/user"
	"strconv"
	"sync"
	"time"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"homeward/domain"
	"homeward/domain/safe"
)

// admission counts connections by address and minute, and all that are open.
type admission struct {
	mu     sync.Mutex
	minute int64
	from   map[string]int
	open   int
}

// spare is how many connections may be open beside those of sessions: people who are just coming in.
const spare = 100

// let says whether one more may connect from an address.
func (a *admission) let(address string, now time.Time, l Limits) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if m := now.Unix() / 60; m != a.minute || a.from == nil {
		a.minute, a.from = m, map[string]int{}
	}
	if a.open >= l.Sessions+spare || a.from[address] >= l.ConnectionsPerMinute {
		return false
	}
	a.from[address]++
	a.open++
	return true
}

func (a *admission) left() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.open--
}

// counted is a connection that is counted while it is open.
type counted struct {
	net.Conn
	once sync.Once
	left func()
}

// Close closes it and counts it out.
func (c *counted) Close() error {
	err := c.Conn.Close()
	c.once.Do(c.left)
	return err
}

type contextKey int

const (
	peerKey  contextKey = iota // string: the account at the other end of the socket
	takenKey                   // bool: the connection has had its session
)

// admit lets a connection over the network begin its handshake.
func (s *Server) admit(_ ssh.Context, conn net.Conn) net.Conn {
	address, _, err := net.SplitHostPort(conn.RemoteAddr().String())
	if err != nil {
		address = conn.RemoteAddr().String()
	}
	if !s.doors.let(address, time.Now(), s.served.Limits()) {
		s.log.Warn("connection refused: too many", "from", address)
		return nil
	}
	return &counted{Conn: conn, left: s.doors.left}
}

// admitLocal lets a connection over the socket in whose account is this one's or root's.
func (s *Server) admitLocal(ctx ssh.Context, conn net.Conn) net.Conn {
	uid, err := peerUID(conn)
	if err == nil && !trusts(uid) {
		err = fmt.Errorf("account %d is not the one that serves", uid)
	}
	if err != nil {
		s.log.Warn("connection to the socket refused", "reason", err.Error())
		return nil
	}
	ctx.SetValue(peerKey, accountName(uid))
	return conn
}

func accountName(uid int) string {
	if u, err := user.LookupId(strconv.Itoa(uid)); err == nil && u.Username != "" {
		return u.Username
	}
	return "uid " + strconv.Itoa(uid)
}

// knows says whether a key belongs to somebody. It is asked for keys that are only offered, too: who somebody is comes from
// the one that authenticated, later.
func (s *Server) knows(ctx ssh.Context, key ssh.PublicKey) bool {
	_, err := ownerOf(s.served, key)
	if err != nil {
		s.log.Warn("key refused", "from", fmt.Sprint(ctx.RemoteAddr()), "key", gossh.FingerprintSHA256(key), "reason", err.Error())
	}
	return err == nil
}

// logAuth writes down who was refused. The name a client gives is its own word and is made safe.
func (s *Server) logAuth(ssh.Context) func(gossh.ConnMetadata, string, error) {
	return func(conn gossh.ConnMetadata, method string, err error) {
		if err == nil || method == "none" {
			return
		}
		s.log.Warn("login refused", "from", conn.RemoteAddr().String(), "method", safe.CleanLine(method), "name", safe.CleanLine(cut(conn.User(), 64)))
	}
}

func cut(s string, n int) string { return s[:min(len(s), n)] }

// identity is what somebody came in by.
type identity struct {
	key     gossh.PublicKey // over SSH: the one that authenticated
	account string          // over the socket
}

func (i identity) local() bool { return i.key == nil }

// who is the person by the configuration in force.
func (i identity) who(v Served) (domain.Actor, error) {
	if i.local() {
		return v.Account(i.account), nil
	}
	return ownerOf(v, i.key)
}

func ownerOf(v Served, key gossh.PublicKey) (domain.Actor, error) {
	return v.Owner(key.Marshal(), "ssh "+gossh.FingerprintSHA256(key))
}

// identify reads who authenticated on a connection.
func identify(ctx ssh.Context) (identity, error) {
	if account, ok := ctx.Value(peerKey).(string); ok {
		return identity{account: account}, nil
	}
	if key, ok := ctx.Value(ssh.ContextKeyPublicKey).(ssh.PublicKey); ok && key != nil {
		return identity{key: key}, nil
	}
	return identity{}, errors.New("nobody authenticated on this connection")
}

// refuseChannel refuses what is no session: forwarded ports, agents, displays.
func (s *Server) refuseChannel(_ *ssh.Server, conn *gossh.ServerConn, ch gossh.NewChannel, _ ssh.Context) {
	s.log.Warn("channel refused", "from", conn.RemoteAddr().String(), "type", safe.CleanLine(cut(ch.ChannelType(), 64)))
	_ = ch.Reject(gossh.Prohibited, "homeward shows its dashboard and runs its commands; nothing is forwarded")
}

// refuseRequest refuses what asks something of the whole connection, above all to forward ports. Keep-alives get the answer
// they wait for.
func (s *Server) refuseRequest(ctx ssh.Context, _ *ssh.Server, req *gossh.Request) (bool, []byte) {
	switch req.Type {
	case "keepalive@openssh.com", "no-more-sessions@openssh.com", "hostkeys-prove-00@openssh.com":
	default:
		s.log.Warn("request refused", "from", fmt.Sprint(ctx.RemoteAddr()), "type", safe.CleanLine(cut(req.Type, 64)))
	}
	return false, nil
}
