package domain

import (
	"strings"
	"unicode"
)

// HeadKey is the header of a source as headers are told alike: words in small letters, one space between, "DateOfBirth" in
// three words, "D.O.B." in one, "Number", "Num" and "#" as "no", "Reference" as "ref".
func HeadKey(header string) string {
	var words []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			words = append(words, strings.ToLower(string(word)))
			word = word[:0]
		}
	}
	before := ' '
	for _, r := range header {
		switch {
		case r == '#':
			end()
			words = append(words, "no")
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			end()
		default:
			if unicode.IsUpper(r) && unicode.IsLower(before) {
				end()
			}
			word = append(word, r)
		}
		before = r
	}
	end()
	var out []string
	letters := false // the last of out is made of single letters
	for _, w := range words {
		single := len(w) == 1 && w[0] >= 'a' && w[0] <= 'z'
		if single && letters {
			out[len(out)-1] += w
			continue
		}
		if same := headWord(w); same != "" {
			out = append(out, same)
		}
		letters = single
	}
	return strings.ReplaceAll(strings.Join(out, " "), "mis per", "misper")
}

// headWord is a word of a header as words are compared; "" for one that says nothing.
func headWord(w string) string {
	switch w {
	case "number", "num", "nr", "nos":
		return "no"
	case "reference", "refno":
		return "ref"
	case "identifier":
		return "id"
	case "telephone", "tel":
		return "phone"
	case "mob":
		return "mobile"
	case "datetime":
		return "date time"
	case "occurence", "occurrance":
		return "occurrence"
	case "the", "and":
		return ""
	}
	return w
}
