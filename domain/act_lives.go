package domain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ChildLives takes back that a child died: it was another child, or an error. Undo does the same while nothing else was decided
// since; this act does it at any time. Nothing comes back by itself: what was closed or dropped because of the death stays so, and
// is told, so that a person reopens what is still owed. Only the episodes that ended by it are open again, because it says that
// they did not.
type ChildLives struct {
	ChildRef string `json:"child_ref"`
	Reason   string `json:"reason" text:"note"`
}

// Name of the act.
func (a *ChildLives) Name() string { return "child.lives" }

func (a *ChildLives) shape(*Settings, time.Time) error {
	return cmp.Or(need("child_ref", a.ChildRef), need("reason", a.Reason))
}

func (a *ChildLives) target(w Reader) (Record, error) { return childIn(w, "child_ref", a.ChildRef) }

func (a *ChildLives) decide(c *decision, t Record) (*Outcome, error) {
	child := t.(*Child).Clone()
	death := child.Died
	child.Died = nil
	out := &Outcome{Named: child.ID, Summary: fmt.Sprintf("%s did not die: what was recorded of %s is taken back", child.ShownRef(), death.On)}
	out.put(child)
	list, err := c.EpisodesOf(child.ID)
	if err != nil {
		return nil, err
	}
	var open, closed []string
	for _, e := range list {
		if e.Ended != nil && endingOf(e.Ended.How).death {
			e = e.Clone()
			e.Ended = nil
			out.put(e)
			open = append(open, e.ShownRef())
		}
		if e.Referral == 0 {
			continue
		}
		r, err := c.referralOf(e)
		if err != nil {
			return nil, err
		}
		if r.closedByDeath() {
			closed = append(closed, r.ID.String())
		}
	}
	if open != nil {
		out.Warnings = append(out.Warnings, strings.Join(open, ", ")+": without a return again, so the child counts as missing unless the return is recorded or it is ended otherwise")
	}
	if closed != nil {
		out.Warnings = append(out.Warnings, strings.Join(closed, ", ")+" stays closed as unable: reopen it where an interview is still owed (referral.reopen)")
	}
	fus, err := c.FollowUpsOf(child.ID)
	if err != nil {
		return nil, err
	}
	var dropped []string
	for _, f := range fus {
		if f.Dropped != nil && f.Dropped.At == death.At && forFamily(f.Kind) {
			dropped = append(dropped, f.ID.String())
		}
	}
	if dropped != nil {
		out.Warnings = append(out.Warnings, strings.Join(dropped, ", ")+" stays dropped: add again what is still to be done (followup.add)")
	}
	return out, nil
}

// closedByDeath says that a referral stands closed because of a death that was recorded.
func (r *Referral) closedByDeath() bool {
	i := len(r.Decisions) - 1
	return r.Stage == StageUnable && i >= 0 && slices.Contains([]string{(&ChildDied{}).Name(), (&EndEpisode{}).Name()}, r.Decisions[i].Act)
}

// diedRecorded refuses to take back a death that is not recorded.
func diedRecorded(_ Reader, t Record) error {
	if c, ok := t.(*Child); ok && c.Died == nil {
		return invalid("child_ref", "%s is not recorded as having died", c.ShownRef())
	}
	return nil
}
