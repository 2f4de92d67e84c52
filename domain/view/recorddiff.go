package view

import (
	"cmp"
	"fmt"

	"homeward/domain"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// RecordDifferences are all fields of a record that a change gave another content, in the order of the record, with both
// in words: a list's entries by number, an entry that came or went in one line. A record that was made has nothing before,
// one that was taken away nothing after. Which version it is, is not told.
func RecordDifferences(t domain.Touched) []Difference {
	was, is := flatten(t.Before), flatten(t.After)
	var out []Difference
	for _, path := range mergedOrder(was.paths, is.paths) {
		a, b := was.values[path], is.values[path]
		if a == b {
			continue
		}
		d := Difference{strings.ReplaceAll(path, "_", " "), a.shown, b.shown}
		if d.Was == d.Is { // two hours that the clock shows twice, say
			d.Was, d.Is = a.exact, b.exact
		}
		if a.truth || b.truth {
			d.Was, d.Is = cmp.Or(d.Was, "no"), cmp.Or(d.Is, "no")
		}
		out = append(out, d)
	}
	return wholeEntries(out, was, is)
}

// leaf is one value of a record in words, and exactly.
type leaf struct {
	shown, exact string
	truth        bool
}

// flat is a record as a list of values; entries are the paths of a list's entries.
type flat struct {
	paths   []string
	values  map[string]leaf
	entries []string
}

func flatten(r domain.Record) *flat {
	f := &flat{values: map[string]leaf{}}
	if r != nil {
		f.add("", reflect.ValueOf(r), false)
	}
	return f
}

func (f *flat) put(path string, l leaf) {
	if l.shown == "" && l.exact == "" {
		return
	}
	f.paths = append(f.paths, path)
	f.values[path] = l
}

// add puts a value and all it holds; inside says that it is part of a list's entry.
func (f *flat) add(path string, v reflect.Value, inside bool) {
	if (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && v.IsNil() {
		return
	}
	switch x := v.Interface().(type) {
	case domain.Moment:
		f.put(path, leaf{shown: x.String(), exact: x.Canonical()})
		return
	case domain.Date:
		f.put(path, leaf{shown: x.String(), exact: x.String()})
		return
	case domain.ID:
		f.put(path, leaf{shown: x.String(), exact: x.String()})
		return
	case domain.Value:
		s := answerWords(x)
		f.put(path, leaf{shown: s, exact: s})
		return
	case domain.Sheet:
		if inside {
			return // a copy of what stood in the record itself
		}
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.Elem().Kind() == reflect.Bool {
			s := map[bool]string{true: "yes", false: "no"}[v.Elem().Bool()]
			f.put(path, leaf{shown: s, exact: s})
			return
		}
		f.add(path, v.Elem(), inside)
	case reflect.Struct:
		for i := range v.NumField() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			if name == "" || name == "-" || path == "" && (name == "version" || name == "id") {
				continue
			}
			f.add(under(path, name), v.Field(i), inside)
		}
	case reflect.Slice:
		f.list(path, v)
	case reflect.Map:
		for _, k := range slices.Sorted(maps.Keys(keysOf(v))) {
			f.add(under(path, k), v.MapIndex(reflect.ValueOf(k).Convert(v.Type().Key())), inside)
		}
	case reflect.Bool:
		if v.Bool() {
			f.put(path, leaf{shown: "yes", exact: "yes", truth: true})
		}
	case reflect.String:
		f.put(path, leaf{shown: coded(v.String()), exact: v.String()})
	default:
		if !v.IsZero() {
			s := fmt.Sprint(v.Interface())
			f.put(path, leaf{shown: s, exact: s})
		}
	}
}

// list puts a list: texts and numbers in one line, entries by their number.
func (f *flat) list(path string, v reflect.Value) {
	if v.Type().Elem().Kind() != reflect.Struct {
		var words []string
		for i := range v.Len() {
			words = append(words, fmt.Sprint(v.Index(i).Interface()))
		}
		s := strings.Join(words, ", ")
		f.put(path, leaf{shown: s, exact: s})
		return
	}
	for i := range v.Len() {
		entry := under(path, fmt.Sprint(i+1))
		f.entries = append(f.entries, entry)
		f.add(entry, v.Index(i), true)
	}
}

// under is the path of something inside something; the parts that only hold others have no name of their own.
func under(path, name string) string {
	if path == "card" || path == "sheet" || path == "sections" {
		path = ""
	}
	if path == "" {
		return name
	}
	return path + " " + name
}

func keysOf(v reflect.Value) map[string]bool {
	out := map[string]bool{}
	for _, k := range v.MapKeys() {
		out[k.String()] = true
	}
	return out
}

// coded is a word of a list as people read it; any other text as it stands.
func coded(s string) string {
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_") == "" && !strings.HasPrefix(s, "_") {
		return domain.Words(s)
	}
	return s
}

// answerWords is an answer in one line.
func answerWords(v domain.Value) string {
	switch {
	case v.Rows != nil:
		var rows []string
		for _, r := range v.Rows {
			var cells []string
			for _, k := range slices.Sorted(maps.Keys(r)) {
				cells = append(cells, domain.Words(k)+" "+coded(r[k]))
			}
			rows = append(rows, strings.Join(cells, ", "))
		}
		return strings.Join(rows, "; ")
	case v.List != nil:
		var list []string
		for _, s := range v.List {
			list = append(list, coded(s))
		}
		return strings.Join(list, ", ")
	}
	return coded(v.Text)
}

// mergedOrder are the paths of two records of one kind, each once, what only the first has before what follows it there.
func mergedOrder(was, is []string) []string {
	have := map[string]bool{}
	for _, p := range is {
		have[p] = true
	}
	var out []string
	done := map[string]bool{}
	i := 0
	for _, p := range is {
		for i < len(was) && was[i] != p {
			if !have[was[i]] && !done[was[i]] {
				out, done[was[i]] = append(out, was[i]), true
			}
			if at := slices.Index(was[i:], p); at < 0 {
				break
			}
			i++
		}
		out = append(out, p)
	}
	for _, p := range was {
		if !have[p] && !done[p] {
			out = append(out, p)
		}
	}
	return out
}

// wholeEntries makes one line of all that was told of a list's entry that came or went as a whole.
func wholeEntries(list []Difference, was, is *flat) []Difference {
	var out []Difference
	at := map[string]int{}
	for _, d := range list {
		entry := ""
		for side, f := range [2]*flat{was, is} {
			for _, e := range f.entries {
				name := strings.ReplaceAll(e, "_", " ")
				if strings.HasPrefix(d.Field, name+" ") && !slices.Contains([2]*flat{was, is}[1-side].entries, e) && (entry == "" || len(name) < len(entry)) {
					entry = name
				}
			}
		}
		if entry == "" {
			out = append(out, d)
			continue
		}
		part := strings.TrimPrefix(d.Field, entry+" ") + " "
		i, begun := at[entry]
		if !begun {
			i = len(out)
			at[entry] = i
			out = append(out, Difference{Field: entry})
		}
		join := func(to *string, s string) {
			if s == "" {
				return
			}
			if *to != "" {
				*to += ", "
			}
			*to += part + s
		}
		join(&out[i].Was, d.Was)
		join(&out[i].Is, d.Is)
	}
	return out
}
