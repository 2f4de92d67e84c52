package desk

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/widgets"
)

// Shown is a list screen whose look can be kept by name.
type Shown interface {
	Look() Look
	// Take shows the list so. What it does not know, of an older program say, it leaves as it comes.
	Take(Look) tea.Cmd
}

// Views are the saved views of one list screen for one person.
type Views struct {
	p       *Program
	s       *frame.Session
	screen  string
	of      Shown
	always  []string // columns that no view can hide: the child's name, the clocks, what carries warnings
	columns []string // those that can be hidden
	first   Look     // as the screen comes
	kept    map[string]Look
	start   string // the one the screen begins with
	name    string // the one chosen last
}

// The keys of the preference: each view's name behind a mark, and the name of the one to begin with.
const (
	viewMark  = "view "
	viewStart = "start"
	viewsMost = 30 // of one screen
	nameMost  = 40 // letters
)

// viewsMsg is what is kept now.
type viewsMsg struct {
	of    *Views
	kept  map[string]string
	err   error
	first bool // read at the beginning: the one to begin with is taken
	say   string
}

// NewViews are the views of a screen; those of its columns that a view may hide follow those it never does.
func NewViews(p *Program, s *frame.Session, screen string, of Shown, always, columns []string) *Views {
	return &Views{p: p, s: s, screen: screen, of: of, always: always, columns: columns, first: of.Look(), kept: map[string]Look{}}
}

// ViewKeys are the keys of a screen's views.
func ViewKeys(screen string, columns bool) []keymap.Binding {
	out := []keymap.Binding{
		{Action: screen + ".views", Keys: []string{"L"}, Title: "Saved views", Words: "filter sort columns layout", Group: "View", Quiet: true},
		{Action: screen + ".save_view", Title: "Save this view", Group: "View", Quiet: true},
	}
	if columns {
		out = append(out, keymap.Binding{Action: screen + ".columns", Title: "Columns", Words: "show hide", Group: "View", Quiet: true})
	}
	return keymap.In(keymap.Scope(screen), out...)
}

// Actions of a screen that has views.
func (v *Views) Actions() []frame.Action {
	act := func(id string, run func() tea.Cmd) frame.Action {
		return frame.Action{ID: v.screen + "." + id, Run: run}
	}
	out := []frame.Action{act("views", v.menu), act("save_view", v.save)}
	if len(v.columns) > 0 {
		out = append(out, act("columns", func() tea.Cmd { return v.choose(0) }))
	}
	return out
}

func (v *Views) preference() string { return "views " + v.screen }

// Init reads what is kept.
func (v *Views) Init() tea.Cmd {
	p, name := v.p, v.preference()
	return func() tea.Msg {
		kept, err := p.Preference(p.Context(), name)
		return viewsMsg{of: v, kept: kept, err: err, first: true}
	}
}

// Update takes what was read or kept; false when the message is another's.
func (v *Views) Update(msg tea.Msg) (tea.Cmd, bool) {
	m, ok := msg.(viewsMsg)
	if !ok || m.of != v {
		return nil, false
	}
	if m.err != nil {
		return v.s.Toast(widgets.Bad, "The saved views: "+m.err.Error()), true
	}
	v.kept, v.start = map[string]Look{}, m.kept[viewStart]
	for key, text := range m.kept {
		name, ok := strings.CutPrefix(key, viewMark)
		var l Look
		if ok && json.Unmarshal([]byte(text), &l) == nil {
			v.kept[name] = l
		}
	}
	if m.say != "" {
		v.s.Toast(widgets.Good, m.say)
	}
	if l, ok := v.kept[v.start]; ok && m.first && v.of.Look().equal(v.first) {
		v.name = v.start
		return v.of.Take(l), true
	}
	return nil, true
}

// change keeps the views as edit leaves them. It reads them afresh: another session of the same person may have added one.
func (v *Views) change(say string, edit func(kept map[string]string) error) tea.Cmd {
	p, name := v.p, v.preference()
	return func() tea.Msg {
		ctx := p.Lasting()
		kept, err := p.Preference(ctx, name)
		if err == nil {
			kept = maps.Clone(kept)
			if kept == nil {
				kept = map[string]string{}
			}
			err = edit(kept)
		}
		if err == nil {
			err = p.KeepPreference(ctx, name, kept)
		}
		return viewsMsg{of: v, kept: kept, err: err, say: say}
	}
}

func (v *Views) names() []string { return slices.Sorted(maps.Keys(v.kept)) }

// What the menu of views offers beside them.
type viewsOther int

const (
	viewsPlain viewsOther = iota
	viewsSave
	viewsColumns
	viewsBegin
	viewsDelete
)

