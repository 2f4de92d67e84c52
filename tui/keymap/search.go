package keymap

import (
	"strings"
	"unicode"
)

// What a word of the query counts for, by where it stands: what an action is called counts for more than what it is found by
// besides, and that for more than the group it is in; a word to its end for more than its beginning.
const (
	inTitle = 6
	inWords = 3
	inGroup = 1
	whole   = 1
)

// Match says whether every word of the query begins a word of the action's title, group or further words, in any order, and
// how well. An empty query fits everything.
func (b Binding) Match(query string) (score int, ok bool) {
	title, more, group := words(b.Title+" "+b.Short), words(b.Words), words(b.Group)
	for _, q := range parts(plain(query)) {
		best := max(fits(q, title, inTitle), fits(q, more, inWords), fits(q, group, inGroup))
		if best == 0 {
			return 0, false
		}
		score += best
	}
	return score, true
}

// fits is what a word counts for among others, 0 when it begins none of them.
func fits(q string, among []string, worth int) (best int) {
	for _, w := range among {
		switch {
		case w == q:
			return worth + whole
		case strings.HasPrefix(w, q):
			best = worth
		}
	}
	return best
}

// words are the words of a text, "follow-up" as two and as one.
func words(text string) (out []string) {
	for f := range strings.FieldsSeq(plain(text)) {
		p := parts(f)
		out = append(out, p...)
		if len(p) > 1 {
			out = append(out, strings.Join(p, ""))
		}
	}
	return out
}

// plain is a text in small letters without apostrophes, which nobody looks for.
func plain(text string) string {
	return strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(text))
}

// parts are what stands between anything that is neither letter nor digit.
func parts(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
