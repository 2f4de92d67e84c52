package desk

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// live is what a session knows of the others: what they changed, what they are about to do.
type live struct {
	state   *view.State              // the one shown; nil before the first
	marks   map[domain.ID]view.Event // what others changed last, of what one has not looked at since
	present []view.Presence
	// clusters are those in which somebody is at work, by what they are at.
	clusters map[domain.ID]domain.ID
	forms    []*Subject
	bell     bellRope
}

// toldMost is how many changes of one moment are told one by one.
const toldMost = 2

// told tells of what others did to what one looks at: quietly, where it is the child in focus; in the form, where it is what
// that decides; of anything else by a mark on its row.
func (p *Program) told(s *frame.Session, c Changes) tea.Cmd {
	var cmds []tea.Cmd
	var here []string
	for _, e := range c.Events {
		if e.By == p.Actor().Login || e.By == "" {
			continue
		}
		line := p.saidBy(s, e)
		inForm := false
		for _, on := range p.live.forms {
			if on.concerned(e) {
				inForm = inForm || on.form != nil
				cmds = append(cmds, on.tell(line))
			}
		}
		if p.Child != nil && e.Child != 0 && touches(e, p.Child.ID) {
			if !inForm {
				here = append(here, line)
			}
			continue
		}
		for _, id := range e.IDs {
			p.live.marks[id] = e
		}
	}
	if n := len(here) - toldMost; n > 0 {
		here = append(here[n:], fmt.Sprintf("and %d changes more to this child before that", n))
	}
	for _, line := range here {
		s.Toast(widgets.Info, line)
	}
	return tea.Batch(cmds...)
}

// markMany marks the rows that many changes at once made or changed, by comparing two queues.
func (p *Program) markMany(s *frame.Session, was, is *view.Queue, e view.Event) {
	e.Summary = "changed among many at once"
	versions := map[domain.ID]uint64{}
	for r := range was.All() {
		versions[r.Referral.ID], versions[r.Episode.ID] = r.Referral.Version, r.Episode.Version
	}
	said := false
	for i := range is.Rows {
		r := &is.Rows[i]
		if versions[r.Referral.ID] == r.Referral.Version && versions[r.Episode.ID] == r.Episode.Version {
			continue
		}
		if p.Child != nil && p.Child.ID == r.Child.ID {
			if !said {
				s.Toast(widgets.Info, p.saidBy(s, e))
			}
			said = true
			continue
		}
		p.live.marks[r.Referral.ID] = e
	}
}

// saidBy says who did what, when; masked, what kind of thing it was.
func (p *Program) saidBy(s *frame.Session, e view.Event) string {
	return said(p.Settings(), e.By, domain.At(e.At), e.Act, e.Summary, s.MaskNames)
}

func said(set *domain.Settings, by string, at domain.Moment, act, summary string, masked bool) string {
	if masked || summary == "" {
		summary = domain.Words(strings.ReplaceAll(act, ".", " "))
	}
	who := "Somebody"
	if by != "" {
		who = set.PersonAt(by, at)
	}
	return who + ", " + at.Local().Format("15:04") + ": " + summary
}
