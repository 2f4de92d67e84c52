package clusters

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/widgets"
)

// Actions are what can be done with the focused row, the most important first.
func (c *screen) Actions() []frame.Action {
	act := func(id string, why func() string, run func() tea.Cmd) frame.Action {
		return frame.Action{ID: "clusters." + id, Disabled: why, Run: run}
	}
	out := []frame.Action{
		act("add", c.Why("cluster.add", c.noAddition), c.add),
		act("accept", c.Why("cluster.accept", c.noAccepting), c.accept),
		act("choose", c.Why("cluster.accept", c.noChoosing), c.toggle),
		act("dismiss", c.Why("cluster.dismiss", c.noDismissing), c.dismiss),
		act("leave_out", c.Why("cluster.leave_out", c.noLeaving), c.leaveOut),
		act("break_up", c.Why("cluster.break_up", func() string { return c.noChanging("cluster.break_up") }), c.breakUp),
		c.OpenAction(nil, c.open),
		act("timeline", c.OnAny, c.timeline),
		act("queue", c.noQueue, c.toQueue),
		c.FilterAction(),
	}
	return append(out, c.ListActions()...)
}

// suggestion is the focused row where it is one that can be answered.
func (c *screen) noSuggestion() string {
	r, ok := c.List.Focused()
	switch {
	case !ok:
		return "nothing is focused"
	case r.Cluster != nil:
		return r.Cluster.ID.String() + " is " + string(r.State) + " already"
	}
	return ""
}

func (c *screen) noAccepting() string {
	if why := c.noSuggestion(); why != "" {
		return why
	}
	r, _ := c.List.Focused()
	return c.tooFew(r)
}

// tooFew says that somebody took too many out.
func (c *screen) tooFew(r row) string {
	in, _ := choose(r, c.out[rowID(r)])
	if n, least := len(in), c.p.Settings().Policy.ClusterMin; n < least {
		return fmt.Sprintf("%d of %d are in, at least %d are needed for one interview (policy cluster_min)", n, len(r.Members), least)
	}
	return ""
}

func (c *screen) noChoosing() string {
	r, ok := c.List.Focused()
	if ok && r.Cluster != nil {
		return "it is accepted already: " + c.s.Key("clusters.leave_out") + " leaves one out"
	}
	if why := c.noSuggestion(); why != "" {
		return why
	}
	if e, ok := c.entry(); c.inside && (!ok || e.role != member && e.role != outside) {
		return "the child is still missing in it"
	}
	return ""
}

func (c *screen) noDismissing() string {
	r, ok := c.List.Focused()
	if ok && r.State == view.ClusterAccepted {
		return r.Cluster.ID.String() + " is accepted already: " + c.s.Key("clusters.break_up") + " breaks it up"
	}
	if why := c.noSuggestion(); why != "" {
		return why
	}
	if d := r.Dismissed; d != nil {
		return c.PersonAt(d.By, d.At) + " dismissed it already"
	}
	return ""
}

// noChanging says why who belongs to a cluster cannot be changed by an act.
func (c *screen) noChanging(act string) string {
	r, ok := c.List.Focused()
	switch {
	case !ok:
		return "nothing is focused"
	case r.Cluster == nil:
		return "it is only " + string(r.State) + ", not accepted"
	}
	of := []domain.Record{r.Child}
	for _, m := range r.Members {
		of = append(of, m.Episode)
	}
	return c.p.Why(act, r.Cluster, of...)
}

func (c *screen) noAddition() string {
	if why := c.noChanging("cluster.add"); why != "" {
		return why
	}
	r, _ := c.List.Focused()
	if len(r.Additions) == 0 {
		return "no new return would fit"
	}
	return ""
}

func (c *screen) noLeaving() string {
	if r, ok := c.List.Focused(); ok && r.Cluster == nil {
		return "it is only " + string(r.State) + ": step in, and " + c.s.Key(keymap.ListSelect) + " takes one out"
	}
	if why := c.noChanging("cluster.leave_out"); why != "" {
		return why
	}
	if e, ok := c.entry(); c.inside && (!ok || e.role != member) {
		return "it is no member"
	}
	return ""
}

