package record

import (
	"encoding/json"
	"slices"
	"strings"

	"homeward/domain"
)

// place is where an answer stands: in a section, for the interview or for one of its episodes.
type place struct{ episode, section, field string }

func (p place) key() string { return p.episode + "/" + p.section + "/" + p.field }

func placeOf(key string) (place, bool) {
	parts := strings.Split(key, "/")
	if len(parts) != 3 {
		return place{}, false
	}
	return place{parts[0], parts[1], parts[2]}, true
}

// edit is an answer that was typed and not saved, and what stood there when typing began.
type edit struct {
	Now domain.Value `json:"now"`
	Was domain.Value `json:"was"`
}

// sheet is a record while it is written: what is saved, and over it what is not.
type sheet struct {
	base  domain.Sheet
	edits map[place]edit
}

func newSheet() *sheet { return &sheet{edits: map[place]edit{}} }

// at is an answer as it stands on the screen.
func (s *sheet) at(p place) domain.Value {
	if e, ok := s.edits[p]; ok {
		return e.Now
	}
	return s.saved(p)
}

func (s *sheet) saved(p place) domain.Value { return s.base.Get(p.episode, p.section, p.field) }

// put types an answer.
func (s *sheet) put(p place, v domain.Value) {
	e, ok := s.edits[p]
	if !ok {
		e.Was = s.saved(p)
	}
	e.Now = v
	s.edits[p] = e
	if len(v.Rows) == 0 && tidied(v).Equal(s.saved(p)) {
		delete(s.edits, p)
	}
}

// unsaved says that an answer differs from what is saved.
func (s *sheet) unsaved(p place) bool {
	e, ok := s.edits[p]
	return ok && !tidied(e.Now).Equal(s.saved(p))
}

// clash says that somebody else saved another answer since this one was begun.
func (s *sheet) clash(p place) bool {
	e, ok := s.edits[p]
	return ok && s.unsaved(p) && !e.Was.Equal(s.saved(p))
}

// changed are the answers that are not saved, in the order of the sections.
func (s *sheet) changed() []place {
	var out []place
	for p := range s.edits {
		if s.unsaved(p) {
			out = append(out, p)
		}
	}
	rank := map[string]int{}
	for i, sec := range domain.Sections() {
		for j, f := range sec.Fields {
			rank[sec.Name+"/"+f.Name] = i*100 + j
		}
	}
	slices.SortFunc(out, func(a, b place) int {
		if n := rank[a.section+"/"+a.field] - rank[b.section+"/"+b.field]; n != 0 {
			return n
		}
		return strings.Compare(a.episode, b.episode)
	})
	return out
}

// rebase puts what is typed over what is saved now. What was typed and is saved so is no edit any more; but is the answer
// that is typed in now, whose rows may be blank yet.
func (s *sheet) rebase(base domain.Sheet, typing place) {
	s.base = base
	for p := range s.edits {
		if p != typing && !s.unsaved(p) {
			delete(s.edits, p)
		}
	}
}

// settled takes what was sent as begun from there: what is typed since is not held against it.
func (s *sheet) settled(sent map[place]domain.Value) {
	for p, v := range sent {
		if e, ok := s.edits[p]; ok {
			e.Was = v
			s.edits[p] = e
		}
	}
}

// tidied is an answer as the record keeps it: spaces at the ends and blank rows are nothing.
func tidied(v domain.Value) domain.Value {
	out := domain.Value{Text: strings.TrimSpace(v.Text)}
	for _, w := range v.List {
		if w = strings.TrimSpace(w); w != "" {
			out.List = append(out.List, w)
		}
	}
	for _, r := range v.Rows {
		row := map[string]string{}
		for k, c := range r {
			if c = strings.TrimSpace(c); c != "" {
				row[k] = c
			}
		}
		if len(row) > 0 {
			out.Rows = append(out.Rows, row)
		}
	}
	return out
}

// record are answers as `interview.save` takes them.
func (s *sheet) record(places []place) (map[string]json.RawMessage, error) {
	type answers = map[string]domain.Value
	all := map[string]answers{}
	each := map[string]map[string]answers{}
	for _, p := range places {
		in := all
		if p.episode != "" {
			if in = each[p.episode]; in == nil {
				in = map[string]answers{}
				each[p.episode] = in
			}
		}
		if in[p.section] == nil {
			in[p.section] = answers{}
		}
		in[p.section][p.field] = tidied(s.at(p))
	}
	out := map[string]json.RawMessage{}
	put := func(name string, v any) error {
		b, err := json.Marshal(v)
		out[name] = b
		return err
	}
	for name, a := range all {
		if err := put(name, a); err != nil {
			return nil, err
		}
	}
	if len(each) > 0 {
		if err := put("episodes", each); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// draft is what is not saved, for the drafts; nil when all is.
func (s *sheet) draft() map[string]string {
	var out map[string]string
	for _, p := range s.changed() {
		b, err := json.Marshal(s.edits[p])
		if err != nil {
			continue // text always marshals
		}
		if out == nil {
			out = map[string]string{}
		}
		out[p.key()] = string(b)
	}
	return out
}

// restore takes up what a draft holds, and says how many answers it was.
func (s *sheet) restore(draft map[string]string) int {
	n := 0
	for k, v := range draft {
		p, ok := placeOf(k)
		var e edit
		if !ok || json.Unmarshal([]byte(v), &e) != nil {
			continue
		}
		if _, typed := s.edits[p]; typed || fieldAt(p) == nil {
			continue
		}
		if s.edits[p] = e; !s.unsaved(p) {
			delete(s.edits, p)
			continue
		}
		n++
	}
	return n
}

// fieldAt is the field of a place, nil when there is none.
func fieldAt(p place) *domain.SheetField {
	for _, sec := range domain.Sections() {
		if sec.Name == p.section {
			if f, ok := sec.Field(p.field); ok {
				return f
			}
		}
	}
	return nil
}

// answered counts a section's answers for the interview, or for one episode.
func (s *sheet) answered(sec *domain.SheetSection, episode string) (n int) {
	for _, f := range sec.Fields {
		if !tidied(s.at(place{episode, sec.Name, f.Name})).Blank() {
			n++
		}
	}
	return n
}

// missing says whether a section lacks an answer that submitting asks for.
func (s *sheet) missing(sec *domain.SheetSection) bool {
	return slices.ContainsFunc(sec.Fields, func(f domain.SheetField) bool {
		return f.Asked && tidied(s.at(place{"", sec.Name, f.Name})).Blank()
	})
}
