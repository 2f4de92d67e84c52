package tui_test

import (
	"context"
	"fmt"
	"testing"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/tuitest"
)

// alone is a desk that shares no reading with the others.
type alone struct{ view.Desk }

func (a alone) State(ctx context.Context) (st *view.State, err error) {
	err = a.Ask(ctx, func(r domain.Reader) error { st, err = view.ReadState(r); return err })
	return st, err
}

// BenchmarkFiftySessions is one change and all that fifty open dashboards do about it, their frames included, with 1,000 open
// referrals: each reading by itself, and sharing.
func BenchmarkFiftySessions(b *testing.B) {
	for _, how := range []string{"alone", "shared"} {
		b.Run(how, func(b *testing.B) {
			x := newTeam(b, "dee")
			x.now = tuitest.Now
			var acts []domain.Envelope
			for i := range 1000 {
				e, err := domain.ParseAct(fmt.Appendf(nil, `{"act":"referral.new","police_ref":"P%04d","child_ref":"K%04d","given_name":"Child","family_name":"Name%04d","dob":"20%02d-0%d-1%d","missing_at":"2026-11-22 0%d:00","returned_at":"2026-11-22 20:%02d"}`,
					i, i, i, 8+i%8, 1+i%9, i%10, i%10, i%60))
				if err != nil {
					b.Fatal(err)
				}
				acts = append(acts, e)
			}
			if _, err := x.desk.Do(b.Context(), true, acts...); err != nil {
				b.Fatal(err)
			}
			var all []*session
			for range 50 {
				s := x.sitAt("dee", 120, 40, func(d view.Desk) view.Desk {
					if how == "alone" {
						return alone{d}
					}
					return d
				})
				all = append(all, s)
			}
			n := 0
			for b.Loop() {
				n++
				x.do("tom", fmt.Sprintf(`{"act":"referral.note","referral":"R500","text":"%d"}`, n))
				for _, s := range all {
					s.hear()
					s.Frame()
				}
			}
		})
	}
}
