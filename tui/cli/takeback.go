package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// takeBack takes a whole import back and says row by row what stays.
func (p *program) takeBack(cmd *cobra.Command, number string, args []string) error {
	only := len(args) == 0
	for _, other := range []string{"format", "sheet", "map", "history", "refer", "dry-run", "rejects", "suggest-map", "waiting"} {
		only = only && !cmd.Flags().Changed(other)
	}
	if !only {
		return &status{StatusUsage, errors.New("--take-back stands alone: it takes in no file")}
	}
	s, err := p.open(cmd.Context(), true)
	if err != nil {
		return err
	}
	rep, err := s.Intake.TakeBack(cmd.Context(), number)
	if rep != nil {
		for _, n := range rep.Notes {
			fmt.Fprintln(p.err, "note:", place(n))
		}
		for _, n := range rep.Stay {
			fmt.Fprintln(p.err, "stays:", place(n))
		}
		if _, perr := fmt.Fprintf(p.out, "took back %s: %d rows; %d stay\n", rep.Import, rep.Rows, len(rep.Stay)); err == nil {
			err = perr
		}
	}
	if err = closing(s, err); err != nil {
		return err
	}
	if len(rep.Stay) > 0 {
		return &status{code: StatusRefused}
	}
	return nil
}
