package tui_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"homeward/domain/view"
	"homeward/tui/desk"
)

// In whatever order changes are told, read and rested from, own ones among them: once all is quiet the session shows what one
// that is opened afresh shows, and it has read no more often than it was told and did.
func TestFollowingInAnyOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		x := threeBack(t)
		d, c, p := paused(t, x)
		p.pass(d)
		p.pass(d)
		d.Press("k")
		p.pass(d)
		events, stop := c.Watch()
		defer stop()
		c.states.Store(0)
		most, n := int64(0), 0
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			switch rapid.SampledFrom([]string{"do", "do", "own", "hear", "hear", "settle", "pass", "presence"}).Draw(r, "step") {
			case "do":
				n++
				x.do("tom", fmt.Sprintf(`{"act":"referral.note","referral":"R1","text":"note %d"}`, n))
			case "own":
				d.Press("c", "n")
				p.pass(d)
				most++
			case "hear":
				var list []view.Event
				for len(events) > 0 {
					list = append(list, <-events)
				}
				if list != nil {
					d.Post(desk.ChangedMsg{Events: list})
					most++
				}
			case "settle":
				d.Settle()
			case "pass":
				d.Settle()
				p.pass(d)
			case "presence":
				d.Post(desk.ChangedMsg{Events: []view.Event{{Act: view.EventPresence, By: "tom"}}})
			}
		}
		var list []view.Event
		for len(events) > 0 {
			list = append(list, <-events)
		}
		if list != nil {
			most++
			d.Post(desk.ChangedMsg{Events: list})
		}
		d.Settle()
		for range 3 {
			p.pass(d)
		}
		if got := c.states.Load(); got > 2*most {
			r.Errorf("%d readings though told or done only %d times", got, most)
		}
		d.Press("k") // takes the toasts away
		c.Leave()    // the one opened now is alone, too
		fresh, _, q := paused(t, x)
		q.pass(fresh)
		q.pass(fresh)
		fresh.Press("k")
		q.pass(fresh)
		if got, want := d.Frame(), fresh.Frame(); got != want {
			r.Fatalf("after %d notes it shows\n%s\nafresh\n%s", n, got, want)
		}
	})
}
