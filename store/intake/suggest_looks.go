package intake

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"homeward/domain"
)

// looks is what the values of a column look like: how many of them are what. Words that say that something is not known are none
// of them.
type looks struct {
	n        int
	distinct int
	dates    int // a date, with or without a time, in some way of writing it
	clocks   int // of these, with a time
	times    int // a time alone
	yesNo    int
	nhs      int
	risks    int
	shape    string // of most of them
}

// lookOver looks at the values of a column.
func lookOver(values []string, s *domain.Settings) looks {
	var k looks
	shapes, seen := map[string]int{}, map[string]bool{}
	unknown := notKnown()
	for _, v := range values {
		if unknown.has(v) {
			continue
		}
		k.n++
		if !seen[v] {
			seen[v] = true
			k.distinct++
		}
		shapes[shapeOf(v)]++
		switch {
		case readsAs(domain.ColMissingAt, v, s):
			k.dates++
			if strings.Contains(v, ":") {
				k.clocks++
			}
		case timeAlone(v):
			k.times++
		default:
			if l := fitting(v); l != nil {
				k.dates++
				if l[0].clock {
					k.clocks++
				}
			}
		}
		if readsAs(domain.ColLookedAfter, v, s) {
			k.yesNo++
		}
		if _, ok := domain.NHSNumber(v); ok {
			k.nhs++
		}
		if readsAs(domain.ColRisk, v, s) {
			k.risks++
		}
	}
	most := 0
	for shape, n := range shapes {
		if n > most || n == most && shape < k.shape {
			most, k.shape = n, shape
		}
	}
	return k
}

// readsAs says that a value can stand in a column as it is.
func readsAs(col domain.Column, v string, s *domain.Settings) bool {
	row := domain.Row{domain.ColPoliceRef: "x", domain.ColChildRef: "x", domain.ColMissingAt: "2000-01-01"}
	row[col] = v
	_, faults := domain.ReadRow(&row, s, farAhead(), true)
	return !slices.ContainsFunc(faults, func(f domain.Fault) bool { return f.Column == col })
}

func timeAlone(v string) bool {
	for _, l := range []string{"15:04", "15:04:05", "3:04 PM", "3:04PM"} {
		if _, err := time.Parse(l, strings.ToUpper(v)); err == nil {
			return true
		}
	}
	return false
}

// words tell the looks in a comment.
func (k *looks) words(rows int) string {
	if k.n == 0 {
		return "it holds nothing here"
	}
	s := fmt.Sprintf("%d of %d rows", k.n, rows)
	if k.distinct == k.n && k.n > 1 {
		s += ", all different"
	}
	return s + ", like " + k.shape
}

var runs = regexp.MustCompile(`9{2,}|a{2,}|A{2,}`)

// shapeOf is what a value looks like, without the value.
func shapeOf(v string) string {
	if l := fitting(v); l != nil {
		return l[0].text
	}
	if timeAlone(v) {
		return "hh:mm"
	}
	if len(v) > 60 {
		return "long text"
	}
	letters, digits, other := 0, 0, 0
	shape := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			digits++
			return '9'
		case r >= 'A' && r <= 'Z':
			letters++
			return 'A'
		case r == ' ' || r == '-' || r == '\'' || r == '.' || r == ',':
			return r
		case r < 0x80 && (r < 'a' || r > 'z'):
			other++
			if r < ' ' || r == '"' || r == '\\' || r == 0x7f {
				return '?'
			}
			return r
		}
		letters++
		return 'a'
	}, v)
	switch {
	case digits == 0:
		return "words"
	case letters == 0 && other == 0 && !strings.ContainsAny(shape, " -.,'"):
		return fmt.Sprintf("%d digits", digits)
	}
	return "“" + runs.ReplaceAllStringFunc(shape, func(run string) string { return fmt.Sprintf("%c×%d", run[0], len(run)) }) + "”"
}

// candidates are the ways of writing a date that are looked for, the likeliest first.
var candidates = sync.OnceValue(func() []Layout {
	var out []Layout
	for _, clock := range []string{"", " hh:mm", " hh:mm:ss", " h:mm am/pm", " h:mm:ss am/pm"} {
		for _, year := range []string{"yyyy", "yy"} {
			for _, sign := range []string{"/", "-", "."} {
				for _, order := range []string{"d" + sign + "m" + sign + year, "m" + sign + "d" + sign + year} {
					out = append(out, layoutOf(order+clock))
				}
			}
			for _, sign := range []string{" ", "-", "/"} {
				for _, month := range []string{"mmm", "mmmm"} {
					out = append(out, layoutOf("d"+sign+month+sign+year+clock))
				}
			}
		}
		for _, sign := range []string{"-", "/", "."} {
			out = append(out, layoutOf("yyyy"+sign+"m"+sign+"d"+clock))
		}
	}
	return out
})

