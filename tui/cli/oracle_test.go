package cli_test

import (
	"cmp"
	"encoding/csv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The oracle works the lists out from a file of referrals by DOMAIN.md and INTERFACES.md alone: its own reading of times,
// its own London clock, none of the program's code.

// instant is a time as a source wrote it: seconds since 1970, and whether only the day was known.
type instant struct {
	unix    int64
	day     bool
	present bool
}

var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // the tests cannot go on without
	}
	return l
}()

// wall gives the instants at which London's clocks show a wall time: none, one or two, the earlier first.
func wall(y, mo, d, h, mi, s int) (at []int64) {
	utc := time.Date(y, time.Month(mo), d, h, mi, s, 0, time.UTC).Unix()
	for _, offset := range []int64{3600, 0} { // summer time is the earlier of the two
		_, o := time.Unix(utc-offset, 0).In(london).Zone()
		if int64(o) == offset {
			at = append(at, utc-offset)
		}
	}
	return at
}

// reading gives all the instants a cell can mean; none where the cell is no time.
func reading(cell string) (at []int64, day bool) {
	n := func(s string) int {
		v, err := strconv.Atoi(s)
		if err != nil {
			return -1
		}
		return v
	}
	var y, mo, d int
	switch {
	case len(cell) >= 10 && cell[4] == '-' && cell[7] == '-':
		y, mo, d = n(cell[:4]), n(cell[5:7]), n(cell[8:10])
	case len(cell) >= 10 && cell[2] == '/' && cell[5] == '/':
		y, mo, d = n(cell[6:10]), n(cell[3:5]), n(cell[:2])
	default:
		return nil, false
	}
	if c := time.Date(y, time.Month(mo), d, 0, 0, 0, 0, time.UTC); c.Day() != d || int(c.Month()) != mo || y < 1900 {
		return nil, false
	}
	rest := cell[10:]
	if rest == "" {
		return wall(y, mo, d, 0, 0, 0)[:1], true
	}
	rest = rest[1:]
	if len(rest) < 5 || rest[2] != ':' {
		return nil, false
	}
	h, mi, s := n(rest[:2]), n(rest[3:5]), 0
	rest = rest[5:]
	if len(rest) >= 3 && rest[0] == ':' {
		s, rest = n(rest[1:3]), rest[3:]
	}
	if h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 || s > 59 {
		return nil, false
	}
	switch {
	case rest == "":
		return wall(y, mo, d, h, mi, s), false
	case rest == "Z":
		return []int64{time.Date(y, time.Month(mo), d, h, mi, s, 0, time.UTC).Unix()}, false
	case len(rest) == 6 && (rest[0] == '+' || rest[0] == '-'):
		off := int64(n(rest[1:3])*3600 + n(rest[4:6])*60)
		if rest[0] == '-' {
			off = -off
		}
		return []int64{time.Date(y, time.Month(mo), d, h, mi, s, 0, time.UTC).Unix() - off}, false
	}
	return nil, false
}

func dayOf(unix int64) string { return time.Unix(unix, 0).In(london).Format("2006-01-02") }

// before holds an end against a start: by the day where either has no more.
func before(a, b instant) bool {
	if a.day || b.day {
		return dayOf(a.unix) < dayOf(b.unix)
	}
	return a.unix < b.unix
}

// read gives what a cell means, and whether it may stand. An end that comes twice is the later where the earlier would
// precede its start.
func read(cell string, start instant, now int64) (instant, bool) {
	if cell == "" {
		return instant{}, true
	}
	at, day := reading(cell)
	if len(at) == 0 {
		return instant{}, false
	}
	i := instant{at[0], day, true}
	if start.present && len(at) == 2 && before(i, start) {
		i.unix = at[1]
	}
	return i, i.unix <= now
}

// story is what the file said about one episode so far.
type story struct {
	ref, name, dob, risk, flags string
	cells                       map[string]string
	missing, found, back, told  instant
	raised                      int64 // when the referral was made
}

type policy struct {
	clock    string // returned, found, notified
	clusters bool
}

// expected is one row of the queue as the oracle works it out.
type expected struct {
	s                                      *story
	received, contact, interview, home, at int64
	byImport, overdue                      bool
}

// world is the oracle's memory over one or more imports.
type world struct {
	t       testing.TB
	stories map[string]*story
}

// counts are what an import says.
type counts struct{ read, created, updated, unchanged, refused int }

