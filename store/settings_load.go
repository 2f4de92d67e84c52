package store

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/spell"
)

// loader holds a decoded file against the tables of known keys and collects all that is wrong.
type loader struct {
	file  string
	lines map[string]int
	c     *Config
	errs  ConfigErrors
	known []settingKey
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
	l.known = settingKeys()
	c.Settings.Policy, _ = domain.Profile(usualProfile)
	c.Settings.Profile = usualProfile
	for _, k := range l.known {
		c.origins[k.name] = "default"
		if k.initial != nil {
			if err := k.set(c, k.initial); err != nil {
				panic("the default of " + k.name + " is not valid: " + err.Error()) // a test loads the defaults
			}
		}
	}
	if v, ok := raw[profileKey]; ok {
		l.profile(v)
	}
	profiled := c.Settings.Policy
	for _, name := range sortedKeys(raw) {
		if name != profileKey {
			l.top(name, raw[name])
		}
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

// profile takes a profile's policy, on top of which the file's is said.
func (l *loader) profile(v any) {
	name, ok := v.(string)
	if !ok {
		l.fail(profileKey, "is to be text in quotes")
		return
	}
	p, ok := domain.Profile(name)
	if !ok {
		l.fail(profileKey, "there is no profile %q; there are %s, the nearest is %q", name, strings.Join(domain.Profiles(), ", "), spell.Nearest(name, domain.Profiles()))
		return
	}
	l.c.Settings.Policy, l.c.Settings.Profile = p, name
	l.c.origins[profileKey] = l.origin(profileKey)
	for _, k := range l.known {
		if strings.HasPrefix(k.name, policyTable) {
			l.c.origins[k.name] = "profile " + name
		}
	}
}

// top applies one key or table of the top level.
func (l *loader) top(name string, v any) {
	switch {
	case l.key(name) != nil:
		l.apply(name, v)
	case slices.Contains(tableNames(), name):
		table, ok := v.(map[string]any)
		if !ok {
			l.fail(name, "is to be a table: write [%s] on a line of its own", name)
			return
		}
		for _, k := range sortedKeys(table) {
			l.apply(name+"."+k, table[k])
		}
	default:
		l.unknown(name)
	}
}

// key is the row of a key, nil where there is none.
func (l *loader) key(path string) *settingKey {
	i := slices.IndexFunc(l.known, func(k settingKey) bool { return k.name == path })
	if i < 0 {
		return nil
	}
	return &l.known[i]
}

// apply reads the value of a key.
func (l *loader) apply(path string, v any) {
	k := l.key(path)
	switch {
	case k == nil:
		l.unknown(path)
	case k.load != nil:
		k.load(l, v)
	default:
		if err := k.set(l.c, v); err != nil {
			l.fail(path, "%v", err)
			return
		}
		l.c.origins[path] = l.origin(path)
	}
}

// unknown names the known key that was most likely meant: the same word in another table first.
func (l *loader) unknown(path string) {
	table, word, inTable := strings.Cut(path, ".")
	if !inTable {
		word = path
	}
	var names []string
	for _, k := range l.known {
		names = append(names, k.name)
		if _, w, _ := strings.Cut(k.name, "."); w == word {
			l.fail(path, "there is no such key; %s is one: it belongs in [%s]", k.name, strings.TrimSuffix(k.name, "."+w))
			return
		}
	}
	if !inTable {
		names = append(tableNames(), profileKey)
	} else {
		names = slices.DeleteFunc(names, func(n string) bool { return !strings.HasPrefix(n, table+".") })
	}
	l.fail(path, "there is no such key; the nearest is %s", spell.Nearest(path, names))
}

// tableNames are the tables of the top level and the lists of tables, in the order of the keys.
func tableNames() []string {
	var out []string
	for _, k := range settingKeys() {
		if table, _, within := strings.Cut(k.name, "."); (within || k.each != nil) && !slices.Contains(out, table) {
			out = append(out, table)
		}
	}
	return out
}

func sortedKeys(m map[string]any) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
