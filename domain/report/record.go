// Package report makes documents of records: pure functions, no I/O.
package report

import (
	"maps"
	"slices"
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// Copy is an interview's record as one audience may have it (DOMAIN §9).
type Copy struct {
	Audience  domain.Audience
	Purpose   string
	Child     *domain.Child
	Episodes  []*domain.Episode // the facts, for those who get them; nil for a parent or carer
	Interview *domain.Interview
	Referrals []*domain.Referral
	AsAt      time.Time
	Sections  []CopySection
	// LeftOut names the sections and fields that hold something and are not in the copy.
	LeftOut []string
	// Unsigned says that the record was not signed off by a second person.
	Unsigned bool

	// What follows is filled in by [Make]: everything a document or an object says beside the sections, already cut down to
	// what the audience gets. Whatever writes a copy out reads these and never the records above.
	Team      string           // who made the copy
	Who       []Fact           // the child
	Held      []Fact           // the interview: when, by whom, how far the record is
	Card      []Fact           // the team only
	Known     []view.KnownFact // to be read beside the sections, the team only
	About     []Part           // an episode each
	FollowUps []Part           // a follow-up each
	Comments  []Part           // of sign-off, the team only
	Shares    []Part           // copies that left before, the team only
	Withheld  []Held           // what no copy for this audience has, whether or not there is any
	MayName   []string         // answers in this copy that may name other children or third parties: to be read before it leaves
	Missing   []string         // required and blank, "section.field", the team only
}

// Held is a section or field that an audience never gets. It is named whether or not it holds anything, so that a copy
// does not tell a carer that there was something to say about harm.
type Held struct{ Name, Title string }

// CopySection is one section of a copy, for the interview or for one episode.
type CopySection struct {
	Section domain.SheetSection
	Episode string // E-number; "" for the interview
	Answers []CopyAnswer
}

// CopyAnswer is one answer.
type CopyAnswer struct {
	Field domain.SheetField
	Value domain.Value
	By    string // login of who wrote it, where that is not the owner
}

// Of makes the copy of a record for an audience. Blank answers are left out but for the team, for whom the whole form is.
func Of(v *domain.Interview, child *domain.Child, episodes []*domain.Episode, referrals []*domain.Referral, to domain.Audience, purpose string, asAt time.Time) *Copy {
	c := &Copy{Audience: to, Purpose: purpose, Child: child, Interview: v, Referrals: referrals, AsAt: asAt, Unsigned: v.SignedAt.IsZero()}
	if !to.Family() {
		c.Episodes = episodes
	}
	keys := []string{""}
	for _, e := range episodes {
		keys = append(keys, e.ID.String())
	}
	for _, id := range slices.Sorted(maps.Keys(v.Sheet.Each)) { // written before an episode left the cluster: never lost
		if !slices.Contains(keys, id) {
			keys = append(keys, id)
		}
	}
	for _, s := range domain.Sections() {
		for _, ep := range keys {
			if ep != "" && !s.Each {
				continue
			}
			part := CopySection{Section: s, Episode: ep}
			for _, f := range s.Fields {
				val := v.Sheet.Get(ep, s.Name, f.Name)
				switch {
				case !Gets(to, f):
					if !val.Blank() {
						c.leaveOut(s, f)
					}
				case !val.Blank() || to == domain.ForTeam && ep == "":
					part.Answers = append(part.Answers, CopyAnswer{Field: f, Value: val, By: v.Authors[ep+"/"+s.Name+"/"+f.Name]})
				}
			}
			if len(part.Answers) > 0 {
				c.Sections = append(c.Sections, part)
			}
		}
	}
	return c
}

// Gets says whether an audience gets a field: the team all, the others what the field names.
func Gets(to domain.Audience, f domain.SheetField) bool {
	return to == domain.ForTeam || slices.Contains(f.For, to)
}

func (c *Copy) leaveOut(s domain.SheetSection, f domain.SheetField) {
	if name := s.Title + ": " + f.Title; !slices.Contains(c.LeftOut, name) {
		c.LeftOut = append(c.LeftOut, name)
	}
}

// Words is a value in words: options as people read them, rows with their columns.
func Words(f domain.SheetField, v domain.Value) []string {
	switch {
	case v.Rows != nil:
		var out []string
		for _, r := range v.Rows {
			var parts []string
			for _, col := range f.Columns {
				if s := r[col.Name]; s != "" {
					if col.Options != nil {
						s = col.Title + ": " + domain.Words(s)
					}
					parts = append(parts, s)
				}
			}
			out = append(out, strings.Join(parts, "; "))
		}
		return out
	case v.List != nil:
		var out []string
		for _, s := range v.List {
			out = append(out, option(s))
		}
		return []string{strings.Join(out, ", ")}
	case f.Options != nil:
		return []string{option(v.Text)}
	}
	return strings.Split(v.Text, "\n")
}

// option is a word of a list as people read it; what follows a colon is somebody's own words.
func option(s string) string {
	switch s { // the numbers as they are dialled
	case "runaway_helpline_116000":
		return "Runaway Helpline 116 000 (call or text, free, 24 h)"
	case "childline_08001111":
		return "Childline 0800 1111"
	}
	word, own, has := strings.Cut(s, ":")
	if has {
		return domain.Words(word) + ":" + own
	}
	return domain.Words(word)
}
