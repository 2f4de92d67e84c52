package domain

import (
	"slices"
	"strings"
)

// ClusterPeriod is what episodes cover, from the start of the first to the latest return among them, and the end of the window
// that the first opens: the same clock time cluster_window calendar days later (DOMAIN §5).
type ClusterPeriod struct{ From, To, Until Moment }

func (x *ClusterPeriod) cover(p *Policy, start, end Moment) {
	if x.From == 0 || start.Unix() < x.From.Unix() {
		x.From, x.Until = start, At(AddDays(start.Time(), p.ClusterWindow))
	}
	if x.To == 0 || end.Unix() > x.To.Unix() {
		x.To = end
	}
}

// Fits says that the period ends within the window, inclusive.
func (x ClusterPeriod) Fits() bool { return x.To.Unix() <= x.Until.Unix() }

// With is the period with one more episode in it.
func (x ClusterPeriod) With(p *Policy, k Candidate) ClusterPeriod {
	x.cover(p, k.Start, k.Return)
	return x
}

// PeriodOf a cluster's members.
func PeriodOf(p *Policy, members []Member) ClusterPeriod {
	var x ClusterPeriod
	for _, m := range members {
		x.cover(p, m.Episode.MissingAt, m.Episode.ReturnedAt)
	}
	return x
}

// AdditionsTo are the candidates with which a cluster whose interview was not held still fits the window; what was left out
// of it is not offered again (DOMAIN §5).
func AdditionsTo(p *Policy, c *Cluster, members []Member, x ClusterPeriod, list []Candidate) []Candidate {
	if !c.Outstanding() || !takesMore(members) {
		return nil
	}
	var out []Candidate
	for _, k := range list {
		if c.leftOut(k.Episode) == nil && x.With(p, k).Fits() {
			out = append(out, k)
		}
	}
	return out
}

// outstanding says that a member still waits for the interview, and for no sign-off.
func (m Member) outstanding() bool {
	return m.Referral.Stage.Outstanding()
}

// takesMore says that a cluster still has an outstanding member, so that another could be asked about with it.
func takesMore(members []Member) bool { return slices.ContainsFunc(members, Member.outstanding) }

// AsksReason says why accepting or adding these asks for a reason: high risk, or a harm, exploitation or hospital flag
// (DOMAIN §5).
func AsksReason(members []Member) []string {
	var out []string
	for _, m := range members {
		var why []string
		if m.Episode.Risk == RiskHigh {
			why = append(why, "high risk")
		}
		for _, f := range FlagWords() {
			if m.Episode.HasFlag(f) {
				why = append(why, f)
			}
		}
		if why != nil {
			out = append(out, m.Episode.ShownRef()+": "+strings.Join(why, ", "))
		}
	}
	return out
}
