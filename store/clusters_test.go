package store

import (
	"bytes"
	"cmp"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"homeward/domain"
)

// returns are n episodes of a child, one a day, all over.
func returns(t testing.TB, d *Desk, child string, n int) {
	t.Helper()
	for i := 1; i <= n; i++ {
		at := noon().AddDate(0, 0, i-n-2)
		did(t, d, `{"act":"referral.new","police_ref":"%s-%d","child_ref":"%s","given_name":"Ana","family_name":"%s","dob":"2011-03-02","risk":"low",`+
			`"missing_at":"%s","returned_at":"%s","notified_at":"%[6]s"}`, child, i, child, child, at.Format(time.RFC3339), at.Add(8*time.Hour).Format(time.RFC3339))
	}
}

// Suggestions follow the policy: one for more episodes, or none at all, and where the database is shared with readers of
// another policy these see theirs.
func TestSuggestionsFollowThePolicy(t *testing.T) {
	s := fresh(t)
	returns(t, s.Desk(dee()), "LCS1", 3)
	returns(t, s.Desk(dee()), "LCS2", 4)
	_ = s.Close()
	for _, p := range []struct {
		name string
		set  func(*domain.Policy)
		want int
	}{
		{"as it was", func(*domain.Policy) {}, 2},
		{"four", func(p *domain.Policy) { p.ClusterMin = 4 }, 1},
		{"two days", func(p *domain.Policy) { p.ClusterWindow = 2 }, 0},
		{"none", func(p *domain.Policy) { p.Clusters = false }, 0},
		{"as it was, again", func(*domain.Policy) {}, 2},
	} {
		o := testOptions()
		p.set(&o.Settings.Policy)
		for _, mode := range []Mode{Read, Write, Read} {
			o.Mode = mode
			s := opens(t, s.path, o)
			if err := s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
				ids, err := r.SuggestedChildren()
				if len(ids) != p.want {
					t.Errorf("%s, mode %d: suggested for %v, should be %d", p.name, mode, ids, p.want)
				}
				return err
			}); err != nil {
				t.Error(err)
			}
			clean(t, s)
		}
		if r, err := Check(ctx, s.path, CheckOptions{}); err != nil || len(r.Findings) > 0 {
			t.Errorf("%s, checked without a policy: %v %v", p.name, r.Findings, err)
		}
	}
}

