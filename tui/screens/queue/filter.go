package queue

import (
	"slices"

	"homeward/tui/desk"
)

// filterFields are what may stand before the colon of a filter.
func filterFields() []string {
	return []string{"child", "stage", "who", "risk", "flag", "group", "ref", "category", "responsible", "placement"}
}

// matcher reads a filter.
func matcher(text string) func(row) bool {
	return desk.Matcher(text, filterFields(), []string{anywhere}, values)
}

// anywhere stands for all that names a row.
const anywhere = "anywhere"

func values(r row, name string) []string {
	c, e, q := r.child(), r.episode(), r.ref
	switch name {
	case anywhere:
		parts := []string{c.Name(), c.KnownAs, c.ShownRef(), r.id(), c.Placement}
		if e != nil {
			parts = append(parts, e.ShownRef())
		}
		if q != nil {
			parts = append(parts, q.Referral.AssignedTo, q.Referral.Cluster.String())
		}
		return parts
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
