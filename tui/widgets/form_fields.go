package widgets

import (
	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
)

// From one field of a form to the next, and what is held against the answers.

// stepDay moves a day that was typed on or back; a proposal that nobody touched, and a blank, are left.
func (f *Form) stepDay(s string) (tea.Cmd, bool) {
	field, days := f.c.Fields[f.at], 1
	if t, ok := f.inputs[f.at].(*textField); field.Step == nil || !ok || t.proposed {
		return nil, false
	}
	if s == "down" {
		days = -1
	}
	to := field.Step(f.meaning(f.at), days)
	if to == "" {
		return nil, false
	}
	f.inputs[f.at].set(to)
	return f.changed(f.at), true
}

// inList hands a key to a list of options; false where the list has no use for it.
func (f *Form) inList(l *listInput, s string, pick bool) (tea.Cmd, bool) {
	switch {
	case pick:
		taken, on := l.pick()
		if !taken {
			return nil, false
		}
		cmd := f.changed(f.at)
		if on && f.next(f.at, 1) >= 0 {
			cmd = tea.Batch(cmd, f.shift(1))
		}
		return cmd, true
	case s == "down":
		return nil, l.move(+1)
	case s == "up":
		return nil, l.move(-1)
	}
	return nil, false
}

// changed notes a change: checks the field and asks for preview and draft.
func (f *Form) changed(i int) tea.Cmd {
	f.touched[f.c.Fields[i].ID] = true
	if f.inputs[i].kept() != f.start[f.c.Fields[i].ID] {
		delete(f.mine, f.c.Fields[i].ID) // decided anew, in sight of what others wrote
	}
	f.fix(i)
	f.problem = safe.Text{}
	f.check(i, false)
	return f.settle.After(f.c.Delay, Settle)
}

// check asks whether a field's value is right; must also asks for missing ones.
func (f *Form) check(i int, must bool) bool {
	field := f.c.Fields[i]
	v := f.meaning(i)
	delete(f.errs, field.ID)
	switch {
	case f.hidden(i):
	case must && f.finds[i] != nil && f.finds[i].typed():
		// Also where the field may stay empty: what is typed must not vanish.
		f.errs[field.ID] = safe.Line("choose one of the hits")
	case must && f.unmeant(i) != "":
		f.errs[field.ID] = safe.Line(f.unmeant(i))
	case v == "" && field.Required && must:
		f.errs[field.ID] = safe.Line("needed")
	case v != "" && field.Check != nil:
		if err := field.Check(v); err != nil {
			f.errs[field.ID] = safe.Line(err.Error())
		}
	}
	_, bad := f.errs[field.ID]
	return !bad
}

// unmeant is what is to be asked about what is typed at a list and stands for no option, "" for nothing.
func (f *Form) unmeant(i int) string {
	l, ok := f.inputs[i].(*listInput)
	if !ok || l.typed() == "" {
		return ""
	}
	if !l.free {
		return "choose one of the list, or take back what is typed"
	}
	if n := l.nearest(); n >= 0 && l.meant != l.typed() {
		o := l.options[n]
		return o.Label + ", " + o.Hint + "? Down and enter takes them; saved again, “" + l.typed() + "” stands as typed"
	}
	return ""
}

func (f *Form) hidden(i int) bool {
	h := f.c.Fields[i].Hide
	if h == nil {
		return false
	}
	v := Values{}
	for j, field := range f.c.Fields {
		v[field.ID] = f.inputs[j].value()
	}
	return h(v)
}

// next is the next visible field in a direction, -1 when there is none.
func (f *Form) next(from, dir int) int {
	for i := from + dir; i >= 0 && i < len(f.inputs); i += dir {
		if !f.hidden(i) {
			return i
		}
	}
	return -1
}

// Undoes says whether the focused field takes typing back by ctrl+z: one that holds text does.
func (f *Form) Undoes() bool {
	if f.at < 0 {
		return false
	}
	switch f.inputs[f.at].(type) {
	case *choiceInput, *multiInput:
		return false
	}
	return true
}

// shift moves the focus, round the ends.
func (f *Form) shift(dir int) tea.Cmd {
	to := f.next(f.at, dir)
	if to < 0 && dir > 0 {
		to = f.next(-1, 1)
	} else if to < 0 {
		to = f.next(len(f.inputs), -1)
	}
	f.focus(to)
	return nil
}

func (f *Form) focus(i int) {
	for j, in := range f.inputs {
		in.focus(j == i)
	}
	f.at = i
}
