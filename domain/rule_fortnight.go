package domain

import (
	"cmp"
	"slices"
)

// Fortnight is a stretch of time in which a child was missing at least cluster_min times within cluster_window days, as
// the timeline shades it. Stretches that overlap are one.
type Fortnight struct {
	From, To Moment // from the start of its first episode to the latest return
	// Episodes are those of the stretch, by start, then return, then number.
	Episodes []ID
	// Most is the largest number of them that fit one window.
	Most int
}

// Fortnights finds every stretch in which at least cluster_min consecutive episodes fit cluster_window local calendar days:
// from the start of the first to the latest return among them, no later than the same clock time that many days on (S3;
// DOMAIN §5). It is the pattern of a child, not a suggestion: episodes of any stage and history count. Duplicates do not,
// and an episode that is still open has no return by which it could fit; neither breaks consecutiveness.
func Fortnights(p *Policy, spans []EpisodeSpan) []Fortnight {
	over := make([]EpisodeSpan, 0, len(spans))
	for _, s := range spans {
		if !s.Duplicate && s.End != 0 {
			over = append(over, s)
		}
	}
	slices.SortFunc(over, func(a, b EpisodeSpan) int {
		return cmp.Or(cmp.Compare(a.Start.Unix(), b.Start.Unix()), cmp.Compare(a.End.Unix(), b.End.Unix()), cmp.Compare(a.ID, b.ID))
	})
	var out []Fortnight
	taken := 0 // episodes before this one stand in a stretch already, or in none
	for i := range over {
		limit := AddDays(over[i].Start.Time(), p.ClusterWindow).Unix()
		last, j := over[i].End, i
		for ; j < len(over) && over[j].End.Unix() <= limit; j++ {
			if over[j].End.Unix() > last.Unix() {
				last = over[j].End
			}
		}
		if j-i < p.ClusterMin || j == i {
			continue
		}
		n := len(out)
		if n == 0 || out[n-1].To.Unix() < over[i].Start.Unix() {
			out = append(out, Fortnight{From: over[i].Start, To: last})
			n++
		}
		f := &out[n-1]
		f.Most = max(f.Most, j-i)
		if last.Unix() > f.To.Unix() {
			f.To = last
		}
		for taken = max(taken, i); taken < j; taken++ {
			f.Episodes = append(f.Episodes, over[taken].ID)
		}
	}
	return out
}
