package view

import (
	"context"

	"homeward/domain"
	"time"
)

// Desk is what a screen or a command needs of the store, for one person: questions, the one door for decisions, drafts
// and the feed. Everything that may wait takes a context and is called from a command, never from Update.
type Desk interface {
	// Actor is the person.
	Actor() domain.Actor
	// Settings in force.
	Settings() *domain.Settings
	// Now is the time, frozen where the program was told so.
	Now() time.Time

	// Ask answers a question in one short read transaction. The Reader must not be kept.
	Ask(ctx context.Context, question func(domain.Reader) error) error
	// State gives the queue and the clusters as they stand: the same for all sessions as long as nothing that is recorded, the
	// settings and the minute are the same. It is read once for all of them, and nobody may change it.
	State(ctx context.Context) (*State, error)
	// Do takes decisions in order, each durable when Do returns. A refused act stops none of the others unless
	// stopAtRefusal; the answers end where it stopped. The error is of the store: nothing of this call was kept, unless
	// it is an *UnknownOutcome.
	Do(ctx context.Context, stopAtRefusal bool, acts ...domain.Envelope) ([]domain.Answer, error)
	// Preview says what an act would come to, without doing it.
	Preview(ctx context.Context, act domain.Envelope) (*domain.Preview, error)

	// Opened records that this person opened a child's record: once per person, child and hour (DOMAIN §12).
	Opened(ctx context.Context, child domain.ID) error
	// Note records what is no decision: a copy, form, letter or report that leaves, by its kind and one line with audience
	// and purpose (DOMAIN §9). The child may be zero.
	Note(ctx context.Context, kind, text string, child domain.ID) error

	// AuditLog gives a piece of the audit log, and AuditLine one line with its records, nil where there is none: a Forbidden
	// refusal for who may not read it (DOMAIN §12).
	AuditLog(ctx context.Context, q AuditQuery) (*AuditPage, error)
	AuditLine(ctx context.Context, line domain.ID) (*AuditLine, error)

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

// LockPreference is the name under which a person's lock code is remembered, hashed.
const LockPreference = "lock"

// Preferences of one person: saved views, looks, when they last looked. They are no part of the record and of the audit.
type Preferences interface {
	// Preference gives what is remembered under a name, nil when nothing is.
	Preference(ctx context.Context, name string) (map[string]string, error)
	// KeepPreference replaces it; nil or empty forgets it.
	KeepPreference(ctx context.Context, name string, fields map[string]string) error
	// ResetLockCode takes away the lock code that somebody has forgotten, and records who did: a refusal where this person may
	// not ([domain.MayResetLock]), or there is no code.
	ResetLockCode(ctx context.Context, login string) error
}
