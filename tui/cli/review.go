package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/lists"
)

// reviewParts are what `review` can print, the first where none is named.
func reviewParts() []lister {
	return []lister{
		listing[view.Owed]{name: "overdue", short: "interviews that are overdue, the latest first; a cluster is one interview (the default)",
			empty: "No interview is overdue.", rows: lists.ReviewOverdue(), read: ofReview(func(v *view.Review) []view.Owed { return v.Overdue })},
		listing[view.ToSign]{name: "sign-off", short: "decisions and records that wait for another person's word",
			empty: "Nothing waits for a sign-off.", rows: lists.ReviewSignOff(), read: ofReview(func(v *view.Review) []view.ToSign { return v.SignOff })},
		listing[view.Breach]{name: "soon", short: "clocks that will be over within 24 hours, with what is booked",
			empty: "No clock will be over within 24 hours.", rows: lists.ReviewSoon(), read: ofReview(func(v *view.Review) []view.Breach { return v.Soon })},
		listing[view.Question]{name: "asked", short: "questions to colleagues, those open and those answered within a week",
			empty: "Nothing is asked.", rows: lists.ReviewAsked(), read: ofReview(func(v *view.Review) []view.Question {
				return append(append([]view.Question{}, v.Asked...), v.Answered...)
			})},
		listing[view.Load]{name: "people", short: "how much everybody has, and how much room today and tomorrow",
			empty: "Nobody has anything.", rows: lists.ReviewPeople(), read: ofReview(func(v *view.Review) []view.Load { return v.People })},
		listing[view.MissingRow]{name: "to-close", short: "episodes without a return of children who are not missing now: 18 by now, died, or back by the source",
			empty: "No episode is to be closed.", rows: lists.ToClose(), read: view.ReadToClose},
		listing[lists.WeekMeasure]{name: "weeks", short: "timeliness of the last twelve weeks: numerator, denominator, and what still runs",
			rows: lists.ReviewWeeks(), read: readWeeks},
	}
}

// ofReview reads one list of the review.
func ofReview[T any](part func(v *view.Review) []T) func(r domain.Reader) ([]T, error) {
	return func(r domain.Reader) ([]T, error) {
		v, err := view.ReadReview(r)
		if err != nil {
			return nil, err
		}
		return part(v), nil
	}
}

// readWeeks reads each measure of each week, the oldest first.
func readWeeks(r domain.Reader) (out []lists.WeekMeasure, err error) {
	for _, monday := range view.Weeks(r.Now()) {
		w, err := view.ReadWeek(r, monday)
		if err != nil {
			return nil, err
		}
		for i := range w.Measures {
			out = append(out, lists.WeekMeasure{Week: w, Of: &w.Measures[i]})
		}
	}
	return out, nil
}

func (p *program) reviewCmd() *cobra.Command {
	long := "For supervisors and auditors; to-close for everybody who reads the lists. PART is one of"
	parts := map[string]lister{}
	var names []string
	for _, part := range reviewParts() {
		name, short := part.called()
		long += fmt.Sprintf("\n  %-8s  %s", name, short)
		names, parts[name] = append(names, name), part
	}
	cmd := &cobra.Command{Use: "review [PART]", Short: "What a supervisor looks over: what is late, what waits, who has room, how timely it was",
		Args: cobra.MatchAll(cobra.MaximumNArgs(1), cobra.OnlyValidArgs), ValidArgs: names, Long: long}
	f, why := formatFlag(cmd), purposeFlag(cmd)
	cmd.RunE = p.ran(func(cmd *cobra.Command, args []string) error {
		part := names[0]
		if len(args) > 0 {
			part = args[0]
		}
		return parts[part].print(cmd.Context(), p, *f, why, "review "+part)
	})
	return cmd
}
