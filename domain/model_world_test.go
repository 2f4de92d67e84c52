package domain_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"homeward/domain"
)

// world is what the sentences of DOMAIN §5 come to at one moment, worked out from the records alone: nothing here asks the
// program what is a candidate, suggested, due or to be looked at again.
type world struct {
	p         *domain.Policy
	now       time.Time
	children  map[domain.ID]*domain.Child
	episodes  map[domain.ID]*domain.Episode
	referrals map[domain.ID]*domain.Referral
	clusters  map[domain.ID]*domain.Cluster
	others    map[domain.ID]domain.Record // interviews, follow-ups, what was noted, imports
	splits    map[string][][2]int         // what was tried already
}

// set keeps a record, or forgets it.
func (w *world) set(id domain.ID, rec domain.Record) {
	switch id.Kind() {
	case domain.KindChild:
		put(w.children, id, rec)
	case domain.KindEpisode:
		put(w.episodes, id, rec)
	case domain.KindReferral:
		put(w.referrals, id, rec)
	case domain.KindCluster:
		put(w.clusters, id, rec)
	default:
		put(w.others, id, rec)
	}
}

func put[T domain.Record](m map[domain.ID]T, id domain.ID, rec domain.Record) {
	if rec == nil {
		delete(m, id)
		return
	}
	m[id] = rec.(T)
}

var londonTown = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err)
	}
	return l
}()

// sameClock is the same clock time some calendar days on: one that is skipped counts an hour later, one that comes twice
// the first time (DOMAIN §3).
func sameClock(unix int64, days int) int64 {
	at := time.Unix(unix, 0).In(londonTown)
	winter := time.Date(at.Year(), at.Month(), at.Day()+days, at.Hour(), at.Minute(), at.Second(), 0, time.UTC)
	summer := winter.Add(-time.Hour)
	shows := func(t time.Time) bool {
		return t.In(londonTown).Format("2006-01-02 15:04:05") == winter.Format("2006-01-02 15:04:05")
	}
	if shows(summer) {
		return summer.Unix()
	}
	return winter.Unix()
}

func (w *world) today() int {
	y, m, d := w.now.In(londonTown).Date()
	return y*10000 + int(m)*100 + d
}

// stage in force: a look-again date that has come round gives it back as if reopened.
func (w *world) stage(r *domain.Referral) domain.Stage {
	if r.Stage != "not_required" || r.NotRequired == nil || r.NotRequired.LookAgainOn == 0 || int(r.NotRequired.LookAgainOn) > w.today() {
		return r.Stage
	}
	for _, d := range r.Decisions {
		if d.To == "accepted" || d.To == "booked" {
			return "accepted"
		}
	}
	return "new"
}

func outstanding(s domain.Stage) bool { return s == "new" || s == "accepted" || s == "booked" }

func isOpen(s domain.Stage) bool {
	return outstanding(s) || slices.Contains([]domain.Stage{"to_approve", "to_write_up", "to_sign_off", "to_share"}, s)
}

// of gives the standing cluster an episode is in, nil when it is in none.
func (w *world) of(episode domain.ID) *domain.Cluster {
	for _, c := range w.clusters {
		if c.BrokenUp == nil && slices.ContainsFunc(c.Members, func(m domain.ClusterMember) bool { return m.Episode == episode }) {
			return c
		}
	}
	return nil
}

// candidates of a child in the rule's order.
func (w *world) candidates(child domain.ID) []*domain.Episode {
	var out []*domain.Episode
	for _, e := range w.episodes {
		r := w.referrals[e.Referral]
		if e.Child == child && e.ReturnedAt != 0 && e.DuplicateOf == 0 && r != nil && outstanding(w.stage(r)) && w.of(e.ID) == nil {
			out = append(out, e)
		}
	}
	inOrder(out)
	return out
}

func inOrder(list []*domain.Episode) {
	slices.SortFunc(list, func(a, b *domain.Episode) int {
		return cmp.Or(cmp.Compare(a.MissingAt.Unix(), b.MissingAt.Unix()), cmp.Compare(a.ReturnedAt.Unix(), b.ReturnedAt.Unix()), strings.Compare(a.ShownRef(), b.ShownRef()))
	})
}

// together says that episodes, in order, fit one interview.
func (w *world) together(list []*domain.Episode) bool {
	return len(list) >= w.p.ClusterMin && w.inWindow(list)
}

func (w *world) inWindow(list []*domain.Episode) bool {
	first, last := int64(1)<<62, int64(-1)<<62
	for _, e := range list {
		first, last = min(first, e.MissingAt.Unix()), max(last, e.ReturnedAt.Unix())
	}
	return len(list) == 0 || last <= sameClock(first, w.p.ClusterWindow)
}

// suggested tries all ways to split a child's candidates and keeps the best by the words of §5.
func (w *world) suggested(child domain.ID) [][]*domain.Episode {
	list := w.candidates(child)
	if !w.p.Clusters || len(list) < w.p.ClusterMin {
		return nil
	}
	var b strings.Builder
	for _, e := range list {
		fmt.Fprint(&b, e.MissingAt.Unix(), " ", e.ReturnedAt.Unix(), " ")
	}
	best, known := w.splits[b.String()]
	if !known {
		best = bestOfAll(len(list), func(from, to int) bool { return w.together(list[from:to]) })
		w.splits[b.String()] = best
	}
	var out [][]*domain.Episode
	for _, c := range best {
		out = append(out, list[c[0]:c[1]])
	}
	return out
}

