package intake

import (
	"strings"
	"testing"

	"homeward/domain"
)

// Dates of both orders in one column are told once, with a line of each; what a map says of the order is kept to, by line.
func TestDaysAndMonthsOfBothOrders(t *testing.T) {
	us := &Map{Layouts: []Layout{layoutOf("m/d/yyyy hh:mm"), layoutOf("m/d/yyyy")}}
	uk := &Map{Layouts: []Layout{layoutOf("dd/mm/yyyy hh:mm")}}
	both := &Map{Layouts: []Layout{layoutOf("d/m/yyyy"), layoutOf("m/d/yyyy")}}
	for _, c := range []struct {
		what    string
		by      *Map
		cells   []string
		want    []string // as it is kept, "" where it is refused
		refused string
		note    string // "" for none
	}{
		{"day first", nil, []string{"11/05/2026 10:00", "13/05/2026 10:00"}, []string{"2026-05-11T10:00", "2026-05-13T10:00"}, "", ""},
		{"one that only begins with its month", nil, []string{"11/05/2026 10:00", "11/19/2025 10:00"}, []string{"2026-05-11T10:00", ""}, "11/19/2025", "line 2 has “11/05/2026 10:00”, which is day first, and line 3 has “11/19/2025 10:00”, which is month first"},
		{"the same, the other way round", nil, []string{"11/19/2025", "03/11/2025"}, []string{"", "2025-11-03"}, "11/19/2025", "line 3 has “03/11/2025”, which is day first, and line 2 has “11/19/2025”"},
		{"nothing but months first", nil, []string{"11/19/2025", "05/05/2026", "2026-05-05"}, []string{"", "2026-05-05", "2026-05-05"}, "11/19/2025", ""},
		{"a map of months first", us, []string{"11/05/2025 10:00", "11/19/2025"}, []string{"2025-11-05T10:00", "2025-11-19"}, "", ""},
		{"a day first under it", us, []string{"11/05/2025 10:00", "13/05/2026 10:00"}, []string{"2025-11-05T10:00", ""}, "is not written as the map says (m/d/yyyy hh:mm, m/d/yyyy)", "line 3 has “13/05/2026 10:00”, which is day first, and line 2 has"},
		{"one of neither layout under it", us, []string{"11/05/2025 10:00:30", "2026-05-13", "13 May 2026"}, []string{"", "2026-05-13", "2026-05-13"}, "is not written as the map says", ""},
		{"a map of days first", uk, []string{"11/05/2026 10:00", "11/06/2026"}, []string{"2026-05-11T10:00", "2026-06-11"}, "", ""},
		{"a map of both", both, []string{"11/05/2026", "11/19/2025"}, []string{"2026-05-11", "2025-11-19"}, "", "line 2 has “11/05/2026”, which is day first, and line 3 has “11/19/2025”"},
	} {
		var b strings.Builder
		b.WriteString(map[bool]string{true: "police_ref,child_ref,missing_at\n", false: "ref,who,gone\n"}[c.by == nil])
		for i, cell := range c.cells {
			b.WriteString("P" + string(rune('1'+i)) + ",K" + string(rune('1'+i)) + "," + cell + "\n")
		}
		if c.by != nil {
			c.by.Columns = map[domain.Column][]string{domain.ColPoliceRef: {"ref"}, domain.ColChildRef: {"who"}, domain.ColMissingAt: {"gone"}}
		}
		desk := newDesk()
		rep := takeFile(t, desk, b.String(), Options{Map: c.by})
		for i, want := range c.want {
			got := ""
			if e := desk.Episode("P" + string(rune('1'+i))); e != nil {
				if got = e.MissingAt.Local().Format("2006-01-02T15:04"); e.MissingAt.DateOnly() {
					got = got[:10]
				}
			}
			if got != want {
				t.Errorf("%s: %s is %q, should be %q", c.what, c.cells[i], got, want)
			}
		}
		said := ""
		for _, f := range rep.RefusedRows {
			said += f.Column + " " + f.Reason + "\n"
		}
		if (c.refused == "") != (said == "") || !strings.Contains(said, c.refused) {
			t.Errorf("%s: refused %q", c.what, said)
		}
		notes := strings.Join(rep.FileNotes, "\n")
		if (c.note == "") != (notes == "") || !strings.Contains(notes, c.note) || c.note != "" && !strings.HasPrefix(notes, map[bool]string{true: "missing_at: ", false: "gone: "}[c.by == nil]) {
			t.Errorf("%s: told %q", c.what, notes)
		}
	}
}
