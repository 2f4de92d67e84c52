package domain_test

import (
	"fmt"
	"slices"
	"strings"

	"homeward/domain"
)

// rules holds the records against what DOMAIN says of them at any time, and the last change against what it says of changes.
func (pl *play) rules() string {
	if !pl.every {
		return ""
	}
	changes := pl.tm.Changes()
	ch := changes[len(changes)-1]
	if f := pl.lastChange(ch); f != "" {
		return f
	}
	if f := pl.keptInSight(ch); f != "" {
		return f
	}
	for rec := range pl.known() {
		f := ""
		switch r := rec.(type) {
		case *domain.Child:
			f = pl.w.childRule(r)
		case *domain.Episode:
			f = pl.w.episodeRule(r)
		case *domain.Referral:
			f = pl.w.referralRule(r)
		case *domain.FollowUp:
			f = pl.w.followUpRule(r)
		case *domain.Interview:
			f = pl.w.interviewRule(r)
		case *domain.Noted:
			f = pl.w.notedRule(r)
		}
		if f != "" {
			return f
		}
		if c := pl.w.children[rec.ChildID()]; rec.ChildID() != 0 && c == nil {
			return fmt.Sprintf("%s is of %s, who is not there", rec.RecordID(), rec.ChildID())
		} else if c != nil && c.ID != rec.RecordID() && c.JoinedTo != 0 {
			return fmt.Sprintf("%s is of %s, who was joined to %s", rec.RecordID(), c.ID, c.JoinedTo)
		}
	}
	return ""
}

// lastChange: who may do nothing does nothing; nothing that was recorded is lost, but by taking it back; work is given to those
// who are there and may see it.
func (pl *play) lastChange(ch *domain.Change) string {
	who := pl.tm.who
	if left := domain.CheckActor(pl.tm.settings, pl.tm.now, who); left != nil || who.Role == domain.Auditor {
		return fmt.Sprintf("%s did %s", who.Login, ch.Act)
	}
	back := ch.UndoOf != 0
	stood := map[string]bool{} // meetings that stood, or had stood: a cluster writes one to every member
	meeting := func(b domain.Booking) string { return fmt.Sprint(b.When, b.At, b.By, b.Interviewer) }
	for _, t := range ch.Touched {
		if r, ok := t.Before.(*domain.Referral); ok {
			for _, b := range r.Bookings {
				stood[meeting(b)] = true
			}
		}
	}
	for _, t := range ch.Touched {
		if !back {
			if f := lost(t); f != "" {
				return fmt.Sprintf("%s of %s is lost", f, t.ID)
			}
		}
		is, was := work(t.After), work(t.Before)
		for what, login := range is {
			u, known := pl.tm.settings.User(login)
			if !known || was[what] == login {
				continue
			}
			if r, ok := t.After.(*domain.Referral); ok && what == "the booking" && stood[meeting(*r.Booking())] {
				continue
			}
			switch c := pl.w.children[t.After.ChildID()]; {
			case u.Left(domain.DateOf(pl.tm.now)):
				return fmt.Sprintf("%s of %s is given to %s, who has left", what, t.ID, login)
			case u.Role == domain.Auditor:
				return fmt.Sprintf("%s of %s is given to %s, who is an auditor", what, t.ID, login)
			case strings.HasPrefix(what, "question") && hadQuestion(t.Before, what): // its answer was taken back
			case (strings.HasPrefix(what, "question") || what == "the booking" || holderOf(t.Before) != login) && c != nil && !c.OpenTo(pl.tm.settings, login):
				return fmt.Sprintf("%s of %s is given to %s, who may not see the child", what, t.ID, login)
			}
		}
		for _, r := range []domain.Record{t.Before, t.After} {
			if r == nil || r.ChildID() == 0 || strings.HasPrefix(ch.Act, "import.row") || ch.Act == "referral.new" || strings.HasPrefix(ch.Act, "child.") {
				continue
			}
			if c := pl.w.children[r.ChildID()]; c != nil && !c.OpenTo(pl.tm.settings, who.Login) {
				return fmt.Sprintf("%s did %s to %s of %s, who is restricted to %v", who.Login, ch.Act, t.ID, c.ID, c.Restricted.To)
			}
		}
	}
	return ""
}

// holderOf is whose a record was, open or not: what was restricted since stays with who had it, until it is handed over.
func holderOf(r domain.Record) string {
	switch r := r.(type) {
	case *domain.Referral:
		return r.AssignedTo
	case *domain.FollowUp:
		return r.Owner
	}
	return ""
}

