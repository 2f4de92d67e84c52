package sshd

import (
	"bytes"
	"io"
	"sync"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// unanswered is how many bytes may be on their way before the client is asked whether it has them. The next frame waits for
// the answer: on a slow line keys that come meanwhile share a frame, in place of each sending its own into a queue.
const unanswered = 4 << 10

// output writes to a client that may be slow, and drops one that does not read.
type output struct {
	ch     gossh.Channel
	conn   gossh.Conn
	within time.Duration

	mu    sync.Mutex // held by whoever writes
	sent  int        // since the last answer
	ask   chan struct{}
	reply chan struct{} // holds one while nothing is asked
	gone  chan struct{} // closed once nobody answers any more
}

func newOutput(ch gossh.Channel, conn gossh.Conn, within time.Duration) *output {
	ask := make(chan struct{})
	o := &output{ch: ch, conn: conn, within: within, ask: ask, reply: make(chan struct{}, 1), gone: make(chan struct{})}
	o.reply <- struct{}{}
	go func() {
		defer close(o.gone)
		for range ask {
			// The answer is a refusal: that it comes is what counts.
			if _, _, err := conn.SendRequest("keepalive@openssh.com", true, nil); err != nil {
				return
			}
			o.reply <- struct{}{}
		}
	}()
	return o
}

// Write sends one frame. Where the client does not take it in time its connection is closed: nobody else waits for it.
func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	drop := time.AfterFunc(o.within, func() { _ = o.conn.Close() })
	defer drop.Stop()
	select {
	case <-o.reply:
	case <-o.gone:
		return 0, io.ErrClosedPipe
	}
	// The renderer counts on a terminal that begins a new line at its left edge, as the machine's own line discipline has it.
	n, err := o.ch.Write(bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")))
	if o.sent += n; o.sent < unanswered || err != nil {
		o.reply <- struct{}{}
		return min(n, len(b)), err
	}
	o.sent = 0
	select {
	case o.ask <- struct{}{}:
	case <-o.gone:
	}
	return len(b), nil
}

// close ends it; a write that comes later is refused.
func (o *output) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	close(o.ask)
	o.ask = nil
}
