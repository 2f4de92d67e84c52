package view

import (
	"homeward/domain"
	"time"
)

// Presence is one thing somebody is doing now. It is kept nowhere and is no part of the record: it ends with the form, or
// with the session however that ends.
type Presence struct {
	Login, Name string
	Role        domain.Role
	Doing       domain.Doing
	// ID is the referral, follow-up or other record it is about, and Child whose that is; zero for Here.
	ID, Child domain.ID
	Since     time.Time
	// Session tells the sessions of one list apart: one person may have several.
	Session int
	// Mine says that it is of the desk that asks: of this session, not only of this person.
	Mine bool
}

// Presences tell who is here and what they are about to do, so that nobody rings twice. Nothing here waits.
type Presences interface {
	// Begin tells everybody; end, which may be called more than once, tells them that it is over.
	Begin(doing domain.Doing, about, child domain.ID) (end func())
	// Present lists what everybody is doing, in the order in which it began.
	Present() []Presence
	// Leave ends all that this desk began, its watches of the feed too. The owner of a session calls it when that is over, however it ended.
	Leave()
}

// The acts of events that stand for no change of one record.
const (
	// EventResync stands for the changes a reader missed, or that were too many to tell one by one; By is whose all of them
	// were, where that is known.
	EventResync = "resync"
	// EventPresence says that somebody began or ended something: nothing recorded has changed, nothing is to be read.
	EventPresence = "presence"
)

// Event is what the feed tells after a commit.
type Event struct {
	Change  domain.ID
	Act     string
	By      string
	At      time.Time
	IDs     []domain.ID
	Child   domain.ID
	Summary string
	// Only are the logins of those who may read the summary, where it is about a restricted child; nil: everybody may.
	Only []string
}
