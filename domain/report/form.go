package report

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/safe"
	"homeward/domain/view"
)

// The form is the sheet to take along. It is written for the day on which it is left on a bus, and for the child, who may read
// it across the table: the name they like to be called and their reference, and nothing that finds them or shames them. Family
// name, date of birth, address, numbers, carers, placement and school stay behind, so do places of the episodes, flags and risk,
// what the source noted or the child told the police, and every name of section Intelligence. A warning on the card often
// speaks of somebody at home: the form says that there is one. What of it is needed is read on
// the screen before leaving; the form says what it leaves off, so that nobody takes it for all there is.

// FormOptions choose what goes onto a form beside what always does.
type FormOptions struct {
	// Contact prints what is needed on the way: the child's own numbers, one of a carer only where they have none, the address
	// only where the meeting is at home and no place was written down, and the warnings in full.
	Contact bool
}

// Form writes the sheet for a referral as one printable page. asAt is when it is made.
func Form(v *view.InterviewView, s *domain.Settings, o FormOptions, asAt time.Time) (string, error) {
	return render(page("form", formBody, formStyle), formOf(v, s, o, asAt))
}

// formPage is a form as it is laid out; all texts are clean.
type formPage struct {
	Title    string
	Called   string
	Head     []entry
	Warnings []string
	Episodes []entry
	Last     []entry // from the conversation before
	Several  bool
	Sections []formSection
	LeftOff  string
	Lost     string
}

type formSection struct {
	Title  string
	Each   bool
	Fields []formField
}

type formField struct {
	Title, Prompt string
	Asked         bool
	Options       []string
	Other         bool // room for an "other" in words
	Columns       []string
	Blank         []int // lines or rows to write on
}

func formOf(v *view.InterviewView, s *domain.Settings, o FormOptions, asAt time.Time) *formPage {
	names := maker{names: s.PersonName}
	called := v.Child.KnownAs
	if called == "" {
		called = v.Child.GivenName
	}
	if called == "" {
		called = v.Child.ShownRef()
	}
	p := &formPage{Title: "Return home interview " + v.Referral.ID.String(), Called: called, Several: len(v.Episodes) > 1}
	say := func(title, text string) {
		if text != "" {
			p.Head = append(p.Head, entry{Title: title, Lines: []string{text}})
		}
	}
	k := &v.Child.Card
	say("Reference", v.Child.ShownRef())
	if age := domain.AgeOn(v.Child.DOB, domain.DateOf(asAt)); age >= 0 {
		say("Age", fmt.Sprint(age))
	} else {
		say("Age", "not known")
	}
	say("Language", k.Language)
	say("Interpreter", k.Interpreter)
	say("Needs", k.Communication)
	say("Best reached", strings.TrimSpace(domain.Words(k.PreferredWay)+" "+k.PreferredTime))
	b := v.Referral.Booking()
	if b != nil {
		say("Meeting", b.When.String())
		say("Where", cmp.Or(b.Place, domain.Words(b.PlaceKind)))
		say("Interviewer", names.person(b.Interviewer))
	}
	if b == nil || b.Interviewer == "" {
		say("Interviewer", names.person(v.Referral.AssignedTo))
	}
	p.Warnings = domain.Standing(k.Warnings)
	if k.DoNotContact != "" {
		p.Warnings = append(p.Warnings, "Do not contact: "+k.DoNotContact)
	}
	if o.Contact {
		p.contact(k, b)
	} else if len(p.Warnings) > 0 {
		p.Warnings = []string{"There is a warning on the card: read it on the screen before you go."}
	}
	for _, e := range v.Episodes {
		p.Episodes = append(p.Episodes, entry{Title: e.ShownRef(), Lines: []string{away(e)}})
	}
	p.last(v, names)
	for _, sec := range domain.Sections() {
		p.Sections = append(p.Sections, sectionOf(sec))
	}
	p.LeftOff = "Left off in case this sheet is lost; read it on the screen before you go: family name, date of birth, carers, placement, school, places, flags and risk, " +
		"notes of the source, what was said in the prevention interview, safety plan, people and places of section Intelligence."
	if !o.Contact {
		p.LeftOff += " Numbers, address and the words of warnings too: write on it what you need today."
	}
	p.Lost = strings.Trim("Found this sheet? Please give it back to "+s.Team.Name+", "+s.Team.Authority, ", ") + ". " + s.Team.Reach
	p.clean()
	return p
}

