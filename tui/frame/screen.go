package frame

import (
	tea "charm.land/bubbletea/v2"

	"homeward/tui/theme"
)

// Place names what is shown: a registered screen and, where it has one, the
// record. It is what history keeps and what a saved session restores.
type Place struct {
	Screen string
	ID     string
}

// Factory makes a screen for a place. Register one for each screen's name.
type Factory func(s *Session, id string) Screen

// Screen is one page of the dashboard. It is a pointer that keeps its own state;
// the frame calls it from one goroutine. Reading and writing happen in commands.
type Screen interface {
	// Title is the page's name in the header and in history.
	Title() string
	// Init is called once, when the place is first shown; it starts the load.
	Init() tea.Cmd
	// Update handles a message. Keys that belong to one of Actions do not come
	// here: what is left moves in lists or types in a field. Of letters only those of lists come where the screen is no Typer
	// at that time.
	Update(msg tea.Msg) tea.Cmd
	// View draws the page, at most w wide and h high; the frame cuts the rest.
	View(w, h int) string
	// Actions are what can be done now, the most important first: footer, keys,
	// palette and help all come from it. Disabled ones stay in, with a reason.
	Actions() []Action
}

// Typer is a screen or overlay in which letters may be text. While Typing is
// true it gets every key but ctrl+c and those of actions that hold anywhere.
type Typer interface{ Typing() bool }

// Drafter is a screen or overlay that may hold text nobody has saved. The frame
// asks before quitting, and hands drafts over when something breaks.
type Drafter interface {
	// Draft returns what is typed, and false when nothing would be lost.
	Draft() (Draft, bool)
}

// Draft is typed text that is not saved yet. About says what it belongs to, in
// the words of whoever keeps drafts (for example "contact.log R12").
type Draft struct {
	About  string
	Values map[string]string
}

// Action is something a person can do here. What it is called, its group and its keys stand in the key map under its ID
// ([keymap.Binding]), in the scope of the screen's name, in [keymap.Dialog] or [keymap.Form] for overlays, or in
// [keymap.Global].
type Action struct {
	ID string
	// Disabled returns the reason why not now, in words a person understands, or
	// "". A nil func is always enabled. Pressing the key shows the reason.
	Disabled func() string
	Run      func() tea.Cmd
	// Aside says that it can be done, but is not what comes next: out of the footer as long as that is so.
	Aside bool
}

// reason returns why the action cannot be done now, "" when it can.
func (a Action) reason() string {
	if a.Disabled == nil {
		return ""
	}
	return a.Disabled()
}

// Count is one number of the header. Long and Short are its label; under 100
// columns Short is used, and counts without Keep are dropped, the last first.
type Count struct {
	Long, Short string
	Value       string
	Style       theme.Style
	Keep        bool // never dropped: the overdue count
	// Goes is where a click on it leads; nil for nowhere.
	Goes func() tea.Cmd
}

// Tab is one of the numbered pages; it is called what the key map calls the action that leads to it.
type Tab struct {
	Place Place
	// Goes says where the tab's key leads, where that is not always Place: the record one had on its screen last, say. Its
	// screen with any record then counts as this tab. May be nil.
	Goes func() Place
	// Count is shown behind the title when not empty; may be nil.
	Count func() string
}

// to is where the tab's key leads.
func (t Tab) to() Place {
	if t.Goes == nil {
		return t.Place
	}
	return t.Goes()
}
