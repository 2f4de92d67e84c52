package widgets

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// Settle is how long typing must rest before a preview or a search begins: long
// enough that a held key asks once, short enough to feel immediate.
const Settle = 150 * time.Millisecond

// Delay delivers a message after a while. Widgets are given one instead of
// calling the library's timer, so that a test can let the time pass at once.
type Delay func(d time.Duration, msg tea.Msg) tea.Cmd

// RealDelay waits on the real clock.
func RealDelay(d time.Duration, msg tea.Msg) tea.Cmd {
	return tea.Tick(d, func(time.Time) tea.Msg { return msg })
}

// NoDelay delivers at once: for tests.
func NoDelay(_ time.Duration, msg tea.Msg) tea.Cmd {
	return func() tea.Msg { return msg }
}

// Debounce lets only the last of a burst through. The zero value is ready.
type Debounce struct{ n uint64 }

// Settled is the message of a [Debounce] that came to rest.
type Settled struct {
	of *Debounce
	n  uint64
}

// After asks for one [Settled] message when nothing more was asked for d.
func (b *Debounce) After(delay Delay, d time.Duration) tea.Cmd {
	b.n++
	return delay(d, Settled{b, b.n})
}

// Is says whether a message is this debounce's latest.
func (b *Debounce) Is(msg tea.Msg) bool {
	m, ok := msg.(Settled)
	return ok && m.of == b && m.n == b.n
}

// Cancel makes what was asked for count as late.
func (b *Debounce) Cancel() { b.n++ }
