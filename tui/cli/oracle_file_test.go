package cli_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

var sourceColumns = []string{"police_ref", "child_ref", "given_name", "family_name", "dob", "category", "risk", "flags",
	"missing_at", "found_at_time", "returned_at", "notified_at", "notes"}

// maker writes a file of referrals as a police force might: bursts, nights of a clock change, days without a time, episodes
// that are still open, rows that nobody could take in. What its rows mean only the oracle says.
type maker struct {
	*rand.Rand
	rows [][]string
	open []map[string]string // rows without a return, to be closed by a later file
	n    int
	till time.Time
}

func makeFile(seed uint64, episodes int, till time.Time) *maker {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, 26)), till: till}
	for k := 0; m.n < episodes; k++ {
		switch {
		case k%9 == 3:
			m.faulty(m.child(k))
		case k%11 == 5:
			m.clockChange(m.child(k))
		default:
			m.burst(m.child(k))
		}
	}
	return m
}

func (m *maker) child(k int) map[string]string {
	c := map[string]string{"given_name": fmt.Sprintf("Ada%d", k), "family_name": []string{"Okafor", "O'Neill", "Ní Dhónaill", "de la Cruz, Jr", `Lee "Lee"`}[k%5],
		"dob": time.Date(2009, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, k*7%2900).Format("2006-01-02"), "category": "missing"}
	switch k % 50 {
	case 0:
		c["dob"] = "2012-02-29"
	case 1: // eighteen months of birthdays around the end of the file
		c["dob"] = "2013-11-22"
	case 2:
		c["dob"] = "2013-11-23"
	}
	if k%6 != 0 {
		c["child_ref"] = fmt.Sprintf("LA-%04d", k)
	}
	return c
}

func (m *maker) put(cells map[string]string) {
	row := make([]string, len(sourceColumns))
	for i, c := range sourceColumns {
		row[i] = cells[c]
	}
	m.rows = append(m.rows, row)
}

// file is all rows as CSV.
func (m *maker) file() string { return csvText(sourceColumns, m.rows) }

func csvText(head []string, rows [][]string) string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(head) // into memory
	_ = w.WriteAll(rows)
	return b.String()
}

// when writes an instant in one of the ways a source may.
func (m *maker) when(t time.Time) string {
	layouts := []string{"2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z07:00", "02/01/2006 15:04"}
	t = t.Truncate(time.Minute)
	if m.IntN(12) == 0 {
		return t.In(time.FixedZone("", -5*3600)).Format(layouts[4]) // an offset from far away
	}
	return t.In(london).Format(layouts[m.IntN(len(layouts))])
}

func (m *maker) day(t time.Time) string {
	return t.In(london).Format([]string{"2006-01-02", "02/01/2006"}[m.IntN(2)])
}

func (m *maker) ref() string {
	m.n++
	return fmt.Sprintf("MP/%05d", m.n)
}

func clone(cells map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range cells {
		out[k] = v
	}
	return out
}

// burst is one child going missing a few times within weeks; only the last may be still open.
func (m *maker) burst(c map[string]string) {
	start := m.till.Add(-time.Duration(30*24+m.IntN(300*24)) * time.Hour).Add(time.Duration(m.IntN(1440)) * time.Minute)
	if m.IntN(3) == 0 {
		start = m.till.Add(-time.Duration(50+m.IntN(300)) * time.Hour)
	}
	times := 1 + m.IntN(6)
	for i := range times {
		end := start.Add(time.Duration(10+m.IntN(40*60)) * time.Minute)
		told := end.Add(time.Duration(m.IntN(30*60)) * time.Minute)
		if told.After(m.till) {
			return
		}
		r := clone(c)
		r["police_ref"], r["missing_at"] = m.ref(), m.when(start)
		r["risk"] = []string{"high", "medium", "low", "very_low", "none", ""}[m.IntN(6)]
		r["flags"] = []string{"", "", "", "harm", "exploitation;hospital"}[m.IntN(5)]
		r["notes"] = []string{"", "seen at the park,\nwith two others", "=HYPERLINK(\"x\")"}[m.IntN(3)]
		if m.IntN(8) == 0 {
			r["missing_at"] = m.day(start)
		}
		if m.IntN(2) == 0 { // a later minute than the return never is found first
			r["found_at_time"] = m.when(end.Add(-time.Duration(m.IntN(9)) * time.Minute))
			if m.IntN(6) == 0 {
				r["found_at_time"] = m.day(end)
			}
		}
		if i == times-1 && m.IntN(4) == 0 {
			m.put(r)
			m.open = append(m.open, clone(r))
			return
		}
		later := m.IntN(8) == 0
		if later { // the return stands in a row of its own
			m.put(r)
		}
		r["returned_at"] = m.when(end)
		if m.IntN(8) == 0 {
			r["returned_at"] = m.day(end)
		}
		switch m.IntN(6) {
		case 0:
		case 1:
			r["notified_at"] = m.day(told)
		case 2: // the report that the child was missing
			r["notified_at"] = m.when(start.Add(20 * time.Minute))
		default:
			r["notified_at"] = m.when(told)
		}
		m.put(r)
		if later && m.IntN(2) == 0 { // told once more, with less
			less := clone(c)
			less["police_ref"], less["missing_at"] = r["police_ref"], r["missing_at"]
			m.put(less)
		}
		start = told.Add(time.Duration(1+m.IntN(5*24)) * time.Hour)
	}
}

