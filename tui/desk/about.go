package desk

import (
	"fmt"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// Of is whom a form, a menu or a question is about; its title begins with their names. It is made of their records, so that
// nothing is decided about a child whose name is not above it.
type Of struct{ names string }

// Of names children as this session shows names, each once: as many as fit, and how many more there are.
func (p *Program) Of(s *frame.Session, children ...*domain.Child) Of {
	return Of{namesOf(s, children)}
}

// OfNoChild is for what decides about no child: looks, views, what somebody does not know yet.
func OfNoChild() Of { return Of{} }

// namesWide is how wide the names of several children are in a title; what follows says what is decided.
const namesWide = 34

func namesOf(s *frame.Session, children []*domain.Child) string {
	var names []string
	seen := map[domain.ID]bool{}
	for _, c := range children {
		if c != nil && !seen[c.ID] {
			seen[c.ID] = true
			names = append(names, Mask(s, c))
		}
	}
	out, n := "", 0
	for i, name := range names {
		if i > 0 && widgets.Width(out)+widgets.Width(name) > namesWide {
			break
		}
		if i > 0 {
			out += ", "
		}
		out, n = out+name, n+1
	}
	if more := len(names) - n; more > 0 {
		out += fmt.Sprintf(" and %d more", more)
	}
	return out
}

// Title puts whom it is about before what it is.
func (o Of) Title(what string) string {
	if o.names == "" {
		return Sentence(what)
	}
	return o.names + ": " + what
}

// Menu is [frame.Menu] about somebody.
func Menu(s *frame.Session, of Of, what string, choices []widgets.Choice, intro ...widgets.Line) frame.Overlay {
	return frame.Menu(s, of.Title(what), choices, intro...)
}
