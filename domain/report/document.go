package report

import (
	"strings"

	"homeward/domain"
	"homeward/domain/safe"
)

// document is a copy as a reader meets it, before it is written as Markdown or HTML. All its texts are clean: no control
// characters, nothing that turns the direction of a line. What the two formats read into signs they escape themselves.
type document struct {
	Title   string
	Notices []string
	Head    []entry
	Blocks  []block
	Foot    []string
}

// block is one titled stretch.
type block struct {
	Title   string
	Entries []entry
}

// entry is one titled answer or fact. Rows where it is a table, else Lines; neither is blank.
type entry struct {
	Title   string
	Lines   []string
	Columns []string
	Rows    [][]string
	Long    bool   // somebody's own text, to be set apart
	Note    string // who wrote it, that it is asked for
}

// Blank says that nothing is written there.
func (e entry) Blank() bool { return len(e.Lines) == 0 && len(e.Rows) == 0 }

// agreedTitle stands for the name of a section in a carer's copy, who is to see no form.
const agreedTitle = "What we agreed to tell you"

// documentOf lays a copy out.
func documentOf(c *Copy, names func(string) string) *document {
	d := &document{Title: "Return home interview"}
	if !c.Audience.Family() && c.Interview.ID != 0 {
		d.Title += " " + c.Interview.ID.String()
	}
	if c.Audience.Family() {
		d.Title = "After our conversation"
	}
	if c.Unsigned {
		d.Notices = append(d.Notices, "Not signed off by a second person.")
	}
	d.Head = c.head()
	if len(c.Card) > 0 {
		d.facts("The child’s card", c.Card)
	}
	for _, p := range c.About {
		d.facts("Episode "+p.Title, p.Facts)
	}
	known := block{Title: "Known already"}
	for _, k := range c.Known {
		known.Entries = append(known.Entries, entry{Title: k.What, Lines: strings.Split(k.Text, "\n")})
	}
	if known.Entries != nil {
		d.Blocks = append(d.Blocks, known)
	}
	for _, s := range c.Sections {
		b := block{Title: s.Section.Title}
		if c.Audience.Family() {
			b.Title = agreedTitle
		}
		if s.Episode != "" {
			b.Title += ", for " + c.episode(s.Episode)
		}
		for _, a := range s.Answers {
			b.Entries = append(b.Entries, c.answer(a, names))
		}
		d.Blocks = append(d.Blocks, b)
	}
	if len(c.Sections) == 0 && c.Audience.Family() {
		d.Blocks = append(d.Blocks, block{Title: agreedTitle, Entries: []entry{{Title: "Feedback",
			Lines: []string{"Nothing was agreed to be passed on. Please talk with us if you are worried."}}}})
	}
	for _, list := range []struct {
		title string
		parts []Part
	}{{"Follow-up", c.FollowUps}, {"Sign-off", c.Comments}, {"Copy for", c.Shares}} {
		for _, p := range list.parts {
			d.facts(list.title+": "+p.Title, p.Facts)
		}
	}
	d.Foot = c.foot()
	d.clean()
	return d
}

// facts adds a block of the facts that are known; none at all, no block.
func (d *document) facts(title string, facts []Fact) {
	b := block{Title: title}
	for _, f := range facts {
		if !f.Blank() {
			b.Entries = append(b.Entries, entry{Title: f.Title, Lines: strings.Split(f.Words(), "\n")})
		}
	}
	if b.Entries != nil {
		d.Blocks = append(d.Blocks, b)
	}
}

// head is who, which episodes, when and by whom it was held, for whom and what for, and as at when.
func (c *Copy) head() []entry {
	var out []entry
	say := func(title, s string) {
		if s != "" {
			out = append(out, entry{Title: title, Lines: []string{s}})
		}
	}
	for _, f := range c.Who {
		say(f.Title, f.Words())
	}
	say("Reference", c.Child.ShownRef())
	var refs []string
	for _, p := range c.About {
		refs = append(refs, p.Title)
	}
	say("Episodes covered", strings.Join(refs, ", "))
	for _, f := range c.Held {
		if f.Name == "held_at" && f.At == 0 {
			say("Held", "not yet")
		}
		say(f.Title, f.Words())
	}
	say("For", c.Audience.Words())
	say("Purpose", c.Purpose)
	say("From", c.Team)
	say("As at", domain.At(c.AsAt).String())
	return out
}

// episode is how people name an episode that a section is written for.
func (c *Copy) episode(id string) string {
	for _, e := range c.About {
		if e.ID.String() == id {
			return e.Title
		}
	}
	return id + " (no longer covered)"
}

func (c *Copy) answer(a CopyAnswer, names func(string) string) entry {
	e := entry{Title: a.Field.Title, Long: a.Field.Kind == domain.FieldText}
	if a.By != "" && c.Audience.ToldAuthors() {
		e.Note = "written by " + names(a.By)
	}
	switch {
	case a.Value.Blank():
		if a.Field.Asked {
			e.Note = "asked for when the record is submitted"
		}
	case a.Value.Rows != nil:
		for _, col := range a.Field.Columns {
			e.Columns = append(e.Columns, col.Title)
		}
		for _, r := range a.Value.Rows {
			row := make([]string, len(a.Field.Columns))
			for i, col := range a.Field.Columns {
				if row[i] = r[col.Name]; col.Options != nil {
					row[i] = domain.Words(row[i])
				}
			}
			e.Rows = append(e.Rows, row)
		}
	default:
		e.Lines = Words(a.Field, a.Value)
	}
	return e
}

// foot says what the copy is not, so that nobody takes it for all there is.
func (c *Copy) foot() []string {
	if c.Audience == domain.ForTeam {
		return []string{"The whole record. Copies for others leave parts out: they are made for an audience and a purpose."}
	}
	if c.Audience.Family() {
		return []string{"This page holds what was agreed to be passed on, and nothing else of the conversation.",
			"Runaway Helpline 116 000: call or text, free, 24 hours. Childline 0800 1111."}
	}
	var names []string
	for _, h := range c.Withheld {
		names = append(names, h.Title)
	}
	return []string{"Never part of a copy for this audience, whether or not there is any: " + strings.Join(names, "; ") + ".",
		"For the purpose named above. Not to be passed on without asking " + c.Team + "."}
}

// clean makes every text of the document safe to show.
func (d *document) clean() {
	line := func(s *string) { *s = safe.CleanLine(*s) }
	lines := func(list []string) {
		for i := range list {
			line(&list[i])
		}
	}
	entries := func(list []entry) {
		for i := range list {
			e := &list[i]
			line(&e.Title)
			line(&e.Note)
			lines(e.Lines)
			lines(e.Columns)
			for _, r := range e.Rows {
				lines(r)
			}
		}
	}
	line(&d.Title)
	lines(d.Notices)
	lines(d.Foot)
	entries(d.Head)
	for i := range d.Blocks {
		line(&d.Blocks[i].Title)
		entries(d.Blocks[i].Entries)
	}
}
