package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"homeward/domain"
	"homeward/domain/view"
)

const (
	manyEpisodes = 1_000_000
	manyChildren = 400_000
)

// BenchmarkClusters100k reads the list of clusters, as the command does, with the opening, for few and for many of them;
// and lets sqlite3 do its part.
func BenchmarkClusters100k(b *testing.B) {
	for _, often := range []int{20, 3} {
		path := made(b, 100_000, 40_000, often)
		b.Run(fmt.Sprintf("Read/%d", often), func(b *testing.B) { benchReadClusters(b, path) })
		b.Run(fmt.Sprintf("SQLite/%d", often), func(b *testing.B) { benchSQLite(b, path, false) })
	}
}

func benchReadClusters(b *testing.B, path string) {
	o := testOptions()
	o.Mode = Read
	n := 0
	for b.Loop() {
		s, err := Open(path, o)
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
			rows, err := view.ReadClusters(r)
			n = len(rows)
			return err
		}); err != nil {
			b.Fatal(err)
		}
		_ = s.Close()
	}
	b.ReportMetric(float64(n), "rows")
}

// BenchmarkMillion measures clusters over a million episodes of 400,000 children whose referrals are all outstanding, in a
// real file: the search for everybody's suggestions, against one pass of sqlite3 over the same episodes, and one new return.
// The file is made by the import's own door, which takes minutes; HOMEWARD_BENCH_DIR names a folder to keep it in.
func BenchmarkMillion(b *testing.B) {
	path := made(b, manyEpisodes, manyChildren, 20)
	for _, cold := range []bool{true, false} {
		name := map[bool]string{true: "cold", false: "warm"}[cold]
		b.Run("SuggestAll/"+name, func(b *testing.B) { benchSuggestAll(b, path, cold) })
		b.Run("SQLite/"+name, func(b *testing.B) { benchSQLite(b, path, cold) })
	}
	b.Run("OneReturn", func(b *testing.B) { benchOneReturn(b, path) })
}

