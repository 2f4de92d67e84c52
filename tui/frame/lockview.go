package frame

import (
	"strings"

	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// The size of what stands in the middle of a locked screen.
const (
	lockWidth = 56
	lockLabel = 12
)

// lockView is all that a locked screen shows: whose it is, since when, and how to go on. Nothing in it comes from the page.
func (m *Model) lockView(w, h int) string {
	th := m.s.Theme
	inner := max(1, min(lockWidth, w-4))
	lines := m.lockLines(th, inner)
	lines = lines[:min(len(lines), max(1, h-3))]
	rows := strings.Split(box(th, "Locked", strings.Join(lines, "\n"), inner, len(lines)), "\n")
	clock := widgets.In(th.Muted, m.s.Now().Format("Mon 2 Jan 15:04")+" ")
	head := widgets.Join(widgets.Say(strings.Repeat(" ", max(0, w-clock.Width()))), clock)
	out := []string{head.Paint(th, w)}
	for len(out) < max(1, (h-len(rows))/2) {
		out = append(out, "")
	}
	pad := strings.Repeat(" ", max(0, (w-inner-2)/2))
	for _, r := range rows {
		out = append(out, pad+r)
	}
	return widgets.Fit(strings.Join(out, "\n"), w, h)
}

// lockLines are the inside of its box, painted w cells wide.
func (m *Model) lockLines(th *theme.Theme, w int) []string {
	l := m.locked
	var out []string
	say := func(line widgets.Line) {
		for _, part := range widgets.WrapLine(line, w-4) {
			out = append(out, "  "+part.Paint(th, w-2))
		}
	}
	field := func(label string, s *widgets.Secret) {
		out = append(out, "  "+widgets.In(th.Label, label).Paint(th, lockLabel)+s.View(th, w-lockLabel-4))
	}
	hint := func(parts ...string) { // key, meaning, key, meaning
		var line widgets.Line
		for i := 0; i+1 < len(parts); i += 2 {
			line = widgets.Join(line, widgets.In(th.Key, parts[i]), widgets.In(th.Muted, " "+parts[i+1]+"   "))
		}
		say(line)
	}
	who := widgets.Tell(th.Strong, m.s.Who)
	if !m.s.Role.Empty() {
		who = widgets.Join(who, widgets.Say(", "), widgets.Tell(th.Text, m.s.Role))
	}
	since := "Locked since " + l.since.Format("15:04")
	if y, d := l.since.YearDay(), m.s.Now().YearDay(); y != d {
		since = "Locked since " + l.since.Format("Mon 2 Jan 15:04")
	}
	out = append(out, "")
	say(widgets.Tell(th.Strong, m.s.Team))
	say(who)
	out = append(out, "")
	say(widgets.In(th.Text, since))
	out = append(out, "")
	switch l.mode {
	case lockNoCode:
		say(widgets.Say("You have no lock code, so this session cannot go on. Press q to leave; your text is kept as it is, and you come back in the way you came."))
	case lockChoosing:
		say(widgets.Say("You have no lock code yet. Choose one of at least 4 characters; you unlock with it from now on."))
		out = append(out, "")
		field("Code", l.code)
		field("Once more", l.again)
	default:
		field("Lock code", l.code)
	}
	out = append(out, "")
	switch {
	case l.busy && l.mode == lockChoosing:
		say(widgets.In(th.Muted, "keeping it"+th.Glyphs.Ellipsis))
	case l.busy:
		say(widgets.In(th.Muted, "checking it"+th.Glyphs.Ellipsis))
	case l.say != "":
		style := th.Warning
		if l.wrong == 0 && l.mode == lockAsking {
			style = th.Info
		}
		say(widgets.In(style, l.say))
	default:
		out = append(out, "")
	}
	switch l.mode {
	case lockNoCode:
		hint("q", "leave")
	case lockChoosing:
		hint("enter", "go on", "esc", "do not lock", "ctrl+c", "leave")
	default:
		hint("enter", "unlock", "ctrl+c", "leave; your text is kept")
	}
	return append(out, "")
}
