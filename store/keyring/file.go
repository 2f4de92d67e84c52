package keyring

import (
	"bytes"
	"crypto/hmac"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"filippo.io/age"
	"filippo.io/age/agessh"
)

// Kind is how a slot is opened.
type Kind string

// The kinds of slot.
const (
	Passphrase Kind = "passphrase" // one person's
	Recovery   Kind = "recovery"   // the passphrase that lies in a safe
	KeyFile    Kind = "file"       // by a file that homeward made, as a server has it
	Recipient  Kind = "recipient"  // by a private key that homeward never sees
)

// byPassphrase says that its holder gives a passphrase.
func (k Kind) byPassphrase() bool { return k == Passphrase || k == Recovery }

// Slot is one way to open a database.
type Slot struct {
	Name   string    `json:"name"`
	Kind   Kind      `json:"kind"`
	Made   time.Time `json:"made"`
	Public string    `json:"public"`           // age's form of the public key, or SSH's
	Sealed *sealed   `json:"sealed,omitempty"` // the private key, of a slot with a passphrase
}

// File is what stands beside a database: its slots, and its data keys sealed for all of them.
type File struct {
	About  string `json:"about"`
	Form   int    `json:"form"`
	Ring   string `json:"ring"`   // which ring it holds
	Serial int    `json:"serial"` // goes up with every change
	// InUse says that the database was encrypted: before that, making it so was cut off.
	InUse bool   `json:"in_use"`
	Slots []Slot `json:"slots"`
	Keys  []byte `json:"keys"` // the ring, sealed by age for every slot
	// Sum vouches for all of it by a data key, so that nobody can slip in a slot for which the next data key would be sealed too.
	Sum []byte `json:"sum"`
}

const (
	form  = 1
	about = "The keys of the database beside this file, sealed. Without it and one of its slots the database cannot be read: " +
		"every backup has a copy."
	largest = 1 << 20 // bytes of a file
)

// ErrWrongKey says that what was given opens no slot.
var ErrWrongKey = errors.New("this key opens none of the database's slots")

// ErrSlots says that the slots are not those that homeward wrote.
var ErrSlots = errors.New("the file of keys was changed by something other than homeward: put back a copy of it from before")

// ErrLastSlot says that the last slot cannot be removed.
var ErrLastSlot = errors.New("this is the last slot: without it nobody could open the database; add another first")

// Parse reads the bytes of a file.
func Parse(b []byte) (*File, error) {
	f := new(File)
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(f); err != nil || len(b) > largest {
		return nil, errors.New("the file of keys cannot be read: put back a copy of it")
	}
	if f.Form > form {
		return nil, errors.New("the file of keys was written by a newer homeward: use that")
	}
	return f, nil
}

// Bytes of the file.
func (f *File) Bytes() []byte {
	b, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		panic(err) // of texts and numbers alone
	}
	return append(b, '\n')
}

// New gives a file for a ring, without a slot: seal it once there is one.
func New(r *Ring) *File { return &File{About: about, Form: form, Ring: r.ID} }

// Clone gives a file of its own that says the same.
func (f *File) Clone() *File {
	c := *f
	c.Slots = slices.Clone(f.Slots)
	return &c
}

// Key is what somebody has to open a slot with: a passphrase, or the text of a file of private keys.
type Key struct {
	Passphrase string
	Private    []byte
}

// Open gives the data keys. ErrWrongKey where the key opens no slot; another error where the file is not as homeward wrote it.
func (f *File) Open(k Key) (*Ring, error) {
	ids, err := f.identities(k)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		r, err := f.openWith(id)
		if no := (*age.NoIdentityMatchError)(nil); errors.As(err, &no) {
			continue
		}
		if err != nil {
			return nil, err
		}
		return r, nil
	}
	return nil, ErrWrongKey
}

func (f *File) openWith(id age.Identity) (*Ring, error) {
	spoilt := errors.New("the sealed data keys are damaged: put back a copy of the file of keys")
	plain, err := age.Decrypt(bytes.NewReader(f.Keys), id)
	if no := (*age.NoIdentityMatchError)(nil); errors.As(err, &no) {
		return nil, err
	}
	if err != nil {
		return nil, spoilt
	}
	b, err := io.ReadAll(io.LimitReader(plain, largest))
	r := new(Ring)
	if err != nil || json.Unmarshal(b, r) != nil || r.sound() != nil {
		return nil, spoilt
	}
	if !f.Holds(r) {
		return nil, ErrSlots
	}
	return r, nil
}

// Holds says whether the file holds a ring that was opened before, as it is.
func (f *File) Holds(r *Ring) bool {
	return r.ID == f.Ring && hmac.Equal(r.sum(f.vouched()), f.Sum)
}

// identities are the private keys that somebody has by what they give.
func (f *File) identities(k Key) ([]age.Identity, error) {
	if len(k.Private) > 0 {
		return parseIdentities(k.Private)
	}
	var out []age.Identity
	for _, s := range f.Slots {
		if !s.Kind.byPassphrase() || s.Sealed == nil {
			continue
		}
		private, err := s.Sealed.open(s.Kind.folded(k.Passphrase), s.Name)
		if errors.Is(err, ErrWrongKey) {
			continue
		}
		if err != nil {
			return nil, err
		}
		id, err := age.ParseX25519Identity(string(private))
		if err != nil {
			return nil, ErrSlots
		}
		out = append(out, id)
	}
	return out, nil
}

func parseIdentities(b []byte) ([]age.Identity, error) {
	if bytes.HasPrefix(bytes.TrimSpace(b), []byte("-----BEGIN")) {
		id, err := agessh.ParseIdentity(b)
		if err != nil {
			return nil, errors.New("the key file holds an SSH key that cannot be used: one of type ed25519 or rsa without a passphrase can")
		}
		return []age.Identity{id}, nil
	}
	ids, err := age.ParseIdentities(bytes.NewReader(b))
	if err != nil {
		return nil, errors.New("the key file holds no private key: one begins with AGE-SECRET-KEY-")
	}
	return ids, nil
}

func parseRecipient(public string) (age.Recipient, error) {
	if strings.HasPrefix(public, "ssh-") {
		return agessh.ParseRecipient(public)
	}
	return age.ParseX25519Recipient(public)
}

// Seal seals a ring for the slots there are, after either was changed.
func (f *File) Seal(r *Ring) error {
	if len(f.Slots) == 0 {
		return ErrLastSlot
	}
	var to []age.Recipient
	for _, s := range f.Slots {
		p, err := parseRecipient(s.Public)
		if err != nil {
			return fmt.Errorf("the public key of the slot %q cannot be read", s.Name)
		}
		to = append(to, p)
	}
	plain, err := json.Marshal(r)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	w, err := age.Encrypt(&b, to...)
	if err == nil {
		if _, err = w.Write(plain); err == nil {
			err = w.Close()
		}
	}
	if err != nil {
		return err
	}
	f.Keys, f.Ring, f.Serial = b.Bytes(), r.ID, f.Serial+1
	f.Sum = r.sum(f.vouched())
	return nil
}

// vouched are the bytes that the sum is over: all but itself and whether it is in use yet.
func (f *File) vouched() []byte {
	c := *f
	c.Sum, c.InUse, c.About = nil, false, ""
	return c.Bytes()
}

// Slot gives one by its name.
func (f *File) Slot(name string) (Slot, bool) {
	i := slices.IndexFunc(f.Slots, func(s Slot) bool { return s.Name == name })
	if i < 0 {
		return Slot{}, false
	}
	return f.Slots[i], true
}
