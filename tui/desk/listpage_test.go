package desk

import (
	"strings"
	"testing"
	"time"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// A key may come as soon as rows stand on the screen, before the page was told that they are there: an urgent note is then
// about the child under the cursor, and the text left unfinished about that child comes back.
func TestTheChildOnTheScreenIsInFocus(t *testing.T) {
	ivy := &domain.Child{ID: domain.NewID(domain.KindChild, 1), GivenName: "Ivy", Ref: "K1"}
	p := New(somebody{who: domain.Actor{Login: "dee", Role: domain.Coordinator}}, nil)
	now := func() time.Time { return time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC) }
	s := frame.New(frame.Config{Keys: keymap.Default(), Runtime: frame.Runtime{Now: now, Delay: widgets.NoDelay}}).Session()
	line := func(c *domain.Child, _ int) []widgets.Line { return []widgets.Line{widgets.Say(c.Name())} }
	page := NewListPage(p, s, ListConfig[*domain.Child, int]{Name: "children", Title: "Children",
		ID:    func(c *domain.Child) string { return c.ID.String() },
		Child: func(c *domain.Child) *domain.Child { return c },
		Groups: func() []widgets.Group[*domain.Child] {
			return []widgets.Group[*domain.Child]{{Rows: []*domain.Child{ivy}}}
		},
		Instead: func(int) string { return "" },
		Columns: func(int) []widgets.Column[*domain.Child] {
			return []widgets.Column[*domain.Child]{{Title: "Child", Min: 10, Cell: func(_ *theme.Theme, c *domain.Child) widgets.Line { return widgets.Say(c.Name()) }}}
		},
		Detail: line, Strip: line,
	})
	if p.Child != nil {
		t.Fatalf("%s is in focus before there is a row", p.Child.Name())
	}
	if shown := page.View(80, 24); !strings.Contains(shown, "Ivy") {
		t.Fatalf("the row is not on the screen:\n%s", shown)
	}
	if p.Child != ivy {
		t.Errorf("Ivy stands on the screen and %v is in focus", p.Child)
	}
}
