package view

import (
	"cmp"

	"homeward/domain"
	"slices"
	"time"
)

// Review is what a supervisor looks over, as of one moment: what is late and why, what waits for their word, what is about to
// be late, who has how much, what was asked. Every number of it is the length of a list it holds.
type Review struct {
	AsAt    time.Time
	Overdue []Owed     // interviews, the latest first
	SignOff []ToSign   // decisions and records, the longest waiting first
	Soon    []Breach   // clocks that will be over within a day, the first first
	Asked   []Question // open, oldest first
	// Answered are the questions answered within the last week, the newest first.
	Answered []Question
	People   []Load // by name, those outside the team's list behind
}

// Owed is one interview that is owed, and overdue: of a referral, or of all members of a cluster together (DOMAIN §5).
type Owed struct {
	// Rows are the referrals it covers; the first speaks for them.
	Rows []*QueueRow
	Late time.Duration
	// Asked is the newest question about why it is late, nil when nobody asked.
	Asked *Question
}

// Row is the referral that speaks for it.
func (o *Owed) Row() *QueueRow { return o.Rows[0] }

// Who has it, "" for nobody.
func (o *Owed) Who() string { return o.Rows[0].Referral.AssignedTo }

// Reason is why it is late, nil when none was given.
func (o *Owed) Reason() *domain.LateReason {
	for _, r := range o.Rows {
		if r.Referral.LateReason != nil {
			return r.Referral.LateReason
		}
	}
	return nil
}

// Band is how late it is.
func (o *Owed) Band() LateBand { return BandOf(o.Late) }

// LateBand is one step of lateness, from its length on to that of the next.
type LateBand int

// The bands, by elapsed hours.
const (
	BandUnderDay LateBand = iota // under 24 h
	BandDays                     // 24 h to under 72 h
	BandWeek                     // 72 h to under 7 × 24 h
	BandOver                     // 7 × 24 h and more
)

// Bands from the least on.
func Bands() []LateBand { return []LateBand{BandUnderDay, BandDays, BandWeek, BandOver} }

// BandOf a lateness.
func BandOf(late time.Duration) LateBand {
	switch {
	case late < 24*time.Hour:
		return BandUnderDay
	case late < 72*time.Hour:
		return BandDays
	case late < 7*24*time.Hour:
		return BandWeek
	}
	return BandOver
}

// String names the band.
func (b LateBand) String() string {
	return [...]string{"under a day", "1 to 3 days", "3 to 7 days", "a week and more"}[b]
}

// Short names the band where there is little room.
func (b LateBand) Short() string {
	return [...]string{"under 1 d", "1–3 d", "3–7 d", "7 d and more"}[b]
}

// answersShown is how far back the review tells of answers.
const answersShown = 7 // days

// ReadReview answers what a supervisor looks over now. It is refused to those whom [MayReview] names.
func ReadReview(r domain.Reader) (*Review, error) {
	if err := domain.MayReview(r.Actor()); err != nil {
		return nil, err
	}
	q, err := ReadQueue(r)
	if err != nil {
		return nil, err
	}
	return ReviewOf(r, q)
}

// ReviewOf is ReadReview where the queue was read already.
func ReviewOf(r domain.Reader, q *Queue) (*Review, error) {
	if err := domain.MayReview(r.Actor()); err != nil {
		return nil, err
	}
	v := &Review{AsAt: q.AsAt}
	var err error
	if v.Asked, v.Answered, err = ReadQuestions(r, domain.At(domain.DateOf(q.AsAt).Days(-answersShown).Start())); err != nil {
		return nil, err
	}
	b := &reviewBuilder{Reader: r, q: q, v: v, interviews: map[domain.ID]*domain.Interview{}}
	b.overdue()
	if err := b.signOff(); err != nil {
		return nil, err
	}
	b.soon()
	return v, b.people()
}

// reviewBuilder makes a review of a queue.
type reviewBuilder struct {
	domain.Reader
	q          *Queue
	v          *Review
	interviews map[domain.ID]*domain.Interview
}

// interview reads each record once; nil where there is none.
func (b *reviewBuilder) interview(id domain.ID) (*domain.Interview, error) {
	if v, ok := b.interviews[id]; ok || id == 0 {
		return v, nil
	}
	v, err := b.Interview(id)
	if err == nil {
		b.interviews[id] = v
	}
	return v, err
}

// together gathers rows that are one thing: those with the same key, in the order of the first. Zero is a key of its own.
func together[K comparable](rows []*QueueRow, key func(*QueueRow) (K, bool)) [][]*QueueRow {
	var out [][]*QueueRow
	at := map[K]int{}
	for _, r := range rows {
		k, shared := key(r)
		if i, ok := at[k]; ok && shared {
			out[i] = append(out[i], r)
			continue
		}
		if shared {
			at[k] = len(out)
		}
		out = append(out, []*QueueRow{r})
	}
	return out
}

// ofCluster is the key of what is one for all members of a cluster.
func ofCluster(r *QueueRow) (domain.ID, bool) { return r.Referral.Cluster, r.Referral.Cluster != 0 }

