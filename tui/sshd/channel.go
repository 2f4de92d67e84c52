package sshd

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"

	"homeward/domain"
	"homeward/domain/safe"
	"homeward/tui/cli"
)

// session is one dashboard or one command of one person. There is one a connection, and the connection ends with it.
type session struct {
	srv    *Server
	conn   *gossh.ServerConn
	coming *coming // the connection as it came in
	ch     gossh.Channel
	is     identity
	actor  domain.Actor
	from   string // where it comes from, for the log

	ctx    context.Context // ends with the connection, the channel, or a signal
	cancel context.CancelFunc

	env     map[string]string
	pty     bool
	term    string
	windows chan window // the newest size only
	kept    window      // what is held for a dashboard's window; guarded by the server

	mu      sync.Mutex
	started bool          // it has asked for a dashboard or a command
	bye     func()        // ends a dashboard with its drafts kept; it may wait for a client that does not read
	why     string        // it was ended from outside, for the journal
	told    string        // and for the person, at the end
	over    chan struct{} // closed once the session is done
}

type window struct{ w, h int }

// channel opens a session's channel.
func (s *Server) channel(_ *ssh.Server, conn *gossh.ServerConn, asked gossh.NewChannel, ctx ssh.Context) {
	c := comingOf(ctx)
	refuse := func(reason gossh.RejectionReason, why string) {
		s.refused.tell(forRoom, c.place, c.from(), "session refused", "reason", why)
		_ = asked.Reject(reason, why)
	}
	is, err := identify(ctx)
	if err != nil {
		refuse(gossh.Prohibited, err.Error())
		_ = conn.Close()
		return
	}
	ctx.Lock()
	taken := ctx.Value(takenKey) != nil
	ctx.SetValue(takenKey, true)
	ctx.Unlock()
	if taken {
		refuse(gossh.ResourceShortage, "one session a connection: connect again for another")
		return
	}
	se := &session{srv: s, conn: conn, coming: c, is: is, from: conn.RemoteAddr().String(), env: map[string]string{}, windows: make(chan window, 1), over: make(chan struct{})}
	if is.local() {
		se.from = "socket"
	}
	if se.actor, err = is.who(s.served); err != nil { // taken out since the key was asked for
		refuse(gossh.Prohibited, safe.CleanLine(err.Error()))
		_ = conn.Close()
		return
	}
	if err := s.enter(se); err != nil {
		refuse(gossh.ResourceShortage, err.Error())
		_ = conn.Close()
		return
	}
	defer s.exit(se)
	s.doors.out(c)
	ch, reqs, err := asked.Accept()
	if err != nil {
		_ = conn.Close()
		return
	}
	se.ch = ch
	se.ctx, se.cancel = context.WithCancel(ctx) // the connection's
	defer se.cancel()
	se.requests(reqs)
	se.cancel() // the channel is closed: nobody looks any more
	if se.begun() {
		<-se.over
	}
	time.AfterFunc(50*time.Millisecond, func() { _ = conn.Close() }) // the client closes first, or does not care
}

// requests reads what the client asks until its channel closes.
func (se *session) requests(reqs <-chan *gossh.Request) {
	for req := range reqs {
		ok := false
		switch req.Type {
		case "env":
			ok = se.setEnv(req.Payload)
		case "pty-req":
			ok = se.setPty(req.Payload)
		case "window-change":
			ok = se.resize(req.Payload)
		case "shell", "exec":
			se.begin(req) // which answers by itself
			continue
		case "signal":
			se.signal(req.Payload)
			ok = true
		default: // agents, displays, subsystems: sftp among them
			what := known(req.Type, "subsystem", "auth-agent-req@openssh.com", "x11-req", "xon-xoff", "break")
			if req.Type == "subsystem" {
				var p struct{ Name string }
				if gossh.Unmarshal(req.Payload, &p) == nil {
					what += " " + known(p.Name, "sftp", "netconf")
				}
			}
			se.srv.refused.tell(inside+" "+what, se.actor.Login, se.from, "request refused", "person", se.actor.Login, "type", what)
		}
		if req.WantReply {
			_ = req.Reply(ok, nil)
		}
	}
}

