package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// canAsk says whether somebody can be asked for a passphrase.
func (p *program) canAsk() bool {
	return p.streams.Alone && p.streams.InTerminal && p.streams.ErrTerminal
}

// longestSecret bounds what is typed.
const longestSecret = 1 << 10

// secret asks for something that is not shown while it is typed. From the first question on the terminal shows nothing that is typed,
// until [program.shows]: people type ahead of the next question.
func (p *program) secret(ctx context.Context, question string) (string, error) {
	f, ok := p.streams.In.(*os.File)
	if !ok {
		return "", errors.New("a passphrase is asked for in a terminal")
	}
	if err := p.hides(f); err != nil {
		return "", err
	}
	fmt.Fprintf(p.err, "%s: ", question)
	type answer struct {
		text string
		err  error
	}
	got := make(chan answer, 1)
	go func() {
		text, err := typedLine(f)
		got <- answer{text, err}
	}()
	select {
	case a := <-got:
		fmt.Fprintln(p.err)
		return a.text, a.err
	case <-ctx.Done():
		fmt.Fprintln(p.err)
		return "", errors.New("stopped: nothing was changed")
	}
}

// typedLine reads a line and nothing beyond it.
func typedLine(f *os.File) (string, error) {
	var line []byte
	b := make([]byte, 1)
	for len(line) < longestSecret {
		switch n, err := f.Read(b); {
		case err != nil:
			return "", err
		case n == 0:
		case b[0] == '\n' || b[0] == '\r':
			return string(line), nil
		default:
			line = append(line, b[0])
		}
	}
	return "", errors.New("this is too long for a passphrase")
}

// hides has the terminal show nothing that is typed.
func (p *program) hides(f *os.File) error {
	if p.before != nil {
		return nil
	}
	t, err := unix.IoctlGetTermios(int(f.Fd()), termiosGet)
	if err != nil {
		return err
	}
	hidden := *t
	hidden.Lflag &^= unix.ECHO
	hidden.Lflag |= unix.ICANON | unix.ISIG
	if err := unix.IoctlSetTermios(int(f.Fd()), termiosSet, &hidden); err != nil {
		return err
	}
	p.before = t
	return nil
}

// shows has it show what is typed again.
func (p *program) shows() {
	if f, ok := p.streams.In.(*os.File); ok && p.before != nil {
		_ = unix.IoctlSetTermios(int(f.Fd()), termiosSet, p.before)
		p.before = nil
	}
}

// newPassphrase asks for one twice. none allows that there is none.
func (p *program) newPassphrase(ctx context.Context, question string, none bool) (string, error) {
	for {
		first, err := p.secret(ctx, question)
		if err != nil || first == "" && none {
			return "", err
		}
		if err := p.Keys(p.place).CheckPassphrase(first); err != nil {
			fmt.Fprintf(p.err, "%v\n", err)
			continue
		}
		second, err := p.secret(ctx, "Once more")
		if err != nil {
			return "", err
		}
		if first == second {
			return first, nil
		}
		fmt.Fprintln(p.err, "They differ. Again.")
	}
}
