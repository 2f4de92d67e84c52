package intake

import (
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
)

// header903 is the SSDA903 Missing file's, exactly (DOMAIN §10).
func header903() []string { return []string{"CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"} }

// file903 reads the rows of one SSDA903 Missing file. What it keeps between rows serves the rules that speak of several:
// no overlap, no new start while one is open (574), no same-day duplicate.
type file903 struct {
	periods map[string][]period903 // of a child
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
		faults = append(faults, view.RowNote{Column: "CHILD", Reason: "is required: it is how the child is known"})
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
		faults = append(faults, view.RowNote{Column: "DOB", Reason: "“" + dob + "” is not a date like 12/03/2002"})
	}
	if faults != nil {
		return nil, faults
	}
	if dob != "" && start < born {
		warnings = append(warnings, "rule 586: MIS_START is before the date of birth")
	}
	warnings = append(warnings, f.beside(child, period903{kind, start, end, line})...)

	y, m, d := start.Parts()
	row[domain.ColPoliceRef] = fmt.Sprintf("903-%s-%s-%04d%02d%02d", child, kind, y, int(m), d)
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

// beside holds a period against those of the same child in the rows before.
func (f *file903) beside(child string, p period903) []string {
	var out []string
	for _, o := range f.periods[child] {
		switch {
		case o.kind == p.kind && o.start == p.start:
			out = append(out, fmt.Sprintf("the same child, type and start stand on line %d: the later row counts", o.line))
		case o.end == 0 && p.start >= o.start:
			out = append(out, fmt.Sprintf("rule 574: starts while the period of line %d is still open", o.line))
		case p.end == 0 && o.start >= p.start:
			out = append(out, fmt.Sprintf("rule 574: is still open while the period of line %d starts", o.line))
		case o.end != 0 && p.end != 0 && o.start < p.end && p.start < o.end:
			out = append(out, fmt.Sprintf("rule 574: overlaps the period of line %d", o.line))
		}
	}
	if f.periods == nil {
		f.periods = map[string][]period903{}
	}
	f.periods[child] = append(f.periods[child], p)
	return out
}

// date903 reads dd/mm/yyyy and nothing else.
func date903(s string) (domain.Date, bool) {
	if len(s) != 10 || s[2] != '/' || s[5] != '/' {
		return 0, false
	}
	return domain.ParseDate(s[6:] + "-" + s[3:5] + "-" + s[:2])
}
