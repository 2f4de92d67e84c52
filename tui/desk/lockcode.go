package desk

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"

	"golang.org/x/crypto/argon2"

	"homeward/domain/view"
	"homeward/tui/frame"
)

// A lock code is kept as a salted argon2id hash, with the cost it was made at, so that the cost may change: what RFC 9106
// calls the memory-constrained way, cut to a memory that a server of many sessions can give to all of them at once.
const (
	lockTime   = 3
	lockMemory = 19 << 10 // KiB
	lockSalt   = 16       // bytes
	lockHash   = 32
	// What a damaged or planted preference may ask of this process at most.
	lockTimeMost   = 16
	lockMemoryMost = 256 << 10
)

// LockCode keeps what this person unlocks the dashboard with.
func (p *Program) LockCode() *frame.Code {
	return &frame.Code{
		Has: func(ctx context.Context) (bool, error) {
			kept, err := p.Preference(ctx, view.LockPreference)
			return len(kept) > 0, err
		},
		Check: func(ctx context.Context, code string) (bool, error) {
			kept, err := p.Preference(ctx, view.LockPreference)
			if err != nil {
				return false, err
			}
			if len(kept) == 0 {
				return false, errors.New("a supervisor has taken it away: leave and come in again")
			}
			return sameCode(kept, code)
		},
		Set: func(ctx context.Context, old, code string) error {
			kept, err := p.Preference(ctx, view.LockPreference)
			if err != nil {
				return err
			}
			if len(kept) > 0 {
				if same, err := sameCode(kept, old); err != nil {
					return err
				} else if !same {
					return frame.ErrWrongCode
				}
			}
			fresh, err := hashCode(code)
			if err != nil {
				return err
			}
			return p.KeepPreference(ctx, view.LockPreference, fresh)
		},
	}
}

func hashCode(code string) (map[string]string, error) {
	salt := make([]byte, lockSalt)
	if _, err := rand.Read(salt); err != nil {
		return nil, err
	}
	hash := argon2.IDKey([]byte(code), salt, lockTime, lockMemory, 1, lockHash)
	text := base64.StdEncoding.EncodeToString
	return map[string]string{"way": "argon2id", "time": strconv.Itoa(lockTime), "memory": strconv.Itoa(lockMemory), "salt": text(salt), "hash": text(hash)}, nil
}

// sameCode says whether a code is the one that was hashed.
func sameCode(kept map[string]string, code string) (bool, error) {
	time, errT := strconv.ParseUint(kept["time"], 10, 32)
	memory, errM := strconv.ParseUint(kept["memory"], 10, 32)
	salt, errS := base64.StdEncoding.DecodeString(kept["salt"])
	hash, errH := base64.StdEncoding.DecodeString(kept["hash"])
	err := errors.Join(errT, errM, errS, errH)
	switch {
	case err != nil, kept["way"] != "argon2id", time < 1, time > lockTimeMost, memory < 1, memory > lockMemoryMost, len(hash) != lockHash:
		return false, fmt.Errorf("what is kept of it cannot be read")
	}
	return subtle.ConstantTimeCompare(hash, argon2.IDKey([]byte(code), salt, uint32(time), uint32(memory), 1, lockHash)) == 1, nil
}
