package domain

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// SaveInterview keeps what was written of a record, at any point, before the interview was held too. Only the answers
// named change; each author's text stays attributed (DOMAIN §6).
type SaveInterview struct {
	Referral string                     `json:"referral"`
	Record   map[string]json.RawMessage `json:"record"`
}

// Name of the act.
func (a *SaveInterview) Name() string { return "interview.save" }

func (a *SaveInterview) shape(*Settings, time.Time) error {
	if err := need("referral", a.Referral); err != nil {
		return err
	}
	if len(a.Record) == 0 {
		return invalid("record", "is required: sections with their fields, as the record is printed as JSON")
	}
	_, err := readSheet(a.Record, func(ref string) (string, error) { return ref, nil })
	return err
}

// target is the record where there is one, so that a version is the record's; else the referral.
func (a *SaveInterview) target(w Reader) (Record, error) {
	t, err := readReferral(w, a.Referral)
	if err != nil {
		return nil, err
	}
	if r := t.(*Referral); r.Interview != 0 {
		v, err := w.Interview(r.Interview)
		if err != nil {
			return nil, err
		}
		if v == nil {
			return nil, NotThere(r.Interview, r.ID)
		}
		return v, nil
	}
	return t, nil
}

// own: the referral is theirs, also where its record is in another's hand (DOMAIN §12).
func (a *SaveInterview) own(r Reader, t Record, actor Actor) error {
	if v, ok := t.(*Interview); ok && v.HeldAt != 0 && v.owns(r.Settings(), actor.Login) {
		return nil // who held it writes it, also where somebody else has the referral
	}
	ref, err := recordsReferral(r, t)
	if a.Referral != "" { // the one it names, of several
		if t, err = readReferral(r, a.Referral); err == nil {
			ref = t.(*Referral)
		}
	}
	if err != nil || ref == nil {
		return err
	}
	return ownReferral(r, ref, actor)
}

func (a *SaveInterview) decide(c *decision, _ Record) (*Outcome, error) {
	t, err := readReferral(c, a.Referral)
	if err == nil {
		err = MayOpen(c, t)
	}
	if err != nil {
		return nil, err
	}
	rs, err := c.affectedReferrals(t)
	if err != nil {
		return nil, err
	}
	r := rs[0]
	if err := recordUnsubmitted(c, r); err != nil { // of the one it names: others may have the record still
		return nil, err
	}
	before := r.Stage.BeforeInterview() // the others' may have been held without this one
	rs = slices.DeleteFunc(rs, func(m *Referral) bool { return m.Stage.BeforeInterview() != before })
	v, err := c.interviewOf(rs)
	if err != nil {
		return nil, err
	}
	changes, err := readSheet(a.Record, func(ref string) (string, error) {
		rec, err := readEpisode(c, ref)
		if err != nil {
			return "", atField(err, "record.episodes."+ref)
		}
		if id := rec.RecordID(); slices.Contains(v.Episodes, id) {
			return id.String(), nil
		}
		return "", invalid("record.episodes."+ref, "the interview of %s does not cover %s", r.ID, ref)
	})
	if err != nil {
		return nil, err
	}
	if err := datePlan(changes, &v.Sheet, c.at.Time()); err != nil {
		return nil, err
	}
	n := v.write(c.by, changes)
	if n == 0 && v.Version != 0 {
		return nil, invalid("record", "nothing is changed: the record says so already")
	}
	v.SavedAt = c.at
	out := &Outcome{Named: v.ID, Summary: fmt.Sprintf("saved the record of %s: %d answers", r.ID, n)}
	out.put(v)
	for _, m := range rs {
		if m.Interview != v.ID && slices.Contains(v.Referrals, m.ID) {
			m.Interview = v.ID
			out.put(m)
		}
	}
	return out, nil
}

// datePlan makes days and times of what a plan's actions say they are due by, once, when they are said: "Fri" is another day a
// week later. What the record has already stays.
func datePlan(changes []SheetChange, sheet *Sheet, now time.Time) error {
	for i, ch := range changes {
		if ch.Section != "plan" || ch.Field != "actions" {
			continue
		}
		said := map[string]bool{"": true}
		for _, r := range sheet.Get(ch.Episode, ch.Section, ch.Field).Rows {
			said[r["due"]] = true
		}
		for j, r := range ch.After.Rows {
			if said[r["due"]] {
				continue
			}
			day, err := Dated(r["due"], now)
			if err != nil {
				return invalid("record.plan.actions", "row %d: by %q %v", j+1, r["due"], err)
			}
			r["due"] = day
		}
		changes[i] = ch
	}
	return nil
}

