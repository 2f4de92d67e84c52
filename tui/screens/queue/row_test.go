package queue

import (
	"slices"
	"testing"

	"homeward/tui/lists"
)

// A cell of a row that is no referral stands in a column the queue has: under another title nobody would ever see it.
func TestOtherRowsStandInTheQueuesColumns(t *testing.T) {
	e := &lists.Env{}
	var titles []string
	for _, c := range lists.Queue().Screen(e) {
		titles = append(titles, c.Title)
	}
	urgent, missing := urgentCells(e), missingCells(e)
	for title := range urgent {
		if !slices.Contains(titles, title) {
			t.Errorf("an urgent note has a cell under %q, which is no column", title)
		}
	}
	for title := range missing {
		if !slices.Contains(titles, title) {
			t.Errorf("a missing child has a cell under %q, which is no column", title)
		}
	}
	// What no view leaves out, every row has something to say in, but for a clock an urgent note has not.
	for _, title := range lists.Queue().Always() {
		if missing[title] == nil || urgent[title] == nil && title != "Interview" {
			t.Errorf("%q is always shown, and a row that is no referral has nothing there", title)
		}
	}
}
