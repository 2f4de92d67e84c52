package keyring

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"filippo.io/age"
	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
)

// Cost is how dear it is to try a passphrase.
type Cost struct {
	Memory uint32 `json:"memory"` // KiB
	Passes uint32 `json:"passes"`
	Lanes  uint8  `json:"lanes"`
}

// DefaultCost takes a third of a second and 256 MiB.
func DefaultCost() Cost { return Cost{256 << 10, 3, 4} }

// sound keeps a file that somebody made up from taking all the memory there is.
func (c Cost) sound() bool {
	return c.Memory >= 8 && c.Memory <= 2<<20 && c.Passes >= 1 && c.Passes <= 64 && c.Lanes >= 1 && c.Lanes <= 64
}

// sealed is a private key, sealed by a passphrase.
type sealed struct {
	Cost
	Salt []byte `json:"salt"`
	Text []byte `json:"text"`
}

func sealBy(passphrase, name string, private []byte, c Cost) (*sealed, error) {
	s := &sealed{Cost: c, Salt: random(16)}
	aead, err := chacha20poly1305.NewX(s.key(passphrase))
	if err != nil {
		return nil, err
	}
	nonce := random(chacha20poly1305.NonceSizeX)
	s.Text = aead.Seal(nonce, nonce, private, []byte(name))
	return s, nil
}

func (s *sealed) key(passphrase string) []byte {
	return argon2.IDKey([]byte(passphrase), s.Salt, s.Passes, s.Memory, s.Lanes, chacha20poly1305.KeySize)
}

// open gives the private key; ErrWrongKey where the passphrase is another.
func (s *sealed) open(passphrase, name string) ([]byte, error) {
	if !s.sound() || len(s.Text) < chacha20poly1305.NonceSizeX {
		return nil, ErrSlots
	}
	aead, err := chacha20poly1305.NewX(s.key(passphrase))
	if err != nil {
		return nil, err
	}
	n := chacha20poly1305.NonceSizeX
	private, err := aead.Open(nil, s.Text[:n], s.Text[n:], []byte(name))
	if err != nil {
		return nil, ErrWrongKey
	}
	return private, nil
}

// NewRecovery makes a recovery passphrase: six groups of four letters and figures, none of which can be taken for another.
func NewRecovery() string {
	const signs = "0123456789abcdefghjkmnpqrstvwxyz" // Crockford's
	b := random(24)
	var out []byte
	for i, c := range b {
		if i > 0 && i%4 == 0 {
			out = append(out, '-')
		}
		out = append(out, signs[c%32])
	}
	return string(out)
}

// FoldRecovery gives a recovery passphrase as it is kept, however its groups are written.
func FoldRecovery(p string) string {
	return strings.NewReplacer("-", "", " ", "").Replace(strings.ToLower(p))
}

// folded is a passphrase as a slot of a kind is sealed by it.
func (k Kind) folded(passphrase string) string {
	if k == Recovery {
		return FoldRecovery(passphrase)
	}
	return passphrase
}

// ShortestPassphrase is how many characters one has at least.
const ShortestPassphrase = 12

// CheckPassphrase says what is wrong with a new passphrase.
func CheckPassphrase(p string) error {
	switch {
	case utf8.RuneCountInString(p) < ShortestPassphrase:
		return fmt.Errorf("a passphrase has %d characters or more: four or five words do well", ShortestPassphrase)
	case strings.TrimSpace(p) != p:
		return errors.New("a passphrase neither begins nor ends with a space")
	}
	return nil
}

// AddPassphrase adds a slot that a passphrase opens.
func (f *File) AddPassphrase(r *Ring, name string, k Kind, passphrase string, c Cost, now time.Time) error {
	if !k.byPassphrase() {
		return fmt.Errorf("a slot of kind %q has no passphrase", k)
	}
	if err := errors.Join(CheckPassphrase(passphrase), f.free(name)); err != nil {
		return err
	}
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return err
	}
	s, err := sealBy(k.folded(passphrase), name, []byte(id.String()), c)
	if err != nil {
		return err
	}
	return f.add(r, Slot{Name: name, Kind: k, Made: now.UTC().Truncate(time.Second), Public: id.Recipient().String(), Sealed: s})
}

// AddRecipient adds a slot for who has the private key of a public one: of age, or an SSH key.
func (f *File) AddRecipient(r *Ring, name, public string, now time.Time) error {
	public = strings.TrimSpace(public)
	if _, err := parseRecipient(public); err != nil {
		return fmt.Errorf("%q is no public key of age, nor an SSH key of type ed25519 or rsa: one of age begins with age1", public)
	}
	return f.add(r, Slot{Name: name, Kind: Recipient, Made: now.UTC().Truncate(time.Second), Public: public})
}

// NewKeyFile gives the text of a key file: nobody has it but who keeps that.
func NewKeyFile() ([]byte, error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "# A key to an encrypted homeward database. Anybody who has this file can read it.\n%s\n", id), nil
}

// AddKeyFile adds a slot that a key file opens, by its text.
func (f *File) AddKeyFile(r *Ring, name string, text []byte, now time.Time) error {
	ids, err := age.ParseIdentities(bytes.NewReader(text))
	if err != nil || len(ids) != 1 {
		return errNoKeyFile
	}
	id, ok := ids[0].(*age.X25519Identity)
	if !ok {
		return errNoKeyFile
	}
	return f.add(r, Slot{Name: name, Kind: KeyFile, Made: now.UTC().Truncate(time.Second), Public: id.Recipient().String()})
}

var errNoKeyFile = errors.New("this is no key file: one holds a single line that begins with AGE-SECRET-KEY-")

func (f *File) free(name string) error {
	if name == "" || utf8.RuneCountInString(name) > 64 || strings.ContainsFunc(name, func(c rune) bool { return c < ' ' || c == 0x7f }) {
		return errors.New("a slot has a name of 1 to 64 characters on one line")
	}
	if _, ok := f.Slot(name); ok {
		return fmt.Errorf("there is a slot %q already", name)
	}
	return nil
}

// add puts a slot into the file; on an error the file is as it was.
func (f *File) add(r *Ring, s Slot) error {
	if err := f.free(s.Name); err != nil {
		return err
	}
	was := *f
	f.Slots = append(slices.Clone(f.Slots), s)
	if err := f.Seal(r); err != nil {
		*f = was
		return err
	}
	return nil
}

// Remove takes a slot out. What it opened before, it still opens: a copy of the file as it was, and every backup that has one, until
// the data key is another.
func (f *File) Remove(r *Ring, name string) error {
	if _, ok := f.Slot(name); !ok {
		return fmt.Errorf("there is no slot %q", name)
	}
	if len(f.Slots) == 1 {
		return ErrLastSlot
	}
	was := *f
	f.Slots = slices.DeleteFunc(slices.Clone(f.Slots), func(s Slot) bool { return s.Name == name })
	if err := f.Seal(r); err != nil {
		*f = was
		return err
	}
	return nil
}
