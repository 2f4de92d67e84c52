package frame

import (
	"bytes"
	"io"
	"sync"
	"time"
)

// The marks of a bracketed paste, and how long one may rest before it counts as
// cut off.
const (
	pasteBegin = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
	pasteRest  = time.Second
)

// GuardInput reads from a terminal and ends a bracketed paste whose end mark was
// lost: without it every later key, ctrl+c too, would be swallowed as pasted
// text. An end mark that arrives in two pieces is joined first. Give the result
// to tea.WithInput, or read from it in a session's own keyboard pump.
//
// When r is a terminal file, so is the result as far as raw mode is concerned.
// It reads ahead in a goroutine that ends with r.
func GuardInput(r io.Reader) io.Reader {
	g := &guarded{r: r, rest: pasteRest, more: make(chan struct{}, 1)}
	go g.pump()
	if f, ok := r.(interface {
		io.Writer
		io.Closer
		Fd() uintptr
	}); ok {
		return guardedFile{g, f}
	}
	return g
}

// guardedFile lets the library set raw mode on the file behind the guard.
type guardedFile struct {
	*guarded
	f interface {
		io.Writer
		io.Closer
		Fd() uintptr
	}
}

func (f guardedFile) Write(b []byte) (int, error) { return f.f.Write(b) }
func (f guardedFile) Close() error                { return nil } // stdin is not ours to close
func (f guardedFile) Fd() uintptr                 { return f.f.Fd() }

// guarded passes bytes on, following whether they are inside a paste.
type guarded struct {
	r    io.Reader
	rest time.Duration
	more chan struct{} // something was read

	mu   sync.Mutex
	read []byte // from r, not looked at yet
	err  error

	aside bool // the program is being stopped: nothing is handed on

	out    []byte // looked at, for Read
	inside bool
	held   []byte // the tail that may be half of a mark
}

// readAhead is how much may wait unread; beyond it the sender waits.
const readAhead = 256 << 10

func (g *guarded) pump() {
	buf := make([]byte, 4096)
	for {
		n, err := g.r.Read(buf)
		g.mu.Lock()
		g.read = append(g.read, buf[:n]...)
		g.err = err
		full := len(g.read) > readAhead
		g.mu.Unlock()
		select {
		case g.more <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
		for full {
			time.Sleep(5 * time.Millisecond)
			g.mu.Lock()
			full = len(g.read) > readAhead
			g.mu.Unlock()
		}
	}
}

// Read hands on what came, and ends a paste that has been resting too long.
func (g *guarded) Read(p []byte) (int, error) {
	for len(g.out) == 0 {
		g.mu.Lock()
		in, err, aside := g.read, g.err, g.aside
		g.read = nil
		g.mu.Unlock()
		if aside { // what is typed now is meant for the shell
			g.out, g.held, g.inside = nil, nil, false
			if err != nil {
				return 0, err
			}
			time.Sleep(time.Millisecond)
			return 0, nil
		}
		if len(in) > 0 {
			g.follow(in)
			continue
		}
		if err != nil {
			if g.inside || len(g.held) > 0 {
				g.end()
				continue
			}
			return 0, err
		}
		if !g.inside && len(g.held) == 0 {
			<-g.more
			continue
		}
		t := time.NewTimer(g.rest)
		select {
		case <-g.more:
		case <-t.C:
			g.end()
		}
		t.Stop()
	}
	n := copy(p, g.out)
	g.out = g.out[n:]
	return n, nil
}

// release makes a waiting Read come back with nothing, so that the library can let go of the terminal: a reader left
// behind would take the first key after the program goes on. What comes until [guarded.resume] is dropped.
func (g *guarded) release() {
	g.mu.Lock()
	g.aside = true
	g.mu.Unlock()
	select {
	case g.more <- struct{}{}:
	default:
	}
}

// resume hands on what comes from now on.
func (g *guarded) resume() {
	g.mu.Lock()
	g.aside, g.read = false, nil
	g.mu.Unlock()
}

// follow looks for marks; a tail that may be the first half of the end mark
// waits for the second.
func (g *guarded) follow(in []byte) {
	in = append(g.held, in...)
	g.held = nil
	for len(in) > 0 {
		mark := pasteBegin
		if g.inside {
			mark = pasteEnd
		}
		i := bytes.Index(in, []byte(mark))
		if i >= 0 {
			g.out = append(g.out, in[:i+len(mark)]...)
			in = in[i+len(mark):]
			g.inside = !g.inside
			continue
		}
		keep := 0
		if g.inside {
			keep = halfMark(in, mark)
		} else if n := halfMark(in, mark); n >= len("\x1b[2") {
			keep = n // a lone esc is a key and must not wait
		}
		g.out = append(g.out, in[:len(in)-keep]...)
		g.held = append(g.held, in[len(in)-keep:]...)
		return
	}
}

// halfMark is how many bytes at the end of b begin a mark.
func halfMark(b []byte, mark string) int {
	for n := min(len(mark)-1, len(b)); n > 0; n-- {
		if bytes.HasSuffix(b, []byte(mark[:n])) {
			return n
		}
	}
	return 0
}

// end gives up waiting. Half an end mark inside a paste was one; outside, what
// was held is a key.
func (g *guarded) end() {
	if !g.inside {
		g.out = append(g.out, g.held...)
		g.held = nil
		return
	}
	g.held, g.inside = nil, false
	g.out = append(g.out, pasteEnd...)
}
