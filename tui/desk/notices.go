package desk

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// What must not wait until somebody happens to look: a new referral at high risk, a child newly missing at high risk, an
// urgent note, a referral that goes to this person or away from them; of somebody else's making.

// bellEvery is the least time between two rings of the bell.
const bellEvery = 10 * time.Second

// bellRope is the terminal's bell, where a person wants it.
type bellRope struct {
	wanted bool
	rang   time.Time
}

// Bell has the terminal ring with notices.
func (p *Program) Bell(wanted bool) { p.live.bell.wanted = wanted }

// ring rings, unless it rang just now.
func (b *bellRope) ring(now time.Time) tea.Cmd {
	if !b.wanted || !b.rang.IsZero() && now.Sub(b.rang) < bellEvery {
		return nil
	}
	b.rang = now
	return tea.Raw("\a")
}

// alarm is one thing that is to be told at once.
type alarm struct {
	kind  alarmKind
	id    domain.ID
	child *domain.Child
	text  string
	by    string // who made it so; "" while that is not known
}

type alarmKind int

const (
	handedOn alarmKind = iota
	handedOver
	highRisk
	missingAtRisk
	urgentNote
)

// makersMsg are alarms with who made them so; more where there are more than were looked into.
type makersMsg struct {
	alarms []alarm
	more   bool
}

// alarmsMost is how many are looked into of one reading.
const alarmsMost = 200

// compare looks for what is new in a state, and asks in a command who made it so.
func (p *Program) compare(was, is *view.State) tea.Cmd {
	if was == nil || was == is {
		return nil
	}
	list := append(alarms(was.Queue, is.Queue), p.handOvers(was.Queue, is.Queue)...)
	if len(list) == 0 {
		return nil
	}
	more := len(list) > alarmsMost
	list = list[:min(len(list), alarmsMost)]
	since := was.Last
	return func() tea.Msg {
		out := make([]alarm, 0, len(list))
		err := p.Ask(p.Context(), func(r domain.Reader) error {
			for _, a := range list {
				if a.by == "" {
					changes, err := r.ChangesTo(a.child.ID)
					if err != nil {
						return err
					}
					a.by = madeBy(changes, a, since)
				}
				if a.kind == handedOn && (a.by != "" || a.child.Hidden) {
					if err := p.becameOf(r, &a); err != nil {
						return err
					}
				}
				if a.by != "" {
					out = append(out, a)
				}
			}
			return nil
		})
		if err != nil {
			return toldMsg{widgets.Bad, "Who made it could not be read: " + err.Error()}
		}
		return makersMsg{out, more}
	}
}

// alarms are what stands in a queue and did not in the one before.
func alarms(was, is *view.Queue) []alarm {
	rows, gone, urgent := map[domain.ID]bool{}, map[domain.ID]bool{}, map[domain.ID]bool{}
	for r := range was.All() {
		rows[r.Referral.ID] = true
	}
	for i := range was.Missing {
		if m := &was.Missing[i]; m.Risk == domain.RiskHigh {
			gone[m.Episode.ID] = true
		}
	}
	for i := range was.Urgent {
		urgent[was.Urgent[i].FollowUp.ID] = true
	}
	var out []alarm
	for i := range is.Urgent {
		if u := &is.Urgent[i]; !urgent[u.FollowUp.ID] {
			out = append(out, alarm{kind: urgentNote, id: u.FollowUp.ID, child: u.Child, text: u.FollowUp.Text, by: u.FollowUp.By})
		}
	}
	for i := range is.Missing {
		if m := &is.Missing[i]; m.Risk == domain.RiskHigh && !gone[m.Episode.ID] {
			out = append(out, alarm{kind: missingAtRisk, id: m.Episode.ID, child: m.Child})
		}
	}
	for i := range is.Rows {
		if r := &is.Rows[i]; !rows[r.Referral.ID] && slices.Contains(r.Flags, domain.FlagHighRisk) {
			out = append(out, alarm{kind: highRisk, id: r.Referral.ID, child: r.Child})
		}
	}
	return out
}

// handOvers are the referrals that were this person's and are not any more, and those that are theirs now.
func (p *Program) handOvers(was, is *view.Queue) []alarm {
	me := p.Actor().Login
	before, now := map[domain.ID]*view.QueueRow{}, map[domain.ID]bool{}
	for r := range was.All() {
		before[r.Referral.ID] = r
	}
	var out []alarm
	for r := range is.All() {
		now[r.Referral.ID] = true
		b := before[r.Referral.ID]
		had, has := b != nil && b.Referral.AssignedTo == me, r.Referral.AssignedTo == me
		switch {
		case had && (!has || r.Child.Hidden && !b.Child.Hidden):
			out = append(out, alarm{kind: handedOn, id: r.Referral.ID, child: r.Child})
		case has && !had:
			out = append(out, alarm{kind: handedOver, id: r.Referral.ID, child: r.Child})
		}
	}
	for r := range was.All() {
		if r.Referral.AssignedTo == me && !now[r.Referral.ID] {
			out = append(out, alarm{kind: handedOn, id: r.Referral.ID, child: r.Child})
		}
	}
	return out
}

