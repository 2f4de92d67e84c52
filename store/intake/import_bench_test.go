package intake_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"homeward/store/intake"
	"homeward/store/intake/intaketest"
)

// BenchmarkImportFile takes a file of 100,000 rows through the whole path, from the file to a database on the disk that
// did not exist before.
func BenchmarkImportFile(b *testing.B) {
	const rows = 100_000
	file, _ := intaketest.Referrals(5, rows, now())
	dir := b.TempDir()
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		path := filepath.Join(dir, "homeward.db")
		desk, leave := openDesk(b, path)
		rep, err := intake.Run(b.Context(), desk, bytes.NewReader(file), intake.Options{})
		if err != nil {
			b.Fatal(err)
		}
		leave()
		n += rep.Counts.Read
		b.StopTimer()
		for _, p := range []string{path, path + ".head"} {
			if err := os.Remove(p); err != nil {
				b.Fatal(err)
			}
		}
		b.StartTimer()
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(n), "µs/row")
}
