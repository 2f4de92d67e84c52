package store

import (
	"slices"
	"sync"

	"homeward/domain"
	"homeward/domain/view"
)

// presences is who does what now. It lives in memory alone: no line of the log, no record.
type presences struct {
	mu  sync.Mutex
	all []*present
}

// present is one thing of one desk.
type present struct {
	desk *Desk
	view.Presence
}

// Begin tells everybody that this person begins something; end tells them that it is over, once however often it is called.
func (d *Desk) Begin(doing domain.Doing, about, child domain.ID) (end func()) {
	p := &present{d, view.Presence{Login: d.actor.Login, Name: d.actor.Name, Role: d.actor.Role, Doing: doing, ID: about, Child: child, Since: d.s.clock()}}
	a := &d.s.about
	a.mu.Lock()
	a.all = append(a.all, p)
	a.mu.Unlock()
	d.tellPresence(about, child)
	return func() {
		if d.drop(func(x *present) bool { return x == p }) {
			d.tellPresence(about, child)
		}
	}
}

// Present lists what everybody does, in the order in which it began; nothing for somebody who is no longer in the
// configuration.
func (d *Desk) Present() []view.Presence {
	if domain.CheckActor(d.Settings(), d.s.clock(), d.actor) != nil {
		return nil
	}
	a := &d.s.about
	a.mu.Lock()
	defer a.mu.Unlock()
	out := make([]view.Presence, len(a.all))
	sessions := map[*Desk]int{}
	for i, p := range a.all {
		if sessions[p.desk] == 0 {
			sessions[p.desk] = len(sessions) + 1
		}
		out[i] = p.Presence
		out[i].Session, out[i].Mine = sessions[p.desk], p.desk == d
	}
	return out
}

// Leave ends all that this desk began, its watches too.
func (d *Desk) Leave() {
	d.unwatch()
	if d.drop(func(x *present) bool { return x.desk == d }) {
		d.tellPresence(0, 0)
	}
}

// drop takes out what is over and says whether there was any.
func (d *Desk) drop(over func(*present) bool) bool {
	a := &d.s.about
	a.mu.Lock()
	defer a.mu.Unlock()
	n := len(a.all)
	a.all = slices.DeleteFunc(a.all, over)
	return len(a.all) < n
}

// tellPresence puts an event on the feed that causes no reading.
func (d *Desk) tellPresence(about, child domain.ID) {
	now := d.s.clock()
	e := view.Event{Act: view.EventPresence, By: d.actor.Login, At: now, Child: child}
	if about != 0 {
		e.IDs = []domain.ID{about}
	}
	d.s.feed.publish([]view.Event{e}, now)
}
