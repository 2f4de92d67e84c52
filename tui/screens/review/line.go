package review

import (
	"fmt"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/plain"
)

// line is one row of a list of the review: something that is owed or asked, a person, a number, or a row behind a number.
// What it is of decides which of the fields is set.
type line struct {
	id    string
	owed  *view.Owed
	sign  *view.ToSign
	soon  *view.Breach
	asked *view.Question
	load  *view.Load
	num   *number
	// Rows behind a number that are none of the above.
	row *view.QueueRow
	fu  *domain.FollowUp
	ep  *view.WeekEpisode
}

// number is a figure with the list behind it.
type number struct {
	key   string // by which it is known again, where its name may change or stand twice
	name  string
	value string // "4", "5 of 8, 2 still running"
	n     int    // how many rows are behind it
	share float64
	most  float64       // the share there will be if all that still runs is met in time; share itself where nothing runs
	of    string        // what the share is of, "" where there is none
	spark []float64     // of the weeks, -1 where clocks still run, -2 where nothing is counted
	lines func() []line // the rows, made when they are opened
	note  string        // what is to be read of it
	full  bool          // a figure of a cohort: its value says more than its count
	quiet bool          // stands for something that is in no figure
}

// child is whose line it is; nil for a person and a number.
func (l *line) child() *domain.Child {
	switch {
	case l.asked != nil:
		return l.asked.Child
	case l.ep != nil:
		return l.ep.Child
	}
	if r := l.queueRow(); r != nil {
		return r.Child
	}
	return nil
}

// queueRow is the row of the queue a line speaks of; nil where it speaks of none.
func (l *line) queueRow() *view.QueueRow {
	switch {
	case l.owed != nil:
		return l.owed.Row()
	case l.sign != nil:
		return l.sign.Row()
	case l.soon != nil:
		return l.soon.Row()
	}
	return l.row
}

// rows are all referrals a line stands for.
func (l *line) rows() []*view.QueueRow {
	switch {
	case l.owed != nil:
		return l.owed.Rows
	case l.sign != nil:
		return l.sign.Rows
	case l.soon != nil:
		return l.soon.Rows
	case l.row != nil:
		return []*view.QueueRow{l.row}
	}
	return nil
}

// referral is the one acts name; nil where there is none.
func (l *line) referral() *domain.Referral {
	switch r := l.queueRow(); {
	case r != nil:
		return r.Referral
	case l.asked != nil:
		return l.asked.Referral
	case l.ep != nil:
		return l.ep.Referral
	}
	return nil
}

// records are the ids of what a line stands for, for what others do to it.
func (l *line) records() []domain.ID {
	var out []domain.ID
	for _, r := range l.rows() {
		out = append(out, r.Referral.ID, r.Episode.ID)
	}
	switch {
	case l.asked != nil:
		out = append(out, l.asked.Referral.ID)
	case l.fu != nil:
		out = append(out, l.fu.ID)
	}
	if l.sign != nil && l.sign.Interview != nil {
		out = append(out, l.sign.Interview.ID)
	}
	return out
}

// The columns by which a list can be counted, in the order in which they stand.
const (
	colWhen  = "when"
	colChild = "child"
	colWho   = "who"
	colWhat  = "what"
)

func columnNames() []string { return []string{colWhen, colChild, colWho, colWhat} }

// nobody is who has what is with nobody.
const nobody = "nobody"

// who has a line, as a login; ok is false where nobody can.
func (l *line) who() (login string, ok bool) {
	switch {
	case l.owed != nil:
		return l.owed.Who(), true
	case l.sign != nil:
		return l.sign.By, true
	case l.asked != nil:
		return l.asked.Note.To, true
	case l.load != nil:
		return l.load.Login, true
	case l.fu != nil:
		return l.fu.Owner, true
	}
	if r := l.referral(); r != nil {
		return r.AssignedTo, true
	}
	return "", false
}

