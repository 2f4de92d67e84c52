package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
)

// withPolicy are the settings of the tests under another policy.
func withPolicy(change func(*domain.Policy)) *domain.Settings {
	n := settings()
	change(&n.Policy)
	return n
}

// slow has interviews due in so many hours: every due time in the index says by which settings it was built.
func slow(hours int) *domain.Settings {
	return withPolicy(func(p *domain.Policy) { p.InterviewWithin, p.ContactWithin = domain.Hours(hours), domain.Hours(hours) })
}

// A clusterful is three episodes within a fortnight.
func clusterful(t testing.TB, d *Desk, first int) {
	t.Helper()
	for i := range 3 {
		did(t, d, `{"act":"referral.new","police_ref":"C-%d-%d","child_ref":"K%d","given_name":"Ann","family_name":"Hall","dob":"2011-03-01",`+
			`"missing_at":"2026-11-1%dT20:00:00Z","returned_at":"2026-11-1%dT23:30:00Z"}`, first, i, first, 3+2*i, 3+2*i)
	}
}

func suggested(t testing.TB, d *Desk) (out []domain.ID) {
	t.Helper()
	if err := d.Ask(ctx, func(r domain.Reader) (err error) {
		out, err = r.SuggestedChildren()
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// Other settings come into force at once: for the desks there are, with the indexes that follow from them, and after the
// file is opened again.
func TestSetSettings(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	for i := range 5 {
		did(t, d, "%s", referral(i))
	}
	clusterful(t, d, 100)
	if len(suggested(t, d)) != 1 {
		t.Fatal("nothing is suggested: the test proves nothing")
	}
	was := stateOf(t, d)
	events, stop := d.Watch()
	defer stop()
	for _, n := range []*domain.Settings{slow(10), withPolicy(func(p *domain.Policy) { p.Clusters = false }), slow(20), settings()} {
		if err := s.SetSettings(ctx, n); err != nil {
			t.Fatal(err)
		}
		if d.Settings().Policy.Fingerprint() != n.Policy.Fingerprint() {
			t.Error("the desk has the settings before")
		}
		if want := map[bool]int{true: 1}[n.Policy.Clusters]; len(suggested(t, d)) != want {
			t.Errorf("clusters %v: %v are suggested", n.Policy.Clusters, suggested(t, d))
		}
		if found := checkOpen(t, s); len(found) > 0 {
			t.Errorf("check: %v", found)
		}
		if st := stateOf(t, d); st == was || stateText(t, st) != afresh(t, d) {
			t.Error("the state is the one of the settings before")
		} else {
			was = st
		}
		if e := <-events; e.Act != Resync {
			t.Errorf("told %+v", e)
		}
		did(t, d, "%s", referral(50+len(was.Queue.Rows))) // and decisions go on by them
		<-events
	}
	n := slow(30)
	if err := s.SetSettings(ctx, n); err != nil {
		t.Fatal(err)
	}
	n.Policy.ClusterMin = 50
	same := slow(30)
	same.Team.Name = "Others"
	if err := s.SetSettings(ctx, same); err != nil || d.Settings().Team.Name != "Others" {
		t.Errorf("settings with the same policy: %v, %q", err, d.Settings().Team.Name)
	}
	clean(t, s)
}

// Nobody ever sees what was built by some settings together with others. The control is a swap in two steps.
func TestSettingsAreSwappedUnderReadersAndWriters(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	for i := range 20 {
		did(t, d, "%s", referral(i))
	}
	clusterful(t, d, 100)
	rounds := 60
	if testing.Short() {
		rounds = 15
	}
	if mixed := swapped(t, s, rounds, s.SetSettings); mixed > 0 {
		t.Errorf("%d readings saw a mix", mixed)
	}
	clean(t, s)
}

func TestSettingsSwapControl(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	for i := range 20 {
		did(t, d, "%s", referral(i))
	}
	clusterful(t, d, 100)
	mixed := swapped(t, s, 200, func(_ context.Context, n *domain.Settings) error {
		tx, err := s.beginRebuilt(n)
		if err != nil || tx == nil {
			return err
		}
		if err := tx.tx.Commit(); err != nil {
			return err
		}
		s.settings.Store(n) // late
		return nil
	}, "readers alone")
	if mixed == 0 {
		t.Error("the control never showed a mix: the test proves nothing")
	}
}

// swapped changes the settings again and again under readers and writers, and counts the readings that saw a mix.
func swapped(t *testing.T, s *Store, rounds int, set func(context.Context, *domain.Settings) error, only ...string) int64 {
	t.Helper()
	d := s.Desk(dee())
	done := make(chan struct{})
	var mixed atomic.Int64
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				err := s.view(ctx, func(x *txn) error {
					m, err := readMetaGuarded(x)
					if err != nil {
						return err
					}
					w := &world{t: x, actor: dee(), now: noon()}
					kids, err := w.SuggestedChildren()
					if m.policy != x.settings.Policy.Fingerprint() || w.Settings() != x.settings || (len(kids) > 0) != x.settings.Policy.Clusters {
						mixed.Add(1)
					}
					return err
				})
				if _, err2 := d.State(ctx); err != nil || err2 != nil {
					t.Error(err, err2)
					return
				}
			}
		})
	}
	if only == nil {
		for w := range 2 {
			all.Go(func() {
				for n := 0; ; n++ {
					select {
					case <-done:
						return
					default:
					}
					if got, err := d.Do(ctx, true, act(t, "%s", referral(1000*(w+1)+n))); err != nil || got[0].Refused != nil {
						t.Error(got, err)
						return
					}
				}
			})
		}
	}
	for i := range rounds {
		n := slow(10 + i%2)
		n.Policy.Clusters = i%3 > 0
		if err := set(ctx, n); err != nil {
			t.Error(err)
		}
	}
	close(done)
	all.Wait()
	return mixed.Load()
}

