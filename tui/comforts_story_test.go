package tui_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store"
	"homeward/store/intake"
	"homeward/tui"
	"homeward/tui/frame"
	"homeward/tui/theme"
	"homeward/tui/tuitest"
)

// sit opens the dashboard of one person with options of its own.
func (x *team) sits(login string, w, h int, change func(*tui.Options)) *tuitest.Driver {
	x.t.Helper()
	d := x.as(login)
	return tuitest.New(x.t, w, h, func(rt frame.Runtime) tea.Model {
		now := rt.Now
		x.now = now
		rt.Now = func() time.Time { return now().In(domain.London()) }
		o := tui.Options{Runtime: rt, Live: "local", Theme: "dark"}
		if change != nil {
			change(&o)
		}
		m, err := tui.Build(d, &intake.Clerk{Desk: d, Folder: x.folder}, o)
		if err != nil {
			x.t.Fatal(err)
		}
		return m
	})
}

// notes are the lines of the log of a kind, as "login: summary".
func (x *team) notes(kind string) (out []string) {
	x.t.Helper()
	page, err := x.as("sam").AuditLog(context.Background(), view.AuditQuery{AuditFilter: view.AuditFilter{Act: kind}, Oldest: true})
	if err != nil {
		x.t.Fatal(err)
	}
	for _, l := range page.Lines {
		out = append(out, fmt.Sprintf("%s: %s %v", l.By, l.Summary, l.Children))
	}
	return out
}

// clipboard is what was handed to the terminal to copy, in order.
func clipboard(d *tuitest.Driver) (out []string) {
	for _, m := range d.Messages() {
		if fmt.Sprintf("%T", m) == "tea.setClipboardMsg" {
			out = append(out, fmt.Sprint(m))
		}
	}
	return out
}

// two has two children back and one of them with a card.
func two(t *testing.T) *team {
	x := newTeam(t, "dee")
	x.do("dee",
		`{"act":"referral.new","police_ref":"MP-1","child_ref":"K1","given_name":"Kai","family_name":"Adeyemi","dob":"2010-01-10","missing_at":"2026-11-22 10:00","returned_at":"2026-11-22 20:00","child_phone":"07700 900101","carer_name":"Mrs Bello","carer_phone":"07700 900199","address":"3 Elm Row"}`,
		`{"act":"referral.new","police_ref":"MP-2","child_ref":"K2","given_name":"Zara","family_name":"Dhillon","dob":"2011-02-11","missing_at":"2026-11-22 12:00","returned_at":"2026-11-23 02:00"}`)
	return x
}

// A code is chosen, locks, and unlocks in another session too; nobody finds it in what is kept.
func TestLockStory(t *testing.T) {
	x := two(t)
	d := x.sits("dee", 120, 40, nil)
	d.Press("ctrl+l").Sees("You have no lock code yet").SeesNot("Adeyemi", "overdue")
	d.Type("blue7").Press("enter").Type("blue7").Press("enter").Sees("Kept. It is locked now.")
	d.Type("blue8").Press("enter").Sees("You may try 4 times more").Type("blue7").Press("enter").Sees("Kai Adeyemi")
	kept, err := x.desk.Preference(context.Background(), "lock")
	if err != nil || kept["way"] != "argon2id" || strings.Contains(fmt.Sprint(kept), "blue7") {
		t.Errorf("kept %v %v", kept, err)
	}

	// A half-typed form, in a later session: kept as a draft at once, and as it was when one comes back.
	d = x.sits("dee", 120, 40, nil)
	d.Press("x", "o", "tab").Type("He is with his fath").Press("ctrl+l").Sees("Lock code").SeesNot("fath", "Kai")
	if draft, err := x.desk.Draft(context.Background(), draftKey(t, x)); err != nil || !strings.Contains(fmt.Sprint(draft), "He is with his fath") {
		t.Errorf("locked, the draft is %v %v", draft, err)
	}
	d.Type("blue7").Press("enter").Type("er in Leeds").Sees("He is with his father in Leeds").Press("ctrl+d").Sees("waits for sign-off as not required")
	if keys, err := x.desk.DraftKeys(context.Background()); err != nil || len(keys) != 0 {
		t.Errorf("saved, drafts are left: %v %v", keys, err)
	}

	// Another person has a code of their own.
	x.sits("sam", 120, 40, nil).Press("ctrl+l").Sees("You have no lock code yet")
}

