package domain

import (
	"sort"
	"strings"
	"time"
	"unicode"
)

// Fold makes two spellings of one name alike: case, accents, hyphens, apostrophes and spaces do not count.
// "O’Neill-Smith" and "oneill smith" fold to the same.
func Fold(s string) string {
	ascii := true
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || c >= 'A' && c <= 'Z' || !(c == ' ' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
			ascii = false
			break
		}
	}
	if ascii && !strings.Contains(s, "  ") {
		return strings.TrimSpace(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case r == '\'' || r == '’' || r == '‘' || r == '`' || r == 'ʼ' || unicode.Is(unicode.Mn, r):
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteString(plain(unicode.ToLower(r)))
		default:
			space = true
		}
	}
	return b.String()
}

// plain takes the accent off a lower-case Latin letter.
func plain(r rune) string {
	if r < 0x80 {
		return string(r)
	}
	const (
		accented = "àáâãäåāăąçćĉċčďđèéêëēĕėęěĝğġģĥħìíîïĩīĭįıĵķĺļľŀłñńņňòóôõöøōŏőŕŗřśŝşšșţťŧțùúûüũūŭůűųŵýÿŷźżž"
		letters  = "aaaaaaaaacccccddeeeeeeeeegggghhiiiiiiiiijklllllnnnnooooooooorrrsssssttttuuuuuuuuuuwyyyzzz"
	)
	i := 0
	for _, a := range accented {
		if a == r {
			return letters[i : i+1]
		}
		i++
	}
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ð':
		return "d"
	case 'þ':
		return "th"
	}
	return string(r)
}

// NameKey is a child's folded given and family name, as the names index holds it; "" when neither is known.
func NameKey(given, family string) string {
	g, f := Fold(given), Fold(family)
	if g == "" && f == "" {
		return ""
	}
	return g + "|" + f
}

// SwapDay is the date with day and month the other way round, or the date itself where that is none.
func SwapDay(d Date) Date {
	y, m, day := d.Parts()
	if day > 12 {
		return d
	}
	s, ok := NewDate(y, time.Month(day), int(m))
	if !ok {
		return d
	}
	return s
}

// SearchWords are the folded words of a query, each of which must stand in a search line.
func SearchWords(query string) []string {
	words := strings.Fields(Fold(query))
	if d := digits(query); len(d) >= 5 && d == strings.Join(words, "") {
		return []string{d} // a telephone number, however it was spaced
	}
	sort.SliceStable(words, func(i, j int) bool { return len(words[i]) > len(words[j]) })
	return words
}

func digits(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
