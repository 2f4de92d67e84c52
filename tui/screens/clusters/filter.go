package clusters

import (
	"slices"
	"strings"

	"homeward/domain"
)

// filterFields are what may stand before the colon of a filter.
func filterFields() []string { return []string{"child", "state", "ref", "flag", "who", "placement"} }

// matcher reads a filter as the queue does: words and field:value pairs, each of which must hold; "-" before one turns it
// round; values are compared folded, as parts.
func matcher(text string) func(row) bool {
	var tests []func(row) bool
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		want := true
		if len(word) > 1 && word[0] == '-' {
			want, word = false, word[1:]
		}
		fields := []string{"child", "ref", "who", "placement"}
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
				return slices.ContainsFunc(values(r, f), func(v string) bool { return strings.Contains(domain.Fold(v), value) })
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

func values(r row, name string) []string {
	var out []string
	switch name {
	case "child":
		return []string{r.Child.Name(), r.Child.KnownAs, r.Child.ShownRef()}
	case "state":
		return []string{string(r.State), groupOf(r)}
	case "placement":
		return []string{r.Child.Placement}
	case "flag":
		out = riskWords(r)
		if len(r.Review) > 0 {
			out = append(out, "review")
		}
		if len(r.Additions) > 0 {
			out = append(out, "new return")
		}
		if r.MissingNow != 0 {
			out = append(out, "missing")
		}
	case "ref":
		if r.Cluster != nil {
			out = append(out, r.Cluster.ID.String())
		}
		for _, m := range r.Members {
			out = append(out, m.Episode.ShownRef(), m.Episode.ID.String(), m.Referral.ID.String())
		}
	case "who":
		for _, m := range r.Members {
			out = append(out, m.Referral.AssignedTo)
		}
	}
	return out
}
