package domain

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"homeward/domain/safe"
)

// SourceRow is one row of a source, read: every cell in canonical form and safe for a terminal, every time found.
type SourceRow struct {
	said  [NumColumns]string // canonical; "" is blank. Times stand in times.
	times [NumColumns]Moment
	dob   Date
	// Warnings are oddities that refuse nothing.
	Warnings []string
}

// Fault is why a row is refused: which column and what to do.
type Fault struct {
	Column Column
	Reason string
}

// The longest name or reference that is taken; longer ones cannot be keys of an index, and none is meant.
const maxRef = 200

// ReadRow reads a row as INTERFACES' referral CSV has it. needRef says that police_ref is required (a file); a referral
// taken on the telephone needs none. It gives the faults of all columns at once.
func ReadRow(row *Row, s *Settings, now time.Time, needRef bool) (*SourceRow, []Fault) {
	n := &SourceRow{}
	var faults []Fault
	bad := func(c Column, reason string) { faults = append(faults, Fault{c, reason}) }
	var stamps [NumColumns]stamp
	var given [NumColumns]bool
	for c := range NumColumns {
		cell := row[c]
		if cell == "" {
			continue
		}
		raw := strings.TrimSpace(cell)
		if cell = tidyText(cell, c.Kind() == CellNote); cell == "" {
			continue
		}
		given[c] = true
		if cell != raw {
			if r, _, harmful := safe.FirstHarmful(raw); harmful && c.Kind() == CellRef {
				bad(c, fmt.Sprintf("holds a control character (%U): without it it may be another's, so ask the source for it again", r))
				continue
			} else if harmful {
				n.Warnings = append(n.Warnings, fmt.Sprintf("%s holds a control character (%U), which is taken out: “%s” is kept", c, r, cell))
			}
		}
		v, reason := n.cell(c, cell, s, now, &stamps)
		if reason != "" {
			bad(c, reason)
			continue
		}
		n.said[c] = v
	}
	for c := range NumColumns {
		switch need := columns[c].need; {
		case given[c]:
		case need == needAlways:
			bad(c, "is required")
		case need == needInFile && needRef:
			bad(c, "is required: it is how a row is known again")
		case need == needWithoutRef && !given[ColChildRef]:
			bad(c, "is required where there is no child_ref")
		}
	}
	faults = append(faults, n.order(stamps, now)...)
	faults = append(faults, n.sourceWords(s)...)
	if n.dob != 0 && n.times[ColMissingAt] != 0 && n.times[ColMissingAt].Date() < n.dob {
		n.Warnings = append(n.Warnings, "missing_at is before the date of birth")
	}
	if faults != nil {
		slices.SortStableFunc(faults, func(a, b Fault) int { return int(a.Column - b.Column) })
		return nil, faults
	}
	return n, nil
}

// cell reads one cell to its canonical form, or says why it cannot be.
func (n *SourceRow) cell(c Column, v string, s *Settings, now time.Time, stamps *[NumColumns]stamp) (string, string) {
	switch c.Kind() {
	case CellTime:
		st, err := parseStamp(v, now)
		if err != nil {
			return "", "“" + v + "” " + whyUnread(v, err)
		}
		stamps[c], n.times[c] = st, st.at
		return v, ""
	case CellDate:
		if UnknownDate(v) {
			return "", ""
		}
		d, err := parseDay(v)
		if err != nil {
			return "", "“" + v + "” " + whyUnread(v, err)
		}
		if d > DateOf(now) {
			return "", "“" + v + "” " + errFuture.Error()
		}
		n.dob = d
		return d.String(), ""
	case CellYesNo:
		return yesNo(v)
	case CellAnswer:
		if yes, reason := yesNo(v); reason == "" {
			return yes, ""
		}
	case CellNHS:
		if number, ok := NHSNumber(v); ok {
			return number, ""
		}
		n.Warnings = append(n.Warnings, c.String()+" “"+v+"” "+badNHSNumber+"; it is not kept, the row is")
		return "", ""
	case CellOutcome:
		return pastOutcome(v)
	case CellFlags:
		return flagList(v)
	case CellAuthority:
		if s.Team.IsHome(v) {
			return HomeWord, ""
		}
	case CellRef:
		if utf8.RuneCountInString(v) > maxRef {
			return "", "is longer than 200 characters: no reference is"
		}
	case CellText, CellNote, CellWord, CellCategory: // words are read once the day is known
	}
	return v, ""
}

// FarEnd says that a cell of an end of the episode names a day so far off that the source means "not yet" by it
// (INTERFACES, referral CSV): extracts write 9999-12-31.
func FarEnd(c Column, cell string) bool {
	if !columns[c].end {
		return false
	}
	d, _, err := sourceDay(cell)
	return err == nil && d >= 21000101
}

