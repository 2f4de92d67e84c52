package domain

import (
	"fmt"
	"slices"
	"strings"
)

// period is what episodes cover, from the start of the first to the latest return among them, and the end of the window
// that the first opens: the same clock time cluster_window calendar days later (DOMAIN §5).
type period struct{ from, to, until Moment }

func (x *period) cover(p *Policy, start, end Moment) {
	if x.from == 0 || start.Unix() < x.from.Unix() {
		x.from, x.until = start, At(AddDays(start.Time(), p.ClusterWindow))
	}
	if x.to == 0 || end.Unix() > x.to.Unix() {
		x.to = end
	}
}

// fits says that the period ends within the window, inclusive.
func (x period) fits() bool { return x.to.Unix() <= x.until.Unix() }

// with is the period with one more episode in it.
func (x period) with(p *Policy, k Candidate) period {
	x.cover(p, k.Start, k.Return)
	return x
}

// periodOf a cluster's members.
func periodOf(p *Policy, members []Member) period {
	var x period
	for _, m := range members {
		x.cover(p, m.Episode.MissingAt, m.Episode.ReturnedAt)
	}
	return x
}

// additions are the candidates with which a cluster whose interview was not held still fits the window; what was left out
// of it is not offered again (DOMAIN §5).
func additions(p *Policy, c *Cluster, members []Member, x period, list []Candidate) []Candidate {
	if !c.Outstanding() || !takesMore(members) {
		return nil
	}
	var out []Candidate
	for _, k := range list {
		if c.leftOut(k.Episode) == nil && x.with(p, k).fits() {
			out = append(out, k)
		}
	}
	return out
}

// outstanding says that a member still waits for the interview, and for no sign-off.
func (m Member) outstanding() bool {
	s := m.Referral.Stage
	return s == StageNew || s == StageAccepted || s == StageBooked
}

// takesMore says that a cluster still has an outstanding member, so that another could be asked about with it.
func takesMore(members []Member) bool { return slices.ContainsFunc(members, Member.outstanding) }

// complete derives what the members come to together.
func (b *clusterReader) complete(row *ClusterRow) error {
	p := &b.Settings().Policy
	members := row.members()
	x := periodOf(p, members)
	row.From, row.To, row.Until = x.from, x.to, x.until
	var held Moment
	if row.Cluster != nil {
		held = row.Cluster.HeldAt
	}
	row.Interview = oneInterview(p, members, held)
	row.Asks = asksReason(members)
	row.Explain = row.explain(p)
	if held == 0 {
		spans, err := b.SpansOf(row.Child.ID)
		if err != nil {
			return err
		}
		for _, s := range spans {
			if s.End == 0 && !s.Duplicate && !s.History {
				row.MissingNow = s.ID
			}
		}
		row.warn(b)
	}
	if row.Cluster == nil {
		return nil
	}
	list, err := b.CandidatesOf(row.Child.ID)
	if err != nil {
		return err
	}
	list = OutstandingOn(list, b.rows.today)
	row.Additions = additions(p, row.Cluster, members, x, list)
	row.review(p, x, list)
	return nil
}

// asksReason says why accepting or adding these asks for a reason: high risk, or a harm, exploitation or hospital flag
// (DOMAIN §5).
func asksReason(members []Member) []string {
	var out []string
	for _, m := range members {
		var why []string
		if m.Episode.Risk == "high" {
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

// explain says in one line why the members fit one interview.
func (row *ClusterRow) explain(p *Policy) string {
	fit := "within"
	if !(period{row.From, row.To, row.Until}).fits() {
		fit = "not within"
	}
	return fmt.Sprintf("%d episodes from %s to %s, %s %d days of the first (until %s), at least %d: one interview, %s (S3)",
		len(row.Members), row.From, row.To, fit, p.ClusterWindow, row.Until, p.ClusterMin, row.Interview.Explain())
}

// warn says what else a person should know before deciding.
func (row *ClusterRow) warn(b *clusterReader) {
	say := func(format string, args ...any) { row.Warnings = append(row.Warnings, fmt.Sprintf(format, args...)) }
	for _, a := range row.Asks {
		say("%s", a)
	}
	if row.MissingNow != 0 {
		say("missing again now (%s)", row.MissingNow)
	}
	late := 0
	var categories, bookings []string
	for i, m := range row.Members {
		if m.Return.Over(b.Now()) || m.Return.MetLate() {
			late++
		}
		if c := words(m.Episode.Category); c != "" && !slices.Contains(categories, c) {
			categories = append(categories, c)
		}
		if k := m.Referral.Booking(); k != nil && !slices.Contains(bookings, k.When.String()) {
			bookings = append(bookings, k.When.String())
		}
		for _, o := range row.Members[:i] {
			if m.Episode.MissingAt.Unix() < o.Episode.ReturnedAt.Unix() {
				say("%s overlaps %s: is it the same episode?", m.Episode.ShownRef(), o.Episode.ShownRef())
			}
		}
		if as, _ := m.Referral.Pending(); as != "" {
			say("%s waits for sign-off as %s", m.Referral.ID, as.Words())
		}
	}
	if late > 0 {
		say("%d of %d past their own 72 h", late, len(row.Members))
	}
	if len(categories) > 1 {
		say("of different categories: %s", strings.Join(categories, ", "))
	}
	if len(bookings) > 1 {
		say("booked more than once: %s", strings.Join(bookings, "; "))
	}
}

// review says why an accepted or interviewed cluster is to be looked at again; nothing changes by itself (DOMAIN §5).
func (row *ClusterRow) review(p *Policy, x period, list []Candidate) {
	say := func(format string, args ...any) { row.Review = append(row.Review, fmt.Sprintf(format, args...)) }
	if row.State == ClusterInterviewed {
		for _, k := range list {
			if k.Start.Unix() >= x.from.Unix() && k.Return.Unix() <= x.to.Unix() {
				say("%s lies inside the period whose interview was held %s: was it spoken of?", k.ShownRef(), row.Cluster.HeldAt)
			}
		}
	} else {
		if n := len(row.Members); n < p.ClusterMin {
			say("%d left, %d needed: go on with one interview, or break it up", n, p.ClusterMin)
		}
		if !x.fits() {
			say("no longer fits: the last return %s is after the window's end, %s", x.to, x.until)
		}
	}
	row.Warnings = append(slices.Clone(row.Review), row.Warnings...)
}
