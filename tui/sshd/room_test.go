package sshd

import (
	"math/rand/v2"
	"testing"

	"homeward/domain"
)

// served with limits and nothing else.
type limited struct {
	Served
	l Limits
}

func (v limited) Limits() Limits { return v.l }

// opens counts a session in.
func opens(s *Server, login string) *session {
	se := &session{actor: domain.Actor{Login: login}}
	s.sessions[se] = struct{}{}
	return se
}

// A window is drawn whole while a person's windows have room together, and smaller after that; nobody else's count.
func TestRoomForWindows(t *testing.T) {
	t.Parallel()
	s := &Server{served: limited{l: Limits{Cells: 30_000}}, sessions: map[*session]struct{}{}}
	first, second, third, others := opens(s, "dee"), opens(s, "dee"), opens(s, "dee"), opens(s, "tom")
	for _, c := range []struct {
		of          *session
		asked, want window
	}{
		{first, window{200, 100}, window{200, 100}},
		{second, window{200, 100}, window{200, 50}},
		{third, window{200, 100}, window{80, 24}},
		{third, window{60, 15}, window{60, 15}},
		{others, window{200, 100}, window{200, 100}},
		{first, window{100, 30}, window{100, 30}}, // it stays as large as it was
		{second, window{200, 100}, window{200, 50}},
	} {
		if got := s.room(c.of, c.asked); got != c.want {
			t.Errorf("%v: %v, want %v", c.asked, got, c.want)
		}
	}
	delete(s.sessions, first)
	if got := s.room(second, window{200, 100}); got != (window{200, 100}) {
		t.Errorf("once another is closed: %v", got)
	}
}

// Whatever sizes are asked for, in whatever order, one person's windows keep no more than is allowed and a small one each.
func TestRoomIsBounded(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		s := &Server{served: limited{l: Limits{Cells: 50_000}}, sessions: map[*session]struct{}{}}
		var list []*session
		for range 60 {
			if len(list) < 20 && r.IntN(2) == 0 {
				list = append(list, opens(s, "dee"))
			}
			if len(list) == 0 {
				continue
			}
			asked := window{r.IntN(501), r.IntN(201)}
			if r.IntN(3) == 0 { // as narrow or as low as can be
				asked = window{[]int{0, 1, 500}[r.IntN(3)], []int{0, 1, 200}[r.IntN(3)]}
			}
			se := list[r.IntN(len(list))]
			drawn := s.room(se, asked)
			if drawn.over(asked) != asked || drawn.over(asked.within(leastWindow())) != drawn {
				t.Fatalf("%v is drawn as %v", asked, drawn)
			}
			kept := 0
			for _, o := range list {
				kept += o.kept.cells()
			}
			if most := 50_000 + len(list)*leastWindow().cells(); kept > most {
				t.Fatalf("%d cells are kept, of %d", kept, most)
			}
		}
	}
}
