// Package desk is what every screen of the team's work shares: the desk itself, the newest state of the queue, taking
// decisions, drafts, and how children, clocks and times are put into words. It knows no screen.
package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// Program is one person's session at the desk. Its fields are read and written in Update and View only; what may wait
// runs in commands.
type Program struct {
	view.Desk
	Intake view.Intake

	// Queue is the newest state of the queue; nil until it was read. QueueErr says why it could not be.
	Queue    *view.Queue
	QueueErr error

	// Clusters are the suggestions and clusters as of the same moment; nil until they were read. ClustersErr says why they
	// could not be.
	Clusters    []view.ClusterRow
	ClustersErr error

	// Questions are what is asked of colleagues and not answered, as of the same moment.
	Questions []view.Question

	// Lines are the acts of this session as `homeward do` reads them, oldest first.
	Lines []string

	going string // the key of the draft that is gone on with, until a form opens

	// Child is the child in focus, for actions that work from anywhere; nil when there is none.
	Child *domain.Child

	// Want is a row to focus when the queue is shown next.
	Want string
	// WantDo is the action to do there, "" for none.
	WantDo string

	// Timeline goes to the timeline of a child, at one of their episodes, referrals or follow-ups where at is not zero;
	// TimelineOf to that of whoever goes by a reference. The root, which knows every screen, sets them.
	Timeline   func(child, at domain.ID) tea.Cmd
	TimelineOf func(ref string) tea.Cmd
	// Cluster goes to the cluster or suggestion that has a referral.
	Cluster func(referral domain.ID) tea.Cmd
	// Record goes to the record of a referral's interview.
	Record func(referral domain.ID) tea.Cmd
	// Move asks whose an episode is, that is not the child's it was thought to be.
	Move func(e *domain.Episode, of *domain.Child) tea.Cmd

	ctx    context.Context // of the session, from Init on; nothing is asked before
	last   []domain.ID     // the changes of the last key, which one undo takes back together
	undone []domain.ID     // the undos of the last key, which one redo takes back together

	written map[domain.ID]written // what was typed in the forms of this session, by the change it made
	drafts  map[string]map[string]string
	closed  map[string]bool                                      // of the drafts, by key: what it is about is restricted, and not to this person
	open    map[string]func(map[string]string) map[string]string // of the forms that are open: what goes with a draft
	load    *frame.Loader
	follow  follower
	live    live
	away    away
}

// New makes a session.
func New(d view.Desk, in view.Intake) *Program {
	return &Program{Desk: d, Intake: in, ctx: context.Background(), drafts: map[string]map[string]string{}, open: map[string]func(map[string]string) map[string]string{}, written: map[domain.ID]written{}, live: live{marks: map[domain.ID]view.Event{}}}
}

// Context is what a command asks the desk with. It ends with the session: nobody waits for the answer any more.
func (p *Program) Context() context.Context { return p.ctx }

// Lasting is what a command tells the desk with: what was decided, typed, chosen or opened. It outlives the session. What was
// handed over is kept, or refused by the desk, also when its person leaves meanwhile; given up while it waits for another's commit it would
// be lost, and nobody would be left to be told.
func (p *Program) Lasting() context.Context { return context.WithoutCancel(p.ctx) }

// DoneMsg is what came of acts.
type DoneMsg struct {
	Acts    []domain.Envelope
	Answers []domain.Answer
	Err     error
	// Quiet says that the screen itself shows what came of them: no toast but where something went wrong.
	Quiet bool
	// Whose are the children of the acts, in their order, where the asker knows them: one that is on no row is named all the same.
	Whose []*domain.Child
}

type draftsMsg struct {
	drafts map[string]map[string]string
	closed map[string]bool
	err    error
}

type closedDraftsMsg struct {
	closed map[string]bool
	err    error
}

// Init reads what the session begins with: the queue and the drafts lying unfinished.
func (p *Program) Init(s *frame.Session) tea.Cmd {
	p.ctx = s.Context()
	p.load = s.Loader()
	// What lies unfinished is known before there is a row to open a form on: the form would begin empty.
	return tea.Batch(tea.Sequence(p.readDrafts(), p.Reload()), p.readSeen())
}

// Update sees every message before the screens do.
func (p *Program) Update(s *frame.Session, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case frame.Loaded[*view.State]:
		if msg.For(p.load) {
			return p.read(s, msg)
		}
	case ChangedMsg:
		return p.changed(s, msg.Events)
	case restedMsg:
		return p.rested(msg)
	case frame.MinuteMsg:
		p.follow.must = true
		return tea.Batch(p.Reload(), p.keepSeenNowAndThen(s))
	case seenMsg:
		return p.seen(s, msg)
	case awayMsg:
		return p.tellAway(s, msg)
	case DoneMsg:
		words := p.done(s, msg)
		p.follow.own(msg.Answers)
		p.follow.must = true // screens wait for what they did
		return tea.Batch(words, p.Reload())
	case subjectMsg:
		p.subject(msg)
		if msg.own && msg.on.open && msg.on.form != nil {
			return msg.on.form.Init() // what it would do rests on one's own change now
		}
	case makersMsg:
		return p.notices(s, msg)
	case draftsMsg:
		if msg.err != nil {
			return s.Toast(widgets.Bad, "The drafts could not be read: "+msg.err.Error())
		}
		maps.Copy(p.drafts, msg.drafts)
		p.closed = msg.closed
	case closedDraftsMsg:
		if msg.err != nil {
			return s.Toast(widgets.Bad, "Whom the drafts are about could not be read: "+msg.err.Error())
		}
		p.closed = msg.closed
	case copiedMsg:
		return p.copied(s, msg)
	case toldMsg:
		return s.Toast(msg.kind, msg.text)
	}
	return nil
}

