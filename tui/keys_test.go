package tui_test

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"homeward/tui"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/tuitest"
)

// What is said of an action is all said, once: no two of one scope are called alike but a tab and the way to its page.
func TestEveryActionIsDescribed(t *testing.T) {
	keys := allKeys(t)
	titles := map[string]string{}
	for _, b := range keys.Bindings() {
		if b.Title == "" || b.Group == "" {
			t.Errorf("%s lacks title or group", b.Action)
		}
		if strings.ContainsAny(b.Title, ":.|·`") || b.Title != strings.TrimSpace(b.Title) || utf8.RuneCountInString(b.Title) > 60 {
			t.Errorf("%s: messages put a reason behind its title, and the README a bar", b)
		}
		if b.Short != "" && utf8.RuneCountInString(b.Short) >= utf8.RuneCountInString(b.Title) && b.Action != keymap.ShowHelp {
			t.Errorf("%s: %q is no shorter", b, b.Short)
		}
		if other := titles[string(b.Scope)+" "+b.Title]; other != "" && !strings.HasPrefix(b.Action, keymap.Tab) {
			t.Errorf("%s is called as %s", b, other)
		}
		titles[string(b.Scope)+" "+b.Title] = b.Action
		if b.Anywhere && (b.Scope != keymap.Global || slices.ContainsFunc(b.Keys, func(k string) bool { return utf8.RuneCountInString(k) == 1 || k == "space" })) {
			t.Errorf("%s holds inside fields: its keys must be no letters, in every screen", b)
		}
	}
}

// A screen is its folder, a place in keys.go and a line in root.go: one left out would have no keys, or could not be gone to.
func TestEveryScreenIsKnown(t *testing.T) {
	folders, err := os.ReadDir("screens")
	if err != nil || len(folders) < 9 {
		t.Fatal(err, len(folders))
	}
	for file, wants := range map[string]string{"keys.go": ".Keys}", "root.go": ".New(r.p"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range folders {
			if !strings.Contains(string(text), f.Name()+wants) {
				t.Errorf("%s does not name %s%s", file, f.Name(), wants)
			}
		}
	}
}

