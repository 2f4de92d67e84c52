package store

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/spell"
	"homeward/store/intake"
)

// listKey is one key of an entry of [[user]], [[alert]], [[category]], [[risk]] or [[status]].
type listKey[T any] struct {
	name string
	set  func(e *T, v any) error
}

func userKeys() []listKey[domain.User] {
	return []listKey[domain.User]{
		{"login", func(u *domain.User, v any) error { return checked(&u.Login, v, loginName) }},
		{"name", func(u *domain.User, v any) error { return checked(&u.Name, v, nil) }},
		{"role", func(u *domain.User, v any) error {
			return checked((*string)(&u.Role), v, func(s string) error { return oneOf(s, roleWords()) })
		}},
		{"os_user", func(u *domain.User, v any) error { return checked(&u.OSUser, v, nil) }},
		{"keys", func(u *domain.User, v any) (err error) {
			u.Keys, err = asWords(v)
			if slices.Contains(u.Keys, "") {
				err = fmt.Errorf("a key is empty: each is the line of a .pub file")
			}
			return err
		}},
		{"days", func(u *domain.User, v any) error {
			s, err := asText(v)
			if err == nil {
				u.Days, err = domain.ParseHours(s)
			}
			return err
		}},
		{"capacity", func(u *domain.User, v any) (err error) { u.Capacity, err = asNumber(v, 1, 20); return }},
		{"until", func(u *domain.User, v any) error { return lastDay(&u.Until, v) }},
	}
}

// lastDay reads a day that stands in quotes.
func lastDay(at *domain.Date, v any) error {
	s, err := asText(v)
	if err != nil {
		return errors.New(`is to be a day in quotes, like "2027-03-31"`)
	}
	day, ok := domain.ParseDate(s)
	if !ok {
		return fmt.Errorf(`%q is no day like "2027-03-31"`, s)
	}
	*at = day
	return nil
}

func alertKeys() []listKey[domain.AlertRule] {
	return []listKey[domain.AlertRule]{
		{"name", func(a *domain.AlertRule, v any) error { return checked(&a.Name, v, ruleName) }},
		{"count", func(a *domain.AlertRule, v any) (err error) { a.Count, err = asNumber(v, 1, 1000); return }},
		{"days", func(a *domain.AlertRule, v any) (err error) { a.Days, err = asNumber(v, 1, 3660); return }},
		{"missing_for", func(a *domain.AlertRule, v any) error {
			s, err := asText(v)
			if err == nil {
				a.MissingFor, err = domain.ParseSpan(s)
			}
			return err
		}},
		{"under", func(a *domain.AlertRule, v any) (err error) { a.Under, err = asNumber(v, 1, 25); return }},
		{"flag", func(a *domain.AlertRule, v any) error {
			return checked(&a.Flag, v, func(s string) error {
				return oneOf(s, append(domain.FlagWords(), domain.FlagHighRisk))
			})
		}},
		{"category", func(a *domain.AlertRule, v any) error { return checked(&a.Category, v, nil) }},
		{"out_of_area", func(a *domain.AlertRule, v any) (err error) { a.OutOfArea, err = asTruth(v); return }},
	}
}

// ShippedAlerts are the rules in force where the file has none (DOMAIN §8). Those that are no count of their own look at
// the episodes of the last 30 days.
func ShippedAlerts() []domain.AlertRule {
	return []domain.AlertRule{
		{Name: "3_in_30_days", Count: 3, Days: 30},
		{Name: "3_in_90_days", Count: 3, Days: 90},
		{Name: "missing_over_24h", MissingFor: domain.Hours(24)},
		{Name: "missing_over_72h", MissingFor: domain.Hours(72)},
		{Name: "under_13", Count: 1, Days: 30, Under: 13},
		{Name: "exploitation", Count: 1, Days: 30, Flag: domain.FlagExploitation},
		{Name: "out_of_area", Count: 1, Days: 30, OutOfArea: true},
	}
}

