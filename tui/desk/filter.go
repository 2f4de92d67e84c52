package desk

import (
	"slices"
	"strings"

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

// UnknownFields are the words of a filter that look like a field and are none: a slip would read as an empty list.
func UnknownFields(text string, fields []string) []string {
	var out []string
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		name, value, ok := strings.Cut(strings.TrimPrefix(word, "-"), ":")
		if ok && value != "" && !slices.Contains(fields, name) {
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
