// Package clusters is the screen of clusters: which episodes of a child one interview could cover, which it does, and
// the decisions about that (DOMAIN §5).
package clusters

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// layout is how list and detail share the page.
type layout int

const (
	split layout = iota
	listOnly
	detailOnly
)

// screen is the list of suggestions and clusters with the focused one's fortnight.
type screen struct {
	s      *frame.Session
	p      *desk.Program
	toRow  func(id string) tea.Cmd // shows a row of the queue
	list   *widgets.List[row]
	filter *widgets.Filter
	views  *desk.Views
	text   *widgets.Viewport
	order  order
	layout layout
	want   string // what the place names, until it was found
	come   bool   // somebody came here for what the place names: going back is one step back

	inside  bool                          // the keys are for the episodes
	at      domain.ID                     // the episode under the cursor
	out     map[string]map[domain.ID]bool // members taken out before accepting, by row
	groups  []widgets.Group[row]          // as the list shows them
	painted *theme.Theme                  // by which the groups were built
	acted   []domain.Envelope             // done here since they were built
	stood   widgets.Group[row]            // the group of the focused row, as it was when that was done
	follow  []domain.ID                   // the episodes of the focused row
	load    *frame.Loader
	settle  widgets.Debounce
	around  *around // of the focused row, as far as it was read
	readFor string  // the row and choice for which it was asked
	toAdd   string  // the row to which a new return is added as soon as it is read
	reached bool    // somebody moved: the first row at the start opened itself, nobody opened its record
	before  string  // the row under the cursor when the filter was opened
	news    desk.News
}

// New makes the factory of the screen. A place may name a cluster, a referral, an episode or a child: the cursor goes
// there. toRow shows a row of the queue, which this screen does not know.
func New(p *desk.Program, toRow func(id string) tea.Cmd) frame.Factory {
	return func(s *frame.Session, id string) frame.Screen {
		c := &screen{s: s, p: p, toRow: toRow, filter: widgets.NewFilter(), load: s.Loader(), text: widgets.NewViewport(s.Keys),
			want: id, come: id != "", out: map[string]map[domain.ID]bool{}}
		c.views = desk.NewViews(p, s, Name, c, nil, nil)
		c.list = widgets.NewList(s.Keys, rowID)
		c.list.Header = true
		c.list.Mark = func(r row) bool { return p.Marked(records(r)...) }
		return c
	}
}

// Title of the page.
func (c *screen) Title() string { return "Clusters" }

// Init shows what was read already.
func (c *screen) Init() tea.Cmd { return tea.Batch(c.views.Init(), c.refresh()) }

// Typing says that letters go to the filter.
func (c *screen) Typing() bool { return c.filter.Typing() }

// Update handles a message.
func (c *screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case desk.FreshMsg, frame.ResumeMsg:
		return c.refresh()
	case frame.Loaded[*around]:
		if msg.For(c.load) {
			c.load.Done()
			return c.show(msg)
		}
		return nil
	case desk.DoneMsg:
		c.reached, c.readFor = true, ""
		c.acted = msg.Acts
		return nil
	}
	if cmd, ok := c.views.Update(msg); ok {
		return cmd
	}
	if c.settle.Is(msg) {
		return c.read()
	}
	if _, ok := msg.(tea.PasteMsg); ok && c.filter.Typing() {
		c.filter.Update(msg)
		return c.refresh()
	}
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	c.reached, c.toAdd = true, ""
	switch {
	case c.filter.Typing():
		if c.filter.Update(k) {
			return c.refresh()
		}
		return nil
	case c.inside:
		return c.insideKey(k)
	case c.s.Keys.Action(keymap.List, k.String()) == keymap.ListSelect:
		return c.toggle()
	case c.s.Keys.Action(keymap.List, k.String()) == keymap.ListRange:
		return nil // several rows at once are never decided
	}
	c.list.Update(k)
	return c.moved()
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
		c.text.Update(k)
		return nil
	}
	if i >= len(list) {
		c.text.Update(k)
		return nil
	}
	c.at = list[max(0, i)].episode
	c.text.Top()
	return c.moved()
}

// refresh builds the list from the newest state; the cursor stays with the episodes it was on.
func (c *screen) refresh() tea.Cmd {
	id := c.list.FocusedID()
	c.build()
	switch acted := c.acted; {
	case c.want != "":
		c.seek()
	case id == "":
	case donewith(acted) && !c.inGroup(id, c.stood.Key):
		c.goOn(id)
	case c.find(id) != nil:
		c.list.Focus(id) // also where somebody else's decision folded it away: keys must not fall on another child
	default:
		c.list.Focus(c.heir())
	}
	c.acted = nil
	c.forget()
	if c.list.Empty = "Nothing here."; c.filter.Value() != "" {
		c.list.Empty = "Nothing matches the filter."
	}
	c.readFor = ""
	return c.moved()
}

