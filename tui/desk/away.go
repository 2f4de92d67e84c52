package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// Whoever comes back is told in one line what happened to their rows since they pressed a key last. Until they say that they
// have seen it, their day tells what others changed from that moment on.

// seenName is the preference that keeps when this person pressed a key last.
const seenName = "seen"

// seenEvery is how old what is kept of it may become while somebody types.
const seenEvery = 3 * time.Minute

// away is from when on a session tells what others changed.
type away struct {
	known bool // since was read, or set
	since domain.Moment
	kept  time.Time // the key press that was kept last
}

// seenMsg is when this person was here last; zero: never.
type seenMsg struct {
	at  domain.Moment
	err error
}

// awayMsg is what happened meanwhile.
type awayMsg struct {
	day *view.MyDay
	err error
}

// Since is from when on to tell this person what others changed; false while that is not read yet ([Program.SeenAt] does).
func (p *Program) Since() (domain.Moment, bool) { return p.away.since, p.away.known }

// SeenAt reads when this person was here last, for a command; zero where they never were.
func (p *Program) SeenAt(ctx context.Context) (domain.Moment, error) {
	kept, err := p.Preference(ctx, seenName)
	if err != nil {
		return 0, err
	}
	at, err := time.Parse(time.RFC3339, kept["at"])
	if err != nil {
		return 0, nil // never kept, or by something else
	}
	return domain.At(at), nil
}

// Seen says that this person has seen what others changed until a moment.
func (p *Program) Seen(until domain.Moment) tea.Cmd {
	p.away.known, p.away.since = true, until
	return p.keepSeen(until.Time())
}

// Returned says that this person comes back to a session in which no key was pressed since a time: it tells what happened
// meanwhile, and their day begins there. For whoever locks a screen that rests.
func (p *Program) Returned(s *frame.Session, since time.Time) tea.Cmd {
	p.away.known, p.away.since = true, domain.At(since)
	p.follow.must = true // their day is read anew
	return tea.Batch(p.readAway(p.away.since), p.Reload())
}

// readSeen reads when this person was here last.
func (p *Program) readSeen() tea.Cmd {
	return func() tea.Msg {
		at, err := p.SeenAt(p.Context())
		return seenMsg{at, err}
	}
}

func (p *Program) seen(s *frame.Session, msg seenMsg) tea.Cmd {
	switch {
	case msg.err != nil:
		return s.Toast(widgets.Bad, "When you were here last could not be read: "+msg.err.Error())
	case p.away.known:
		return nil
	}
	p.away.known, p.away.since = true, msg.at
	if msg.at == 0 {
		return nil
	}
	return p.readAway(msg.at)
}

func (p *Program) readAway(since domain.Moment) tea.Cmd {
	return func() tea.Msg {
		var m awayMsg
		m.err = p.Ask(p.Context(), func(r domain.Reader) (err error) { m.day, err = view.ReadMyDay(r, since); return err })
		return m
	}
}

// tellAway says in one line what happened; nothing where nothing did.
func (p *Program) tellAway(s *frame.Session, msg awayMsg) tea.Cmd {
	if msg.err != nil {
		return s.Toast(widgets.Bad, "What happened meanwhile could not be read: "+msg.err.Error())
	}
	d := msg.day
	var mine []string
	switch {
	case d.Changed == 1:
		mine = append(mine, "1 change on your rows")
	case d.Changed > 1:
		mine = append(mine, fmt.Sprintf("%d changes on your rows", d.Changed))
	}
	if d.NewHigh > 0 {
		mine = append(mine, fmt.Sprintf("%d new at high risk", d.NewHigh))
	}
	var text string
	switch {
	case mine == nil && d.NewOthers == 0:
		return nil
	case mine == nil:
		text = fmt.Sprintf("%d new", d.NewOthers)
	default:
		text = strings.Join(mine, ", ") + ": " + s.Keys.Hint("work.my_day") + " shows them."
		if d.NewOthers > 0 {
			text += fmt.Sprintf(" %d other new", d.NewOthers)
		}
	}
	return s.Notice(widgets.Info, "While you were away: "+text)
}

// keepSeenNowAndThen keeps when a key was pressed last, once that is some minutes newer than what is kept.
func (p *Program) keepSeenNowAndThen(s *frame.Session) tea.Cmd {
	if s.LastKey.IsZero() || s.LastKey.Sub(p.away.kept) < seenEvery {
		return nil
	}
	return p.keepSeen(s.LastKey)
}

func (p *Program) keepSeen(at time.Time) tea.Cmd {
	p.away.kept = at
	return func() tea.Msg {
		if err := p.putSeen(at); err != nil {
			return toldMsg{widgets.Bad, "That you were here could not be kept: " + err.Error()}
		}
		return nil
	}
}

// KeepSeenNow keeps when a key was pressed last, before the session is over.
func (p *Program) KeepSeenNow(s *frame.Session) {
	if !s.LastKey.IsZero() && s.LastKey.After(p.away.kept) {
		_ = p.putSeen(s.LastKey) // the last moment: nobody is left to be told
	}
}

func (p *Program) putSeen(at time.Time) error {
	return p.KeepPreference(p.Lasting(), seenName, map[string]string{"at": domain.At(at).RFC3339()})
}
