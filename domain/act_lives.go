package domain

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// ChildLives takes back that a child died: it was another child, or an error. Undo does the same while nothing else was decided
// since; this act does it at any time. The episodes that ended by it are open again and the interviews that were given up for it are
// owed again, because it says that they were not ([decision.settleTrue]). A follow-up that was dropped stays so, and is told: whether
// it is still to be done is a person's to say.
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

// diedRecorded refuses to take back a death that is not recorded.
func diedRecorded(_ Reader, t Record) error {
	if c, ok := t.(*Child); ok && c.Died == nil {
		return invalid("child_ref", "%s is not recorded as having died", c.ShownRef())
	}
	return nil
}
