package domain

import "fmt"

// Code is why a decision was refused, as `homeward do` prints it.
type Code string

// The reasons for which an act is refused (INTERFACES, Acts).
const (
	Invalid   Code = "invalid"
	NotFound  Code = "not_found"
	Conflict  Code = "conflict"
	Forbidden Code = "forbidden"
)

// Refusal is an act that may not be, with a message a duty coordinator understands. It is the only error a decision
// gives of its own; any other error comes from the World underneath.
type Refusal struct {
	Code    Code
	Field   string // the field of the act that is at fault, "" when it is the act as a whole
	Message string
	// Restricted is the child it is about, where that is kept from who asked: the log says that somebody tried. It is not kept.
	Restricted ID `json:"-"`
}

// Error is the message, after the field where there is one.
func (r *Refusal) Error() string {
	if r.Field != "" {
		return r.Field + ": " + r.Message
	}
	return r.Message
}

// Refuse makes a refusal with its message, for what is refused outside a decision: a list somebody may not read.
func Refuse(code Code, field, format string, args ...any) error {
	return &Refusal{Code: code, Field: field, Message: fmt.Sprintf(format, args...)}
}

func invalid(field, format string, args ...any) error {
	return Refuse(Invalid, field, format, args...)
}

func notFound(field, format string, args ...any) error {
	return Refuse(NotFound, field, format, args...)
}

func conflict(field, format string, args ...any) error {
	return Refuse(Conflict, field, format, args...)
}

func forbidden(format string, args ...any) error {
	return Refuse(Forbidden, "", format, args...)
}

// need refuses a field that names a record and is left out.
func need(field, value string) error {
	if value == "" {
		return invalid(field, "is required")
	}
	return nil
}

// needsClock refuses a date without a time where a time is wanted.
func needsClock(field string, m Moment) error {
	if m.DateOnly() {
		return invalid(field, "needs a time, like 2026-11-22T15:30:00Z")
	}
	return nil
}