// bestOfAll lists every split of n candidates into clusters that fit and single interviews, and gives the clusters of the
// best: fewest interviews; then the earliest candidate that is in a cluster in one and single in the other; then the longer
// first differing cluster.
func bestOfAll(n int, fits func(from, to int) bool) (best [][2]int) {
	fit := make([][]bool, n)
	for i := range fit {
		fit[i] = make([]bool, n+1)
		for j := i + 1; j <= n; j++ {
			fit[i][j] = fits(i, j)
		}
	}
	var split [][2]int
	found := false
	var try func(at int)
	try = func(at int) {
		if at == n {
			if !found || speaksFor(n, split, best) {
				best, found = slices.Clone(split), true
			}
			return
		}
		for to := at + 1; to <= n; to++ {
			if fit[at][to] {
				split = append(split, [2]int{at, to})
				try(to)
				split = split[:len(split)-1]
			}
		}
		try(at + 1) // alone
	}
	try(0)
	return best
}

func speaksFor(n int, a, b [][2]int) bool {
	interviews := func(s [][2]int) int {
		k := n
		for _, c := range s {
			k -= c[1] - c[0] - 1
		}
		return k
	}
	if x, y := interviews(a), interviews(b); x != y {
		return x < y
	}
	in := func(s [][2]int, i int) bool {
		return slices.ContainsFunc(s, func(c [2]int) bool { return c[0] <= i && i < c[1] })
	}
	for i := range n {
		if in(a, i) != in(b, i) {
			return in(a, i)
		}
	}
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return a[i][1]-a[i][0] > b[i][1]-b[i][0]
		}
	}
	return false
}

// since is when a clock runs from that starts at a time of an episode: where the day alone is known, from the start of it,
// never from before the child was missing.
func since(e *domain.Episode, at domain.Moment) int64 {
	if at.DateOnly() {
		return max(at.Unix(), e.MissingAt.Unix())
	}
	return at.Unix()
}

// firstOf is the earlier of two times, of which either may be unknown.
func firstOf(a, b domain.Moment) domain.Moment {
	if a == 0 || b != 0 && b.Unix() < a.Unix() {
		return b
	}
	return a
}

// start of the interview clock by policy.
func (w *world) start(e *domain.Episode, r *domain.Referral) int64 {
	switch {
	case w.p.InterviewClock == "notified" && e.NotifiedAt != 0 && !e.NotifiedAt.Before(firstOf(e.FoundAt, e.ReturnedAt)):
		return since(e, e.NotifiedAt)
	case w.p.InterviewClock == "notified":
		return r.Made.Unix()
	case w.p.InterviewClock == "found" && e.FoundAt != 0:
		return since(e, e.FoundAt)
	}
	return since(e, e.ReturnedAt)
}

// members of a cluster in order. One that waits for sign-off as not required is a member until somebody signs that off.
func (w *world) members(c *domain.Cluster) (list []*domain.Episode) {
	for _, m := range c.Members {
		list = append(list, w.episodes[m.Episode])
	}
	inOrder(list)
	return list
}

// due is when the one interview for episodes is due: interview_within after the latest clock start among them.
func (w *world) due(list []*domain.Episode) int64 {
	last := int64(0)
	for _, e := range list {
		last = max(last, w.start(e, w.referrals[e.Referral]))
	}
	if last == 0 {
		return 0 // none of them is back
	}
	return last + int64(w.p.InterviewWithin.Hours)*3600
}

// inForce is when the interview of a referral is due.
func (w *world) inForce(r *domain.Referral) int64 {
	if c := w.of(r.Episode); c != nil {
		return w.due(w.members(c))
	}
	return w.due([]*domain.Episode{w.episodes[r.Episode]})
}

// AdditionsTo are the candidates with which an accepted cluster still fits the window.
func (w *world) additions(c *domain.Cluster) (out []*domain.Episode) {
	if c.BrokenUp != nil || c.HeldAt != 0 || !slices.ContainsFunc(c.Members, func(m domain.ClusterMember) bool { return outstanding(w.stage(w.referrals[m.Referral])) }) {
		return nil
	}
	for _, e := range w.candidates(c.Child) {
		left := slices.ContainsFunc(c.Parted, func(p domain.Parted) bool { return p.Episode == e.ID && p.How == "left_out" })
		if !left && w.inWindow(append(w.members(c), e)) {
			out = append(out, e)
		}
	}
	return out
}

// reviews counts the reasons to look at a cluster again.
func (w *world) reviews(c *domain.Cluster) (n int) {
	members := w.members(c)
	if c.HeldAt == 0 {
		if len(members) < w.p.ClusterMin {
			n++
		}
		if !w.inWindow(members) {
			n++
		}
		return n
	}
	for _, p := range c.Parted {
		if p.How == "moved_after" {
			n++
		}
	}
	from, to := int64(1)<<62, int64(-1)<<62
	for _, e := range members {
		from, to = min(from, e.MissingAt.Unix()), max(to, e.ReturnedAt.Unix())
	}
	for _, e := range w.candidates(c.Child) {
		without := slices.ContainsFunc(c.Parted, func(p domain.Parted) bool { return p.Episode == e.ID && p.How == "held_without" })
		if without || e.MissingAt.Unix() >= from && e.ReturnedAt.Unix() <= to {
			n++
		}
	}
	return n
}

// risky says that accepting these asks for a reason.
func (w *world) risky(list []*domain.Episode) bool {
	return slices.ContainsFunc(list, func(e *domain.Episode) bool { return e.Risk == "high" || len(e.Flags) > 0 })
}
