package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"homeward/domain"
)

// putAct stands for any decision: the records as they shall be, whatever a rule would say of them.
type putAct struct {
	domain.Act // nil: nothing of it is ever called
	put        func(w domain.World) (*domain.Outcome, error)
}

func (putAct) Name() string                 { return "test.put" }
func (putAct) MarshalJSON() ([]byte, error) { return []byte(`{}`), nil }

// anyDecision lets a store take putActs.
func anyDecision(s *Store) {
	real := s.decide
	s.decide = func(w domain.World, e domain.Envelope) (*domain.Outcome, error) {
		if p, ok := e.Act.(putAct); ok {
			return p.put(w)
		}
		return real(w, e)
	}
}

// TestIndexesFollowRecords puts, changes and removes random records and demands that a check, which builds every index
// again, finds nothing; and that each list is what a look at all records gives.
func TestIndexesFollowRecords(t *testing.T) {
	dir := t.TempDir()
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		s, err := Open(filepath.Join(dir, fmt.Sprintf("%d.db", run)), testOptions())
		if err != nil {
			rt.Fatal(err)
		}
		defer s.Close()
		anyDecision(s)
		g := &maker{rt: rt}
		for range rapid.IntRange(1, 6).Draw(rt, "batches") {
			var acts []domain.Envelope
			for range rapid.IntRange(1, 8).Draw(rt, "acts") {
				acts = append(acts, domain.Envelope{Act: putAct{put: g.outcome}})
			}
			got, err := s.Desk(dee()).Do(ctx, false, acts...)
			if err != nil {
				rt.Fatal(err)
			}
			for _, a := range got {
				if a.Refused != nil {
					rt.Fatal(a.Refused)
				}
			}
		}
		if err := s.Desk(dee()).Ask(ctx, g.compare); err != nil {
			rt.Fatal(err)
		}
		_ = s.Close()
		r, err := Check(ctx, s.path, CheckOptions{Settings: s.Settings()})
		if err != nil {
			rt.Fatal(err)
		}
		for _, f := range r.Findings {
			if f.Kind != "reference" { // random records refer to what is not there
				rt.Errorf("%s", f)
			}
		}
	})
}

// maker makes random outcomes and remembers what there is.
type maker struct {
	rt *rapid.T
	is map[domain.ID]domain.Record
}

func (g *maker) outcome(w domain.World) (*domain.Outcome, error) {
	if g.is == nil {
		g.is = map[domain.ID]domain.Record{}
	}
	out := &domain.Outcome{Summary: "random"}
	for range rapid.IntRange(1, 4).Draw(g.rt, "records") {
		var known []domain.ID
		for id := range g.is {
			if !slices.ContainsFunc(out.Put, func(r domain.Record) bool { return r.RecordID() == id }) && !slices.Contains(out.Delete, id) {
				known = append(known, id)
			}
		}
		slices.Sort(known)
		what := rapid.IntRange(0, 9).Draw(g.rt, "what")
		switch {
		case what == 0 && len(known) > 0:
			id := rapid.SampledFrom(known).Draw(g.rt, "gone")
			out.Delete = append(out.Delete, id)
			delete(g.is, id)
		case what < 6 && len(known) > 0:
			id := rapid.SampledFrom(known).Draw(g.rt, "changed")
			g.add(out, g.record(id, g.is[id].RecordVersion()))
		default:
			k := rapid.SampledFrom([]domain.Kind{domain.KindChild, domain.KindEpisode, domain.KindReferral, domain.KindInterview, domain.KindFollowUp}).Draw(g.rt, "kind")
			id, err := w.NextID(k)
			if err != nil {
				return nil, err
			}
			g.add(out, g.record(id, 0))
		}
	}
	return out, nil
}

func (g *maker) add(out *domain.Outcome, r domain.Record) {
	out.Put = append(out.Put, r)
	g.is[r.RecordID()] = r.WithVersion(r.RecordVersion() + 1)
}

func (g *maker) word(label string) string {
	return rapid.SampledFrom([]string{"", "a", "Ana", "O'Neill", "\x00", "a\x00b", "x" + strings.Repeat("long", 80), "\xff"}).Draw(g.rt, label)
}

func (g *maker) some(k domain.Kind) domain.ID {
	n := rapid.Uint64Range(0, 4).Draw(g.rt, "some")
	if n == 0 {
		return 0
	}
	return domain.NewID(k, n)
}

