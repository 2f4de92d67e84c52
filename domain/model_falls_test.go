package domain_test

import (
	"fmt"
	"slices"

	"homeward/domain"
)

// falls are the referrals that what is recorded of one must be written to, and what of each must be true afterwards.
type falls struct {
	on    []domain.ID
	check func(before, after *domain.Referral) bool
	was   map[domain.ID]*domain.Referral
}

// falls says for the acts that record something about the one interview on whom they fall (DOMAIN §5).
func (pl *play) falls(a said) *falls {
	var named []*domain.Referral
	for _, s := range a.Referral {
		id, _ := domain.ParseID(s)
		if r := pl.w.referrals[id]; r != nil {
			named = append(named, r)
		}
	}
	if named == nil {
		return nil
	}
	f := &falls{was: map[domain.ID]*domain.Referral{}}
	which := func(s domain.Stage) bool { return false }
	waits := func(as domain.Stage) domain.Stage {
		if slices.Contains(pl.w.p.SignOff, string(as)) {
			return "to_approve"
		}
		return as
	}
	last := func(r *domain.Referral) domain.Booking {
		if len(r.Bookings) == 0 {
			return domain.Booking{}
		}
		return r.Bookings[len(r.Bookings)-1]
	}
	switch a.Act {
	case "contact.log":
		which = isOpen
		var one domain.Attempt
		f.check = func(b, n *domain.Referral) bool {
			at := n.Attempts[len(n.Attempts)-1]
			if one.ID == 0 {
				one = at
			}
			return len(n.Attempts) == len(b.Attempts)+1 && at == one
		}
	case "referral.book":
		which = outstanding
		var one domain.Booking
		f.check = func(_, n *domain.Referral) bool {
			if one.When == 0 {
				one = last(n)
			}
			return n.Stage == "booked" && last(n) == one
		}
	case "referral.missed":
		which = func(s domain.Stage) bool { return s == "booked" }
		f.check = func(_, n *domain.Referral) bool { return n.Stage == "accepted" && last(n).Outcome == a.How }
	case "referral.close":
		switch a.As {
		case "withdrawn":
			f.check = func(_, n *domain.Referral) bool { return n.Stage == "withdrawn" && n.Cluster == 0 }
		case "unable":
			which = outstanding
			f.check = func(_, n *domain.Referral) bool { return n.Stage == waits("unable") && n.Closing.As == "unable" }
		default:
			which = outstanding
			f.check = func(_, n *domain.Referral) bool { return n.Stage == "declined" }
		}
	case "referral.not_required":
		f.check = func(b, n *domain.Referral) bool {
			return n.Stage == waits("not_required") && (n.Cluster == b.Cluster || n.Stage == "not_required" && n.Cluster == 0)
		}
	default:
		return nil
	}
	for _, r := range named {
		f.on = append(f.on, r.ID)
		if c := pl.w.of(r.Episode); c != nil {
			for _, m := range c.Members {
				if m.Referral != r.ID && which(pl.w.stage(pl.w.referrals[m.Referral])) {
					f.on = append(f.on, m.Referral)
				}
			}
		}
	}
	for id, r := range pl.w.referrals {
		f.was[id] = r
	}
	return f
}

// fell checks that it did fall on these, and on no other.
func (pl *play) fell(f *falls, out *domain.Outcome) string {
	if f == nil {
		return ""
	}
	for id, was := range f.was {
		is := pl.w.referrals[id]
		if on := slices.Contains(f.on, id); on != (is != was) {
			return fmt.Sprintf("falls on %s: %v, should be %v", id, is != was, on)
		} else if on && !f.check(was, is) {
			return fmt.Sprintf("%s does not have it: %s", id, asJSON(is))
		}
	}
	return ""
}