// hadQuestion says that a referral had a question before, open or not.
func hadQuestion(before domain.Record, what string) bool {
	r, ok := before.(*domain.Referral)
	for i := 0; ok && i < len(r.Notes); i++ {
		if what == fmt.Sprint("question ", i+1) {
			return true
		}
	}
	return false
}

// work is what of a record is still to be done, by whom.
func work(r domain.Record) map[string]string {
	out := map[string]string{}
	switch r := r.(type) {
	case *domain.Referral:
		out["the referral"] = r.AssignedTo
		if n := len(r.Bookings); n > 0 && r.Bookings[n-1].Outcome == "" {
			out["the booking"] = r.Bookings[n-1].Interviewer
		}
		for i, n := range r.Notes {
			if n.Open() {
				out[fmt.Sprint("question ", i+1)] = n.To
			}
		}
	case *domain.FollowUp:
		if r.Open() {
			out["the follow-up"] = r.Owner
		}
	}
	return out
}

// lost says what a record does not say any more that was recorded of it. What may be corrected in place is compared by when and
// by whom it was recorded.
func lost(t domain.Touched) string {
	switch was := t.Before.(type) {
	case *domain.Referral:
		is, ok := t.After.(*domain.Referral)
		if !ok {
			return "all"
		}
		return cmpFault(fewer("an attempt", was.Attempts, is.Attempts, func(a domain.Attempt) any { return []any{a.ID, a.At, a.By, a.Note, a.Result} }),
			fewer("a booking", was.Bookings, is.Bookings, func(b domain.Booking) any { return []any{b.When, b.At, b.By, b.Place} }),
			fewer("a chase", was.Chases, is.Chases, func(c domain.Chase) any { return c }),
			fewer("a note", was.Notes, is.Notes, func(n domain.Note) any { return []any{n.Text, n.By, n.At, n.Ask} }),
			fewer("a decision", was.Decisions, is.Decisions, func(d domain.Decision) any { return d }),
			fewer("the front door", was.FrontDoor, is.FrontDoor, func(d domain.FrontDoor) any { return d }),
			fewer("what the carer told", was.CarerTold, is.CarerTold, func(c domain.CarerTold) any { return c.Text }))
	case *domain.Episode:
		is, ok := t.After.(*domain.Episode)
		if !ok {
			return "all"
		}
		return cmpFault(fewer("a risk", was.Risks, is.Risks, func(r domain.Risk) any { return r.Level }),
			fewer("a category", was.Categories, is.Categories, func(domain.CategoryChange) any { return "" })) // the last may be corrected
	case *domain.FollowUp:
		is, ok := t.After.(*domain.FollowUp)
		if !ok {
			return "all"
		}
		return cmpFault(fewer("an attempt", was.Attempts, is.Attempts, func(a domain.Attempt) any { return []any{a.ID, a.At, a.By, a.Note, a.Result} }),
			fewer("a due time", was.Redates, is.Redates, func(r domain.Redate) any { return r }))
	case *domain.Interview:
		is, ok := t.After.(*domain.Interview)
		if !ok {
			return "all"
		}
		return cmpFault(fewer("a comment", was.Comments, is.Comments, func(c domain.SignComment) any { return c }),
			fewer("a version", was.Versions, is.Versions, func(v domain.SheetVersion) any { return v.At }),
			fewer("a copy", was.Shares, is.Shares, func(s domain.Share) any { return s }))
	}
	if t.Before != nil && t.After == nil {
		return "all"
	}
	return ""
}

func fewer[T any](what string, was, is []T, said func(T) any) string {
	if len(is) < len(was) {
		return what
	}
	for i := range was {
		if fmt.Sprint(said(was[i])) != fmt.Sprint(said(is[i])) {
			return fmt.Sprintf("%s (%v, now %v)", what, said(was[i]), said(is[i]))
		}
	}
	return ""
}

// firstDeath is when it was first recorded of a child, or of one who was joined to it, that they died: what came in after that waits
// on the list to close, and goes on waiting there once the two are one.
func (w *world) firstDeath(c *domain.Child) domain.Moment {
	at := c.Died.At
	for _, id := range c.Joined {
		if o := w.children[id]; o != nil && o.Died != nil && o.Died.At.Before(at) {
			at = o.Died.At
		}
	}
	return at
}

