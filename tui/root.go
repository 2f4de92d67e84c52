package tui

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/safe"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/screens/audit"
	"homeward/tui/screens/clusters"
	"homeward/tui/screens/followups"
	"homeward/tui/screens/intake"
	"homeward/tui/screens/myday"
	"homeward/tui/screens/queue"
	"homeward/tui/screens/record"
	"homeward/tui/screens/review"
	"homeward/tui/screens/timeline"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// Options are what a session is told beside its desk.
type Options struct {
	Theme       string // "" or one of theme.Settings
	NoColour    bool
	ASCII       bool
	MaskNames   bool
	Bell        bool // ring with what must not wait
	Mouse       bool
	LockAfter   time.Duration // without a key; 0 never
	EndAfter    time.Duration
	Idle        func() (lockAfter, endAfter time.Duration) // both as they are now; nil where they do not change
	Keys        map[string][]string                        // overrides of the configuration
	WrongCode   func(tries int)                            // told of each wrong lock code; may be nil
	KeyMap      *keymap.Map                                // made of them already, for many sessions to share; nil where it is not
	Live        string                                     // "local", "demo": how the database was opened
	Plain       bool                                       // it is not encrypted, and the header says so
	Context     context.Context                            // ends the session, at the latest; nil never does
	Runtime     frame.Runtime
	AskGround   bool
	Suspend     *frame.Suspension // where the terminal is the program's own
	WatchEvents bool              // follow the feed; a test has none
}

// root is the only place that knows every screen.
type root struct {
	p      *desk.Program
	m      *frame.Model
	looked domain.ID // whose timeline was shown last
	s      *frame.Session
	watch  func() tea.Msg
	o      Options

	trouble string        // why nothing can be kept; "" while all is well
	alarm   domain.Moment // since when the team's command for what is not passed on fails; zero while it does not
	backups *view.Backups // nil until they were read, or where nobody is to be told
}

// Build makes the dashboard of one person.
func Build(d view.Desk, in view.Intake, o Options) (*frame.Model, error) {
	keys := o.KeyMap
	if keys == nil {
		var err error
		if keys, err = KeysWith(o.Keys); err != nil {
			return nil, err
		}
	}
	name := o.Theme
	switch name {
	case theme.Auto:
		name = ""
	case theme.NoColour:
		name, o.NoColour = "", true
	}
	th, err := theme.New(name, o.NoColour, o.ASCII)
	if err != nil {
		return nil, err
	}
	r := &root{p: desk.New(d, in), o: o}
	r.p.Timeline, r.p.TimelineOf, r.p.Cluster, r.p.Record, r.p.Move = r.timeline, r.timelineOf, r.cluster, r.record, r.moveEpisode
	start := frame.Place{Screen: queue.Name}
	switch d.Actor().Role {
	case domain.Practitioner:
		start = frame.Place{Screen: myday.Name} // whose day it is, not whose desk
	case domain.Auditor:
		start = frame.Place{Screen: audit.Name}
	default: // the queue is whose desk it is
	}
	tabs := []frame.Tab{
		{Place: frame.Place{Screen: queue.Name}},
		{Place: frame.Place{Screen: timeline.Name}, Goes: r.lastTimeline},
		{Place: frame.Place{Screen: clusters.Name}, Goes: func() frame.Place { return frame.Place{Screen: clusters.Name} }, Count: r.toDecide},
		{Place: frame.Place{Screen: followups.Name}, Goes: func() frame.Place { return frame.Place{Screen: followups.Name} }},
	}
	if domain.MayReview(d.Actor()) == nil {
		tabs = append(tabs, frame.Tab{Place: frame.Place{Screen: review.Name}})
	}
	m := frame.New(frame.Config{
		Context: o.Context, Start: start,
		Runtime: o.Runtime, Keys: keys, Theme: th, ThemeChosen: name != "" || o.NoColour, AskGround: o.AskGround, Suspend: o.Suspend,
		Who: safe.Line(d.Actor().Name), Role: safe.Line(string(d.Actor().Role)), Team: safe.Line(teamName(d.Settings())),
		MaskNames: o.MaskNames, Mouse: o.Mouse,
		Code: r.p.LockCode(), LockAfter: o.LockAfter, EndAfter: o.EndAfter, Idle: o.Idle, WrongCode: o.WrongCode,
		Screens: map[string]frame.Factory{
			queue.Name:  queue.New(r.p),
			intake.Name: intake.New(r.p),
			timeline.Name: timeline.New(r.p, timeline.Links{Row: r.row, Reopen: r.reopen, Find: r.find,
				Shown: func(c domain.ID) { r.looked = c }}),
			clusters.Name:  clusters.New(r.p, r.row),
			followups.Name: followups.New(r.p, followups.Links{Row: r.row, Add: r.followUp}),
			myday.Name:     myday.New(r.p, myday.Links{Row: r.row, FollowUp: r.toFollowUp, GoOn: r.unfinished}),
			audit.Name:     audit.New(r.p),
			review.Name:    review.New(r.p, review.Links{Row: r.row, FollowUp: r.toFollowUp}),
			record.Name:    record.New(r.p, record.Links{Row: r.row, Finish: r.finish, Urgent: r.urgentFor}),
		},
		Tabs:       tabs,
		Header:     r.counts,
		Live:       r.live,
		Left:       r.left,
		Global:     r.global,
		Init:       r.init,
		Update:     r.update,
		SaveDrafts: r.p.KeepNow,
		Unfinished: r.unfinishedLines,
	})
	r.m, r.s = m, m.Session()
	return m, nil
}

