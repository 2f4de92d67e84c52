package view

import (
	"homeward/domain"
	"slices"
	"strings"
)

// InterviewView is an interview's record with what is known beside it: to write, to read, to copy.
type InterviewView struct {
	// Interview is never nil: before anything was written it is an empty one without a number.
	Interview *domain.Interview
	Referral  *domain.Referral // the one asked for
	Child     *domain.Child
	Referrals []*domain.Referral
	Episodes  []*domain.Episode // it covers, by start
	// FollowUps are those of this interview.
	FollowUps []*domain.FollowUp
	WriteUp   domain.Clock
	Share     domain.Clock
	// Known is what is known already, to be read beside the sections.
	Known []KnownFact
	// Previous is the child's interview before this one, nil when there is none, with what was planned then.
	Previous     *domain.Interview
	PreviousPlan []*domain.FollowUp
}

// KnownFact is something known before the interview, with the section beside which it stands.
type KnownFact struct {
	Section string
	What    string
	Text    string
}

// ReadInterview answers for the interview of a referral; nil when there is no such referral.
func ReadInterview(r domain.Reader, referral domain.ID) (*InterviewView, error) {
	ref, err := r.Referral(referral)
	if err != nil || ref == nil {
		return nil, err
	}
	v := &InterviewView{Referral: ref, Interview: &domain.Interview{Child: ref.Child, Cluster: ref.Cluster, Owner: ref.AssignedTo}}
	if ref.Interview != 0 {
		if v.Interview, err = r.Interview(ref.Interview); err != nil {
			return nil, err
		}
		if v.Interview == nil {
			return nil, domain.NotThere(ref.Interview, ref.ID)
		}
	}
	if v.Child, err = r.Child(ref.Child); err != nil {
		return nil, err
	}
	if v.Child == nil {
		return nil, domain.NotThere(ref.Child, ref.ID)
	}
	if err := v.covers(r); err != nil {
		return nil, err
	}
	all, err := r.FollowUpsOf(ref.Child)
	if err != nil {
		return nil, err
	}
	if err := v.previous(r); err != nil {
		return nil, err
	}
	for _, f := range all {
		switch {
		case v.Interview.ID != 0 && f.Interview == v.Interview.ID:
			v.FollowUps = append(v.FollowUps, f)
		case v.Previous != nil && f.Interview == v.Previous.ID:
			v.PreviousPlan = append(v.PreviousPlan, f)
		}
	}
	v.known(r)
	return v, nil
}

// covers reads the referrals and episodes of the interview: the cluster's members, or the one referral.
func (v *InterviewView) covers(r domain.Reader) error {
	ids := v.Interview.Referrals
	if v.Interview.HeldAt == 0 { // who belongs to it may change until it is held
		ids = []domain.ID{v.Referral.ID}
		if v.Referral.Cluster != 0 {
			c, err := r.Cluster(v.Referral.Cluster)
			if err != nil {
				return err
			}
			if c == nil {
				return domain.NotThere(v.Referral.Cluster, v.Referral.ID)
			}
			ids = nil
			for _, m := range c.Members {
				ids = append(ids, m.Referral)
			}
		}
	}
	for _, id := range ids {
		ref, err := r.Referral(id)
		if err != nil {
			return err
		}
		if ref == nil {
			return domain.NotThere(id, 0)
		}
		e, err := r.Episode(ref.Episode)
		if err != nil {
			return err
		}
		if e == nil {
			return domain.NotThere(ref.Episode, id)
		}
		v.Referrals, v.Episodes = append(v.Referrals, ref), append(v.Episodes, e)
		if id == v.Referral.ID {
			cs := domain.ClocksOf(&r.Settings().Policy, e, ref)
			v.WriteUp, v.Share = cs.WriteUp, cs.Share
		}
	}
	slices.SortFunc(v.Episodes, func(a, b *domain.Episode) int { return int(a.MissingAt.Unix() - b.MissingAt.Unix()) })
	return nil
}

