package seed

import (
	"fmt"
	"math/rand/v2"
	"time"

	"homeward/domain"
)

// The team's last twelve weeks: interviews held and signed off by other children than those of the last days, so that there is
// something to look back on and the desk of today is not fuller for it.

// pastWeeks is how many weeks before the last days the team looks back on, pastEach how many children were back in each.
const (
	pastWeeks = 11
	pastEach  = 3
)

// past makes those weeks, and what waits for a supervisor today.
func (m *maker) past() error {
	p := &maker{ctx: m.ctx, desk: m.desk, settings: m.settings, clock: m.clock, now: m.now, r: rand.New(rand.NewPCG(uint64(m.n), 0x70617374)), n: m.n}
	for week := pastWeeks; week >= 1; week-- {
		for i := range pastEach + p.r.IntN(3) {
			k := p.kid(9000 - 100*week - i)
			if err := p.ended(&k, week*7*24+p.r.IntN(96), i+week); err != nil {
				return err
			}
		}
	}
	k := p.kid(8999)
	if err := p.submitted(&k, 46); err != nil {
		return err
	}
	k = p.kid(8998)
	return p.unable(&k, 70)
}

// step is one act, some hours ago.
type step struct {
	hours float64
	act   domain.Act
}

// all takes one person's steps together, each at its own time, and gives what the last of them made of a kind: one commit, where
// a past of hundreds of steps would take as many.
func (m *maker) all(login string, wanted domain.Kind, steps ...step) (id domain.ID, err error) {
	var acts []domain.Envelope
	var last time.Time
	for _, s := range steps {
		at := m.ago(max(0, s.hours))
		if at.After(last) {
			last = at
		}
		acts = append(acts, domain.Envelope{Act: s.act, At: domain.At(at)})
	}
	m.clock.set(last)
	actor, err := domain.ActorFor(m.settings, m.clock.Now(), "", login)
	if err != nil {
		return 0, err
	}
	answers, err := m.desk(actor).Do(m.ctx, true, acts...)
	if err != nil {
		return 0, err
	}
	for _, a := range answers {
		if a.Refused != nil {
			return 0, fmt.Errorf("made-up team: %s: %w", a.Act, a.Refused)
		}
	}
	for _, x := range answers[len(answers)-1].IDs {
		if x.Kind() == wanted {
			id = x
		}
	}
	return id, nil
}

// begun is a referral of the past, accepted and with somebody, h hours after the return.
func (m *maker) begun(k *kid, h float64) (ref, who string, err error) {
	id, err := m.back(k, h, nil)
	if err != nil {
		return "", "", err
	}
	ref, who = id.String(), pick(m, []string{"amira", "joe", "ruth"})
	yes := true
	_, err = m.all("dee", 0, step{h - 2, &domain.Accept{Referral: ref, Responsible: domain.ResponsibleTeam, AskedChild: &yes, IndependentOffered: &yes}},
		step{h - 2.1, &domain.Assign{Referral: ref, To: who}})
	return ref, who, err
}

// ended is one referral of the past, from the return h hours ago to its end. The i-th of several ends in its own way.
func (m *maker) ended(k *kid, h, i int) error {
	at := float64(h)
	ref, who, err := m.begun(k, at)
	if err != nil {
		return err
	}
	done, yes := &domain.StepDone{Done: true}, true
	declined := &domain.LogContact{Referral: ref, Way: "call", With: domain.WithChild, Result: domain.ResultDeclined}
	switch i % 9 {
	case 3: // asked three times
		if _, err := m.all(who, 0, step{at - 6, declined}, step{at - 30, declined}, step{at - 54, declined},
			step{at - 60, &domain.Close{Referral: ref, As: domain.StageDeclined, Text: "Asked three times, three ways.", DeclinedBy: domain.WithChild,
				HelplineGiven: done, LetterSent: done, CarerOffered: done}}); err != nil {
			return err
		}
		return m.told(k, at-70)
	case 6: // not required
		if _, err := m.all("dee", 0, step{at - 10, &domain.DecideNotRequired{Referral: ref, Reason: "other", Text: "At a cousin’s with her mother’s leave; reported by mistake."}}); err != nil {
			return err
		}
		return m.told(k, at-40, step{at - 20, &domain.SignOff{Referral: ref, Approve: &yes, Comment: "Agreed."}})
	}
	contact, held := 3+m.r.Float64()*18, 26+m.r.Float64()*40
	if m.r.IntN(6) == 0 {
		contact += 20
	}
	late := m.r.IntN(4) == 0
	if late {
		held = 76 + m.r.Float64()*50
	}
	contact = min(contact, held-4)
	id, err := m.all(who, domain.KindInterview,
		step{at - contact, &domain.LogContact{Referral: ref, Way: "text", With: domain.WithChild, Result: domain.ResultAgreed}},
		step{at - contact, &domain.Book{Referral: ref, When: domain.At(m.ago(at - held).Truncate(15 * time.Minute)), Interviewer: who, Place: new("family centre"), PlaceKind: new("family_centre"), Agreed: &yes}},
		step{at - held - 1, &domain.Held{Referral: ref, HeldAt: domain.At(m.ago(at - held)), PlaceKind: "family_centre", Alone: "yes"}})
	if err != nil {
		return err
	}
	more := []step{}
	if late && m.r.IntN(3) > 0 {
		more = append(more, step{at - held - 2, &domain.GiveLateReason{Referral: ref, Reason: pick(m, []string{"could_not_reach", "declined_then_agreed", "capacity", "child_needs"})}})
	}
	more = append(more, step{at - held - 6, &domain.ShareInterview{Interview: id.String(), Audience: domain.ForSocialWorker, To: "Priya Nair", Way: "secure email", Purpose: "to plan for the child"}})
	if err := m.writeUp(ref, id, who, at-held-4, more...); err != nil {
		return err
	}
	return m.told(k, at-held-100, step{at - held - 30, &domain.ApproveInterview{Interview: id.String(), Comment: "Thank you: clear and in the child’s words."}})
}