// clockChange is an episode over a night on which the clocks change.
func (m *maker) clockChange(c map[string]string) {
	nights := [][4]string{ // missing, found, returned, notified
		{"2026-10-24 21:00", "", "2026-10-25 01:30", ""},
		{"2026-10-24 21:00", "2026-10-25 00:59", "25/10/2026 01:00", "2026-10-25 01:59"},
		{"2026-10-25T01:50+01:00", "", "2026-10-25 01:10", "2026-10-25 01:10"},
		{"2026-10-25 01:50", "2026-10-25 01:20", "2026-10-25T01:30", "25/10/2026 01:20"},
		{"2026-10-25", "", "2026-10-25 01:30", "2026-10-25 01:15"},
		{"2026-10-24 23:00", "", "2026-10-25", "2026-10-25 01:15"},
		{"2026-10-25 00:10", "2026-10-25T01:45Z", "2026-10-25 02:00", "2026-10-25"},
		{"2026-10-22 01:30", "", "2026-10-22 01:31", "2026-10-22 01:45"},
		{"2026-03-28 22:00", "", "2026-03-29 00:59", "2026-03-29 02:00"},
		{"2026-03-29 00:59", "29/03/2026", "2026-03-29 02:00", "2026-03-29T02:00:30+01:00"},
		{"2026-03-28", "", "29/03/2026", "29/03/2026"},
		{"2026-03-25 12:00", "", "2026-03-26 01:30", "2026-03-28 01:30"},
		{"2026-03-28 22:00", "", "2026-03-29 01:30", ""},
		{"2026-03-29 01:00", "", "2026-03-29 04:30", ""},
		{"2026-03-28 22:00", "2026-03-29T01:59", "2026-03-29 04:30", ""},
		{"2026-03-28 22:00", "", "2026-03-29 04:30", "29/03/2026 01:15"},
	}
	r, n := clone(c), nights[m.IntN(len(nights))]
	r["police_ref"], r["missing_at"], r["found_at_time"], r["returned_at"], r["notified_at"] = m.ref(), n[0], n[1], n[2], n[3]
	m.put(r)
}

// faulty is a row with one fault.
func (m *maker) faulty(c map[string]string) {
	r := clone(c)
	r["police_ref"], r["missing_at"], r["returned_at"] = m.ref(), "2026-09-01 10:00", "2026-09-01 19:00"
	f := [][2]string{{"missing_at", ""}, {"missing_at", "yesterday"}, {"missing_at", "2026-02-30 10:00"}, {"missing_at", "2026-09-01 24:30"},
		{"police_ref", ""}, {"risk", "severe"}, {"flags", "harm;smoke"}, {"returned_at", "2026-09-01 09:59"}, {"returned_at", "31/08/2026"},
		{"found_at_time", "2026-08-31"}, {"returned_at", m.till.Add(time.Hour).Format(time.RFC3339)}, {"notified_at", m.till.AddDate(0, 0, 2).Format("02/01/2006")},
		{"notified_at", "2026-03-29 01:00"}}[m.IntN(13)]
	r[f[0]] = f[1]
	m.put(r)
}

// closing is a second file that brings every open child back between two times, in few columns.
func (m *maker) closing(from, till time.Time) string {
	var rows [][]string
	head := strings.Split("police_ref,child_ref,given_name,family_name,dob,missing_at,returned_at,notified_at", ",")
	for i, r := range m.open {
		back := from.Add(time.Duration(m.IntN(int(till.Sub(from)/time.Minute))) * time.Minute)
		r["returned_at"], r["notified_at"] = m.when(back), ""
		if i%3 == 0 {
			r["notified_at"] = m.when(till)
		}
		row := make([]string, len(head))
		for j, h := range head {
			row[j] = r[h]
		}
		rows = append(rows, row)
	}
	return csvText(head, rows)
}
