package store

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"homeward/domain"
	"homeward/domain/view"
)

// Every change makes every session look again at the queue and the clusters. What they see depends on the records, the
// settings and the minute alone: so whoever asks first reads, the others wait for it, and all hold the same one until a
// commit, other settings or the next minute.

// states keeps the newest state, or its reading.
type states struct {
	mu  sync.Mutex
	now map[string]*stateRead // by which children are closed to those it is for: for nearly everybody none
}

// stateKey is what a state depends on.
type stateKey struct {
	recorded uint64
	settings *domain.Settings
	minute   int64
	closed   string // the children that those it is for may not see
}

// stateRead is one reading; done is closed once state or err is there.
type stateRead struct {
	key   stateKey
	done  chan struct{}
	state *view.State
	err   error
}

// State gives the queue and the clusters as they stand, read once for all sessions. Nobody may change it. Errors: as of Ask,
// and the context's while another session reads.
func (d *Desk) State(ctx context.Context) (*view.State, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s := d.s
	if err := domain.CheckActor(d.Settings(), d.s.clock(), d.actor); err != nil {
		return nil, err
	}
	// Counted before the transaction begins: a state may know of more than its key says, never of less.
	key := stateKey{s.recorded.Load(), d.Settings(), s.clock().Unix() / 60, ""}
	var err error
	if key.closed, err = d.closed(ctx); err != nil {
		return nil, err
	}
	s.states.mu.Lock()
	r := s.states.now[key.closed]
	if r != nil && r.key == key {
		s.states.mu.Unlock()
		select {
		case <-r.done:
			return r.state, r.err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	r = &stateRead{key: key, done: make(chan struct{})}
	if s.states.now == nil {
		s.states.now = map[string]*stateRead{}
	}
	for closed, other := range s.states.now { // what nobody asks for any more
		if other.key.recorded != key.recorded {
			delete(s.states.now, closed)
		}
	}
	s.states.now[key.closed] = r
	s.states.mu.Unlock()

	// Others wait for it: it goes on though the one who began it asks for something newer, and fails for all or none.
	defer func() {
		if r.state == nil { // nobody is to be handed an error that may have passed
			s.states.mu.Lock()
			if s.states.now[key.closed] == r {
				delete(s.states.now, key.closed)
			}
			s.states.mu.Unlock()
		}
		close(r.done)
	}()
	r.err = errors.New("reading the queue broke off")
	r.state, r.err = d.readState(context.WithoutCancel(ctx))
	return r.state, r.err
}

// closed names the children that this person may not see, "" for none.
func (d *Desk) closed(ctx context.Context) (names string, err error) {
	err = d.s.view(ctx, func(t *txn) error {
		w, err := t.question(d.actor)
		if err != nil {
			return err
		}
		for _, id := range slices.Sorted(maps.Keys(w.closed)) {
			names += id.String() + " "
		}
		return nil
	})
	return names, err
}

func (d *Desk) readState(ctx context.Context) (out *view.State, err error) {
	err = d.s.view(ctx, func(t *txn) error {
		m, err := readMetaGuarded(t)
		if err != nil {
			return err
		}
		w, err := t.question(d.actor)
		if err != nil {
			return err
		}
		st, err := view.ReadState(w)
		if w.failed != nil {
			return w.failed
		}
		if err == nil {
			st.Last = changeID(m.head.count)
			out = st
		}
		return err
	})
	return out, err
}
