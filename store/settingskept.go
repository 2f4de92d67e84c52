package store

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"homeward/domain"
)

// The file keeps the settings by which it was written last, key by key, and the names that logins had. So the log can say what
// changed whenever it is opened under other ones or a server reads its configuration again, and who was taken out of the
// configuration keeps the name in everything they did. It is read once, when the file is opened.

const keptSettingsKey = "settings"

// keptSettings is what is kept of them, as JSON. Add fields at will: an older program leaves it as it is.
type keptSettings struct {
	Lines  []domain.SettingLine `json:"lines"`
	People []keptPerson         `json:"people"`
}

// keptPerson is the name that a login has, or had until some moment; zero: it has it.
type keptPerson struct {
	Login string        `json:"login"`
	Name  string        `json:"name"`
	Until domain.Moment `json:"until"`
}

// former are the names that logins had before, the oldest first.
func (k *keptSettings) former() []domain.FormerName {
	var out []domain.FormerName
	for _, p := range k.People {
		if p.Until != 0 {
			out = append(out, domain.FormerName(p))
		}
	}
	slices.SortStableFunc(out, func(a, b domain.FormerName) int { return cmp.Compare(a.Until.Unix(), b.Until.Unix()) })
	return out
}

// under are the names once other settings came into force at a moment. Where those have no people at all, nobody was taken out:
// it is another configuration, or none.
func (k *keptSettings) under(n *domain.Settings, at domain.Moment) []keptPerson {
	if len(n.Users) == 0 {
		return k.People
	}
	out := slices.Clone(k.People)
	for i := range out {
		if u, ok := n.User(out[i].Login); out[i].Until == 0 && (!ok || u.Name != out[i].Name) {
			out[i].Until = at
		}
	}
	for _, u := range n.Users {
		if !slices.ContainsFunc(out, func(p keptPerson) bool { return p.Login == u.Login && p.Until == 0 }) {
			out = append(out, keptPerson{Login: u.Login, Name: u.Name})
		}
	}
	return out
}

// readKept reads what is kept; nil where nothing is.
func (t *txn) readKept() (*keptSettings, error) {
	v, err := t.lookUp(inKept, []byte(keptSettingsKey))
	if err != nil || v == nil {
		return nil, err
	}
	k := new(keptSettings)
	if err := json.Unmarshal(v, k); err != nil {
		return nil, flawf("its %s are malformed", keptSettingsKey)
	}
	return k, nil
}

// withNames puts the names that the file knows beside those of the settings in force.
func (s *Store) withNames(k *keptSettings) {
	former := k.former()
	s.settings.changing.Lock()
	defer s.settings.changing.Unlock()
	if own := *s.settings.Load(); !slices.Equal(own.Former, former) {
		own.Former = former
		s.settings.Store(&own)
	}
}

// readNames takes the names that logins had from a file that is open for reading: those, too, of who was taken out since it was
// written.
func (s *Store) readNames() error {
	var k *keptSettings
	err := s.view(context.Background(), func(t *txn) error {
		return guarded(func() (err error) { k, err = t.readKept(); return err })
	})
	if err == nil && k != nil {
		k.People = k.under(s.Settings(), domain.At(s.clock()))
		s.withNames(k)
	}
	return err
}

// keepSettings holds the settings in force against those that were kept, and writes into the log what changed. Of a file that
// has none yet nothing can be said: they are kept from then on.
func (s *Store) keepSettings(ctx context.Context) error {
	var k *keptSettings
	err := s.write(ctx, func(t *txn) error {
		was, err := t.readKept()
		if err != nil {
			return err
		}
		set := s.Settings()
		if was == nil {
			k = &keptSettings{Lines: set.Lines(), People: new(keptSettings).under(set, domain.At(s.clock()))}
			return t.keepSettings(k)
		}
		k = &keptSettings{Lines: set.Lines(), People: was.under(set, domain.At(s.clock()))}
		changes := domain.SettingChanges(was.Lines, k.Lines)
		if len(changes) == 0 {
			return nil
		}
		if err := t.noteSettings(set, changes); err != nil {
			return err
		}
		return t.keepSettings(k)
	})
	if err == nil {
		s.withNames(k)
	}
	return err
}

func (t *txn) keepSettings(k *keptSettings) error {
	v, err := json.Marshal(k)
	if err == nil {
		t.putEntry(inKept, []byte(keptSettingsKey), v)
	}
	return err
}

// noteSettings writes the line that says what changed, by the account that opened the file: it may be nobody's in the
// configuration.
func (t *txn) noteSettings(set *domain.Settings, changes []domain.SettingChange) error {
	content := map[string]string{}
	for _, c := range changes {
		content[c.Key] = cmp.Or(c.Was, "not set") + " → " + cmp.Or(c.Is, "not set")
	}
	b, err := json.Marshal(content) // in the order of the keys
	if err != nil {
		return err
	}
	now := t.s.clock()
	w := &world{t: t, actor: Keeper(set, now, Account()), now: now}
	l := w.line(lineNote, NoteSettings)
	l.Summary, l.Content = domain.SaySettingChanges(changes), b
	return t.appendLine(l)
}
