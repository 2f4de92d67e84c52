package view

import (
	"cmp"
	"fmt"

	"homeward/domain"
	"slices"
	"strings"
)

// Focus is one referral with what the desk needs beside it: the card, what worked before, what is suggested.
type Focus struct {
	Row       QueueRow
	Episodes  []domain.EpisodeSpan // of the child, duplicates included, oldest first
	FollowUps []*domain.FollowUp   // open ones of the child
	Alike     []AlikeChild
	Worked    []string // "answered 3 of 4 texts after 16:00": counts, never a score
	// Proposed are who should hold the interview and, inside the team, the practitioner who saw this child last (S4).
	Proposed       domain.Responsible
	ProposedWhy    string
	ProposedWorker string
	WorkerWhy      string
	Hints          []string
	Alerts         []AlertRow
}

// AlikeChild is a possible duplicate with the child it speaks of.
type AlikeChild struct {
	domain.PossibleDuplicate
	Child *domain.Child
}

// ReadFocus answers for one referral; nil when there is none.
func ReadFocus(r domain.Reader, id domain.ID) (*Focus, error) {
	row, err := ReadQueueRow(r, id)
	if err != nil || row == nil {
		return nil, err
	}
	f := &Focus{Row: *row}
	if f.Episodes, err = r.SpansOf(row.Child.ID); err != nil {
		return nil, err
	}
	if f.Alerts, err = AlertRowsFor(r, row.Child, f.Episodes); err != nil {
		return nil, err
	}
	fus, err := r.FollowUpsOf(row.Child.ID)
	if err != nil {
		return nil, err
	}
	for _, fu := range fus {
		if fu.Open() {
			f.FollowUps = append(f.FollowUps, fu)
		}
	}
	likes, err := domain.PossibleDuplicates(r, row.Child)
	if err != nil {
		return nil, err
	}
	for _, l := range likes {
		c, err := r.Child(l.Other)
		if err != nil {
			return nil, err
		}
		if c != nil {
			f.Alike = append(f.Alike, AlikeChild{l, c})
		}
	}
	earlier, err := f.referrals(r)
	if err != nil {
		return nil, err
	}
	var attempts []domain.Attempt
	for _, e := range earlier {
		for _, a := range e.Attempts { // one made for a cluster stands on each member
			if !slices.ContainsFunc(attempts, func(o domain.Attempt) bool { return o.ID == a.ID }) {
				attempts = append(attempts, a)
			}
		}
	}
	f.Worked = whatWorked(attempts)
	f.propose(r.Settings(), domain.DateOf(r.Now()), earlier)
	f.hint(r)
	return f, nil
}

// referrals of the child, by the start of their episodes, this one included.
func (f *Focus) referrals(r domain.Reader) ([]*domain.Referral, error) {
	var out []*domain.Referral
	for _, s := range f.Episodes {
		if s.Referral == 0 {
			continue
		}
		ref, err := r.Referral(s.Referral)
		if err != nil {
			return nil, err
		}
		if ref != nil {
			out = append(out, ref)
		}
	}
	return out, nil
}

// propose says who should hold the interview: a child placed out of area has a social worker of their own authority for
// it (S4), everyone else the team; and in the team the practitioner who saw this child last time (S4, continuity).
func (f *Focus) propose(s *domain.Settings, today domain.Date, earlier []*domain.Referral) {
	f.Proposed = domain.ResponsibleTeam
	e := f.Row.Episode
	if e.AreaUnknown(&s.Team) {
		f.ProposedWhy = domain.AuthorityNotSet + ": whose the child is and where it is placed cannot be told ([team] authority)"
	}
	if e.OutOfArea(&s.Team) {
		if e.Ours(&s.Team) {
			f.Proposed, f.ProposedWhy = domain.Responsible(s.Policy.OutOfAreaTo), "ours, placed elsewhere: our social worker holds the interview (S4)"
		} else {
			f.Proposed, f.ProposedWhy = domain.ResponsibleOtherAuthority, "theirs, placed here: their authority holds the interview (S4)"
		}
	}
	for _, old := range slices.Backward(earlier) {
		if old.ID == f.Row.Referral.ID || old.AssignedTo == "" {
			continue
		}
		if u, ok := s.User(old.AssignedTo); ok && u.Role != domain.Auditor && !u.Left(today) {
			f.ProposedWorker = old.AssignedTo
			f.WorkerWhy = "had this child’s last referral, " + old.ID.String()
			if old.HeldAt != 0 {
				f.WorkerWhy = "saw this child last time, " + old.HeldAt.Date().String()
			}
			return
		}
	}
}

// whatWorked counts, by way and time of day, how often the child or a carer answered. The three most telling lines.
func whatWorked(attempts []domain.Attempt) []string {
	type slot struct {
		way  string
		part int
	}
	tried, answered := map[slot]int{}, map[slot]int{}
	var slots []slot
	for _, a := range attempts {
		if a.Struck() || a.With == domain.WithProfessional || domain.Posted(a.Way) {
			continue
		}
		s := slot{a.Way, dayPart(a.At)}
		if tried[s] == 0 {
			slots = append(slots, s)
		}
		tried[s]++
		if a.Reached() {
			answered[s]++
		}
	}
	slices.SortStableFunc(slots, func(a, b slot) int {
		return cmp.Or(cmp.Compare(answered[b]*tried[a], answered[a]*tried[b]), cmp.Compare(tried[b], tried[a]))
	})
	var out []string
	for _, s := range slots[:min(3, len(slots))] {
		out = append(out, fmt.Sprintf("answered %d of %d %s %s", answered[s], tried[s], domain.WayTimes(s.way, tried[s]),
			[...]string{"before noon", "12:00 to 16:00", "after 16:00"}[s.part]))
	}
	return out
}

