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

// format is the --format flag of a list.
type format string

func (f *format) String() string { return string(*f) }
func (f *format) Type() string   { return "table|json|csv" }

// Set refuses what is no format.
func (f *format) Set(s string) error {
	switch s {
	case "table", "json", "csv":
		*f = format(s)
		return nil
	}
	return fmt.Errorf("is to be table, json or csv")
}

func formatFlag(cmd *cobra.Command) *format {
	f := format("table")
	cmd.Flags().Var(&f, "format", "how to print it")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"table", "json", "csv"}, cobra.ShellCompDirectiveNoFileComp))
	return &f
}

// list prints rows in a format.
type list struct {
	empty string
	rows  []plain.Row
	like  plain.Row // for the header of an empty CSV
	cols  []plain.Column
	n     int
}

func (p *program) print(f format, l list) error {
	switch f {
	case "json":
		return plain.JSON(p.out, l.rows)
	case "csv":
		return plain.CSV(p.out, l.like.Header(), l.rows)
	}
	return plain.Table(p.out, l.empty, l.n, l.cols)
}

// ask opens the database shared and asks one question.
func (p *program) ask(ctx context.Context, question func(r domain.Reader) error) (err error) {
	s, err := p.open(ctx, false)
	if err != nil {
		return err
	}
	return closing(s, s.Desk.Ask(ctx, question))
}

func (p *program) queueCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "queue", Short: "The referrals that are open, by what is due next", Args: cobra.NoArgs}
	f := formatFlag(cmd)
	cmd.RunE = p.ran(func(cmd *cobra.Command, _ []string) error {
		rows, now, err := p.queue(cmd.Context())
		if err != nil {
			return err
		}
		return p.print(*f, queueList(rows, now, plain.QueueRow, "No referral is open."))
	})
	return cmd
}

func (p *program) overdueCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "overdue", Short: "The interviews that are overdue", Args: cobra.NoArgs}
	f := formatFlag(cmd)
	cmd.RunE = p.ran(func(cmd *cobra.Command, _ []string) error {
		rows, now, err := p.queue(cmd.Context())
		if err != nil {
			return err
		}
		var late []view.QueueRow
		for _, r := range rows {
			if r.Overdue {
				late = append(late, r)
			}
		}
		return p.print(*f, queueList(late, now, plain.OverdueRow, "No interview is overdue."))
	})
	return cmd
}

func (p *program) queue(ctx context.Context) (rows []view.QueueRow, now time.Time, err error) {
	err = p.ask(ctx, func(r domain.Reader) error {
		q, err := view.ReadQueue(r)
		if err == nil {
			rows, now = q.Rows, q.AsAt
		}
		return err
	})
	return rows, now, err
}

func queueList(rows []view.QueueRow, now time.Time, row func(*view.QueueRow, time.Time) plain.Row, empty string) list {
	l := list{empty: empty, n: len(rows), cols: plain.QueueColumns(rows, now)}
	l.like = row(&view.QueueRow{Child: &domain.Child{}, Episode: &domain.Episode{}, Referral: &domain.Referral{}}, now)
	for i := range rows {
		l.rows = append(l.rows, row(&rows[i], now))
	}
	return l
}

func (p *program) missingCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "missing", Short: "The children who are missing now, longest first", Args: cobra.NoArgs}
	f := formatFlag(cmd)
	cmd.RunE = p.ran(func(cmd *cobra.Command, _ []string) error {
		var rows []view.MissingRow
		var now time.Time
		err := p.ask(cmd.Context(), func(r domain.Reader) (err error) {
			rows, err = view.ReadMissing(r)
			now = r.Now()
			return err
		})
		if err != nil {
			return err
		}
		l := list{empty: "No child is missing.", n: len(rows), cols: plain.MissingColumns(rows, now)}
		l.like = plain.MissingRow(&view.MissingRow{Child: &domain.Child{}, Episode: &domain.Episode{}})
		for i := range rows {
			l.rows = append(l.rows, plain.MissingRow(&rows[i]))
		}
		return p.print(*f, l)
	})
	return cmd
}

func (p *program) timelineCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "timeline CHILD_REF", Short: "One child's episodes, contacts and decisions", Args: cobra.ExactArgs(1)}
	f := formatFlag(cmd)
	cmd.RunE = p.ran(func(cmd *cobra.Command, args []string) error {
		t, now, err := p.timeline(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		if *f == "json" {
			return plain.Object(p.out, plain.Timeline(t))
		}
		var l list
		obj := plain.Timeline(t)
		l.rows = obj[1].Value.([]plain.Row)
		l.like = plain.Timeline(&view.Timeline{Child: t.Child, Events: make([]view.TimelineEvent, 1)})[1].Value.([]plain.Row)[0]
		l.cols, l.n, l.empty = plain.TimelineColumns(t, now), len(t.Events), "Nothing is recorded."
		if *f == "table" {
			fmt.Fprintf(p.out, "%s, %s\n", t.Child.Name(), t.Child.ShownRef())
		}
		return p.print(*f, l)
	})
	return cmd
}

// timeline reads one child's story. It opens the database for writing, because that somebody read it is recorded
// (DOMAIN §9, §12).
func (p *program) timeline(ctx context.Context, ref string) (t *view.Timeline, now time.Time, err error) {
	if err := p.mustExist(); err != nil {
		return nil, now, err
	}
	s, err := p.open(ctx, true)
	if err != nil {
		return nil, now, err
	}
	now = s.Desk.Now()
	err = s.Desk.Ask(ctx, func(r domain.Reader) error {
		child, err := domain.ChildNamed(r, ref)
		if err != nil {
			return err
		}
		if child == nil {
			return fmt.Errorf("there is no child %q", ref)
		}
		t, err = view.ReadTimeline(r, child)
		return err
	})
	if err == nil {
		err = s.Desk.Opened(ctx, t.Child.ID)
	}
	return t, now, closing(s, err)
}