// value is what a column is counted and filtered by: the lateness in its bands, a clock's name, words rather than times.
func (c *screen) value(l *line, column string) string {
	switch column {
	case colChild:
		if k := l.child(); k != nil {
			return c.Mask(k)
		}
		if l.load != nil {
			return c.person(l.load.Login)
		}
		if l.num != nil {
			return l.num.name
		}
		return ""
	case colWho:
		login, ok := l.who()
		switch {
		case !ok:
			return ""
		case login == "":
			return nobody
		}
		return c.person(login)
	case colWhen:
		return c.whenValue(l)
	}
	return c.whatValue(l)
}

func (c *screen) whenValue(l *line) string {
	now := c.s.Now()
	switch {
	case l.owed != nil:
		return l.owed.Band().String()
	case l.sign != nil:
		return "waits " + view.BandOf(now.Sub(l.sign.At.Time())).String()
	case l.soon != nil:
		return "due " + plain.Day(l.soon.Clock.Due.Date(), now)
	case l.asked != nil && l.asked.Note.Open():
		return "open " + view.BandOf(now.Sub(l.asked.Note.At.Time())).String()
	case l.asked != nil:
		return "answered"
	case l.load != nil:
		return fmt.Sprintf("%d overdue", len(l.load.Overdue))
	case l.row != nil && l.row.Overdue:
		return "overdue"
	case l.row != nil:
		return "in time"
	case l.fu != nil && l.fu.Overdue(domain.At(now)):
		return "overdue"
	case l.fu != nil:
		return "not due"
	case l.ep != nil:
		return c.epWhen(l.ep)
	}
	return l.num.value
}

// epWhen says how an episode's return clock stands.
func (c *screen) epWhen(e *view.WeekEpisode) string {
	switch k := e.Clocks.Return; {
	case e.Referral == nil:
		return "no referral"
	case k.MetInTime():
		return "in time"
	case k.MetLate():
		return "met late"
	case k.Over(c.s.Now()):
		return "missed"
	}
	return "running"
}

func (c *screen) whatValue(l *line) string {
	switch {
	case l.owed != nil:
		return reasonWords(l.owed.Reason())
	case l.sign != nil:
		return signKind(l.sign)
	case l.soon != nil && l.soon.Clock.Name == "interview":
		return "interview, " + l.soon.Booked.String()
	case l.soon != nil:
		return domain.Words(l.soon.Clock.Name)
	case l.asked != nil && l.asked.Note.About == domain.AboutLate:
		return "reason late"
	case l.asked != nil:
		return "other"
	case l.load != nil:
		return string(l.load.Role)
	case l.row != nil:
		return l.row.Stage.Words()
	case l.fu != nil:
		return domain.Words(l.fu.Kind)
	case l.ep != nil && l.ep.Referral != nil:
		return l.ep.Referral.StageOn(domain.DateOf(c.s.Now())).Words()
	case l.ep != nil:
		return "history"
	}
	return l.num.name
}

// reasonWords are a reason late in short.
func reasonWords(r *domain.LateReason) string {
	if r == nil {
		return "no reason given"
	}
	return domain.Words(r.Reason)
}

// signKind says what waits for a word.
func signKind(s *view.ToSign) string {
	if s.Interview != nil {
		return "record"
	}
	return desk.PendingWords(s.Row().Referral)
}

// filterFields are what may stand before the colon of a filter.
func filterFields() []string { return columnNames() }

// columnsOf are the columns of the fields.
func columnsOf() map[string][]string {
	return map[string][]string{colWhen: {"When", "Count"}, colChild: {"Child", "Value"}, colWho: {"Who"}, colWhat: {"What"}}
}

// matcher reads the filter.
func (c *screen) matcher() func(line) bool {
	seen := c.Seen()
	return c.Matcher(append(filterFields(), "ref"), func(l line, field string) []string {
		out := []string{c.value(&l, field)}
		switch login, _ := l.who(); field {
		case "ref":
			out = []string{strings.ToLower(l.id)}
			for _, r := range l.rows() {
				out = append(out, r.Referral.ID.String(), r.Episode.ShownRef())
			}
			if k := l.child(); k != nil {
				out = append(out, k.ShownRef())
			}
		case colChild:
			if k := l.child(); k != nil {
				out = append(out, seen.Child(k)...)
			}
		case colWho:
			if login != "" {
				out = append(out, seen.Person(login)...)
			}
		}
		return out
	})
}
