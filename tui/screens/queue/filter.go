package queue

import (
	"slices"

	"homeward/tui/desk"
)

// filterFields are what may stand before the colon of a filter.
func filterFields() []string {
	return []string{"child", "stage", "who", "risk", "flag", "group", "ref", "category", "responsible", "placement"}
}

// columnsOf are the columns of the fields.
func columnsOf() map[string][]string {
	return map[string][]string{"child": {"Child"}, "stage": {"Stage", "Next"}, "who": {"Who"}, "flag": {"Flags"}}
}

// matcher reads the filter.
func (q *screen) matcher() func(row) bool {
	seen := q.Seen()
	return q.Matcher([]string{anywhere}, func(r row, name string) []string { return values(seen, r, name) })
}

// anywhere stands for all that names a row.
const anywhere = "anywhere"

func values(seen desk.Seen, r row, name string) []string {
	c, e, q := r.child(), r.episode(), r.ref
	switch name {
	case anywhere:
		parts := append(append(seen.Child(c), r.id()), seen.Told(c.Placement)...)
		if e != nil {
			parts = append(parts, e.ShownRef())
		}
		if q != nil {
			parts = append(append(parts, q.Referral.Cluster.String(), q.Stage.Words()), seen.Person(q.Referral.AssignedTo)...)
		}
		return parts
	case "child":
		return seen.Child(c)
	case "group":
		return []string{r.group().Title()}
	case "placement":
		return seen.Told(c.Placement)
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
		return seen.Person(q.Referral.AssignedTo)
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
