package widgets

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/theme"
)

// Kind says what sort of field it is.
type Kind int

// The sorts of fields.
const (
	TextKind   Kind = iota // one line
	NoteKind               // several lines
	ChoiceKind             // one of a few: left and right, or the option's key
	MultiKind              // any of a few: left and right, space or the key
	YesNoKind              // yes, no, or not said
	FindKind               // type, pick a hit; the value is the hit's Value
	ListKind               // one of many: a list that what is typed makes shorter; a ChoiceKind of more than five is one too
	NameKind               // one of many, or a name typed that is none of them
)

// Option is one answer of a choice, or one hit of a search.
type Option struct {
	Value string
	Label string
	Hint  string
	Key   string // one letter that picks it; "" for none
	Blank bool   // it stands for no answer: a letter takes its place
}

// Field describes a field of a form.
type Field struct {
	ID    string
	Label string
	Hint  string // shown below while the field has the focus
	Kind  Kind
	Value string // what it starts with; of a FindKind the Value of Start
	Start Option // a FindKind's first answer

	Options []Option
	// Quiet opens a NameKind's list once something is typed: most names are none of its.
	Quiet bool
	// Quick makes a search save with the hit taken.
	Quick bool
	// Proposed says that Value is a proposal that nobody chose: the first letter typed takes its place, in a choice the letter
	// of another option.
	Proposed bool

	// Secret shows a sign for each letter typed; only of a TextKind.
	Secret bool

	Required bool
	Limit    int // most characters, 0 for the kind's own limit
	Lines    int // height of a NoteKind, default 4

	// Check says what is wrong with a value, at every change; nil for fine. It
	// must not block. Empty optional values are not asked about.
	Check func(string) error
	// Near is the Value of the option that a name typed, which is none of them, may be meant for, "" for none: one slip must
	// neither make a new person nor take a known one unasked. It is offered in the list and asked about once; saved again, the
	// name stands.
	Near func(string) string
	// Sure asks about a value that can be meant and may be a slip, "" for nothing to ask: it is asked once, and saved again the
	// value stands. It must not block.
	Sure func(string) string
	// Reads says how a value is understood ("Tue 24 Nov, 15:30"), shown beside
	// it; "" for nothing.
	Reads func(string) string
	// Fix says what a value means, in words that mean the same at any time ("24 Nov 2026 10:00" for "tomorrow 10"), "" where it
	// cannot be read. It is asked when the value is typed: what was understood then is kept, and handed over.
	Fix func(string) string
	// Step gives the value so many days on; up and down ask for it once something is typed.
	Step func(value string, days int) string
	// Find looks for a FindKind's hits in a command, once typing rests.
	Find func(ctx context.Context, query string) ([]Option, error)
	// Hide leaves the field out depending on the other values.
	Hide func(Values) bool
}

// Values are a form's answers by field id. A MultiKind's are joined by ";".
type Values map[string]string

// List splits a MultiKind's value.
func (v Values) List(id string) []string {
	if v[id] == "" {
		return nil
	}
	return strings.Split(v[id], ";")
}

// Yes says whether a YesNoKind was answered yes.
func (v Values) Yes(id string) bool { return v[id] == "yes" }

// The kinds' own limits: a field never holds more than can be drawn at once. A
// note is laid out whole at every key, which its lines and their width decide.
const (
	textLimit  = 500
	noteLimit  = 20000
	noteLines  = 500
	noteWidest = 64
)

// input is what a field is made of.
type input interface {
	value() string
	set(string)
	focus(bool)
	key(tea.KeyPressMsg) (taken bool)
	paste(string)
	view(th *theme.Theme, w int) []string
	kept() string // what a draft keeps of it
}

// newInput makes what a field of a form is typed in: a choice of many is a list.
func newInput(f Field) input {
	if f.Kind == ChoiceKind && len(f.Options) > inLine {
		return newListInput(f)
	}
	return newOpenInput(f)
}

// newOpenInput is newInput with a choice of any number standing open.
func newOpenInput(f Field) input {
	switch f.Kind {
	case NoteKind:
		return newNoteInput(f)
	case ListKind, NameKind:
		return newListInput(f)
	case ChoiceKind:
		return &choiceInput{options: f.Options, at: -1, proposed: f.Proposed}
	case YesNoKind:
		return &choiceInput{options: []Option{{Value: "yes", Label: "Yes", Key: "y"}, {Value: "no", Label: "No", Key: "n"}}, at: -1}
	case MultiKind:
		return &multiInput{options: f.Options, on: map[string]bool{}}
	default:
		return newTextInput(f)
	}
}
