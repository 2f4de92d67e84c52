package theme

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Style is one meaning's look. It wraps a Lip Gloss style and remembers the
// bytes that turn it on and off, because a list paints some hundred cells for a
// key press and that must stay far below a millisecond.
type Style struct {
	lip       lipgloss.Style
	pre, post string
}

// probe is painted once to learn what surrounds a text in a style.
const probe = "x"

// newStyle wraps a Lip Gloss style that has no width, padding or border.
func newStyle(l lipgloss.Style) Style {
	out := l.Render(probe)
	pre, post, ok := strings.Cut(out, probe)
	if !ok {
		return Style{lip: l}
	}
	return Style{lip: l, pre: pre, post: post}
}

// Render paints one line of text that is already safe and already cut to its
// width. Text of several lines goes through [Style.Lip].
func (s Style) Render(text string) string {
	if text == "" || s.pre == "" {
		return text
	}
	return s.pre + text + s.post
}

// On returns the style on the ground of another one: what s leaves open, base
// decides. It lets a coloured word lie on the selected row.
func (s Style) On(base Style) Style {
	if s.pre == "" {
		return base
	}
	return newStyle(s.lip.Inherit(base.lip))
}

// Is says whether two styles look the same.
func (s Style) Is(other Style) bool { return s.pre == other.pre && s.post == other.post }

// Over is the look of a word on a ground: its own ink there, or the ground's where the theme's inks do not read on it.
func (t *Theme) Over(word, ground Style) Style {
	switch {
	case ground.Plain():
		return word
	case word.Plain(), t.FlatFocus && ground.Is(t.Focus):
		return ground
	}
	return word.On(ground)
}

// Lip returns the Lip Gloss style, for the library's own components.
func (s Style) Lip() lipgloss.Style { return s.lip }

// Plain says whether the style changes nothing.
func (s Style) Plain() bool { return s.pre == "" }
