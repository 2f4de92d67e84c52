package intake

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// Actions are what can be done here.
func (v *screen) Actions() []frame.Action {
	act := func(id string, why func() string, run func() tea.Cmd) frame.Action {
		return frame.Action{ID: "intake." + id, Disabled: why, Run: run}
	}
	why := v.p.Why("import.row", nil)
	looked := func() string {
		switch {
		case why != "":
			return why
		case v.busy != "":
			return "wait until the file was read"
		case v.open == nil:
			return "look into a file first"
		}
		return ""
	}
	take := func() string {
		if why := looked(); why != "" {
			return why
		}
		if c := v.open.report.Counts; c.Created+c.Updated == 0 {
			return "nothing in it is new"
		}
		return ""
	}
	mend := func() string {
		if why := looked(); why != "" {
			return why
		}
		if r, ok := v.rows.Focused(); !ok || r.Verdict != "refused" {
			return "no refused row is focused"
		}
		return ""
	}
	known := func() string {
		if why := looked(); why != "" {
			return why
		}
		if r, ok := v.rows.Focused(); !ok || r.Row[domain.ColChildRef] == "" {
			return "the focused row names no child by a reference"
		}
		return ""
	}
	sheet := func() string {
		switch {
		case v.open == nil:
			return "look into a workbook first"
		case len(v.open.report.Sheets) == 0:
			return "the file is a CSV and has no sheets"
		case len(v.open.report.Sheets) == 1:
			return "the workbook has one sheet"
		}
		return ""
	}
	past := func() string { return why }
	return []frame.Action{
		act("take", take, v.askTakeIn), act("sheet", sheet, v.anotherSheet), act("take_back", past, v.listPast),
		act("mend", mend, v.mend),
		act("open", nil, v.enter),
		act("file", nil, v.another),
		act("back", nil, v.back), act("child", known, v.timeline),
	}
}

// timeline goes to what is known already of the focused row's child.
func (v *screen) timeline() tea.Cmd {
	r, _ := v.rows.Focused()
	return v.p.TimelineOf(r.Row[domain.ColChildRef])
}

// enter looks into the focused file, or opens a group of rows.
func (v *screen) enter() tea.Cmd {
	if v.open != nil {
		if _, header := v.rows.FocusedGroup(); header {
			v.rows.ToggleFold()
		}
		return nil
	}
	f, ok := v.files.Focused()
	if !ok {
		return nil
	}
	return v.lookInto(view.IntakeFile{Path: f.Path, Format: "referrals"})
}

// back leaves the file, then the screen.
func (v *screen) back() tea.Cmd {
	if v.open == nil {
		return v.s.Back()
	}
	v.open, v.busy = nil, ""
	v.look.Stop()
	return v.Init()
}

// another asks for a file that is not in the folder, and how to read it.
func (v *screen) another() tea.Cmd {
	p := v.p
	o, _ := frame.Form(v.s, "", widgets.FormConfig{
		Title: "Open a file",
		Fields: []widgets.Field{
			{ID: "path", Label: "File", Required: true, Hint: "the whole path"},
			{ID: "format", Label: "Format", Kind: widgets.ChoiceKind, Value: "referrals", Options: []widgets.Option{
				{Value: "referrals", Label: "referrals", Key: "r"}, {Value: "ssda903", Label: "SSDA903 history", Key: "s"}}},
			{ID: "history", Label: "History", Kind: widgets.YesNoKind, Value: "no", Hint: "record episodes without raising referrals",
				Hide: func(x widgets.Values) bool { return x["format"] == "ssda903" }},
			{ID: "map", Label: "Map", Hint: "name of an [intake.map] of the configuration; blank for our own headers",
				Hide: func(x widgets.Values) bool { return x["format"] == "ssda903" }},
		},
		SubmitTitle: "open", EnterSaves: true,
		Submit: func(ctx context.Context, x widgets.Values) (any, error) {
			f := view.IntakeFile{Path: x["path"], Format: x["format"], Map: x["map"], History: x.Yes("history")}
			rows, rep, err := p.Intake.Preview(ctx, f, previewRows)
			var unfit *view.UnfitHeader
			if err != nil && !errors.As(err, &unfit) {
				return nil, err // what was typed stays
			}
			return &opened{seenFile{f, rows, rep}, err}, nil
		},
	}, nil)
	return v.s.Open(o, func(result any) tea.Cmd {
		o, ok := result.(*opened)
		switch {
		case !ok:
			return nil
		case o.err != nil:
			return v.unread(o.seen.file, o.err)
		}
		v.show(&o.seen)
		return nil
	})
}

// opened is a file that was asked for by its path; err is that of a header that fits nothing.
type opened struct {
	seen seenFile
	err  error
}

