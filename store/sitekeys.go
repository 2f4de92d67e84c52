package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store/keyring"
)

// What the account with the rights to a database does about its keys (INTERFACES, Keys).

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

// InitKeys encrypts the database in place, for these slots; see [Encrypt].
func (s *Site) InitKeys(ctx context.Context, slots []view.NewSlot, cost keyring.Cost, check Checker) (plain []string, err error) {
	who, err := s.keeper()
	if err != nil {
		return nil, err
	}
	ring := keyring.NewRing()
	f := keyring.New(ring)
	for i, n := range slots {
		if n.Name == "" {
			n.Name = slotName(n, i+1)
		}
		if err := addSlot(f, ring, n, cost); err != nil {
			return nil, err
		}
	}
	if len(f.Slots) == 0 {
		return nil, keyring.ErrLastSlot
	}
	if s.place.Keys != nil {
		s.place.Keys.Have(ring)
	}
	return Encrypt(ctx, s.Path, s.options(Write), f, ring, who, check)
}

func slotName(n view.NewSlot, nth int) string {
	switch {
	case n.KeyFile != "":
		return SlotServer
	case n.Recovery != "":
		return SlotRecovery
	}
	return fmt.Sprintf("slot %d", nth)
}

// addSlot adds a slot to a file of keys. A key file is there, on the disk, before anything is sealed for it.
func addSlot(f *keyring.File, ring *keyring.Ring, n view.NewSlot, cost keyring.Cost) error {
	now := time.Now()
	switch {
	case n.KeyFile != "":
		text, err := keyFile(n.KeyFile)
		if err == nil {
			err = f.AddKeyFile(ring, n.Name, text, now)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", n.KeyFile, err)
		}
		return nil
	case n.Recipient != "":
		return f.AddRecipient(ring, n.Name, n.Recipient, now)
	case n.Recovery != "":
		return f.AddPassphrase(ring, n.Name, keyring.Recovery, n.Recovery, cost, now)
	}
	return f.AddPassphrase(ring, n.Name, keyring.Passphrase, n.Passphrase, cost, now)
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

// AddSlot adds a slot, whichever is given.
func (s *Site) AddSlot(n view.NewSlot, cost keyring.Cost) error {
	return ChangeKeys(s.Path, s.place.unlockToChange(), func(f *keyring.File, ring *keyring.Ring) error { return addSlot(f, ring, n, cost) })
}

// RemoveSlot removes one. What it opened before it still opens, until the data key is another.
func (s *Site) RemoveSlot(name string) error {
	return ChangeKeys(s.Path, s.place.unlockToChange(), func(f *keyring.File, ring *keyring.Ring) error { return f.Remove(ring, name) })
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

// NobodyToAsk says that the database is encrypted, and that there is no key to try and nobody to ask for one.
func (s *Site) NobodyToAsk() bool {
	f, err := Keys(s.Path)
	return err == nil && f != nil && (s.place.Keys == nil || s.place.Keys.Empty())
}

// TryPassphrase opens the keys of the database with a passphrase that somebody gave, and has it known from then on.
func (s *Site) TryPassphrase(passphrase string) error {
	f, err := Keys(s.Path)
	if err != nil || f == nil {
		return cmp.Or(err, keyring.ErrWrongKey)
	}
	if _, err := f.Open(keyring.Key{Passphrase: passphrase}); err != nil {
		return err
	}
	s.place.Keys.Give(passphrase)
	return nil
}

// OwnerOf finds whose public key it is, as it goes over the wire, without the database being open.
func (s *Site) OwnerOf(wire []byte) (login string, err error) {
	login, ok := s.Config.OwnerOf(wire)
	if !ok {
		return "", errors.New("the key belongs to nobody in the configuration")
	}
	who, err := domain.ActorFor(&s.Config.Settings, s.place.now(), "", login)
	return who.Login, err
}

// NewestBackup is the newest backup of the database in the folder of its backups, made by a server or by hand.
func (s *Site) NewestBackup() (newest string, err error) {
	folder := s.Config.Store.BackupTo
	if folder == "" {
		return "", errors.New("name a backup, or a folder of them in [store] backup_to")
	}
	h, err := readHeadFile(s.Path) // which a served database has too
	if err != nil || h == nil {
		return "", cmp.Or(err, s.Exists(), errors.New("name a backup: which are of this database cannot be told"))
	}
	list, err := os.ReadDir(folder)
	if err != nil {
		return "", accessError(folder, "read", err)
	}
	var at time.Time
	for _, e := range list {
		st, err := e.Info()
		if err != nil || !st.Mode().IsRegular() || !st.ModTime().After(at) {
			continue
		}
		path := filepath.Join(folder, e.Name())
		if m, err := metaAt(path); err == nil && m.database == h.Database {
			newest, at = path, st.ModTime()
		}
	}
	if newest == "" {
		return "", fmt.Errorf("no backup of this database is in %s yet: name one", folder)
	}
	return newest, nil
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
