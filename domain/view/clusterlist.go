package view

import (
	"cmp"

	"homeward/domain"
	"slices"
	"time"
)

// ClusterState is where a cluster is in its life.
type ClusterState string

// The states INTERFACES names. A suggestion somebody said no to is dismissed; the interview of an interviewed one was held.
const (
	ClusterSuggested   ClusterState = "suggested"
	ClusterAccepted    ClusterState = "accepted"
	ClusterDismissed   ClusterState = "dismissed"
	ClusterInterviewed ClusterState = "interviewed"
)

// ClusterRow is one suggestion or cluster with everything derived about it.
type ClusterRow struct {
	State   ClusterState
	Cluster *domain.Cluster // nil for a suggestion, dismissed or not
	Child   *domain.Child
	Members []ClusterPart // in order of start
	// Additions are the outstanding episodes that would still fit an accepted cluster.
	Additions []domain.Candidate
	From, To  domain.Moment // start of the first, latest return among them
	Until     domain.Moment // the end of the window that the first one opens
	Interview domain.Clock  // the one interview's
	// Review says why a person should look at an accepted or interviewed cluster again; empty: there is no reason to.
	Review []string
	// Warnings are what else to know before or after accepting.
	Warnings []string
	// Asks is why accepting it asks for a reason (DOMAIN §5); empty: it does not.
	Asks       []string
	Explain    string
	Dismissed  *domain.Dismissal
	MissingNow domain.ID // the episode in which the child is missing again
}

// ClusterPart is one member with its own return-based clock: clustering never hides a missed 72 hours.
type ClusterPart struct {
	domain.Member
	Return domain.Clock
	Own    domain.Clock // the interview clock it would have alone
}

// Met says whether the return-based 72 hours were kept: nil while they run.
func (p ClusterPart) Met(now time.Time) *bool {
	v := p.Return.MetInTime()
	if v || p.Return.MetLate() || p.Return.Over(now) {
		return &v
	}
	return nil
}

// ID of the cluster; 0 for a suggestion.
func (row *ClusterRow) ID() domain.ID {
	if row.Cluster == nil {
		return 0
	}
	return row.Cluster.ID
}

// Version of the record it is decided on: the cluster, or the child for a suggestion.
func (row *ClusterRow) Version() uint64 {
	if row.Cluster == nil {
		return row.Child.Version
	}
	return row.Cluster.Version
}

// ReadClusters lists what one interview covers or could cover: suggestions, dismissed ones, accepted clusters with an
// interview still owed, interviewed ones. By the time the interview is due, then child, then number.
func ReadClusters(r domain.Reader) ([]ClusterRow, error) {
	children, err := r.SuggestedChildren()
	if err != nil {
		return nil, err
	}
	b := newClusterReader(r)
	if children, err = b.withLookAgains(children); err != nil {
		return nil, err
	}
	var out []ClusterRow
	for _, id := range children {
		rows, err := b.suggested(id)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	for _, held := range []bool{false, true} {
		ids, err := r.StandingClusters(held)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			row, err := b.cluster(id)
			if err != nil {
				return nil, err
			}
			if row != nil && row.listed() {
				out = append(out, *row)
			}
		}
	}
	sortClusters(out)
	return out, nil
}

func sortClusters(rows []ClusterRow) {
	slices.SortStableFunc(rows, func(a, b ClusterRow) int {
		if a.Interview.Due != b.Interview.Due {
			return byDue(a.Interview.Due, b.Interview.Due, 0, 0)
		}
		return cmp.Or(cmp.Compare(a.Child.ID, b.Child.ID), cmp.Compare(a.ID(), b.ID()), cmp.Compare(a.From.Unix(), b.From.Unix()))
	})
}

// listed says that a row is still something: an interview is owed, or was held. One whose members were all closed without
// an interview, or went out of it, is history, which the timeline tells.
func (row *ClusterRow) listed() bool {
	return row.State == ClusterInterviewed && len(row.Members) > 0 ||
		slices.ContainsFunc(row.Members, func(m ClusterPart) bool { return m.Referral.Stage.Open() })
}

// clusterReader reads rows; the children and spans of several rows are read once.
type clusterReader struct {
	domain.Reader
	rows *rowBuilder
}

func newClusterReader(r domain.Reader) *clusterReader { return &clusterReader{r, newRowBuilder(r)} }

// withLookAgains adds the children for whom a look-again date has come round: what is stored does not know of today.
func (b *clusterReader) withLookAgains(children []domain.ID) ([]domain.ID, error) {
	ids, err := b.LookAgains()
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		r, err := b.Referral(id)
		if err != nil {
			return nil, err
		}
		if r == nil {
			return nil, domain.NotThere(id, 0)
		}
		if r.LookAgain() <= b.rows.today {
			children = append(children, r.Child)
		}
	}
	slices.Sort(children)
	return slices.Compact(children), nil
}

// suggested reads a child's suggestions.
func (b *clusterReader) suggested(child domain.ID) ([]ClusterRow, error) {
	list, err := b.CandidatesOf(child)
	if err != nil || len(list) < b.Settings().Policy.ClusterMin {
		return nil, err
	}
	c, err := b.Child(child)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, domain.NotThere(child, 0)
	}
	var out []ClusterRow
	for _, s := range domain.SuggestionsOn(b.Settings(), c, list, b.rows.today) {
		row := ClusterRow{State: ClusterSuggested, Child: c, Dismissed: s.Dismissed}
		if s.Dismissed != nil {
			row.State = ClusterDismissed
		}
		for _, k := range s.Members {
			e, err := b.Episode(k.Episode)
			if err != nil {
				return nil, err
			}
			r, err := b.Referral(k.Referral)
			if err != nil {
				return nil, err
			}
			if e == nil || r == nil {
				return nil, domain.NotThere(k.Referral, k.Episode)
			}
			row.add(b.Settings(), domain.Member{Episode: e, Referral: r})
		}
		if err := b.complete(&row); err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}

// cluster reads one that stands; nil when it is not there.
func (b *clusterReader) cluster(id domain.ID) (*ClusterRow, error) {
	cl, err := b.Cluster(id)
	if err != nil || cl == nil {
		return nil, err
	}
	c, err := b.Child(cl.Child)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, domain.NotThere(cl.Child, 0)
	}
	row := &ClusterRow{State: ClusterAccepted, Cluster: cl, Child: c}
	if cl.HeldAt != 0 {
		row.State = ClusterInterviewed
	}
	members, err := domain.MembersOf(domain.RecordsOf(b.Reader), cl)
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		row.add(b.Settings(), m)
	}
	return row, b.complete(row)
}

func (row *ClusterRow) add(s *domain.Settings, m domain.Member) {
	own := domain.ClocksOf(&s.Policy, m.Episode, m.Referral)
	row.Members = append(row.Members, ClusterPart{Member: m, Return: own.Return, Own: own.Interview})
}

// members without their clocks.
func (row *ClusterRow) members() []domain.Member {
	out := make([]domain.Member, len(row.Members))
	for i, m := range row.Members {
		out[i] = m.Member
	}
	return out
}