// draftKey is the one thing lying unfinished.
func draftKey(t *testing.T, x *team) string {
	t.Helper()
	keys, err := x.desk.DraftKeys(context.Background())
	if err != nil || len(keys) != 1 {
		t.Fatalf("drafts: %v %v", keys, err)
	}
	return keys[0]
}

// What leaves by the clipboard is recorded first: which field, whose, never the content.
func TestCopyStory(t *testing.T) {
	x := two(t)
	d := x.sits("dee", 120, 40, nil)
	d.Press("}", "}").Press("/").Type("kai").Press("enter", "y").Sees("Kai Adeyemi: copy", "07700 900101").Golden("copy-menu-120x40")
	d.Press("p").Sees("Copied a phone number", "Some terminals refuse")
	d.Press("y", "r", "y", "l", "y", "d", "y", "w")
	got := clipboard(d)
	if len(got) != 5 || got[0] != "07700 900101" || got[1] != "K1" || got[2] != "MP-1" || !strings.Contains(got[3], "due ") ||
		!strings.Contains(got[4], "Carer: Mrs Bello 07700 900199\nLives: 3 Elm Row\n") {
		t.Errorf("copied %q", got)
	}
	log := x.notes("copy")
	if len(log) != 5 || !strings.HasPrefix(log[0], "dee: copied a phone number of K1 to the clipboard [C1") {
		t.Errorf("the log says %q", log)
	}
	if s := strings.Join(log, " "); strings.Contains(s, "07700") || strings.Contains(s, "Kai") || strings.Contains(s, "Elm") {
		t.Errorf("the log holds what was copied: %q", s)
	}

	// Masked names copy masked, and numbers not at all.
	d.Press("esc", "m", "y").Sees("K.A. K1", "masked").SeesNot("07700", "Elm Row", "Bello").Press("n", "y", "p").Sees("not now: masked").Press("esc", "y", "w")
	got = clipboard(d)[5:]
	if len(got) != 2 || got[0] != "K.A. K1" || strings.Contains(got[1], "Kai") || strings.Contains(got[1], "07700") || strings.Contains(got[1], "Elm") {
		t.Errorf("masked, %q was copied", got)
	}

	// An auditor may not, wherever they are.
	a := x.sits("ada", 120, 40, nil).Press("1", "}", "}", "y").Sees("Copy: an auditor may not")
	if n := len(clipboard(a)); n != 0 || len(x.notes("copy")) != 7 {
		t.Errorf("an auditor copied %d things; the log: %q", n, x.notes("copy"))
	}
}

// Every list of the desk offers what can be copied of its focused thing.
func TestCopyFromEveryList(t *testing.T) {
	d := made(t, 120, 40, "dee", nil)
	for place, keys := range map[string][]string{"queue": {"1", "g", "}", "}"}, "timeline": {"1", "g", "}", "}", "t"}, "clusters": {"3"}, "follow-ups": {"4"}} {
		d.Press(keys...).Press("y").Sees(": copy", "The whole card").Press("n").Sees("Copied the name")
		if len(clipboard(d)) == 0 {
			t.Errorf("nothing was copied from %s", place)
		}
	}
	sam := made(t, 120, 40, "sam", nil)
	sam.Press("5", "y").Sees(": copy", "Police ref", "The whole card").Press("n").Sees("Copied the name")
	amira := made(t, 120, 40, "amira", nil)
	amira.Press("y").Sees(": copy").Press("r").Sees("Copied the reference")
}

