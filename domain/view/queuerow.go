package view

import "homeward/domain"

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
