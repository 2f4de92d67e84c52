package desk

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/tui/frame"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// Warnings are the card's, which stand above everything that is done with the child. They are shown masked or not: who
// goes to a house must know.
func Warnings(th *theme.Theme, c *domain.Child) []widgets.Line {
	var out []widgets.Line
	if d := c.Died; d != nil {
		out = append(out, widgets.In(th.Warning, th.Glyphs.Warn+" Died "+d.On.Start().In(domain.London()).Format("Mon 2 Jan 2006")+": nothing is sent or due for the child or family"))
	}
	if t := c.Card.DoNotContact; t != "" {
		out = append(out, widgets.In(th.Warning, th.Glyphs.Warn+" Do not contact: "+t))
	}
	for _, t := range domain.Standing(c.Card.Warnings) {
		out = append(out, widgets.In(th.Warning, th.Glyphs.Warn+" "+t))
	}
	return out
}

// Reach is how to reach a child, a line a way.
func Reach(s *frame.Session, c *domain.Child) []widgets.Line {
	if s.MaskNames {
		return []widgets.Line{widgets.In(s.Theme.Muted, "names and numbers are masked: "+s.Keys.Hint("work.mask")+" shows them")}
	}
	k := &c.Card
	list := func(l []domain.Line) string { return strings.Join(domain.Standing(l), ", ") }
	var out []widgets.Line
	for _, x := range [][2]string{
		{"Phone ", list(k.Phones)},
		{"Carer ", strings.TrimSpace(list(k.Carers) + " " + list(k.CarerPhones))},
		{"Lives ", list(k.Addresses)},
		{"Prefers ", strings.TrimSpace(domain.Words(k.PreferredWay) + " " + k.PreferredTime)},
		{"Speaks ", k.Language}, {"Interpreter ", k.Interpreter}, {"Needs ", k.Communication},
	} {
		if x[1] != "" {
			out = append(out, widgets.Say(x[0]+x[1]))
		}
	}
	return out
}

// Warned shows the card's warnings and goes on once they are acknowledged (DOMAIN §2: before an attempt or a booking).
func (p *Program) Warned(s *frame.Session, c *domain.Child, then func() tea.Cmd) tea.Cmd {
	lines := Warnings(s.Theme, c)
	if len(lines) == 0 {
		return then()
	}
	menu := Menu(s, p.Of(s, c), "read this first", []widgets.Choice{{Key: "r", Title: "I have read it", Result: true}}, lines...)
	return s.OpenLate(menu, func(result any) tea.Cmd {
		if result != true {
			return nil
		}
		return then()
	})
}

// Contact is an attempt to be asked about: on a referral or on a follow-up, one of which is set.
type Contact struct {
	Referral domain.ID
	Also     []domain.ID // other referrals of the child that one conversation was about
	FollowUp domain.ID
	Child    *domain.Child
	With     string         // whom one usually tries about it
	Beside   []widgets.Line // to read where the attempt is made
}

func (c Contact) id() string {
	if c.FollowUp != 0 {
		return c.FollowUp.String()
	}
	id := c.Referral.String()
	for _, also := range c.Also {
		id += ", " + also.String()
	}
	return id
}

// withLines say who is at it already.
func (p *Program) withLines(s *frame.Session, c Contact) []widgets.Line {
	about := c.Referral
	if c.FollowUp != 0 {
		about = c.FollowUp
	}
	var out []widgets.Line
	for _, x := range p.With(about, c.Child.ID, p.clusterOf(about)) {
		out = append(out, widgets.In(s.Theme.DueSoon, s.Theme.Glyphs.Warn+" "+p.DoingLine(x)))
	}
	return out
}

// quickMark tells a menu's answer that needs no form; it never reaches an act.
const quickMark = "\x00"

// LogContact asks what came of an attempt, once the card's warnings were read: the most common answers are one key, the
// others open the form.
func (p *Program) LogContact(s *frame.Session, c Contact) tea.Cmd {
	return p.Warned(s, c.Child, func() tea.Cmd { return p.contactMenu(s, c) })
}

func (p *Program) contactMenu(s *frame.Session, c Contact) tea.Cmd {
	form := func(way, result string) domain.LogContact {
		return domain.LogContact{Way: way, Result: result}
	}
	quick := func(way, result string) domain.LogContact {
		l := form(way, result)
		l.With, l.Note = c.With, quickMark
		return l
	}
	whom := c.With
	if whom == domain.WithChild {
		whom = "the child"
	} else {
		whom = "the " + whom
	}
	declined := "who declined"
	if c.Referral != 0 {
		declined = "who declined; sets when to ask again"
	}
	menu := Menu(s, p.Of(s, c.Child), "contact about "+c.id(), []widgets.Choice{
		{Key: "n", Title: "No answer", Hint: "a call to " + whom + ", just now", Result: quick("call", domain.ResultNoAnswer)},
		{Key: "m", Title: "Left a message", Hint: "a call to " + whom + ", just now", Result: quick("call", domain.ResultLeftMessage)},
		{Key: "s", Title: "Spoke …", Hint: "with whom, when to ring again, note", Result: form("call", domain.ResultSpoke)},
		{Key: "g", Title: "Agreed to meet …", Hint: "who agreed", Result: form("call", domain.ResultAgreed)},
		{Key: "d", Title: "Declined …", Hint: declined, Result: form("call", domain.ResultDeclined)},
		{Key: "l", Title: "Asked for later …", Result: form("call", domain.ResultAskedForLater)},
		{Key: "u", Title: "Unsuitable time …", Result: form("call", domain.ResultUnsuitableTime)},
		{Key: "t", Title: "Text sent", Hint: "to " + whom + ", just now", Result: quick("text", domain.ResultSent)},
		{Key: "p", Title: "Letter posted", Hint: "to " + whom + ", just now", Result: quick("letter", domain.ResultSent)},
		{Key: "o", Title: "Another …", Hint: "any way, anyone, any result", Result: form("call", "")},
	}, append(p.withLines(s, c), c.Beside...)...)
	on := p.On(s, domain.Envelope{Act: c.act(domain.LogContact{})})
	look := p.attend(on, nil)
	s.OpenUntil(menu, on.gone, func(result any) tea.Cmd {
		l, ok := result.(domain.LogContact)
		if !ok {
			return nil
		}
		l = *c.act(l)
		if l.Note == quickMark {
			l.Note = ""
			return p.Take(domain.Envelope{Act: &l})
		}
		return p.contactForm(s, c, l)
	})
	return look
}