// speakFirst puts the row that speaks for several first: one that is not waiting for sign-off, then by number.
func speakFirst(rows []*QueueRow) {
	slices.SortFunc(rows, func(a, b *QueueRow) int {
		waits := func(r *QueueRow) int {
			if r.Stage.Waits() {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(waits(a), waits(b)), cmp.Compare(a.Referral.ID, b.Referral.ID))
	})
}

func (b *reviewBuilder) overdue() {
	var late []*QueueRow
	for i := range b.q.Rows {
		if b.q.Rows[i].Overdue {
			late = append(late, &b.q.Rows[i])
		}
	}
	for _, rows := range together(late, ofCluster) {
		speakFirst(rows)
		o := Owed{Rows: rows, Late: rows[0].Late(b.q.AsAt)}
		for _, list := range [][]Question{b.v.Answered, b.v.Asked} {
			for i := range list {
				q := &list[i]
				about := q.Note.About == domain.AboutLate && slices.ContainsFunc(rows, func(r *QueueRow) bool { return r.Referral.ID == q.Referral.ID })
				if about && (o.Asked == nil || q.Note.At.Unix() >= o.Asked.Note.At.Unix()) {
					o.Asked = q
				}
			}
		}
		b.v.Overdue = append(b.v.Overdue, o)
	}
	slices.SortStableFunc(b.v.Overdue, func(x, y Owed) int {
		return cmp.Or(cmp.Compare(y.Late, x.Late), cmp.Compare(x.Row().Referral.ID, y.Row().Referral.ID))
	})
}

// ToSign is one decision that no interview is held, or one record, that waits for another person's word.
type ToSign struct {
	Rows      []*QueueRow       // all referrals on which the word falls
	Interview *domain.Interview // the record; nil for a decision
	As        domain.Stage      // how a decision would end it
	By        string            // who decided, or submitted
	At        domain.Moment     // when
	// WriteUp is the record's clock.
	WriteUp domain.Clock
	// Why is why the one who asks may not sign it themselves, "" when they may.
	Why string
	// Unopened says that who asks has not opened the child's record since: they would sign what they have not read.
	Unopened bool
}

// Row is the referral that speaks for it.
func (s *ToSign) Row() *QueueRow { return s.Rows[0] }

func (b *reviewBuilder) signOff() error {
	type ending struct {
		cluster domain.ID
		as      domain.Stage
		at      domain.Moment
		record  domain.ID
	}
	var wait []*QueueRow
	for i := range b.q.Rows {
		if r := &b.q.Rows[i]; r.Stage == domain.StageToApprove || r.Stage == domain.StageToSignOff && r.Referral.Interview != 0 {
			wait = append(wait, r)
		}
	}
	all := together(wait, func(r *QueueRow) (ending, bool) {
		ref := r.Referral
		if r.Stage == domain.StageToSignOff {
			return ending{record: ref.Interview}, true
		}
		if ref.Cluster == 0 || ref.Closing == nil {
			return ending{}, false
		}
		return ending{cluster: ref.Cluster, as: ref.Closing.As, at: ref.Closing.At}, true // as the act itself has it
	})
	for _, rows := range all {
		speakFirst(rows)
		s, err := b.toSign(rows)
		if err != nil {
			return err
		}
		b.v.SignOff = append(b.v.SignOff, s)
	}
	slices.SortStableFunc(b.v.SignOff, func(x, y ToSign) int {
		return cmp.Or(cmp.Compare(x.At.Unix(), y.At.Unix()), cmp.Compare(x.Row().Referral.ID, y.Row().Referral.ID))
	})
	return nil
}

func (b *reviewBuilder) toSign(rows []*QueueRow) (ToSign, error) {
	ref := rows[0].Referral
	s := ToSign{Rows: rows}
	if rows[0].Stage == domain.StageToApprove {
		s.As, s.By = ref.Pending()
		s.At = ref.PendingSince()
		s.Why = b.notMine("referral.sign_off", ref)
		return s, b.unopened(&s)
	}
	v, err := b.interview(ref.Interview)
	if err != nil {
		return s, err
	}
	if v == nil {
		return s, domain.NotThere(ref.Interview, ref.ID)
	}
	s.Interview, s.By, s.At, s.WriteUp = v, v.SubmittedBy, v.SubmittedAt, rows[0].Clocks.WriteUp
	s.Why = b.notMine("interview.approve", v)
	return s, b.unopened(&s)
}

// unopened marks what was decided or submitted after who asks opened the child's record last.
func (b *reviewBuilder) unopened(s *ToSign) error {
	unread, err := Unread(b, s.Row().Child.ID, s.At)
	s.Unopened = unread
	return err
}

// Unread says that who asks has not opened a child's record since something was decided.
func Unread(r domain.Reader, child domain.ID, decided domain.Moment) (bool, error) {
	at, err := r.OpenedAt(child)
	return at.Unix() < decided.Unix(), err
}

// notMine is why somebody who signs off may not sign this off; "" where they may, and for who signs off nothing at all.
func (b *reviewBuilder) notMine(act string, t domain.Record) string {
	if _, ok := b.Actor().Role.May(act); !ok {
		return ""
	}
	if err := domain.Why(b, act, t); err != nil {
		return err.Error()
	}
	return ""
}