func teamName(s *domain.Settings) string {
	switch {
	case s.Team.Name != "":
		return s.Team.Name
	case s.Team.Authority != "":
		return s.Team.Authority
	}
	return "homeward"
}

func (r *root) init(s *frame.Session) tea.Cmd {
	r.s = s
	r.p.Bell(r.o.Bell)
	start := tea.Batch(r.p.Init(s), r.readLooks, r.readBackups(), r.readTrouble(), r.lockHint)
	r.p.Arrive()
	if !r.o.WatchEvents {
		return start
	}
	events, _ := r.p.Watch() // until the desk is left
	r.watch = func() tea.Msg {
		first, ok := <-events
		if !ok {
			return nil
		}
		return desk.ChangedMsg{Events: waiting(first, events)}
	}
	return tea.Batch(start, r.watch)
}

func (r *root) update(s *frame.Session, msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case openMsg:
		return m.open()
	case looksMsg:
		return r.look(m)
	}
	cmd := tea.Batch(r.p.Update(s, msg), r.care(msg))
	if _, ok := msg.(frame.UnlockedMsg); ok {
		cmd = tea.Batch(cmd, r.p.Returned(s, s.LastKey))
	}
	if _, ok := msg.(desk.ChangedMsg); ok && r.watch != nil {
		cmd = tea.Batch(cmd, r.watch)
	}
	return cmd
}

// counts of the header: what is new, overdue, urgent, missing.
func (r *root) counts() []frame.Count {
	th := r.s.Theme
	q := r.p.Queue
	if q == nil {
		return r.standing()
	}
	fresh, overdue := 0, 0
	for i := range q.Rows {
		row := &q.Rows[i]
		if row.Stage == domain.StageNew {
			fresh++
		}
		if row.Overdue {
			overdue++
		}
	}
	n := func(i int) string { return fmt.Sprint(i) }
	goes := func(screen string) func() tea.Cmd {
		return func() tea.Cmd { return r.s.Go(frame.Place{Screen: screen}) }
	}
	toQueue := goes(queue.Name)
	out := r.standing()
	if len(q.Urgent) > 0 {
		out = append(out, frame.Count{Long: "urgent", Short: "urgent", Value: n(len(q.Urgent)), Style: th.Urgent, Keep: true, Goes: toQueue})
	}
	if asked := r.p.ToAnswer(); len(asked) > 0 {
		out = append(out, frame.Count{Long: "to answer", Short: "to answer", Value: n(len(asked)), Style: th.Warning, Keep: true, Goes: func() tea.Cmd { return r.p.Answer(r.s) }})
	}
	out = append(out,
		frame.Count{Long: "overdue", Short: "overdue", Value: n(overdue), Style: th.Overdue, Keep: true, Goes: toQueue},
		frame.Count{Long: "new", Short: "new", Value: n(fresh), Style: th.Info, Goes: toQueue},
		frame.Count{Long: "missing now", Short: "missing", Value: n(len(q.Missing)), Style: th.Strong, Goes: toQueue},
	)
	if c, some := r.unfinishedCount(); some {
		out = append(out, c)
	}
	if c, due := r.backupDue(); due {
		out = append(out, c)
	}
	if q.FollowUps > 0 {
		c := frame.Count{Long: "follow-ups", Short: "follow-ups", Value: n(q.FollowUps), Style: th.Text, Goes: goes(followups.Name)}
		if q.FollowUpsOverdue > 0 {
			c.Long, c.Short, c.Value, c.Style = "follow-ups overdue", "follow-ups over", n(q.FollowUpsOverdue), th.Overdue
		}
		out = append(out, c)
	}
	if d := r.toDecide(); d != "" {
		what := "clusters?"
		if d == "1" {
			what = "cluster?"
		}
		out = append(out, frame.Count{Long: what, Short: what, Value: d, Style: th.Info, Goes: goes(clusters.Name)})
	}
	return out
}

