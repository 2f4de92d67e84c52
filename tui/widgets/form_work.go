package widgets

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
)

// submit checks everything and hands the answers over.
func (f *Form) submit() tea.Cmd {
	if f.holding {
		return f.pause()
	}
	first, asked := -1, false
	for i, in := range f.inputs {
		l, list := in.(*listInput)
		if list {
			l.settle()
			asked = asked || l.free && !f.hidden(i) && f.unmeant(i) != ""
		}
		if !f.check(i, true) && first < 0 {
			first = i
		}
		if list && !f.hidden(i) {
			l.meant = l.typed() // it was asked about
		}
		if f.doubts(i) && first < 0 {
			first, asked = i, true
		}
	}
	for i, field := range f.c.Fields {
		if _, theirs := f.mine[field.ID]; theirs && !f.minded && !f.hidden(i) {
			f.errs[field.ID] = safe.Line("what is there now stays; save once more to let yours go")
			if first < 0 {
				first = i
			}
		}
	}
	if first >= 0 {
		f.minded = true
		f.focus(first)
		if asked {
			return f.pause() // a key pressed twice must not answer what nobody has read
		}
		return nil
	}
	if f.c.Submit == nil {
		return f.done(formDone{of: f, result: f.Values()})
	}
	f.saving, f.problem = true, safe.Text{}
	f.settle.Cancel() // a draft kept after the save would come back as a ghost
	ctx, v, submit := context.WithoutCancel(f.c.Context), f.Values(), f.c.Submit
	return func() tea.Msg {
		result, err := submit(ctx, v)
		return formDone{f, result, err}
	}
}

// doubts asks once about a value that may be a slip; false where there is nothing to ask, or it was asked.
func (f *Form) doubts(i int) bool {
	field, v := f.c.Fields[i], f.meaning(i)
	if _, bad := f.errs[field.ID]; field.Sure == nil || v == "" || bad || f.hidden(i) || f.sure[field.ID] == v {
		return false
	}
	ask := field.Sure(v)
	if ask == "" {
		return false
	}
	f.sure[field.ID], f.errs[field.ID] = v, safe.Line(ask+" Saved again, it stands.")
	return true
}

func (f *Form) done(msg formDone) tea.Cmd {
	f.saving = false
	if msg.err == nil {
		f.wrote, _ = f.Draft()
		clear(f.touched)
		f.settle.Cancel()
		if f.c.OnDone != nil {
			return f.c.OnDone(msg.result)
		}
		return nil
	}
	var fe *FieldError
	if errors.As(msg.err, &fe) {
		for i, field := range f.c.Fields {
			if field.ID == fe.Field && !f.hidden(i) {
				f.errs[fe.Field] = safe.Line(fe.Message)
				f.focus(i)
				return f.preview()
			}
		}
	}
	f.problem = safe.Line(msg.err.Error())
	if fe != nil && fe.Field != "" && (strings.HasPrefix(fe.Message, "is ") || strings.HasPrefix(fe.Message, "must ")) {
		f.problem = safe.Line(strings.ReplaceAll(fe.Field, "_", " ") + " " + fe.Message) // no field here is about it
	}
	return tea.Batch(f.preview(), f.pause()) // it was refused: what is held against the answers may have changed
}

func (f *Form) leave() tea.Cmd {
	f.settle.Cancel()
	if f.cancel != nil {
		f.cancel()
	}
	if f.c.OnLeave == nil {
		return nil
	}
	if draft, ok := f.Draft(); ok {
		return f.c.OnLeave(draft)
	}
	return f.c.OnLeave(nil)
}

// preview asks what the answers would do. A newer question ends the older one.
func (f *Form) preview() tea.Cmd {
	if f.c.Preview == nil {
		return nil
	}
	if f.cancel != nil {
		f.cancel()
	}
	ctx, cancel := context.WithCancel(f.c.Context)
	f.cancel = cancel
	f.panelGen++
	gen, v, preview := f.panelGen, f.Values(), f.c.Preview
	return func() tea.Msg { return formPanel{f, gen, preview(ctx, v)} }
}

// find asks for the hits of the search field that has the focus.
func (f *Form) find() tea.Cmd { return f.findAt(f.at) }

func (f *Form) findAt(i int) tea.Cmd {
	fi := f.finds[i]
	if fi == nil || f.c.Fields[i].Find == nil {
		return nil
	}
	fi.gen++
	ctx, gen, q, find := f.c.Context, fi.gen, fi.query(), f.c.Fields[i].Find
	if q == "" {
		fi.got(nil, nil)
		return nil
	}
	fi.busy = true
	return func() tea.Msg {
		hits, err := find(ctx, q)
		return formHits{f, i, gen, hits, err}
	}
}
