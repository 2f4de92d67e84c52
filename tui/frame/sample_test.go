package frame_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// job is a row of the sample: nothing of the real work, to prove that the
// toolkit knows nothing of it.
type job struct {
	id, name, who string
	left          time.Duration
}

// board is a screen made of toolkit parts only.
type board struct {
	s     *frame.Session
	name  string
	list  *widgets.List[job]
	load  *frame.Loader
	rows  func() []job
	panic bool
	draft map[string]string
	log   *[]string
}

func newBoard(s *frame.Session, name string, rows func() []job, log *[]string) *board {
	b := &board{s: s, name: name, load: s.Loader(), rows: rows, log: log}
	b.list = widgets.NewList(s.Keys, func(j job) string { return j.id },
		widgets.Column[job]{Title: "Job", Min: 12, Max: 30, Cell: func(th *theme.Theme, j job) widgets.Line { return widgets.In(th.Text, j.name) }},
		widgets.Column[job]{Title: "Clock", Min: 18, Max: 20, Cell: func(th *theme.Theme, j job) widgets.Line {
			over, style := j.left < 0, th.Text
			words := fmt.Sprintf("%d h left", int(j.left.Hours()))
			if over {
				words, style = fmt.Sprintf("%d h over", int(-j.left.Hours())), th.Overdue
			}
			return widgets.Clock(th, 1-j.left.Hours()/72, over, false, 8, style, words)
		}},
		widgets.Column[job]{Title: "Who", Min: 8, Max: 14, Priority: 2, Cell: func(th *theme.Theme, j job) widgets.Line { return widgets.In(th.Muted, j.who) }},
	)
	b.list.Header, b.list.Empty = true, "Nothing to do."
	return b
}

func (b *board) Title() string { return b.name }
func (b *board) Init() tea.Cmd { return b.reload() }

func (b *board) reload() tea.Cmd {
	rows := b.rows
	return frame.Load(b.load, func(context.Context) ([]job, error) { return rows(), nil })
}

func (b *board) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case frame.Loaded[[]job]:
		if msg.For(b.load) {
			var late, rest []job
			for _, j := range msg.Value {
				if j.left < 0 {
					late = append(late, j)
				} else {
					rest = append(rest, j)
				}
			}
			b.list.SetGroups([]widgets.Group[job]{{Key: "Overdue", Rows: late}, {Key: "Later", Rows: rest, Fold: true}})
		}
	case frame.ResumeMsg:
		return b.reload()
	case tea.KeyPressMsg:
		if msg.String() == "f8" {
			panic("sample: row 7 of 3")
		}
		b.list.Update(msg)
	}
	return nil
}

func (b *board) View(w, h int) string {
	th := b.s.Theme
	if b.panic {
		panic("sample: cannot draw")
	}
	if b.s.Narrow() {
		return widgets.Fit(b.list.View(th, w, h-6), w, h-6) + "\n" + b.detail(w, 6)
	}
	left := w * 3 / 5
	return widgets.Beside(th, h, widgets.Fit(b.list.View(th, left, h), left, h), b.detail(w-left-1, h))
}

func (b *board) detail(w, h int) string {
	th := b.s.Theme
	j, ok := b.list.Focused()
	if !ok {
		return widgets.Fit("", w, h)
	}
	lines := []string{widgets.Rule(th, w, j.name)}
	for _, l := range widgets.Pairs(th, w, widgets.Pair{Label: "For", Value: widgets.Say(j.who)},
		widgets.Pair{Label: "Clock", Value: widgets.Say("72 hours from the start, because that is the rule for every job of this sample")}) {
		lines = append(lines, l.Paint(th, w))
	}
	return widgets.Fit(strings.Join(lines, "\n"), w, h)
}

func (b *board) Actions() []frame.Action {
	none := func() string {
		if _, ok := b.list.Focused(); !ok {
			return "no job is focused"
		}
		return ""
	}
	return []frame.Action{
		{ID: "board.done", Disabled: none, Run: b.done},
		{ID: "board.call", Disabled: none, Run: b.call},
		{ID: "board.note", Disabled: none, Run: b.note},
		{ID: "board.never", Disabled: func() string { return "the archive is full" }},
	}
}

func (b *board) done() tea.Cmd {
	j, _ := b.list.Focused()
	*b.log = append(*b.log, "done "+j.id)
	return b.s.Toast(widgets.Good, j.name+" is done")
}

func (b *board) call() tea.Cmd {
	j, _ := b.list.Focused()
	return b.s.Open(frame.Menu(b.s, "Call about "+j.name, []widgets.Choice{
		{Key: "n", Title: "No answer", Hint: "tries again later", Result: "no_answer"},
		{Key: "m", Title: "Left a message", Result: "left_message"},
		{Key: "s", Title: "Spoke", Why: "nobody may speak here", Result: "spoke"},
	}), func(result any) tea.Cmd {
		if how, ok := result.(string); ok {
			*b.log = append(*b.log, "call "+j.id+" "+how)
			return b.s.Toast(widgets.Info, "Logged: "+how)
		}
		return nil
	})
}

