package domain

// Ways, Withs and Results list the words in the order in which a form offers them.
func Ways() []string {
	return []string{"call", "text", "letter", "leaflet", "visit", "through_carer", "email"}
}

// Withs are the people an attempt can be with.
func Withs() []string { return []string{WithChild, WithCarer, WithProfessional} }

// Results are what can come of an attempt.
func Results() []string {
	return []string{ResultNoAnswer, ResultLeftMessage, ResultSpoke, ResultAgreed, ResultDeclined,
		ResultAskedForLater, ResultUnsuitableTime, ResultSent}
}

// The words of an attempt (INTERFACES, contact.log).
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
