package cli_test

import (
	"strings"
	"testing"
)

// A list read for a purpose is noted with how many lines and what for, and whose they are is not; one without is not noted.
func TestAListReadForAPurposeIsNoted(t *testing.T) {
	t.Parallel()
	d := asked(t)
	log := func() string { return d.as("ada").ends(0, "audit", "list", "--format", "json").out }
	d.as("pat").ends(0, "queue", "--format", "csv")
	if s := log(); strings.Contains(s, "read the queue") {
		t.Errorf("nobody gave a purpose, yet: %s", s)
	}
	plain := d.as("pat").ends(0, "queue", "--format", "csv").out
	if s := d.as("pat").ends(0, "queue", "--format", "csv", "--purpose", " weekly meeting\n"); s.out != plain {
		t.Errorf("a purpose changes the list:\n%s\n%s", s.out, plain)
	}
	for _, list := range []string{"missing", "overdue", "clusters", "followups", "alerts", "intelligence"} {
		d.as("pat").ends(0, list, "--format", "json", "--purpose", "for "+list)
	}
	d.as("ada").ends(0, "review", "people", "--purpose", "supervision")
	s := log()
	for _, want := range []string{", as csv: weekly meeting\"", "read the queue, ", "read the missing, ", "read the overdue, ", "read the clusters, ", "read the followups, ",
		"read the alerts, ", "read the intelligence, ", ", as json: for alerts", "read the review people, ", ", as table: supervision"} {
		if !strings.Contains(s, want) {
			t.Errorf("no %q in %s", want, s)
		}
	}
	d.as("pat").ends(0, "intelligence")
	if s := log(); !strings.Contains(s, "as table: no purpose given") {
		t.Error(s)
	}
	d.as("pat").ends(2, "queue", "--purpose", "  ")
	d.sound()
}
