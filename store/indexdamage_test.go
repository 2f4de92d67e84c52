package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
	"homeward/domain/view"
)

// everything is all that a reader can list.
func everything(r domain.Reader) (out []any, err error) {
	add := func(v any, e error) {
		out = append(out, v)
		err = errors.Join(err, e)
	}
	early := domain.At(noon().AddDate(-5, 0, 0))
	add(r.OpenEpisodes())
	add(r.OpenReferrals())
	add(r.LookAgains())
	add(r.OpenFollowUps())
	add(r.SuggestedChildren())
	add(r.StandingClusters(false))
	add(r.StandingClusters(true))
	add(r.ChildrenMissingSince(early))
	add(r.AllNoted())
	add(r.EndedFollowUps(early))
	add(r.Returned(early, domain.At(noon())))
	add(r.Questioned(early))
	add(r.Find("Ada", 1000))
	for _, login := range []string{"dee", "sam"} {
		add(r.LastChange(login))
		add(r.ChangesOf(login, noon().AddDate(-1, 0, 0)))
	}
	for n := uint64(1); n <= 60; n++ {
		id := domain.NewID(domain.KindChild, n)
		add(r.Child(id))
		add(r.ChildByRef(fmt.Sprintf("K%d", n)))
		add(r.EpisodeByPoliceRef(fmt.Sprintf("P%d", n)))
		add(r.SpansOf(id))
		add(r.EpisodesOf(id))
		add(r.FollowUpsOf(id))
		add(r.CandidatesOf(id))
		add(r.ClustersOf(id))
		add(r.InterviewsOf(id))
		add(r.ChangesTo(id))
		add(r.Referral(domain.NewID(domain.KindReferral, n)))
		add(r.AttemptOwners(domain.NewID(domain.KindAttempt, n)))
	}
	d, _ := domain.ParseDate("2011-05-06")
	add(r.ChildrenBorn(d))
	return out, err
}

// askEverything reads it of a database, and a piece of the audit log.
func askEverything(path string) ([]any, error) {
	o := testOptions()
	o.Mode = Read
	s, err := Open(path, o)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if len(s.Notices()) > 0 {
		return nil, errors.Join(ErrDamaged, errors.New(s.Notices()[0]))
	}
	var out []any
	err = s.Desk(sam()).Ask(ctx, func(r domain.Reader) (err error) {
		out, err = everything(r)
		return err
	})
	page, perr := s.Desk(sam()).AuditLog(ctx, view.AuditQuery{})
	return append(out, page), errors.Join(err, perr)
}

// Whatever byte of a key, of a page's list or of its head is changed in an index, or in the keys of the records: every list either is
// whole, or says that the database is damaged.
func TestADamagedKeyShortensNoList(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	for i := range 50 {
		a := did(t, d, "%s", referral(i+1))
		ref := kind(t, a, domain.KindReferral)
		did(t, d, `{"act":"contact.log","referral":"%s","way":"call","with":"child","result":"no_answer"}`, ref)
		if i%4 == 0 {
			did(t, d, `{"act":"followup.add","child_ref":"C%d","kind":"other","text":"x"}`, i+1)
		}
		if i%5 == 0 {
			did(t, d, `{"act":"followup.drop","followup":"F%d","reason":"x"}`, i/5+1)
		}
	}
	spoilKeys(t, s, 1000, 900)
}

// The same where the indexes have many pages.
func TestADamagedKeyOfManyPages(t *testing.T) {
	s := fresh(t)
	load(t, s, rows(t, 0, 3000))
	spoilKeys(t, s, 60, 0)
}

func spoilKeys(t *testing.T, s *Store, rounds, least int) {
	t.Helper()
	exact := exactCopy(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	file, head := read(t, exact), read(t, s.path+".head")
	path := filepath.Join(t.TempDir(), "x.db")
	put := func(b []byte) {
		t.Helper()
		if err := errors.Join(os.WriteFile(path, b, 0o600), os.WriteFile(path+".head", head, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	put(file)
	want, err := askEverything(path)
	if err != nil {
		t.Fatal(err)
	}
	places := keyBytes(t, path, file)
	r := rand.New(rand.NewPCG(3, 4))
	if testing.Short() {
		rounds, least = rounds/10, least/10
	}
	r.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
	told := 0
	for _, at := range places[:min(rounds, len(places))] {
		b := slices.Clone(file)
		b[at] ^= 1 << r.IntN(8)
		put(b)
		got, err := askEverything(path)
		switch {
		case errors.Is(err, ErrDamaged), errors.Is(err, ErrForeign), errors.Is(err, ErrNewer):
			told++
		case err != nil:
			t.Errorf("byte %d: %v", at, err)
		case !reflect.DeepEqual(got, want):
			t.Errorf("byte %d: a list is another one, and nothing says so", at)
		}
		o := testOptions()
		o.MustExist = true
		if w, err := Open(path, o); err == nil { // who writes sees no less
			_ = w.Close()
		} else if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrForeign) && !errors.Is(err, ErrNewer) {
			t.Errorf("byte %d: opened for writing: %v", at, err)
		}
	}
	if told < least {
		t.Errorf("only %d of %d were told", told, rounds)
	}
}

// keyBytes are the places in a file where the heads, lists and keys of index pages stand, and those of records' keys.
func keyBytes(t *testing.T, path string, file []byte) (out []int) {
	t.Helper()
	o := testOptions()
	o.Mode = Read
	s := opens(t, path, o)
	defer s.Close()
	err := s.view(ctx, func(tx *txn) error {
		v := tx.pageData()
		for b := range bucketCount {
			if !b.derived() && !b.records() {
				continue
			}
			w := tx.walk(b)
			for k, _ := w.First(); k != nil; k, _ = w.Next() {
				base := offset(v.data, k)
				for i := range k {
					out = append(out, base+i)
				}
				head := offset(v.data, w.at.p)
				entry := head + pageHeadSize + w.at.i*listed
				out = append(out, entry+w.at.i%listed, head+8+w.at.i%4)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) == 0 || binary.NativeEndian.Uint64(file) != 0 {
		t.Fatal("nothing to spoil")
	}
	return out
}

// offset is where a piece of a page lies in the file.
func offset(data, piece []byte) int {
	return int(reflect.ValueOf(piece).Pointer() - reflect.ValueOf(data).Pointer())
}

// Leaving it out by hand is noticed too: an index that lost an entry with its page whole is found by check.
func TestAnEntryTakenOutIsFound(t *testing.T) {
	s := fresh(t)
	did(t, s.Desk(dee()), "%s", referral(1))
	_ = s.Close()
	tampered(t, s.path, func(tx *bolt.Tx) error {
		b := tx.Bucket(ixDue.key())
		k, _ := b.Cursor().First()
		return b.Delete(k)
	})
	if r, err := Check(ctx, s.path, CheckOptions{Settings: settings()}); err != nil || len(r.Findings) == 0 {
		t.Errorf("%+v, %v", r, err)
	}
}
