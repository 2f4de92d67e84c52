package view

import (
	"cmp"

	"homeward/domain"
	"iter"
	"slices"
	"time"
)

// Group is where the queue shows a row: the first that fits (DESIGN, Queue).
type Group int

// The groups in the order in which they stand.
const (
	GroupUrgent Group = iota
	GroupMissing
	GroupTriage
	GroupContactLate
	GroupOverdue
	GroupBeforeBack
	GroupLater
	GroupToClose
	GroupWaiting
	GroupLookAgain
)

// Title of the group.
func (g Group) Title() string {
	return [...]string{"Urgent", "Missing now", "To triage", "Contact late", "Overdue", "Before you are back", "Later", "To close", "Waiting", "Not required until"}[g]
}

// QueueRow is one referral on the queue with everything derived from what happened.
type QueueRow struct {
	Child        *domain.Child
	Episode      *domain.Episode
	Referral     *domain.Referral
	Stage        domain.Stage // in force today
	Received     domain.Moment
	ByImport     bool // receipt not recorded
	Clocks       domain.Clocks
	InterviewDue domain.Moment // the one in force: a cluster's for its members
	NextDue      domain.Moment
	Overdue      bool
	ContactOver  bool
	Attempts     int
	Declines     int
	TryAgain     domain.Moment
	Booked       *domain.Booking
	MissingNow   domain.ID // the episode in which the child is missing again
	Suggested    bool
	Flags        []string
	Group        Group
	ChaseDue     domain.Moment // when elsewhere is responsible: when to ask again
}

// MissingRow is one child who is missing now, or found and not back.
type MissingRow struct {
	Child   *domain.Child
	Episode *domain.Episode
	Missing time.Duration
	Risk    string // the highest of the episodes the child is missing in
	Flags   []string
	// Meanwhile are the open referrals of the child with what is booked.
	Meanwhile []domain.ID
	// ToClose says why the episode is to be closed: the child is not missing now. "": they are.
	ToClose string
}

// UrgentRow is one urgent follow-up that nobody has passed on yet.
type UrgentRow struct {
	FollowUp *domain.FollowUp
	Child    *domain.Child
}

// Queue is the duty desk as of one moment.
type Queue struct {
	AsAt     time.Time
	Urgent   []UrgentRow
	Missing  []MissingRow
	ToClose  []MissingRow // open episodes of children who are not missing now (DOMAIN §4)
	Rows     []QueueRow
	NotUntil []QueueRow // approved look-agains, by date
	// FollowUps that are not done, the urgent ones apart, and how many of them are overdue.
	FollowUps, FollowUpsOverdue int

	arranged []QueueRow // Rows as the desk works them, where that was worked out for all who look
}

// All are the rows there are, of what is not required until a day too. Nobody may change what it gives.
func (q *Queue) All() iter.Seq[*QueueRow] {
	return func(yield func(*QueueRow) bool) {
		for _, list := range [][]QueueRow{q.Rows, q.NotUntil} {
			for i := range list {
				if !yield(&list[i]) {
					return
				}
			}
		}
	}
}

// Arranged are the rows as the desk works them (see [Arrange]). Nobody may change what it gives.
func (q *Queue) Arranged() []QueueRow {
	if q.arranged != nil {
		return q.arranged
	}
	rows := slices.Clone(q.Rows)
	Arrange(rows)
	return rows
}

// ReadQueue answers what the desk owes now (INTERFACES, queue): one row a referral from new to to_share.
func ReadQueue(r domain.Reader) (*Queue, error) {
	q := &Queue{AsAt: r.Now()}
	ids, err := r.OpenReferrals()
	if err != nil {
		return nil, err
	}
	look, err := r.LookAgains()
	if err != nil {
		return nil, err
	}
	b := newRowBuilder(r)
	for _, id := range append(ids, look...) {
		row, err := b.row(id)
		if err != nil {
			return nil, err
		}
		switch {
		case row == nil:
		case row.Stage.Open():
			q.Rows = append(q.Rows, *row)
		case row.Referral.LookAgain() != 0:
			row.Group = GroupLookAgain
			q.NotUntil = append(q.NotUntil, *row)
		}
	}
	b.suggest(q.Rows)
	slices.SortFunc(q.Rows, func(a, b QueueRow) int { return byDue(a.NextDue, b.NextDue, a.Referral.ID, b.Referral.ID) })
	slices.SortFunc(q.NotUntil, func(a, b QueueRow) int {
		return cmp.Or(cmp.Compare(a.Referral.LookAgain(), b.Referral.LookAgain()), cmp.Compare(a.Referral.ID, b.Referral.ID))
	})
	if q.Missing, q.ToClose, err = readMissing(b); err != nil {
		return nil, err
	}
	return q, q.openFollowUps(b)
}

// ReadQueueRow answers for one referral; nil when there is none.
func ReadQueueRow(r domain.Reader, id domain.ID) (*QueueRow, error) {
	b := newRowBuilder(r)
	row, err := b.row(id)
	if err != nil || row == nil {
		return nil, err
	}
	suggested, err := domain.SuggestionsFor(r, row.Child)
	if err != nil {
		return nil, err
	}
	row.Suggested = slices.ContainsFunc(suggested, func(s domain.Suggestion) bool { return s.Dismissed == nil && s.Has(row.Episode.ID) })
	return row, nil
}

// byDue orders by due time, those with none last, then by number.
func byDue(a, b domain.Moment, ia, ib domain.ID) int {
	switch {
	case a == b:
	case a == 0:
		return 1
	case b == 0:
		return -1
	}
	return cmp.Or(cmp.Compare(a.Unix(), b.Unix()), cmp.Compare(ia, ib))
}

// Late is how long the interview is over its time; 0 when it is not.
func (row *QueueRow) Late(now time.Time) time.Duration {
	if !row.Overdue {
		return 0
	}
	return -row.Clocks.Interview.Left(now)
}

// before says that something is due, to be tried again or booked before a time.
func (row *QueueRow) before(t domain.Moment) bool {
	step := row.Step()
	if row.Booked != nil && (step == 0 || row.Booked.When.Unix() < step.Unix()) {
		step = row.Booked.When
	}
	return step != 0 && step.Unix() < t.Unix()
}

// Step is when somebody has to do something about a row next: the due time, or the time to try again where that comes
// first (DOMAIN §4: it "then sorts as the next step"). Zero when there is none.
func (row *QueueRow) Step() domain.Moment {
	step := row.NextDue
	if t := row.TryAgain; t != 0 && row.Stage.BeforeInterview() && (step == 0 || t.Unix() < step.Unix()) {
		step = t
	}
	return step
}
