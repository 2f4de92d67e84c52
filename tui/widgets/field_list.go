package widgets

import (
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"homeward/tui/theme"
)

// inLine is how many options stand open in a line; more are a list.
const inLine = 5

// listInput is one of many: they stand in a list below, and what is typed says which are shown. It answers with the one that
// enter takes. Where a name may be anybody's, what is typed may stand by itself.
type listInput struct {
	options []Option
	free    bool
	at      int // the answer, -1 for none
	text    *textField
	mark    int // the line that enter takes, -1 for none
	focused bool
	said    string
	meant   string // what is typed and was asked about: it is meant so
	near    func(string) string
	quiet   bool // the list opens once something is typed
}

func newListInput(f Field) *listInput {
	return &listInput{options: f.Options, free: f.Kind == NameKind, near: f.Near, quiet: f.Quiet, at: -1, mark: -1, text: newTextInput(Field{Limit: f.Limit, Proposed: f.Proposed && f.Kind == NameKind})}
}

func (l *listInput) value() string {
	switch {
	case l.free && l.typed() != "":
		return l.typed()
	case l.at >= 0:
		return l.options[l.at].Value
	}
	return ""
}

// typed is what is typed and stands for no option yet.
func (l *listInput) typed() string { return l.text.value() }

func (l *listInput) kept() string {
	if !l.free && l.typed() != "" {
		return l.value() + draftMark + l.typed()
	}
	return l.value()
}

// restore takes up what a draft kept.
func (l *listInput) restore(s string) {
	value, text, _ := strings.Cut(s, draftMark)
	l.text.proposed = false // typed by a person
	l.set(value)
	if text != "" {
		l.text.set(text)
	}
}

func (l *listInput) set(v string) {
	l.text.set("")
	l.mark = -1
	if l.free {
		l.at = -1
		for i, o := range l.options {
			if o.Value == v {
				l.at = i
				return
			}
		}
		l.text.set(v)
		return
	}
	l.options, l.at = withOwn(l.options, v)
}

func (l *listInput) focus(on bool) {
	if l.focused && !on {
		l.settle()
		l.mark, l.said = -1, ""
	}
	l.focused = on
	l.text.focus(on)
}

// settle takes the one option that what is typed is the name of; of a list that nothing else may stand in, the one that is
// left.
func (l *listInput) settle() {
	q := l.typed()
	if q == "" || l.free && l.meant == q {
		return
	}
	found, whole := -1, l.whole(q)
	if hits := l.hits(); len(hits) == 1 {
		found = hits[0]
	}
	switch {
	case whole >= 0:
		l.take(whole)
	case found >= 0 && !l.free:
		l.take(found)
	}
}

// whole is the option that a text is the name of, its value before its words; -1 for none, and where several are called so.
func (l *listInput) whole(q string) int {
	found, n := -1, 0
	for i, o := range l.options {
		switch {
		case strings.EqualFold(q, o.Value):
			return i
		case strings.EqualFold(q, o.Label):
			found, n = i, n+1
		}
	}
	if n > 1 {
		return -1
	}
	return found
}

// nearest is the option that what is typed may be meant for, -1 for none.
func (l *listInput) nearest() int {
	q := l.typed()
	if l.near == nil || q == "" || l.whole(q) >= 0 {
		return -1
	}
	v := l.near(q)
	return slices.IndexFunc(l.options, func(o Option) bool { return v != "" && o.Value == v })
}

func (l *listInput) take(i int) {
	l.at, l.mark, l.said = i, -1, ""
	l.text.set("")
}

