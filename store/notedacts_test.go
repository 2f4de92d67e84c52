package store

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// TestNotedThingsThroughTheStore plays saves and carers that name few things in many spellings, merges, moves, joins, clusters and undos of
// any change, in any order, and demands that a check finds nothing: all that a record names is noted, and nothing else.
func TestNotedThingsThroughTheStore(t *testing.T) {
	plays, done := 40, map[string]int{}
	if testing.Short() {
		plays = 5
	}
	for seed := range plays {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		s := fresh(t)
		d := s.Desk(sam())
		returns(t, d, "LCS1", 3)
		returns(t, d, "LCS2", 2)
		returns(t, d, "LCS3", 1)
		one := func(list ...string) string { return list[r.IntN(len(list))] }
		name := func() string { return one("Canal", "the canal", "THE  Canal", "Pier", "Quay", "") }
		var said []string
		for i := range 60 {
			var line string
			switch n := r.IntN(24); {
			case n < 9:
				line = fmt.Sprintf(`{"act":"interview.save","referral":"R%d","record":{"intelligence":{"places":[{"name":%q},{"name":%q,"about":%q}],"people":[{"name":%q}],"things":[{"kind":%q,"name":"07700 900123"}]}}}`,
					1+r.IntN(6), name(), name(), one("", "x"), name(), one("phone", "mobile"))
			case n < 13:
				line = fmt.Sprintf(`{"act":"intelligence.merge","keep":"N%d","other":"N%d","reason":"x"}`, 1+r.IntN(9), 1+r.IntN(9))
			case n < 15:
				line = `{"act":"undo"}`
			case n < 18:
				line = fmt.Sprintf(`{"act":"undo","of":"X%d"}`, 7+r.IntN(i+1))
			case n < 19:
				k := r.Perm(3)
				line = one(`{"act":"cluster.accept","child_ref":"LCS1","episodes":["LCS1-1","LCS1-2","LCS1-3"]}`,
					`{"act":"cluster.leave_out","cluster":"CL1","episode":"LCS1-2","reason":"x"}`,
					fmt.Sprintf(`{"act":"child.join","keep":"LCS%d","other":"LCS%d","reason":"x"}`, k[0]+1, k[1]+1))
			case n < 22:
				line = fmt.Sprintf(`{"act":"referral.carer_information","referral":"R%d","text":"x","places":[%q],"people":[%q]}`, 1+r.IntN(6), one("Canal", "the canal", "Quay"), one("x", "Pier"))
			case n < 23:
				line = fmt.Sprintf(`{"act":"episode.move","episode":"LCS%d-1","to":"LCS%d","reason":"x"}`, 1+r.IntN(3), 1+r.IntN(3))
			default:
				line = fmt.Sprintf(`{"act":"interview.held","referral":"R%d","held_at":%q}`, 1+r.IntN(6), noon().Add(-time.Hour).Format(time.RFC3339))
			}
			said = append(said, line)
			got, err := d.Do(ctx, true, act(t, "%s", line))
			if err != nil {
				t.Fatalf("seed %d: %s: %v\n%s", seed, line, err, strings.Join(said, "\n"))
			}
			if got[0].Refused == nil {
				done[got[0].Act]++
			} else if strings.Contains(got[0].Refused.Message, "failed while deciding") {
				t.Fatalf("seed %d: %s: %s", seed, line, got[0].Refused.Message)
			}
			if i%6 == 5 {
				if f := checkOpen(t, s); len(f) > 0 {
					t.Fatalf("seed %d: %v\n%s", seed, f, strings.Join(said, "\n"))
				}
			}
		}
		if err := d.Ask(ctx, func(r domain.Reader) error { _, err := view.ReadNoted(r); return err }); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
		clean(t, s)
	}
	t.Logf("done: %v", done)
	for _, name := range []string{"interview.save", "intelligence.merge", "child.join", "cluster.accept", "interview.held", "undo", "referral.carer_information", "episode.move"} {
		if done[name] == 0 && !testing.Short() {
			t.Errorf("%s was never done", name)
		}
	}
}
