package store

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"homeward/domain"
)

// Setting is one setting in force, for a person to read.
type Setting struct {
	Key    string
	Value  string
	Origin string // default, profile NAME, or file and line
}

// Show lists every setting in force in the order of config.example.toml, and where each came from.
func (c *Config) Show() []Setting {
	var out []Setting
	add := func(key, value, from string) {
		out = append(out, Setting{key, value, c.origins[from]})
	}
	for _, k := range settingKeys() {
		if k.each != nil {
			k.each(c, add)
			continue
		}
		add(k.name, k.show(c), k.name)
	}
	return out
}

// eachMap shows the maps of intake by system: its columns in our order, then the layouts of its dates.
func eachMap(c *Config, add func(key, value, from string)) {
	for _, name := range slices.Sorted(maps.Keys(c.Intake.Maps)) {
		m, path := c.Intake.Maps[name], "intake.map."+name
		for col := range domain.NumColumns {
			if h := m.Columns[col]; h != nil {
				add(path+"."+col.String(), strings.Join(h, " + "), path)
			}
		}
		for _, l := range m.Layouts {
			add(path+".dates", l.String(), path)
		}
	}
}

// eachKey shows the keys of actions by the action's name.
func eachKey(c *Config, add func(key, value, from string)) {
	for _, a := range slices.Sorted(maps.Keys(c.Keys)) {
		add("keys."+a, strings.Join(c.Keys[a], " "), "keys."+a)
	}
}

// policyText is the policy as it is shown, to see whether a file changed it.
func policyText(c *Config) string {
	var b strings.Builder
	for _, k := range settingKeys() {
		if strings.HasPrefix(k.name, policyTable) {
			b.WriteString(k.show(c))
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func userText(u domain.User) string {
	account := u.OSUser
	if account == "" {
		account = u.Login
	}
	s := fmt.Sprintf("%s, %s, account %s", u.Name, u.Role, account)
	if n := len(u.Keys); n > 0 {
		s += fmt.Sprintf(", %d ssh keys", n)
	}
	if u.Until != 0 {
		s += ", here until " + u.Until.String()
	}
	return s
}