func (b *board) note() tea.Cmd {
	j, _ := b.list.Focused()
	o, _ := frame.Form(b.s, "note "+j.id, widgets.FormConfig{
		Title: "Note on " + j.name,
		Fields: []widgets.Field{
			{ID: "to", Label: "To", Kind: widgets.FindKind, Required: true, Hint: "type a name, then enter", Find: findPeople},
			{ID: "when", Label: "When", Check: checkWhen, Reads: func(v string) string { return "today at " + v }},
			{ID: "kind", Label: "Kind", Kind: widgets.ChoiceKind, Value: "plain", Options: []widgets.Option{
				{Value: "plain", Label: "Plain", Key: "p"}, {Value: "urgent", Label: "Urgent", Key: "u"}}},
			{ID: "flags", Label: "Flags", Kind: widgets.MultiKind, Options: []widgets.Option{
				{Value: "a", Label: "Alpha", Key: "a"}, {Value: "b", Label: "Beta", Key: "b"}}},
			{ID: "told", Label: "Told?", Kind: widgets.YesNoKind},
			{ID: "text", Label: "Text", Kind: widgets.NoteKind, Required: true},
		},
		Draft: b.draft,
		Preview: func(_ context.Context, v widgets.Values) []widgets.Line {
			return []widgets.Line{widgets.Say("A " + v["kind"] + " note of " + fmt.Sprint(len(v["text"])) + " letters.")}
		},
		Submit: func(_ context.Context, v widgets.Values) (any, error) {
			switch v["text"] {
			case "refuse":
				return nil, &widgets.FieldError{Field: "text", Message: "this text is refused"}
			case "fail":
				return nil, errors.New("the disk is full")
			case "burst":
				panic("sample: burst")
			}
			return v, nil
		},
	}, func(draft map[string]string) { b.draft = draft })
	return b.s.Open(o, func(result any) tea.Cmd {
		if v, ok := result.(widgets.Values); ok {
			b.draft = nil
			*b.log = append(*b.log, fmt.Sprintf("note %s to=%s kind=%s flags=%s told=%s text=%q", j.id, v["to"], v["kind"], v["flags"], v["told"], v["text"]))
			return tea.Batch(b.s.Toast(widgets.Good, "Note kept"), b.reload())
		}
		return nil
	})
}

func findPeople(_ context.Context, q string) ([]widgets.Option, error) {
	var out []widgets.Option
	for _, name := range []string{"Ada Byron", "Alan Turing", "Grace Hopper"} {
		if strings.Contains(strings.ToLower(name), strings.ToLower(q)) {
			out = append(out, widgets.Option{Value: strings.ToLower(strings.Fields(name)[0]), Label: name, Hint: "on duty"})
		}
	}
	return out, nil
}

func checkWhen(v string) error {
	if _, err := time.Parse("15:04", v); err != nil {
		return errors.New("a time like 15:30")
	}
	return nil
}

// sample is the whole program and what a test may look at.
type sample struct {
	rows   []job
	log    []string
	drafts []frame.Draft
	root   *frame.Model
	board  *board
	config func(*frame.Config) // changes what the program is told
}

func sampleKeys() *keymap.Map {
	m, err := keymap.Default().With(append(keymap.In("board",
		keymap.Binding{Action: "board.done", Keys: []string{"d"}, Title: "Done", Group: "Job"},
		keymap.Binding{Action: "board.call", Keys: []string{"c"}, Title: "Call", Group: "Job"},
		keymap.Binding{Action: "board.note", Keys: []string{"n"}, Title: "Note", Group: "Job"},
		keymap.Binding{Action: "board.never", Keys: []string{"X"}, Title: "Archive", Group: "Job"},
	), keymap.In(keymap.Global,
		keymap.Binding{Action: "sample.find", Keys: []string{"ctrl+f"}, Title: "Find", Group: "Go", Anywhere: true, Quiet: true},
		keymap.Binding{Action: keymap.Tab + "1", Keys: []string{"1"}, Title: "Board", Group: "Go", Quiet: true},
		keymap.Binding{Action: keymap.Tab + "2", Keys: []string{"2"}, Title: "Empty", Group: "Go", Quiet: true},
	)...)...)
	if err != nil {
		panic(err)
	}
	return m
}

func (x *sample) build(rt frame.Runtime) tea.Model {
	if x.rows == nil {
		for i := range 60 {
			x.rows = append(x.rows, job{id: fmt.Sprintf("J%d", i), name: fmt.Sprintf("Job number %d", i), who: "Grace Hopper",
				left: time.Duration(i*5-12) * time.Hour})
		}
	}
	th := theme.Default()
	c := frame.Config{
		Runtime: rt, Keys: sampleKeys(), Theme: th,
		Who: safe.Line("Dee Osei"), Role: safe.Line("coordinator"), Team: safe.Line("Newham return interviews"),
		Screens: map[string]frame.Factory{
			"board": func(s *frame.Session, id string) frame.Screen {
				if id == "none" {
					return newBoard(s, "Empty", func() []job { return nil }, &x.log)
				}
				b := newBoard(s, "Board", func() []job { return x.rows }, &x.log)
				if id == "" {
					x.board = b
				}
				return b
			},
		},
		Tabs: []frame.Tab{{Place: frame.Place{Screen: "board"}}, {Place: frame.Place{Screen: "board", ID: "none"}}},
		Header: func() []frame.Count {
			return []frame.Count{
				{Long: "new", Value: "12", Style: th.Info}, {Long: "overdue", Short: "over", Value: "3", Style: th.Overdue, Keep: true},
				{Long: "clusters suggested", Short: "cl", Value: "2"}, {Long: "follow-ups due", Short: "fu", Value: "5"},
			}
		},
		Live: func() string { return "live" },
		Global: func() []frame.Action {
			return []frame.Action{{ID: "sample.find", Run: func() tea.Cmd {
				s := x.root.Session()
				return s.Open(frame.Reader(s, "Finder", frame.Centre, widgets.Say("found")), nil)
			}}}
		},
		SaveDrafts: func(d []frame.Draft) { x.drafts = append(x.drafts, d...) },
	}
	if x.config != nil {
		x.config(&c)
	}
	x.root = frame.New(c)
	return x.root
}
