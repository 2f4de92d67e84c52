package tui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// What a person did: undone and done again, each time named before it is turned, and listed.

// undo asks whether to take back the last own change, named with the child; of what one key did to several, all of it.
func (r *root) undo() tea.Cmd { return r.turn(false) }

// redo asks whether to do again what was undone last.
func (r *root) redo() tea.Cmd { return r.turn(true) }

func (r *root) turn(again bool) tea.Cmd {
	p, s := r.p, r.s
	ids := p.LastKey(again)
	return func() tea.Msg {
		ctx := p.Context()
		list, err := r.lastOf(ctx, ids, again)
		if err != nil {
			return frame.Toasted(widgets.Bad, err.Error())()
		}
		return openMsg{func() tea.Cmd { return r.confirmTurn(s, list, again) }}
	}
}

// lastOf reads the changes of the last key, else the last own change, or the last undo.
func (r *root) lastOf(ctx context.Context, ids []domain.ID, again bool) ([]*desk.Past, error) {
	p := r.p
	var changes []*domain.Change
	err := p.Ask(ctx, func(rd domain.Reader) error {
		for _, id := range ids {
			ch, err := rd.Change(id)
			if err != nil {
				return err
			}
			if ch != nil {
				changes = append(changes, ch)
			}
		}
		if len(ids) > 0 {
			return nil
		}
		last := rd.LastChange
		if again {
			last = rd.LastUndo
		}
		ch, err := last(p.Actor().Login)
		if ch != nil {
			changes = append(changes, ch)
		}
		return err
	})
	var out []*desk.Past
	for _, ch := range changes {
		x, err := p.ReadPast(ctx, ch)
		if err != nil {
			return nil, err
		}
		x.Turn = x.Change // it is named by what it did
		out = append(out, x)
	}
	return out, err
}

// confirmTurn names what would be turned; enter does it, esc leaves all as it is. What cannot be is told with the reason.
func (r *root) confirmTurn(s *frame.Session, list []*desk.Past, again bool) tea.Cmd {
	title, not, none := "undo this? enter undoes it", "Not undone: ", "You have changed nothing that could be undone."
	why := func(x *desk.Past) string { return x.NoUndo }
	if again {
		title, not, none = "do this again? enter does it", "Not done again: ", "You have undone nothing that could be done again."
		why = func(x *desk.Past) string { return x.NoRedo }
	}
	if len(list) == 0 {
		return s.Toast(widgets.Info, none)
	}
	if reason := list[0].Reason(s, why(list[0])); len(list) == 1 && reason != "" {
		return s.Toast(widgets.Warn, not+list[0].Line(s)+": "+reason)
	}
	choices := []widgets.Choice{{Title: list[0].Line(s), Result: true}}
	var intro []widgets.Line
	if len(list) > 1 {
		choices[0].Title = fmt.Sprintf("all %d, which one key did", len(list))
		for _, x := range list[:min(len(list), namedTogether)] {
			intro = append(intro, widgets.Say(x.Line(s)))
		}
		if n := len(list) - namedTogether; n > 0 {
			intro = append(intro, widgets.In(s.Theme.Muted, fmt.Sprintf("and %d more", n)))
		}
	}
	var of []*domain.Child
	for _, x := range list {
		of = append(of, x.Child)
	}
	menu := r.withTimeline(desk.Menu(s, r.p.Of(s, of...), title, choices, intro...), func(any) (child, at domain.ID) { return list[0].ChildID(), list[0].At })
	return s.OpenLate(menu, func(result any) tea.Cmd {
		if result == nil {
			return nil
		}
		return r.p.Turn(again, list...)
	})
}

// namedTogether is how many changes of one key are named before they are undone together.
const namedTogether = 12

// historyLines is how many of today's changes the list shows.
const historyLines = 50

