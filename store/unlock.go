package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"

	bolt "go.etcd.io/bbolt"

	"homeward/store/keyring"
)

// An encrypted file says in its meta bucket which ring it is sealed with. The file of keys beside it (X.db.keys) holds the ring in its
// slots, and so does a copy in the meta bucket: a backup goes with its keys, and a file of keys that was lost is put back.

// Unlock gives the data keys of a file of keys: it asks for a passphrase, or has a key file. A nil one has no key.
type Unlock func(*keyring.File) (*keyring.Ring, error)

// ErrSealed says that the database is encrypted and nobody gave a key.
var ErrSealed = errors.New("the database is encrypted: a key is needed")

// Keys of the meta bucket of an encrypted file.
const (
	metaRing  = "ring" // a sealing
	metaSlots = "keys" // a copy of the file of keys
)

// sealing is what an encrypted file is sealed with; the zero one is of a file that is not.
type sealing struct {
	epoch uint32 // of the data key for what is put from now on
	texts uint32 // of the data key by which keys of texts are made
	ring  string
}

func (s sealing) bytes() []byte {
	b := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, s.epoch), s.texts)
	return append(b, s.ring...)
}

func readSealing(v []byte) (s sealing, err error) {
	if len(v) < 9 {
		return s, flawf("its %s is malformed", metaRing)
	}
	return sealing{binary.BigEndian.Uint32(v), binary.BigEndian.Uint32(v[4:]), string(v[8:])}, nil
}

// KeysPath is where the keys of a database stand.
func KeysPath(path string) string { return path + ".keys" }

// readKeys reads the file of keys of a database; nil where there is none.
func readKeys(path string) (*keyring.File, error) {
	b, err := os.ReadFile(KeysPath(path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, accessError(KeysPath(path), "read", err)
	}
	f, err := keyring.Parse(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", KeysPath(path), err)
	}
	return f, nil
}

// writeKeys replaces it, all or nothing, while others may be reading it.
func writeKeys(path string, f *keyring.File) error {
	return replaceWith(KeysPath(path), func(temp string) error { return os.WriteFile(temp, f.Bytes(), 0o600) }, os.Rename)
}

// keysIn is the copy of the file of keys that a database has in it; nil where it has none.
func keysIn(db *bolt.DB) (f *keyring.File, err error) {
	err = guarded(func() error {
		return db.View(func(tx *bolt.Tx) error {
			b := tx.Bucket(inMeta.key())
			if b == nil || b.Get([]byte(metaSlots)) == nil {
				return nil
			}
			v, err := soundEntry([]byte(metaSlots), b.Get([]byte(metaSlots)))
			if err == nil {
				f, err = keyring.Parse(bytes.Clone(v))
			}
			return err
		})
	})
	return f, err
}

// keysFor finds the keys of a database that is sealed with a ring: beside it, or in it. lost says that those beside it are missing
// or another's.
func keysFor(path string, db *bolt.DB, ring string) (f *keyring.File, lost bool, err error) {
	beside, err := readKeys(path)
	if err == nil && beside != nil && beside.Ring == ring {
		return beside, false, nil
	}
	inside, err2 := keysIn(db)
	if inside != nil && inside.Ring == ring {
		return inside, true, nil
	}
	if err = errors.Join(err, err2); err != nil {
		return nil, false, err
	}
	return nil, false, &Problem{Kind: ErrSealed, Path: path, Text: "it is encrypted, and its keys " + KeysPath(path) + " are missing: put back a copy of them"}
}

// unlock opens what is sealed, by the keys beside the database. It does nothing for a file that is not encrypted.
func (s *Store) unlock(m metaInfo, with Unlock) error {
	if m.sealing == (sealing{}) {
		return s.refuseUnsealed()
	}
	f, lost, err := keysFor(s.path, s.db, m.sealing.ring)
	if err != nil {
		return err
	}
	ring, err := openRing(s.path, f, with)
	if err != nil {
		return err
	}
	if err := s.hold(ring, m.sealing); err != nil {
		return &Problem{Kind: ErrSealed, Path: s.path, Text: err.Error()}
	}
	if s.mode == Read {
		return nil
	}
	if lost || !f.InUse {
		f.InUse = true
		if err := s.putBackKeys(f); err != nil {
			return err
		}
		if lost {
			s.mended = append(s.mended, "the keys beside the database were missing, or another's: they were put back from the copy in it: "+KeysPath(s.path))
		}
	}
	return nil
}

func openRing(path string, f *keyring.File, with Unlock) (*keyring.Ring, error) {
	if with == nil {
		return nil, &Problem{Kind: ErrSealed, Path: path, Text: "it is encrypted: name a key file (--key-file, or [store] key_file), or ask for it in a terminal, which asks for a passphrase"}
	}
	ring, err := with(f)
	if err != nil {
		var p *Problem
		if errors.As(err, &p) {
			return nil, err
		}
		return nil, &Problem{Kind: ErrSealed, Path: path, Text: err.Error()}
	}
	if ring.ID != f.Ring {
		return nil, &Problem{Kind: ErrSealed, Path: path, Text: "the key is another database's"}
	}
	return ring, nil
}

// hold takes the data keys into use.
func (s *Store) hold(ring *keyring.Ring, m sealing) error {
	b, err := newBox(ring, m.epoch, m.texts)
	if err != nil {
		return err
	}
	s.ring.Store(ring)
	s.box.Store(b)
	return nil
}

// refuseUnsealed refuses a file that is not encrypted where the keys beside it say that it is: somebody put it in its place.
func (s *Store) refuseUnsealed() error {
	f, err := readKeys(s.path)
	if err != nil || f == nil || !f.InUse {
		return nil //nolint:nilerr // keys that cannot be read say nothing of a file that needs none
	}
	return &Problem{Kind: ErrDamaged, Path: s.path, Text: "its keys " + KeysPath(s.path) + " say that it is encrypted, and it is not: another file was put in its place. " +
		"Restore from backup; or, where you mean this file, move the keys away first"}
}

// putBackKeys writes the keys beside the database, and what was there, of another, aside.
func (s *Store) putBackKeys(f *keyring.File) error {
	was, err := readKeys(s.path)
	if err != nil || was != nil && was.Ring != f.Ring {
		if err := os.Rename(KeysPath(s.path), besides(KeysPath(s.path), ".other-")); err != nil {
			return accessError(KeysPath(s.path), "move", err)
		}
	}
	return writeKeys(s.path, f)
}

// Encrypted says whether the database is.
func (s *Store) Encrypted() bool { return s.box.Load() != nil }
