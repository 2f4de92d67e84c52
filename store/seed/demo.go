package seed

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store"
)

// Made is a made-up team in a database of its own, which is open.
type Made struct {
	*store.Store
	Settings domain.Settings
	folder   string // that goes with it; "" where it is kept
}

// Close closes the database, and takes it away where it is not kept.
func (m *Made) Close() error {
	err := m.Store.Close()
	if m.folder != "" {
		err = errors.Join(err, os.RemoveAll(m.folder))
	}
	return err
}

// Make makes a team up, by the same door as everything else. keep is the new file it is kept in, "" for a temporary one; now
// freezes the clock, zero lets it run from the machine's time; account is whose the first coordinator's desk is. Errors: a
// file that is there already, and those of [store.Open] and of the acts.
func Make(ctx context.Context, account, keep string, now time.Time, children int, seed uint64) (*Made, error) {
	m := &Made{Settings: Team(account)}
	path := keep
	if keep == "" {
		var err error
		if m.folder, err = os.MkdirTemp("", "homeward-demo-"); err != nil {
			return nil, err
		}
		path = filepath.Join(m.folder, "demo.db")
	} else if _, err := os.Stat(keep); err == nil {
		return nil, fmt.Errorf("%s exists: the demo is made in a new file only", keep)
	}
	runs := now.IsZero()
	if runs {
		now = time.Now()
	}
	clock := NewClock(now)
	var err error
	m.Store, err = store.Open(path, store.Options{Mode: store.Write, Settings: &m.Settings, Clock: clock.Now, Frozen: !runs, MakeUp: true})
	if err != nil {
		if m.folder != "" {
			err = errors.Join(err, os.RemoveAll(m.folder))
		}
		return nil, err
	}
	if err := Fill(ctx, func(a domain.Actor) view.Desk { return m.Desk(a) }, &m.Settings, clock, children, seed); err != nil {
		return nil, m.unmade(ctx, err, keep)
	}
	clock.Run(runs)
	return m, nil
}

// unmade takes away what was made of a team until it was stopped: a part of one would stand in the way of the same command.
func (m *Made) unmade(ctx context.Context, why error, keep string) error {
	if ctx.Err() != nil {
		why = errors.New("stopped before the end: no team is made")
	}
	err := errors.Join(why, m.Close())
	if keep == "" {
		return err
	}
	for _, file := range []string{keep, keep + ".head"} {
		if gone := os.Remove(file); !errors.Is(gone, os.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return err
}
