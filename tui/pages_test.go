package tui_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The page for those who change the program stays true: every path it names is there, every name of the code stands in a file
// that is named on the same line, and each of the ten changes has its list.
func TestContributingIsTrue(t *testing.T) {
	b, err := os.ReadFile("../.github/CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	var (
		quoted     = regexp.MustCompile("`([^`]+)`")
		name       = regexp.MustCompile(`^[A-Za-z]\w*$`)
		path       = regexp.MustCompile(`^[\w.]*[/.][\w./]+$`)
		files      = 0
		names      = 0
		list, have = "", map[string]bool{}
	)
	text := strings.ReplaceAll(string(b), "…", "*")
	for line := range strings.Lines(text) {
		if title, ok := strings.CutPrefix(line, "### "); ok {
			list = strings.TrimSpace(title)
		}
		if list != "" && strings.HasPrefix(line, "1. ") {
			have[list] = true
		}
		var said strings.Builder // the files of this line
		var wanted []string
		for _, q := range quoted.FindAllStringSubmatch(line, -1) {
			for _, word := range strings.Fields(q[1]) {
				info, err := os.Stat(filepath.Join("..", word))
				switch {
				case err == nil && info.IsDir():
				case err == nil:
					text, err := os.ReadFile(filepath.Join("..", word))
					if err != nil {
						t.Fatal(err)
					}
					files++
					said.Write(text)
				case path.MatchString(word) && !strings.Contains(q[1], "*"):
					t.Errorf("%q names %s, which is not there", line, word)
				case name.MatchString(q[1]):
					wanted = append(wanted, q[1])
				}
			}
		}
		for _, w := range wanted {
			names++
			if !regexp.MustCompile(`\b` + w + `\b`).MatchString(said.String()) {
				t.Errorf("%q names %s, which stands in no file named on that line", line, w)
			}
		}
	}
	for _, want := range []string{"A column of the referral CSV", "A stage", "An act", "A list command", "A screen",
		"A field of the interview's record", "A key of the policy", "A kind of follow-up", "A theme", "An audience"} {
		if !have[want] {
			t.Errorf("there is no list for: %s", want)
		}
	}
	if files < 25 || names < 20 || len(have) != 10 {
		t.Errorf("%d files, %d names and %d lists: the test looks at too little", files, names, len(have))
	}
}
