package domain

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
