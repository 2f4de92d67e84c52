package frame_test

import (
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/frame"
	"homeward/tui/tuitest"
	"homeward/tui/widgets"
)

func start(t *testing.T, w, h int) (*sample, *tuitest.Driver) {
	t.Helper()
	x := &sample{}
	return x, tuitest.New(t, w, h, x.build)
}

func TestGoldens(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"120x40", 120, 40}, {"80x24", 80, 24}} {
		t.Run(size.name, func(t *testing.T) {
			_, d := start(t, size.w, size.h)
			d.Golden("board-" + size.name)
			d.Press("c").Golden("menu-" + size.name)
			d.Press("esc", "n").Type("a").Golden("form-" + size.name)
			d.Press("esc", "?").Golden("help-" + size.name)
			d.Press("esc", "ctrl+p").Type("arch").Golden("palette-" + size.name)
		})
	}
}

func TestNoAnswerIsTwoKeys(t *testing.T) {
	x, d := start(t, 120, 40)
	d.Press("c", "n")
	if d.Keys() != 2 || len(x.log) != 1 || x.log[0] != "call J0 no_answer" {
		t.Errorf("%d keys, %q", d.Keys(), x.log)
	}
	d.Sees("Logged: no_answer").Press("j").SeesNot("Logged:")
}

// Two keys in one read reach the program before any command ran.
func TestKeysTypedAtOnceReachTheMenu(t *testing.T) {
	x, d := start(t, 120, 40)
	d.Post(tuitest.Key("c")).Post(tuitest.Key("n")).Post(tuitest.Key("j")).Post(tuitest.Key("d")).Settle()
	if strings.Join(x.log, ",") != "call J0 no_answer,done J1" {
		t.Errorf("%q", x.log)
	}
}

func TestDisabledActionSaysWhy(t *testing.T) {
	_, d := start(t, 120, 40)
	d.SeesNot("Archive").Press("X").Sees("Archive: the archive is full")
	d.Press("2", "d").Sees("Done: no job is focused")
	d.Press("1", "c", "s").Sees("Spoke: nobody may speak here")
}

func TestFormStory(t *testing.T) {
	x, d := start(t, 120, 40)
	d.Press("n").Type("grace").Sees("Grace Hopper  on duty").Press("enter")
	d.Type("25:00").Sees("a time like 15:30").Press("backspace", "backspace", "backspace", "backspace", "backspace")
	d.Type("15:30").Sees("today at 15:30").Press("tab", "right", "tab", "b", "tab", "right", "tab")
	d.Type("refuse").Press("ctrl+d").Sees("this text is refused")
	for range 6 {
		d.Press("backspace")
	}
	d.Type("all is well").Sees("A urgent note of 11 letters.").Press("ctrl+d").Sees("Note kept")
	if len(x.log) != 1 || x.log[0] != `note J0 to=grace kind=urgent flags=b told=yes text="all is well"` {
		t.Errorf("%q", x.log)
	}
}

func TestEscKeepsTheDraft(t *testing.T) {
	_, d := start(t, 120, 40)
	d.Press("n").Type("al").Press("esc").SeesNot("Note on").Press("n").Sees("al")
}

func TestFailedSaveKeepsTheText(t *testing.T) {
	_, d := start(t, 120, 40)
	d.Press("n").Type("ada").Press("enter", "up", "up").Type("fail").Press("ctrl+d").Sees("the disk is full", "fail")
}

func TestFinderOverFormReturnsToTheField(t *testing.T) {
	_, d := start(t, 120, 40)
	d.Press("n").Type("ad").Press("left", "ctrl+f").Sees("Finder", "found").Press("esc").Type("l").Sees("ald")
}

