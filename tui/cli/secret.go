package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/charmbracelet/x/term"
)

// canAsk says whether somebody can be asked for a passphrase.
func (p *program) canAsk() bool {
	return p.streams.Alone && p.streams.InTerminal && p.streams.ErrTerminal
}

// secret asks for something that is not shown while it is typed.
func (p *program) secret(ctx context.Context, question string) (string, error) {
	f, ok := p.streams.In.(*os.File)
	if !ok {
		return "", errors.New("a passphrase is asked for in a terminal")
	}
	before, err := term.GetState(f.Fd())
	if err != nil {
		return "", err
	}
	fmt.Fprintf(p.err, "%s: ", question)
	type answer struct {
		text []byte
		err  error
	}
	got := make(chan answer, 1)
	go func() {
		b, err := term.ReadPassword(f.Fd())
		got <- answer{b, err}
	}()
	select {
	case a := <-got:
		fmt.Fprintln(p.err)
		return string(a.text), a.err
	case <-ctx.Done(): // the terminal shows what is typed again
		fmt.Fprintln(p.err)
		return "", errors.Join(errors.New("stopped: nothing was changed"), term.Restore(f.Fd(), before))
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
