package domain_test

import (
	"cmp"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// floors of the package, from the ground up. A file's name begins with its floor, and it uses nothing from a higher one:
// words and time, then the records made of them, then the rules over records (clocks, clusters, who a row is about), then
// the acts that change records by the rules, then the preview, which takes acts without keeping them.
func floors() []string { return []string{"word", "record", "rule", "act", "preview"} }

// floorOf a file, by its name; -1 for one that names none.
func floorOf(file string) int {
	first, _, _ := strings.Cut(filepath.Base(file), "_")
	return slices.Index(floors(), first)
}

func TestNothingUsesAFloorAboveItsOwn(t *testing.T) {
	if testing.Short() {
		t.Skip("type-checks the package from source")
	}
	uses := usesBetweenFiles(t, ".")
	up, down := 0, 0
	for _, u := range uses {
		switch from, to := floorOf(u.from), floorOf(u.to); {
		case to > from:
			up++
			t.Errorf("%s uses %s of %s, which is on a floor above it", u.from, u.name, u.to)
		case to < from:
			down++
		}
	}
	// The test sees what it is to see: most of what files use of each other lies on a floor below.
	if down < 1000 {
		t.Errorf("only %d uses of lower floors were seen (%d upwards): the test looks at too little", down, up)
	}
}

// use is something of one file of the package that another uses.
type use struct{ from, to, name string }

// usesBetweenFiles lists what the files of a package use of each other, each name once a pair of files.
func usesBetweenFiles(t *testing.T, dir string) []use {
	t.Helper()
	fset := token.NewFileSet()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		if filepath.Base(name) != "doc.go" && floorOf(name) < 0 {
			t.Errorf("%s: a file's name begins with its floor: %s", name, strings.Join(floors(), ", "))
		}
		f, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	pkg, err := (&types.Config{Importer: importer.ForCompiler(fset, "source", nil)}).Check("homeward/domain", fset, files, info)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[use]bool{}
	for id, o := range info.Uses {
		if v, ok := o.(*types.Var); o.Pkg() != pkg || ok && !v.IsField() && v.Parent() != pkg.Scope() {
			continue // of another package, or a variable of a function
		}
		u := use{filepath.Base(fset.Position(id.Pos()).Filename), filepath.Base(fset.Position(o.Pos()).Filename), o.Name()}
		if u.from != u.to {
			seen[u] = true
		}
	}
	return slices.SortedFunc(maps.Keys(seen), func(a, b use) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.name, b.name))
	})
}
