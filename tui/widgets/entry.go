package widgets

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/theme"
)

// Entry is one field by itself, for a screen that lays its fields out in its own way: a sheet of sixty of them, of which
// one is typed in. A search needs a form.
type Entry struct {
	in   input
	kind Kind
}

// NewEntry makes a field that has the focus, with its value in it.
func NewEntry(f Field) *Entry {
	e := &Entry{in: newOpenInput(f), kind: f.Kind}
	e.in.set(f.Value)
	e.in.focus(true)
	return e
}

// Value is what stands in the field.
func (e *Entry) Value() string { return e.in.value() }

// Key hands a key over; false when the field has no use for it.
func (e *Entry) Key(k tea.KeyPressMsg) bool { return e.in.key(k) }

// Choose hands up, down or enter to the names that are offered for what is typed; false where there are none, and the key
// leaves the field.
func (e *Entry) Choose(key string) bool {
	l, ok := e.in.(*listInput)
	if !ok || l.typed() == "" {
		return false
	}
	switch key {
	case "up":
		return l.move(-1)
	case "down":
		return l.move(+1)
	case "enter":
		taken, _ := l.pick()
		return taken
	}
	return false
}

// Paste inserts a text.
func (e *Entry) Paste(s string) { e.in.paste(s) }

// View draws the field w cells wide; a note takes the given number of lines.
func (e *Entry) View(th *theme.Theme, w, lines int) []string {
	if n, ok := e.in.(*noteField); ok && lines > 0 && n.lines != lines {
		n.lines, n.drawn, n.settled = lines, nil, false
	}
	return slices.Clone(e.in.view(th, w))
}
