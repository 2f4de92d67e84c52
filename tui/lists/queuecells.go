package lists

import (
	"fmt"
	"strings"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/plain"
	"homeward/tui/theme"
	"homeward/tui/widgets"
)

// How the queue's screen shows a referral in its columns.

// contactCell is how the contact clock stands, or until when nobody looks again.
func contactCell(e *Env, th *theme.Theme, q *view.QueueRow) widgets.Line {
	switch {
	case q.Group == view.GroupLookAgain:
		return widgets.In(th.Muted, "until "+plain.Day(q.Referral.LookAgain(), e.Now))
	case !q.Referral.HeldAt.IsZero() && q.Clocks.Contact.Met.IsZero():
		return widgets.In(th.Muted, "–") // nobody needs to be reached any more
	}
	return stillCell(e, th, q, q.Clocks.Contact)
}

// stillCell is a clock, blank while nobody looks.
func stillCell(e *Env, th *theme.Theme, q *view.QueueRow, c domain.Clock) widgets.Line {
	switch {
	case q.Group == view.GroupLookAgain:
		return nil
	case c.MetLate():
		return widgets.In(th.Overdue, "met late") // the detail says how late
	}
	return e.clock(th, c)
}

// whoCell is who has it: another authority, nobody, or a colleague.
func whoCell(e *Env, th *theme.Theme, q *view.QueueRow) widgets.Line {
	switch r := q.Referral; {
	case r.Responsible.Elsewhere():
		return widgets.In(th.Info, r.Responsible.Short())
	case r.AssignedTo == "":
		return widgets.In(th.Muted, "nobody")
	default:
		return widgets.In(th.Text, e.First(r.AssignedTo))
	}
}

// triedCell is how often somebody tried, and was told no.
func triedCell(_ *Env, th *theme.Theme, q *view.QueueRow) widgets.Line {
	if q.Attempts == 0 {
		return nil
	}
	s := fmt.Sprintf("%d×", q.Attempts)
	if q.Declines > 0 {
		s += fmt.Sprintf(" %d no", q.Declines)
	}
	return widgets.In(th.Muted, s)
}

// nextCell is what to do about a referral next: "ring 15:30", the booking, the chase.
func nextCell(e *Env, th *theme.Theme, q *view.QueueRow) widgets.Line {
	now := e.Now
	at := func(m domain.Moment) string { return plain.Soon(m, now) }
	switch {
	case q.Stage == domain.StageToApprove:
		return widgets.In(th.Info, q.Stage.Task())
	case q.Stage.Open() && !q.Stage.BeforeInterview():
		return after(th, q, now, at)
	case q.Booked != nil && q.MissingNow != 0:
		return widgets.In(th.DueSoon, "missing: move?")
	case q.Booked != nil && q.Booked.When.Unix() <= now.Unix():
		return widgets.In(th.DueSoon, "what came of it?")
	case !q.TryAgain.IsZero() && q.Stage.BeforeInterview() && q.Booked == nil:
		if q.TryAgain.Unix() <= now.Unix() {
			return widgets.In(th.DueSoon, "ring "+at(q.TryAgain)+" late")
		}
		return widgets.In(th.Text, "ring "+at(q.TryAgain))
	case q.Booked != nil && q.Clocks.Interview.Running() && q.Booked.When.Unix() > q.InterviewDue.Unix():
		return widgets.In(th.DueSoon, "late "+at(q.Booked.When))
	case q.Booked != nil:
		return widgets.In(th.Met, "visit "+at(q.Booked.When))
	case !q.ChaseDue.IsZero():
		if q.ChaseDue.Unix() <= now.Unix() {
			return widgets.In(th.DueSoon, "chase")
		}
		return widgets.In(th.Muted, "chase "+at(q.ChaseDue))
	case q.Stage == domain.StageNew:
		return widgets.In(th.Text, q.Stage.Task())
	case q.Clocks.Contact.Met.IsZero() && q.Stage.BeforeInterview():
		return widgets.In(th.Text, "contact")
	}
	return widgets.In(th.Text, q.Stage.Task())
}

// after is what is owed once the interview was held: writing up and signing off, or sharing where that is due first. It
// never waits for the record.
func after(th *theme.Theme, q *view.QueueRow, now time.Time, at func(domain.Moment) string) widgets.Line {
	what, c := q.Stage.Task(), q.Clocks.WriteUp
	if share := q.Clocks.Share; share.Running() && (q.Stage == domain.StageToShare || !c.Running() || share.Due.Unix() < c.Due.Unix()) {
		what, c = domain.StageToShare.Task(), share
	}
	switch {
	case c.Over(now):
		return widgets.In(th.DueSoon, what+" "+at(c.Due)+" late")
	case c.Running():
		return widgets.In(th.Text, what+" "+at(c.Due))
	}
	return widgets.In(th.Text, what)
}

// Special names what makes a referral special, most serious first. The screen asks it itself of a line that stands for
// several: what they are flagged with, which cluster it would fit, and whether one of them was moved.
func Special(th *theme.Theme, q *view.QueueRow, flags []string, fits domain.ID, moved bool) widgets.Line {
	line := widgets.In(th.Flag, domain.ShortFlags(flags))
	// What asks for a decision first: a narrow column shows the beginning.
	ask := ""
	switch {
	case fits != 0:
		ask = "+" + fits.String()
	case q.Suggested:
		ask = "CL?"
	}
	if ask != "" {
		if line.Width() > 0 {
			ask += ", "
		}
		line = widgets.Join(widgets.In(th.Info, ask), line)
	}
	var more []string
	if moved {
		more = append(more, "moved")
	}
	if q.ByImport {
		more = append(more, "receipt?")
	}
	if len(more) == 0 {
		return line
	}
	sep := ""
	if line.Width() > 0 {
		sep = ", "
	}
	return widgets.Join(line, widgets.In(th.Info, sep+strings.Join(more, ", ")))
}
