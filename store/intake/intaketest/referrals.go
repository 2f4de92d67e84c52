package intaketest

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"time"
)

// What a row should lead to.
const (
	Created   = "created"
	Updated   = "updated"
	Unchanged = "unchanged"
	Refused   = "refused"
)

// Truth is what one row of a made file should lead to. It is known while the row is made and never computed from it.
type Truth struct {
	Line      int    // where the row begins; the header is 1
	PoliceRef string // "" where the row lacks it
	Child     string // as the file tells children apart
	Verdict   string
	NewChild  bool
	Referred  bool   // raises a referral
	Column    string // at fault, for a refused row
	// Times as the row means them, in UTC; zero where blank.
	Missing, Returned time.Time
	DateOnly          bool // of Missing
}

// maker makes one file.
type maker struct {
	rnd    *rand.Rand
	now    time.Time
	zone   *time.Location
	out    bytes.Buffer
	csv    *csv.Writer
	line   int
	truth  []Truth
	seen   map[string]bool // children
	number int
}

func columns() []string {
	return []string{"police_ref", "child_ref", "given_name", "family_name", "dob", "gender", "status", "looked_after", "placement",
		"category", "risk", "flags", "missing_at", "reported_at", "found_at_time", "returned_at", "notified_at", "child_phone", "notes", "force_area"}
}

// Referrals makes a referral CSV of at least n rows: children who go missing in bursts, nights on which the clocks
// change, episodes that are still open or whose return comes in a later row, names in quotes and over two lines, children
// without a reference, and rows that are refused. The same seed makes the same file. now bounds every time in it.
func Referrals(seed int64, n int, now time.Time) ([]byte, []Truth) {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic("no time zone data: " + err.Error()) // a test cannot go on without
	}
	m := &maker{rnd: rand.New(rand.NewPCG(uint64(seed), 903)), now: now, zone: zone, line: 1, seen: map[string]bool{}}
	m.csv = csv.NewWriter(&m.out)
	m.write(columns())
	for i := 0; len(m.truth) < n; i++ {
		switch {
		case i%37 == 5:
			m.bad()
		case i%41 == 7:
			m.clockChange()
		default:
			m.burst()
		}
	}
	m.csv.Flush()
	return m.out.Bytes(), m.truth
}

// write puts a row down and counts its lines.
func (m *maker) write(row []string) {
	_ = m.csv.Write(row) // into memory
	for _, c := range row {
		for _, b := range c {
			if b == '\n' {
				m.line++
			}
		}
	}
	m.line++
}

type child struct {
	key, ref, given, family, dob string
}

func (m *maker) child() child {
	given := []string{"Ada", "Bea", "Chidi", "Dafydd", "Éloïse", "Farah", "Grace", "Hugo", "Ines", "Jamal"}
	family := []string{"Okafor", "O’Neill", "Smith-Jones", "Ní Dhónaill", "Khan", "de la Cruz", "Brown, Jr", `Lee "Lee"`}
	k := m.rnd.IntN(4000)
	c := child{key: fmt.Sprint(k), given: given[k%len(given)], family: family[k%len(family)]}
	// One day for each number, so that a name and a date of birth never stand for two children.
	c.dob = time.Date(2009, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, k).Format([]string{"2006-01-02", "02/01/2006"}[k%2])
	if k%5 != 0 {
		c.ref = fmt.Sprintf("LA-%05d", k)
	}
	return c
}

// when writes a time in one of the ways a source may, and gives it as UTC. Hours from 3 to 23 are never ambiguous.
func (m *maker) when(t time.Time) (string, time.Time) {
	t = t.In(m.zone).Truncate(time.Minute)
	layouts := []string{"2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02T15:04:05Z07:00", "02/01/2006 15:04"}
	return t.Format(layouts[m.rnd.IntN(len(layouts))]), t.UTC()
}

// plain is an hour of a day that exists once in either half of the year.
func (m *maker) plain(before time.Duration) time.Time {
	t := m.now.Add(-before).In(m.zone)
	y, mo, d := t.Date()
	return time.Date(y, mo, d, 3+m.rnd.IntN(20), m.rnd.IntN(60), 0, 0, m.zone)
}

func (m *maker) ref() string {
	m.number++
	return fmt.Sprintf("MP/%06d", m.number)
}

// row writes an episode and what it should lead to.
func (m *maker) row(c child, t Truth, cells map[string]string) {
	t.Line, t.Child = m.line, c.key
	if t.Verdict == Created {
		t.NewChild = !m.seen[c.key]
		m.seen[c.key] = true
	}
	row := make([]string, 0, len(columns()))
	base := map[string]string{"child_ref": c.ref, "given_name": c.given, "family_name": c.family, "dob": c.dob, "police_ref": t.PoliceRef,
		"gender": "female", "category": "missing", "force_area": "north"}
	for _, name := range columns() {
		v, ok := cells[name]
		if !ok {
			v = base[name]
		}
		row = append(row, v)
	}
	m.truth = append(m.truth, t)
	m.write(row)
}

