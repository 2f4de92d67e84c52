package followups

import (
	"homeward/domain"
	"homeward/tui/desk"
)

// filterFields are what may stand before the colon of a filter.
func filterFields() []string { return []string{"kind", "child", "owner", "overdue", "missed", "ref"} }

// matcher reads a filter; person is the name of a login.
func matcher(text string, person func(string) string) func(row) bool {
	return desk.Matcher(text, filterFields(), []string{"kind", "child", "owner", "ref", "text"}, func(r row, field string) []string { return values(r, field, person) })
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
