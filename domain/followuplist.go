package domain

import "fmt"

// FollowUpRow is one follow-up with the child it is for.
type FollowUpRow struct {
	FollowUp *FollowUp
	Child    *Child
	Overdue  bool
	Missed   bool // a due time of it passed before it was done
}

// ReadFollowUps answers what must still happen for somebody, by due time.
func ReadFollowUps(r Reader) ([]FollowUpRow, error) {
	var out []FollowUpRow
	err := eachOpenFollowUp(r, func(f *FollowUp) error {
		c, err := childOf(r, f)
		out = append(out, followUpRow(r, f, c))
		return err
	})
	return out, err
}

func followUpRow(r Reader, f *FollowUp, c *Child) FollowUpRow {
	now := At(r.Now())
	return FollowUpRow{FollowUp: f, Child: c, Overdue: f.Overdue(now), Missed: f.Missed(now)}
}

// ReadEndedFollowUps answers which were done or dropped since a time, the newest first.
func ReadEndedFollowUps(r Reader, since Moment) ([]FollowUpRow, error) {
	ids, err := r.EndedFollowUps(since)
	if err != nil {
		return nil, err
	}
	var out []FollowUpRow
	for _, id := range ids {
		f, err := r.FollowUp(id)
		if err != nil {
			return nil, err
		}
		if f == nil || f.Open() {
			continue
		}
		c, err := childOf(r, f)
		if err != nil {
			return nil, err
		}
		out = append(out, followUpRow(r, f, c))
	}
	return out, nil
}

// openFollowUps reads what is not done: the urgent ones stand on the queue, of the others it says how many are overdue.
func (q *Queue) openFollowUps(r Reader) error {
	return eachOpenFollowUp(r, func(f *FollowUp) error {
		if f.Kind == KindUrgent {
			c, err := childOf(r, f)
			q.Urgent = append(q.Urgent, UrgentRow{f, c})
			return err
		}
		q.FollowUps++
		if f.Overdue(At(r.Now())) {
			q.FollowUpsOverdue++
		}
		return nil
	})
}

// eachOpenFollowUp visits what is not done, by due time.
func eachOpenFollowUp(r Reader, visit func(*FollowUp) error) error {
	ids, err := r.OpenFollowUps()
	if err != nil {
		return err
	}
	for _, id := range ids {
		f, err := r.FollowUp(id)
		if err != nil {
			return err
		}
		if f == nil || !f.Open() {
			continue
		}
		if err := visit(f); err != nil {
			return err
		}
	}
	return nil
}

// childOf reads the child a follow-up is for.
func childOf(r Reader, f *FollowUp) (*Child, error) {
	c, err := r.Child(f.Child)
	if err == nil && c == nil {
		err = fmt.Errorf("child %s of %s is not there: run homeward check", f.Child, f.ID)
	}
	return c, err
}
