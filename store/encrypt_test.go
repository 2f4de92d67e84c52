package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"homeward/domain"
	"homeward/store/keyring"
)

const testPassphrase = "correct horse battery staple"

func cheapCost() keyring.Cost { return keyring.Cost{Memory: 8, Passes: 1, Lanes: 1} }

// testKeys is a ring with one slot.
func testKeys(t testing.TB) (*keyring.File, *keyring.Ring) {
	t.Helper()
	r := keyring.NewRing()
	f := keyring.New(r)
	if err := f.AddPassphrase(r, "ada", keyring.Passphrase, testPassphrase, cheapCost(), time.Unix(1_790_000_000, 0)); err != nil {
		t.Fatal(err)
	}
	return f, r
}

func withPassphrase(p string) Unlock {
	return func(f *keyring.File) (*keyring.Ring, error) { return f.Open(keyring.Key{Passphrase: p}) }
}

// encryptedOptions are those of tests, with the key.
func encryptedOptions() Options {
	o := testOptions()
	o.Unlock = withPassphrase(testPassphrase)
	return o
}

func encrypted(t testing.TB, path string) {
	t.Helper()
	f, r := testKeys(t)
	if _, err := Encrypt(ctx, path, testOptions(), f, r, dee(), nil); err != nil {
		t.Fatal(err)
	}
}

