package frame_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/theme"
	"homeward/tui/tuitest"
	"homeward/tui/widgets"
)

// safeBox keeps a lock code in memory.
type safeBox struct {
	code   string
	broken error
}

func (b *safeBox) hooks() *frame.Code {
	return &frame.Code{
		Has:   func(context.Context) (bool, error) { return b.code != "", b.broken },
		Check: func(_ context.Context, code string) (bool, error) { return code == b.code, b.broken },
		Set: func(_ context.Context, old, code string) error {
			if b.code != "" && old != b.code {
				return frame.ErrWrongCode
			}
			b.code = code
			return b.broken
		},
	}
}

// desk is the sample with a lock, a clock that stands where it is put, and delays that pass when the test says so.
type desk struct {
	*tuitest.Driver
	x     *sample
	box   *safeBox
	now   time.Time
	waits []wait
}

type wait struct {
	d   time.Duration
	msg tea.Msg
}

func lockable(t *testing.T, w, h int, code string) *desk {
	t.Helper()
	d := &desk{x: &sample{}, box: &safeBox{code: code}, now: tuitest.Now()}
	d.x.config = func(c *frame.Config) {
		c.Code, c.LockAfter, c.EndAfter = d.box.hooks(), 15*time.Minute, 8*time.Hour
		c.Runtime.Minute = true
		c.Runtime.Now, c.Runtime.Machine = func() time.Time { return d.now }, nil
		c.Runtime.Delay = func(of time.Duration, msg tea.Msg) tea.Cmd {
			if of == widgets.Settle {
				return func() tea.Msg { return msg }
			}
			d.waits = append(d.waits, wait{of, msg})
			return nil
		}
	}
	d.Driver = tuitest.New(t, w, h, d.x.build)
	return d
}

// pass lets time go by, and every delay that is over come to its end.
func (d *desk) pass(by time.Duration) {
	for until := d.now.Add(by); len(d.waits) > 0; {
		first := 0
		for i, w := range d.waits {
			if w.d < d.waits[first].d {
				first = i
			}
		}
		w := d.waits[first]
		if d.now.Add(w.d).After(until) {
			left := until.Sub(d.now)
			for i := range d.waits {
				d.waits[i].d -= left
			}
			d.now = until
			return
		}
		d.waits = append(d.waits[:first], d.waits[first+1:]...)
		for i := range d.waits {
			d.waits[i].d -= w.d
		}
		d.now = d.now.Add(w.d)
		d.Send(w.msg)
	}
}

func TestLockFrames(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"120x40", 120, 40}, {"80x24", 80, 24}} {
		t.Run(size.name, func(t *testing.T) {
			lockable(t, size.w, size.h, "1234").Press("ctrl+l").Type("12").Golden("lock-" + size.name)
			lockable(t, size.w, size.h, "").Press("ctrl+l").Golden("lock-choose-" + size.name)
			d := lockable(t, size.w, size.h, "")
			d.pass(16 * time.Minute)
			d.Golden("lock-no-code-" + size.name)
		})
	}
}

func TestLockInASCII(t *testing.T) {
	d := lockable(t, 80, 24, "1234")
	th, err := theme.New("plain", false, true)
	if err != nil {
		t.Fatal(err)
	}
	d.x.root.Session().SetTheme(th)
	d.Press("ctrl+l").Type("12").Golden("lock-ascii-80x24")
}

// A locked screen fits every window, and shows nothing of the page in any.
func TestLockAtEverySize(t *testing.T) {
	d := lockable(t, 120, 40, "1234").Press("ctrl+l")
	for w := 1; w <= 130; w += 3 {
		for h := 1; h <= 45; h += 2 {
			d.Resize(w, h).SeesNot("Job", "overdue")
			if lines := strings.Split(d.Model().View().Content, "\n"); len(lines) != h {
				t.Fatalf("%d×%d has %d lines", w, h, len(lines))
			}
		}
	}
}

// The page comes back as it was left: the form, its text, its caret, and the row under it.
func TestLockKeepsAHalfWrittenForm(t *testing.T) {
	d := lockable(t, 120, 40, "let me in")
	d.Press("j", "n", "tab", "tab", "tab", "tab", "tab").Type("half a sente").Press("left", "left")
	before := d.Frame()
	d.Press("ctrl+l").Sees("Locked since 14:05", "Newham return interviews", "Dee Osei, coordinator").SeesNot("half a", "Job number", "overdue")
	if len(d.x.drafts) != 1 || d.x.drafts[0].Values["text"] != "half a sente" {
		t.Errorf("what was typed is not kept at once: %v", d.x.drafts)
	}
	d.Type("let me in").SeesNot("let me in").Press("enter")
	if d.Frame() != before {
		t.Errorf("the page came back as\n%s\nit was\n%s", d.Frame(), before)
	}
	d.Type("X").Sees("half a senXte")
}

