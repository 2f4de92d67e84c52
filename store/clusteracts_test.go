package store

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"homeward/domain"
)

// TestIndexesFollowActs takes random decisions about few children with many episodes, several in a transaction, and after
// each transaction demands that a check, which builds every index again, finds nothing.
func TestIndexesFollowActs(t *testing.T) {
	dir := t.TempDir()
	run, done := 0, map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		run++
		d := &deciding{rt: rt, now: noon(), done: done, team: []domain.Actor{dee(), dee(), dee(), sam()}, bare: true}
		o := testOptions()
		o.Clock = func() time.Time { return d.now }
		s, err := Open(filepath.Join(dir, fmt.Sprintf("%d.db", run)), o)
		if err != nil {
			rt.Fatal(err)
		}
		defer s.Close()
		anyDecision(s)
		d.s = s
		for n := 1; n <= 6; n++ {
			d.take(1, func() string { return d.episode(1 + n%4/3) })
		}
		for range rapid.IntRange(5, 20).Draw(rt, "transactions") {
			d.now = d.now.Add(time.Duration(rapid.IntRange(1, 30).Draw(rt, "hours")) * time.Hour)
			d.take(rapid.IntRange(1, 3).Draw(rt, "acts"), d.any)
			if f := checkOpen(rt, s); len(f) > 0 {
				rt.Fatalf("check: %v", f)
			}
		}
	})
	t.Logf("done: %v", done)
	if testing.Short() {
		return // too few runs for all of them
	}
	for _, name := range []string{"cluster.accept", "cluster.add", "cluster.leave_out", "cluster.break_up", "cluster.dismiss", "undo",
		"child.join", "episode.edit", "episode.duplicate", "referral.close", "held", "test.put"} {
		if done[name] == 0 {
			t.Errorf("%s was never done", name)
		}
	}
}

// checkOpen checks a database that is open, by the settings in force.
func checkOpen(t interface{ Fatal(...any) }, s *Store) []Finding {
	c := &checker{path: s.path, o: CheckOptions{Settings: s.Settings(), NoHead: true}, found: findings{max: 5}, report: CheckReport{Records: map[string]int{}}}
	if err := s.db.View(func(tx *bolt.Tx) error { return c.contents(ctx, tx) }); err != nil {
		t.Fatal(err)
	}
	if !c.policy {
		t.Fatal("the indexes that depend on the policy were not checked")
	}
	return c.found.list
}

// deciding draws decisions that could be taken as things are.
type deciding struct {
	rt       *rapid.T
	s        *Store
	now      time.Time
	episodes int
	done     map[string]int
	team     []domain.Actor
	by       domain.Actor // who the acts drawn are for, when not anybody
	bare     bool         // a cluster may be held without a record, as before there were any
}

func (d *deciding) take(n int, next func() string) {
	var acts []domain.Envelope
	d.by = domain.Actor{}
	for range n {
		if line := next(); line != "" {
			e, err := domain.ParseAct([]byte(line))
			if err != nil {
				d.rt.Fatalf("%s: %v", line, err)
			}
			acts = append(acts, e)
		}
		if rapid.IntRange(0, 3).Draw(d.rt, "look") == 0 {
			acts = append(acts, domain.Envelope{Act: putAct{put: d.looksRight}})
		}
		if d.bare && rapid.IntRange(0, 29).Draw(d.rt, "hold") == 0 {
			acts = append(acts, domain.Envelope{Act: putAct{put: d.held}})
		}
	}
	who := rapid.SampledFrom(d.team).Draw(d.rt, "who")
	if d.by.Login != "" {
		who = d.by
	}
	got, err := d.s.Desk(who).Do(ctx, false, acts...)
	if err != nil {
		d.rt.Fatal(err)
	}
	for _, a := range got {
		if a.Refused == nil {
			d.done[a.Act]++
		}
	}
}