// checked reads text, holds it against a rule and keeps it.
func checked(at *string, v any, rule func(string) error) error {
	s, err := asText(v)
	if err == nil && rule != nil {
		err = rule(s)
	}
	if err == nil {
		*at = s
	}
	return err
}

func loginName(s string) error {
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '.' && c != '_' && c != '-' {
			return fmt.Errorf("%q: a login is of a-z, 0-9, dot, underscore and hyphen", s)
		}
	}
	if s == "" || len(s) > 32 {
		return fmt.Errorf("%q: a login has 1 to 32 characters", s)
	}
	return nil
}

func ruleName(s string) error {
	if err := loginName(s); err != nil {
		return fmt.Errorf("%q: a rule's name is of a-z, 0-9, dot, underscore and hyphen, at most 32", s)
	}
	return nil
}

// listSetting is a list of tables, [[name]]. whole checks an entry in itself and against those before it.
func listSetting[T any](name string, keys []listKey[T], at func(*Config) *[]T, whole func(w *wholeEntries, e *T, path string),
	shown func(T) (word, text string)) settingKey {
	return settingKey{name: name, load: func(l *loader, v any) {
		w := &wholeEntries{l: l, seen: map[string]bool{}, before: len(l.errs)}
		*at(l.c) = entries(l, name, v, keys, func(e *T, path string) {
			if len(l.errs) == w.before { // else what is missing may be what was wrong
				whole(w, e, path)
			}
		})
		l.c.origins[name] = l.file
	}, each: func(c *Config, add func(key, value, from string)) {
		for _, e := range *at(c) {
			word, text := shown(e)
			add(name+"."+word, text, name)
		}
	}}
}

// entries reads a list of tables.
func entries[T any](l *loader, name string, v any, keys []listKey[T], whole func(e *T, path string)) []T {
	var tables []map[string]any
	switch v := v.(type) {
	case []map[string]any:
		tables = v
	case []any:
		for _, x := range v {
			t, ok := x.(map[string]any)
			if !ok {
				l.fail(name, "is to be tables: write [[%s]] on a line of its own for each", name)
				return nil
			}
			tables = append(tables, t)
		}
	default:
		l.fail(name, "is a list: write [[%s]] with two brackets", name)
		return nil
	}
	out := make([]T, len(tables))
	var known []string
	for _, k := range keys {
		known = append(known, k.name)
	}
	for i, t := range tables {
		path := fmt.Sprintf("%s[%d]", name, i)
		for _, k := range sortedKeys(t) {
			n := slices.Index(known, k)
			if n < 0 {
				l.fail(path+"."+k, "there is no such key; the nearest is %s", spell.Nearest(k, known))
				continue
			}
			if err := keys[n].set(&out[i], t[k]); err != nil {
				l.fail(path+"."+k, "%v", err)
			}
		}
		whole(&out[i], path)
	}
	return out
}

// wholeEntries checks what the keys of a list's entries say together.
type wholeEntries struct {
	l      *loader
	seen   map[string]bool
	before int // faults there were before the list
	names  []domain.SourceName
}

func (w *wholeEntries) unique(word, path string) {
	if word != "" && w.seen[word] {
		w.l.fail(path, "%q is there twice: each needs a name of its own", word)
	}
	w.seen[word] = true
}

func (w *wholeEntries) need(missing bool, path, key string, of ...string) {
	why := ""
	if n := len(of) - 1; n > 0 {
		why = ": " + strings.Join(of[:n], ", ") + " or " + of[n]
	}
	if missing {
		w.l.fail(path, "%s is required%s", key, why)
	}
}

func wholeUser(w *wholeEntries, u *domain.User, path string) {
	w.need(u.Login == "", path, "login")
	w.need(u.Role == "", path, "role", roleWords()...)
	w.unique(u.Login, path+".login")
}

func wholeAlert(w *wholeEntries, a *domain.AlertRule, path string) {
	w.need(a.Name == "", path, "name")
	w.unique(a.Name, path+".name")
	none := a.MissingFor == domain.Span{}
	switch {
	case (a.Count == 0) != (a.Days == 0):
		w.l.fail(path, "count and days belong together: so many episodes in so many days")
	case none && a.Count == 0:
		w.l.fail(path, "says neither count and days nor missing_for: one of them is what the rule looks for")
	case !none && a.Count != 0:
		w.l.fail(path, "has both count and missing_for: make two rules of it")
	}
}

