package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"homeward/domain"
)

// suggestRows of a file are looked at for a map: enough to meet what is rare, few enough to be quick.
const suggestRows = 1000

// theirColumn is one column of a file as a suggestion sees it.
type theirColumn struct {
	head   string
	key    string // the header as headers are told alike
	twice  bool
	values []string // those that hold something, in the order of the rows
	rows   []int    // and the row of each
	looks  looks
	for_   []domain.Column // what it was taken for
}

// theirFile is a file as a suggestion sees it.
type theirFile struct {
	columns []*theirColumn
	rows    int
	line    int // of the header
	notes   []string
	more    bool // there are more rows than were looked at
}

// SuggestMap looks at a file of another system and gives an [intake.map.NAME] to begin with, with what each column was taken
// for and why as comments. It shows what values look like, never a value, but for words of a list. Nothing is kept.
func SuggestMap(ctx context.Context, src io.Reader, sheetName, name string, s *domain.Settings, blank []string) (string, error) {
	if name == "" {
		name = "theirs"
	}
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") != "" {
		return "", fmt.Errorf("the map's name %q is to be of letters, digits, - and _", name)
	}
	if blank == nil {
		blank = DefaultBlankWords()
	}
	f, err := lookAt(ctx, src, sheetName, blank)
	if err != nil {
		return "", err
	}
	g := &suggestion{file: f, settings: s, blank: blank, name: name, cols: map[domain.Column][]*theirColumn{}, why: map[domain.Column]string{}}
	for _, c := range f.columns {
		c.looks = lookOver(c.values, s)
	}
	g.byHead()
	g.withTimes()
	g.byValue()
	g.start()
	g.layouts()
	g.keys()
	return g.text(), nil
}

// lookAt reads the first rows of a file.
func lookAt(ctx context.Context, src io.Reader, sheetName string, blank blankWords) (*theirFile, error) {
	from := newFileRows(src, sheetName)
	rows, err := from.open()
	if err != nil {
		return nil, err
	}
	f := &theirFile{notes: from.notes}
	var first []record
	for {
		rec, err := rows.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		rec.fields = slices.Clone(rec.fields)
		first = append(first, rec)
		if len(first) > maxTitle {
			break
		}
	}
	if len(first) == 0 {
		return nil, errors.New("the file is empty: not even a header is there; ask the source to send it again")
	}
	at, most := 0, -1
	for i, rec := range first {
		if n := headsIn(rec); n > most && rec.line <= maxTitle+1 {
			at, most = i, n
		}
	}
	h, err := plainHeader(first[at], false)
	if err != nil {
		return nil, err
	}
	if len(h.names) == 1 {
		if err := h.hint(errors.New("the header has one column"), nil); strings.ContainsAny(h.names[0], ";\t|") {
			return nil, err
		}
	}
	if slices.Equal(h.names, header903()) {
		return nil, errors.New("this is an SSDA903 Missing file, which needs no map: import it with --format ssda903")
	}
	f.line = h.line
	for _, n := range h.names {
		f.columns = append(f.columns, &theirColumn{head: n, key: domain.HeadKey(n), twice: h.twice[folded(n)]})
	}
	take := func(rec record) {
		f.rows++
		for k, c := range f.columns {
			if h.keep[k] >= len(rec.fields) {
				continue
			}
			if v := strings.TrimSpace(rec.fields[h.keep[k]]); v != "" && !blank.has(v) {
				c.values, c.rows = append(c.values, v), append(c.rows, f.rows)
			}
		}
	}
	for _, rec := range first[at+1:] {
		take(rec)
	}
	for f.rows < suggestRows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		rec, err := rows.next()
		if err == io.EOF {
			return f, nil
		}
		if err != nil {
			return nil, err
		}
		take(rec)
	}
	_, err = rows.next()
	f.more = err == nil
	return f, nil
}

// headsIn counts the cells of a row that are known as headers, and a little for every cell that is a word.
func headsIn(rec record) int {
	n := 0
	for _, cell := range rec.fields {
		key := domain.HeadKey(cell)
		if key == "" {
			continue
		}
		if n++; len(headedBy(key)) > 0 || len(headedBy(bare(key))) > 0 {
			n += 20
		}
	}
	return n
}

// headedBy are the columns that go by a header.
func headedBy(key string) []domain.Column {
	var out []domain.Column
	for c := range domain.NumColumns {
		if slices.Contains(c.Heads(), key) {
			out = append(out, c)
		}
	}
	return out
}

