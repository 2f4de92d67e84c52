package tui

import (
	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/screens/followups"
	"homeward/tui/screens/record"
	"homeward/tui/screens/timeline"
	"homeward/tui/widgets"
)

// timeline goes to the timeline of a child, at one of their episodes, referrals or follow-ups where at is not zero.
func (r *root) timeline(child, at domain.ID) tea.Cmd { return r.s.Go(timeline.PlaceOf(child, at)) }

// record goes to the record of a referral's interview.
func (r *root) record(referral domain.ID) tea.Cmd { return r.s.Go(record.PlaceOf(referral)) }

// toFollowUp shows a follow-up.
func (r *root) toFollowUp(id string) tea.Cmd {
	return r.s.Go(frame.Place{Screen: followups.Name, ID: id})
}

// noAudit says why a person may not read the audit log, "" where they may.
func (r *root) noAudit() string {
	if domain.MayAudit(r.p.Actor()) != nil {
		return "it is for supervisors and auditors"
	}
	return ""
}

// unmasked says that something shows what was written as it stands.
func (r *root) unmasked() string {
	if r.s.MaskNames {
		return "names are masked: " + r.s.Keys.Hint("work.mask") + " shows them"
	}
	return ""
}

// lastTimeline is the timeline that was shown last, or the page that asks whose to show.
func (r *root) lastTimeline() frame.Place {
	if r.looked == 0 {
		return frame.Place{Screen: timeline.Name}
	}
	return timeline.PlaceOf(r.looked, 0)
}

// timelineOf goes to the timeline of whoever goes by a reference.
func (r *root) timelineOf(ref string) tea.Cmd { return r.timelineFor(ref, 0) }

func (r *root) timelineFor(ref string, at domain.ID) tea.Cmd {
	p := r.p
	return func() tea.Msg {
		var c *domain.Child
		err := p.Ask(p.Context(), func(rd domain.Reader) (err error) { c, err = domain.ChildNamed(rd, ref); return err })
		switch {
		case err != nil:
			return frame.Toasted(widgets.Bad, err.Error())()
		case c == nil:
			return frame.Toasted(widgets.Info, "Nobody here goes by "+ref+" yet.")()
		}
		return openMsg{func() tea.Cmd { return r.timeline(c.ID, at) }}
	}
}

// childMenu is a menu of things of children with a way to the timeline of the one under the cursor.
type childMenu struct {
	frame.Overlay
	timeline func() tea.Cmd
}

// Actions of the menu, and the timeline.
func (m *childMenu) Actions() []frame.Action {
	return append(m.Overlay.Actions(), frame.Action{ID: "work.timeline", Run: m.timeline})
}

// Click hands a click to the menu.
func (m *childMenu) Click(at widgets.Spot) (tea.Cmd, bool) {
	if p, ok := m.Overlay.(frame.Pointed); ok {
		return p.Click(at)
	}
	return nil, false
}

// Wheel hands the wheel to the menu.
func (m *childMenu) Wheel(at widgets.Spot, lines int) tea.Cmd {
	if p, ok := m.Overlay.(frame.Pointed); ok {
		return p.Wheel(at, lines)
	}
	return nil
}

// withTimeline gives a menu the way to the timeline; of says whose timeline a choice's result stands for, and where on it.
func (r *root) withTimeline(menu frame.Overlay, of func(result any) (child, at domain.ID)) frame.Overlay {
	return &childMenu{Overlay: menu, timeline: func() tea.Cmd {
		focused, ok := menu.(interface{ Focused() any })
		if !ok {
			return nil
		}
		if child, at := of(focused.Focused()); child != 0 {
			return r.timeline(child, at)
		}
		return nil
	}}
}
