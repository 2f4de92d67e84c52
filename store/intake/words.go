package intake

import (
	"slices"

	"homeward/domain"
)

// differences puts what a change does to one record into words, a column a line: "returned_at: – → Sun 22 Nov 2026 14:10".
// A record that is new says nothing: the row itself shows what is in it.
func differences(t domain.Touched) []string {
	var out []string
	say := func(name, was, is string) {
		if was == is {
			return
		}
		if was == "" {
			was = "–"
		}
		if is == "" {
			is = "–"
		}
		out = append(out, name+": "+was+" → "+is)
	}
	switch is := t.After.(type) {
	case *domain.Episode:
		was, ok := t.Before.(*domain.Episode)
		if !ok {
			return nil
		}
		for _, c := range domain.EpisodeColumns() {
			say(c.String(), shown(was, c), shown(is, c))
		}
	case *domain.Child:
		was, ok := t.Before.(*domain.Child)
		if !ok {
			return nil
		}
		say("child_ref", was.Ref, is.Ref)
		say("given_name", was.GivenName, is.GivenName)
		say("family_name", was.FamilyName, is.FamilyName)
		say("known_as", was.KnownAs, is.KnownAs)
		say("dob", was.DOB.String(), is.DOB.String())
		say("gender", was.Gender, is.Gender)
		say("preferred_way", was.Card.PreferredWay, is.Card.PreferredWay)
		for _, l := range []struct {
			name    string
			was, is []domain.Line
		}{
			{"child_phone", was.Card.Phones, is.Card.Phones}, {"carer_name", was.Card.Carers, is.Card.Carers},
			{"carer_phone", was.Card.CarerPhones, is.Card.CarerPhones}, {"address", was.Card.Addresses, is.Card.Addresses},
			{"warning", was.Card.Warnings, is.Card.Warnings},
		} {
			known := domain.Standing(l.was)
			for _, text := range domain.Standing(l.is) {
				if !slices.Contains(known, text) {
					out = append(out, l.name+": also "+text)
				}
			}
		}
	case *domain.Referral:
		if t.Before == nil {
			out = append(out, "raises a referral")
		}
	}
	return out
}

// shown is a column of an episode as people read it.
func shown(e *domain.Episode, c domain.Column) string {
	switch c {
	case domain.ColMissingAt:
		return e.MissingAt.String()
	case domain.ColReportedAt:
		return e.ReportedAt.String()
	case domain.ColFoundAtTime:
		return e.FoundAt.String()
	case domain.ColReturnedAt:
		return e.ReturnedAt.String()
	case domain.ColNotifiedAt:
		return e.NotifiedAt.String()
	case domain.ColLastSeen:
		return e.LastSeenAt.String()
	}
	return e.Value(c)
}
