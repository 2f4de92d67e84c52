package widgets

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// painted is how many cells a painted line takes, as ansi.StringWidth has it. That looks at every plain letter as if it might
// begin a cluster, which took a third of what a large window costs: each of its lines is measured whenever it is fitted.
func painted(line string) int {
	n := 0
	letter := false // a plain one ends where we are
	for i := 0; i < len(line); {
		switch c := line[i]; {
		case simple(c):
			n++
			i++
			letter = true
			continue
		case c == 0x1b:
			size := colours(line[i:])
			if size == 0 {
				return ansi.StringWidth(line)
			}
			i += size
		case c < utf8.RuneSelf:
			return ansi.StringWidth(line)
		default:
			from := i
			if letter { // upon which this may be laid
				from, n = i-1, n-1
			}
			if i = cluster(line, i); i < 0 {
				return ansi.StringWidth(line)
			}
			n += ansi.StringWidth(line[from:i])
		}
		letter = false
	}
	return n
}

func simple(c byte) bool { return c >= ' ' && c <= '~' }

// cluster is where what begins at i ends for certain, between two plain letters or where there is none; -1 for what is no text.
func cluster(line string, i int) int {
	for i < len(line) {
		c := line[i]
		switch {
		case simple(c):
			if i++; i == len(line) || line[i] < utf8.RuneSelf {
				return i
			}
		case c < utf8.RuneSelf:
			return i
		default:
			r, size := utf8.DecodeRuneInString(line[i:])
			if r == utf8.RuneError && size == 1 {
				return -1
			}
			i += size
		}
	}
	return i
}

// colours is how long the sequence is that sets colours where a text begins with one; 0 where it does not.
func colours(s string) int {
	if !strings.HasPrefix(s, "\x1b[") {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case c < '0' || c > ';': // digits and what divides them
			return 0
		}
	}
	return 0
}