// toDecide counts the suggestions and clusters that wait for somebody, "" when none does.
func (r *root) toDecide() string {
	if n := clusters.ToDecide(r.p.Clusters); n > 0 {
		return fmt.Sprint(n)
	}
	return ""
}

// global are the actions of every screen.
func (r *root) global() []frame.Action {
	s := r.s
	may := func(act string) func() string {
		return func() string {
			if _, ok := r.p.Actor().Role.May(act); !ok {
				return r.p.Actor().Role.A() + " may not"
			}
			return ""
		}
	}
	return []frame.Action{
		{ID: "work.find", Run: r.find},
		{ID: "work.new_referral", Run: r.newReferral, Disabled: may("referral.new")},
		{ID: "work.urgent", Run: r.urgent, Disabled: may("followup.add")},
		{ID: "work.my_day", Run: func() tea.Cmd { return s.Go(frame.Place{Screen: myday.Name}) }},
		{ID: "work.followup", Run: r.followUp, Disabled: may("followup.add")},
		{ID: "work.followups", Run: func() tea.Cmd { return s.Go(frame.Place{Screen: followups.Name}) }},
		{ID: "work.intake", Disabled: may("import.row"), Run: func() tea.Cmd { return s.Go(frame.Place{Screen: intake.Name}) }},
		{ID: "work.audit", Disabled: r.noAudit, Run: func() tea.Cmd { return s.Go(frame.Place{Screen: audit.Name}) }},
		{ID: "work.review", Run: func() tea.Cmd { return s.Go(frame.Place{Screen: review.Name}) },
			Disabled: func() string {
				if err := domain.MayReview(r.p.Actor()); err != nil {
					return err.Error()
				}
				return ""
			}},
		{ID: "work.answer", Disabled: may("referral.answer"), Run: func() tea.Cmd { return r.p.Answer(s) }},
		{ID: "work.drafts", Run: r.unfinished},
		{ID: "work.undo", Run: r.undo, Disabled: may("undo")},
		{ID: "work.redo", Run: r.redo, Disabled: may("redo")},
		{ID: "work.caseload", Run: func() tea.Cmd { return r.p.HandOverCaseload(s, "") }, Disabled: may("caseload.hand_over")},
		{ID: "work.reset_lock", Run: r.resetLock, Disabled: r.noReset},
		{ID: "work.history", Run: r.history},
		{ID: "work.here", Run: func() tea.Cmd { return r.p.WhoIsHere(s) }},
		{ID: "work.acts", Run: r.acts, Disabled: r.unmasked},
		{ID: "work.mask", Run: func() tea.Cmd {
			s.MaskNames = !s.MaskNames
			return func() tea.Msg { return desk.MaskedMsg{} }
		}},
		{ID: "work.theme", Run: r.nextTheme, Disabled: r.noTheme},
		{ID: "work.theme_menu", Run: r.chooseTheme, Disabled: r.noTheme},
	}
}

// openMsg opens something once what it shows was read.
type openMsg struct{ open func() tea.Cmd }

// acts shows what was done in this session as lines of `homeward do`.
func (r *root) acts() tea.Cmd {
	if len(r.p.Lines) == 0 {
		return r.s.Toast(widgets.Info, "Nothing was done in this session yet.")
	}
	var lines []widgets.Line
	for _, l := range r.p.Lines {
		lines = append(lines, widgets.Say(l))
	}
	return r.s.Open(frame.Reader(r.s, "This session as homeward do reads it", frame.Centre, lines...), nil)
}
