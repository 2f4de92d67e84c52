package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/frame"
	"homeward/tui/plain"
	"homeward/tui/widgets"
)

// DecisionWords are the words of a decision that no interview is held, for who is to sign it off, in w columns.
func DecisionWords(s *frame.Session, ref *domain.Referral, w int) (out []widgets.Line) {
	th := s.Theme
	if n := ref.NotRequired; n != nil {
		again := ""
		if n.LookAgainOn != 0 {
			again = plain.Day(n.LookAgainOn, s.Now())
		}
		out = append(out, widgets.Say(Told(s, n.Text)))
		return append(out, Pairs(th, w, Pair("Look again", again), Pair("Safe with", Told(s, n.SafeWith)))...)
	}
	c := ref.Closing
	if c == nil {
		return nil
	}
	out = append(out, widgets.Say(Told(s, c.Text)))
	for _, step := range domain.ClosingSteps(c.As) {
		why, asked := c.Steps[step]
		words := domain.Words(step)
		if to := c.StepFor(step); to != "" {
			words += ", " + domain.Words(to)
		}
		switch {
		case asked && why == "":
			out = append(out, widgets.In(th.Met, th.Glyphs.Check+" "+words))
		case asked:
			out = append(out, widgets.In(th.Warning, th.Glyphs.Cross+" "+words+": "+Told(s, why)))
		}
	}
	return out
}

// PendingWords say what is to be signed off: "not required: hospital", "unable".
func PendingWords(ref *domain.Referral) string {
	as, _ := ref.Pending()
	if as == domain.StageNotRequired && ref.NotRequired != nil {
		return as.Words() + ": " + domain.Words(ref.NotRequired.Reason)
	}
	return as.Words()
}

// Signing is a decision, or a record, that waits for another person's word.
type Signing struct {
	Child *domain.Child
	ID    string         // of its referral
	What  string         // what it is: "not required: hospital"
	Words []widgets.Line // what was decided, word for word
	Act   func(yes bool, comment string) domain.Envelope
}

// SignOff shows what waits, word for word, and asks for the other person's yes or no. Read adds to the words what is read when
// the form opens, done is called where several were signed; both may be nil. Key is of the draft.
func (p *Program) SignOff(s *frame.Session, key string, list []Signing, yes bool, read func(context.Context) []widgets.Line, done func()) tea.Cmd {
	title, comment := "sign off", widgets.Field{ID: "comment", Label: "Comment", Hint: "may be left out"}
	if !yes {
		title, comment = "do not approve", widgets.Field{ID: "comment", Label: "What to do", Kind: widgets.NoteKind, Lines: 3, Required: true,
			Hint: "what is to be mended, or done instead"}
	}
	act := func(x Signing, v widgets.Values) domain.Envelope {
		if v["comment"] == "" && !yes {
			return x.Act(yes, "…") // for the preview: a form never saves a required field left blank
		}
		return x.Act(yes, v["comment"])
	}
	var children []*domain.Child
	var ids, called []string
	var words []widgets.Line
	for _, x := range list {
		children, ids = append(children, x.Child), append(ids, x.ID)
		called = append(called, x.ID+" "+Mask(s, x.Child)+", "+x.What)
		words = append(append(words, widgets.In(s.Theme.Group, called[len(called)-1])), x.Words...)
	}
	key += " " + strings.Join(ids, " ")
	if len(list) == 1 {
		x := list[0]
		return p.Decide(s, Decision{Key: key, Of: p.Of(s, children...), Title: title + " " + x.ID + ", " + x.What, Fields: []widgets.Field{comment},
			Below: x.Words, Read: read, Tall: 18, Build: func(v widgets.Values) domain.Envelope { return act(x, v) }})
	}
	return p.DecideEach(s, Several{Key: key, Of: p.Of(s, children...), Title: fmt.Sprintf("%s %d", title, len(list)), Fields: []widgets.Field{comment},
		Called: called, Named: "referral", Below: words, Read: read, Tall: 6 + 3*len(list) + len(words), Done: done,
		Build: func(v widgets.Values) (out []domain.Envelope) {
			for _, x := range list {
				out = append(out, act(x, v))
			}
			return out
		}})
}

// SignOffRows is [Program.SignOff] for decisions about referrals without an interview; what who signs has not opened since is said.
func (p *Program) SignOffRows(s *frame.Session, rows []*view.QueueRow, yes bool, done func()) tea.Cmd {
	var list []Signing
	for _, r := range rows {
		ref := r.Referral
		_, by := ref.Pending()
		at := ref.PendingSince()
		decided := widgets.Say("decided by " + p.Settings().PersonAt(by, at) + " " + When(at, s.Now()))
		list = append(list, Signing{Child: r.Child, ID: ref.ID.String(), What: PendingWords(ref), Words: append([]widgets.Line{decided}, DecisionWords(s, ref, FormWords)...),
			Act: func(yes bool, comment string) domain.Envelope { return SignReferral(ref, yes, comment) }})
	}
	unread := func(ctx context.Context) []widgets.Line { return p.unread(ctx, s, rows) }
	return p.SignOff(s, fmt.Sprintf("referral.sign_off %v", yes), list, yes, unread, done)
}

// SignReferral is the act of a yes or no to a decision about a referral, as it was seen.
func SignReferral(ref *domain.Referral, yes bool, comment string) domain.Envelope {
	return domain.Envelope{Act: &domain.SignOff{Referral: ref.ID.String(), Approve: &yes, Comment: comment}, Version: ref.Version}
}

// FormWords is about how wide the words beside a form are.
const FormWords = 38

// unread names those whose record who asks has not opened since the decision.
func (p *Program) unread(ctx context.Context, s *frame.Session, rows []*view.QueueRow) []widgets.Line {
	var names []string
	if err := p.Ask(ctx, func(r domain.Reader) error {
		for _, row := range rows {
			unread, err := view.Unread(r, row.Child.ID, row.Referral.PendingSince())
			if err != nil {
				return err
			}
			if name := Mask(s, row.Child); unread && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		return nil
	}); err != nil {
		return []widgets.Line{widgets.In(s.Theme.Error, err.Error())}
	}
	if names == nil {
		return nil
	}
	return []widgets.Line{widgets.In(s.Theme.Warning, "You have not opened since: "+strings.Join(names, ", "))}
}
