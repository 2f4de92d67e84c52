package domain

// Doing is what somebody is about to do with a record while its form is open, as others read it: "Dee is ringing".
type Doing string

// What somebody may be doing. Here is the session itself, about no record.
const (
	Here      Doing = "here"
	Ringing   Doing = "ringing"
	Arranging Doing = "booking"
	Writing   Doing = "writing"
	Editing   Doing = "editing"
	Deciding  Doing = "deciding"
)

// doingRow is one thing somebody may be doing, in one word.
type doingRow struct {
	doing Doing
	verb  string
}

var doings = [...]doingRow{
	{Here, "is here"}, {Ringing, "rings"}, {Arranging, "books"}, {Writing, "writes"}, {Editing, "edits"}, {Deciding, "decides"},
}

// Verb is the same in one word, for where there is little room: "Dee rings".
func (d Doing) Verb() string {
	for _, r := range doings {
		if r.doing == d {
			return r.verb
		}
	}
	return doings[0].verb
}
