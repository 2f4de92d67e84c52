package clusters

import (
	"slices"

	"homeward/domain"
	"homeward/tui/widgets"
)

// records are those a row stands for: the cluster, its members' referrals and episodes.
func records(r row) []domain.ID {
	var out []domain.ID
	if r.Cluster != nil {
		out = append(out, r.Cluster.ID)
	}
	for _, m := range r.Members {
		out = append(out, m.Episode.ID, m.Referral.ID)
	}
	return out
}

// others tell who is about to do something with a row, and what they did to it.
func (c *screen) others(r row) []widgets.Line {
	id, cluster := r.Child.ID, domain.ID(0)
	if r.Cluster != nil {
		id, cluster = r.Cluster.ID, r.Cluster.ID
	}
	return c.Others(r, id, cluster)
}

// find gives a row of the newest state by its id.
func (c *screen) find(id string) row {
	for i := range c.p.Clusters {
		if r := &c.p.Clusters[i]; rowID(r) == id {
			return r
		}
	}
	return nil
}

// heir is the row that most of the focused row's episodes went to: a suggestion that became a cluster, or the other way
// round.
func (c *screen) heir() string {
	best, most := "", 0
	for i := range c.p.Clusters {
		r := &c.p.Clusters[i]
		n := 0
		for _, m := range r.Members {
			if slices.Contains(c.follow, m.Episode.ID) {
				n++
			}
		}
		if n > most {
			best, most = rowID(r), n
		}
	}
	return best
}

// seek puts the cursor on what the place names.
func (c *screen) seek() {
	if c.p.Clusters == nil {
		return
	}
	want := c.want
	c.want = ""
	for i := range c.p.Clusters {
		r := &c.p.Clusters[i]
		if r.Cluster != nil && r.Cluster.ID.String() == want {
			c.List.Focus(rowID(r))
			return
		}
		for _, m := range r.Members {
			if m.Episode.ID.String() == want || m.Referral.ID.String() == want {
				c.List.Focus(rowID(r))
				c.at = m.Episode.ID
				return
			}
		}
		for _, k := range r.Additions {
			if k.Episode.String() == want || k.Referral.String() == want {
				c.List.Focus(rowID(r))
				c.at = k.Episode
				return
			}
		}
	}
	for i := range c.p.Clusters {
		if r := &c.p.Clusters[i]; r.Child.ShownRef() == want {
			c.List.Focus(rowID(r))
			return
		}
	}
	c.s.Toast(widgets.Info, want+" is in no cluster and no suggestion now.")
}