// setEnv keeps the few variables that say how a terminal looks. Everything else is not ours to be told.
func (se *session) setEnv(payload []byte) bool {
	var kv struct{ Key, Value string }
	if gossh.Unmarshal(payload, &kv) != nil || len(kv.Key)+len(kv.Value) > longestEnv || len(se.env) >= mostEnv {
		return false
	}
	known := slices.Contains([]string{"COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "LC_CTYPE"}, kv.Key) ||
		se.is.local() && slices.Contains([]string{"TERM", terminalsEnv}, kv.Key)
	if known {
		se.env[kv.Key] = kv.Value
	}
	return known
}

func (se *session) setPty(payload []byte) bool {
	var p struct {
		Term           string
		W, H, PxW, PxH uint32
		Modes          string
	}
	if se.begun() || se.pty || gossh.Unmarshal(payload, &p) != nil || len(p.Term) > 64 {
		return false
	}
	se.pty, se.term = true, safe.CleanLine(p.Term)
	se.env["TERM"] = se.term
	se.offer(p.W, p.H)
	return true
}

func (se *session) resize(payload []byte) bool {
	var p struct{ W, H, PxW, PxH uint32 }
	if !se.pty || gossh.Unmarshal(payload, &p) != nil {
		return false
	}
	se.offer(p.W, p.H)
	return true
}

// offer leaves the newest size for the session to take; of many in a row the last one counts.
func (se *session) offer(w, h uint32) {
	l := se.srv.served.Limits()
	size := window{int(min(w, uint32(l.Width))), int(min(h, uint32(l.Height)))}
	for {
		select {
		case se.windows <- size:
			return
		default:
		}
		select {
		case <-se.windows:
		default:
		}
	}
}

// signal ends what is running, as it would on the person's own machine.
func (se *session) signal(payload []byte) {
	var p struct{ Name string }
	if gossh.Unmarshal(payload, &p) == nil && slices.Contains([]string{"INT", "TERM", "HUP", "QUIT", "KILL"}, p.Name) {
		se.cancel()
	}
}

// begun says whether it has asked for anything.
func (se *session) begun() bool {
	se.mu.Lock()
	defer se.mu.Unlock()
	return se.started
}

// begin starts the dashboard or a command.
func (se *session) begin(req *gossh.Request) {
	var p struct{ Words string }
	if req.Type == "exec" && (gossh.Unmarshal(req.Payload, &p) != nil || len(p.Words) > longestWords) || se.begun() {
		_ = req.Reply(false, nil)
		return
	}
	se.coming.patience.Stop()
	se.mu.Lock()
	se.started = true
	se.mu.Unlock()
	_ = req.Reply(true, nil)
	go se.run(strings.TrimSpace(p.Words))
}

// run is the session. Whatever breaks in it ends it alone.
func (se *session) run(words string) {
	began := time.Now()
	code, why := cli.StatusFailed, ""
	defer close(se.over)
	defer func() {
		if r := recover(); r != nil {
			se.srv.log.Error("a session broke", "person", se.actor.Login, "from", se.from, "what", safe.CleanLine(fmt.Sprint(r)), "stack", string(debug.Stack()))
		}
		se.finish(code)
	}()
	what := "dashboard"
	if words != "" {
		what = "command"
		if word, _, _ := strings.Cut(words, " "); cli.Known(strings.Trim(word, "'")) { // of what is none of ours not a word is kept
			what = strings.Trim(word, "'")
		}
	}
	se.srv.log.Info(what+" begins", "person", se.actor.Login, "role", string(se.actor.Role), "from", se.from)
	if words == "" {
		code, why = se.dashboard()
	} else {
		code = se.command(words)
	}
	se.srv.log.Info(what+" ends", "person", se.actor.Login, "from", se.from, "status", code, "after", time.Since(began).Round(time.Second).String(), "why", se.ending(why))
}

// ending is why the session ended, for the journal: what ended it from outside, what its dashboard says of itself, or that nobody
// is at the other end any more.
func (se *session) ending(of string) string {
	se.mu.Lock()
	defer se.mu.Unlock()
	switch {
	case of != "":
		return of
	case se.why != "":
		return se.why
	case se.ctx.Err() != nil:
		return "the connection ended"
	}
	return "done"
}

// finish tells the client how it ended and closes the channel.
func (se *session) finish(code int) {
	// A client that reads nothing must not keep us here.
	t := time.AfterFunc(se.srv.served.Limits().WriteWithin, func() { _ = se.conn.Close() })
	defer t.Stop()
	se.mu.Lock()
	told := se.told
	se.mu.Unlock()
	if told != "" {
		_, _ = se.ch.Stderr().Write([]byte(told + "\r\n"))
	}
	_ = se.ch.CloseWrite()
	_, _ = se.ch.SendRequest("exit-status", false, gossh.Marshal(struct{ Status uint32 }{uint32(code)}))
	_ = se.ch.Close()
}

// end ends the session from outside: a dashboard keeps what is being typed and says why, a command is stopped. Once it was
// told it has a moment; then its connection is closed.
func (se *session) end(why, told string) {
	se.mu.Lock()
	if se.why == "" {
		se.why, se.told = why, told
	}
	bye, started := se.bye, se.started
	se.mu.Unlock()
	if !started { // there is nothing to keep, and nobody to be told
		_ = se.conn.Close()
		return
	}
	if bye != nil {
		go bye()
	} else {
		se.cancel()
	}
	select {
	case <-se.over:
	case <-time.After(drain):
		_ = se.conn.Close()
	}
}
