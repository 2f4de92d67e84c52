package sshd

import (
	"context"

	"homeward/domain/view"
	"homeward/tui/cli"
)

// Keys are looked after on the machine of the database. Of that, two things are the server's, which has it open.
func (r *remoteBackend) Keys(p cli.Place) view.Keys { return &remoteKeys{r: r, p: p} }

type remoteKeys struct {
	r *remoteBackend
	p cli.Place
}

// KeptSlots has the log say what changed about the slots.
func (k *remoteKeys) KeptSlots(ctx context.Context) error {
	if err := k.may(); err != nil {
		return err
	}
	return k.r.db.SlotsKept(ctx, k.r.actor)
}

// Rotate seals everything with a new data key.
func (k *remoteKeys) Rotate(ctx context.Context, tell func(int)) error {
	if err := k.may(); err != nil {
		return err
	}
	return k.r.db.Rotate(ctx, k.r.actor, tell)
}

// may refuses who is not the account with the rights to the file.
func (k *remoteKeys) may() error {
	if !k.r.local {
		return notHere("key")
	}
	return choosesNothing(k.p)
}

// MayInit refuses.
func (k *remoteKeys) MayInit(context.Context) error { return notHere("key") }

// InitKeys refuses.
func (k *remoteKeys) InitKeys(context.Context, []view.NewSlot) ([]string, error) {
	return nil, notHere("key")
}

// Slots refuses.
func (k *remoteKeys) Slots() ([]view.Slot, error) { return nil, notHere("key") }

// AddSlot refuses.
func (k *remoteKeys) AddSlot(view.NewSlot) error { return notHere("key") }

// RemoveSlot refuses.
func (k *remoteKeys) RemoveSlot(string) error { return notHere("key") }

// TestKeys refuses.
func (k *remoteKeys) TestKeys(string) (view.KeyTest, error) { return view.KeyTest{}, notHere("key") }

// NewRecovery makes none.
func (k *remoteKeys) NewRecovery() string { return "" }

// SameRecovery says no.
func (k *remoteKeys) SameRecovery(string, string) bool { return false }

// CheckPassphrase refuses.
func (k *remoteKeys) CheckPassphrase(string) error { return notHere("key") }

// SlotName is nobody's.
func (k *remoteKeys) SlotName() string { return "" }
