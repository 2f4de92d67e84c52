package view

import (
	"cmp"

	"homeward/domain"
	"slices"
	"time"
)

// Load is how much somebody has and how much room. Login "" is nobody's.
type Load struct {
	Login string
	Name  string
	Role  domain.Role // "" of nobody, and of whom no room is planned with
	// LeftOn is the last day of somebody who has left, or the day on which they were taken out of the configuration: what they
	// still have waits for somebody to take it over.
	LeftOn domain.Date
	// Rows of the queue that are theirs, cluster members each by itself, and the interviews these are.
	Open       []*QueueRow
	Interviews int
	Overdue    []*Owed
	// Booked are the meetings of the next seven days that they hold, one for a cluster, by time.
	Booked    []*QueueRow
	ToWriteUp []*QueueRow        // interviews held by them, or theirs by now, one for a cluster
	Submitted []*QueueRow        // records of theirs that wait for sign-off, one for a cluster
	FollowUps []*domain.FollowUp // open ones they own
	// FollowUpsOverdue are those of them that are.
	FollowUpsOverdue []*domain.FollowUp
	Asked            []Question // of them, open
	Today, Tomorrow  Room
}

// Room is what somebody can still take on one day.
type Room struct {
	Day domain.Date
	// Left is how long they are there from now on, or all of that day; Known is false where no hours are configured.
	Left  time.Duration
	Known bool
	// Taken are the interviews of that day, held or to be held, one for a cluster; Capacity is how many a day they can hold.
	Taken, Capacity int
}

// Free is how many interviews still fit: none on a day that is over or on which they do not work.
func (r Room) Free() int {
	if r.Known && r.Left <= 0 {
		return 0
	}
	return max(0, r.Capacity-r.Taken)
}

// bookedAhead is how many days of bookings a load tells of.
const bookedAhead = 7

// people gathers what everybody has. Those who can be given an interview stand in it always.
func (b *reviewBuilder) people() error {
	all := map[string]*Load{}
	of := func(login string) *Load {
		if all[login] == nil {
			all[login] = &Load{Login: login, Name: b.Settings().PersonName(login)}
		}
		return all[login]
	}
	today := domain.DateOf(b.q.AsAt)
	for _, u := range b.Settings().Users {
		if u.Left(today) {
			continue
		}
		if u.Role != domain.Auditor {
			of(u.Login).Role = u.Role
		}
	}
	b.openOf(of)
	if err := b.recordsOf(of); err != nil {
		return err
	}
	for i := range b.v.Overdue {
		o := &b.v.Overdue[i]
		of(o.Who()).Overdue = append(of(o.Who()).Overdue, o)
	}
	if err := eachOpenFollowUp(b.Reader, func(f *domain.FollowUp) error {
		l := of(f.Owner)
		l.FollowUps = append(l.FollowUps, f)
		if f.Overdue(domain.At(b.q.AsAt)) {
			l.FollowUpsOverdue = append(l.FollowUpsOverdue, f)
		}
		return nil
	}); err != nil {
		return err
	}
	for _, q := range b.v.Asked {
		of(q.Note.To).Asked = append(of(q.Note.To).Asked, q)
	}
	for _, l := range all {
		slices.SortStableFunc(l.Booked, byBooking)
		if u, ok := b.Settings().User(l.Login); ok && u.Left(today) {
			l.LeftOn = u.Until
			l.Today, l.Tomorrow = Room{Day: today}, Room{Day: today.Days(1)}
		} else if until, removed := b.Settings().Removed(l.Login); removed {
			l.LeftOn = until.Date()
			l.Today, l.Tomorrow = Room{Day: today}, Room{Day: today.Days(1)}
		} else if l.Login != "" {
			l.Today, l.Tomorrow = b.room(l, today), b.room(l, today.Days(1))
		}
		b.v.People = append(b.v.People, *l)
	}
	slices.SortFunc(b.v.People, func(x, y Load) int {
		last := func(l Load) int {
			switch {
			case l.Login == "":
				return 1
			case l.Role == "":
				return 2
			}
			return 0
		}
		return cmp.Or(cmp.Compare(last(x), last(y)), cmp.Compare(domain.Fold(x.Name), domain.Fold(y.Name)), cmp.Compare(x.Login, y.Login))
	})
	return nil
}

