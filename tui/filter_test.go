package tui_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"homeward/tui"
	"homeward/tui/frame"
	"homeward/tui/tuitest"
	"homeward/tui/widgets"
)

// cell is a piece of a row as a list shows it, under the title of its column.
type cell struct{ title, text string }

// cells are the rows of the list on the screen that have a child, an act or a person in them, each cut at the columns' titles;
// the line itself is first.
func cells(t *testing.T, d *tuitest.Driver, head string) (rows [][]cell) {
	t.Helper()
	lines := strings.Split(d.Frame(), "\n")
	at := -1
	for i, l := range lines {
		if strings.HasPrefix(strings.TrimSpace(l), head) {
			at = i
			break
		}
	}
	if at < 0 {
		t.Fatalf("no line begins with %q:\n%s", head, d.Frame())
	}
	var starts []int
	titles := map[int]string{}
	runes := []rune(lines[at])
	for i := range runes {
		if runes[i] != ' ' && (i == 0 || i > 1 && runes[i-1] == ' ' && runes[i-2] == ' ') {
			starts = append(starts, i)
			title, _, _ := strings.Cut(string(runes[i:]), "  ")
			titles[i] = title
		}
	}
	for _, l := range lines[at+1:] {
		r := []rune(l)
		if len(r) == 0 || strings.TrimSpace(l) == "" {
			break
		}
		if len(r) < 2 || r[1] != ' ' && r[0] != '▸' || len(starts) == 0 || len(r) <= starts[0] || r[starts[0]] == ' ' && !strings.Contains(l, "  ") {
			continue
		}
		row := []cell{{"", l}}
		for i, from := range starts {
			to := len(r)
			if i+1 < len(starts) {
				to = min(to, starts[i+1])
			}
			if from < to {
				row = append(row, cell{titles[from], strings.TrimSpace(string(r[from:to]))})
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// What a row shows finds it, whatever stands in which column: as words, and by the field that names the column.
func TestAFilterFindsWhatItsRowsShow(t *testing.T) {
	fields := map[string]map[string]string{
		"queue":     {"Child": "child", "Who": "who", "Stage": "stage", "Flags": "flag"},
		"clusters":  {"Child": "child", "State": "state"},
		"followups": {"Child": "child", "Kind": "kind", "Owner": "owner"},
		"review":    {"Child": "child", "Who": "who", "What": "what"},
		"audit":     {"Who": "by", "Did": "act", "Child": "child"},
	}
	for _, masked := range []bool{false, true} {
		for screen, head := range map[string]string{"queue": "Child", "clusters": "Child", "followups": "Due", "review": "When", "audit": "When"} {
			x, _ := secretive(t, "sam")
			d := x.sits("sam", 200, 60, func(o *tui.Options) { o.MaskNames = masked })
			d.Model().(*frame.Model).Session().Go(frame.Place{Screen: screen})
			d.Send(frame.MinuteMsg{At: tuitest.Now()}).Press("+")
			rows := cells(t, d, head)
			if len(rows) == 0 {
				t.Errorf("%s shows %d rows:\n%s", screen, len(rows), d.Frame())
			}
			tried := map[string]bool{}
			for _, row := range rows {
				for _, c := range row[1:] {
					text, _, _ := strings.Cut(strings.TrimLeft(c.text, "▸ "), "…")
					if text == "" || strings.HasPrefix(text, "-") || len(text) < 2 || tried[c.title+text] || strings.Contains(row[0].text, "▾") || strings.Contains(row[0].text, "▸▸") {
						continue
					}
					tried[c.title+text] = true
					for _, typed := range []string{text, fields[screen][c.title] + ":" + strings.Fields(text)[0]} {
						if strings.HasPrefix(typed, ":") {
							continue
						}
						d.Press("/").Type(typed).Press("enter")
						if !strings.Contains(d.Frame(), text) {
							t.Errorf("%s, masked %t: %q does not find the row\n%s\n%s", screen, masked, typed, row[0].text, d.Frame())
						}
						d.Press("esc", "g")
					}
				}
			}
			if len(tried) < 5 {
				t.Errorf("%s: tried %v", screen, tried)
			}
		}
	}
}

// While names are masked no filter finds a hidden one, nor what was written of a child: a row that came up would tell it.
func TestAFilterFindsNothingThatIsMasked(t *testing.T) {
	x, secrets := secretive(t, "sam")
	secrets = append(secrets, "known")
	for _, screen := range []string{"queue", "clusters", "followups", "review", "audit"} {
		d := x.sits("sam", 200, 60, func(*tui.Options) {})
		d.Model().(*frame.Model).Session().Go(frame.Place{Screen: screen})
		d.Send(frame.MinuteMsg{At: tuitest.Now()}).Press("+", "/").Type("zqfamily").Press("enter")
		d.SeesNot("0 match", "Nothing matches")
		d.Press("m") // a filter that was typed before finds nothing either
		if f := d.Frame(); !strings.Contains(f, "0 match") && !strings.Contains(f, "Nothing matches") {
			t.Errorf("%s still shows what was found by a name:\n%s", screen, f)
		}
		d.Press("esc")
		for _, s := range secrets {
			for _, typed := range []string{s, "child:" + s} {
				if !strings.HasPrefix(s, "Zq") {
					continue
				}
				d.Press("/").Type(typed).Press("enter")
				if f := d.Frame(); !strings.Contains(f, "0 match") && !strings.Contains(f, "Nothing matches") {
					t.Errorf("%s: %q finds a row:\n%s", screen, typed, f)
				}
				d.Press("esc")
			}
		}
	}
}

// A filter that is there is marked whole when it is opened again: what is typed takes its place, and an arrow goes on with it.
func TestAFilterIsTypedAnew(t *testing.T) {
	f := widgets.NewFilter()
	keys := func(names ...string) string {
		for _, k := range names {
			f.Update(tuitest.Key(k))
		}
		return f.Value()
	}
	f.Open()
	if got := keys("s", "a", "m", "enter"); got != "sam" {
		t.Errorf("typed %q", got)
	}
	f.Open()
	if got := keys("a", "m", "i", "enter"); got != "ami" {
		t.Errorf("typed anew %q", got)
	}
	f.Open()
	if got := keys("end", "r", "enter"); got != "amir" {
		t.Errorf("gone on with %q", got)
	}
	f.Open()
	if got := keys("x", "esc"); got != "amir" {
		t.Errorf("escape brings back %q", got)
	}
	f.Open()
	if got := keys("backspace", "enter"); got != "" {
		t.Errorf("backspace leaves %q", got)
	}
	f.Open()
	f.Update(tea.PasteMsg{Content: "lee"})
	if got := keys("enter"); got != "lee" {
		t.Errorf("pasted %q", got)
	}
}
