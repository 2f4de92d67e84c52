// Package seed makes up a team: people, children and a few weeks of their work, for `homeward demo`, benchmarks and
// tests. Everything enters by the same door as the work of a real team. Nothing in it is anybody's.
package seed

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store"
)

// Clock is the time as the made-up team lives it: set while it is made, running or frozen afterwards.
type Clock struct {
	at   atomic.Int64
	live atomic.Bool
	end  time.Time
}

// NewClock makes a clock for a team that has worked until now.
func NewClock(now time.Time) *Clock {
	c := &Clock{end: now.Truncate(time.Second)}
	c.set(c.end)
	return c
}

// Now is the time.
func (c *Clock) Now() time.Time {
	if c.live.Load() {
		return time.Now()
	}
	return time.Unix(c.at.Load(), 0).UTC()
}

// Run lets the clock go with the machine's (live), or leaves it frozen where the team's work ends.
func (c *Clock) Run(live bool) {
	c.set(c.end)
	c.live.Store(live)
}

func (c *Clock) set(t time.Time) { c.at.Store(t.Unix()) }

// Team are the settings of the made-up team. The account that runs the demo is its coordinator.
func Team(account string) domain.Settings {
	p, _ := domain.Profile("statutory")
	hours, _ := domain.ParseHours("Mon-Fri 09:00-17:00")
	return domain.Settings{
		Team:    domain.Team{Name: "Riverside missing children team", Authority: "Riverside", Hours: hours},
		Profile: "statutory", Policy: p, Alerts: store.ShippedAlerts(),
		Users: []domain.User{
			{Login: "dee", Name: "Dee Osei", Role: domain.Coordinator, OSUser: account},
			{Login: "tom", Name: "Tom Hale", Role: domain.Coordinator},
			{Login: "amira", Name: "Amira Khan", Role: domain.Practitioner},
			{Login: "joe", Name: "Joe Lund", Role: domain.Practitioner},
			{Login: "ruth", Name: "Ruth Mensah", Role: domain.Practitioner},
			{Login: "sam", Name: "Sam Price", Role: domain.Supervisor},
			{Login: "ada", Name: "Ada Quist", Role: domain.Auditor},
		},
	}
}

// maker makes the team's past, act by act.
type maker struct {
	ctx      context.Context
	desk     func(domain.Actor) view.Desk
	settings *domain.Settings
	clock    *Clock
	now      time.Time
	r        *rand.Rand
	n        int // police references given
}

// Fill makes up a team of children: their past as history, the last days as work in every state a desk knows. The same
// seed and time make the same team. It gives the desk's first error.
func Fill(ctx context.Context, desk func(domain.Actor) view.Desk, s *domain.Settings, clock *Clock, children int, seed uint64) error {
	m := &maker{ctx: ctx, desk: desk, settings: s, clock: clock, now: clock.end, r: rand.New(rand.NewPCG(seed, 0x686f6d65))}
	kids := make([]kid, children)
	for i := range kids {
		kids[i] = m.kid(i)
	}
	if err := m.history(kids); err != nil {
		return err
	}
	if err := m.lastDays(kids); err != nil {
		return err
	}
	return m.past()
}

// do takes one act as one of the team at a time, and gives what it made of a kind.
func (m *maker) do(at time.Time, login string, a domain.Act, wanted domain.Kind) (domain.ID, error) {
	if at.After(m.now) {
		at = m.now
	}
	m.clock.set(at)
	actor, err := domain.ActorFor(m.settings, m.clock.Now(), "", login)
	if err != nil {
		return 0, err
	}
	answers, err := m.desk(actor).Do(m.ctx, true, domain.Envelope{Act: a})
	if err != nil {
		return 0, err
	}
	if r := answers[0].Refused; r != nil {
		return 0, fmt.Errorf("made-up team: %s: %w", a.Name(), r)
	}
	for _, id := range answers[0].IDs {
		if id.Kind() == wanted {
			return id, nil
		}
	}
	return 0, nil
}

// history gives most children a past, in batches as an import would.
func (m *maker) history(kids []kid) error {
	const batch = 2000
	at := m.now.AddDate(0, 0, -30)
	var acts []domain.Envelope
	flush := func() error {
		if len(acts) == 0 {
			return nil
		}
		m.clock.set(at)
		actor, err := domain.ActorFor(m.settings, m.clock.Now(), "", "dee")
		if err != nil {
			return err
		}
		answers, err := m.desk(actor).Do(m.ctx, true, acts...)
		for _, a := range answers {
			if a.Refused != nil {
				return fmt.Errorf("made-up team: history: %w", a.Refused)
			}
		}
		acts = acts[:0]
		return err
	}
	for i := range kids {
		for range m.r.IntN(4) {
			start := at.Add(-time.Duration(m.r.IntN(500*24)+24) * time.Hour)
			row := m.row(&kids[i], start, start.Add(m.length()))
			n, faults := domain.ReadRow(&row, m.settings, at, true)
			if faults != nil {
				return fmt.Errorf("made-up team: %s %s", faults[0].Column, faults[0].Reason)
			}
			acts = append(acts, domain.Envelope{Act: &domain.ImportRow{Row: row, Read: n, History: true}})
			if len(acts) == batch {
				if err := flush(); err != nil {
					return err
				}
			}
		}
	}
	return flush()
}

// length of an episode: most are hours, a few are days.
func (m *maker) length() time.Duration {
	switch m.r.IntN(10) {
	case 0:
		return time.Duration(24+m.r.IntN(96)) * time.Hour
	case 1, 2:
		return time.Duration(10+m.r.IntN(20)) * time.Hour
	}
	return time.Duration(90+m.r.IntN(420)) * time.Minute
}
