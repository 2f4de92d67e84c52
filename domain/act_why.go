package domain

import (
	"errors"
	"slices"
)

// Why says why an act may not be done to a record as it stands, whatever else is said in the act: who asks, whose the record
// is (DOMAIN §12), and what must hold of it. It is nil where it may; else a refusal, or the Reader's error where something
// could not be read. [Decide] asks the same in the same order, so that a menu and the act itself give one answer.
func Why(r Reader, act string, t Record) error {
	actor := r.Actor()
	right, err := mayAtAll(act, actor)
	if err != nil {
		return err
	}
	row := rowOf(act)
	if right == own && row.new != nil && t != nil {
		if err := ownCheck(r, row.new(), t, actor); err != nil {
			return err
		}
	}
	if err := mayDecide(r, act, t); err != nil {
		return err
	}
	return row.holds(r, t)
}

// MayAtAll refuses an act that somebody in the actor's role may not do to anything, with Forbidden.
func MayAtAll(act string, actor Actor) error {
	_, err := mayAtAll(act, actor)
	return err
}

// mayAtAll refuses what an actor's role may not do to anything, and says how far it may go.
func mayAtAll(act string, actor Actor) (right, error) {
	v := rightFor(act, actor.Role)
	switch {
	case v != no:
		return v, nil
	case isImport(act):
		return no, forbidden("%s may not take files in", actor.Role.A())
	}
	return no, forbidden("%s may not do %s", actor.Role.A(), act)
}

// holds refuses an act whose record is not as it must be for it.
func (row *actRow) holds(r Reader, t Record) error {
	if ref, ok := t.(*Referral); ok && row.stages != nil {
		if err := inStage(ref.ID, ref.StageOn(DateOf(r.Now())), row.only, row.stages()); err != nil {
			return err
		}
	}
	if row.why != nil {
		return row.why(r, t)
	}
	return nil
}

// inStage refuses a step in the wrong stage: it says which stage it is in, and what would help (DOMAIN §4).
func inStage(id ID, is Stage, only string, stages []Stage) error {
	if slices.Contains(stages, is) {
		return nil
	}
	if slices.Equal(stages, openStages()) {
		help := ""
		if is.Ended() {
			help = "; reopen it first"
		}
		return invalid("referral", "%s is %s: %s only while it is open%s", id, is.Words(), only, help)
	}
	if slices.Equal(stages, endedStages()) {
		return invalid("referral", "%s is %s: %s only once it ended without an interview", id, is.Words(), only)
	}
	var words []string
	for _, s := range stages {
		words = append(words, s.Words())
	}
	return invalid("referral", "%s is %s: %s only while it is %s", id, is.Words(), only, orList(words))
}

// openFollowUp refuses a follow-up that was done or dropped, and says what became of it.
func openFollowUp(r Reader, t Record) error {
	f, ok := t.(*FollowUp)
	switch {
	case !ok || f.Open():
		return nil
	case f.Dropped != nil:
		return invalid("followup", "%s was dropped by %s on %s", f.ID, r.Settings().PersonAt(f.Dropped.By, f.Dropped.At), f.Dropped.At)
	}
	return invalid("followup", "%s was done by %s on %s", f.ID, r.Settings().PersonAt(f.DoneBy, f.DoneAt), f.DoneAt)
}

// plannedFollowUp refuses what is for a follow-up with a time of its own: an urgent one is passed on.
func plannedFollowUp(r Reader, t Record) error {
	if err := openFollowUp(r, t); err != nil {
		return err
	}
	if f, ok := t.(*FollowUp); ok && f.Kind == FollowUrgent {
		return invalid("followup", "%s is urgent and cannot wait: say to whom it was passed on", f.ID)
	}
	return nil
}

// changeableCluster refuses to change who belongs to a cluster that was broken up or whose interview was held.
func changeableCluster(r Reader, t Record) error {
	switch cl, ok := t.(*Cluster); {
	case !ok:
		return nil
	case !cl.Stands():
		return invalid("cluster", "%s was broken up by %s at %s", cl.ID, r.Settings().PersonAt(cl.BrokenUp.By, cl.BrokenUp.At), cl.BrokenUp.At)
	case cl.HeldAt != 0:
		return invalid("cluster", "the interview of %s was held %s: who belongs to it stays", cl.ID, cl.HeldAt)
	}
	return nil
}

// memberToSpare refuses to take the last one out of a cluster, beside what no cluster can be changed for.
func memberToSpare(r Reader, t Record) error {
	if err := changeableCluster(r, t); err != nil {
		return err
	}
	cl, ok := t.(*Cluster)
	if !ok || len(cl.Members) != 1 {
		return nil
	}
	name := cl.ID.String()
	for _, m := range cl.Members {
		e, err := r.Episode(m.Episode)
		if err != nil {
			return err
		}
		if name = m.Episode.String(); e != nil {
			name = e.ShownRef()
		}
	}
	return invalid("episode", "%s is the last member of %s: break it up instead", name, cl.ID)
}

// somethingNew refuses to have seen what changed where nothing did.
func somethingNew(r Reader, t Record) error {
	ref, ok := t.(*Referral)
	if !ok || ref.Moved != nil {
		return nil
	}
	e, err := r.Episode(ref.Episode)
	if err != nil {
		return err
	}
	if e == nil || e.Told == nil {
		return invalid("referral", "%s has nothing new to see", ref.ID)
	}
	return nil
}

