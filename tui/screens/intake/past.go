package intake

import (
	"context"
	"fmt"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// askTakeIn says what taking the file in will do and asks.
func (v *screen) askTakeIn() tea.Cmd {
	th, r := v.s.Theme, v.open.report
	c := r.Counts
	text := []widgets.Line{widgets.Say(fmt.Sprintf("%d new and %d changed will go in, %d referrals will be raised; %d change nothing.", c.Created, c.Updated, r.Referred, c.Unchanged))}
	if c.Refused > 0 {
		text = append(text, widgets.In(th.Overdue, fmt.Sprintf("%d refused stay out: mend them here, before or after.", c.Refused)))
	}
	if r.TakenCount > 0 {
		text = append(text, widgets.In(th.Flag, fmt.Sprintf("%d are taken to be a known child by name and date of birth alone, to be confirmed or moved.", r.TakenCount)))
	}
	if r.WarningCount > 0 {
		text = append(text, widgets.In(th.Warning, fmt.Sprintf("%d warnings, beside their rows.", r.WarningCount)))
	}
	for _, n := range r.FileNotes {
		text = append(text, widgets.In(th.Warning, n))
	}
	return v.s.Open(frame.Confirm(v.s, "Take in "+filepath.Base(v.open.file.Path)+"?", text, "Take it in", "Not yet"), func(yes any) tea.Cmd {
		if yes == true && v.open != nil && v.busy == "" {
			return v.takeIn()
		}
		return nil
	})
}

// anotherSheet asks which sheet of the workbook is read.
func (v *screen) anotherSheet() tea.Cmd {
	f := v.open.file
	var choices []widgets.Choice
	at := 0
	for i, name := range v.open.report.Sheets {
		if name == v.open.report.Sheet {
			at = i
		}
		choices = append(choices, widgets.Choice{Title: name, Result: name})
	}
	return v.s.Open(frame.MenuAt(v.s, "Which sheet?", at, choices), func(result any) tea.Cmd {
		name, ok := result.(string)
		if !ok {
			return nil
		}
		f.Sheet = name
		return v.lookInto(f)
	})
}

// listPast reads the imports there were.
func (v *screen) listPast() tea.Cmd {
	p := v.p
	return frame.Load(v.past, func(ctx context.Context) ([]*domain.Import, error) { return p.Intake.Imports(ctx) })
}

// choosePast shows them, with which of them the person may take back.
func (v *screen) choosePast(all []*domain.Import, err error) tea.Cmd {
	switch {
	case err != nil:
		return v.s.Toast(widgets.Bad, err.Error())
	case len(all) == 0:
		return v.s.Toast(widgets.Info, "Nothing was imported yet that changed something.")
	}
	me, settings := v.p.Desk.Actor().Login, v.p.Settings()
	var choices []widgets.Choice
	for _, i := range all {
		c := widgets.Choice{Title: i.ID.String() + "  " + desk.When(i.Begun, v.s.Now()) + "  " + settings.PersonName(i.By), Result: i,
			Hint: whatCame(i)}
		switch {
		case i.TakenBackAt != 0:
			c.Hint = "taken back " + desk.When(i.TakenBackAt, v.s.Now()) + "; " + c.Hint
		case i.By != me:
			c.Why = "everyone takes their own imports back only"
		}
		choices = append(choices, c)
	}
	return v.s.Open(frame.Menu(v.s, "Take which import back?", choices), func(result any) tea.Cmd {
		i, ok := result.(*domain.Import)
		if !ok {
			return nil
		}
		return v.askTakeBack(i)
	})
}

// askTakeBack says what taking an import back will do and asks.
func (v *screen) askTakeBack(i *domain.Import) tea.Cmd {
	text := []widgets.Line{
		widgets.Say(fmt.Sprintf("%s of %s: new episodes %d, changed %d, new children %d.", i.ID, i.Begun, i.Counts.Created, i.Counts.Updated, i.Counts.ChildrenCreated)),
		widgets.Say("Each row on which nobody has built since will go, its referral and child with it; the others stay and are listed."),
	}
	return v.s.Open(frame.Confirm(v.s, "Take "+i.ID.String()+" back?", text, "Take it back", "Keep it"), func(yes any) tea.Cmd {
		if yes != true {
			return nil
		}
		p, number := v.p, i.ID.String()
		v.busy = "Taking " + number + " back…"
		return frame.Load(v.undo, func(ctx context.Context) (*view.TakenBack, error) {
			return p.Intake.TakeBack(context.WithoutCancel(ctx), number, false) // whole, also when its person leaves meanwhile
		})
	})
}

// tookBack says what went and, row by row, what stays and why.
func (v *screen) tookBack(msg frame.Loaded[*view.TakenBack]) tea.Cmd {
	v.undo.Done()
	v.busy = ""
	again := v.p.Reload()
	if v.open != nil {
		again = tea.Batch(again, v.lookInto(v.open.file))
	}
	rep := msg.Value
	if msg.Err != nil {
		again = tea.Batch(v.s.Toast(widgets.Bad, msg.Err.Error()), again)
	}
	if rep == nil {
		return again
	}
	if len(rep.Stay)+len(rep.Notes) == 0 {
		return tea.Batch(v.s.Toast(widgets.Good, fmt.Sprintf("Took %s back: %s went, none stays.", rep.Import, rowsWord(rep.Rows))), again)
	}
	th := v.s.Theme
	lines := []widgets.Line{widgets.Say(rowsWord(rep.Rows) + fmt.Sprintf(" went, %d stay.", len(rep.Stay)))}
	for _, n := range rep.Stay {
		lines = append(lines, widgets.Line{}, widgets.In(th.Overdue, lineWord(n)+" stays"), widgets.Say(note(n)))
	}
	for _, n := range rep.Notes {
		lines = append(lines, widgets.Line{}, widgets.In(th.Warning, lineWord(n)+" went, but"), widgets.Say(note(n)))
	}
	return tea.Batch(again, v.s.Open(frame.Reader(v.s, "Took "+rep.Import.String()+" back", frame.Centre, lines...), nil))
}

// lineWord names a row as the file does.
func lineWord(n view.RowNote) string {
	if n.Ref == "" {
		return fmt.Sprintf("Line %d", n.Line)
	}
	return fmt.Sprintf("Line %d, %s,", n.Line, n.Ref)
}

// whatCame tells an import from others of the same minute: no file's name is kept.
func whatCame(i *domain.Import) string {
	c := i.Counts
	s := fmt.Sprintf("%s: %d new, %d changed, %d unchanged, %d refused", rowsWord(c.Read), c.Created, c.Updated, c.Unchanged, c.Refused)
	switch {
	case i.Format != "" && i.Format != "referrals":
		s += "; " + i.Format
	case i.History:
		s += "; as history"
	}
	return s
}
