package report

import (
	"strings"
)

// Markdown writes a copy as CommonMark. Nothing that somebody wrote can become a heading, a link, an image or HTML: the
// signs that mean something there are escaped. names gives a person's name for a login.
func Markdown(c *Copy, names func(login string) string) string {
	d := documentOf(c, names)
	var b strings.Builder
	b.WriteString("# " + plainText(d.Title) + "\n\n")
	for _, n := range d.Notices {
		b.WriteString("**" + plainText(n) + "**\n\n")
	}
	for _, e := range d.Head {
		writeFact(&b, e)
	}
	for _, bl := range d.Blocks {
		b.WriteString("\n## " + plainText(bl.Title) + "\n\n")
		for _, e := range bl.Entries {
			writeEntry(&b, e)
		}
	}
	b.WriteString("\n---\n")
	for _, f := range d.Foot {
		b.WriteString("\n" + plainText(f) + "\n")
	}
	return b.String()
}

func writeFact(b *strings.Builder, e entry) {
	b.WriteString("- **" + plainText(e.Title) + ":**")
	note := ""
	if e.Note != "" {
		note = " _(" + plainText(e.Note) + ")_"
	}
	switch {
	case e.Blank():
		b.WriteString(" –" + note + "\n")
	case e.Rows != nil:
		b.WriteString(note + "\n")
		for _, r := range e.Rows {
			var cells []string
			for i, c := range r {
				if c != "" {
					cells = append(cells, plainText(e.Columns[i])+": "+plainText(c))
				}
			}
			b.WriteString("  - " + strings.Join(cells, "; ") + "\n")
		}
	default:
		var lines []string
		for _, l := range e.Lines {
			if l = plainText(l); l != "" {
				lines = append(lines, l)
			}
		}
		b.WriteString(" " + strings.Join(lines, "\\\n  ") + note + "\n")
	}
}

// writeEntry sets somebody's own text apart as a quotation, a paragraph a line.
func writeEntry(b *strings.Builder, e entry) {
	if !e.Long || e.Blank() {
		writeFact(b, e)
		return
	}
	b.WriteString("- **" + plainText(e.Title) + ":**")
	if e.Note != "" {
		b.WriteString(" _(" + plainText(e.Note) + ")_")
	}
	b.WriteString("\n")
	first := true
	for _, l := range e.Lines {
		if l = plainText(l); l == "" {
			continue
		}
		if !first {
			b.WriteString("  >\n")
		}
		first = false
		b.WriteString("  > " + l + "\n")
	}
}

// plainText escapes what Markdown would read into a line: emphasis, code, links, images, HTML, entities, tables, strikes,
// bare addresses that some readers make into links, and the signs that begin a heading, a list, a quotation or a rule.
func plainText(s string) string {
	s = strings.TrimSpace(s)
	var b strings.Builder
	b.Grow(len(s))
	digits := 0 // how many digits began the line
	for i, r := range s {
		switch {
		case strings.ContainsRune("\\`*_[]<>#|~&!$@{}", r),
			i == 0 && strings.ContainsRune("-+=", r),
			i > 0 && i == digits && (r == '.' || r == ')'),
			r == ':' && strings.HasPrefix(s[i:], "://"),
			r == '.' && i >= 3 && strings.EqualFold(s[i-3:i], "www"):
			b.WriteByte('\\')
		case i == digits && r >= '0' && r <= '9':
			digits++
		}
		b.WriteRune(r)
	}
	return b.String()
}
