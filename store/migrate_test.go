package store

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
)

// schema1 is a file that the program wrote before there were clusters.
func schema1(t testing.TB) (path string) { t.Helper(); return older(t, "schema1") }

// older is a file that an older program wrote, with its head.
func older(t testing.TB, name string) (path string) {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(read(t, filepath.Join("testdata", name+".gz"))))
	if err != nil {
		t.Fatal(err)
	}
	file, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "hw.db")
	writeFiles(t, path, file, read(t, filepath.Join("testdata", name+".head")))
	return path
}

// TestFromSchema1 brings up to date a file that the program wrote before there were clusters: seven episodes of three
// children, three of them of one child within a fortnight.
func TestFromSchema1(t *testing.T) {
	path := schema1(t)
	o := goingOptions()
	o.Mode = Read
	if _, err := Open(path, o); !errors.Is(err, ErrOlder) {
		t.Errorf("to read: %v", err)
	}
	if r, err := Check(ctx, path, CheckOptions{Settings: settings()}); err != nil || len(r.Findings) > 0 {
		t.Errorf("check of the old file: %v %v", r.Findings, err)
	}
	o.Mode = Write
	s := opens(t, path, o)
	if len(s.Notices()) != 1 {
		t.Errorf("notices: %q", s.Notices())
	}
	d := s.Desk(dee())
	var children, since []domain.ID
	if err := d.Ask(ctx, func(r domain.Reader) (err error) {
		if children, err = r.SuggestedChildren(); err != nil {
			return err
		}
		since, err = r.ChildrenMissingSince(domain.At(noon().AddDate(0, 0, -4)))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	c := func(n uint64) domain.ID { return domain.NewID(domain.KindChild, n) }
	if !slices.Equal(children, []domain.ID{c(1)}) {
		t.Errorf("suggested: %v", children)
	}
	if want := []domain.ID{c(1), c(2), c(3)}; !slices.Equal(since, want) {
		t.Errorf("missing since: %v, want %v", since, want)
	}
	did(t, d, `{"act":"cluster.accept","child_ref":"LCS1","episodes":["P-1","P-2","P-3"]}`)
	clean(t, s)
	if r, err := Check(ctx, fmt.Sprintf("%s.before-%d", path, fileFormat), CheckOptions{NoHead: true, Settings: settings()}); err != nil || len(r.Findings) > 0 {
		t.Errorf("check of the backup: %v %v", r.Findings, err)
	}
}

// Follow-ups that were done before there was an index of them are in it afterwards.
func TestFromSchema1EndedFollowUps(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	did(t, d, "%s", referral(1))
	for n := 1; n <= 3; n++ {
		did(t, d, `{"act":"followup.add","child_ref":"C1","kind":"other","text":"ring the school"}`)
	}
	for _, f := range []string{"F3", "F1"} {
		did(t, d, `{"act":"followup.done","followup":"%s","found":"well"}`, f)
	}
	_ = s.Close()
	tampered(t, s.path, func(tx *bolt.Tx) error { // as the program before left it
		if err := unsalt(tx); err != nil {
			return err
		}
		m, err := readMeta(tx, ownVersions())
		if err != nil {
			return err
		}
		for b := range bucketCount {
			if b.since() > 1 && b.since() < saltedLog {
				if err := tx.DeleteBucket([]byte(b.name())); err != nil {
					return err
				}
			}
		}
		if err := putMeta(tx, metaNumbers, m.numbers.bytes()[:kindsIn(1)*8]); err != nil {
			return err
		}
		return putMeta(tx, metaFormat, versionBytes(1))
	})
	headOf(t, s.path)
	s = opens(t, s.path, testOptions())
	if err := s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
		ids, err := r.EndedFollowUps(0)
		if want := []domain.ID{domain.NewID(domain.KindFollowUp, 3), domain.NewID(domain.KindFollowUp, 1)}; !slices.Equal(ids, want) {
			t.Errorf("ended: %v, should be %v", ids, want)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	clean(t, s)
}

// A file from before things were noted has room for one more kind of record afterwards.
func TestFromSchema1ThingsAreNoted(t *testing.T) {
	path := schema1(t)
	s := opens(t, path, goingOptions())
	a := did(t, s.Desk(sam()), `{"act":"interview.save","referral":"R1","record":{"intelligence":{"places":[{"name":"Pier"}]}}}`)
	if id := kind(t, a, domain.KindNoted); id.String() != "N1" {
		t.Errorf("noted as %s", id)
	}
	_ = s.Close()
	s = opens(t, path, goingOptions())
	a = did(t, s.Desk(sam()), `{"act":"interview.save","referral":"R1","record":{"intelligence":{"places":[{"name":"Canal"}]}}}`)
	if !slices.Contains(a.IDs, domain.NewID(domain.KindNoted, 2)) {
		t.Errorf("the numbers were not kept: %v", a.IDs)
	}
	clean(t, s)
}
