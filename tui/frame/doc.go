// Package frame is the house round every page of the dashboard: header, tabs,
// footer, overlays, history, and the rules for keys, pastes, loads and panics. It
// knows nothing of children or of the store.
//
// # A program
//
// Make a [Config] with a [Factory] for each page, the tabs, the counts of the
// header and the program's own actions; New makes the [Model], [Run] runs it and
// returns the reason when it broke. Local programs give
// tea.WithInput(frame.GuardInput(os.Stdin)) and set AskGround; a session over
// SSH reads its keys from [GuardInput] too and gives [Filter] to tea.WithFilter.
//
// # A screen
//
// A screen is a pointer made by its factory, which is given the [Session] and the
// id of the record. It keeps a [Loader] for each thing it loads:
//
//	func (q *queue) Init() tea.Cmd { return q.reload() }
//
//	func (q *queue) reload() tea.Cmd {
//		return frame.Load(q.load, func(ctx context.Context) ([]row, error) { return q.source.Rows(ctx) })
//	}
//
//	func (q *queue) Update(msg tea.Msg) tea.Cmd {
//		switch msg := msg.(type) {
//		case frame.Loaded[[]row]:
//			if msg.For(q.load) { // late results are not for us
//				q.list.SetRows(msg.Value)
//			}
//		case frame.ResumeMsg:
//			return q.reload()
//		case tea.KeyPressMsg:
//			q.list.Update(msg)
//		}
//		return nil
//	}
//
// What can be done is data: [Screen.Actions] returns the actions, the key map
// holds their keys under the scope of the screen's name, and footer, help,
// palette and the keys themselves all follow from these. An action that cannot be
// done now stays in, with the reason.
//
// A screen with an open filter line is a [Typer] while it is typed in. It must
// not block in Update or View: reading and writing belong in commands.
//
// # Overlays
//
// [Menu], [Form], [Confirm] and [Reader] make overlays of the
// widgets; [Session.Open] shows one and is told what becomes of it:
//
//	func (q *queue) call() tea.Cmd {
//		return q.s.Open(frame.Menu(q.s, "Call", choices), func(result any) tea.Cmd {
//			if how, ok := result.(string); ok {
//				return q.log(how)
//			}
//			return nil // left by esc
//		})
//	}
//
// Opening and closing happen before the next key is read, so keys typed at once
// reach what they were meant for. An overlay may open another; closing that one
// brings back the field and cursor left.
//
// Every message that is no key goes to all open overlays and the screen shown.
//
// # The mouse
//
// Where it is on, header, tabs, footer and the overlays of this package answer it. A screen or overlay of one's own that
// wants it is a [Pointed]: it is told the cell and the size of its area, and asks the layout that it draws with what stands
// there. A second click on the same cell is the enter key, where the first said that there is something to enter.
//
// # The lock
//
// With a [Code] in the configuration the program locks by its key and, by the minute, when no key was pressed for so long.
// While it is locked nothing of the page is drawn and no key reaches it; messages do, so that it is up to date when its
// person is back, which everybody is told by [UnlockedMsg].
//
// # Tests
//
// Package tuitest presses keys and looks at the whole frame:
//
//	d := tuitest.New(t, 120, 40, func(rt frame.Runtime) tea.Model { return build(rt) })
//	d.Press("c", "n").Sees("Logged").Golden("queue-logged")
//	if d.Keys() != 2 { … }
package frame
