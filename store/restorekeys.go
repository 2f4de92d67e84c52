package store

import (
	"bytes"
	"errors"
	"io/fs"
	"os"

	"homeward/store/keyring"
)

// unlock opens an encrypted backup, and checks it again, now with its keys. Its slots are in it, or beside it.
func (r *restore) unlock() error {
	db, _, err := openBolt(r.temp, Read, r.o.Wait)
	if err != nil {
		return err
	}
	m, err := metaOf(db, ownVersions())
	var f *keyring.File
	if err == nil && m.sealing != (sealing{}) {
		f, _, err = keysFor(r.from, db, m.sealing.ring)
	}
	if err2 := db.Close(); err == nil {
		err = err2
	}
	if err != nil || f == nil {
		return err
	}
	if r.ring, err = openRing(r.from, f, r.o.Unlock); err != nil {
		return err
	}
	r.keys, r.sealed = f, m.sealing
	r.joinKeys()
	if r.box, err = newBox(r.ring, m.sealing.epoch, m.sealing.texts); err != nil {
		return &Problem{Kind: ErrSealed, Path: r.from, Text: err.Error()}
	}
	check := r.o.Check
	if check == nil {
		check = checkHere(r.ring)
	}
	return CheckCopy(r.ctx, r.temp, check)
}

// joinKeys keeps the slots of the database that is there, where it is the same one further on and the same key opens it: who has no
// slot by now gets none by a restore, and what was made since can be read too.
func (r *restore) joinKeys() {
	now, err := readKeys(r.path)
	if err != nil || now == nil || now.Ring != r.keys.Ring || r.o.Unlock == nil {
		return
	}
	ring, err := r.o.Unlock(now)
	if err != nil {
		return
	}
	ring = ring.Clone()
	for n, key := range r.ring.Keys {
		if have, ok := ring.Keys[n]; ok && !bytes.Equal(have, key) {
			return
		}
		ring.Keys[n] = key
	}
	joined := now.Clone()
	if joined.Seal(ring) == nil {
		r.ring, r.keys = ring, joined
	}
}

// putKeys puts the keys of what is restored in their place. Those of another database, or of one that was encrypted where the backup
// is not, get another name; what was there has a copy of them in it.
func (r *restore) putKeys(kept string) error {
	if r.keys != nil {
		r.keys.InUse = true
		return (&Store{path: r.path}).putBackKeys(r.keys)
	}
	err := os.Rename(KeysPath(r.path), KeysPath(kept))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return accessError(KeysPath(r.path), "move", err)
	}
	return nil
}
