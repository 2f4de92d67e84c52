package domain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// moving is one episode, with those found to be the same one, on its way from a child to another.
type moving struct {
	c        *decision
	why      string
	from, to *Child

	episodes  []*Episode
	referrals map[ID]*Referral // of these, by number
	goes      []string         // what goes along, in words
	warnings  []string

	changed map[ID]Record // working copies
	order   []ID          // of these, as they were met
}

// put keeps a working copy for the outcome.
func (m *moving) put(r Record) {
	if _, met := m.changed[r.RecordID()]; !met {
		m.order = append(m.order, r.RecordID())
	}
	m.changed[r.RecordID()] = r
}

func (m *moving) warn(format string, args ...any) {
	m.warnings = append(m.warnings, fmt.Sprintf(format, args...))
}

// along says in words what went with the episode, "" where nothing did.
func (m *moving) along() string {
	if m.goes == nil {
		return ""
	}
	return " with " + strings.Join(m.goes, ", ")
}

// take moves the episode, what was found to be the same one, and their referrals.
func (m *moving) take(e *Episode) error {
	all, err := m.c.EpisodesOf(m.from.ID)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.ID != e.ID && o.DuplicateOf != e.ID {
			continue
		}
		o = o.Clone()
		o.Child, o.Via, o.TakenToBe = m.to.ID, 0, false
		if !slices.Contains(o.MovedFrom, m.from.ID) {
			o.MovedFrom = append(o.MovedFrom, m.from.ID)
		}
		if o.ID != e.ID {
			m.goes = append(m.goes, "its duplicate "+o.ShownRef())
		} else if o.DuplicateOf != 0 {
			m.warn("%s is no duplicate of %s any more, which is of %s", o.ShownRef(), o.DuplicateOf, m.from.ShownRef())
			o.DuplicateOf, o.DuplicateBy, o.DuplicateAt, o.DuplicateWhy = 0, "", 0, ""
		}
		m.endingOf(o)
		m.episodes = append(m.episodes, o)
		m.put(o)
		if o.Referral == 0 {
			continue
		}
		r, err := m.c.Referral(o.Referral)
		if err != nil {
			return err
		}
		if r == nil {
			return NotThere(o.Referral, o.ID)
		}
		r = m.c.working(r)
		r.Child = m.to.ID
		m.closingOf(r, o)
		m.c.step(r, moveName, r.Stage, "from "+m.from.ShownRef()+" to "+m.to.ShownRef()+": "+m.why)
		m.referrals[r.ID] = r
		m.goes = append(m.goes, r.ID.String())
		m.put(r)
	}
	return nil
}

// endingOf leaves behind how an episode ended where that was a fact of the first child; any other ending goes along and is told.
func (m *moving) endingOf(e *Episode) {
	switch {
	case e.Ended == nil:
	case endingOf(e.Ended.How).ofChild():
		m.warn("%s ended as %s of %s: it is without a return again, record that or end it otherwise", e.ShownRef(), e.Ended.Said(), m.from.ShownRef())
		e.Ended = nil
	default:
		m.warn("%s stays ended (%s): is that so of %s too?", e.ShownRef(), e.Ended.Said(), m.to.ShownRef())
	}
}

// closingOf opens a referral again that was withdrawn because its episode was a duplicate, which it is none of any more, and tells
// how any other is closed: that was said of the first child.
func (m *moving) closingOf(r *Referral, e *Episode) {
	if e.DuplicateOf != 0 || !r.Stage.Ended() || r.Stage == StageDone {
		return
	}
	if r.closedAsDuplicate() && e.Located() {
		r.Closing = nil
		m.c.step(r, (&Reopen{}).Name(), r.reopened(), "it is no duplicate any more")
		m.warn("%s was closed as a duplicate: it is %s again", r.ID, r.Stage.Words())
		return
	}
	if !r.closedByDeath() {
		m.warn("%s stays %s: is that so of %s too? Else reopen it (referral.reopen)", r.ID, r.Stage.Words(), m.to.ShownRef())
	}
}

