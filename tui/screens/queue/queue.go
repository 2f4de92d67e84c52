// Package queue is the duty desk's screen: who must be contacted, whose interview is due, who is missing now.
package queue

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
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

// stripLines is the height of the detail under a full-width list in a narrow window.
const stripLines = 6

// sideBySide is the width from which list and detail stand beside each other: below it the list would lose the next step
// and the flags.
const sideBySide = 112

// screen is the queue.
type screen struct {
	s        *frame.Session
	p        *desk.Program
	list     *widgets.List[row]
	filter   *widgets.Filter
	views    *desk.Views
	detail   *widgets.Viewport
	order    order
	layout   layout
	hidden   []string             // columns
	groups   []widgets.Group[row] // as the list shows them
	rows     []row                // all of them, in order
	sorted   *view.Queue
	sortedBy order
	masked   bool         // whether names were when the groups were built
	painted  *theme.Theme // by which they were built
	acted    bool         // a row was done with here since they were built

	unfolded map[domain.ID]bool // clusters whose line is open

	load    *frame.Loader
	settle  widgets.Debounce
	focus   detailData // of the row under the cursor, as far as it was read
	focusID string
	reached bool      // somebody moved: the first row at the start opened itself, nobody opened its record
	before  string    // the row under the cursor when the filter was opened
	news    desk.News // of the row under the cursor
}

// New makes the factory of the queue.
func New(p *desk.Program) frame.Factory {
	return func(s *frame.Session, id string) frame.Screen {
		q := &screen{s: s, p: p, unfolded: map[domain.ID]bool{}, filter: widgets.NewFilter(), load: s.Loader(), detail: widgets.NewViewport(s.Keys)}
		q.views = desk.NewViews(p, s, Name, q, alwaysShown(), mayHide())
		q.list = widgets.NewList(s.Keys, row.id)
		q.list.Header, q.list.Empty, q.list.Mark = true, "Nothing here.", q.marked
		if id != "" {
			q.list.Focus(id)
		}
		return q
	}
}

// Title of the page.
func (q *screen) Title() string { return "Queue" }

// Init shows what was read already.
func (q *screen) Init() tea.Cmd { return tea.Batch(q.views.Init(), q.refresh()) }

// Typing says that letters go to the filter.
func (q *screen) Typing() bool { return q.filter.Typing() }

// Update handles a message.
func (q *screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case desk.FreshMsg, frame.ResumeMsg:
		return q.refresh()
	case frame.Loaded[detailData]:
		if msg.For(q.load) {
			q.load.Done()
			q.show(msg)
		}
		return nil
	case comparedMsg:
		return q.decideSame(msg)
	case offeredMsg:
		return q.offer(msg)
	case desk.DoneMsg:
		q.focusID, q.reached = "", true // what was done may stand in the detail
		q.acted = donewith(msg.Acts)
		return nil
	}
	if cmd, ok := q.views.Update(msg); ok {
		return cmd
	}
	if q.settle.Is(msg) {
		return q.read()
	}
	if _, ok := msg.(tea.PasteMsg); ok && q.filter.Typing() {
		q.filter.Update(msg)
		return q.refresh()
	}
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	q.reached = true
	if q.filter.Typing() {
		if q.filter.Update(k) {
			return q.refresh()
		}
		return nil
	}
	if q.layout == detailOnly {
		if q.detail.Update(k) {
			return nil
		}
	}
	q.list.Update(k)
	return q.moved()
}

// refresh builds the list from the newest queue; cursor and selection hold ids and stay.
func (q *screen) refresh() tea.Cmd {
	if q.p.Queue == nil {
		return nil
	}
	at := q.list.FocusedID()
	var key string
	var after []string
	if q.acted {
		key, after = q.place(at)
	}
	q.build()
	if q.p.Want != "" && q.focusOn(q.p.Want) {
		q.p.Want = ""
		q.layout = split
	}
	if q.acted {
		if now, _ := q.place(at); key != "" && now != key {
			q.goOn(key, after)
		}
	}
	q.acted = false
	if q.filter.Value() != "" {
		q.list.Empty = "Nothing matches the filter."
	} else {
		q.list.Empty = "Nothing here."
	}
	q.focusID = ""
	return q.moved()
}

