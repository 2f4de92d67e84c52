package timeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
)

// entry is one line of the list: an episode, or something that happened or falls due.
type entry struct {
	id      string // stays the same when the story is read again
	at      domain.Moment
	kind    string
	text    string
	episode *domain.Episode // the one it is, or belongs to; nil for neither
	event   bool            // it belongs to an episode or to none, rather than being one
	ref     domain.ID       // the referral it belongs to
	fu      domain.ID
	attempt domain.ID
	cluster domain.ID
	work    bool // contact, interview, follow-up: what the team did
}

// story is all the screen shows of one child, as it was read.
type story struct {
	child     *domain.Child
	episodes  []*domain.Episode // by start
	spans     []domain.EpisodeSpan
	entries   []entry // by time
	bars      barIndex
	marks     []mark // by time
	fortnight []domain.Fortnight
	refs      map[domain.ID]*domain.Referral
	attempts  map[domain.ID]domain.Attempt
	clocks    map[domain.ID]domain.Clocks // of each referral, the interview's as it is in force
	clusters  []*domain.Cluster           // that stand
	followUps []*domain.FollowUp
	alerts    []domain.Alert
	alike     []view.AlikeChild
	from, to  int64 // the first and the last instant of the story
}

// readStory reads a child; nil when there is none of that number.
func readStory(ctx context.Context, p *desk.Program, child domain.ID) (*story, error) {
	var st *story
	err := p.Ask(ctx, func(r domain.Reader) error {
		c, err := r.Child(child)
		if err != nil || c == nil {
			return err
		}
		t, err := view.ReadTimeline(r, c)
		if err != nil {
			return err
		}
		s := &story{child: c, episodes: t.Episodes, refs: map[domain.ID]*domain.Referral{}, attempts: map[domain.ID]domain.Attempt{}, clocks: map[domain.ID]domain.Clocks{}}
		set := r.Settings()
		for _, e := range t.Episodes {
			if e.Referral == 0 {
				continue
			}
			ref, err := r.Referral(e.Referral)
			if err != nil {
				return err
			}
			if ref != nil {
				if s.clocks[ref.ID], err = domain.ClocksInForce(records(r), &set.Policy, e, ref); err != nil {
					return err
				}
				s.refs[ref.ID] = ref
				for _, a := range ref.Attempts {
					s.attempts[a.ID] = a
				}
			}
		}
		if s.followUps, err = r.FollowUpsOf(child); err != nil {
			return err
		}
		if s.spans, err = r.SpansOf(child); err != nil {
			return err
		}
		if s.alerts, err = domain.AlertsFor(r, c, s.spans); err != nil {
			return err
		}
		if s.alike, err = possibleDuplicates(r, c); err != nil {
			return err
		}
		clusters, err := r.ClustersOf(child)
		if err != nil {
			return err
		}
		s.clusters = slices.DeleteFunc(clusters, func(c *domain.Cluster) bool { return c.BrokenUp != nil })
		s.fortnight = domain.Fortnights(&set.Policy, s.spans)
		s.arrange(set, t.Events, domain.At(r.Now()))
		st = s
		return nil
	})
	return st, err
}

// records looks a record up, as the clocks in force need it.
func records(r domain.Reader) domain.Records {
	return func(id domain.ID) (domain.Record, error) {
		switch id.Kind() {
		case domain.KindCluster:
			return known(r.Cluster(id))
		case domain.KindEpisode:
			return known(r.Episode(id))
		case domain.KindReferral:
			return known(r.Referral(id))
		default: // the axis has no others
		}
		return nil, nil
	}
}

// known is a record, or none at all where there is none.
func known[T any, P interface {
	*T
	domain.Record
}](rec P, err error) (domain.Record, error) {
	if rec == nil || err != nil {
		return nil, err
	}
	return rec, nil
}

