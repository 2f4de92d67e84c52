package queue

import (
	"slices"
	"strings"

	"homeward/domain"
)

// filterFields are what may stand before the colon of a filter.
func filterFields() []string {
	return []string{"child", "stage", "who", "risk", "flag", "group", "ref", "category", "responsible", "placement"}
}

// matcher reads a filter: words and field:value pairs, each of which must hold; "-" before one turns it round. Values
// are compared folded, as parts: "stage:new flag:harm -who:nobody smith".
func matcher(text string) func(row) bool {
	var tests []func(row) bool
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		want := true
		if len(word) > 1 && word[0] == '-' {
			want, word = false, word[1:]
		}
		test := anywhere(word)
		if name, value, ok := strings.Cut(word, ":"); ok && slices.Contains(filterFields(), name) {
			if value == "" {
				continue // still being typed
			}
			test = field(name, value)
		}
		tests = append(tests, func(r row) bool { return test(r) == want })
	}
	return func(r row) bool {
		for _, t := range tests {
			if !t(r) {
				return false
			}
		}
		return true
	}
}

// unknownFields are the words of a filter that look like a field and are none: a slip would read as an empty queue.
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

// anywhere looks for a word in what names the row.
func anywhere(word string) func(row) bool {
	word = domain.Fold(word)
	return func(r row) bool {
		c := r.child()
		parts := []string{c.Name(), c.KnownAs, c.ShownRef(), r.id(), c.Placement}
		if e := r.episode(); e != nil {
			parts = append(parts, e.ShownRef())
		}
		if r.ref != nil {
			parts = append(parts, r.ref.Referral.AssignedTo, r.ref.Referral.Cluster.String())
		}
		return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(domain.Fold(p), word) })
	}
}

// field compares one named value.
func field(name, value string) func(row) bool {
	value = domain.Fold(value)
	return func(r row) bool {
		for _, v := range values(r, name) {
			if strings.Contains(domain.Fold(v), value) {
				return true
			}
		}
		return false
	}
}

func values(r row, name string) []string {
	c, e, q := r.child(), r.episode(), r.ref
	switch name {
	case "child":
		return []string{c.Name(), c.KnownAs, c.ShownRef()}
	case "group":
		return []string{r.group().Title()}
	case "placement":
		return []string{c.Placement}
	case "ref":
		out := []string{r.id(), c.ShownRef()}
		if e != nil {
			out = append(out, e.ShownRef())
		}
		return out
	}
	switch {
	case r.missing != nil && name == "flag":
		return r.missing.Flags
	case r.missing != nil && name == "risk":
		return []string{r.missing.Risk}
	}
	if e != nil {
		switch name {
		case "risk":
			return []string{e.Risk}
		case "category":
			return []string{e.Category}
		}
	}
	if q == nil {
		return nil
	}
	switch name {
	case "stage":
		return []string{string(q.Stage), q.Stage.Words()}
	case "who":
		if q.Referral.AssignedTo == "" {
			return []string{"nobody"}
		}
		return []string{q.Referral.AssignedTo}
	case "responsible":
		return []string{string(q.Referral.Responsible)}
	case "flag":
		if q.Suggested {
			return append(slices.Clone(q.Flags), "cluster")
		}
		return q.Flags
	}
	return nil
}