func dayPart(m domain.Moment) int {
	switch h := m.Local().Hour(); {
	case h < 12:
		return 0
	case h < 16:
		return 1
	}
	return 2
}

// hint suggests what the guidance does: another way after two without success, a letter after a decline (S1, S4).
func (f *Focus) hint(r domain.Reader) {
	row := &f.Row
	var lettered bool
	unanswered := 0
	for _, a := range row.Referral.Attempts {
		if a.Struck() {
			continue
		}
		lettered = lettered || domain.Posted(a.Way)
		if !a.Reached() {
			unanswered++
		}
	}
	if row.Stage.BeforeInterview() {
		switch {
		case row.Declines >= 1 && row.Declines <= 2 && !lettered:
			f.Hints = append(f.Hints, fmt.Sprintf("declined %s: ask again, and send a letter first so that they can take it in (S1, S4)", times(row.Declines)))
		case row.Declines >= 1 && row.Declines <= 2:
			f.Hints = append(f.Hints, "a child may talk the second or third time of asking (S4)")
		case unanswered >= 2 && row.Clocks.Contact.Met == 0 && !lettered:
			f.Hints = append(f.Hints, fmt.Sprintf("tried %s without an answer: a text or a letter may beat another call (S1, S4)", times(unanswered)))
		}
	}
	if r.Settings().Policy.HelplineAlways && row.Declines > 0 && row.Stage.BeforeInterview() {
		f.Hints = append(f.Hints, "the helpline goes with every decline: 116 000, call or text, free (S0)")
	}
	if row.Suggested {
		f.Hints = append(f.Hints, "three or more episodes within a fortnight: one interview could cover them (S3)")
	}
	if p := &r.Settings().Policy; p.AgeFloor > 0 {
		if age := domain.AgeOn(row.Child.DOB, row.Episode.MissingAt.Date()); age >= 0 && age < p.AgeFloor {
			f.Hints = append(f.Hints, fmt.Sprintf("%d at the start of the episode, the age floor is %d: not required? (S4)", age, p.AgeFloor))
		}
	}
	for _, w := range domain.FlagWords() {
		if row.Stage == domain.StageNew && row.Episode.HasFlag(w) {
			f.Hints = append(f.Hints, "flagged "+w+": is an interview required now? (S4)")
		}
	}
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}

// FoundChild is one hit of `ctrl+f`.
type FoundChild struct {
	Child   *domain.Child
	Latest  *domain.Episode // the newest episode, nil when there is none
	Missing bool
	Open    domain.ID // the newest open referral
}

// FindChildren answers a search from anywhere: name, nickname, reference, number, carer, placement, police reference.
func FindChildren(r domain.Reader, query string, limit int) ([]FoundChild, error) {
	if strings.TrimSpace(query) == "" {
		return nil, nil
	}
	ids, err := r.Find(query, 8*limit)
	if err != nil {
		return nil, err
	}
	var out []FoundChild
	for _, id := range ids {
		c, err := domain.ChildNow(r, id)
		if err != nil {
			return nil, err
		}
		if c == nil || slices.ContainsFunc(out, func(f FoundChild) bool { return f.Child.ID == c.ID }) {
			continue // found by the names of a record that was joined, too
		}
		hit := FoundChild{Child: c}
		spans, err := r.SpansOf(c.ID)
		if err != nil {
			return nil, err
		}
		hit.Missing = c.MissingIn(spans, domain.DateOf(r.Now())) != 0
		if n := len(spans); n > 0 {
			if hit.Latest, err = r.Episode(spans[n-1].ID); err != nil {
				return nil, err
			}
		}
		for _, s := range spans {
			if s.Referral == 0 {
				continue
			}
			ref, err := r.Referral(s.Referral)
			if err != nil {
				return nil, err
			}
			if ref != nil && ref.StageOn(domain.DateOf(r.Now())).Open() {
				hit.Open = ref.ID
			}
		}
		out = append(out, hit)
	}
	// The child's own name and reference before a carer's, a placement's or a number's.
	words := domain.SearchWords(query)
	slices.SortStableFunc(out, func(a, b FoundChild) int { return cmp.Compare(byName(b.Child, words), byName(a.Child, words)) })
	return out[:min(limit, len(out))], nil
}

// byName counts the words of a search with which a child's own names or reference begin.
func byName(c *domain.Child, words []string) int {
	n := 0
	for _, w := range words {
		own := strings.Fields(domain.Fold(c.GivenName + " " + c.FamilyName + " " + c.KnownAs + " " + c.ShownRef()))
		if slices.ContainsFunc(own, func(s string) bool { return strings.HasPrefix(s, w) }) {
			n++
		}
	}
	return n
}
