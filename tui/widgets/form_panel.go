package widgets

import (
	"slices"
	"strings"

	"homeward/tui/theme"
)

// panelTall is how many lines what stands beside or below the fields takes, the most since the form has this width: the form
// grows with it and does not jump while somebody types.
func (f *Form) panelTall(th *theme.Theme, w int) int {
	if f.grownAt != w {
		f.grown, f.grownAt = 0, w
	}
	f.grown = max(f.grown, len(f.panelText(th, w)))
	return f.grown
}

// panelText is what stands beside or below the fields, in lines.
func (f *Form) panelText(th *theme.Theme, w int) (out []string) {
	for _, l := range f.panel {
		for _, part := range WrapLine(l, w-2) {
			out = append(out, " "+part.Paint(th, w-1))
		}
	}
	return out
}

func (f *Form) panelWidth(w int) int { return max(panelMin, w*2/5) }

func (f *Form) panelView(th *theme.Theme, w, h int) string {
	title := f.c.PreviewTitle
	if title == "" && f.c.Preview != nil {
		title = "What this will do"
	}
	out := append([]string{Rule(th, w, title)}, f.panelText(th, w)...)
	lines, room := out[1:], h-1
	if f.panelAll, f.panelFit = len(lines), room; len(lines) > room && room > 1 {
		f.panelFit = room - 1
		f.panelTop = min(f.panelTop, len(lines)-f.panelFit)
		mark := th.Glyphs.Up + " pgup goes back"
		if f.panelTop+f.panelFit < len(lines) {
			mark = th.Glyphs.Down + " more: pgdown"
		}
		lines = append(slices.Clone(lines[f.panelTop:f.panelTop+f.panelFit]), In(th.Muted, " "+mark).Paint(th, w))
	} else {
		f.panelTop = 0
	}
	out = append(out[:1:1], lines...)
	return strings.Join(out[:min(len(out), h)], "\n")
}

// turnPanel goes a page on or back in a preview that is longer than its room; false where all of it is seen.
func (f *Form) turnPanel(by int) bool {
	if f.panelAll <= f.panelFit || f.panelFit < 1 {
		return false
	}
	f.panelTop = max(0, min(f.panelTop+by*f.panelFit, f.panelAll-f.panelFit))
	return true
}