// Authorities are the local authorities that a row names beside the home one.
func (n *SourceRow) Authorities() []string {
	var out []string
	for c := range NumColumns {
		if v := n.said[c]; c.Kind() == CellAuthority && v != "" && v != HomeWord {
			out = append(out, v)
		}
	}
	return out
}

// sourceWords puts our word, or a category's name, in the place of a source's.
func (n *SourceRow) sourceWords(s *Settings) []Fault {
	var faults []Fault
	on := n.times[ColMissingAt].Date()
	for c := range NumColumns {
		if columns[c].named == nil || n.said[c] == "" {
			continue
		}
		w, reason := c.sourceWord(n.said[c], s, on)
		if reason != "" {
			faults = append(faults, Fault{c, reason})
		}
		n.said[c] = w
	}
	return faults
}

// sourceWord reads a word as it is meant on a day; on day zero any name that is or was valid will do.
func (c Column) sourceWord(v string, s *Settings, on Date) (string, string) {
	w, name, ok := meaning(v, on, columns[c].words(), columns[c].named(s))
	switch {
	case !ok:
		return "", "“" + v + "” is no " + c.String() + " on that day: use " + orList(c.Words()) + ", or name it in [[" + c.String() + "]] of the configuration"
	case name != nil && c.Kind() == CellCategory:
		w = strings.ToLower(name.Name)
	}
	return w, ""
}

func yesNo(v string) (string, string) {
	switch strings.ToLower(v) {
	case "yes", "true", "1", "y":
		return "yes", ""
	case "no", "false", "0", "n":
		return "no", ""
	}
	return "", "“" + v + "” is neither yes nor no"
}

func oneOf(v string, words []string) (string, string) {
	if w := listWord(v); slices.Contains(words, w) {
		return w, ""
	}
	return "", "“" + v + "” is none of " + strings.Join(words, ", ")
}

func flagList(v string) (string, string) {
	var got []string
	// A script may give a list, which stands here with spaces; no flag's name has one.
	for part := range strings.FieldsFuncSeq(v, func(r rune) bool { return r == ';' || r == ' ' }) {
		w, reason := oneOf(part, FlagWords())
		if reason != "" {
			return "", reason
		}
		got = append(got, w)
	}
	var out []string
	for _, w := range FlagWords() {
		if slices.Contains(got, w) {
			out = append(out, w)
		}
	}
	return strings.Join(out, ";"), ""
}

// comesBefore says that one time of a row is before another, with both.
func (n *SourceRow) comesBefore(c, start Column) string {
	return fmt.Sprintf("%s is before %s: %s, and %s", c, start, n.times[c], n.times[start])
}

// order holds the ends against the start, and the notification against the return: an end before its start is refused;
// one that comes twice takes the later where the earlier would precede the start (INTERFACES).
func (n *SourceRow) order(stamps [NumColumns]stamp, now time.Time) []Fault {
	var faults []Fault
	settle := func(c, start Column) bool {
		end, begin := n.times[c], n.times[start]
		if end == 0 || begin == 0 || !end.Before(begin) {
			return true
		}
		if stamps[c].twice {
			if later := At(WallSecond(end.Time())); !later.Before(begin) && later.Unix() <= now.Unix() {
				n.times[c] = later
				return true
			}
		}
		return false
	}
	for c := range NumColumns {
		if columns[c].end && !settle(c, ColMissingAt) {
			faults = append(faults, Fault{c, n.comesBefore(c, ColMissingAt)})
		}
	}
	for c := range NumColumns {
		if columns[c].past && columns[c].moment != nil && !settle(c, ColMissingAt) {
			faults = append(faults, Fault{c, n.comesBefore(c, ColMissingAt) + ": nobody can have been asked before"})
		}
	}
	for _, c := range []Column{ColCategoryFrom, ColRiskFrom} {
		if !settle(c, ColMissingAt) {
			n.Warnings = append(n.Warnings, c.String()+" is before missing_at: it counts from there")
		}
	}
	first := ColReturnedAt
	if f, r := n.times[ColFoundAtTime], n.times[ColReturnedAt]; f != 0 && (r == 0 || f.Before(r)) {
		first = ColFoundAtTime
	}
	if !settle(ColNotifiedAt, first) {
		n.Warnings = append(n.Warnings, "notified_at is before "+first.String()+" and speaks of the report: the referral counts as received when it is taken in")
	}
	if f, r := n.times[ColFoundAtTime], n.times[ColReturnedAt]; f != 0 && r != 0 && r.Before(f) {
		n.Warnings = append(n.Warnings, "found_at_time is after returned_at")
	}
	return faults
}
