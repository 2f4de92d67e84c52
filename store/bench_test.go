package store

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"homeward/domain"
)

// rows of a file as an import hands them over: read already, in batches.
func rows(tb testing.TB, from, n int) []domain.Envelope {
	tb.Helper()
	s := settings()
	out := make([]domain.Envelope, 0, n)
	for i := from; i < from+n; i++ {
		start := noon().AddDate(0, 0, -1-i%700)
		r := domain.Row{}
		r[domain.ColPoliceRef] = fmt.Sprintf("26MIS%06d", i)
		r[domain.ColChildRef] = fmt.Sprintf("LCS%06d", i*7919%(n/4+1))
		r[domain.ColGivenName] = fmt.Sprintf("Given%c%d", 'a'+i%26, r[domain.ColChildRef][len(r[domain.ColChildRef])-1])
		r[domain.ColFamilyName] = "Family" + r[domain.ColChildRef]
		r[domain.ColDOB] = fmt.Sprintf("20%02d-%02d-%02d", 8+i*7919%(n/4+1)%8, 1+i*7919%(n/4+1)%12, 1+i*7919%(n/4+1)%28)
		r[domain.ColPlacement] = fmt.Sprintf("House %d", i%40)
		r[domain.ColMissingAt] = start.Format("2006-01-02 15:04")
		r[domain.ColReturnedAt] = start.Add(9 * time.Hour).Format("2006-01-02 15:04")
		r[domain.ColNotifiedAt] = start.Add(10 * time.Hour).Format("2006-01-02 15:04")
		r[domain.ColRisk], r[domain.ColCategory] = "medium", "missing"
		r[domain.ColMissingFrom], r[domain.ColNotes] = "placement", "last seen by staff at the front door, in good spirits"
		n, faults := domain.ReadRow(&r, s, noon(), true)
		if faults != nil {
			tb.Fatal(faults)
		}
		out = append(out, domain.Envelope{Act: &domain.ImportRow{Row: r, Read: n, Line: i + 2}})
	}
	return out
}

func load(tb testing.TB, s *Store, acts []domain.Envelope) {
	tb.Helper()
	d := s.Desk(dee())
	for len(acts) > 0 {
		n := min(chunk, len(acts))
		got, err := d.Do(ctx, false, acts[:n]...)
		if err != nil {
			tb.Fatal(err)
		}
		for _, a := range got {
			if a.Refused != nil {
				tb.Fatal(a.Refused)
			}
		}
		acts = acts[n:]
	}
}

func BenchmarkImport100k(b *testing.B) {
	acts := rows(b, 0, 100_000)
	for b.Loop() {
		s := fresh(b)
		began := time.Now()
		load(b, s, acts)
		b.ReportMetric(float64(len(acts))/time.Since(began).Seconds(), "rows/s")
		_ = s.Close()
	}
}

func BenchmarkDoOne(b *testing.B) {
	s := fresh(b)
	load(b, s, rows(b, 0, 1000))
	d := s.Desk(dee())
	i := 0
	for b.Loop() {
		did(b, d, `{"act":"referral.note","referral":"R%d","text":"rang the carer"}`, i%500+1)
		i++
	}
}

func BenchmarkDoBatch100(b *testing.B) {
	s := fresh(b)
	load(b, s, rows(b, 0, 1000))
	d := s.Desk(dee())
	i := 0
	for b.Loop() {
		var acts []domain.Envelope
		for range 100 {
			acts = append(acts, act(b, `{"act":"referral.note","referral":"R%d","text":"rang the carer"}`, i%500+1))
			i++
		}
		if _, err := d.Do(ctx, true, acts...); err != nil {
			b.Fatal(err)
		}
	}
}

// big is a database of 100,000 episodes.
func big(b *testing.B) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "big.db")
	s := opens(b, path, testOptions())
	load(b, s, rows(b, 0, 100_000))
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

func BenchmarkOpenWrite100k(b *testing.B) {
	path := big(b)
	for b.Loop() {
		s, err := Open(path, testOptions())
		if err != nil {
			b.Fatal(err)
		}
		_ = s.Close()
	}
}

func BenchmarkOpenRead100k(b *testing.B) {
	path := big(b)
	o := testOptions()
	o.Mode = Read
	for b.Loop() {
		s, err := Open(path, o)
		if err != nil {
			b.Fatal(err)
		}
		_ = s.Close()
	}
}

func BenchmarkCheck100k(b *testing.B) {
	path := big(b)
	for b.Loop() {
		r, err := Check(ctx, path, CheckOptions{Settings: settings()})
		if err != nil || len(r.Findings) > 0 {
			b.Fatal(err, r.Findings)
		}
	}
}

// BenchmarkAskQueue reads what a screen of the queue needs: 200 open referrals with episode, child and spans.
func BenchmarkAskQueue(b *testing.B) {
	s := opens(b, big(b), testOptions())
	d := s.Desk(dee())
	for b.Loop() {
		err := d.Ask(ctx, func(r domain.Reader) error {
			ids, err := r.OpenReferrals()
			if err != nil {
				return err
			}
			for _, id := range ids[:200] {
				ref, err := r.Referral(id)
				if err != nil {
					return err
				}
				if _, err := r.Episode(ref.Episode); err != nil {
					return err
				}
				if _, err := r.Child(ref.Child); err != nil {
					return err
				}
				if _, err := r.SpansOf(ref.Child); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFind100k(b *testing.B) {
	s := opens(b, big(b), testOptions())
	d := s.Desk(dee())
	for b.Loop() {
		_ = d.Ask(ctx, func(r domain.Reader) error {
			_, err := r.Find("nobody here", 20)
			return err
		})
	}
}

// BenchmarkKeepDraft keeps what a form has typed into it, in 30 fields, with the commit: as it is done at each pause.
func BenchmarkKeepDraft(b *testing.B) {
	for _, size := range []int{10_000, 100_000, 600_000, 2_400_000, 16_000_000} {
		b.Run(fmt.Sprintf("%dKB", size/1000), func(b *testing.B) {
			s := fresh(b)
			d := s.Desk(dee())
			fields := map[string]string{}
			for i := range 30 {
				fields[fmt.Sprintf("view.field%02d", i)] = strings.Repeat("x", size/30)
			}
			n := 0
			for b.Loop() {
				n++
				fields["view.field00"] = strings.Repeat("y", size/30-n%100)
				if err := d.KeepDraft(ctx, "R1/interview", fields); err != nil {
					b.Fatal(err)
				}
			}
			if info, err := os.Stat(s.path); err == nil {
				b.ReportMetric(float64(info.Size())/1e6, "MB-file")
			}
		})
	}
}