// write puts answers into the sheet and says how many changed.
func (v *Interview) write(by string, changes []SheetChange) (n int) {
	for _, ch := range changes {
		if v.Sheet.Get(ch.Episode, ch.Section, ch.Field).Equal(ch.After) {
			continue
		}
		n++
		v.Sheet.set(ch.Episode, ch.Section, ch.Field, ch.After)
		switch {
		case by == v.Owner || ch.After.Blank():
			delete(v.Authors, ch.key())
		default:
			if v.Authors == nil {
				v.Authors = map[string]string{}
			}
			v.Authors[ch.key()] = by
		}
	}
	return n
}

// ofInterview gives working copies of the referrals an interview covers.
func (c *decision) ofInterview(v *Interview) ([]*Referral, error) {
	var out []*Referral
	for _, id := range v.Referrals {
		r, err := c.Referral(id)
		if err != nil {
			return nil, err
		}
		if r == nil {
			return nil, NotThere(id, v.ID)
		}
		if r.Interview == v.ID {
			out = append(out, c.working(r))
		}
	}
	if out == nil {
		return nil, fmt.Errorf("no referral of %s is there: run homeward check", v.ID)
	}
	return out, nil
}

// ownReferral refuses what is neither assigned nor booked to the actor (DOMAIN §12).
func ownReferral(w Reader, r *Referral, actor Actor) error {
	if r.owns(actor.Login) {
		return nil
	}
	if r.AssignedTo == "" {
		return forbidden("%s is with nobody: take it first", r.ID)
	}
	return forbidden("%s is with %s: %s may do this on their own referrals only", r.ID, w.Settings().PersonName(r.AssignedTo), actor.Role.A())
}

// ownInterview refuses where neither the record nor its referral is the actor's.
func ownInterview(w Reader, t Record, actor Actor) error {
	v := t.(*Interview)
	if v.owns(w.Settings(), actor.Login) {
		return nil
	}
	refs, err := referralsOf(w, v)
	if err != nil {
		return err
	}
	for _, r := range refs {
		if r.owns(actor.Login) {
			return nil
		}
	}
	if refs != nil {
		return ownReferral(w, refs[0], actor)
	}
	return forbidden("the record is with %s", cmp.Or(w.Settings().PersonName(v.Owner), "nobody"))
}

// SubmitInterview hands the record to somebody else's sign-off and raises what the plan asks for (DOMAIN §6, §7).
type SubmitInterview struct {
	Interview string `json:"interview"`
}

// Name of the act.
func (a *SubmitInterview) Name() string { return "interview.submit" }

func (a *SubmitInterview) shape(*Settings, time.Time) error { return need("interview", a.Interview) }
func (a *SubmitInterview) target(w Reader) (Record, error)  { return readInterview(w, a.Interview) }

func (a *SubmitInterview) own(w Reader, t Record, actor Actor) error {
	return ownInterview(w, t, actor)
}

func (a *SubmitInterview) decide(c *decision, t Record) (*Outcome, error) {
	v := t.(*Interview).Clone()
	rs, err := c.ofInterview(v)
	if err != nil {
		return nil, err
	}
	if missing := v.Missing(); missing != nil {
		var names []string
		for _, m := range missing {
			names = append(names, m.Section+"."+m.Field)
		}
		return nil, invalid("record", "%s is blank: answer it, or say %s or %s", strings.Join(names, ", "), NotAsked, NotSaid)
	}
	v.SubmittedBy, v.SubmittedAt = c.by, c.at
	v.Versions = append(v.Versions, SheetVersion{Sheet: v.Sheet.Clone(), By: c.by, At: c.at})
	out := &Outcome{Named: v.ID, Summary: fmt.Sprintf("submitted the record of %s for sign-off", rs[0].ID)}
	out.put(v)
	for _, r := range rs {
		if r.Stage == StageToWriteUp {
			c.step(r, a.Name(), StageToSignOff, "")
			out.put(r)
		}
	}
	list, err := c.planned(v)
	if err != nil {
		return nil, err
	}
	return out, c.raiseFor(v, rs[0], out, list...)
}

