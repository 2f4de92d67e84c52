package domain

import (
	"encoding/json"
	"strings"
	"time"
)

// NewReferral is a referral taken by hand or by a script: the columns of the referral CSV.
type NewReferral struct {
	Row  Row
	read *SourceRow
}

// Name of the act.
func (a *NewReferral) Name() string { return "referral.new" }

func (a *NewReferral) shape(s *Settings, now time.Time) error {
	n, faults := ReadRow(&a.Row, s, now, false)
	if faults != nil {
		return faultRefusal(faults)
	}
	a.read = n
	return nil
}

func (a *NewReferral) target(Reader) (Record, error) { return nil, nil }

func (a *NewReferral) decide(c *decision, _ Record) (*Outcome, error) {
	n := a.read
	if ref := n.said[ColPoliceRef]; ref != "" {
		e, err := episodeNamed(c, ref)
		if err != nil {
			return nil, err
		}
		if e != nil {
			c.of = e.Child
			return nil, conflict("police_ref", "%s is known already as %s: open it instead of entering it again", ref, e.ID)
		}
	}
	out, err := c.takeIn(n, false, 0)
	if err != nil {
		return nil, err
	}
	// No source has said any of it yet: what a person entered stays when one does.
	for _, rec := range out.Put {
		if e, ok := rec.(*Episode); ok {
			for _, col := range EpisodeColumns() {
				if v := e.Value(col); v != "" && col != ColPoliceRef && col != ColFlags {
					if e.Edited == nil {
						e.Edited = map[string]string{}
					}
					e.Edited[col.String()] = ""
				}
			}
			e.SaidFlags = ""
			for i := range e.Flags {
				e.Flags[i].Source, e.Flags[i].Why = false, "noted when the referral was taken"
			}
		}
	}
	return out, nil
}

func (a *NewReferral) setFields(raw map[string]json.RawMessage) error {
	f, err := textFields(a.Name(), raw, PresentColumnNames())
	if err != nil {
		return err
	}
	for name, v := range f {
		col, _ := ColumnNamed(name)
		a.Row[col] = v
	}
	return nil
}

// MarshalJSON writes the columns that are not blank, as `do` reads them.
func (a *NewReferral) MarshalJSON() ([]byte, error) { return json.Marshal(a.Row.Named()) }

// Named gives the cells that are not blank by their column's name.
func (r *Row) Named() map[string]string {
	m := map[string]string{}
	for col, v := range r {
		if v != "" {
			m[Column(col).String()] = v
		}
	}
	return m
}

// faultRefusal is the first fault as a refusal, with the others in the message.
func faultRefusal(faults []Fault) error {
	var more []string
	for _, f := range faults[1:] {
		more = append(more, f.Column.String()+" "+f.Reason)
	}
	msg := faults[0].Reason
	if more != nil {
		msg += "; " + strings.Join(more, "; ")
	}
	return invalid(faults[0].Column.String(), "%s", msg)
}
