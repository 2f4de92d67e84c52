// Package intaketest has what tests of the intake, and of what stands on it, share: a desk in memory that decides like the
// real one, and a maker of referral files that knows what each of its rows should lead to.
package intaketest

import (
	"context"
	"errors"
	"sync"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// Desk is a [view.Desk] in memory over a [domain.Sandbox]: the same decisions, nothing durable.
type Desk struct {
	mu    sync.Mutex
	world *domain.Sandbox
	base  domain.EmptyReader
	// Acts are the names of the acts that were done, in order.
	Acts []string
	// Imports are the records of imports as their last act left them.
	Imports map[domain.ID]domain.ImportCounts
}

var _ view.Desk = (*Desk)(nil)

// NewDesk makes an empty one, for a supervisor, at a time that stands still.
func NewDesk(now time.Time, s *domain.Settings) *Desk {
	if s == nil {
		p, _ := domain.Profile("statutory")
		s = &domain.Settings{Profile: "statutory", Policy: p, Team: domain.Team{Name: "Team", Authority: "Newham"}}
	}
	who := domain.Actor{Login: "sam", Name: "Sam", Role: domain.Supervisor, OSUser: "sam"}
	base := domain.EmptyReader{Time: now, Who: who, Config: s}
	return &Desk{world: domain.NewSandbox(base), base: base, Imports: map[domain.ID]domain.ImportCounts{}}
}

// As is the same desk for somebody in another role.
func (d *Desk) As(r domain.Role) *Desk {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.base.Who.Role = r
	d.world.Over(d.base)
	return d
}

// Later moves the desk's clock on.
func (d *Desk) Later(by time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.base.Time = d.base.Time.Add(by)
	d.world.Over(d.base)
}

// Actor is the supervisor Sam, unless As said otherwise.
func (d *Desk) Actor() domain.Actor {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.base.Who
}

// Settings in force.
func (d *Desk) Settings() *domain.Settings { return d.base.Config }

// Now is the desk's time.
func (d *Desk) Now() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.base.Time
}

// Ask answers over what was decided so far.
func (d *Desk) Ask(ctx context.Context, question func(domain.Reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return question(d.world)
}

// Do decides acts in order.
func (d *Desk) Do(ctx context.Context, stopAtRefusal bool, acts ...domain.Envelope) ([]domain.Answer, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []domain.Answer
	for _, e := range acts {
		a := domain.Answer{Act: e.Act.Name(), ID: e.ID}
		o, err := d.world.Take(e)
		if !errors.As(err, &a.Refused) {
			if err != nil {
				return nil, err
			}
			d.Acts = append(d.Acts, a.Act)
			a.Summary, a.Warnings, a.Row, a.Version = o.Summary, o.Warnings, o.Row, 1
			for _, r := range o.Put {
				a.IDs = append(a.IDs, r.RecordID())
				if i, ok := r.(*domain.Import); ok {
					d.Imports[i.ID] = i.Counts
				}
			}
		}
		out = append(out, a)
		if a.Refused != nil && stopAtRefusal {
			break
		}
	}
	return out, nil
}

// Preview is of no use to an intake.
func (d *Desk) Preview(context.Context, domain.Envelope) (*domain.Preview, error) {
	return &domain.Preview{}, nil
}

// Opened is not recorded.
func (d *Desk) Opened(context.Context, domain.ID) error { return nil }

// Note is not recorded.
func (d *Desk) Note(context.Context, string, string, domain.ID) error { return nil }

// AuditLog and AuditLine have no line.
func (d *Desk) AuditLog(context.Context, view.AuditQuery) (*view.AuditPage, error) {
	return &view.AuditPage{}, nil
}

// AuditLine has none.
func (d *Desk) AuditLine(context.Context, domain.ID) (*view.AuditLine, error) { return nil, nil }

// Draft, KeepDraft and DraftKeys keep nothing.
func (d *Desk) Draft(context.Context, string) (map[string]string, error)   { return nil, nil }
func (d *Desk) KeepDraft(context.Context, string, map[string]string) error { return nil }
func (d *Desk) DraftKeys(context.Context) ([]string, error)                { return nil, nil }

// Backups says that there was never one.
func (d *Desk) Backups(context.Context) (view.Backups, error) { return view.Backups{}, nil }

// Trouble is none.
func (d *Desk) Trouble() string { return "" }

// Practice says no.
func (d *Desk) Practice() bool { return false }

// AlarmFails never.
func (d *Desk) AlarmFails() domain.Moment { return 0 }

// Preference and KeepPreference remember nothing.
func (d *Desk) Preference(context.Context, string) (map[string]string, error)   { return nil, nil }
func (d *Desk) KeepPreference(context.Context, string, map[string]string) error { return nil }

// ResetLockCode finds no code.
func (d *Desk) ResetLockCode(context.Context, string) error { return nil }

// State reads the queue afresh each time.
func (d *Desk) State(ctx context.Context) (st *view.State, err error) {
	err = d.Ask(ctx, func(r domain.Reader) error { st, err = view.ReadState(r); return err })
	return st, err
}

// Begin, Present and Leave know of nobody.
func (d *Desk) Begin(domain.Doing, domain.ID, domain.ID) func() { return func() {} }
func (d *Desk) Present() []view.Presence                        { return nil }
func (d *Desk) Leave()                                          {}

// Watch tells nothing.
func (d *Desk) Watch() (<-chan view.Event, func()) { return make(chan view.Event), func() {} }

// Episode finds an episode by its police reference, nil where there is none.
func (d *Desk) Episode(ref string) *domain.Episode {
	d.mu.Lock()
	defer d.mu.Unlock()
	id, _ := d.world.EpisodeByPoliceRef(ref)
	e, _ := d.world.Episode(id)
	return e
}

// Child finds the child of an episode.
func (d *Desk) Child(ref string) *domain.Child {
	e := d.Episode(ref)
	if e == nil {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	c, _ := d.world.Child(e.Child)
	return c
}

// Referral finds the referral of an episode, nil where none was raised.
func (d *Desk) Referral(ref string) *domain.Referral {
	e := d.Episode(ref)
	if e == nil || e.Referral == 0 {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	r, _ := d.world.Referral(e.Referral)
	return r
}
