package record

import (
	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/widgets"
)

// previewMsg is what submitting would do.
type previewMsg struct {
	of    *screen
	lines []widgets.Line
}

// submit says plainly what is missing, one answer after the other, and what submitting does.
func (v *screen) submit() tea.Cmd {
	return v.askMissing(v.missing(), 0, map[place]string{})
}

// askMissing asks about the missing answers from the n-th on; given are those that got a word that stands for none.
func (v *screen) askMissing(missing []place, n int, given map[place]string) tea.Cmd {
	if n == len(missing) {
		if len(given) > 0 {
			for p, word := range given {
				v.sheet.put(p, domain.Value{Text: word})
			}
			v.submitting = true
			return v.save()
		}
		return v.preview()
	}
	th, p := v.s.Theme, missing[n]
	lines := []widgets.Line{widgets.In(th.Text, "Submitting asks for what is blank, "+counted(len(missing), "answer")+":")}
	for i, m := range missing {
		text := titleOf(m)
		switch {
		case i == n:
			lines = append(lines, widgets.In(th.Focus, th.Glyphs.Cursor+" "+text))
		case given[m] != "":
			lines = append(lines, widgets.In(th.Muted, "  "+text+": "+domain.Words(given[m])))
		default:
			lines = append(lines, widgets.In(th.Text, "  "+text))
		}
	}
	lines = append(lines, widgets.Line{})
	menu := desk.Menu(v.s, v.p.Of(v.s, v.v.Child), "missing, "+titleOf(p), []widgets.Choice{
		{Key: "n", Title: "Not asked", Result: domain.NotAsked},
		{Key: "d", Title: "Did not want to say", Result: domain.NotSaid},
		{Key: "w", Title: "Write it now", Result: "write"},
	}, lines...)
	return v.s.Open(menu, func(result any) tea.Cmd {
		switch word, _ := result.(string); word {
		case domain.NotAsked, domain.NotSaid:
			given[p] = word
			return v.askMissing(missing, n+1, given)
		case "write":
			for q, w := range given {
				v.sheet.put(q, domain.Value{Text: w})
			}
			return tea.Batch(v.touched(), v.writeAt(p))
		}
		return nil
	})
}

// writeAt begins to write at an answer.
func (v *screen) writeAt(p place) tea.Cmd {
	for i, sec := range domain.Sections() {
		if sec.Name != p.section {
			continue
		}
		cmd := v.write(i)
		for j, sl := range v.slots {
			if sl.field.Name == p.field {
				v.stand(j)
				break
			}
		}
		return cmd
	}
	return nil
}

// preview reads what submitting would do.
func (v *screen) preview() tea.Cmd {
	p, th, e := v.p, v.s.Theme, v.submission()
	return func() tea.Msg { return previewMsg{v, p.PreviewLines(p.Context(), th, e)} }
}

func (v *screen) submission() domain.Envelope {
	return domain.Envelope{Act: &domain.SubmitInterview{Interview: v.v.Interview.ID.String()}, Version: v.v.Interview.Version}
}

// confirmSubmit shows what submitting does, and does it with one key.
func (v *screen) confirmSubmit(lines []widgets.Line) tea.Cmd {
	lines = append(lines, widgets.Line{})
	menu := desk.Menu(v.s, v.p.Of(v.s, v.v.Child), "submit the record of "+v.ref.String()+" for sign-off", []widgets.Choice{{Key: "s", Title: "Submit", Result: true}}, lines...)
	return v.s.OpenLate(menu, func(result any) tea.Cmd {
		if result != true {
			return nil
		}
		return v.p.Take(v.submission())
	})
}
