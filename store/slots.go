package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"homeward/store/keyring"
)

// Keys gives the slots of a database; nil where it is not encrypted. It needs no key. Where the file of keys is missing, the copy in
// the database tells.
func Keys(path string) (*keyring.File, error) {
	f, err := readKeys(path)
	if err != nil || f != nil && f.InUse {
		return f, err
	}
	return keysInside(path)
}

// keysInside is the copy in a database that is encrypted; nil where it is not. ErrHeld where somebody has it open.
func keysInside(path string) (f *keyring.File, err error) {
	db, _, err := openBolt(path, Read, 0) // a server that has it open tells by itself
	if errors.Is(err, ErrHeld) {
		return nil, err // nobody can tell whether it has one
	}
	if err != nil {
		return nil, nil //nolint:nilerr // who opens it is told
	}
	defer db.Close() //nolint:errcheck // opened for reading
	m, err := metaOf(db, ownVersions())
	if err != nil || m.sealing == (sealing{}) {
		return nil, nil //nolint:nilerr // likewise
	}
	return keysIn(db)
}

// changeKeys changes the file of keys while nobody else does.
func changeKeys(path string, change func(*keyring.File) error) error {
	unlock, err := lockFolder(filepath.Dir(path), path, MaxWait)
	if err != nil {
		return err
	}
	defer unlock()
	f, err := Keys(path)
	if err == nil && f == nil {
		err = &Problem{Kind: ErrPlain, Path: path}
	}
	if err != nil {
		return err
	}
	if err := change(f); err != nil {
		return err
	}
	return writeKeys(path, f)
}

// ChangeKeys opens the file of keys of a database with a key and lets change add or remove a slot, and seals it again. The database
// need not be open, and may be.
func ChangeKeys(path string, with Unlock, change func(*keyring.File, *keyring.Ring) error) error {
	return changeKeys(path, func(f *keyring.File) error {
		ring, err := openRing(path, f, with)
		if err != nil {
			return err
		}
		return change(f, ring)
	})
}

// TestKeys opens a backup with a key and reads one of its lines, and says what slots it has.
func TestKeys(backup string, with Unlock) (slots []keyring.Slot, made time.Time, err error) {
	db, _, err := openBolt(backup, Read, MaxWait)
	if err != nil {
		return nil, made, err
	}
	defer db.Close() //nolint:errcheck // opened for reading
	m, err := metaOf(db, ownVersions())
	if err != nil {
		return nil, made, err
	}
	if m.sealing == (sealing{}) {
		return nil, made, &Problem{Kind: ErrPlain, Path: backup}
	}
	f, err := keysIn(db)
	if err != nil {
		return nil, made, err
	}
	if f == nil || f.Ring != m.sealing.ring {
		return nil, made, &Problem{Kind: ErrSealed, Path: backup, Text: "it has no copy of its keys"}
	}
	ring, err := openRing(backup, f, with)
	if err != nil {
		return nil, made, err
	}
	s := &Store{path: backup, mode: Read, clock: time.Now, knows: ownVersions(), db: db}
	if err := s.hold(ring, m.sealing); err != nil {
		return nil, made, &Problem{Kind: ErrSealed, Path: backup, Text: err.Error()}
	}
	tx, err := s.begin(false)
	if err != nil {
		return nil, made, err
	}
	defer s.rollback(tx)
	t := newTxn(s, tx, nil)
	err = guarded(func() error {
		l, _, err := t.line(m.head.count)
		if err == nil && l == nil {
			err = errors.New("its log is empty")
		}
		if err == nil {
			made = time.Unix(l.When.Unix(), 0)
		}
		return err
	})
	if err != nil {
		return nil, made, fmt.Errorf("%s: %w", backup, err)
	}
	return f.Slots, made, nil
}
