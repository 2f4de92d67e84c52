package sshd

import (
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"
)

// refusals tells the journal who was refused: at once, and after that one line a minute, of each place and kind, about all that
// were refused since. Somebody who hammers at a door must not fill the disk, nor hide in what they fill it with.
type refusals struct {
	log   *slog.Logger
	every time.Duration

	mu sync.Mutex
	by map[string]*refused
}

// refused is what one place was refused since its last line.
type refused struct {
	place string
	last  time.Time
	more  int
	what  []string // some of it, each once
}

// mostSaid is how many different refusals a line that tells of many names.
const mostSaid = 8

// tell tells of one; of those of the same kind and place only the first in a minute has a line of its own.
func (r *refusals) tell(kind, place, from, what string, attrs ...any) {
	now := time.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.by) >= mostPlaces && r.by[kind+" "+place] == nil {
		place = "elsewhere"
	}
	t := r.by[kind+" "+place]
	if t == nil || now.Sub(t.last) >= r.every && t.more == 0 {
		if r.by == nil {
			r.by = map[string]*refused{}
		}
		r.by[kind+" "+place] = &refused{place: place, last: now}
		r.log.Warn(what, append([]any{"from", from}, attrs...)...)
		return
	}
	t.more++
	for i := 1; i < len(attrs); i += 2 {
		if s, ok := attrs[i].(string); ok {
			what += " " + s
		}
	}
	if len(t.what) < mostSaid && !slices.Contains(t.what, what) {
		t.what = append(t.what, what)
	}
}

// sum tells of those that had no line of their own, once a minute is over, or at once where now is set.
func (r *refusals) sum(now bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for key, t := range r.by {
		switch {
		case !now && time.Since(t.last) < r.every:
		case t.more == 0:
			delete(r.by, key)
		default:
			r.log.Warn("refused again", "from", t.place, "times", t.more, "what", strings.Join(t.what, "; "))
			t.last, t.more, t.what = time.Now(), 0, nil
		}
	}
}
