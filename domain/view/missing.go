package view

import (
	"cmp"

	"homeward/domain"
	"slices"
	"time"
)

// ReadMissing answers who is missing now, longest first.
func ReadMissing(r domain.Reader) ([]MissingRow, error) {
	missing, _, err := readMissing(newRowBuilder(r))
	return missing, err
}

// ReadToClose answers the open episodes of children who are not missing now: a line an episode, the longest first.
func ReadToClose(r domain.Reader) ([]MissingRow, error) {
	_, toClose, err := readMissing(newRowBuilder(r))
	return toClose, err
}

// readMissing answers who is missing now, and which open episodes are to be closed.
func readMissing(b *rowBuilder) (missing, toClose []MissingRow, err error) {
	ids, err := b.OpenEpisodes()
	if err != nil {
		return nil, nil, err
	}
	var children []domain.ID
	open := map[domain.ID][]*domain.Episode{} // by start: the latest is the one a child is missing in
	for _, id := range ids {
		e, err := b.Episode(id)
		if err != nil {
			return nil, nil, err
		}
		// History without an end says nothing about today: taking it in warned that it is not shown here.
		if e == nil || e.Over() || e.DuplicateOf != 0 || e.History {
			continue
		}
		k, err := b.child(e.Child)
		if err != nil {
			return nil, nil, err
		}
		if why := closes(k.child, e, b.today); why != "" {
			row, err := b.missing(e.Child, []*domain.Episode{e})
			if err != nil {
				return nil, nil, err
			}
			row.ToClose = why
			toClose = append(toClose, row)
			continue
		}
		if open[e.Child] == nil {
			children = append(children, e.Child)
		}
		open[e.Child] = append(open[e.Child], e)
	}
	for _, id := range children {
		row, err := b.missing(id, open[id])
		if err != nil {
			return nil, nil, err
		}
		missing = append(missing, row)
	}
	slices.SortFunc(missing, byStart)
	slices.SortFunc(toClose, byStart)
	return missing, toClose, nil
}

func byStart(a, b MissingRow) int {
	return cmp.Or(cmp.Compare(a.Episode.MissingAt.Unix(), b.Episode.MissingAt.Unix()), cmp.Compare(a.Episode.ID, b.Episode.ID))
}

// closes says why an episode without a return is to be closed, "" where the child is missing in it.
func closes(c *domain.Child, e *domain.Episode, today domain.Date) string {
	switch {
	case e.EndAsked():
		return "the source says back"
	case c.Died != nil:
		return "died"
	case c.GrownUp(today):
		return "18 by now"
	}
	return ""
}

// missing is a child's one line: by the latest of the episodes they are missing in, with the worst risk and every flag of
// them all. Entered twice, the second time with less, a child must not look safer.
func (b *rowBuilder) missing(child domain.ID, open []*domain.Episode) (MissingRow, error) {
	k, err := b.child(child)
	if err != nil {
		return MissingRow{}, err
	}
	e := open[len(open)-1]
	row := MissingRow{Child: k.child, Episode: e, Risk: e.Risk, Missing: time.Duration(b.Now().Unix()-e.MissingAt.Unix()) * time.Second}
	set := map[string]bool{}
	for _, o := range open {
		if domain.HigherRisk(o.Risk, row.Risk) {
			row.Risk = o.Risk
		}
		for _, f := range b.flags(o, k, false) {
			set[f] = set[f] || f != domain.FlagNotBack || o == e // who was found, and went again, is missing
		}
	}
	row.Flags = domain.InFlagOrder(set)
	for _, a := range k.alert {
		row.Flags = append(row.Flags, domain.FlagAlert+a.Rule.Name)
	}
	for _, s := range k.spans {
		if s.Referral == 0 {
			continue
		}
		ref, err := b.Referral(s.Referral)
		if err != nil {
			return row, err
		}
		if ref != nil && ref.StageOn(b.today).BeforeInterview() {
			row.Meanwhile = append(row.Meanwhile, ref.ID)
		}
	}
	return row, nil
}
