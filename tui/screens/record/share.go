package record

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/report"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// share asks for whom the copy is, and shows beside the form what it holds and what it leaves out. The copy itself can be
// read first, as it leaves.
func (v *screen) share() tea.Cmd {
	if a, ok := v.p.GoesOn("interview.share " + v.v.Interview.ID.String() + " "); ok {
		return v.shareWith(domain.Audience(a))
	}
	choices := append(v.audiences(" …"), widgets.Choice{Key: "r", Title: "Read a copy …", Hint: "as it leaves: homeward interview " + v.ref.String() + " --audience … writes it", Result: "read"})
	return v.s.Open(desk.Menu(v.s, v.p.Of(v.s, v.v.Child), "share a copy of the record with whom?", choices), func(result any) tea.Cmd {
		switch a := result.(type) {
		case domain.Audience:
			return v.shareWith(a)
		case string:
			return v.s.Open(desk.Menu(v.s, v.p.Of(v.s, v.v.Child), "read the copy for whom?", v.audiences("")), func(result any) tea.Cmd {
				if a, ok := result.(domain.Audience); ok {
					return v.readCopy(a)
				}
				return nil
			})
		}
		return nil
	})
}

// readCopy shows a copy as its audience would get it. Nothing leaves by that.
func (v *screen) readCopy(a domain.Audience) tea.Cmd {
	c := report.Make(v.v, v.p.Settings(), a, "", v.s.Now())
	var lines []widgets.Line
	for _, l := range strings.Split(report.Markdown(c, v.p.Settings().PersonName), "\n") {
		lines = append(lines, widgets.Say(l))
	}
	return v.s.Open(frame.Reader(v.s, v.p.Of(v.s, v.v.Child).Title("the copy for the "+a.Words()), frame.Centre, lines...), func(any) tea.Cmd { return v.share() })
}

// audiences are those outside the team, each with how much it gets.
func (v *screen) audiences(more string) []widgets.Choice {
	var choices []widgets.Choice
	for _, a := range domain.SharedAudiences() {
		c := v.copyFor(a, "")
		choices = append(choices, widgets.Choice{Key: a.Key(), Title: desk.Sentence(a.Words()) + more,
			Hint: counted(answersIn(c), "answer") + fmt.Sprintf(", %d left out", len(c.LeftOut)), Result: a})
	}
	return choices
}

func (v *screen) copyFor(a domain.Audience, purpose string) *report.Copy {
	return report.Of(v.v.Interview, v.v.Child, v.v.Episodes, v.v.Referrals, a, purpose, v.s.Now())
}

func answersIn(c *report.Copy) (n int) {
	for _, s := range c.Sections {
		n += len(s.Answers)
	}
	return n
}

// copyTall is how many lines the form of sharing takes: what the copy holds and leaves out is read before it goes.
const copyTall = 26

// shareWith asks to whom, how and what for.
func (v *screen) shareWith(a domain.Audience) tea.Cmd {
	i, th := v.v.Interview, v.s.Theme
	id := i.ID.String()
	to := ""
	if a == domain.ForSocialWorker {
		to = v.v.Child.Card.SocialWorker
	}
	below := v.copyLines(v.copyFor(a, ""))
	names := map[string]string{}
	build := func(x widgets.Values) domain.Envelope {
		return domain.Envelope{Act: &domain.ShareInterview{Interview: id, Audience: a, To: x["to"], Way: x["way"], Purpose: x["purpose"]}, Version: i.Version}
	}
	on := v.p.On(v.s, build(widgets.Values{}))
	return v.p.OpenFormOn(v.s, v.p.Of(v.s, v.v.Child), on, "interview.share "+id+" "+string(a), widgets.FormConfig{
		Title: "share with the " + a.Words(), PreviewTitle: "The copy", Tall: copyTall,
		Fields: []widgets.Field{
			v.p.SaidField(widgets.Field{ID: "to", Label: "To whom", Value: to, Proposed: to != "", Required: true, Hint: "name, and where they work"}),
			{ID: "way", Label: "How", Value: "secure email", Proposed: true, Required: true},
			{ID: "purpose", Label: "What for", Required: true, Hint: "to keep the child safe; the plan; a strategy meeting"},
		},
		Preview: func(ctx context.Context, x widgets.Values) []widgets.Line {
			return append(append([]widgets.Line{}, below...), append([]widgets.Line{{}}, v.p.PreviewLines(ctx, th, on.Rest(build(x)))...)...)
		},
		Submit: func(ctx context.Context, x widgets.Values) (any, error) { return on.Submit(ctx, names, build(x)) },
	}, nil)
}