func TestQuit(t *testing.T) {
	t.Run("q without text", func(t *testing.T) {
		if _, d := start(t, 120, 40); !d.Press("q").Quit() {
			t.Error("q leaves")
		}
	})
	t.Run("ctrl+c asks for typed text, twice leaves", func(t *testing.T) {
		x, d := start(t, 120, 40)
		d.Press("n").Type("ad").Press("ctrl+c").Sees("Leave?")
		if d.Quit() {
			t.Fatal("it must ask")
		}
		if d.Press("y").Quit() {
			t.Fatal("a letter confirms nothing")
		}
		if !d.Press("ctrl+c").Quit() || len(x.drafts) != 1 || x.drafts[0].About != "note J0" {
			t.Errorf("%v", x.drafts)
		}
	})
	t.Run("staying goes on", func(t *testing.T) {
		_, d := start(t, 120, 40)
		d.Press("n").Type("ad").Press("ctrl+c", "enter").SeesNot("Leave?").Type("z").Sees("adz")
		if d.Press("ctrl+c", "tab", "enter"); !d.Quit() {
			t.Error("the button leaves")
		}
	})
	t.Run("ctrl+c in an untouched form", func(t *testing.T) {
		if _, d := start(t, 120, 40); !d.Press("n", "ctrl+c").Quit() {
			t.Error("nothing to lose, nothing to ask")
		}
	})
}

func TestAltIsEscAndLetter(t *testing.T) {
	x, d := start(t, 120, 40)
	d.Press("c", "alt+d").SeesNot("Call about")
	if len(x.log) != 1 || x.log[0] != "done J0" {
		t.Errorf("%q", x.log)
	}
	d.Press("n").Type("ad").Press("alt+left").Type("x").Sees("axd")
}

func TestPaste(t *testing.T) {
	x, d := start(t, 120, 40)
	d.Paste("dddd")
	if len(x.log) != 0 {
		t.Error("a paste is no keys")
	}
	d.Press("n", "shift+tab").Paste("one\x1b[31m\u202etwo\x03").Sees("one[31mtwo")
	d.Paste(strings.Repeat("x", 1<<20)).Sees("cut to 64 KiB")
}

func TestPanics(t *testing.T) {
	t.Run("in Update", func(t *testing.T) {
		x, d := start(t, 80, 24)
		d.Press("n").Type("ad").Press("esc", "f8").Golden("crash")
		if x.root.Err() == nil || d.Quit() {
			t.Fatal("it waits for a key")
		}
		if d.Send(tuitest.Key("j")).Send(tuitest.Key("j")).Send(tuitest.Key("enter")).Quit() { // on their way before anybody could read it
			t.Error("a burst of keys closes it")
		}
		if d.At(tuitest.Now().Add(400*time.Millisecond)).Send(tuitest.Key("j")).Quit() || d.At(tuitest.Now().Add(800*time.Millisecond)).Send(tuitest.Key("j")).Quit() {
			t.Error("each key puts the moment off")
		}
		if !d.At(tuitest.Now().Add(2 * time.Second)).Send(tuitest.Key("z")).Quit() {
			t.Error("any key closes")
		}
	})
	t.Run("in View", func(t *testing.T) {
		x, d := start(t, 80, 24)
		d.Press("n").Type("ad")
		x.board.panic = true
		d.Sees("Something went wrong", "cannot draw")
		if len(x.drafts) != 1 || x.root.Err() == nil {
			t.Errorf("%v", x.drafts)
		}
	})
	t.Run("in a command", func(t *testing.T) {
		x, d := start(t, 80, 24)
		d.Press("n").Type("ada").Press("enter", "up", "up").Type("burst").Press("ctrl+d").Sees("Something went wrong", "sample: burst")
		if len(x.drafts) != 1 {
			t.Errorf("%v", x.drafts)
		}
	})
}

func TestHistoryAndTabs(t *testing.T) {
	x, d := start(t, 120, 40)
	d.Press("j", "j", "2").Sees("Nothing to do.", "[2 Empty]").Press("[").Sees("[1 Board]")
	if x.board.list.FocusedID() != "J2" {
		t.Errorf("cursor at %s", x.board.list.FocusedID())
	}
	d.Press("]").Sees("[2 Empty]").Press("tab").Sees("[1 Board]").Press("shift+tab").Sees("[2 Empty]")
	x.root.Session().Go(frame.Place{Screen: "board", ID: "J7"})
	d.Press("z").Sees("[Board]").Press("[").Sees("[2 Empty]").Press("]").Sees("[Board]")
	x.root.Session().Go(frame.Place{Screen: "nowhere"})
	d.Press("z").Sees("no page called nowhere")
}

