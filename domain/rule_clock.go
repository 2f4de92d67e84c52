package domain

import (
	"fmt"
	"strings"
	"time"
)

// Clock is one of the clocks of DOMAIN §3, derived from what happened: when it started, when it is due, when it was met.
type Clock struct {
	Name  string // one of the clocks: ClockContact …
	What  string // what started it, for the explanation: "returned"
	Start Moment
	Due   Moment
	Met   Moment
	Limit Span
	Rule  string // "policy interview_within, Newham / DfE 2014"
	Notes []string
	// Recorded is what the record says of the start where that is a date without a time: the clock then runs from the
	// start of that day, never from before the episode began (DOMAIN §3).
	Recorded Moment
}

// Running says that the clock has started and was not met.
func (c Clock) Running() bool { return c.Start != 0 && c.Met == 0 }

// Over says that the clock is not met and now is later than its due time.
func (c Clock) Over(now time.Time) bool { return c.Running() && now.Unix() > c.Due.Unix() }

// MetInTime says that it was met no later than due.
func (c Clock) MetInTime() bool { return c.Met != 0 && c.Met.Unix() <= c.Due.Unix() }

// MetLate says that it was met, but too late. A late interview keeps its lateness.
func (c Clock) MetLate() bool { return c.Met != 0 && c.Met.Unix() > c.Due.Unix() }

// Left is the time from now to the due time, negative when over.
func (c Clock) Left(now time.Time) time.Duration {
	return time.Duration(c.Due.Unix()-now.Unix()) * time.Second
}

// Explain is the clock's reason in one line: rule, start, limit, source (DOMAIN §3); of one that has not started, what will
// start it, "" where nothing was said of that.
func (c Clock) Explain() string {
	if c.Start == 0 {
		if c.What != whatReturned {
			return ""
		}
		return strings.Join(append([]string{fmt.Sprintf("starts at the return, + %s (%s)", c.Limit.Words(), c.Rule)}, c.Notes...), "; ")
	}
	layout := "Mon 2 Jan 15:04"
	due, start := c.Due.Local(), c.Start.Local()
	if due.Year() != start.Year() {
		layout = "Mon 2 Jan 2006 15:04"
	}
	begun := start.Format(layout)
	switch {
	case c.Recorded != 0 && c.Recorded != c.Start:
		begun += ", time not recorded: from when the episode began"
	case c.Start.DateOnly():
		begun += ", time not recorded: from the start of that day"
	}
	line := fmt.Sprintf("due %s = %s %s + %s (%s)", due.Format(layout), c.What, begun, c.Limit.Words(), c.Rule)
	for _, n := range c.Notes {
		line += "; " + n
	}
	return line
}

// whatReturned is what starts the clocks that run from the return.
const whatReturned = "returned"

// startedIn starts a clock at a time of an episode: one of which the day alone is known starts no earlier than the episode.
func (c Clock) startedIn(e *Episode, what string, start Moment, limit Span) Clock {
	if !start.DateOnly() {
		return c.started(what, start, limit)
	}
	c.Recorded = start
	if start.Unix() < e.MissingAt.Unix() {
		start = e.MissingAt
	}
	return c.started(what, start, limit)
}

func (c Clock) started(what string, start Moment, limit Span) Clock {
	c.What, c.Start, c.Limit = what, start, limit
	if start != 0 {
		c.Due = At(limit.After(start.Time()))
	}
	return c
}

// Received is when the team was notified of the return, and whether that was not recorded, so that the time of the import
// which raised the referral stands for it. A notification before the child was found or back speaks of the report that the
// child was missing (DOMAIN §3). A referral that a person took was received when it was taken.
func Received(e *Episode, r *Referral) (at Moment, byImport bool) {
	if e.NotifiedAt != 0 && !ofReport(e) {
		return e.NotifiedAt, false
	}
	return r.Made, !r.Taken
}

// ofReport says that a notification speaks of the report that the child was missing: it is before found and return.
func ofReport(e *Episode) bool {
	at := e.LocatedAt()
	return at != 0 && e.NotifiedAt.Before(at)
}

// Clocks are the clocks of one referral: by its own episode ([ClocksOf]), or with the interview clock in force, which is
// the cluster's for a member of one ([ClocksInForce]).
type Clocks struct {
	Contact   Clock
	Interview Clock // by policy
	Return    Clock // 72 h from the return, whatever the policy: regulators measure this one
	WriteUp   Clock // started only once held
	Share     Clock
}

// InterviewLate says that the interview is late, or was held late: by the clock in force, or within its own 72 hours from the
// return. A reason is asked for (DOMAIN §3).
func (cs Clocks) InterviewLate(now time.Time) bool {
	late := func(k Clock) bool { return k.Over(now) || k.MetLate() }
	return late(cs.Interview) || late(cs.Return)
}

