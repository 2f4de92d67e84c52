package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/frame"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// looksName is the preference that keeps how a person wants the dashboard to look.
const looksName = "looks"

// looksMsg is what is remembered of it.
type looksMsg struct {
	kept map[string]string
	err  error
}

// readLooks reads what this person chose; it goes before the configuration.
func (r *root) readLooks() tea.Msg {
	kept, err := r.p.Preference(r.p.Context(), looksName)
	return looksMsg{kept, err}
}

// look takes what was read. A theme that this program no longer knows is none.
func (r *root) look(m looksMsg) tea.Cmd {
	if m.err != nil {
		return r.s.Toast(widgets.Warn, "How you want it to look could not be read: "+m.err.Error())
	}
	if name := m.kept["theme"]; !r.o.NoColour && slices.Contains(theme.Names(), name) {
		if th, err := theme.New(name, false, r.o.ASCII); err == nil {
			r.s.SetTheme(th)
		}
	}
	return nil
}

// noTheme says why there is none to choose.
func (r *root) noTheme() string {
	if r.o.NoColour {
		return "colours are off, by NO_COLOR or the configuration"
	}
	return ""
}

func (r *root) nextTheme() tea.Cmd { return r.useTheme(theme.Next(r.s.Theme.Name)) }

// chooseTheme lists the themes with what each is for.
func (r *root) chooseTheme() tea.Cmd {
	var choices []widgets.Choice
	for _, c := range theme.Choices() {
		if c.Name == r.s.Theme.Name {
			c.Hint += "; the one you have"
		}
		choices = append(choices, widgets.Choice{Title: c.Title, Hint: c.Hint, Result: c.Name})
	}
	return r.s.Open(frame.Menu(r.s, "Choose a theme", choices), func(result any) tea.Cmd {
		if name, ok := result.(string); ok {
			return r.useTheme(name)
		}
		return nil
	})
}

// useTheme changes the looks and remembers them for this person.
func (r *root) useTheme(name string) tea.Cmd {
	th, err := theme.New(name, r.o.NoColour, r.o.ASCII)
	if err != nil {
		return r.s.Toast(widgets.Bad, err.Error())
	}
	r.s.SetTheme(th)
	r.s.Toast(widgets.Info, "Theme: "+theme.Title(name)+", remembered for you")
	p := r.p
	return func() tea.Msg {
		if err := p.KeepPreference(p.Lasting(), looksName, map[string]string{"theme": name}); err != nil {
			return frame.Toasted(widgets.Bad, "Your theme could not be remembered: "+err.Error())()
		}
		return nil
	}
}
