package store

import (
	"testing"

	"homeward/domain"
)

// BenchmarkReviewWeeks100k reads twelve weeks of timeliness among 100,000 episodes, about 12,000 of which ended in them, each
// week in a transaction of its own: ms/week is how long one of those is held.
func BenchmarkReviewWeeks100k(b *testing.B) {
	s := opens(b, big(b), testOptions())
	d := s.Desk(sam())
	n := 0
	for b.Loop() {
		n = 0
		for _, monday := range view.Weeks(noon()) {
			if err := d.Ask(ctx, func(r domain.Reader) error {
				w, err := view.ReadWeek(r, monday)
				if err == nil {
					n += len(w.Episodes)
				}
				return err
			}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(n), "episodes")
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N)/12, "ms/week")
}