// history lists what this person changed today: each leads to what it was about, and is undone or done again by a key of its own.
func (r *root) history() tea.Cmd {
	s, p := r.s, r.p
	return func() tea.Msg {
		ctx := p.Context()
		var changes []*domain.Change
		today := domain.DateOf(p.Now()).Start()
		err := p.Ask(ctx, func(rd domain.Reader) (err error) { changes, err = rd.ChangesOf(p.Actor().Login, today); return err })
		if err != nil {
			return frame.Toasted(widgets.Bad, err.Error())()
		}
		changes = slices.DeleteFunc(changes, func(c *domain.Change) bool { return !p.Settings().IsStill(c.By, c.At) }) // of who had the login before
		slices.SortStableFunc(changes, func(a, b *domain.Change) int { return cmp.Compare(b.At.Unix(), a.At.Unix()) })
		var list []*desk.Past
		for _, c := range changes[:min(len(changes), historyLines)] {
			x, err := p.ReadPast(ctx, c)
			if err != nil {
				return frame.Toasted(widgets.Bad, err.Error())()
			}
			list = append(list, x)
		}
		return openMsg{func() tea.Cmd { return r.showHistory(s, list) }}
	}
}

func (r *root) showHistory(s *frame.Session, list []*desk.Past) tea.Cmd {
	if len(list) == 0 {
		return s.Toast(widgets.Info, "You have changed nothing today.")
	}
	var choices []widgets.Choice
	for i, x := range list {
		choices = append(choices, widgets.Choice{Title: x.Line(s), Hint: standing(s, x), Result: i})
	}
	title := "My changes of today: enter opens, " + s.Keys.Hint("history.undo") + " undoes, " + s.Keys.Hint("history.redo") + " does it again"
	menu := desk.Menu(s, desk.OfNoChild(), title, choices)
	at := func() *desk.Past {
		if m, ok := menu.(interface{ Focused() any }); ok {
			if i, ok := m.Focused().(int); ok {
				return list[i]
			}
		}
		return nil
	}
	return s.OpenLate(&historyMenu{childMenu{Overlay: menu, timeline: func() tea.Cmd { return r.openPast(at()) }}, s, at}, func(result any) tea.Cmd {
		switch result := result.(type) {
		case int:
			return r.openPast(list[result])
		case turned:
			return r.p.Turn(result.again, result.of)
		}
		return nil
	})
}

// standing says in a line of today's changes how it stands, where that is not plain.
func standing(s *frame.Session, x *desk.Past) string {
	switch {
	case x.Turn.UndoOf != 0:
		return "" // its words say that it is an undo or a redo
	case x.Change.Undone != 0 && x.NoRedo != "":
		return "undone; not again: " + briefly(x.Reason(s, x.NoRedo))
	case x.Change.Undone != 0:
		return "undone"
	case x.NoUndo != "":
		return "stays: " + briefly(x.Reason(s, x.NoUndo))
	}
	return ""
}

// briefly is the beginning of a reason, for a list of many: all of it is said where one asks for that change alone.
func briefly(why string) string {
	for _, more := range []string{" (", ", which", ": "} {
		why, _, _ = strings.Cut(why, more)
	}
	return why
}

// openPast shows what a change was about.
func (r *root) openPast(x *desk.Past) tea.Cmd {
	switch {
	case x == nil:
		return nil
	case x.Child == nil:
		return r.s.Toast(widgets.Info, "There is nothing to open: what it was about is not there any more, or was about no child.")
	}
	return r.timeline(x.Child.ID, x.At)
}

// historyMenu is the list of today's changes with the keys that turn one.
type historyMenu struct {
	childMenu
	s  *frame.Session
	at func() *desk.Past
}

// turned closes the list of today's changes: one is to be undone or done again.
type turned struct {
	of    *desk.Past
	again bool
}

// Actions of the menu, and undo and redo.
func (m *historyMenu) Actions() []frame.Action {
	turn := func(again bool, why func(*desk.Past) string) (run func() tea.Cmd, disabled func() string) {
		return func() tea.Cmd { return m.s.Close(turned{m.at(), again}) },
			func() string {
				x := m.at()
				if x == nil {
					return "there is none"
				}
				return x.Reason(m.s, why(x))
			}
	}
	undo, noUndo := turn(false, func(x *desk.Past) string { return x.NoUndo })
	redo, noRedo := turn(true, func(x *desk.Past) string { return x.NoRedo })
	return append(m.childMenu.Actions(), frame.Action{ID: "history.undo", Run: undo, Disabled: noUndo}, frame.Action{ID: "history.redo", Run: redo, Disabled: noRedo})
}