// looksRight compares the suggestions a decision sees, with changes of its transaction still on their way, with those that
// follow from the records.
func (d *deciding) looksRight(w domain.World) (*domain.Outcome, error) {
	got, err := w.SuggestedChildren()
	if err != nil {
		return nil, err
	}
	var want []domain.ID
	for i := uint64(1); i <= uint64(d.episodes); i++ {
		id := domain.NewID(domain.KindChild, i)
		episodes, err := w.EpisodesOf(id)
		if err != nil {
			return nil, err
		}
		var list []domain.Candidate
		for _, e := range episodes {
			r, err := w.Referral(e.Referral)
			if err != nil {
				return nil, err
			}
			if k, ok := domain.CandidateOf(e, r); ok {
				list = append(list, k)
			}
		}
		if len(domain.SuggestClusters(&w.Settings().Policy, domain.OutstandingOn(list, 0))) > 0 {
			want = append(want, id)
		}
	}
	if !slices.Equal(got, want) {
		return nil, fmt.Errorf("suggested are %v, should be %v", got, want)
	}
	return &domain.Outcome{Summary: "looked"}, nil
}

// held stands for the one interview of a cluster.
func (d *deciding) held(w domain.World) (*domain.Outcome, error) {
	ids, err := w.StandingClusters(false)
	if err != nil || len(ids) == 0 {
		return &domain.Outcome{}, err
	}
	cl, err := w.Cluster(ids[0])
	if err != nil {
		return nil, err
	}
	cl.HeldAt = domain.At(w.Now())
	out := &domain.Outcome{Summary: "held", Put: []domain.Record{cl}}
	for _, m := range cl.Members {
		r, err := w.Referral(m.Referral)
		if err != nil {
			return nil, err
		}
		r.HeldAt, r.Stage = cl.HeldAt, domain.StageToWriteUp
		out.Put = append(out.Put, r)
	}
	d.done["held"]++
	return out, nil
}

func (d *deciding) number(n int, what string) int {
	return rapid.IntRange(1, max(n, 1)).Draw(d.rt, what)
}

func (d *deciding) time(hoursAgo int) string {
	return d.now.Add(-time.Duration(hoursAgo) * time.Hour).Format(time.RFC3339)
}

// episode is a new one of one of three children.
func (d *deciding) episode(child int) string {
	d.episodes++
	m := map[string]any{"act": "referral.new", "police_ref": fmt.Sprintf("P-%d", d.episodes), "child_ref": fmt.Sprintf("LCS%d", child),
		"given_name": "Ana", "family_name": fmt.Sprintf("Hall%c", 'a'+child), "dob": "2011-03-02", "risk": rapid.SampledFrom([]string{"low", "high"}).Draw(d.rt, "risk")}
	back := rapid.IntRange(1, 200).Draw(d.rt, "back")
	m["missing_at"] = d.time(back + rapid.IntRange(1, 60).Draw(d.rt, "away"))
	if rapid.IntRange(0, 5).Draw(d.rt, "still missing") > 0 {
		m["returned_at"], m["notified_at"] = d.time(back), d.time(back-1)
	}
	b, _ := json.Marshal(m)
	return string(b)
}

