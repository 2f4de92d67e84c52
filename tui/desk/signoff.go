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
	"homeward/tui/widgets"
)

// DecisionWords are the words of a decision that no interview is held, for who is to sign it off, in w columns.
func DecisionWords(s *frame.Session, ref *domain.Referral, w int) (out []widgets.Line) {
	th := s.Theme
	if n := ref.NotRequired; n != nil {
		again := ""
		if n.LookAgainOn != 0 {
			again = n.LookAgainOn.Start().In(domain.London()).Format("Mon 2 Jan")
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

// SignOff shows what was decided about referrals without an interview, word for word, and asks for the other person's yes or
// no. What they have not opened since is said; done is called where several were signed, and may be nil.
func (p *Program) SignOff(s *frame.Session, rows []*view.QueueRow, yes bool, done func()) tea.Cmd {
	th := s.Theme
	title, comment := "sign off", widgets.Field{ID: "comment", Label: "Comment", Hint: "may be left out"}
	if !yes {
		title, comment = "do not approve", widgets.Field{ID: "comment", Label: "What to do", Kind: widgets.NoteKind, Lines: 3, Required: true,
			Hint: "what is to be done instead"}
	}
	var children []*domain.Child
	var ids, called []string
	var words []widgets.Line
	for _, r := range rows {
		ref := r.Referral
		_, by := ref.Pending()
		at := ref.PendingSince()
		id := ref.ID.String()
		children, ids = append(children, r.Child), append(ids, id)
		called = append(called, id+" "+Mask(s, r.Child)+", "+PendingWords(ref))
		words = append(words, widgets.In(th.Group, called[len(called)-1]),
			widgets.Say("decided by "+p.Settings().PersonAt(by, at)+" "+When(at, s.Now())))
		words = append(words, DecisionWords(s, ref, formWords)...)
	}
	act := func(r *view.QueueRow, v widgets.Values) domain.Envelope {
		said := v["comment"]
		if said == "" && !yes {
			said = "…" // for the preview: a form never saves a required field left blank
		}
		return domain.Envelope{Act: &domain.SignOff{Referral: r.Referral.ID.String(), Approve: &yes, Comment: said}, Version: r.Referral.Version}
	}
	unread := func(ctx context.Context) []widgets.Line { return p.unread(ctx, s, rows) }
	key := fmt.Sprintf("referral.sign_off %v %s", yes, strings.Join(ids, " "))
	if len(rows) == 1 {
		return p.Decide(s, Decision{Key: key, Of: p.Of(s, children...), Title: title + " " + ids[0] + ", " + PendingWords(rows[0].Referral), Fields: []widgets.Field{comment},
			Below: words, Read: unread, Tall: 12 + len(words), Build: func(v widgets.Values) domain.Envelope { return act(rows[0], v) }})
	}
	return p.DecideEach(s, Several{Key: key, Of: p.Of(s, children...), Title: fmt.Sprintf("%s %d", title, len(rows)), Fields: []widgets.Field{comment},
		Called: called, Named: "referral", Below: words, Read: unread, Tall: 6 + 3*len(rows) + len(words), Done: done,
		Build: func(v widgets.Values) (out []domain.Envelope) {
			for _, r := range rows {
				out = append(out, act(r, v))
			}
			return out
		}})
}

// formWords is about how wide the words beside a form are.
const formWords = 38

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
