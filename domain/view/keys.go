package view

import (
	"context"
	"time"
)

// Keys is what the account that looks after a database does about its keys: encryption at rest (INTERFACES, Keys).
type Keys interface {
	// MayInit refuses to encrypt a database that is not there, is encrypted already or is served.
	MayInit(ctx context.Context) error
	// InitKeys encrypts it in place, for these slots. plain are the copies of it as it was that lie beside it.
	InitKeys(ctx context.Context, slots []NewSlot) (plain []string, err error)
	// Slots are those of the database.
	Slots() ([]Slot, error)
	AddSlot(s NewSlot) error
	RemoveSlot(name string) error
	// KeptSlots has the database say in its log what changed about its slots.
	KeptSlots(ctx context.Context) error
	// Rotate seals everything with a new data key; tell, which may be nil, hears how many entries were looked at.
	Rotate(ctx context.Context, tell func(entries int)) error
	// TestKeys opens a backup, "" for the newest of the server's own, with what is at hand or asked for.
	TestKeys(backup string) (KeyTest, error)
	// NewRecovery makes up a recovery passphrase; SameRecovery says whether what was typed is it.
	NewRecovery() string
	SameRecovery(made, typed string) bool
	// CheckPassphrase says what is wrong with a new passphrase.
	CheckPassphrase(p string) error
	// SlotName is what the slot of who works here is called.
	SlotName() string
}

// Slot is one way to open an encrypted database.
type Slot struct {
	Name string
	Kind string // passphrase, recovery, file or recipient
	Made time.Time
}

// NewSlot is a slot to be made: whichever of these is given.
type NewSlot struct {
	Name       string
	Passphrase string
	Recovery   string
	Recipient  string // a public key of age or SSH
	KeyFile    string // path of a key file, made where none is there
}

// KeyTest is a backup that could be opened and read.
type KeyTest struct {
	File   string
	Newest time.Time // of its newest line
	Slots  []Slot
}