// users checks what only all entries together show: an account of the operating system belongs to one person.
func (l *loader) users() {
	owner := map[string]string{}
	for i, u := range l.c.Settings.Users {
		account := u.OSUser
		if account == "" {
			account = u.Login
		}
		if other, ok := owner[account]; ok && other != u.Login && u.Login != "" {
			l.fail(fmt.Sprintf("user[%d].os_user", i), "the account %q belongs to %s already: who acts would not be known", account, cmp.Or(other, noLogin))
		}
		owner[account] = u.Login
		l.userKeys(i, u)
	}
	for i, a := range l.c.Settings.Alerts {
		known := domain.CategoryWords()
		for _, c := range l.c.Settings.Categories {
			known = append(known, strings.ToLower(c.Name))
		}
		if a.Category != "" && !slices.Contains(known, strings.ToLower(a.Category)) {
			l.fail(fmt.Sprintf("alert[%d].category", i), "%q is none of %s", a.Category, strings.Join(known, ", "))
		}
	}
}

// keys reads [keys]: an action and its keys, "list.down" = ["j"] or list.down = "j".
func (l *loader) keys(v any) {
	table, ok := v.(map[string]any)
	if !ok {
		l.fail("keys", "is to be a table: write [keys] on a line of its own")
		return
	}
	l.c.Keys = map[string][]string{}
	var walk func(path string, t map[string]any)
	walk = func(path string, t map[string]any) {
		for _, k := range sortedKeys(t) {
			action := strings.TrimPrefix(path+"."+k, ".")
			if below, ok := t[k].(map[string]any); ok {
				walk(action, below)
				continue
			}
			keys, err := asWords(t[k])
			if err != nil {
				l.fail("keys."+action, "%v", err)
				continue
			}
			l.c.Keys[action] = keys
			l.c.origins["keys."+action] = l.origin("keys." + action)
		}
	}
	walk("", table)
}

// maps reads [intake.map.NAME]: our columns = their header or headers, and dates = layouts.
func (l *loader) maps(v any) {
	all, ok := v.(map[string]any)
	if !ok {
		l.fail("intake.map", "is to be a table for each system: write [intake.map.NAME]")
		return
	}
	l.c.Intake.Maps = map[string]intake.Map{}
	for _, name := range sortedKeys(all) {
		path := "intake.map." + name
		table, ok := all[name].(map[string]any)
		if !ok {
			l.fail(path, "is to be a table: write [intake.map.NAME] above the columns of that system")
			continue
		}
		l.c.Intake.Maps[name] = l.oneMap(path, table)
		l.c.origins[path] = l.origin(path)
	}
}

func (l *loader) oneMap(path string, table map[string]any) intake.Map {
	m := intake.Map{Columns: map[domain.Column][]string{}}
	for _, k := range sortedKeys(table) {
		list, err := asWords(table[k])
		if err == nil && slices.Contains(list, "") {
			err = fmt.Errorf("a name is empty")
		}
		if err != nil {
			l.fail(path+"."+k, "%v", err)
			continue
		}
		if k == "dates" {
			for _, s := range list {
				layout, err := intake.ParseLayout(s)
				if err != nil {
					l.fail(path+".dates", "%v", err)
					continue
				}
				m.Layouts = append(m.Layouts, layout)
			}
			continue
		}
		col, ok := domain.ColumnNamed(k)
		if !ok {
			l.fail(path+"."+k, "there is no such column; the nearest is %s (write our column = \"their header\")", spell.Nearest(k, append(domain.ColumnNames(), "dates")))
			continue
		}
		for i, h := range list {
			if slices.ContainsFunc(list[:i], func(o string) bool { return strings.EqualFold(o, h) }) {
				l.fail(path+"."+k, "the header %q stands in it twice", h)
			}
		}
		m.Columns[col] = list
	}
	return m
}
