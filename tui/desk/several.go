package desk

import (
	"cmp"
	"context"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// Several is a form whose answers are an act for each of several rows: one that is refused stops none of the others, and each
// one's result is shown.
type Several struct {
	Key    string // of its draft
	Of     Of     // whom it is about
	Title  string // what it is; the names stand before it
	Fields []widgets.Field
	Called []string                             // what each row is called, as names are shown now: the preview runs in a command
	Named  string                               // the act's field that names the row: what is wrong with it is wrong whatever is typed
	Below  []widgets.Line                       // to read below what the acts would do
	Read   func(context.Context) []widgets.Line // what of that is read anew with each preview, above it; may be nil
	Tall   int                                  // at least so many lines, for what is to be read; 0: as the fields need
	Build  func(widgets.Values) []domain.Envelope
	Check  func(widgets.Values) error // what only all answers together show; may be nil
	Done   func()                     // may be nil
}

// DecideEach shows the form of the same decision about several rows.
func (p *Program) DecideEach(s *frame.Session, d Several) tea.Cmd {
	th, labels := s.Theme, Labels(d.Fields, nil)
	return p.OpenForm(s, d.Of, d.Key, widgets.FormConfig{
		Title: d.Title, Fields: d.Fields, PreviewTitle: "What it will do", Tall: d.Tall,
		Preview: func(ctx context.Context, v widgets.Values) []widgets.Line {
			var out []widgets.Line
			for i, e := range d.Build(v) {
				if i == 0 {
					out = append(out, widgets.Say(domain.WillDo(e.Act)+", for each of these:"))
				}
				var line widgets.Line
				if seen, err := p.Preview(ctx, e); err != nil {
					line = widgets.In(th.Error, ": "+err.Error())
				} else if seen.Refused != nil && (seen.Refused.Code != domain.Invalid || seen.Refused.Field == d.Named) {
					line = widgets.In(th.Warning, ": not possible, "+seen.Refused.Message)
				} else if seen.Refused != nil {
					line = widgets.In(th.Muted, ": not yet, “"+cmp.Or(labels[seen.Refused.Field], domain.Words(seen.Refused.Field))+"” "+seen.Refused.Message)
				} else {
					line = widgets.In(th.Text, ": "+seen.Summary)
					for _, w := range seen.Warnings {
						line = widgets.Join(line, widgets.In(th.Warning, "; "+w))
					}
				}
				out = append(out, widgets.Join(widgets.Say(d.Called[i]), line))
			}
			return append(out, toRead(ctx, d.Read, d.Below)...)
		},
		Submit: func(ctx context.Context, v widgets.Values) (any, error) {
			if d.Check != nil {
				if err := d.Check(v); err != nil {
					return nil, err
				}
			}
			acts := d.Build(v)
			answers, err := p.Do(ctx, false, acts...)
			if len(answers) == 0 && err != nil {
				return nil, err
			}
			return DoneMsg{Acts: acts, Answers: answers, Err: err}, nil
		},
	}, func(result any) tea.Cmd {
		msg, ok := result.(DoneMsg)
		if !ok {
			return nil
		}
		if d.Done != nil {
			d.Done()
		}
		var lines []widgets.Line
		for i, a := range msg.Answers {
			line := widgets.Join(widgets.In(th.Met, th.Glyphs.Check+" "+d.Called[i]), widgets.Say(": "+a.Summary))
			if a.Refused != nil {
				line = widgets.In(th.Warning, th.Glyphs.Cross+" "+d.Called[i]+": "+a.Refused.Message)
			}
			lines = append(lines, line)
		}
		return s.Open(frame.Reader(s, "What came of it", frame.Centre, lines...), nil)
	})
}
