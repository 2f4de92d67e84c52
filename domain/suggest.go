package domain

import (
	"bytes"
	"cmp"
	"slices"
)

// Candidate is an outstanding episode of a child that one interview could cover together with others: it is over and its
// referral new, accepted or booked and in no cluster (DOMAIN §5).
type Candidate struct {
	Episode   ID
	Referral  ID
	PoliceRef string
	Start     Moment
	Return    Moment
	// From is the look-again date on which a referral that is not required until then becomes outstanding; 0: it is now.
	From Date
}

// CandidateOf says what an episode and its referral are to the rule by what is stored; ok is false where they are no
// candidate, today or on a look-again date.
func CandidateOf(e *Episode, r *Referral) (k Candidate, ok bool) {
	if e == nil || r == nil || !e.Over() || e.DuplicateOf != 0 || r.Cluster != 0 {
		return k, false
	}
	k = Candidate{Episode: e.ID, Referral: r.ID, PoliceRef: e.PoliceRef, Start: e.MissingAt, Return: e.ReturnedAt}
	switch r.Stage {
	case StageNew, StageAccepted, StageBooked:
		return k, true
	case StageNotRequired:
		k.From = r.LookAgain()
		return k, k.From != 0
	}
	return k, false
}

// ShownRef is the police reference, or the E-number where there is none.
func (k Candidate) ShownRef() string { return orElse(k.PoliceRef, k.Episode.String()) }

// OutstandingOn keeps the candidates that are outstanding on a day, in the rule's order.
func OutstandingOn(list []Candidate, day Date) []Candidate {
	out := make([]Candidate, 0, len(list))
	for _, k := range list {
		if k.From == 0 || k.From <= day {
			out = append(out, k)
		}
	}
	SortCandidates(out)
	return out
}

// SortCandidates puts them in the rule's order: start, then return, then police reference, for which the E-number stands
// where there is none.
func SortCandidates(list []Candidate) {
	slices.SortFunc(list, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(a.Start.Unix(), b.Start.Unix()), cmp.Compare(a.Return.Unix(), b.Return.Unix()),
			cmp.Compare(a.ShownRef(), b.ShownRef()), cmp.Compare(a.Episode, b.Episode))
	})
}

// SuggestClusters splits one child's candidates, in order, into the clusters that need the fewest interviews (DOMAIN §5):
// each at least cluster_min consecutive ones whose period, from the start of the first to the latest return, ends no
// later than the same clock time cluster_window calendar days after that start. Among equals the split wins in whose
// favour the earliest candidate speaks that is in a cluster in one and single in the other, then the one whose first
// differing cluster is longer. It gives the clusters only, as index ranges [from, to).
func SuggestClusters(p *Policy, list []Candidate) [][2]int {
	n := len(list)
	if !p.Clusters || n < p.ClusterMin {
		return nil
	}
	best := make([]split, n+1)
	for i := n - 1; i >= 0; i-- {
		best[i] = split{size: 1, interviews: best[i+1].interviews + 1, inside: mark(n-i, best[i+1].inside, 1, 0)}
		limit := AddDays(list[i].Start.Time(), p.ClusterWindow).Unix()
		for j := i; j < n && list[j].Return.Unix() <= limit; j++ {
			size := j - i + 1
			if size < p.ClusterMin || best[j+1].interviews+1 > best[i].interviews {
				continue
			}
			s := split{size: size, interviews: best[j+1].interviews + 1, inside: mark(n-i, best[j+1].inside, size, 1)}
			if s.better(best[i]) {
				best[i] = s
			}
		}
	}
	var out [][2]int
	for i := 0; i < n; i += best[i].size {
		if best[i].size > 1 {
			out = append(out, [2]int{i, i + best[i].size})
		}
	}
	return out
}

// split is the best way to cover the candidates from one on: the size of its first part, how many interviews it needs,
// and which candidates stand in a cluster (1) or single (0).
type split struct {
	size       int
	interviews int
	inside     []byte
}

// better compares two splits of the same candidates. Where the marks are the same the first parts differ in length only
// when both are clusters, and the longer wins; later parts are each the best of their own.
func (s split) better(t split) bool {
	if s.interviews != t.interviews {
		return s.interviews < t.interviews
	}
	if c := bytes.Compare(s.inside, t.inside); c != 0 {
		return c > 0
	}
	return s.size > t.size
}

func mark(n int, rest []byte, size int, value byte) []byte {
	b := make([]byte, n)
	for i := range size {
		b[i] = value
	}
	copy(b[size:], rest)
	return b
}
