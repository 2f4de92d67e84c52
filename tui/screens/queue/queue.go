// Package queue is the duty desk's screen: who must be contacted, whose interview is due, who is missing now.
package queue

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/lists"
	"homeward/tui/widgets"
)

// page is the list page of the queue.
type page = desk.ListPage[row, detailData]

// screen is the queue.
type screen struct {
	*page
	s *frame.Session
	p *desk.Program

	rows     []row // all of them, in order
	sorted   *view.Queue
	sortedBy int
	unfolded map[domain.ID]bool // clusters whose line is open
}

// New makes the factory of the queue.
func New(p *desk.Program) frame.Factory {
	return func(s *frame.Session, id string) frame.Screen {
		q := &screen{s: s, p: p, unfolded: map[domain.ID]bool{}}
		q.page = desk.NewListPage(p, s, desk.ListConfig[row, detailData]{
			Name: Name, Title: "Queue",
			ID: row.id, Child: row.child, Records: row.records,
			Ready: func() bool { return p.Queue != nil }, Groups: q.groups, Empty: q.empty, Instead: q.instead,
			Placed: q.placed, DoneWith: domain.Finishes,
			Columns: q.columns, Always: lists.Queue().Always(), MayHide: lists.Queue().MayHide(),
			Read: func(r row) func(context.Context) (detailData, error) {
				return desk.Asks(p, func(rd domain.Reader) (detailData, error) { return readDetail(rd, r) })
			},
			Detail: q.detail, Strip: q.strip, Settled: true, Share: 64,
			Fields: filterFields(), Shows: columnsOf(), Orders: []string{"next step", "name", "received", "who"},
			Selected: "accept, assign, sign off, one call", One: "one child", None: "no row is focused",
			Copy: q.copyOut,
		})
		if id != "" {
			q.List.Focus(id)
		}
		return q
	}
}

// Update handles a message.
func (q *screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case comparedMsg:
		return q.decideSame(msg)
	case offeredMsg:
		return q.offer(msg)
	}
	return q.page.Update(msg)
}

// groups arranges the queue for the list: all rows once, of which a filter then leaves some out.
func (q *screen) groups() []widgets.Group[row] {
	if q.sorted != q.p.Queue || q.sortedBy != q.Order {
		q.rows, q.sorted, q.sortedBy = arrange(q.p.Queue, q.p.Clusters, q.Order), q.p.Queue, q.Order
	}
	return groups(q.s.Theme, shown(q.rows, q.matcher(), q.unfolded), q.called)
}

// placed goes to the row that somebody wants to see from elsewhere.
func (q *screen) placed(string, bool) {
	if q.p.Want != "" && q.Filter.Value() != "" && !q.focusOn(q.p.Want) {
		q.Filter.Set("") // it hides the row somebody wants
		q.Build()
		return
	}
	if q.p.Want != "" && q.focusOn(q.p.Want) {
		q.p.Want = ""
		if q.p.WantDo != "" {
			q.s.Do(q.p.WantDo)
			q.p.WantDo = ""
		}
		q.Layout = desk.Split
	}
}

func (q *screen) empty() string {
	if q.Filter.Value() != "" {
		return "Nothing matches the filter."
	}
	return "Nothing here."
}

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

// instead is what stands on the page where there is no list.
func (q *screen) instead(w int) string {
	th := q.s.Theme
	switch {
	case q.p.QueueErr != nil:
		return desk.Notice(th, w, "The queue could not be read.", q.p.QueueErr.Error())
	case q.p.Queue == nil:
		return desk.Notice(th, w, "Reading the queue…")
	case q.nothing():
		return q.welcome(w)
	}
	return ""
}

// nothing says that there is not one thing on the desk.
func (q *screen) nothing() bool {
	v := q.p.Queue
	return len(v.Rows)+len(v.Missing)+len(v.ToClose)+len(v.Urgent)+len(v.NotUntil) == 0
}
