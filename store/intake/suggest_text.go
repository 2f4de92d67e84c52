package intake

import (
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
)

// text is the suggestion as a piece of the configuration.
func (g *suggestion) text() string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	f := g.file
	looked := fmt.Sprintf("%d rows under the header on line %d", f.rows, f.line)
	if f.more {
		looked = fmt.Sprintf("the first %d rows under the header on line %d", f.rows, f.line)
	}
	say("# Looked at: %s, %d columns. Read this through, put it into the configuration, then try", looked, len(f.columns))
	say("#   homeward import FILE --map %s --dry-run", g.name)
	for _, n := range f.notes {
		say("# %s", oneLine(n))
	}
	if g.own() {
		say("# Its headers are our own: it goes in without a map.")
	}
	say("[intake.map.%s]", g.name)
	if g.dates != nil {
		for _, w := range g.datesWhy {
			say("# dates: %s", oneLine(w))
		}
		say("dates = %s", list(g.dates))
	}
	for col := range domain.NumColumns {
		theirs := g.cols[col]
		if theirs == nil {
			continue
		}
		why := g.why[col]
		if col.OfHistory() {
			why += "; read with --history alone"
		}
		say("# %s", oneLine(why))
		names := make([]string, len(theirs))
		for i, c := range theirs {
			names[i] = c.head
		}
		if len(names) == 1 {
			say("%s = %s", col, quoted(names[0]))
		} else {
			say("%s = %s", col, list(names))
		}
	}
	g.missing(say)
	if g.notes != nil {
		say("\n# To be asked:")
		for _, n := range g.notes {
			say("# - %s", oneLine(n))
		}
	}
	g.unplaced(say)
	g.blankWords(say)
	g.unknownWords(say)
	return b.String()
}

// own says that every column that was placed has our own header.
func (g *suggestion) own() bool {
	for col, theirs := range g.cols {
		if len(theirs) != 1 || folded(theirs[0].head) != col.String() {
			return false
		}
	}
	return g.dates == nil
}

// missing says what a row needs and no column gives.
func (g *suggestion) missing(say func(string, ...any)) {
	for _, col := range domain.ColumnsOfAnyRow() {
		if g.cols[col] == nil {
			say("# MISSING: no column was found for %s, without which no row goes in. Write: %s = \"their header\"", col, col)
		}
	}
	if g.cols[domain.ColReturnedAt] == nil && g.cols[domain.ColFoundAtTime] == nil {
		say("# MISSING: no column was found for %s, when a child came back: without it every child of the file is missing. Write: %s = \"their header\"", domain.ColReturnedAt, domain.ColReturnedAt)
	}
	if g.cols[domain.ColChildRef] == nil {
		for _, col := range domain.ColumnsWithoutRef() {
			if g.cols[col] == nil {
				say("# MISSING: no column was found for %s; a row needs it, or child_ref. Write: %s = \"their header\"", col, col)
			}
		}
	}
}

// unplaced lists what was not placed, with what it looks like.
func (g *suggestion) unplaced(say func(string, ...any)) {
	first := true
	for _, c := range g.file.columns {
		if c.for_ != nil || c.head == "" {
			continue
		}
		if first {
			say("\n# Not placed: each is ignored unless you give it a column (homeward import --help lists them).")
			first = false
		}
		why := ""
		switch near := slices.Concat(headedBy(c.key), headedBy(bare(c.key))); {
		case c.twice:
			why = "; the header stands there more than once, so which is meant cannot be known"
		case len(near) > 0 && g.cols[near[0]] != nil:
			why = fmt.Sprintf("; its header is one of %s, which another column has", near[0])
		case len(near) > 0:
			why = fmt.Sprintf("; its header is one of %s, its values are not", near[0])
		}
		say("#   %s: %s%s", quoted(c.head), c.looks.words(g.file.rows), why)
	}
}

// unread says that a value cannot be read in a column, though somebody may have meant that it is not known.
func (g *suggestion) unread(col domain.Column, v string) bool {
	return notKnown().has(v) && !readsAs(col, v, g.settings)
}

// blankWords offers the words that say that something is not known where a column cannot have them: as blank words, beside those
// in force, which naming others would take away.
func (g *suggestion) blankWords(say func(string, ...any)) {
	var words []string
	for col := range domain.NumColumns {
		for _, c := range g.cols[col] {
			for _, v := range c.values {
				if g.unread(col, v) && !blankWords(words).has(v) {
					words = append(words, v)
				}
			}
		}
	}
	if words == nil {
		return
	}
	slices.Sort(words)
	say("\n# Words that say that something is not known: rows with them are refused until they mean blank. Beside those in force:")
	say("#[intake]")
	say("#blank_words = %s", list(slices.Concat(g.blank, words)))
}

// How many words of a list are shown; more, or longer ones, are no list.
const (
	shownWords = 15
	longWord   = 40
)

// unknownWords lists words of status, risk and category that nothing says the meaning of.
func (g *suggestion) unknownWords(say func(string, ...any)) {
	for _, col := range []domain.Column{domain.ColStatus, domain.ColRisk, domain.ColCategory} {
		theirs := g.cols[col]
		if len(theirs) != 1 {
			continue
		}
		var words []string
		for _, v := range theirs[0].values {
			key := domain.SourceWordKey(v)
			if !readsAs(col, v, g.settings) && !notKnown().has(v) && !slices.ContainsFunc(words, func(w string) bool { return domain.SourceWordKey(w) == key }) {
				words = append(words, v)
			}
		}
		if words == nil {
			continue
		}
		if len(words) > shownWords || slices.ContainsFunc(words, func(w string) bool { return len(w) > longWord }) {
			say("\n# %s of %s has %d words that are not known, too many or too long for a list: is it the right column?", quoted(theirs[0].head), col, len(words))
			continue
		}
		say("\n# Words of %s that are not known: rows with them are refused until you say what each counts as:", quoted(theirs[0].head))
		say("# %s.", strings.Join(col.Words(), ", "))
		slices.Sort(words)
		for _, w := range words {
			say("#[[%s]]", col)
			say("#name = %s", quoted(w))
			say("#counts_as = \"\"")
		}
	}
}

// quoted is a text as TOML has it.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x200b && r <= 0x200f || r >= 0x2028 && r <= 0x202e || r == 0xfeff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func list(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = quoted(w)
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// oneLine keeps a comment a comment.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
}
