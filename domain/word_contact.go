package domain

// The words of an attempt (INTERFACES, contact.log), each list in the order in which a form offers it.
const (
	WithChild        = "child"
	WithCarer        = "carer"
	WithProfessional = "professional"

	ResultSent           = "sent"
	ResultNoAnswer       = "no_answer"
	ResultLeftMessage    = "left_message"
	ResultSpoke          = "spoke"
	ResultAgreed         = "agreed"
	ResultDeclined       = "declined"
	ResultAskedForLater  = "asked_for_later"
	ResultUnsuitableTime = "unsuitable_time"
)

// wayRow is one way to try to reach somebody.
type wayRow struct {
	way    string
	posted bool   // it is on paper and waits for no answer
	many   string // several of them, in a sentence; "": the word with an s
}

var ways = [...]wayRow{
	{way: "call"}, {way: "text"}, {way: "letter", posted: true}, {way: "leaflet", posted: true}, {way: "visit"},
	{way: "through_carer", many: "tries through a carer"}, {way: "email"},
}

func wayOf(way string) wayRow {
	for _, w := range ways {
		if w.way == way {
			return w
		}
	}
	return wayRow{way: way}
}

// Ways are the ways to try to reach somebody.
func Ways() []string { return columnOf(ways[:], func(w wayRow) string { return w.way }) }

// Posted says that a way is on paper and waits for no answer: a letter, a leaflet.
func Posted(way string) bool { return wayOf(way).posted }

// WayTimes is a way for a number of tries, in a sentence: "3 texts" without the number.
func WayTimes(way string, n int) string {
	switch w := wayOf(way); {
	case w.many != "":
		return w.many
	case n == 1:
		return Words(way)
	}
	return Words(way) + "s"
}

// Withs are the people an attempt can be with.
func Withs() []string { return []string{WithChild, WithCarer, WithProfessional} }

// resultRow is one thing that can come of an attempt.
type resultRow struct {
	result  string
	reached bool // somebody answered (DOMAIN §4)
}

var results = [...]resultRow{
	{result: ResultNoAnswer}, {result: ResultLeftMessage}, {result: ResultSpoke, reached: true}, {result: ResultAgreed, reached: true},
	{result: ResultDeclined, reached: true}, {result: ResultAskedForLater, reached: true}, {result: ResultUnsuitableTime, reached: true},
	{result: ResultSent},
}

// Results are what can come of an attempt.
func Results() []string { return columnOf(results[:], func(r resultRow) string { return r.result }) }

// resultReached says that a result means that somebody answered.
func resultReached(result string) bool {
	for _, r := range results {
		if r.result == result {
			return r.reached
		}
	}
	return false
}
