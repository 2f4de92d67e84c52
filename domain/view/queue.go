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

// rowBuilder reads rows; what is the same for all rows of a child is read once.
type rowBuilder struct {
	domain.Reader
	today    domain.Date
	back     domain.Moment
	children map[domain.ID]*known
	born     map[domain.Date][]domain.NamedChild
	records  map[domain.ID]domain.Record // of clusters: each member asks for all of them
}

// find looks up what a cluster's clock needs, each record once.
func (b *rowBuilder) find(id domain.ID) (domain.Record, error) {
	if r, ok := b.records[id]; ok {
		return r, nil
	}
	r, err := domain.ReadRecord(b.Reader, id)
	if err == nil {
		b.records[id] = r
	}
	return r, err
}

// ChildrenBorn asks once a date: rows of a file often share one.
func (b *rowBuilder) ChildrenBorn(d domain.Date) ([]domain.NamedChild, error) {
	if list, ok := b.born[d]; ok {
		return list, nil
	}
	list, err := b.Reader.ChildrenBorn(d)
	if err == nil && b.born != nil {
		b.born[d] = list
	}
	return list, err
}

func newRowBuilder(r domain.Reader) *rowBuilder {
	return &rowBuilder{Reader: r, today: domain.DateOf(r.Now()), back: domain.At(r.Settings().Team.Hours.NextOpeningAfterToday(r.Now())),
		children: map[domain.ID]*known{}, born: map[domain.Date][]domain.NamedChild{}, records: map[domain.ID]domain.Record{}}
}

type known struct {
	child *domain.Child
	spans []domain.EpisodeSpan
	alike bool
	alert []domain.Alert
}

func (b *rowBuilder) child(id domain.ID) (*known, error) {
	if k := b.children[id]; k != nil {
		return k, nil
	}
	c, err := b.Child(id)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, domain.NotThere(id, 0)
	}
	spans, err := b.SpansOf(id)
	if err != nil {
		return nil, err
	}
	like, err := domain.PossibleDuplicates(b, c)
	if err != nil {
		return nil, err
	}
	alerts, err := domain.AlertsFor(b.Reader, c, spans)
	if err != nil {
		return nil, err
	}
	k := &known{c, spans, len(like) > 0, alerts}
	b.children[id] = k
	return k, nil
}

func (b *rowBuilder) row(id domain.ID) (*QueueRow, error) {
	r, err := b.Referral(id)
	if err != nil || r == nil {
		return nil, err
	}
	e, err := b.Episode(r.Episode)
	if err != nil {
		return nil, err
	}
	if e == nil {
		return nil, domain.NotThere(r.Episode, id)
	}
	k, err := b.child(r.Child)
	if err != nil {
		return nil, err
	}
	p := &b.Settings().Policy
	cs, err := domain.ClocksInForce(b.find, p, e, r)
	if err != nil {
		return nil, err
	}
	row := &QueueRow{Child: k.child, Episode: e, Referral: r, Stage: r.StageOn(b.today), Clocks: cs,
		TryAgain: domain.TryAgain(r.Attempts), Booked: r.Booking()}
	row.Received, row.ByImport = domain.Received(e, r)
	row.InterviewDue = row.Clocks.Interview.Due
	row.NextDue = row.Clocks.NextDue()
	row.Attempts, row.Declines = domain.Counts(r.Attempts)
	row.Overdue = row.Clocks.Interview.Over(b.Now())
	row.ContactOver = row.Clocks.Contact.Over(b.Now())
	if r.Responsible.Elsewhere() && row.Stage.BeforeInterview() {
		row.ChaseDue = chaseDue(p, r)
	}
	again, closed := false, k.child.CannotBeMissing(b.today)
	for _, s := range k.spans {
		if s.End == 0 && !(s.Open() && !closed) {
			continue // it says nothing about today, and no list of the missing has it
		}
		if s.ID == e.ID || s.Duplicate || s.Start.Unix() < e.MissingAt.Unix() || s.ID < e.ID && s.Start == e.MissingAt {
			continue
		}
		again = true
		if s.End == 0 {
			row.MissingNow = s.ID
		}
	}
	row.Flags = b.flags(e, k, again && row.Stage.BeforeInterview())
	row.Group = b.group(row)
	return row, nil
}

// chaseDue is when to ask the one responsible elsewhere again: chase_every after the last chase, or after acceptance.
func chaseDue(p *domain.Policy, r *domain.Referral) domain.Moment {
	last := r.Made
	for _, d := range r.Decisions {
		if d.Act == "referral.accept" || d.Act == "referral.responsible" {
			last = d.At
		}
	}
	for _, c := range r.Chases {
		if c.At.Unix() > last.Unix() {
			last = c.At
		}
	}
	return domain.At(p.ChaseEvery.After(last.Time()))
}

// flags of a row: those set, then the derived ones (INTERFACES, queue).
func (b *rowBuilder) flags(e *domain.Episode, k *known, again bool) []string {
	out := []string{}
	for _, w := range domain.FlagWords() {
		if e.HasFlag(w) {
			out = append(out, w)
		}
	}
	for _, f := range []struct {
		is   bool
		name string
	}{{e.Risk == domain.RiskHigh, domain.FlagHighRisk}, {e.OutOfArea(&b.Settings().Team), domain.FlagOutOfArea}, {again, domain.FlagMissingAgain}, {k.alike, domain.FlagPossibleDuplicate},
		{e.FoundNotBack(), domain.FlagNotBack}, {e.TakenToBe, domain.FlagTakenToBe}, {e.RiskLowered(), domain.FlagRiskLowered}} {
		if f.is {
			out = append(out, f.name)
		}
	}
	for _, a := range k.alert {
		out = append(out, domain.FlagAlert+a.Rule.Name)
	}
	return out
}

// group is the first that fits (DESIGN, Queue).
func (b *rowBuilder) group(row *QueueRow) Group {
	now := b.Now()
	waiting := row.Stage.Waits() || row.ChaseDue != 0 && row.ChaseDue.Unix() > now.Unix()
	// After the interview the write-up or the share may be over; the row's Overdue speaks of the interview alone.
	late := row.Overdue || row.Referral.HeldAt != 0 && row.NextDue != 0 && row.NextDue.Unix() < now.Unix()
	switch {
	case row.Stage == domain.StageNew:
		return GroupTriage
	case row.ContactOver && row.Stage.BeforeInterview():
		return GroupContactLate
	case late:
		return GroupOverdue
	case row.before(b.back):
		return GroupBeforeBack
	case waiting:
		return GroupWaiting
	}
	return GroupLater
}

// suggest marks the rows whose referrals one interview could cover together, where nobody said no to that.
func (b *rowBuilder) suggest(rows []QueueRow) {
	type offer struct {
		child *domain.Child
		list  []domain.Candidate
	}
	offers := map[domain.ID]*offer{}
	at := map[domain.ID]int{}
	for i, row := range rows {
		if k, ok := domain.CandidateOf(row.Episode, row.Referral); ok {
			o := offers[row.Child.ID]
			if o == nil {
				o = &offer{child: row.Child}
				offers[row.Child.ID] = o
			}
			o.list, at[k.Referral] = append(o.list, k), i
		}
	}
	for _, o := range offers {
		for _, s := range domain.SuggestionsOn(b.Settings(), o.child, o.list, b.today) {
			for _, m := range s.Members {
				rows[at[m.Referral]].Suggested = s.Dismissed == nil
			}
		}
	}
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
