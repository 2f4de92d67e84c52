package store

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
)

// loader holds a decoded file against the tables of known keys and collects all that is wrong.
type loader struct {
	file  string
	lines map[string]int
	c     *Config
	errs  ConfigErrors
}

// fail notes one fault, at the line of its key or of the nearest table around it.
func (l *loader) fail(key, format string, args ...any) {
	l.errs = append(l.errs, &ConfigError{File: l.file, Line: l.line(key), Key: key, Reason: fmt.Sprintf(format, args...)})
}

func (l *loader) line(key string) int {
	for key != "" {
		if n, ok := l.lines[key]; ok {
			return n
		}
		i := strings.LastIndexByte(key, '.')
		if i < 0 {
			key, _, _ = strings.Cut(key, "[")
			return l.lines[key]
		}
		key = key[:i]
	}
	return 0
}

// origin says where a key that stands in the file stands.
func (l *loader) origin(key string) string {
	if n := l.line(key); n > 0 {
		return fmt.Sprintf("%s:%d", l.file, n)
	}
	return l.file
}

func (l *loader) inOrder() {
	slices.SortStableFunc(l.errs, func(a, b *ConfigError) int { return cmp.Compare(a.Line, b.Line) })
}

// load applies a decoded file over the defaults.
func (l *loader) load(raw map[string]any) {
	c := l.c
	keys := settingKeys()
	c.Settings.Policy, _ = domain.Profile("statutory")
	c.Settings.Profile = "statutory"
	for _, k := range keys {
		c.origins[k.name] = "default"
		if k.initial != nil {
			if err := k.set(c, k.initial); err != nil {
				panic("the default of " + k.name + " is not valid: " + err.Error()) // a test loads the defaults
			}
		}
	}
	l.profile(raw)
	profiled := c.Settings.Policy
	for _, name := range sortedKeys(raw) {
		l.top(name, raw[name], keys)
	}
	if policyText(c) != policyText(&Config{Settings: domain.Settings{Policy: profiled}}) {
		c.Settings.Policy.Source = profiled.Source + " with team settings"
	}
	if c.Settings.Alerts == nil {
		c.Settings.Alerts = ShippedAlerts()
		c.origins["alert"] = "default"
	}
	l.users()
}

// profile comes first: what [policy] says is said on top of it.
func (l *loader) profile(raw map[string]any) {
	v, ok := raw["profile"]
	if !ok {
		return
	}
	name, ok := v.(string)
	if !ok {
		l.fail("profile", "is to be text in quotes")
		return
	}
	p, ok := domain.Profile(name)
	if !ok {
		l.fail("profile", "there is no profile %q; there are %s, the nearest is %q", name, strings.Join(domain.Profiles(), ", "), domain.Nearest(name, domain.Profiles()))
		return
	}
	l.c.Settings.Policy, l.c.Settings.Profile = p, name
	l.c.origins["profile"] = l.origin("profile")
	for _, k := range settingKeys() {
		if strings.HasPrefix(k.name, "policy.") {
			l.c.origins[k.name] = "profile " + name
		}
	}
}

// top applies one key or table of the top level.
func (l *loader) top(name string, v any, keys []settingKey) {
	switch name {
	case "profile":
	case "category", "alert", "user":
		l.list(name, v)
	case "keys":
		l.keys(v)
	case "team", "policy", "store", "serve", "intake", "papers", "theme", "privacy":
		table, ok := v.(map[string]any)
		if !ok {
			l.fail(name, "is to be a table: write [%s] on a line of its own", name)
			return
		}
		for _, k := range sortedKeys(table) {
			l.inTable(name+"."+k, table[k], keys)
		}
	default:
		l.unknown(name, keys)
	}
}

func (l *loader) inTable(path string, v any, keys []settingKey) {
	if path == "intake.map" {
		l.maps(v)
		return
	}
	i := slices.IndexFunc(keys, func(k settingKey) bool { return k.name == path })
	if i < 0 {
		l.unknown(path, keys)
		return
	}
	if err := keys[i].set(l.c, v); err != nil {
		l.fail(path, "%v", err)
		return
	}
	l.c.origins[path] = l.origin(path)
}

// unknown names the known key that was most likely meant: the same word in another table first.
func (l *loader) unknown(path string, keys []settingKey) {
	table, word, inTable := strings.Cut(path, ".")
	if !inTable {
		word = path
	}
	var names []string
	for _, k := range keys {
		names = append(names, k.name)
		if _, w, _ := strings.Cut(k.name, "."); w == word {
			l.fail(path, "there is no such key; %s is one: it belongs in [%s]", k.name, strings.TrimSuffix(k.name, "."+w))
			return
		}
	}
	if !inTable {
		names = append(tableNames(), "profile")
	} else {
		names = slices.DeleteFunc(names, func(n string) bool { return !strings.HasPrefix(n, table+".") })
		if table == "intake" {
			names = append(names, "intake.map")
		}
	}
	l.fail(path, "there is no such key; the nearest is %s", domain.Nearest(path, names))
}

func tableNames() []string {
	return []string{"team", "policy", "category", "alert", "user", "store", "serve", "intake", "papers", "theme", "privacy", "keys"}
}

func sortedKeys(m map[string]any) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