// build arranges the queue for the list. The groups' titles are painted by it.
func (q *screen) build() {
	q.painted, q.masked = q.s.Theme, q.s.MaskNames
	if q.sorted != q.p.Queue || q.sortedBy != q.order {
		q.rows, q.sorted, q.sortedBy = arrange(q.p.Queue, q.p.Clusters, q.order), q.p.Queue, q.order
	}
	q.groups = groups(q.s.Theme, shown(q.rows, matcher(q.filter.Value()), q.unfolded), q.called)
	q.list.SetGroups(q.groups)
}

// donewith says that acts finish with a row, so that the cursor goes on to the next of its pile; after a contact or a
// booking one stays with the child.
func donewith(acts []domain.Envelope) bool {
	for _, e := range acts {
		switch e.Act.(type) {
		case *domain.Accept, *domain.DecideNotRequired, *domain.Close, *domain.SignOff, *domain.FinishFollowUp:
			return true
		}
	}
	return false
}

// place finds the group a row stands in, and the rows to go on with when it leaves: those behind it, then those before.
func (q *screen) place(id string) (key string, after []string) {
	for _, g := range q.groups {
		for i, r := range g.Rows {
			if r.id() != id {
				continue
			}
			for _, n := range g.Rows[i+1:] {
				after = append(after, n.id())
			}
			for j := i - 1; j >= 0; j-- {
				after = append(after, g.Rows[j].id())
			}
			return g.Key, after
		}
	}
	return "", nil
}

// goOn keeps the cursor with the pile somebody is working through, when what they did moved the row to another.
func (q *screen) goOn(key string, after []string) {
	for _, id := range after {
		if now, _ := q.place(id); now == key {
			q.list.Focus(id)
			return
		}
	}
}

// moved asks for the detail of the row under the cursor, once the cursor rests.
func (q *screen) moved() tea.Cmd {
	r, ok := q.list.Focused()
	if !ok {
		q.p.Child, q.focusID, q.focus = nil, "", detailData{}
		return nil
	}
	q.p.Child = r.child()
	if r.id() == q.focusID {
		return nil
	}
	if q.focusID == "" && q.focus.id == r.id() {
		return q.read() // the same row, afresh: nothing to wait for
	}
	return q.settle.After(q.s.Delay, widgets.Settle)
}

// read reads the detail in a command, and has it recorded that the child's record was opened (DOMAIN §12).
func (q *screen) read() tea.Cmd {
	r, ok := q.list.Focused()
	if !ok {
		return nil
	}
	q.focusID = r.id()
	q.look(r)
	p, opened := q.p, q.reached
	return frame.Load(q.load, func(ctx context.Context) (detailData, error) {
		d, err := readDetail(ctx, p, r)
		if err == nil && opened {
			err = p.Opened(ctx, r.child().ID)
		}
		return d, err
	})
}

// show takes a detail that was read.
func (q *screen) show(msg frame.Loaded[detailData]) {
	if msg.Err != nil {
		q.s.Toast(widgets.Bad, "The detail could not be read: "+msg.Err.Error())
		return
	}
	if q.focus.id != msg.Value.id {
		q.detail.Top()
	}
	q.focus = msg.Value
}

// focused is the row under the cursor; false on a group's line or an empty list.
func (q *screen) focused() (row, bool) { return q.list.Focused() }

// name is a child's name as this sitting shows it.
func (q *screen) name(c *domain.Child) string { return desk.Mask(q.s, c) }

// nameRef is a child's name with the reference; a masked name has it already.
func (q *screen) nameRef(c *domain.Child) string {
	if q.s.MaskNames {
		return c.Masked()
	}
	return c.Name() + ", " + c.ShownRef()
}

// called is the name on the folded line of those who are missing.
func (q *screen) called(c *domain.Child) string {
	if q.s.MaskNames {
		return c.Masked()
	}
	return c.Called()
}

