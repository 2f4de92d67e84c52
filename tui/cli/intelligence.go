package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/plain"
)

func (p *program) intelligenceCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "intelligence", Short: "Places, people and things that children named, counted across children", Args: cobra.NoArgs,
		Long: "The places, people of concern, other children, vehicles, phones and handles that the records of interviews name: by how\n" +
			"many children, in which interviews. Two spellings of one are made one with intelligence.merge of homeward do, which can\n" +
			"be undone. That somebody read it is noted in the audit log."}
	f := formatFlag(cmd)
	cmd.RunE = p.ran(func(cmd *cobra.Command, _ []string) error {
		rows, now, err := p.intelligence(cmd.Context())
		if err != nil {
			return err
		}
		l := list{empty: "No interview names a place, a person or a thing.", n: len(rows), cols: plain.NotedColumns(rows, now)}
		l.like = plain.NotedRow(&view.NotedRow{Noted: &domain.Noted{}})
		for i := range rows {
			l.rows = append(l.rows, plain.NotedRow(&rows[i]))
		}
		return p.print(*f, l)
	})
	return cmd
}

// intelligence reads what is noted. It opens the database for writing, because that somebody read it is recorded (DOMAIN
// §9, §12): it speaks of children who are not named.
func (p *program) intelligence(ctx context.Context) (rows []view.NotedRow, now time.Time, err error) {
	if err := p.mustExist(); err != nil {
		return nil, now, err
	}
	s, err := p.open(ctx, true)
	if err != nil {
		return nil, now, err
	}
	now = s.Desk.Now()
	err = s.Desk.Ask(ctx, func(r domain.Reader) (err error) {
		rows, err = view.ReadNoted(r)
		return err
	})
	if err == nil {
		err = s.Desk.Note(ctx, "intelligence", fmt.Sprintf("read the intelligence, %d lines", len(rows)), 0)
	}
	return rows, now, closing(s, err)
}
