package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/lists"
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

// listing is one command that prints a list: what it is called, what it says of itself, what it prints where there is
// nothing, how its rows are read and what they are.
type listing[T any] struct {
	name, short, long string
	empty             string
	rows              lists.List[T]
	flags             func(cmd *cobra.Command) // its own, beside --format; nil for none
	read              func(r domain.Reader) ([]T, error)
	// always says that reading it is recorded also where no purpose is given (DOMAIN §9, §12).
	always bool
}

// lister is a listing of whatever rows.
type lister interface {
	called() (name, short string)
	print(ctx context.Context, p *program, f format, why *purpose, noted string) error
	command(p *program) *cobra.Command
}

// listings are the commands that print a list of their own. `review` has parts, `timeline` and `audit list` ask for more.
func listings() []lister {
	var all, mine bool
	return []lister{
		listing[view.QueueRow]{name: "queue", short: "The referrals that are open, by what is due next", empty: "No referral is open.",
			rows: lists.Queue(), read: readQueue},
		listing[view.QueueRow]{name: "overdue", short: "The interviews that are overdue", empty: "No interview is overdue.",
			rows: lists.Overdue(), read: readOverdue},
		listing[view.MissingRow]{name: "missing", short: "The children who are missing now, longest first", empty: "No child is missing.",
			rows: lists.Missing(), read: view.ReadMissing},
		listing[view.ClusterRow]{name: "clusters", short: "What one interview covers or could cover, by the time it is due", empty: "No cluster is suggested, and none stands.",
			rows: lists.Clusters(), read: view.ReadClusters},
		listing[view.AlertRow]{name: "alerts", short: "The alerts in force, with their rule and their episodes", empty: "No alert is in force.",
			rows: lists.Alerts(), read: view.ReadAlerts},
		listing[view.FollowUpRow]{name: "followups", short: "What must still happen, by due time, then what was done or dropped lately", empty: "No follow-up is open, and none ended lately.",
			long: "The follow-ups that are open, by due time, and after them those that were done or dropped in the last 28 days, newest\n" +
				"first. A due time that was missed stays missed, also after it was given another.",
			rows: lists.FollowUps(),
			flags: func(cmd *cobra.Command) {
				cmd.Flags().BoolVar(&all, "all", false, "every one that was ever done or dropped, too")
				cmd.Flags().BoolVar(&mine, "mine", false, "only those that are mine to do, and the urgent ones")
			},
			read: func(r domain.Reader) ([]view.FollowUpRow, error) { return readFollowUps(r, all, mine) }},
		listing[view.NotedRow]{name: "intelligence", short: "Places, people and things that children and carers named, counted across children", empty: "No interview and no carer names a place, a person or a thing.",
			long: "The places, people of concern, other children, vehicles, phones and handles that the records of interviews name, and what\n" +
				"carers told: by how many children, in which interviews, on which referrals. Two spellings of one are made one with intelligence.merge of homeward do, which can\n" +
				"be undone. That somebody read it is noted in the audit log.",
			rows: lists.Intelligence(), read: view.ReadNoted,
			always: true}, // it speaks of children who are not named
	}
}

func (l listing[T]) called() (name, short string) { return l.name, l.short }

func (l listing[T]) command(p *program) *cobra.Command {
	cmd := &cobra.Command{Use: l.name, Short: l.short, Long: l.long, Args: cobra.NoArgs}
	f, why := formatFlag(cmd), purposeFlag(cmd)
	if l.flags != nil {
		l.flags(cmd)
	}
	cmd.RunE = p.ran(func(cmd *cobra.Command, _ []string) error { return l.print(cmd.Context(), p, *f, why, l.name) })
	return cmd
}

