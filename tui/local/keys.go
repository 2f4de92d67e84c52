// Package local does for commands what is done where the database's file is: it knows both the store and the commands.
package local

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"homeward/store"
	"homeward/store/keyring"
	"homeward/tui/cli"
	"homeward/tui/theme"
)

// Keys is what the account with the rights to a database's file does about its keys. It remembers what opened one, so that a command
// asks once.
type Keys struct {
	// Served says whether a server has a place's database open.
	Served func(ctx context.Context, p cli.Place) (bool, error)

	once     sync.Once
	unlocker *store.Unlocker
}

var _ cli.Keys = (*Keys)(nil)

// Unlocker finds the key of a place's database.
func (k *Keys) Unlocker(p cli.Place) *store.Unlocker {
	k.once.Do(func() {
		k.unlocker = &store.Unlocker{Ask: p.Ask}
		k.unlocker.AddFile(p.KeyFile)
		k.unlocker.AddCredential(os.Getenv("CREDENTIALS_DIRECTORY"))
	})
	return k.unlocker
}

// At is a place as the store has it, with the words of the themes, which that does not know itself.
func (k *Keys) At(p cli.Place) store.Place {
	return store.Place{Config: p.Config, DB: p.DB, Now: p.Now, User: p.User, Keys: k.Unlocker(p), Themes: theme.Settings()}
}

// Find reads the configuration of a place and finds its database.
func (k *Keys) Find(p cli.Place) (*store.Site, error) { return k.At(p).Find() }

// Checker runs this program's own check in a child process, by the configuration of a place: a damaged file can make its reader crash
// or run for ever. It has the keys that were found until then, and those of more.
func (k *Keys) Checker(p cli.Place, copied bool, more ...func() []*keyring.Ring) store.Checker {
	return func(ctx context.Context, path string) (store.CheckReport, error) {
		self, err := os.Executable()
		if err != nil {
			return store.CheckReport{}, err
		}
		rings := k.Unlocker(p).Rings()
		for _, m := range more {
			rings = append(m(), rings...)
		}
		return store.CheckInChild(ctx, self, cli.CheckArgs(path, copied, p.Config), store.CheckLimit, rings)
	}
}

// MayInit refuses a database that is not there, is encrypted already or is served.
func (k *Keys) MayInit(ctx context.Context, p cli.Place) error {
	site, err := k.Find(p)
	if err != nil {
		return err
	}
	served, err := k.Served(ctx, p)
	if served {
		err = &store.Problem{Kind: store.ErrHeld, Path: site.Path, Text: "it is being served: stop the server first"}
	}
	if err != nil {
		return err
	}
	return site.MayInit()
}

// InitKeys encrypts the database in place.
func (k *Keys) InitKeys(ctx context.Context, p cli.Place, slots []cli.NewSlot) (plain []string, err error) {
	site, err := k.Find(p)
	if err != nil {
		return nil, err
	}
	n := store.NewSlots{Passphrase: map[string]string{}}
	for _, s := range slots {
		switch {
		case s.KeyFile != "":
			n.KeyFile = s.KeyFile
		case s.Recipient != "":
			n.Recipients = append(n.Recipients, s.Recipient)
		case s.Recovery != "":
			n.Recovery = s.Recovery
		default:
			n.Passphrase[s.Name] = s.Passphrase
		}
	}
	return site.InitKeys(ctx, n, k.Checker(p, true))
}

// Slots are those of the database.
func (k *Keys) Slots(p cli.Place) ([]cli.Slot, error) {
	site, err := k.Find(p)
	if err != nil {
		return nil, err
	}
	slots, err := site.Slots()
	return slotsOf(slots), err
}

func slotsOf(slots []keyring.Slot) (out []cli.Slot) {
	for _, s := range slots {
		out = append(out, cli.Slot{Name: s.Name, Kind: string(s.Kind), Made: s.Made})
	}
	return out
}

// AddSlot adds one.
func (k *Keys) AddSlot(p cli.Place, s cli.NewSlot) error {
	site, err := k.Find(p)
	if err != nil {
		return err
	}
	n := store.NewSlots{KeyFile: s.KeyFile, Recovery: s.Recovery, Passphrase: map[string]string{s.Name: s.Passphrase}}
	if s.Recipient != "" {
		n.Recipients = []string{s.Recipient}
	}
	return site.AddSlot(s.Name, n)
}

// RemoveSlot takes one away.
func (k *Keys) RemoveSlot(p cli.Place, name string) error {
	site, err := k.Find(p)
	if err != nil {
		return err
	}
	return site.RemoveSlot(name)
}

// KeptSlots has the log say what changed about the slots.
func (k *Keys) KeptSlots(ctx context.Context, p cli.Place) error {
	site, err := k.Find(p)
	if err != nil {
		return err
	}
	return site.KeptSlots(ctx)
}

// Rotate seals everything with a new data key.
func (k *Keys) Rotate(ctx context.Context, p cli.Place, tell func(int)) error {
	site, err := k.Find(p)
	if err != nil {
		return err
	}
	return site.Rotate(ctx, tell)
}

// TestKeys opens a backup with a key file that was named, or the passphrase that is asked for.
func (k *Keys) TestKeys(p cli.Place, backup string) (string, time.Time, []cli.Slot, error) {
	site, err := k.Find(p)
	if err == nil && backup == "" {
		backup, err = site.NewestBackup()
	}
	if err != nil {
		return "", time.Time{}, nil, err
	}
	if p.KeyFile == "" && p.Ask == nil {
		return "", time.Time{}, nil, errors.New("the recovery passphrase is asked for in a terminal: ask there, or name --key-file")
	}
	u := &store.Unlocker{Ask: p.Ask}
	u.AddFile(p.KeyFile)
	slots, newest, err := store.TestKeys(backup, u.Open)
	return backup, newest, slotsOf(slots), err
}

// NewRecovery makes up a recovery passphrase.
func (k *Keys) NewRecovery() string { return keyring.NewRecovery() }

// SameRecovery says whether what was typed is it.
func (k *Keys) SameRecovery(made, typed string) bool {
	return keyring.FoldRecovery(made) == keyring.FoldRecovery(typed)
}

// CheckPassphrase says what is wrong with a new passphrase.
func (k *Keys) CheckPassphrase(p string) error { return keyring.CheckPassphrase(p) }

// SlotName is the login that somebody works as, or their account's name.
func (k *Keys) SlotName(p cli.Place) string {
	if p.User != "" {
		return p.User
	}
	return store.Account()
}
