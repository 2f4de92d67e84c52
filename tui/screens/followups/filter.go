package followups

import (
	"slices"
	"strings"

	"homeward/domain"
)

// filterFields are what may stand before the colon of a filter.
func filterFields() []string { return []string{"kind", "child", "owner", "overdue", "missed", "ref"} }

// matcher reads a filter as the queue does: words and field:value pairs, each of which must hold; "-" before one turns it
// round; values are compared folded, as parts.
func matcher(text string, person func(string) string) func(row) bool {
	var tests []func(row) bool
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		want := true
		if len(word) > 1 && word[0] == '-' {
			want, word = false, word[1:]
		}
		fields := []string{"kind", "child", "owner", "ref", "text"}
		value := word
		if name, v, ok := strings.Cut(word, ":"); ok && slices.Contains(filterFields(), name) {
			if v == "" {
				continue // still being typed
			}
			fields, value = []string{name}, v
		}
		value = domain.Fold(value)
		tests = append(tests, func(r row) bool {
			has := slices.ContainsFunc(fields, func(f string) bool {
				return slices.ContainsFunc(values(r, f, person), func(v string) bool { return strings.Contains(domain.Fold(v), value) })
			})
			return has == want
		})
	}
	return func(r row) bool {
		return !slices.ContainsFunc(tests, func(t func(row) bool) bool { return !t(r) })
	}
}

// unknownFields are the words of a filter that look like a field and are none: a slip would read as an empty list.
func unknownFields(text string) []string {
	var out []string
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		name, value, ok := strings.Cut(strings.TrimPrefix(word, "-"), ":")
		if ok && value != "" && !slices.Contains(filterFields(), name) {
			out = append(out, name)
		}
	}
	return out
}

func values(r row, name string, person func(string) string) []string {
	yes := func(b bool) []string {
		if b {
			return []string{"yes"}
		}
		return []string{"no"}
	}
	f := r.FollowUp
	switch name {
	case "kind":
		return []string{f.Kind, domain.Words(f.Kind)}
	case "child":
		return []string{r.Child.Name(), r.Child.KnownAs, r.Child.ShownRef()}
	case "owner":
		return []string{f.Owner, person(f.Owner)}
	case "overdue":
		return yes(r.Overdue)
	case "missed":
		return yes(r.Missed)
	case "text":
		return []string{f.Text}
	case "ref":
		out := []string{f.ID.String()}
		for _, id := range []domain.ID{f.Referral, f.Interview} {
			if id != 0 {
				out = append(out, id.String())
			}
		}
		return out
	}
	return nil
}