// writeUp saves what a record needs and submits it; then come more steps of the same person's.
func (m *maker) writeUp(ref string, interview domain.ID, who string, hours float64, more ...step) error {
	words := pick(m, []string{"I just wanted to be with my friends for a bit.", "It was loud at home and nobody listened.", "I lost the last bus and my phone was dead.", "He said I could stay at his, so I did."})
	line := fmt.Sprintf(`{"act":"interview.save","referral":%q,"record":{"arrangements":{"interviewer":%q,"alone":"yes"},"confidentiality":{"explained":"yes"},"view":{"own_words":%q},"judgement":{"likelihood":%q}}}`,
		ref, m.settings.PersonName(who), words, pick(m, []string{"low", "medium", "high"}))
	save, err := domain.ParseAct([]byte(line))
	if err != nil {
		return err
	}
	_, err = m.all(who, 0, append([]step{{hours, save.Act}, {hours - 0.5, &domain.SubmitInterview{Interview: interview.String()}}}, more...)...)
	return err
}

// told takes the supervisor's steps with which a referral ends, and finishes what it raised: the past owes nothing today.
func (m *maker) told(k *kid, hours float64, steps ...step) error {
	if len(steps) > 0 {
		if _, err := m.all("sam", 0, steps...); err != nil {
			return err
		}
	}
	actor, err := domain.ActorFor(m.settings, m.clock.Now(), "", "sam")
	if err != nil {
		return err
	}
	var open []step
	if err := m.desk(actor).Ask(m.ctx, func(r domain.Reader) error {
		id, err := r.ChildByRef(k.ref)
		if err != nil {
			return err
		}
		list, err := r.FollowUpsOf(id)
		for _, f := range list {
			if f.Open() {
				open = append(open, step{hours, &domain.FinishFollowUp{FollowUp: f.ID.String(), Found: "Seen, and well."}})
			}
		}
		return err
	}); err != nil || open == nil {
		return err
	}
	_, err = m.all("sam", 0, open...)
	return err
}

// submitted is a record that waits for a supervisor.
func (m *maker) submitted(k *kid, h float64) error {
	ref, who, err := m.begun(k, h)
	if err != nil {
		return err
	}
	id, err := m.all(who, domain.KindInterview, step{h - 6, &domain.LogContact{Referral: ref, Way: "call", With: domain.WithChild, Result: domain.ResultAgreed}},
		step{h - 28, &domain.Held{Referral: ref, HeldAt: domain.At(m.ago(h - 27)), PlaceKind: "school", Alone: "yes"}})
	if err != nil {
		return err
	}
	return m.writeUp(ref, id, who, 5)
}

// unable is an ending that waits for a supervisor: nobody could be reached.
func (m *maker) unable(k *kid, h float64) error {
	ref, who, err := m.begun(k, h)
	if err != nil {
		return err
	}
	call := &domain.LogContact{Referral: ref, Way: "call", With: domain.WithCarer, Result: domain.ResultNoAnswer}
	done := &domain.StepDone{Done: true}
	_, err = m.all(who, 0, step{h - 4, call}, step{h - 20, call}, step{h - 44, call},
		step{6, &domain.Close{Referral: ref, As: domain.StageUnable, Text: "Moved to Hillshire with her aunt on Friday; the number is dead.", LetterSent: done,
			SocialWorkerTold: done, PoliceTold: &domain.StepDone{WhyNot: "the officer is back on Monday"}}})
	return err
}
