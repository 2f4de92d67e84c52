// Package keymap holds every key as data: which key does which action, where.
// Screens never compare a key with a letter; they ask the map, so that a user's
// own keys, the help page and the footer can never disagree.
package keymap

import (
	"fmt"

	"homeward/domain/spell"
	"slices"
	"strings"
)

// Scope is where a binding holds. A screen's name is a scope too.
type Scope string

// The scopes every screen shares.
const (
	Global Scope = "global" // everywhere, unless a field takes the letters
	List   Scope = "list"   // moving in a list
	Form   Scope = "form"   // moving in a form
	Dialog Scope = "dialog" // menus, confirmations, panes laid over the screen
	// Writing is a screen that is itself a form: every letter is text, so that none of its keys is one.
	Writing Scope = "writing"
)

// Binding is all that is said of one action, once: footer, palette, help, messages and the README's table read it. What it
// does, and why not now, is its handler's.
type Binding struct {
	Scope Scope
	// Action is its id, for example "list.down", by which users override its keys; the part before the dot is by custom the
	// scope's name.
	Action string
	Keys   []string // as long as the user gave it no others
	// KeysOf is the action whose keys it shares, in place of Keys: the same key, said as what it means where it is shown.
	KeysOf string
	Title  string // as one would say it aloud
	Short  string // for the footer and the tabs, where the title is too long for them
	Words  string // more words by which the palette finds it
	Group  string
	Quiet  bool // not in the footer; palette and help show it
	// Anywhere actions work inside fields and over dialogs too; their keys must not be letters.
	Anywhere bool
}

// Label is the title as the footer has room for it.
func (b Binding) Label() string {
	if b.Short != "" {
		return b.Short
	}
	return b.Title
}

// String names the action in an error: as people call it, and as the configuration does.
func (b Binding) String() string {
	if b.Title == "" {
		return b.Action
	}
	return b.Action + " (" + b.Title + ")"
}

// In gives rows of a table their scope.
func In(scope Scope, rows ...Binding) []Binding {
	for i := range rows {
		rows[i].Scope = scope
	}
	return rows
}

// Map looks bindings up. It is not changed once made, so sessions may share it.
type Map struct {
	bindings []Binding
	byKey    map[Scope]map[string]string
	byAction map[string]Binding
}

// New makes a map of the bindings. A key that is not allowed, a key given twice
// where both would be heard, or an action given twice is an error.
func New(bindings ...Binding) (*Map, error) {
	m := &Map{byKey: map[Scope]map[string]string{}, byAction: map[string]Binding{}}
	for _, b := range bindings {
		b.Keys = slices.Clone(b.Keys)
		if old, ok := m.byAction[b.Action]; ok {
			return nil, fmt.Errorf("keys: %s is bound twice, in %s and %s", b, old.Scope, b.Scope)
		}
		if b.KeysOf != "" && len(b.Keys) > 0 {
			return nil, fmt.Errorf("keys: %s has keys of its own and those of %s", b, b.KeysOf)
		}
		keys := m.byKey[b.Scope]
		if keys == nil {
			keys = map[string]string{}
			m.byKey[b.Scope] = keys
		}
		for _, k := range b.Keys {
			if err := Check(k); err != nil {
				return nil, fmt.Errorf("keys: %s: %w", b, err)
			}
			if other, ok := keys[k]; ok {
				return nil, fmt.Errorf("keys: %s is both %s and %s in %s", Help(k), m.byAction[other], b, b.Scope)
			}
			keys[k] = b.Action
		}
		m.bindings = append(m.bindings, b)
		m.byAction[b.Action] = b
	}
	for _, b := range m.bindings {
		if of, ok := m.byAction[b.KeysOf]; b.KeysOf != "" && (!ok || of.KeysOf != "") {
			return nil, fmt.Errorf("keys: %s has the keys of %q, which has none of its own", b, b.KeysOf)
		}
	}
	if c := m.Conflicts(); len(c) > 0 {
		return nil, fmt.Errorf("keys: %s", strings.Join(c, "; "))
	}
	return m, nil
}

