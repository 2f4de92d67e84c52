package clusters

import (
	"homeward/tui/desk"
	"homeward/tui/lists"
)

// filterFields are what may stand before the colon of a filter.
func filterFields() []string { return []string{"child", "state", "ref", "flag", "who", "placement"} }

// matcher reads a filter.
func matcher(text string) func(row) bool {
	return desk.Matcher(text, filterFields(), []string{"child", "ref", "who", "placement"}, values)
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
			out = append(out, m.Referral.AssignedTo)
		}
	}
	return out
}
