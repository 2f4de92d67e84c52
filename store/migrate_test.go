package store

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"testing"

	"homeward/domain"
)

// TestFromSchema1 brings up to date a file that the program wrote before there were clusters: seven episodes of three
// children, three of them of one child within a fortnight.
func TestFromSchema1(t *testing.T) {
	z, err := gzip.NewReader(bytes.NewReader(read(t, filepath.Join("testdata", "schema1.gz"))))
	if err != nil {
		t.Fatal(err)
	}
	file, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "hw.db")
	writeFiles(t, path, file, read(t, filepath.Join("testdata", "schema1.head")))

	o := testOptions()
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
	if r, err := Check(ctx, path+".before-2", CheckOptions{NoHead: true, Settings: settings()}); err != nil || len(r.Findings) > 0 {
		t.Errorf("check of the backup: %v %v", r.Findings, err)
	}
}
