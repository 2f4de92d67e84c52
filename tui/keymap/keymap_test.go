package keymap

import (
	"strings"
	"testing"
)

func TestDefaultsAreSound(t *testing.T) {
	m, err := New(Defaults()...)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range m.Bindings() {
		palette := b.Action == Mouse || b.Action == LockCode || b.Action == Suspend // seldom wanted, or its key is nobody's to change
		if len(m.Keys(b.Action)) == 0 && !palette || b.Title == "" || b.Group == "" {
			t.Errorf("%s lacks keys, title or group", b.Action)
		}
		for _, k := range b.Keys {
			if got := m.Action(b.Scope, k); got != b.Action {
				t.Errorf("%s in %s is %q, want %q", k, b.Scope, got, b.Action)
			}
		}
	}
	for _, pair := range [][2]string{{"up", "k"}, {"down", "j"}} {
		if m.Action(List, pair[0]) != m.Action(List, pair[1]) {
			t.Errorf("%v must do the same", pair)
		}
	}
}

func TestForbiddenKeys(t *testing.T) {
	for _, k := range []string{"", "alt+x", "ctrl+alt+x", "f3", "shift+f3", "ctrl+i", "ctrl+m", "ctrl+h", "ctrl+j", "ctrl+b", "ctrl+a", "ctrl+s", "ctrl+q", "ctrl+c", "ctrl+z"} {
		if Check(k) == nil {
			t.Errorf("%q must be refused", k)
		}
	}
	for _, k := range []string{"ctrl+p", "ctrl+f", "ctrl+d", "f2", "space", "@", "V", "shift+tab"} {
		if err := Check(k); err != nil {
			t.Errorf("%q: %v", k, err)
		}
	}
}

func TestConflicts(t *testing.T) {
	bad := []struct{ name, scope, key, says string }{
		{"twice in a scope", "queue", "x", "both"},
		{"against the list", "queue", "j", "list"},
		{"against the world", "queue", "?", "global"},
	}
	for _, tt := range bad {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Default().With(Binding{Scope: "queue", Action: "queue.a", Keys: []string{"x"}},
				Binding{Scope: Scope(tt.scope), Action: "queue.b", Keys: []string{tt.key}})
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%v", err)
			}
		})
	}
	if _, err := Default().With(Binding{Scope: "queue", Action: "queue.a", Keys: []string{"x"}},
		Binding{Scope: "review", Action: "review.a", Keys: []string{"x"}}); err != nil {
		t.Errorf("two screens may use one key: %v", err)
	}
}

func TestOverride(t *testing.T) {
	m, err := Default().Override(map[string][]string{ListDown: {"n"}, ListUp: nil})
	if err != nil {
		t.Fatal(err)
	}
	if m.Action(List, "n") != ListDown || m.Action(List, "j") != "" || m.Hint(ListUp) != "" {
		t.Error("the user's keys count, and only they")
	}
	if Default().Action(List, "j") != ListDown {
		t.Error("an override must not change the map it came from")
	}
	if _, err := Default().Override(map[string][]string{"list.dwn": {"n"}}); err == nil || !strings.Contains(err.Error(), `"list.down" (Down)`) {
		t.Errorf("%v", err)
	}
	if _, err := Default().Override(map[string][]string{"find an action": {"n"}}); err == nil || !strings.Contains(err.Error(), `"app.palette" (Find an action)`) {
		t.Errorf("an action called by its title: %v", err)
	}
	if _, err := Default().Override(map[string][]string{ListDown: {"?"}}); err == nil || !strings.Contains(err.Error(), "list.down (Down)") || !strings.Contains(err.Error(), "app.help (All keys)") {
		t.Errorf("a key that is taken: %v", err)
	}
	if _, err := Default().Override(map[string][]string{FormClose: {"f4"}}); err == nil || !strings.Contains(err.Error(), "dialog.close: change them there") {
		t.Errorf("keys of an action that shares another's: %v", err)
	}
	if got := m.Hints(Palette); got != "ctrl+p or :" {
		t.Errorf("%q", got)
	}
}

// An action that shares another's keys follows them, and asks for no key of its own.
func TestSharedKeys(t *testing.T) {
	m, err := Default().Override(map[string][]string{DialogClose: {"f10"}})
	if err != nil {
		t.Fatal(err)
	}
	if m.Hint(FormClose) != "f10" || m.Action(Dialog, "f10") != DialogClose || m.Action(Form, "f10") != "" {
		t.Errorf("%q", m.Hint(FormClose))
	}
	for _, b := range []Binding{{Action: "x.a", KeysOf: "x.none"}, {Action: "x.a", KeysOf: FormClose}, {Action: "x.a", KeysOf: DialogClose, Keys: []string{"f4"}}} {
		if _, err := Default().With(b); err == nil {
			t.Errorf("%+v must be refused", b)
		}
	}
}

func TestMatch(t *testing.T) {
	b := Binding{Title: "Record the child's return", Short: "Returned", Words: "came back follow-up", Group: "Missing"}
	for _, q := range []string{"", "record the return", "return record", "RETURN", "rec ret", "came back", "back missing", "childs", "child's", "child’s", "follow-up", "follow up", "followup", "returned", "miss"} {
		if _, ok := b.Match(q); !ok {
			t.Errorf("%q does not find it", q)
		}
	}
	for _, q := range []string{"eturn", "record left", "rtn", "recordthe"} {
		if _, ok := b.Match(q); ok {
			t.Errorf("%q finds it", q)
		}
	}
	score := func(b Binding) int { s, _ := b.Match("return"); return s }
	order := []Binding{{Title: "Return"}, {Title: "Returned"}, {Words: "return"}, {Words: "returned"}, {Group: "return"}, {Group: "returned"}}
	for i := range order[1:] {
		if score(order[i]) <= score(order[i+1]) {
			t.Errorf("%+v must come before %+v", order[i], order[i+1])
		}
	}
}