// possibleDuplicates are those of a child, with the other child of each.
func possibleDuplicates(r domain.Reader, c *domain.Child) ([]view.AlikeChild, error) {
	likes, err := domain.PossibleDuplicates(r, c)
	if err != nil {
		return nil, err
	}
	var out []view.AlikeChild
	for _, l := range likes {
		other, err := r.Child(l.Other)
		if err != nil {
			return nil, err
		}
		if other != nil {
			out = append(out, view.AlikeChild{PossibleDuplicate: l, Child: other})
		}
	}
	return out, nil
}

// arrange lays the story out for list and axis, once for each reading: episodes and events by time, with what falls due.
func (s *story) arrange(set *domain.Settings, events []view.TimelineEvent, now domain.Moment) {
	byID := map[domain.ID]*domain.Episode{}
	var bars []bar
	for _, e := range s.episodes {
		byID[e.ID] = e
		s.entries = append(s.entries, entry{id: e.ID.String(), at: e.MissingAt, kind: "episode", episode: e, ref: e.Referral})
		bars = append(bars, barOf(e, now))
	}
	s.bars = indexBars(bars)
	for _, ev := range events {
		if ev.Kind == "missing" {
			continue // the episode itself says so
		}
		x := entry{at: ev.At, kind: ev.Kind, text: strings.ReplaceAll(ev.Summary, "\n", " "), episode: byID[ev.Episode], event: true,
			ref: ev.Referral, fu: ev.FollowUp, attempt: ev.Attempt, cluster: ev.Cluster, id: fmt.Sprint(ev.Kind, int64(ev.At), ev.Episode, ev.Referral, ev.Attempt, ev.FollowUp, ev.Cluster)}
		if strings.HasPrefix(ev.Kind, "follow_up") {
			x.text = "follow-up: " + x.text
		}
		s.add(x)
	}
	for _, f := range s.followUps {
		if f.Open() {
			over := now.Unix() > f.Due.Unix()
			s.add(dueEntry(f.Due, over, domain.Words(f.Kind)+" for "+cmp.Or(set.PersonName(f.Owner), "nobody yet"), f.ID.String(), entry{ref: f.Referral, fu: f.ID}))
		}
	}
	told := map[domain.ID]bool{} // the clusters whose one interview was told
	for _, e := range s.episodes {
		ref := s.refs[e.Referral]
		if ref == nil || !ref.StageOn(now.Date()).Open() {
			continue
		}
		cs := s.clocks[ref.ID]
		for _, c := range []domain.Clock{cs.Contact, cs.Interview, cs.WriteUp, cs.Share} {
			if !c.Running() {
				continue
			}
			whose := ref.ID
			if cl := ref.Cluster; cl != 0 && c.Name == "interview" {
				if told[cl] {
					continue
				}
				told[cl], whose = true, cl
			}
			s.add(dueEntry(c.Due, c.Over(now.Time()), domain.Words(c.Name)+" of "+whose.String(), c.Name+whose.String(), entry{episode: e, ref: ref.ID}))
		}
	}
	slices.SortStableFunc(s.entries, func(a, b entry) int { return cmp.Compare(a.at.Unix(), b.at.Unix()) })
	seen := map[string]int{}
	for i := range s.entries {
		e := &s.entries[i]
		if seen[e.id]++; seen[e.id] > 1 {
			e.id += fmt.Sprint("#", seen[e.id]) // two of a kind at one moment
		}
		if m, ok := s.markOf(e); ok {
			s.marks = append(s.marks, m)
			e.work = true
		}
		e.work = e.work || e.kind == "cluster"
	}
	s.from, s.to = now.Unix(), now.Unix()
	if n := len(s.entries); n > 0 {
		s.from, s.to = min(s.from, s.entries[0].at.Unix()), max(s.to, s.entries[n-1].at.Unix())
	}
}

func (s *story) add(e entry) { s.entries = append(s.entries, e) }