// allKeys is the key map of the program.
func allKeys(t *testing.T) *keymap.Map {
	t.Helper()
	keys, err := tui.Keys()
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// Every entry has a handler on some page, and every handler its entry. A walk over every page, form and menu gathers what can
// be done there; what moves in lists, forms and menus is handled by widgets, which name it as keymap does. (That a handler
// has an entry the driver of the tests looks at, too, after every key of every story.)
func TestEveryEntryHasAHandler(t *testing.T) {
	keys := allKeys(t)
	handled := map[string]bool{}
	look := func(d *tuitest.Driver) {
		for _, a := range d.Model().(*frame.Model).Actions() {
			handled[a.ID] = true
			if _, ok := keys.Binding(a.ID); !ok {
				t.Errorf("%s has a handler and no entry", a.ID)
			}
		}
	}
	walk := places()
	walk["timeline of nobody"] = []string{"2"}
	walk["review"], walk["audit"] = []string{"5"}, []string{"O"}
	for _, way := range walk {
		look(made(t, 120, 40, "sam", nil).Press(way...))
	}
	sheet := made(t, 120, 40, "sam", nil).Press("}", "}", "R", "e")
	for range 8 {
		sheet.Press("ctrl+n")
	}
	look(sheet.Sees("Places, hot spots, addresses").Press("enter").Type("The arches")) // in a row of the sheet, which can be deleted
	named := namedByWidgets(t)
	for _, b := range keys.Bindings() {
		switch b.Scope {
		case keymap.List, keymap.Form, keymap.Dialog:
			if !handled[b.Action] && !named[b.Action] {
				t.Errorf("%s is handled by no widget and no overlay", b)
			}
		default:
			if !handled[b.Action] && b.Action != keymap.Suspend { // where the terminal is the program's own
				t.Errorf("%s is handled on no page", b)
			}
		}
	}
}

// namedByWidgets are the actions that code outside of keymap names by its constants.
func namedByWidgets(t *testing.T) map[string]bool {
	t.Helper()
	set := token.NewFileSet()
	consts := map[string]string{}
	f, err := parser.ParseFile(set, filepath.Join("keymap", "default.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || len(v.Names) != 1 || len(v.Values) != 1 {
			return true
		}
		if lit, ok := v.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if consts[v.Names[0].Name], err = strconv.Unquote(lit.Value); err != nil {
				t.Fatal(err)
			}
		}
		return true
	})
	out := map[string]bool{}
	err = filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || filepath.Dir(path) == "keymap" {
			return err
		}
		f, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "keymap" {
				out[consts[s.Sel.Name]] = true
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The palette finds an action by any of its words and prints its key.
func TestPaletteFindsByAnyWord(t *testing.T) {
	for _, words := range []string{"record the return", "return record", "came back", "RETURN", "found"} {
		d := made(t, 120, 40, "dee", nil).Press("}").Press("ctrl+p").Type(words)
		d.Sees("▸ Record the return  r")
	}
	made(t, 120, 40, "dee", nil).Press("ctrl+p").Type("record the retirement").Sees("nothing is called that")
	d := made(t, 120, 40, "dee", nil).Press("}", "}", "ctrl+p").Type("log contact").Sees("▸ Log a contact  c").Press("enter")
	d.Sees("No answer")
}

// Every action is found by the title that the README gives it, and by what its prose and a colleague call it.
func TestActionsAreFoundByTheirWords(t *testing.T) {
	keys := allKeys(t)
	for _, b := range keys.Bindings() {
		for _, q := range []string{b.Title, strings.ToUpper(b.Title), b.Label(), b.Words, b.Group + " " + b.Title} {
			if _, ok := b.Match(q); !ok {
				t.Errorf("%s is not found by %q", b, q)
			}
		}
	}
	for said, action := range map[string]string{
		"accept as proposed": "queue.accept", "log a contact": "queue.contact", "no answer": "queue.contact", "book": "queue.book",
		"no interview is required": "queue.not_required", "return": "queue.return", "passed on": "queue.pass_on", "urgent note": "work.urgent",
		"one interview": "clusters.accept", "dismiss": "clusters.dismiss", "add new return": "clusters.add", "leave one out": "clusters.leave_out", "break up": "clusters.break_up",
		"timeline": "queue.timeline", "same child": "queue.same", "join": "queue.same", "held": "queue.held", "next empty": "writing.next_empty",
		"sign off": "record.approve", "send back": "record.send_back", "share a copy": "record.share", "what was found": "followups.done",
		"another due time": "followups.redate", "follow-up by hand": "work.followup", "followups": "work.followups", "my day": "work.my_day",
		"ask why": "review.ask", "answer question": "work.answer", "count by marked column": "review.count", "audit log": "work.audit",
		"undo": "work.undo", "redo": "work.redo", "my changes today": "work.history", "mask": "work.mask", "lock code": keymap.LockCode, "reset lock code": "work.reset_lock", "forgotten code": "work.reset_lock", "saved views": "queue.views",
		"who is here": "work.here", "why late": "queue.late", "strike attempt": "queue.strike", "harm": "queue.flag", "next theme": "work.theme",
	} {
		b, ok := keys.Binding(action)
		if _, found := b.Match(said); !ok || !found {
			t.Errorf("%q does not find %s", said, b)
		}
	}
}

// The README's tables of keys are what the key map says. -update writes them.
func TestReadmeKeys(t *testing.T) {
	const begin, end = "<!-- keys: written by go test ./tui -run TestReadmeKeys -update -->\n", "<!-- end of keys -->\n"
	path := filepath.Join("..", "README.md")
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(page), begin)
	was, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("%s has no part between %q and %q", path, begin, end)
	}
	keys := allKeys(t)
	tables, err := tui.KeyTables(keys)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(tables, "\n"); n > 100 {
		t.Errorf("the tables have %d lines: nobody reads that", n)
	}
	for _, b := range keys.Bindings() {
		if !strings.Contains(tables, b.Title) {
			t.Errorf("%s is not in the tables", b)
		}
	}
	tables = "\n" + tables + "\n"
	if f := flag.Lookup("update"); f.Value.String() == "true" {
		if err := os.WriteFile(path, []byte(before+begin+tables+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if was != tables {
		t.Errorf("the README's keys are not those of the key map: go test ./tui -run TestReadmeKeys -update, and read what it changes.\ngot:\n%s\nwant:\n%s", was, tables)
	}
}

// Keys of a place that the tables do not know are an error: they would stand nowhere.
func TestKeyTablesKnowEveryPlace(t *testing.T) {
	keys, err := allKeys(t).With(keymap.Binding{Scope: "nowhere", Action: "nowhere.go", Title: "Go", Group: "Go"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tui.KeyTables(keys); err == nil || !strings.Contains(err.Error(), "nowhere.go (Go)") {
		t.Errorf("%v", err)
	}
}
