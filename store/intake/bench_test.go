package intake

import (
	"bytes"
	"io"
	"testing"

	"homeward/store/intake/intaketest"
)

// perRow runs f over a made file until b.N rows are through.
func perRow(b *testing.B, f func(file []byte) int) {
	file, truth := intaketest.Referrals(1, 20000, now())
	b.SetBytes(int64(len(file) / len(truth)))
	b.ReportAllocs()
	b.ResetTimer()
	for n := 0; n < b.N; {
		n += f(file)
	}
}

func BenchmarkParseRow(b *testing.B) {
	perRow(b, func(file []byte) (rows int) {
		r := newCSVReader(bytes.NewReader(file))
		for {
			if _, err := r.next(); err != nil {
				return rows
			}
			rows++
		}
	})
}

func BenchmarkParseAndReadRow(b *testing.B) {
	s := newDesk().Settings()
	perRow(b, func(file []byte) (rows int) {
		r, err := open(newCSVReader(bytes.NewReader(file)), s, &Options{})
		if err != nil {
			b.Fatal(err)
		}
		for {
			x := r.batch(2000, now())
			rows += len(x.items)
			if x.err == io.EOF {
				return rows
			}
		}
	})
}

func BenchmarkRunRow(b *testing.B) {
	perRow(b, func(file []byte) int {
		rep, err := Run(b.Context(), newDesk(), bytes.NewReader(file), Options{})
		if err != nil {
			b.Fatal(err)
		}
		return rep.Counts.Read
	})
}

func BenchmarkDryRunRow(b *testing.B) {
	perRow(b, func(file []byte) int {
		rep, err := Run(b.Context(), newDesk(), bytes.NewReader(file), Options{DryRun: true})
		if err != nil {
			b.Fatal(err)
		}
		return rep.Counts.Read
	})
}
