package domain_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"
)

// takeRow takes a row of a file in.
func (pl *play) takeRow(row map[string]string) (*domain.Outcome, *domain.Refusal) {
	var kv []string
	for name, v := range row {
		kv = append(kv, name+"="+v)
	}
	return pl.tm.arrive(kv...)
}

// source says rows about children, under references that come to be one child's; what it last said of each is kept.
type source struct {
	*author
	said map[string]map[string]string
}

// row is news: a new episode, a return, or another word about a known one.
func (s *source) row() map[string]string {
	names := map[string][]string{"K1": {"Ivy", "Stone", "Ive", "f"}, "K2": {"Ivie", "Stone-Hall", "Vee", "female"}, "K3": {"Ivy", "Stone", "", ""}}
	if len(s.said) > 0 && s.chance(50) {
		row := maps.Clone(s.said[oneOf(s.author, slices.Sorted(maps.Keys(s.said)))])
		switch s.IntN(4) {
		case 0:
			row["risk"] = oneOf(s.author, []string{"high", "low"})
		case 1:
			row["flags"] = oneOf(s.author, []string{"harm", "hospital"})
		case 2:
			row["child_phone"] = fmt.Sprint("07700 90000", s.IntN(3))
		default:
			start, _ := time.Parse(time.RFC3339, row["missing_at"])
			row["returned_at"] = s.stamp(start.Add(time.Duration(s.Int64N(int64(s.now.Sub(start))+1)) / time.Minute * time.Minute))
		}
		return row
	}
	s.refs++
	child := oneOf(s.author, []string{"K1", "K1", "K2", "K3"})
	start := s.now.Add(-time.Duration(s.IntN(6*24*60)) * time.Minute)
	row := map[string]string{"police_ref": fmt.Sprintf("P%02d", s.refs), "child_ref": child, "given_name": names[child][0], "family_name": names[child][1],
		"known_as": names[child][2], "gender": names[child][3], "dob": "2011-03-14", "missing_at": s.stamp(start), "risk": "low"}
	if s.chance(15) {
		delete(row, "child_ref")
	}
	if back := start.Add(time.Duration(s.IntN(600)) * time.Minute); back.Before(s.now) {
		row["returned_at"] = s.stamp(back)
	}
	return row
}

func TestTheSameRowsAgainChangeNothingWhateverWasDecidedBetween(t *testing.T) {
	t.Parallel()
	n := howMany(300, 40)
	took := 0
	for seed := *from; seed < *from+uint64(n); seed++ {
		r := rand.New(rand.NewPCG(seed, 22))
		pl := newPlay(t, profile(t, "statutory"))
		a := &author{Rand: r, pl: pl, now: clock(t, begins[r.IntN(len(begins))])}
		s := &source{author: a, said: map[string]map[string]string{}}
		fail := func(what string, row map[string]string) {
			j, _ := json.Marshal(row)
			t.Fatalf("seed %d: %s: %s\n%s", seed, what, j, pl.replay())
		}
		take := func(row map[string]string) (*domain.Outcome, *domain.Refusal) {
			j, _ := json.Marshal(row)
			pl.tm.now, pl.w.now = a.now, a.now
			pl.tm.as("dee")
			pl.moves = append(pl.moves, move{a.now, "dee", "row " + string(j)})
			out, refused := pl.takeRow(row)
			if refused == nil && len(out.Put) > 0 {
				if f := cmpFault(pl.changed(said{Act: "row"}, out), pl.check()); f != "" {
					fail(f, row)
				}
			}
			return out, refused
		}
		for range 40 {
			if r.IntN(3) == 0 || len(s.said) < 4 {
				row := s.row()
				if _, refused := take(row); refused != nil {
					continue
				}
				s.said[row["police_ref"]] = row
				if out, refused := take(row); refused != nil || len(out.Put) > 0 {
					fail(fmt.Sprint("again at once, it changed ", out, refused), row)
				}
				took++
				continue
			}
			m := a.next()
			for m.line == object("undo") { // an undone join leaves the rows that came meanwhile where they went
				m = a.next()
			}
			if f := pl.apply(m); f != "" {
				fail(f, nil)
			}
			row := s.said[oneOf(a, slices.Sorted(maps.Keys(s.said)))]
			if out, refused := take(row); refused != nil || len(out.Put) > 0 {
				fail(fmt.Sprint("again, it changed ", out, refused), row)
			}
		}
	}
	if took < 10*n {
		t.Errorf("only %d rows were taken in %d plays", took, n)
	}
}
