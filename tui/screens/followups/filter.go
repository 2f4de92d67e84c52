package followups

import (
	"homeward/domain"
	"homeward/tui/desk"
)

// filterFields are what may stand before the colon of a filter.
func filterFields() []string { return []string{"kind", "child", "owner", "overdue", "missed", "ref"} }

// columnsOf are the columns of the fields.
func columnsOf() map[string][]string {
	return map[string][]string{"child": {"Child"}, "kind": {"Kind"}, "owner": {"Owner"}}
}

// matcher reads the filter.
func (c *screen) matcher() func(row) bool {
	seen := c.Seen()
	return c.Matcher([]string{"kind", "child", "owner", "ref", "text"}, func(r row, name string) []string { return values(seen, r, name) })
}

func values(seen desk.Seen, r row, name string) []string {
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
		return seen.Child(r.Child)
	case "owner":
		return seen.Person(f.Owner)
	case "overdue":
		return yes(r.Overdue)
	case "missed":
		return yes(r.Missed)
	case "text":
		return seen.Told(f.Text)
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
