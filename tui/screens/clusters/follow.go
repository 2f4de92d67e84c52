package clusters

import (
	"slices"
	"strings"

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
			c.goOn()
			return
		}
		for _, m := range r.Members {
			if m.Episode.ID.String() == want || m.Referral.ID.String() == want {
				c.List.Focus(rowID(r))
				c.at = m.Episode.ID
				c.goOn()
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

// wanted goes to the row of a decision whose draft somebody goes on with.
func (c *screen) wanted() {
	words := strings.Fields(c.p.WantDo)
	if len(words) < 2 || !strings.HasPrefix(words[0], "cluster.") {
		return
	}
	if c.want = words[1]; words[1] == suggested && len(words) > 2 {
		c.want = words[2]
	}
	c.seek()
}

// goOn opens the form of that decision, about the episodes it was begun about (see draft).
func (c *screen) goOn() {
	words := strings.Fields(c.p.WantDo)
	r, ok := c.List.Focused()
	if !ok || len(words) < 2 || !strings.HasPrefix(words[0], "cluster.") {
		return
	}
	c.going, c.p.WantDo, c.inside = c.p.WantDo, "", false
	if words[0] == "cluster.accept" {
		out := map[domain.ID]bool{}
		for _, m := range r.Members {
			if !strings.Contains(c.going+" ", " "+m.Episode.ShownRef()+" ") {
				out[m.Episode.ID] = true
			}
		}
		c.out[rowID(r)] = out
	}
	c.s.Do("clusters." + strings.TrimPrefix(words[0], "cluster."))
}