func (l listing[T]) print(ctx context.Context, p *program, f format, why *purpose, noted string) error {
	var rows []T
	var now time.Time
	question := func(r domain.Reader) (err error) {
		rows, err = l.read(r)
		now = r.Now()
		return err
	}
	ask := p.ask
	if l.always || *why != "" {
		ask = func(ctx context.Context, question func(r domain.Reader) error) error {
			return p.askTold(ctx, question, func(d view.Desk) error {
				return d.Note(ctx, strings.Fields(noted)[0], why.told(noted, len(rows), f), 0)
			})
		}
	}
	if err := ask(ctx, question); err != nil {
		return err
	}
	return show(p, f, l.rows, l.empty, rows, now)
}

// show prints rows in a format.
func show[T any](p *program, f format, list lists.List[T], empty string, rows []T, now time.Time) error {
	switch f {
	case "json":
		return plain.JSON(p.out, list.Rows(rows, now))
	case "csv":
		return plain.CSV(p.out, list.Header(), list.Rows(rows, now))
	}
	return plain.Table(p.out, empty, len(rows), list.Columns(rows, now))
}

// ask opens the database shared and asks one question.
func (p *program) ask(ctx context.Context, question func(r domain.Reader) error) (err error) {
	s, err := p.open(ctx, false)
	if err != nil {
		return err
	}
	return closing(s, s.Desk.Ask(ctx, question))
}

// askTold asks one question whose asking is recorded afterwards, for which the database is opened for writing.
func (p *program) askTold(ctx context.Context, question func(r domain.Reader) error, told func(d view.Desk) error) error {
	if err := p.mustExist(); err != nil {
		return err
	}
	s, err := p.open(ctx, true)
	if err != nil {
		return err
	}
	if err = s.Desk.Ask(ctx, question); err == nil {
		err = told(s.Desk)
	}
	return closing(s, err)
}

func readQueue(r domain.Reader) ([]view.QueueRow, error) {
	q, err := view.ReadQueue(r)
	if err != nil {
		return nil, err
	}
	return q.Rows, nil
}

func readOverdue(r domain.Reader) ([]view.QueueRow, error) {
	rows, err := readQueue(r)
	return slices.DeleteFunc(slices.Clone(rows), func(q view.QueueRow) bool { return !q.Overdue }), err
}

// readFollowUps reads those that are open, then those that ended lately, or all that ever did; mine are only this person's.
func readFollowUps(r domain.Reader, all, mine bool) ([]view.FollowUpRow, error) {
	open, err := view.ReadFollowUps(r)
	if err != nil {
		return nil, err
	}
	since := view.EndedShown(r.Now())
	if all {
		since = 0
	}
	ended, err := view.ReadEndedFollowUps(r, since)
	return slices.DeleteFunc(append(open, ended...), func(row view.FollowUpRow) bool { return mine && !row.Mine(r.Actor().Login) }), err
}

func (p *program) timelineCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "timeline CHILD_REF", Short: "One child's episodes, contacts and decisions", Args: cobra.ExactArgs(1)}
	f := formatFlag(cmd)
	cmd.RunE = p.ran(func(cmd *cobra.Command, args []string) error {
		t, now, err := p.timeline(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		switch *f {
		case "json":
			return plain.Object(p.out, lists.Timeline(t, now))
		case "table":
			fmt.Fprintf(p.out, "%s, %s\n", t.Child.Name(), t.Child.ShownRef())
		}
		return show(p, *f, lists.Events(), "Nothing is recorded.", t.Events, now)
	})
	return cmd
}

// timeline reads one child's story. It opens the database for writing, because that somebody read it is recorded
// (DOMAIN §9, §12).
func (p *program) timeline(ctx context.Context, ref string) (t *view.Timeline, now time.Time, err error) {
	err = p.askTold(ctx, func(r domain.Reader) error {
		now = r.Now()
		child, err := domain.ChildNamed(r, ref)
		if err != nil {
			return err
		}
		if child == nil {
			return fmt.Errorf("there is no child %q", ref)
		}
		t, err = view.ReadTimeline(r, child)
		return err
	}, func(d view.Desk) error { return d.Opened(ctx, t.Child.ID) })
	return t, now, err
}