// A view keeps filter, sort, layout and columns; it is there in another session, and one may be what a screen begins with.
func TestSavedViews(t *testing.T) {
	x := two(t)
	d := x.sits("dee", 180, 40, nil)
	d.Press("/").Type("zara").Press("enter", "s").SeesNot("Kai Adeyemi").Press("L").Sees("Views", "none is saved yet").Press("c").Sees("[x] Stage", "not now: it is always shown").Golden("columns-menu")
	d.Press("j", "enter").Sees("[ ] Who").Press("j", "enter").Sees("[ ] Stage").Press("esc").SeesNot("Stage", "Who ")
	d.Press("L", "s").Sees("Save this view", "zara; by name; without Who, Stage").Type("Only Zara").Press("ctrl+d").Sees("View saved: Only Zara")
	d.Press("L", "0").Sees("Kai Adeyemi", "Stage").Press("L").Sees("1  Only Zara").Golden("views-menu").Press("1").SeesNot("Kai Adeyemi")

	d = x.sits("dee", 180, 40, nil).Sees("Kai Adeyemi")
	d.Press("L", "1").Sees("sorted by name", "1 match").SeesNot("Kai Adeyemi", "Stage")
	d.Press("L", "b", "1").Sees("begins with Only Zara")
	d = x.sits("dee", 180, 40, nil).Sees("sorted by name").SeesNot("Kai Adeyemi")
	d.Press("L", "b", "0")
	x.sits("dee", 180, 40, nil).Sees("Kai Adeyemi")

	// Saved again under its name it is replaced; deleted it is gone; another's are another's.
	d.Press("L", "0", "+", "L", "s").Type("Only Zara").Sees("replaces the one of that name").Press("ctrl+d")
	d.Press("L", "0", "L").Sees("1  Only Zara  list").Press("esc")
	x.sits("sam", 120, 40, nil).Press("1", "L").SeesNot("Only Zara")
	d.Press("L", "d", "1").Sees("View deleted: Only Zara").Press("L").SeesNot("1  Only Zara")
	if kept, err := x.desk.Preference(context.Background(), "views queue"); err != nil || len(kept) != 0 {
		t.Errorf("kept %v %v", kept, err)
	}

	// The other lists have them too, each its own.
	for _, tab := range []string{"3", "4", "5"} {
		d = made(t, 120, 40, "sam", nil).Press(tab, "s", "L", "s").Type("Sorted").Press("ctrl+d").Sees("View saved: Sorted").Press("k").Sees("sorted by")
		d.Press("L", "0").SeesNot("sorted by").Press("L", "1").Sees("sorted by").Press("1", "L").SeesNot("Sorted ")
	}
}

// What cannot be hidden stays, whatever a view that was kept by hand says.
func TestNoViewHidesWhatWarns(t *testing.T) {
	x := two(t)
	err := x.desk.KeepPreference(context.Background(), "views queue", map[string]string{
		"start": "bad", "view bad": `{"hidden":["Child","Contact","Interview","Flags","Next"],"sort":"nonsense","layout":"upside down"}`, "view broken": "{"})
	if err != nil {
		t.Fatal(err)
	}
	x.sits("dee", 120, 40, nil).Sees("Child", "Contact", "Interview", "Flags", "Kai Adeyemi").SeesNot("Next ")
}