// contact adds what the child is reached by on the way.
func (p *formPage) contact(k *domain.Card, b *domain.Booking) {
	say := func(title, text string) { p.Head = append(p.Head, entry{Title: title, Lines: []string{text}}) }
	if own := domain.Standing(k.Phones); len(own) > 0 {
		say("Their number", strings.Join(own, "; "))
	} else if carers := domain.Standing(k.CarerPhones); len(carers) > 0 {
		say("Through a carer", carers[0])
	}
	if a := domain.Standing(k.Addresses); len(a) > 0 && b != nil && b.PlaceKind == "home" && b.Place == "" {
		say("Address", a[len(a)-1])
	}
}

// last is what the child said and the team promised at the conversation before, as far as the child may read it and no other
// person is in it: the plan by its kinds, not its words.
func (p *formPage) last(v *view.InterviewView, names maker) {
	if v.Previous == nil {
		return
	}
	say := func(title, text string) {
		if text != "" {
			p.Last = append(p.Last, entry{Title: title, Lines: strings.Split(text, "\n")})
		}
	}
	say("Held", v.Previous.HeldAt.String()+" by "+names.person(v.Previous.Interviewer))
	say("What they wanted next", v.Previous.Sheet.Get("", "view", "wants").Text)
	say("What would help", v.Previous.Sheet.Get("", "view", "would_help").Text)
	var plan []string
	for _, f := range v.PreviousPlan {
		switch f.Kind {
		case domain.FollowUrgent, domain.FollowIntelligence, domain.FollowShare, domain.FollowRecord:
			continue // not between the child and the team
		}
		state := "not done yet"
		switch {
		case f.Dropped != nil:
			state = "given up"
		case f.DoneAt != 0:
			state = "done"
		}
		plan = append(plan, domain.Words(f.Kind)+": "+state)
	}
	say("What was to follow", strings.Join(plan, "; "))
}

// away is when an episode was and how long.
func away(e *domain.Episode) string {
	if e.ReturnedAt == 0 {
		return "missing since " + e.MissingAt.String()
	}
	s := e.MissingAt.String() + " to " + e.ReturnedAt.String()
	if h := (e.ReturnedAt.Unix() - e.MissingAt.Unix()) / 3600; !e.MissingAt.DateOnly() && !e.ReturnedAt.DateOnly() {
		switch {
		case h >= 48:
			s += fmt.Sprintf(" (%d days)", h/24)
		case h == 1:
			s += " (1 hour)"
		case h > 1:
			s += fmt.Sprintf(" (%d hours)", h)
		}
	}
	return s
}

// sectionOf lays a section's questions out with space to write.
func sectionOf(sec domain.SheetSection) formSection {
	out := formSection{Title: sec.Title, Each: sec.Each}
	for _, f := range sec.Fields {
		x := formField{Title: f.Title, Prompt: f.Prompt, Asked: f.Asked}
		for _, o := range f.Options {
			if o == "other" && f.Kind == domain.FieldMulti {
				x.Other = true
				continue
			}
			x.Options = append(x.Options, option(o))
		}
		for _, c := range f.Columns {
			x.Columns = append(x.Columns, c.Title)
		}
		switch f.Kind {
		case domain.FieldText:
			x.Blank = make([]int, 3)
			if f.Name == "own_words" {
				x.Blank = make([]int, 10)
			}
		case domain.FieldLine:
			x.Blank = make([]int, 1)
		case domain.FieldRows:
			x.Blank = make([]int, 3)
		default: // its options are printed to tick
		}
		out.Fields = append(out.Fields, x)
	}
	return out
}

// clean makes what came from records safe to show; titles and prompts are the program's own.
func (p *formPage) clean() {
	for _, s := range []*string{&p.Title, &p.Called, &p.LeftOff, &p.Lost} {
		*s = safe.CleanLine(*s)
	}
	for i := range p.Warnings {
		p.Warnings[i] = safe.CleanLine(p.Warnings[i])
	}
	for _, list := range [][]entry{p.Head, p.Episodes, p.Last} {
		for i := range list {
			list[i].Title = safe.CleanLine(list[i].Title)
			for j := range list[i].Lines {
				list[i].Lines[j] = safe.CleanLine(list[i].Lines[j])
			}
		}
	}
}