// Conflicts lists the keys that mean two things at once: one scope's beside the
// global ones, or a screen's beside those of its lists. [New] refuses them.
func (m *Map) Conflicts() []string {
	var out []string
	clash := func(a, b Scope) {
		for k, action := range m.byKey[a] {
			if other, ok := m.byKey[b][k]; ok {
				out = append(out, fmt.Sprintf("%s is both %s in %s and %s in %s", Help(k), m.byAction[action], a, m.byAction[other], b))
			}
		}
	}
	for scope := range m.byKey {
		switch scope {
		case Global, Form, Dialog, Writing:
		case List:
			clash(List, Global)
		default:
			clash(scope, Global)
			clash(scope, List)
		}
	}
	slices.Sort(out)
	return out
}

// Override returns a map in which the named actions have other keys; an empty
// list takes an action's keys away (the palette still reaches it). An unknown
// action is an error that names the nearest known one.
func (m *Map) Override(keys map[string][]string) (*Map, error) {
	bindings := slices.Clone(m.bindings)
	for action, ks := range keys {
		i := slices.IndexFunc(bindings, func(b Binding) bool { return b.Action == action })
		if i < 0 {
			near := m.nearest(action)
			return nil, fmt.Errorf("keys: no action %q; did you mean %q (%s)?", action, near.Action, near.Title)
		}
		if b := bindings[i]; b.KeysOf != "" {
			return nil, fmt.Errorf("keys: %s has the keys of %s: change them there", b, b.KeysOf)
		}
		bindings[i].Keys = ks
	}
	return New(bindings...)
}

// With returns a map with more bindings.
func (m *Map) With(more ...Binding) (*Map, error) {
	return New(append(slices.Clone(m.bindings), more...)...)
}

// Action returns what a key does in a scope, "" when nothing.
func (m *Map) Action(scope Scope, key string) string { return m.byKey[scope][key] }

// Keys returns the keys of an action.
func (m *Map) Keys(action string) []string {
	b := m.byAction[action]
	if b.KeysOf != "" {
		b = m.byAction[b.KeysOf]
	}
	return b.Keys
}

// Binding returns the binding of an action.
func (m *Map) Binding(action string) (Binding, bool) {
	b, ok := m.byAction[action]
	return b, ok
}

// Bindings returns all bindings in the order they were given.
func (m *Map) Bindings() []Binding { return slices.Clone(m.bindings) }

// Hint is the first key of an action as help shows it, "" when it has none.
func (m *Map) Hint(action string) string {
	if ks := m.Keys(action); len(ks) > 0 {
		return Help(ks[0])
	}
	return ""
}

// Hints are all keys of an action as help shows them.
func (m *Map) Hints(action string) string {
	var out []string
	for _, k := range m.Keys(action) {
		out = append(out, Help(k))
	}
	return strings.Join(out, " or ")
}

// Help is a key as a person reads it. Arrows are named: not every terminal
// shows the signs.
func Help(key string) string {
	switch key {
	case "pgup":
		return "page up"
	case "pgdown":
		return "page down"
	}
	return key
}

// Check refuses the keys that terminals cannot tell from others or that
// something in between keeps for itself.
func Check(key string) error {
	const ctrl = "imhjbasq"
	switch {
	case key == "":
		return fmt.Errorf("an empty key")
	case strings.Contains(key, "alt+") || strings.Contains(key, "meta+"):
		return fmt.Errorf("%s: alt cannot be told from esc", key)
	case key == "f3" || strings.HasSuffix(key, "+f3"):
		return fmt.Errorf("%s looks like a cursor report", key)
	case key == "ctrl+c" || key == "ctrl+z" || key == "ctrl+[":
		return fmt.Errorf("%s belongs to the program", key)
	case strings.HasPrefix(key, "ctrl+") && len(key) == 6 && strings.Contains(ctrl, key[5:]):
		return fmt.Errorf("%s does not reach every program", key)
	}
	return nil
}

// nearest returns the known action whose id, or title, is most like what was given.
func (m *Map) nearest(action string) Binding {
	best, at := Binding{}, 1<<30
	for _, b := range m.bindings {
		if d := min(spell.Edits(action, b.Action), spell.Edits(strings.ToLower(action), strings.ToLower(b.Title))); d < at {
			best, at = b, d
		}
	}
	return best
}
