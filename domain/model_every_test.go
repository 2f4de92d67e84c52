package domain_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"
)

// crowd is a team of which two leave within the play's first days.
func crowd(r *rand.Rand, begin time.Time) []domain.User {
	day := func() domain.Date { return domain.DateOf(begin.AddDate(0, 0, r.IntN(7))) }
	return append(people(), domain.User{Login: "lee", Name: "Lee Park", Role: domain.Practitioner, Until: day()},
		domain.User{Login: "cos", Name: "Cos Dunn", Role: domain.Coordinator, Until: day()})
}

// everyPlay begins a play of every act.
func everyPlay(t testing.TB, seed uint64) (*play, *everybody) {
	r := rand.New(rand.NewPCG(seed, 23))
	policy := policyOf(t, r)
	if r.IntN(4) == 0 {
		policy.SignOff = nil // nothing but records waits for another's word
	}
	pl := newPlay(t, policy)
	pl.every = true
	begin := clock(t, begins[r.IntN(len(begins))])
	pl.tm.settings.Users = crowd(r, begin)
	pl.tm.now, pl.w.now = begin, begin
	return pl, &everybody{author: &author{Rand: r, pl: pl, now: begin}, at: append(everyAct(), often...)}
}

// ofEvery plays given moves again, by the same team and policy.
func ofEvery(t testing.TB, like *play, moves []move) (pl *play, fault string) {
	pl = newPlay(t, like.tm.settings.Policy)
	pl.every = true
	pl.tm.settings.Users = like.tm.settings.Users
	for _, m := range moves {
		if fault = pl.apply(m); fault != "" {
			return pl, fault
		}
	}
	return pl, pl.atEnd()
}

// atEnd is what is checked once of a play.
func (pl *play) atEnd() string { return cmpFault(pl.untouched(), pl.readable()) }

// less leaves out what a fault does not need.
func less(t testing.TB, like *play, fault string) ([]move, string) {
	moves := like.moves
	for size := len(moves) / 2; size > 0; {
		again := false
		for i := len(moves) - size; i >= 0; i -= size {
			fewer := slices.Delete(slices.Clone(moves), i, i+size)
			if pl, f := ofEvery(t, like, fewer); f != "" {
				moves, fault, again = pl.moves, f, true
				i = min(i, len(moves))
			}
		}
		if size > 1 || !again {
			size /= 2
		}
	}
	return moves, fault
}

// Every act of the table is taken by everybody there is, in any order, rightly and wrongly: whatever came of it, the records are
// such as DOMAIN says, every list can be read, and nobody is told a word of a child who is restricted to others.
func TestEveryPromiseHoldsWhateverIsDone(t *testing.T) {
	t.Parallel()
	n := howMany(40, 20)
	done, refused := map[string]int{}, map[string]int{}
	for seed := *from; seed < *from+uint64(n); seed++ {
		pl, d := everyPlay(t, seed)
		fault := ""
		for i := 0; i < 90 && fault == ""; i++ {
			fault = pl.apply(d.next())
		}
		if fault == "" {
			fault = pl.atEnd()
		}
		for act, k := range pl.done {
			done[act] += k
		}
		for act, k := range pl.refused {
			refused[act] += k
		}
		if fault != "" {
			moves, fault := less(t, pl, fault)
			p := pl.tm.settings.Policy
			t.Fatalf("seed %d, at least %d within %d days, clock %s, lee until %s, cos until %s: %s\n%s", seed, p.ClusterMin, p.ClusterWindow, p.InterviewClock,
				pl.tm.settings.Users[7].Until, pl.tm.settings.Users[8].Until, fault, (&play{moves: moves}).replay())
		}
	}
	for _, act := range everyAct() {
		if n >= 100 && (done[act] < max(1, n/200) || refused[act] < max(1, n/200)) {
			t.Errorf("%s was done %d times and refused %d times in %d plays: they try too little", act, done[act], refused[act], n)
		}
	}
	t.Log(done)
}

// There are lines for every act, so that one that is added is played too.
func TestThereAreLinesForEveryAct(t *testing.T) {
	pl, d := everyPlay(t, 1)
	if f := pl.apply(move{d.now, "dee", `{"act":"import.begin","format":"referrals"}`}); f != "" {
		t.Fatal(f)
	}
	for range 10 {
		if f := pl.apply(d.next()); f != "" {
			t.Fatal(f)
		}
	}
	for _, act := range everyAct() {
		if line := d.lineOf(act); !strings.Contains(line, `"act":"`+act+`"`) {
			t.Errorf("%s is never played: %q", act, line)
		}
	}
}