// ClocksOf derives a referral's own clocks (DOMAIN §3): those it has outside any cluster.
func ClocksOf(p *Policy, e *Episode, r *Referral) Clocks {
	received, byImport := Received(e, r)
	var recNote []string
	switch {
	case byImport:
		recNote = []string{"receipt not recorded, import time used"}
	case received == r.Made && received != e.NotifiedAt:
		recNote = []string{"when it was taken here"}
	}
	if recNote != nil && e.NotifiedAt != 0 {
		recNote[0] += ": " + e.NotifiedAt.Local().Format("Mon 2 Jan 15:04") + " was before the return and spoke of the report"
	}
	cs := Clocks{
		Contact:   Clock{Name: ClockContact, Rule: "policy contact_within, " + p.Source, Met: ContactMet(*p, r), Notes: recNote}.startedIn(e, "received", received, p.ContactWithin),
		Interview: Clock{Name: ClockInterview, Rule: "policy interview_within, " + p.Source, Met: r.HeldAt},
		Return:    Clock{Name: ClockReturn, Rule: "always measured, DfE 2014", Met: r.HeldAt}.startedIn(e, whatReturned, e.ReturnedAt, Hours(ReturnLimit)),
	}
	switch {
	case p.InterviewClock == ClockNotified:
		cs.Interview.Notes = recNote
		cs.Interview = cs.Interview.startedIn(e, "notified", received, p.InterviewWithin)
	case p.InterviewClock == ClockFound && e.FoundAt != 0:
		cs.Interview = cs.Interview.startedIn(e, "found", e.FoundAt, p.InterviewWithin)
	default:
		if p.InterviewClock == ClockFound {
			cs.Interview.Notes = []string{"no found time, so the return counts"}
		}
		cs.Interview = cs.Interview.startedIn(e, whatReturned, e.ReturnedAt, p.InterviewWithin)
	}
	if r.HeldAt != 0 {
		cs.WriteUp = Clock{Name: ClockWriteUp, Rule: "policy write_up_within, " + p.Source, Met: r.SignedAt}.started("held", r.HeldAt, p.WriteUpWithin)
		cs.Share = Clock{Name: ClockShare, Rule: "policy share_within, " + p.Source, Met: r.SharedAt}.started("held", r.HeldAt, p.ShareWithin)
	}
	return cs
}

// The names of the clocks.
const (
	ClockContact   = "contact"
	ClockInterview = "interview"
	ClockReturn    = "return"
	ClockWriteUp   = "write_up"
	ClockShare     = "share"
)

// clockRow is one of a referral's clocks.
type clockRow struct {
	name string
	of   func(*Clocks) *Clock
	// while says what the team still owes when the clock counts as due next; owesNothing: never, it is only measured.
	while owed
}

// clocks are the closed list, in the order in which they are told.
var clocks = [...]clockRow{
	{name: ClockContact, of: func(c *Clocks) *Clock { return &c.Contact }, while: owesInterview},
	{name: ClockInterview, of: func(c *Clocks) *Clock { return &c.Interview }, while: owesInterview},
	{name: ClockReturn, of: func(c *Clocks) *Clock { return &c.Return }, while: owesNothing},
	{name: ClockWriteUp, of: func(c *Clocks) *Clock { return &c.WriteUp }, while: owesRecord},
	{name: ClockShare, of: func(c *Clocks) *Clock { return &c.Share }, while: owesRecord},
}

// All are the clocks in the order in which they are told.
func (cs Clocks) All() []Clock {
	out := make([]Clock, len(clocks))
	for i, k := range clocks {
		out[i] = *k.of(&cs)
	}
	return out
}

// Owed are the clocks that count as due next in a stage: contact and interview while an interview is owed, write-up and
// share after it.
func (cs Clocks) Owed(s Stage) []Clock {
	var out []Clock
	for _, k := range clocks {
		if k.while == s.row().owed && k.while != owesNothing {
			out = append(out, *k.of(&cs))
		}
	}
	return out
}

// NextDue is what is owed next (INTERFACES, queue): before the interview the earlier of contact (unless met) and
// interview; after it the earlier of write-up and share, whichever is not met. Zero when nothing is.
func (cs Clocks) NextDue() Moment {
	while := owesInterview
	if cs.Interview.Met != 0 {
		while = owesRecord
	}
	var due Moment
	for _, k := range clocks {
		if c := k.of(&cs); k.while == while && c.Running() && (due == 0 || c.Due.Unix() < due.Unix()) {
			due = c.Due
		}
	}
	return due
}
