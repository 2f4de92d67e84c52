// Package keyring keeps the data keys of an encrypted database in a file beside it, sealed for each of those who may open it: a
// slot each (INTERFACES, Keys).
//
// Every slot has a pair of age keys. The file has the public one, and the data keys are sealed for all of them together; so
// they can be sealed anew, with another data key or another slot, without anybody's passphrase. The private one is in a key file,
// with the holder of the public one, or in the slot, sealed by a passphrase.
package keyring

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
)

// KeySize is how many bytes a data key has.
const KeySize = 32

// Ring is the data keys of a database, opened.
type Ring struct {
	ID   string            `json:"id"`   // names the ring, in the file of keys and in the database
	Keys map[uint32][]byte `json:"keys"` // by their number, which all that is sealed with them names
}

// NewRing makes one with one data key.
func NewRing() *Ring {
	r := &Ring{ID: hex.EncodeToString(random(16)), Keys: map[uint32][]byte{}}
	r.Add()
	return r
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

// Newest is the number of the newest data key.
func (r *Ring) Newest() uint32 {
	var newest uint32
	for n := range r.Keys {
		newest = max(newest, n)
	}
	return newest
}

// Add makes a data key more and gives its number.
func (r *Ring) Add() uint32 {
	n := r.Newest() + 1
	r.Keys[n] = random(KeySize)
	return n
}

// Drop takes a data key out for good.
func (r *Ring) Drop(n uint32) { delete(r.Keys, n) }

// Clone gives a ring of its own with the same keys.
func (r *Ring) Clone() *Ring { return &Ring{ID: r.ID, Keys: maps.Clone(r.Keys)} }

func (r *Ring) sound() error {
	if r.ID == "" || len(r.Keys) == 0 {
		return errors.New("it holds no data key")
	}
	for _, k := range r.Keys {
		if len(k) != KeySize {
			return errors.New("it holds a data key of another length")
		}
	}
	return nil
}

// sum vouches for bytes by the newest data key.
func (r *Ring) sum(of []byte) []byte {
	numbers := slices.Sorted(maps.Keys(r.Keys))
	key, err := hkdf.Key(sha256.New, r.Keys[numbers[len(numbers)-1]], nil, "homeward slots", sha256.Size)
	if err != nil {
		panic(err) // of lengths that do not change
	}
	h := hmac.New(sha256.New, key)
	h.Write(of)
	return h.Sum(nil)
}