func (c *screen) noQueue() string {
	e, ok := c.entry()
	switch {
	case !ok:
		return "nothing is focused"
	case e.part != nil && !e.part.Referral.Stage.Open():
		return e.referral.String() + " is " + e.part.Referral.Stage.Words() + ": it has left the queue"
	}
	return ""
}

// timeline shows the child's, at the episode under the cursor.
func (c *screen) timeline() tea.Cmd {
	r, _ := c.List.Focused()
	if e, ok := c.entry(); c.inside && ok {
		return c.p.Timeline(r.Child.ID, e.episode)
	}
	return c.p.Timeline(r.Child.ID, 0)
}

// toQueue shows the row of the episode under the cursor: the referral, or the episode of a child who is missing.
func (c *screen) toQueue() tea.Cmd {
	e, _ := c.entry()
	if e.referral.IsZero() {
		return c.toRow(e.episode.String())
	}
	return c.toRow(e.referral.String())
}

// open steps into the episodes, opens a group's line, and from an episode goes to its row of the queue.
func (c *screen) open() tea.Cmd {
	if _, header := c.List.FocusedGroup(); header {
		c.List.ToggleFold()
		return c.Moved()
	}
	if _, ok := c.List.Focused(); !ok {
		return nil
	}
	if c.inside {
		if why := c.noQueue(); why != "" {
			return c.s.Toast(widgets.Warn, "In the queue: "+why)
		}
		return c.toQueue()
	}
	c.inside = true
	return c.Reach()
}

// stepOut leaves the episodes, and the list alone.
func (c *screen) stepOut() bool {
	switch {
	case c.inside:
		c.inside = false
		c.Text.Top()
	case c.Layout == desk.ListOnly:
		c.Layout = desk.Split
	default:
		return false
	}
	return true
}

// next is the decision whose effect is told before anybody asks: accepting what is chosen, or adding the new return.
func (c *screen) next(r row) *decision {
	if r.Cluster == nil {
		if c.tooFew(r) != "" {
			return nil
		}
		return accept(r, c.out[rowID(r)])
	}
	if p := c.added(r); p != nil && r.State == view.ClusterAccepted {
		return add(r, p)
	}
	return nil
}

// added is the new return that would be added: the one under the cursor, else the first.
func (c *screen) added(r row) *view.ClusterPart {
	focused, around, ok := c.focused()
	if !ok || around == nil || rowID(focused) != rowID(r) || len(r.Additions) == 0 {
		return nil
	}
	for _, k := range r.Additions {
		if k.Episode == c.at {
			return around.part(k.Episode)
		}
	}
	return around.part(r.Additions[0].Episode)
}

// toggle takes the episode under the cursor out, or in again. From the list it steps in first: what is taken out has to
// be seen.
func (c *screen) toggle() tea.Cmd {
	if why := c.Why("cluster.accept", c.noChoosing)(); why != "" {
		return c.s.Toast(widgets.Warn, "In or out: "+why)
	}
	if !c.inside {
		return c.open()
	}
	r, _ := c.List.Focused()
	list := c.entries()
	e, id := list[c.cursor(list)], rowID(r)
	if c.out[id] == nil {
		c.out[id] = map[domain.ID]bool{}
	}
	if e.role == outside {
		delete(c.out[id], e.episode)
	} else {
		c.out[id][e.episode] = true
	}
	return c.Moved()
}

// accept takes at once where no reason is asked for.
func (c *screen) accept() tea.Cmd {
	r, _ := c.List.Focused()
	return c.decide(accept(r, c.out[rowID(r)]))
}

func (c *screen) dismiss() tea.Cmd {
	r, _ := c.List.Focused()
	return c.decide(dismiss(r))
}

func (c *screen) breakUp() tea.Cmd {
	r, _ := c.List.Focused()
	return c.decide(breakUp(r))
}