// made makes a file, or finds it made. One child in as many as often says goes missing again and again within weeks.
func made(b *testing.B, episodes, children, often int) string {
	dir := os.Getenv("HOMEWARD_BENCH_DIR")
	if dir == "" {
		dir = b.TempDir()
	}
	path := filepath.Join(dir, fmt.Sprintf("%d-%d.db", episodes, often))
	if _, err := os.Stat(path); err == nil {
		return path
	}
	began := time.Now()
	s := opens(b, path+".making", testOptions())
	r := rand.New(rand.NewPCG(1, 2))
	for n := 0; n < episodes; {
		acts := make([]domain.Envelope, 0, chunk)
		for ; len(acts) < chunk; n++ {
			kid := r.IntN(children)
			if n < children {
				kid = n
			}
			acts = append(acts, domain.Envelope{Act: manyRow(b, r, n, kid, often, s.Settings())})
		}
		load(b, s, acts)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	for _, ext := range []string{".head", ""} {
		if err := os.Rename(path+".making"+ext, path+ext); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("made in %s", time.Since(began).Round(time.Second))
	return path
}

// manyRow is one row of the file.
func manyRow(b *testing.B, r *rand.Rand, n, kid, often int, s *domain.Settings) *domain.ImportRow {
	ago := r.IntN(700 * 24)
	if kid%often == 0 {
		ago = kid%600*24 + r.IntN(40*24)
	}
	back := noon().Add(-time.Duration(ago+2) * time.Hour)
	row := domain.Row{}
	row[domain.ColPoliceRef], row[domain.ColChildRef] = fmt.Sprintf("26MIS%07d", n), fmt.Sprintf("LCS%06d", kid)
	row[domain.ColGivenName], row[domain.ColFamilyName] = fmt.Sprintf("Given%d", kid%1000), fmt.Sprintf("Family%d", kid)
	row[domain.ColDOB] = fmt.Sprintf("20%02d-%02d-%02d", 8+kid%9, 1+kid%12, 1+kid%28)
	row[domain.ColMissingAt] = back.Add(-time.Duration(1+r.IntN(30)) * time.Hour).Format(time.RFC3339)
	row[domain.ColReturnedAt], row[domain.ColNotifiedAt] = back.Format(time.RFC3339), back.Add(time.Hour).Format(time.RFC3339)
	row[domain.ColRisk], row[domain.ColCategory] = "medium", "missing"
	notice, faults := domain.ReadRow(&row, s, noon(), true)
	if faults != nil {
		b.Fatal(faults)
	}
	return &domain.ImportRow{Row: row, Read: notice, Line: n + 2}
}

// forget makes the machine read a file from the disk again.
func forget(b *testing.B, path string) {
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	_ = f.Sync()
	if err := unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED); err != nil {
		b.Fatal(err)
	}
}

// benchSuggestAll opens the file and searches every child's candidates.
func benchSuggestAll(b *testing.B, path string, cold bool) {
	o := testOptions()
	o.Mode = Read
	found := 0
	for b.Loop() {
		if cold {
			b.StopTimer()
			forget(b, path)
			b.StartTimer()
		}
		s, err := Open(path, o)
		if err != nil {
			b.Fatal(err)
		}
		found = 0
		if err := s.view(ctx, func(t *txn) error {
			return t.eachSuggested(&s.Settings().Policy, func(domain.ID, []byte) error { found++; return nil })
		}); err != nil {
			b.Fatal(err)
		}
		_ = s.Close()
	}
	b.ReportMetric(float64(found), "children")
}

// benchSQLite lets sqlite3 find the third start from each on, over the same episodes.
func benchSQLite(b *testing.B, path string, cold bool) {
	if _, err := exec.LookPath("sqlite3"); err != nil {
		b.Skip("no sqlite3 on this machine")
	}
	other := sqliteOf(b, path)
	query := `SELECT count(*) FROM (SELECT missing_at, LEAD(missing_at, 2) OVER (PARTITION BY child ORDER BY missing_at) AS third FROM episodes) ` +
		`WHERE third <= missing_at + 14*86400`
	var out []byte
	for b.Loop() {
		if cold {
			b.StopTimer()
			forget(b, other)
			b.StartTimer()
		}
		var err error
		if out, err = exec.Command("sqlite3", other, query).CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
	}
	b.Logf("sqlite3 counts %s", strings.TrimSpace(string(out)))
}

// sqliteOf writes the outstanding episodes of a database into one of sqlite3's, beside it.
func sqliteOf(b *testing.B, path string) string {
	other := path + ".sqlite"
	if _, err := os.Stat(other); err == nil {
		return other
	}
	o := testOptions()
	o.Mode = Read
	s := opens(b, path, o)
	csv, err := os.Create(path + ".csv")
	if err != nil {
		b.Fatal(err)
	}
	if err := s.view(ctx, func(t *txn) error {
		return t.scan(ixCandidates, nil, func(k, v []byte) (bool, error) {
			c, err := readCandidate(k, v)
			fmt.Fprintf(csv, "%d,%d,%d,%d,%s\n", c.Episode.Number(), idAt(k).Number(), c.Start.Unix(), c.Return.Unix(), c.PoliceRef)
			return true, err
		})
	}); err != nil {
		b.Fatal(err)
	}
	if err := csv.Close(); err != nil {
		b.Fatal(err)
	}
	// In the order in which they were made, as a table of episodes would be.
	script := "CREATE TABLE given(id INTEGER PRIMARY KEY, child INTEGER, missing_at INTEGER, returned_at INTEGER, police_ref TEXT);\n" +
		".mode csv\n.import " + csv.Name() + " given\nALTER TABLE given RENAME TO episodes;\n"
	cmd := exec.Command("sqlite3", other)
	cmd.Stdin = strings.NewReader(script)
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return other
}

// benchOneReturn records returns, one in a commit: of rows of an import, and of a person at the desk. The disk's own part
// is that of a page written and synced.
func benchOneReturn(b *testing.B, path string) {
	s := opens(b, path, testOptions())
	d := s.Desk(dee())
	r := rand.New(rand.NewPCG(3, uint64(time.Now().UnixNano())))
	b.Run("row", func(b *testing.B) {
		for b.Loop() {
			got, err := d.Do(ctx, true, domain.Envelope{Act: manyRow(b, r, 2_000_000+r.IntN(7_000_000), r.IntN(manyChildren), 20, s.Settings())})
			if err != nil || got[0].Refused != nil {
				b.Fatal(err, got)
			}
		}
	})
	b.Run("edit", func(b *testing.B) {
		for b.Loop() {
			did(b, d, `{"act":"episode.edit","episode":"E%d","returned_at":"%s"}`, 1+r.IntN(manyEpisodes),
				noon().Add(-time.Duration(r.IntN(3600))*time.Second).Format(time.RFC3339))
		}
	})
	b.Run("fsync", func(b *testing.B) {
		f, err := os.Create(filepath.Join(filepath.Dir(path), "page"))
		if err != nil {
			b.Fatal(err)
		}
		defer os.Remove(f.Name())
		defer f.Close()
		page := make([]byte, newPageSize)
		for b.Loop() {
			for range 2 { // a commit syncs twice: the pages, then the header
				if _, err := f.WriteAt(page, 0); err != nil {
					b.Fatal(err)
				}
				if err := unix.Fdatasync(int(f.Fd())); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
