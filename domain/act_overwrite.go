package domain

import (
	"errors"
	"strings"
)

// Two people at once. An act that says what stands from now on (a booking, a decision, a card) would silently take the place
// of what a colleague decided between one's looking and one's saving; it carries the version that was seen, and the second to
// save gets a conflict. An act that only adds what happened is as true beside another as alone: two telephone calls were two
// calls.

// Overwrites says that an act would take the place of what others did meanwhile, so that it is to carry the version of the
// record its form was opened with.
func Overwrites(a Act) bool {
	switch a.Name() {
	case "contact.log", "contact.strike", // attempts stand side by side; an own one is struck whatever else was tried
		"referral.chase", "referral.note", // so do chases and notes
		"followup.add",                                             // one more
		"child.different",                                          // what two children are not, whatever their cards say
		"referral.new", "import.begin", "import.row", "import.end", // name no record that stood before; rows know their own
		"referral.seen",      // seen is seen
		"intelligence.merge", // two spellings of one, whatever else is said of them
		"undo":               // which checks for itself whether anything rests on it
		return false
	}
	return true
}

// Target reads the record an act names as it stands; nil for an act that names none, and where there is none.
func Target(r Reader, a Act) (Record, error) {
	t, err := a.target(unnumbered{r})
	var refused *Refusal
	if errors.As(err, &refused) {
		return nil, nil
	}
	return t, err
}

// unnumbered is a Reader for an act's look at what it names.
type unnumbered struct{ Reader }

func (unnumbered) NextID(Kind) (ID, error) {
	return 0, errors.New("a look at what an act names gives no numbers")
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
