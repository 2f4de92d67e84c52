package domain

// InHand is a Reader that has the records somebody holds in their hand already, and nothing else: for asking a rule about a
// row on the screen ([Why]) without reading.
type InHand struct {
	EmptyReader
	Records []Record
}

// inHand finds a record of a kind by its number; nil where it is none of those in hand.
func inHand[T any](h InHand, id ID) *T {
	for _, r := range h.Records {
		if v, ok := any(r).(*T); ok && v != nil && r.RecordID() == id {
			return v
		}
	}
	return nil
}

// Child in hand, nil when there is none of that number; so are the others.
func (h InHand) Child(id ID) (*Child, error) { return inHand[Child](h, id), nil }

// Episode in hand.
func (h InHand) Episode(id ID) (*Episode, error) { return inHand[Episode](h, id), nil }

// Referral in hand.
func (h InHand) Referral(id ID) (*Referral, error) { return inHand[Referral](h, id), nil }

// Cluster in hand.
func (h InHand) Cluster(id ID) (*Cluster, error) { return inHand[Cluster](h, id), nil }

// Interview in hand.
func (h InHand) Interview(id ID) (*Interview, error) { return inHand[Interview](h, id), nil }

// FollowUp in hand.
func (h InHand) FollowUp(id ID) (*FollowUp, error) { return inHand[FollowUp](h, id), nil }
