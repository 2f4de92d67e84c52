package intake

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
)

// header903 is the SSDA903 Missing file's, exactly (DOMAIN §10).
func header903() []string { return []string{"CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"} }

// file903 reads the rows of one SSDA903 Missing file. What it keeps between rows serves the rules that speak of several:
// no overlap, no new start while one is open (574), no same-day duplicate.
type file903 struct {
	year    int                    // the collection year ends on 31 March of it; 0 where no row has a start
	periods map[string][]period903 // of a child
	days    map[string]int         // how often child, type and day came so far
}

type period903 struct {
	kind       string
	start, end domain.Date
	line       int
}

func ssda903Header(rec record, bom bool) (*header, error) {
	h, err := plainHeader(rec, bom)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(h.names, header903()) {
		return nil, fmt.Errorf("an SSDA903 Missing file begins with %s; this one with %s", strings.Join(header903(), ","), shorten(strings.Join(h.names, ",")))
	}
	for col, name := range map[domain.Column]string{domain.ColChildRef: "CHILD", domain.ColDOB: "DOB", domain.ColCategory: "MISSING",
		domain.ColMissingAt: "MIS_START", domain.ColFoundAtTime: "MIS_END", domain.ColReturnedAt: "MIS_END", domain.ColPoliceRef: "CHILD"} {
		h.shown[col] = name
	}
	return h, nil
}

// row reads one: what it says as a row of ours, the rules it breaks, and why it cannot be kept where it cannot. The
// numbers are the Department for Education's validation rules.
func (f *file903) row(cells []string, line int, row *domain.Row) (warnings []string, faults []view.RowNote) {
	bad := func(col int, rule, reason string) {
		faults = append(faults, view.RowNote{Column: header903()[col], Reason: "rule " + rule + ": " + reason})
	}
	var c [5]string
	for i := range c {
		c[i] = strings.TrimSpace(cells[i])
	}
	child, dob, kind, starts, ends := c[0], c[1], c[2], c[3], c[4]
	if child == "" {
		faults = append(faults, view.RowNote{Column: "CHILD", Own: domain.ColChildRef.String(), Reason: "is required: it is how the child is known"})
	}
	category := ""
	switch kind {
	case "M":
		category = domain.CategoryMissing
	case "A":
		category = domain.CategoryAway
	case "":
		switch {
		case starts != "":
			bad(2, "565", "there is a start and no type: M (missing) or A (away)")
		case ends != "":
			bad(2, "566", "there is an end and no type: M (missing) or A (away)")
		default:
			bad(2, "1006", "is M (missing) or A (away)")
		}
	default:
		bad(2, "1006", "“"+kind+"” is neither M (missing) nor A (away)")
	}
	start, okStart := date903(starts)
	end, okEnd := date903(ends)
	switch {
	case starts == "":
		bad(3, "564", "is required: an episode without a start cannot be kept")
	case !okStart:
		bad(3, "1004", "“"+starts+"” is not a date like 21/11/2017")
	}
	switch {
	case ends == "":
	case !okEnd:
		bad(4, "1005", "“"+ends+"” is not a date like 21/11/2017")
	case okStart && end < start:
		bad(4, "567", "is before MIS_START")
	}
	born, okBorn := date903(dob)
	if dob != "" && !okBorn {
		faults = append(faults, view.RowNote{Column: "DOB", Own: domain.ColDOB.String(), Reason: "“" + dob + "” is not a date like 12/03/2002"})
	}
	if faults != nil {
		return nil, faults
	}
	if dob != "" && start <= born {
		warnings = append(warnings, "rule 586: MIS_START is not after the date of birth")
	}
	warnings = append(warnings, f.inYear(start, end)...)
	warnings = append(warnings, f.beside(child, period903{kind, start, end, line})...)
	row[domain.ColPoliceRef] = f.reference(child, kind, start)
	row[domain.ColChildRef] = child
	if dob != "" {
		row[domain.ColDOB] = born.String()
	}
	row[domain.ColCategory] = category
	row[domain.ColLookedAfter] = "yes"
	row[domain.ColMissingAt] = start.String()
	if ends != "" {
		row[domain.ColReturnedAt] = end.String()
		if kind == "M" {
			row[domain.ColFoundAtTime] = end.String()
		}
	}
	return warnings, nil
}

