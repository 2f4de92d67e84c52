package store

import (
	"context"
	"time"

	"homeward/domain"
)

// frozenDesk is a desk whose clock stands still beside others whose clock goes: it reads as at its time, and decides nothing.
type frozenDesk struct {
	*Desk
	at time.Time
}

// DeskAt is the desk of a person as at a time, for a report of a database that others work on. It refuses every act: an act
// at a time of one's own choosing would stand among those of others out of order (INTERFACES, --now).
func (s *Store) DeskAt(actor domain.Actor, at time.Time) view.Desk {
	return &frozenDesk{s.Desk(actor), at}
}

// Now is the time that was chosen.
func (d *frozenDesk) Now() time.Time { return d.at }

// Ask answers as at that time.
func (d *frozenDesk) Ask(ctx context.Context, question func(domain.Reader) error) error {
	return d.s.ask(ctx, d.actor, d.at, question)
}

func frozenRefusal() *domain.Refusal {
	return &domain.Refusal{Code: domain.Forbidden, Message: "the clock cannot be frozen for acts on a database that others work on: leave --now out"}
}

// Do refuses.
func (d *frozenDesk) Do(_ context.Context, stopAtRefusal bool, acts ...domain.Envelope) ([]domain.Answer, error) {
	var out []domain.Answer
	for _, e := range acts {
		out = append(out, domain.Answer{Act: e.Act.Name(), ID: e.ID, Refused: frozenRefusal()})
		if stopAtRefusal {
			break
		}
	}
	return out, nil
}

// Preview refuses.
func (d *frozenDesk) Preview(context.Context, domain.Envelope) (*domain.Preview, error) {
	return &domain.Preview{Refused: frozenRefusal()}, nil
}
