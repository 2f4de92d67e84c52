package domain

import "fmt"

// FollowUpRow is one follow-up that is not done, with the child it is for.
type FollowUpRow struct {
	FollowUp *FollowUp
	Child    *Child
	Overdue  bool
}

// ReadFollowUps answers what must still happen for somebody, by due time.
func ReadFollowUps(r Reader) ([]FollowUpRow, error) {
	ids, err := r.OpenFollowUps()
	if err != nil {
		return nil, err
	}
	var out []FollowUpRow
	for _, id := range ids {
		f, err := r.FollowUp(id)
		if err != nil {
			return nil, err
		}
		if f == nil || !f.Open() {
			continue
		}
		c, err := r.Child(f.Child)
		if err != nil {
			return nil, err
		}
		if c == nil {
			return nil, fmt.Errorf("child %s of %s is not there: run homeward check", f.Child, f.ID)
		}
		out = append(out, FollowUpRow{f, c, r.Now().Unix() > f.Due.Unix()})
	}
	return out, nil
}