// dueEntry is what falls due, or has.
func dueEntry(at domain.Moment, over bool, what, id string, e entry) entry {
	e.id, e.at, e.kind, e.event, e.text = "due "+id, at, "due", true, "due: "+what
	if over {
		e.kind, e.text = "overdue", "was due: "+what
	}
	return e
}

// barOf is an episode on the axis. Where a time was not recorded the day is drawn whole, and none of it is certain.
func barOf(e *domain.Episode, now domain.Moment) bar {
	b := bar{from: e.MissingAt.Unix(), doubled: e.DuplicateOf != 0, history: e.History}
	b.sureFrom = b.from
	if e.MissingAt.DateOnly() {
		b.sureFrom = e.MissingAt.Date().Days(1).Start().Unix()
	}
	switch {
	case !e.Over() && e.Ended != nil:
		b.to = max(b.from, e.Ended.On.Start().Unix())
	case !e.Over() && e.History: // nobody knows how it ended: no more than its beginning can be drawn
		b.to = b.from
	case !e.Over():
		b.to, b.open = max(b.from, now.Unix()), true
	default:
		b.to = e.ReturnedAt.Unix()
	}
	b.sureTo = b.to
	if e.ReturnedAt.DateOnly() {
		b.to = e.ReturnedAt.Date().Days(1).Start().Unix()
	}
	b.to = max(b.from, b.to)
	return b
}

// markOf is what an entry is on the axis; false for those that are none of the team's work.
func (s *story) markOf(e *entry) (mark, bool) {
	at := e.at.Unix()
	switch e.kind {
	case "contact":
		k := tried
		if s.attempts[e.attempt].Reached() {
			k = reached
		}
		return mark{at, contactRow, k}, true
	case "chase":
		return mark{at, contactRow, chased}, true
	case "booking":
		k := booked
		if ref := s.refs[e.ref]; ref != nil {
			for _, b := range ref.Bookings {
				if b.When == e.at && b.Outcome != "" && b.Outcome != "held" {
					k = missed
				}
			}
		}
		return mark{at, interviewRow, k}, true
	case "held":
		return mark{at, interviewRow, held}, true
	case "follow_up":
		return mark{at, followUpRow, raised}, true
	case "follow_up_done":
		return mark{at, followUpRow, done}, true
	case "due", "overdue":
		k, row := due, interviewRow
		if e.kind == "overdue" {
			k = dueOver
		}
		switch {
		case e.fu != 0:
			row = followUpRow
		case strings.HasPrefix(e.id, "due contact"):
			row = contactRow
		}
		return mark{at, row, k}, true
	}
	return mark{}, false
}

// of is the entry that stands for an episode, a referral or a follow-up; nil when there is none.
func (s *story) of(id domain.ID) *entry {
	for i := range s.entries {
		e := &s.entries[i]
		switch id.Kind() {
		case domain.KindReferral:
			if !e.event && e.ref == id {
				return e
			}
		case domain.KindFollowUp:
			if e.fu == id {
				return e
			}
		case domain.KindEpisode:
			if !e.event && e.episode.ID == id {
				return e
			}
		default: // no line of its own
		}
	}
	return nil
}

// missing is the episode in which the child is missing now, the latest; nil for none.
func (s *story) missing(today domain.Date) *domain.Episode {
	id := s.child.MissingIn(s.spans, today)
	if i := slices.IndexFunc(s.episodes, func(e *domain.Episode) bool { return id != 0 && e.ID == id }); i >= 0 {
		return s.episodes[i]
	}
	return nil
}

// shown are the entries that a view keeps.
func (s *story) shown(v mode) []*entry {
	var out []*entry
	for i := range s.entries {
		if e := &s.entries[i]; v == everything || !e.event || v == withWork && e.work {
			out = append(out, e)
		}
	}
	return out
}

// firstFrom is the place in a list of the first entry that is not before an instant.
func firstFrom(list []*entry, t int64) int {
	return sort.Search(len(list), func(i int) bool { return list[i].at.Unix() >= t })
}
