package domain_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store"
)

// kept acts a play in a real database beside the team in memory, and holds the one against the other. Numbers differ where a
// refused act took one, so that each is known by the record it was given to.
type kept struct {
	testing.TB
	pl    *play
	s     *store.Store
	now   time.Time
	ids   map[string]string // a number in memory to the one in the database
	known map[domain.ID]bool
	named []move // that were done with an id
}

var anyID = regexp.MustCompile(`\b(CL|[CERFAXINB])[1-9][0-9]*\b`)

// there puts the database's numbers into a text of the team in memory.
func (k *kept) there(text string) string {
	return anyID.ReplaceAllStringFunc(text, func(id string) string {
		if v := k.ids[id]; v != "" {
			return v
		}
		return id + "(unknown)"
	})
}

// apply takes a move in both and says where they part.
func (k *kept) apply(m move) string {
	before := len(k.pl.tm.Changes())
	line := k.there(m.line)
	line = strings.ReplaceAll(line, "(unknown)", "0000") // a record that is in neither
	if f := k.pl.apply(m); f != "" {
		return f
	}
	k.now = m.at
	u, _ := k.pl.tm.settings.User(m.who)
	desk := k.s.Desk(domain.Actor{Login: u.Login, Name: u.Name, Role: u.Role, OSUser: u.Login})
	e, err := domain.ParseAct([]byte(line))
	if err != nil {
		return ""
	}
	got, err := desk.Do(context.Background(), true, e)
	if err != nil || len(got) != 1 {
		return fmt.Sprintf("the database: %d answers, %v", len(got), err)
	}
	changes := k.pl.tm.Changes()
	if done := len(changes) > before; done != (got[0].Refused == nil) {
		return fmt.Sprintf("done in memory: %v, in the database refused: %v", done, got[0].Refused)
	} else if !done {
		return ""
	}
	return k.pair(changes[len(changes)-1], got[0])
}

// pair notes which new number in memory is which in the database.
func (k *kept) pair(ch *domain.Change, a domain.Answer) string {
	var mine, theirs []domain.ID
	for _, t := range ch.Touched {
		if t.Before == nil && t.After != nil && k.ids[t.ID.String()] == "" { // a redo gives back what had a number
			mine = append(mine, t.ID)
		}
		if ch.Act == "contact.log" {
			var tried []domain.Attempt
			switch r := t.After.(type) {
			case *domain.Referral:
				tried = r.Attempts
			case *domain.FollowUp:
				tried = r.Attempts
			}
			if id := tried[len(tried)-1].ID; !slices.Contains(mine, id) {
				mine = append(mine, id)
			}
		}
	}
	for _, id := range append(a.IDs, a.Change) {
		if !k.known[id] {
			theirs, k.known[id] = append(theirs, id), true
		}
	}
	mine = append(mine, ch.ID)
	slices.Sort(mine)
	slices.Sort(theirs)
	if len(mine) != len(theirs) {
		return fmt.Sprintf("made %v in memory, the database answers %v (new of them %v)", mine, a.IDs, theirs)
	}
	for i, id := range mine {
		if id.Kind() != theirs[i].Kind() {
			return fmt.Sprintf("made %v in memory, %v in the database", mine, theirs)
		}
		k.ids[id.String()] = theirs[i].String()
	}
	return ""
}

// compare holds every record, the clusters, the queue and the alerts of both against each other.
func (k *kept) compare() string {
	mine := k.there(k.told(k.pl.tm))
	var theirs string
	err := k.s.Desk(k.pl.tm.who).Ask(context.Background(), func(r domain.Reader) error { theirs = k.told(r); return nil })
	if err != nil {
		return err.Error()
	}
	return differ(mine, theirs)
}

// differ says in which line two texts part, whatever the order of their lines.
func differ(mine, theirs string) string {
	a, b := strings.Split(mine, "\n"), strings.Split(theirs, "\n")
	slices.Sort(a)
	slices.Sort(b)
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("in memory\n    %s\n  in the database\n    %s", a[i], b[i])
		}
	}
	if len(a) != len(b) {
		return fmt.Sprintf("%d lines in memory, %d in the database", len(a), len(b))
	}
	return ""
}

