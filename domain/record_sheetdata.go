package domain

import (
	"bytes"
	"encoding/json"
	"fmt"

	"homeward/domain/spell"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Answer of a field is a Value: text, several words, or rows. Exactly one of the three is set; all empty is blank.
type Value struct {
	Text string              `json:"text,omitempty"`
	List []string            `json:"list,omitempty"`
	Rows []map[string]string `json:"rows,omitempty"`
}

// Blank says that nothing is there.
func (v Value) Blank() bool { return v.Text == "" && len(v.List) == 0 && len(v.Rows) == 0 }

// Equal compares two values.
func (v Value) Equal(o Value) bool {
	return v.Text == o.Text && slices.Equal(v.List, o.List) && slices.EqualFunc(v.Rows, o.Rows, maps.Equal[map[string]string, map[string]string])
}

// MarshalJSON writes a text, a list of texts or a list of objects, as a person would; blank is null.
func (v Value) MarshalJSON() ([]byte, error) {
	switch {
	case v.Rows != nil:
		return json.Marshal(v.Rows)
	case v.List != nil:
		return json.Marshal(v.List)
	case v.Text == "":
		return []byte("null"), nil
	}
	return json.Marshal(v.Text)
}

// UnmarshalJSON reads any of the three; true, false and numbers as their words.
func (v *Value) UnmarshalJSON(b []byte) error {
	*v = Value{}
	var any any
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	if err := dec.Decode(&any); err != nil {
		return err
	}
	list, isList := any.([]interface{})
	if !isList {
		s, ok := textOf(any)
		if !ok {
			return fmt.Errorf("is to be text, a list of texts or a list of rows")
		}
		v.Text = s
		return nil
	}
	for _, x := range list {
		switch x := x.(type) {
		case string:
			v.List = append(v.List, x)
		case map[string]interface{}:
			row := map[string]string{}
			for k, c := range x {
				s, ok := textOf(c)
				if !ok {
					return fmt.Errorf("%s is to be text", k)
				}
				if s != "" {
					row[k] = s
				}
			}
			v.Rows = append(v.Rows, row)
		default:
			return fmt.Errorf("is to be a list of texts or a list of rows")
		}
	}
	if len(v.List) > 0 && len(v.Rows) > 0 {
		return fmt.Errorf("is to be a list of texts or a list of rows, not both")
	}
	return nil
}

// Answers are a section's, by field.
type Answers map[string]Value

// Sheet is what an interview's record holds: each section's answers, and the answers for one episode where they differ.
type Sheet struct {
	Sections map[string]Answers            `json:"sections,omitempty"`
	Each     map[string]map[string]Answers `json:"each,omitempty"` // by episode's E-number, then section
}

// sheetEpisodes is the name under which a record's JSON has the answers for single episodes.
const sheetEpisodes = "episodes"

// Clone copies a sheet with its answers.
func (s Sheet) Clone() Sheet {
	n := Sheet{Sections: cloneSections(s.Sections)}
	for id, m := range s.Each {
		if n.Each == nil {
			n.Each = map[string]map[string]Answers{}
		}
		n.Each[id] = cloneSections(m)
	}
	return n
}

func cloneSections(in map[string]Answers) map[string]Answers {
	if in == nil {
		return nil
	}
	out := make(map[string]Answers, len(in))
	for name, a := range in {
		c := make(Answers, len(a))
		for f, v := range a {
			c[f] = Value{Text: v.Text, List: slices.Clone(v.List)}
			for _, r := range v.Rows {
				w := c[f]
				w.Rows = append(w.Rows, maps.Clone(r))
				c[f] = w
			}
		}
		out[name] = c
	}
	return out
}

// Get is the answer to a field: for an episode where one is given, else for the interview.
func (s Sheet) Get(episode, section, field string) Value {
	if episode != "" {
		return s.Each[episode][section][field]
	}
	return s.Sections[section][field]
}

// set puts an answer; blank takes it away.
func (s *Sheet) set(episode, section, field string, v Value) {
	in := &s.Sections
	if episode != "" {
		if s.Each == nil {
			s.Each = map[string]map[string]Answers{}
		}
		m := s.Each[episode]
		if m == nil {
			m = map[string]Answers{}
			s.Each[episode] = m
		}
		in = &m
	}
	if *in == nil {
		*in = map[string]Answers{}
	}
	if v.Blank() {
		delete((*in)[section], field)
		if len((*in)[section]) == 0 {
			delete(*in, section)
		}
		if episode != "" && len(s.Each[episode]) == 0 {
			delete(s.Each, episode)
		}
		return
	}
	if (*in)[section] == nil {
		(*in)[section] = Answers{}
	}
	(*in)[section][field] = v
}

// SheetChange is one answer that differs between two sheets.
type SheetChange struct {
	Episode, Section, Field string
	Before, After           Value
}

// Changes lists the answers in which a sheet differs from another, in the order of the sections.
func (s Sheet) Changes(from Sheet) []SheetChange {
	var out []SheetChange
	episodes := []string{""}
	for id := range s.Each {
		episodes = append(episodes, id)
	}
	for id := range from.Each {
		if !slices.Contains(episodes, id) {
			episodes = append(episodes, id)
		}
	}
	slices.Sort(episodes)
	for _, ep := range episodes {
		for _, sec := range Sections() {
			for _, f := range sec.Fields {
				if was, is := from.Get(ep, sec.Name, f.Name), s.Get(ep, sec.Name, f.Name); !was.Equal(is) {
					out = append(out, SheetChange{ep, sec.Name, f.Name, was, is})
				}
			}
		}
	}
	return out
}

// answerLimit is the most letters an answer holds, rows and lists taken together.
const answerLimit = 20_000

// readSheet reads the `record` of interview.save: sections with their fields, and "episodes" with the same for single ones.
// It gives the answers named, blanks included: what is not named stays as it was.
func readSheet(raw map[string]json.RawMessage, episodeOf func(ref string) (string, error)) ([]SheetChange, error) {
	var out []SheetChange
	section := func(episode, name string, b json.RawMessage, where string) error {
		i := slices.IndexFunc(Sections(), func(s SheetSection) bool { return s.Name == name })
		if i < 0 {
			return invalid(where, "there is no section %q%s", name, spell.DidYouMean(name, sectionNames()))
		}
		sec := Sections()[i]
		if episode != "" && !sec.Each {
			return invalid(where, "%s is written once for the interview, not for each episode", name)
		}
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(b, &fields); err != nil {
			return invalid(where, "%s", jsonTrouble(err))
		}
		for _, fname := range slices.Sorted(maps.Keys(fields)) {
			f, ok := sec.Field(fname)
			if !ok {
				return invalid(where+"."+fname, "%s has no field of this name%s", name, spell.DidYouMean(fname, fieldNames(sec)))
			}
			var v Value
			if err := json.Unmarshal(fields[fname], &v); err != nil {
				return invalid(where+"."+fname, "%s", err)
			}
			v, err := f.accept(v)
			if err != nil {
				return invalid(where+"."+fname, "%s", err)
			}
			out = append(out, SheetChange{Episode: episode, Section: name, Field: fname, After: v})
		}
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(raw)) {
		if name != sheetEpisodes {
			if err := section("", name, raw[name], "record."+name); err != nil {
				return nil, err
			}
			continue
		}
		var each map[string]map[string]json.RawMessage
		if err := json.Unmarshal(raw[name], &each); err != nil {
			return nil, invalid("record.episodes", "%s", jsonTrouble(err))
		}
		for _, ref := range slices.Sorted(maps.Keys(each)) {
			id, err := episodeOf(ref)
			if err != nil {
				return nil, err
			}
			for _, sec := range slices.Sorted(maps.Keys(each[ref])) {
				if err := section(id, sec, each[ref][sec], "record.episodes."+ref+"."+sec); err != nil {
					return nil, err
				}
			}
		}
	}
	return out, nil
}

func sectionNames() []string {
	var out []string
	for _, s := range Sections() {
		out = append(out, s.Name)
	}
	return out
}

func fieldNames(s SheetSection) []string {
	var out []string
	for _, f := range s.Fields {
		out = append(out, f.Name)
	}
	return out
}

// accept makes a value safe for a terminal and holds it against its field.
func (f *SheetField) accept(v Value) (Value, error) {
	n := utf8.RuneCountInString(v.Text)
	v.Text = tidyText(v.Text, f.Kind == FieldText)
	for i, s := range v.List {
		n += utf8.RuneCountInString(s)
		v.List[i] = tidyText(s, false)
	}
	v.List = slices.DeleteFunc(v.List, func(s string) bool { return s == "" })
	for _, r := range v.Rows {
		for k, s := range r {
			if !slices.ContainsFunc(f.Columns, func(c SheetField) bool { return c.Name == k }) {
				return v, fmt.Errorf("has no column %q; there are %s", k, strings.Join(columnsOf(f), ", "))
			}
			n += utf8.RuneCountInString(s)
			if s = tidyText(s, k == "about"); s == "" {
				delete(r, k)
			} else {
				r[k] = s
			}
		}
	}
	v.Rows = slices.DeleteFunc(v.Rows, func(r map[string]string) bool { return len(r) == 0 })
	if n > answerLimit {
		return v, fmt.Errorf("is longer than %d letters", answerLimit)
	}
	switch f.Kind {
	case FieldText, FieldLine, FieldChoice:
		if len(v.List)+len(v.Rows) > 0 {
			return v, fmt.Errorf("is to be one text")
		}
	case FieldMulti:
		if v.Text != "" && len(v.List) == 0 {
			v = Value{List: []string{v.Text}}
		}
		if len(v.Rows) > 0 {
			return v, fmt.Errorf("is to be a list of texts")
		}
	case FieldRows:
		if v.Text != "" || len(v.List) > 0 {
			return v, fmt.Errorf("is to be a list of rows with %s", strings.Join(columnsOf(f), ", "))
		}
	}
	given := v.List
	if f.Kind == FieldChoice && v.Text != "" {
		given = []string{v.Text}
	}
	if f.Options != nil {
		for _, s := range given {
			word, _, _ := strings.Cut(s, ":") // "other: the canal"
			if !slices.Contains(f.Options, word) {
				return v, fmt.Errorf("“%s” is none of %s", s, strings.Join(f.Options, ", "))
			}
		}
	}
	return v, nil
}

func columnsOf(f *SheetField) []string {
	var out []string
	for _, c := range f.Columns {
		out = append(out, c.Name)
	}
	return out
}
