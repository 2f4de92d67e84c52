package keymap

import "fmt"

// The actions of the toolkit itself, for code that handles them.
const (
	Quit     = "app.quit"
	ShowHelp = "app.help"
	Palette  = "app.palette"
	Back     = "app.back"
	Forward  = "app.forward"
	NextTab  = "app.next_tab"
	PrevTab  = "app.previous_tab"
	Tab      = "app.tab_" // a digit follows
	Lock     = "app.lock"
	LockCode = "app.lock_code"
	Messages = "app.messages"
	Mouse    = "app.mouse"

	ListUp       = "list.up"
	ListDown     = "list.down"
	ListPageUp   = "list.page_up"
	ListPageDown = "list.page_down"
	ListTop      = "list.top"
	ListBottom   = "list.bottom"
	ListFold     = "list.fold"
	ListSelect   = "list.select"
	ListRange    = "list.range"
	ListNextPart = "list.next_group"
	ListPrevPart = "list.previous_group"

	FormNext = "form.next"
	FormPrev = "form.previous"
	FormSave = "form.save"
	FormPick = "form.pick"

	FormAfresh = "form.afresh"

	DialogUp       = "dialog.up"
	DialogDown     = "dialog.down"
	DialogPageUp   = "dialog.page_up"
	DialogPageDown = "dialog.page_down"
	DialogTop      = "dialog.top"
	DialogBottom   = "dialog.bottom"
	DialogChoose   = "dialog.choose"
	DialogOther    = "dialog.other"
	DialogClose    = "dialog.close"
)

// Defaults are the toolkit's bindings, in the form in which users override
// them: action, keys.
func Defaults() []Binding {
	global := func(action, title, group string, keys ...string) Binding {
		return Binding{Scope: Global, Action: action, Keys: keys, Title: title, Group: group}
	}
	list := func(action, title string, keys ...string) Binding {
		return Binding{Scope: List, Action: action, Keys: keys, Title: title, Group: "List"}
	}
	form := func(action, title string, keys ...string) Binding {
		return Binding{Scope: Form, Action: action, Keys: keys, Title: title, Group: "Form"}
	}
	dialog := func(action, title string, keys ...string) Binding {
		return Binding{Scope: Dialog, Action: action, Keys: keys, Title: title, Group: "Dialog"}
	}
	out := []Binding{
		global(ShowHelp, "All keys", "Go", "?"),
		global(Palette, "Find an action", "Go", "ctrl+p", ":"),
		global(Back, "Back", "Go", "["),
		global(Forward, "Forward", "Go", "]"),
		global(NextTab, "Next tab", "Go", "tab"),
		global(PrevTab, "Previous tab", "Go", "shift+tab"),
		global(Messages, "Messages", "View", "ctrl+t"),
		global(Mouse, "Mouse on or off", "View"),
		global(Lock, "Lock", "Go", "ctrl+l"),
		global(LockCode, "Choose my lock code", "Go"),
		global(Quit, "Quit", "Go", "q"),
	}
	for n := 1; n <= 9; n++ {
		out = append(out, global(fmt.Sprintf("%s%d", Tab, n), fmt.Sprintf("Tab %d", n), "Go", fmt.Sprint(n)))
	}
	return append(out,
		list(ListUp, "Up", "up", "k"),
		list(ListDown, "Down", "down", "j"),
		list(ListPageUp, "Page up", "pgup", "ctrl+u"),
		list(ListPageDown, "Page down", "pgdown", "ctrl+d"),
		list(ListTop, "First row", "home", "g"),
		list(ListBottom, "Last row", "end", "G"),
		list(ListPrevPart, "Previous group", "{"),
		list(ListNextPart, "Next group", "}"),
		list(ListFold, "Open or fold the group", "z"),
		list(ListSelect, "Select the row", "space"),
		list(ListRange, "Select a range", "V"),

		form(FormNext, "Next field", "tab", "down"),
		form(FormPrev, "Previous field", "shift+tab", "up"),
		form(FormSave, "Save", "ctrl+d"),
		form(FormPick, "Take the hit", "enter"),
		form(FormAfresh, "Throw the unfinished text away", "ctrl+r"),

		dialog(DialogUp, "Up", "up", "k"),
		dialog(DialogDown, "Down", "down", "j"),
		dialog(DialogPageUp, "Page up", "pgup", "ctrl+u"),
		dialog(DialogPageDown, "Page down", "pgdown", "ctrl+d"),
		dialog(DialogTop, "Top", "home", "g"),
		dialog(DialogBottom, "Bottom", "end", "G"),
		dialog(DialogChoose, "Choose", "enter"),
		dialog(DialogOther, "The other button", "tab", "shift+tab", "left", "right"),
		dialog(DialogClose, "Close", "esc"),
	)
}

// Default is the map of [Defaults].
func Default() *Map {
	m, err := New(Defaults()...)
	if err != nil {
		panic(err) // a test proves the table sound
	}
	return m
}
