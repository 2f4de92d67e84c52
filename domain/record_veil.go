package domain

import "slices"

// Veiled is what somebody who may not see a restricted child's record is given in its place: that it is there, whose the work
// is and by when, and nothing of the child. Each kind says what stays; a field that is added is hidden until somebody says
// otherwise. A record of no child is given as it is.
func Veiled(t Record) Record {
	switch t := t.(type) {
	case *Child:
		return t.veiled()
	case *Episode:
		return t.veiled()
	case *Referral:
		return t.veiled()
	case *Cluster:
		return t.veiled()
	case *Interview:
		return t.veiled()
	case *FollowUp:
		return t.veiled()
	}
	return t
}

func (c *Child) veiled() *Child {
	n := &Child{ID: c.ID, Version: c.Version, Made: c.Made, JoinedTo: c.JoinedTo, Joined: slices.Clone(c.Joined), Hidden: true, Born: c.DOB}
	if d := c.Died; d != nil { // nobody rings or writes
		n.Died = &Death{On: d.On, By: d.By, At: d.At}
	}
	if r := c.Restricted; r != nil {
		n.Restricted = &Restriction{To: slices.Clone(r.To), By: r.By, At: r.At}
	}
	return n
}

func (e *Episode) veiled() *Episode {
	n := &Episode{ID: e.ID, Version: e.Version, Child: e.Child, History: e.History, Referral: e.Referral,
		MissingAt: e.MissingAt, ReportedAt: e.ReportedAt, FoundAt: e.FoundAt, ReturnedAt: e.ReturnedAt, NotifiedAt: e.NotifiedAt,
		Made: e.Made, Import: e.Import, DuplicateOf: e.DuplicateOf}
	if d := e.Ended; d != nil {
		n.Ended = &Ending{How: d.How, On: d.On, By: d.By, At: d.At}
	}
	return n
}

func (r *Referral) veiled() *Referral {
	n := &Referral{ID: r.ID, Version: r.Version, Child: r.Child, Episode: r.Episode, Stage: r.Stage, Made: r.Made,
		EverAccepted: r.EverAccepted, Responsible: r.Responsible, AssignedTo: r.AssignedTo,
		HeldAt: r.HeldAt, SignedAt: r.SignedAt, SharedAt: r.SharedAt, Cluster: r.Cluster, Interview: r.Interview, NotShared: r.NotShared}
	for _, a := range r.Attempts {
		n.Attempts = append(n.Attempts, a.veiled())
	}
	for _, b := range r.Bookings {
		n.Bookings = append(n.Bookings, Booking{When: b.When, Interviewer: b.Interviewer, By: b.By, At: b.At,
			Outcome: b.Outcome, OutcomeBy: b.OutcomeBy, OutcomeAt: b.OutcomeAt})
	}
	for _, c := range r.Chases {
		n.Chases = append(n.Chases, Chase{By: c.By, At: c.At})
	}
	for _, d := range r.Decisions {
		n.Decisions = append(n.Decisions, Decision{Act: d.Act, From: d.From, To: d.To, By: d.By, At: d.At})
	}
	if v := r.NotRequired; v != nil {
		n.NotRequired = &NotRequired{LookAgainOn: v.LookAgainOn, By: v.By, At: v.At, SignedBy: v.SignedBy, SignedAt: v.SignedAt}
	}
	if v := r.Closing; v != nil {
		n.Closing = &Closing{As: v.As, By: v.By, At: v.At, SignedBy: v.SignedBy, SignedAt: v.SignedAt}
	}
	if v := r.LateReason; v != nil { // that one was given
		n.LateReason = &LateReason{By: v.By, At: v.At}
	}
	return n
}

// veiled keeps what the clocks are met by.
func (a Attempt) veiled() Attempt {
	return Attempt{ID: a.ID, At: a.At, Way: a.Way, With: a.With, Result: a.Result, TryAgain: a.TryAgain, By: a.By, Logged: a.Logged,
		StruckBy: a.StruckBy, StruckAt: a.StruckAt}
}

func (c *Cluster) veiled() *Cluster {
	n := &Cluster{ID: c.ID, Version: c.Version, Child: c.Child, Members: slices.Clone(c.Members), By: c.By, At: c.At, HeldAt: c.HeldAt}
	for _, p := range c.Parted {
		n.Parted = append(n.Parted, Parted{ClusterMember: p.ClusterMember, How: p.How, By: p.By, At: p.At})
	}
	if b := c.BrokenUp; b != nil {
		n.BrokenUp = &BrokenUp{By: b.By, At: b.At}
	}
	return n
}

