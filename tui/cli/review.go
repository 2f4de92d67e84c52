package cli

import (
	"github.com/spf13/cobra"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/plain"
)

// reviewParts are what `review` can print.
func reviewParts() []string {
	return []string{"overdue", "sign-off", "soon", "asked", "people", "weeks"}
}

func (p *program) reviewCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "review [PART]", Short: "What a supervisor looks over: what is late, what waits, who has room, how timely it was",
		Args: cobra.MatchAll(cobra.MaximumNArgs(1), cobra.OnlyValidArgs), ValidArgs: reviewParts(),
		Long: "For supervisors and auditors. PART is one of\n" +
			"  overdue   interviews that are overdue, the latest first; a cluster is one interview (the default)\n" +
			"  sign-off  decisions and records that wait for another person's word\n" +
			"  soon      clocks that will be over within 24 hours, with what is booked\n" +
			"  asked     questions to colleagues, those open and those answered within a week\n" +
			"  people    how much everybody has, and how much room today and tomorrow\n" +
			"  weeks     timeliness of the last twelve weeks: numerator, denominator, and what still runs"}
	f := formatFlag(cmd)
	cmd.RunE = p.ran(func(cmd *cobra.Command, args []string) error {
		part := "overdue"
		if len(args) > 0 {
			part = args[0]
		}
		if part == "weeks" {
			return p.reviewWeeks(cmd, *f)
		}
		var v *view.Review
		if err := p.ask(cmd.Context(), func(r domain.Reader) (err error) { v, err = view.ReadReview(r); return err }); err != nil {
			return err
		}
		return p.print(*f, reviewList(v, part))
	})
	return cmd
}

// reviewWeeks prints each measure of each week, the oldest first.
func (p *program) reviewWeeks(cmd *cobra.Command, f format) error {
	var list []plain.WeekMeasure
	if err := p.ask(cmd.Context(), func(r domain.Reader) error {
		for _, monday := range view.Weeks(r.Now()) {
			w, err := view.ReadWeek(r, monday)
			if err != nil {
				return err
			}
			for i := range w.Measures {
				list = append(list, plain.WeekMeasure{Week: w, Of: &w.Measures[i]})
			}
		}
		return nil
	}); err != nil {
		return err
	}
	return p.print(f, listed("", list, plain.WeekMeasure{Week: &view.Week{}, Of: &view.Timeliness{}}, plain.ReviewWeekRow, plain.ReviewWeekColumns(list)))
}

// listed makes a list of rows; blank stands for one where there are none.
func listed[T any](empty string, rows []T, blank T, row func(T) plain.Row, cols []plain.Column) list {
	l := list{empty: empty, n: len(rows), cols: cols, like: row(blank)}
	for _, r := range rows {
		l.rows = append(l.rows, row(r))
	}
	return l
}

// each lets a row be made of what a list holds by value.
func each[T any](row func(*T) plain.Row) func(T) plain.Row {
	return func(v T) plain.Row { return row(&v) }
}

func reviewList(v *view.Review, part string) list {
	blank := []*view.QueueRow{{Child: &domain.Child{}, Episode: &domain.Episode{}, Referral: &domain.Referral{}}}
	now := v.AsAt
	switch part {
	case "sign-off":
		return listed("Nothing waits for a sign-off.", v.SignOff, view.ToSign{Rows: blank}, each(plain.ReviewSignRow), plain.ReviewSignColumns(v.SignOff, now))
	case "soon":
		return listed("No clock will be over within 24 hours.", v.Soon, view.Breach{Rows: blank}, each(plain.ReviewSoonRow), plain.ReviewSoonColumns(v.Soon, now))
	case "asked":
		all := append(append([]view.Question{}, v.Asked...), v.Answered...)
		return listed("Nothing is asked.", all, view.Question{Child: &domain.Child{}, Referral: &domain.Referral{}, Note: &domain.Note{}}, each(plain.ReviewAskedRow), plain.ReviewAskedColumns(all, now))
	case "people":
		return listed("Nobody has anything.", v.People, view.Load{}, each(plain.ReviewLoadRow), plain.ReviewLoadColumns(v.People))
	}
	return listed("No interview is overdue.", v.Overdue, view.Owed{Rows: blank}, each(plain.ReviewOverdueRow), plain.ReviewOverdueColumns(v.Overdue))
}
