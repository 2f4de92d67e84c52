package domain_test

import (
	"fmt"
	"slices"
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"

	"pgregory.net/rapid"
)

// fits says by the words of DOMAIN §5 whether candidates are one interview: at least cluster_min of them, and the latest return
// no later than the same clock time cluster_window days after the start of the first.
func fits(p *domain.Policy, list []domain.Candidate) bool {
	if len(list) < p.ClusterMin {
		return false
	}
	last := domain.AddDays(list[0].Start.Time(), p.ClusterWindow)
	for _, c := range list {
		if c.Return.Time().After(last) {
			return false
		}
	}
	return true
}

// everySplit lists all ways to split n candidates into clusters and singles, by their sizes.
func everySplit(p *domain.Policy, list []domain.Candidate) [][]int {
	if len(list) == 0 {
		return [][]int{{}}
	}
	var out [][]int
	for size := 1; size <= len(list); size++ {
		if size == 1 || fits(p, list[:size]) {
			for _, rest := range everySplit(p, list[size:]) {
				out = append(out, append([]int{size}, rest...))
			}
		}
	}
	return out
}

// preferred says whether split a is suggested rather than b: fewer interviews; else the earliest candidate that is in a cluster
// in one and single in the other; else the longer first differing cluster.
func preferred(a, b []int) bool {
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	inside := func(sizes []int) (in []bool) {
		for _, s := range sizes {
			for range s {
				in = append(in, s > 1)
			}
		}
		return in
	}
	ia, ib := inside(a), inside(b)
	for i := range ia {
		if ia[i] != ib[i] {
			return ia[i]
		}
	}
	for i := range a {
		if a[i] != b[i] {
			return a[i] > b[i]
		}
	}
	return false
}

func TestTheSuggestedClustersAreTheBestOfAllSplits(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := profile(t, "statutory")
		p.ClusterMin = rapid.IntRange(2, 4).Draw(r, "min")
		p.ClusterWindow = rapid.SampledFrom([]int{3, 7, 14}).Draw(r, "window")
		start := clock(t, rapid.SampledFrom([]string{"2026-03-15 01:30", "2026-10-11 01:30", "2026-06-01 12:00"}).Draw(r, "from"))
		var list []domain.Candidate
		for i := range rapid.IntRange(0, 11).Draw(r, "episodes") {
			start = start.Add(time.Duration(rapid.SampledFrom([]int{0, 1, 12, 24, 47, 72, 168}).Draw(r, "hours on")) * time.Hour)
			back := start.Add(time.Duration(rapid.SampledFrom([]int{1, 10, 24, 100, 336, 337}).Draw(r, "hours away")) * time.Hour)
			list = append(list, domain.Candidate{Episode: domain.NewID(domain.KindEpisode, uint64(i+1)), PoliceRef: fmt.Sprint("P", i), Start: domain.At(start), Return: domain.At(back)})
		}
		domain.SortCandidates(list)
		splits := everySplit(&p, list)
		best := splits[0]
		for _, s := range splits[1:] {
			if preferred(s, best) {
				best = s
			}
		}
		var want [][2]int
		at := 0
		for _, size := range best {
			if size > 1 {
				want = append(want, [2]int{at, at + size})
			}
			at += size
		}
		if got := domain.SuggestClusters(&p, list); !slices.Equal(got, want) {
			r.Fatalf("suggested %v, the best of %d splits is %v, of %v", got, len(splits), want, list)
		}
	})
}

func TestTheFortnightEndsAtTheSameClockTimeInclusive(t *testing.T) {
	for _, c := range []struct {
		what, start, last string
		one               bool
	}{
		{"to the minute", "2026-11-01 20:00", "2026-11-15 20:00", true},
		{"a minute over", "2026-11-01 20:00", "2026-11-15 20:01", false},
		{"over the clocks going forward: an hour less has passed", "2026-03-20 20:00", "2026-04-03 20:00", true},
		{"over the clocks going forward, a minute over", "2026-03-20 20:00", "2026-04-03 20:01", false},
		{"over the clocks going back: an hour more has passed", "2026-10-20 20:00", "2026-11-03 20:00", true},
		{"over the clocks going back, a minute over", "2026-10-20 20:00", "2026-11-03 20:01", false},
		{"to a time that is skipped: an hour later", "2026-03-15 01:30", "2026-03-29 02:30", true},
		{"to a time that is skipped, a minute over", "2026-03-15 01:30", "2026-03-29 02:31", false},
		{"to a time that comes twice: the first", "2026-10-11 01:30", "2026-10-25T00:30:00Z", true},
		{"to a time that comes twice, not the second", "2026-10-11 01:30", "2026-10-25T01:30:00Z", false},
	} {
		p := profile(t, "statutory")
		at := func(s string, hours int) domain.Moment {
			at, err := time.Parse(time.RFC3339, s) // a time that comes twice says which
			if err != nil {
				at = clock(t, s)
			}
			return domain.At(at.Add(time.Duration(hours) * time.Hour))
		}
		list := []domain.Candidate{
			{Episode: 1, Start: at(c.start, 0), Return: at(c.start, 1)},
			{Episode: 2, Start: at(c.start, 24), Return: at(c.start, 25)},
			{Episode: 3, Start: at(c.last, -2), Return: at(c.last, 0)},
		}
		if got := len(domain.SuggestClusters(&p, list)) == 1; got != c.one {
			t.Errorf("%s: one interview %v", c.what, got)
		}
		p.Clusters = false
		if got := domain.SuggestClusters(&p, list); got != nil {
			t.Errorf("clusters are off, suggested %v", got)
		}
	}
}
