package view

import (
	"cmp"
	"fmt"

	"homeward/domain"
	"time"
)

// Week is the timeliness of one ISO week: Monday to Sunday, local days. Its cohort are the episodes with a return in it,
// duplicates left out (DOMAIN §10).
type Week struct {
	Monday domain.Date
	// AsAt is when it was looked at: a clock that ran then may be missed by now.
	AsAt     time.Time
	Episodes []WeekEpisode
	// Measures are by contact, return and policy's clock, in this order.
	Measures []Timeliness
}

// WeekEpisode is one episode of a week's cohort. Referral is nil where none was raised: history.
type WeekEpisode struct {
	ID       domain.ID
	Episode  *domain.Episode
	Referral *domain.Referral
	Child    *domain.Child
	Clocks   domain.Clocks
}

// Timeliness counts one clock over a cohort. Each list holds episodes of the cohort; every one of them stands in exactly one.
type Timeliness struct {
	Name string // "contact", "return", "interview"
	Rule string // what is measured, in words
	// Those of whom the clock is asked: met by its due time, met after it, not met and over, not met and running; and those
	// whose referral ended without its being met, by how. All of them are the denominator.
	InTime, Late, Missed, Running, NotRequired, Declined, Unable []*WeekEpisode
	// Those of whom nothing was asked: no referral was raised, or it was withdrawn as recorded in error. They are in no figure.
	NoReferral, Withdrawn []*WeekEpisode
}

// Of is the denominator: all of whom the clock is asked, those not required too (DOMAIN §4).
func (t *Timeliness) Of() int { return t.Required() + len(t.NotRequired) }

// Required is the denominator without those for whom no interview was required.
func (t *Timeliness) Required() int {
	return len(t.InTime) + len(t.Late) + len(t.Missed) + len(t.Running) + len(t.Declined) + len(t.Unable)
}

// Settled says that no clock of it is running: the figure will not change by time alone.
func (t *Timeliness) Settled() bool { return len(t.Running) == 0 }

// Share of those in time among all of whom the clock is asked; false where there are none.
func (t *Timeliness) Share() (share float64, ok bool) {
	if t.Of() == 0 {
		return 0, false
	}
	return float64(len(t.InTime)) / float64(t.Of()), true
}

// Words are the figure with numerator and denominator, and what still runs: "5 of 8, 2 still running".
func (t *Timeliness) Words() string {
	s := fmt.Sprintf("%d of %d", len(t.InTime), t.Of())
	if n := len(t.Running); n > 0 {
		s += fmt.Sprintf(", %d still running", n)
	}
	return s
}

// weeksShown is how many weeks the review tells of, the one under way included.
const weeksShown = 12

// Weeks are the Mondays of the last twelve weeks, the oldest first, the week under way last.
func Weeks(now time.Time) []domain.Date {
	monday := MondayOf(domain.DateOf(now))
	out := make([]domain.Date, weeksShown)
	for i := range out {
		out[i] = monday.Days(7 * (i - weeksShown + 1))
	}
	return out
}

// MondayOf is the first day of a day's week.
func MondayOf(d domain.Date) domain.Date { return d.Days(-(int(d.Weekday()) + 6) % 7) }

// ISOWeek names a week as people write it: 2026-W47.
func ISOWeek(monday domain.Date) string {
	y, w := time.Date(int(monday)/10000, time.Month(int(monday)/100%100), int(monday)%100, 0, 0, 0, 0, time.UTC).ISOWeek()
	return fmt.Sprintf("%d-W%02d", y, w)
}

// ReadWeek answers how timely one week was. Its cost is that of the week's own episodes: two records and a child each.
func ReadWeek(r domain.Reader, monday domain.Date) (*Week, error) {
	if err := domain.MayReview(r.Actor()); err != nil {
		return nil, err
	}
	w := &Week{Monday: monday, AsAt: r.Now()}
	list, err := r.Returned(domain.At(monday.Start()), domain.At(monday.Days(7).Start()))
	if err != nil {
		return nil, err
	}
	find := eachOnce(r)
	w.Episodes = make([]WeekEpisode, 0, len(list))
	for _, v := range list {
		e, err := weekEpisode(r, find, v)
		if err != nil {
			return nil, err
		}
		w.Episodes = append(w.Episodes, e)
	}
	p := &r.Settings().Policy
	w.Measures = []Timeliness{
		{Name: "contact", Rule: "contact within " + p.ContactWithin.Words() + " of the referral (policy contact_within)"},
		{Name: "return", Rule: fmt.Sprintf("interview held within %d h of the return (always measured)", domain.ReturnLimit)},
		{Name: "interview", Rule: "interview held within " + p.InterviewWithin.Words() + " (policy interview_within, by its clock; a cluster's is one)"},
	}
	for i := range w.Episodes {
		e := &w.Episodes[i]
		for m, c := range []domain.Clock{e.Clocks.Contact, e.Clocks.Return, e.Clocks.Interview} {
			w.Measures[m].count(e, c, w.AsAt)
		}
	}
	return w, nil
}

