package clusters

import (
	"context"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
)

// around is what is read about a row when the cursor rests on it: the episodes round its members, and what the next
// decision would come to. It is of one row and one choice of members.
type around struct {
	about string // the act that was foreseen, as a line; "" for none
	parts map[domain.ID]*view.ClusterPart
	open  *domain.Episode
	seen  *domain.Preview
}

// part is an episode that is no member, once it was read.
func (a *around) part(episode domain.ID) *view.ClusterPart {
	if a == nil {
		return nil
	}
	return a.parts[episode]
}

// missing is the episode in which the child is missing, once it was read.
func (a *around) missing(episode domain.ID) *domain.Episode {
	if a == nil || episode.IsZero() || a.open == nil || a.open.ID != episode {
		return nil
	}
	return a.open
}

// readAround is how to read about a row, with the decision that is foreseen for it now.
func (c *screen) readAround(r row) func(context.Context) (*around, error) {
	p, next := c.p, c.next(r)
	return func(ctx context.Context) (*around, error) { return readAround(ctx, p, r, next) }
}

// readAround reads in a command.
func readAround(ctx context.Context, p *desk.Program, r row, next *decision) (*around, error) {
	a := &around{parts: map[domain.ID]*view.ClusterPart{}}
	others := map[domain.ID]bool{}
	for _, k := range r.Additions {
		others[k.Episode] = true
	}
	if r.Cluster != nil {
		for _, was := range r.Cluster.Parted {
			others[was.Episode] = true
		}
	}
	policy := &p.Settings().Policy
	err := p.Ask(ctx, func(rd domain.Reader) (err error) {
		for id := range others {
			e, err := rd.Episode(id)
			if err != nil {
				return err
			}
			if e == nil || e.Referral.IsZero() {
				continue
			}
			ref, err := rd.Referral(e.Referral)
			if err != nil {
				return err
			}
			if ref == nil {
				continue
			}
			own := domain.ClocksOf(policy, e, ref)
			a.parts[id] = &view.ClusterPart{Member: domain.Member{Episode: e, Referral: ref}, Return: own.Return, Own: own.Interview}
		}
		if !r.MissingNow.IsZero() {
			a.open, err = rd.Episode(r.MissingNow)
		}
		return err
	})
	if err != nil || next == nil {
		return a, err
	}
	a.about = desk.ActLine(next.act)
	a.seen, err = p.Preview(ctx, next.act)
	return a, err
}
