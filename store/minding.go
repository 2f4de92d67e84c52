package store

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"homeward/domain"
)

// lookEvery is how often a server looks whether its file is still there, between the commits, which look by themselves.
const lookEvery = 3 * time.Second

// quietFor is how long a trouble that goes on is not logged again.
const quietFor = 10 * time.Minute

// Mind tells the log, until the context ends, of whatever keeps the database from keeping what people do: it is where an
// operator looks. A trouble that goes on is told once in a while.
func (v *Served) Mind(ctx context.Context, log *slog.Logger) {
	m := &minder{log: log, path: v.path, last: map[error]time.Time{}}
	tell := m.tell
	v.trouble.Store(&tell)
	defer v.trouble.Store(nil)
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	clock := &clockWatch{v: v, log: log}
	for {
		clock.look(ctx)
		switch err := v.Still(); {
		case err != nil:
			m.tell(err)
		case m.forget(ErrGone):
			log.Info("the file of the database is back: what people do is kept again", "path", v.path)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// minder tells a log of troubles, of each kind once in a while.
type minder struct {
	log  *slog.Logger
	path string
	mu   sync.Mutex
	last map[error]time.Time
}

func (m *minder) tell(err error) {
	kind := troubleKind(err)
	if kind == nil {
		return
	}
	m.mu.Lock()
	now := time.Now()
	again := now.Sub(m.last[kind]) < quietFor
	if !again {
		m.last[kind] = now
	}
	m.mu.Unlock()
	if !again {
		m.log.Error("what people do cannot be kept", "reason", err.Error())
	}
}

// forget says whether a trouble was told, and that it is over.
func (m *minder) forget(kind error) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, told := m.last[kind]
	delete(m.last, kind)
	return told
}

// errUnknown stands for every [domain.UnknownOutcome] among the kinds of trouble.
var errUnknown = errors.New("the outcome of a commit is not known")

// troubleKind is what kind of trouble an error of writing is; nil for one that is no trouble of the database.
func troubleKind(err error) error {
	var u *domain.UnknownOutcome
	var p *Problem
	switch {
	case errors.As(err, &u):
		return errUnknown
	case errors.As(err, &p) && p.Kind != ErrClosed:
		return p.Kind
	}
	return nil
}