// A disk that reports an error leaves one settings or the other in force, and says which.
func TestSetSettingsOfUnknownOutcome(t *testing.T) {
	failed := errors.New("input/output error")
	for _, kept := range []bool{true, false} {
		s := fresh(t)
		d := s.Desk(dee())
		did(t, d, "%s", referral(1))
		s.commit = func(tx *bolt.Tx) error {
			if kept {
				_ = tx.Commit()
			} else {
				_ = tx.Rollback()
			}
			return failed
		}
		n := slow(10)
		err := s.SetSettings(ctx, n)
		var unknown *domain.UnknownOutcome
		if !errors.As(err, &unknown) || unknown.Kept != kept || !errors.Is(err, failed) {
			t.Fatalf("kept %v: %v", kept, err)
		}
		s.commit = (*bolt.Tx).Commit
		if got := d.Settings().Policy.Fingerprint() == n.Policy.Fingerprint(); got != kept {
			t.Errorf("said kept %v, in force %v", kept, got)
		}
		did(t, d, "%s", referral(2))
		clean(t, s)
	}
}

func TestSetSettingsWaitsAndGivesUp(t *testing.T) {
	s := fresh(t)
	s.writer <- struct{}{}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.SetSettings(stopped, slow(10)); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	<-s.writer
	if s.Settings().Policy.InterviewWithin == domain.Hours(10) {
		t.Error("they are in force all the same")
	}
	_ = s.Close()
	if err := s.SetSettings(ctx, slow(10)); !errors.Is(err, ErrClosed) {
		t.Errorf("closed: %v", err)
	}
}

// Who is taken out of the configuration, or has another role by now, is refused at once by every way there is, and what
// they were typing is kept.
func TestSomebodyIsTakenOutMidSession(t *testing.T) {
	for name, change := range map[string]func(*domain.Settings){
		"taken out": func(n *domain.Settings) {
			n.Users = slices.DeleteFunc(n.Users, func(u domain.User) bool { return u.Login == "dee" })
		},
		"another role": func(n *domain.Settings) { n.Users[0].Role = domain.Auditor },
	} {
		t.Run(name, func(t *testing.T) {
			s := fresh(t)
			d := s.Desk(dee())
			a := did(t, d, "%s", referral(1))
			child := kind(t, a, domain.KindChild)
			if err := d.KeepDraft(ctx, "x", map[string]string{"note": "she said"}); err != nil {
				t.Fatal(err)
			}
			n := settings()
			change(n)
			if err := s.SetSettings(ctx, n); err != nil {
				t.Fatal(err)
			}
			lines := logLines(t, s)
			forbidden := func(what string, err error) {
				t.Helper()
				var r *domain.Refusal
				if !errors.As(err, &r) || r.Code != domain.Forbidden {
					t.Errorf("%s: %v", what, err)
				}
			}
			forbidden("do", refused(t, d, domain.Forbidden, "%s", referral(2)))
			known := act(t, "%s", referral(1))
			known.ID = "once"
			if got, err := d.Do(ctx, false, known, known); err != nil || len(got) != 2 || got[1].Refused == nil {
				t.Errorf("do with an id: %v %v", got, err)
			}
			forbidden("ask", d.Ask(ctx, func(domain.Reader) error { t.Error("it is answered"); return nil }))
			if f, err := d.Preview(ctx, act(t, "%s", referral(2))); err != nil || f.Refused == nil || f.Refused.Code != domain.Forbidden || f.Touched != nil {
				t.Errorf("preview: %+v %v", f, err)
			}
			_, err := d.State(ctx)
			forbidden("state", err)
			forbidden("opened", d.Opened(ctx, child))
			forbidden("note", d.Note(ctx, "export", "all", 0))
			_, err = d.Draft(ctx, "x")
			forbidden("draft", err)
			_, err = d.DraftKeys(ctx)
			forbidden("drafts", err)
			_, err = d.Preference(ctx, "x")
			forbidden("preference", err)
			forbidden("at another time", s.DeskAt(dee(), noon()).Ask(ctx, func(domain.Reader) error { return nil }))
			s.Desk(sam()).Begin(domain.Writing, 0, child)
			if len(d.Present()) != 0 {
				t.Error("they see who is here")
			}
			if err := d.KeepDraft(ctx, "x", map[string]string{"note": "she said more"}); err != nil {
				t.Errorf("what was typed is lost: %v", err)
			}
			if n := logLines(t, s); n != lines {
				t.Errorf("the log went from %d to %d lines", lines, n)
			}
			did(t, s.Desk(sam()), "%s", referral(3)) // others are not concerned
			if err := s.SetSettings(ctx, settings()); err != nil {
				t.Fatal(err)
			}
			if got, err := d.Draft(ctx, "x"); err != nil || got["note"] != "she said more" {
				t.Errorf("back again: %v %v", got, err)
			}
			clean(t, s)
		})
	}
}

func logLines(t testing.TB, s *Store) uint64 {
	t.Helper()
	r, err := s.AuditVerify(ctx)
	if err != nil || len(r.Findings) > 0 {
		t.Fatal(fmt.Sprint(err, r.Findings))
	}
	return r.Lines
}