func (g *maker) moment(label string) domain.Moment {
	return domain.Moment(rapid.SampledFrom([]int64{0, -8, 2, 3, 3_500_000_000, 3_500_000_001, 3_500_100_000}).Draw(g.rt, label))
}

func (g *maker) record(id domain.ID, version uint64) domain.Record {
	attempts := func() (out []domain.Attempt) {
		for range rapid.IntRange(0, 2).Draw(g.rt, "attempts") {
			out = append(out, domain.Attempt{ID: g.some(domain.KindAttempt), At: g.moment("at"), With: "child", Result: "spoke"})
		}
		return out
	}
	switch id.Kind() {
	case domain.KindChild:
		dob := domain.Date(rapid.SampledFrom([]int32{0, 20100304, 20100403, 20111231}).Draw(g.rt, "dob"))
		return &domain.Child{ID: id, Version: version, Ref: g.word("ref"), GivenName: g.word("given"), FamilyName: g.word("family"),
			DOB: dob, Placement: g.word("placement"), Card: domain.Card{Phones: []domain.Line{{Text: g.word("phone")}}}}
	case domain.KindEpisode:
		return &domain.Episode{ID: id, Version: version, Child: g.some(domain.KindChild), PoliceRef: g.word("police"),
			Referral: domain.NewID(domain.KindReferral, id.Number()), MissingAt: g.moment("missing"), ReturnedAt: g.moment("returned"),
			NotifiedAt: g.moment("notified"), DuplicateOf: g.some(domain.KindEpisode), History: rapid.Bool().Draw(g.rt, "history")}
	case domain.KindReferral:
		r := &domain.Referral{ID: id, Version: version, Child: g.some(domain.KindChild), Episode: domain.NewID(domain.KindEpisode, id.Number()),
			Stage: rapid.SampledFrom([]domain.Stage{domain.StageNew, domain.StageDone, domain.StageNotRequired}).Draw(g.rt, "stage"),
			Made:  g.moment("made"), HeldAt: g.moment("held"), Attempts: attempts()}
		if rapid.Bool().Draw(g.rt, "look again") {
			r.NotRequired = &domain.NotRequired{LookAgainOn: 20261201}
		}
		return r
	case domain.KindInterview:
		return &domain.Interview{ID: id, Version: version, Child: g.some(domain.KindChild), HeldAt: g.moment("held")}
	default: // nothing refers to other kinds
	}
	f := &domain.FollowUp{ID: id, Version: version, Child: g.some(domain.KindChild), Due: g.moment("due"), DoneAt: g.moment("done"), Attempts: attempts()}
	if rapid.Bool().Draw(g.rt, "dropped") {
		f.Dropped = &domain.Dropped{At: g.moment("dropped at")}
	}
	return f
}