// add takes the new return under the cursor, the only one, or asks which.
func (c *screen) add() tea.Cmd {
	r, around, _ := c.focused()
	var choices []widgets.Choice
	var parts []*view.ClusterPart
	for _, k := range r.Additions {
		p := around.part(k.Episode)
		if p == nil {
			continue
		}
		if d := add(r, p); c.meant(d, k.Episode) {
			return c.decide(d)
		}
		parts = append(parts, p)
		choices = append(choices, c.choice(p, len(parts)))
	}
	switch len(parts) {
	case 0:
		c.toAdd = rowID(r) // a key faster than the reading
		return c.ReadFocused()
	case 1:
		return c.decide(add(r, parts[0]))
	}
	return c.pick("add which new return to "+r.Cluster.ID.String()+"?", choices, parts, func(p *view.ClusterPart) tea.Cmd { return c.decide(add(r, p)) })
}

// leaveOut takes the member under the cursor, or asks which.
func (c *screen) leaveOut() tea.Cmd {
	r, _ := c.List.Focused()
	var choices []widgets.Choice
	var parts []*view.ClusterPart
	for i := range r.Members {
		p := &r.Members[i]
		if d := leaveOut(r, p); c.meant(d, p.Episode.ID) {
			return c.decide(d)
		}
		parts = append(parts, p)
		choices = append(choices, c.choice(p, len(parts)))
	}
	return c.pick("leave which one out of "+r.Cluster.ID.String()+"?", choices, parts, func(p *view.ClusterPart) tea.Cmd { return c.decide(leaveOut(r, p)) })
}

// meant says that a decision about one episode is meant: that under the cursor, or that of the draft that is gone on with.
func (c *screen) meant(d *decision, episode domain.ID) bool {
	return c.inside && episode == c.at || c.going == d.draft()
}

func (c *screen) choice(p *view.ClusterPart, n int) widgets.Choice {
	key := ""
	if n < 10 {
		key = fmt.Sprint(n)
	}
	var e entry
	e.about(p.Episode)
	return widgets.Choice{Key: key, Title: p.Episode.ShownRef() + ", gone " + desk.When(p.Episode.MissingAt, c.s.Now()) + ", back " + desk.When(p.Episode.ReturnedAt, c.s.Now()), Hint: e.riskLine(), Result: n}
}

func (c *screen) pick(title string, choices []widgets.Choice, parts []*view.ClusterPart, then func(*view.ClusterPart) tea.Cmd) tea.Cmd {
	r, _ := c.List.Focused()
	return c.s.Open(desk.Menu(c.s, c.p.Of(c.s, r.Child), title, choices), func(result any) tea.Cmd {
		if n, ok := result.(int); ok {
			return then(parts[n-1])
		}
		return nil
	})
}

// decide takes a decision: at once, or once its reason is written in sight of what it would do.
func (c *screen) decide(d *decision) tea.Cmd {
	going := c.going
	c.going = ""
	switch {
	case d.asks == nil && going != "":
		return c.s.Toast(widgets.Warn, "No reason is asked for any more: what was typed is kept, and "+c.s.Key("work.drafts")+" throws it away")
	case d.asks == nil:
		return c.p.Take(d.act)
	}
	var intro []widgets.Line
	if d.kind == accepting || d.kind == adding {
		intro = append(intro, widgets.In(c.s.Theme.Warning, c.s.Theme.Glyphs.Warn+" Asks for a reason: "+strings.Join(d.asks, "; ")))
	}
	th, now := c.s.Theme, c.s.Now()
	on := c.p.On(c.s, d.act)
	return c.p.OpenFormOn(c.s, c.p.Of(c.s, d.row.Child), on, d.draft(), widgets.FormConfig{
		Title: d.title(), Intro: intro, PreviewTitle: "What it will do", Tall: 17,
		Fields: []widgets.Field{{ID: "reason", Label: "Why", Kind: widgets.NoteKind, Lines: 5, Required: true}},
		Preview: func(ctx context.Context, v widgets.Values) []widgets.Line {
			seen, err := c.p.Preview(ctx, on.Rest(d.because(v["reason"])))
			if err != nil {
				return []widgets.Line{widgets.In(th.Error, err.Error())}
			}
			return append([]widgets.Line{widgets.Say(domain.WillDo(d.act.Act) + ".")}, d.effect(th, seen, now, c.Person, c.Told, true)...)
		},
		Submit: func(ctx context.Context, v widgets.Values) (any, error) {
			return on.Submit(ctx, nil, d.because(v["reason"]))
		},
	}, nil)
}