// ofClusters takes the episodes out of every cluster of the child they were thought to be of. One that has no member left
// is no more.
func (m *moving) ofClusters() error {
	list, err := m.c.ClustersOf(m.from.ID)
	if err != nil {
		return err
	}
	for _, cl := range list {
		for _, e := range m.episodes {
			if !cl.Has(e.ID) {
				continue
			}
			cl = cl.Clone()
			r := m.referrals[e.Referral]
			how := PartedMoved
			if cl.HeldAt != 0 {
				how = PartedMovedAfter
			}
			cl.part(Parted{ClusterMember: ClusterMember{e.ID, e.Referral}, How: how, Why: m.why, By: m.c.by, At: m.c.at})
			if r != nil && r.Cluster == cl.ID {
				r.Cluster = 0
				m.leftCluster(cl, r)
			}
			if len(cl.Members) == 0 && cl.Stands() {
				cl.BrokenUp = &BrokenUp{Why: "the last of its episodes is another child’s", By: m.c.by, At: m.c.at}
			}
			m.put(cl)
		}
	}
	return nil
}

// leftCluster says what leaving a cluster leaves to do.
func (m *moving) leftCluster(cl *Cluster, r *Referral) {
	n := m.c.Settings().Policy.ClusterMin
	switch left := len(cl.Members); {
	case !cl.Outstanding():
	case left == 0:
		m.warn("%s has no member left and is broken up", cl.ID)
	case left < n:
		m.warn("%s left %s, which has %d left and needs %d: look at it again", r.Episode, cl.ID, left, n)
	default:
		m.warn("%s left %s", r.Episode, cl.ID)
	}
	if b := r.Booking(); b != nil && cl.Outstanding() && len(cl.Members) > 0 {
		m.warn("%s is still booked for %s, as they are: move or cancel that, or hold both then", r.ID, b.When)
	}
}

// ofInterviews settles whose each record is that covers one of the episodes: one for them alone goes with them, one that
// covers others too stays, flagged, and those moved are owed their own.
func (m *moving) ofInterviews() error {
	list, err := m.c.InterviewsOf(m.from.ID)
	if err != nil {
		return err
	}
	var along []*Interview
	for _, v := range list {
		mine := slices.DeleteFunc(slices.Clone(v.Referrals), func(id ID) bool { return m.referrals[id] == nil })
		switch {
		case len(mine) == 0:
		case len(mine) == len(v.Referrals):
			along = append(along, v)
		default:
			m.recordStays(v.Clone(), mine)
		}
	}
	for _, v := range along {
		m.recordGoes(v.Clone())
	}
	return nil
}

// recordGoes takes a record along. One that another had taken in, which stays, stands for itself again.
func (m *moving) recordGoes(v *Interview) {
	v.Child, v.Cluster = m.to.ID, 0
	for _, id := range v.Referrals {
		if r := m.referrals[id]; v.Into != 0 && r.Interview == 0 {
			r.Interview, v.Into = v.ID, 0
		}
	}
	m.goes = append(m.goes, v.ID.String())
	m.put(v)
}

// recordStays leaves a record with the others it covers.
func (m *moving) recordStays(v *Interview, refs []ID) {
	for _, id := range refs {
		r := m.referrals[id]
		v.uncover(r)
		if v.HeldAt != 0 {
			v.Parted = append(v.Parted, Parted{ClusterMember: ClusterMember{r.Episode, r.ID}, How: PartedMovedAfter, Why: m.why, By: m.c.by, At: m.c.at})
		}
		if r.Interview != v.ID {
			continue
		}
		r.Interview = 0
		if v.HeldAt == 0 {
			continue
		}
		r.HeldAt, r.SignedAt, r.SharedAt, r.NotShared = 0, 0, 0, false
		stays := fmt.Sprintf("%s was held for %s and stays there", v.ID, m.from.ShownRef())
		if of := m.duplicateOf(r); of != 0 && !r.Stage.Ended() { // the interview is owed for the other episode
			r.Closing = &Closing{As: StageWithdrawn, Text: "duplicate of " + of.String() + ", and " + stays, By: m.c.by, At: m.c.at}
			m.c.step(r, moveName, StageWithdrawn, r.Closing.Text)
			continue
		}
		if !r.Stage.Ended() {
			m.c.step(r, moveName, r.reopened(), stays)
		}
		m.warn("%s was held for other episodes of %s too and stays there: %s is owed an interview of its own", v.ID, m.from.ShownRef(), r.ID)
	}
	m.put(v)
}

