package desk

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/widgets"
)

// ListConfig is what a screen gives to its list page: rows, columns, detail, and what is special about them. R is a row, D is
// what is read about the row the cursor rests on. All funcs are called in Update and View; one that may be nil says so.
type ListConfig[R, D any] struct {
	Name  string // of the screen: its place, and the scope of its keys
	Title string // of the page

	// ID names a row for good. Child is whose it is, nil for nobody's. Records are those it stands for: what others do to them is
	// marked on it; nil where nothing is marked.
	ID      func(R) string
	Child   func(R) *domain.Child
	Records func(R) []domain.ID

	// Groups are the rows as the list shows them, of what was read last; Ready says that something was (nil: always).
	Groups func() []widgets.Group[R]
	Ready  func() bool
	// Reload reads what the list shows afresh; nil where the program has read it already.
	Reload func(Changes) tea.Cmd
	// Empty says why the list has no rows. Instead is what stands on the page in the list's place; "" where the list does.
	Empty   func() string
	Instead func(w int) string
	// Placed puts the cursor where something asks for it, after the rows were arranged anew: was is the row it was on, and wentOn
	// says that this row left its group and the cursor went on. May be nil.
	Placed func(was string, wentOn bool)
	// DoneWith says that acts finish with a row: when it leaves its group, the cursor goes on to the next of the group. May be nil.
	DoneWith func([]domain.Envelope) bool

	// Columns are the list's for a width. A view may hide those of MayHide; those of Always it never does.
	Columns         func(w int) []widgets.Column[R]
	Always, MayHide []string

	// Read is how to read about a row: what it gives is called in a command. Nil where the row says everything. About names a row
	// with all that is read about it; nil: its id.
	Read  func(R) func(context.Context) (D, error)
	About func(R) string
	// Got is told when the detail was read. May be nil.
	Got func() tea.Cmd
	// Unopened says that resting on a row reads nothing and opens no child's record (DOMAIN §12): only enter does.
	Unopened bool
	// Focused is told which row is under the cursor now, false for none; Stepped that a key or the mouse may have moved it. Both may
	// be nil.
	Focused func(r R, ok bool)
	Stepped func() tea.Cmd

	// Detail and Strip are the lines about a row, so wide: all of them, and the first few for below a list. Draw draws both
	// instead, where they are more than lines.
	Detail, Strip func(r R, w int) []widgets.Line
	Draw          func(r R, w, h int, strip bool) string
	// Settled says that the detail speaks of the row read last until the cursor rests on another: a pane that followed every key
	// would cost a slow line ten times what the list does.
	Settled bool
	// OnGroup is said in the detail's place while the cursor is on a group's line; nil: nothing.
	OnGroup func() string

	// Share is the list's part of the width in percent where the detail stands beside it. Panes share the page in another way; may
	// be nil.
	// FullFrom is the height from which a detail below the list is drawn in full; 0: never.
	Share    int
	Panes    func(w, h int) Panes
	FullFrom int
	// TwoLayouts says that the key for the layout never gives the detail the page: only enter does.
	TwoLayouts bool

	// Fields are what may stand before the colon of a filter. Hint is said while nothing is typed; "": the fields.
	Fields []string
	Hint   string
	// Shows are the titles of the columns that show what a field asks for.
	Shows map[string][]string
	// Filtered is what to do for another filter, typed or given; nil: the rows are arranged anew. Filtering is told before one is
	// typed. Both may be nil.
	Filtered  func(typed bool) tea.Cmd
	Filtering func()

	// Orders are how rows can stand within their group, the first as they come. Sorted says so in the status, "" for not at all;
	// nil: "sorted by", with the order's name.
	Orders []string
	Sorted func(order string) string

	// Head is a line above the list where no filter is. Status is the line below it instead of the page's own; Says are more parts
	// of that. Each may be nil.
	Head   func() widgets.Line
	Status func() widgets.Line
	Says   func() []string
	// Selected says which actions are for all rows that are selected. One is what an action that is not is for: "one child".
	Selected, One string
	// None is why nothing can be done while no row is under the cursor.
	None string

	// Copy offers what can be copied of a row; NoCopy says why nothing can, nil where something always can.
	Copy   func(R) tea.Cmd
	NoCopy func(R) string
	// Key sees every key before the list does, but for those of the filter; true when it was for it. Clicked is told of a click on
	// a row before the cursor's row is. Both may be nil.
	Key     func(tea.KeyPressMsg) (tea.Cmd, bool)
	Clicked func()
	// Inner takes a step back that goes before every other, Back one that comes after all; Home leads back to the list that a
	// view is of. Each may be nil.
	Inner func() bool
	Back  func() tea.Cmd
	Home  func()
}
