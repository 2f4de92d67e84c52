package cli

import (
	"time"

	"github.com/spf13/cobra"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/plain"
)

func (p *program) followUpsCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "followups", Short: "What must still happen, by due time, then what was done or dropped lately", Args: cobra.NoArgs,
		Long: "The follow-ups that are open, by due time, and after them those that were done or dropped in the last 28 days, newest\n" +
			"first. A due time that was missed stays missed, also after it was given another."}
	f := formatFlag(cmd)
	all := cmd.Flags().Bool("all", false, "every one that was ever done or dropped, too")
	mine := cmd.Flags().Bool("mine", false, "only those that are mine to do, and the urgent ones")
	cmd.RunE = p.ran(func(cmd *cobra.Command, _ []string) error {
		var rows []view.FollowUpRow
		var now time.Time
		err := p.ask(cmd.Context(), func(r domain.Reader) error {
			now = r.Now()
			open, err := view.ReadFollowUps(r)
			if err != nil {
				return err
			}
			since := view.EndedShown(now)
			if *all {
				since = 0
			}
			ended, err := view.ReadEndedFollowUps(r, since)
			for _, row := range append(open, ended...) {
				if !*mine || row.Mine(r.Actor().Login) {
					rows = append(rows, row)
				}
			}
			return err
		})
		if err != nil {
			return err
		}
		l := list{empty: "No follow-up is open, and none ended lately.", n: len(rows), cols: plain.FollowUpColumns(rows, now)}
		l.like = plain.FollowUpRow(&view.FollowUpRow{Child: &domain.Child{}, FollowUp: &domain.FollowUp{}})
		for i := range rows {
			l.rows = append(l.rows, plain.FollowUpRow(&rows[i]))
		}
		return p.print(*f, l)
	})
	return cmd
}
