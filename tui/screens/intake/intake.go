// Package intake is the screen on which the night's files are looked at before they go in.
package intake

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// Name of the screen: its place, and the scope of its keys.
const Name = "intake"

// Keys are the screen's own.
func Keys() []keymap.Binding {
	return keymap.In(Name,
		keymap.Binding{Action: "intake.open", Keys: []string{"enter"}, Title: "Look into the file", Short: "Open", Group: "Intake"},
		keymap.Binding{Action: "intake.file", Keys: []string{"o"}, Title: "Open another file", Words: "import", Group: "Intake"},
		keymap.Binding{Action: "intake.take", Keys: []string{"t"}, Title: "Take the file in", Short: "Take it in", Words: "import", Group: "Intake"},
		keymap.Binding{Action: "intake.sheet", Keys: []string{"w"}, Title: "Read another sheet of the workbook", Short: "Another sheet", Words: "excel xlsx tab", Group: "Intake", Quiet: true},
		keymap.Binding{Action: "intake.take_back", Keys: []string{"b"}, Title: "Imports, and take one back", Short: "Imports", Words: "undo import wrong file list", Group: "Intake"},
		keymap.Binding{Action: "intake.mend", Keys: []string{"e"}, Title: "Mend the row", Words: "refused edit correct", Group: "Intake"},
		keymap.Binding{Action: "intake.child", Keys: []string{"c"}, Title: "The child's timeline", Short: "Timeline", Words: "story", Group: "Intake", Quiet: true},
		keymap.Binding{Action: "intake.back", Keys: []string{"esc"}, Title: "Back to the files", Short: "Back", Words: "leave", Group: "Intake"},
	)
}

// previewRows is how many rows of a file are shown one by one.
const previewRows = 5000

// waiting is what the folder holds.
type waiting struct {
	folder string
	files  []view.WaitingFile
}

// seenFile is one file as it was looked into.
type seenFile struct {
	file   view.IntakeFile
	rows   []view.PreviewRow
	report *view.IntakeReport
}

// taken is a file that went in.
type taken struct{ report *view.IntakeReport }

type screen struct {
	s       *frame.Session
	p       *desk.Program
	files   *widgets.List[view.WaitingFile]
	rows    *widgets.List[view.PreviewRow]
	list    *frame.Loader
	look    *frame.Loader
	take    *frame.Loader
	here    waiting
	err     error
	open    *seenFile // nil while the files are listed
	busy    string
	painted *theme.Theme // by which the groups of rows were built
	// mended are the lines of a file that went in by hand: the file still has them as they came.
	mended map[string]bool
	past   *frame.Loader
	undo   *frame.Loader
}

func lineKey(path string, line int) string { return fmt.Sprint(path, ":", line) }

// New makes the factory of the screen.
func New(p *desk.Program) frame.Factory {
	return func(s *frame.Session, _ string) frame.Screen {
		v := &screen{s: s, p: p, list: s.Loader(), look: s.Loader(), take: s.Loader(), past: s.Loader(), undo: s.Loader(), mended: map[string]bool{}}
		v.files = widgets.NewList(s.Keys, func(f view.WaitingFile) string { return f.Path },
			widgets.Column[view.WaitingFile]{Title: "File", Min: 20, Cell: func(th *theme.Theme, f view.WaitingFile) widgets.Line { return widgets.In(th.Strong, f.Name) }},
			widgets.Column[view.WaitingFile]{Title: "Came", Min: 16, Max: 22, Cell: func(th *theme.Theme, f view.WaitingFile) widgets.Line {
				return widgets.In(th.Text, desk.When(f.Modified, s.Now()))
			}},
			widgets.Column[view.WaitingFile]{Title: "Size", Min: 8, Max: 10, Align: widgets.Right, Cell: func(th *theme.Theme, f view.WaitingFile) widgets.Line {
				return widgets.In(th.Muted, size(f.Size))
			}})
		v.files.Header, v.files.Empty = true, "No file is waiting."
		v.rows = widgets.NewList(s.Keys, func(r view.PreviewRow) string { return fmt.Sprint(r.Line) }, v.columns()...)
		v.rows.Header, v.rows.Empty = true, "The file holds no rows."
		return v
	}
}

func size(n int64) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d B", n)
	case n < 1<<20:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

func rowsWord(n int) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}