// take reads a file as of a time. bad gives the column at fault by line.
func (w *world) take(file string, now int64) (c counts, bad map[int]string) {
	w.t.Helper()
	bad = map[int]string{}
	r := csv.NewReader(strings.NewReader(file))
	head, err := r.Read()
	if err != nil {
		w.t.Fatal(err)
	}
	type cellsOf struct {
		line  int
		cells map[string]string
	}
	var rows []cellsOf
	last := map[string]int{} // the line of the last row of a reference that can be read: it alone counts
	for {
		row, err := r.Read()
		if err != nil {
			break
		}
		line, _ := r.FieldPos(0)
		cells := map[string]string{}
		for i, h := range head {
			cells[h] = strings.TrimSpace(row[i])
		}
		rows = append(rows, cellsOf{line, cells})
		alone := &world{t: w.t, stories: map[string]*story{}}
		if column, _, _ := alone.row(cells, now); column == "" {
			last[cells["police_ref"]] = line
		}
	}
	for _, row := range rows {
		cells, line := row.cells, row.line
		c.read++
		alone := &world{t: w.t, stories: map[string]*story{}}
		if column, _, _ := alone.row(cells, now); column == "" && last[cells["police_ref"]] > line {
			c.unchanged++
			continue
		}
		switch column, changed, fresh := w.row(cells, now); {
		case column != "":
			bad[line] = column
			c.refused++
		case fresh:
			c.created++
		case changed:
			c.updated++
		default:
			c.unchanged++
		}
	}
	return c, bad
}

func (w *world) row(cells map[string]string, now int64) (column string, changed, fresh bool) {
	old := w.stories[cells["police_ref"]]
	s := &story{ref: cells["police_ref"], cells: map[string]string{}}
	if old != nil {
		*s = *old
		s.cells = map[string]string{}
		for k, v := range old.cells {
			s.cells[k] = v
		}
	}
	for k, v := range cells { // blanks erase nothing
		if v != "" && s.cells[k] != v {
			s.cells[k], changed = v, true
		}
	}
	if s.ref == "" {
		return "police_ref", false, false
	}
	var ok bool
	if s.missing, ok = read(s.cells["missing_at"], instant{}, now); !ok || !s.missing.present {
		return "missing_at", false, false
	}
	if s.found, ok = read(s.cells["found_at_time"], s.missing, now); !ok || s.found.present && before(s.found, s.missing) {
		return "found_at_time", false, false
	}
	if s.back, ok = read(s.cells["returned_at"], s.missing, now); !ok || s.back.present && before(s.back, s.missing) {
		return "returned_at", false, false
	}
	if s.told, ok = read(s.cells["notified_at"], s.located(), now); !ok {
		return "notified_at", false, false
	}
	if r := s.cells["risk"]; !slices.Contains([]string{"", "high", "medium", "low", "very_low", "none"}, r) {
		return "risk", false, false
	}
	for f := range strings.SplitSeq(s.cells["flags"], ";") {
		if !slices.Contains([]string{"", "harm", "exploitation", "hospital"}, f) {
			return "flags", false, false
		}
	}
	if s.located().present && s.raised == 0 {
		s.raised = now
	}
	s.name, s.dob, s.risk, s.flags = s.cells["given_name"]+" "+s.cells["family_name"], s.cells["dob"], s.cells["risk"], s.cells["flags"]
	w.stories[s.ref] = s
	return "", changed, old == nil
}

// located is when the child was found, or back where that came first: from then on an interview is owed.
func (s *story) located() instant {
	if !s.found.present || s.back.present && s.back.unix < s.found.unix {
		return s.back
	}
	return s.found
}

const hour = 3600

// queue works the open referrals out; nothing was decided yet, so that all of them are before their interview.
func (w *world) queue(p policy, now int64) map[string]expected {
	out := map[string]expected{}
	for ref, s := range w.stories {
		if s.raised == 0 {
			continue
		}
		e := expected{s: s, received: s.told.unix}
		runs := func(from instant) int64 { // a clock never runs from before the child left, of a day known by its date alone
			if from.day && !s.missing.day && dayOf(from.unix) == dayOf(s.missing.unix) {
				return max(from.unix, s.missing.unix)
			}
			return from.unix
		}
		if !s.told.present || before(s.told, s.located()) {
			e.received, e.byImport = s.raised, true
		}
		from := e.received
		if !e.byImport {
			from = runs(s.told)
		}
		e.contact = from + 24*hour
		if s.back.present {
			e.home = runs(s.back) + 72*hour
		}
		switch {
		case p.clock == "notified":
			e.interview = from + 72*hour
		case p.clock == "found" && s.found.present:
			e.interview = runs(s.found) + 72*hour
		case s.back.present:
			e.interview = e.home
		}
		if e.at = e.contact; e.interview != 0 {
			e.at = min(e.contact, e.interview)
		}
		e.overdue = e.interview != 0 && now > e.interview
		out[ref] = e
	}
	return out
}

// missing are the children without a return, each by the latest of their open episodes, longest first.
func (w *world) missing() []*story {
	of := map[string]*story{}
	for _, s := range w.stories {
		if s.back.present {
			continue
		}
		child := s.cells["child_ref"]
		if child == "" {
			child = s.name + s.dob
		}
		if was := of[child]; was == nil || was.missing.unix < s.missing.unix {
			of[child] = s
		}
	}
	out := slices.Collect(maps.Values(of))
	slices.SortFunc(out, func(a, b *story) int {
		return cmp.Or(cmp.Compare(a.missing.unix, b.missing.unix), cmp.Compare(a.ref, b.ref))
	})
	return out
}