// A theme that was chosen is remembered for its person, and goes before the configuration.
func TestThemeIsRemembered(t *testing.T) {
	x := two(t)
	look := func(d *tuitest.Driver) string { return d.Model().(*frame.Model).Session().Theme.Name }
	d := x.sits("dee", 120, 40, nil).Press("ctrl+p").Type("choose a theme").Press("enter").Sees("High contrast", "the one you have").Golden("theme-menu-120x40")
	d.Press("j", "j", "enter").Sees("Theme: High contrast, remembered for you")
	if got := look(x.sits("dee", 120, 40, func(o *tui.Options) { o.Theme = "light" })); got != "high_contrast" {
		t.Errorf("another session has %s", got)
	}
	if got := look(x.sits("sam", 120, 40, nil)); got != "dark" {
		t.Errorf("another person has %s", got)
	}
	n := x.sits("dee", 120, 40, func(o *tui.Options) { o.NoColour = true }).Press("T").Sees("colours are off")
	if !n.Model().(*frame.Model).Session().Theme.NoColor {
		t.Error("no colour means no colour")
	}
	if got := look(x.sits("sam", 120, 40, func(o *tui.Options) { o.Theme = "colour_blind" })); got != "colour_blind" {
		t.Errorf("the configuration's theme is %s", got)
	}
}

// The queue in every theme: the same words, and what each paints.
func TestQueueInEveryTheme(t *testing.T) {
	words := made(t, 80, 24, "dee", nil).Frame()
	for _, name := range theme.Names() {
		d := made(t, 80, 24, "dee", func(o *tui.Options) { o.Theme = name })
		if d.Frame() != words {
			t.Errorf("%s says something else than dark", name)
		}
		tuitest.Golden(t, "queue-theme-"+name, d.StyledFrame()+"\n")
	}
}

// On a terminal without box-drawing signs nothing that we draw is more than ASCII; the records may say what they like.
func TestAsciiEverywhere(t *testing.T) {
	ascii := func(o *tui.Options) { o.ASCII = true }
	check := func(name string, d *tuitest.Driver, data func(rune) bool) {
		t.Helper()
		for y, line := range strings.Split(d.Frame(), "\n") {
			if i := strings.IndexFunc(line, func(r rune) bool { return r > unicode.MaxASCII && !data(r) }); i >= 0 {
				t.Errorf("%s, line %d holds %q:\n%s", name, y, line[i:min(len(line), i+12)], line)
			}
		}
	}
	none := func(rune) bool { return false }
	for _, size := range [][2]int{{120, 40}, {80, 24}} {
		for name, keys := range places() {
			check(fmt.Sprintf("%s %v", name, size), made(t, size[0], size[1], "sam", ascii).Press(keys...), none)
		}
	}
}

// places are the keys to every page, form and menu of the made-up team.
func places() map[string][]string {
	return map[string][]string{
		"queue": {}, "queue help": {"?"}, "palette": {"ctrl+p"}, "missing": {"}", "enter"}, "full": {"}", "}", "enter"}, "filter": {"/"},
		"contact": {"}", "}", "c", "s"}, "not required": {"}", "}", "x"}, "assign": {"}", "}", "w"}, "book": {"}", "}", "b"}, "child": {"}", "}", "E"},
		"new": {"n"}, "urgent": {"!"}, "history": {"H"}, "views": {"L"}, "columns": {"L", "c"}, "copy": {"}", "}", "y"}, "find": {"ctrl+f"},
		"timeline": {"}", "}", "t"}, "timeline full": {"}", "}", "t", "enter"}, "clusters": {"3"}, "clusters in": {"3", "enter"}, "follow-ups": {"4"}, "done": {"4", "d"},
		"my day": {"M"}, "intake": {"i"}, "record": {"}", "}", "R"}, "writing": {"}", "}", "R", "e"}, "messages": {"}", "}", "X", "ctrl+t"},
		"lock": {"ctrl+l"}, "code": {"ctrl+p", "l", "o", "c", "k", "space", "c", "enter"}, "themes": {"ctrl+p", "c", "h", "o", "o", "s", "e", "space", "a", "space", "t", "enter"},
	}
}

