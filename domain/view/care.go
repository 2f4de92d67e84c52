package view

import (
	"context"
	"fmt"

	"homeward/domain"
	"time"
)

// Care tells how the database is looked after.
type Care interface {
	// Backups says when the database was made and last backed up.
	Backups(ctx context.Context) (Backups, error)
	// Trouble is why nothing can be kept, in a few words that follow "nothing"; "" while all is well.
	Trouble() string
	// Practice says whether the database is a rehearsal, of which every screen and paper says so.
	Practice() bool
	// AlarmFails is since when the team's command for what is urgent and not passed on fails; zero while it does not.
	AlarmFails() domain.Moment
}

// Backups are the times by which one knows whether a backup is due.
type Backups struct {
	Made domain.Moment // the database
	Last domain.Moment // the newest backup; zero: there was none yet
	// Failing is since when the backups a server makes by itself fail, and why; zero while they do not.
	Failing domain.Moment
	Why     string
}

// Warning says that the server's own backups fail, or that the last backup is older than it should be, "" while it is not, or
// where nobody wants to be told (a zero span). A database that was never backed up has as long from when it was made.
func (b Backups) Warning(after domain.Span, now time.Time) string {
	if !b.Failing.IsZero() {
		return "backups fail since " + b.Failing.Local().Format("2 Jan 15:04")
	}
	if after == (domain.Span{}) {
		return ""
	}
	since := b.Last
	if since.IsZero() {
		since = b.Made
	}
	age := now.Sub(since.Local())
	switch {
	case !after.After(since.Local()).Before(now):
		return ""
	case b.Last.IsZero():
		return "never backed up"
	case age < 48*time.Hour:
		return fmt.Sprintf("no backup for %d h", int(age.Hours()))
	}
	return fmt.Sprintf("no backup for %d days", int(age.Hours())/24)
}

// Examined is what was found by looking through a database, or its audit log.
type Examined struct {
	Findings []string // damage
	Lines    int      // of the audit log
	Head     string   // hash of its last line, to be written down elsewhere
	// Sealed says that there was no key: only what ciphertext shows was looked at.
	Sealed bool
}
