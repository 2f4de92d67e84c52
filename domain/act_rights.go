package domain

// right is how far a role may go with an act.
type right int

const (
	no  right = iota
	own       // only on what is theirs: ownCheck says what that means for the act
	yes
)

// otherRights are rights to what is no act: it changes nothing, but it is a copy that leaves and is recorded as one
// ([MayCopy], [MayTakeOut]).
func otherRights() map[string]actRow {
	return map[string]actRow{
		Clipboard:           {coordinator: yes, practitioner: yes, supervisor: yes},
		string(PaperCopy):   {coordinator: yes, practitioner: own, supervisor: yes},
		string(PaperForm):   {coordinator: yes, practitioner: own, supervisor: yes},
		string(PaperLetter): {coordinator: yes, practitioner: own, supervisor: yes},
	}
}

// rightFor says how far a role may go with an act, or with what is none, by its name.
func rightFor(act string, r Role) right {
	row := rowOf(act)
	if row.new == nil {
		other := otherRights()[act]
		row = &other
	}
	switch r {
	case Coordinator:
		return row.coordinator
	case Practitioner:
		return row.practitioner
	case Supervisor:
		return row.supervisor
	case Auditor:
		return no
	}
	return no
}

// ownAct is an act that itself says whether its target is the actor's own.
type ownAct interface {
	// own gives a Forbidden refusal where it is not.
	own(r Reader, target Record, actor Actor) error
}

// forbidder is an act that a role may do in part only, which its fields alone show.
type forbidder interface {
	// forbids gives a Forbidden refusal where the act goes further than the actor may.
	forbids(actor Actor) error
}

// ownCheck refuses what is not the actor's own: an act's own rule where it has one, else the referral must be assigned
// to them (DOMAIN §12).
func ownCheck(w Reader, a Act, target Record, actor Actor) error {
	if o, ok := a.(ownAct); ok {
		return o.own(w, target, actor)
	}
	if r, ok := target.(*Referral); ok {
		return ownReferral(w, r, actor)
	}
	return nil
}

// May says whether a role may take an act ("import.row" is taking files in), and whether on its own only.
func (r Role) May(act string) (onlyOwn, ok bool) {
	v := rightFor(act, r)
	return v == own, v != no
}

// MayAudit refuses who may not read the audit log (DOMAIN §12): it is for supervisors and auditors.
func MayAudit(a Actor) error {
	if a.Role == Supervisor || a.Role == Auditor {
		return nil
	}
	return forbidden("the audit log is for supervisors and auditors; %s is %s", a.Name, a.Role.A())
}

// MayReview says whether somebody may see the review: supervisors act on it, auditors read it. It gives a Forbidden refusal.
func MayReview(a Actor) error {
	if a.Role == Supervisor || a.Role == Auditor {
		return nil
	}
	return forbidden("the review is for supervisors: %s may not see it", a.Role.A())
}

// MayResetLock refuses who may not take away a lock code that its person has forgotten: it is for supervisors. Their own another
// supervisor takes away, where there is one: somebody who finds a dashboard left open must not choose its person's code.
func MayResetLock(s *Settings, day Date, a Actor, login string) error {
	_, known := s.User(login)
	switch {
	case a.Role != Supervisor:
		return forbidden("a lock code is reset by a supervisor; %s is %s", a.Name, a.Role.A())
	case !known && login != a.Login:
		return notFound("login", "there is nobody called %q in the configuration", login)
	case login != a.Login:
		return nil
	}
	for _, u := range s.Users {
		if u.Login != a.Login && u.Role == Supervisor && !u.Left(day) {
			return forbidden("your own lock code is reset by another supervisor, %s for one", s.PersonName(u.Login))
		}
	}
	return nil
}
