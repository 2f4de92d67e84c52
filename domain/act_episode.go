package domain

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// EditEpisode changes columns of an episode: only those given; blank clears. A return given here raises the referral.
type EditEpisode struct {
	Episode string
	Fields  map[string]string `text:"note"`
}

// Name of the act.
func (a *EditEpisode) Name() string { return "episode.edit" }

func (a *EditEpisode) setFields(raw map[string]json.RawMessage) error {
	allowed := []string{"episode"}
	for _, c := range EpisodeColumns() {
		allowed = append(allowed, c.String())
	}
	f, err := textFields(a.Name(), raw, allowed)
	if err != nil {
		return err
	}
	a.Episode = f["episode"]
	delete(f, "episode")
	a.Fields = f
	return nil
}

// MarshalJSON writes the act as `do` reads it.
func (a *EditEpisode) MarshalJSON() ([]byte, error) { return withField(a.Fields, "episode", a.Episode) }

func (a *EditEpisode) shape(s *Settings, now time.Time) error {
	if err := need("episode", a.Episode); err != nil {
		return err
	}
	if len(a.Fields) == 0 {
		return invalid("", "nothing is changed: give at least one column")
	}
	var stamps [NumColumns]stamp
	for _, col := range EpisodeColumns() {
		v, given := a.Fields[col.String()]
		if v = tidyText(v, col.Kind() == CellNote); !given || v == "" {
			continue
		}
		_, reason := new(SourceRow).cell(col, v, s, now, &stamps)
		if reason == "" && columns[col].named != nil {
			_, reason = col.sourceWord(v, s, 0)
		}
		if reason != "" {
			return invalid(col.String(), "%s", reason)
		}
	}
	return nil
}

func (a *EditEpisode) target(w Reader) (Record, error) { return readEpisode(w, a.Episode) }

// own: of any child.
func (a *EditEpisode) own(Reader, Record, Actor) error { return nil }

// forbids: a practitioner records what is learnt when a child is found and returns (DOMAIN §12).
func (a *EditEpisode) forbids(actor Actor) error {
	for _, col := range EpisodeColumns() { // in order: the same act is refused in the same words
		if _, given := a.Fields[col.String()]; given && !col.OfReturn() {
			return forbidden("%s records the return only; %s is changed by a coordinator", actor.Role.A(), col)
		}
	}
	return nil
}

func (a *EditEpisode) decide(c *decision, t Record) (*Outcome, error) {
	e := t.(*Episode).Clone()
	n, err := a.read(c, e)
	if err != nil {
		return nil, err
	}
	var changed []Column
	for _, col := range EpisodeColumns() {
		if _, given := a.Fields[col.String()]; !given {
			continue
		}
		says, now := n.said[col], e.Value(col)
		if m := e.moment(col); m != nil {
			says = n.times[col].Canonical()
		}
		if says == now {
			continue
		}
		if err := c.mayChange(e, col, says); err != nil {
			return nil, err
		}
		changed = append(changed, col)
		c.edit(e, col, n, says)
	}
	backAfterAll := ""
	if e.Ended != nil && e.Over() {
		backAfterAll = ", and no longer ended as " + EndingWords(e.Ended.How)
		e.Ended = nil
	}
	if changed == nil {
		return nil, invalid("", "nothing is changed: %s already says so", e.ShownRef())
	}
	if err := endsInOrder(e); err != nil {
		return nil, err
	}
	was := t.(*Episode)
	if err := c.stillPossible(was, e); err != nil {
		return nil, err
	}
	out := &Outcome{Named: e.ID, Warnings: n.Warnings}
	if err := c.beforeTheReturn(was, e, out); err != nil {
		return nil, err
	}
	spans, err := c.SpansOf(e.Child)
	if err != nil {
		return nil, err
	}
	out.Warnings = append(out.Warnings, overlaps(e, spans)...)
	raised, err := c.raise(was, e, out)
	if err != nil {
		return nil, err
	}
	took, err := c.takeBack(was, e, out)
	if err != nil {
		return nil, err
	}
	out.put(e)
	if err := c.settleDied(out); err != nil {
		return nil, err
	}
	if e.Placement != "" && newest(e, spans) {
		child, err := c.Child(e.Child)
		if err != nil {
			return nil, err
		}
		if child != nil && child.Placement != e.Placement {
			child = child.Clone()
			child.Placement = e.Placement
			out.put(child)
		}
	}
	out.Summary = editSummary(was, e, changed)
	switch {
	case raised:
		out.Summary = fmt.Sprintf("%s %s: new referral %s", e.ShownRef(), e.isBack(), e.Referral)
	case took != "":
		out.Summary += ": " + took
	case was.Over() && !e.Over() && e.DuplicateOf == 0:
		again, err := c.missingAgain(e)
		if err != nil {
			return nil, err
		}
		out.Summary += ": " + again
	}
	out.Summary += backAfterAll
	return out, nil
}

