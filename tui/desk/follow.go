package desk

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/frame"
)

// A session follows what others do. However many changes come at once (an import), it reads one time at once, the next time
// when that is done and not sooner than restFor afterwards.

// restFor is how long a session rests at least between two readings that others' changes ask for.
const restFor = 250 * time.Millisecond

// ChangedMsg says that somebody changed something: what was read before may be old. Events are all that were told since the
// last one; none at all mean that anything may have changed.
type ChangedMsg struct{ Events []view.Event }

// FreshMsg tells screens that Program.Queue and Program.Clusters are new, and what changed since the last one.
type FreshMsg struct{ Since Changes }

// Changes are what was told of since one looked last.
type Changes struct {
	Events []view.Event
	// All says that some were not told one by one: anything may have changed.
	All bool
}

// Touch says whether what is recorded of a child may have changed.
func (c Changes) Touch(child domain.ID) bool {
	return c.All || slices.ContainsFunc(c.Events, func(e view.Event) bool { return touches(e, child) })
}

// touches says whether an event may be about a child. One that names no child may be about any.
func touches(e view.Event, child domain.ID) bool {
	return e.Child == 0 || e.Child == child || slices.Contains(e.IDs, child)
}

func (c *Changes) add(more Changes) {
	c.Events = append(c.Events, more.Events...)
	c.All = c.All || more.All
}

func (c Changes) none() bool { return !c.All && len(c.Events) == 0 }

// follower is how far a session is behind what was told.
type follower struct {
	heard   Changes     // since the reading that is under way began
	reading Changes     // what that reading is to show
	must    bool        // screens are to be told even where nothing changed
	many    *view.Event // stands for others' changes that are found by comparing what is read
	busy    bool        // a reading is under way
	resting bool
	rests   uint64      // of several only the last counts
	again   bool        // read once more after that
	mine    []domain.ID // changes of this session, which reads by itself what it did
}

// mineKept bounds how many of its own changes a session remembers: their events are never further behind.
const mineKept = 512

// own remembers what this session did.
func (f *follower) own(answers []domain.Answer) {
	for _, a := range answers {
		if a.Change != 0 {
			f.mine = append(f.mine, a.Change)
		}
	}
	if n := len(f.mine) - mineKept; n > 0 {
		f.mine = f.mine[n:]
	}
}

// others are the changes that this session did not make itself.
func (f *follower) others(c Changes) Changes {
	c.Events = slices.DeleteFunc(slices.Clone(c.Events), func(e view.Event) bool { return slices.Contains(f.mine, e.Change) })
	return c
}

type restedMsg struct{ rest uint64 }

// Reload reads the queue and the clusters afresh, at once.
func (p *Program) Reload() tea.Cmd {
	f := &p.follow
	f.reading.add(f.heard)
	f.heard, f.busy, f.again = Changes{}, true, false
	return frame.Load(p.load, func(ctx context.Context) (*view.State, error) { return p.State(ctx) })
}

// changed takes what the feed told. What is only about who is here is read from memory; what this person did themselves is
// shown by the one who asked for it, and waits a little so that they come first.
func (p *Program) changed(s *frame.Session, events []view.Event) tea.Cmd {
	f, c := &p.follow, Changes{All: len(events) == 0}
	present := false
	for _, e := range events {
		switch e.Act {
		case view.EventPresence:
			present = true
		case view.EventResync:
			c.All = true
			if e.By != p.Actor().Login {
				p.follow.many = &e
			}
		default:
			if e.Only != nil && !slices.Contains(e.Only, p.Actor().Login) {
				e.Summary = ""
			}
			c.Events = append(c.Events, e)
		}
	}
	var cmds []tea.Cmd
	if present || c.All {
		p.lookRound(s)
	}
	if c = f.others(c); c.none() {
		return nil
	}
	cmds = append(cmds, p.told(s, c))
	f.heard.add(c)
	switch {
	case f.busy, f.resting:
		f.again = true
	case !c.All && !slices.ContainsFunc(c.Events, func(e view.Event) bool { return e.By != p.Actor().Login }):
		f.again = true
		cmds = append(cmds, p.rest(s))
	default:
		cmds = append(cmds, p.Reload())
	}
	return tea.Batch(cmds...)
}

func (p *Program) rest(s *frame.Session) tea.Cmd {
	p.follow.resting = true
	p.follow.rests++
	return s.Delay(restFor, restedMsg{p.follow.rests})
}

// rested reads once more where something was told meanwhile that this session has not seen.
func (p *Program) rested(msg restedMsg) tea.Cmd {
	f := &p.follow
	if msg.rest != f.rests {
		return nil
	}
	f.resting = false
	if !f.again || f.busy {
		return nil
	}
	f.again = false
	if f.heard = f.others(f.heard); f.heard.none() {
		return nil
	}
	return p.Reload()
}

// read takes what was read and tells the screens, unless it is what they have.
func (p *Program) read(s *frame.Session, msg frame.Loaded[*view.State]) tea.Cmd {
	f := &p.follow
	p.load.Done()
	f.busy = false
	was, since := p.live.state, f.others(f.reading)
	f.reading = Changes{}
	p.QueueErr = msg.Err
	cmds := []tea.Cmd{p.rest(s)}
	if st := msg.Value; msg.Err == nil {
		p.live.state = st
		p.Queue, p.ClustersErr, p.Questions = st.Queue, st.ClustersErr, st.Questions
		if st.ClustersErr == nil {
			p.Clusters = st.Clusters
		}
		p.placeOthers()
		p.pruneMarks()
		cmds = append(cmds, p.compare(was, st))
		if was != st {
			cmds = append(cmds, p.readClosedDrafts())
		}
		if was != nil && f.many != nil {
			p.markMany(s, was.Queue, st.Queue, *f.many)
			f.many = nil
		}
	}
	if f.must || msg.Err != nil || p.live.state != was || !since.none() {
		f.must = false
		cmds = append(cmds, func() tea.Msg { return FreshMsg{since} })
	}
	return tea.Batch(cmds...)
}
