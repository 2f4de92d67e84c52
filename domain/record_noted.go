package domain

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Noted is one thing children have named, in one spelling: a place, a person of concern, another child, a vehicle, a phone,
// an online handle (DOMAIN §6, Intelligence). It is a record of its own, so that hot spots can be counted across children.
// Who named it stays with the spelling when two are found to be one, so that this can be undone without loss.
type Noted struct {
	ID      ID     `json:"id"`
	Version uint64 `json:"version"`
	What    string `json:"what"` // NotedPlace, NotedPerson, NotedChild, or what kind of thing
	Name    string `json:"name"` // as it was first written
	// Into is the one it was found to be the same as.
	Into      ID     `json:"into,omitempty"`
	MergedBy  string `json:"merged_by,omitempty"`
	MergedAt  Moment `json:"merged_at,omitempty"`
	MergedWhy string `json:"merged_why,omitempty"`
	// Merged are those that were found to be the same as this one.
	Merged []ID `json:"merged,omitempty"`
	// Mentions are the interviews in which it is named, by number, each once, and the referrals on which a carer named it.
	Mentions []Mention `json:"mentions,omitempty"`
}

// Mention is one interview in which something is named, or one referral on which a parent or carer named it.
type Mention struct {
	Interview ID     `json:"interview,omitempty"`
	Referral  ID     `json:"referral,omitempty"`
	Child     ID     `json:"child"`
	Episodes  []ID   `json:"episodes"`
	Address   string `json:"address,omitempty"`
	About     string `json:"about,omitempty"`
	By        string `json:"by"` // who first wrote it there, and when
	At        Moment `json:"at"`
}

// What may be noted, beside kinds of thing in the team's own words.
const (
	NotedPlace  = "place"
	NotedPerson = "person"
	NotedChild  = "child"
	NotedThing  = "thing"
)

// RecordID, RecordVersion, WithVersion and ChildID make Noted a Record.
func (n *Noted) RecordID() ID { return n.ID }

// RecordVersion counts the changes.
func (n *Noted) RecordVersion() uint64 { return n.Version }

// WithVersion copies it at another version.
func (n *Noted) WithVersion(v uint64) Record { c := *n; c.Version = v; return &c }

// ChildID is zero: it speaks of no one child.
func (n *Noted) ChildID() ID { return 0 }

// Clone copies it with its lists.
func (n *Noted) Clone() *Noted {
	c := *n
	c.Merged = slices.Clone(n.Merged)
	c.Mentions = slices.Clone(n.Mentions)
	for i := range c.Mentions {
		c.Mentions[i].Episodes = slices.Clone(c.Mentions[i].Episodes)
	}
	return &c
}

// Key is what it is known by again: what it is, and its folded name.
func (n *Noted) Key() string { return NotedKey(n.What, n.Name) }

// class is what can be the same as each other: a "car" may be another's "vehicle", a place is no person.
func (n *Noted) class() string {
	switch n.What {
	case NotedPlace, NotedPerson, NotedChild:
		return n.What
	}
	return NotedThing
}

// In is the interview or the referral in which it is named.
func (m *Mention) In() ID { return cmp.Or(m.Interview, m.Referral) }

// mention finds what is said of it in an interview or on a referral; nil where nothing is.
func (n *Noted) mention(in ID) *Mention {
	for i := range n.Mentions {
		if n.Mentions[i].In() == in {
			return &n.Mentions[i]
		}
	}
	return nil
}

// set puts, or with nil takes away, what is said of it in an interview or on a referral.
func (n *Noted) set(in ID, m *Mention) {
	n.Mentions = slices.DeleteFunc(n.Mentions, func(o Mention) bool { return o.In() == in })
	if m != nil {
		n.Mentions = append(n.Mentions, *m)
		slices.SortFunc(n.Mentions, func(a, b Mention) int { return cmp.Compare(a.In(), b.In()) })
	}
}

func (m *Mention) same(o *Mention) bool {
	if m == nil || o == nil {
		return m == o
	}
	return m.Child == o.Child && slices.Equal(m.Episodes, o.Episodes) && m.Address == o.Address && m.About == o.About && m.By == o.By && m.At == o.At
}

// NotedKey folds a name for looking it up; "" where nothing is left of it. Names of places and people fold as children's
// do; in a handle every sign but the leading @ counts, and a telephone number or a plate is one however it is spaced.
func NotedKey(what, name string) string {
	k := ""
	switch what {
	case NotedPlace, NotedPerson, NotedChild:
		k = Fold(name)
	default:
		k = strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return unicode.ToLower(r)
		}, name)
		k = strings.TrimLeft(k, "@")
		if d := digits(k); len(d) >= 7 && strings.Trim(k, "+0123456789-().") == "" {
			k = d
			if rest, abroad := strings.CutPrefix(strings.TrimPrefix(d, "00"), "44"); abroad && len(rest) >= 9 {
				k = "0" + strings.TrimPrefix(rest, "0")
			}
		}
	}
	if k == "" {
		return ""
	}
	return what + "|" + k
}

// namer is a record that names places, people and things: an interview in its section Intelligence, a referral in what a
// parent or carer told.
type namer interface {
	Record
	names() []named
	about() []ID // the episodes it speaks of
}

// NamedBy says which places, people and things a record names, by key, and of which episodes; none for a record that names
// nothing.
func NamedBy(t Record) (keys []string, episodes []ID) {
	n, ok := t.(namer)
	if !ok {
		return nil, nil
	}
	for _, w := range n.names() {
		keys = append(keys, w.key)
	}
	return keys, n.about()
}

// named is one thing that is named.
type named struct{ key, what, name, address, about string }

// namedOnce are things that are named, each once.
type namedOnce []named

func (l *namedOnce) add(what, name, address, about string) {
	if name == "" {
		name, address = address, ""
	}
	n := named{NotedKey(what, name), what, name, address, about}
	if n.key == "" {
		return
	}
	i := slices.IndexFunc(*l, func(o named) bool { return o.key == n.key })
	if i < 0 {
		*l = append(*l, n)
		return
	}
	o := &(*l)[i]
	o.address = cmp.Or(o.address, address)
	if about != "" && about != o.about {
		o.about = strings.TrimLeft(o.about+"\n"+about, "\n")
	}
}

// names reads the section Intelligence of a record. One that another took in names nothing any more.
func (v *Interview) names() []named {
	if v == nil || v.Into != 0 {
		return nil
	}
	var out namedOnce
	rows := func(field string) []map[string]string { return v.Sheet.Get("", "intelligence", field).Rows }
	for _, r := range rows("places") {
		out.add(NotedPlace, r["name"], r["address"], r["about"])
	}
	for _, r := range rows("people") {
		out.add(NotedPerson, r["name"], "", r["about"])
	}
	for _, r := range rows("children") {
		out.add(NotedChild, r["name"], "", r["about"])
	}
	for _, r := range rows("things") {
		out.add(cmp.Or(Fold(r["kind"]), NotedThing), r["name"], "", r["about"])
	}
	return out
}

func (v *Interview) about() []ID { return v.Episodes }

// names reads what a parent or carer told of a return.
func (r *Referral) names() []named {
	if r == nil {
		return nil
	}
	var out namedOnce
	for _, t := range r.CarerTold {
		for _, name := range t.Places {
			out.add(NotedPlace, name, "", "")
		}
		for _, name := range t.People {
			out.add(NotedPerson, name, "", "")
		}
	}
	return out
}

func (r *Referral) about() []ID { return []ID{r.Episode} }