// person is the first name of a login, which is what a colleague is called.
func (q *screen) person(login string) string {
	first, _, _ := strings.Cut(q.p.Settings().PersonName(login), " ")
	return first
}

// View draws the page.
func (q *screen) View(w, h int) string {
	th := q.s.Theme
	switch {
	case q.p.QueueErr != nil:
		return widgets.Fit(notice(th, w, "The queue could not be read.", q.p.QueueErr.Error()), w, h)
	case q.p.Queue == nil:
		return widgets.Fit(notice(th, w, "Reading the queue…", ""), w, h)
	case q.nothing():
		return widgets.Fit(q.welcome(w), w, h)
	}
	if q.painted != th || q.masked != q.s.MaskNames {
		q.build() // another theme was chosen, the terminal said that its ground is light, or names were masked
	}
	top := desk.FilterLine(th, q.filter, filterFields(), w)
	if top != "" {
		h--
		top += "\n"
	}
	if status := q.status(); status != "" {
		h--
		return top + q.body(w, h) + "\n" + widgets.In(th.Info, status).Paint(th, w)
	}
	return top + q.body(w, h)
}

func (q *screen) body(w, h int) string {
	th, p := q.s.Theme, q.panes(w, h)
	list, detail := p.List, p.Detail
	switch {
	case list.H == 0:
		return widgets.Fit(q.detailView(w, h), w, h)
	case detail.H == 0:
		return q.listView(w, h)
	case detail.Y > 0:
		return q.listView(w, list.H) + "\n" + widgets.Rule(th, w, "") + "\n" + widgets.Fit(q.strip(w, detail.H), w, detail.H)
	}
	return widgets.Beside(th, h, q.listView(list.W, h), widgets.Fit(q.detailView(detail.W, h), detail.W, h))
}

// panes shares the page between list and detail.
func (q *screen) panes(w, h int) desk.Panes {
	switch mode := q.layout; {
	case mode == detailOnly:
		return desk.DetailAlone(w, h)
	case w < sideBySide && mode == split:
		return desk.Below(w, h, min(stripLines, h/3))
	case mode == listOnly || w < sideBySide:
		return desk.ListAlone(w, h)
	}
	return desk.Side(w, h, w*64/100, 2)
}

func (q *screen) listView(w, h int) string {
	shown := slices.DeleteFunc(columns(q.name, q.person, q.told, q.s.Now, q.unfolded, w >= 92), func(c widgets.Column[row]) bool {
		return slices.Contains(q.hidden, c.Title)
	})
	q.list.SetColumns(q.withOthers(shown)...)
	return widgets.Fit(q.list.View(q.s.Theme, w, h), w, h)
}

// status says what is selected and how the list is sorted, where that is not as usual.
func (q *screen) status() string {
	var parts []string
	if n, open := q.list.Ranging(); open {
		parts = append(parts, fmt.Sprintf("range: %d rows; %s ends it", n, q.s.Key(keymap.ListRange)))
	} else if n := len(q.list.Selected()); n > 0 {
		parts = append(parts, fmt.Sprintf("%d selected: accept, assign and sign off are for all of them; %s clears", n, q.s.Key("queue.clear")))
	}
	if q.order != byNextStep {
		parts = append(parts, "sorted by "+q.order.String())
	}
	if words := desk.UnknownFields(q.filter.Value(), filterFields()); len(words) > 0 {
		parts = append(parts, strings.Join(words, ", ")+": no such field; there are "+strings.Join(filterFields(), ", "))
	}
	if v := q.filter.Value(); v != "" && !q.filter.Typing() {
		parts = append(parts, fmt.Sprintf("%d match; %s clears the filter", q.list.Len(), q.s.Key("queue.clear")))
	}
	return strings.Join(parts, "   ")
}

// nothing says that there is not one thing on the desk.
func (q *screen) nothing() bool {
	v := q.p.Queue
	return len(v.Rows)+len(v.Missing)+len(v.Urgent)+len(v.NotUntil) == 0
}