type toldMsg struct {
	kind widgets.ToastKind
	text string
}

// Take takes decisions, in order, and tells what came of them.
func (p *Program) Take(acts ...domain.Envelope) tea.Cmd {
	return func() tea.Msg {
		answers, err := p.Do(p.Lasting(), true, acts...)
		return DoneMsg{Acts: acts, Answers: answers, Err: err}
	}
}

// TakeEach takes decisions that do not depend on each other: one that is refused stops none of the others.
func (p *Program) TakeEach(acts ...domain.Envelope) tea.Cmd {
	return func() tea.Msg {
		answers, err := p.Do(p.Lasting(), false, acts...)
		return DoneMsg{Acts: acts, Answers: answers, Err: err}
	}
}

// Submit takes decisions from a form: a refusal stays beside its field, by the names the form gives the act's fields.
func (p *Program) Submit(ctx context.Context, fields map[string]string, acts ...domain.Envelope) (any, error) {
	answers, err := p.Do(ctx, true, acts...)
	for _, a := range answers {
		if a.Refused == nil {
			continue
		}
		return nil, beside(fields, a.Refused)
	}
	if err != nil {
		return nil, err
	}
	return DoneMsg{Acts: acts, Answers: answers}, nil
}

// beside puts a refusal beside its field, by the names the form gives the act's fields.
func beside(fields map[string]string, r *domain.Refusal) error {
	field := r.Field
	if f, ok := fields[field]; ok {
		field = f
	}
	return &widgets.FieldError{Field: field, Message: r.Message}
}

// done says in a toast what came of acts, and keeps their lines.
func (p *Program) done(s *frame.Session, msg DoneMsg) (words tea.Cmd) {
	said := 0
	var changes, undone []domain.ID
	kept := ""
	for i, a := range msg.Answers {
		if a.Refused != nil {
			s.Toast(widgets.Bad, "Not done: "+a.Refused.Message)
			continue
		}
		p.Lines = append(p.Lines, ActLine(msg.Acts[i]))
		for _, w := range a.Warnings {
			s.Toast(widgets.Warn, w)
		}
		if _, undo := msg.Acts[i].Act.(*domain.Undo); undo {
			undone = append(undone, a.Change)
		} else {
			changes = append(changes, a.Change)
		}
		more, cmd := p.turnWords(s, msg.Acts[i].Act)
		kept, words = cmp.Or(kept, more), tea.Batch(words, cmd)
		said++
	}
	if said > 0 {
		p.last, p.undone = changes, undone
	}
	if kept != "" {
		s.Toast(widgets.Info, kept) // a line of its own: the other may be long
	}
	if msg.Err != nil {
		s.Toast(widgets.Bad, msg.Err.Error())
	}
	switch {
	case said == 0, msg.Quiet:
	case len(msg.Answers) > 4:
		s.Toast(widgets.Good, fmt.Sprintf("%d of %d done", said, len(msg.Answers)))
	default:
		var all []string
		for i, a := range msg.Answers {
			if a.Refused == nil {
				whose := p.about(s, a.Child)
				if whose == "" && i < len(msg.Whose) && msg.Whose[i] != nil {
					whose = Mask(s, msg.Whose[i]) + ": "
				}
				all = append(all, whose+Done(s, a.Act, a.Summary))
			}
		}
		text := Sentence(strings.Join(all, "; "))
		if len(undone) > 0 {
			text += "   " + s.Key("work.redo") + " does it again"
		} else {
			text += "   " + s.Key("work.undo") + " undoes it"
		}
		s.Toast(widgets.Good, text)
	}
	return words
}

// about names the child before what was done, so that a mistaken row is noticed; "" when the child is on no row.
func (p *Program) about(s *frame.Session, ref string) string {
	if p.Queue == nil || ref == "" {
		return ""
	}
	for i := range p.Queue.Rows {
		if c := p.Queue.Rows[i].Child; c.ShownRef() == ref {
			return Mask(s, c) + ": "
		}
	}
	for _, rows := range [][]view.MissingRow{p.Queue.Missing, p.Queue.ToClose} {
		for i := range rows {
			if c := rows[i].Child; c.ShownRef() == ref {
				return Mask(s, c) + ": "
			}
		}
	}
	return ""
}

// ActLine is an act as `homeward do` reads it.
func ActLine(e domain.Envelope) string {
	b, err := json.Marshal(e.Act)
	if err != nil {
		return ""
	}
	lead := `{"act":"` + e.Act.Name() + `"`
	if len(b) > 2 {
		lead += ","
	}
	return lead + string(b[1:])
}

// Sentence begins with a capital letter.
func Sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// Mask is a child's name as this session shows it.
func Mask(s *frame.Session, c *domain.Child) string {
	if s.MaskNames {
		return c.Masked()
	}
	return c.Name()
}