func (v *screen) columns() []widgets.Column[view.PreviewRow] {
	return []widgets.Column[view.PreviewRow]{
		{Title: "Line", Min: 5, Max: 7, Align: widgets.Right, Cell: func(th *theme.Theme, r view.PreviewRow) widgets.Line {
			return widgets.In(th.Muted, fmt.Sprint(r.Line))
		}},
		{Title: "Police ref", Min: 12, Max: 22, Cell: func(th *theme.Theme, r view.PreviewRow) widgets.Line {
			return widgets.In(th.Text, r.Row[domain.ColPoliceRef])
		}},
		{Title: "Child", Min: 14, Max: 26, Cell: func(th *theme.Theme, r view.PreviewRow) widgets.Line {
			name := strings.TrimSpace(r.Row[domain.ColGivenName] + " " + r.Row[domain.ColFamilyName])
			if v.s.MaskNames || name == "" {
				name = r.Row[domain.ColChildRef]
			}
			return widgets.In(th.Strong, name)
		}},
		{Title: "What", Min: 20, Cell: func(th *theme.Theme, r view.PreviewRow) widgets.Line {
			switch {
			case len(r.Notes) > 0:
				return widgets.In(th.Overdue, note(r.Notes[0]))
			case len(r.Alike) > 0:
				return widgets.In(th.Flag, "may be "+r.Alike[0])
			case len(r.Changes) > 0:
				return widgets.In(th.Info, r.Changes[0])
			case len(r.Warnings) > 0:
				return widgets.In(th.Warning, r.Warnings[0])
			}
			return nil
		}},
	}
}

func note(n view.RowNote) string {
	if n.Column == "" || strings.HasPrefix(n.Reason, n.Column) {
		return n.Reason
	}
	return n.Column + " " + n.Reason
}

// Title of the page.
func (v *screen) Title() string { return "Intake" }

// Init lists the folder.
func (v *screen) Init() tea.Cmd {
	p := v.p
	return frame.Load(v.list, func(ctx context.Context) (waiting, error) {
		folder, files, err := p.Intake.Waiting(ctx)
		return waiting{folder, files}, err
	})
}

// Update handles a message.
func (v *screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case frame.Loaded[waiting]:
		if msg.For(v.list) {
			v.list.Done()
			v.here, v.err = msg.Value, msg.Err
			v.files.SetRows(v.here.files)
		}
	case frame.Loaded[*seenFile]:
		if msg.For(v.look) {
			v.look.Done()
			asked := v.busy != ""
			v.busy = ""
			switch {
			case msg.Err == nil:
				v.show(msg.Value)
			case asked:
				return v.unread(msg.Value.file, msg.Err)
			default:
				return v.s.Toast(widgets.Bad, msg.Err.Error())
			}
		}
	case frame.Loaded[taken]:
		if msg.For(v.take) {
			return v.tookIn(msg)
		}
	case frame.Loaded[[]*domain.Import]:
		if msg.For(v.past) {
			v.past.Done()
			return v.choosePast(msg.Value, msg.Err)
		}
	case frame.Loaded[*view.TakenBack]:
		if msg.For(v.undo) {
			return v.tookBack(msg)
		}
	case frame.ResumeMsg:
		if v.open == nil {
			return v.Init()
		}
	case desk.FreshMsg:
		// Somebody took a file in: what this one would do may be done already.
		if v.open != nil && v.busy == "" && (msg.Since.All || slices.ContainsFunc(msg.Since.Events, func(e view.Event) bool { return strings.HasPrefix(e.Act, "import.") })) {
			return v.foresee(v.open.file)
		}
	case tea.KeyPressMsg:
		if v.open != nil {
			v.rows.Update(msg)
		} else {
			v.files.Update(msg)
		}
	}
	return nil
}

// show groups a file's rows: what needs a person first.
func (v *screen) show(f *seenFile) {
	v.open = f
	th := v.s.Theme
	v.painted = th
	byVerdict := map[string][]view.PreviewRow{}
	for _, r := range f.rows {
		if r.Verdict == "refused" && v.mended[lineKey(f.file.Path, r.Line)] {
			r.Verdict, r.Notes = "mended", nil
		}
		byVerdict[r.Verdict] = append(byVerdict[r.Verdict], r)
	}
	var groups []widgets.Group[view.PreviewRow]
	for _, g := range []struct {
		verdict, title string
		style          theme.Style
		fold           bool
	}{{"refused", "Refused: mend them with " + v.s.Key("intake.mend") + ", or they stay out", th.Overdue, false}, {"doubtful", "Doubtful: a new child who may be known", th.Flag, false},
		{"changed", "Changed", th.Group, false}, {"new", "New", th.Group, false}, {"unchanged", "Unchanged", th.Muted, true}, {"mended", "Mended here: they are in", th.Muted, true}} {
		rows := byVerdict[g.verdict]
		groups = append(groups, widgets.Group[view.PreviewRow]{Key: g.verdict, Fold: true, Folded: g.fold, Rows: rows,
			Title: widgets.Join(widgets.In(g.style, g.title), widgets.In(th.Muted, fmt.Sprintf(" %d", len(rows))))})
	}
	v.rows.SetGroups(groups)
}

