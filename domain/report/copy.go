package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// Fact is one thing known, with the name it has in JSON and the title it has in a document. Exactly one of the values is
// set; none is "not known".
type Fact struct {
	Name, Title string
	Text        string
	Shown       string // what a person reads for Text, where that is a login or a word of a list
	Timed       bool   // At is what it is about, recorded or not
	At          domain.Moment
	On          domain.Date
	Is          *bool
	List        []string
}

// Blank says that nothing is known.
func (f Fact) Blank() bool {
	return f.Text == "" && f.At == 0 && f.On == 0 && f.Is == nil && len(f.List) == 0
}

// Words is the value for a person.
func (f Fact) Words() string {
	switch {
	case f.At != 0:
		return f.At.String()
	case f.On != 0:
		return f.On.Start().In(domain.London()).Format("2 January 2006")
	case f.Is != nil && *f.Is:
		return "yes"
	case f.Is != nil:
		return "no"
	case f.List != nil:
		return strings.Join(f.List, "; ")
	}
	return cmp.Or(f.Shown, f.Text)
}

// Part is the facts of one record: an episode, a follow-up, a comment.
type Part struct {
	ID    domain.ID // zero where it has none
	Title string
	Facts []Fact
}

// Make copies a record for an audience with everything that audience gets beside the sections (DOMAIN §9). asAt is when
// the copy is made. Blank facts stay in it, so that an object has the same fields every time.
func Make(v *view.InterviewView, s *domain.Settings, to domain.Audience, purpose string, asAt time.Time) *Copy {
	c := Of(v.Interview, v.Child, v.Episodes, v.Referrals, to, purpose, asAt)
	c.Team = strings.TrimSpace(s.Team.Name + ", " + s.Team.Authority)
	c.Team = strings.Trim(c.Team, ", ")
	m := maker{to: to, names: s.PersonName}
	c.Who = m.pick(m.childFacts(v.Child))
	c.Held = m.pick(m.heldFacts(v.Interview))
	c.Card = m.pick(m.cardFacts(v.Child))
	if m.gets(professionals()) {
		for _, e := range v.Episodes {
			c.About = append(c.About, Part{ID: e.ID, Title: e.ShownRef(), Facts: m.pick(m.episodeFacts(e))})
		}
	}
	if m.gets(worker()) {
		for _, f := range v.FollowUps {
			c.FollowUps = append(c.FollowUps, Part{ID: f.ID, Title: domain.Words(f.Kind), Facts: m.pick(m.followUpFacts(f, domain.At(asAt)))})
		}
	}
	if to == domain.ForTeam {
		c.Known = v.Known
		for _, x := range v.Interview.Comments {
			c.Comments = append(c.Comments, Part{Title: commentTitle(x), Facts: m.pick(m.commentFacts(x))})
		}
		for _, x := range v.Interview.Shares {
			c.Shares = append(c.Shares, Part{Title: x.Audience.Words(), Facts: m.pick(m.shareFacts(x))})
		}
		for _, x := range v.Interview.Missing() {
			c.Missing = append(c.Missing, x.Section+"."+x.Field)
		}
	}
	c.Withheld = Withheld(to)
	c.mayName()
	return c
}

// maker cuts facts down to an audience.
type maker struct {
	to    domain.Audience
	names func(login string) string
}

// given is a fact with the audiences that get it beside the team.
type given struct {
	Fact
	to []domain.Audience
}

func (m maker) gets(to []domain.Audience) bool {
	return m.to == domain.ForTeam || slices.Contains(to, m.to)
}

func (m maker) pick(all []given) []Fact {
	var out []Fact
	for _, g := range all {
		if m.gets(g.to) {
			out = append(out, g.Fact)
		}
	}
	return out
}

// worker, professionals and everyone are the audiences beside the team, from the narrowest.
func worker() []domain.Audience { return []domain.Audience{domain.ForSocialWorker} }
func professionals() []domain.Audience {
	return slices.DeleteFunc(everyone(), domain.Audience.Family)
}
func everyone() []domain.Audience { return domain.SharedAudiences() }

// mayName lists the answers in which other children or third parties may be named in running text. The rule of an audience
// cannot see into a text: a person reads those before the copy leaves. Police and the safeguarding group get only the section
// that is there to name people.
func (c *Copy) mayName() {
	if !c.Audience.GetsProse() {
		return
	}
	for _, s := range c.Sections {
		for _, a := range s.Answers {
			title := s.Section.Title + ": " + a.Field.Title
			if (a.Field.Third || c.Audience.Family()) && !a.Value.Blank() && !slices.Contains(c.MayName, title) {
				c.MayName = append(c.MayName, title)
			}
		}
	}
}

// Withheld lists what no copy for an audience has: sections of which it gets nothing, single fields of the others, and what
// stands beside the sections.
func Withheld(to domain.Audience) []Held {
	if to == domain.ForTeam {
		return nil
	}
	m := maker{to: to, names: domain.Words}
	var out []Held
	for _, s := range domain.Sections() {
		var fields []Held
		for _, f := range s.Fields {
			if !Gets(to, f) {
				fields = append(fields, Held{s.Name + "." + f.Name, s.Title + ": " + f.Title})
			}
		}
		if len(fields) == len(s.Fields) {
			fields = []Held{{s.Name, s.Title}}
		}
		out = append(out, fields...)
	}
	out = append(out, Held{"card", "The child’s card"})
	out = m.withheldFacts(out, "episode_facts", "Episodes", m.episodeFacts(&domain.Episode{}))
	out = m.withheldFacts(out, "followup_details", "Follow-ups", m.followUpFacts(&domain.FollowUp{}, 0))
	return append(out, Held{"comments", "Comments of sign-off"}, Held{"shares", "Copies that left before"})
}

func (m maker) withheldFacts(out []Held, name, title string, all []given) []Held {
	var held []Held
	for _, g := range all {
		if !m.gets(g.to) {
			held = append(held, Held{name + "." + g.Name, title + ": " + g.Title})
		}
	}
	if len(held) == len(all) {
		held = []Held{{name, title}}
	}
	return append(out, held...)
}

func commentTitle(x domain.SignComment) string {
	if x.Approved {
		return "Signed off"
	}
	return "Sent back"
}

// stateWord is how far a record is, for a script: "to_write_up".
func stateWord(v *domain.Interview) string { return strings.ReplaceAll(v.State(), " ", "_") }

// login and word are facts that a script reads as they are stored and a person in words.
func (m maker) login(name, title, login string) Fact {
	return Fact{Name: name, Title: title, Text: login, Shown: m.person(login)}
}

func moment(name, title string, at domain.Moment) Fact {
	return Fact{Name: name, Title: title, At: at, Timed: true}
}

func word(name, title, w string) Fact {
	return Fact{Name: name, Title: title, Text: w, Shown: domain.Words(w)}
}

// person is a name for a login, "" for none.
func (m maker) person(login string) string {
	if login == "" {
		return ""
	}
	return cmp.Or(m.names(login), login)
}
