package seed

import (
	"time"

	"homeward/domain"
)

// lastDays gives the desk its work: some under way in every state, some that came overnight, some still missing.
func (m *maker) lastDays(kids []kid) error {
	busy := kids
	if limit := 40 + len(kids)/50; len(busy) > limit {
		busy = busy[:limit]
	}
	for i := range busy {
		if err := m.live(&busy[i], i); err != nil {
			return err
		}
	}
	return m.urgent(busy)
}

// ago is a time before now.
func (m *maker) ago(h float64) time.Time { return m.now.Add(-time.Duration(h * float64(time.Hour))) }

// live gives one child what the i-th of a made-up team is living through.
func (m *maker) live(k *kid, i int) error {
	switch i % 20 {
	case 0, 5, 9, 11, 14, 17: // came overnight
		_, err := m.back(k, 1.5+m.r.Float64()*9, func(r *domain.Row) {
			if i%20 == 5 {
				r[domain.ColFlags], r[domain.ColRisk] = "exploitation", "high"
			}
			if i%20 == 9 {
				r[domain.ColNotifiedAt] = "" // the source did not say when it told us
			}
		})
		return err
	case 1: // missing now
		start := m.ago(5 + m.r.Float64()*40)
		row := m.row(k, start, time.Time{})
		_, err := m.do(start.Add(2*time.Hour), "dee", &domain.NewReferral{Row: row}, 0)
		return err
	case 10: // found, not back
		start := m.ago(30)
		row := m.row(k, start, time.Time{})
		row[domain.ColFoundAtTime] = m.ago(6).UTC().Format("2006-01-02T15:04Z")
		row[domain.ColFoundAt] = "police custody, Northfield"
		_, err := m.do(m.ago(5), "dee", &domain.NewReferral{Row: row}, 0)
		return err
	case 2, 12: // in contact, ring back
		return m.contacted(k, 20+m.r.Float64()*20)
	case 3: // booked
		return m.booked(k)
	case 4: // overdue, nobody reached, asked why
		return m.overdue(k, false)
	case 15: // overdue, nobody reached, and said so
		return m.overdue(k, true)
	case 6: // declined once
		return m.declined(k)
	case 7: // three in a fortnight
		for _, h := range []float64{190, 110, 30} {
			if _, err := m.back(k, h, nil); err != nil {
				return err
			}
		}
	case 8: // waits for sign-off
		return m.toApprove(k)
	case 13: // placed out of area: the social worker has it
		return m.elsewhere(k)
	case 16: // not required until a date
		return m.lookAgain(k)
	case 18: // closed as declined, then three more, each to be spoken of by itself
		if err := m.closed(k); err != nil {
			return err
		}
		return m.apart(k)
	case 19: // three that are one interview, and a new return overnight
		return m.together(k)
	}
	return nil
}

// spells are episodes of some hours that ended so many hours ago; it gives their police references.
func (m *maker) spells(k *kid, ends ...float64) ([]string, error) {
	var refs []string
	for _, h := range ends {
		end := m.ago(h)
		row := m.row(k, end.Add(-time.Duration(3+m.r.IntN(9))*time.Hour), end)
		if _, err := m.do(end.Add(70*time.Minute), "dee", &domain.NewReferral{Row: row}, 0); err != nil {
			return nil, err
		}
		refs = append(refs, row[domain.ColPoliceRef])
	}
	return refs, nil
}

func (m *maker) apart(k *kid) error {
	refs, err := m.spells(k, 64, 40, 20)
	if err != nil {
		return err
	}
	_, err = m.do(m.ago(18), "tom", &domain.DismissCluster{ChildRef: k.ref, Episodes: refs, Reason: "Something else happened each time: an interview each."}, 0)
	return err
}

func (m *maker) together(k *kid) error {
	refs, err := m.spells(k, 190, 120, 52)
	if err != nil {
		return err
	}
	if _, err = m.do(m.ago(48), "dee", &domain.AcceptCluster{ChildRef: k.ref, Episodes: refs, Reason: "Same friend, same flat: one talk about all three."}, 0); err != nil {
		return err
	}
	_, err = m.spells(k, 6)
	return err
}

// back records an episode that ended h hours ago, as it came in an hour later.
func (m *maker) back(k *kid, h float64, change func(*domain.Row)) (domain.ID, error) {
	end := m.ago(h)
	row := m.row(k, end.Add(-m.length()), end)
	if change != nil {
		change(&row)
	}
	return m.do(end.Add(70*time.Minute), "dee", &domain.NewReferral{Row: row}, domain.KindReferral)
}

// accepted is back, accepted for the team and given to somebody.
func (m *maker) accepted(k *kid, h float64) (string, string, error) {
	id, err := m.back(k, h, nil)
	if err != nil {
		return "", "", err
	}
	ref, yes := id.String(), true
	if _, err = m.do(m.ago(h-2), "dee", &domain.Accept{Referral: ref, Responsible: domain.ResponsibleTeam, AskedChild: &yes, IndependentOffered: &yes}, 0); err != nil {
		return "", "", err
	}
	who := pick(m, []string{"amira", "joe", "ruth"})
	_, err = m.do(m.ago(h-2.1), "dee", &domain.Assign{Referral: ref, To: who}, 0)
	return ref, who, err
}

