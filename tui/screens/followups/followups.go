// Package followups is the screen of what must still happen for a child after an interview or a closing: by due time, each
// with its owner, done with what was found (DOMAIN §7).
package followups

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// Links lead from this screen to what it does not know itself.
type Links struct {
	Row func(id string) tea.Cmd // shows a row of the queue
	Add func() tea.Cmd          // asks for a follow-up by hand, for the child in focus
}

// row is a line of the list.
type row = *view.FollowUpRow

func rowID(r row) string { return r.FollowUp.ID.String() }

// look is what the screen shows, of one look at the store.
type look struct {
	open, ended []view.FollowUpRow
}

// page is the list page of follow-ups.
type page = desk.ListPage[row, *view.FollowUpView]

// screen is the list of follow-ups with the focused one's story.
type screen struct {
	*page
	s     *frame.Session
	p     *desk.Program
	links Links
	all   bool // everyone's, not only mine

	have *look // nil until it was read
	err  error
	want string // what the place names, until it was found
	load *frame.Loader
}

// New makes the factory of the screen. A place may name a follow-up: the cursor goes there.
func New(p *desk.Program, links Links) frame.Factory {
	return func(s *frame.Session, id string) frame.Screen {
		c := &screen{s: s, p: p, links: links, load: s.Loader(), want: id, all: p.Actor().Role != domain.Practitioner}
		c.page = desk.NewListPage(p, s, desk.ListConfig[row, *view.FollowUpView]{
			Name: Name, Title: "Follow-ups",
			ID: rowID, Child: func(r row) *domain.Child { return r.Child }, Records: func(r row) []domain.ID { return []domain.ID{r.FollowUp.ID} },
			Ready: func() bool { return c.have != nil }, Reload: func(desk.Changes) tea.Cmd { return c.reload() },
			Groups: c.groups, Columns: c.columns, Placed: func(string, bool) { c.seek() },
			Empty:   func() string { return "Nothing matches the filter; " + s.Key("followups.clear") + " clears it." },
			Instead: c.instead,
			Read: func(r row) func(context.Context) (*view.FollowUpView, error) {
				return desk.Asks(p, func(rd domain.Reader) (*view.FollowUpView, error) { return view.ReadFollowUp(rd, r.FollowUp.ID) })
			},
			Detail: c.detail, Strip: c.strip, OnGroup: func() string { return s.Key("followups.open") + " opens the group." }, Share: 66,
			Fields: filterFields(), Shows: columnsOf(), Orders: []string{"due", "child", "owner", "kind"},
			Says: c.says, Selected: "done, re-date and drop", Copy: c.copyOut,
		})
		return c
	}
}

// reload reads the lists afresh.
func (c *screen) reload() tea.Cmd {
	return frame.Load(c.load, desk.Asks(c.p, func(r domain.Reader) (l *look, err error) {
		l = &look{}
		if l.open, err = view.ReadFollowUps(r); err == nil {
			l.ended, err = view.ReadEndedFollowUps(r, view.EndedShown(r.Now()))
		}
		return l, err
	}))
}

// Update handles a message.
func (c *screen) Update(msg tea.Msg) tea.Cmd {
	m, ok := msg.(frame.Loaded[*look])
	switch {
	case !ok:
		return c.page.Update(msg)
	case !m.For(c.load):
		return nil
	}
	c.load.Done()
	if c.err = m.Err; c.err != nil {
		return nil
	}
	c.have = m.Value
	return c.Refresh()
}

// seek puts the cursor on what the place names, wherever it stands by now.
func (c *screen) seek() {
	want := c.want
	if want == "" {
		return
	}
	c.want = ""
	if c.List.Focus(want) {
		c.goOn()
		return
	}
	if !c.all || c.Filter.Value() != "" {
		c.all = true
		c.Filter.Set("")
		c.Build()
		if c.List.Focus(want) {
			c.goOn()
			return
		}
	}
	c.p.WantDo = ""
	c.s.Toast(widgets.Info, want+" is not among the follow-ups of the last four weeks.")
}

// goOn does what somebody who came from elsewhere wants done with the row.
func (c *screen) goOn() {
	if do := c.p.WantDo; strings.HasPrefix(do, "followups.") {
		c.p.WantDo = ""
		c.s.Do(do)
	}
}

// everyone says that others' follow-ups are shown too: asked for, or meant by a filter for an owner.
func (c *screen) everyone() bool { return c.all || strings.Contains(c.Filter.Value(), "owner:") }

// says whose are shown, where these are not everyone's.
func (c *screen) says() []string {
	if c.everyone() {
		return nil
	}
	mine, all := 0, len(c.have.open)
	for i := range c.have.open {
		if c.have.open[i].Mine(c.p.Actor().Login) {
			mine++
		}
	}
	if n := all - mine; n > 0 {
		return []string{fmt.Sprintf("yours; %s shows everyone’s, %d more", c.s.Keys.Hint("followups.everyone"), n)}
	}
	return nil
}

// instead is what stands on the page where there is no list.
func (c *screen) instead(w int) string {
	th := c.s.Theme
	switch {
	case c.err != nil:
		return desk.Notice(th, w, "The follow-ups could not be read.", c.err.Error())
	case c.have == nil:
		return desk.Notice(th, w, "Reading the follow-ups…")
	case c.Filter.Value() == "" && !c.Typing() && c.List.Len() == 0:
		return desk.Notice(th, w, c.nothing()...)
	}
	return ""
}

// nothing says why the list is empty, and what would stand here.
func (c *screen) nothing() []string {
	if n := len(c.have.open); n > 0 && !c.everyone() {
		return []string{"No follow-up is yours to do.", fmt.Sprintf("%s shows everyone’s: %d are open.", c.s.Keys.Hint("followups.everyone"), n)}
	}
	return []string{
		"No follow-up is open.",
		"Holding an interview raises that the child is seen again and that the record is shared; the record's plan raises the rest.",
		c.s.Keys.Hint("followups.add") + " writes one down by hand.",
	}
}
