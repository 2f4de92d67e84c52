package safe

import (
	"fmt"
	"unicode/utf8"
)

// Harmful says whether a rune does something to a terminal, or to the order in which a line is read, and shows nothing: the controls
// but newline and tab, and what overrides the direction of writing.
func Harmful(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < 0x20, r >= 0x7f && r <= 0x9f:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return false
}

// FirstHarmful is the first of them in a text: which, and after how many characters. A carriage return before a newline is none.
func FirstHarmful(s string) (r rune, before int, found bool) {
	for i, r := range s {
		if Harmful(r) && !(r == '\r' && i+1 < len(s) && s[i+1] == '\n') {
			return r, before, true
		}
		before++
	}
	return 0, 0, false
}

// JSON makes valid JSON that came from anywhere harmless to print: what stands in its texts is written by its number, and what is no
// UTF-8 becomes U+FFFD. Read again it is the same.
func JSON(b []byte) []byte {
	i := 0
	for i < len(b) && b[i] < 0x7f {
		i++
	}
	if i == len(b) {
		return b
	}
	out := append(make([]byte, 0, len(b)+16), b[:i]...)
	for i < len(b) {
		r, n := utf8.DecodeRune(b[i:])
		if Harmful(r) && r >= 0x7f {
			out = fmt.Appendf(out, `\u%04x`, r)
		} else {
			out = utf8.AppendRune(out, r)
		}
		i += n
	}
	return out
}
