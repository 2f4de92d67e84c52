package domain_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"

	"pgregory.net/rapid"
)

// everyFortnight is the rule word for word: each run of consecutive episodes is tried.
func everyFortnight(p *domain.Policy, list []domain.EpisodeSpan) (covered [][2]int64, most map[int64]int) {
	most = map[int64]int{}
	for i := range list {
		for j := i + p.ClusterMin; j <= len(list); j++ {
			last := list[i].End
			for _, s := range list[i:j] {
				if s.End.Unix() > last.Unix() {
					last = s.End
				}
			}
			if last.Time().After(domain.AddDays(list[i].Start.Time(), p.ClusterWindow)) {
				continue
			}
			covered = append(covered, [2]int64{list[i].Start.Unix(), last.Unix()})
			most[list[i].Start.Unix()] = max(most[list[i].Start.Unix()], j-i)
		}
	}
	return covered, most
}

func drawSpans(r *rapid.T) []domain.EpisodeSpan {
	n := rapid.IntRange(0, 30).Draw(r, "n")
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) // the clocks go forward on the 29th
	var out []domain.EpisodeSpan
	for i := range n {
		at = at.Add(time.Duration(rapid.IntRange(0, 8*24).Draw(r, "gap")) * time.Hour)
		s := domain.EpisodeSpan{ID: domain.NewID(domain.KindEpisode, uint64(i+1)), Start: domain.At(at),
			End:       domain.At(at.Add(time.Duration(rapid.IntRange(0, 10*24).Draw(r, "gone")) * time.Hour)),
			Duplicate: rapid.IntRange(0, 9).Draw(r, "dup") == 0, History: rapid.Bool().Draw(r, "history")}
		if rapid.IntRange(0, 9).Draw(r, "open") == 0 {
			s.End = 0
		}
		out = append(out, s)
	}
	return out
}

func TestFortnightsAreWhatTheRuleSaysWordForWord(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p, _ := domain.Profile("statutory")
		p.ClusterMin = rapid.IntRange(2, 5).Draw(r, "min")
		spans := drawSpans(r)
		got := domain.Fortnights(&p, spans)

		list := slices.DeleteFunc(slices.Clone(spans), func(s domain.EpisodeSpan) bool { return s.Duplicate || s.End == 0 })
		slices.SortFunc(list, func(a, b domain.EpisodeSpan) int {
			if c := a.Start.Unix() - b.Start.Unix(); c != 0 {
				return int(c)
			}
			if c := a.End.Unix() - b.End.Unix(); c != 0 {
				return int(c)
			}
			return int(a.ID) - int(b.ID)
		})
		want, most := everyFortnight(&p, list)
		in := func(t int64) (yes bool) {
			for _, w := range want {
				yes = yes || w[0] <= t && t <= w[1]
			}
			return yes
		}
		shaded := func(t int64) (n int) {
			for _, f := range got {
				if f.From.Unix() <= t && t <= f.To.Unix() {
					n++
				}
			}
			return n
		}
		for _, w := range want { // the edges are where it could go wrong
			for _, e := range []int64{w[0] - 1, w[0], w[1], w[1] + 1} {
				if n := shaded(e); n > 1 || (n == 1) != in(e) {
					r.Fatalf("at %d shaded %d times, should be %v: %+v", e, n, in(e), got)
				}
			}
		}
		if (len(got) == 0) != (len(want) == 0) {
			r.Fatalf("%d stretches, the rule finds %d periods", len(got), len(want))
		}
		for i, f := range got {
			if i > 0 && got[i-1].To.Unix() >= f.From.Unix() {
				r.Fatal("stretches that overlap are one")
			}
			best := 0
			for start, n := range most {
				if f.From.Unix() <= start && start <= f.To.Unix() {
					best = max(best, n)
				}
			}
			if f.Most != best || len(f.Episodes) < best {
				r.Fatalf("at most %d in a fortnight, should be %d; %v", f.Most, best, f.Episodes)
			}
		}
	})
}

func TestAFortnightEndsAtTheSameClockTimeFourteenDaysOn(t *testing.T) {
	p, _ := domain.Profile("statutory")
	at := func(s string) domain.Moment {
		l, err := time.ParseInLocation("2006-01-02 15:04", s, domain.London())
		if err != nil {
			t.Fatal(err)
		}
		return domain.At(l)
	}
	for _, c := range []struct {
		last string
		n    int
	}{{"2026-04-05 20:00", 1}, {"2026-04-05 20:01", 0}} { // across the clock change of 29 March: 335 hours
		spans := []domain.EpisodeSpan{
			{ID: 1, Start: at("2026-03-22 20:00"), End: at("2026-03-23 08:00")},
			{ID: 2, Start: at("2026-03-25 20:00"), End: at("2026-03-26 08:00")},
			{ID: 3, Start: at("2026-04-04 20:00"), End: at(c.last)},
		}
		got := domain.Fortnights(&p, spans)
		if len(got) != c.n {
			t.Errorf("the last return %s: %+v", c.last, got)
		}
		if c.n == 1 && (got[0].From != spans[0].Start || got[0].To != spans[2].End || got[0].Most != 3 || len(got[0].Episodes) != 3) {
			t.Errorf("%+v", got[0])
		}
	}
}

func TestEpisodesAreCountedByStartWithoutDuplicates(t *testing.T) {
	now := time.Date(2026, 11, 22, 14, 10, 0, 0, time.UTC)
	ago := func(days int, s int) domain.Moment {
		return domain.At(domain.AddDays(now, -days).Add(time.Duration(s) * time.Second))
	}
	spans := []domain.EpisodeSpan{
		{Start: ago(400, 0)}, {Start: ago(365, 0)}, {Start: ago(365, 1), History: true}, {Start: ago(90, 0)}, {Start: ago(89, 0), History: true},
		{Start: ago(30, 0)}, {Start: ago(30, 1)}, {Start: ago(3, 0), Duplicate: true}, {Start: ago(0, 0)}, {Start: ago(0, 1)},
	}
	got := fmt.Sprint(view.CountEpisodes(now, spans, 30, 90, 365))
	if want := "[{30 2 0} {90 4 1} {365 6 2}]"; got != want {
		t.Errorf("%s, should be %s", got, want)
	}
}

func BenchmarkFortnightsOf400(b *testing.B) {
	p, _ := domain.Profile("statutory")
	at := time.Date(2020, 1, 1, 12, 0, 0, 0, time.UTC)
	var spans []domain.EpisodeSpan
	for i := range 400 {
		at = at.Add(time.Duration(20+i%7*20) * time.Hour)
		spans = append(spans, domain.EpisodeSpan{ID: domain.NewID(domain.KindEpisode, uint64(i+1)), Start: domain.At(at), End: domain.At(at.Add(9 * time.Hour))})
	}
	for b.Loop() {
		domain.Fortnights(&p, spans)
	}
}
