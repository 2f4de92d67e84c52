package domain_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// ref is a referral with its episode, read one by one: what the review is held against knows no index, no queue, no list.
type ref struct {
	r *domain.Referral
	e *domain.Episode
}

// everyRef reads all referrals of a team, by number.
func (tm *team) everyRef() []ref {
	tm.Helper()
	var out []ref
	for n := uint64(1); ; n++ {
		r, err := tm.Referral(domain.NewID(domain.KindReferral, n))
		if err != nil {
			tm.Fatal(err)
		}
		if r == nil {
			if n > 400 {
				return out
			}
			continue // a number may have been taken by what was refused
		}
		e, err := tm.Episode(r.Episode)
		out = append(out, ref{r, must(tm, e, err)})
	}
}

// due is when a referral's interview is due by policy: of a cluster's members that of the latest start.
func (tm *team) due(all []ref, x ref) int64 {
	p := &tm.settings.Policy
	start := func(x ref) int64 {
		switch received, _ := domain.Received(x.e, x.r); {
		case p.InterviewClock == domain.ClockNotified:
			return since(x.e, received)
		case p.InterviewClock == domain.ClockFound && x.e.FoundAt != 0:
			return since(x.e, x.e.FoundAt)
		}
		return since(x.e, x.e.ReturnedAt)
	}
	latest := start(x)
	if x.r.Cluster != 0 {
		latest = 0
		c, err := tm.Cluster(x.r.Cluster)
		for _, m := range must(tm, c, err).Members {
			for _, y := range all {
				if y.r.ID == m.Referral {
					latest = max(latest, start(y))
				}
			}
		}
	}
	if latest == 0 {
		return 0 // found, and not back
	}
	return latest + int64(p.InterviewWithin.Hours)*3600
}

// reviewFault holds a review and its weeks against all records read one by one.
func (tm *team) reviewFault() string {
	tm.as("sam")
	now := tm.now.Unix()
	all := tm.everyRef()
	v := tm.review()

	// Overdue: each interview once, each referral once, the latest first.
	want := map[domain.ID]int64{}
	interviews := map[domain.ID]bool{}
	for _, x := range all {
		stage := x.r.StageOn(domain.DateOf(tm.now))
		if due := tm.due(all, x); stage.Open() && x.r.HeldAt == 0 && due != 0 && now > due {
			want[x.r.ID] = now - due
			if x.r.Cluster != 0 {
				interviews[x.r.Cluster] = true
			} else {
				interviews[x.r.ID] = true
			}
		}
	}
	rows, last := 0, time.Duration(1<<62)
	for _, o := range v.Overdue {
		if o.Late > last {
			return "a later one stands behind an earlier one"
		}
		last = o.Late
		for _, r := range o.Rows {
			rows++
			if late, ok := want[r.Referral.ID]; !ok || late != int64(o.Late/time.Second) {
				return fmt.Sprintf("%s is said to be %v late, should be %ds (%v)", r.Referral.ID, o.Late, late, ok)
			}
		}
	}
	if rows != len(want) || len(v.Overdue) != len(interviews) {
		return fmt.Sprintf("%d referrals and %d interviews overdue, should be %d and %d", rows, len(v.Overdue), len(want), len(interviews))
	}
	if f := tm.soonFault(v, all); f != "" {
		return f
	}
	if f := tm.loadFault(v, all); f != "" {
		return f
	}
	for _, monday := range view.Weeks(tm.now) {
		if f := tm.weekFault(all, monday); f != "" {
			return fmt.Sprintf("week of %s: %s", monday, f)
		}
	}
	return ""
}

// soonFault holds the interviews and contacts that will be over within a day against the records: each referral once, and what
// is booked as its own booking has it.
func (tm *team) soonFault(v *view.Review, all []ref) string {
	now := tm.now.Unix()
	within := func(due int64) bool { return due >= now && due <= now+24*3600 }
	want := map[string]int{}
	for _, x := range all {
		stage := x.r.StageOn(domain.DateOf(tm.now))
		if !stage.BeforeInterview() {
			continue
		}
		if within(tm.due(all, x)) {
			want["interview"]++
			for _, b := range x.r.Bookings {
				if b.Outcome == "" && b.When.Unix() >= now && b.When.Unix() <= tm.due(all, x) {
					want["in time"]++
				}
			}
		}
		received, _ := domain.Received(x.e, x.r)
		reached := false
		for _, a := range x.r.Attempts {
			met := slices.Contains([]string{"spoke", "agreed", "declined", "asked_for_later", "unsuitable_time"}, a.Result) && a.With != "professional"
			reached = reached || met && a.StruckWhy == ""
		}
		if !reached && within(since(x.e, received)+int64(tm.settings.Policy.ContactWithin.Hours)*3600) {
			want["contact"]++
		}
	}
	got := map[string]int{}
	for i := range v.Soon {
		b := &v.Soon[i]
		if i > 0 && b.Clock.Due.Unix() < v.Soon[i-1].Clock.Due.Unix() {
			return "one that is due sooner stands behind one that is due later"
		}
		if name := b.Clock.Name; name == "interview" || name == "contact" {
			got[name] += len(b.Rows)
		}
		if b.Booked == view.BookedInTime {
			got["in time"] += len(b.Rows)
		}
	}
	for _, what := range []string{"interview", "contact", "in time"} {
		if got[what] != want[what] {
			return fmt.Sprintf("%s: %d soon over, should be %d", what, got[what], want[what])
		}
	}
	return ""
}