// becameOf says what became of a referral that was this person's. One whose work is done is no loss.
func (p *Program) becameOf(r domain.Reader, a *alarm) error {
	ref, err := r.Referral(a.id)
	if err != nil {
		return err
	}
	if ref == nil { // it was taken back with what made it
		a.text = "it was taken back"
		return nil
	}
	c, err := r.Child(ref.Child)
	if err != nil {
		return err
	}
	if c != nil {
		a.child = c // as this person may see it now, and whose it is now
	}
	if a.by == "" { // the changes of a restricted child are not told, whose decision it was is
		if ref.AssignedTo == p.Actor().Login && a.child.Restricted != nil {
			a.by = a.child.Restricted.By
		} else if n := len(ref.Decisions); n > 0 {
			a.by = ref.Decisions[n-1].By
		}
	}
	switch {
	case ref.Stage == domain.StageDone:
		a.by = ""
	case ref.Stage.Ended():
		a.text = "it is closed as " + ref.Stage.Words()
	case ref.AssignedTo == p.Actor().Login:
		a.text = "it is restricted to others now"
	case ref.AssignedTo == "":
		a.text = "it is with nobody now"
	default:
		a.text = "it is with " + p.Settings().PersonName(ref.AssignedTo) + " now"
	}
	return nil
}

// madeBy is who made it so since a line of the log, "" where nobody did: a referral reopened is no new one.
func madeBy(changes []*domain.Change, a alarm, since domain.ID) string {
	for _, c := range slices.Backward(changes) {
		if c.ID <= since {
			return ""
		}
		for _, t := range c.Touched {
			switch {
			case t.ID != a.id && (a.kind != handedOn || t.ID != a.child.ID): // what restricts a child takes its referrals away too
			case a.kind == missingAtRisk, a.kind == handedOn, a.kind == handedOver, t.Before == nil:
				return c.By
			}
		}
	}
	return ""
}

// notices tells of alarms of others' making, those of a kind in one line where they are many.
func (p *Program) notices(s *frame.Session, msg makersMsg) tea.Cmd {
	byKind := map[alarmKind][]alarm{}
	for _, a := range msg.alarms {
		if a.by != p.Actor().Login {
			byKind[a.kind] = append(byKind[a.kind], a)
		}
	}
	if len(byKind) == 0 {
		return nil
	}
	for _, kind := range []alarmKind{handedOn, handedOver, highRisk, missingAtRisk, urgentNote} { // the most urgent stands lowest, and longest
		if list := byKind[kind]; len(list) > 0 {
			s.Notice(widgets.Warn, p.alarmLine(s, kind, list, msg.more))
		}
	}
	return p.live.bell.ring(s.Now())
}

// namedMost is how many children a notice names.
const namedMost = 3

func (p *Program) alarmLine(s *frame.Session, kind alarmKind, list []alarm, more bool) string {
	one, many := len(list) == 1 && !more, fmt.Sprint(len(list))
	if more {
		many = "At least " + many
	}
	var names []string
	for _, a := range list[:min(len(list), namedMost)] {
		names = append(names, Mask(s, a.child))
	}
	who := strings.Join(names, ", ")
	if n := len(list) - namedMost; n > 0 {
		who += fmt.Sprintf(" and %d more", n)
	}
	by := ", by " + p.Settings().PersonName(list[0].by)
	for _, a := range list {
		if a.by != list[0].by {
			by = ""
		}
	}
	switch {
	case kind == handedOn && one:
		return list[0].id.String() + ", " + who + ": " + list[0].text + by
	case kind == handedOn:
		return many + " of your referrals are not with you any more: " + who + by
	case kind == handedOver && one:
		return list[0].id.String() + ", " + who + ", is with you now" + by
	case kind == handedOver:
		return many + " referrals are with you now: " + who + by
	case kind == urgentNote && one:
		return "Urgent, " + who + by + ": " + Told(s, list[0].text)
	case kind == urgentNote:
		return many + " urgent notes: " + who + by
	case kind == missingAtRisk && one:
		return "Missing now at high risk: " + who + by
	case kind == missingAtRisk:
		return many + " children missing now at high risk: " + who + by
	case one:
		return "New referral at high risk: " + who + ", " + list[0].id.String() + by
	}
	return many + " new referrals at high risk: " + who + by
}