// GoOnContact opens the form of an attempt with a result, "" for any, as its draft was left.
func (p *Program) GoOnContact(s *frame.Session, c Contact, result string) tea.Cmd {
	return p.Warned(s, c.Child, func() tea.Cmd {
		return p.contactForm(s, c, *c.act(domain.LogContact{Way: "call", Result: result}))
	})
}

// Strike is the form of an attempt that was entered wrongly.
func (p *Program) Strike(s *frame.Session, of Of, attempt string) tea.Cmd {
	return p.Reason(s, of, "contact.strike "+attempt, "strike "+attempt, "What was wrong with it", "", func(why string) domain.Envelope {
		return domain.Envelope{Act: &domain.StrikeContact{Attempt: attempt, Reason: why}}
	}, nil)
}

// JoinTo says that two children are one: all that was recorded of other goes to keep.
func (p *Program) JoinTo(s *frame.Session, of Of, keep, other string) tea.Cmd {
	return p.Reason(s, of, "child.join "+keep+" "+other, other+" is "+keep, "How it is known",
		"all that was recorded of "+other+" goes to "+keep+"; "+s.Key("work.undo")+" takes it back while nothing rests on it", func(why string) domain.Envelope {
			return domain.Envelope{Act: &domain.Join{Keep: keep, Other: other, Reason: why}}
		}, nil)
}

// DifferentFrom says that two children are two.
func (p *Program) DifferentFrom(s *frame.Session, of Of, one, other string) tea.Cmd {
	return p.Reason(s, of, "child.different "+one+" "+other, one+" and "+other+" are different children", "How it is known", "", func(why string) domain.Envelope {
		return domain.Envelope{Act: &domain.Different{Keep: one, Other: other, Reason: why}}
	}, nil)
}

// act is an attempt about what it is to be asked about.
func (c Contact) act(l domain.LogContact) *domain.LogContact {
	if c.FollowUp != 0 {
		l.FollowUp = c.FollowUp.String()
	} else {
		l.Referral = c.Referral.String()
		for _, also := range c.Also {
			l.Also = append(l.Also, also.String())
		}
	}
	return &l
}

// contactForm asks for the rest of an attempt: with whom, then "ring again", which is typed most.
func (p *Program) contactForm(s *frame.Session, c Contact, l domain.LogContact) tea.Cmd {
	now, about := s.Now, cmp.Or(c.FollowUp, c.Referral).String() // one draft, however many it was about
	return p.Decide(s, Decision{
		Key: "contact.log " + about + " " + l.Result, Of: p.Of(s, c.Child), Title: contactTitle(c, l.Result),
		Fields: []widgets.Field{
			// Whom one reached decides which clock is met: nobody is proposed.
			{ID: "with", Label: "With", Kind: widgets.ChoiceKind, Options: Options(domain.Withs()), Required: true},
			TimeField(widgets.Field{ID: "again", Label: "Ring again", Hint: "15:30, tomorrow 10:00, Tue 9:00; blank for none"}, now, false),
			{ID: "note", Label: "Note", Kind: widgets.NoteKind, Lines: 3},
			{ID: "result", Label: "Result", Kind: widgets.ChoiceKind, Value: l.Result, Options: Options(domain.Results()), Required: true},
			{ID: "way", Label: "Way", Kind: widgets.ChoiceKind, Value: l.Way, Proposed: true, Options: Options(domain.Ways())},
			TimeField(widgets.Field{ID: "at", Label: "When", Value: "now", Proposed: true, Required: true}, now, true),
		},
		Names: map[string]string{"try_again_at": "again"}, Below: c.Beside,
		Build: func(v widgets.Values) domain.Envelope {
			act := l
			act.Way, act.With, act.Result, act.Note = v["way"], v["with"], v["result"], v["note"]
			if v["again"] != "" {
				act.TryAgain, _ = ParseWhen(v["again"], now(), false)
			}
			e := domain.Envelope{Act: &act}
			if v["at"] != "now" {
				e.At, _ = ParseWhen(v["at"], now(), true)
			}
			return e
		},
	})
}

// contactTitle names who is tried and what came of it, once that was said.
func contactTitle(c Contact, result string) string {
	title := "contact about " + c.id()
	if result != "" {
		title += ": " + domain.Words(result)
	}
	return title
}
