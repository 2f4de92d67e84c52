package domain

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// SettingLine is one setting on which decisions depend, in the words of the configuration. It has no key material: of keys it
// says how many there are, and a few digits that change with them.
type SettingLine struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// SettingChange is one setting before and after; "" where it was not there, or is not there any more.
type SettingChange struct{ Key, Was, Is string }

// Lines are the settings key by key; what has no value is left out. Due times and rights follow from them that are nowhere else
// in the log, so the log says when they changed.
func (s *Settings) Lines() []SettingLine {
	var out []SettingLine
	add := func(key string, value any) {
		if v := fmt.Sprint(value); v != "" {
			out = append(out, SettingLine{key, v})
		}
	}
	add("profile", s.Profile)
	add("team.name", s.Team.Name)
	add("team.authority", s.Team.Authority)
	add("team.aliases", strings.Join(s.Team.Aliases, ", "))
	add("team.hours", s.Team.Hours.said())
	add("team.police", s.Team.Police)
	add("team.partnership", s.Team.Partners)
	add("team.reach", s.Team.Reach)
	for _, k := range policyKeys {
		switch v := k.Field(&s.Policy).(type) {
		case *Span:
			add("policy."+k.Name, v.String())
		case *string:
			add("policy."+k.Name, *v)
		case *[]string:
			add("policy."+k.Name, strings.Join(*v, ", "))
		case *int:
			add("policy."+k.Name, *v)
		case *bool:
			add("policy."+k.Name, *v)
		}
	}
	add("rules", derivation)
	for _, a := range s.Alerts {
		add("alert."+a.Name, a.Said())
	}
	for _, list := range []struct {
		name  string
		names []SourceName
	}{{"category", s.Categories}, {"risk", s.Risks}, {"status", s.Statuses}} {
		for _, n := range list.names {
			add(list.name+"."+n.Name, n.said())
		}
	}
	if s.WarnBackup != (Span{}) {
		add("store.warn_backup_after", s.WarnBackup.String())
	}
	for _, u := range s.Users {
		at := userKey + u.Login + "."
		add(at+"name", u.Name)
		add(at+"role", u.Role)
		add(at+"account", cmp.Or(u.OSUser, u.Login))
		add(at+"keys", keysSaid(u.Keys))
		add(at+"hours", u.Days.said())
		if u.Capacity != 0 {
			add(at+"capacity", u.Capacity)
		}
		if u.Until != 0 {
			add(at+"until", u.Until)
		}
	}
	return out
}

// userKey stands before the login in the keys of a person's settings.
const userKey = "user."

// keysSaid says how many keys there are, with a few digits that differ for others: none of a key itself.
func keysSaid(keys []string) string {
	if len(keys) == 0 {
		return ""
	}
	sum := sha256.Sum256([]byte(strings.Join(slices.Sorted(slices.Values(keys)), "\n")))
	return fmt.Sprintf("%d (%s)", len(keys), hex.EncodeToString(sum[:4]))
}

// said are the hours in words: "Mon 09:00-17:00, Tue 09:00-17:00"; "" for none.
func (h Hours7) said() string {
	var out []string
	for i := range h {
		d := (i + 1) % 7 // a week begins on Monday
		if h[d].Open != h[d].Close {
			out = append(out, fmt.Sprintf("%s%s %02d:%02d-%02d:%02d", strings.ToUpper(dayNames[d][:1]), dayNames[d][1:], h[d].Open/60, h[d].Open%60, h[d].Close/60, h[d].Close%60))
		}
	}
	return strings.Join(out, ", ")
}

// said is what a source's word counts as, and while.
func (n *SourceName) said() string {
	out := n.CountsAs
	if n.From != 0 {
		out += ", from " + n.From.String()
	}
	if n.Until != 0 {
		out += ", until " + n.Until.String()
	}
	return out
}

