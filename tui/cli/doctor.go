package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"homeward/domain/safe"
	"homeward/domain/view"
	"homeward/tui/lists"
)

func (p *program) doctorCmd() *cobra.Command {
	var inside, unit bool
	cmd := &cobra.Command{
		Use: "doctor", Short: "Look at files, modes, disk, clock, backups, server and configuration, and say what to do", Args: cobra.NoArgs,
		Long: "Looks at everything round the database and says of each thing in one line whether it is well, and where it is not what to\n" +
			"do, the worst first. It writes nothing, says nothing of any child, and works while homeward serve runs. It needs only the\n" +
			"rights to the file. With homeward check it shows what can be shown from outside.\n\n" +
			"It ends with 0 where nothing must be done, with 1 where something must. --unit prints the unit of systemd for a server:\n\n" +
			"  homeward doctor --unit > /etc/systemd/system/homeward.service",
	}
	f := formatFlag(cmd)
	cmd.Flags().BoolVar(&unit, "unit", false, "print the unit of systemd for homeward serve, and nothing else")
	cmd.Flags().BoolVar(&inside, "inside", false, "what the server knows of itself")
	_ = cmd.Flags().MarkHidden("inside")
	cmd.RunE = p.here(func(cmd *cobra.Command, _ []string) error {
		switch {
		case unit:
			_, err := fmt.Fprint(p.out, Unit())
			return err
		case inside:
			return p.Inside(cmd.Context(), p.place, p.out)
		}
		signs, err := p.Doctor(cmd.Context(), p.place)
		if err != nil {
			return err
		}
		if err := show(p, *f, lists.Doctor(), "", signs, time.Now()); err != nil {
			return err
		}
		switch n := view.MustBeDone(signs); n {
		case 0:
			return nil
		case 1:
			return &status{StatusFailed, errors.New("1 thing must be done")}
		default:
			return &status{StatusFailed, fmt.Errorf("%d things must be done", n)}
		}
	})
	return cmd
}

// insideWithin is how long a server may take to tell.
const insideWithin = 10 * time.Second

// AskInside asks a server what it knows of the database and of itself ([Backend] Inside).
func AskInside(ctx context.Context, server Server) ([]byte, error) {
	ctx, done := context.WithTimeout(ctx, insideWithin)
	defer done()
	var out, complaint bytes.Buffer
	type ended struct {
		code int
		err  error
	}
	end := make(chan ended, 1)
	go func() {
		code, err := server.Run(ctx, []string{"doctor", "--inside"}, Streams{In: strings.NewReader(""), Out: &out, Err: &complaint, Files: NoFiles{},
			Env: func(string) string { return "" }})
		end <- ended{code, err}
	}()
	select {
	case <-ctx.Done():
		return nil, errors.Join(fmt.Errorf("the server of this database does not answer within %d s", int(insideWithin.Seconds())), server.Close())
	case e := <-end:
		err := server.Close()
		switch {
		case e.err != nil:
			return nil, e.err
		case e.code != StatusDone:
			return nil, errors.New("the server does not tell of itself: " + safe.CleanLine(strings.TrimSpace(complaint.String())))
		}
		return out.Bytes(), err
	}
}
