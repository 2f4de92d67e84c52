package domain

import (
	"cmp"
	"slices"
	"time"
)

// What a Sandbox answers: what was decided here, else the base.

// here reads a record of this rehearsal; known is false where the base must be asked.
func here[T Record](w *Sandbox, id ID) (rec T, known bool) {
	r, ok := w.records[id]
	if !ok || r == nil {
		return rec, ok
	}
	rec, _ = r.(T)
	return rec, true
}

// Child, Episode, Referral and FollowUp read what was decided here, else the base.
func (w *Sandbox) Child(id ID) (*Child, error) {
	if c, ok := here[*Child](w, id); ok {
		return c, nil
	}
	return w.Reader.Child(id)
}

// Episode reads one.
func (w *Sandbox) Episode(id ID) (*Episode, error) {
	if e, ok := here[*Episode](w, id); ok {
		return e, nil
	}
	return w.Reader.Episode(id)
}

// Referral reads one.
func (w *Sandbox) Referral(id ID) (*Referral, error) {
	if r, ok := here[*Referral](w, id); ok {
		return r, nil
	}
	return w.Reader.Referral(id)
}

// FollowUp reads one.
func (w *Sandbox) FollowUp(id ID) (*FollowUp, error) {
	if f, ok := here[*FollowUp](w, id); ok {
		return f, nil
	}
	return w.Reader.FollowUp(id)
}

// Interview reads one.
func (w *Sandbox) Interview(id ID) (*Interview, error) {
	if v, ok := here[*Interview](w, id); ok {
		return v, nil
	}
	return w.Reader.Interview(id)
}

// InterviewsOf a child, here and in the base.
func (w *Sandbox) InterviewsOf(child ID) ([]*Interview, error) {
	list, err := w.Reader.InterviewsOf(child)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(slices.Clone(list), func(v *Interview) bool { _, ok := w.records[v.ID]; return ok })
	for _, id := range w.touched[child] {
		if v, _ := here[*Interview](w, id); v != nil && v.Child == child {
			list = append(list, v)
		}
	}
	slices.SortFunc(list, func(a, b *Interview) int { return cmp.Compare(a.ID, b.ID) })
	return list, nil
}

// Import reads one.
func (w *Sandbox) Import(id ID) (*Import, error) {
	if i, ok := here[*Import](w, id); ok {
		return i, nil
	}
	return w.Reader.Import(id)
}

// ChildByRef finds a child by reference.
func (w *Sandbox) ChildByRef(ref string) (ID, error) {
	if c, _ := here[*Child](w, w.refs[ref]); c != nil && c.Ref == ref {
		return c.ID, nil
	}
	id, err := w.Reader.ChildByRef(ref)
	if _, changed := w.records[id]; changed {
		return 0, err
	}
	return id, err
}

// EpisodeByPoliceRef finds an episode.
func (w *Sandbox) EpisodeByPoliceRef(ref string) (ID, error) {
	if e, _ := here[*Episode](w, w.police[ref]); e != nil && e.PoliceRef == ref {
		return e.ID, nil
	}
	id, err := w.Reader.EpisodeByPoliceRef(ref)
	if _, changed := w.records[id]; changed {
		return 0, err // it has another reference here, or is gone
	}
	return id, err
}

// ChildrenBorn lists the base's children and those made or changed here.
func (w *Sandbox) ChildrenBorn(d Date) ([]NamedChild, error) {
	list, err := w.Reader.ChildrenBorn(d)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(slices.Clone(list), func(n NamedChild) bool { _, ok := w.records[n.ID]; return ok })
	for _, id := range w.born[canonicalBirth(d)] {
		if c, _ := here[*Child](w, id); c != nil && canonicalBirth(c.DOB) == canonicalBirth(d) {
			list = append(list, NamedChild{c.ID, NameKey(c.GivenName, c.FamilyName), c.DOB})
		}
	}
	return list, nil
}

