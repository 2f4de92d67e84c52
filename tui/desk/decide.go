package desk

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// Decision is a form whose answers are one act, with what the act would do beside it.
type Decision struct {
	Key    string         // of its draft
	Of     Of             // whom it is about
	Title  string         // what it is; the names stand before it
	Intro  []widgets.Line // above the fields
	Fields []widgets.Field
	Names  map[string]string                    // the act's fields that go by another name in the form
	Below  []widgets.Line                       // to read below what the act would do
	Read   func(context.Context) []widgets.Line // what of that is read anew with each preview, above it; may be nil
	Tall   int                                  // at least so many lines, for what is to be read; 0: as the fields need
	Build  func(widgets.Values) domain.Envelope
	Then   func(result any) tea.Cmd // may be nil
}

// Decide shows the form of a decision.
func (p *Program) Decide(s *frame.Session, d Decision) tea.Cmd {
	start := widgets.Values{}
	for _, f := range d.Fields {
		start[f.ID] = f.Value
	}
	on, labels := p.On(s, d.Build(start)), Labels(d.Fields, d.Names)
	return p.OpenFormOn(s, d.Of, on, d.Key, widgets.FormConfig{
		Title: d.Title, Intro: d.Intro, Fields: d.Fields, PreviewTitle: "What it will do", Tall: d.Tall,
		Preview: func(ctx context.Context, v widgets.Values) []widgets.Line {
			out := notYet(s.Theme, d.Fields, v, d.Build(v))
			if out == nil {
				out = p.PreviewNamed(ctx, s.Theme, on.Rest(d.Build(v)), labels)
			}
			return append(out, toRead(ctx, d.Read, d.Below)...)
		},
		Submit: func(ctx context.Context, v widgets.Values) (any, error) {
			return on.Submit(ctx, d.Names, d.Build(v))
		},
	}, d.Then)
}

// notYet is what is told of an act while an answer cannot be understood: nothing of what it would come to. Nil where all can.
func notYet(th *theme.Theme, fields []widgets.Field, v widgets.Values, e domain.Envelope) []widgets.Line {
	line, wrong := Wrong(th, fields, v)
	if !wrong {
		return nil
	}
	return []widgets.Line{widgets.Say(domain.WillDo(e.Act) + "."), line}
}

// Wrong says which answer of a form cannot be understood; false where all can.
func Wrong(th *theme.Theme, fields []widgets.Field, v widgets.Values) (widgets.Line, bool) {
	for _, f := range fields {
		said, shown := v[f.ID]
		if f.Check == nil || !shown || said == "" {
			continue
		}
		if err := f.Check(said); err != nil {
			return widgets.In(th.Muted, "Not yet: “"+f.Label+"” "+err.Error()), true
		}
	}
	return nil, false
}

// Reason is the form of a decision that asks for nothing but why. What it would do is told before the reason is written.
func (p *Program) Reason(s *frame.Session, of Of, key, title, label, hint string, act func(reason string) domain.Envelope, then func(any) tea.Cmd) tea.Cmd {
	return p.Decide(s, Decision{
		Key: key, Of: of, Title: title, Then: then,
		Fields: []widgets.Field{{ID: "reason", Label: label, Hint: hint, Kind: widgets.NoteKind, Lines: 3, Required: true}},
		Names:  map[string]string{"text": "reason", "comment": "reason"},
		Build: func(v widgets.Values) domain.Envelope {
			if v["reason"] == "" {
				return act("…") // for the preview: a form never saves a required field left blank
			}
			return act(v["reason"])
		},
	})
}

// toRead is what stands below what an act would do.
func toRead(ctx context.Context, read func(context.Context) []widgets.Line, below []widgets.Line) []widgets.Line {
	if read != nil {
		below = append(read(ctx), below...)
	}
	if len(below) == 0 {
		return nil
	}
	return append([]widgets.Line{{}}, below...)
}
