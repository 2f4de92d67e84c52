package sshd

import (
	"errors"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"github.com/charmbracelet/x/term"
)

// terminal is this process's own, in raw mode.
type terminal struct {
	in, out *os.File
	was     *term.State
	once    sync.Once
}

func rawTerminal(in io.Reader, out io.Writer) (*terminal, error) {
	i, ok1 := in.(*os.File)
	o, ok2 := out.(*os.File)
	if !ok1 || !ok2 {
		return nil, errors.New("the dashboard needs a terminal")
	}
	was, err := term.MakeRaw(i.Fd())
	if err != nil {
		return nil, err
	}
	return &terminal{in: i, out: o, was: was}, nil
}

func (t *terminal) restore() {
	t.once.Do(func() { _ = term.Restore(t.in.Fd(), t.was) })
}

func (t *terminal) size() (w, h int) {
	w, h, err := term.GetSize(t.out.Fd())
	if err != nil {
		return 80, 24
	}
	return w, h
}

// watch tells each new size until stop is called.
func (t *terminal) watch(tell func(w, h int)) (stop func()) {
	changed := make(chan os.Signal, 1)
	signal.Notify(changed, syscall.SIGWINCH)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-changed:
				tell(t.size())
			case <-done:
				return
			}
		}
	}()
	return func() {
		signal.Stop(changed)
		close(done)
	}
}