// Each way in which records can disagree about clusters, joins and duplicates is found.
func TestCheckFindsReferenceFaults(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	returns(t, d, "LCS1", 4)
	returns(t, d, "LCS2", 3)
	returns(t, d, "LCS3", 1)
	did(t, d, `{"act":"cluster.accept","child_ref":"LCS1","episodes":["LCS1-1","LCS1-2","LCS1-3"],"reason":"the last is apart"}`)
	did(t, d, `{"act":"child.join","keep":"LCS2","other":"LCS3","reason":"the same"}`)
	if f := checkOpen(t, s); len(f) > 0 {
		t.Fatal(f)
	}
	_ = s.Close()
	good, head := read(t, s.path), read(t, s.path+".head")
	for name, spoil := range map[string]func(r domain.Reader) (domain.Record, error){
		"a cluster that is missing":   onReferral(1, func(r *domain.Referral) { r.Cluster = domain.NewID(domain.KindCluster, 9) }),
		"a member that is not":        onReferral(4, func(r *domain.Referral) { r.Cluster = domain.NewID(domain.KindCluster, 1) }),
		"a member that does not know": onReferral(1, func(r *domain.Referral) { r.Cluster = 0 }),
		"a member of another child": onCluster(func(c *domain.Cluster) {
			c.Members[0] = domain.ClusterMember{Episode: anEpisode(5), Referral: aReferral(5)}
		}),
		"a member without an episode":  onCluster(func(c *domain.Cluster) { c.Members[0].Episode = anEpisode(99) }),
		"in a cluster broken up":       onCluster(func(c *domain.Cluster) { c.BrokenUp = &domain.BrokenUp{} }),
		"joined to nobody":             onChild(1, func(c *domain.Child) { c.JoinedTo = domain.NewID(domain.KindChild, 9) }),
		"joined to one that is silent": onChild(2, func(c *domain.Child) { c.Joined = nil }),
		"joined by one that is silent": onChild(1, func(c *domain.Child) { c.Joined = []domain.ID{domain.NewID(domain.KindChild, 2)} }),
		"an episode of a joined child": onEpisode(5, func(e *domain.Episode) { e.Child = domain.NewID(domain.KindChild, 3) }),
		"a duplicate of nothing":       onEpisode(5, func(e *domain.Episode) { e.DuplicateOf = anEpisode(99) }),
		"a duplicate of another's":     onEpisode(5, func(e *domain.Episode) { e.DuplicateOf = anEpisode(1) }),
	} {
		path := filepath.Join(t.TempDir(), "hw.db")
		writeFiles(t, path, good, head)
		s := opens(t, path, testOptions())
		anyDecision(s)
		got, err := s.Desk(dee()).Do(ctx, true, domain.Envelope{Act: putAct{put: func(w domain.World) (*domain.Outcome, error) {
			r, err := spoil(w)
			return &domain.Outcome{Put: []domain.Record{r}, Summary: "spoilt"}, err
		}}})
		if err != nil || got[0].Refused != nil {
			// A referral without its cluster has no due time that could be put: it never gets in.
			if name != "a cluster that is missing" && name != "a member without an episode" {
				t.Errorf("%s: %v %v", name, got, err)
			}
			continue
		}
		found := checkOpen(t, s)
		if !slices.ContainsFunc(found, func(f Finding) bool { return f.Kind == "reference" }) {
			t.Errorf("%s was not found: %v", name, found)
		}
	}
}

// What is kept of a child's suggestions is what the rule says of its candidates, though most are left aside by a look at
// their times alone.
func TestSuggestedAsTheRuleSays(t *testing.T) {
	done := map[string]int{}
	checkUntilDone(t, done, []string{"suggested"}, func(rt *rapid.T) {
		p := settings().Policy
		p.ClusterMin = rapid.IntRange(2, 4).Draw(rt, "min")
		p.ClusterWindow = rapid.SampledFrom([]int{1, 3, 14}).Draw(rt, "window")
		var g candidateGroup
		g.begin(domain.NewID(domain.KindChild, 1))
		var list []domain.Candidate
		at := noon().Add(-time.Duration(rapid.IntRange(0, 3000).Draw(rt, "from")) * time.Hour) // over the change of the clocks
		for i := range rapid.IntRange(0, 7).Draw(rt, "candidates") {
			at = at.Add(time.Duration(rapid.IntRange(0, 12*p.ClusterWindow).Draw(rt, "later")) * time.Hour)
			k := domain.Candidate{Episode: anEpisode(uint64(i + 1)), Referral: aReferral(uint64(i + 1)), Start: domain.At(at),
				Return: domain.At(at.Add(time.Duration(rapid.IntRange(1, 300).Draw(rt, "away")) * time.Hour))}
			switch rapid.IntRange(0, 9).Draw(rt, "return") {
			case 0, 1:
				k.Return = domain.OnDate(k.Start.Date())
			case 2: // no row is let in that says so
				k.Return = domain.At(at.Add(-time.Duration(rapid.IntRange(1, 3000).Draw(rt, "before")) * time.Hour))
			}
			if rapid.IntRange(0, 9).Draw(rt, "not now") == 0 {
				k.From = domain.DateOf(noon())
			}
			list = append(list, k)
		}
		slices.SortStableFunc(list, func(a, b domain.Candidate) int { return cmp.Compare(a.Start.Unix(), b.Start.Unix()) })
		for _, k := range list {
			g.add(spanKey(g.child, k.Start, k.Episode), candidateValue(k))
		}
		got, err := g.suggested(&p)
		if err != nil {
			rt.Fatal(err)
		}
		now := domain.OutstandingOn(list, 0)
		var want [][]domain.ID
		for _, c := range domain.SuggestClusters(&p, now) {
			var set []domain.ID
			for _, k := range now[c[0]:c[1]] {
				set = append(set, k.Episode)
			}
			want = append(want, set)
			done["suggested"]++
		}
		if !bytes.Equal(got, suggestedValue(want)) {
			rt.Fatalf("%x, should be %v", got, want)
		}
	})
}

