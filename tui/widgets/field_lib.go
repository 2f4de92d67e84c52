package widgets

import (
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/mattn/go-runewidth"
	"github.com/rivo/uniseg"

	"homeward/domain/safe"
)

// Typing is done by Bubbles' fields. What stands here keeps them to our rules:
// no key of theirs reads a clipboard (it would be the server's) or needs alt,
// which cannot be told from esc, and they only ever hold text that is safe and
// that they can lay out.

// The most that is looked at of a pasted text, and the longest letter: the
// fields' time grows with the square of a letter that never ends.
const (
	pasteMost  = 64 << 10
	letterMost = 8
)

func keysOf(keys ...string) key.Binding { return key.NewBinding(key.WithKeys(keys...)) }

// The keys that both fields know.
func keyLeft() key.Binding      { return keysOf("left", "ctrl+b") }
func keyRight() key.Binding     { return keysOf("right", "ctrl+f") }
func keyWordLeft() key.Binding  { return keysOf("ctrl+left") }
func keyWordRight() key.Binding { return keysOf("ctrl+right") }
func keyHome() key.Binding      { return keysOf("home", "ctrl+a") }
func keyEnd() key.Binding       { return keysOf("end", "ctrl+e") }
func keyBack() key.Binding      { return keysOf("backspace", "shift+backspace", "ctrl+h") }
func keyDelete() key.Binding    { return keysOf("delete", "shift+delete") }
func keyCutWord() key.Binding   { return keysOf("ctrl+w", "ctrl+backspace") }
func keyCutStart() key.Binding  { return keysOf("ctrl+u") }
func keyCutEnd() key.Binding    { return keysOf("ctrl+k") }

// types says whether a key is a letter.
func types(k tea.KeyPressMsg) bool {
	return k.Text != "" && k.Mod&(tea.ModCtrl|tea.ModAlt|tea.ModMeta|tea.ModSuper) == 0
}

// cleanLine and cleanNote make text fit for a field.
func cleanLine(s string) string { return layable(safe.CleanLine(s)) }

func cleanNote(s string) string {
	return layable(strings.ReplaceAll(safe.CleanNote(s), "\t", "    "))
}

// layable changes what the fields cannot lay out. They drop the replacement
// sign without a word, and reckon a line rune by rune where they draw it letter
// by letter: a letter that is wider than its runes would run out of the line.
func layable(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for rest, state := s, -1; rest != ""; {
		var letter string
		var w int
		letter, rest, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
		letter = strings.ReplaceAll(letter, "\ufffd", "?")
		sum, n := 0, 0
		for i, r := range letter {
			if n++; n > letterMost {
				letter = letter[:i]
				break
			}
			sum += runewidth.RuneWidth(r)
		}
		switch {
		case sum < w && letter != "\n":
			b.WriteRune('\u25cc')
		default:
			b.WriteString(letter)
		}
	}
	return b.String()
}

func plain(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// head is the beginning of a pasted text.
func head(s string) string {
	if len(s) <= pasteMost {
		return s
	}
	n := pasteMost
	for n > pasteMost-utf8.UTFMax && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// firstRunes cuts to n runes.
func firstRunes(s string, n int) string {
	if n <= 0 {
		return ""
	}
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// letterAt is where the letter that a place lies in begins and ends, in runes.
// A place between two letters is both.
func letterAt(line []rune, pos int) (from, to int) {
	if pos <= 0 || pos >= len(line) || line[pos] < 0x300 {
		return pos, pos
	}
	at := 0
	for g := uniseg.NewGraphemes(string(line)); g.Next() && at < pos; {
		n := len(g.Runes())
		if pos < at+n {
			return at, at + n
		}
		at += n
	}
	return pos, pos
}

// runesIn is how many runes the letter before or behind a place has.
func runesIn(line []rune, pos, dir int) int {
	n := 1
	if dir < 0 {
		for pos-n > 0 && insideLetter(line, pos-n) {
			n++
		}
		return n
	}
	for pos+n < len(line) && insideLetter(line, pos+n) {
		n++
	}
	return n
}

func insideLetter(line []rune, pos int) bool {
	from, to := letterAt(line, pos)
	return from != to
}