// planted puts words that appear nowhere else into every kind of place, and gives them.
func planted(t testing.TB, s *Store, n int) (words []string) {
	t.Helper()
	d := s.Desk(dee())
	for i := range n {
		w := func(what string) string {
			words = append(words, fmt.Sprintf("Zq%s%dx", what, i))
			return words[len(words)-1]
		}
		did(t, d, `{"act":"referral.new","child_ref":%q,"police_ref":%q,"family_name":%q,"given_name":%q,"dob":"2011-03-%02d","placement":%q,"child_phone":%q,
			"missing_at":"2026-11-1%dT06:00:00Z","returned_at":"2026-11-1%dT16:00:00Z","notes":%q,"id":%q}`,
			w("ref"), w("police"), w("family"), w("given"), 1+i%28, w("home"), fmt.Sprintf("07700 9%05d", i), i%3, i%3, w("notes"), w("act"))
		words = append(words, fmt.Sprintf("9%05d", i))
		did(t, d, `{"act":"referral.note","referral":"R%d","text":%q}`, i+1, w("note"))
		if err := d.KeepDraft(ctx, w("place"), map[string]string{w("field"): w("draft")}); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.KeepPreference(ctx, "filter", map[string]string{"text": "Zqpreference"}); err != nil {
		t.Fatal(err)
	}
	return append(words, "Zqpreference")
}

// leaks are the words that stand in a file as they are, in small letters, or as UTF-16.
func leaks(t testing.TB, path string, words []string) (found []string) {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	folded := bytes.ToLower(file)
	for _, w := range words {
		var wide []byte
		for _, u := range utf16.Encode([]rune(w)) {
			wide = append(wide, byte(u), byte(u>>8))
		}
		if bytes.Contains(folded, bytes.ToLower([]byte(w))) || bytes.Contains(folded, bytes.ToLower(wide)) {
			found = append(found, w)
		}
	}
	return found
}

// Nothing that was planted stands in any file beside an encrypted database, its backup among them; before, all of it does. With the
// key everything is found again.
func TestNothingIsReadableWithoutTheKey(t *testing.T) {
	s := fresh(t)
	words := planted(t, s, 60)
	_ = s.Close()
	if found := leaks(t, s.path, words); len(found) != len(words) {
		t.Fatalf("the control finds %d of %d words", len(found), len(words))
	}
	encrypted(t, s.path)
	s = opens(t, s.path, encryptedOptions())
	more := planted2(t, s)
	if _, err := s.Backup(ctx, dee(), s.path+".copy", nil); err != nil {
		t.Fatal(err)
	}
	all := append(words, more...)
	list, err := os.ReadDir(filepath.Dir(s.path))
	if err != nil || len(list) < 4 {
		t.Fatal(list, err)
	}
	for _, e := range list {
		if found := leaks(t, filepath.Join(filepath.Dir(s.path), e.Name()), all); len(found) > 0 {
			t.Errorf("%s shows %q", e.Name(), found)
		}
	}
	read := allWords(t, s)
	for _, w := range all {
		if !strings.Contains(read, w) {
			t.Errorf("%q is not found again", w)
		}
	}
	cleanWith(t, s)
}

// planted2 works on in the encrypted database.
func planted2(t testing.TB, s *Store) []string {
	t.Helper()
	did(t, s.Desk(dee()), `{"act":"child.edit","child_ref":"Zqref1x","known_as":"Zqknown"}`)
	did(t, s.Desk(dee()), `{"act":"referral.note","referral":"R3","text":"Zqafterwards"}`)
	return []string{"Zqknown", "Zqafterwards"}
}

// allWords are all that the log and the drafts say, in one text.
func allWords(t testing.TB, s *Store) string {
	t.Helper()
	var b strings.Builder
	if err := s.view(ctx, func(x *txn) error {
		return guarded(func() error {
			m, err := readMeta(x.tx, s.knows)
			if err != nil {
				return err
			}
			for seq := uint64(1); seq <= m.head.count; seq++ {
				l, _, err := x.line(seq)
				if err != nil {
					return err
				}
				b.WriteString(l.Summary)
				b.Write(l.Content)
				b.WriteString(l.ActID)
			}
			return x.scanDrafts(func(k keptText) { fmt.Fprint(&b, k.Place, k.Fields) })
		})
	}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func (t *txn) scanDrafts(f func(keptText)) error {
	c := t.newCursor(inDrafts)
	for k, raw := c.First(); k != nil; k, raw = c.Next() {
		kept, err := t.openText(k, raw)
		if err != nil {
			return err
		}
		f(kept)
	}
	return nil
}

// cleanWith closes a store and checks its file with the key.
func cleanWith(t testing.TB, s *Store) {
	t.Helper()
	ring := s.ring.Load()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := Check(ctx, s.path, CheckOptions{Settings: s.Settings(), Rings: []*keyring.Ring{ring}})
	if err != nil || len(r.Findings) > 0 || r.Sealed {
		t.Errorf("%v %v", r, err)
	}
}

// Lists, look-ups and searches of an encrypted database are those of the same one before.
func TestEncryptedAnswersAreTheSame(t *testing.T) {
	s := fresh(t)
	planted(t, s, 30)
	before := answers(t, s)
	_ = s.Close()
	encrypted(t, s.path)
	s = opens(t, s.path, encryptedOptions())
	if after := answers(t, s); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}

func answers(t testing.TB, s *Store) string {
	t.Helper()
	var b strings.Builder
	must := func(what string, v any, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		fmt.Fprintf(&b, "%s: %v\n", what, v)
	}
	d := s.Desk(dee())
	if err := d.Ask(ctx, func(r domain.Reader) error {
		w := r.(*world)
		for i := range 30 {
			c, err := w.ChildByRef(fmt.Sprintf("Zqref%dx", i))
			must("ref", c, err)
			e, err := w.EpisodeByPoliceRef(fmt.Sprintf("Zqpolice%dx", i))
			must("police", e, err)
			born, _ := domain.ParseDate(fmt.Sprintf("2011-03-%02d", 1+i%28))
			n, err := w.ChildrenBorn(born)
			must("born", n, err)
			p, err := w.ChildrenPlaced(fmt.Sprintf("zqhome%dx", i), fmt.Sprintf("zqgiven%dx", i))
			must("placed", p, err)
			k, err := w.PlacedAt(fmt.Sprintf("ZQHOME%dx", i), 4)
			must("placed at", k, err)
			f, err := w.Find(fmt.Sprintf("zqpolice%d", i), 50)
			must("find", f, err)
			f, err = w.Find(fmt.Sprintf("zqgiven%d", i), 50)
			must("find", f, err)
		}
		o, err := w.OpenReferrals()
		must("open", o, err)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	keys, err := d.DraftKeys(ctx)
	must("drafts", keys, err)
	pref, err := d.Preference(ctx, "filter")
	must("preference", pref, err)
	for i := range 30 {
		got, err := d.Do(ctx, false, act(t, `{"act":"referral.note","referral":"R1","text":"other","id":"Zqact%dx"}`, i))
		if err != nil || len(got) != 1 || got[0].Refused == nil || got[0].Refused.Code != domain.Conflict {
			t.Errorf("the id of an act that was done: %v %v", got, err)
		}
	}
	return b.String()
}

func TestWrongKeys(t *testing.T) {
	s := fresh(t)
	planted(t, s, 2)
	_ = s.Close()
	encrypted(t, s.path)
	file, keys := read(t, s.path), read(t, KeysPath(s.path))
	o := testOptions()
	for name, u := range map[string]Unlock{"none": nil, "another passphrase": withPassphrase("correct horse battery stable")} {
		o.Unlock = u
		_, err := Open(s.path, o)
		if !errors.Is(err, ErrSealed) || strings.Count(err.Error(), "\n") > 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if !bytes.Equal(read(t, s.path), file) || !bytes.Equal(read(t, KeysPath(s.path)), keys) {
		t.Error("a wrong key changed a file")
	}
	r, err := Check(ctx, s.path, CheckOptions{})
	if err != nil || len(r.Findings) > 0 || !r.Sealed || r.Records["children"] != 2 {
		t.Errorf("check without a key: %v %v", r, err)
	}
	// The keys are lost: the copy in the database puts them back. They are another's: these are put aside.
	for _, other := range []bool{false, true} {
		_ = os.Remove(KeysPath(s.path))
		if other {
			f, _ := testKeys(t)
			if err := writeKeys(s.path, f); err != nil {
				t.Fatal(err)
			}
		}
		s = opens(t, s.path, encryptedOptions())
		if len(s.Notices()) != 1 || !bytes.Equal(read(t, KeysPath(s.path)), keys) {
			t.Errorf("put back: %q", s.Notices())
		}
		_ = s.Close()
	}
}

// A file that is not encrypted does not take an encrypted one's place unseen.
func TestAPlainFileInItsPlaceIsRefused(t *testing.T) {
	s := fresh(t)
	planted(t, s, 2)
	_ = s.Close()
	plain := read(t, s.path)
	encrypted(t, s.path)
	if err := os.WriteFile(s.path, plain, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(s.path, encryptedOptions()); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "not") {
		t.Errorf("%v", err)
	}
}
