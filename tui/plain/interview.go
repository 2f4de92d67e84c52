package plain

import (
	"homeward/domain"
	"homeward/domain/report"
	"homeward/domain/view"
)

// Interview is the object of `interview` (INTERFACES, Program): a record as one audience may have it. `record` has every
// section and field the audience gets, blank ones too, in the shape `interview.save` reads.
func Interview(c *report.Copy, asked *domain.Referral) Row {
	v := c.Interview
	version := v.Version
	if v.ID == 0 {
		version = asked.Version // which interview.save is held against until there is a record
	}
	episodes, facts := []string{}, []Row{}
	for _, p := range c.About {
		episodes = append(episodes, p.Title)
		facts = append(facts, part("episode", p))
	}
	ids, followUps := []string{}, []Row{}
	for _, p := range c.FollowUps {
		ids = append(ids, p.ID.String())
		followUps = append(followUps, part("id", p))
	}
	withheld := []string{}
	for _, h := range c.Withheld {
		withheld = append(withheld, h.Name)
	}
	r := Row{{"interview", v.ID}, {"version", version}, {"referral", asked.ID}, {"child_ref", c.Child.ShownRef()}, {"child", values(c.Who)},
		{"episodes", episodes}, {"episode_facts", facts}}
	held := map[string]Field{}
	for _, f := range c.Held {
		held[f.Name] = Field{f.Name, value(f)}
	}
	for _, name := range []string{"state", "held_at", "interviewer", "owner", "saved_at", "submitted_at", "submitted_by", "signed_at", "signed_by"} {
		f, ok := held[name]
		if !ok {
			f = Field{name, nil}
		}
		r = append(r, f)
	}
	r = append(r, record(c)...)
	return append(r, Field{"missing", Texts(c.Missing)}, Field{"card", values(c.Card)}, Field{"known", known(c.Known)},
		Field{"comments", parts(c.Comments)}, Field{"shares", parts(c.Shares)}, Field{"followups", ids}, Field{"followup_details", followUps},
		Field{"left_out", withheld}, Field{"unsigned", c.Unsigned}, Field{"audience", string(c.Audience)}, Field{"purpose", c.Purpose},
		Field{"as_at", domain.At(c.AsAt)})
}

// record is the sections, the same for single episodes, what was written of episodes the interview no longer covers, and who
// wrote what is not the owner's.
func record(c *report.Copy) Row {
	type place struct{ episode, section, field string }
	answers := map[place]report.CopyAnswer{}
	for _, s := range c.Sections {
		for _, a := range s.Answers {
			answers[place{s.Episode, s.Section.Name, a.Field.Name}] = a
		}
	}
	authors := map[string]string{}
	sections := func(episode, shown string) Row {
		out := Row{}
		for _, s := range domain.Sections() {
			if episode != "" && !s.Each {
				continue
			}
			fields := Row{}
			for _, f := range s.Fields {
				if !report.Gets(c.Audience, f) {
					continue
				}
				a := answers[place{episode, s.Name, f.Name}]
				fields = append(fields, Field{f.Name, answer(f, a.Value)})
				if a.By != "" && c.Audience.ToldAuthors() {
					authors[shown+s.Name+"."+f.Name] = a.By
				}
			}
			if len(fields) > 0 {
				out = append(out, Field{s.Name, fields})
			}
		}
		return out
	}
	rec := sections("", "")
	each, gone := Row{}, Row{}
	covered := map[string]bool{"": true}
	for _, p := range c.About {
		covered[p.ID.String()] = true
		if s := sections(p.ID.String(), p.Title+"."); len(s) > 0 {
			each = append(each, Field{p.Title, s})
		}
	}
	for _, s := range c.Sections {
		if !covered[s.Episode] {
			covered[s.Episode] = true
			gone = append(gone, Field{s.Episode, sections(s.Episode, s.Episode+".")})
		}
	}
	if len(each) > 0 {
		rec = append(rec, Field{"episodes", each})
	}
	return Row{{"record", rec}, {"not_covered", gone}, {"authors", authors}}
}

// answer is a value as interview.save reads it: blank is null, or an empty list where a list belongs.
func answer(f domain.SheetField, v domain.Value) any {
	switch f.Kind {
	case domain.FieldRows:
		out := []Row{}
		for _, r := range v.Rows {
			row := Row{}
			for _, col := range f.Columns {
				row = append(row, Field{col.Name, r[col.Name]})
			}
			out = append(out, row)
		}
		return out
	case domain.FieldMulti:
		return Texts(v.List)
	default: // one text
	}
	return v.Text
}

func value(f report.Fact) any {
	switch {
	case f.Timed:
		return f.At
	case f.On != 0:
		return f.On
	case f.Is != nil:
		return *f.Is
	case f.List != nil:
		return f.List
	}
	return f.Text
}

func values(facts []report.Fact) Row {
	r := Row{}
	for _, f := range facts {
		r = append(r, Field{f.Name, value(f)})
	}
	return r
}

func known(list []view.KnownFact) []Row {
	out := []Row{}
	for _, k := range list {
		out = append(out, Row{{"section", k.Section}, {"what", k.What}, {"text", k.Text}})
	}
	return out
}

func part(id string, p report.Part) Row { return append(Row{{id, p.ID}}, values(p.Facts)...) }

func parts(list []report.Part) []Row {
	out := []Row{}
	for _, p := range list {
		out = append(out, values(p.Facts))
	}
	return out
}