// build arranges the rows for the list. The groups' titles are painted by it.
func (c *screen) build() {
	c.painted = c.s.Theme
	c.groups = groups(c.s.Theme, c.p.Clusters, c.order, matcher(c.filter.Value()))
	c.list.SetGroups(c.groups)
}

// forget drops the choices made about rows that are no more.
func (c *screen) forget() {
	for id := range c.out {
		if c.find(id) == nil {
			delete(c.out, id)
		}
	}
}

// moved asks for what stands around the row under the cursor, once the cursor rests.
func (c *screen) moved() tea.Cmd {
	r, ok := c.list.Focused()
	if !ok {
		c.inside, c.p.Child, c.readFor, c.around, c.follow = false, nil, "", nil, nil
		return nil
	}
	c.p.Child = r.Child
	c.follow = c.follow[:0]
	for _, m := range r.Members {
		c.follow = append(c.follow, m.Episode.ID)
	}
	for _, g := range c.groups {
		if g.Key == groupOf(r) {
			c.stood = g
		}
	}
	if list := c.entries(); len(list) > 0 && !belongs(r, c.at) {
		c.at = list[0].episode
		if len(r.Additions) > 0 { // what is to be decided is in sight
			c.at = r.Additions[0].Episode
		}
		c.text.Top()
	}
	switch c.readFor {
	case c.about(r):
		return nil
	case "":
		if c.around != nil && c.around.id == rowID(r) {
			return c.read() // the same row, afresh: nothing to wait for
		}
	}
	return c.settle.After(c.s.Delay, widgets.Settle)
}

// about names a row with the decision that is foreseen for it.
func (c *screen) about(r row) string {
	s := rowID(r)
	if next := c.next(r); next != nil {
		s += " " + desk.ActLine(next.act)
	}
	return s
}

// read reads in a command, and has it recorded that the child's record was opened (DOMAIN §12).
func (c *screen) read() tea.Cmd {
	r, ok := c.list.Focused()
	if !ok {
		return nil
	}
	c.readFor = c.about(r)
	c.p.Look(&c.news, rowID(r), records(r)...)
	p, opened, next := c.p, c.reached, c.next(r)
	return frame.Load(c.load, func(ctx context.Context) (*around, error) {
		a, err := readAround(ctx, p, r, next)
		if err == nil && opened {
			err = p.Opened(ctx, r.Child.ID)
		}
		return a, err
	})
}

func (c *screen) show(msg frame.Loaded[*around]) tea.Cmd {
	if msg.Err != nil {
		return c.s.Toast(widgets.Bad, "The detail could not be read: "+msg.Err.Error())
	}
	if c.around == nil || c.around.id != msg.Value.id {
		c.text.Top()
	}
	c.around = msg.Value
	if r, _, ok := c.focused(); c.toAdd == msg.Value.id && ok && rowID(r) == c.toAdd {
		c.toAdd = ""
		return c.add()
	}
	return nil
}

// focused is the row under the cursor with what was read around it.
func (c *screen) focused() (r row, around *around, ok bool) {
	r, ok = c.list.Focused()
	if ok && c.around != nil && c.around.id == rowID(r) {
		around = c.around
	}
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

// name is a child's name as this sitting shows it.
func (c *screen) name(child *domain.Child) string { return desk.Mask(c.s, child) }

// told is free text, which may name anybody.
func (c *screen) told(s string) string {
	if c.s.MaskNames && s != "" {
		return "…"
	}
	return s
}

// person is what a colleague is called.
func (c *screen) person(login string) string { return c.p.Settings().PersonName(login) }

// first is the first name of a colleague, for the list.
func (c *screen) first(login string) string {
	name, _, _ := strings.Cut(c.person(login), " ")
	return name
}

// status says how the list is filtered and sorted, where that is not as usual.
func (c *screen) status() string {
	var parts []string
	if c.order != byDue {
		parts = append(parts, "sorted by "+c.order.String())
	}
	if words := desk.UnknownFields(c.filter.Value(), filterFields()); len(words) > 0 {
		parts = append(parts, strings.Join(words, ", ")+": no such field; there are "+strings.Join(filterFields(), ", "))
	}
	if v := c.filter.Value(); v != "" && !c.filter.Typing() {
		parts = append(parts, fmt.Sprintf("%d match; %s clears the filter", c.list.Len(), c.s.Key("clusters.clear")))
	}
	return strings.Join(parts, "   ")
}
