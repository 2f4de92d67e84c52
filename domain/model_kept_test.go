package domain_test

import (
	"fmt"
	"slices"

	"homeward/domain"
	"homeward/domain/view"
)

// keptInSight: nobody who is missing is on no list, and no interview that is owed is closed for a reason that is not true any more.
func (pl *play) keptInSight(ch *domain.Change) string {
	missing, err := view.ReadMissing(pl.tm)
	if err != nil {
		return err.Error()
	}
	toClose, err := view.ReadToClose(pl.tm)
	if err != nil {
		return err.Error()
	}
	gone, listed := map[domain.ID]bool{}, map[domain.ID]bool{}
	for _, row := range missing {
		gone[row.Child.ID] = true
	}
	for _, row := range toClose {
		listed[row.Episode.ID] = true
	}
	for _, e := range pl.w.episodes {
		c := pl.w.children[e.Child]
		f := ""
		switch {
		case e.DuplicateOf != 0:
			f = pl.w.givenUp(e)
		case e.History:
		case e.ReturnedAt == 0 && (e.Ended == nil || !endedBy(c, e.Ended)) && !gone[c.ID] && !listed[e.ID]:
			f = fmt.Sprintf("%s has no return, and %s is on no list", e.ID, c.ID)
		case e.Ended != nil && !endedBy(c, e.Ended):
			f = fmt.Sprintf("%s ended as %s, and that is no fact of %s", e.ID, e.Ended.How, c.ID)
		case (e.FoundAt != 0 || e.ReturnedAt != 0) && c.Died == nil:
			f = pl.w.owedStill(e)
		}
		if f != "" {
			return f
		}
	}
	if ch.UndoOf != 0 {
		return ""
	}
	for _, t := range ch.Touched {
		was, _ := t.Before.(*domain.Episode)
		is, _ := t.After.(*domain.Episode)
		if was == nil || is == nil || was.ReturnedAt != 0 || is.ReturnedAt == 0 || is.History || is.DuplicateOf != 0 {
			continue
		}
		if r := pl.w.referrals[is.Referral]; r != nil && r.Stage == "withdrawn" {
			return fmt.Sprintf("%s is back since %s, and %s stays withdrawn", is.ID, ch.Act, r.ID)
		}
	}
	return ""
}

// endedBy says that how an episode ended is true of the child it is of.
func endedBy(c *domain.Child, d *domain.Ending) bool {
	switch d.How {
	case "died":
		return c.Died != nil
	case "turned_18":
		return c.DOB == 0 || domain.AgeOn(c.DOB, d.On) >= 18
	}
	return true
}

// owedStill: the referral of a child who was found or is back is open, done, or closed for a reason that is true still.
func (w *world) owedStill(e *domain.Episode) string {
	r := w.referrals[e.Referral]
	if r == nil {
		return fmt.Sprintf("%s is found or back and has no referral", e.ID)
	}
	closed := ""
	for _, d := range r.Decisions {
		if d.From != d.To {
			closed = d.Act
		}
	}
	switch {
	case r.Stage == "unable" && slices.Contains([]string{"child.died", "episode.end"}, closed):
		return fmt.Sprintf("%s is closed by a death, and %s lives", r.ID, e.Child)
	case r.Stage == "withdrawn" && closed == "episode.duplicate":
		return fmt.Sprintf("%s is withdrawn as a duplicate's, and %s is none", r.ID, e.ID)
	case r.Stage == "withdrawn" && closed == "episode.edit":
		return fmt.Sprintf("%s is withdrawn because the return was taken back, and %s has one", r.ID, e.ID)
	case r.Stage == "declined" && !w.saidNo(r):
		return fmt.Sprintf("%s is closed as declined by the %s, who was not asked", r.ID, r.Closing.DeclinedBy)
	}
	return ""
}

// saidNo says that an attempt that stands, on a referral or on one that was closed with it, says that who is said to have declined did.
func (w *world) saidNo(r *domain.Referral) bool {
	for _, o := range w.referrals {
		if o != r && (o.Closing == nil || o.Closing.At != r.Closing.At || o.Closing.As != r.Closing.As) {
			continue
		}
		if slices.ContainsFunc(o.Attempts, func(a domain.Attempt) bool {
			return !a.Struck() && a.Result == "declined" && a.With == r.Closing.DeclinedBy
		}) {
			return true
		}
	}
	return false
}

// givenUp: what a duplicate gave up is owed for the other, which says that the child was found or is back as well.
func (w *world) givenUp(e *domain.Episode) string {
	r, of := w.referrals[e.Referral], w.episodes[e.DuplicateOf]
	if r == nil || r.Stage != "withdrawn" || e.FoundAt == 0 && e.ReturnedAt == 0 || of == nil || of.FoundAt != 0 || of.ReturnedAt != 0 {
		return ""
	}
	if d := r.Decisions[len(r.Decisions)-1]; d.Act == "episode.duplicate" {
		return fmt.Sprintf("%s gave up its interview for %s, which says that the child is not back", e.ID, of.ID)
	}
	return ""
}
