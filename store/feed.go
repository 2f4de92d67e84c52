package store

import (
	"sync"
	"time"
)

// feed tells every session of every commit. Nobody waits for a reader: one that falls behind finds a single "resync" in
// place of what it missed, and reads again.
type feed struct {
	mu     sync.Mutex
	subs   map[*subscriber]struct{}
	closed bool
}

type subscriber struct{ ch chan view.Event }

// feedBuffer is how many changes a reader may lie behind.
const feedBuffer = 64

// Resync is the act of the Event that stands for those a reader missed.
const Resync = view.EventResync

func (f *feed) watch() (<-chan view.Event, func()) {
	s := &subscriber{ch: make(chan view.Event, feedBuffer)}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		close(s.ch)
		return s.ch, func() {}
	}
	if f.subs == nil {
		f.subs = make(map[*subscriber]struct{})
	}
	f.subs[s] = struct{}{}
	return s.ch, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if _, ok := f.subs[s]; ok {
			delete(f.subs, s)
			close(s.ch)
		}
	}
}

// publish tells of a commit. More changes at once than a reader could hold (an import) are one "resync" for everybody.
func (f *feed) publish(events []view.Event, now time.Time) {
	if len(events) == 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(events) > feedBuffer/2 {
		events = []view.Event{{Act: Resync, At: now, By: byOne(events)}}
	}
	for s := range f.subs {
		for _, e := range events {
			if !s.offer(e) {
				s.resync(now)
				break
			}
		}
	}
}

// byOne is who made all of some changes, "" where they are several people's.
func byOne(events []view.Event) string {
	for _, e := range events {
		if e.By != events[0].By {
			return ""
		}
	}
	return events[0].By
}

func (s *subscriber) offer(e view.Event) bool {
	select {
	case s.ch <- e:
		return true
	default:
		return false
	}
}

// resync throws away what the reader has not taken: it will read everything again anyway.
func (s *subscriber) resync(now time.Time) {
	for {
		select {
		case <-s.ch:
			continue
		default:
		}
		if s.offer(view.Event{Act: Resync, At: now}) {
			return
		}
	}
}

func (f *feed) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	for s := range f.subs {
		delete(f.subs, s)
		close(s.ch)
	}
}
