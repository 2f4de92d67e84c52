package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"homeward/store/keyring"
)

// Unlocker finds the key to an encrypted database: a key file, or a passphrase that it asks for. What opened one once opens the next
// without asking again. It is safe for many goroutines.
type Unlocker struct {
	// Ask asks for a passphrase, which what names; again says that the one before was wrong. Nil: nobody can be asked.
	Ask func(what string, again bool) (string, error)

	mu    sync.Mutex
	files []string
	found []keyring.Key
	rings map[string]*keyring.Ring
}

// NewUnlocker tries these key files, "" for none, and the one that the service manager hands over in a folder, then asks.
func NewUnlocker(ask func(what string, again bool) (string, error), credentials string, files ...string) *Unlocker {
	u := &Unlocker{Ask: ask}
	for _, f := range files {
		u.AddFile(f)
	}
	u.addCredential(credentials)
	return u
}

// askedAtMost is how often a passphrase is asked for.
const askedAtMost = 3

// Credential is the name under which a server's key file is handed to it (systemd, LoadCredentialEncrypted=).
const Credential = "homeward.key"

// AddFile has it try a key file, "" for none.
func (u *Unlocker) AddFile(path string) {
	if path == "" {
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if !slices.Contains(u.files, path) {
		u.files = append(u.files, path)
	}
}

// addCredential has it try the key file that the service manager hands over in a folder, "" for none.
func (u *Unlocker) addCredential(folder string) {
	if folder == "" {
		return
	}
	path := filepath.Join(folder, Credential)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return
	}
	u.AddFile(path)
}

// Give has it try a passphrase that somebody gave.
func (u *Unlocker) Give(passphrase string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.found = append(u.found, keyring.Key{Passphrase: passphrase})
}

// Empty says that there is nothing to try, of what there is, and nobody to ask.
func (u *Unlocker) Empty() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, path := range u.files {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			return false
		}
	}
	return u.Ask == nil && len(u.found) == 0
}

// Have has it know data keys that were made just now.
func (u *Unlocker) Have(r *keyring.Ring) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.keep(r)
}

// Open gives the data keys of a file of keys; it is an [Unlock].
func (u *Unlocker) Open(f *keyring.File) (*keyring.Ring, error) { return u.openFor("Passphrase", f) }

// openFor does it; what names the passphrase that is asked for.
func (u *Unlocker) openFor(what string, f *keyring.File) (*keyring.Ring, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if r := u.rings[f.Ring]; r != nil && f.Holds(r) {
		return r, nil
	}
	for _, k := range u.found {
		if ring, err := f.Open(k); err == nil {
			return u.keep(ring), nil
		} else if !errors.Is(err, keyring.ErrWrongKey) {
			return nil, err
		}
	}
	missing := ""
	for _, path := range u.files {
		ring, err := u.byFile(f, path)
		if errors.Is(err, fs.ErrNotExist) {
			missing = "; " + path + " is not there"
			continue
		}
		if err == nil {
			return u.keep(ring), nil
		}
		if u.Ask == nil || !errors.Is(err, keyring.ErrWrongKey) {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	if u.Ask == nil {
		return nil, errors.New("it is encrypted: name a key file (--key-file, or [store] key_file), or ask in a terminal, where homeward asks for a passphrase" + missing)
	}
	for n := range askedAtMost {
		p, err := u.Ask(what, n > 0)
		if err != nil {
			return nil, err
		}
		ring, err := u.try(f, keyring.Key{Passphrase: p})
		if err == nil {
			return u.keep(ring), nil
		}
		if !errors.Is(err, keyring.ErrWrongKey) {
			return nil, err
		}
	}
	return nil, keyring.ErrWrongKey
}

func (u *Unlocker) byFile(f *keyring.File, path string) (*keyring.Ring, error) {
	private, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return u.try(f, keyring.Key{Private: private})
}

// try opens with a key, and remembers one that did.
func (u *Unlocker) try(f *keyring.File, k keyring.Key) (*keyring.Ring, error) {
	ring, err := f.Open(k)
	if err == nil {
		u.found = append(u.found, k)
	}
	return ring, err
}

func (u *Unlocker) keep(r *keyring.Ring) *keyring.Ring {
	if u.rings == nil {
		u.rings = map[string]*keyring.Ring{}
	}
	u.rings[r.ID] = r
	return r
}

// Rings are those it opened.
func (u *Unlocker) Rings() []*keyring.Ring {
	u.mu.Lock()
	defer u.mu.Unlock()
	var out []*keyring.Ring
	for _, r := range u.rings {
		out = append(out, r)
	}
	return out
}

// Rings are the data keys that the database is open with; none where it is not encrypted.
func (s *Store) Rings() []*keyring.Ring {
	if r := s.ring.Load(); r != nil {
		return []*keyring.Ring{r}
	}
	return nil
}

// ringBytes and readRings hand data keys to the child process of a check, through a pipe.
func ringBytes(rings []*keyring.Ring) []byte {
	b, err := json.Marshal(rings)
	if err != nil {
		panic(err) // of numbers and bytes
	}
	return b
}

func readRings(from io.Reader) ([]*keyring.Ring, error) {
	b, err := io.ReadAll(io.LimitReader(from, 1<<20))
	if err != nil || len(bytes.TrimSpace(b)) == 0 {
		return nil, err
	}
	var rings []*keyring.Ring
	return rings, json.Unmarshal(b, &rings)
}
