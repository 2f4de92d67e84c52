package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"homeward/domain/view"
	"homeward/store/keyring"
)

// siteOf is a place with a database and the settings of tests.
func siteOf(t testing.TB, path string, keys *Unlocker) *Site {
	t.Helper()
	c := DefaultConfig()
	c.Settings = *settings()
	return &Site{Config: c, Path: path, place: Place{DB: path, User: "sam", Now: noon(), Keys: keys}}
}

// The account that looks after a database encrypts it with a key file and a recovery passphrase, adds and removes slots, and the log
// says each.
func TestTheAccountLooksAfterTheKeys(t *testing.T) {
	s := fresh(t)
	planted(t, s, 2)
	_ = s.Close()
	file := filepath.Join(t.TempDir(), "server.key")
	site := siteOf(t, s.path, &Unlocker{})
	if err := site.MayInit(); err != nil {
		t.Fatal(err)
	}
	if _, err := site.Slots(); err == nil || !strings.Contains(err.Error(), "not encrypted") {
		t.Errorf("slots of a plain database: %v", err)
	}
	if _, err := site.InitKeys(ctx, []view.NewSlot{{KeyFile: file}, {Recovery: "abcd-efgh-jkmn-pqrs"}}, cheapCost(), nil); err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat(file); err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("the key file: %v %v", st, err)
	}
	if err := site.MayInit(); err == nil {
		t.Error("it may be encrypted again")
	}
	keys := &Unlocker{}
	keys.AddFile(file)
	site = siteOf(t, s.path, keys)
	if err := site.AddSlot(view.NewSlot{Name: "ada", Passphrase: testPassphrase}, cheapCost()); err != nil {
		t.Fatal(err)
	}
	if err := site.KeptSlots(ctx); err != nil {
		t.Fatal(err)
	}
	if err := site.RemoveSlot(SlotServer); err != nil {
		t.Fatal(err)
	}
	asked := 0
	byAda := &Unlocker{Ask: func(_ string, again bool) (string, error) {
		if asked++; !again {
			return "a slip of the fingers", nil
		}
		return testPassphrase, nil
	}}
	site = siteOf(t, s.path, byAda)
	if err := site.KeptSlots(ctx); err != nil {
		t.Fatal(err)
	}
	if err := site.Rotate(ctx, nil); err != nil || asked != 2 {
		t.Errorf("%v, asked %d times", err, asked)
	}
	slots, err := site.Slots()
	if err != nil || len(slots) != 2 {
		t.Errorf("%v %v", slots, err)
	}
	o := testOptions()
	o.Unlock = (&Unlocker{Ask: func(string, bool) (string, error) { return "ABCD EFGH JKMN PQRS", nil }}).Open
	db := opens(t, s.path, o)
	said := allWords(t, db)
	for _, words := range []string{"encrypted the database", `added the slot "ada" (passphrase)`, `removed the slot "server" (file)`, "threw the former one away"} {
		if !strings.Contains(said, words) {
			t.Errorf("the log does not say %q", words)
		}
	}
	cleanWith(t, db)
}

// Cut off after the keys were written, encrypting is done when it is asked for again, with the key file that is there.
func TestEncryptingThatWasCutOff(t *testing.T) {
	s := fresh(t)
	planted(t, s, 2)
	_ = s.Close()
	file := filepath.Join(t.TempDir(), "server.key")
	ring := keyring.NewRing()
	f := keyring.New(ring)
	if err := addSlot(f, ring, view.NewSlot{Name: SlotServer, KeyFile: file}, cheapCost()); err != nil {
		t.Fatal(err)
	}
	if err := writeKeys(s.path, f); err != nil {
		t.Fatal(err)
	}
	clean(t, opens(t, s.path, testOptions()))
	text := read(t, file)
	if _, err := siteOf(t, s.path, &Unlocker{}).InitKeys(ctx, []view.NewSlot{{KeyFile: file}}, cheapCost(), nil); err != nil {
		t.Fatal(err)
	}
	if string(read(t, file)) != string(text) {
		t.Error("the key file is another")
	}
	o := testOptions()
	u := &Unlocker{}
	u.AddFile(file)
	o.Unlock = u.Open
	cleanWith(t, opens(t, s.path, o))
}
