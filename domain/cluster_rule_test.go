package domain_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"
	"homeward/domain/view"
)

// listOf makes candidates of starts and lengths, in the rule's order.
func listOf(starts []time.Time, away []time.Duration) []domain.Candidate {
	var list []domain.Candidate
	for i, s := range starts {
		list = append(list, domain.Candidate{Episode: domain.NewID(domain.KindEpisode, uint64(i+1)), PoliceRef: fmt.Sprintf("P%02d", i),
			Start: domain.At(s), Return: domain.At(s.Add(away[i]))})
	}
	domain.SortCandidates(list)
	return list
}

func TestOnTensOfThousandsOfChildrenTheBestOfAllSplitsIsSuggested(t *testing.T) {
	children := 30000
	if testing.Short() {
		children = 3000
	}
	clustered, several := 0, 0
	for seed := range uint64(children) {
		r := rand.New(rand.NewPCG(seed, 5))
		p := profile(t, "statutory")
		p.ClusterMin = []int{3, 3, 3, 2, 4, 5}[r.IntN(6)]
		p.ClusterWindow = []int{14, 14, 14, 1, 2, 7, 30}[r.IntN(7)]
		window := time.Duration(p.ClusterWindow) * 24 * time.Hour
		begin := clock(t, []string{"2026-03-20 20:00", "2026-03-15 01:30", "2026-10-20 20:00", "2026-10-11 01:30", "2026-06-01 12:00", "2025-12-20 23:59"}[r.IntN(6)])
		var starts []time.Time
		var away []time.Duration
		for range r.IntN(13) {
			s := begin.Add(time.Duration(r.Int64N(int64(3 * window))).Truncate(time.Minute))
			if len(starts) > 0 && r.IntN(3) == 0 { // at the edge of another's window, to the minute
				s = time.Unix(sameClock(starts[r.IntN(len(starts))].Unix(), p.ClusterWindow), 0).Add(time.Duration(r.IntN(3)-1) * time.Minute)
			}
			starts = append(starts, s)
			away = append(away, []time.Duration{0, time.Minute, time.Hour, 8 * time.Hour, 30 * time.Hour, window / 2, window, window + time.Hour}[r.IntN(8)])
		}
		list := listOf(starts, away)
		want := bestOfAll(len(list), func(from, to int) bool {
			last := list[from].Return.Unix()
			for _, k := range list[from:to] {
				last = max(last, k.Return.Unix())
			}
			return to-from >= p.ClusterMin && last <= sameClock(list[from].Start.Unix(), p.ClusterWindow)
		})
		if got := domain.SuggestClusters(&p, list); !slices.Equal(got, want) {
			t.Fatalf("seed %d, at least %d within %d days: suggested %v, best is %v, of %v", seed, p.ClusterMin, p.ClusterWindow, got, want, list)
		}
		clustered += min(len(want), 1)
		several += len(want) / 2
	}
	if clustered*3 < children || several*20 < children {
		t.Errorf("%d of %d children have a cluster, %d several: the children are too thinly made", clustered, children, several)
	}
}

func TestTheOrderInWhichCandidatesAreGivenDoesNotMatter(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 5))
	p := profile(t, "statutory")
	begin := clock(t, "2026-06-01 12:00")
	for range 300 {
		var starts []time.Time
		var away []time.Duration
		for range 9 {
			starts, away = append(starts, begin.Add(time.Duration(r.IntN(20))*24*time.Hour)), append(away, time.Duration(r.IntN(3))*time.Hour)
		}
		list := listOf(starts, away)
		want := domain.SuggestClusters(&p, list)
		mixed := slices.Clone(list)
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		again := domain.OutstandingOn(mixed, 20260701)
		if !slices.Equal(again, list) || !slices.Equal(domain.SuggestClusters(&p, again), want) {
			t.Fatalf("in another order %v, before %v", again, list)
		}
	}
}

func TestSixtyEpisodesInAMonthAreSplitWithoutTryingEveryWay(t *testing.T) {
	p := profile(t, "statutory")
	begin := clock(t, "2026-06-01 12:00")
	var starts []time.Time
	var away []time.Duration
	for i := range 60 {
		starts, away = append(starts, begin.Add(time.Duration(i)*12*time.Hour)), append(away, 6*time.Hour)
	}
	list := listOf(starts, away)
	got := domain.SuggestClusters(&p, list)
	// Thirty days: two fortnights and the rest, the earlier ones as long as they can be.
	if want := [][2]int{{0, 28}, {28, 56}, {56, 60}}; !slices.Equal(got, want) {
		t.Errorf("suggested %v, should be %v", got, want)
	}
	tm := newTeam(t)
	tm.on("2026-07-02 12:00")
	for i, s := range starts {
		tm.returned("K1", fmt.Sprintf("P%02d", i), s.Format("2006-01-02 15:04"), s.Add(away[i]).Format("2006-01-02 15:04"))
	}
	rows, err := view.ReadClusters(tm)
	if err != nil || len(rows) != 3 || len(rows[0].Members) != 28 || len(rows[2].Members) != 4 {
		t.Errorf("%d clusters are listed, %v", len(rows), err)
	}
}
