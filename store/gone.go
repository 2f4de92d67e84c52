package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"homeward/domain"
	"homeward/domain/view"
)

// A file that is removed or replaced while it is open goes on taking commits, which nobody finds again once it is closed. So it
// is held against its path before each commit, and now and then; reading goes on, since what is open may be all that is left.

// still says that the open file is the one at the database's path: ErrGone where it is not. Everybody who looks at a screen
// hears of it once, and again when it is back.
func (s *Store) still() error {
	err := s.compareFile()
	if gone := err != nil; s.gone.CompareAndSwap(!gone, gone) {
		s.feed.publish([]view.Event{{Act: view.EventResync, At: s.clock()}}, s.clock())
	}
	return err
}

// Still says that the database's file is still the one that is open: ErrGone where it is not.
func (s *Store) Still() error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.still()
}

func (s *Store) compareFile() error {
	if s.mode == Read {
		return nil
	}
	open, err := s.file.Stat()
	if err != nil {
		return nil //nolint:nilerr // what is wrong with the open file itself, the commit says
	}
	what := "another file has been put in its place"
	now, err := os.Stat(s.path)
	switch {
	case err == nil && os.SameFile(open, now):
		return nil
	case errors.Is(err, fs.ErrNotExist):
		what = "it has been removed or moved away"
	case err != nil:
		what = fmt.Sprintf("it can no longer be seen (%v)", err)
	}
	return &Problem{Kind: ErrGone, Path: s.path, Text: "nothing more is kept: " + what + " while it is open. Move it back where it was, and work goes on. " +
		"If it is gone: while it is served, homeward backup FILE saves what it held; then end homeward and run homeward restore FILE"}
}

// AlarmFails is since when the team's command for what is urgent and not passed on fails; zero while it does not.
func (d *Desk) AlarmFails() domain.Moment { return domain.Moment(d.s.alarmFails.Load()) }

// tellAlarm keeps for the header whether that command fails.
func (s *Store) tellAlarm(fails bool, now domain.Moment) {
	if !fails {
		s.alarmFails.Store(0)
		return
	}
	s.alarmFails.CompareAndSwap(0, int64(now))
}

// Trouble is why nothing can be kept, in a few words for the header; "" while all is well.
func (d *Desk) Trouble() string {
	s := d.s
	s.mu.RLock()
	defer s.mu.RUnlock()
	switch {
	case s.stopped() != nil:
		return "is kept: stopped"
	case s.still() != nil:
		return "is kept: file gone"
	}
	return ""
}
