package sshd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/anmitsu/go-shlex"
	gossh "golang.org/x/crypto/ssh"

	"homeward/domain/safe"
	"homeward/tui/cli"
)

// terminalsEnv tells which of a command's three streams are terminals at the other end of the socket: "101".
const terminalsEnv = "HOMEWARD_TERMINALS"

// wantsInput is what the server asks once a command begins to read: until then the client leaves its standard input alone,
// which may be a script's.
const wantsInput = "input@homeward"

// command runs one of the program's own commands with this person's role.
func (se *session) command(words string) int {
	args, err := shlex.Split(words, true)
	if err != nil || len(args) == 0 {
		fmt.Fprintf(se.ch.Stderr(), "homeward: %s is no command: %v\r\n", safe.CleanLine(cut(words, 200)), err)
		return cli.StatusUsage
	}
	if args[0] == "homeward" { // whoever is used to typing the program's name
		args = args[1:]
	}
	if len(args) == 0 || !strings.HasPrefix(args[0], "-") && !cli.Known(args[0]) {
		what := safe.CleanLine(cut(words, 80))
		// What was typed may name a child: it is told to who typed it, not to the log.
		se.srv.log.Warn("command refused", "person", se.actor.Login, "from", se.from, "words", len(strings.Fields(words)))
		fmt.Fprintf(se.ch.Stderr(), "homeward: %q is no command of homeward: see help\r\n", what)
		return cli.StatusUsage
	}
	within := se.srv.served.Limits().WriteWithin
	a := cli.Streams{
		In:  &asked{from: se.ch, ask: func() { _, _ = se.ch.SendRequest(wantsInput, false, nil) }},
		Out: &timed{se.ch, se.conn, within}, Err: &timed{se.ch.Stderr(), se.conn, within},
		Env: func(name string) string { return se.env[name] },
	}
	if t := se.env[terminalsEnv]; se.is.local() {
		on := func(i int) bool { return i < len(t) && t[i] == '1' }
		a.InTerminal, a.OutTerminal, a.ErrTerminal = on(0), on(1), on(2)
		a.Files = remoteFiles{se.ctx, se.conn}
	}
	if se.pty { // as a terminal expects lines and keys, there being none of the machine's between
		a.Out, a.Err = newlines{a.Out}, newlines{a.Out}
		a.In = &cooked{from: se.ch, echo: a.Out, cancel: se.cancel}
		a.InTerminal, a.OutTerminal, a.ErrTerminal = true, true, true
	}
	return cli.Run(se.ctx, args, a, &remoteBackend{se.srv.served, se.actor, se.is.local()})
}

// asked reads, and asks for what it reads the first time.
type asked struct {
	from io.Reader
	ask  func()
	once sync.Once
}

func (r *asked) Read(b []byte) (int, error) {
	r.once.Do(r.ask)
	return r.from.Read(b)
}

// timed drops a client that does not read.
type timed struct {
	to     io.Writer
	conn   gossh.Conn
	within time.Duration
}

func (w *timed) Write(b []byte) (int, error) {
	drop := time.AfterFunc(w.within, func() { _ = w.conn.Close() })
	defer drop.Stop()
	return w.to.Write(b)
}

// newlines ends lines as a terminal in raw mode wants them ended.
type newlines struct{ to io.Writer }

func (w newlines) Write(b []byte) (int, error) {
	if _, err := w.to.Write(bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	return len(b), nil
}

// cooked is the little of a terminal's line discipline that typing acts into a command needs: what is typed is shown, enter
// ends a line, ctrl+d the input, ctrl+c the command.
type cooked struct {
	from   io.Reader
	echo   io.Writer
	cancel context.CancelFunc
	ended  bool
}

func (c *cooked) Read(b []byte) (int, error) {
	if c.ended {
		return 0, io.EOF
	}
	n, err := c.from.Read(b)
	for i, x := range b[:n] {
		switch x {
		case '\r':
			b[i] = '\n'
		case 3:
			c.cancel()
			return 0, context.Canceled
		case 4:
			c.ended = true
			n = i
			return n, nil
		}
	}
	_, _ = c.echo.Write(b[:n])
	return n, err
}

// errGone says that the client went before its file was read or written.
var errGone = errors.New("the connection ended before the file was whole")
