// Package tui is how homeward looks: the dashboard of one person at one desk.
package tui

import (
	"context"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/frame"
)

// Run shows the dashboard on this process's terminal until its person leaves. Its error is the reason when it broke; the
// drafts are kept by then.
func Run(ctx context.Context, d view.Desk, files view.Intake, o Options) error {
	defer d.Leave()
	o.Context = ctx
	o.Runtime = frame.RealTime()
	o.Runtime.Now = func() time.Time { return d.Now().In(domain.London()) }
	o.AskGround, o.WatchEvents = true, true
	in := frame.GuardInput(os.Stdin)
	o.Suspend = &frame.Suspension{Input: in, Why: noJob}
	// The library counts only some values of NO_COLOR; any that is not empty means it (no-color.org).
	o.NoColour = o.NoColour || os.Getenv("NO_COLOR") != ""
	m, err := Build(d, files, o)
	if err != nil {
		return err
	}
	return frame.Run(m, tea.WithContext(ctx), tea.WithInput(in))
}

// Open makes the dashboard of one person among others in this process, for a terminal elsewhere. leave is to be called once
// the session is over; nothing of it waits for longer than the context.
func Open(ctx context.Context, d view.Desk, in view.Intake, o Options) (m *frame.Model, leave func(), err error) {
	o.Context = ctx
	o.Runtime = frame.RealTimeUntil(ctx)
	o.Runtime.Now = func() time.Time { return d.Now().In(domain.London()) }
	o.AskGround, o.WatchEvents = true, true
	if m, err = Build(d, in, o); err != nil {
		return nil, nil, err
	}
	return m, func() { m.Leave(); d.Leave() }, nil
}
