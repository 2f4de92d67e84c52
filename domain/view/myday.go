package view

import (
	"cmp"
	"fmt"

	"homeward/domain"
	"slices"
	"time"
)

// DayPart is where a person's day shows a line.
type DayPart int

// The parts in the order in which they stand.
const (
	DayUrgent   DayPart = iota // nobody has passed it on yet
	DayAsk                     // a booking past its time: what became of it?
	DayOwed                    // contact or interview is over or due today, and nothing is arranged
	DayVisit                   // a booking later today
	DayRing                    // to be tried again today
	DayDecide                  // a decision or record that waits for this person's sign-off
	DayAnswer                  // a colleague asked this person something
	DaySentBack                // a record that came back with a comment
	DayWriteUp                 // an interview held and not written up
	DayFollowUp                // due today or overdue
	DayNote                    // a word from a colleague
	DayChanged                 // what others did meanwhile
)

// Title of the part.
func (p DayPart) Title() string {
	return [...]string{"Urgent", "What became of it?", "Owed now", "Visits today", "Ring today", "For your sign-off", "To answer", "Records sent back", "To write up", "Follow-ups due", "Notes to me", "Changed by others"}[p]
}

// DayLine is one thing of a person's day. What it is about beside the child depends on its part.
type DayLine struct {
	Part       DayPart
	At         domain.Moment // of the visit, to ring, due, noted, changed
	Child      *domain.Child
	Referral   *domain.Referral // nil for a follow-up of the child alone
	Booking    *domain.Booking
	Interview  *domain.Interview
	WriteUp    domain.Clock
	Clock      domain.Clock // what is owed
	FollowUp   *domain.FollowUp
	Note       *domain.Note
	Question   int // the note's number, where it waits for an answer
	Change     *domain.Change
	MissingNow domain.ID   // the episode in which the child is missing again
	Also       []domain.ID // the other referrals of a cluster, on which it falls too

	nth int // of several notes on one referral
}

// ID names the line for good.
func (l *DayLine) ID() string {
	switch l.Part {
	case DayUrgent, DayFollowUp:
		return l.FollowUp.ID.String()
	case DayChanged:
		return l.Change.ID.String()
	case DaySentBack, DayWriteUp:
		return l.Interview.ID.String()
	case DayDecide:
		return l.Referral.ID.String()
	default: // a referral may stand in such a part more than once
	}
	return fmt.Sprintf("%d %s %d", l.Part, l.Referral.ID, l.nth)
}

// MyDay is what one person has before them today.
type MyDay struct {
	AsAt  time.Time
	Since domain.Moment // from when on changes by others are told
	Lines []DayLine
	More  int // changes that are not told, because there are too many
	// Changed counts the changes by others since then, told or not, on rows of this person that stood before. NewHigh and
	// NewOthers count the open referrals raised since, for those who triage: at high risk, whose changes are told too, and all
	// others.
	Changed, NewHigh, NewOthers int
}

// The lengths at which a day stops telling.
const (
	notesShown   = 7  // days
	changesShown = 50 // lines
)

// ReadMyDay answers what the person who asks has before them: visits, calls, records and follow-ups of today, notes to
// them, and what others changed on their rows since a time; without one, since this time yesterday.
func ReadMyDay(r domain.Reader, since domain.Moment) (*MyDay, error) {
	if since == 0 {
		since = domain.At(domain.AddDays(r.Now(), -1))
	}
	d := &dayBuilder{Reader: r, day: &MyDay{AsAt: r.Now(), Since: since}, me: r.Actor().Login, today: domain.DateOf(r.Now()), at: map[string]int{}, mine: map[domain.ID][]*domain.Referral{}}
	for _, read := range []func() error{d.referrals, d.questions, d.followUps, d.changes} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(d.day.Lines, func(a, b DayLine) int {
		by := cmp.Compare(a.At.Unix(), b.At.Unix())
		if a.Part == DayNote || a.Part == DayChanged {
			by = -by
		}
		return cmp.Or(cmp.Compare(a.Part, b.Part), by)
	})
	return d.day, nil
}

// dayBuilder gathers one person's day.
type dayBuilder struct {
	domain.Reader
	day   *MyDay
	me    string
	today domain.Date
	at    map[string]int                   // where a line stands that falls on several members of a cluster
	mine  map[domain.ID][]*domain.Referral // open ones with this person, by child
	kids  []domain.ID                      // their children, in the order in which they were met
}

// referrals reads what is open: its bookings, calls, records and notes.
func (d *dayBuilder) referrals() error {
	ids, err := d.OpenReferrals()
	if err != nil {
		return err
	}
	for _, id := range ids {
		ref, err := d.Referral(id)
		if err != nil {
			return err
		}
		if ref == nil || !ref.StageOn(d.today).Open() {
			continue
		}
		mine, err := d.isMine(ref)
		if err != nil {
			return err
		}
		if mine {
			if d.mine[ref.Child] == nil {
				d.kids = append(d.kids, ref.Child)
			}
			d.mine[ref.Child] = append(d.mine[ref.Child], ref)
		}
		for _, step := range []func(*domain.Referral) error{d.meeting, d.owed, d.decide, d.record, d.notes} {
			if err := step(ref); err != nil {
				return err
			}
		}
	}
	return nil
}

