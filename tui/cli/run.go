package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sys/unix"

	"homeward/domain"
	"homeward/domain/safe"
)

// The exit statuses of INTERFACES.
const (
	StatusDone    = 0
	StatusFailed  = 1
	StatusUsage   = 2
	StatusRefused = 3
	StatusHeld    = 4
	StatusDamaged = 5
)

// Streams are the streams round a command, and what it may know of the place it was called from.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	// Env is the environment of whoever called: TERM, NO_COLOR, HOMEWARD_DB … nil is none.
	Env func(name string) string
	// InTerminal, OutTerminal and ErrTerminal say whether a stream is a terminal.
	InTerminal, OutTerminal, ErrTerminal bool
	// Files are those that arguments name; nil is none.
	Files Files
	// Alone says that this process does nothing but this one command.
	Alone bool
}

// ProcessStreams are those of this process itself.
func ProcessStreams() Streams {
	return Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Env: os.Getenv, InTerminal: isTerminal(os.Stdin),
		OutTerminal: isTerminal(os.Stdout), ErrTerminal: isTerminal(os.Stderr), Files: LocalFiles{}, Alone: true}
}

// program is one call of homeward.
type program struct {
	Backend
	streams  Streams
	out, err io.Writer // of streams
	files    Files     // of streams
	args     []string  // as given
	place    Place
	before   *unix.Termios // of the terminal, while it shows nothing that is typed
	now      string
	unknown  error // of a help that was asked of no command
}

// status ends a command with an exit status; err may be nil where everything was said already.
type status struct {
	code int
	err  error
}

func (s *status) Error() string {
	if s.err == nil {
		return ""
	}
	return s.err.Error()
}

func (s *status) Unwrap() error { return s.err }

// Run runs one command line (without the program's name) and gives its exit status.
func Run(ctx context.Context, args []string, s Streams, b Backend) int {
	if s.Files == nil {
		s.Files = NoFiles{}
	}
	if s.Env == nil {
		s.Env = func(string) string { return "" }
	}
	p := &program{Backend: b, streams: s, out: s.Out, err: s.Err, files: s.Files, args: args}
	if p.canAsk() {
		p.place.Ask = func(what string, again bool) (string, error) {
			if again {
				fmt.Fprintln(p.err, "That opens nothing here.")
			}
			return p.secret(ctx, what)
		}
	}
	root := p.root()
	root.Version = versionText(p.Formats())
	root.SetVersionTemplate("{{.Version}}")
	root.SetArgs(args)
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	err := root.ExecuteContext(ctx)
	p.shows()
	if err == nil {
		err = p.unknown
	}
	var st *status
	switch {
	case err == nil:
		return StatusDone
	case !errors.As(err, &st):
		fmt.Fprintf(s.Err, "homeward: %s\nTry homeward --help.\n", safe.CleanLine(err.Error()))
		return StatusUsage
	}
	if st.err != nil {
		fmt.Fprintf(s.Err, "homeward: %s\n", safe.CleanNote(st.err.Error()))
	}
	return st.code
}