// eachOnce looks up in a Reader, each record once: members of a cluster ask for each other.
func eachOnce(r domain.Reader) domain.Records {
	seen := map[domain.ID]domain.Record{}
	return func(id domain.ID) (domain.Record, error) {
		if rec, ok := seen[id]; ok {
			return rec, nil
		}
		rec, err := domain.ReadRecord(r, id)
		if err == nil {
			seen[id] = rec
		}
		return rec, err
	}
}

func weekEpisode(r domain.Reader, find domain.Records, v domain.Return) (WeekEpisode, error) {
	e := WeekEpisode{ID: v.Episode}
	var err error
	if e.Episode, err = domain.LookUp[domain.Episode](find, v.Episode); err != nil {
		return e, err
	}
	if e.Episode == nil {
		return e, domain.NotThere(v.Episode, 0)
	}
	if e.Child, err = domain.LookUp[domain.Child](find, e.Episode.Child); err != nil {
		return e, err
	}
	if e.Child == nil {
		return e, domain.NotThere(e.Episode.Child, v.Episode)
	}
	if v.Referral == 0 {
		return e, nil
	}
	if e.Referral, err = domain.LookUp[domain.Referral](find, v.Referral); err != nil {
		return e, err
	}
	if e.Referral == nil {
		return e, domain.NotThere(v.Referral, v.Episode)
	}
	e.Clocks, err = domain.ClocksInForce(find, &r.Settings().Policy, e.Episode, e.Referral)
	return e, err
}

// count puts an episode where its clock says.
func (t *Timeliness) count(e *WeekEpisode, c domain.Clock, now time.Time) {
	to := &t.Missed
	switch {
	case e.Referral == nil:
		to = &t.NoReferral
	case e.Referral.Stage == domain.StageWithdrawn:
		to = &t.Withdrawn
	case c.MetInTime():
		to = &t.InTime
	case c.MetLate():
		to = &t.Late
	default:
		switch stage := e.Referral.StageOn(domain.DateOf(now)); {
		case stage == domain.StageNotRequired:
			to = &t.NotRequired
		case stage == domain.StageDeclined:
			to = &t.Declined
		case stage == domain.StageUnable:
			to = &t.Unable
		case !c.Over(now):
			to = &t.Running
		}
	}
	*to = append(*to, e)
}

// Together adds up the same measure of several weeks. Nothing is counted twice: an episode returns in one week.
func Together(weeks []*Week, measure int) Timeliness {
	var out Timeliness
	for _, w := range weeks {
		m := &w.Measures[measure]
		out.Name, out.Rule = cmp.Or(out.Name, m.Name), cmp.Or(out.Rule, m.Rule)
		for i, to := range out.lists() {
			*to = append(*to, *m.lists()[i]...)
		}
	}
	return out
}

func (t *Timeliness) lists() []*[]*WeekEpisode {
	return []*[]*WeekEpisode{&t.InTime, &t.Late, &t.Missed, &t.Running, &t.NotRequired, &t.Declined, &t.Unable, &t.NoReferral, &t.Withdrawn}
}

// TimelinessPart is one list of a figure with its name.
type TimelinessPart struct {
	Name     string
	Counted  bool // in the denominator
	Episodes []*WeekEpisode
}

// Parts are the lists of which a figure is made, in the order in which it is read.
func (t *Timeliness) Parts() []TimelinessPart {
	names := []string{"in time", "met late", "missed", "still running", "not required", "declined", "unable", "no referral (history)", "withdrawn"}
	var out []TimelinessPart
	for i, l := range t.lists() {
		out = append(out, TimelinessPart{names[i], i < 7, *l})
	}
	return out
}
