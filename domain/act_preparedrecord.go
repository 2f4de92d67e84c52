package domain

import (
	"slices"
)

// A record may be prepared before the interview is held, and who belongs to a cluster may change until then. What a
// prepared record covers follows that; once held, it stays.

// prepared reads the record a referral names while its interview was not held; nil when there is none.
func (c *decision) prepared(r *Referral) (*Interview, error) {
	if r.Interview == 0 {
		return nil, nil
	}
	v, err := c.Interview(r.Interview)
	if err != nil {
		return nil, err
	}
	if v == nil {
		return nil, NotThere(r.Interview, r.ID)
	}
	if v.HeldAt != 0 {
		return nil, nil
	}
	return v.Clone(), nil
}

// oneRecord makes one record of those prepared for referrals that have one interview from now on: nothing written is lost.
// The caller puts the referrals.
func (c *decision) oneRecord(rs []*Referral, cluster ID, out *Outcome) error {
	var keep *Interview
	var others []*Interview
	for _, r := range rs {
		v, err := c.prepared(r)
		switch {
		case err != nil:
			return err
		case v == nil || keep != nil && v.ID == keep.ID || slices.ContainsFunc(others, func(o *Interview) bool { return o.ID == v.ID }):
		case keep == nil:
			keep = v
		default:
			others = append(others, v)
		}
	}
	if keep == nil {
		return nil
	}
	keep.Cluster = cluster
	for _, r := range rs {
		r.Interview = keep.ID
		keep.cover(r)
	}
	for _, o := range others {
		keep.takeIn(o)
		o.Into = keep.ID
		out.put(o)
	}
	out.put(keep)
	return nil
}

// cover adds a referral with its episode to what an interview is for.
func (v *Interview) cover(r *Referral) {
	if !slices.Contains(v.Referrals, r.ID) {
		v.Referrals, v.Episodes = append(v.Referrals, r.ID), append(v.Episodes, r.Episode)
	}
}

// uncover takes a referral out.
func (v *Interview) uncover(r *Referral) {
	v.Referrals = slices.DeleteFunc(v.Referrals, func(id ID) bool { return id == r.ID })
	v.Episodes = slices.DeleteFunc(v.Episodes, func(id ID) bool { return id == r.Episode })
}

// takeIn adds what another prepared record says: long texts below each other, lists together; a short answer that is there
// stays.
func (v *Interview) takeIn(o *Interview) {
	for _, ch := range o.Sheet.Changes(Sheet{}) {
		mine, theirs := v.Sheet.Get(ch.Episode, ch.Section, ch.Field), ch.After
		if f := fieldNamed(ch.Section, ch.Field); f != nil && !mine.Blank() {
			switch f.Kind {
			case FieldText:
				theirs = Value{Text: mine.Text + "\n" + theirs.Text}
			case FieldMulti:
				list := slices.Clone(mine.List)
				for _, s := range theirs.List {
					if !slices.Contains(list, s) {
						list = append(list, s)
					}
				}
				theirs = Value{List: list}
			case FieldRows:
				theirs = Value{Rows: append(slices.Clone(mine.Rows), theirs.Rows...)}
			default:
				theirs = mine
			}
		}
		v.Sheet.set(ch.Episode, ch.Section, ch.Field, theirs)
		if who := o.author(ch); who != v.Owner && mine.Blank() {
			if v.Authors == nil {
				v.Authors = map[string]string{}
			}
			v.Authors[ch.key()] = who
		}
	}
}

// fieldNamed finds a field of the record; nil where there is none.
func fieldNamed(section, field string) *SheetField {
	for _, s := range Sections() {
		if s.Name == section {
			f, _ := s.Field(field)
			return f
		}
	}
	return nil
}

// withoutRecord takes a referral that has an interview of its own from now on out of the record prepared for several.
func (c *decision) withoutRecord(r *Referral, out *Outcome) error {
	v, put := putAlready[*Interview](out, r.Interview)
	if !put {
		var err error
		if v, err = c.prepared(r); err != nil || v == nil {
			return err
		}
	}
	if len(v.Referrals) < 2 {
		return nil
	}
	v.uncover(r)
	r.Interview = 0
	if !put {
		out.put(v)
	}
	return nil
}

// recordStaysWith leaves a record prepared for several with the first of them.
func (c *decision) recordStaysWith(rs []*Referral, out *Outcome) error {
	for _, r := range rs {
		if v, kept := putAlready[*Interview](out, r.Interview); kept {
			if !slices.Contains(v.Referrals, r.ID) {
				r.Interview = 0
			}
			continue
		}
		v, err := c.prepared(r)
		if err != nil {
			return err
		}
		if v == nil {
			continue
		}
		v.Cluster, v.Referrals, v.Episodes = 0, []ID{r.ID}, []ID{r.Episode}
		out.put(v)
	}
	return nil
}
