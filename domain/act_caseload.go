package domain

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// HandOverCaseload gives everything somebody still holds to another, at once: somebody is ill, or has left (DOMAIN §12).
type HandOverCaseload struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Reason string `json:"reason" text:"note"`
}

// Name of the act.
func (a *HandOverCaseload) Name() string { return "caseload.hand_over" }

func (a *HandOverCaseload) shape(s *Settings, now time.Time) error {
	if err := cmp.Or(need("from", a.From), need("to", a.To), need("reason", a.Reason)); err != nil {
		return err
	}
	// Who hands over may have left, or be no user any more; who takes over is here.
	switch list := s.meant(a.From); {
	case len(list) > 1:
		return invalid("from", "%d people are called %s: give the login, %s", len(list), a.From, orList(columnOf(list, func(u User) string { return u.Login })))
	case len(list) == 1:
		a.From = list[0].Login
	}
	var err error
	if a.To, err = s.worker("to", a.To, DateOf(now), teamOnly); err != nil {
		return err
	}
	if a.From == a.To {
		return invalid("to", "%s has it already: name somebody else", s.PersonName(a.To))
	}
	return nil
}
func (a *HandOverCaseload) target(Reader) (Record, error) { return nil, nil }

func (a *HandOverCaseload) decide(c *decision, _ Record) (*Outcome, error) {
	h := &caseload{c: c, from: a.From, to: a.To, reason: a.Reason, out: &Outcome{}}
	if err := h.referrals(); err != nil {
		return nil, err
	}
	if err := h.followUps(); err != nil {
		return nil, err
	}
	from, to := c.Settings().PersonName(a.From), c.Settings().PersonName(a.To)
	stay := ""
	if h.stay > 0 {
		stay = fmt.Sprintf("%s of restricted children, which %s or you may not see", counted(h.stay, "record"), to)
	}
	if len(h.out.Put) == 0 {
		if stay != "" {
			return nil, invalid("from", "%s holds nothing but %s: ask a supervisor who may see them", from, stay)
		}
		return nil, invalid("from", "%s holds nothing that could be handed over", from)
	}
	if err := c.Settings().hasLeft("to", a.To, max(h.lastMeeting, DateOf(c.Now()))); err != nil {
		return nil, err // before a meeting that would be theirs
	}
	if stay != "" {
		h.out.Warnings = append(h.out.Warnings, "with "+from+" stay "+stay)
	}
	h.out.Summary = fmt.Sprintf("%s handed over from %s to %s: %s", h.words(), from, to, a.Reason)
	return h.out, nil
}

// caseload is what somebody holds, on its way to another.
type caseload struct {
	c                                   *decision
	from, to, reason                    string
	out                                 *Outcome
	given, meetings, records, fus, stay int
	lastMeeting                         Date
}

// words count what is handed over.
func (h *caseload) words() string {
	var parts []string
	for _, p := range []struct {
		n    int
		word string
	}{{h.given, "referral"}, {h.meetings, "meeting"}, {h.records, "record"}, {h.fus, "follow-up"}} {
		if p.n > 0 {
			parts = append(parts, counted(p.n, p.word))
		}
	}
	return andList(parts)
}

func counted(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// mayGo says whether a child's records may go along: who takes over, and who decides, may see them.
func (h *caseload) mayGo(child ID) (bool, error) {
	of, err := h.c.Child(child)
	if err != nil || of == nil {
		return err == nil, err
	}
	s := h.c.Settings()
	return of.OpenTo(s, h.to) && of.OpenTo(s, h.c.by), nil
}

// referrals hands over those that are with them, with their meetings, records and follow-ups; and of others' the meetings they are
// to hold and the records they write.
func (h *caseload) referrals() error {
	open, err := h.c.OpenReferrals()
	if err != nil {
		return err
	}
	until, err := h.c.LookAgains() // not required until a date: they come back to the person who has them
	if err != nil {
		return err
	}
	for _, id := range append(slices.Clone(open), until...) {
		if _, done := putAlready[*Referral](h.out, id); done {
			continue
		}
		r, err := h.c.Referral(id)
		if err != nil || r == nil {
			return cmp.Or(err, NotThere(id, 0))
		}
		theirs := r.AssignedTo == h.from
		b := r.Booking()
		holds := b != nil && r.Stage.BeforeInterview() && b.Interviewer == h.from
		writes, err := h.writes(r)
		if err != nil {
			return err
		}
		if !theirs && !holds && !writes {
			continue
		}
		may, err := h.mayGo(r.Child)
		if err != nil {
			return err
		}
		if !may {
			h.stay++
			continue
		}
		if err := h.referral(r, theirs); err != nil {
			return err
		}
	}
	return nil
}

// writes says that the record of a referral, which is not finished, is theirs.
func (h *caseload) writes(r *Referral) (bool, error) {
	if r.Interview == 0 || !r.Stage.BeforeInterview() && r.Stage != StageToWriteUp {
		return false, nil
	}
	v, err := h.c.Interview(r.Interview)
	return v != nil && v.Owner == h.from, err
}

// referral hands one over, with those that have one interview with it.
func (h *caseload) referral(r *Referral, theirs bool) error {
	rs, err := h.c.affectedReferrals(r)
	if err != nil {
		return err
	}
	why := "from " + h.c.Settings().PersonName(h.from) + " to " + h.c.Settings().PersonName(h.to) + ": " + h.reason
	out := &Outcome{}
	if b := rs[0].Booking(); b != nil && rs[0].Stage.BeforeInterview() && b.Interviewer == h.from {
		h.meetings++
		h.lastMeeting = max(h.lastMeeting, b.When.Date())
	}
	for _, r := range rs {
		if theirs {
			h.given++
			r.AssignedTo = h.to
			h.c.step(r, (&HandOverCaseload{}).Name(), r.Stage, why)
		}
		out.put(r)
	}
	if theirs {
		err = h.c.handOver(rs, h.from, h.to, out)
	} else {
		err = h.holding(rs, out)
	}
	if err != nil {
		return err
	}
	for _, rec := range out.Put { // what two referrals have in common goes once
		if !slices.ContainsFunc(h.out.Put, func(have Record) bool { return have.RecordID() == rec.RecordID() }) {
			h.out.put(rec)
			switch rec.(type) {
			case *FollowUp:
				h.fus++
			case *Interview:
				h.records++
			}
		}
	}
	h.out.Warnings = append(h.out.Warnings, out.Warnings...)
	return nil
}

// holding hands over the meeting and the record of a referral that stays with the person who has it.
func (h *caseload) holding(rs []*Referral, out *Outcome) error {
	if rs[0].Stage.BeforeInterview() {
		h.c.handMeeting(rs, h.from, h.to, out)
	}
	writes, err := h.writes(rs[0])
	if err != nil || !writes {
		return err
	}
	return h.c.handRecord(rs[0], h.to, out)
}

// followUps hands over the open ones they own, whatever they are about.
func (h *caseload) followUps() error {
	open, err := h.c.OpenFollowUps()
	if err != nil {
		return err
	}
	for _, id := range open {
		if _, done := putAlready[*FollowUp](h.out, id); done {
			continue
		}
		f, err := h.c.FollowUp(id)
		if err != nil || f == nil {
			return cmp.Or(err, NotThere(id, 0))
		}
		if f.Owner != h.from {
			continue
		}
		may, err := h.mayGo(f.Child)
		if err != nil {
			return err
		}
		if !may {
			h.stay++
			continue
		}
		f = f.Clone()
		f.Owner = h.to
		h.out.put(f)
		h.fus++
	}
	return nil
}
