package domain

import (
	"fmt"
	"slices"
	"strings"
)

// laterRow applies what a later row says otherwise than the source said before: blanks erase nothing, what a person
// edited stays and the difference is reported, a return raises the referral (INTERFACES, referral CSV).
func (c *decision) laterRow(n *SourceRow, was *Episode, history bool) (*Outcome, error) {
	known, err := c.Child(was.Child)
	if err != nil {
		return nil, err
	}
	if known == nil {
		return nil, NotThere(was.Child, was.ID)
	}
	about, err := c.rowsChild(n, known, was)
	if err != nil {
		return nil, err
	}
	out := &Outcome{Warnings: slices.Clone(n.Warnings)}
	e, child := was.Clone(), known.Clone()
	var moved []string
	epChanged, err := c.applyColumns(e, n, out, &moved)
	if err != nil {
		return nil, err
	}
	if epChanged {
		if err := endsInOrder(e); err != nil {
			return nil, err
		}
		if err := c.stillPossible(was, e); err != nil {
			return nil, err
		}
		if err := c.beforeTheReturn(was, e, out); err != nil {
			return nil, err
		}
	}
	merged := c.mergeAbout(about, child, e, out)
	childChanged := merged.changed
	if was.openHistory() && !history {
		e.History, epChanged = false, true
		moved = append(moved, "no history any more")
	}
	// An episode that is no history stays none, whatever file its return comes in.
	owed := e.Located() && !e.History && e.Referral == 0 && e.DuplicateOf == 0
	if about.unlike != "" && (epChanged || owed || merged.learnt) {
		e.TakenToBe, epChanged, childChanged = true, true, true
		child.meets(n, e.ID)
		out.takenToBe(child, "whose "+about.unlike+" is one slip apart")
	}
	if epChanged || owed {
		spans, err := c.SpansOf(child.ID)
		if err != nil {
			return nil, err
		}
		out.Warnings = append(out.Warnings, overlaps(e, spans)...)
		if e.Placement != "" && newest(e, spans) && child.Placement != e.Placement {
			child.Placement, childChanged = e.Placement, true
		}
		hadNone := e.Referral == 0
		if out.Row.Referred, err = c.raise(was, e, out); err != nil {
			return nil, err
		}
		if !hadNone && !out.Row.Referred {
			if err := c.noteMoved(was, e, "a later row: "+strings.Join(moved, ", "), out); err != nil {
				return nil, err
			}
		}
		out.put(e)
	}
	if childChanged {
		out.put(child)
	}
	out.Row.Updated = len(out.Put) > 0
	out.Named = e.ID
	if e.Referral != 0 {
		out.Named = e.Referral
	}
	switch {
	case out.Row.Referred:
		out.Summary = fmt.Sprintf("%s %s: new referral %s", child.ShownRef(), e.isBack(), e.Referral)
	case len(moved) > 0:
		out.Summary = fmt.Sprintf("a later row changed %s: %s", e.ShownRef(), strings.Join(moved, ", "))
	default:
		out.Summary = fmt.Sprintf("a later row about %s", e.ShownRef())
	}
	return out, nil
}

// mergeAbout gives the child a row is about what it says of them. Of a child the episode is not of any more it keeps what is
// new and no difference: what the row says otherwise is about the other. It says what became of the episode's child.
func (c *decision) mergeAbout(about *rowAbout, child *Child, e *Episode, out *Outcome) mergedColumns {
	if about.child.ID == child.ID {
		of := e.ID
		if about.unlike != "" {
			of = 0
		}
		return c.mergeChildColumns(child, about.says, of, out)
	}
	former, told := about.child.Clone(), out.Warnings
	if c.mergeChildColumns(former, about.says, 0, out).learnt {
		former.Warned = about.child.Warned
		out.put(former)
	}
	out.Warnings = told
	return mergedColumns{}
}