// Only keys keep it open, and no timer runs but the minute's.
func TestIdleLocks(t *testing.T) {
	d := lockable(t, 120, 40, "1234")
	d.pass(10 * time.Minute)
	d.Press("j")
	d.pass(14 * time.Minute)
	d.SeesNot("Locked")
	d.Send(tea.MouseClickMsg{X: 3, Y: 5, Button: tea.MouseLeft}).Paste("x").Send(tea.WindowSizeMsg{Width: 120, Height: 40})
	if len(d.waits) != 1 || d.waits[0].d > time.Minute {
		t.Errorf("%d timers run, want the minute's alone", len(d.waits))
	}
	d.pass(time.Minute)
	d.Sees("Locked since 14:30").SeesNot("Job number")
	frame1 := d.Frame()
	d.pass(time.Minute)
	if strings.ReplaceAll(d.Frame(), "14:31", "14:30") != strings.ReplaceAll(frame1, "14:31", "14:30") {
		t.Errorf("a minute changed more than the time:\n%s", d.Frame())
	}
	d.Type("1234").Press("enter").Sees("Job number")
}

// The minute may come late, when a machine slept: whoever wakes it sees nothing, and the key does nothing.
func TestASleepingMachineIsLockedByTheFirstKey(t *testing.T) {
	d := lockable(t, 120, 40, "1234")
	d.now = d.now.Add(time.Hour)
	d.Press("d").Sees("Locked since 15:05").SeesNot("Job number")
	if len(d.x.log) != 0 {
		t.Errorf("the key did %v", d.x.log)
	}
}

func TestWrongCodes(t *testing.T) {
	d := lockable(t, 120, 40, "1234")
	d.Press("n", "tab", "tab", "tab", "tab", "tab").Type("kept").Press("ctrl+l")
	for i, want := range []time.Duration{1, 2, 4, 8} {
		d.Type("0000").Press("enter").Sees("That was not it. Wait")
		var longest time.Duration
		for _, w := range d.waits {
			if _, minute := w.msg.(frame.MinuteMsg); !minute && w.d <= want*time.Second {
				longest = max(longest, w.d)
			}
		}
		if longest != want*time.Second {
			t.Errorf("try %d costs %s, want %s s", i+1, longest, want)
		}
		d.Type("1234").Press("enter").Sees("Wait") // nothing is heard meanwhile
		if !d.x.root.Locked() {
			t.Fatal("it was unlocked while one had to wait")
		}
		d.pass(want * time.Second)
		d.Sees("You may try")
	}
	if d.Quit() {
		t.Fatal("four wrong codes end nothing")
	}
	d.x.drafts = nil
	d.Type("0000").Press("enter")
	if !d.Quit() || len(d.x.drafts) != 1 || d.x.drafts[0].Values["text"] != "kept" {
		t.Errorf("five wrong codes: ended %v, kept %v", d.Quit(), d.x.drafts)
	}
}

func TestTheFirstLockAsksForACode(t *testing.T) {
	d := lockable(t, 120, 40, "")
	d.Press("ctrl+l").Sees("Choose one").SeesNot("Job number")
	d.Type("12").Press("enter").Type("12").Press("enter").Sees("at least 4")
	d.Press("ctrl+u").Type("1234").Press("enter").Type("1235").Press("enter").Sees("not the same")
	d.Press("ctrl+u").Type("1234").Press("enter").Type("1234").Press("enter").Sees("Kept. It is locked now.").SeesNot("Job number")
	if d.box.code != "1234" {
		t.Errorf("kept %q", d.box.code)
	}
	d.Press("esc").SeesNot("Job number").Type("1234").Press("enter").Sees("Job number")

	d = lockable(t, 120, 40, "")
	d.Press("ctrl+l", "esc").Sees("Job number", "Not locked")

	d = lockable(t, 120, 40, "") // gone before one was chosen
	d.Press("ctrl+l")
	d.pass(16 * time.Minute)
	d.Press("esc").Sees("Press q to leave").SeesNot("Job number")
}

// Without a code an idle screen can only be left, with all that was typed.
func TestIdleWithoutACode(t *testing.T) {
	d := lockable(t, 120, 40, "")
	d.Press("n", "tab", "tab", "tab", "tab", "tab").Type("kept")
	d.pass(15 * time.Minute)
	d.Press("enter", "esc", "x").Type("1234").Sees("You have no lock code").SeesNot("Job number").Press("q")
	if !d.Quit() || len(d.x.drafts) == 0 || d.x.drafts[0].Values["text"] != "kept" {
		t.Errorf("left %v, kept %v", d.Quit(), d.x.drafts)
	}
}

func TestItEndsByItself(t *testing.T) {
	d := lockable(t, 120, 40, "1234")
	d.pass(8*time.Hour - time.Minute)
	if d.Quit() {
		t.Fatal("it ended too early")
	}
	d.pass(time.Minute)
	if !d.Quit() {
		t.Error("it did not end by itself")
	}
	d = lockable(t, 120, 40, "1234")
	if d.Press("ctrl+l", "ctrl+c"); !d.Quit() {
		t.Error("ctrl+c leaves a locked screen")
	}
}