// hits are the options of which every word typed begins a word.
func (l *listInput) hits() []int {
	var out []int
	words := wordsOf(l.typed())
	for i, o := range l.options {
		of, all := wordsOf(o.Label+" "+o.Value), true
		for _, w := range words {
			some := false
			for _, x := range of {
				some = some || strings.HasPrefix(x, w)
			}
			all = all && some
		}
		if all {
			out = append(out, i)
		}
	}
	return out
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// lines are what can be taken now; -1 stands for the name as it is typed.
func (l *listInput) lines() []int {
	if l.quiet && l.typed() == "" {
		return nil
	}
	out := l.hits()
	if i := l.nearest(); i >= 0 && !slices.Contains(out, i) {
		out = append(out, i)
	}
	if l.free && l.typed() != "" {
		out = append(out, -1)
	}
	return out
}

// pick is what enter does: it takes the marked line. It says whether it had one to take, and whether the form goes on.
func (l *listInput) pick() (taken, on bool) {
	lines := l.lines()
	switch {
	case l.mark >= 0 && l.mark < len(lines) && lines[l.mark] >= 0:
		l.take(lines[l.mark])
		return true, true
	case l.mark >= 0 && l.mark < len(lines):
		l.meant, l.mark = l.typed(), -1
		return true, true
	case l.typed() != "" && !l.free:
		l.said = "none of the list: backspace takes the letters back"
		return true, false
	}
	return false, false
}

// move goes up or down the list; false where it ends, and the key leaves the field.
func (l *listInput) move(by int) bool {
	n := len(l.lines())
	from := l.mark
	if from < 0 && l.typed() == "" && l.at >= 0 {
		from = l.at
	}
	to := from + by
	if from < 0 && by < 0 || to < 0 || to >= n {
		l.mark = -1
		return false
	}
	l.mark = to
	return true
}

func (l *listInput) key(k tea.KeyPressMsg) bool {
	s := k.String()
	if (s == "backspace" || s == "delete") && l.typed() == "" {
		l.at, l.mark, l.said = -1, -1, ""
		l.text.set("")
		return true
	}
	if !l.text.key(k) {
		return false
	}
	l.typing()
	return true
}

func (l *listInput) paste(s string) {
	l.text.paste(s)
	l.typing()
}

// typing marks the first option that is left. A name of several words that may be anybody's stands as it is typed, until a
// line is chosen: enter must not make of it somebody whose name only begins so.
func (l *listInput) typing() {
	l.mark, l.said = -1, ""
	whole := l.free && l.whole(l.typed()) < 0 && strings.Contains(l.typed(), " ")
	if l.typed() != "" && len(l.hits()) > 0 && !whole {
		l.mark = 0
	}
	if l.free {
		l.at = -1 // what is shown and what is saved never differ
	}
}

func (l *listInput) view(th *theme.Theme, w int) []string {
	chosen := Line(nil)
	if l.at >= 0 {
		o := l.options[l.at]
		chosen = Join(Say(o.Label), In(th.Muted, "  "+o.Hint))
	}
	if !l.focused {
		switch {
		case l.typed() != "" && !l.free && chosen != nil:
			return []string{Join(chosen, In(th.Warning, "  typed: "+l.typed())).Paint(th, w)}
		case l.typed() != "" || chosen == nil:
			return l.text.view(th, w)
		}
		return []string{chosen.Paint(th, w)}
	}
	var out []string
	if chosen != nil && l.typed() == "" {
		out = append(out, Join(In(th.Focus, l.options[l.at].Label), In(th.Muted, "  type for another, backspace empties")).Paint(th, w))
	} else {
		out = l.text.view(th, w)
	}
	return append(saying(th, out, l.said, w), l.list(th, w)...)
}

// list draws the lines that can be taken.
func (l *listInput) list(th *theme.Theme, w int) []string {
	lines := l.lines()
	if l.quiet && (len(lines) == 0 || len(lines) == 1 && lines[0] < 0) {
		return nil
	}
	at := l.mark
	if at < 0 && l.typed() == "" {
		at = max(0, l.at)
	}
	if len(lines) == 0 {
		return []string{In(th.Muted, "nothing in the list begins so").Paint(th, w)}
	}
	var out []string
	first := max(0, min(at-hitsShown/2, len(lines)-hitsShown))
	for i := first; i < min(len(lines), first+hitsShown); i++ {
		mark, style := "  ", th.Text
		if i == l.mark {
			mark, style = th.Glyphs.Cursor+" ", th.Focus
		}
		if lines[i] < 0 {
			out = append(out, In(style, mark+"as typed: "+l.typed()).Paint(th, w))
			continue
		}
		o := l.options[lines[i]]
		sign := th.Glyphs.RadioOff
		if lines[i] == l.at {
			sign = th.Glyphs.RadioOn
		}
		label := In(style, mark+sign+" "+o.Label)
		if label.Width() <= w {
			out = append(out, Join(label, In(th.Muted, "  "+o.Hint)).Paint(th, w))
			continue
		}
		// A word is not cut: what does not fit goes on below.
		for n, part := range WrapLine(In(style, o.Label), max(1, w-4)) {
			before := In(style, mark+sign+" ")
			if n > 0 {
				before = Say(spaces(4))
			}
			out = append(out, Join(before, part).Paint(th, w))
		}
	}
	if n := len(lines) - first - hitsShown; n > 0 {
		out = append(out, In(th.Muted, "  and "+count(n)+" more").Paint(th, w))
	}
	return out
}

// click takes the line at a cell.
func (l *listInput) click(th *theme.Theme, w, _, y int) bool {
	lines := l.lines()
	at := l.mark
	if at < 0 && l.typed() == "" {
		at = max(0, l.at)
	}
	first := max(0, min(at-hitsShown/2, len(lines)-hitsShown))
	i, above := first, len(l.view(th, w))-len(l.list(th, w))
	if y < above {
		return false
	}
	y -= above
	for ; y >= 0 && i < min(len(lines), first+hitsShown); i++ {
		if y -= l.tall(lines[i], w); y < 0 {
			break
		}
	}
	if y >= 0 || i >= min(len(lines), first+hitsShown) || i < first {
		return false
	}
	l.mark = i
	taken, _ := l.pick()
	return taken
}

// tall is how many lines an option takes in the list.
func (l *listInput) tall(option, w int) int {
	if option < 0 || Width(l.options[option].Label)+4 <= w {
		return 1
	}
	return len(WrapLine(Say(l.options[option].Label), max(1, w-4)))
}
