// Package safe makes text safe to show on a terminal. Names, notes, file names
// and messages come from carers, police systems and spreadsheets; shown raw they
// could move the cursor, change a colour, reverse a name or pile marks over a
// neighbouring cell. There is one function for it, and one type only it can make,
// so that a widget that asks for a [Text] cannot be given anything else.
//
// Nothing visible is lost: an escape sequence loses its control characters and
// keeps the rest, so that a reader sees that something odd was there.
package safe

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many combining marks one base letter keeps. Two are enough
// for every orthography met in names; more is how rows are painted over.
const maxMarks = 2

// noBase stands in for the missing letter under a mark that begins a line, so
// that the mark cannot join whatever the screen shows in the cell before it.
const noBase = '\u25cc'

// Text is text that is safe to show. Only this package makes one that is not
// empty; the zero value is the empty text.
type Text struct{ s string }

// Line makes one line of s: a newline or tab becomes a space.
func Line(s string) Text { return Text{CleanLine(s)} }

// Note makes a text of s that keeps its newlines and tabs.
func Note(s string) Text { return Text{CleanNote(s)} }

// CleanLine is [Line] for callers that need a string.
func CleanLine(s string) string { return clean(s, false) }

// CleanNote is [Note] for callers that need a string.
func CleanNote(s string) string { return clean(s, true) }

// String returns the safe text.
func (t Text) String() string { return t.s }

// Len returns the length in bytes.
func (t Text) Len() int { return len(t.s) }

// Empty says whether there is nothing to show.
func (t Text) Empty() bool { return t.s == "" }

// Line returns the text on one line: a note's newlines and tabs become spaces.
func (t Text) Line() Text { return Text{CleanLine(t.s)} }

// MarshalJSON writes the text as a JSON string.
func (t Text) MarshalJSON() ([]byte, error) { return json.Marshal(t.s) }

// UnmarshalJSON reads a JSON string and cleans it again: a stored record may
// have been written by something else.
func (t *Text) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	*t = Note(s)
	return nil
}

// clean does the work. Text that is already clean is returned as it is, without
// an allocation: nearly every text shown is plain and shown many times.
func clean(s string, note bool) string {
	i := plainPrefix(s, note)
	if i == len(s) {
		return s
	}
	var b strings.Builder
	changed := false
	c := cleaner{note: note, started: i > 0 && s[i-1] != '\n'}
	for pos := i; pos < len(s); {
		r, n := utf8.DecodeRuneInString(s[pos:])
		if r == '\r' && pos+1 < len(s) && s[pos+1] == '\n' {
			r, n = '\n', 2
		}
		out := c.next(r)
		same := out == 1 && c.buf[0] == r && (r != utf8.RuneError || n == 3) && (r != '\n' || n == 1)
		if !same && !changed {
			changed = true
			b.Grow(len(s))
			b.WriteString(s[:pos])
		}
		if changed {
			for _, r := range c.buf[:out] {
				b.WriteRune(r)
			}
		}
		pos += n
	}
	if !changed {
		return s
	}
	return b.String()
}

// plainPrefix returns how many bytes from the start are plain printable ASCII.
func plainPrefix(s string, note bool) int {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c > '~' {
			if note && (c == '\n' || c == '\t') {
				continue
			}
			return i
		}
	}
	return len(s)
}

// cleaner walks a text rune by rune.
type cleaner struct {
	note    bool
	started bool // the line has a base that a mark may join
	marks   int
	buf     [2]rune
}

// next takes a rune and returns how many runes of buf stand for it.
func (c *cleaner) next(r rune) int {
	switch {
	case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
		c.marks = 0
		c.started = !c.note
		return c.put(c.either('\n'))
	case r == '\t':
		c.marks, c.started = 0, true
		return c.put(c.either('\t'))
	case unwanted(r):
		return 0
	case unicode.Is(unicode.M, r):
		c.marks++
		if c.marks > maxMarks {
			return 0
		}
		if !c.started {
			c.started = true
			c.buf = [2]rune{noBase, r}
			return 2
		}
		return c.put(r)
	default:
		c.marks, c.started = 0, true
		return c.put(r)
	}
}

func (c *cleaner) put(r rune) int {
	c.buf[0] = r
	return 1
}

// either keeps a separator in a note and makes it a space in a line.
func (c *cleaner) either(r rune) rune {
	if c.note {
		return r
	}
	return ' '
}

// unwanted says whether a rune shows nothing and may do something: controls,
// format characters (bidirectional, joiners, tags), private use, surrogates,
// noncharacters, and the invisible ones that other categories hide.
func unwanted(r rune) bool {
	switch {
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
		return true
	case r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0000 && r <= 0xe0fff:
		// Variation selectors: terminals disagree whether they widen a cell.
		return true
	case r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe, r >= 0xfff0 && r <= 0xfff8:
		return true
	case r == 0x034f, r == 0x2065, r == 0x115f, r == 0x1160, r == 0x3164, r == 0xffa0,
		r == 0x17b4, r == 0x17b5, r >= 0x180b && r <= 0x180f:
		// Grapheme joiner and fillers: letters by category, nothing to the eye.
		return true
	}
	return false
}