func (w *world) childRule(c *domain.Child) string {
	if c.Died == nil {
		return ""
	}
	for _, r := range w.referrals {
		if r.Child == c.ID && outstanding(w.stage(r)) {
			return fmt.Sprintf("%s died, and %s is %s", c.ID, r.ID, w.stage(r))
		}
	}
	for _, e := range w.episodes {
		if e.Child == c.ID && e.Unsettled() && !e.EndAsked() && e.DuplicateOf == 0 && !e.History && e.Made.Unix() < w.firstDeath(c).Unix() { // later ones, and those the source says otherwise of, are on the list to close
			return fmt.Sprintf("%s died, and %s is open", c.ID, e.ID)
		}
	}
	for _, rec := range w.others {
		f, ok := rec.(*domain.FollowUp)
		if ok && f.Child == c.ID && f.Open() && slices.Contains([]string{"child", "early_help", "support"}, f.Kind) {
			return fmt.Sprintf("%s died, and %s (%s) is to be done", c.ID, f.ID, f.Kind)
		}
	}
	return ""
}

func (w *world) episodeRule(e *domain.Episode) string {
	r := w.referrals[e.Referral]
	switch {
	case e.Referral != 0 && (r == nil || r.Episode != e.ID || r.Child != e.Child):
		return fmt.Sprintf("%s names %s, which is not its own", e.ID, e.Referral)
	case e.Ended != nil && e.ReturnedAt != 0:
		return fmt.Sprintf("%s ended as %s and came back", e.ID, e.Ended.How)
	case e.ReturnedAt != 0 && e.ReturnedAt.Before(e.MissingAt):
		return fmt.Sprintf("%s came back before it was missing", e.ID)
	case e.FoundAt != 0 && e.FoundAt.Before(e.MissingAt):
		return fmt.Sprintf("%s was found before it was missing", e.ID)
	case r != nil && !e.Located() && e.Ended == nil && outstanding(w.stage(r)):
		return fmt.Sprintf("%s is missing, and %s is %s", e.ID, r.ID, w.stage(r))
	case r != nil && e.DuplicateOf != 0 && r.HeldAt == 0 && isOpen(w.stage(r)):
		return fmt.Sprintf("%s is a duplicate, and %s is %s", e.ID, r.ID, w.stage(r))
	}
	return ""
}

func (w *world) referralRule(r *domain.Referral) string {
	e := w.episodes[r.Episode]
	if e == nil || e.Referral != r.ID || e.Child != r.Child {
		return fmt.Sprintf("%s is of %s, which does not say so", r.ID, r.Episode)
	}
	for i, b := range r.Bookings {
		if open := b.Outcome == ""; open && (i < len(r.Bookings)-1 || r.Stage != "booked") {
			return fmt.Sprintf("%s is %s, and its booking %d stands", r.ID, r.Stage, i)
		}
	}
	if r.Stage == "booked" && r.Booking() == nil {
		return fmt.Sprintf("%s is booked without a booking", r.ID)
	}
	var at domain.Stage = "new"
	for i, d := range r.Decisions {
		if i > 0 && d.From != at && !(at == "not_required" && r.LookAgain() != 0) && at != "not_required" {
			return fmt.Sprintf("%s went from %s, and it was %s", r.ID, d.From, at)
		}
		at = d.To
	}
	if len(r.Decisions) > 0 && at != r.Stage {
		return fmt.Sprintf("%s is %s, and its last decision says %s", r.ID, r.Stage, at)
	}
	v, _ := w.others[r.Interview].(*domain.Interview)
	wrote := slices.Contains([]domain.Stage{"to_write_up", "to_sign_off", "to_share", "done"}, r.Stage)
	switch {
	case r.Interview != 0 && (v == nil || v.Child != r.Child):
		return fmt.Sprintf("%s names %s, which is not its own", r.ID, r.Interview)
	case wrote && (r.HeldAt == 0 || v == nil || v.HeldAt != r.HeldAt || !slices.Contains(v.Referrals, r.ID)):
		return fmt.Sprintf("%s is %s, held %s, and its interview is %s", r.ID, r.Stage, r.HeldAt, asJSON(v))
	case outstanding(r.Stage) && r.HeldAt != 0:
		return fmt.Sprintf("%s is %s and held", r.ID, r.Stage)
	case r.Stage == "to_write_up" && v.SubmittedAt != 0, r.Stage == "to_sign_off" && (v.SubmittedAt == 0 || v.SignedAt != 0):
		return fmt.Sprintf("%s is %s, and its record is %s", r.ID, r.Stage, v.State())
	case (r.Stage == "to_share" || r.Stage == "done") && v.SignedAt == 0:
		return fmt.Sprintf("%s is %s, and its record is %s", r.ID, r.Stage, v.State())
	case wrote && r.SignedAt != v.SignedAt:
		return fmt.Sprintf("%s was signed %s, its record %s", r.ID, r.SignedAt, v.SignedAt)
	}
	if n := r.NotRequired; n != nil && n.SignedAt != 0 && n.SignedBy == n.By {
		return fmt.Sprintf("%s was signed off by who decided it", r.ID)
	}
	if n := r.Closing; n != nil && n.SignedAt != 0 && n.SignedBy == n.By {
		return fmt.Sprintf("%s was signed off by who closed it", r.ID)
	}
	switch as, by := r.Pending(); {
	case r.Stage == "to_approve" && (by == "" || as != "unable" && as != "not_required"):
		return fmt.Sprintf("%s waits for a sign-off of %q by %q", r.ID, as, by)
	case r.Stage == "not_required" && r.NotRequired == nil:
		return fmt.Sprintf("%s is not required, and nothing says why", r.ID)
	case slices.Contains([]domain.Stage{"declined", "unable", "withdrawn"}, r.Stage) && (r.Closing == nil || r.Closing.As != r.Stage):
		return fmt.Sprintf("%s is %s, and its closing says otherwise", r.ID, r.Stage)
	}
	return ""
}

