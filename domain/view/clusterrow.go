package view

import (
	"fmt"

	"homeward/domain"
	"slices"
	"strings"
)

// complete derives what the members come to together.
func (b *clusterReader) complete(row *ClusterRow) error {
	p := &b.Settings().Policy
	members := row.members()
	x := domain.PeriodOf(p, members)
	row.From, row.To, row.Until = x.From, x.To, x.Until
	var held domain.Moment
	if row.Cluster != nil {
		held = row.Cluster.HeldAt
	}
	row.Interview = domain.ClusterInterview(p, members, held)
	row.Asks = domain.AsksReason(members)
	row.Explain = row.explain(p)
	if held == 0 {
		spans, err := b.SpansOf(row.Child.ID)
		if err != nil {
			return err
		}
		row.MissingNow = row.Child.MissingIn(spans, b.rows.today)
		row.warn(b)
	}
	if row.Cluster == nil {
		return nil
	}
	list, err := b.CandidatesOf(row.Child.ID)
	if err != nil {
		return err
	}
	list = domain.OutstandingOn(list, b.rows.today)
	row.Additions = domain.AdditionsTo(p, row.Cluster, members, x, list)
	row.review(p, x, list)
	return nil
}

// explain says in one line why the members fit one interview.
func (row *ClusterRow) explain(p *domain.Policy) string {
	fit := "within"
	if !(domain.ClusterPeriod{From: row.From, To: row.To, Until: row.Until}).Fits() {
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
		if c := domain.Words(m.Episode.Category); c != "" && !slices.Contains(categories, c) {
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
func (row *ClusterRow) review(p *domain.Policy, x domain.ClusterPeriod, list []domain.Candidate) {
	say := func(format string, args ...any) { row.Review = append(row.Review, fmt.Sprintf(format, args...)) }
	if row.State == ClusterInterviewed {
		for _, p := range row.Cluster.Parted {
			if p.How == domain.PartedMovedAfter {
				say("%s was moved to another child after the interview: look whether anything in its record is about them", p.Episode)
			}
		}
		for _, k := range list {
			if row.Cluster.HeldWithout(k.Episode) {
				say("the interview was held %s without %s, which is owed its own: was it spoken of?", row.Cluster.HeldAt, k.ShownRef())
			} else if k.Start.Unix() >= x.From.Unix() && k.Return.Unix() <= x.To.Unix() {
				say("%s lies inside the period whose interview was held %s: was it spoken of?", k.ShownRef(), row.Cluster.HeldAt)
			}
		}
	} else {
		if n := len(row.Members); n < p.ClusterMin {
			say("%d left, %d needed: go on with one interview, or break it up", n, p.ClusterMin)
		}
		if !x.Fits() {
			say("no longer fits: the last return %s is after the window's end, %s", x.To, x.Until)
		}
	}
	row.Warnings = append(slices.Clone(row.Review), row.Warnings...)
}
