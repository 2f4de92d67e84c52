package domain

import (
	"strings"
	"time"
)

// Doing is what somebody is about to do with a record while its form is open, as others read it: "Dee is ringing".
type Doing string

// What somebody may be doing. Here is the sitting itself, about no record.
const (
	Here      Doing = "here"
	Ringing   Doing = "ringing"
	Arranging Doing = "booking"
	Writing   Doing = "writing"
	Editing   Doing = "editing"
	Deciding  Doing = "deciding"
)

// Verb is the same in one word, for where there is little room: "Dee rings".
func (d Doing) Verb() string {
	switch d {
	case Ringing:
		return "rings"
	case Arranging:
		return "books"
	case Writing:
		return "writes"
	case Editing:
		return "edits"
	case Deciding:
		return "decides"
	}
	return "is here"
}

// DoingOf says what it is to have the form of an act open.
func DoingOf(a Act) Doing {
	name := a.Name()
	noun, _, _ := strings.Cut(name, ".")
	switch {
	case name == "contact.log":
		return Ringing
	case name == "referral.book", name == "referral.missed":
		return Arranging
	case name == "interview.save":
		return Writing
	case name == "child.edit", noun == "episode", noun == "flag":
		return Editing
	}
	return Deciding
}

// Presence is one thing somebody is doing now. It is kept nowhere and is no part of the record: it ends with the form, or
// with the sitting however that ends.
type Presence struct {
	Login, Name string
	Role        Role
	Doing       Doing
	// ID is the referral, follow-up or other record it is about, and Child whose that is; zero for Here.
	ID, Child ID
	Since     time.Time
	// Sitting tells the sittings of one list apart: one person may have several.
	Sitting int
	// Mine says that it is of the desk that asks: of this sitting, not only of this person.
	Mine bool
}

// Presences tell who is here and what they are about to do, so that nobody rings twice. Nothing here waits.
type Presences interface {
	// Begin tells everybody; end, which may be called more than once, tells them that it is over.
	Begin(doing Doing, about, child ID) (end func())
	// Present lists what everybody is doing, in the order in which it began.
	Present() []Presence
	// Leave ends all that this desk began, its watches of the feed too. Whoever owns a sitting calls it when that is over, however it ended.
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
