package desk

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// ListConfig is what a screen gives to its list page: rows, columns, detail, and what is special about them. R is a row, D is
// what is read about the row the cursor rests on. A func
// that may be nil says so; all are called in Update and View.
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
	// Empty says why the list has no rows. Instead stands on the page in its place, "" while the list does.
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
	// Focused is told which row is under the cursor now, false for none; Stepped that a key or the mouse may have moved it.
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

	// Share is the list's part of the width in percent where the detail stands beside it; Panes share the page otherwise.
	// FullFrom is the height from which a detail below the list is drawn in full; 0: never.
	Share    int
	Panes    func(w, h int) Panes
	FullFrom int
	// TwoLayouts says that the key for the layout never gives the detail the page: only enter does.
	TwoLayouts bool

	// Fields are what may stand before the colon of a filter. Hint is said while nothing is typed; "": the fields.
	Fields []string
	Hint   string
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
	// ClearTitle names the key that takes one step back.
	ClearTitle string
}

// ListPage is the page of a list with the detail of the row under the cursor: filter, sort, layout, selection, saved views,
// mouse and copy, the detail read once the cursor rests, and that it was opened. A screen embeds it.
type ListPage[R, D any] struct {
	List   *widgets.List[R]
	Filter *widgets.Filter
	Text   *widgets.Viewport // the detail
	Layout Layout
	Order  int // one of the config's orders
	Hidden []string

	c     ListConfig[R, D]
	p     *Program
	s     *frame.Session
	views *Views

	groups  []widgets.Group[R] // as the list shows them
	painted *theme.Theme       // by which they were built
	masked  bool               // whether names were, when they were built
	acted   bool               // a row was done with since they were built

	load     *frame.Loader
	settle   widgets.Debounce
	seen     *rested[R, D] // read last; nil before
	askedFor string        // what the reading under way, or the last, is about; "" to read again
	at       string        // the row the cursor was on
	reached  bool          // somebody moved: the first row at the start opened itself, nobody opened its record
	before   string        // the row under the cursor when the filter was opened
	news     News          // of the row under the cursor
}

// NewListPage makes the page of a list.
func NewListPage[R, D any](p *Program, s *frame.Session, c ListConfig[R, D]) *ListPage[R, D] {
	l := &ListPage[R, D]{c: c, p: p, s: s, Filter: widgets.NewFilter(), Text: widgets.NewViewport(s.Keys), load: s.Loader()}
	l.List = l.NewList()
	l.views = NewViews(p, s, c.Name, l, c.Always, c.MayHide)
	return l
}

// NewList makes an empty list of the page's rows, for a screen that shows one over another.
func (l *ListPage[R, D]) NewList() *widgets.List[R] {
	list := widgets.NewList(l.s.Keys, l.c.ID)
	list.Header = true
	if l.c.Records != nil {
		list.Mark = func(r R) bool { return l.p.Marked(l.c.Records(r)...) }
	}
	return list
}

// Title of the page.
func (l *ListPage[R, D]) Title() string { return l.c.Title }

// Init reads what the page begins with.
func (l *ListPage[R, D]) Init() tea.Cmd {
	return tea.Batch(l.views.Init(), l.reload(Changes{All: true}))
}

// Typing says that letters go to the filter.
func (l *ListPage[R, D]) Typing() bool { return l.Filter.Typing() }

// Update handles a message.
func (l *ListPage[R, D]) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case FreshMsg:
		return l.reload(msg.Since)
	case frame.ResumeMsg:
		return l.reload(Changes{All: true})
	case frame.Loaded[*rested[R, D]]:
		return l.got(msg)
	case DoneMsg:
		l.askedFor, l.reached = "", true // what was done may stand in the detail
		l.acted = l.c.DoneWith != nil && l.c.DoneWith(msg.Acts)
		return nil
	case tea.PasteMsg:
		if l.Typing() {
			l.Filter.Update(msg)
			return l.filtered(true)
		}
		return nil
	case tea.KeyPressMsg:
		l.reached = true
		return l.key(msg)
	}
	if cmd, ok := l.views.Update(msg); ok {
		return cmd
	}
	if l.settle.Is(msg) {
		return l.ReadFocused()
	}
	return nil
}

// key is a key that no action has.
func (l *ListPage[R, D]) key(k tea.KeyPressMsg) tea.Cmd {
	if l.Typing() {
		if l.Filter.Update(k) {
			return l.filtered(true)
		}
		return nil
	}
	if l.c.Key != nil {
		if cmd, ok := l.c.Key(k); ok {
			return cmd
		}
	}
	if l.Layout == DetailOnly && l.Text.Update(k) {
		return nil
	}
	l.List.Update(k)
	return l.step()
}

// step follows the cursor to where a key or the mouse put it.
func (l *ListPage[R, D]) step() tea.Cmd {
	cmd := l.Moved()
	if l.c.Stepped != nil {
		cmd = tea.Batch(cmd, l.c.Stepped())
	}
	return cmd
}

// Mask is a child's name as this sitting shows it.
func (l *ListPage[R, D]) Mask(c *domain.Child) string { return Mask(l.s, c) }

// Told is free text, which may name anybody.
func (l *ListPage[R, D]) Told(s string) string { return Told(l.s, s) }

// Person is what a colleague is called in full.
func (l *ListPage[R, D]) Person(login string) string { return l.p.Settings().PersonName(login) }