// openOf counts the rows of the queue by who has them, and the meetings by who holds them.
func (b *reviewBuilder) openOf(of func(string) *Load) {
	from, until := b.q.AsAt.Unix(), domain.AddDays(b.q.AsAt, bookedAhead).Unix()
	seen, met := map[domain.ID]bool{}, map[domain.ID]bool{}
	for i := range b.q.Rows {
		r := &b.q.Rows[i]
		l := of(r.Referral.AssignedTo)
		l.Open = append(l.Open, r)
		if c := whichInterview(r); !seen[c] {
			seen[c] = true
			l.Interviews++
		}
		bk := r.Booked
		if bk == nil || !r.Stage.BeforeInterview() || bk.When.Unix() < from || bk.When.Unix() >= until || met[whichInterview(r)] {
			continue
		}
		met[whichInterview(r)] = true
		h := of(holder(bk, r.Referral))
		h.Booked = append(h.Booked, r)
	}
}

func byBooking(x, y *QueueRow) int {
	return cmp.Or(cmp.Compare(x.Booked.When.Unix(), y.Booked.When.Unix()), cmp.Compare(x.Referral.ID, y.Referral.ID))
}

// whichInterview names the interview a row is for: its cluster's, or its own.
func whichInterview(r *QueueRow) domain.ID { return cmp.Or(r.Referral.Cluster, r.Referral.ID) }

// holder is who is to hold a meeting.
func holder(b *domain.Booking, r *domain.Referral) string { return cmp.Or(b.Interviewer, r.AssignedTo) }

// recordsOf counts the records that are to be written, and those that wait, by whose they are.
func (b *reviewBuilder) recordsOf(of func(string) *Load) error {
	seen := map[domain.ID]bool{}
	for i := range b.q.Rows {
		r := &b.q.Rows[i]
		key := cmp.Or(r.Referral.Interview, r.Referral.ID)
		if r.Stage.BeforeInterview() || seen[key] {
			continue
		}
		seen[key] = true
		v, err := b.interview(r.Referral.Interview)
		if err != nil {
			return err
		}
		who := r.Referral.AssignedTo
		if v != nil {
			who = cmp.Or(v.Owner, who)
		}
		switch l := of(who); r.Stage {
		case domain.StageToWriteUp:
			l.ToWriteUp = append(l.ToWriteUp, r)
		case domain.StageToSignOff:
			l.Submitted = append(l.Submitted, r)
		default: // no record of theirs is on its way
		}
	}
	return nil
}

// room is what somebody can still take on a day: by the hours of that day, less what is held or booked then.
func (b *reviewBuilder) room(l *Load, day domain.Date) Room {
	u, _ := b.Settings().User(l.Login)
	out := Room{Day: day, Capacity: cmp.Or(u.Capacity, domain.DefaultCapacity)}
	hours := u.Days
	if hours == (domain.Hours7{}) {
		hours = b.Settings().Team.Hours
	}
	out.Left, out.Known = hours.Left(day, b.q.AsAt), hours != domain.Hours7{}
	taken := map[domain.ID]bool{}
	for i := range b.q.Rows {
		r := &b.q.Rows[i]
		for j := range r.Referral.Bookings {
			bk := &r.Referral.Bookings[j]
			if (bk.Outcome == "" || bk.Outcome == "held") && bk.When.Date() == day && holder(bk, r.Referral) == l.Login {
				taken[whichInterview(r)] = true
			}
		}
		// Every record of an open referral was read with those to be written; who held it stands in it.
		if v := b.interviews[r.Referral.Interview]; v != nil && v.HeldAt != 0 && v.HeldAt.Date() == day && v.Interviewer == l.Login {
			taken[whichInterview(r)] = true
		}
	}
	out.Taken = len(taken)
	return out
}
