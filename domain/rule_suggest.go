package domain

import (
	"cmp"
	"slices"
)

// CandidateOf says what an episode and its referral are to the rule by what is stored; ok is false where they are no
// candidate, today or on a look-again date.
func CandidateOf(e *Episode, r *Referral) (k Candidate, ok bool) {
	if e == nil || r == nil || !e.Over() || e.DuplicateOf != 0 || r.Cluster != 0 {
		return k, false
	}
	k = Candidate{Episode: e.ID, Referral: r.ID, PoliceRef: e.PoliceRef, Start: e.MissingAt, Return: e.ReturnedAt}
	if r.Stage == StageNotRequired {
		k.From = r.LookAgain()
		return k, k.From != 0
	}
	return k, r.Stage.Outstanding()
}

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

// SortCandidates puts them in the rule's order: start, then return, then police reference.
func SortCandidates(list []Candidate) {
	slices.SortFunc(list, func(a, b Candidate) int {
		switch { // by hand: most differ by their start, and an E-number costs to write out
		case a.Start.Unix() != b.Start.Unix():
			return cmp.Compare(a.Start.Unix(), b.Start.Unix())
		case a.Return.Unix() != b.Return.Unix():
			return cmp.Compare(a.Return.Unix(), b.Return.Unix())
		}
		return cmp.Or(cmp.Compare(a.ShownRef(), b.ShownRef()), cmp.Compare(a.Episode, b.Episode))
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
	best := make(splits, n+1)
	for i := n - 1; i >= 0; i-- {
		best[i] = split{size: 1, interviews: best[i+1].interviews + 1}
		limit := AddDays(list[i].Start.Time(), p.ClusterWindow).Unix()
		for j := i; j < n && list[j].Return.Unix() <= limit; j++ {
			size, interviews := j-i+1, best[j+1].interviews+1
			if size < p.ClusterMin || interviews > best[i].interviews {
				continue
			}
			if interviews < best[i].interviews || best.better(i, size, best[i].size) {
				best[i] = split{size, interviews}
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

// split is the best way to cover the candidates from one on: the size of its first part, and how many interviews it needs.
type split struct{ size, interviews int }

// splits are those from each candidate on; the first part of each leads to the next.
type splits []split

// better says whether to begin at a candidate with a part of size a rather than b, of which both come to as many
// interviews: in favour of a the first candidate speaks that is in a cluster in a and single in b. Where there is none the
// first parts differ in length only when both are clusters, and the longer wins; later parts are each the best of their own.
func (s splits) better(i, a, b int) bool {
	endA, endB := i+a, i+b
	inA, inB := a > 1, b > 1
	for {
		if inA != inB {
			return inA
		}
		k := min(endA, endB)
		if endA == endB {
			return a > b
		}
		if k == endA {
			inA, endA = s[k].size > 1, k+s[k].size
		} else {
			inB, endB = s[k].size > 1, k+s[k].size
		}
	}
}

// Suggestion is a set of outstanding episodes that one interview could cover (DOMAIN §5).
type Suggestion struct {
	Members []Candidate // in the rule's order
	// Dismissed is who said no to exactly this set; nil: nobody.
	Dismissed *Dismissal
}

// Has says that an episode is in it.
func (s Suggestion) Has(episode ID) bool {
	return slices.ContainsFunc(s.Members, func(k Candidate) bool { return k.Episode == episode })
}

// SuggestionsFor a child as of now.
func SuggestionsFor(r Reader, child *Child) ([]Suggestion, error) {
	list, err := r.CandidatesOf(child.ID)
	if err != nil {
		return nil, err
	}
	return SuggestionsOn(r.Settings(), child, list, DateOf(r.Now())), nil
}

func SuggestionsOn(s *Settings, child *Child, stored []Candidate, today Date) []Suggestion {
	list := OutstandingOn(stored, today)
	var out []Suggestion
	for _, c := range SuggestClusters(&s.Policy, list) {
		members := list[c[0]:c[1]]
		out = append(out, Suggestion{Members: members, Dismissed: child.Dismissal(episodeSet(members))})
	}
	return out
}

// episodeSet are the episodes of candidates by number, as a dismissal keeps them.
func episodeSet(list []Candidate) []ID {
	out := make([]ID, len(list))
	for i, k := range list {
		out[i] = k.Episode
	}
	slices.Sort(out)
	return out
}