func layoutOf(s string) Layout {
	l, err := ParseLayout(s)
	if err != nil {
		panic(err) // of the list above; a test reads it
	}
	return l
}

// fitting are the ways of writing a date by which a value is one.
func fitting(v string) []Layout {
	if len(v) < 6 || len(v) > 30 || v[0] < '0' || v[0] > '9' || !strings.ContainsAny(v[:5], "/-. ") {
		return nil
	}
	var out []Layout
	for _, l := range candidates() {
		if l.reads(v) {
			out = append(out, l)
		}
	}
	return out
}

func (l Layout) reads(v string) bool {
	if _, err := time.Parse(l.goForm, v); err == nil {
		return true
	}
	_, err := time.Parse(l.goForm, strings.ToUpper(v))
	return err == nil
}

// dayMonth says whether a value with its numbers parted by signs can be either.
func dayMonth(v string) (dayFirst, monthFirst bool) {
	for _, l := range fitting(v) {
		switch {
		case strings.HasPrefix(l.text, "d") && !strings.Contains(l.text, "mmm"):
			dayFirst = true
		case strings.HasPrefix(l.text, "m"):
			monthFirst = true
		}
	}
	return dayFirst, monthFirst
}

// layouts finds how the file writes its dates where that is not read without a map.
func (g *suggestion) layouts() {
	orders := map[string]bool{}
	seen := map[*theirColumn]bool{}
	for col := range domain.NumColumns {
		when, _ := timeColumn(col)
		if !when || g.cols[col] == nil || seen[g.cols[col][0]] {
			continue
		}
		c := g.cols[col][0]
		seen[c] = true
		all := joined(g.cols[col])
		var unread []string
		var day, month, either int
		for _, v := range all {
			if !readsAs(col, v, g.settings) {
				unread = append(unread, v)
			}
			switch d, m := dayMonth(v); {
			case d && m:
				either++
			case d:
				day++
			case m:
				month++
			}
		}
		switch {
		case day > 0 && month > 0:
			g.notes = append(g.notes, fmt.Sprintf("%s has dates that are day first (%d) and others that are month first (%d): no layout reads both; ASK the source, and have it written one way", quoted(c.head), day, month))
			continue
		case month > 0:
			orders["m"] = true
		case day > 0:
			orders["d"] = true
		case either > 0:
			g.notes = append(g.notes, fmt.Sprintf("%s could be day first or month first in every one of its rows (03/04 is 3 April or 4 March): it is read day first; ASK the source", quoted(c.head)))
		}
		values := unread
		if month > 0 { // read as it is, 03/04 would be 3 April
			values = all
		}
		g.layoutsOf(c, values, month > 0)
	}
	if orders["d"] && orders["m"] {
		g.notes = append(g.notes, "some columns are day first and others month first: the layouts above hold for all of them, so one kind is read wrongly; ASK the source to write them one way")
	}
}

// joined are the values of columns that make one, row by row, as a map joins them.
func joined(theirs []*theirColumn) []string {
	if len(theirs) == 1 {
		return theirs[0].values
	}
	behind := map[int]string{}
	for i, v := range theirs[1].values {
		behind[theirs[1].rows[i]] = " " + v
	}
	var out []string
	for i, v := range theirs[0].values {
		out = append(out, v+behind[theirs[0].rows[i]])
	}
	return out
}

// layoutsOf adds the fewest layouts that read the values of a column.
func (g *suggestion) layoutsOf(c *theirColumn, values []string, monthFirst bool) {
	for len(values) > 0 {
		var best Layout
		most := 0
		for _, l := range candidates() {
			if strings.HasPrefix(l.text, "m") != monthFirst && !strings.Contains(l.text, "mmm") && !strings.HasPrefix(l.text, "y") {
				continue
			}
			n := 0
			for _, v := range values {
				if l.reads(v) {
					n++
				}
			}
			if n > most {
				best, most = l, n
			}
		}
		if most == 0 {
			return
		}
		if !slices.Contains(g.dates, best.text) {
			g.dates = append(g.dates, best.text)
			why := fmt.Sprintf("%s: %s has it %s", best.text, quoted(c.head), timesWord(most))
			if monthFirst {
				why += ", month first: some of its days are above 12"
			}
			g.datesWhy = append(g.datesWhy, why)
		}
		values = slices.DeleteFunc(slices.Clone(values), best.reads)
	}
}
