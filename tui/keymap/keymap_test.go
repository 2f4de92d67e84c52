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
		palette := b.Action == Mouse || b.Action == LockCode // seldom wanted: the palette is enough
		if len(b.Keys) == 0 && !palette || b.Title == "" || b.Group == "" {
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
	if _, err := Default().Override(map[string][]string{"list.dwn": {"n"}}); err == nil || !strings.Contains(err.Error(), `"list.down"`) {
		t.Errorf("%v", err)
	}
	if got := m.Hints(Palette); got != "ctrl+p or :" {
		t.Errorf("%q", got)
	}
}
