package queue

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// sameChild shows the focused child beside one who is alike, to settle whether they are one (DOMAIN §2).
func (q *screen) sameChild() tea.Cmd {
	r, _ := q.focused()
	alike := q.focus.focus.Alike
	if len(alike) == 1 {
		return q.compare(r.child(), alike[0])
	}
	used := map[string]bool{}
	var choices []widgets.Choice
	for i, a := range alike {
		choices = append(choices, widgets.Choice{Key: ownLetter(a.Child.Name(), used), Title: q.nameRef(a.Child), Hint: a.Why, Result: i})
	}
	return q.s.Open(frame.Menu(q.s, "Who may be "+q.name(r.child())+"?", choices), func(result any) tea.Cmd {
		if i, ok := result.(int); ok {
			return q.compare(r.child(), alike[i])
		}
		return nil
	})
}

// comparedMsg is two children read for comparison.
type comparedMsg struct {
	child *domain.Child
	alike domain.AlikeChild
	lines []domain.Compared
	err   error
}

func (q *screen) compare(c *domain.Child, a domain.AlikeChild) tea.Cmd {
	p := q.p
	return func() tea.Msg {
		m := comparedMsg{child: c, alike: a}
		m.err = p.Ask(context.Background(), func(r domain.Reader) (err error) {
			m.lines, err = domain.CompareChildren(r, c, a.Child)
			return err
		})
		return m
	}
}

// decideSame asks what the two are, with what is known of both above.
func (q *screen) decideSame(m comparedMsg) tea.Cmd {
	if m.err != nil {
		return q.s.Toast(widgets.Bad, m.err.Error())
	}
	one, other := m.child.ShownRef(), m.alike.Child.ShownRef()
	may := func(act string) string {
		if _, ok := q.p.Actor().Role.May(act); !ok {
			return q.p.Actor().Role.A() + " may not"
		}
		return ""
	}
	intro := []widgets.Line{widgets.In(q.s.Theme.Flag, desk.Sentence(m.alike.Why)+".")}
	intro = append(intro, beside(q.s.Theme, m.lines, q.s.MaskNames)...)
	choices := []widgets.Choice{
		{Key: "1", Title: "One child: keep " + one, Hint: other + " leads there from now on", Why: may("child.join"), Result: "one"},
		{Key: "2", Title: "One child: keep " + other, Hint: one + " leads there from now on", Why: may("child.join"), Result: "other"},
		{Key: "d", Title: "Two different children", Why: may("child.different"), Result: "different"},
	}
	return q.s.Open(frame.Menu(q.s, one+" and "+other, choices, intro...), func(result any) tea.Cmd {
		switch result {
		case "one":
			return q.joinTo(one, other)
		case "other":
			return q.joinTo(other, one)
		case "different":
			return q.reason("child.different "+one+" "+other, one+" and "+other+" are different children", "How it is known", "", func(why string) domain.Envelope {
				return domain.Envelope{Act: &domain.Different{Keep: one, Other: other, Reason: why}}
			})
		}
		return nil
	})
}

func (q *screen) joinTo(keep, other string) tea.Cmd {
	return q.reason("child.join "+keep+" "+other, other+" is "+keep, "How it is known",
		"all that was recorded of "+other+" goes to "+keep+"; u takes it back while nothing rests on it", func(why string) domain.Envelope {
			return domain.Envelope{Act: &domain.Join{Keep: keep, Other: other, Reason: why}}
		})
}

// sideWidth is how wide each of the two stands in a comparison: both and the label fit 80 columns.
const sideWidth = 27

// beside draws a comparison; what both say alike is quiet, what differs is not.
func beside(th *theme.Theme, lines []domain.Compared, masked bool) []widgets.Line {
	var out []widgets.Line
	for _, l := range lines {
		left, right := l.Left, l.Right
		if masked && l.What != "reference" && l.What != "episodes" {
			left, right = "…", "…"
		}
		sign, style := "  ", th.Strong
		if l.Same() {
			sign, style = "= ", th.Muted
		}
		out = append(out, widgets.Join(widgets.In(th.Label, cell(th, l.What, 14)), widgets.In(th.Muted, sign),
			widgets.In(style, cell(th, left, sideWidth)+" "+widgets.Cut(right, sideWidth, th.Glyphs.Ellipsis))))
	}
	return out
}

// cell is a text exactly w wide.
func cell(th *theme.Theme, s string, w int) string {
	s = widgets.Cut(s, w, th.Glyphs.Ellipsis)
	return s + fmt.Sprintf("%*s", max(0, w-widgets.Width(s)), "")
}

// duplicate says that the focused episode is the same as another of the child.
func (q *screen) duplicate() tea.Cmd {
	r, _ := q.focused()
	e := r.episode()
	f := q.focus.focus
	var choices []widgets.Choice
	for i := len(f.Episodes) - 1; i >= 0; i-- {
		s := f.Episodes[i]
		if s.ID == e.ID || s.Duplicate {
			continue
		}
		end := "still missing"
		if !s.End.IsZero() {
			end = "to " + desk.When(s.End, q.s.Now())
		}
		hint := ""
		if s.Start.Unix() < e.ReturnedAt.Unix() && (s.End.IsZero() || e.MissingAt.Unix() < s.End.Unix()) {
			hint = "overlaps"
		}
		choices = append(choices, widgets.Choice{Title: s.ID.String() + "  " + desk.When(s.Start, q.s.Now()) + " " + end, Hint: hint, Result: s.ID.String()})
	}
	return q.s.Open(frame.Menu(q.s, e.ShownRef()+" is the same episode as", choices), func(result any) tea.Cmd {
		of, ok := result.(string)
		if !ok {
			return nil
		}
		id := e.ID.String()
		return q.reason("episode.duplicate "+id, id+" is a duplicate of "+of, "How it is known",
			"it leaves every count and stays listed; its own referral is withdrawn", func(why string) domain.Envelope {
				return domain.Envelope{Act: &domain.Duplicate{Episode: id, Of: of, Reason: why}}
			})
	})
}

// another says why the focused episode cannot be a duplicate.
func (q *screen) another() string {
	if why := q.onReferral(); why != "" {
		return why
	}
	r, _ := q.focused()
	switch f := q.focus.focus; {
	case f == nil || f.Row.Referral.ID != r.ref.Referral.ID:
		return "it is still being read"
	case len(f.Episodes) < 2:
		return "the child has no other episode"
	}
	return ""
}
