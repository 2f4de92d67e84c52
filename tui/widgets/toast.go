package widgets

import (
	"time"

	"homeward/domain/safe"
	"homeward/tui/theme"
)

// ToastKind says how a toast is meant.
type ToastKind int

// The kinds of toasts.
const (
	Info ToastKind = iota
	Good
	Warn
	Bad
)

// Toast is a short message.
type Toast struct {
	Kind ToastKind
	Text safe.Text
	At   time.Time
	// Masked says that names were masked when it was said.
	Masked bool
}

// The bounds of what a session keeps of its toasts.
const (
	toastsShown = 3
	toastsKept  = 100
)

// Toasts is a stack of messages. They go with the next key or at the next
// minute, not by timers: a session where nobody types writes nothing. What was
// said is kept for looking it up.
type Toasts struct {
	shown []Toast
	past  []Toast
}

// Add shows a toast below those that stand.
func (t *Toasts) Add(x Toast) {
	t.shown = append(t.shown, x)
	if n := len(t.shown) - toastsShown; n > 0 {
		t.shown = t.shown[n:]
	}
	t.past = append(t.past, x)
	if n := len(t.past) - toastsKept; n > 0 {
		t.past = t.past[n:]
	}
}

// Clear takes the shown toasts away, on a key press.
func (t *Toasts) Clear() { t.shown = nil }

// Expire takes away what was said before the given time, on the minute.
func (t *Toasts) Expire(before time.Time) {
	for len(t.shown) > 0 && t.shown[0].At.Before(before) {
		t.shown = t.shown[1:]
	}
}

// Shown are the toasts on screen, the oldest first.
func (t *Toasts) Shown() []Toast { return t.shown }

// Past are all toasts kept, the oldest first.
func (t *Toasts) Past() []Toast { return t.past }

// Mark is the sign of the toast's kind and its look.
func (x Toast) Mark(th *theme.Theme) (string, theme.Style) {
	switch x.Kind {
	case Good:
		return th.Glyphs.Check, th.Good
	case Warn:
		return th.Glyphs.Warn, th.Warning
	case Bad:
		return th.Glyphs.Cross, th.Error
	}
	return th.Glyphs.Bullet, th.Info
}

// Lines draws the shown toasts, one line each, w cells wide.
func (t *Toasts) Lines(th *theme.Theme, w int) []string {
	out := make([]string, 0, len(t.shown))
	for _, x := range t.shown {
		mark, style := x.Mark(th)
		out = append(out, Join(In(style, " "+mark+" "), Tell(style, x.Text)).Paint(th, w))
	}
	return out
}
