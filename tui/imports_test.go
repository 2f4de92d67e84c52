package tui_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Who may import whom: the toolkit knows neither the work nor the store, a screen knows neither another screen nor the store,
// its tests included, the description of a list no screen, and nothing probes the terminal when it is loaded.
func TestImports(t *testing.T) {
	toolkit := []string{"theme", "keymap", "widgets", "frame", "tuitest"}
	screens := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir, _, _ := strings.Cut(filepath.ToSlash(path), "/")
		for _, spec := range f.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			within := func(root string) bool { return p == root || strings.HasPrefix(p, root+"/") }
			switch {
			case p == "charm.land/lipgloss/v2/compat":
				t.Errorf("%s imports %s, which asks the terminal when loaded", path, p)
			case p == "homeward/tui/tuitest" && !strings.HasSuffix(path, "_test.go"):
				t.Errorf("%s imports %s, which is for tests", path, p)
			case within("homeward/store") && !strings.HasSuffix(path, "_test.go"):
				t.Errorf("%s imports %s: only main knows the store and the screens", path, p)
			}
			if screen := screenOf("homeward/tui/" + filepath.ToSlash(path)); screen != "" {
				if other := screenOf(p); other != "" && other != screen || p == "homeward/tui" {
					t.Errorf("%s imports %s: only the root knows more than one screen", path, p)
				}
				if within("homeward/store") {
					t.Errorf("%s imports %s: a screen asks its desk", path, p)
				}
				screens[screen] = true
			}
			if dir == "lists" && (within("homeward/tui/screens") || p == "homeward/tui" || within("homeward/tui/cli")) {
				t.Errorf("%s imports %s: what a list is made of knows neither a screen nor a command", path, p)
			}
			for _, k := range toolkit {
				if dir != k {
					continue
				}
				if within("homeward/domain") && p != "homeward/domain/safe" && p != "homeward/domain/spell" {
					t.Errorf("%s imports %s: the toolkit knows nothing of the work", path, p)
				}
				if within("homeward/tui/screens") || p == "homeward/tui" {
					t.Errorf("%s imports %s: the toolkit stands below the screens", path, p)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(screens) < 9 {
		t.Errorf("only these screens were looked at: %v", slices.Sorted(maps.Keys(screens)))
	}
}

// screenOf is the screen that a path lies in, "" for none.
func screenOf(path string) string {
	rest, ok := strings.CutPrefix(path, "homeward/tui/screens/")
	if !ok {
		return ""
	}
	screen, _, _ := strings.Cut(rest, "/")
	return screen
}
