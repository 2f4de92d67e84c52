package desk

import (
	"slices"
	"strings"
	"unicode"

	"homeward/domain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// Matcher reads a filter: words and field:value pairs, each of which must hold; "-" before one turns it round. Values are
// compared folded, as parts: "stage:new flag:harm -who:nobody smith". Fields are what may stand before the colon; a word
// without one is looked for in anywhere, which values knows too.
func Matcher[T any](text string, fields, anywhere []string, values func(T, string) []string) func(T) bool {
	var tests []func(T) bool
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		want := true
		if len(word) > 1 && word[0] == '-' {
			want, word = false, word[1:]
		}
		in, value := anywhere, word
		if name, v, ok := strings.Cut(word, ":"); ok && slices.Contains(fields, name) {
			if v == "" {
				continue // still being typed
			}
			in, value = []string{name}, v
		}
		value = domain.Fold(value)
		tests = append(tests, func(r T) bool {
			has := slices.ContainsFunc(in, func(f string) bool {
				return slices.ContainsFunc(values(r, f), func(v string) bool { return strings.Contains(domain.Fold(v), value) })
			})
			return has == want
		})
	}
	return func(r T) bool {
		return !slices.ContainsFunc(tests, func(t func(T) bool) bool { return !t(r) })
	}
}

// shownField stands for all that the columns of a row show. Nobody can type it.
const shownField = "\x00shown"

// allColumns is a width at which a list has every column.
const allColumns = 400

// Matcher reads the page's filter. A word without a field is looked for in anywhere, and in all that the columns of a row show;
// a field finds what its own columns show, too. So what somebody reads on a row finds it, and while names are masked nothing
// finds a row that its reader could not see there: values are to ask [Seen].
func (l *ListPage[R, D]) Matcher(anywhere []string, values func(R, string) []string) func(R) bool {
	if l.Filter.Value() == "" {
		return func(R) bool { return true }
	}
	cols := l.c.Columns(allColumns)
	return Matcher(l.Filter.Value(), l.c.Fields, append(slices.Clone(anywhere), shownField), func(r R, field string) []string {
		var out []string
		if field != shownField {
			out = values(r, field)
		}
		for _, c := range cols {
			if field == shownField || slices.Contains(l.c.Shows[field], strings.TrimPrefix(c.Title, "=")) {
				out = append(out, c.Cell(l.s.Theme, r).String())
			}
		}
		return out
	})
}

// MaskedMsg says that names were masked, or are shown again: who asks the store by a filter asks again.
type MaskedMsg struct{}

// Seen is what a session shows of those whom a filter may ask for.
type Seen struct {
	masked bool
	person func(login string) string
}

// Seen is what the session shows now.
func (l *ListPage[R, D]) Seen() Seen { return Seen{l.s.MaskNames, l.Person} }

// Child is how a child is named; while names are masked, as the mask has it.
func (v Seen) Child(c *domain.Child) []string {
	if v.masked {
		return []string{c.Masked(), c.ShownRef()}
	}
	return []string{c.Name(), c.KnownAs, c.ShownRef()}
}

// Told are texts that somebody wrote; none while names are masked.
func (v Seen) Told(texts ...string) []string {
	if v.masked {
		return nil
	}
	return texts
}

// Person is a login and the name of the person, "nobody" where it is nobody's.
func (v Seen) Person(login string) []string {
	switch {
	case login == "":
		return []string{"nobody"}
	case v.person == nil:
		return []string{login}
	}
	return []string{login, v.person(login)}
}

// UnknownFields are the words of a filter that look like a field and are none: a slip would read as an empty list.
func UnknownFields(text string, fields []string) []string {
	var out []string
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		name, value, ok := strings.Cut(strings.TrimPrefix(word, "-"), ":")
		isWord := !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) }) // 15:30 is a time
		if ok && value != "" && isWord && !slices.Contains(fields, name) {
			out = append(out, name)
		}
	}
	return out
}

// FilterLine is the line of a filter, "" while there is none; while nothing is typed the hint, where there is none the fields.
func FilterLine(th *theme.Theme, f *widgets.Filter, fields []string, hint string, w int) string {
	if f.Typing() && f.Value() == "" {
		if hint == "" {
			hint = "words, or " + strings.Join(fields, ": ") + ": with a value; - before one turns it round"
		}
		return widgets.Join(widgets.In(th.Key, " / "), widgets.In(th.Muted, hint)).Paint(th, w)
	}
	return f.View(th, w)
}