func (tm *team) loadFault(v *view.Review, all []ref) string {
	open := map[string]int{}
	for _, x := range all {
		if x.r.StageOn(domain.DateOf(tm.now)).Open() {
			open[x.r.AssignedTo]++
		}
	}
	for _, l := range v.People {
		if len(l.Open) != open[l.Login] {
			return fmt.Sprintf("%q has %d open, should have %d", l.Login, len(l.Open), open[l.Login])
		}
		delete(open, l.Login)
	}
	if len(open) > 0 {
		return fmt.Sprintf("nobody speaks of %v", open)
	}
	return ""
}

// weekFault counts a week by hand: the clock from the return, and the one of the policy, which is one for a cluster.
func (tm *team) weekFault(all []ref, monday domain.Date) string {
	w := tm.week(monday)
	for m, due := range map[int]func(ref) int64{
		1: func(x ref) int64 { return since(x.e, x.e.ReturnedAt) + 72*3600 },
		2: func(x ref) int64 { return tm.due(all, x) },
	} {
		want, of := tm.weekByHand(all, monday, due)
		for _, p := range w.Measures[m].Parts() {
			if p.Name != "no referral (history)" && len(p.Episodes) != want[p.Name] {
				return fmt.Sprintf("%s, %s: %d, should be %d", w.Measures[m].Name, p.Name, len(p.Episodes), want[p.Name])
			}
		}
		if w.Measures[m].Of() != of {
			return fmt.Sprintf("%s: of %d, should be of %d", w.Measures[m].Name, w.Measures[m].Of(), of)
		}
	}
	for m := range w.Measures {
		sum := 0
		for _, p := range w.Measures[m].Parts() {
			sum += len(p.Episodes)
		}
		if sum != len(w.Episodes) {
			return fmt.Sprintf("%s has %d in its parts of %d episodes", w.Measures[m].Name, sum, len(w.Episodes))
		}
	}
	return ""
}

// weekByHand counts the referrals of the episodes that ended in a week by what became of a clock.
func (tm *team) weekByHand(all []ref, monday domain.Date, due func(ref) int64) (parts map[string]int, of int) {
	parts = map[string]int{}
	for _, x := range all {
		day := domain.DateOf(x.e.ReturnedAt.Time())
		if x.e.ReturnedAt == 0 || x.e.DuplicateOf != 0 || x.e.Referral != x.r.ID || day < monday || day > monday.Days(6) {
			continue
		}
		part := "missed"
		switch stage := x.r.StageOn(domain.DateOf(tm.now)); {
		case x.r.Stage == domain.StageWithdrawn:
			part = "withdrawn"
		case x.r.HeldAt != 0 && x.r.HeldAt.Unix() <= due(x):
			part = "in time"
		case x.r.HeldAt != 0:
			part = "met late"
		case slices.Contains([]domain.Stage{domain.StageNotRequired, domain.StageDeclined, domain.StageUnable}, stage):
			part = stage.Words()
		case tm.now.Unix() <= due(x):
			part = "still running"
		}
		parts[part]++
		if part != "withdrawn" {
			of++
		}
	}
	return parts, of
}

func TestTheReviewIsTheRecordsCounted(t *testing.T) {
	t.Parallel()
	n := 120
	if testing.Short() {
		n = 30
	}
	late, held := 0, 0
	for seed := range uint64(n) {
		pl, fault := written(t, 7000+seed, 60)
		if fault != "" {
			t.Fatalf("seed %d: %s", seed, fault)
		}
		for _, hours := range []int{0, 30, 100} {
			pl.tm.now = pl.tm.now.Add(time.Duration(hours) * time.Hour)
			if f := pl.tm.reviewFault(); f != "" {
				t.Fatalf("seed %d, %d h on: %s\n%s", seed, hours, f, pl.replay())
			}
			late += len(pl.tm.review().Overdue)
		}
		held += pl.done["hold"]
	}
	if late < n || held < n/4 {
		t.Errorf("%d late and %d held in %d plays: they try too little", late, held, n)
	}
}
