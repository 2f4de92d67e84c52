package desk

import (
	"homeward/domain"
	"homeward/tui/widgets"
)

// PeopleOptions offers those who can be given work by their first names.
func (p *Program) PeopleOptions() []widgets.Option {
	var out []widgets.Option
	for _, u := range People(p.Settings(), domain.DateOf(p.Desk.Now()), p.Actor()) {
		out = append(out, widgets.Option{Value: u.Login, Label: p.First(u.Login)})
	}
	return out
}