// editSummary says what was changed, times as they were and are.
func editSummary(was, is *Episode, changed []Column) string {
	names, words := make([]string, len(changed)), make([]string, len(changed))
	for i, col := range changed {
		names[i], words[i] = Words(col.String()), movedWords(col, was.shownValue(col), is.shownValue(col))
	}
	if slices.ContainsFunc(changed, func(col Column) bool { return columns[col].moment != nil }) {
		return is.ShownRef() + ": " + strings.Join(words, ", ")
	}
	return fmt.Sprintf("changed %s of %s", strings.Join(names, ", "), is.ShownRef())
}

// read reads the given columns, held against the times that stay.
func (a *EditEpisode) read(c *decision, e *Episode) (*SourceRow, error) {
	n := &SourceRow{}
	var stamps [NumColumns]stamp
	for _, col := range EpisodeColumns() {
		if m := e.moment(col); m != nil {
			n.times[col] = *m
		}
		v, given := a.Fields[col.String()]
		if !given {
			continue
		}
		n.times[col] = 0
		if v = tidyText(v, col.Kind() == CellNote); v == "" {
			continue
		}
		said, reason := n.cell(col, v, c.Settings(), c.at.Time(), &stamps)
		if reason != "" {
			return nil, invalid(col.String(), "%s", reason)
		}
		n.said[col] = said
	}
	if f := n.order(stamps, c.at.Time()); f != nil {
		return nil, faultRefusal(f)
	}
	if f := n.sourceWords(c.Settings()); f != nil {
		return nil, faultRefusal(f)
	}
	return n, nil
}

// mayChange refuses what an episode cannot be without.
func (c *decision) mayChange(e *Episode, col Column, says string) error {
	switch {
	case col.OfHistory() && !e.History:
		return invalid(col.String(), "is kept of an episode that is known from history; what becomes of this one is recorded on its referral")
	case col == ColMissingAt && says == "":
		return invalid("missing_at", "is required")
	case col == ColPoliceRef && e.PoliceRef != "":
		return invalid("police_ref", "is %s and stays: it is how a row of the source is known again", e.PoliceRef)
	case col == ColPoliceRef:
		other, err := episodeNamed(c, says)
		if err != nil {
			return err
		}
		if other != nil {
			return conflict("police_ref", "%s is known already as %s", says, other.ID)
		}
		return notOurNumber(c, says, e.ID)
	}
	return nil
}

// edit sets one column by a person's hand and keeps what the source last said of it.
func (c *decision) edit(e *Episode, col Column, n *SourceRow, says string) {
	name := col.String()
	last, edited := e.Edited[name]
	if !edited {
		last = e.Value(col)
	}
	switch m := e.moment(col); {
	case m != nil:
		*m = n.times[col]
		e.changedFrom(col, *m)
	case col == ColFlags:
		want := strings.Split(says, ";")
		e.Flags = slices.DeleteFunc(e.Flags, func(f Flag) bool { return !slices.Contains(want, f.Name) })
		for _, w := range want {
			if w != "" && !e.HasFlag(w) {
				e.Flags = append(e.Flags, Flag{Name: w, By: c.by, At: c.at, Why: "set by editing the episode"})
			}
		}
	case col == ColRisk:
		e.changeRisk(says, c.at, c.by)
	case col == ColCategory && n.said[ColCategoryFrom] != "": // from then on
		e.changeCategory(says, c.at, c.by)
	case col == ColCategory:
		e.correctCategory(says)
	default:
		*e.text(col) = says
	}
	if col == ColFlags {
		return // each flag has its own author
	}
	e.Told = slices.DeleteFunc(e.Told, func(t Mismatch) bool { return t.Column == name })
	if last == says {
		delete(e.Edited, name)
		return
	}
	if e.Edited == nil {
		e.Edited = map[string]string{}
	}
	e.Edited[name] = last
}