// copyLines say what a copy holds and what it leaves out.
func (v *screen) copyLines(c *report.Copy) []widgets.Line {
	th := v.s.Theme
	var out []widgets.Line
	if c.Unsigned {
		out = append(out, widgets.In(th.Warning, "Not signed off yet, and says so."))
	}
	holds := "Holds"
	if c.Episodes != nil {
		holds += " the facts of " + counted(len(c.Episodes), "episode") + ","
	}
	for _, s := range c.Sections {
		title := s.Section.Title
		if s.Episode != "" {
			title += " for " + s.Episode
		}
		holds += fmt.Sprintf(" %s (%d),", title, len(s.Answers))
	}
	if answersIn(c) == 0 {
		holds += " no answer,"
	}
	out = append(out, widgets.In(th.Text, holds[:len(holds)-1]+"."))
	if len(c.LeftOut) > 0 {
		out = append(out, widgets.In(th.Label, "Left out:"))
	}
	for rest := c.LeftOut; len(rest) > 0; {
		section, _, _ := strings.Cut(rest[0], ": ")
		var fields []string
		for len(rest) > 0 && strings.HasPrefix(rest[0], section+": ") {
			fields, rest = append(fields, rest[0][len(section)+2:]), rest[1:]
		}
		out = append(out, widgets.Join(widgets.In(th.Text, section+": "), widgets.In(th.Muted, strings.Join(fields, "; "))))
	}
	return out
}

// counted is a number with its word.
func counted(n int, word string) string {
	if n != 1 {
		word += "s"
	}
	return fmt.Sprint(n, " ", word)
}

// versions lists the submissions with what changed between them.
func (v *screen) versions() tea.Cmd {
	i, now := v.v.Interview, v.s.Now()
	var choices []widgets.Choice
	older := domain.Sheet{}
	for n, ver := range i.Versions {
		ch := ver.Sheet.Changes(older)
		title := fmt.Sprintf("%d  submitted %s, %s", n+1, desk.When(ver.At, now), v.personAt(ver.By, ver.At))
		hint := counted(len(ch), "answer")
		if n > 0 {
			hint = counted(len(ch), "answer") + fmt.Sprintf(" changed since %d", n)
		}
		choices = append([]widgets.Choice{{Title: title, Hint: hint, Result: n}}, choices...)
		older = ver.Sheet
	}
	if ch := i.Sheet.Changes(older); len(ch) > 0 {
		choices = append([]widgets.Choice{{Title: "As it is now", Hint: counted(len(ch), "answer") + fmt.Sprintf(" changed since %d", len(i.Versions)), Result: len(i.Versions)}}, choices...)
	}
	return v.s.Open(desk.Menu(v.s, v.p.Of(v.s, v.v.Child), "versions; enter shows what changed", choices), func(result any) tea.Cmd {
		n, ok := result.(int)
		if !ok {
			return nil
		}
		is, was, title := i.Sheet, domain.Sheet{}, "As it is now"
		if n < len(i.Versions) {
			is, title = i.Versions[n].Sheet, fmt.Sprintf("Version %d", n+1)
		}
		if n > 0 {
			was = i.Versions[n-1].Sheet
			title += fmt.Sprintf(" against %d", n)
		}
		return v.s.Open(frame.Reader(v.s, title, frame.Centre, v.compared(is.Changes(was))...), nil)
	})
}

// compared are changes as people read them: what stood there, and what stands there.
func (v *screen) compared(changes []domain.SheetChange) []widgets.Line {
	th := v.s.Theme
	var out []widgets.Line
	if len(changes) == 0 {
		return []widgets.Line{widgets.In(th.Muted, "No answer changed.")}
	}
	for _, c := range changes {
		p := place{c.Episode, c.Section, c.Field}
		f := fieldAt(p)
		if f == nil {
			continue
		}
		title := titleOf(p)
		if c.Episode != "" {
			title += ", " + v.episodeName(c.Episode)
		}
		out = append(out, widgets.In(th.Label, title))
		if was := oneLine(f, c.Before); was != "" {
			out = append(out, widgets.In(th.Muted, "  was: "+v.told(was)))
		}
		is := v.told(oneLine(f, c.After))
		if is == "" {
			is = "nothing"
		}
		out = append(out, widgets.In(th.Text, "  is:  "+is))
	}
	return out
}
