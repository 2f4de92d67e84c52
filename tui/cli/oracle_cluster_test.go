package cli_test

import (
	"cmp"
	"slices"
	"time"
)

// fortnight is the same clock time 14 calendar days on: one that is skipped counts an hour later, one that comes twice the
// first time.
func fortnight(start int64) int64 {
	l := time.Unix(start, 0).In(london)
	y, mo, d := l.AddDate(0, 0, 14).Date()
	if at := wall(y, int(mo), d, l.Hour(), l.Minute(), l.Second()); len(at) > 0 {
		return at[0]
	}
	return wall(y, int(mo), d, l.Hour()+1, l.Minute(), l.Second())[0]
}

// fits says that consecutive episodes may share one interview.
func fits(run []*story) bool {
	last := run[0].back.unix
	for _, s := range run {
		last = max(last, s.back.unix)
	}
	return len(run) >= 3 && last <= fortnight(run[0].missing.unix)
}

// splits are all ways to cut n candidates into runs, as the lengths of the runs.
func splits(n int) (all [][]int) {
	if n == 0 {
		return [][]int{nil}
	}
	for first := 1; first <= n; first++ {
		for _, rest := range splits(n - first) {
			all = append(all, append([]int{first}, rest...))
		}
	}
	return all
}

// better says that split a goes before split b (DOMAIN §5): fewer interviews; then the earliest candidate who is in a cluster
// in one alone; then the longer of the first clusters that differ.
func better(a, b []int) bool {
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	together := func(split []int) (in []bool) {
		for _, n := range split {
			for range n {
				in = append(in, n > 1)
			}
		}
		return in
	}
	x, y := together(a), together(b)
	for i := range x {
		if x[i] != y[i] {
			return x[i]
		}
	}
	for i := range a {
		if a[i] != b[i] {
			return a[i] > b[i]
		}
	}
	return false
}

// suggested are the episodes that a suggestion holds, by police_ref.
func (w *world) suggested() map[string]bool {
	byChild := map[string][]*story{}
	for _, s := range w.stories {
		if s.raised != 0 && s.back.present {
			child := cmp.Or(s.cells["child_ref"], s.name+s.dob)
			byChild[child] = append(byChild[child], s)
		}
	}
	out := map[string]bool{}
	for _, list := range byChild {
		slices.SortFunc(list, func(a, b *story) int {
			return cmp.Or(cmp.Compare(a.missing.unix, b.missing.unix), cmp.Compare(a.back.unix, b.back.unix), cmp.Compare(a.ref, b.ref))
		})
		var best []int
		for _, split := range splits(len(list)) {
			at, may := 0, true
			for _, n := range split {
				may = may && (n == 1 || fits(list[at:at+n]))
				at += n
			}
			if may && (best == nil || better(split, best)) {
				best = split
			}
		}
		at := 0
		for _, n := range best {
			for _, s := range list[at : at+n] {
				out[s.ref] = n > 1
			}
			at += n
		}
	}
	return out
}
