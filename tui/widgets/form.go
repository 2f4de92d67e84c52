package widgets

import (
	"context"
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/keymap"
)

// FieldError is a refusal that belongs to a field. Submit returns one to have
// the message stand beside the field; Field "" puts it on top.
type FieldError struct{ Field, Message string }

func (e *FieldError) Error() string { return e.Message }

// FormConfig describes a form.
type FormConfig struct {
	Title string
	Intro []Line // above the fields
	// Notice is what happened while the form was open; it stands on top wherever the focus is. Called on every frame; may be
	// nil.
	Notice func() []Line
	Fields []Field
	Keys   *keymap.Map
	Delay  Delay
	// Context ends what the form asks, with the program it is in; default: it never ends.
	Context context.Context

	// Draft fills the fields with what was typed before; it wins over Value.
	Draft map[string]string
	// Was is what stood in the fields of the draft when it was begun. Where something else stands there now, the draft does not
	// take its place: the field says what it was, what it is, and what was typed, which one key takes.
	Was map[string]string

	// Submit keeps the answers. It runs in a command and may block. An error
	// leaves the form open with all that was typed. Its context does not end
	// with the program: what was handed over must not be lost on the way.
	Submit func(ctx context.Context, v Values) (result any, err error)
	// EnterSaves has enter save from the last field: of a form that decides nothing, the name of a view say. In any other form
	// it goes on to the next field, and the key that saves is the one that saves.
	EnterSaves bool
	// SubmitTitle is the word for it, default "save".
	SubmitTitle string

	// Preview says in a command what the answers would do; it is shown beside
	// the fields, asked once typing rests and once at the start.
	Preview      func(ctx context.Context, v Values) []Line
	PreviewTitle string
	// Tall is how many lines the form takes at least, where there is more to read beside it than to fill in.
	Tall int
	// Panel is read-only text beside the fields where there is no Preview.
	Panel []Line

	// OnChange is called in Update once typing rests: keep the draft.
	OnChange func(v Values) tea.Cmd
	// OnDone is called when Submit succeeded, OnLeave on esc with the draft (nil
	// when nothing was typed). They close the form.
	OnDone func(result any) tea.Cmd
	// Afresh is called when the person throws away the draft the form came back with; nil where it came with none.
	Afresh  func() tea.Cmd
	OnLeave func(draft Values) tea.Cmd
}

// Form asks for a few answers.
type Form struct {
	c        FormConfig
	inputs   []input
	finds    map[int]*finder
	errs     map[string]safe.Text
	problem  safe.Text
	at       int
	top      int
	saving   bool
	start    Values          // what each field kept at the start
	touched  map[string]bool // what a person changed
	idle     string          // why the key just pressed did nothing: the foot says it
	wrote    Values          // what was typed, once it is saved
	hold     Debounce        // what others did has just come in: nothing is saved before it can be read
	holding  bool
	sure     map[string]string // the values that were asked about, by field
	minded   bool              // it was said that some of what a draft holds will go
	mine     map[string]string // what a draft holds for fields that others changed since it was begun
	fixed    map[string]string // what was typed means, as it was first understood
	settle   Debounce
	search   Debounce
	panel    []Line
	panelGen uint64
	panelTop int // the first line of the preview that is shown
	panelAll int // how many there were when it was drawn, and for how many there was room
	panelFit int
	grown    int // the most lines the preview took, in so many cells
	grownAt  int
	cancel   context.CancelFunc
}

type (
	formDone struct {
		of     *Form
		result any
		err    error
	}
	formPanel struct {
		of    *Form
		gen   uint64
		lines []Line
	}
	formHits struct {
		of    *Form
		field int
		gen   uint64
		hits  []Option
		err   error
	}
)

// NewForm makes a form.
func NewForm(c FormConfig) *Form {
	if c.Context == nil {
		c.Context = context.Background()
	}
	if c.Delay == nil {
		c.Delay = RealDelay
	}
	if c.Keys == nil {
		c.Keys = keymap.Default()
	}
	if c.SubmitTitle == "" {
		c.SubmitTitle = "save"
	}
	f := &Form{c: c, finds: map[int]*finder{}, errs: map[string]safe.Text{}, panel: c.Panel, start: Values{}, touched: map[string]bool{}, fixed: map[string]string{}, sure: map[string]string{}, mine: map[string]string{}}
	for i, field := range c.Fields {
		in := newInput(field)
		if field.Kind == FindKind {
			fi := &finder{text: newTextInput(field), picked: field.Start}
			fi.set(field.Start.Label)
			fi.text.proposed = field.Start.Label != ""
			f.finds[i], in = fi, fi
		} else {
			in.set(field.Value)
		}
		f.inputs = append(f.inputs, in)
		f.start[field.ID] = in.kept()
	}
	for i, field := range c.Fields {
		if v, ok := c.Draft[field.ID]; ok {
			if was, known := c.Was[field.ID]; known && was != f.start[field.ID] && v != f.start[field.ID] && field.Fix == nil {
				f.mine[field.ID] = v
				continue
			}
			f.restore(i, v)
			if t, text := f.inputs[i].(*textField); text {
				t.proposed = false // typed by a person
			}
			f.touched[field.ID] = true
			f.fix(i)
		}
	}
	f.at = f.next(-1, 1)
	f.focus(f.at)
	return f
}

// restore fills a field from a draft. A search's draft holds what was typed as
// well, since the value alone says nothing to a person.
func (f *Form) restore(i int, v string) {
	if in, ok := f.inputs[i].(interface{ restore(string) }); ok {
		in.restore(v)
		return
	}
	f.inputs[i].set(v)
}

