package domain

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// DecideNotRequired says that no interview is required, or not now, and why (DOMAIN §4, Triage; S4).
type DecideNotRequired struct {
	Referral    string `json:"referral"`
	Reason      string `json:"reason"`
	Text        string `json:"text" text:"note"`
	LookAgainOn Date   `json:"look_again_on,omitempty"`
	SafeWith    string `json:"safe_with,omitempty"`
}

// Name of the act.
func (a *DecideNotRequired) Name() string { return "referral.not_required" }

func (a *DecideNotRequired) shape(*Settings, time.Time) error {
	if err := need("referral", a.Referral); err != nil {
		return err
	}
	if !slices.Contains(NotRequiredReasons(), a.Reason) {
		return invalid("reason", "must be one of %s", strings.Join(NotRequiredReasons(), ", "))
	}
	if a.Text == "" {
		return invalid("text", "is required: say why in your own words")
	}
	if NeedsLookAgain(a.Reason) {
		if a.LookAgainOn == 0 {
			return invalid("look_again_on", "is required: “%s” does not say that the child is safe", strings.ReplaceAll(a.Reason, "_", " "))
		}
		if a.SafeWith == "" {
			return invalid("safe_with", "is required: who keeps the child safe meanwhile")
		}
	}
	return nil
}
func (a *DecideNotRequired) target(w Reader) (Record, error) { return readReferral(w, a.Referral) }
func (a *DecideNotRequired) decide(c *decision, t Record) (*Outcome, error) {
	r := c.working(t)
	if a.LookAgainOn != 0 && a.LookAgainOn <= DateOf(c.Now()) {
		return nil, invalid("look_again_on", "%s is not after today", a.LookAgainOn)
	}
	if notRequiredReason(a.Reason).underAge {
		if err := c.underFloor(r); err != nil {
			return nil, err
		}
	}
	r.NotRequired = &NotRequired{Reason: a.Reason, Text: a.Text, LookAgainOn: a.LookAgainOn, SafeWith: a.SafeWith, By: c.by, At: c.at}
	r.Closing = nil
	return c.end([]*Referral{r}, a.Name(), StageNotRequired, strings.ReplaceAll(a.Reason, "_", " ")+": "+a.Text)
}

// underFloor refuses "under age" for a child who is not: the policy's floor, at the start of the episode (S4; DOMAIN §10).
func (c *decision) underFloor(r *Referral) error {
	floor := c.Settings().Policy.AgeFloor
	if floor == 0 {
		return invalid("reason", "the policy has no age floor (policy age_floor): choose another reason")
	}
	e, err := c.Episode(r.Episode)
	if err != nil {
		return err
	}
	child, err := c.Child(r.Child)
	if err != nil {
		return err
	}
	if e == nil || child == nil {
		return NotThere(r.Episode, r.ID)
	}
	if child.DOB == 0 {
		return invalid("reason", "the child's date of birth is not known, so nobody can say that they were under %d: record it on the card first, or choose another reason", floor)
	}
	if age := AgeOn(child.DOB, e.MissingAt.Date()); age >= floor {
		return invalid("reason", "the child was %d at the start of the episode, the age floor is %d", age, floor)
	}
	return nil
}

// end closes referrals without an interview, or hands them to another person's sign-off where the policy asks for that.
func (c *decision) end(rs []*Referral, act string, as Stage, why string) (*Outcome, error) {
	to, said := as, "closed %s as %s"
	if c.Settings().Policy.NeedsSignOff(as) {
		to, said = StageToApprove, "%s waits for sign-off as %s"
	}
	for _, r := range rs {
		if b := r.Booking(); b != nil {
			b.Outcome, b.OutcomeBy, b.OutcomeAt, b.Note = "closed", c.by, c.at, "closed as "+as.Words()
		}
		c.step(r, act, to, why)
	}
	return c.ended(rs, outcomeForAll(rs, said, rs[0].ID, as.Words()))
}

// ended does what an ending owes once it stands: the lead professional is told, once for one interview, and an episode that
// needs none goes out of its cluster, in which the others stay.
func (c *decision) ended(rs []*Referral, out *Outcome) (*Outcome, error) {
	r := rs[0]
	if r.Stage == StageToApprove {
		return out, nil
	}
	if how := r.Stage.row().goes; how != "" {
		if err := c.leaves(r, how, r.Decisions[len(r.Decisions)-1].Why, out); err != nil {
			return nil, err
		}
	}
	return out, c.raiseLeadTold(r, r.Stage, out)
}

