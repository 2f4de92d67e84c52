package store

import (
	"fmt"

	"homeward/domain"
)

// nameSetting is a list of further names of the sources for our words: [[category]], [[risk]], [[status]].
func nameSetting(list string, words []string, at func(*Config) *[]domain.SourceName) settingKey {
	return listSetting(list, sourceNameKeys(words), at, func(w *wholeEntries, n *domain.SourceName, path string) { wholeSourceName(w, n, path, words) },
		func(n domain.SourceName) (string, string) { return n.Name, sourceNameText(n) })
}

func sourceNameKeys(words []string) []listKey[domain.SourceName] {
	day := func(at *domain.Date, v any) error {
		s, err := asText(v)
		if err != nil {
			return fmt.Errorf(`is to be a day in quotes, like "2026-04-01"`)
		}
		d, ok := domain.ParseDate(s)
		if !ok {
			return fmt.Errorf("%q is not a day like 2026-04-01", s)
		}
		*at = d
		return nil
	}
	return []listKey[domain.SourceName]{
		{"name", func(n *domain.SourceName, v any) error { return checked(&n.Name, v, nil) }},
		{"counts_as", func(n *domain.SourceName, v any) error {
			return checked(&n.CountsAs, v, func(s string) error { return oneOf(s, words) })
		}},
		{"from", func(n *domain.SourceName, v any) error { return day(&n.From, v) }},
		{"until", func(n *domain.SourceName, v any) error { return day(&n.Until, v) }},
	}
}

// wholeSourceName: a name is not one of our own words, and means one thing on any day.
func wholeSourceName(w *wholeEntries, n *domain.SourceName, path string, words []string) {
	w.need(n.Name == "", path, "name")
	w.need(n.CountsAs == "", path, "counts_as", words...)
	key := domain.SourceWordKey(n.Name)
	for _, word := range words {
		if n.Name != "" && domain.SourceWordKey(word) == key {
			w.l.fail(path+".name", "%q is there already, without an entry", n.Name)
		}
	}
	if n.From != 0 && n.Until != 0 && n.Until < n.From {
		w.l.fail(path+".until", "is before from")
	}
	for _, o := range w.names {
		if domain.SourceWordKey(o.Name) == key && (o.Until == 0 || n.From <= o.Until) && (n.Until == 0 || o.From <= n.Until) {
			w.l.fail(path, "%q means something on the same days already: give each of the two its from and until", n.Name)
		}
	}
	w.names = append(w.names, *n)
}

func sourceNameText(n domain.SourceName) string {
	s := "counts as " + n.CountsAs
	if n.From != 0 {
		s += ", from " + n.From.String()
	}
	if n.Until != 0 {
		s += ", until " + n.Until.String()
	}
	return s
}
