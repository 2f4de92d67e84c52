package cli

import (
	"time"

	"github.com/spf13/cobra"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/plain"
)

func (p *program) clustersCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "clusters", Short: "What one interview covers or could cover, by the time it is due", Args: cobra.NoArgs}
	f := formatFlag(cmd)
	cmd.RunE = p.ran(func(cmd *cobra.Command, _ []string) error {
		var rows []view.ClusterRow
		var now time.Time
		err := p.ask(cmd.Context(), func(r domain.Reader) (err error) {
			rows, err = view.ReadClusters(r)
			now = r.Now()
			return err
		})
		if err != nil {
			return err
		}
		l := list{empty: "No cluster is suggested, and none stands.", n: len(rows), cols: plain.ClusterColumns(rows, now)}
		l.like = plain.ClusterRow(&view.ClusterRow{Child: &domain.Child{}}, now)
		for i := range rows {
			l.rows = append(l.rows, plain.ClusterRow(&rows[i], now))
		}
		return p.print(*f, l)
	})
	return cmd
}

func (p *program) alertsCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "alerts", Short: "The alerts in force, with their rule and their episodes", Args: cobra.NoArgs}
	f := formatFlag(cmd)
	cmd.RunE = p.ran(func(cmd *cobra.Command, _ []string) error {
		var rows []view.AlertRow
		err := p.ask(cmd.Context(), func(r domain.Reader) (err error) {
			rows, err = view.ReadAlerts(r)
			return err
		})
		if err != nil {
			return err
		}
		l := list{empty: "No alert is in force.", n: len(rows), cols: plain.AlertColumns(rows)}
		l.like = plain.AlertRow(&view.AlertRow{Child: &domain.Child{}})
		for i := range rows {
			l.rows = append(l.rows, plain.AlertRow(&rows[i]))
		}
		return p.print(*f, l)
	})
	return cmd
}
