package domain

import (
	"context"
	"time"
)

// Desk is what a screen or a command needs of the store, for one person: questions, the one door for decisions, drafts
// and the feed. Everything that may wait takes a context and is called from a command, never from Update.
type Desk interface {
	// Actor is the person.
	Actor() Actor
	// Settings in force.
	Settings() *Settings
	// Now is the time, frozen where the program was told so.
	Now() time.Time

	// Ask answers a question in one short read transaction. The Reader must not be kept.
	Ask(ctx context.Context, question func(Reader) error) error
	// State gives the queue and the clusters as they stand: the same for all sittings as long as nothing that is recorded, the
	// settings and the minute are the same. It is read once for all of them, and nobody may change it.
	State(ctx context.Context) (*State, error)
	// Do takes decisions in order, each durable when Do returns. A refused act stops none of the others unless
	// stopAtRefusal; the answers end where it stopped. The error is of the store: nothing of this call was kept, unless
	// it is an *UnknownOutcome.
	Do(ctx context.Context, stopAtRefusal bool, acts ...Envelope) ([]Answer, error)
	// Preview says what an act would come to, without doing it.
	Preview(ctx context.Context, act Envelope) (*Foresight, error)

	// Opened records that this person opened a child's record: once per person, child and hour (DOMAIN §12).
	Opened(ctx context.Context, child ID) error
	// Note records what is no decision: a copy, form, letter or report that leaves, by its kind and one line with audience
	// and purpose (DOMAIN §9). The child may be zero.
	Note(ctx context.Context, kind, text string, child ID) error

	// AuditLog gives a piece of the audit log, and AuditLine one line with its records, nil where there is none: a Forbidden
	// refusal for who may not read it (DOMAIN §12).
	AuditLog(ctx context.Context, q AuditQuery) (*AuditPage, error)
	AuditLine(ctx context.Context, line ID) (*AuditLine, error)

	// Drafts keep typed text per person and place until it is saved or thrown away.
	Drafts
	// Preferences are how this person wants the dashboard, and what it remembers for them.
	Preferences
	// Care tells how the database is looked after.
	Care
	// Presences tell who is here and what they are doing.
	Presences
	// Watch gives the changes after each commit, and a function to stop. A reader that falls behind gets one Event
	// with Act [EventResync] in place of those it missed. An Event with Act [EventPresence] tells of no change.
	Watch() (<-chan Event, func())
}

// Drafts of one person. They are no part of the record and of the audit.
type Drafts interface {
	// Draft gives the fields kept under a key, nil when there are none.
	Draft(ctx context.Context, key string) (map[string]string, error)
	// KeepDraft replaces them; nil or empty throws them away.
	KeepDraft(ctx context.Context, key string, fields map[string]string) error
	// DraftKeys lists what this person has lying unfinished.
	DraftKeys(ctx context.Context) ([]string, error)
}

// Preferences of one person: saved views, looks, when they last looked. They are no part of the record and of the audit.
type Preferences interface {
	// Preference gives what is remembered under a name, nil when nothing is.
	Preference(ctx context.Context, name string) (map[string]string, error)
	// KeepPreference replaces it; nil or empty forgets it.
	KeepPreference(ctx context.Context, name string, fields map[string]string) error
}

// Foresight is what an act would do: the records before and after it.
type Foresight struct {
	Refused  *Refusal
	Touched  []Touched
	Summary  string
	Warnings []string
}

// Before and After look records up as they stand without and with the act, over what a Reader has beside them.
func (f *Foresight) Before(r Reader) Records {
	return f.over(r, func(t Touched) Record { return t.Before })
}

// After looks records up as the act would leave them.
func (f *Foresight) After(r Reader) Records {
	return f.over(r, func(t Touched) Record { return t.After })
}

func (f *Foresight) over(r Reader, side func(Touched) Record) Records {
	return func(id ID) (Record, error) {
		for _, t := range f.Touched {
			if t.ID == id {
				return side(t), nil
			}
		}
		return current(r, id)
	}
}

// UnknownOutcome is the error of a commit that reported failure and may have happened all the same; Kept says what a
// look at the reopened database found (STORAGE, Commit errors).
type UnknownOutcome struct {
	Kept bool
	Err  error
}

// Error tells the person which it was.
func (u *UnknownOutcome) Error() string {
	if u.Kept {
		return "the disk reported an error, but the change was kept: " + u.Err.Error()
	}
	return "the disk reported an error and the change was not kept: " + u.Err.Error()
}

// Unwrap gives the disk's error.
func (u *UnknownOutcome) Unwrap() error { return u.Err }
