package tui

import (
	"fmt"
	"slices"
	"strings"

	"homeward/tui/keymap"
)

// KeyTables are the README's tables of keys, one a place where keys hold, a row a group. A scope of the map that has no
// place among them is an error: its keys would stand nowhere.
func KeyTables(keys *keymap.Map) (string, error) {
	var b strings.Builder
	left := keys.Bindings()
	for i, p := range keyPlaces() {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "| %s | |\n|---|---|\n", p.name)
		var groups []string
		rows := map[string][]string{}
		left = slices.DeleteFunc(left, func(a keymap.Binding) bool {
			if a.Scope != p.scope {
				return false
			}
			if rows[a.Group] == nil {
				groups = append(groups, a.Group)
			}
			rows[a.Group] = append(rows[a.Group], keyEntry(keys, a))
			return true
		})
		for _, g := range groups {
			name := g
			if len(groups) == 1 {
				name = "" // the heading says it
			}
			fmt.Fprintf(&b, "| %s | %s |\n", name, strings.Join(rows[g], " · "))
		}
	}
	if len(left) > 0 {
		return "", fmt.Errorf("keys: %s holds in %s, of which the table knows nothing", left[0], left[0].Scope)
	}
	return b.String(), nil
}

// keyEntry is one action with its keys; one that has none is reached by the palette.
func keyEntry(keys *keymap.Map, a keymap.Binding) string {
	ks := keys.Keys(a.Action)
	if len(ks) == 0 {
		return a.Title + " (palette)"
	}
	var b strings.Builder
	for _, k := range ks {
		b.WriteString("`" + keymap.Help(k) + "` ")
	}
	return b.String() + a.Title
}
