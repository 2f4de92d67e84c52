package queue

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// sameChild shows the focused child beside one who is alike, to settle whether they are one (DOMAIN §2).
func (q *screen) sameChild() tea.Cmd {
	r, _ := q.List.Focused()
	alike := q.focus().Alike
	if len(alike) == 1 {
		return q.compare(r.child(), alike[0])
	}
	used := map[string]bool{}
	var choices []widgets.Choice
	for i, a := range alike {
		choices = append(choices, widgets.Choice{Key: ownLetter(a.Child.Name(), used), Title: q.nameRef(a.Child), Hint: a.Why, Result: i})
	}
	return q.s.Open(desk.Menu(q.s, q.about(), "who may be the same child?", choices), func(result any) tea.Cmd {
		if i, ok := result.(int); ok {
			return q.compare(r.child(), alike[i])
		}
		return nil
	})
}

// comparedMsg is two children read for comparison.
type comparedMsg struct {
	child *domain.Child
	alike view.AlikeChild
	lines []view.Compared
	err   error
}

func (q *screen) compare(c *domain.Child, a view.AlikeChild) tea.Cmd {
	p := q.p
	return func() tea.Msg {
		m := comparedMsg{child: c, alike: a}
		m.err = p.Ask(p.Context(), func(r domain.Reader) (err error) {
			m.lines, err = view.CompareChildren(r, c, a.Child)
			return err
		})
		for _, one := range []*domain.Child{c, a.Child} { // both records are before whoever compares them (DOMAIN §12)
			if m.err == nil {
				m.err = p.Opened(p.Context(), one.ID)
			}
		}
		return m
	}
}

// decideSame asks what the two are, with what is known of both above.
func (q *screen) decideSame(m comparedMsg) tea.Cmd {
	if m.err != nil {
		return q.s.Toast(widgets.Bad, m.err.Error())
	}
	one, other := m.child.ShownRef(), m.alike.Child.ShownRef()
	intro := []widgets.Line{widgets.In(q.s.Theme.Flag, desk.Sentence(m.alike.Why)+".")}
	intro = append(intro, beside(q.s.Theme, m.lines, q.s.MaskNames)...)
	choices := []widgets.Choice{
		{Key: "1", Title: "One child: keep " + one, Hint: other + " leads there from now on", Why: q.p.Why("child.join", m.child), Result: "one"},
		{Key: "2", Title: "One child: keep " + other, Hint: one + " leads there from now on", Why: q.p.Why("child.join", m.child), Result: "other"},
		{Key: "d", Title: "Two different children", Why: q.p.Why("child.different", m.child), Result: "different"},
	}
	return q.s.OpenLate(desk.Menu(q.s, q.p.Of(q.s, m.child, m.alike.Child), one+" and "+other, choices, intro...), func(result any) tea.Cmd {
		switch result {
		case "one":
			return q.p.JoinTo(q.s, q.about(), one, other)
		case "other":
			return q.p.JoinTo(q.s, q.about(), other, one)
		case "different":
			return q.p.DifferentFrom(q.s, q.about(), one, other)
		}
		return nil
	})
}

// sideWidth is how wide each of the two stands in a comparison: both and the label fit 80 columns.
const sideWidth = 27

// beside draws a comparison; what both say alike is quiet, what differs is not.
func beside(th *theme.Theme, lines []view.Compared, masked bool) []widgets.Line {
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

// near is how far from an episode another may lie to be offered as the same one.
const near = 3 * 24 * time.Hour

// offeredMsg are the episodes that may be the same as one.
type offeredMsg struct {
	of   *domain.Episode
	list []*domain.Episode
	err  error
}

// duplicate looks for the child's episodes that may be the same as the focused one.
func (q *screen) duplicate() tea.Cmd {
	r, _ := q.List.Focused()
	p, e := q.p, r.episode()
	return func() tea.Msg {
		m := offeredMsg{of: e}
		m.err = p.Ask(p.Context(), func(rd domain.Reader) error {
			all, err := rd.EpisodesOf(e.Child)
			for _, o := range all {
				if o.ID != e.ID && o.DuplicateOf == 0 && apart(e, o) < near {
					m.list = append(m.list, o)
				}
			}
			return err
		})
		slices.SortStableFunc(m.list, func(a, b *domain.Episode) int { return cmp.Compare(apart(e, a), apart(e, b)) })
		return m
	}
}

// apart is the time between two episodes, 0 where they overlap; what goes on still has no end.
func apart(a, b *domain.Episode) time.Duration {
	if b.MissingAt.Unix() < a.MissingAt.Unix() {
		a, b = b, a
	}
	if a.ReturnedAt.IsZero() {
		return 0
	}
	return max(0, time.Duration(b.MissingAt.Unix()-a.ReturnedAt.Unix())*time.Second)
}

// offer asks which of them it is, those that overlap first.
func (q *screen) offer(m offeredMsg) tea.Cmd {
	switch {
	case m.err != nil:
		return q.s.Toast(widgets.Bad, m.err.Error())
	case len(m.list) == 0:
		return q.s.Toast(widgets.Info, "No other episode of the child lies within three days of "+m.of.ShownRef()+".")
	}
	var choices []widgets.Choice
	for _, o := range m.list {
		end, hint := "still missing", ""
		switch {
		case o.Ended != nil:
			end = o.Ended.Said()
		case o.Over():
			end = "to " + desk.When(o.ReturnedAt, q.s.Now())
		}
		if apart(m.of, o) == 0 {
			hint = "overlaps"
		}
		choices = append(choices, widgets.Choice{Title: o.ShownRef() + "  " + desk.When(o.MissingAt, q.s.Now()) + " " + end, Hint: hint, Result: o})
	}
	e := m.of
	return q.s.Open(desk.Menu(q.s, q.about(), e.ShownRef()+" is the same episode as", choices), func(result any) tea.Cmd {
		of, ok := result.(*domain.Episode)
		if !ok {
			return nil
		}
		return q.reason("episode.duplicate "+e.ID.String(), e.ShownRef()+" is a duplicate of "+of.ShownRef(), "How it is known",
			"it leaves every count and stays listed; its own referral is withdrawn", func(why string) domain.Envelope {
				return domain.Envelope{Act: &domain.Duplicate{Episode: e.ID.String(), Of: of.ID.String(), Reason: why}}
			})
	})
}

// another says why the focused episode cannot be a duplicate.
func (q *screen) another() string {
	if why := q.onReferral(); why != "" {
		return why
	}
	r, _ := q.List.Focused()
	switch f := q.focusOf(r.ref); {
	case f == nil:
		return "it is still being read"
	case len(f.Episodes) < 2:
		return "the child has no other episode"
	}
	return ""
}
