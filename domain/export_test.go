package domain

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

// Hold makes as if the interview of a referral had been held now: what the act for it will do to the referral or, where it
// is a member of a cluster, to all members that are outstanding and to the cluster. It says false where there is none to hold.
func (w *Sandbox) Hold(id ID) bool {
	r, err := w.Referral(id)
	if err != nil || r == nil {
		return false
	}
	c := &decision{World: w, at: At(w.Now()), by: w.Actor().Login}
	rs, err := c.affectedReferrals(r, outstandingStages()...)
	if err != nil || !rs[0].Stage.Outstanding() {
		return false
	}
	ch := &Change{Act: "interview.held", By: c.by, At: c.at, Summary: "held"}
	put := func(rec Record) {
		before, _ := ReadRecord(w, rec.RecordID())
		after := rec.WithVersion(before.RecordVersion() + 1)
		ch.Touched = append(ch.Touched, Touched{ID: rec.RecordID(), Before: before, After: after, Ver: after.RecordVersion()})
		w.keep(after)
	}
	for _, r := range rs {
		r.HeldAt = c.at
		if b := r.Booking(); b != nil {
			b.Outcome, b.OutcomeBy, b.OutcomeAt = "held", c.by, c.at
		}
		c.step(r, "interview.held", StageToWriteUp, "")
		put(r)
	}
	if rs[0].Cluster != 0 {
		cl, err := c.clusterOf(rs[0])
		if err != nil {
			return false
		}
		cl = cl.Clone()
		cl.HeldAt = c.at
		put(cl)
	}
	ch.ID, _ = w.NextID(KindChange)
	w.changes = append(w.changes, ch)
	return true
}
