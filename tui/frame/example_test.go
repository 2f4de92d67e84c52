package frame_test

import (
	"context"
	"testing"

	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/frame"
	"homeward/tui/theme"
	"homeward/tui/tuitest"
	"homeward/tui/widgets"
)

// visitRow and visitSource stand for what a real screen is given.
type visitRow struct {
	ID   string
	Name safe.Text
}

type visitSource interface {
	Visits(ctx context.Context) ([]visitRow, error)
	Log(ctx context.Context, id, how, note string) error
}

// visits is a whole screen: a list, a load, an action, a menu and a form.
type visits struct {
	s     *frame.Session
	src   visitSource
	list  *widgets.List[visitRow]
	load  *frame.Loader
	draft map[string]string
}

func newVisits(src visitSource) frame.Factory {
	return func(s *frame.Session, _ string) frame.Screen {
		name := widgets.Column[visitRow]{Title: "Name", Min: 10, Cell: func(th *theme.Theme, r visitRow) widgets.Line { return widgets.Tell(th.Text, r.Name) }}
		return &visits{s: s, src: src, load: s.Loader(), list: widgets.NewList(s.Keys, func(r visitRow) string { return r.ID }, name)}
	}
}

func (v *visits) Title() string        { return "Visits" }
func (v *visits) Init() tea.Cmd        { return frame.Load(v.load, v.src.Visits) }
func (v *visits) View(w, h int) string { return v.list.View(v.s.Theme, w, h) }

func (v *visits) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case frame.Loaded[[]visitRow]:
		if !msg.For(v.load) {
			return nil
		}
		if msg.Err != nil {
			return v.s.Toast(widgets.Bad, msg.Err.Error())
		}
		v.list.SetRows(msg.Value)
	case frame.ResumeMsg:
		return v.Init()
	case tea.KeyPressMsg:
		v.list.Update(msg)
	}
	return nil
}

func (v *visits) Actions() []frame.Action {
	nobody := func() string {
		if v.list.FocusedID() == "" {
			return "nobody is focused"
		}
		return ""
	}
	return []frame.Action{
		{ID: "board.call", Disabled: nobody, Run: v.call},
		{ID: "board.note", Disabled: nobody, Run: v.note},
	}
}

func (v *visits) call() tea.Cmd { // two keys: one to open, one to choose
	id := v.list.FocusedID()
	return v.s.Open(frame.Menu(v.s, "Call", []widgets.Choice{
		{Key: "n", Title: "No answer", Result: "no_answer"}, {Key: "m", Title: "Left a message", Result: "left_message"},
	}), func(result any) tea.Cmd {
		how, ok := result.(string)
		if !ok {
			return nil // left by esc
		}
		return func() tea.Msg {
			if err := v.src.Log(context.Background(), id, how, ""); err != nil {
				return frame.Toasted(widgets.Bad, err.Error())()
			}
			return frame.ResumeMsg{} // load afresh
		}
	})
}

func (v *visits) note() tea.Cmd {
	id := v.list.FocusedID()
	form, _ := frame.Form(v.s, "note "+id, widgets.FormConfig{
		Title: "Note", Draft: v.draft,
		Fields: []widgets.Field{{ID: "text", Label: "Text", Kind: widgets.NoteKind, Required: true}},
		Submit: func(ctx context.Context, a widgets.Values) (any, error) {
			return nil, v.src.Log(ctx, id, "note", a["text"])
		},
	}, func(draft map[string]string) { v.draft = draft })
	return v.s.Open(form, func(result any) tea.Cmd {
		if result == nil {
			return nil
		}
		v.draft = nil
		return tea.Batch(v.s.Toast(widgets.Good, "Note kept"), v.Init())
	})
}

type fakeVisits struct{ log []string }

func (f *fakeVisits) Visits(context.Context) ([]visitRow, error) {
	return []visitRow{{"V1", safe.Line("Ada")}, {"V2", safe.Line("Grace")}}, nil
}

func (f *fakeVisits) Log(_ context.Context, id, how, note string) error {
	f.log = append(f.log, id+" "+how+" "+note)
	return nil
}

func TestExampleScreen(t *testing.T) {
	src := &fakeVisits{}
	d := tuitest.New(t, 80, 24, func(rt frame.Runtime) tea.Model {
		place := frame.Place{Screen: "board"}
		return frame.New(frame.Config{Runtime: rt, Keys: sampleKeys(), Screens: map[string]frame.Factory{"board": newVisits(src)}, Start: place})
	})
	d.Press("j", "c", "n", "n").Type("rang twice").Press("ctrl+d").Sees("Note kept")
	if len(src.log) != 2 || src.log[0] != "V2 no_answer " || src.log[1] != "V2 note rang twice" {
		t.Errorf("%q", src.log)
	}
}
