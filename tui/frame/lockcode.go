package frame

import (
	"context"
	"errors"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/keymap"
	"homeward/tui/widgets"
)

// codeMsg says whether there is a lock code, for the form that chooses another.
type codeMsg struct {
	has bool
	err error
}

// chooseCode opens the form in which a lock code is chosen, once it is known whether there is one.
func (m *Model) chooseCode() tea.Cmd {
	ctx, has := m.s.ctx, m.c.Code.Has
	return func() tea.Msg { ok, err := has(ctx); return codeMsg{ok, err} }
}

// wrongTooOften is the result of a form in which the old code was wrong too often.
type wrongTooOften struct{}

// openCode shows the form. It is no form of [Form]'s: what is typed here is never a draft.
func (m *Model) openCode(msg codeMsg) tea.Cmd {
	s := m.s
	if msg.err != nil {
		return s.Toast(widgets.Bad, "Your lock code could not be read: "+msg.err.Error())
	}
	var fields []widgets.Field
	if msg.has {
		fields = append(fields, widgets.Field{ID: "old", Label: "Code until now", Secret: true, Required: true, Limit: 128})
	}
	fields = append(fields,
		widgets.Field{ID: "code", Label: "New code", Secret: true, Required: true, Limit: 128, Hint: "at least 4 characters; nobody can read it, nor tell you it"},
		widgets.Field{ID: "again", Label: "Once more", Secret: true, Required: true, Limit: 128})
	set := m.c.Code.Set
	var wrong atomic.Int32
	f := widgets.NewForm(widgets.FormConfig{EnterSaves: true,
		Title: "Choose my lock code", Fields: fields, Context: s.ctx, Keys: s.Keys, Delay: s.Delay,
		Submit: func(ctx context.Context, v widgets.Values) (any, error) {
			if why := codeFault(v["code"], v["again"]); why != "" {
				return nil, &widgets.FieldError{Field: "again", Message: why}
			}
			err := set(ctx, v["old"], v["code"])
			if errors.Is(err, ErrWrongCode) {
				n := wrong.Add(1)
				m.wrongCodeTyped(int(n))
				if n >= codeTries {
					return wrongTooOften{}, nil
				}
				return nil, &widgets.FieldError{Field: "old", Message: err.Error()}
			}
			return true, err
		},
		OnDone:  s.Close,
		OnLeave: func(widgets.Values) tea.Cmd { return s.Close(nil) },
	})
	return m.open(&dialog{
		title: f.Title(), init: f.Init, update: f.Update, clicked: clickForm(s, f),
		view: func(w, h int) string { return f.View(s.Theme, w, h) },
		wants: func(maxW, maxH int) (Where, int, int) {
			w := min(maxW, 72)
			return Centre, w, min(maxH, f.Height(s.Theme, w)+1)
		},
		actions: []Action{{ID: keymap.FormSave}, {ID: keymap.FormNext}, {ID: keymap.DialogClose}},
		typing:  func() bool { return true },
	}, func(result any) tea.Cmd {
		switch result.(type) {
		case nil:
			return nil
		case wrongTooOften:
			return m.endFor(EndedCodes)
		}
		return s.Toast(widgets.Good, "Your lock code is kept. "+s.Keys.Hint(keymap.Lock)+" locks.")
	})
}
