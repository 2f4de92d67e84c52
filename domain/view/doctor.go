package view

import (
	"cmp"
	"slices"
)

// SignState is how something is that doctor looked at.
type SignState string

// The states, the worst first.
const (
	SignMust   SignState = "must"   // something must be done
	SignRemark SignState = "remark" // worth knowing, nothing must be done
	SignWell   SignState = "well"
)

// Sign is what doctor found about one thing. It says nothing of any child.
type Sign struct {
	About string // what was looked at
	State SignState
	Found string // one line
	Do    string // what to do, "" where there is nothing
}

// SortSigns puts the worst first and leaves those of a kind in their order.
func SortSigns(list []Sign) {
	rank := func(s Sign) int { return slices.Index([]SignState{SignMust, SignRemark, SignWell}, s.State) }
	slices.SortStableFunc(list, func(a, b Sign) int { return cmp.Compare(rank(a), rank(b)) })
}

// MustBeDone is how many of them say that something must be done.
func MustBeDone(list []Sign) (n int) {
	for _, s := range list {
		if s.State == SignMust {
			n++
		}
	}
	return n
}
