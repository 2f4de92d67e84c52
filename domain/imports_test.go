package domain_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Who may import whom: the domain stands on the standard library and does no I/O of its own, the store knows no screen,
// and main.go is the only file that knows both.
func TestImports(t *testing.T) {
	for _, dir := range []string{"../domain", "../store", "../main.go"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			for _, spec := range f.Imports {
				p, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					return err
				}
				first, _, _ := strings.Cut(p, "/")
				switch {
				case dir == "../domain" && strings.Contains(first, "."):
					t.Errorf("%s imports %s: the domain uses the standard library only", path, p)
				case dir == "../domain" && first == "homeward" && !strings.HasPrefix(p, "homeward/domain"):
					t.Errorf("%s imports %s: the domain knows nobody", path, p)
				case dir == "../domain" && (p == "os" || p == "net" || strings.HasPrefix(p, "net/") || p == "database/sql"):
					t.Errorf("%s imports %s: the domain does no I/O", path, p)
				case dir == "../store" && strings.HasPrefix(p, "homeward/tui"):
					t.Errorf("%s imports %s: the store knows no screen", path, p)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