// Said is the rule in words: "3 in 30 days, flag harm".
func (a AlertRule) Said() string {
	var parts []string
	if a.Count > 0 {
		parts = append(parts, fmt.Sprintf("%d in %d days", a.Count, a.Days))
	} else {
		parts = append(parts, "still missing longer than "+a.MissingFor.Words())
	}
	if a.Under > 0 {
		parts = append(parts, fmt.Sprintf("under %d at the start", a.Under))
	}
	if a.Flag != "" {
		parts = append(parts, "flag "+a.Flag)
	}
	if a.Category != "" {
		parts = append(parts, "category "+a.Category)
	}
	if a.OutOfArea {
		parts = append(parts, "looked after and out of area")
	}
	return strings.Join(parts, ", ")
}

// SettingChanges are the settings that differ, in the order in which they stand afterwards, then those that went.
func SettingChanges(before, after []SettingLine) []SettingChange {
	values := func(list []SettingLine) (map[string]string, []string) {
		all, keys := map[string]string{}, []string{}
		for _, l := range list {
			if was, ok := all[l.Key]; ok { // a name of a source may count as one thing, then as another
				all[l.Key] = was + "; " + l.Value
				continue
			}
			all[l.Key], keys = l.Value, append(keys, l.Key)
		}
		return all, keys
	}
	was, wasKeys := values(before)
	is, isKeys := values(after)
	var out []SettingChange
	for _, k := range isKeys {
		if was[k] != is[k] {
			out = append(out, SettingChange{k, was[k], is[k]})
		}
	}
	for _, k := range wasKeys {
		if _, ok := is[k]; !ok {
			out = append(out, SettingChange{Key: k, Was: was[k]})
		}
	}
	return out
}

// mostSaid is how many changes one sentence names; the line of the log has all of them when it is opened.
const mostSaid = 8

// SaySettingChanges says changes of the settings in one sentence: who comes in as what, and what is due when; "" for none.
func SaySettingChanges(list []SettingChange) string {
	var parts []string
	persons := map[string]map[string]SettingChange{}
	var logins []string
	for _, c := range list {
		login, field, ok := userOf(c.Key)
		if !ok {
			parts = append(parts, c.Key+" is "+cmp.Or(c.Is, "not set")+", was "+cmp.Or(c.Was, "not set"))
			continue
		}
		if persons[login] == nil {
			persons[login] = map[string]SettingChange{}
			logins = append(logins, login)
		}
		persons[login][field] = c
	}
	for _, login := range logins {
		parts = append(parts, sayPerson(login, persons[login])...)
	}
	if more := len(parts) - mostSaid; more > 1 {
		parts = append(parts[:mostSaid], strconv.Itoa(more)+" more changes")
	}
	return strings.Join(parts, "; ")
}

// userOf takes the key of a person's setting apart. A login may hold dots, a field none.
func userOf(key string) (login, field string, ok bool) {
	rest, ok := strings.CutPrefix(key, userKey)
	i := strings.LastIndexByte(rest, '.')
	if !ok || i < 0 {
		return "", "", false
	}
	return rest[:i], rest[i+1:], true
}

// sayPerson says what changes for one person.
func sayPerson(login string, fields map[string]SettingChange) []string {
	a := func(role string) string { return Role(role).A() }
	role, changed := fields["role"]
	switch {
	case changed && role.Was == "":
		out := []string{login + " comes in as " + a(role.Is)}
		if until := fields["until"]; until.Is != "" {
			out = append(out, login+" is here until "+until.Is)
		}
		return out
	case changed && role.Is == "":
		return []string{login + " is taken out"}
	}
	var out []string
	if changed {
		out = append(out, login+" is "+a(role.Is)+", was "+a(role.Was))
	}
	if c, ok := fields["name"]; ok {
		out = append(out, login+" is called "+cmp.Or(c.Is, login)+", was "+cmp.Or(c.Was, login))
	}
	_, keys := fields["keys"]
	_, account := fields["account"]
	if keys || account {
		out = append(out, login+" comes in by other keys or another account")
	}
	if c, ok := fields["until"]; ok && c.Is != "" {
		out = append(out, login+" is here until "+c.Is)
	} else if ok {
		out = append(out, login+" stays, was here until "+c.Was)
	}
	_, hours := fields["hours"]
	_, capacity := fields["capacity"]
	if hours || capacity {
		out = append(out, login+" has other hours or another capacity")
	}
	return out
}
