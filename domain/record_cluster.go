package domain

import "slices"

// Cluster is three or more outstanding episodes of one child that one interview covers (DOMAIN §5, S3). It becomes one
// only when a person accepts a suggestion. What it is due, whether it still fits and what could be added is derived.
type Cluster struct {
	ID      ID     `json:"id"`
	Version uint64 `json:"version"`
	Child   ID     `json:"child"`
	// Members are the episodes it covers, with their referrals.
	Members []ClusterMember `json:"members"`
	// Parted are those that no longer belong to it, or that were left out when it was accepted.
	Parted []Parted `json:"parted,omitempty"`

	By     string `json:"by"`
	At     Moment `json:"at"`
	Reason string `json:"reason,omitempty"`
	// HeldAt is when the one interview was held; nothing about who belongs to it changes after that.
	HeldAt   Moment    `json:"held_at,omitempty"`
	BrokenUp *BrokenUp `json:"broken_up,omitempty"`
}

// ClusterMember is one episode of a cluster with its referral.
type ClusterMember struct {
	Episode  ID `json:"episode"`
	Referral ID `json:"referral"`
}

// Parted is an episode that was left out of a cluster or went out of it, with who, when and why.
type Parted struct {
	ClusterMember
	How string `json:"how"`
	Why string `json:"why,omitempty"`
	By  string `json:"by"`
	At  Moment `json:"at"`
}

// BrokenUp says who broke a cluster up, when and why.
type BrokenUp struct {
	Why string `json:"why"`
	By  string `json:"by"`
	At  Moment `json:"at"`
}

// dismissal is a suggestion that somebody said no to: a suggestion with exactly these episodes shows as dismissed.
type Dismissal struct {
	Episodes []ID   `json:"episodes"` // by number
	Why      string `json:"why"`
	By       string `json:"by"`
	At       Moment `json:"at"`
}

// RecordID, RecordVersion, WithVersion and ChildID make Cluster a Record.
func (c *Cluster) RecordID() ID { return c.ID }

// RecordVersion counts the changes.
func (c *Cluster) RecordVersion() uint64 { return c.Version }

// WithVersion copies the cluster at another version.
func (c *Cluster) WithVersion(v uint64) Record { n := *c; n.Version = v; return &n }

// ChildID is the child whose episodes it covers.
func (c *Cluster) ChildID() ID { return c.Child }

// Clone copies the cluster with its lists.
func (c *Cluster) Clone() *Cluster {
	n := *c
	n.Members = slices.Clone(c.Members)
	n.Parted = slices.Clone(c.Parted)
	if c.BrokenUp != nil {
		v := *c.BrokenUp
		n.BrokenUp = &v
	}
	return &n
}

// Stands says that it was not broken up.
func (c *Cluster) Stands() bool { return c.BrokenUp == nil }

// Outstanding says that it stands and its interview was not held yet: it can be changed.
func (c *Cluster) Outstanding() bool { return c.Stands() && c.HeldAt == 0 }

// Has says that an episode belongs to it.
func (c *Cluster) Has(episode ID) bool {
	return slices.ContainsFunc(c.Members, func(m ClusterMember) bool { return m.Episode == episode })
}

// interviews says that a referral is one of those it is the interview of.
func (c *Cluster) interviews(referral ID) bool {
	return slices.ContainsFunc(c.Members, func(m ClusterMember) bool { return m.Referral == referral })
}

// leftOut gives the decision that left an episode out, nil when there is none.
func (c *Cluster) leftOut(episode ID) *Parted {
	for i := range c.Parted {
		if c.Parted[i].Episode == episode && c.Parted[i].How == PartedLeftOut {
			return &c.Parted[i]
		}
	}
	return nil
}

// HeldWithout says that an episode went out of it because the one interview was held without it.
func (c *Cluster) HeldWithout(episode ID) bool {
	return slices.ContainsFunc(c.Parted, func(p Parted) bool { return p.Episode == episode && p.How == PartedHeldWithout })
}

// part takes a member out of a cluster and remembers how.
func (c *Cluster) part(p Parted) {
	c.Members = slices.DeleteFunc(c.Members, func(m ClusterMember) bool { return m.Episode == p.Episode })
	c.Parted = append(c.Parted, p)
}

// Dismissal gives the word of the person who dismissed exactly these episodes, nil when nobody did. The newest counts.
func (c *Child) Dismissal(episodes []ID) *Dismissal {
	for i := len(c.Dismissed) - 1; i >= 0; i-- {
		if slices.Equal(c.Dismissed[i].Episodes, episodes) {
			return &c.Dismissed[i]
		}
	}
	return nil
}
