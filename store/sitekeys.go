package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"homeward/domain"
	"homeward/store/keyring"
)

// What the account with the rights to a database does about its keys (INTERFACES, Keys).

// NewSlots are the slots of a database that is about to be encrypted.
type NewSlots struct {
	KeyFile    string            // path of a key file to make, "" for none
	Recipients []string          // public keys of age or SSH
	Passphrase map[string]string // by the name of the slot
	Recovery   string            // the recovery passphrase, "" for none
	Cost       keyring.Cost      // zero: the default
}

// Names of slots that have none of their own.
const (
	SlotServer   = "server"
	SlotRecovery = "recovery"
)

// MayInit refuses to encrypt a database that is not there, or encrypted already: before anybody is asked for a passphrase.
func (s *Site) MayInit() error {
	if _, err := os.Stat(s.Path); errors.Is(err, fs.ErrNotExist) {
		return cmp.Or(s.Exists(), error(&Problem{Kind: ErrMissing, Path: s.Path}))
	}
	if isSealed(s.Path) {
		return &Problem{Kind: ErrEncrypted, Path: s.Path}
	}
	return nil
}

// InitKeys encrypts the database in place; see [Encrypt].
func (s *Site) InitKeys(ctx context.Context, n NewSlots, check Checker) (plain []string, err error) {
	who, err := s.keeper()
	if err != nil {
		return nil, err
	}
	ring := keyring.NewRing()
	f, err := n.file(ring, time.Now())
	if err != nil {
		return nil, err
	}
	if s.place.Keys != nil {
		s.place.Keys.Have(ring)
	}
	return Encrypt(ctx, s.Path, s.options(Write), f, ring, who, check)
}

// file makes the file of keys. A key file is there, on the disk, before anything is sealed for it.
func (n NewSlots) file(ring *keyring.Ring, now time.Time) (*keyring.File, error) {
	cost := n.Cost
	if cost == (keyring.Cost{}) {
		cost = keyring.DefaultCost()
	}
	f := keyring.New(ring)
	for name, p := range n.Passphrase {
		if err := f.AddPassphrase(ring, name, keyring.Passphrase, p, cost, now); err != nil {
			return nil, err
		}
	}
	if n.Recovery != "" {
		if err := f.AddPassphrase(ring, SlotRecovery, keyring.Recovery, n.Recovery, cost, now); err != nil {
			return nil, err
		}
	}
	for i, public := range n.Recipients {
		if err := f.AddRecipient(ring, fmt.Sprintf("recipient %d", i+1), public, now); err != nil {
			return nil, err
		}
	}
	if n.KeyFile != "" {
		text, err := keyFile(n.KeyFile)
		if err == nil {
			err = f.AddKeyFile(ring, SlotServer, text, now)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", n.KeyFile, err)
		}
	}
	if len(f.Slots) == 0 {
		return nil, keyring.ErrLastSlot
	}
	return f, nil
}

// keyFile gives the text of a key file: of the one that is there, or of a new one, which only its owner can read.
func keyFile(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return text, err
	}
	if text, err = keyring.NewKeyFile(); err != nil {
		return nil, err
	}
	return text, replaceWith(path, func(temp string) error { return os.WriteFile(temp, text, 0o600) }, placeNew)
}

// Slots are those of the database. ErrPlain where it is not encrypted.
func (s *Site) Slots() ([]keyring.Slot, error) {
	f, err := Keys(s.Path)
	if err == nil && f == nil {
		err = cmp.Or(s.Exists(), error(&Problem{Kind: ErrPlain, Path: s.Path}))
	}
	if err != nil {
		return nil, err
	}
	return f.Slots, nil
}

// AddSlot adds a slot: a passphrase, a recipient or a key file, whichever is given in n, under a name.
func (s *Site) AddSlot(name string, n NewSlots) error {
	cost := n.Cost
	if cost == (keyring.Cost{}) {
		cost = keyring.DefaultCost()
	}
	return ChangeKeys(s.Path, s.place.unlock(), func(f *keyring.File, ring *keyring.Ring) error {
		now := time.Now()
		switch {
		case n.KeyFile != "":
			text, err := keyFile(n.KeyFile)
			if err != nil {
				return err
			}
			return f.AddKeyFile(ring, name, text, now)
		case len(n.Recipients) > 0:
			return f.AddRecipient(ring, name, n.Recipients[0], now)
		case n.Recovery != "":
			return f.AddPassphrase(ring, name, keyring.Recovery, n.Recovery, cost, now)
		}
		return f.AddPassphrase(ring, name, keyring.Passphrase, n.Passphrase[name], cost, now)
	})
}

// RemoveSlot removes one. What it opened before it still opens, until the data key is another.
func (s *Site) RemoveSlot(name string) error {
	return ChangeKeys(s.Path, s.place.unlock(), func(f *keyring.File, ring *keyring.Ring) error { return f.Remove(ring, name) })
}

// KeptSlots has the database say in its log what changed about its slots, and keep a copy of them.
func (s *Site) KeptSlots(ctx context.Context) error {
	return s.looking(ctx, func(db *Store, who domain.Actor) error { return db.SlotsKept(ctx, who) })
}

// Rotate makes a new data key; see [Store.Rotate].
func (s *Site) Rotate(ctx context.Context, tell func(int)) error {
	return s.looking(ctx, func(db *Store, who domain.Actor) error { return db.Rotate(ctx, who, tell) })
}

// looking opens the database for who looks after it.
func (s *Site) looking(_ context.Context, do func(*Store, domain.Actor) error) error {
	who, err := s.keeper()
	if err != nil {
		return err
	}
	o := s.options(Write)
	o.MustExist = true
	db, err := Open(s.Path, o)
	if err != nil {
		return err
	}
	return errors.Join(do(db, who), db.Close())
}

// MayServe refuses to serve a database beyond this machine that is not encrypted, unless the configuration says that it is meant.
func (s *Site) MayServe(db *Store, listen string) error {
	if db.Encrypted() || db.Practice() || s.Config.Store.Plain || !beyondLoopback(listen) {
		return nil
	}
	return &Problem{Kind: ErrPlain, Path: s.Path, Text: "it is not encrypted, and " + listen + " can be reached from other machines: encrypt it (homeward key init), listen on 127.0.0.1, " +
		`or say [store] encryption = "off" where that is meant`}
}

// NewestBackup is the newest backup that a server made of the database by itself; "" where there is none.
func (s *Site) NewestBackup() (string, error) {
	c := s.Config.Store
	if c.BackupTo == "" {
		return "", errors.New("name a backup, or a folder of them in [store] backup_to")
	}
	h, err := readHeadFile(s.Path) // which a served database has too
	if err != nil || h == nil {
		return "", cmp.Or(err, s.Exists(), errors.New("name a backup: which are of this database cannot be told"))
	}
	list, err := keptBackups(c.BackupTo, backupStem(s.Path, h.Database))
	if err != nil {
		return "", err
	}
	if len(list) == 0 {
		return "", fmt.Errorf("no backup of this database is in %s yet: name one", c.BackupTo)
	}
	return list[0].path, nil
}

// metaAt reads what a file says of itself, without a key.
func metaAt(path string) (m metaInfo, err error) {
	db, _, err := openBolt(path, Read, MaxWait)
	if err != nil {
		return m, err
	}
	defer db.Close() //nolint:errcheck // opened for reading
	return metaOf(db, ownVersions())
}
