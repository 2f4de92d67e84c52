package frame

import (
	"fmt"
	"reflect"
	"runtime/debug"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// Crash is the error of a program that broke.
type Crash struct {
	While string // what it was doing
	Value string
	Stack string

	typed int  // how many drafts there were
	kept  bool // whether they could be handed over
}

func (c *Crash) Error() string { return fmt.Sprintf("homeward broke while %s: %s", c.While, c.Value) }

// crashMsg tells of a panic in a command.
type crashMsg struct{ crash *Crash }

func newCrash(value any, while string) *Crash {
	return &Crash{While: while, Value: safe.CleanLine(fmt.Sprint(value)), Stack: string(debug.Stack())}
}

// fail turns to the crash screen and rescues what was typed.
func (m *Model) fail(value any, while string) { m.failed(newCrash(value, while)) }

func (m *Model) failed(c *Crash) {
	if m.crash != nil {
		return
	}
	m.crash = c
	drafts := m.drafts()
	c.typed = len(drafts)
	c.kept = m.saveDrafts(drafts)
}

// afterCrash waits for a key and ends the program; the size still counts.
func (m *Model) afterCrash(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.s.w, m.s.h = msg.Width, msg.Height
	case tea.KeyPressMsg:
		// Nobody asked for this page: keys that were on their way must not close it before it is read.
		if early := m.typed(); early && msg.String() != "ctrl+c" {
			return nil
		}
		m.left = true
		return tea.Quit
	case EndMsg:
		m.left = true
		return tea.Quit
	}
	return nil
}

// unaskedGrace is how long after the last key press what opened by itself takes no key.
const unaskedGrace = 500 * time.Millisecond

// typed notes a key press, and says whether it came too soon after the last one to be meant for what opened by itself.
func (m *Model) typed() (early bool) {
	now := m.c.Runtime.Machine()
	early = now.Sub(m.key1) < unaskedGrace
	m.key1 = now
	return early
}

// unread says that what is on top opened behind a key and this one was on its way already. A person who waited has read it.
func (m *Model) unread(early bool) bool {
	if len(m.layers) == 0 {
		return false
	}
	top := &m.layers[len(m.layers)-1]
	top.late = top.late && early
	return top.late
}

// crashView says what happened in plain words.
func (m *Model) crashView(w, h int) string {
	th := m.s.Theme
	kept := ""
	switch {
	case m.crash.kept:
		kept = " Text you were typing was kept as a draft."
	case m.crash.typed > 0:
		kept = " Text you were typing could not be kept."
	}
	lines := []widgets.Line{
		widgets.In(th.Error, "Something went wrong, and homeward has to close."),
		{},
		widgets.Say("Everything that was saved is safe." + kept),
		widgets.Say("Start homeward again to go on. If it happens twice, tell whoever looks after it:"),
		{},
		widgets.In(th.Muted, "while "+m.crash.While+m.crashValue()),
		{},
		widgets.Join(widgets.Say("Press "), widgets.In(th.Key, "any key"), widgets.Say(" to close.")),
	}
	var out []string
	for _, l := range lines {
		for _, part := range widgets.WrapLine(l, max(1, w-4)) {
			out = append(out, "  "+part.Paint(th, max(1, w-4)))
		}
	}
	return widgets.Fit("\n"+strings.Join(out, "\n"), w, h)
}

// crashValue is what broke, in the program's own words; behind a lock it is not told, since it may name anybody.
func (m *Model) crashValue() string {
	if m.locked != nil {
		return ""
	}
	return ": " + m.crash.Value
}

// guard wraps a command and all it leads to, so that a panic in one becomes a
// message instead of the end of the program.
func (m *Model) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if r := recover(); r != nil {
				msg = crashMsg{newCrash(r, "working in the background")}
			}
		}()
		return m.guardInner(cmd())
	}
}

// guardInner wraps the commands inside a batch or a sequence. The library does
// not export the latter's type; by shape it is a slice of commands too.
func (m *Model) guardInner(msg tea.Msg) tea.Msg {
	if msg == nil {
		return nil
	}
	v := reflect.ValueOf(msg)
	if v.Kind() != reflect.Slice || v.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return msg
	}
	out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	for i := range v.Len() {
		cmd, _ := v.Index(i).Interface().(tea.Cmd)
		if g := m.guard(cmd); g != nil {
			out.Index(i).Set(reflect.ValueOf(g))
		}
	}
	return out.Interface()
}

// Filter drops the messages that would stop the process or run another program:
// behind SSH one person's ctrl+z would stop the server for all. Give it to the
// program by tea.WithFilter. [Run] lets a stop through where the configuration says that the terminal is the program's own.
func Filter(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg.(type) {
	case tea.SuspendMsg:
		return nil
	}
	if fmt.Sprintf("%T", msg) == "tea.execMsg" {
		return nil
	}
	return msg
}

// box draws a border with a title round an inside of w by h cells.
func box(th *theme.Theme, title, inside string, w, h int) string {
	g := th.Glyphs
	title = widgets.Cut(safe.CleanLine(title), max(0, w-2), g.Ellipsis)
	var b strings.Builder
	if title == "" {
		b.WriteString(th.BorderOn.Render(g.TopLeft + strings.Repeat(g.H, w) + g.TopRight))
	} else {
		fill := max(0, w-widgets.Width(title)-2)
		b.WriteString(th.BorderOn.Render(g.TopLeft) + " " + th.Title.Render(title) + " " + th.BorderOn.Render(strings.Repeat(g.H, fill)+g.TopRight))
	}
	v := th.BorderOn.Render(g.V)
	for line := range strings.SplitSeq(widgets.Fit(inside, w, h), "\n") {
		b.WriteString("\n" + v + line + v)
	}
	b.WriteString("\n" + th.BorderOn.Render(g.BotLeft+strings.Repeat(g.H, w)+g.BotRight))
	return b.String()
}
