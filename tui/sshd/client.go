package sshd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"homeward/tui/cli"
)

// Dial finds the server of a database by its socket; nil where none runs. Errors: [cli.NotJoined] for a socket that is not
// proven to be the database owner's, a server that does not answer, and the context's.
func Dial(ctx context.Context, database string) (*Client, error) {
	d, err := doorOf(database)
	if err != nil {
		return nil, err
	}
	conn, err := d.dial(ctx)
	if conn == nil || err != nil {
		return nil, err
	}
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second)) // a local socket that refuses this fails below
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	// The kernel has said whose process is at the other end; the key adds nothing to that.
	c, chans, reqs, err := gossh.NewClientConn(conn, d.path, &gossh.ClientConfig{User: "local", HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil && ctx.Err() != nil {
		_ = conn.Close()
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the server of this database does not answer on %s: %w", d.path, err), conn.Close())
	}
	_ = conn.SetDeadline(time.Time{})
	return &Client{conn: c, net: conn, chans: chans, reqs: reqs}, nil
}

// Client is a connection to the server over its socket, for one command or one dashboard.
type Client struct {
	conn  gossh.Conn
	net   net.Conn
	chans <-chan gossh.NewChannel
	reqs  <-chan *gossh.Request
}

var _ cli.Server = (*Client)(nil)

// Close leaves the server.
func (c *Client) Close() error {
	if err := c.conn.Close(); err != nil && !errors.Is(err, net.ErrClosed) && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

// patience is how long a command that was told to end may take to say what it did.
const patience = 15 * time.Second

// Run has the server run a command line; none is the dashboard. Its error says that the server went away meanwhile.
func (c *Client) Run(ctx context.Context, args []string, streams cli.Streams) (status int, err error) {
	go gossh.DiscardRequests(c.reqs)
	go serveFiles(c.chans, args, streams.Files)
	ch, reqs, err := c.conn.OpenChannel("session", nil)
	if err != nil {
		var refused *gossh.OpenChannelError
		if errors.As(err, &refused) {
			err = errors.New(refused.Message)
		}
		return cli.StatusFailed, err
	}
	for _, name := range []string{"TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "LC_CTYPE"} {
		if v := streams.Env(name); v != "" {
			_, _ = ch.SendRequest("env", false, gossh.Marshal(struct{ Key, Value string }{name, v}))
		}
	}
	s := &remoteSession{ch: ch, streams: streams, exit: make(chan int, 1), wants: make(chan struct{}, 1)}
	go s.listen(reqs)
	if len(args) == 0 {
		return s.dashboard(ctx)
	}
	return s.command(ctx, args)
}

// remoteSession is what runs at the server for us.
type remoteSession struct {
	ch      gossh.Channel
	streams cli.Streams
	exit    chan int
	wants   chan struct{}
}

// listen waits for what the server says of the session.
func (s *remoteSession) listen(reqs <-chan *gossh.Request) {
	for req := range reqs {
		switch req.Type {
		case "exit-status":
			var p struct{ Status uint32 }
			if gossh.Unmarshal(req.Payload, &p) == nil {
				s.exit <- int(p.Status)
			}
		case wantsInput:
			select {
			case s.wants <- struct{}{}:
			default:
			}
		}
		if req.WantReply {
			_ = req.Reply(false, nil)
		}
	}
	close(s.exit)
}

// errServerGone is what is left to say when the connection ended by itself.
var errServerGone = errors.New("the server has gone: what was answered until then is kept, and the same again finishes the rest")

// command runs one; standard input goes over once the command reads it.
func (s *remoteSession) command(ctx context.Context, args []string) (int, error) {
	on := func(b bool) string {
		if b {
			return "1"
		}
		return "0"
	}
	terminals := on(s.streams.InTerminal) + on(s.streams.OutTerminal) + on(s.streams.ErrTerminal)
	_, _ = s.ch.SendRequest("env", false, gossh.Marshal(struct{ Key, Value string }{terminalsEnv, terminals}))
	ok, err := s.ch.SendRequest("exec", true, gossh.Marshal(struct{ Words string }{quote(args)}))
	if err != nil || !ok {
		return cli.StatusFailed, errors.New("the server did not take the command: it may be too long")
	}
	go func() {
		if _, asked := <-s.wants; asked {
			_, _ = io.Copy(s.ch, s.streams.In)
			_ = s.ch.CloseWrite()
		}
	}()
	errOut := make(chan error, 1)
	go func() {
		_, err := io.Copy(s.streams.Err, s.ch.Stderr())
		errOut <- err
	}()
	done := make(chan error, 1)
	go func() {
		_, err := io.Copy(s.streams.Out, s.ch)
		if err != nil { // nobody reads what we print: the command is to end as it would here
			_ = s.ch.Close()
		}
		done <- err
	}()
	select {
	case err = <-done:
	case <-ctx.Done():
		_, _ = s.ch.SendRequest("signal", false, gossh.Marshal(struct{ Name string }{"INT"}))
		select {
		case err = <-done:
		case <-time.After(patience):
			return cli.StatusFailed, errors.New("the server does not answer: see with homeward audit list what was done")
		}
	}
	if err != nil {
		return cli.StatusFailed, err
	}
	if err := <-errOut; err != nil {
		return cli.StatusFailed, err
	}
	code, said := <-s.exit
	if !said {
		return cli.StatusFailed, errServerGone
	}
	return code, nil
}

// quote writes arguments as a shell would need them, which is how the server reads a command line.
func quote(args []string) string {
	var out []string
	for _, a := range args {
		out = append(out, "'"+strings.ReplaceAll(a, "'", `'\''`)+"'")
	}
	return strings.Join(out, " ")
}

// leaveTerminal are the sequences that give a terminal back when whoever drew on it is gone: mouse, pasting, keys, cursor,
// colours, and the screen that was there before.
const leaveTerminal = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[<u\x1b[>4;0m\x1b[0m\x1b[?25h\x1b[?1049l"

// dashboard joins the terminal to a dashboard at the server.
func (s *remoteSession) dashboard(ctx context.Context) (int, error) {
	t, err := rawTerminal(s.streams.In, s.streams.Out)
	if err != nil {
		return cli.StatusFailed, err
	}
	defer t.restore()
	w, h := t.size()
	pty := struct {
		Term         string
		W, H, PW, PH uint32
		Modes        string
	}{Term: s.streams.Env("TERM"), W: uint32(w), H: uint32(h)}
	if ok, err := s.ch.SendRequest("pty-req", true, gossh.Marshal(pty)); err != nil || !ok {
		return cli.StatusFailed, errors.New("the server refused this terminal")
	}
	if ok, err := s.ch.SendRequest("shell", true, nil); err != nil || !ok {
		return cli.StatusFailed, errors.New("the server did not open a dashboard")
	}
	stop := t.watch(func(w, h int) {
		_, _ = s.ch.SendRequest("window-change", false, gossh.Marshal(struct{ W, H, PW, PH uint32 }{uint32(w), uint32(h), 0, 0}))
	})
	defer stop()
	go func() { _, _ = io.Copy(s.ch, s.streams.In); _ = s.ch.CloseWrite() }()
	said := make(chan string, 1)
	go func() {
		b, _ := io.ReadAll(io.LimitReader(s.ch.Stderr(), 4096))
		said <- string(b)
	}()
	drawn := make(chan struct{})
	go func() { _, _ = io.Copy(s.streams.Out, s.ch); close(drawn) }()
	select {
	case <-drawn:
	case <-ctx.Done(): // this process was told to end: the server keeps what is being typed
		_ = s.ch.CloseWrite()
		select {
		case <-drawn:
		case <-time.After(patience):
		}
	}
	code, ended := <-s.exit
	if !ended {
		_, _ = io.WriteString(s.streams.Out, leaveTerminal)
		return cli.StatusFailed, errors.New("the server has gone: everything saved is safe, and text that was being typed was kept up to the last pause")
	}
	t.restore()
	select {
	case why := <-said:
		_, _ = io.WriteString(s.streams.Err, strings.ReplaceAll(why, "\r", ""))
	case <-time.After(time.Second):
	}
	return code, nil
}

// serveFiles gives the server the files that stand on our command line, and no others.
func serveFiles(chans <-chan gossh.NewChannel, args []string, files cli.Files) {
	for asked := range chans {
		var p fileAsked
		switch {
		case asked.ChannelType() != fileChannel || gossh.Unmarshal(asked.ExtraData(), &p) != nil:
			_ = asked.Reject(gossh.UnknownChannelType, "not here")
		case !named(args, p.Path):
			_ = asked.Reject(gossh.Prohibited, fmt.Sprintf("%s does not stand on the command line", p.Path))
		default:
			go serveFile(asked, p, files)
		}
	}
}

// named says whether a path is an argument, or the value of a flag.
func named(args []string, path string) bool {
	for _, a := range args {
		if a == path || strings.HasSuffix(a, "="+path) && strings.HasPrefix(a, "-") {
			return true
		}
	}
	return false
}

func serveFile(asked gossh.NewChannel, p fileAsked, files cli.Files) {
	refuse := func(err error) { _ = asked.Reject(gossh.ConnectionFailed, err.Error()) }
	switch p.Op {
	case "look":
		at, err := files.Look(p.Path)
		if err != nil {
			refuse(err)
			return
		}
		ch, reqs, err := asked.Accept()
		if err != nil {
			return
		}
		go gossh.DiscardRequests(reqs)
		_, _ = ch.Write(gossh.Marshal(fileFound{at.There, at.Plain, at.Folder, uint64(at.Size), at.Place}))
		_ = ch.Close()
	case "open":
		f, err := files.Open(p.Path)
		if err != nil {
			refuse(err)
			return
		}
		defer f.Close() //nolint:errcheck // opened for reading
		ch, reqs, err := asked.Accept()
		if err != nil {
			return
		}
		go gossh.DiscardRequests(reqs)
		why := ""
		if _, err := io.CopyBuffer(ch, f, make([]byte, 256<<10)); err != nil {
			why = err.Error()
		}
		_, _ = ch.SendRequest(fileKeep, false, gossh.Marshal(struct{ Problem string }{why}))
		_ = ch.CloseWrite()
		_ = ch.Close()
	case "create":
		f, err := files.Create(p.Path)
		if err != nil {
			refuse(err)
			return
		}
		ch, reqs, err := asked.Accept()
		if err != nil {
			_ = f.Drop()
			return
		}
		receiveFile(ch, reqs, f)
	default:
		refuse(errors.New("not asked for in a way that is known"))
	}
}

// receiveFile writes what the server sends and keeps it when told to; a server that goes away leaves no file.
func receiveFile(ch gossh.Channel, reqs <-chan *gossh.Request, f cli.NewFile) {
	_, err := io.CopyBuffer(f, ch, make([]byte, 256<<10))
	if err != nil {
		_, _ = io.Copy(io.Discard, ch) // the server is told at the end
	}
	answer := ""
	if req, ok := <-reqs; ok {
		var p struct{ Replace bool }
		switch {
		case err != nil || gossh.Unmarshal(req.Payload, &p) != nil:
			err = errors.Join(err, f.Drop())
		case req.Type == fileKeep:
			err = f.Keep(p.Replace)
		default:
			err = f.Drop()
		}
		answer = kept
		if err != nil {
			answer = err.Error()
		}
		_ = req.Reply(true, nil)
	}
	if answer == "" { // it never said what to do with it
		_ = f.Drop()
	}
	_, _ = io.WriteString(ch, answer)
	_ = ch.Close()
	gossh.DiscardRequests(reqs)
}