// ran wraps what a command does: where the database is served, the server does it (INTERFACES, attach).
func (p *program) ran(do func(cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return p.here(func(cmd *cobra.Command, args []string) error {
		server, err := p.Server(cmd.Context(), p.place)
		var pretender *NotJoined
		switch {
		case errors.As(err, &pretender):
			fmt.Fprintf(p.err, "homeward: %s\n", safe.CleanNote(pretender.Why))
			return do(cmd, args)
		case err != nil:
			return err
		case server == nil:
			return do(cmd, args)
		}
		return p.there(cmd.Context(), server)
	})
}

// here wraps what a command does in this process, so that its errors are told apart from wrong usage.
func (p *program) here(do func(cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := p.settle(); err != nil {
			return err
		}
		err := do(cmd, args)
		var st *status
		if err == nil || errors.As(err, &st) {
			return err
		}
		if cmd.Context().Err() != nil && errors.Is(err, context.Canceled) {
			err = errors.New("stopped before the end: what was done until then is kept, and the same command again finishes it")
		}
		var r *domain.Refusal
		if errors.As(err, &r) {
			return &status{StatusFailed, err}
		}
		return &status{p.Status(err), err}
	}
}

// settle reads the global flags and their environment.
func (p *program) settle() error {
	fill := func(into *string, name string) {
		if *into == "" {
			*into = p.streams.Env(name)
		}
	}
	fill(&p.place.Config, "HOMEWARD_CONFIG")
	fill(&p.place.DB, "HOMEWARD_DB")
	fill(&p.place.KeyFile, "HOMEWARD_KEY_FILE")
	fill(&p.now, "HOMEWARD_NOW")
	if p.now != "" {
		t, err := time.Parse(time.RFC3339, p.now)
		if err != nil {
			return fmt.Errorf("--now %q is not a time like 2026-11-22T08:00:00Z", p.now)
		}
		p.place.Now = t
	}
	return nil
}

// Known says whether a word is one of the commands.
func Known(word string) bool {
	for _, c := range (&program{}).root().Commands() {
		if c.Name() == word {
			return true
		}
	}
	return word == "help" || word == "completion"
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "homeward",
		Short: "The return home interviews of a missing children team",
		Long: "homeward keeps the return home interviews of a missing children team: who must be contacted within 24 hours,\n" +
			"whose interview is due within 72, who is overdue, who is missing now. Without a command it opens the dashboard.",
		SilenceUsage: true, SilenceErrors: true,
		RunE: p.here(func(cmd *cobra.Command, args []string) error {
			if err := p.needTerminal(); err != nil {
				return err
			}
			return p.ran(p.dashboard)(cmd, args)
		}),
	}
	f := root.PersistentFlags()
	f.StringVar(&p.place.Config, "config", "", "configuration `FILE` (HOMEWARD_CONFIG)")
	f.StringVar(&p.place.DB, "db", "", "database `FILE` (HOMEWARD_DB)")
	f.StringVar(&p.now, "now", "", "freeze the clock at an RFC 3339 `TIME` (HOMEWARD_NOW)")
	f.StringVar(&p.place.KeyFile, "key-file", "", "open an encrypted database with this key `FILE` (HOMEWARD_KEY_FILE)")
	f.StringVar(&p.place.User, "user", "", "act as this `LOGIN` of the configuration")
	root.AddCommand(p.importCmd(), p.doCmd(), p.reviewCmd(), p.timelineCmd(),
		p.interviewCmd(), p.formCmd(), p.letterCmd(),
		p.checkCmd(), p.doctorCmd(), p.backupCmd(), p.restoreCmd(), p.auditCmd(), p.configCmd(), p.demoCmd(), p.serveCmd(), p.keyCmd())
	for _, l := range listings() {
		root.AddCommand(l.command(p))
	}
	p.refuseUnknown(root)
	return root
}

// open opens the database and says when it made it.
func (p *program) open(ctx context.Context, write bool) (*Session, error) {
	s, err := p.Open(ctx, p.place, write)
	p.shows()
	if err != nil {
		return nil, err
	}
	for _, n := range s.Notices {
		fmt.Fprintln(p.err, n)
	}
	return s, nil
}

func (p *program) dashboard(cmd *cobra.Command, _ []string) error {
	s, err := p.open(cmd.Context(), true)
	if err != nil {
		return err
	}
	return closing(s, s.Dashboard(cmd.Context(), "local"))
}

// closing closes the session and keeps the first error.
func closing(s *Session, err error) error {
	if cerr := s.Close(); err == nil {
		err = cerr
	}
	return err
}

func (p *program) demoCmd() *cobra.Command {
	var children int
	var seed uint64
	var keep string
	cmd := &cobra.Command{
		Use: "demo", Short: "Open the dashboard on a made-up team", Args: cobra.NoArgs,
		RunE: p.here(func(cmd *cobra.Command, _ []string) error {
			if children < 1 || children > 200_000 {
				return &status{StatusUsage, fmt.Errorf("--children is to be between 1 and 200000")}
			}
			if err := p.needTerminal(); err != nil && keep == "" {
				return err
			}
			s, err := p.Demo(cmd.Context(), p.place, children, seed, keep, p.err)
			if err != nil {
				return err
			}
			if p.needTerminal() != nil {
				return s.Close() // made for a script: nothing to look at
			}
			return closing(s, s.Dashboard(cmd.Context(), "demo"))
		}),
	}
	cmd.Flags().IntVar(&children, "children", 40, "how many `CHILDREN` to make up")
	cmd.Flags().Uint64Var(&seed, "seed", 1, "the same `SEED` makes up the same team")
	cmd.Flags().StringVar(&keep, "keep", "", "keep the database in this new `FILE`")
	return cmd
}
