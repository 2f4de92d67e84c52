package widgets

import (
	"slices"
	"strings"
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

// Lines draws the shown toasts w cells wide, each in as many lines as its words need, so many lines in all at most: of too many
// the oldest toasts go, and the newest, were it alone longer, is marked where it is cut.
func (t *Toasts) Lines(th *theme.Theme, w, most int) []string {
	var out []string
	for _, x := range slices.Backward(t.shown) {
		lines := x.lines(th, w)
		switch {
		case len(out) == 0 && len(lines) > most:
			lines = append(lines[:max(0, most-1)], In(th.Muted, "   "+th.Glyphs.Ellipsis).Paint(th, w))
		case len(out)+len(lines) > most:
			return out
		}
		out = append(lines, out...)
	}
	return out
}

// lines is the toast in lines of so many cells, its words behind its mark.
func (x Toast) lines(th *theme.Theme, w int) []string {
	mark, style := x.Mark(th)
	lead := In(style, " "+mark+" ")
	if whole := Join(lead, Tell(style, x.Text)); whole.Width() <= w {
		return []string{whole.Paint(th, w)}
	}
	var out []string
	for _, part := range WrapLine(Tell(style, x.Text), max(1, w-lead.Width()-1)) {
		out = append(out, Join(lead, part).Paint(th, w))
		lead = Say(strings.Repeat(" ", lead.Width()))
	}
	return out
}