// raiseLeadTold raises the follow-up that a closing without interview owes: the lead professional is told (DOMAIN §4).
func (c *decision) raiseLeadTold(r *Referral, as Stage, out *Outcome) error {
	if !as.row().tells {
		return nil
	}
	id, err := c.NextID(KindFollowUp)
	if err != nil {
		return err
	}
	owner := c.here(cmp.Or(r.AssignedTo, c.by))
	out.put(&FollowUp{
		ID: id, Child: r.Child, Referral: r.ID, Kind: FollowLeadTold, Owner: owner, By: c.by, At: c.at,
		Text: "Tell the social worker or lead professional that there was no interview: " + as.Words(),
		Due:  c.Settings().Policy.DueIn(FollowLeadTold, c.at),
	})
	return nil
}

// StepDone is true, or the reason why a step was not done.
type StepDone struct {
	Done   bool
	To     string // for whom, where that is said: the child, the carer, both
	WhyNot string
}

// given reads what was said of something that is given to somebody: to whom, or why not. True is the person who declined.
func (s *StepDone) given(by string) *StepDone {
	switch {
	case s.Done && s.To == "":
		return &StepDone{Done: true, To: by}
	case s.WhyNot == WithChild || s.WhyNot == WithCarer || s.WhyNot == GivenBoth:
		return &StepDone{Done: true, To: s.WhyNot}
	}
	return s
}

// GivenBoth says that something was given to the child and to the carer.
const GivenBoth = "both"

// UnmarshalJSON reads true or the reason.
func (s *StepDone) UnmarshalJSON(b []byte) error {
	if string(b) == "true" {
		*s = StepDone{Done: true}
		return nil
	}
	var why string
	if err := json.Unmarshal(b, &why); err != nil || strings.TrimSpace(why) == "" {
		return fmt.Errorf("must be true, or the reason why not")
	}
	*s = StepDone{WhyNot: why}
	return nil
}

// MarshalJSON writes it back as it was given.
func (s StepDone) MarshalJSON() ([]byte, error) {
	switch {
	case s.Done && s.To != "":
		return json.Marshal(s.To)
	case s.Done:
		return []byte("true"), nil
	}
	return json.Marshal(s.WhyNot)
}

// Close ends a referral without an interview (DOMAIN §4).
type Close struct {
	Referral         string    `json:"referral"`
	As               Stage     `json:"as"`
	Text             string    `json:"text" text:"note"`
	DeclinedBy       string    `json:"declined_by,omitempty"`
	HelplineGiven    *StepDone `json:"helpline_given,omitempty"`
	LetterSent       *StepDone `json:"letter_sent,omitempty"`
	CarerOffered     *StepDone `json:"carer_offered,omitempty"`
	SocialWorkerTold *StepDone `json:"social_worker_told,omitempty"`
	PoliceTold       *StepDone `json:"police_told,omitempty"`
	CarerInformation string    `json:"carer_information,omitempty" text:"note"`
	// CarerPlaces and CarerPeople are what the carer named in it: they count as intelligence.
	CarerPlaces []string `json:"carer_places,omitempty"`
	CarerPeople []string `json:"carer_people,omitempty"`
}

// Name of the act.
func (a *Close) Name() string { return "referral.close" }

func (a *Close) step(name string) *StepDone {
	return map[string]*StepDone{stepHelpline: a.HelplineGiven, "letter_sent": a.LetterSent, "carer_offered": a.CarerOffered,
		"social_worker_told": a.SocialWorkerTold, "police_told": a.PoliceTold}[name]
}