// reference is what an episode is known again by: child, type and day, from the second of them on with its number.
func (f *file903) reference(child, kind string, start domain.Date) string {
	y, m, d := start.Parts()
	ref := fmt.Sprintf("903-%s-%s-%04d%02d%02d", child, kind, y, int(m), d)
	if f.days == nil {
		f.days = map[string]int{}
	}
	if f.days[ref]++; f.days[ref] > 1 {
		return fmt.Sprintf("%s-%d", ref, f.days[ref])
	}
	return ref
}

// inYear holds a period against the collection year of the file.
func (f *file903) inYear(start, end domain.Date) []string {
	if f.year == 0 {
		return nil
	}
	first, _ := domain.NewDate(f.year-1, 4, 1)
	last, _ := domain.NewDate(f.year, 3, 31)
	name := fmt.Sprintf("the collection year %d-%02d, in which most rows of this file start", f.year-1, f.year%100)
	var out []string
	if start > last {
		out = append(out, "rule 570: MIS_START is after "+name)
	}
	if end != 0 && (end < first || end > last) {
		out = append(out, "rule 571: MIS_END is not in "+name)
	}
	return out
}

// beside holds a period against those of the same child in the rows before, and tells the first that it does not go with.
func (f *file903) beside(child string, p period903) []string {
	if f.periods == nil {
		f.periods = map[string][]period903{}
	}
	before := f.periods[child]
	f.periods[child] = append(before, p)
	if i := slices.IndexFunc(before, func(o period903) bool { return o.kind == p.kind && o.start == p.start }); i >= 0 {
		return []string{fmt.Sprintf("the same child, type and start stand on line %d: both are kept, as two episodes of one day", before[i].line)}
	}
	for _, o := range before {
		switch {
		case o.end == 0 && p.start >= o.start:
			return []string{fmt.Sprintf("rule 574: starts while the period of line %d is still open", o.line)}
		case p.end == 0 && o.start >= p.start:
			return []string{fmt.Sprintf("rule 574: is still open while the period of line %d starts", o.line)}
		case o.end != 0 && p.end != 0 && o.start < p.end && p.start < o.end:
			return []string{fmt.Sprintf("rule 574: overlaps the period of line %d", o.line)}
		}
	}
	return nil
}

// collectionYear is the one in which most rows of a file start; the later where two have as many.
func collectionYear(ctx context.Context, begin func() (*reader, error)) (int, error) {
	r, err := begin()
	if err != nil {
		return 0, err
	}
	starts := map[int]int{}
	year := 0
	for {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		rec, err := r.rows.next()
		if r.ofWorkbook() && err != nil && err != io.EOF {
			return 0, err
		}
		if err != nil { // the import meets it again
			return year, nil //nolint:nilerr // see above
		}
		if rec.sheet {
			r.fitted(&rec, &item{})
		}
		if rec.fault != "" || len(rec.fields) != r.head.width {
			continue
		}
		start, ok := date903(strings.TrimSpace(r.head.own(rec.fields)[3]))
		if !ok {
			continue
		}
		y, m, _ := start.Parts()
		if m >= 4 {
			y++
		}
		if starts[y]++; starts[y] > starts[year] || starts[y] == starts[year] && y > year {
			year = y
		}
	}
}

// date903 reads dd/mm/yyyy and nothing else.
func date903(s string) (domain.Date, bool) {
	if len(s) != 10 || s[2] != '/' || s[5] != '/' {
		return 0, false
	}
	return domain.ParseDate(s[6:] + "-" + s[3:5] + "-" + s[:2])
}
