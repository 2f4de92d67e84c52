package store

import (
	"context"
	"fmt"

	"homeward/domain"
	"homeward/domain/view"
)

// What the dashboard remembers for a person lies in the bucket of drafts, under an owner that can be no login: it is as
// little part of the record, of the log and of what a check holds against each other.

// largestPreference bounds one of them.
const largestPreference = 256 << 10

func preferenceOwner(login string) string { return "\x01" + login }

// Preference gives what is remembered for this person under a name, nil when nothing is.
func (d *Desk) Preference(ctx context.Context, name string) (map[string]string, error) {
	return d.keptText(ctx, preferenceOwner(d.actor.Login), name)
}

// KeepPreference replaces it; nil or empty forgets it. A name or a content that is too long is a domain.Invalid refusal.
func (d *Desk) KeepPreference(ctx context.Context, name string, fields map[string]string) error {
	if name == "" || len(name) > longestDraftKey {
		return &domain.Refusal{Code: domain.Invalid, Message: fmt.Sprintf("a name has between 1 and %d characters", longestDraftKey)}
	}
	size := 0
	for k, v := range fields {
		size += len(k) + len(v)
	}
	if size > largestPreference {
		return &domain.Refusal{Code: domain.Invalid, Message: "this is too long to be remembered"}
	}
	return d.keepText(ctx, preferenceOwner(d.actor.Login), name, fields)
}

// NoteLockCode is the word of the line that says a lock code was taken away.
const NoteLockCode = "lock_code"

// ResetLockCode takes away the lock code of somebody who has forgotten it, and writes into the log who did. They choose another when
// they come in next; a screen that is locked by it can only be left.
func (d *Desk) ResetLockCode(ctx context.Context, login string) error {
	return d.s.named(d.s.write(ctx, func(t *txn) error {
		now := d.s.clock()
		if err := domain.CheckActor(t.settings, now, d.actor); err != nil {
			return err
		}
		if err := domain.MayResetLock(t.settings, domain.DateOf(now), d.actor, login); err != nil {
			return err
		}
		k, b := t.texts.draftKey(preferenceOwner(login), view.LockPreference), t.bucket(inDrafts)
		if b.Get(k) == nil {
			return &domain.Refusal{Code: domain.Invalid, Field: "login", Message: t.settings.PersonName(login) + " has no lock code"}
		}
		t.changed = true
		if err := b.Delete(k); err != nil {
			return err
		}
		_, err := d.s.note(t, d.actor, NoteLockCode, "took away the lock code of "+login+", who chooses another", 0)
		return err
	}))
}
