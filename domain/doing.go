package domain

import "strings"

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
