package domain

import "slices"

// Ending says how an episode ended without a return, on which day, why, and who said so when (DOMAIN §4).
type Ending struct {
	How string `json:"how"`
	On  Date   `json:"on"`
	Why string `json:"why"`
	By  string `json:"by"`
	At  Moment `json:"at"`
}

// Said puts an ending in words.
func (d *Ending) Said() string { return EndingWords(d.How) + ", " + d.On.String() }

// Death says that a child died: on which day, and who said so, when and why (DOMAIN §2).
type Death struct {
	On  Date   `json:"on"`
	Why string `json:"why"`
	By  string `json:"by"`
	At  Moment `json:"at"`
}

// Unsettled says that nobody has said yet how an episode ended: it has no return and was not ended, or it was and the source
// says since that the child was found or is back.
func (e *Episode) Unsettled() bool { return !e.Over() && (e.Ended == nil || e.EndAsked()) }

// EndAsked says that an episode was ended without a return, and that a later row of the source says otherwise: a person decides.
func (e *Episode) EndAsked() bool {
	return e.Ended != nil && slices.ContainsFunc(e.Told, ofAnEnd)
}

// settleEnd takes away the question whether an ending stands.
func (e *Episode) settleEnd() {
	e.Told = slices.DeleteFunc(e.Told, ofAnEnd)
}

// ofAnEnd says that what a source says otherwise is when the child was found or back.
func ofAnEnd(m Mismatch) bool {
	c, ok := ColumnNamed(m.Column)
	return ok && columns[c].end
}

// Open says that the child of an episode has not come back from it: it counts, is no history and was not ended otherwise.
func (s EpisodeSpan) Open() bool { return s.End == 0 && !s.Duplicate && !s.History && !s.Ended }

// GrownUp says that somebody is 18 by a day.
func (c *Child) GrownUp(on Date) bool { return AgeOn(max(c.DOB, c.Born), on) >= 18 }

// CannotBeMissing says that somebody is 18 by a day or died: an open episode of theirs is to be closed (DOMAIN §4).
func (c *Child) CannotBeMissing(on Date) bool { return c.Died != nil || c.GrownUp(on) }

// MissingIn is the episode in which a child is missing on a day, the latest; zero for none.
func (c *Child) MissingIn(spans []EpisodeSpan, on Date) ID {
	if c.CannotBeMissing(on) {
		return 0
	}
	for _, s := range slices.Backward(spans) {
		if s.Open() {
			return s.ID
		}
	}
	return 0
}