func TestLateLoadsAreDropped(t *testing.T) {
	s := (&sample{}).build(frame.Runtime{Now: tuitest.Now}).(*frame.Model).Session()
	l := s.Loader()
	first := frame.Load(l, func(c context.Context) (int, error) { return 1, c.Err() })
	second := frame.Load(l, func(c context.Context) (int, error) { return 2, c.Err() })
	late, ok := first().(frame.Loaded[int])
	if !ok || late.For(l) || late.Err == nil {
		t.Error("the first was overtaken and cancelled")
	}
	now := second().(frame.Loaded[int])
	if !now.For(l) || now.For(s.Loader()) || now.Err != nil {
		t.Error("the second counts, for its own loader")
	}
	l.Stop()
	if now.For(l) {
		t.Error("a stopped loader takes nothing")
	}
}

func TestSizes(t *testing.T) {
	_, d := start(t, 120, 40)
	d.Press("n")
	for _, size := range [][2]int{{0, 0}, {1, 1}, {59, 40}, {120, 14}, {60, 15}, {100, 30}, {99, 30}, {300, 100}} {
		d.Resize(size[0], size[1])
		view := d.Model().View().Content
		if n := strings.Count(view, "\n") + 1; size[1] > 0 && n > size[1] {
			t.Errorf("%v: %d lines", size, n)
		}
		if small := size[0] < 60 || size[1] < 15; small && size[0] > 30 {
			d.Sees("window too small (needs 60×15)")
		}
	}
}

func TestHeaderKeepsOverdueAndWho(t *testing.T) {
	_, d := start(t, 120, 40)
	d.Sees("Newham return interviews", "3 over", "Dee Osei")
	d.Resize(99, 30).SeesNot("Newham").Sees("3 over", "Dee Osei", "live")
	d.Resize(60, 15).Sees("3 over", "Dee Osei")
}

func TestMinute(t *testing.T) {
	_, d := start(t, 120, 40)
	d.Press("d").Sees("is done")
	before := d.Frame()
	d.At(tuitest.Now().Add(time.Minute))
	if after := d.Frame(); after == before {
		t.Error("the time must turn")
	}
}

func TestSuspendAndExecDoNothing(t *testing.T) {
	if frame.Filter(nil, tea.SuspendMsg{}) != nil {
		t.Error("suspend passes")
	}
	if frame.Filter(nil, tea.ExecProcess(exec.Command("true"), nil)()) != nil {
		t.Error("exec passes")
	}
	if frame.Filter(nil, tuitest.Key("j")) == nil {
		t.Error("a key does not pass")
	}
}

func TestGround(t *testing.T) {
	x, d := start(t, 80, 24)
	d.Send(tea.BackgroundColorMsg{Color: white{}})
	if got := x.root.Session().Theme.Name; got != "light" {
		t.Errorf("%s", got)
	}
	x.root.Session().SetTheme(x.root.Session().Theme)
	d.Send(tea.BackgroundColorMsg{Color: black{}})
	if got := x.root.Session().Theme.Name; got != "light" {
		t.Error("a saved choice wins")
	}
}

type white struct{}

func (white) RGBA() (r, g, b, a uint32) { return 0xffff, 0xffff, 0xffff, 0xffff }

type black struct{}

func (black) RGBA() (r, g, b, a uint32) { return 0, 0, 0, 0xffff }

// A question that is read first opens behind the key that asked for it: what was typed on decides nothing.
func TestWhatOpensLateTakesNoKeyOnItsWay(t *testing.T) {
	x, d := start(t, 80, 24)
	m := d.Model().(*frame.Model)
	s, answered := m.Session(), 0
	late := frame.Menu(s, "Undo this?", []widgets.Choice{{Key: "y", Title: "Undo", Result: true}})
	d.Press("j")
	s.OpenLate(late, func(any) tea.Cmd { answered++; return nil })
	d.Resize(80, 24)
	d.Send(tuitest.Key("enter")).Send(tuitest.Key("y")).Send(tuitest.Key("esc"))
	if d.Sees("Undo this?"); answered != 0 {
		t.Fatalf("answered by keys that were on their way; log %q", x.log)
	}
	d.Press("y")
	if d.SeesNot("Undo this?"); answered != 1 {
		t.Error("not answered by a key after a rest")
	}
}
