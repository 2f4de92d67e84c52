package keyring_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"homeward/store/keyring"
)

// cheap is a cost for tests alone.
func cheap() keyring.Cost { return keyring.Cost{Memory: 8, Passes: 1, Lanes: 1} }

func at() time.Time { return time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC) }

const (
	ada   = "correct horse battery staple"
	spare = "seven seas under one moon"
)

// made is a file with a slot of each kind, its ring, and the private keys of the two that have no passphrase.
func made(t *testing.T) (f *keyring.File, r *keyring.Ring, server, own []byte) {
	t.Helper()
	r = keyring.NewRing()
	f = keyring.New(r)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.AddPassphrase(r, "ada", keyring.Passphrase, ada, cheap(), at()))
	must(f.AddPassphrase(r, "recovery", keyring.Recovery, spare, cheap(), at()))
	server, err := keyring.NewKeyFile()
	must(err)
	must(f.AddKeyFile(r, "server", server, at()))
	id, err := age.GenerateX25519Identity()
	must(err)
	must(f.AddRecipient(r, "sue", id.Recipient().String(), at()))
	return f, r, server, []byte(id.String())
}

func opens(t *testing.T, f *keyring.File, k keyring.Key, want *keyring.Ring) {
	t.Helper()
	read, err := keyring.Parse(f.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	got, err := read.Open(k)
	if err != nil {
		t.Fatal(err)
	}
	if got.ID != want.ID || len(got.Keys) != len(want.Keys) {
		t.Fatalf("%v, want %v", got, want)
	}
	for n, key := range want.Keys {
		if !bytes.Equal(got.Keys[n], key) {
			t.Errorf("data key %d is another", n)
		}
	}
}

func TestEverySlotOpens(t *testing.T) {
	f, r, server, own := made(t)
	for _, k := range []keyring.Key{{Passphrase: ada}, {Passphrase: spare}, {Private: server}, {Private: own}} {
		opens(t, f, k, r)
	}
	for _, k := range []keyring.Key{{Passphrase: "correct horse battery stable"}, {}, {Private: []byte(other(t))}} {
		if _, err := f.Open(k); !errors.Is(err, keyring.ErrWrongKey) {
			t.Errorf("%v", err)
		}
	}
	if _, err := f.Open(keyring.Key{Private: []byte("nothing")}); err == nil || errors.Is(err, keyring.ErrWrongKey) || strings.Contains(err.Error(), "\n") {
		t.Errorf("a file that is no key: %v", err)
	}
}

func other(t *testing.T) string {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id.String()
}

// The file says nothing of the data keys or of the private ones.
func TestTheFileSaysNoKey(t *testing.T) {
	f, r, server, own := made(t)
	file := f.Bytes()
	secrets := [][]byte{[]byte(ada), []byte(spare), own, bytes.TrimSpace(server[bytes.Index(server, []byte("AGE-")):])}
	for _, key := range r.Keys {
		b, _ := json.Marshal(key)
		secrets = append(secrets, key, bytes.Trim(b, `"`))
	}
	for _, s := range secrets {
		if bytes.Contains(file, s) {
			t.Errorf("the file has %q", s)
		}
	}
}

// A slot more or less, and a data key more, need nobody's passphrase but that of who does it; and who lost a slot opens the file no more.
func TestChangesNeedNoPassphraseOfOthers(t *testing.T) {
	f, r, server, _ := made(t)
	n := f.Serial
	if err := f.Remove(r, "sue"); err != nil {
		t.Fatal(err)
	}
	r.Add()
	if err := f.Seal(r); err != nil {
		t.Fatal(err)
	}
	if f.Serial != n+2 || r.Newest() != 2 {
		t.Errorf("serial %d after %d, newest %d", f.Serial, n, r.Newest())
	}
	opens(t, f, keyring.Key{Passphrase: ada}, r)
	opens(t, f, keyring.Key{Private: server}, r)
	if _, ok := f.Slot("sue"); ok {
		t.Error("sue has a slot")
	}
	for _, name := range []string{"ada", "recovery"} {
		if err := f.Remove(r, name); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Remove(r, "server"); !errors.Is(err, keyring.ErrLastSlot) {
		t.Errorf("the last slot: %v", err)
	}
	opens(t, f, keyring.Key{Private: server}, r)
	if _, err := f.Open(keyring.Key{Passphrase: ada}); !errors.Is(err, keyring.ErrWrongKey) {
		t.Errorf("ada: %v", err)
	}
}

// Nobody can slip in a slot of their own, for which the next data key would be sealed, or take another's public key for theirs.
func TestSlotsAreVouchedFor(t *testing.T) {
	f, _, _, _ := made(t)
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*keyring.File){
		"a slot more": func(f *keyring.File) {
			f.Slots = append(f.Slots, keyring.Slot{Name: "eve", Kind: keyring.Recipient, Public: id.Recipient().String()})
		},
		"another public": func(f *keyring.File) { f.Slots[1].Public = id.Recipient().String() },
		"a slot less":    func(f *keyring.File) { f.Slots = f.Slots[:3] },
		"another serial": func(f *keyring.File) { f.Serial++ },
		"another ring":   func(f *keyring.File) { f.Ring = "0123" },
	} {
		c := f.Clone()
		change(c)
		if _, err := c.Open(keyring.Key{Passphrase: ada}); !errors.Is(err, keyring.ErrSlots) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A file whose every byte may be wrong is refused, or opens to the same keys; it never hangs and never takes all the memory.
func TestADamagedFile(t *testing.T) {
	f, r, _, _ := made(t)
	good := f.Bytes()
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 1 << (i % 7)
		p, err := keyring.Parse(bad)
		if err != nil {
			continue
		}
		if got, err := p.Open(keyring.Key{Passphrase: ada}); err == nil && !bytes.Equal(got.Keys[1], r.Keys[1]) {
			t.Fatalf("byte %d: another key", i)
		}
	}
	greedy := f.Clone()
	b, err := json.Marshal(greedy)
	if err != nil {
		t.Fatal(err)
	}
	b = bytes.ReplaceAll(b, []byte(`"memory":8,`), []byte(`"memory":4294967295,`))
	p, err := keyring.Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Open(keyring.Key{Passphrase: ada}); !errors.Is(err, keyring.ErrSlots) {
		t.Errorf("4 TiB for a passphrase: %v", err)
	}
}

// The paper with the recovery passphrase is read aloud, or typed with spaces.
func TestARecoveryPassphraseAsItIsTyped(t *testing.T) {
	p := keyring.NewRecovery()
	if len(p) != 29 || p == keyring.NewRecovery() {
		t.Fatal(p)
	}
	r := keyring.NewRing()
	f := keyring.New(r)
	if err := f.AddPassphrase(r, "recovery", keyring.Recovery, p, cheap(), at()); err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{p, strings.ToUpper(p), strings.ReplaceAll(p, "-", " "), strings.ReplaceAll(p, "-", "")} {
		opens(t, f, keyring.Key{Passphrase: typed}, r)
	}
}

func TestRefusals(t *testing.T) {
	f, r, _, _ := made(t)
	before := f.Bytes()
	for name, err := range map[string]error{
		"a short passphrase":      f.AddPassphrase(r, "x", keyring.Passphrase, "tooshort", cheap(), at()),
		"a space at its end":      f.AddPassphrase(r, "x", keyring.Passphrase, ada+" ", cheap(), at()),
		"a name that is taken":    f.AddPassphrase(r, "ada", keyring.Passphrase, ada, cheap(), at()),
		"no name":                 f.AddPassphrase(r, "", keyring.Passphrase, ada, cheap(), at()),
		"no such slot":            f.Remove(r, "nobody"),
		"what is no key":          f.AddRecipient(r, "x", "age1nothing", at()),
		"a file that is no key":   f.AddKeyFile(r, "x", []byte(ada), at()),
		"a passphrase for a file": f.AddPassphrase(r, "x", keyring.KeyFile, ada, cheap(), at()),
	} {
		if err == nil || strings.Contains(err.Error(), "%!") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if !bytes.Equal(f.Bytes(), before) {
		t.Error("a refusal changed the file")
	}
	if _, err := keyring.Parse([]byte(`{"form": 2}`)); err == nil || !strings.Contains(err.Error(), "newer") {
		t.Errorf("a newer form: %v", err)
	}
}
