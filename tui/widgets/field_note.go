package widgets

import (
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/theme"
)

// noteField is text of several lines.
type noteField struct {
	m     textarea.Model
	limit int
	lines int
	past  history

	typed   int // keys so far
	th      *theme.Theme
	w       int
	settled bool     // the part shown is the one with the cursor
	drawn   []string // nil when something changed: drawing costs as much as typing
}

// noteSpare is how much wider than its note the library draws: the widest letters take twice what it reckons.
const noteSpare = noteWidest + 4

// forgetAfter is how many keys the library remembers the layout of.
const forgetAfter = 128

func noteKeys() textarea.KeyMap {
	return textarea.KeyMap{
		CharacterForward: keyRight(), CharacterBackward: keyLeft(), WordForward: keyWordRight(), WordBackward: keyWordLeft(),
		LineStart: keyHome(), LineEnd: keyEnd(), DeleteCharacterBackward: keyBack(), DeleteCharacterForward: keyDelete(),
		DeleteWordBackward: keyCutWord(), // and none that deletes a paragraph
		LineNext:           keysOf("down"), LinePrevious: keysOf("up"), PageUp: keysOf("pgup"), PageDown: keysOf("pgdown"),
		InputBegin: keysOf("ctrl+home"), InputEnd: keysOf("ctrl+end"), InsertNewline: keysOf("enter", "shift+enter"),
	}
}

func newNoteInput(f Field) *noteField {
	n := &noteField{m: textarea.New(), lines: f.Lines, limit: f.Limit}
	if n.limit <= 0 {
		n.limit = noteLimit
	}
	if n.lines <= 0 {
		n.lines = 4
	}
	n.m.ShowLineNumbers, n.m.KeyMap = false, noteKeys()
	n.m.CharLimit = 0 // the library counts cells; the limit here is one of letters
	n.m.MaxWidth = noteWidest + noteSpare
	n.m.MaxHeight = noteLines + 1 // also how many laid out lines it remembers
	n.m.SetHeight(n.lines)
	n.m.SetStyles(textarea.Styles{}) // no blinking, and no colours of the library's: see drawnLine
	n.m.Focus()
	n.m, _ = n.m.Update(nil) // takes the memory of MaxHeight instead of one for 10,000 lines
	n.m.Blur()
	return n
}

func (n *noteField) value() string { return safe.CleanNote(strings.TrimSpace(n.m.Value())) }
func (n *noteField) kept() string  { return n.value() }

// set takes more lines than typing does: what was written elsewhere must not be
// lost when it is saved again.
func (n *noteField) set(s string) {
	n.put(firstRunes(cleanNote(s), n.limit), "")
	n.past = history{}
}

func (n *noteField) focus(on bool) {
	if on == n.m.Focused() {
		return
	}
	n.drawn = nil
	if on {
		n.m.Focus() // no command: the cursor does not blink
	} else {
		n.m.Blur()
	}
}

// put replaces the text; the cursor goes between the two, or behind the letter that they make together.
func (n *noteField) put(before, after string) {
	n.m.SetValue(after)
	n.m.MoveToBegin()
	n.m.InsertString(before)
	_, _, line := n.split()
	if from, to := letterAt(line, n.m.Column()); from != to {
		n.m.SetCursorColumn(to)
	}
	n.drawn, n.settled = nil, false
}

// cut keeps of a text what the limits allow before another one.
func (n *noteField) cut(s, after string) string {
	s = firstRunes(s, n.limit-utf8.RuneCountInString(after))
	room := noteLines - strings.Count(after, "\n")
	for i := range len(s) {
		if s[i] == '\n' {
			if room--; room <= 0 {
				return s[:i]
			}
		}
	}
	return s
}

// split is the text before and behind the cursor, and the line it stands on.
func (n *noteField) split() (before, after string, line []rune) {
	all, from := n.m.Value(), 0
	for range n.m.Line() {
		from += strings.IndexByte(all[from:], '\n') + 1
	}
	one, _, _ := strings.Cut(all[from:], "\n")
	at := from + len(firstRunes(one, n.m.Column()))
	return all[:at], all[at:], []rune(one)
}

// paste inserts. What stands before is cleaned along: a mark joins its letter.
func (n *noteField) paste(s string) {
	was := n.m.Value()
	defer func() { n.past.note(was, n.m.Value(), false) }()
	before, after, _ := n.split()
	if all := n.cut(cleanNote(before+head(s)), after); len(all) > len(before) {
		n.put(all, after)
	}
}

