package clusters

import (
	"homeward/tui/desk"
	"homeward/tui/lists"
)

// filterFields are what may stand before the colon of a filter.
func filterFields() []string { return []string{"child", "state", "ref", "flag", "who", "placement"} }

// columnsOf are the columns of the fields.
func columnsOf() map[string][]string {
	return map[string][]string{"child": {"Child"}, "state": {"State"}, "flag": {"Look at"}}
}

// matcher reads the filter.
func (c *screen) matcher() func(row) bool {
	seen := c.Seen()
	return c.Matcher([]string{"child", "ref", "who", "placement"}, func(r row, name string) []string { return values(seen, r, name) })
}

func values(seen desk.Seen, r row, name string) []string {
	var out []string
	switch name {
	case "child":
		return seen.Child(r.Child)
	case "state":
		return []string{string(r.State), groupOf(r)}
	case "placement":
		return seen.Told(r.Child.Placement)
	case "flag":
		out = lists.RiskWords(r)
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
			out = append(out, seen.Person(m.Referral.AssignedTo)...)
		}
	}
	return out
}