// lookInto reads a file and what it would do.
func (v *screen) lookInto(f view.IntakeFile) tea.Cmd {
	v.busy = "Reading " + filepath.Base(f.Path) + "…"
	return v.foresee(f)
}

// foresee is the same while what was read before stands on the screen.
func (v *screen) foresee(f view.IntakeFile) tea.Cmd {
	p := v.p
	return frame.Load(v.look, func(ctx context.Context) (*seenFile, error) {
		rows, rep, err := p.Intake.Preview(ctx, f, previewRows)
		return &seenFile{f, rows, rep}, err
	})
}

// takeIn takes the file in.
func (v *screen) takeIn() tea.Cmd {
	p, f := v.p, v.open.file
	v.busy = "Taking the file in…"
	return frame.Load(v.take, func(ctx context.Context) (taken, error) {
		rep, err := p.Intake.TakeIn(context.WithoutCancel(ctx), f) // whole, also when its person leaves meanwhile
		return taken{rep}, err
	})
}

func (v *screen) tookIn(msg frame.Loaded[taken]) tea.Cmd {
	v.take.Done()
	v.busy = ""
	file := v.open
	if r := msg.Value.report; r != nil {
		c := r.Counts
		v.s.Toast(widgets.Good, fmt.Sprintf("%d new, %d changed, %d unchanged, %d refused; %d referrals raised", c.Created, c.Updated, c.Unchanged, c.Refused, r.Referred))
	}
	if msg.Err != nil {
		v.s.Toast(widgets.Bad, msg.Err.Error())
	}
	again := v.p.Reload()
	if file == nil {
		return again
	}
	return tea.Batch(again, v.lookInto(file.file))
}

// View draws the page.
func (v *screen) View(w, h int) string {
	th := v.s.Theme
	line := func(l widgets.Line) string { return l.Paint(th, w) }
	head := ""
	switch {
	case v.busy != "":
		head = line(widgets.In(th.Info, " "+v.busy))
	case v.open != nil:
		c := v.open.report.Counts
		mended := 0
		for _, r := range v.open.rows {
			if r.Verdict == "refused" && v.mended[lineKey(v.open.file.Path, r.Line)] {
				mended++
			}
		}
		c.Refused -= mended
		c.Unchanged += mended
		name := filepath.Base(v.open.file.Path)
		if v.open.report.Sheet != "" {
			name += ", sheet " + v.open.report.Sheet
		}
		counts := widgets.Join(widgets.In(th.Title, " "+name),
			widgets.In(th.Text, fmt.Sprintf("   %s: %d new, %d changed, %d unchanged, %d refused", rowsWord(c.Read), c.Created, c.Updated, c.Unchanged, c.Refused)))
		if whole := widgets.Join(counts, widgets.In(th.Muted, "   "+v.s.Key("intake.take")+" takes it in, "+v.s.Key("intake.back")+" leaves it")); whole.Width() <= w {
			counts = whole // else the footer alone says it
		}
		head = line(counts)
	case v.err != nil:
		head = line(widgets.In(th.Error, " "+v.err.Error()))
	case v.here.folder == "":
		head = line(widgets.In(th.Info, " No folder is named: set folder under [intake] in the configuration, or open a file with o"))
	default:
		head = line(widgets.Join(widgets.In(th.Label, " Folder "), widgets.Say(v.here.folder)))
	}
	h--
	if v.open != nil && v.painted != th {
		v.show(v.open)
	}
	if v.open == nil {
		return head + "\n" + widgets.Fit(v.files.View(th, w, h), w, h)
	}
	p := v.panes(w, h)
	list, detail := p.List, p.Detail
	if detail.Y > 0 {
		return head + "\n" + widgets.Fit(v.rows.View(th, w, list.H), w, list.H) + "\n" + widgets.Rule(th, w, "") + "\n" + widgets.Fit(v.detail(w, detail.H), w, detail.H)
	}
	return head + "\n" + widgets.Beside(th, h, widgets.Fit(v.rows.View(th, list.W, h), list.W, h), widgets.Fit(v.detail(detail.W, h), detail.W, h))
}

// panes shares the page below its head between the list and the focused row.
func (v *screen) panes(w, h int) desk.Panes {
	switch {
	case v.open == nil:
		return desk.ListAlone(w, h)
	case v.s.Narrow():
		return desk.Below(w, h, min(6, h/3))
	}
	return desk.Side(w, h, w*3/5, 2)
}
