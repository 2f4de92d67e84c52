package sshd

import (
	"context"
	"time"

	"homeward/tui/cli"
)

// The keys of the database are looked after on its own machine. Of that, two things are the server's, which has it open.

// KeptSlots has the log say what changed about the slots.
func (r *remoteBackend) KeptSlots(ctx context.Context, p cli.Place) error {
	if err := r.keeps(p); err != nil {
		return err
	}
	return r.db.SlotsKept(ctx, r.actor)
}

// Rotate seals everything with a new data key.
func (r *remoteBackend) Rotate(ctx context.Context, p cli.Place, tell func(int)) error {
	if err := r.keeps(p); err != nil {
		return err
	}
	return r.db.Rotate(ctx, r.actor, tell)
}

// keeps refuses who is not the account with the rights to the file.
func (r *remoteBackend) keeps(p cli.Place) error {
	if !r.local {
		return notHere("key")
	}
	return choosesNothing(p)
}

// MayInit refuses.
func (r *remoteBackend) MayInit(context.Context, cli.Place) error { return notHere("key") }

// InitKeys refuses.
func (r *remoteBackend) InitKeys(context.Context, cli.Place, []cli.NewSlot) ([]string, error) {
	return nil, notHere("key")
}

// Slots refuses.
func (r *remoteBackend) Slots(cli.Place) ([]cli.Slot, error) { return nil, notHere("key") }

// AddSlot refuses.
func (r *remoteBackend) AddSlot(cli.Place, cli.NewSlot) error { return notHere("key") }

// RemoveSlot refuses.
func (r *remoteBackend) RemoveSlot(cli.Place, string) error { return notHere("key") }

// TestKeys refuses.
func (r *remoteBackend) TestKeys(cli.Place, string) (string, time.Time, []cli.Slot, error) {
	return "", time.Time{}, nil, notHere("key")
}

// NewRecovery makes none.
func (r *remoteBackend) NewRecovery() string { return "" }

// SameRecovery says no.
func (r *remoteBackend) SameRecovery(string, string) bool { return false }

// CheckPassphrase refuses.
func (r *remoteBackend) CheckPassphrase(string) error { return notHere("key") }

// SlotName is nobody's.
func (r *remoteBackend) SlotName(cli.Place) string { return "" }