// compare holds the lists of a reader against all records.
func (g *maker) compare(r domain.Reader) error {
	var missing, open, look, due []domain.ID
	var ended []*domain.FollowUp
	interviews := map[domain.ID][]domain.ID{}
	for id, rec := range g.is {
		var got domain.Record
		var err error
		switch rec := rec.(type) {
		case *domain.Child:
			got, err = r.Child(id)
			if rec.Ref != "" {
				if found, err := r.ChildByRef(rec.Ref); err != nil || g.is[found].(*domain.Child).Ref != rec.Ref {
					return fmt.Errorf("by reference %q: %v %v", rec.Ref, found, err)
				}
			}
		case *domain.Episode:
			got, err = r.Episode(id)
			if !rec.Over() {
				missing = append(missing, id)
			}
			if rec.PoliceRef != "" {
				if found, err := r.EpisodeByPoliceRef(rec.PoliceRef); err != nil || g.is[found].(*domain.Episode).PoliceRef != rec.PoliceRef {
					return fmt.Errorf("by police reference %q: %v %v", rec.PoliceRef, found, err)
				}
			}
		case *domain.Referral:
			got, err = r.Referral(id)
			if rec.Stage.Open() {
				open = append(open, id)
			}
			if rec.Stage == domain.StageNotRequired && rec.LookAgain() != 0 {
				look = append(look, id)
			}
		case *domain.FollowUp:
			got, err = r.FollowUp(id)
			if rec.Open() {
				due = append(due, id)
			} else {
				ended = append(ended, rec)
			}
		case *domain.Interview:
			got, err = r.Interview(id)
			if rec.Child != 0 {
				interviews[rec.Child] = append(interviews[rec.Child], id)
			}
		}
		if err != nil || !same(got, rec) {
			return fmt.Errorf("%s is %+v, should be %+v (%v)", id, got, rec, err)
		}
	}
	for child := domain.NewID(domain.KindChild, 1); child.Number() <= 4; child++ {
		list, err := r.InterviewsOf(child)
		var got []domain.ID
		for _, v := range list {
			got = append(got, v.ID)
		}
		want := interviews[child]
		slices.Sort(want)
		if err != nil || !slices.Equal(got, want) {
			return fmt.Errorf("interviews of %s: %v, should be %v (%v)", child, got, want, err)
		}
	}
	if err := endedSince(r, ended); err != nil {
		return err
	}
	for _, l := range []struct {
		name string
		list func() ([]domain.ID, error)
		want []domain.ID
	}{{"missing", r.OpenEpisodes, missing}, {"open", r.OpenReferrals, open}, {"look again", r.LookAgains, look}, {"due", r.OpenFollowUps, due}} {
		got, err := l.list()
		if err != nil {
			return err
		}
		slices.Sort(got)
		slices.Sort(l.want)
		if !slices.Equal(got, l.want) {
			return fmt.Errorf("%s: %v, should be %v", l.name, got, l.want)
		}
	}
	return nil
}

// same compares as kept: an empty list and none are one.
func same(a, b domain.Record) bool {
	x, err1 := modesEncode(a)
	y, err2 := modesEncode(b)
	return err1 == nil && err2 == nil && string(x) == string(y)
}

func TestDueFollowsThePolicy(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	// By the return the first is due first, by the notification the second.
	did(t, d, `{"act":"referral.new","police_ref":"P-1","given_name":"A","family_name":"B","dob":"2010-01-01",`+
		`"missing_at":"2026-11-18T20:00:00Z","returned_at":"2026-11-19T08:00:00Z","notified_at":"2026-11-22T08:00:00Z"}`)
	did(t, d, `{"act":"referral.new","police_ref":"P-2","given_name":"C","family_name":"D","dob":"2010-01-02",`+
		`"missing_at":"2026-11-19T20:00:00Z","returned_at":"2026-11-20T08:00:00Z","notified_at":"2026-11-20T09:00:00Z"}`)
	for _, ref := range []string{"R1", "R2"} { // contact is made: the interview's clock is the next
		did(t, d, `{"act":"contact.log","referral":"%s","way":"call","with":"child","result":"spoke","at":"2026-11-22T11:00:00Z"}`, ref)
	}
	order := func(s *Store, want ...string) {
		t.Helper()
		_ = s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
			ids, err := r.OpenReferrals()
			var got []string
			for _, id := range ids {
				got = append(got, id.String())
			}
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%v %v, want %v", got, err, want)
			}
			return nil
		})
	}
	order(s, "R1", "R2")
	_ = s.Close()
	o := testOptions()
	o.Settings.Policy.InterviewClock = domain.ClockNotified
	o.Mode = Read
	shared := opens(t, s.path, o)
	order(shared, "R2", "R1")
	_ = shared.Close()
	o.Mode = Write
	s = opens(t, s.path, o)
	order(s, "R2", "R1")
	clean(t, s)
	r, err := Check(ctx, s.path, CheckOptions{Settings: settings()}) // another policy: no false alarm
	if err != nil || len(r.Findings) > 0 {
		t.Errorf("%v %v", r.Findings, err)
	}
}

