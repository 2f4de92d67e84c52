package store

import (
	"context"
	"fmt"

	"homeward/domain"
)

// What the dashboard remembers for a person lies in the bucket of drafts, under an owner that can be no login: it is as
// little part of the record, of the log and of what a check holds against each other.

// largestPreference bounds one of them.
const largestPreference = 256 << 10

func preferenceOwner(login string) string { return "\x01" + login }

// Preference gives what is remembered for this person under a name, nil when nothing is.
func (d *Desk) Preference(ctx context.Context, name string) (map[string]string, error) {
	return d.keptText(ctx, draftKey(preferenceOwner(d.actor.Login), name))
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
