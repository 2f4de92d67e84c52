// Package clusters is the screen of clusters: which episodes of a child one interview could cover, which it does, and
// the decisions about that (DOMAIN §5).
package clusters

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/lists"
	"homeward/tui/widgets"
)

// page is the list page of suggestions and clusters.
type page = desk.ListPage[row, *around]

// screen is the list of suggestions and clusters with the focused one's fortnight.
type screen struct {
	*page
	s     *frame.Session
	p     *desk.Program
	toRow func(id string) tea.Cmd // shows a row of the queue
	want  string                  // what the place names, until it was found
	going string                  // the key of the draft that is gone on with: nothing is decided without its form
	come  bool                    // somebody came here for what the place names: going back is one step back

	inside bool                          // the keys are for the episodes
	at     domain.ID                     // the episode under the cursor
	out    map[string]map[domain.ID]bool // members taken out before accepting, by row
	follow []domain.ID                   // the episodes of the focused row
	toAdd  string                        // the row to which a new return is added as soon as it is read
}

// New makes the factory of the screen. A place may name a cluster, a referral, an episode or a child: the cursor goes
// there. toRow shows a row of the queue, which this screen does not know.
func New(p *desk.Program, toRow func(id string) tea.Cmd) frame.Factory {
	return func(s *frame.Session, id string) frame.Screen {
		c := &screen{s: s, p: p, toRow: toRow, want: id, come: id != "", out: map[string]map[domain.ID]bool{}}
		config := desk.ListConfig[row, *around]{
			Name: Name, Title: "Clusters",
			ID: rowID, Child: func(r row) *domain.Child { return r.Child }, Records: records,
			Groups: c.groups, Empty: c.empty, Instead: c.instead, Placed: c.placed, DoneWith: domain.Finishes,
			Columns: func(w int) []widgets.Column[row] { return lists.Clusters().Screen(lists.Of(p, s).Wide(w)) },
			About:   c.about, Read: c.readAround, Got: c.got, Focused: c.moved,
			Draw: c.draw, Panes: c.panes, FullFrom: detailLines, OnGroup: func() string { return s.Key("clusters.open") + " opens the group." },
			Fields: filterFields(), Shows: columnsOf(), Filtering: func() { c.inside = false }, Orders: []string{"due", "name", "first episode"},
			Key: c.key, Clicked: func() { c.inside = false }, Inner: c.stepOut, Copy: c.copyOut,
		}
		if c.come {
			config.Back = s.Back
		}
		c.page = desk.NewListPage(p, s, config)
		return c
	}
}

// Update handles a message.
func (c *screen) Update(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		c.toAdd, c.going = "", ""
	}
	cmd := c.page.Update(msg)
	if _, ok := msg.(frame.ResumeMsg); ok {
		c.wanted()
	}
	return cmd
}

// key is a key that no action has: inside it moves over the episodes. Several rows at once are never decided.
func (c *screen) key(k tea.KeyPressMsg) (tea.Cmd, bool) {
	action := c.s.Keys.Action(keymap.List, k.String())
	switch {
	case c.inside:
		return c.insideKey(k), true
	case action == keymap.ListSelect:
		return c.toggle(), true
	case action == keymap.ListRange:
		return c.s.Toast(widgets.Info, "Clusters are decided one at a time."), true
	}
	c.List.Update(k)
	return c.Moved(), true
}

// insideKey moves over the episodes; past the last one the text below scrolls.
func (c *screen) insideKey(k tea.KeyPressMsg) tea.Cmd {
	list := c.entries()
	i := c.cursor(list)
	switch c.s.Keys.Action(keymap.List, k.String()) {
	case keymap.ListUp:
		i--
	case keymap.ListDown:
		i++
	case keymap.ListTop:
		i = 0
	case keymap.ListBottom:
		i = len(list) - 1
	case keymap.ListSelect:
		return c.toggle()
	default:
		c.Text.Update(k)
		return nil
	}
	if i >= len(list) {
		c.Text.Update(k)
		return nil
	}
	c.at = list[max(0, i)].episode
	c.Text.Top()
	return c.Moved()
}

// groups are the rows of the newest state that the filter keeps.
func (c *screen) groups() []widgets.Group[row] {
	return groups(c.s.Theme, c.p.Clusters, c.Order, c.matcher())
}

func (c *screen) empty() string {
	if c.Filter.Value() != "" {
		return "Nothing matches the filter."
	}
	return "Nothing here."
}

// placed puts the cursor on what the place names, and keeps it with the episodes it was on.
func (c *screen) placed(was string, wentOn bool) {
	switch {
	case c.want != "":
		c.seek()
	case was == "":
	case wentOn:
		c.inside = false
	case c.find(was) != nil:
		c.List.Focus(was) // also where somebody else's decision folded it away: keys must not fall on another child
	default:
		c.List.Focus(c.heir())
	}
	for id := range c.out { // choices made about rows that are no more
		if c.find(id) == nil {
			delete(c.out, id)
		}
	}
}

// moved keeps the episodes of the row under the cursor, and one of them under theirs.
func (c *screen) moved(r row, ok bool) {
	c.follow = c.follow[:0]
	if !ok {
		c.inside = false
		return
	}
	for _, m := range r.Members {
		c.follow = append(c.follow, m.Episode.ID)
	}
	if list := c.entries(); len(list) > 0 && !belongs(r, c.at) {
		c.at = list[0].episode
		if len(r.Additions) > 0 { // what is to be decided is in sight
			c.at = r.Additions[0].Episode
		}
		c.Text.Top()
	}
}

// about names a row with the decision that is foreseen for it.
func (c *screen) about(r row) string {
	s := rowID(r)
	if next := c.next(r); next != nil {
		s += " " + desk.ActLine(next.act)
	}
	return s
}

// got goes on with what waited for the reading.
func (c *screen) got() tea.Cmd {
	if r, around, ok := c.focused(); ok && around != nil && c.toAdd == rowID(r) {
		c.toAdd = ""
		return c.add()
	}
	return nil
}

// focused is the row under the cursor with what was read around it.
func (c *screen) focused() (r row, around *around, ok bool) {
	r, ok = c.List.Focused()
	around, _ = c.Detail()
	return r, around, ok
}

// entries of the focused row.
func (c *screen) entries() []entry {
	r, around, ok := c.focused()
	if !ok {
		return nil
	}
	return entries(r, c.out[rowID(r)], around)
}

// cursor is where the episode under the cursor stands.
func (c *screen) cursor(list []entry) int {
	return max(0, slices.IndexFunc(list, func(e entry) bool { return e.episode == c.at }))
}

// entry is the episode under the cursor.
func (c *screen) entry() (entry, bool) {
	list := c.entries()
	if len(list) == 0 {
		return entry{}, false
	}
	return list[c.cursor(list)], true
}