func (w *world) followUpRule(f *domain.FollowUp) string {
	r := w.referrals[f.Referral]
	v, _ := w.others[f.Interview].(*domain.Interview)
	switch {
	case f.DoneAt != 0 && f.Dropped != nil:
		return fmt.Sprintf("%s is done and dropped", f.ID)
	case f.Due == 0 || f.Kind == "":
		return fmt.Sprintf("%s has no due time or kind", f.ID)
	case f.Referral != 0 && (r == nil || r.Child != f.Child):
		return fmt.Sprintf("%s names %s, which is not of its child", f.ID, f.Referral)
	case f.Interview != 0 && (v == nil || v.Child != f.Child):
		return fmt.Sprintf("%s names %s, which is not of its child", f.ID, f.Interview)
	}
	return ""
}

func (w *world) interviewRule(v *domain.Interview) string {
	if v.SignedAt != 0 && (v.SignedBy == v.SubmittedBy || v.SignedBy == v.Interviewer) {
		return fmt.Sprintf("%s was signed off by %s, who held or submitted it", v.ID, v.SignedBy)
	}
	if v.SignedAt != 0 && v.SubmittedAt == 0 || v.SubmittedAt != 0 && v.HeldAt == 0 {
		return fmt.Sprintf("%s was signed %s, submitted %s, held %s", v.ID, v.SignedAt, v.SubmittedAt, v.HeldAt)
	}
	for _, id := range v.Referrals {
		r := w.referrals[id]
		if r == nil || r.Child != v.Child {
			return fmt.Sprintf("%s covers %s, which is not of its child", v.ID, id)
		}
		if v.HeldAt != 0 && v.Into == 0 && (r.Interview != v.ID || r.HeldAt != v.HeldAt) {
			return fmt.Sprintf("%s was held for %s, which says %s at %s", v.ID, id, r.Interview, r.HeldAt)
		}
	}
	return ""
}

// notedRule: what is noted is named where it says, and what was merged is named on both sides.
func (w *world) notedRule(n *domain.Noted) string {
	for _, m := range n.Mentions {
		var in domain.Record = w.others[m.Interview]
		if m.Interview == 0 {
			if r := w.referrals[m.Referral]; r != nil {
				in = r
			}
		}
		if in == nil {
			return fmt.Sprintf("%s is named in %s, which is not there", n.ID, m.In())
		}
		keys, episodes := domain.NamedBy(in)
		if m.Child != in.ChildID() || !slices.Equal(episodes, m.Episodes) || !slices.Contains(keys, n.Key()) {
			return fmt.Sprintf("%s says it is named in %s, which says otherwise", n.ID, m.In())
		}
	}
	if to, _ := w.others[n.Into].(*domain.Noted); n.Into != 0 && (to == nil || !slices.Contains(to.Merged, n.ID)) {
		return fmt.Sprintf("%s was merged into %s, which does not say so", n.ID, n.Into)
	}
	return ""
}
