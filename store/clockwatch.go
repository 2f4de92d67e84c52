package store

import (
	"context"
	"log/slog"
	"time"

	"homeward/domain"
)

// clockWatch tells the log of a clock that was set back: once, until time has gone beyond what was recorded before.
type clockWatch struct {
	v      *Served
	log    *slog.Logger
	begun  bool
	seen   uint64    // the line of the audit log it has looked at last
	latest time.Time // of all lines it has looked at
	told   bool
}

// look compares the times of the lines since it last looked. What cannot be read, others tell.
func (w *clockWatch) look(ctx context.Context) {
	_ = w.v.view(ctx, func(t *txn) error {
		return guarded(func() error {
			m, err := readMeta(t.tx, w.v.knows)
			if err != nil || m.head.count == w.seen && w.begun {
				return err
			}
			from := max(w.seen, m.head.count-min(m.head.count, latestOf))
			w.seen = m.head.count
			for seq := from + 1; seq <= w.seen; seq++ {
				at, err := t.lineTime(seq)
				if err != nil {
					return err
				}
				w.met(at)
			}
			if !w.begun {
				w.begun = true
				w.met(w.v.clock())
			}
			return nil
		})
	})
}

// met takes one time after another.
func (w *clockWatch) met(at time.Time) {
	switch {
	case !at.Before(w.latest):
		w.latest, w.told = at, false
	case w.begun && !w.told && at.Add(clockSlack).Before(w.latest):
		w.told = true
		w.log.Warn("the clock of this machine was set back, or was wrong before: what is recorded now has an earlier time than what was recorded last",
			"now", at.In(domain.London()).Format(time.RFC3339), "last", w.latest.In(domain.London()).Format(time.RFC3339), "by", w.latest.Sub(at).Round(time.Second).String())
	}
}
