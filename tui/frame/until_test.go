package frame_test

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/frame"
	"homeward/tui/tuitest"
	"homeward/tui/widgets"
)

// page is a screen that says when it is hidden.
type page struct {
	s      *frame.Session
	name   string
	typing bool
	log    *[]string
}

func (p *page) Title() string           { return p.name }
func (p *page) Init() tea.Cmd           { return nil }
func (p *page) View(int, int) string    { return "page " + p.name }
func (p *page) Actions() []frame.Action { return nil }
func (p *page) Typing() bool            { return p.typing }
func (p *page) Hidden()                 { *p.log = append(*p.log, "hidden "+p.name) }
func (p *page) Update(msg tea.Msg) tea.Cmd {
	if f, ok := msg.(func(*page) tea.Cmd); ok {
		return f(p)
	}
	return nil
}

func pages(t *testing.T) (*tuitest.Driver, *[]string, *int) {
	var log []string
	left := 0
	d := tuitest.New(t, 80, 24, func(rt frame.Runtime) tea.Model {
		screens := map[string]frame.Factory{}
		for _, name := range []string{"one", "two"} {
			screens[name] = func(s *frame.Session, _ string) frame.Screen { return &page{s: s, name: name, log: &log} }
		}
		return frame.New(frame.Config{Runtime: rt, Screens: screens, Start: frame.Place{Screen: "one"}, Left: func() { left++ }})
	})
	return d, &log, &left
}

// What ends with an overlay ends once, whether it is closed or another page takes its place; so does a page.
func TestOpenUntil(t *testing.T) {
	d, log, left := pages(t)
	open := func(p *page) tea.Cmd {
		return p.s.OpenUntil(frame.Confirm(p.s, "Sure?", nil, "Yes", "No"), func() { *log = append(*log, "gone") },
			func(any) tea.Cmd { *log = append(*log, "then"); return nil })
	}
	want := func(words ...string) {
		t.Helper()
		if got := strings.Join(*log, ", "); got != strings.Join(words, ", ") {
			t.Errorf("%s, want %s", got, strings.Join(words, ", "))
		}
		*log = nil
	}
	d.Send(open).Sees("Sure?").Press("esc").SeesNot("Sure?")
	want("gone", "then")
	d.Send(open).Send(func(p *page) tea.Cmd { return p.s.Go(frame.Place{Screen: "two"}) }).Sees("page two").SeesNot("Sure?")
	want("gone", "hidden one")
	d.Send(open).Send(func(p *page) tea.Cmd { return p.s.Back() }).Sees("page one").SeesNot("Sure?")
	want("gone", "hidden two")
	m := d.Model().(*frame.Model)
	m.Leave()
	m.Leave()
	if *left != 1 {
		t.Errorf("left %d times", *left)
	}
}

// Run tells the owner that the program is over, however it ended.
func TestRunTellsThatItIsOver(t *testing.T) {
	d, _, left := pages(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := frame.Run(d.Model().(*frame.Model), tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(&strings.Builder{}), tea.WithoutSignalHandler()); err == nil {
		t.Error("no error")
	}
	if *left != 1 {
		t.Errorf("left %d times", *left)
	}
}

// A notice stays through minutes and letters that are typed; another key takes it away. Of too many the toasts go first.
func TestNoticeStays(t *testing.T) {
	d, _, _ := pages(t)
	d.Send(func(p *page) tea.Cmd {
		p.typing = true
		p.s.Notice(widgets.Warn, "do not miss")
		for range 5 {
			p.s.Toast(widgets.Info, "in passing")
		}
		return nil
	}).Sees("do not miss", "in passing")
	d.Press("a").Sees("do not miss").SeesNot("in passing")
	d.At(tuitest.Now().Add(10 * time.Minute)).Sees("do not miss")
	d.Press("esc").SeesNot("do not miss")
	d.Send(func(p *page) tea.Cmd {
		p.typing = false
		return p.s.Notice(widgets.Warn, "again")
	}).Sees("again").Press("j").SeesNot("again")
}
