package store

import (
	"context"
	"errors"

	"homeward/domain/view"
	"homeward/store/keyring"
)

// KeyWork is a [view.Keys] of a database by its files.
type KeyWork struct {
	place  Place
	served func(context.Context) (bool, error)
	check  Checker
}

var _ view.Keys = (*KeyWork)(nil)

// KeyWork is what is done about the keys of a place's database; served says whether a server has it open, check is how copies of it are
// checked.
func (p Place) KeyWork(served func(context.Context) (bool, error), check Checker) *KeyWork {
	return &KeyWork{p, served, check}
}

// MayInit refuses a database that is not there, is encrypted already or is served.
func (k *KeyWork) MayInit(ctx context.Context) error {
	site, err := k.place.Find()
	if err != nil {
		return err
	}
	served, err := k.served(ctx)
	if served {
		err = &Problem{Kind: ErrHeld, Path: site.Path, Text: "it is being served: stop the server first"}
	}
	if err != nil {
		return err
	}
	return site.MayInit()
}

// InitKeys encrypts the database in place.
func (k *KeyWork) InitKeys(ctx context.Context, slots []view.NewSlot) ([]string, error) {
	site, err := k.place.Find()
	if err != nil {
		return nil, err
	}
	return site.InitKeys(ctx, slots, keyring.DefaultCost(), k.check)
}

// Slots are those of the database.
func (k *KeyWork) Slots() ([]view.Slot, error) {
	site, err := k.place.Find()
	if err != nil {
		return nil, err
	}
	slots, err := site.Slots()
	return slotsOf(slots), err
}

func slotsOf(slots []keyring.Slot) (out []view.Slot) {
	for _, s := range slots {
		out = append(out, view.Slot{Name: s.Name, Kind: string(s.Kind), Made: s.Made})
	}
	return out
}

// AddSlot adds one.
func (k *KeyWork) AddSlot(s view.NewSlot) error {
	site, err := k.place.Find()
	if err != nil {
		return err
	}
	return site.AddSlot(s, keyring.DefaultCost())
}

// RemoveSlot takes one away.
func (k *KeyWork) RemoveSlot(name string) error {
	site, err := k.place.Find()
	if err != nil {
		return err
	}
	return site.RemoveSlot(name)
}

// KeptSlots has the log say what changed about the slots.
func (k *KeyWork) KeptSlots(ctx context.Context) error {
	site, err := k.place.Find()
	if err != nil {
		return err
	}
	return site.KeptSlots(ctx)
}

// Rotate seals everything with a new data key.
func (k *KeyWork) Rotate(ctx context.Context, tell func(int)) error {
	site, err := k.place.Find()
	if err != nil {
		return err
	}
	return site.Rotate(ctx, tell)
}

// TestKeys opens a backup with a key file that was named, or the passphrase that is asked for: not with a key that a server has.
func (k *KeyWork) TestKeys(backup string) (t view.KeyTest, err error) {
	site, err := k.place.Find()
	if err == nil && backup == "" {
		backup, err = site.NewestBackup()
	}
	if err != nil {
		return t, err
	}
	u := NewUnlocker(nil, "", k.place.KeyFile)
	if k.place.Keys != nil {
		u.Ask = k.place.Keys.Ask
	}
	if u.Empty() {
		return t, errors.New("the recovery passphrase is asked for in a terminal: ask there, or name --key-file")
	}
	slots, newest, err := TestKeys(backup, func(f *keyring.File) (*keyring.Ring, error) {
		return u.openFor("Recovery passphrase, the one on paper", f)
	})
	return view.KeyTest{File: backup, Newest: newest, Slots: slotsOf(slots)}, err
}

// NewRecovery makes up a recovery passphrase.
func (k *KeyWork) NewRecovery() string { return keyring.NewRecovery() }

// SameRecovery says whether what was typed is it.
func (k *KeyWork) SameRecovery(made, typed string) bool {
	return keyring.FoldRecovery(made) == keyring.FoldRecovery(typed)
}

// CheckPassphrase says what is wrong with a new passphrase.
func (k *KeyWork) CheckPassphrase(p string) error { return keyring.CheckPassphrase(p) }

// SlotName is the login that somebody works as, or their account's name.
func (k *KeyWork) SlotName() string {
	if k.place.User != "" {
		return k.place.User
	}
	return Account()
}
