package timeline

import (
	"slices"
	"sort"
)

// bar is an episode on the axis, in Unix seconds.
type bar struct {
	from, to int64
	// sureFrom and sureTo are what is certain of it: a time that was not recorded leaves its whole day open.
	sureFrom, sureTo int64
	open             bool // still missing: to is now
	doubled          bool // a duplicate, which is in no count
	history          bool
}

// barIndex finds the bars of a window without looking at the others. Bars stand by start.
type barIndex struct {
	bars []bar
	ends []int64 // the latest end among this bar and those before it
}

func indexBars(bars []bar) barIndex {
	x := barIndex{bars: bars, ends: make([]int64, len(bars))}
	for i, b := range bars {
		x.ends[i] = b.to
		if i > 0 {
			x.ends[i] = max(b.to, x.ends[i-1])
		}
	}
	return x
}

// touching gives the range of bars among which all are that touch [from, to).
func (x barIndex) touching(from, to int64) (lo, hi int) {
	lo = sort.Search(len(x.ends), func(i int) bool { return x.ends[i] >= from })
	hi = sort.Search(len(x.bars), func(i int) bool { return x.bars[i].from >= to })
	return lo, max(lo, hi)
}

// touches says that a bar has a part in [from, to). One that ends as the window begins has none, unless it began there.
func (b bar) touches(from, to int64) bool {
	return b.from < to && (b.to > from || b.from >= from)
}

// seg is a bar as it is drawn: the cells from c0 to c1, both included, on a lane.
type seg struct {
	bar    int
	lane   int
	c0, c1 int
	cut    bool // the next bar on the lane begins in the next cell
}

// laid is the bars of a window on lanes.
type laid struct {
	segs  []seg
	lanes int
	// crowd has the number of episodes that begin in a column, for those columns that have more than there are lanes.
	crowd map[int]int
}

// layBars puts each bar of the window on the first lane that is free. Every bar has a cell; bars that would share one stand
// on separate lanes. Where the lanes run out the column is crowded: it tells how many episodes begin there instead.
func layBars(a *axis, x barIndex, most int) laid {
	out := laid{crowd: map[int]int{}}
	if a.cols() == 0 || most < 1 {
		return out
	}
	last := make([]int, 0, most) // the last segment of each lane
	begin := make([]int, a.cols())
	lo, hi := x.touching(a.begin(), a.end())
	for i := lo; i < hi; i++ {
		b := x.bars[i]
		if !b.touches(a.begin(), a.end()) {
			continue
		}
		s := seg{bar: i, c0: a.clamp(b.from), c1: a.clamp(max(b.from, b.to-1))}
		begin[s.c0]++
		s.lane = slices.IndexFunc(last, func(j int) bool { return out.segs[j].c1 < s.c0 })
		switch {
		case s.lane >= 0:
			if prev := &out.segs[last[s.lane]]; prev.c1 == s.c0-1 {
				prev.cut = true
			}
			last[s.lane] = len(out.segs)
		case len(last) < most:
			s.lane = len(last)
			last = append(last, len(out.segs))
		default:
			out.crowd[s.c0] = 0
			continue
		}
		out.segs = append(out.segs, s)
	}
	for c := range out.crowd {
		out.crowd[c] = begin[c]
	}
	out.lanes = len(last)
	return out
}
