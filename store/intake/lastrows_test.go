package intake

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// However far apart they stand, the last row of a reference counts; the same file again changes nothing.
func TestLastRowOfAReferenceCounts(t *testing.T) {
	var b strings.Builder
	b.WriteString("police_ref,child_ref,missing_at,returned_at,risk\nP0,X0,2026-11-01,2026-11-02,low\n")
	for i := range 50 {
		fmt.Fprintf(&b, "P%d,X%d,2026-11-01,2026-11-02,low\n", i+1, i+1)
	}
	b.WriteString("P0,X0,2026-11-01,,high\n")
	for name, src := range map[string]func() io.Reader{
		"a file":   func() io.Reader { return strings.NewReader(b.String()) },
		"a stream": func() io.Reader { return bufio.NewReader(strings.NewReader(b.String())) },
	} {
		desk := newDesk()
		rep, err := Run(t.Context(), desk, src(), Options{BatchRows: 10})
		if err != nil || counts(rep) != "read 52 created 51 updated 0 unchanged 1 refused 0 children 51 referred 50" {
			t.Fatal(name, err, counts(rep))
		}
		if e := desk.Episode("P0"); e.Risk != "high" || e.Over() {
			t.Errorf("%s: %+v", name, e)
		}
		if len(rep.Warnings) != 1 || rep.Warnings[0].Line != 2 || !strings.HasPrefix(rep.Warnings[0].Reason, "line 53 says police_ref once more") {
			t.Errorf("%s: %+v", name, rep.Warnings)
		}
		again, err := Run(t.Context(), desk, src(), Options{BatchRows: 10})
		if err != nil || counts(again) != "read 52 created 0 updated 0 unchanged 52 refused 0 children 0 referred 0" || again.Import != 0 {
			t.Error(name, err, counts(again))
		}
		rows, _, err := Preview(t.Context(), newDesk(), src(), Options{}, 5)
		if err != nil || rows[0].Verdict != Unchanged || len(rows[0].Warnings) != 1 || rows[1].Verdict != New {
			t.Errorf("%s: %v %+v", name, err, rows)
		}
	}
}

// A row that cannot be read makes none before it out of date, and two children under one reference are decided row by row.
func TestEarlierRowsAreLostToNothingElse(t *testing.T) {
	head := "police_ref,child_ref,given_name,family_name,dob,missing_at,risk\n"
	for _, c := range []struct {
		rows string
		want string
	}{
		{"P1,K1,,,,2026-11-01,low\nP1,K1,,,,2026-11-01,huge\n", "read 2 created 1 updated 0 unchanged 0 refused 1"},
		{"P1,K1,,,,2026-11-01,low\nP1,K1,,,,2026-11-01,medium\nP1,K1,,,,2026-11-01,huge\n", "read 3 created 1 updated 0 unchanged 1 refused 1"},
		{"P1,K1,,,,2026-11-01,low\nP1,K2,,,,2026-11-01,high\n", "read 2 created 1 updated 0 unchanged 0 refused 1"},
		{"P1,,Ada,Okafor,2011-03-14,2026-11-01,low\nP1,,Ben,Okafor,2011-03-14,2026-11-01,high\n", "read 2 created 1 updated 0 unchanged 0 refused 1"},
		{"P1,,Ada,Okafor,2011-03-14,2026-11-01,low\nP1,,ADA,OKAFOR,2011-03-14,2026-11-01,high\n", "read 2 created 1 updated 0 unchanged 1 refused 0"},
		{"P1,K1,,,,2026-11-01,low\np1,K1,,,,2026-11-01,high\n", "read 2 created 2 updated 0 unchanged 0 refused 0"},
	} {
		desk := newDesk()
		rep := takeFile(t, desk, head+c.rows, Options{})
		if got := counts(rep); !strings.HasPrefix(got, c.want) {
			t.Errorf("%q: %s, should be %s", c.rows, got, c.want)
		}
	}
}

// What came of a stream before its error is in, and the error is told.
func TestStreamThatBreaksOffKeepsWhatCame(t *testing.T) {
	file := "police_ref,child_ref,missing_at\nP1,K1,2026-11-01\nP2,K2,2026-11-01\n"
	desk := newDesk()
	rep, err := Run(t.Context(), desk, io.MultiReader(strings.NewReader(file), failing{io.ErrUnexpectedEOF}), Options{})
	if !errors.Is(err, io.ErrUnexpectedEOF) || rep == nil || !rep.Stopped || rep.Counts.Created != 2 {
		t.Errorf("%v %+v", err, rep)
	}
	if e := desk.Episode("P2"); e == nil {
		t.Errorf("%+v", e)
	}
}
