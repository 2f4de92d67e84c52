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
	var out []FollowUpRow
	err := eachOpenFollowUp(r, func(f *FollowUp) error {
		c, err := childOf(r, f)
		out = append(out, FollowUpRow{f, c, f.overdue(r)})
		return err
	})
	return out, err
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
		if f.overdue(r) {
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

// overdue says that its due time has passed.
func (f *FollowUp) overdue(r Reader) bool { return r.Now().Unix() > f.Due.Unix() }
