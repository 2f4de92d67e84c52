package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

func (p *program) serveCmd() *cobra.Command {
	var listen string
	cmd := &cobra.Command{
		Use: "serve", Short: "The dashboard for many people at once, over SSH and on a local socket", Args: cobra.NoArgs,
		Long: "Serves the database over SSH (public keys of the people in the configuration, everything else is refused) and on a socket\n" +
			"beside it. While it runs, homeward and every command on this machine work on that database through the socket.\n\n" +
			"  ssh -p 2222 HOST                                the dashboard\n" +
			"  ssh -p 2222 HOST queue --format json            a command, as the person whose key it is\n" +
			"  ssh -p 2222 HOST import - < overnight.csv\n\n" +
			"SIGHUP reads the configuration again: somebody who was taken out is out at once. What it reads only when\n" +
			"it begins it names in its log; a file that lost all its people changes nothing. SIGTERM tells the sessions, keeps\n" +
			"what is being typed, and ends.",
		RunE: p.here(func(cmd *cobra.Command, _ []string) error {
			if !p.place.Now.IsZero() {
				return &status{StatusUsage, errors.New("the clock of a server is the machine's: leave --now out")}
			}
			if p.place.User != "" {
				return &status{StatusUsage, errors.New("who somebody is comes from their key or account: leave --user out")}
			}
			return p.Serve(cmd.Context(), p.place, listen, func(e Endpoint) {
				fmt.Fprintf(p.out, "listening on %s\nhost key %s\nsocket %s\n", e.Address, e.Fingerprint, e.Socket)
			})
		}),
	}
	cmd.Flags().StringVar(&listen, "listen", "", "`ADDRESS:PORT` for SSH in place of the configuration's")
	return cmd
}

// there has the server run this command.
func (p *program) there(ctx context.Context, server Server) error {
	if p.place.User != "" {
		return errors.Join(&status{StatusFailed, errors.New("this database is served: who you are comes from your account, so leave --user out")}, server.Close())
	}
	args := withoutPlace(p.args)
	if p.now != "" {
		args = append([]string{"--now", p.now}, args...)
	}
	code, err := server.Run(ctx, args, p.streams)
	if cerr := server.Close(); err == nil {
		err = cerr
	}
	if err != nil || code != StatusDone {
		return &status{code: max(code, StatusFailed), err: err}
	}
	return nil
}

// withoutPlace takes away the flags that only this side understands: which database, which configuration, and the frozen
// clock, which the environment may have given as well.
func withoutPlace(args []string) []string {
	var out []string
	for i := 0; i < len(args); i++ {
		a := args[i]
		if a == "--" {
			return append(out, args[i:]...)
		}
		name, _, whole := strings.Cut(a, "=")
		if !slices.Contains([]string{"--db", "--config", "--now", "--user", "--key-file"}, name) {
			out = append(out, a)
			continue
		}
		if !whole {
			i++
		}
	}
	return out
}
