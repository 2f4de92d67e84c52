package sshd

// leastWindow is what everybody is drawn, however many windows they have open.
func leastWindow() window { return window{80, 24} }

func (w window) cells() int { return w.w * w.h }

// within is the part of a window that another one covers.
func (w window) within(o window) window { return window{min(w.w, o.w), min(w.h, o.h)} }

// over is as large as both of them.
func (w window) over(o window) window { return window{max(w.w, o.w), max(w.h, o.h)} }

// room is how large a window is drawn: as large as it is, or as what a person's other windows leave of their cells has room for,
// and a small one always. The library keeps what a window was made for until it ends, so each counts as large as it ever was.
func (s *Server) room(se *session, asked window) (drawn window) {
	left := s.served.Limits().Cells
	s.mu.Lock()
	defer s.mu.Unlock()
	for o := range s.sessions {
		if o != se && o.actor.Login == se.actor.Login {
			left -= o.kept.cells()
		}
	}
	// A narrow window that is high counts as if it were wider, or it could be widened later, whatever is left then.
	se.kept = se.kept.over(leastWindow())
	drawn, least := asked, asked.within(leastWindow())
	for k := se.kept.over(drawn); drawn != least && k != se.kept && k.cells() > left; k = se.kept.over(drawn) {
		if drawn.h > least.h {
			drawn.h--
		} else {
			drawn.w--
		}
	}
	se.kept = se.kept.over(drawn)
	return drawn
}