// menu chooses a view, or what to do with them.
func (v *Views) menu() tea.Cmd {
	choices := v.choices(func(name string) string { return v.kept[name].words() })
	none := ""
	if len(v.kept) == 0 {
		none = "none is saved yet"
	}
	choices = append(choices, widgets.Choice{Key: "0", Title: "As it comes", Result: viewsPlain},
		widgets.Choice{Key: "s", Title: "Save this one", Hint: v.of.Look().words(), Result: viewsSave})
	if len(v.columns) > 0 {
		choices = append(choices, widgets.Choice{Key: "c", Title: "Columns", Result: viewsColumns})
	}
	choices = append(choices, widgets.Choice{Key: "b", Title: "Begin with one", Why: none, Result: viewsBegin},
		widgets.Choice{Key: "d", Title: "Delete one", Why: none, Result: viewsDelete})
	return v.s.Open(Menu(v.s, OfNoChild(), "Views", choices), func(result any) tea.Cmd {
		switch x := result.(type) {
		case string:
			v.name = x
			return v.of.Take(v.kept[x])
		case viewsOther:
			switch x {
			case viewsPlain:
				v.name = ""
				return v.of.Take(v.first)
			case viewsSave:
				return v.save()
			case viewsColumns:
				return v.choose(0)
			case viewsBegin:
				return v.begin()
			case viewsDelete:
				return v.delete()
			}
		}
		return nil
	})
}

// choices are the views, each with a digit.
func (v *Views) choices(hint func(name string) string) []widgets.Choice {
	var out []widgets.Choice
	for i, name := range v.names() {
		c := widgets.Choice{Title: name, Hint: hint(name), Result: name}
		if i < 9 {
			c.Key = string(rune('1' + i))
		}
		if name == v.start {
			c.Hint = strings.TrimPrefix(c.Hint+"; begins with it", "; ")
		}
		out = append(out, c)
	}
	return out
}

// save asks for a name.
func (v *Views) save() tea.Cmd {
	look := v.of.Look()
	return v.p.OpenForm(v.s, OfNoChild(), "view "+v.screen, widgets.FormConfig{EnterSaves: true,
		Title: "Save this view", Intro: []widgets.Line{widgets.In(v.s.Theme.Muted, "Kept for you alone: "+orAsItComes(look.words()))},
		Fields: []widgets.Field{
			{ID: "name", Label: "Name", Required: true, Limit: nameMost, Value: v.name, Proposed: true, Reads: func(name string) string {
				if _, ok := v.kept[name]; ok {
					return "replaces the one of that name"
				}
				return ""
			}},
			{ID: "start", Label: "Begin with it", Kind: widgets.YesNoKind, Value: "no"},
		},
		Submit: func(_ context.Context, f widgets.Values) (any, error) { return f, nil },
	}, func(result any) tea.Cmd {
		f, ok := result.(widgets.Values)
		if !ok {
			return nil
		}
		name := strings.TrimSpace(safe.CleanLine(f["name"]))
		v.name = name
		return v.change("View saved: "+name, func(kept map[string]string) error {
			if _, again := kept[viewMark+name]; !again && len(kept) > viewsMost {
				return errors.New("there are too many: delete one first")
			}
			text, err := json.Marshal(look)
			kept[viewMark+name] = string(text)
			switch {
			case f.Yes("start"):
				kept[viewStart] = name
			case kept[viewStart] == name:
				delete(kept, viewStart)
			}
			return err
		})
	})
}

func orAsItComes(s string) string {
	if s == "" {
		return "as it comes"
	}
	return s
}

// begin chooses the view the screen begins with.
func (v *Views) begin() tea.Cmd {
	choices := append(v.choices(func(string) string { return "" }), widgets.Choice{Key: "0", Title: "As it comes", Result: viewsPlain})
	return v.s.Open(Menu(v.s, OfNoChild(), "Begin with", choices), func(result any) tea.Cmd {
		switch name := result.(type) {
		case string:
			return v.change("The screen begins with "+name+" from now on.", func(kept map[string]string) error { kept[viewStart] = name; return nil })
		case viewsOther:
			return v.change("The screen begins as it comes from now on.", func(kept map[string]string) error { delete(kept, viewStart); return nil })
		}
		return nil
	})
}

// delete takes a view away.
func (v *Views) delete() tea.Cmd {
	return v.s.Open(Menu(v.s, OfNoChild(), "Delete a view", v.choices(func(name string) string { return v.kept[name].words() })), func(result any) tea.Cmd {
		name, ok := result.(string)
		if !ok {
			return nil
		}
		return v.change("View deleted: "+name, func(kept map[string]string) error {
			delete(kept, viewMark+name)
			if kept[viewStart] == name {
				delete(kept, viewStart)
			}
			return nil
		})
	})
}

// choose shows which columns are shown, and turns one on or off until it is left.
func (v *Views) choose(at int) tea.Cmd {
	look, th := v.of.Look(), v.s.Theme
	var choices []widgets.Choice
	for i, name := range v.columns {
		box := th.Glyphs.BoxOn
		if slices.Contains(look.Hidden, name) {
			box = th.Glyphs.BoxOff
		}
		choices = append(choices, widgets.Choice{Title: box + " " + name, Result: i})
	}
	for _, name := range v.always {
		choices = append(choices, widgets.Choice{Title: th.Glyphs.BoxOn + " " + name, Why: "it is always shown"})
	}
	return v.s.Open(frame.MenuAt(v.s, "Columns", at, choices), func(result any) tea.Cmd {
		i, ok := result.(int)
		if !ok || i >= len(v.columns) {
			return nil
		}
		name := v.columns[i]
		hidden := slices.DeleteFunc(slices.Clone(look.Hidden), func(h string) bool { return h == name })
		if len(hidden) == len(look.Hidden) {
			hidden = append(hidden, name)
		}
		look.Hidden = hidden
		return tea.Batch(v.of.Take(look), v.choose(i))
	})
}