// planned are the follow-ups that submitting raises (DOMAIN §7): the actions of the plan, each as its kind, and those that
// go with any record.
func (c *decision) planned(v *Interview) ([]raised, error) {
	var list []raised
	for _, a := range v.Sheet.Get("", "plan", "actions").Rows {
		text := a["text"]
		if w := a["for_whom"]; w != "" {
			text += " (for " + w + ")"
		}
		x := raised{Kind: cmp.Or(a["kind"], FollowOther), Text: cmp.Or(text, Words(a["kind"])), turn: planTurn}
		if x.Owner = c.personNamed(a["owner"]); x.Owner == "" && a["owner"] != "" {
			x.Text += " (" + a["owner"] + ")" // somebody outside the team does it, the owner here sees to it
		}
		if s, err := readSpoken(a["due"], c.Now(), Future); err == nil { // saved as a day or time, which may be past by now
			x.Due = s.due()
		}
		list = append(list, x)
	}
	var standing careStanding
	for _, id := range v.Episodes {
		e, err := c.Episode(id)
		if err != nil {
			return nil, err
		}
		if e != nil && (openToCare(e.Status) || e.IsLookedAfter()) {
			standing.open = true
		}
	}
	list = append(list, c.raisedBy(bySubmitting, v, standing)...)
	slices.SortStableFunc(list, func(a, b raised) int { return cmp.Compare(a.turn, b.turn) })
	return list, nil
}

// raisedBy are the follow-ups that a step of an interview raises by itself.
func (c *decision) raisedBy(step raisedBy, v *Interview, standing careStanding) []raised {
	var out []raised
	for _, k := range followUpKinds {
		if k.raised == step && (k.when == nil || k.when(v, standing)) {
			out = append(out, raised{Kind: k.kind, Text: k.text(c.Settings().Policy), turn: k.turn})
		}
	}
	return out
}

// handOver gives what the former holder of referrals had because of them to the person they are with now: the meeting that is
// arranged, the open follow-ups, an unfinished record, in which what was written stays attributed to its author (DOMAIN §4, §6).
func (c *decision) handOver(rs []*Referral, former, to string, out *Outcome) error {
	if former == "" || former == to {
		return c.handRecord(rs[0], to, out)
	}
	c.handMeeting(rs, former, to, out)
	fus, err := c.FollowUpsOf(rs[0].Child)
	if err != nil {
		return err
	}
	for _, f := range fus {
		of := slices.ContainsFunc(rs, func(r *Referral) bool { return f.Referral == r.ID || f.Interview != 0 && f.Interview == r.Interview })
		if of && f.Owner == former && f.Open() {
			f = f.Clone()
			f.Owner = to
			out.put(f)
		}
	}
	return c.handRecord(rs[0], to, out)
}

// handMeeting gives the meeting that is arranged for referrals with one interview to somebody.
func (c *decision) handMeeting(rs []*Referral, former, to string, out *Outcome) {
	for _, r := range rs {
		if b := r.Booking(); b != nil && b.Interviewer == former {
			b.Interviewer, b.Role, b.Reach = to, "", ""
			if r == rs[0] {
				out.Warnings = append(out.Warnings, fmt.Sprintf("the meeting of %s on %s stands, with %s now: tell who expects it", r.ID, b.When, c.Settings().PersonName(to)))
			}
		}
	}
}

// handRecord gives an unfinished record to somebody.
func (c *decision) handRecord(r *Referral, to string, out *Outcome) error {
	if r.Interview == 0 || !r.Stage.BeforeInterview() && r.Stage != StageToWriteUp {
		return nil
	}
	v, err := c.Interview(r.Interview)
	if err != nil || v == nil || v.Owner == to {
		return err
	}
	v = v.Clone()
	v.handTo(to)
	out.put(v)
	return nil
}

// handTo makes a record somebody's; each author's text stays attributed.
func (v *Interview) handTo(to string) {
	authors := map[string]string{}
	for _, ch := range v.Sheet.Changes(Sheet{}) {
		if who := v.author(ch); who != to {
			authors[ch.key()] = who
		}
	}
	v.Owner, v.Authors = to, authors
}
