package store

import (
	"context"
	"errors"
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
	now *stateRead
}

// stateKey is what a state depends on.
type stateKey struct {
	recorded uint64
	settings *domain.Settings
	minute   int64
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
	if err := domain.CheckActor(d.Settings(), d.actor); err != nil {
		return nil, err
	}
	// Counted before the transaction begins: a state may know of more than its key says, never of less.
	key := stateKey{s.recorded.Load(), d.Settings(), s.clock().Unix() / 60}
	s.states.mu.Lock()
	r := s.states.now
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
	s.states.now = r
	s.states.mu.Unlock()

	// Others wait for it: it goes on though the one who began it asks for something newer, and fails for all or none.
	defer func() {
		if r.state == nil { // nobody is to be handed an error that may have passed
			s.states.mu.Lock()
			if s.states.now == r {
				s.states.now = nil
			}
			s.states.mu.Unlock()
		}
		close(r.done)
	}()
	r.err = errors.New("reading the queue broke off")
	r.state, r.err = d.readState(context.WithoutCancel(ctx))
	return r.state, r.err
}

func (d *Desk) readState(ctx context.Context) (out *view.State, err error) {
	err = d.s.view(ctx, func(t *txn) error {
		m, err := readMetaGuarded(t)
		if err != nil {
			return err
		}
		w := &world{t: t, actor: d.actor, now: d.s.clock()}
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
