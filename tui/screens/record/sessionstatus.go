package record

import (
	"homeward/domain"
	"homeward/tui/widgets"
)

// attend says to the others that this record is being written, as long as it is on the screen and written.
func (v *screen) attend() {
	if v.writing && v.end == nil && v.v != nil {
		v.end = v.p.Begin(domain.Writing, v.ref, v.v.Child.ID)
	}
}

// rest says that it is no longer.
func (v *screen) rest() {
	if v.end != nil {
		v.end()
		v.end = nil
	}
}

// Hidden is told when another screen takes this one's place.
func (v *screen) Hidden() { v.rest() }

// atIt are the colleagues who are about to do something with the referral, its record or the child.
func (v *screen) atIt() []widgets.Line {
	th := v.s.Theme
	var out []widgets.Line
	for _, x := range v.p.With(v.ref, v.v.Child.ID, v.v.Referral.Cluster) {
		out = append(out, widgets.In(th.DueSoon, th.Glyphs.Warn+" "+v.p.DoingLine(x)))
	}
	return out
}