// unread says why a file was not looked into, and offers the sheets and maps there are to read it by.
func (v *screen) unread(f view.IntakeFile, err error) tea.Cmd {
	name := filepath.Base(f.Path)
	var unfit *view.UnfitHeader
	if !errors.As(err, &unfit) || unfit.Sheets == nil && unfit.Maps == nil {
		return v.s.Open(frame.Reader(v.s, name+" was not read", frame.Centre, widgets.In(v.s.Theme.Overdue, err.Error())), nil)
	}
	var choices []widgets.Choice
	for _, sheet := range unfit.Sheets {
		by := f
		by.Sheet = sheet
		choices = append(choices, widgets.Choice{Title: "Sheet " + sheet, Result: by})
	}
	for _, m := range unfit.Maps {
		by := f
		by.Map = m
		choices = append(choices, widgets.Choice{Title: "Map " + m, Hint: "another system's headers, as the configuration has them", Result: by})
	}
	intro := []widgets.Line{widgets.In(v.s.Theme.Overdue, "The header fits nothing: "+unfit.Why.Error())}
	if unfit.Sheet != "" {
		intro[0] = widgets.In(v.s.Theme.Overdue, "The sheet “"+unfit.Sheet+"” has no header that fits: "+unfit.Why.Error())
	}
	return v.s.Open(frame.Menu(v.s, "How is "+name+" read?", choices, intro...), func(result any) tea.Cmd {
		by, ok := result.(view.IntakeFile)
		if !ok {
			return nil
		}
		return v.lookInto(by)
	})
}

// mend shows a refused row's cells, each fault beside its field, and takes the mended row in by itself.
func (v *screen) mend() tea.Cmd {
	r, _ := v.rows.Focused()
	now, s := v.p.Now, v.p.Settings()
	faulty := map[string]string{}
	var intro []widgets.Line
	for _, n := range r.Notes {
		if n.Own != "" {
			faulty[n.Own] = n.Reason
		}
		intro = append(intro, widgets.In(v.s.Theme.Overdue, note(n)))
	}
	var first, rest []widgets.Field
	for col := range domain.NumColumns {
		f := widgets.Field{ID: col.String(), Label: domain.Words(col.String()), Value: r.Row[col], Hint: faulty[col.String()], Limit: 2000}
		if faulty[col.String()] != "" {
			first = append(first, f)
		} else {
			rest = append(rest, f)
		}
	}
	row := func(x widgets.Values) domain.Row {
		var out domain.Row
		for col := range domain.NumColumns {
			out[col] = x[col.String()]
		}
		return out
	}
	file := v.open.file
	whose := desk.OfNoChild()
	if r.Row[domain.ColGivenName]+r.Row[domain.ColFamilyName] != "" {
		whose = v.p.Of(v.s, &domain.Child{GivenName: r.Row[domain.ColGivenName], FamilyName: r.Row[domain.ColFamilyName]})
	}
	return v.p.OpenForm(v.s, whose, fmt.Sprintf("intake %s %d", filepath.Base(file.Path), r.Line), widgets.FormConfig{
		Title: fmt.Sprintf("mend line %d", r.Line), Intro: intro, Fields: append(first, rest...), PreviewTitle: "What it will do", SubmitTitle: "take in",
		Preview: func(_ context.Context, x widgets.Values) []widgets.Line {
			cells := row(x)
			_, faults := domain.ReadRow(&cells, s, now(), true)
			out := []widgets.Line{widgets.Say("This will take the mended row in.")}
			if len(faults) == 0 {
				out = append(out, widgets.In(v.s.Theme.Good, "The row can go in now."))
			}
			for _, f := range faults {
				out = append(out, widgets.In(v.s.Theme.Overdue, f.Column.String()+" "+f.Reason))
			}
			return out
		},
		Submit: func(ctx context.Context, x widgets.Values) (any, error) {
			cells := row(x)
			if _, faults := domain.ReadRow(&cells, s, now(), true); len(faults) > 0 {
				return nil, &widgets.FieldError{Field: faults[0].Column.String(), Message: faults[0].Reason}
			}
			rep, err := v.p.Intake.TakeRow(ctx, cells)
			if err != nil {
				return nil, err
			}
			if len(rep.RefusedRows) > 0 {
				return nil, errors.New(note(rep.RefusedRows[0]))
			}
			return rep, nil
		},
	}, func(any) tea.Cmd {
		v.mended[lineKey(file.Path, r.Line)] = true
		return tea.Batch(v.s.Toast(widgets.Good, "The mended row went in."), v.p.Reload(), v.lookInto(file))
	})
}

var _ frame.Screen = (*screen)(nil)