// applyColumns takes over each episode column in which the row differs from what the source last said.
func (c *decision) applyColumns(e *Episode, n *SourceRow, out *Outcome, moved *[]string) (bool, error) {
	changed := false
	for col := range NumColumns {
		if col.onChild() || col == ColPoliceRef || n.said[col] == "" {
			continue
		}
		says := n.said[col]
		m := e.moment(col)
		if m != nil {
			says = n.times[col].Canonical()
		}
		name := col.String()
		last, edited := e.Edited[name]
		if !edited {
			if last = e.Value(col); col == ColFlags {
				last = e.SaidFlags
			}
		}
		switch {
		case says == last:
			continue
		case columns[col].past && !e.History:
			out.Warnings = append(out.Warnings, name+" is left out: the interview of this episode is worked on here")
			continue
		case col == ColCategoryFrom && e.otherwise(ColCategory) || col == ColRiskFrom && e.otherwise(ColRisk):
			continue // it speaks of what the source says, and a person said otherwise
		}
		changed = true
		if e.Ended != nil && columns[col].end { // nobody's word is overridden: somebody decides
			if e.Edited == nil {
				e.Edited = map[string]string{}
			}
			edited = true
		}
		if edited {
			e.Edited[name] = says
			if here := e.Value(col); here != says {
				stays := "a person set “" + col.Said(here) + "”, which stays"
				switch {
				case e.Ended != nil && columns[col].end:
					stays = "the episode was ended here (" + e.Ended.Said() + "), which stays until somebody decides: record the return by hand, or end it again"
				case here == "":
					stays = "a person took it back, and blank it stays: record it by hand if it is right"
				}
				out.Warnings = append(out.Warnings, fmt.Sprintf("%s: the source now says “%s”, %s", Words(name), col.Said(says), stays))
				e.Told = slices.DeleteFunc(e.Told, func(t Mismatch) bool { return t.Column == name })
				e.Told = append(e.Told, Mismatch{Column: name, Known: here, Said: says, Episode: e.ID})
			}
			continue
		}
		was := e.shownValue(col)
		switch {
		case m != nil:
			*m = n.times[col]
			e.changedFrom(col, *m)
		case col == ColFlags:
			c.sourceFlags(e, n)
		case col == ColRisk:
			if e.changeRisk(says, c.now(), c.by); e.lowered(last) {
				out.Warnings = append(out.Warnings, "the risk is lowered: "+Words(last)+" → "+Words(says))
			}
		case col == ColCategory:
			e.changeCategory(says, c.now(), c.by)
		default:
			*e.text(col) = says
		}
		*moved = append(*moved, movedWords(col, was, e.shownValue(col)))
	}
	return changed, nil
}

// otherwise says that a person set a column to something else than the source says.
func (e *Episode) otherwise(col Column) bool {
	said, edited := e.Edited[col.String()]
	return edited && said != e.Value(col)
}

// endsInOrder holds the merged times together: a row may be right by itself and wrong beside what is known.
func endsInOrder(e *Episode) error {
	for col := range NumColumns {
		if at := e.Moment(col); columns[col].end && at != 0 && at.Before(e.MissingAt) {
			return invalid(col.String(), "%s is before missing_at, %s", at, e.MissingAt)
		}
	}
	return nil
}

// noteMoved keeps a referral's due times as they were when a row moves one, until somebody has seen it.
func (c *decision) noteMoved(was, is *Episode, why string, out *Outcome) error {
	r, err := c.Referral(is.Referral)
	if err != nil || r == nil {
		return err
	}
	if !r.StageOn(DateOf(c.Now())).BeforeInterview() {
		return nil
	}
	with := func(e *Episode) (Clocks, error) {
		return ClocksInForce(func(id ID) (Record, error) {
			if id == e.ID {
				return e, nil
			}
			return ReadRecord(c, id)
		}, &c.Settings().Policy, e, r)
	}
	before, err := with(was)
	if err != nil {
		return err
	}
	after, err := with(is)
	if err != nil {
		return err
	}
	if before.Contact.Due == after.Contact.Due && before.Interview.Due == after.Interview.Due {
		return nil
	}
	r = r.Clone()
	if r.Moved == nil {
		r.Moved = &Moved{Contact: before.Contact.Due, Interview: before.Interview.Due}
	}
	r.Moved.At, r.Moved.Why = c.now(), why
	out.put(r)
	return nil
}
