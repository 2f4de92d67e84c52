package view

import (
	"homeward/domain"
	"slices"
	"time"
)

// FollowUpRow is one follow-up with the child it is for.
type FollowUpRow struct {
	FollowUp   *domain.FollowUp
	Child      *domain.Child
	Referral   *domain.Referral // it belongs to, nil when it was written down for the child alone
	Overdue    bool
	Missed     bool      // a due time of it passed before it was done
	MissingNow domain.ID // the episode in which the child is missing now
}

// FollowUpPart is where a list of follow-ups shows one: by when it is due.
type FollowUpPart int

// The parts in the order in which they stand.
const (
	PartUrgent FollowUpPart = iota
	PartOverdue
	PartToday
	PartThisWeek
	PartLater
	PartEnded
)

// Title of the part.
func (p FollowUpPart) Title() string {
	return [...]string{"Urgent", "Overdue", "Today", "This week", "Later", "Done and dropped"}[p]
}

// Part is the first that fits. A week ends with its Sunday.
func (row *FollowUpRow) Part(now time.Time) FollowUpPart {
	today, due := domain.DateOf(now), row.FollowUp.Due.Date()
	switch f := row.FollowUp; {
	case !f.Open():
		return PartEnded
	case f.Kind == domain.FollowUrgent:
		return PartUrgent
	case row.Overdue:
		return PartOverdue
	case due <= today:
		return PartToday
	case due <= today.Days((7-int(today.Weekday()))%7):
		return PartThisWeek
	}
	return PartLater
}

// Mine says that somebody is to do it. An urgent one is everybody's until it was passed on (DOMAIN §4).
func (row *FollowUpRow) Mine(login string) bool {
	return row.FollowUp.Owner == login || row.FollowUp.Kind == domain.FollowUrgent && row.FollowUp.Open()
}

// Own says that it is somebody's own in the sense of DOMAIN §12 ([OwnsFollowUp]).
func (row *FollowUpRow) Own(login string) bool {
	return domain.OwnsFollowUp(row.FollowUp, row.Referral, login)
}

// EndedShown is how far back a list looks for follow-ups that were done or dropped.
func EndedShown(now time.Time) domain.Moment { return domain.At(domain.DateOf(now).Days(-28).Start()) }

// ReadFollowUps answers what must still happen for somebody, by due time; what is urgent stands above it (DOMAIN §4).
func ReadFollowUps(r domain.Reader) ([]FollowUpRow, error) {
	var out []FollowUpRow
	err := eachOpenFollowUp(r, func(f *domain.FollowUp) error {
		row, err := followUpRow(r, f)
		out = append(out, row)
		return err
	})
	slices.SortStableFunc(out, func(a, b FollowUpRow) int {
		if urgent := a.FollowUp.Kind == domain.FollowUrgent; urgent != (b.FollowUp.Kind == domain.FollowUrgent) {
			if urgent {
				return -1
			}
			return 1
		}
		return byDue(a.FollowUp.Due, b.FollowUp.Due, a.FollowUp.ID, b.FollowUp.ID)
	})
	return out, err
}

// followUpRow reads what stands around a follow-up.
func followUpRow(r domain.Reader, f *domain.FollowUp) (FollowUpRow, error) {
	now := domain.At(r.Now())
	row := FollowUpRow{FollowUp: f, Overdue: f.Overdue(now), Missed: f.Missed(now)}
	var err error
	if row.Child, err = childOf(r, f); err != nil {
		return row, err
	}
	if f.Referral != 0 {
		if row.Referral, err = r.Referral(f.Referral); err != nil {
			return row, err
		}
	}
	row.MissingNow, err = missingIn(r, f.Child)
	return row, err
}

// missingIn is the episode in which a child is missing now, zero when they are back.
func missingIn(r domain.Reader, child domain.ID) (domain.ID, error) {
	c, err := r.Child(child)
	if err != nil || c == nil {
		return 0, err
	}
	spans, err := r.SpansOf(child)
	return c.MissingIn(spans, domain.DateOf(r.Now())), err
}

// ReadEndedFollowUps answers which were done or dropped since a time, the newest first.
func ReadEndedFollowUps(r domain.Reader, since domain.Moment) ([]FollowUpRow, error) {
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
		row, err := followUpRow(r, f)
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}

// FollowUpView is one follow-up with where it comes from.
type FollowUpView struct {
	FollowUpRow
	Interview *domain.Interview // that raised it, nil when none did
}

// ReadFollowUp answers for one follow-up; nil when there is none.
func ReadFollowUp(r domain.Reader, id domain.ID) (*FollowUpView, error) {
	f, err := r.FollowUp(id)
	if err != nil || f == nil {
		return nil, err
	}
	v := &FollowUpView{}
	if v.FollowUpRow, err = followUpRow(r, f); err != nil || f.Interview == 0 {
		return v, err
	}
	v.Interview, err = r.Interview(f.Interview)
	return v, err
}

// openFollowUps reads what is not done: the urgent ones stand on the queue, of the others it says how many are overdue.
func (q *Queue) openFollowUps(r domain.Reader) error {
	return eachOpenFollowUp(r, func(f *domain.FollowUp) error {
		if f.Kind == domain.FollowUrgent {
			c, err := childOf(r, f)
			q.Urgent = append(q.Urgent, UrgentRow{f, c})
			return err
		}
		q.FollowUps++
		if f.Overdue(domain.At(r.Now())) {
			q.FollowUpsOverdue++
		}
		return nil
	})
}

// eachOpenFollowUp visits what is not done, by due time.
func eachOpenFollowUp(r domain.Reader, visit func(*domain.FollowUp) error) error {
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
func childOf(r domain.Reader, f *domain.FollowUp) (*domain.Child, error) {
	c, err := r.Child(f.Child)
	if err == nil && c == nil {
		err = domain.NotThere(f.Child, f.ID)
	}
	return c, err
}