func (m *maker) contacted(k *kid, h float64) error {
	ref, who, err := m.accepted(k, h)
	if err != nil {
		return err
	}
	if _, err = m.do(m.ago(h-4), who, &domain.LogContact{Referral: ref, Way: "call", With: domain.WithChild, Result: domain.ResultNoAnswer}, 0); err != nil {
		return err
	}
	again := domain.At(m.now.Add(time.Duration(1+m.r.IntN(5)) * time.Hour).Truncate(15 * time.Minute))
	_, err = m.do(m.ago(h-6), who, &domain.LogContact{Referral: ref, Way: "call", With: domain.WithCarer, Result: domain.ResultSpoke,
		Note: "At school until three, likes a text first.", TryAgain: again}, 0)
	return err
}

func (m *maker) booked(k *kid) error {
	ref, who, err := m.accepted(k, 40)
	if err != nil {
		return err
	}
	if _, err = m.do(m.ago(34), who, &domain.LogContact{Referral: ref, Way: "text", With: domain.WithChild, Result: domain.ResultAgreed}, 0); err != nil {
		return err
	}
	yes := true
	_, err = m.do(m.ago(33), who, &domain.Book{Referral: ref, When: domain.At(m.now.Add(20 * time.Hour).Truncate(time.Hour)),
		Interviewer: who, Place: new("school, quiet room"), PlaceKind: new("school"), Agreed: &yes}, 0)
	return err
}

func (m *maker) overdue(k *kid, said bool) error {
	h := 80 + m.r.Float64()*60
	ref, who, err := m.accepted(k, h)
	if err != nil {
		return err
	}
	for _, after := range []float64{5, 28, 50} {
		if _, err = m.do(m.ago(h-after), who, &domain.LogContact{Referral: ref, Way: "call", With: domain.WithChild, Result: domain.ResultLeftMessage}, 0); err != nil {
			return err
		}
	}
	if said {
		_, err = m.do(m.ago(2.5), who, &domain.GiveLateReason{Referral: ref, Reason: "could_not_reach", Text: "Three calls, no answer; a letter goes out today."}, 0)
		return err
	}
	_, err = m.do(m.ago(1.5), "sam", &domain.WriteNote{Referral: ref, To: who, Ask: true, About: domain.AboutLate,
		Text: "What is the reason it is late, and what happens next?"}, 0)
	return err
}

func (m *maker) declined(k *kid) error {
	ref, who, err := m.accepted(k, 50)
	if err != nil {
		return err
	}
	_, err = m.do(m.ago(26), who, &domain.LogContact{Referral: ref, Way: "call", With: domain.WithChild, Result: domain.ResultDeclined,
		Note: "“Nothing to say.” Polite."}, 0)
	return err
}

func (m *maker) toApprove(k *kid) error {
	id, err := m.back(k, 28, nil)
	if err != nil {
		return err
	}
	_, err = m.do(m.ago(24), "dee", &domain.DecideNotRequired{Referral: id.String(), Reason: "police_investigation",
		Text: "Achieving best evidence interview on Thursday; police ask us to wait.", LookAgainOn: domain.DateOf(m.now).Days(5), SafeWith: "Foster carer and social worker"}, 0)
	return err
}

func (m *maker) elsewhere(k *kid) error {
	id, err := m.back(k, 45, func(r *domain.Row) {
		r[domain.ColStatus], r[domain.ColPlacementAuthority] = "looked_after", "Hillshire"
	})
	if err != nil {
		return err
	}
	ref := id.String()
	if _, err = m.do(m.ago(43), "dee", &domain.Accept{Referral: ref, Responsible: domain.ResponsibleSocialWorker, Who: "Priya Nair"}, 0); err != nil {
		return err
	}
	_, err = m.do(m.ago(10), "dee", &domain.LogChase{Referral: ref, Whom: "Priya Nair", Note: "Will visit tomorrow afternoon."}, 0)
	return err
}

func (m *maker) lookAgain(k *kid) error {
	id, err := m.back(k, 96, nil)
	if err != nil {
		return err
	}
	ref, yes := id.String(), true
	if _, err = m.do(m.ago(90), "dee", &domain.DecideNotRequired{Referral: ref, Reason: "hospital", Text: "Admitted overnight.",
		LookAgainOn: domain.DateOf(m.now).Days(3), SafeWith: "Ward 4, St Agnes"}, 0); err != nil {
		return err
	}
	_, err = m.do(m.ago(80), "sam", &domain.SignOff{Referral: ref, Approve: &yes, Comment: "Agreed."}, 0)
	return err
}

func (m *maker) closed(k *kid) error {
	ref, who, err := m.accepted(k, 120)
	if err != nil {
		return err
	}
	for _, h := range []float64{114, 90, 66} {
		if _, err = m.do(m.ago(h), who, &domain.LogContact{Referral: ref, Way: "call", With: domain.WithChild, Result: domain.ResultDeclined}, 0); err != nil {
			return err
		}
	}
	done := &domain.StepDone{Done: true}
	_, err = m.do(m.ago(60), who, &domain.Close{Referral: ref, As: domain.StageDeclined, Text: "Asked three times, three ways.", DeclinedBy: domain.WithChild,
		HelplineGiven: done, LetterSent: done, CarerOffered: &domain.StepDone{WhyNot: "carer is away until Friday"}}, 0)
	return err
}

// urgent notes something nobody has passed on yet.
func (m *maker) urgent(kids []kid) error {
	if len(kids) < 3 {
		return nil
	}
	_, err := m.do(m.ago(0.4), "tom", &domain.AddFollowUp{ChildRef: kids[2].ref, Kind: domain.FollowUrgent,
		Text: "Said on the phone that a man called “Dex” waits outside school."}, 0)
	return err
}
