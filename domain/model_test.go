package domain_test

import (
	"flag"
	"math/rand/v2"
	"slices"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

// policyOf a play: mostly the default, else other numbers and clocks.
func policyOf(t testing.TB, r *rand.Rand) domain.Policy {
	p := profile(t, "statutory")
	if r.IntN(3) == 0 {
		p.ClusterMin, p.ClusterWindow = 2+r.IntN(3), []int{3, 7, 14}[r.IntN(3)]
		p.InterviewClock = []string{"returned", "found", "notified"}[r.IntN(3)]
	}
	return p
}

var begins = []string{"2026-06-10 09:00", "2026-03-27 09:00", "2026-10-23 09:00", "2026-04-08 09:00", "2026-11-04 09:00"}

// written makes up a play of a seed and says what went wrong, "" when nothing did.
func written(t testing.TB, seed uint64, length int) (pl *play, fault string) {
	r := rand.New(rand.NewPCG(seed, 20))
	pl = newPlay(t, policyOf(t, r))
	a := &author{Rand: r, pl: pl, now: clock(t, begins[r.IntN(len(begins))])}
	for range length {
		if fault = pl.apply(a.next()); fault != "" {
			return pl, fault
		}
	}
	return pl, pl.untouched()
}

// acted plays given moves.
func acted(t testing.TB, p domain.Policy, moves []move) (pl *play, fault string) {
	pl = newPlay(t, p)
	for _, m := range moves {
		if fault = pl.apply(m); fault != "" {
			return pl, fault
		}
	}
	return pl, pl.untouched()
}

// shorter leaves out what the fault does not need.
func shorter(t testing.TB, p domain.Policy, moves []move, fault string) ([]move, string) {
	for again := true; again; {
		again = false
		for i := len(moves) - 1; i >= 0; i-- {
			fewer := slices.Delete(slices.Clone(moves), i, i+1)
			if pl, f := acted(t, p, fewer); f != "" {
				moves, fault, again = pl.moves, f, true
				i = min(i, len(moves))
			}
		}
	}
	return moves, fault
}

var (
	plays = flag.Int("plays", 0, "how many plays to act, 0: as many as fit an ordinary run")
	from  = flag.Uint64("first-play", 0, "the seed of the first")
)

// howMany plays a test acts: as many as were asked for, else what fits an ordinary run or a short one.
func howMany(ordinary, short int) int {
	switch {
	case *plays > 0:
		return *plays
	case testing.Short():
		return short
	}
	return ordinary
}

func TestEveryPromiseAboutClustersHoldsAfterEveryAct(t *testing.T) {
	t.Parallel()
	n := howMany(600, 100)
	done := map[string]int{}
	for seed := *from; seed < *from+uint64(n); seed++ {
		pl, fault := written(t, seed, 60)
		for act, k := range pl.done {
			done[act] += k
		}
		if fault != "" {
			p := pl.tm.settings.Policy
			moves, fault := shorter(t, p, pl.moves, fault)
			t.Fatalf("seed %d, at least %d within %d days, clock %s: %s\n%s", seed, p.ClusterMin, p.ClusterWindow, p.InterviewClock, fault, (&play{moves: moves}).replay())
		}
	}
	for _, act := range []string{"cluster.accept", "cluster.dismiss", "cluster.add", "cluster.leave_out", "cluster.break_up", "hold", "undo", "referral.sign_off",
		"referral.close", "referral.reopen", "child.join", "episode.duplicate", "episode.move", "episode.edit"} {
		if done[act] < n/10 {
			t.Errorf("%s was done %d times in %d plays: they try too little", act, done[act], n)
		}
	}
	t.Log(done)
}