// key hands a key to the text. Up on the first line and down on the last are
// not taken: they leave the field.
func (n *noteField) key(k tea.KeyPressMsg) bool {
	m := n.m.KeyMap
	was := n.m.Value()
	if text, asked := n.past.turn(k.String(), was); asked {
		if text != was {
			n.put(text, "")
		}
		return true
	}
	defer func() { n.past.note(was, n.m.Value(), types(k) && k.Text != " ") }()
	newline := key.Matches(k, m.InsertNewline)
	switch {
	case newline || types(k):
		// The limit is ours, since the library counts cells and not newlines.
		room := n.limit - utf8.RuneCountInString(n.m.Value())
		if max(1, utf8.RuneCountInString(k.Text)) > room || newline && n.m.LineCount() >= noteLines {
			return true
		}
	case key.Matches(k, m.LinePrevious):
		if n.m.Line() == 0 && n.m.LineInfo().RowOffset == 0 {
			return false
		}
	case key.Matches(k, m.LineNext):
		if l := n.m.LineInfo(); n.m.Line() == n.m.LineCount()-1 && l.RowOffset >= l.Height-1 {
			return false
		}
	case !key.Matches(k, m.CharacterForward, m.CharacterBackward, m.WordForward, m.WordBackward, m.LineStart, m.LineEnd,
		m.DeleteCharacterBackward, m.DeleteCharacterForward, m.DeleteWordBackward,
		m.PageUp, m.PageDown, m.InputBegin, m.InputEnd):
		return false
	}
	n.edit(k)
	n.drawn = nil
	return true
}

// edit hands a key to the library, round the places where it errs.
func (n *noteField) edit(k tea.KeyPressMsg) {
	m := n.m.KeyMap
	before, _, line := n.split()
	row, col, times := n.m.Line(), n.m.Column(), 1
	switch {
	case key.Matches(k, m.WordBackward) && strings.TrimSpace(before) == "":
		n.m.MoveToBegin() // the library looks for a word for ever
		n.settled = false
		return
	case key.Matches(k, m.DeleteCharacterBackward):
		times = runesIn(line, col, -1)
	case key.Matches(k, m.DeleteCharacterForward) && col < len(line):
		// The library joins the next line when the last letter goes, so the
		// letter is taken from behind.
		times = runesIn(line, col, 1)
		n.m.SetCursorColumn(col + times)
		k = tea.KeyPressMsg{Code: tea.KeyBackspace}
	}
	// The library keeps how a paragraph was laid out after each key, up to
	// MaxHeight of them, 70 MB for a long one; another number makes it forget.
	n.typed++
	n.m.MaxHeight = noteLines + 1 + n.typed/forgetAfter%2
	for range times {
		n.m, _ = n.m.Update(k)
	}
	n.settled = n.settled && times == 1
	if v := n.m.Value(); cleanNote(v) != v {
		before, after, _ := n.split()
		all := cleanNote(before + after)
		before = firstRunes(all, utf8.RuneCountInString(cleanNote(before)))
		n.put(before, all[len(before):])
	}
	_, _, line = n.split()
	pos := n.m.Column()
	if from, to := letterAt(line, pos); from != to {
		if n.m.Line() < row || n.m.Line() == row && pos < col {
			to = from
		}
		n.m.SetCursorColumn(to)
		n.settled = false
	}
}

func (n *noteField) view(th *theme.Theme, w int) []string {
	if n.drawn != nil && n.th == th && n.w == w {
		return n.drawn
	}
	if n.th != th || n.w != w {
		// The room that the prompt takes while it measures is spare: for a wide letter at the end of a line, which the
		// library lets stand out by one, and for letters that it reckons narrower than they are. It breaks no line there.
		n.m.Prompt = th.Glyphs.V + "  " + spaces(noteSpare)
		n.m.SetWidth(w + noteSpare)
		n.m.Prompt = th.Glyphs.V + " "
		n.settled = false
	}
	if !n.settled {
		n.m.View() // lays the text out, so that it can be scrolled
		n.m.SetHeight(n.lines)
	}
	n.th, n.w, n.settled = th, w, true
	bar := th.Border
	if n.m.Focused() {
		bar = th.BorderOn
	}
	n.drawn = strings.Split(n.m.View(), "\n")
	for i, row := range n.drawn {
		text := takeApart(strings.TrimPrefix(row, n.m.Prompt)).fit(min(w, noteWidest)-Width(n.m.Prompt), th.Glyphs.Ellipsis)
		n.drawn[i] = bar.Render(n.m.Prompt) + text.paint(th)
	}
	return n.drawn
}
