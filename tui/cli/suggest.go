package cli

import (
	"errors"
	"io"

	"github.com/spf13/cobra"

	"homeward/domain/view"
)

// runs is [program.ran], but for a call that needs no database: that is done here though one is served.
func (p *program) runs(apart func() bool, alone, do func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if apart() {
			return p.here(alone)(cmd, args)
		}
		return p.ran(do)(cmd, args)
	}
}

// suggestMap prints an [intake.map] to begin with.
func (p *program) suggestMap(cmd *cobra.Command, f view.IntakeFile, args []string) error {
	for _, other := range []string{"take-back", "history", "refer", "dry-run", "rejects", "format-out", "waiting"} {
		if cmd.Flags().Changed(other) {
			return &status{StatusUsage, errors.New("--suggest-map goes with --sheet and --map alone: it takes in nothing")}
		}
	}
	if f.Format != "referrals" {
		return &status{StatusUsage, errors.New("--suggest-map is for referrals: an ssda903 file has one header for everybody")}
	}
	if len(args) == 0 {
		return &status{StatusUsage, errors.New("name the file, or - for standard input")}
	}
	from := io.NopCloser(newInput(cmd.Context(), p.streams.In))
	if args[0] != "-" {
		at, err := p.readable(args[0])
		if err != nil {
			return err
		}
		if from, err = p.openInput(cmd.Context(), args[0], at); err != nil {
			return &status{StatusFailed, err}
		}
	}
	defer from.Close() //nolint:errcheck // opened for reading
	text, err := p.SuggestMap(cmd.Context(), p.place, from, f.Sheet, f.Map)
	if err != nil {
		return err
	}
	_, err = io.WriteString(p.out, text)
	return err
}
