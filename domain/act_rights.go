package domain

// right is how far a role may go with an act.
type right int

const (
	no  right = iota
	own       // only on what is theirs: ownCheck says what that means for the act
	yes
)

// rightsOf is DOMAIN §12's table, an act a line: coordinator, practitioner, supervisor, auditor.
func rightsOf(act string) (coordinator, practitioner, supervisor, auditor right) {
	switch act {
	case "referral.new", "import.begin", "import.row", "import.end", "child.edit", "flag.set", "flag.clear", "child.join", "child.different",
		"episode.duplicate", "cluster.accept", "cluster.dismiss", "cluster.add", "cluster.leave_out", "cluster.break_up", "intelligence.merge", "referral.accept", "referral.responsible", "referral.not_required", "referral.reopen":
		return yes, no, yes, no
	case "episode.edit": // a practitioner may record a return: ownCheck looks at the columns
		return yes, own, yes, no
	case "contact.log", "followup.add", "referral.note", "referral.seen", Clipboard: // [MayCopy]
		return yes, yes, yes, no
	case "contact.strike": // the attempt one entered oneself, in every role
		return own, own, own, no
	case "referral.answer": // whoever was asked, or a supervisor
		return own, own, yes, no
	case "referral.assign": // a practitioner may take an unassigned one
		return yes, own, yes, no
	case "referral.book", "referral.missed", "referral.chase", "referral.late", "referral.close":
		return yes, own, yes, no
	case "referral.sign_off": // not who decided: ownCheck
		return no, no, own, no
	case "followup.done", "followup.redate", "followup.drop": // own or its owner; an urgent one anybody passes on
		return yes, own, yes, no
	case "interview.held", "interview.save", "interview.submit":
		return own, own, yes, no
	case "interview.share", string(PaperCopy), string(PaperForm), string(PaperLetter): // [MayTakeOut]
		return yes, own, yes, no
	case "interview.approve", "interview.send_back": // neither interviewer nor submitter: ownCheck
		return no, no, own, no
	case "undo": // own change
		return own, own, own, no
	}
	return no, no, no, no
}

func rightOf(a Act, r Role) right { return rightFor(a.Name(), r) }

func rightFor(act string, r Role) right {
	c, p, s, au := rightsOf(act)
	switch r {
	case Coordinator:
		return c
	case Practitioner:
		return p
	case Supervisor:
		return s
	case Auditor:
		return au
	}
	return no
}

// ownAct is an act that itself says whether its target is the actor's own.
type ownAct interface {
	// own gives a Forbidden refusal where it is not.
	own(w World, target Record, actor Actor) error
}

// forbidder is an act that a role may do in part only, which its fields alone show.
type forbidder interface {
	// forbids gives a Forbidden refusal where the act goes further than the actor may.
	forbids(actor Actor) error
}

// ownCheck refuses what is not the actor's own: an act's own rule where it has one, else the referral must be assigned
// to them (DOMAIN §12).
func ownCheck(w World, a Act, target Record, actor Actor) error {
	if o, ok := a.(ownAct); ok {
		return o.own(w, target, actor)
	}
	if r, ok := target.(*Referral); ok && r.AssignedTo != actor.Login {
		holder := "assigned to nobody"
		if r.AssignedTo != "" {
			holder = "assigned to " + w.Settings().PersonName(r.AssignedTo)
		}
		return forbidden("%s is %s: %s may do this on their own referrals only", r.ID, holder, actor.Role.A())
	}
	return nil
}

// May says whether a role may take an act ("import.row" is taking files in), and whether on its own only.
func (r Role) May(act string) (onlyOwn, ok bool) {
	v := rightFor(act, r)
	return v == own, v != no
}

// Rights lists the acts a role may take in any way: the act's name and whether only on one's own.
func Rights(r Role) map[string]bool {
	out := map[string]bool{}
	for _, a := range append(ActNames(), "import.row") {
		if own, ok := r.May(a); ok {
			out[a] = own
		}
	}
	return out
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

// Why says why an act may not be done to a record as it stands, whatever is said in the act: whose act it is and whose the
// record is (DOMAIN §12). It is nil where it may; its errors are Forbidden refusals, and the Reader's where that could not
// be read. Decide asks the same.
func Why(r Reader, act string, t Record) error {
	actor := r.Actor()
	switch rightFor(act, actor.Role) {
	case no:
		return forbidden("%s may not do %s", actor.Role.A(), act)
	case own:
		return ownCheck(unnumbered{r}, newAct(act), t, actor)
	}
	return nil
}