func (v *Interview) veiled() *Interview {
	return &Interview{ID: v.ID, Version: v.Version, Child: v.Child, Cluster: v.Cluster, Referrals: slices.Clone(v.Referrals),
		Episodes: slices.Clone(v.Episodes), Owner: v.Owner, By: v.By, At: v.At, HeldAt: v.HeldAt, HeldBy: v.HeldBy,
		Interviewer: v.Interviewer, SavedAt: v.SavedAt, SubmittedBy: v.SubmittedBy, SubmittedAt: v.SubmittedAt,
		SignedBy: v.SignedBy, SignedAt: v.SignedAt, Into: v.Into}
}

func (f *FollowUp) veiled() *FollowUp {
	n := &FollowUp{ID: f.ID, Version: f.Version, Child: f.Child, Referral: f.Referral, Interview: f.Interview, Kind: f.Kind,
		Owner: f.Owner, Due: f.Due, By: f.By, At: f.At, DoneAt: f.DoneAt, DoneBy: f.DoneBy}
	for _, a := range f.Attempts {
		n.Attempts = append(n.Attempts, a.veiled())
	}
	for _, r := range f.Redates { // a missed week stays missed
		n.Redates = append(n.Redates, Redate{From: r.From, To: r.To, By: r.By, At: r.At})
	}
	if d := f.Dropped; d != nil {
		n.Dropped = &Dropped{By: d.By, At: d.At}
	}
	return n
}

// WithoutMentions is a noted thing as somebody sees it to whom some children are closed: what these said of it is left out, and
// its name, and why it was found to be another, where nobody else named it.
func (n *Noted) WithoutMentions(closed func(child ID) bool) *Noted {
	c := n.Clone()
	c.Mentions = slices.DeleteFunc(c.Mentions, func(m Mention) bool { return closed(m.Child) })
	if len(c.Mentions) == 0 {
		c.Name, c.MergedWhy = "", ""
	}
	return c
}

// WithoutOthers is a record of an open child without what it tells of a closed one: why an episode was moved there, or came from
// there. Where everybody may see both it is the record itself.
func WithoutOthers(t Record, read func(ID) (Record, error), closed func(child ID) (bool, error)) (Record, error) {
	episode := func(id ID) (*Episode, error) {
		is, err := read(id)
		e, _ := is.(*Episode)
		return e, err
	}
	// gone are those who parted because they are of a child that is closed.
	gone := func(list []Parted) (out []int, err error) {
		for i, p := range list {
			if p.Why == "" {
				continue
			}
			e, err := episode(p.Episode)
			if err != nil {
				return nil, err
			}
			if e == nil || e.Child == t.ChildID() {
				continue
			}
			hide, err := closed(e.Child)
			if err != nil {
				return nil, err
			}
			if hide {
				out = append(out, i)
			}
		}
		return out, nil
	}
	switch r := t.(type) {
	case *Cluster:
		hide, err := gone(r.Parted)
		if err != nil || hide == nil {
			return t, err
		}
		n := r.Clone()
		for _, i := range hide {
			if b := n.BrokenUp; b != nil && b.Why == n.Parted[i].Why { // the last to go
				n.BrokenUp = &BrokenUp{By: b.By, At: b.At}
			}
			n.Parted[i].Why = ""
		}
		return n, nil
	case *Interview:
		hide, err := gone(r.Parted)
		if err != nil || hide == nil {
			return t, err
		}
		n := r.Clone()
		for _, i := range hide {
			n.Parted[i].Why = ""
		}
		return n, nil
	case *Referral:
		return r.withoutFormer(episode, closed)
	}
	return t, nil
}

// withoutFormer hides the words with which a referral was moved, where a child its episode was thought to be of is closed.
func (r *Referral) withoutFormer(episode func(ID) (*Episode, error), closed func(child ID) (bool, error)) (Record, error) {
	moved := func(d Decision) bool { return d.Act == moveName && d.Why != "" }
	if !slices.ContainsFunc(r.Decisions, moved) {
		return r, nil
	}
	e, err := episode(r.Episode)
	if err != nil || e == nil {
		return r, err
	}
	for _, id := range e.MovedFrom {
		hide, err := closed(id)
		if err != nil {
			return r, err
		}
		if !hide {
			continue
		}
		n := r.Clone()
		for i := range n.Decisions {
			if moved(n.Decisions[i]) {
				n.Decisions[i].Why = "from another child"
			}
		}
		return n, nil
	}
	return r, nil
}