// burst is one child going missing a few times within days; the last may be still open, or be closed by a later row.
func (m *maker) burst() {
	c := m.child()
	start := m.plain(time.Duration(24*(20+m.rnd.IntN(400))) * time.Hour)
	for range 1 + m.rnd.IntN(4) {
		t := Truth{PoliceRef: m.ref(), Verdict: Created}
		cells := map[string]string{"risk": []string{"high", "Medium", "low", "very low", ""}[m.rnd.IntN(5)],
			"notes": []string{"", "seen at the park,\nwith two others", "=HYPERLINK(\"x\")", "–"}[m.rnd.IntN(4)]}
		cells["missing_at"], t.Missing = m.when(start)
		end := start.Add(time.Duration(20+m.rnd.IntN(30*60)) * time.Minute).In(m.zone)
		if end.Hour() < 3 {
			end = end.Add(3 * time.Hour)
		}
		switch m.rnd.IntN(8) {
		case 0: // still open
			m.row(c, t, cells)
		case 1: // comes back in a later row, and is told once more: the last row counts
			t.Verdict = Unchanged
			m.row(c, t, cells)
			cells["returned_at"], t.Returned = m.when(end)
			m.row(c, t, cells)
			t.Verdict, t.Referred = Created, true
			cells["risk"] = ""
			m.row(c, t, cells)
		case 2: // dates alone
			cells["missing_at"], t.DateOnly = start.Format("02/01/2006"), true
			y, mo, d := start.Date()
			t.Missing = time.Date(y, mo, d, 0, 0, 0, 0, m.zone).UTC()
			cells["returned_at"], t.Returned = m.when(end)
			t.Referred = true
			m.row(c, t, cells)
		default:
			cells["returned_at"], t.Returned = m.when(end)
			cells["found_at_time"] = cells["returned_at"]
			cells["notified_at"], _ = m.when(end.Add(40 * time.Minute))
			t.Referred = true
			m.row(c, t, cells)
		}
		start = m.plain(m.now.Sub(start) - time.Duration(24*(2+m.rnd.IntN(3)))*time.Hour)
	}
}

// clockChange is an episode over a night on which the clocks change, the end at a time that comes twice in October: the
// earlier of the two, unless the start lies between them.
func (m *maker) clockChange() {
	c, t := m.child(), Truth{PoliceRef: m.ref(), Verdict: Created, Referred: true}
	cells := map[string]string{}
	switch m.rnd.IntN(4) {
	case 0: // 01:30 is 00:30 UTC first
		cells["missing_at"], cells["returned_at"] = "2025-10-25 21:00", "2025-10-26 01:30"
		t.Missing, t.Returned = time.Date(2025, 10, 25, 20, 0, 0, 0, time.UTC), time.Date(2025, 10, 26, 0, 30, 0, 0, time.UTC)
	case 1: // the start says which hour it is, so the end is the second 01:10
		cells["missing_at"], cells["returned_at"] = "2025-10-26T01:50+01:00", "26/10/2025 01:10"
		t.Missing, t.Returned = time.Date(2025, 10, 26, 0, 50, 0, 0, time.UTC), time.Date(2025, 10, 26, 1, 10, 0, 0, time.UTC)
	case 2: // one hour is missing in March
		cells["missing_at"], cells["returned_at"] = "2026-03-29 00:59", "2026-03-29 02:00"
		t.Missing, t.Returned = time.Date(2026, 3, 29, 0, 59, 0, 0, time.UTC), time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC)
	case 3: // and has no 01:30
		cells["missing_at"], cells["returned_at"] = "2026-03-28 22:00", "2026-03-29 01:30"
		t.Verdict, t.Referred, t.Column = Refused, false, "returned_at"
	}
	m.row(c, t, cells)
}

// bad is a row that must be refused, each for one reason.
func (m *maker) bad() {
	c, t := m.child(), Truth{PoliceRef: m.ref(), Verdict: Refused}
	cells := map[string]string{"missing_at": "2026-03-01 10:00"}
	faults := []struct{ column, cell string }{
		{"missing_at", ""}, {"missing_at", "yesterday"}, {"missing_at", "2026-02-30 10:00"}, {"police_ref", ""}, {"risk", "severe"},
		{"status", "unknown"}, {"looked_after", "maybe"}, {"category", "runaway"}, {"flags", "harm;smoke"}, {"dob", "1st May"},
		{"returned_at", "2026-03-01 09:00"}, {"found_at_time", "2026-02-28"}, {"missing_at", m.now.Add(48 * time.Hour).Format("2006-01-02 15:04")},
	}
	f := faults[m.rnd.IntN(len(faults))]
	cells[f.column], t.Column = f.cell, f.column
	if f.column == "police_ref" {
		t.PoliceRef = ""
	}
	m.row(c, t, cells)
}
