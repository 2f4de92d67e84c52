package desk

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// About is what a focused row is about, for copying out of it.
type About struct {
	Child *domain.Child
	Row   string   // its own number: R12, F3, CL2; "" where it has none
	Refs  []string // police references
	Due   []string // due times, each with its reason in one line
	Line  string   // the row as a line of a log; "" where it is none
	// NoCard says that the page shows a child's name and reference only: nothing else of the child is offered.
	NoCard bool
}

// copying is one thing that can be copied.
type copying struct {
	what string // in the words of the log: "the phone number"
	text string
}

// copyNote is the kind of the line in the log.
const copyNote = "copy"

// copiedMsg says that a copy was recorded and may leave.
type copiedMsg struct{ copying }

// NoCopy says why this person may copy nothing, "" when they may.
func (p *Program) NoCopy() string {
	return p.Why(domain.Clipboard, nil)
}

// Copy offers what can be copied of a row. A copy is one that leaves: it is recorded first (DOMAIN §12), by what it was and
// whose, not by its content. Nothing is copied that the screen masks.
func (p *Program) Copy(s *frame.Session, a About) tea.Cmd {
	if a.Child == nil {
		return nil
	}
	choices := p.copies(s, a)
	return s.Open(Menu(s, p.Of(s, a.Child), "copy", choices), func(result any) tea.Cmd {
		c, ok := result.(copying)
		if !ok {
			return nil
		}
		child, ref := a.Child.ID, a.Child.ShownRef()
		return func() tea.Msg {
			err := domain.MayCopy(p.Settings(), p.Actor(), a.Child)
			if err == nil {
				err = p.Note(p.Context(), copyNote, "copied "+c.what+" of "+ref+" to the clipboard", child)
			}
			if err != nil {
				return toldMsg{widgets.Bad, "Nothing was copied: " + err.Error()}
			}
			return copiedMsg{c}
		}
	})
}

// copied hands the text to the terminal.
func (p *Program) copied(s *frame.Session, c copiedMsg) tea.Cmd {
	s.Toast(widgets.Good, "Copied "+c.what+". Some terminals refuse this: if it does not paste, mark it on the screen.")
	return tea.SetClipboard(c.text)
}

// copies are the choices, each with the beginning of what it copies.
func (p *Program) copies(s *frame.Session, a About) []widgets.Choice {
	var out []widgets.Choice
	used := map[string]bool{}
	masked := ""
	if s.MaskNames {
		masked = "masked; " + s.Keys.Hint("work.mask") + " shows it"
	}
	add := func(key, title, what, text, why string) {
		if text == "" {
			return
		}
		if used[key] {
			key = "" // several numbers: the first has the key
		}
		used[key] = true
		hint := text
		if first, rest, more := strings.Cut(text, "\n"); more && rest != "" {
			hint = first + " " + s.Theme.Glyphs.Ellipsis
		}
		if why != "" {
			hint, text = "", ""
		}
		out = append(out, widgets.Choice{Key: key, Title: title, Hint: hint, Why: why, Result: copying{what, text}})
	}
	c := a.Child
	add("n", "Name", "the name", Mask(s, c), "")
	add("r", "Reference", "the reference", c.ShownRef(), "")
	add("i", "Number", "the number "+a.Row, a.Row, "")
	for _, ref := range a.Refs {
		add("l", "Police ref", "the police reference", ref, "")
	}
	add("t", "The line", "a line of the log", a.Line, "")
	if !a.NoCard {
		cardCopies(s, a, masked, add)
	}
	if n := len(p.Lines); n > 0 {
		why := ""
		if s.MaskNames {
			why = masked // what was typed may name anybody
		}
		add("e", "My last act as homeward do reads it", "an act as a do line", p.Lines[n-1], why)
	}
	return out
}

// cardCopies are the choices of a child's card.
func cardCopies(s *frame.Session, a About, masked string, add func(key, title, what, text, why string)) {
	c := a.Child
	for _, t := range domain.Standing(c.Card.Phones) {
		add("p", "Phone", "a phone number", t, masked)
	}
	carers := strings.Join(domain.Standing(c.Card.Carers), ", ")
	add("c", "Carer", "the carer's name", carers, masked)
	for _, t := range domain.Standing(c.Card.CarerPhones) {
		add("o", "Carer’s phone", "a carer's phone number", t, masked)
	}
	for _, t := range domain.Standing(c.Card.Addresses) {
		add("a", "Address", "an address", t, masked)
	}
	add("m", "Placement", "the placement", c.Placement, masked)
	for _, t := range a.Due {
		add("d", "Due", "a due time", t, "")
	}
	add("w", "The whole card", "the whole card", cardText(s, a), "")
}

// cardText is all that the card says, as text for a message: masked where the screen is.
func cardText(s *frame.Session, a About) string {
	c := a.Child
	k := &c.Card
	var b strings.Builder
	line := func(label, text string) {
		if text != "" {
			b.WriteString(label + ": " + strings.ReplaceAll(text, "\n", " ") + "\n")
		}
	}
	list := func(l []domain.Line) string { return strings.Join(domain.Standing(l), ", ") }
	name := Mask(s, c)
	if c.KnownAs != "" && !s.MaskNames {
		name += " (" + c.KnownAs + ")"
	}
	line("Name", name)
	line("Reference", c.ShownRef())
	line("Police ref", strings.Join(a.Refs, ", "))
	line("Do not contact", k.DoNotContact)
	line("Warnings", list(k.Warnings))
	if !s.MaskNames {
		if c.DOB != 0 {
			line("Born", c.DOB.String())
		}
		line("Phone", list(k.Phones))
		line("Carer", strings.TrimSpace(list(k.Carers)+" "+list(k.CarerPhones)))
		line("Lives", list(k.Addresses))
		line("Placement", c.Placement)
		line("Social worker", k.SocialWorker)
	}
	line("Prefers", strings.TrimSpace(domain.Words(k.PreferredWay)+" "+k.PreferredTime))
	line("Speaks", k.Language)
	line("Interpreter", k.Interpreter)
	line("Needs", k.Communication)
	for _, d := range a.Due {
		line("Due", d)
	}
	return b.String()
}

// DueLines are clocks as lines to copy: what, and why then.
func DueLines(clocks ...domain.Clock) []string {
	var out []string
	for _, c := range clocks {
		if e := c.Explain(); e != "" {
			out = append(out, c.Name+" "+e)
		}
	}
	return out
}

// Refs are the police references of episodes, where they have one.
func Refs(episodes ...*domain.Episode) []string {
	var out []string
	for _, e := range episodes {
		if e != nil && e.PoliceRef != "" {
			out = append(out, e.PoliceRef)
		}
	}
	return out
}