// Title is the form's title.
func (f *Form) Title() string { return f.c.Title }

// Init starts the first preview.
func (f *Form) Init() tea.Cmd {
	cmds := []tea.Cmd{f.preview()}
	for i := range f.c.Fields {
		if fi := f.finds[i]; fi != nil && fi.typed() { // a draft came back: its hits do too
			cmds = append(cmds, f.findAt(i))
		}
	}
	return tea.Batch(cmds...)
}

// Values are the answers as they stand; hidden fields are left out.
func (f *Form) Values() Values {
	v := Values{}
	for i, field := range f.c.Fields {
		v[field.ID] = f.meaning(i)
	}
	out := maps.Clone(v)
	for _, field := range f.c.Fields {
		if field.Hide != nil && field.Hide(v) {
			delete(out, field.ID)
		}
	}
	return out
}

// meaning is a field's value; of a time that was typed what was understood.
func (f *Form) meaning(i int) string {
	if fixed := f.fixed[f.c.Fields[i].ID]; fixed != "" {
		return fixed
	}
	return f.inputs[i].value()
}

// fix keeps what a value means now.
func (f *Form) fix(i int) {
	field := f.c.Fields[i]
	if v := f.inputs[i].value(); field.Fix != nil && v != "" && v != f.start[field.ID] {
		f.fixed[field.ID] = field.Fix(v)
	} else {
		delete(f.fixed, field.ID)
	}
}

// Draft is what a later form needs to go on: the fields that a person changed and that differ from the start, hidden ones
// too, and what a proposed time means today. False when nothing was changed.
func (f *Form) Draft() (Values, bool) {
	v := Values{}
	for i, field := range f.c.Fields {
		if kept := f.inputs[i].kept(); f.touched[field.ID] && kept != f.start[field.ID] {
			v[field.ID] = kept
			if fixed := f.fixed[field.ID]; fixed != "" {
				v[field.ID] = fixed
			}
		}
	}
	for id, mine := range f.mine {
		v[id] = mine
	}
	if len(v) == 0 {
		return v, false
	}
	for i, field := range f.c.Fields {
		if is := f.inputs[i].value(); field.Fix != nil && v[field.ID] == "" && is == f.start[field.ID] && !strings.ContainsAny(is, "0123456789") {
			if fixed := field.Fix(is); fixed != "" {
				v[field.ID] = fixed
			}
		}
	}
	return v, true
}

// Wrote is what was typed in a form that was saved: what [Form.Draft] gave before; nil while it is not saved.
func (f *Form) Wrote() Values { return f.wrote }

// Begun is what stood in the fields when what is typed in them was begun.
func (f *Form) Begun() Values {
	out := maps.Clone(f.start)
	for id := range f.mine {
		out[id] = f.c.Was[id]
	}
	return out
}

// takeMine puts what a draft holds into the field that others changed since.
func (f *Form) takeMine() tea.Cmd {
	field := f.c.Fields[f.at]
	mine, ok := f.mine[field.ID]
	if !ok {
		return nil
	}
	f.restore(f.at, mine)
	return f.changed(f.at)
}

// Fields are the form's, as it was given them.
func (f *Form) Fields() []Field { return f.c.Fields }

// Go moves to a field; false where it has none of this name to stand on.
func (f *Form) Go(id string) bool {
	for i, field := range f.c.Fields {
		if field.ID == id && !f.hidden(i) {
			f.focus(i)
			return true
		}
	}
	return false
}

// Set changes a field's value from outside, for example by a finder opened above
// the form; label is what a search field shows.
func (f *Form) Set(id, value, label string) tea.Cmd {
	for i, field := range f.c.Fields {
		if field.ID != id {
			continue
		}
		if fi := f.finds[i]; fi != nil {
			fi.pick(Option{Value: value, Label: label})
		} else {
			f.inputs[i].set(value)
		}
		return f.changed(i)
	}
	return nil
}

// Again asks anew what the answers would do: what they are held against has changed.
func (f *Form) Again() tea.Cmd { return tea.Batch(f.preview(), f.pause()) }

// Focused is the id of the field with the focus.
func (f *Form) Focused() string {
	if f.at < 0 {
		return ""
	}
	return f.c.Fields[f.at].ID
}

// Saving says whether Submit is under way.
func (f *Form) Saving() bool { return f.saving }

// Update handles a message.
func (f *Form) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return f.key(msg)
	case tea.PasteMsg:
		if f.at >= 0 && !f.saving {
			f.inputs[f.at].paste(msg.Content)
			if fi := f.finds[f.at]; fi != nil {
				return tea.Batch(f.changed(f.at), f.search.After(f.c.Delay, Settle))
			}
			return f.changed(f.at)
		}
	case Settled:
		switch {
		case f.hold.Is(msg):
			f.holding = false
		case f.settle.Is(msg):
			cmd := f.preview()
			if f.c.OnChange != nil {
				draft, _ := f.Draft()
				cmd = tea.Batch(cmd, f.c.OnChange(draft))
			}
			return cmd
		case f.search.Is(msg):
			return f.find()
		}
	case formDone:
		if msg.of == f {
			return f.done(msg)
		}
	case formPanel:
		if msg.of == f && msg.gen == f.panelGen {
			f.panel = msg.lines
		}
	case formHits:
		if fi := f.finds[msg.field]; msg.of == f && fi != nil && msg.gen == fi.gen {
			fi.got(msg.hits, msg.err)
		}
	}
	return nil
}