// bare is a header without the words that say whose it is: "Child's Date of Birth" is a date of birth.
func bare(key string) string {
	var out []string
	for _, w := range strings.Fields(key) {
		switch w {
		case "child", "children", "childs", "s", "yp", "young", "person", "persons", "subject", "misper", "niche", "mosaic", "lcs", "athena", "police", "name", "details":
			continue
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// suggestion is a map on its way.
type suggestion struct {
	file     *theirFile
	settings *domain.Settings
	blank    blankWords
	name     string
	cols     map[domain.Column][]*theirColumn
	why      map[domain.Column]string
	dates    []string // layouts, and why
	datesWhy []string
	notes    []string
}

// give says that a column of theirs is one of ours.
func (g *suggestion) give(col domain.Column, why string, c ...*theirColumn) {
	g.cols[col], g.why[col] = c, why
	for _, t := range c {
		t.for_ = append(t.for_, col)
	}
}

// byHead places columns by their headers, the likeliest first, where their values go with it.
func (g *suggestion) byHead() {
	for _, key := range []func(*theirColumn) string{func(c *theirColumn) string { return c.key }, func(c *theirColumn) string { return bare(c.key) }} {
		for col := range domain.NumColumns {
			if g.cols[col] != nil || g.ourOwn(col) {
				continue
			}
			for _, head := range col.Heads() {
				i := slices.IndexFunc(g.file.columns, func(c *theirColumn) bool {
					return c.for_ == nil && !c.twice && key(c) == head && g.fits(col, c)
				})
				if i >= 0 {
					c := g.file.columns[i]
					g.give(col, "by its header; "+c.looks.words(g.file.rows), c)
					break
				}
			}
		}
	}
}

// ourOwn says that the file has a column under our own name that does not go with it: it is read as that whatever a map says.
func (g *suggestion) ourOwn(col domain.Column) bool {
	return slices.ContainsFunc(g.file.columns, func(c *theirColumn) bool {
		return folded(c.head) == col.String() && (c.twice || c.for_ != nil || !g.fits(col, c))
	})
}

// fits says that the values of a column can be those of one of ours; one without values can be anything.
func (g *suggestion) fits(col domain.Column, c *theirColumn) bool {
	k := c.looks
	n := k.n
	if n == 0 {
		return true
	}
	when, day := timeColumn(col)
	switch {
	case when && !day:
		return 2*k.dates > n
	case day:
		return 2*k.dates > n && 2*k.clocks < n
	case col.Kind() == domain.CellYesNo:
		return 2*k.yesNo > n
	case col.Kind() == domain.CellText || col.Kind() == domain.CellRef || col.Kind() == domain.CellNHS || col.Kind() == domain.CellWord:
		return 2*k.dates <= n && 2*k.times <= n
	}
	return true
}

// withTimes finds the times that stand in a column of their own beside their date.
func (g *suggestion) withTimes() {
	for _, c := range g.file.columns {
		n := c.looks.n
		if c.for_ != nil || c.twice || n == 0 || 2*c.looks.times <= n {
			continue
		}
		stem := without(c.key, "time")
		for col, theirs := range g.cols {
			when, day := timeColumn(col)
			if !when || day || len(theirs) != 1 || 2*theirs[0].looks.clocks > theirs[0].looks.n || without(theirs[0].key, "date") != stem {
				continue
			}
			g.cols[col] = append(theirs, c)
			g.why[col] = "by their headers, a date and its time in columns of their own; " + theirs[0].looks.words(g.file.rows)
			c.for_ = append(c.for_, col)
		}
	}
}

func without(key, word string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(key), func(w string) bool { return w == word }), " ")
}

// byValue places what no header told and the values do.
func (g *suggestion) byValue() {
	for _, c := range g.file.columns {
		n := c.looks.n
		if c.for_ != nil || c.twice || n == 0 {
			continue
		}
		switch k := c.looks; {
		case g.cols[domain.ColNHSNumber] == nil && n > 2 && 10*k.nhs >= 9*n:
			g.give(domain.ColNHSNumber, "by its values: numbers whose check digit is that of an NHS number; "+k.words(g.file.rows), c)
		case g.cols[domain.ColRisk] == nil && n > 2 && 10*k.risks >= 8*n && k.distinct > 1:
			g.give(domain.ColRisk, "by its values: words of risk; "+k.words(g.file.rows), c)
		}
	}
}

// start finds something to say when a child went missing, without which no row goes in.
func (g *suggestion) start() {
	if g.cols[domain.ColMissingAt] != nil {
		return
	}
	for _, col := range []domain.Column{domain.ColReportedAt, domain.ColLastSeen} {
		if c := g.cols[col]; c != nil {
			g.give(domain.ColMissingAt, "no column says since when: "+col.String()+" is the nearest; ASK the source, the clocks of who is missing hang on it", c...)
			return
		}
	}
}

// people gives what tells the children of rows apart, by row: their reference, else name and date of birth.
func (g *suggestion) people() map[int]string {
	out := map[int]string{}
	cols := []domain.Column{domain.ColChildRef}
	if g.cols[domain.ColChildRef] == nil {
		cols = []domain.Column{domain.ColGivenName, domain.ColFamilyName, domain.ColDOB}
	}
	for _, col := range cols {
		for _, c := range g.cols[col] {
			for i, v := range c.values {
				out[c.rows[i]] += "|" + domain.Fold(v)
			}
		}
	}
	return out
}

// keys looks whether the reference stands for one episode: one that several people share needs the person beside it.
func (g *suggestion) keys() {
	ref := g.cols[domain.ColPoliceRef]
	if len(ref) != 1 {
		return
	}
	who := g.people()
	first, shared, again := map[string]string{}, 0, 0
	for i, v := range ref[0].values {
		p, seen := first[v]
		switch is := who[ref[0].rows[i]]; {
		case !seen:
			first[v] = is
		case is != p && is != "" && p != "":
			shared++
		default:
			again++
		}
	}
	if again > 0 {
		g.notes = append(g.notes, fmt.Sprintf("%s stands %s again for the same person: where those are episodes of their own, the last row would count alone; ASK the source what numbers an episode", quoted(ref[0].head), timesWord(again)))
	}
	if shared == 0 {
		return
	}
	if c := g.cols[domain.ColChildRef]; len(c) == 1 {
		g.cols[domain.ColPoliceRef] = []*theirColumn{ref[0], c[0]}
		c[0].for_ = append(c[0].for_, domain.ColPoliceRef)
		g.why[domain.ColPoliceRef] += fmt.Sprintf("; the number alone stands %s for another person than before, so the person is part of the key", timesWord(shared))
		return
	}
	g.notes = append(g.notes, fmt.Sprintf("%s stands %s for another person than before and no column numbers people: a row of another child than the number's is refused, and of one whose name or date of birth is one slip apart, as twins' are, somebody is asked; ASK the source for a number of the person", quoted(ref[0].head), timesWord(shared)))
}

func timesWord(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// farAhead is a time by which everything has been: whether a time is past is not asked here.
func farAhead() time.Time { return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC) }