// Whatever is open, nothing of the page is in a locked frame, and unlocked it is as it was.
func TestLockedOnEveryPage(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}} {
		bare := made(t, size[0], size[1], "sam", nil).Press("ctrl+l").Frame()
		for name, keys := range places() {
			if name == "lock" {
				continue
			}
			d := made(t, size[0], size[1], "sam", nil).Press(keys...)
			before := d.Frame()
			if name == "my day" { // what others did before one was away is no news any more
				before, _, _ = strings.Cut(before, " Changed by others")
			}
			if d.Press("ctrl+l"); d.Frame() != bare {
				t.Errorf("%s %v: the locked frame is\n%s", name, size, d.Frame())
			}
			if d.Type("1234").Press("enter").Type("1234").Press("enter").Type("1234").Press("enter"); !sameButForToasts(before, d.Frame()) {
				t.Errorf("%s %v: unlocked it is\n%s\nit was\n%s", name, size, d.Frame(), before)
			}
		}
	}
}

// sameButForToasts compares frames; a message that stood in the first has gone with the key.
func sameButForToasts(a, b string) bool {
	after, toast := strings.Split(b, "\n"), false
	for i, line := range strings.Split(strings.TrimRight(a, "\n"), "\n") {
		toast = strings.HasPrefix(line, " ! ") || strings.HasPrefix(line, " • ") || toast && strings.HasPrefix(line, "   ")
		if line != after[i] && !toast {
			return false
		}
	}
	return true
}

// Every action may have another key, and footer and help say so.
func TestEveryActionTakesAnotherKey(t *testing.T) {
	keys, err := tui.Keys()
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range keys.Bindings() {
		if b.KeysOf != "" {
			continue // it follows the other's
		}
		again, err := tui.KeysWith(map[string][]string{b.Action: {"f12"}})
		if err != nil {
			t.Errorf("%s: %v", b.Action, err)
			continue
		}
		if again.Hint(b.Action) != "f12" || again.Action(b.Scope, "f12") != b.Action {
			t.Errorf("%s does not follow its key", b.Action)
		}
	}
	// Two that would be heard at once are refused, and both are named.
	for _, x := range []struct {
		over     map[string][]string
		one, two string
	}{
		{map[string][]string{"queue.accept": {"c"}}, "queue.accept", "queue.contact"},
		{map[string][]string{"queue.views": {"u"}}, "queue.views", "work.undo"},
		{map[string][]string{"app.lock": {"ctrl+f"}}, "app.lock", "work.find"},
		{map[string][]string{"timeline.copy": {"j"}}, "timeline.copy", "list.down"},
		{map[string][]string{"work.theme_menu": {"m"}}, "work.theme_menu", "work.mask"},
	} {
		_, err := tui.KeysWith(x.over)
		if err == nil || !strings.Contains(err.Error(), x.one) || !strings.Contains(err.Error(), x.two) {
			t.Errorf("%v: %v", x.over, err)
		}
	}
	over := func(o *tui.Options) {
		o.Keys = map[string][]string{"queue.contact": {"f2"}, "app.lock": {"f4"}, "app.help": {"f1"}, "app.palette": {"f5"}, "work.undo": {"f6"}, "queue.copy": {"Y"}}
	}
	d := made(t, 120, 40, "dee", over).Press("}", "}").Sees("f2 Contact", "f1 all keys")
	d.Press("f1").Sees("f2                  Log a contact").Press("pgdown", "pgdown").Sees("Y                   Copy").Press("G", "pgup").Sees("f4                  Lock").SeesNot("ctrl+l").Press("esc")
	d.Press("f5").Sees("Find an action").Press("f5").SeesNot("Find an action").Press("f2").Sees("No answer").Press("n").Sees("f6 undoes it")
	d.Press("f6", "enter").Sees("undone").Press("Y").Sees(": copy").Press("esc", "f4").Sees("You have no lock code yet")
}