// isMine says whether what others do to a referral is news to this person: it is with them. Who triages for all has few with
// them, and is told too of those they were the last to do something about when they left, and of those raised since at high
// risk, which are everybody's.
func (d *dayBuilder) isMine(ref *domain.Referral) (bool, error) {
	if ref.AssignedTo == d.me {
		return true, nil
	}
	if lost, err := d.lost(ref); lost || err != nil {
		return lost, err
	}
	if _, triages := d.Actor().Role.May("referral.accept"); !triages {
		return false, nil
	}
	if ref.Made.Unix() <= d.day.Since.Unix() {
		return lastHand(ref, d.day.Since) == d.me, nil
	}
	e, err := d.Episode(ref.Episode)
	if err != nil || e == nil {
		return false, err
	}
	if e.Risk != domain.RiskHigh {
		d.day.NewOthers++
		return false, nil
	}
	d.day.NewHigh++
	return true, nil
}

// lost says that a referral was this person's and went to another since: who loses one is told. Only one of which somebody else
// decided something since is looked at more closely.
func (d *dayBuilder) lost(ref *domain.Referral) (bool, error) {
	since := d.day.Since.Unix()
	if !slices.ContainsFunc(ref.Decisions, func(s domain.Decision) bool { return s.At.Unix() > since && s.By != d.me }) {
		return false, nil
	}
	list, err := d.ChangesTo(ref.Child)
	return slices.ContainsFunc(list, func(c *domain.Change) bool {
		return c.At.Unix() > since && c.By != d.me && c.Undone == 0 && d.taken(c, ref.ID)
	}), err
}

// taken says that a change gave a referral of this person to another.
func (d *dayBuilder) taken(c *domain.Change, referral domain.ID) bool {
	was, is := assignee(c, referral)
	return was != is && was == d.me
}

// assignee is who had a referral before a change and who has it after; "" where the change is about another, or made or removed it.
func assignee(c *domain.Change, referral domain.ID) (was, is string) {
	for _, t := range c.Touched {
		before, _ := t.Before.(*domain.Referral)
		after, _ := t.After.(*domain.Referral)
		if t.ID == referral && before != nil && after != nil {
			return before.AssignedTo, after.AssignedTo
		}
	}
	return "", ""
}

// changes are what others did on this person's rows: to the referral, its episode, its follow-ups, or the child's card.
func (d *dayBuilder) changes() error {
	var all []DayLine
	for _, child := range d.kids {
		list, err := d.ChangesTo(child)
		if err != nil {
			return err
		}
		at := map[domain.ID]domain.Moment{}
		for _, c := range list {
			at[c.ID] = c.At
			undoes := c.UndoOf != 0 && at[c.UndoOf].Unix() > d.day.Since.Unix() // both came and went meanwhile
			if c.By == d.me || c.At.Unix() <= d.day.Since.Unix() || c.Undone != 0 || undoes {
				continue
			}
			ref := touches(c, child, d.mine[child])
			if ref == nil {
				continue
			}
			if d.given(c, ref.ID) { // what was done with it before it was theirs is no news of theirs
				all = slices.DeleteFunc(all, func(l DayLine) bool { return l.Referral.ID == ref.ID })
			}
			all = append(all, DayLine{Part: DayChanged, At: c.At, Referral: ref, Change: c})
		}
	}
	for _, l := range all {
		if l.Referral.Made.Unix() <= d.day.Since.Unix() {
			d.day.Changed++
		}
	}
	slices.SortStableFunc(all, func(a, b DayLine) int { return cmp.Compare(b.At.Unix(), a.At.Unix()) })
	if n := len(all) - changesShown; n > 0 {
		d.day.More, all = n, all[:changesShown]
	}
	for _, l := range all {
		if err := d.add(l); err != nil {
			return err
		}
	}
	return nil
}

// given says that a change gave a referral to this person.
func (d *dayBuilder) given(c *domain.Change, referral domain.ID) bool {
	was, is := assignee(c, referral)
	return was != is && is == d.me
}

// touches gives the referral of a list that a change is about; nil where it is about none of them.
func touches(c *domain.Change, child domain.ID, mine []*domain.Referral) *domain.Referral {
	var about *domain.Referral
	for _, t := range c.Touched {
		for _, ref := range mine {
			f, _ := cmp.Or(t.After, t.Before).(*domain.FollowUp)
			switch {
			case t.ID == ref.ID:
				return ref
			case about == nil && (t.ID == ref.Episode || t.ID == child || f != nil && f.Referral == ref.ID):
				about = ref
			}
		}
	}
	return about
}

// add puts a line on the day; what falls on several members of a cluster is one line.
func (d *dayBuilder) add(l DayLine) error {
	if l.Referral != nil && l.Referral.Cluster != 0 && l.Part != DayNote && l.Part != DayAnswer && l.Part != DayChanged && l.FollowUp == nil {
		key := fmt.Sprint(l.Part, l.Referral.Cluster, l.At)
		if l.Part == DayOwed {
			key = fmt.Sprint(l.Part, l.Referral.Cluster) // one interview, though each contact has its time
		}
		if i, ok := d.at[key]; ok {
			d.day.Lines[i].Also = append(d.day.Lines[i].Also, l.Referral.ID)
			return nil
		}
		d.at[key] = len(d.day.Lines)
	}
	id := domain.ID(0)
	if l.Referral != nil {
		id = l.Referral.Child
	}
	if l.FollowUp != nil {
		id = l.FollowUp.Child
	}
	var err error
	if l.Child, err = d.Child(id); err != nil {
		return err
	}
	if l.Child == nil {
		return domain.NotThere(id, 0)
	}
	if l.MissingNow, err = missingIn(d.Reader, id); err != nil {
		return err
	}
	d.day.Lines = append(d.day.Lines, l)
	return nil
}