func TestStoreRefusesWhatCannotBe(t *testing.T) {
	s := fresh(t)
	anyDecision(s)
	d := s.Desk(dee())
	did(t, d, "%s", referral(1))
	put := func(o domain.Outcome) (domain.Answer, error) {
		got, err := d.Do(ctx, true, domain.Envelope{Act: putAct{put: func(domain.World) (*domain.Outcome, error) { return &o, nil }}})
		if len(got) == 1 {
			return got[0], err
		}
		return domain.Answer{}, err
	}
	c1 := domain.NewID(domain.KindChild, 1)
	if a, err := put(domain.Outcome{Put: []domain.Record{&domain.Child{ID: c1, Version: 9}}}); err != nil || a.Refused == nil || a.Refused.Code != domain.Conflict {
		t.Errorf("another version: %+v %v", a, err)
	}
	for name, o := range map[string]domain.Outcome{
		"a number not given": {Put: []domain.Record{&domain.Child{ID: domain.NewID(domain.KindChild, 2)}}},
		"no number":          {Put: []domain.Record{&domain.Child{}}},
		"twice":              {Put: []domain.Record{&domain.Child{ID: c1, Version: 1}, &domain.Child{ID: c1, Version: 1}}},
		"removing nothing":   {Delete: []domain.ID{domain.NewID(domain.KindChild, 7)}},
	} {
		if _, err := put(o); err == nil {
			t.Errorf("%s: kept", name)
		}
	}
	clean(t, s)
}

// Every index entry that is missing, too many or otherwise is found, for each index: the control of the property above.
func TestCheckFindsIndexFaults(t *testing.T) {
	path := func() string {
		s := fresh(t)
		d := s.Desk(dee())
		did(t, d, "%s", referral(1))
		did(t, d, `{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"no_answer"}`)
		did(t, d, `{"act":"followup.add","child_ref":"C1","kind":"other","text":"ring the school"}`)
		did(t, d, `{"act":"referral.new","police_ref":"P-2","given_name":"C","family_name":"D","dob":"2010-01-02","missing_at":"2026-11-19T20:00:00Z"}`)
		did(t, d, `{"act":"undo"}`)
		did(t, d, `{"act":"referral.new","police_ref":"P-3","given_name":"C","family_name":"D","dob":"2010-01-02","missing_at":"2026-11-19T20:00:00Z"}`)
		returns(t, d, "LCS7", 5)
		did(t, d, `{"act":"cluster.accept","child_ref":"LCS7","episodes":["LCS7-1","LCS7-2","LCS7-3"],"reason":"the others are apart"}`)
		returns(t, d, "LCS8", 3)
		did(t, d, `{"act":"referral.assign","referral":"R4","to":"dee"}`)
		did(t, d, `{"act":"interview.held","referral":"R4","held_at":"2026-11-22T11:30:00Z"}`)
		did(t, d, `{"act":"followup.done","followup":"F2","found":"well"}`)
		did(t, d, `{"act":"followup.drop","followup":"F1","reason":"the school rang"}`)
		_ = s.Close()
		return s.path
	}()
	good, head := read(t, path), read(t, path+".head")
	tested := 0
	for b := range bucketCount {
		if !b.derived() {
			continue
		}
		for name, f := range map[string]func(k *bolt.Bucket) error{
			"missing": func(k *bolt.Bucket) error {
				first, _ := k.Cursor().First()
				if first == nil {
					return errNothing
				}
				return k.Delete(first)
			},
			"otherwise": func(k *bolt.Bucket) error {
				first, v := k.Cursor().First()
				if first == nil {
					return errNothing
				}
				v = append([]byte(nil), v...)
				v[0] ^= 1
				return k.Put(append([]byte(nil), first...), v)
			},
			"too many": func(k *bolt.Bucket) error {
				key := append([]byte("zz"), idKey(domain.NewID(domain.KindChild, 1))...)
				var c codec
				return k.Put(key, c.sealEntry(b, key, nil))
			},
		} {
			copied := filepath.Join(t.TempDir(), "hw.db")
			writeFiles(t, copied, good, head)
			skip := false
			db, err := bolt.Open(copied, 0o600, &bolt.Options{NoFreelistSync: true})
			if err != nil {
				t.Fatal(err)
			}
			err = db.Update(func(tx *bolt.Tx) error { return f(tx.Bucket([]byte(b.name()))) })
			if skip = errors.Is(err, errNothing); err != nil && !skip {
				t.Fatal(err)
			}
			_ = db.Close()
			if skip {
				continue
			}
			tested++
			r, err := Check(ctx, copied, CheckOptions{Settings: settings()})
			if err != nil || len(r.Findings) == 0 {
				t.Errorf("%s: an entry %s was not found (%v)", b.name(), name, err)
			}
		}
	}
	if tested < 51 {
		t.Errorf("only %d faults were tried", tested)
	}
}

var errNothing = errors.New("nothing to spoil")
