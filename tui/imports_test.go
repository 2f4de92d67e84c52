package tui_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Who may import whom: the toolkit knows neither the work nor the store, and
// nothing probes the terminal when it is loaded.
func TestImports(t *testing.T) {
	toolkit := []string{"theme", "keymap", "widgets", "frame", "tuitest"}
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
			for _, k := range toolkit {
				if dir != k {
					continue
				}
				if within("homeward/domain") && p != "homeward/domain/safe" {
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
}
