package desk

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

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
		list.Mark = func(th *theme.Theme, r R) string {
			records := l.c.Records(r)
			if l.c.Child != nil {
				if c := l.c.Child(r); c != nil {
					records = append(slices.Clone(records), c.ID)
				}
			}
			switch {
			case l.p.Drafted(records...):
				return th.Glyphs.Pencil
			case l.p.Marked(l.c.Records(r)...):
				return th.Glyphs.Bullet
			}
			return ""
		}
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

// Mask is a child's name as this session shows it.
func (l *ListPage[R, D]) Mask(c *domain.Child) string { return Mask(l.s, c) }

// Told is free text, which may name anybody.
func (l *ListPage[R, D]) Told(s string) string { return Told(l.s, s) }

// Person is what a colleague is called in full.
func (l *ListPage[R, D]) Person(login string) string { return l.p.Settings().PersonName(login) }

// PersonAt is who had a login when something was done.
func (l *ListPage[R, D]) PersonAt(login string, at domain.Moment) string {
	return l.p.Settings().PersonAt(login, at)
}
