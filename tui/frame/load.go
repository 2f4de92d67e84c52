package frame

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// Loader gives one screen's loads of one kind their order. Results of commands
// come in any order; only the newest may be shown. Make one with
// [Session.Loader] for each thing a screen loads.
type Loader struct {
	id, gen uint64
	ctx     context.Context // of the session
	cancel  context.CancelFunc
}

// Loader makes a loader. Its number is never used again in this session, so a
// result that was asked for by a screen long left finds nobody.
func (s *Session) Loader() *Loader {
	s.loaders++
	return &Loader{id: s.loaders, ctx: s.ctx}
}

// Loaded is the result of a load. Ask [Loaded.For] before using it.
type Loaded[T any] struct {
	Value   T
	Err     error
	id, gen uint64
}

// For says whether this is the newest result of a loader. Late ones are not.
func (l Loaded[T]) For(of *Loader) bool {
	return of != nil && l.id == of.id && l.gen == of.gen
}

// Load runs fn in a command and delivers Loaded[T]. A newer load of the same
// loader cancels the older one's context, and so does the end of the session.
func Load[T any](of *Loader, fn func(context.Context) (T, error)) tea.Cmd {
	if of.cancel != nil {
		of.cancel()
	}
	ctx, cancel := context.WithCancel(of.ctx)
	of.cancel = cancel
	of.gen++
	id, gen := of.id, of.gen
	return func() tea.Msg {
		v, err := fn(ctx)
		return Loaded[T]{Value: v, Err: err, id: id, gen: gen}
	}
}

// Stop makes whatever is under way count as late.
func (l *Loader) Stop() {
	l.gen++
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
}

// Busy says whether a load was started and not stopped or taken by [Loader.Done].
func (l *Loader) Busy() bool { return l.cancel != nil }

// Done marks the newest load as taken and frees its context.
func (l *Loader) Done() {
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
}