func (d *deciding) any() string {
	r := func() string { return fmt.Sprintf("R%d", d.number(d.episodes, "referral")) }
	e := func() string { return fmt.Sprintf("P-%d", d.number(d.episodes, "episode")) }
	child := func() int { return rapid.IntRange(1, 3).Draw(d.rt, "child") }
	switch rapid.IntRange(0, 24).Draw(d.rt, "act") {
	case 0, 1, 2:
		return d.episode(child())
	case 3, 4, 5, 6:
		return d.onSuggestion("cluster.accept")
	case 7:
		return d.onSuggestion("cluster.dismiss")
	case 8, 9, 10:
		return d.onCluster("cluster.add", func(row view.ClusterRow) (refs []string) {
			for _, k := range row.Additions {
				refs = append(refs, k.PoliceRef)
			}
			return refs
		})
	case 11, 12:
		return d.onCluster("cluster.leave_out", func(row view.ClusterRow) (refs []string) {
			for _, m := range row.Members {
				refs = append(refs, m.Episode.PoliceRef)
			}
			return refs
		})
	case 13:
		return d.onCluster("cluster.break_up", func(view.ClusterRow) []string { return []string{""} })
	case 14, 15:
		col := rapid.SampledFrom([]string{"missing_at", "returned_at", "notified_at"}).Draw(d.rt, "column")
		return fmt.Sprintf(`{"act":"episode.edit","episode":"%s","%s":"%s"}`, e(), col, d.time(rapid.IntRange(1, 600).Draw(d.rt, "ago")))
	case 16:
		return fmt.Sprintf(`{"act":"referral.accept","referral":"%s","responsible":"team"}`, r())
	case 17:
		return fmt.Sprintf(`{"act":"contact.log","referral":"%s","way":"call","with":"child","result":"spoke"}`, r())
	case 18:
		return fmt.Sprintf(`{"act":"referral.not_required","referral":"%s","reason":"hospital","text":"ill","look_again_on":"%s","safe_with":"ward"}`,
			r(), d.now.AddDate(0, 0, 3).Format(time.DateOnly))
	case 19:
		return fmt.Sprintf(`{"act":"referral.sign_off","referral":"%s","approve":true}`, r())
	case 20:
		return fmt.Sprintf(`{"act":"referral.close","referral":"%s","as":"withdrawn","text":"not ours"}`, r())
	case 21:
		return fmt.Sprintf(`{"act":"referral.reopen","referral":"%s","reason":"rang"}`, r())
	case 22:
		return fmt.Sprintf(`{"act":"child.join","keep":"LCS%d","other":"LCS%d","reason":"the same"}`, child(), child())
	case 23:
		return fmt.Sprintf(`{"act":"episode.duplicate","episode":"%s","of":"%s","reason":"the same"}`, e(), e())
	}
	return `{"act":"undo"}`
}

// onCluster takes a decision on an accepted cluster and one of the episodes that are given for it.
func (d *deciding) onCluster(name string, episodes func(view.ClusterRow) []string) string {
	var all []string
	_ = d.s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
		rows, err := view.ReadClusters(r)
		for _, row := range rows {
			if row.State != view.ClusterAccepted {
				continue
			}
			for _, ref := range episodes(row) {
				m := map[string]any{"act": name, "cluster": row.ID().String(), "reason": "for a reason"}
				if ref != "" {
					m["episode"] = ref
				}
				b, _ := json.Marshal(m)
				all = append(all, string(b))
			}
		}
		return err
	})
	if len(all) == 0 {
		return ""
	}
	return rapid.SampledFrom(all).Draw(d.rt, "cluster")
}

// onSuggestion takes a decision on a suggestion there is; with one member left out, sometimes.
func (d *deciding) onSuggestion(name string) (line string) {
	var all []map[string]any
	_ = d.s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
		children, err := r.SuggestedChildren()
		for _, id := range children {
			c, err := r.Child(id)
			if err != nil {
				return err
			}
			list, err := domain.SuggestionsFor(r, c)
			if err != nil {
				return err
			}
			for _, s := range list {
				var refs []string
				for _, k := range s.Members {
					refs = append(refs, k.PoliceRef)
				}
				all = append(all, map[string]any{"act": name, "child_ref": c.ShownRef(), "reason": "together", "episodes": refs})
			}
		}
		return err
	})
	if len(all) == 0 {
		return ""
	}
	m := rapid.SampledFrom(all).Draw(d.rt, "suggestion")
	if refs := m["episodes"].([]string); len(refs) > 3 && rapid.Bool().Draw(d.rt, "leave out") {
		i := rapid.IntRange(0, len(refs)-1).Draw(d.rt, "who")
		m["episodes"] = slices.Delete(refs, i, i+1)
	}
	b, _ := json.Marshal(m)
	return string(b)
}
