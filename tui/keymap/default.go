package keymap

import "slices"

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
	Suspend  = "app.suspend" // its key is ctrl+z, outside text fields, and no other

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

	FormMore   = "form.more"
	FormBack   = "form.back"
	FormAfresh = "form.afresh"
	FormMine   = "form.mine"
	FormClose  = "form.close"

	DialogUp       = "dialog.up"
	DialogDown     = "dialog.down"
	DialogScroll   = "dialog.scroll"
	DialogPageUp   = "dialog.page_up"
	DialogPageDown = "dialog.page_down"
	DialogTop      = "dialog.top"
	DialogBottom   = "dialog.bottom"
	DialogChoose   = "dialog.choose"
	DialogOther    = "dialog.other"
	DialogClose    = "dialog.close"
)

// Defaults are the toolkit's actions. The tabs are the program's, which knows what they show.
func Defaults() []Binding {
	return slices.Concat(
		In(Global,
			Binding{Action: ShowHelp, Keys: []string{"?"}, Title: "All keys", Short: "all keys", Words: "help show list", Group: "Go", Quiet: true},
			Binding{Action: Palette, Keys: []string{"ctrl+p", ":"}, Title: "Find an action", Words: "palette search command", Group: "Go", Quiet: true},
			Binding{Action: Back, Keys: []string{"["}, Title: "Back", Words: "go previous page", Group: "Go", Quiet: true},
			Binding{Action: Forward, Keys: []string{"]"}, Title: "Forward", Words: "go next page", Group: "Go", Quiet: true},
			Binding{Action: NextTab, Keys: []string{"tab"}, Title: "Next tab", Group: "Go", Quiet: true},
			Binding{Action: PrevTab, Keys: []string{"shift+tab"}, Title: "Previous tab", Group: "Go", Quiet: true},
			Binding{Action: Messages, Keys: []string{"ctrl+t"}, Title: "Messages", Words: "what was said earlier", Group: "View", Quiet: true},
			Binding{Action: Mouse, Title: "Mouse on or off", Group: "View", Quiet: true},
			Binding{Action: Suspend, Title: "Stop the program (ctrl+z)", Short: "stop", Words: "suspend job shell terminal", Group: "Go", Quiet: true},
			Binding{Action: Lock, Keys: []string{"ctrl+l"}, Title: "Lock", Words: "screen hide leave", Group: "Go", Quiet: true, Anywhere: true},
			Binding{Action: LockCode, Title: "Choose my lock code", Words: "password pin", Group: "Go", Quiet: true},
			Binding{Action: Quit, Keys: []string{"q"}, Title: "Quit", Words: "exit leave end", Group: "Go", Quiet: true},
		),
		In(List,
			Binding{Action: ListUp, Keys: []string{"up", "k"}, Title: "Up", Group: "List"},
			Binding{Action: ListDown, Keys: []string{"down", "j"}, Title: "Down", Group: "List"},
			Binding{Action: ListPageUp, Keys: []string{"pgup", "ctrl+u"}, Title: "Page up", Group: "List"},
			Binding{Action: ListPageDown, Keys: []string{"pgdown", "ctrl+d"}, Title: "Page down", Group: "List"},
			Binding{Action: ListTop, Keys: []string{"home", "g"}, Title: "First row", Group: "List"},
			Binding{Action: ListBottom, Keys: []string{"end", "G"}, Title: "Last row", Group: "List"},
			Binding{Action: ListPrevPart, Keys: []string{"{"}, Title: "Previous group", Group: "List"},
			Binding{Action: ListNextPart, Keys: []string{"}"}, Title: "Next group", Group: "List"},
			Binding{Action: ListFold, Keys: []string{"z"}, Title: "Open or fold the group", Group: "List"},
			Binding{Action: ListSelect, Keys: []string{"space"}, Title: "Select the row", Group: "List"},
			Binding{Action: ListRange, Keys: []string{"V"}, Title: "Select a range", Group: "List"},
		),
		In(Form,
			Binding{Action: FormNext, Keys: []string{"tab", "down"}, Title: "Next field", Group: "Form"},
			Binding{Action: FormPrev, Keys: []string{"shift+tab", "up"}, Title: "Previous field", Group: "Form"},
			Binding{Action: FormSave, Keys: []string{"ctrl+d"}, Title: "Save", Group: "Form"},
			Binding{Action: FormPick, Keys: []string{"enter"}, Title: "Take the hit", Group: "Form"},
			Binding{Action: FormMore, Keys: []string{"pgdown"}, Title: "More of what it will do", Group: "Form"},
			Binding{Action: FormBack, Keys: []string{"pgup"}, Title: "Back in what it will do", Group: "Form"},
			Binding{Action: FormAfresh, Keys: []string{"ctrl+r"}, Title: "Throw the unfinished text away", Group: "Form"},
			Binding{Action: FormMine, Keys: []string{"ctrl+y"}, Title: "Take what I had typed", Group: "Form"},
			Binding{Action: FormClose, KeysOf: DialogClose, Title: "Close, text is kept", Group: "Form"},
		),
		In(Dialog,
			Binding{Action: DialogUp, Keys: []string{"up", "k"}, Title: "Up", Group: "Dialog"},
			Binding{Action: DialogDown, Keys: []string{"down", "j"}, Title: "Down", Group: "Dialog"},
			Binding{Action: DialogScroll, KeysOf: DialogDown, Title: "Scroll", Group: "Dialog"},
			Binding{Action: DialogPageUp, Keys: []string{"pgup", "ctrl+u"}, Title: "Page up", Group: "Dialog"},
			Binding{Action: DialogPageDown, Keys: []string{"pgdown", "ctrl+d"}, Title: "Page down", Group: "Dialog"},
			Binding{Action: DialogTop, Keys: []string{"home", "g"}, Title: "Top", Group: "Dialog"},
			Binding{Action: DialogBottom, Keys: []string{"end", "G"}, Title: "Bottom", Group: "Dialog"},
			Binding{Action: DialogChoose, Keys: []string{"enter"}, Title: "Choose", Group: "Dialog"},
			Binding{Action: DialogOther, Keys: []string{"tab", "shift+tab", "left", "right"}, Title: "The other button", Group: "Dialog"},
			Binding{Action: DialogClose, Keys: []string{"esc"}, Title: "Close", Group: "Dialog"},
		),
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