// What is read ahead of a search is all of the index.
func TestReadAheadFindsTheLeaves(t *testing.T) {
	s := fresh(t)
	for _, n := range []int{0, 1, 4000} {
		if err := s.write(ctx, func(x *txn) error {
			for i := range n {
				k := domain.Candidate{Episode: anEpisode(uint64(i)), Start: domain.At(noon()), Return: domain.At(noon())}
				x.putEntry(ixCandidates, spanKey(domain.NewID(domain.KindChild, uint64(i)), k.Start, k.Episode), candidateValue(k))
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if err := s.view(ctx, func(x *txn) error {
			x.readAhead(ixCandidates)
			if got, want := len(x.leafPages(ixCandidates)), x.bucket(ixCandidates).Stats().LeafPageN; got != want {
				t.Errorf("%d entries: %d leaf pages, there are %d", n, got, want)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// A cluster that is gone from the file is damage: a finding, and an error where a due time hangs on it.
func TestClusterGone(t *testing.T) {
	s := fresh(t)
	returns(t, s.Desk(dee()), "LCS1", 3)
	did(t, s.Desk(dee()), `{"act":"cluster.accept","child_ref":"LCS1","episodes":["LCS1-1","LCS1-2","LCS1-3"]}`)
	_ = s.Close()
	tampered(t, s.path, func(tx *bolt.Tx) error {
		return tx.Bucket([]byte(inClusters.name())).Delete(idKey(domain.NewID(domain.KindCluster, 1)))
	})
	if r, err := Check(ctx, s.path, CheckOptions{Settings: settings()}); err != nil || len(r.Findings) == 0 {
		t.Errorf("check: %v %v", r.Findings, err)
	}
	o := testOptions()
	o.Mode, o.Settings.Policy.InterviewClock = Read, domain.ClockNotified
	if err := opens(t, s.path, o).Desk(dee()).Ask(ctx, func(r domain.Reader) error {
		_, err := r.OpenReferrals()
		return err
	}); !errors.Is(err, ErrDamaged) {
		t.Errorf("in order by another policy: %v", err)
	}
}

func anEpisode(n uint64) domain.ID { return domain.NewID(domain.KindEpisode, n) }
func aReferral(n uint64) domain.ID { return domain.NewID(domain.KindReferral, n) }

func onReferral(n uint64, f func(*domain.Referral)) func(domain.Reader) (domain.Record, error) {
	return func(r domain.Reader) (domain.Record, error) {
		v, err := r.Referral(aReferral(n))
		f(v)
		return v, err
	}
}

func onEpisode(n uint64, f func(*domain.Episode)) func(domain.Reader) (domain.Record, error) {
	return func(r domain.Reader) (domain.Record, error) {
		v, err := r.Episode(anEpisode(n))
		f(v)
		return v, err
	}
}

func onChild(n uint64, f func(*domain.Child)) func(domain.Reader) (domain.Record, error) {
	return func(r domain.Reader) (domain.Record, error) {
		v, err := r.Child(domain.NewID(domain.KindChild, n))
		f(v)
		return v, err
	}
}

func onCluster(f func(*domain.Cluster)) func(domain.Reader) (domain.Record, error) {
	return func(r domain.Reader) (domain.Record, error) {
		v, err := r.Cluster(domain.NewID(domain.KindCluster, 1))
		f(v)
		return v, err
	}
}
