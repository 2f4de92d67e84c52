package store

import (
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
)

// Restricted children (DOMAIN §12). Who may see which stands in an index that is nearly always empty, so a question need not
// read a child to know whether it is open to who asks. A question is given what [domain.Veiled] leaves of the others; a
// decision sees everything, and refuses what its actor may not touch.

// restrictedEntries say who alone may see a child.
func restrictedEntries(out []entry, c *domain.Child) []entry {
	if c.Restricted == nil {
		return out
	}
	return append(out, entry{ixRestricted, idKey(c.ID), []byte(strings.Join(c.Restricted.To, "\n"))})
}

// closedTo are the children that somebody may not see; nil when there are none.
func (t *txn) closedTo(login string) (closed map[domain.ID]bool, err error) {
	err = t.scan(ixRestricted, nil, func(k, v []byte) (bool, error) {
		id, err := lastID(k)
		if err != nil {
			return false, err
		}
		named, err := t.named(id, v)
		if err == nil && !slices.Contains(named, login) {
			if closed == nil {
				closed = map[domain.ID]bool{}
			}
			closed[id] = true
		}
		return true, err
	})
	return closed, err
}

// named are the logins of those who may see a restricted child, by its entry. The person who was named by a login may not be the one
// who has it now: then the child itself says.
func (t *txn) named(child domain.ID, entry []byte) ([]string, error) {
	to := strings.Split(string(entry), "\n")
	if !slices.ContainsFunc(to, t.settings.HadOther) {
		return to, nil
	}
	r, err := t.record(child)
	c, ok := r.(*domain.Child)
	if err != nil || !ok || c == nil {
		return nil, err
	}
	return slices.DeleteFunc(to, func(login string) bool { return !c.OpenTo(t.settings, login) }), nil
}

// question is a world for somebody who asks: what is closed to them is veiled.
func (t *txn) question(actor domain.Actor) (w *world, err error) {
	w = &world{t: t, actor: actor, now: t.s.clock()}
	defer w.catch(&err)
	w.closed, err = t.closedTo(actor.Login)
	return w, err
}

// isClosed says whether a child, or the one it was joined to, is closed to who asks.
func (w *world) isClosed(child domain.ID) (closed bool, err error) {
	for child != 0 && len(w.closed) > 0 {
		if w.closed[child] {
			return true, nil
		}
		r, err := w.t.record(child)
		if err != nil {
			return false, err
		}
		c, ok := r.(*domain.Child)
		if !ok || c == nil {
			return false, nil
		}
		child = c.JoinedTo
	}
	return false, nil
}

// seen is a record as who asks may see it.
func (w *world) seen(r domain.Record) (domain.Record, error) {
	if len(w.closed) == 0 {
		return r, nil
	}
	if n, ok := r.(*domain.Noted); ok {
		var failed error
		return n.WithoutMentions(func(child domain.ID) bool {
			closed, err := w.isClosed(child)
			if err != nil {
				failed = err
			}
			return closed
		}), failed
	}
	closed, err := w.isClosed(r.ChildID())
	switch {
	case err != nil:
		return r, err
	case !closed:
		return domain.WithoutOthers(r, w.t.record, w.isClosed)
	}
	return domain.Veiled(r), nil
}

// shown is seen for a record that may not be there.
func (w *world) shown(r domain.Record) (domain.Record, error) {
	if r == nil {
		return nil, nil
	}
	return w.seen(r)
}

// open leaves out the children that are closed to who asks.
func (w *world) open(children []domain.ID) ([]domain.ID, error) {
	if len(w.closed) == 0 {
		return children, nil
	}
	var failed error
	return slices.DeleteFunc(children, func(id domain.ID) bool {
		closed, err := w.isClosed(id)
		if err != nil {
			failed = err
		}
		return closed
	}), failed
}

// hide takes out of a change what it says of a child that is closed to who asks.
func (w *world) hide(c *domain.Change) (*domain.Change, error) {
	if c == nil || len(w.closed) == 0 {
		return c, nil
	}
	n := *c
	closed, err := c.OfClosed(w.t.record, w.isClosed)
	if err != nil {
		return nil, err
	}
	if closed {
		n.Summary, n.Touched = domain.RestrictedWords, nil
		return &n, nil
	}
	n.Touched, err = w.seenTouched(c.Touched)
	return &n, err
}

// seenTouched are the records of a change as who asks may see them: an open child's interview may name what a closed one named too.
func (w *world) seenTouched(list []domain.Touched) (_ []domain.Touched, err error) {
	list = slices.Clone(list)
	for i := range list {
		t := &list[i]
		if t.Before, err = w.shown(t.Before); err != nil {
			return nil, err
		}
		if t.After, err = w.shown(t.After); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (w *world) hideAll(cs []*domain.Change, err error) ([]*domain.Change, error) {
	for i := range cs {
		if err == nil {
			cs[i], err = w.hide(cs[i])
		}
	}
	return cs, err
}

// hideLine takes out of a line of the log what it says of a child that is closed to who asks. That there is a line, when and by
// whom stays.
func (w *world) hideLine(l *auditLine, shown *view.AuditLine) error {
	closed, err := w.lineClosed(l)
	if err == nil && closed {
		shown.Summary, shown.Content, shown.ActID = domain.RestrictedWords, nil, ""
	}
	return err
}

// lineClosed says whether a line of the log is about a child who is closed to who asks.
func (w *world) lineClosed(l *auditLine) (bool, error) {
	if len(w.closed) == 0 {
		return false, nil
	}
	children := l.children()
	about := slices.Clone(children)
	for i := range l.Touched {
		is, err := w.t.record(l.Touched[i].ID) // it may be another child's by now
		if err != nil {
			return false, err
		}
		if is != nil {
			about = append(about, is.ChildID())
		}
	}
	for _, child := range about {
		if closed, err := w.isClosed(child); err != nil || closed {
			return closed, err
		}
	}
	if len(l.Touched) == 0 || len(children) > 0 && !l.namesBeside() {
		return false, nil
	}
	touched, err := w.t.touchedOf(l) // of no one child: what is noted
	if err != nil {
		return false, err
	}
	return (&domain.Change{Touched: touched}).OfClosed(w.t.record, w.isClosed)
}

// namesBeside says that a line may speak of an episode that it did not touch: one left out of a cluster, or what another is a
// duplicate of. No row of a file says either.
func (l *auditLine) namesBeside() bool {
	return slices.ContainsFunc(l.Touched, func(t auditTouched) bool {
		return t.ID.Kind() == domain.KindCluster || t.ID.Kind() == domain.KindEpisode && !strings.HasPrefix(l.Act, "import.")
	})
}

// onlyTo are those who may see all of these children; nil where everybody may.
func (t *txn) onlyTo(children []domain.ID) (only []string, err error) {
	restricted := false
	for _, id := range children {
		v, err := t.lookUp(ixRestricted, idKey(id))
		if err != nil {
			return nil, err
		}
		if v == nil {
			continue
		}
		to, err := t.named(id, v)
		if err != nil {
			return nil, err
		}
		if restricted {
			to = slices.DeleteFunc(to, func(login string) bool { return !slices.Contains(only, login) })
		}
		only, restricted = to, true
	}
	return only, nil
}

// Deciding is the same without a veil, for rehearsing what a decision would come to.
func (w *world) Deciding() domain.Reader {
	return &world{t: w.t, actor: w.actor, now: w.now}
}
