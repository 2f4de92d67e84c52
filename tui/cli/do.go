package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/plain"
)

// The longest line of acts that is read; a longer one is refused and skipped.
const maxLine = 4 << 20

// How many acts may share a commit.
const maxTogether = 500

func (p *program) doCmd() *cobra.Command {
	var keepGoing bool
	cmd := &cobra.Command{
		Use: "do [FILE|-]", Short: "Take decisions from JSON lines: everything a screen can decide", Args: cobra.MaximumNArgs(1),
		Long: doHelp(),
		RunE: p.ran(func(cmd *cobra.Command, args []string) error {
			in := p.streams.In
			if len(args) == 1 && args[0] != "-" {
				at, err := p.readable(args[0])
				if err != nil {
					return err
				}
				f, err := p.openInput(cmd.Context(), args[0], at)
				if err != nil {
					return &status{StatusFailed, err}
				}
				defer f.Close() //nolint:errcheck // opened for reading
				in = f
			}
			s, err := p.open(cmd.Context(), true)
			if err != nil {
				return err
			}
			refused, err := p.takeAll(cmd.Context(), s.Desk, in, !keepGoing)
			if err = closing(s, err); err != nil {
				return err
			}
			switch {
			case refused && !keepGoing:
				return &status{StatusRefused, fmt.Errorf("stopped at the act that was refused: nothing after it was done; --keep-going goes on")}
			case refused:
				return &status{code: StatusRefused}
			}
			return nil
		}),
	}
	cmd.Flags().BoolVar(&keepGoing, "keep-going", false, "go on after an act that was refused")
	return cmd
}

// doHelp lists the acts and their fields.
func doHelp() string {
	var b strings.Builder
	b.WriteString("Reads one JSON object a line and answers each with one, once it is durable:\n" +
		`  {"act":"referral.assign","referral":"R12","to":"amira"}` + "\n" +
		"Any act takes at (when it happened, RFC 3339), id (the same id again changes nothing) and version (what you saw of the\n" +
		"record; an older one is a conflict). A ? marks what may be left out.\n\n")
	for _, name := range domain.ActNames() {
		fmt.Fprintf(&b, "  %-21s %s\n", name, strings.Join(domain.ActFields(name), ", "))
	}
	return b.String()
}

// actLine is one line of input, read: an act, or why it is none.
type actLine struct {
	n       int
	env     domain.Envelope
	refused *domain.Refusal
}

// takeAll takes acts as they come. What is waiting together shares a commit; nobody waits for more input than there is.
func (p *program) takeAll(ctx context.Context, desk view.Desk, in io.Reader, stop bool) (refused bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	lines := make(chan actLine, maxTogether)
	var readErr error
	go func() {
		defer close(lines)
		readErr = readActs(ctx, newInput(ctx, in), lines)
	}()
	for first := range lines {
		batch := append(make([]actLine, 0, maxTogether), first)
	gather:
		for len(batch) < maxTogether {
			select {
			case l, ok := <-lines:
				if !ok {
					break gather
				}
				batch = append(batch, l)
			default:
				break gather
			}
		}
		r, err := p.take(ctx, desk, batch, stop)
		refused = refused || r
		if err != nil {
			return refused, err
		}
		if r && stop {
			return true, nil
		}
	}
	return refused, readErr
}

// take decides a batch and writes its answers, which are durable by then.
func (p *program) take(ctx context.Context, desk view.Desk, batch []actLine, stop bool) (refused bool, err error) {
	w := bufio.NewWriter(p.out)
	defer func() {
		if ferr := w.Flush(); err == nil && ferr != nil {
			err = fmt.Errorf("the acts were done, their answers could not be written: %w", ferr)
		}
	}()
	for len(batch) > 0 {
		if r := batch[0].refused; r != nil {
			a := domain.Answer{Act: batch[0].env.Act.Name(), ID: batch[0].env.ID, Refused: r}
			if err := plain.Object(w, plain.Answer(batch[0].n, &a)); err != nil {
				return true, err
			}
			refused, batch = true, batch[1:]
			if stop {
				return true, nil
			}
			continue
		}
		var envs []domain.Envelope
		for _, l := range batch {
			if l.refused != nil {
				break
			}
			envs = append(envs, l.env)
		}
		answers, err := desk.Do(ctx, stop, envs...)
		for i := range answers {
			refused = refused || answers[i].Refused != nil
			if werr := plain.Object(w, plain.Answer(batch[i].n, &answers[i])); werr != nil {
				return refused, werr
			}
		}
		if err != nil || refused && stop {
			return refused, err
		}
		batch = batch[len(envs):]
	}
	return refused, nil
}

// readActs reads lines until the input ends or the context does. Blank lines are skipped.
func readActs(ctx context.Context, in io.Reader, out chan<- actLine) error {
	r := bufio.NewReaderSize(in, 64<<10)
	for n := 1; ; n++ {
		line, tooLong, err := readLine(r)
		if err != nil && len(line) == 0 {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		if n == 1 { // a file that PowerShell or an editor wrote may begin with the mark of UTF-8
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		l := actLine{n: n}
		switch {
		case tooLong:
			l.env.Act = domain.NoAct()
			l.refused = &domain.Refusal{Code: domain.Invalid, Message: "the line is longer than 4 MiB"}
		case len(bytes.TrimSpace(line)) == 0:
			continue
		default:
			var perr error
			if l.env, perr = domain.ParseAct(bytes.TrimSpace(line)); perr != nil && !errors.As(perr, &l.refused) {
				return perr
			}
			if l.env.Act == nil {
				l.env.Act = domain.NoAct()
			}
		}
		select {
		case out <- l:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// readLine reads one line without its end; of one that is too long it skips the rest.
func readLine(r *bufio.Reader) (line []byte, tooLong bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if len(line)+len(part) <= maxLine {
			line = append(line, part...)
		} else {
			tooLong = true
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, tooLong, err
		}
	}
}
