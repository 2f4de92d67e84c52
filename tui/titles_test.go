package tui_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A menu, a question or a form is made of the records it is about, so that no title can lack a child's name. What decides
// about no child is named here.
func TestOnlyTheDeskMakesTitles(t *testing.T) {
	about := map[string]string{
		"desk/about.go": "the one place", "desk/drafts.go": "the one place", "desk/views.go": "columns", "themechoice.go": "looks",
		"find.go": "who it is, is looked for", "screens/intake/actions.go": "a file", "screens/intake/past.go": "a file or an import", "resetlock.go": "a colleague", "unfinished.go": "what was typed, by its own title", "screens/record/actions.go": "a question with the child's name",
	}
	call := regexp.MustCompile(`frame\.(Menu|MenuAt|Confirm|Form)\(`)
	err := filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "frame/") {
			return err
		}
		text, err := os.ReadFile(path)
		if call.Match(text) && about[filepath.ToSlash(path)] == "" {
			t.Errorf("%s makes a title of its own: desk.Menu and Program.OpenForm are given whom it is about", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
