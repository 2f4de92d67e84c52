package intake

import (
	"slices"
	"strings"

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
		for _, c := range domain.ChildColumns() {
			if !c.IsList() {
				say(c.String(), was.Value(c), is.Value(c))
				continue
			}
			known := strings.Split(was.Value(c), "\n")
			for text := range strings.SplitSeq(is.Value(c), "\n") {
				if text != "" && !slices.Contains(known, text) {
					out = append(out, c.String()+": also "+text)
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
	if c.IsTime() {
		return e.Moment(c).String()
	}
	return e.Value(c)
}