// told is everything there is, a line each.
func (k *kept) told(r domain.Reader) string {
	var b strings.Builder
	fail := func(err error) {
		if err != nil {
			fmt.Fprintln(&b, err)
		}
	}
	rows, err := view.ReadClusters(r)
	fail(err)
	for _, row := range rows {
		fmt.Fprintln(&b, "cluster", k.pl.shown(row), row.Version(), row.Explain, row.Review, row.Warnings)
	}
	q, err := view.ReadQueue(r)
	fail(err)
	for _, row := range q.Rows {
		fmt.Fprintln(&b, "queue", row.Referral.ID, row.Stage, row.InterviewDue, row.NextDue, row.Suggested, row.Flags, row.Overdue)
	}
	for _, row := range q.Missing {
		fmt.Fprintln(&b, "missing", row.Episode.ID)
	}
	alerts, err := view.ReadAlerts(r)
	fail(err)
	for _, row := range alerts {
		fmt.Fprintln(&b, "alert", row.Rule.Name, row.Child.ID, row.Refs)
	}
	for _, ref := range []string{"K1", "K2", "K3"} {
		child, err := domain.ChildNamed(r, ref)
		fail(err)
		if child == nil {
			continue
		}
		for _, rec := range k.records(r, child.ID, fail) {
			j, err := json.Marshal(rec)
			fail(err)
			fmt.Fprintf(&b, "%s finds %s %s\n", ref, rec.RecordID(), j)
		}
	}
	return b.String()
}

func (k *kept) records(r domain.Reader, child domain.ID, fail func(error)) (out []domain.Record) {
	c, err := r.Child(child)
	fail(err)
	out = append(out, c)
	episodes, err := r.EpisodesOf(child)
	fail(err)
	for _, e := range episodes {
		out = append(out, e)
		if e.Referral != 0 {
			ref, err := r.Referral(e.Referral)
			fail(err)
			out = append(out, ref)
		}
	}
	clusters, err := r.ClustersOf(child)
	fail(err)
	for _, cl := range clusters {
		out = append(out, cl)
	}
	fus, err := r.FollowUpsOf(child)
	fail(err)
	for _, f := range fus {
		out = append(out, f)
	}
	for _, id := range c.Joined {
		o, err := r.Child(id)
		fail(err)
		out = append(out, o)
	}
	return out
}

func TestADatabaseKeepsWhatTheTeamInMemoryDecides(t *testing.T) {
	t.Parallel()
	n := howMany(25, 3)
	for seed := *from; seed < *from+uint64(n); seed++ {
		r := rand.New(rand.NewPCG(seed, 21))
		k := &kept{TB: t, pl: newPlay(t, policyOf(t, r)), ids: map[string]string{}, known: map[domain.ID]bool{}}
		k.pl.tm.settings.Alerts = []domain.AlertRule{{Name: "three", Count: 3, Days: 30}, {Name: "day", MissingFor: domain.Hours(24)}, {Name: "harm", Count: 1, Days: 90, Flag: "harm"}}
		k.now = clock(t, begins[r.IntN(len(begins))])
		path := filepath.Join(t.TempDir(), "hw.db")
		s, err := store.Open(path, store.Options{Mode: store.Write, Settings: k.pl.tm.settings, Clock: func() time.Time { return k.now }, Frozen: true})
		if err != nil {
			t.Fatal(err)
		}
		k.s = s
		a := &author{Rand: r, pl: k.pl, now: k.now}
		for i := range 60 {
			m := a.next()
			if strings.HasPrefix(m.line, "hold ") {
				continue
			}
			f := k.apply(m)
			if f == "" && i%4 == 0 {
				f = k.compare()
			}
			if f != "" {
				t.Fatalf("seed %d: %s\n%s", seed, f, k.pl.replay())
			}
		}
		if f := k.compare(); f != "" {
			t.Fatalf("seed %d, at the end: %s\n%s", seed, f, k.pl.replay())
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if c, err := store.Check(context.Background(), path, store.CheckOptions{Settings: k.pl.tm.settings}); err != nil || len(c.Findings) > 0 {
			t.Fatalf("seed %d: check finds %v, %v\n%s", seed, c.Findings, err, k.pl.replay())
		}
	}
}
