package widgets

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain/safe"
	"homeward/tui/theme"
)

// hitsShown is how many hits stand below a search field.
const hitsShown = 6

// finder is a search field: what is typed is looked for, and the value is the
// hit that was picked. Typing on takes the picked one back, so that what is
// shown and what is saved never differ.
type finder struct {
	text   *textField
	picked Option
	hits   []Option
	at     int
	busy   bool
	stale  bool      // what is typed was not looked for yet
	said   safe.Text // why there are no hits
	gen    uint64
}

// draftMark parts the picked value from what is typed in a draft. No value and
// no line of text holds a tab, and cleaning a draft as a note keeps it.
const draftMark = "\t"

func (f *finder) value() string  { return f.picked.Value }
func (f *finder) set(s string)   { f.text.set(s) }
func (f *finder) focus(on bool)  { f.text.focus(on) }
func (f *finder) paste(s string) { f.text.paste(s); f.edited() }
func (f *finder) query() string  { return f.text.value() }

// typed says whether there is text that no hit stands for.
func (f *finder) typed() bool { return f.picked.Value == "" && f.query() != "" }

func (f *finder) kept() string {
	return f.picked.Value + draftMark + f.text.value()
}

func (f *finder) restore(s string) {
	value, text, ok := strings.Cut(s, draftMark)
	if !ok {
		text = value
	}
	f.picked = Option{Value: value, Label: text}
	f.text.set(text)
}

func (f *finder) key(k tea.KeyPressMsg) bool { return f.text.key(k) }

// edited takes the picked hit back when the text is no longer its label.
func (f *finder) edited() {
	f.stale = true
	if f.picked.Value != "" && f.text.value() != strings.TrimSpace(safe.CleanLine(f.picked.Label)) {
		f.picked = Option{}
	}
}

// pick takes a hit.
func (f *finder) pick(o Option) {
	f.picked, f.hits, f.at, f.said, f.busy, f.stale = o, nil, 0, safe.Text{}, false, false
	f.gen++ // what is still being looked for comes too late
	f.text.set(o.Label)
	f.text.proposed = true // another name typed takes its place
}

// got shows the hits of a search.
func (f *finder) got(hits []Option, err error) {
	f.busy, f.stale, f.hits, f.at, f.said = false, false, hits, 0, safe.Text{}
	switch {
	case err != nil:
		f.said = safe.Line(err.Error())
	case len(hits) == 0 && f.query() != "":
		f.said = safe.Line("nothing found")
	}
}

// looking says that hits of what is typed are still to come: enter then waits for them, and takes none of older ones.
func (f *finder) looking() bool { return f.typed() && (f.busy || f.stale) }

// listKey moves among the hits; false when the key is not for them.
func (f *finder) listKey(s string, pick bool) bool {
	if len(f.hits) == 0 {
		return false
	}
	switch {
	case pick:
		f.pick(f.hits[f.at])
	case s == "down":
		f.at = min(f.at+1, len(f.hits)-1)
	case s == "up":
		f.at = max(f.at-1, 0)
	default:
		return false
	}
	return true
}

func (f *finder) view(th *theme.Theme, w int) []string {
	out := f.text.view(th, w)
	if f.busy {
		out = append(out, In(th.Muted, "looking"+th.Glyphs.Ellipsis).Paint(th, w))
	} else if !f.said.Empty() {
		for _, part := range WrapLine(Tell(th.Muted, f.said), w) {
			out = append(out, part.Paint(th, w))
		}
	}
	first := max(0, f.at-hitsShown+1)
	for i := first; i < min(len(f.hits), first+hitsShown); i++ {
		o, mark, style := f.hits[i], "  ", th.Text
		if i == f.at {
			mark, style = th.Glyphs.Cursor+" ", th.Focus
		}
		out = append(out, Join(In(style, mark+o.Label), In(th.Muted, "  "+o.Hint)).Paint(th, w))
	}
	if n := len(f.hits) - first - hitsShown; n > 0 {
		out = append(out, In(th.Muted, "  and "+count(n)+" more").Paint(th, w))
	}
	return out
}
