package widgets

import (
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/theme"
)

// textField is one line of text. Its cursor is drawn by the program and stands
// still: a blinking one writes bytes while nobody does anything.
type textField struct {
	m        textinput.Model
	limit    int
	past     history
	proposed bool // what stands here is a proposal that gives way to typing
}

// secretSign stands for a letter that nobody may read.
const secretSign = '*'

// shown is what the field draws while it has not the focus.
func (t *textField) shown() string {
	if t.m.EchoMode == textinput.EchoPassword {
		return strings.Repeat(string(secretSign), utf8.RuneCountInString(t.m.Value()))
	}
	return t.m.Value()
}

func textKeys() textinput.KeyMap {
	return textinput.KeyMap{
		CharacterForward: keyRight(), CharacterBackward: keyLeft(), WordForward: keyWordRight(), WordBackward: keyWordLeft(),
		LineStart: keyHome(), LineEnd: keyEnd(), DeleteCharacterBackward: keyBack(), DeleteCharacterForward: keyDelete(),
		DeleteWordBackward: keyCutWord(), DeleteBeforeCursor: keyCutStart(), DeleteAfterCursor: keyCutEnd(),
	}
}

func newTextInput(f Field) *textField {
	t := &textField{m: textinput.New(), limit: f.Limit}
	if t.limit <= 0 {
		t.limit = textLimit
	}
	t.proposed = f.Proposed
	t.m.Prompt, t.m.CharLimit, t.m.KeyMap = "", t.limit, textKeys()
	if f.Secret {
		t.m.EchoMode, t.m.EchoCharacter = textinput.EchoPassword, secretSign
	}
	t.m.SetStyles(textinput.Styles{}) // no blinking, and no colours of the library's: see drawnLine
	return t
}

// value is cleaned once more: a mark whose space was trimmed has no base left.
func (t *textField) value() string { return safe.CleanLine(strings.TrimSpace(t.m.Value())) }
func (t *textField) set(s string) {
	t.put(firstRunes(cleanLine(head(s)), t.limit), "")
	t.past = history{}
}
func (t *textField) kept() string { return t.value() }

func (t *textField) focus(on bool) {
	if on {
		t.m.Focus() // no command: the cursor does not blink
	} else {
		t.m.Blur()
	}
}

// put replaces the text; the cursor goes between the two, or behind the letter that they make together.
func (t *textField) put(before, after string) {
	t.m.SetValue(before + after)
	_, to := letterAt([]rune(t.m.Value()), utf8.RuneCountInString(before))
	t.place(to)
}

// place moves the cursor. The field scrolls only until the cursor is inside, not
// what stands under it, so it goes one further and back.
func (t *textField) place(pos int) {
	t.m.SetCursor(pos + 1)
	t.m.SetCursor(pos)
}

func (t *textField) split() (before, after []rune) {
	all := []rune(t.m.Value())
	return all[:t.m.Position()], all[t.m.Position():]
}

// paste inserts. What stands before is cleaned along: a mark joins its letter.
func (t *textField) paste(s string) {
	was := t.m.Value()
	defer func() { t.past.note(was, t.m.Value(), false) }()
	if t.proposed {
		t.put("", "")
		t.proposed = false
	}
	b, a := t.split()
	before := cleanLine(string(b) + strings.TrimRight(head(s), "\r\n"))
	t.put(firstRunes(before, t.limit-len(a)), string(a))
}

func (t *textField) key(k tea.KeyPressMsg) bool {
	before := t.m.Value()
	if text, asked := t.past.turn(k.String(), before); asked {
		if text != before {
			t.put(text, "")
		}
		return true
	}
	defer func() { t.past.note(before, t.m.Value(), types(k) && k.Text != " ") }()
	if t.proposed && k.Text != "" {
		t.put("", "")
	}
	t.proposed = false
	m := t.m.KeyMap
	if !types(k) && !key.Matches(k, m.CharacterForward, m.CharacterBackward, m.WordForward, m.WordBackward, m.LineStart, m.LineEnd,
		m.DeleteCharacterBackward, m.DeleteCharacterForward, m.DeleteWordBackward, m.DeleteBeforeCursor, m.DeleteAfterCursor) {
		return false
	}
	all, was, n := []rune(t.m.Value()), t.m.Position(), 1
	switch {
	case key.Matches(k, m.DeleteCharacterBackward):
		n = runesIn(all, was, -1)
	case key.Matches(k, m.DeleteCharacterForward):
		n = runesIn(all, was, 1)
	}
	for range n {
		t.m, _ = t.m.Update(k)
	}
	if v := t.m.Value(); cleanLine(v) != v {
		b, a := t.split()
		all := cleanLine(string(b) + string(a))
		before := firstRunes(all, utf8.RuneCountInString(cleanLine(string(b))))
		t.put(before, all[len(before):])
	}
	pos := t.m.Position()
	from, to := letterAt([]rune(t.m.Value()), pos)
	if pos < was {
		to = from
	}
	t.place(to)
	return true
}

// window chooses anew which part of a long text is shown.
func (t *textField) window() {
	pos := t.m.Position()
	t.m.CursorEnd()
	t.m.CursorStart()
	t.place(pos)
}

func (t *textField) view(th *theme.Theme, w int) []string {
	if !t.m.Focused() {
		if t.m.Value() == "" {
			return []string{th.Border.Render(strings.Repeat("_", max(0, min(w, 16))))}
		}
		return []string{Cut(t.shown(), w, th.Glyphs.Ellipsis)}
	}
	if inner := max(1, w-1); t.m.Width() != inner { // one cell is the cursor's
		t.m.SetWidth(inner)
		t.window()
	}
	line := t.m.View()
	if Width(line) > w { // wide letters came into the part shown
		t.window()
		line = t.m.View()
	}
	return []string{takeApart(line).fit(w, "").paint(th)}
}