// duplicateOf is the episode that the one of a referral was found to be the same as, zero where it is none's.
func (m *moving) duplicateOf(r *Referral) ID {
	for _, e := range m.episodes {
		if e.ID == r.Episode {
			return e.DuplicateOf
		}
	}
	return 0
}

// ofFollowUps takes along what was raised for the referrals or by a record that goes; what a record raised that stays, stays.
func (m *moving) ofFollowUps() error {
	list, err := m.c.FollowUpsOf(m.from.ID)
	if err != nil {
		return err
	}
	went, open := 0, 0
	for _, f := range list {
		v, changed := m.changed[f.Interview].(*Interview)
		if !changed && f.Interview != 0 {
			if v, err = m.c.Interview(f.Interview); err != nil {
				return err
			}
		}
		switch {
		case v != nil && v.Child == m.from.ID && m.referrals[f.Referral] != nil:
			f = f.Clone()
			f.isAbout(v)
			m.put(f)
		case v != nil && v.Child == m.to.ID, f.Interview == 0 && m.referrals[f.Referral] != nil:
			f = f.Clone()
			f.Child = m.to.ID
			if m.referrals[f.Referral] == nil { // the record that goes covered that one too, once
				f.isAbout(v)
			}
			m.put(f)
			if m.from.Died != nil && f.Dropped != nil && f.Dropped.At == m.from.Died.At && forFamily(f.Kind) {
				m.warn("%s stays dropped: add again what is still to be done (followup.add)", f.ID)
			}
			went++
			continue
		}
		if f.Open() {
			open++
		}
	}
	switch {
	case went == 1:
		m.goes = append(m.goes, "1 follow-up")
	case went > 1:
		m.goes = append(m.goes, fmt.Sprintf("%d follow-ups", went))
	}
	if open > 0 {
		m.warn("%d open follow-ups of %s that do not belong to it stay there", open, m.from.ShownRef())
	}
	return nil
}

// ofHolders names who has work of the episode and may not see the child it goes to.
func (m *moving) ofHolders() error {
	for _, id := range m.order {
		switch r := m.changed[id].(type) {
		case *Referral:
			m.warnings = append(m.warnings, m.c.heldByOther(m.to, r)...)
		case *FollowUp:
			if r.Child == m.to.ID {
				m.warnings = append(m.warnings, m.c.heldByOther(m.to, r)...)
			}
		}
	}
	return nil
}

// ofCards brings the latest placement of both children up to date, and forgets what the episodes' rows said otherwise of
// the first. Card and numbers stay: no row is kept that would tell whose they are.
func (m *moving) ofCards() error {
	gone := func(id ID) bool { return slices.ContainsFunc(m.episodes, func(e *Episode) bool { return e.ID == id }) }
	m.from.Warned = slices.DeleteFunc(m.from.Warned, func(w Mismatch) bool { return gone(w.Episode) })
	rest, err := m.c.EpisodesOf(m.from.ID)
	if err != nil {
		return err
	}
	rest = slices.DeleteFunc(rest, func(e *Episode) bool { return gone(e.ID) })
	there, err := m.c.EpisodesOf(m.to.ID)
	if err != nil {
		return err
	}
	spans, err := m.c.SpansOf(m.to.ID)
	if err != nil {
		return err
	}
	for _, e := range m.episodes {
		for _, o := range overlaps(e, spans) {
			m.warn("%s %s", e.ShownRef(), o)
		}
	}
	m.from.Placement = latestPlacement(rest)
	m.to.Placement = cmp.Or(latestPlacement(append(there, m.episodes...)), m.to.Placement)
	m.put(m.from)
	m.put(m.to)
	if len(m.from.Card.Phones)+len(m.from.Card.Carers)+len(m.from.Card.CarerPhones)+len(m.from.Card.Addresses) > 0 {
		m.warn("the card of %s stays as it is: look whether a number or address there is of the other child", m.from.ShownRef())
	}
	return nil
}

// latestPlacement is that of the episode that began last among those that name one.
func latestPlacement(list []*Episode) string {
	placement, start := "", Moment(0)
	for _, e := range list {
		if e.Placement != "" && e.MissingAt.Unix() >= start.Unix() {
			placement, start = e.Placement, e.MissingAt
		}
	}
	return placement
}