func (a *Close) shape(*Settings, time.Time) error {
	if err := need("referral", a.Referral); err != nil {
		return err
	}
	switch how := a.As.row().closing; {
	case how == nil:
		return invalid("as", "must be %s", orList(wordsOf(Closings())))
	case how.by && a.DeclinedBy != WithChild && a.DeclinedBy != WithCarer:
		return invalid("declined_by", "is required: child or carer")
	case !how.by && a.DeclinedBy != "":
		return invalid("declined_by", "belongs to a closing as declined")
	}
	if a.Text == "" {
		return invalid("text", "is required: say why in your own words")
	}
	if a.CarerInformation != "" && !a.As.row().closing.by {
		return invalid("carer_information", "belongs to a closing as declined: keep it by itself (referral.carer_information)")
	}
	if a.CarerInformation == "" && (a.CarerPlaces != nil || a.CarerPeople != nil) {
		return invalid("carer_information", "is required: say what they told of these places and people")
	}
	if err := cmp.Or(theyNamed("carer_places", NotedPlace, a.CarerPlaces), theyNamed("carer_people", NotedPerson, a.CarerPeople)); err != nil {
		return err
	}
	if a.HelplineGiven != nil {
		a.HelplineGiven = a.HelplineGiven.given(a.DeclinedBy)
	}
	wanted := ClosingSteps(a.As)
	for _, name := range allClosingSteps() {
		s, want := a.step(name), slices.Contains(wanted, name)
		if want && s == nil {
			return invalid(name, "is required: true, or the reason why not")
		}
		if !want && s != nil {
			return invalid(name, "does not belong to a closing as %s", a.As)
		}
		if s != nil && !s.Done && strings.TrimSpace(s.WhyNot) == "" {
			return invalid(name, "say why not")
		}
	}
	return nil
}
func (a *Close) target(w Reader) (Record, error) { return readReferral(w, a.Referral) }
func (a *Close) decide(c *decision, t Record) (*Outcome, error) {
	r := c.working(t)
	rs := []*Referral{r}
	if err := mayCloseAs(r, r.Stage, a.As); err != nil {
		return nil, err
	}
	if !a.As.row().closing.anyOpen {
		var err error
		if rs, err = c.affectedReferrals(t, outstandingStages()...); err != nil {
			return nil, err
		}
	}
	if err := declined(rs, a.DeclinedBy); err != nil {
		return nil, err
	}
	if no := firstNo(rs, a.DeclinedBy); no != nil && c.at.Before(no.At) {
		return nil, notYet(c.at, followed{at: no.At, what: no.ID.String() + ", in which they declined"})
	}
	held := r.HeldAt
	for _, m := range rs {
		m.Closing, m.NotRequired = a.closing(c, m), nil
	}
	if a.CarerInformation != "" {
		rs[0].CarerTold = append(rs[0].CarerTold, CarerTold{Text: a.CarerInformation, Places: a.CarerPlaces, People: a.CarerPeople, By: c.by, At: c.at})
	}
	out, err := c.end(rs, a.Name(), a.As, a.Text)
	if err == nil && held != 0 {
		out.Warnings = append(out.Warnings, fmt.Sprintf("the interview of %s was held %s, and its record stays: if it was not, or was another child’s, take that back too (interview.unheld)", r.ID, held))
	}
	return out, err
}

// declined refuses a closing as declined by somebody who was never asked: an attempt says that they declined (DOMAIN §4).
func declined(rs []*Referral, by string) error {
	if by == "" {
		return nil
	}
	if firstNo(rs, by) != nil {
		return nil
	}
	if firstNo(rs, WithChild) == nil && firstNo(rs, WithCarer) == nil {
		return nobodyDeclined(rs[0])
	}
	return invalid("declined_by", "no attempt on %s says that the %s declined: log first when they were asked and said no, or choose who did", rs[0].ID, by)
}

// firstNo is the attempt in which the child or the carer declined first; nil where none did.
func firstNo(rs []*Referral, by string) (first *Attempt) {
	for _, r := range rs {
		for i := range r.Attempts {
			if at := &r.Attempts[i]; at.Reached() && at.Result == ResultDeclined && at.With == by && (first == nil || at.At.Before(first.At)) {
				first = at
			}
		}
	}
	return first
}

// WhoDeclined are those who declined in an attempt on one of the referrals: who may be said to have when it is closed so.
func WhoDeclined(rs ...*Referral) []string {
	var out []string
	for _, by := range []string{WithChild, WithCarer} {
		if declined(rs, by) == nil {
			out = append(out, by)
		}
	}
	return out
}

func nobodyDeclined(r *Referral) error {
	return invalid("declined_by", "no attempt on %s says that anybody declined: log first when the child or the carer was asked and said no", r.ID)
}

// WhyClose says why a referral may not be closed in one of the ways as it stands: what [Why] says of referral.close, and what
// that way asks for.
func WhyClose(r Reader, ref *Referral, as Stage) error {
	if err := Why(r, new(Close).Name(), ref); err != nil {
		return err
	}
	if err := mayCloseAs(ref, ref.StageOn(DateOf(r.Now())), as); err != nil || ref.Cluster != 0 || !ClosingSaysWho(as) {
		return err // what was said to another member counts for all: the act looks there
	}
	if refusals(ref.Attempts) == 0 {
		return nobodyDeclined(ref)
	}
	return nil
}

// mayCloseAs refuses a way of closing that is only for a referral whose interview is the next step.
func mayCloseAs(ref *Referral, is, as Stage) error {
	if how := as.row().closing; how == nil || how.anyOpen {
		return nil
	}
	return inStage(ref.ID, is, "it can be closed as "+as.Words(), outstandingStages())
}

// closing is what one referral keeps of it.
func (a *Close) closing(c *decision, r *Referral) *Closing {
	cl := &Closing{As: a.As, Text: a.Text, By: c.by, At: c.at, DeclinedBy: a.DeclinedBy}
	for _, at := range r.Attempts {
		if at.Reached() {
			cl.Asked++
		}
	}
	for _, name := range ClosingSteps(a.As) {
		if cl.Steps == nil {
			cl.Steps = map[string]string{}
		}
		cl.Steps[name] = a.step(name).WhyNot
		if to := a.step(name).To; to != "" {
			cl.HelplineTo = to
		}
	}
	return cl
}
