package desk

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// rested is a row the cursor rested on, with what was read about it.
type rested[R, D any] struct {
	id     string
	row    R
	detail D
}

// rest waits until the cursor rests.
func (l *ListPage[R, D]) rest() tea.Cmd { return l.settle.After(l.s.Delay, widgets.Settle) }

// about names a row with all that is read about it.
func (l *ListPage[R, D]) about(r R) string {
	if l.c.About != nil {
		return l.c.About(r)
	}
	return l.c.ID(r)
}

// ReadFocused reads the detail of the row under the cursor in a command, takes its marks away (what they stood for is told in
// the detail), and has it recorded that the child's record was opened (DOMAIN §12).
func (l *ListPage[R, D]) ReadFocused() tea.Cmd {
	r, ok := l.List.Focused()
	if !ok {
		return nil
	}
	id := l.c.ID(r)
	l.askedFor = l.about(r)
	if l.c.Records != nil {
		l.p.Look(&l.news, id, l.c.Records(r)...)
	}
	var read func(context.Context) (D, error)
	if l.c.Read != nil {
		read = l.c.Read(r)
	}
	var child *domain.Child
	if l.reached && !l.c.Unopened {
		if child = l.c.Child(r); child != nil && child.Hidden { // the cursor passes over it: nobody tries to open it
			child = nil
		}
	}
	p := l.p
	return frame.Load(l.load, func(ctx context.Context) (*rested[R, D], error) {
		out := &rested[R, D]{id: id, row: r}
		var err error
		if read != nil {
			out.detail, err = read(ctx)
		}
		if err == nil && child != nil {
			err = p.Opened(ctx, child.ID)
		}
		return out, err
	})
}

// got takes a detail that was read.
func (l *ListPage[R, D]) got(msg frame.Loaded[*rested[R, D]]) tea.Cmd {
	if !msg.For(l.load) {
		return nil
	}
	l.load.Done()
	switch {
	case msg.Err != nil && l.c.Unopened:
		l.Layout = Split
		return l.s.Toast(widgets.Bad, "The line could not be read: "+msg.Err.Error())
	case msg.Err != nil:
		return l.s.Toast(widgets.Bad, "The detail could not be read: "+msg.Err.Error())
	}
	if l.c.Settled && (l.seen == nil || l.seen.id != msg.Value.id) {
		l.Text.Top()
	}
	l.seen = msg.Value
	if l.c.Got != nil {
		return l.c.Got()
	}
	return nil
}

// Detail is what was read about the row under the cursor; false while it was not.
func (l *ListPage[R, D]) Detail() (d D, ok bool) {
	r, ok := l.List.Focused()
	if !ok || l.seen == nil || l.seen.id != l.c.ID(r) {
		return d, false
	}
	return l.seen.detail, true
}

// LastRead is what was read last, of whichever row that was; false where nothing was.
func (l *ListPage[R, D]) LastRead() (d D, ok bool) {
	if l.seen == nil {
		return d, false
	}
	return l.seen.detail, true
}

// Others tell who is about to do what with a record of a row, with another of its cluster (zero for none) or with its child,
// and what they did since one looked at it last.
func (l *ListPage[R, D]) Others(r R, record, cluster domain.ID) []widgets.Line {
	return l.p.OthersLines(l.s, &l.news, l.c.ID(r), record, l.c.Child(r).ID, cluster)
}
