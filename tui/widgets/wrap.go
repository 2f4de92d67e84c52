package widgets

import (
	"strings"

	"github.com/rivo/uniseg"

	"homeward/domain/safe"
	"homeward/tui/theme"
)

// WrapLine breaks a styled line into lines of at most w cells.
func WrapLine(l Line, w int) []Line {
	if w <= 0 {
		return nil
	}
	if l.Width() <= w {
		return []Line{l}
	}
	var out []Line
	var cur Line
	used := 0
	flush := func() {
		out = append(out, cur)
		cur, used = nil, 0
	}
	add := func(style theme.Style, s string) {
		if s == "" {
			return
		}
		cur = append(cur, Span{safe.Line(s), style})
		used += Width(s)
	}
	for _, s := range l {
		for _, word := range words(s.Text.Line().String()) {
			trimmed := strings.TrimRight(word, " ")
			if used > 0 && used+Width(trimmed) > w {
				flush()
			}
			for Width(trimmed) > w { // a word wider than the window
				head := firstCells(trimmed, w)
				add(s.Style, head)
				flush()
				trimmed, word = trimmed[len(head):], word[len(head):]
			}
			if used+Width(word) > w {
				word = trimmed
			}
			add(s.Style, word)
		}
	}
	if len(cur) > 0 || len(out) == 0 {
		flush()
	}
	return out
}

// words splits behind spaces; each word keeps those that follow it.
func words(s string) []string {
	var out []string
	for len(s) > 0 {
		i := strings.IndexByte(s, ' ')
		if i < 0 {
			return append(out, s)
		}
		for i < len(s) && s[i] == ' ' {
			i++
		}
		out = append(out, s[:i])
		s = s[i:]
	}
	return out
}

// firstCells is the beginning of s that fits w cells, at least one letter.
func firstCells(s string, w int) string {
	g := uniseg.NewGraphemes(s)
	end, used := 0, 0
	for g.Next() {
		n := Width(g.Str())
		if end > 0 && used+n > w {
			break
		}
		_, end = g.Positions()
		used += n
	}
	return s[:end]
}
