package view

import (
	"cmp"

	"homeward/domain"
)

// lastHand is who was the last to do something about a referral by a time, "" where nobody had.
func lastHand(ref *domain.Referral, by domain.Moment) string {
	who, last := "", domain.Moment(0)
	did := func(login string, at domain.Moment) {
		if at.Unix() <= by.Unix() && (last == 0 || at.Unix() >= last.Unix()) {
			who, last = login, at
		}
	}
	for i := range ref.Decisions {
		did(ref.Decisions[i].By, ref.Decisions[i].At)
	}
	for i := range ref.Attempts {
		did(ref.Attempts[i].By, cmp.Or(ref.Attempts[i].Logged, ref.Attempts[i].At))
	}
	for i := range ref.Bookings {
		did(ref.Bookings[i].By, ref.Bookings[i].At)
		if b := &ref.Bookings[i]; b.OutcomeBy != "" {
			did(b.OutcomeBy, b.OutcomeAt)
		}
	}
	for i := range ref.Chases {
		did(ref.Chases[i].By, ref.Chases[i].At)
	}
	for i := range ref.Notes {
		did(ref.Notes[i].By, ref.Notes[i].At)
	}
	return who
}

// meeting is the visit that stands, or the time to ring where none does.
func (d *dayBuilder) meeting(ref *domain.Referral) error {
	if !ref.Stage.BeforeInterview() {
		return nil
	}
	b, mine := ref.Booking(), ref.AssignedTo == d.me
	switch {
	case b != nil && (mine || b.Interviewer == d.me):
		part := DayVisit
		if b.When.Unix() <= d.Now().Unix() {
			part = DayAsk
		} else if b.When.Date() != d.today {
			return nil
		}
		return d.add(DayLine{Part: part, At: b.When, Referral: ref, Booking: b})
	case b == nil && mine:
		if again := domain.TryAgain(ref.Attempts); again != 0 && again.Date() <= d.today {
			return d.add(DayLine{Part: DayRing, At: again, Referral: ref})
		}
	}
	return nil
}

// owed is a contact or an interview of this person's that is over or due today, while no meeting or call is arranged for
// today that would see to it.
func (d *dayBuilder) owed(ref *domain.Referral) error {
	if ref.AssignedTo != d.me || !ref.Stage.Outstanding() {
		return nil
	}
	e, err := d.Episode(ref.Episode)
	if err != nil || e == nil {
		return err
	}
	cs, err := domain.ClocksInForce(domain.RecordsOf(d), &d.Settings().Policy, e, ref)
	if err != nil {
		return err
	}
	k := cs.Interview
	if c := cs.Contact; c.Running() && (k.Due == 0 || c.Due.Unix() <= k.Due.Unix()) { // found and not back, the interview is not due yet
		k = c
	}
	b, again := ref.Booking(), domain.TryAgain(ref.Attempts)
	arranged := b != nil && b.When.Date() <= d.today || b == nil && again != 0 && again.Date() <= d.today
	if !k.Running() || arranged || !k.Over(d.Now()) && k.Due.Date() > d.today {
		return nil
	}
	return d.add(DayLine{Part: DayOwed, At: k.Due, Referral: ref, Clock: k})
}

// decide is what waits for this person's word: a record, or an ending without interview, of somebody else (DOMAIN §12).
func (d *dayBuilder) decide(ref *domain.Referral) error {
	switch ref.Stage {
	case domain.StageToApprove:
		if domain.Why(d, "referral.sign_off", ref) == nil {
			return d.add(DayLine{Part: DayDecide, At: ref.Decisions[len(ref.Decisions)-1].At, Referral: ref})
		}
	case domain.StageToSignOff:
		if ref.Interview == 0 {
			return nil
		}
		v, err := d.Interview(ref.Interview)
		if err != nil || v == nil || domain.Why(d, "interview.approve", v) != nil {
			return err
		}
		return d.add(DayLine{Part: DayDecide, At: v.SubmittedAt, Referral: ref, Interview: v})
	default: // nothing waits for another person's word
	}
	return nil
}

// record is an interview that is still to be written up, or that came back.
func (d *dayBuilder) record(ref *domain.Referral) error {
	if ref.Stage != domain.StageToWriteUp || ref.Interview == 0 {
		return nil
	}
	v, err := d.Interview(ref.Interview)
	if err != nil || v == nil || v.Owner != d.me {
		return err
	}
	e, err := d.Episode(ref.Episode)
	if err != nil || e == nil {
		return err
	}
	l := DayLine{Part: DayWriteUp, Referral: ref, Interview: v, WriteUp: domain.ClocksOf(&d.Settings().Policy, e, ref).WriteUp}
	l.At = l.WriteUp.Due
	if v.SentBack() != nil {
		l.Part = DaySentBack
	}
	return d.add(l)
}

// notes to this person of the last days, and of however long they were away.
func (d *dayBuilder) notes(ref *domain.Referral) error {
	from := domain.At(d.today.Days(-notesShown).Start())
	if d.day.Since.Before(from) {
		from = d.day.Since
	}
	for i := range ref.Notes {
		n := &ref.Notes[i]
		if n.To != d.me || n.At.Before(from) || n.Open() {
			continue
		}
		if err := d.add(DayLine{Part: DayNote, At: n.At, Referral: ref, Note: n, nth: i}); err != nil {
			return err
		}
	}
	return nil
}

// questions to this person that wait for an answer, whatever became of the referral.
func (d *dayBuilder) questions() error {
	open, _, err := ReadQuestions(d.Reader, domain.At(d.Now()))
	if err != nil {
		return err
	}
	for _, q := range open {
		if q.Note.To != d.me {
			continue
		}
		if err := d.add(DayLine{Part: DayAnswer, At: q.Note.At, Referral: q.Referral, Note: q.Note, Question: q.Number, nth: q.Number}); err != nil {
			return err
		}
	}
	return nil
}

// followUps are the person's own that are due by the end of today, and every urgent one.
func (d *dayBuilder) followUps() error {
	return eachOpenFollowUp(d.Reader, func(f *domain.FollowUp) error {
		l := DayLine{Part: DayFollowUp, At: f.Due, FollowUp: f}
		switch {
		case f.Kind == domain.FollowUrgent:
			l.Part = DayUrgent
		case f.Owner != d.me || f.Due.Date() > d.today:
			return nil
		}
		if f.Referral != 0 {
			var err error
			if l.Referral, err = d.Referral(f.Referral); err != nil {
				return err
			}
		}
		return d.add(l)
	})
}
