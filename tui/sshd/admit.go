package sshd

import (
	"errors"
	"fmt"
	"net"
	"os/user"
	"slices"
	"strconv"
	"time"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"homeward/domain"
)

type contextKey int

const (
	peerKey    contextKey = iota // string: the account at the other end of the socket
	takenKey                     // bool: the connection has had its session
	comingKey                    // *coming: the connection itself
	offeredKey                   // *offered: the key that was asked for last, where it is refused
)

// Kinds of refusals, each of which has a line a minute of its own.
const (
	atTheDoor = "door"    // before somebody has come in, or asked for anything
	forRoom   = "session" // of who has come in and gets no session
	inside    = "request" // of who has, and asks for what there is not
)

// admit lets a connection over the network begin its handshake.
func (s *Server) admit(ctx ssh.Context, conn net.Conn) net.Conn {
	c := s.comes(ctx, conn, placeOf(conn.RemoteAddr()))
	ok, instead := s.doors.let(c, s.served.Limits().ConnectionsPerMinute)
	if !ok {
		c.patience.Stop()
		s.refused.tell(atTheDoor, c.place, c.from(), "connection refused: too many")
		return nil
	}
	if instead != nil {
		s.refused.tell(atTheDoor, instead.place, instead.from(), "connection dropped: it asked for nothing, and others wait")
		_ = instead.Close()
	}
	return s.waits(c)
}

// comes makes a connection known to itself.
func (s *Server) comes(ctx ssh.Context, conn net.Conn, place string) *coming {
	c := &coming{Conn: conn, ctx: ctx, place: place, since: time.Now()}
	c.leave = func() { s.doors.out(c) }
	c.patience = time.AfterFunc(time.Hour, func() { // set anew before it matters
		if !c.closed.Load() {
			s.refused.tell(atTheDoor, place, c.from(), "connection dropped: it asked for nothing", "within", s.served.Limits().LoginWithin.String())
			_ = c.Close()
		}
	})
	return c
}

// waits gives a connection its time to log in.
func (s *Server) waits(c *coming) net.Conn {
	c.ctx.SetValue(comingKey, c)
	c.patience.Reset(s.served.Limits().LoginWithin)
	return c
}

// comingOf is the connection of a context.
func comingOf(ctx ssh.Context) *coming {
	c, _ := ctx.Value(comingKey).(*coming)
	return c
}

// admitLocal lets a connection over the socket in whose account is this one's or root's. What the network may have at once does
// not count for it.
func (s *Server) admitLocal(ctx ssh.Context, conn net.Conn) net.Conn {
	uid, err := peerUID(conn)
	if err == nil && !trusts(uid) {
		err = fmt.Errorf("account %d is not the one that serves", uid)
	}
	if err != nil {
		s.refused.tell(atTheDoor, "socket", "socket", "connection to the socket refused", "reason", err.Error())
		return nil
	}
	ctx.SetValue(peerKey, accountName(uid))
	c := s.comes(ctx, conn, "")
	s.doors.in(c)
	return s.waits(c)
}

func accountName(uid int) string {
	if u, err := user.LookupId(strconv.Itoa(uid)); err == nil && u.Username != "" {
		return u.Username
	}
	return "uid " + strconv.Itoa(uid)
}

// offered is a key that is refused.
type offered struct {
	print string // of the key
	why   error
}

// knows says whether a key belongs to somebody. It is asked for keys that are only offered, too: who somebody is comes from
// the one that authenticated, later.
func (s *Server) knows(ctx ssh.Context, key ssh.PublicKey) bool {
	_, err := ownerOf(s.served, key)
	ctx.SetValue(offeredKey, (*offered)(nil))
	if err != nil {
		ctx.SetValue(offeredKey, &offered{gossh.FingerprintSHA256(key), err})
	}
	return err == nil
}

// logAuth tells of logins that were refused, and gives one that was not its time to ask for something. The name a client gives
// is told where it is a login of the configuration only: in place of one people type anything, a password among it.
func (s *Server) logAuth(ctx ssh.Context) func(gossh.ConnMetadata, string, error) {
	return func(conn gossh.ConnMetadata, method string, err error) {
		c := comingOf(ctx)
		switch {
		case c == nil:
		case err == nil:
			c.patience.Reset(s.served.Limits().LoginWithin)
		case method != "none": // with which every client asks what there is
			attrs := []any{"method", known(method, "publickey", "password", "keyboard-interactive", "hostbased", "gssapi-with-mic")}
			if s.served.Login(conn.User()) {
				attrs = append(attrs, "name", conn.User())
			}
			kind := atTheDoor
			if o, ok := ctx.Value(offeredKey).(*offered); ok && o != nil && method == "publickey" {
				attrs = append(attrs, "key", o.print, "reason", o.why.Error())
				if known := (*domain.Refusal)(nil); errors.As(o.why, &known) { // of people there are so many and no more
					kind += " " + o.why.Error()
				}
			}
			s.refused.tell(kind, c.place, c.from(), "login refused", attrs...)
		}
	}
}

// known is a word that a client used where it is one of some, so that nothing else of what it says gets into the journal.
func known(word string, words ...string) string {
	if slices.Contains(words, word) {
		return word
	}
	return "another"
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

// refuses tells of what somebody who has come in asked for in vain.
func (s *Server) refuses(what string, ctx ssh.Context, kind string) {
	if c := comingOf(ctx); c != nil {
		s.refused.tell(inside+" "+what+" "+kind, c.place, c.from(), what+" refused", "type", kind)
	}
}

// refuseChannel refuses what is no session: forwarded ports, agents, displays.
func (s *Server) refuseChannel(_ *ssh.Server, _ *gossh.ServerConn, ch gossh.NewChannel, ctx ssh.Context) {
	s.refuses("channel", ctx, known(ch.ChannelType(), "direct-tcpip", "direct-streamlocal@openssh.com", "x11", "auth-agent@openssh.com", "tun@openssh.com"))
	_ = ch.Reject(gossh.Prohibited, "homeward shows its dashboard and runs its commands; nothing is forwarded")
}

// refuseRequest refuses what asks something of the whole connection, above all to forward ports. Keep-alives get the answer
// they wait for.
func (s *Server) refuseRequest(ctx ssh.Context, _ *ssh.Server, req *gossh.Request) (bool, []byte) {
	switch req.Type {
	case "keepalive@openssh.com", "no-more-sessions@openssh.com", "hostkeys-prove-00@openssh.com":
	default:
		s.refuses("request", ctx, known(req.Type, "tcpip-forward", "cancel-tcpip-forward", "streamlocal-forward@openssh.com", "cancel-streamlocal-forward@openssh.com"))
	}
	return false, nil
}