// previous finds the child's interview held before this one.
func (v *InterviewView) previous(r domain.Reader) error {
	list, err := r.InterviewsOf(v.Child.ID)
	if err != nil {
		return err
	}
	for _, o := range list {
		if o.ID == v.Interview.ID || o.HeldAt == 0 || v.Interview.HeldAt != 0 && o.HeldAt.Unix() >= v.Interview.HeldAt.Unix() {
			continue
		}
		if v.Previous == nil || o.HeldAt.Unix() > v.Previous.HeldAt.Unix() {
			v.Previous = o
		}
	}
	return nil
}

// known gathers what is known already: of the child, the episodes, the prevention interview, the last plan kept or not, and
// what the previous record left open (DOMAIN §6).
func (v *InterviewView) known(r domain.Reader) {
	say := func(section, what, text string) {
		if strings.TrimSpace(text) != "" {
			v.Known = append(v.Known, KnownFact{section, what, text})
		}
	}
	k := &v.Child.Card
	say("arrangements", "Called", v.Child.Called())
	say("arrangements", "Language and needs", strings.TrimSpace(k.Language+" "+k.Communication))
	say("arrangements", "Warnings", strings.Join(domain.Standing(k.Warnings), "; "))
	for _, p := range v.Interview.Parted {
		why := ""
		if p.Why != "" {
			why = " (" + p.Why + ")"
		}
		say("arrangements", "Not about "+p.Episode.String(), "it was held for that one too, which turned out to be another child’s"+why+": look whether anything here is about them")
	}
	for _, e := range v.Episodes {
		ref := e.ShownRef()
		say("before", ref+" from", e.MissingFrom)
		say("during", ref, spanText(e))
		say("during", ref+" notes", e.Notes)
		say("after", ref+" found", e.FoundPlace)
		say("arrangements", ref+" prevention interview", e.Prevention)
	}
	for _, ref := range v.Referrals {
		for _, c := range ref.CarerTold {
			say("carer", "Told "+r.Settings().PersonAt(c.By, c.At)+", "+c.At.Date().String(), c.Said())
		}
	}
	say("plan", "Safety plan so far", k.SafetyPlan)
	say("plan", "Agencies so far", k.Agencies)
	if v.Previous == nil {
		return
	}
	when := v.Previous.HeldAt.Date().String()
	for _, f := range v.PreviousPlan {
		state := "open, due " + f.Due.String()
		switch {
		case f.Dropped != nil:
			state = "dropped: " + f.Dropped.Why
		case f.DoneAt != 0:
			state = "done: " + f.Found
		case f.Overdue(domain.At(r.Now())):
			state = "not kept, was due " + f.Due.String()
		}
		say("plan", "Planned "+when+", "+domain.Words(f.Kind), f.Text+" ("+state+")")
	}
	say("view", "Wanted "+when, v.Previous.Sheet.Get("", "view", "wants").Text)
	say("view", "Would help "+when, v.Previous.Sheet.Get("", "view", "would_help").Text)
	say("judgement", "Likelihood "+when, v.Previous.Sheet.Get("", "judgement", "likelihood").Text)
	var open []string
	for _, m := range unanswered(v.Previous) {
		open = append(open, domain.Words(m.Section)+": "+domain.Words(m.Field))
	}
	say("view", "Not answered "+when, strings.Join(open, "; "))
}

// unanswered are the questions of the account that stayed open: blank, not asked or not wanted to say.
func unanswered(v *domain.Interview) []domain.SheetChange {
	var out []domain.SheetChange
	for _, s := range domain.Sections() {
		for _, f := range s.Fields {
			got := v.Sheet.Get("", s.Name, f.Name).Text
			if (f.Account || f.Asked) && (got == domain.NotAsked || got == domain.NotSaid) {
				out = append(out, domain.SheetChange{Section: s.Name, Field: f.Name})
			}
		}
	}
	return out
}

// spanText is how long an episode was and when.
func spanText(e *domain.Episode) string {
	if e.ReturnedAt == 0 {
		return "missing since " + e.MissingAt.String()
	}
	return e.MissingAt.String() + " to " + e.ReturnedAt.String()
}
