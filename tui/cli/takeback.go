package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// takeBack takes a whole import back and says row by row what stays; a dry run says it and does nothing.
func (p *program) takeBack(cmd *cobra.Command, number string, dryRun bool, args []string) error {
	only := len(args) == 0
	for _, other := range []string{"format", "sheet", "map", "history", "refer", "rejects", "suggest-map", "waiting"} {
		only = only && !cmd.Flags().Changed(other)
	}
	if !only {
		return &status{StatusUsage, errors.New("--take-back stands alone, or with --dry-run: it takes in no file")}
	}
	s, err := p.open(cmd.Context(), !dryRun)
	if err != nil {
		return err
	}
	rep, err := s.Intake.TakeBack(cmd.Context(), number, dryRun)
	if rep != nil {
		for _, n := range rep.Notes {
			fmt.Fprintln(p.err, "note:", place(n))
		}
		for _, n := range rep.Stay {
			fmt.Fprintln(p.err, "stays:", place(n))
		}
		lead := "took back"
		if dryRun {
			lead = "dry run, nothing was changed: would take back"
		}
		rows := "rows"
		if rep.Rows == 1 {
			rows = "row"
		}
		if _, perr := fmt.Fprintf(p.out, "%s %s: %d %s; %d stay\n", lead, rep.Import, rep.Rows, rows, len(rep.Stay)); err == nil {
			err = perr
		}
	}
	if err = closing(s, err); err != nil {
		return err
	}
	if dryRun && len(rep.Tried) > 0 {
		if err := p.noteTried(cmd.Context(), rep.Tried); err != nil {
			return err
		}
	}
	if len(rep.Stay) > 0 {
		return &status{code: StatusRefused}
	}
	return nil
}
