package widgets

import (
	"slices"
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
	// Stay keeps it until a key that is no text: neither the minute nor what is typed takes it away.
	Stay bool
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
	for len(t.shown) > toastsShown { // of several the oldest goes that may go
		at := max(0, slices.IndexFunc(t.shown, func(x Toast) bool { return !x.Stay }))
		t.shown = slices.Delete(t.shown, at, at+1)
	}
	t.past = append(t.past, x)
	if n := len(t.past) - toastsKept; n > 0 {
		t.past = t.past[n:]
	}
}

// Clear takes the shown toasts away, on a key press; those that stay only where the key was no text.
func (t *Toasts) Clear(text bool) {
	t.shown = slices.DeleteFunc(t.shown, func(x Toast) bool { return !x.Stay || !text })
}

// Expire takes away what was said before the given time, on the minute.
func (t *Toasts) Expire(before time.Time) {
	t.shown = slices.DeleteFunc(t.shown, func(x Toast) bool { return !x.Stay && x.At.Before(before) })
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
	default: // Info
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