func TestChoosingAnotherCode(t *testing.T) {
	d := lockable(t, 120, 40, "1234")
	d.Press("ctrl+p").Type("lock code").Press("enter").Sees("Code until now").Type("9999").Press("enter").Type("5678").Press("enter").Type("5678").SeesNot("5678", "9999")
	d.Press("enter").Sees("that is not the code chosen before")
	d.Press("ctrl+u").Type("1234").Press("ctrl+d").Sees("Your lock code is kept")
	if d.box.code != "5678" || len(d.x.drafts) != 0 {
		t.Errorf("code %q, drafts %v", d.box.code, d.x.drafts)
	}
	d.box.broken = errors.New("the disk is gone")
	d.Press("ctrl+l").Sees("could not be read: the disk is gone").SeesNot("Job number")
}

// Whatever is open, nothing of the page is in a locked frame, and nothing that comes meanwhile is told.
func TestNothingOfThePageIsInALockedFrame(t *testing.T) {
	bare := lockable(t, 100, 30, "1234")
	bare.Press("ctrl+l")
	want := bare.Frame()
	for name, keys := range map[string][]string{
		"list": {"j", "j"}, "menu": {"c"}, "form": {"n"}, "palette": {"ctrl+p"}, "help": {"?"}, "finder": {"ctrl+f"}, "refused": {"X"},
		"code": {"ctrl+p", "l", "o", "c", "k", " ", "c", "enter"}, "finder over form": {"n", "ctrl+f"}, "messages": {"d", "ctrl+t"},
	} {
		t.Run(name, func(t *testing.T) {
			d := lockable(t, 100, 30, "1234")
			for _, k := range keys {
				if k == " " {
					k = "space"
				}
				d.Press(k)
			}
			d.Press("ctrl+l")
			d.Send(frame.Toasted(widgets.Bad, "Kai is back")())
			d.Send(frame.ResumeMsg{})
			if d.Frame() != want {
				t.Errorf("the locked frame is\n%s\nwant\n%s", d.Frame(), want)
			}
			if title := d.Model().View().WindowTitle; title != "homeward" {
				t.Errorf("the title is %q", title)
			}
		})
	}
}

// A program without a place for codes has no lock.
func TestNoLock(t *testing.T) {
	_, d := start(t, 120, 40)
	d.Press("ctrl+l").Sees("Job number").Press("ctrl+p").Type("lock code").SeesNot("Choose my lock")
	if _, ok := keymap.Default().Binding(keymap.Lock); !ok {
		t.Error("the key is bound")
	}
}

func TestMessages(t *testing.T) {
	_, d := start(t, 120, 40)
	d.Press("ctrl+t").Sees("Nothing was said").Press("d", "j", "d", "ctrl+t").Sees("Messages of this session")
	f := d.Frame()
	if a, b := strings.Index(f, "Job number 1 is done"), strings.Index(f, "Job number 0 is done"); a < 0 || b < 0 || a > b {
		t.Errorf("the newest does not stand first:\n%s", f)
	}
	d.Sees("14:05")
}

// Each wrong code is told to the journal, by its number alone; and how it ended is known to who waits for the end.
func TestWrongCodesAndEndingsAreTold(t *testing.T) {
	var tries []int
	open := func() *desk {
		tries = nil
		d := &desk{x: &sample{}, box: &safeBox{code: "1234"}, now: tuitest.Now()}
		d.x.config = func(c *frame.Config) {
			c.Code, c.LockAfter, c.EndAfter = d.box.hooks(), 15*time.Minute, 8*time.Hour
			c.WrongCode = func(n int) { tries = append(tries, n) }
			c.Runtime.Minute = true
			c.Runtime.Now, c.Runtime.Machine = func() time.Time { return d.now }, nil
			c.Runtime.Delay = func(of time.Duration, msg tea.Msg) tea.Cmd {
				if of == widgets.Settle {
					return func() tea.Msg { return msg }
				}
				d.waits = append(d.waits, wait{of, msg})
				return nil
			}
		}
		d.Driver = tuitest.New(t, 120, 40, d.x.build)
		return d
	}
	ends := func(d *desk, want frame.Ending, wrong int) {
		t.Helper()
		if got := d.x.root.Ended(); got != want || len(tries) != wrong {
			t.Errorf("ended %q, should be %q; told of wrong codes %v, should be %d", got, want, tries, wrong)
		}
	}
	d := open()
	ends(d, "", 0)
	d.Press("ctrl+l")
	for range 5 {
		d.Type("4321").Press("enter")
		d.pass(time.Minute)
	}
	ends(d, frame.EndedCodes, 5)
	d = open()
	d.Press("ctrl+l").Type("4321").Press("enter")
	d.pass(time.Minute)
	d.Type("1234").Press("enter").Press("ctrl+c")
	ends(d, frame.EndedByPerson, 1)
	d = open()
	d.pass(9 * time.Hour)
	ends(d, frame.EndedIdle, 0)
	d = open()
	d.Send(frame.EndMsg{})
	ends(d, "", 0)
}