// On every page a click focuses the row it lies on, two open it, and the wheel scrolls what is under it.
func TestMouseOnEveryPage(t *testing.T) {
	on := func(o *tui.Options) { o.Mouse = true }
	for _, size := range [][2]int{{120, 40}, {80, 24}} {
		for name, keys := range map[string][]string{"queue": {"1"}, "queue, list": {"1", "+"}, "queue, filtered": {"1", "/", "a", "enter"}, "clusters": {"3"}, "follow-ups": {"4"}, "my day": {"M"}, "timeline": {"}", "}", "t"},
			"review": {"5"}, "review, list": {"5", "+"}, "review, numbers": {"5", "="}, "audit": {"O"}, "audit, list": {"O", "+"}, "audit, filtered": {"O", "/", "b", "y", ":", "d", "e", "e", "enter"}} {
			who := "dee"
			if strings.HasPrefix(name, "review") || strings.HasPrefix(name, "audit") {
				who = "sam"
			}
			d := made(t, size[0], size[1], who, on).Press(keys...)
			rows := rowsDrawn(d)
			if len(rows) == 0 {
				t.Fatalf("%s %v: no row is drawn:\n%s", name, size, d.Frame())
			}
			for _, y := range rows {
				d.Click(6, y)
				if got := cursorAt(d); got != y {
					t.Errorf("%s %v: a click on line %d put the cursor on %d:\n%s", name, size, y, got, d.Frame())
					break
				}
			}
			before := d.Frame()
			if d.Wheel(6, rows[0], true).Wheel(6, rows[0], false); d.Frame() != before {
				t.Errorf("%s %v: the wheel down and up again leaves\n%s\nit was\n%s", name, size, d.Frame(), before)
			}
		}
	}
	d := made(t, 120, 40, "dee", on).ClickOn("follow-ups").Sees("[4 Follow-ups").ClickOn("3 Clusters").Sees("[3 Clusters").ClickOn("overdue").Sees("[1 Queue]")
	d.Press("}", "}").ClickOn("c Contact").Sees("No answer")
}

// cursorAt is the line of the frame on which the list's cursor stands, -1 for none.
func cursorAt(d *tuitest.Driver) int {
	return slices.IndexFunc(strings.Split(d.Frame(), "\n"), func(l string) bool { return strings.HasPrefix(l, "▸") })
}

// rowsDrawn are the lines on which rows of the page's list stand: found by walking over them with keys.
func rowsDrawn(d *tuitest.Driver) []int {
	d.Press("g")
	var out []int
	last := -1
	for range 60 {
		y := cursorAt(d)
		if y <= last {
			break
		}
		out, last = append(out, y), y
		d.Press("j")
	}
	d.Press("g")
	return out
}

// The dashboard knows every word that the configuration takes for a theme; any other is refused where it stands.
func TestConfigurationKnowsTheThemes(t *testing.T) {
	x := two(t)
	load := func(name string) (*store.Config, error) {
		path := filepath.Join(t.TempDir(), "config.toml")
		if err := os.WriteFile(path, []byte("[theme]\nname = \""+name+"\"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return store.LoadConfig(path, true, theme.Settings())
	}
	for _, name := range theme.Settings() {
		c, err := load(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		x.sits("dee", 80, 24, func(o *tui.Options) { o.Theme = c.Theme.Name }).Sees("Kai Adeyemi")
	}
	const want = `config.toml:2: theme.name: "pink" is none of auto, dark, light, high_contrast, high_contrast_light, colour_blind, plain, no_colour`
	if _, err := load("pink"); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if c, err := store.LoadConfig(filepath.Join(t.TempDir(), "none"), false, theme.Settings()); err != nil || c.Theme.Name != theme.Auto {
		t.Errorf("where no file says it: %+v, %v", c, err)
	}
}

// Whoever has no lock code is told before the first pause locks them out, and no more once there is one.
func TestLockCodeIsProposed(t *testing.T) {
	x := two(t)
	locks := func(o *tui.Options) { o.LockAfter = 15 * time.Minute }
	x.sits("dee", 120, 40, nil).SeesNot("no lock code yet")
	d := x.sits("dee", 80, 24, locks).Sees("no lock code yet")
	d.Press("ctrl+l").Type("1234").Press("enter").Type("1234").Press("enter").Type("1234").Press("enter")
	x.sits("dee", 80, 24, locks).SeesNot("no lock code yet")
}