// withEpisode gives a referral with its episode; nil for a record of another kind, and where the episode is not there.
func withEpisode(r Reader, t Record) (*Referral, *Episode, error) {
	ref, ok := t.(*Referral)
	if !ok {
		return nil, nil, nil
	}
	e, err := r.Episode(ref.Episode)
	return ref, e, err
}

// ofNoDuplicate refuses to take up the referral of an episode that is a duplicate of another.
func ofNoDuplicate(r Reader, t Record) error {
	ref, e, err := withEpisode(r, t)
	if err != nil {
		return err
	}
	if e != nil && e.DuplicateOf != 0 {
		return invalid("referral", "%s is of a duplicate of %s, and no interview of its own is owed", ref.ID, e.DuplicateOf)
	}
	return nil
}

// ofTheLocated refuses to take up the referral of an episode whose return was taken back: the child is missing, and no interview is
// owed until they are found or back, which raises it again.
func ofTheLocated(r Reader, t Record) error {
	ref, e, err := withEpisode(r, t)
	if err != nil {
		return err
	}
	if e != nil && !e.Located() {
		return invalid("referral", "the return of %s was taken back: record when the child was found or came back (episode.edit), which raises %s again", e.ShownRef(), ref.ID)
	}
	return nil
}

// heldInterview refuses what comes after an interview that was not held.
func heldInterview(_ Reader, t Record) error {
	if v, ok := t.(*Interview); ok && v.HeldAt == 0 {
		return invalid("interview", "the interview was not held yet: record that first")
	}
	return nil
}

// unsigned refuses what may be done to an interview only while nobody has signed its record off.
func unsigned(r Reader, t Record) error {
	if v, ok := t.(*Interview); ok && v.SignedAt != 0 {
		return invalid("interview", "its record was signed off by %s on %s: what was signed stays", r.Settings().PersonAt(v.SignedBy, v.SignedAt), v.SignedAt)
	}
	return nil
}

// recordIn refuses a step with an interview's record while its referral is in another stage.
func recordIn(stage Stage, only string) func(r Reader, t Record) error {
	return func(r Reader, t Record) error {
		v, ok := t.(*Interview)
		if !ok {
			return nil
		}
		refs, err := referralsOf(r, v)
		if err != nil || refs == nil || slices.ContainsFunc(refs, func(ref *Referral) bool { return ref.Stage == stage }) {
			return err
		}
		of := refs[0]
		for _, ref := range refs {
			if of.Stage.Ended() && !ref.Stage.Ended() {
				of = ref // one that was withdrawn speaks for none of the others
			}
		}
		return inStage(of.ID, of.Stage, only, []Stage{stage})
	}
}

// ofItsOwn refuses what is for a record that another one took in.
func ofItsOwn(_ Reader, t Record) error {
	if v, ok := t.(*Interview); ok && v.Into != 0 {
		return invalid("interview", "%s was taken into %s when the two became one interview: name %s", v.ID, v.Into, v.Into)
	}
	return nil
}

// all asks one precondition after the other.
func all(asked ...func(r Reader, t Record) error) func(r Reader, t Record) error {
	return func(r Reader, t Record) error {
		for _, why := range asked {
			if err := why(r, t); err != nil {
				return err
			}
		}
		return nil
	}
}

// recordUnsubmitted refuses to write a record that was submitted, or whose referral ended without an interview.
func recordUnsubmitted(r Reader, t Record) error {
	ref, err := recordsReferral(r, t)
	if err != nil || ref == nil || written(r, ref) {
		return err
	}
	return invalid("referral", "%s is %s: its record is written until it is submitted", ref.ID, ref.StageOn(DateOf(r.Now())).Words())
}

// written says that the record of a referral's interview is still being written.
func written(r Reader, ref *Referral) bool {
	s := ref.StageOn(DateOf(r.Now()))
	return s.BeforeInterview() || s == StageToWriteUp
}

// recordsReferral is the referral whose record is meant: the record in hand itself, or of those an interview is for one whose
// record is still being written, else the first. It is nil for a record of another kind, and where none is there.
func recordsReferral(r Reader, t Record) (*Referral, error) {
	v, ok := t.(*Interview)
	if !ok {
		ref, _ := t.(*Referral)
		return ref, nil
	}
	refs, err := referralsOf(r, v)
	if err != nil || refs == nil {
		return nil, err
	}
	for _, ref := range refs {
		if written(r, ref) {
			return ref, nil
		}
	}
	return refs[0], nil
}

// referralsOf reads the referrals an interview is for that still have it as their own.
func referralsOf(r Reader, v *Interview) ([]*Referral, error) {
	var out []*Referral
	for _, id := range v.Referrals {
		ref, err := r.Referral(id)
		if err != nil {
			return nil, err
		}
		if ref != nil && ref.Interview == v.ID {
			out = append(out, ref)
		}
	}
	return out, nil
}

// Target reads the record an act names as it stands; nil for an act that names none, and where there is none.
func Target(r Reader, a Act) (Record, error) {
	t, err := a.target(r)
	var refused *Refusal
	if errors.As(err, &refused) {
		return nil, nil
	}
	return t, err
}
