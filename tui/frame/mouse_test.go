package frame_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/frame"
	"homeward/tui/tuitest"
	"homeward/tui/widgets"
)

// mouse is the sample with the mouse on and a clock that each click moves on.
func mouse(t *testing.T, w, h int) (*sample, *tuitest.Driver, *time.Time) {
	t.Helper()
	x := &sample{}
	now := tuitest.Now()
	x.config = func(c *frame.Config) {
		c.Mouse = true
		c.Runtime.Machine = func() time.Time { return now }
	}
	return x, tuitest.New(t, w, h, x.build), &now
}

// Click and Wheel make the board of the sample one that the mouse reaches.
func (b *board) Click(at widgets.Spot) (tea.Cmd, bool) {
	return nil, b.list.ClickIn(at, widgets.Rect{W: at.W * 3 / 5, H: at.H})
}

func (b *board) Wheel(at widgets.Spot, lines int) tea.Cmd {
	b.list.WheelIn(at, widgets.Rect{W: at.W * 3 / 5, H: at.H}, lines)
	return nil
}

// cursorOn says that the row under the cursor is the one with this text.
func cursorOn(t *testing.T, d *tuitest.Driver, text string) {
	t.Helper()
	for line := range strings.SplitSeq(d.Frame(), "\n") {
		if strings.HasPrefix(line, "▸") && strings.Contains(line, text) {
			return
		}
	}
	t.Errorf("the cursor is not on %q:\n%s", text, d.Frame())
}

func TestMouseOffMeansNothing(t *testing.T) {
	x, d := start(t, 120, 40)
	before := d.Frame()
	if v := d.Model().View(); v.MouseMode != tea.MouseModeNone {
		t.Error("the terminal is asked for the mouse")
	}
	d.ClickOn("2 Empty").ClickOn("Job number 7").ClickOn("d Done").Wheel(5, 10, true)
	if d.Frame() != before || len(x.log) != 0 {
		t.Errorf("the mouse did something: %v\n%s", x.log, d.Frame())
	}
	d.Press("ctrl+p").Type("mouse on").Press("enter").Sees("The mouse is on")
	if d.Model().View().MouseMode != tea.MouseModeCellMotion {
		t.Error("the terminal is not asked for the mouse")
	}
	d.ClickOn("2 Empty").Sees("[2 Empty]")
}

func TestClicks(t *testing.T) {
	x, d, now := mouse(t, 120, 40)
	d.ClickOn("Job number 7")
	cursorOn(t, d, "Job number 7")
	d.Click(2, 3) // the line of a group that cannot fold
	cursorOn(t, d, "Job number 7")
	d.ClickOn("Call").Sees("Call about Job number 7").ClickOn("Left a message")
	if len(x.log) != 0 {
		t.Errorf("one click chose: %v", x.log)
	}
	*now = now.Add(200 * time.Millisecond)
	d.ClickOn("Left a message")
	if strings.Join(x.log, ",") != "call J7 left_message" {
		t.Errorf("two clicks did %v", x.log)
	}
	*now = now.Add(time.Minute)
	d.ClickOn("Call").ClickOn("Left a message")
	*now = now.Add(time.Second)
	d.ClickOn("Left a message").Click(1, 38).Sees("Call about Job number 7") // too slow; and a click beside it closes nothing
	d.ClickOn("esc").SeesNot("Call about")
	d.ClickOn("? all keys").Sees("All keys").Wheel(60, 15, true).Press("esc")
	d.ClickOn("2 Empty").Sees("[2 Empty]").ClickOn("1 Board").Sees("[1 Board]")
}

func TestClicksInAForm(t *testing.T) {
	x, d, now := mouse(t, 120, 40)
	d.Press("n").ClickOn("Text").Type("hello").ClickOn("To *").Type("ada").Press("enter")
	*now = now.Add(time.Minute)
	d.ClickOn("When")
	*now = now.Add(50 * time.Millisecond)
	d.ClickOn("When").Type("15:30") // a second click is no enter: it saves nothing
	if len(x.log) != 0 {
		t.Fatalf("a click saved: %v", x.log)
	}
	d.ClickOn("Urgent").ClickOn("Beta").ClickOn("Alpha").ClickOn("Beta").ClickOn("No n").ClickOn("ctrl+d save")
	if want := `note J0 to=ada kind=urgent flags=a told=no text="hello"`; strings.Join(x.log, ",") != want {
		t.Errorf("%v", x.log)
	}
	d.Press("n").Type("x").ClickOn("Overdue").Sees("Note on")
	d.ClickOn("esc close").SeesNot("Note on")
}

func TestClicksOnAQuestionAndThePalette(t *testing.T) {
	x, d, now := mouse(t, 80, 24)
	d.Press("n", "tab").Type("9").Press("ctrl+c").Sees("Leave?").ClickOn("Leave ")
	if d.Quit() {
		t.Fatal("one click left")
	}
	*now = now.Add(100 * time.Millisecond)
	d.ClickOn("Leave ")
	if !d.Quit() || len(x.drafts) != 1 {
		t.Errorf("left %v with %v", d.Quit(), x.drafts)
	}
	x, d, now = mouse(t, 80, 24)
	d.Press("ctrl+p").Type("done").ClickOn("Done  d")
	*now = now.Add(100 * time.Millisecond)
	d.ClickOn("Done  d")
	if strings.Join(x.log, ",") != "done J0" {
		t.Errorf("%v", x.log)
	}
}

func TestWheel(t *testing.T) {
	_, d, _ := mouse(t, 120, 40)
	for range 4 {
		d.Wheel(5, 10, true)
	}
	d.SeesNot("Job number 0 ").Sees("Job number 45")
	cursorOn(t, d, "Job number 1")
	for range 40 {
		d.Wheel(5, 10, true)
	}
	d.Sees("Job number 59")
	for range 40 {
		d.Wheel(5, 10, false)
	}
	d.Sees("Job number 0 ")
	before := d.Frame()
	d.Wheel(100, 10, true) // over the detail the list does not move
	if d.Frame() != before {
		t.Error("the list moved under a wheel beside it")
	}
}

// Wherever a row is drawn, a click on it focuses it, at every size and however far the list has scrolled.
func TestAClickHitsWhatIsDrawn(t *testing.T) {
	for _, size := range [][2]int{{60, 15}, {80, 24}, {120, 40}, {200, 50}} {
		_, d, _ := mouse(t, size[0], size[1])
		for range 6 {
			for _, line := range strings.Split(d.Frame(), "\n") {
				i := strings.Index(line, "Job number ")
				if i < 0 || i > 4 || !strings.HasPrefix(line[2:], "Job") {
					continue
				}
				name := strings.Join(strings.Fields(line[i:])[:3], " ")
				d.ClickOn(line[:20])
				cursorOn(t, d, name)
			}
			d.Wheel(5, 6, true)
		}
	}
}
