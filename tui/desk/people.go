package desk

import (
	"strings"

	"homeward/domain"
	"homeward/domain/spell"
	"homeward/tui/widgets"
)

// How a form names people: one of the team is chosen from a list that typing makes shorter, anybody else is typed.

// ofTheTeam says of a name that it is a colleague's.
const ofTheTeam = "of the team"

// PeopleOptions offers those who can be given work, by their names.
func (p *Program) PeopleOptions() []widgets.Option {
	return p.optionsOf(People(p.Settings(), domain.DateOf(p.Now()), p.Actor()))
}

// ColleagueOptions offers everybody of the team who has not left, those who are given no work too.
func (p *Program) ColleagueOptions() []widgets.Option {
	var here []domain.User
	for _, u := range p.Settings().Users {
		if !u.Left(domain.DateOf(p.Now())) {
			here = append(here, u)
		}
	}
	return p.optionsOf(here)
}

func (p *Program) optionsOf(users []domain.User) []widgets.Option {
	var out []widgets.Option
	for _, u := range users {
		out = append(out, widgets.Option{Value: u.Login, Label: p.Settings().PersonName(u.Login), Hint: ofTheTeam})
	}
	return out
}

// withKnown adds the person of the team who stands in a field already and is offered no more: they have left since, say.
func (p *Program) withKnown(options []widgets.Option, login string) []widgets.Option {
	u, known := p.Settings().User(login)
	for _, o := range options {
		known = known && o.Value != login
	}
	if !known {
		return options
	}
	hint := ofTheTeam
	if words, left := p.Settings().Leaver(login, domain.DateOf(p.Now())); left {
		hint = strings.TrimPrefix(words, p.Settings().PersonName(login)+" ")
	}
	return append(options, widgets.Option{Value: u.Login, Label: p.Settings().PersonName(u.Login), Hint: hint})
}

// TeamField asks for one of the team who can be given work.
func (p *Program) TeamField(f widgets.Field) widgets.Field {
	f.Kind = widgets.ListKind
	if f.Options == nil {
		f.Options = p.PeopleOptions()
	}
	f.Options = p.withKnown(f.Options, f.Value)
	for i := range f.Options {
		if f.Options[i].Hint == ofTheTeam {
			f.Options[i].Hint = "" // they all are
		}
	}
	return f
}

// NameField asks for anybody: one of the team, who is kept by login, or somebody else by name. A name nearly a colleague's is
// asked about.
func (p *Program) NameField(f widgets.Field) widgets.Field {
	return p.named(f, p.withKnown(p.PeopleOptions(), f.Value), "outside the team")
}

// SaidField is [Program.NameField] for an act that keeps names and no logins.
func (p *Program) SaidField(f widgets.Field) widgets.Field {
	options := p.ColleagueOptions()
	for i := range options {
		options[i].Value = options[i].Label
	}
	f.Quiet = true
	return p.named(f, options, "")
}

// named makes a field of a name; other is what is said of one that is nobody's of the team.
func (p *Program) named(f widgets.Field, options []widgets.Option, other string) widgets.Field {
	f.Kind, f.Options = widgets.NameKind, options
	f.Near = func(typed string) string { return nearest(typed, options) }
	f.Reads = func(v string) string {
		for _, o := range options {
			if o.Value == v || domain.Fold(o.Label) == domain.Fold(v) {
				return ""
			}
		}
		if near := nearest(v, options); near != "" {
			for _, o := range options {
				if o.Value == near {
					return o.Label + ", " + o.Hint + "? As typed it is somebody else"
				}
			}
		}
		return other
	}
	return f
}

// nearest is the value of the one option a typed name may be meant for: one slip away from its name or login, or the beginning
// of it; "" for none, and where it may be several.
func nearest(typed string, options []widgets.Option) string {
	t, found := domain.Fold(typed), ""
	if t == "" {
		return ""
	}
	for _, o := range options {
		name, login := domain.Fold(o.Label), domain.Fold(o.Value)
		if spell.Edits(t, name) > 1 && spell.Edits(t, login) > 1 && !strings.HasPrefix(name, t) {
			continue
		}
		if found != "" {
			return ""
		}
		found = o.Value
	}
	return found
}

// Outside are the fields of somebody outside the team who is named in another: what they are, how to reach them.
func (p *Program) Outside(name string) []widgets.Field {
	ofTeam := func(v widgets.Values) bool { return v[name] == "" || p.isColleague(v[name]) }
	return []widgets.Field{
		{ID: "role", Label: "Their role", Hint: "social worker, advocate, youth worker", Hide: ofTeam},
		{ID: "reach", Label: "How to reach them", Hint: "phone, e-mail", Hide: ofTeam},
	}
}

// isColleague says that a login or a name is that of one of the team.
func (p *Program) isColleague(who string) bool {
	for _, u := range p.Settings().Users {
		if u.Login == who || domain.Fold(u.Name) == domain.Fold(who) {
			return true
		}
	}
	return len(p.Settings().Users) == 0 && who == p.Actor().Login
}
