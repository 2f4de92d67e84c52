package tui

import (
	"fmt"

	"homeward/domain/view"
)

// live is the header's word for how the database was opened, with how many are here where one is not alone.
func (r *root) live() string {
	if n := len(r.p.Here()); n > 1 {
		return r.o.Live + fmt.Sprintf(", %d here", n)
	}
	return r.o.Live
}

// left is the end of a session, however it came: nobody is at anything here any more.
func (r *root) left() {
	r.p.Leave()
	r.p.KeepSeenNow(r.s)
}

// waiting are an event and all that lie behind it.
func waiting(first view.Event, events <-chan view.Event) []view.Event {
	out := []view.Event{first}
	for {
		select {
		case e, ok := <-events:
			if ok {
				out = append(out, e)
				continue
			}
		default:
		}
		return out
	}
}