// EpisodesOf a child, here and in the base.
func (w *Sandbox) EpisodesOf(child ID) ([]*Episode, error) {
	list, err := w.Reader.EpisodesOf(child)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(slices.Clone(list), func(e *Episode) bool { _, ok := w.records[e.ID]; return ok })
	for id, r := range w.records {
		if e, ok := r.(*Episode); ok && e.Child == child && id != 0 {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b *Episode) int {
		return cmp.Or(cmp.Compare(a.MissingAt.Unix(), b.MissingAt.Unix()), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// SpansOf a child's episodes, here and in the base.
func (w *Sandbox) SpansOf(child ID) ([]EpisodeSpan, error) {
	list, err := w.Reader.SpansOf(child)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(slices.Clone(list), func(s EpisodeSpan) bool { _, ok := w.records[s.ID]; return ok })
	var ids []ID
	ids = append(ids, w.touched[child]...)
	for _, id := range ids {
		if e, _ := here[*Episode](w, id); e != nil && e.Child == child {
			list = append(list, e.Span())
		}
	}
	slices.SortFunc(list, func(a, b EpisodeSpan) int {
		return cmp.Or(cmp.Compare(a.Start.Unix(), b.Start.Unix()), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// Span is the episode as the index has it.
func (e *Episode) Span() EpisodeSpan {
	return EpisodeSpan{ID: e.ID, Start: e.MissingAt, End: e.ReturnedAt, Duplicate: e.DuplicateOf != 0, History: e.History, Ended: e.Ended != nil, Referral: e.Referral}
}

// FollowUpsOf a child, here and in the base.
func (w *Sandbox) FollowUpsOf(child ID) ([]*FollowUp, error) {
	list, err := w.Reader.FollowUpsOf(child)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(slices.Clone(list), func(f *FollowUp) bool { _, ok := w.records[f.ID]; return ok })
	for _, id := range w.touched[child] {
		if f, _ := here[*FollowUp](w, id); f != nil && f.Child == child {
			list = append(list, f)
		}
	}
	slices.SortFunc(list, func(a, b *FollowUp) int { return cmp.Compare(a.ID, b.ID) })
	return list, nil
}

// AttemptOwners finds where an attempt stands.
func (w *Sandbox) AttemptOwners(id ID) ([]ID, error) {
	base, err := w.Reader.AttemptOwners(id)
	return w.list(base, err, func(r Record) bool {
		var list []Attempt
		switch r := r.(type) {
		case *Referral:
			list = r.Attempts
		case *FollowUp:
			list = r.Attempts
		}
		return slices.ContainsFunc(list, func(a Attempt) bool { return a.ID == id })
	})
}

// The lists add what was made here to the base's; what was changed here is listed by what it is now.
func (w *Sandbox) list(base []ID, err error, is func(Record) bool) ([]ID, error) {
	if err != nil {
		return nil, err
	}
	base = slices.DeleteFunc(slices.Clone(base), func(id ID) bool { _, ok := w.records[id]; return ok })
	var mine []ID
	for id, r := range w.records {
		if r != nil && is(r) {
			mine = append(mine, id)
		}
	}
	slices.Sort(mine)
	return append(base, mine...), nil
}

// OpenEpisodes are those of which nobody has said how they ended, by start.
func (w *Sandbox) OpenEpisodes() ([]ID, error) {
	base, err := w.Reader.OpenEpisodes()
	ids, err := w.list(base, err, func(r Record) bool { e, ok := r.(*Episode); return ok && e.Unsettled() })
	start := map[ID]int64{}
	for _, id := range ids {
		e, err := w.Episode(id)
		if err != nil {
			return nil, err
		}
		if e != nil {
			start[id] = e.MissingAt.Unix()
		}
	}
	slices.SortFunc(ids, func(a, b ID) int { return cmp.Or(cmp.Compare(start[a], start[b]), cmp.Compare(a, b)) })
	return ids, err
}

// OpenReferrals are those whose stage is open.
func (w *Sandbox) OpenReferrals() ([]ID, error) {
	base, err := w.Reader.OpenReferrals()
	return w.list(base, err, func(r Record) bool { v, ok := r.(*Referral); return ok && v.Stage.Open() })
}

// LookAgains are those not required until a date.
func (w *Sandbox) LookAgains() ([]ID, error) {
	base, err := w.Reader.LookAgains()
	return w.list(base, err, func(r Record) bool {
		v, ok := r.(*Referral)
		return ok && v.Stage == StageNotRequired && v.LookAgain() != 0
	})
}

// Returned are the episodes, no duplicates, that ended within a time.
func (w *Sandbox) Returned(from, before Moment) ([]Return, error) {
	base, err := w.Reader.Returned(from, before)
	if err != nil {
		return nil, err
	}
	out := slices.DeleteFunc(slices.Clone(base), func(v Return) bool { _, ok := w.records[v.Episode]; return ok })
	for _, rec := range w.records {
		if e, ok := rec.(*Episode); ok && e != nil && e.Returns(from, before) {
			out = append(out, Return{e.ID, e.ReturnedAt, e.Referral})
		}
	}
	slices.SortFunc(out, func(a, b Return) int {
		return cmp.Or(cmp.Compare(a.At.Unix(), b.At.Unix()), cmp.Compare(a.Episode, b.Episode))
	})
	return out, nil
}

// Questioned are those with a question that is open, or was answered since a time.
func (w *Sandbox) Questioned(since Moment) ([]ID, error) {
	base, err := w.Reader.Questioned(since)
	ids, err := w.list(base, err, func(r Record) bool {
		v, ok := r.(*Referral)
		return ok && slices.ContainsFunc(QuestionTimes(v), func(at Moment) bool { return at == 0 || at.Unix() >= since.Unix() })
	})
	slices.Sort(ids)
	return ids, err
}

// OpenFollowUps are those that are not done.
func (w *Sandbox) OpenFollowUps() ([]ID, error) {
	base, err := w.Reader.OpenFollowUps()
	return w.list(base, err, func(r Record) bool { f, ok := r.(*FollowUp); return ok && f.Open() })
}

// EndedFollowUps are those done or dropped since a time.
func (w *Sandbox) EndedFollowUps(since Moment) ([]ID, error) {
	base, err := w.Reader.EndedFollowUps(since)
	return w.list(base, err, func(r Record) bool {
		f, ok := r.(*FollowUp)
		return ok && !f.Open() && f.EndedAt().Unix() >= since.Unix()
	})
}

// Change reads one taken here, else of the base.
func (w *Sandbox) Change(id ID) (*Change, error) {
	if ch := w.changeAt(id); ch != nil {
		return ch, nil
	}
	ch, err := w.Reader.Change(id)
	return w.standing(ch), err
}

// LastChange is the newest change of a person that `undo` would choose. The base's own choice stands unless it was taken back
// here; what was done again here may be older or newer than that.
func (w *Sandbox) LastChange(login string) (*Change, error) {
	return w.newest(login, w.Reader.LastChange, (*Change).Undoable)
}

// LastUndo is the newest undo of a person that nobody took back.
func (w *Sandbox) LastUndo(login string) (*Change, error) {
	return w.newest(login, w.Reader.LastUndo, (*Change).Redoable)
}

// newest finds the newest change of a person of which something holds: taken here, or in the base, where the first that it
// would give may be one that was taken back or forth here.
func (w *Sandbox) newest(login string, first func(string) (*Change, error), is func(*Change) bool) (*Change, error) {
	for _, ch := range slices.Backward(w.Changes()) {
		if ch.By == login && is(ch) && w.Settings().IsStill(login, ch.At) {
			return ch, nil
		}
	}
	if len(w.back) == 0 {
		ch, err := first(login)
		return w.standing(ch), err
	}
	list, err := w.Reader.ChangesOf(login, time.Time{})
	if err != nil {
		return nil, err
	}
	for _, ch := range list {
		if ch = w.standing(ch); is(ch) && w.Settings().IsStill(login, ch.At) {
			return ch, nil
		}
	}
	return nil, nil
}

// ChangesTo a child's records.
func (w *Sandbox) ChangesTo(child ID) ([]*Change, error) {
	list, err := w.Reader.ChangesTo(child)
	if err != nil {
		return nil, err
	}
	list = slices.Clone(list)
	for i, ch := range list {
		list[i] = w.standing(ch)
	}
	for _, ch := range w.Changes() {
		if slices.ContainsFunc(ch.Touched, func(t Touched) bool {
			return t.After != nil && t.After.ChildID() == child || t.Before != nil && t.Before.ChildID() == child
		}) {
			list = append(list, ch)
		}
	}
	return list, nil
}
