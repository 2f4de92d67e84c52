package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"
	"homeward/domain/view"
)

var ctx = context.Background()

func settings() *domain.Settings {
	p, _ := domain.Profile("statutory")
	return &domain.Settings{Profile: "statutory", Policy: p, Users: []domain.User{
		{Login: "dee", Name: "Dee Osei", Role: domain.Coordinator},
		{Login: "sam", Name: "Sam Reed", Role: domain.Supervisor},
	}}
}

func dee() domain.Actor {
	return domain.Actor{Login: "dee", Name: "Dee Osei", Role: domain.Coordinator, OSUser: "dee"}
}
func sam() domain.Actor {
	return domain.Actor{Login: "sam", Name: "Sam Reed", Role: domain.Supervisor, OSUser: "sam"}
}

// noon on a Sunday in November.
func noon() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

func testOptions() Options {
	return Options{Settings: settings(), Clock: noon, Frozen: true}
}

// goingOptions are those of a database that is no rehearsal: its clock counts as one that goes.
func goingOptions() Options {
	o := testOptions()
	o.Frozen = false
	return o
}

// opens makes or opens a database, closed at the end of the test.
func opens(t testing.TB, path string, o Options) *Store {
	t.Helper()
	s, err := Open(path, o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func fresh(t testing.TB) *Store {
	t.Helper()
	return opens(t, filepath.Join(t.TempDir(), "hw.db"), testOptions())
}

func reopen(t testing.TB, s *Store) *Store {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
	o := testOptions()
	o.Settings = s.Settings()
	return opens(t, s.path, o)
}

// exactCopy is a copy of a database as it is, of which its log knows nothing.
func exactCopy(t testing.TB, s *Store) string {
	t.Helper()
	path, _, err := s.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// act parses a line of `homeward do`.
func act(t testing.TB, line string, args ...any) domain.Envelope {
	t.Helper()
	e, err := domain.ParseAct([]byte(fmt.Sprintf(line, args...)))
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return e
}

// did takes one decision that must be done.
func did(t testing.TB, d *Desk, line string, args ...any) domain.Answer {
	t.Helper()
	got, err := d.Do(ctx, true, act(t, line, args...))
	if err != nil {
		t.Fatalf("do: %v", err)
	}
	if got[0].Refused != nil {
		t.Fatalf("refused: %s: %v", line, got[0].Refused)
	}
	return got[0]
}

func refused(t testing.TB, d *Desk, code domain.Code, line string, args ...any) *domain.Refusal {
	t.Helper()
	got, err := d.Do(ctx, true, act(t, line, args...))
	if err != nil {
		t.Fatalf("do: %v", err)
	}
	if got[0].Refused == nil || got[0].Refused.Code != code {
		t.Fatalf("%s: want %s, got %+v", line, code, got[0])
	}
	return got[0].Refused
}

// referral is a child who came back this morning.
func referral(n int) string {
	return fmt.Sprintf(`{"act":"referral.new","police_ref":"P-%05d","given_name":"Ana%d","family_name":"Hall","dob":"2011-03-%02d",`+
		`"placement":"Elm House","missing_at":"2026-11-21T20:00:00Z","returned_at":"2026-11-22T07:30:00Z",`+
		`"notified_at":"2026-11-22T08:00:00Z","child_phone":"07700 900%03d","risk":"medium","category":"missing"}`, n, n, n%28+1, n%1000)
}

func kind(t testing.TB, a domain.Answer, k domain.Kind) domain.ID {
	t.Helper()
	for _, id := range a.IDs {
		if id.Kind() == k {
			return id
		}
	}
	t.Fatalf("no %s in %v", k.Word(), a.IDs)
	return 0
}

// clean demands that a check finds nothing.
func clean(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := Check(ctx, s.path, CheckOptions{Settings: s.Settings()})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		t.Errorf("check: %s", f)
	}
}

func TestDoKeepsAndReadsBack(t *testing.T) {
	s := fresh(t)
	if !s.Created() {
		t.Error("a new database is not said to be created")
	}
	d := s.Desk(dee())
	a := did(t, d, "%s", referral(1))
	if a.Change == 0 || a.Summary == "" || a.Child == "" {
		t.Errorf("answer: %+v", a)
	}
	child, ep, ref := kind(t, a, domain.KindChild), kind(t, a, domain.KindEpisode), kind(t, a, domain.KindReferral)
	b := did(t, d, `{"act":"referral.accept","referral":"%s","responsible":"team"}`, ref)
	if b.Version != 2 {
		t.Errorf("version after accepting is %d", b.Version)
	}
	s = reopen(t, s)
	err := s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
		c, err := r.Child(child)
		if err != nil || c == nil || c.GivenName != "Ana1" || c.Version != 1 {
			t.Errorf("child: %+v %v", c, err)
		}
		id, err := r.EpisodeByPoliceRef("P-00001")
		if err != nil || id != ep {
			t.Errorf("by police ref: %v %v", id, err)
		}
		if id, _ := r.EpisodeByPoliceRef("p-00001"); id != 0 {
			t.Errorf("exactly: %v", id)
		}
		rr, err := r.Referral(ref)
		if err != nil || rr.Stage != domain.StageAccepted || rr.Version != 2 {
			t.Errorf("referral: %+v %v", rr, err)
		}
		if open, _ := r.OpenReferrals(); !reflect.DeepEqual(open, []domain.ID{ref}) {
			t.Errorf("open: %v", open)
		}
		spans, _ := r.SpansOf(child)
		if len(spans) != 1 || spans[0].ID != ep || spans[0].Referral != ref || spans[0].End == 0 {
			t.Errorf("spans: %+v", spans)
		}
		for _, q := range []string{"ana1 hall", "p-000", "07700900001", "elm"} {
			if got, _ := r.Find(q, 5); !reflect.DeepEqual(got, []domain.ID{child}) {
				t.Errorf("find %q: %v", q, got)
			}
		}
		if got, _ := r.Find("nobody", 5); got != nil {
			t.Errorf("find nobody: %v", got)
		}
		if got, _ := r.ChildrenPlaced("elm  house", "ANA1"); !reflect.DeepEqual(got, []domain.ID{child}) {
			t.Errorf("placed: %v", got)
		}
		for place, want := range map[string]int{"ELM  house": 1, "elm": 0, "": 0} {
			if got, _ := r.PlacedAt(place, 1); got != want {
				t.Errorf("placed at %q: %d", place, got)
			}
		}
		born, _ := domain.ParseDate("2011-02-03") // of 2011-03-02
		if got, _ := r.ChildrenBorn(born); len(got) != 1 || got[0].ID != child || got[0].Names != "ana1|hall" {
			t.Errorf("born: %v", got)
		}
		ch, err := r.LastChange("dee")
		if err != nil || ch == nil || ch.ID != b.Change || ch.Act != "referral.accept" || len(ch.Touched) != 1 ||
			ch.Touched[0].Before.(*domain.Referral).Stage != domain.StageNew {
			t.Errorf("last change: %+v %v", ch, err)
		}
		if to, _ := r.ChangesTo(child); len(to) != 2 || to[0].ID != a.Change {
			t.Errorf("changes to: %v", to)
		}
		if of, _ := r.ChangesOf("dee", noon().Add(-time.Hour)); len(of) != 2 || of[0].ID != b.Change {
			t.Errorf("changes of: %v", of)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	clean(t, s)
}

func TestRefusedLeavesNoTrace(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	did(t, d, "%s", referral(1))
	before := state(t, s)
	refused(t, d, domain.Conflict, "%s", referral(1))
	refused(t, d, domain.NotFound, `{"act":"referral.accept","referral":"R9","responsible":"team"}`)
	refused(t, d, domain.Conflict, `{"act":"referral.accept","referral":"R1","responsible":"team","version":7}`)
	refused(t, s.Desk(domain.Actor{Login: "ada", Role: domain.Auditor}), domain.Forbidden, `{"act":"referral.accept","referral":"R1","responsible":"team"}`)
	if after := state(t, s); after != before {
		t.Error("a refusal changed the file")
	}
	a := did(t, d, "%s", referral(2))
	if kind(t, a, domain.KindEpisode) != domain.NewID(domain.KindEpisode, 2) {
		t.Errorf("a refusal used a number up: %v", a.IDs)
	}
	clean(t, s)
}

// state is everything in the file.
func state(t testing.TB, s *Store) string {
	t.Helper()
	b, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestManyActsWithSomeRefused(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	acts := []domain.Envelope{act(t, "%s", referral(1)), act(t, "%s", referral(1)), act(t, "%s", referral(2))}
	got, err := d.Do(ctx, false, acts...)
	if err != nil || len(got) != 3 || got[0].Refused != nil || got[1].Refused == nil || got[2].Refused != nil {
		t.Fatalf("%+v %v", got, err)
	}
	acts = []domain.Envelope{act(t, "%s", referral(3)), act(t, "%s", referral(1)), act(t, "%s", referral(4))}
	got, err = d.Do(ctx, true, acts...)
	if err != nil || len(got) != 2 || got[0].Refused != nil || got[1].Refused == nil {
		t.Fatalf("%+v %v", got, err)
	}
	clean(t, s)
}

func TestActIDs(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	did(t, d, "%s", referral(1))
	first := did(t, d, `{"act":"referral.accept","referral":"R1","responsible":"team","id":"a-1"}`)
	again := did(t, d, `{"id":"a-1", "responsible":"team","referral":"R1","act":"referral.accept"}`)
	if !again.Repeated || first.Repeated || again.Change != first.Change || again.Version != first.Version || !reflect.DeepEqual(again.IDs, first.IDs) {
		t.Errorf("%+v, then %+v", first, again)
	}
	if r := refused(t, d, domain.Conflict, `{"act":"referral.accept","referral":"R1","responsible":"social_worker","id":"a-1"}`); r.Field != "id" {
		t.Errorf("field %q", r.Field)
	}
	// A refused act keeps no id.
	refused(t, d, domain.NotFound, `{"act":"referral.accept","referral":"R9","responsible":"team","id":"a-2"}`)
	did(t, d, `{"act":"referral.note","referral":"R1","text":"rang the carer","id":"a-2"}`)
	s = reopen(t, s)
	if a := did(t, s.Desk(sam()), `{"act":"referral.note","referral":"R1","text":"rang the carer","id":"a-2"}`); !a.Repeated {
		t.Error("forgotten over a reopening")
	}
	clean(t, s)
}

func TestPreviewWritesNothing(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	before := state(t, s)
	f, err := d.Preview(ctx, act(t, "%s", referral(1)))
	if err != nil || f.Refused != nil || len(f.Touched) != 3 || f.Touched[0].Before != nil || f.Touched[0].Ver != 1 {
		t.Fatalf("%+v %v", f, err)
	}
	f, err = d.Preview(ctx, act(t, `{"act":"referral.accept","referral":"R9","responsible":"team"}`))
	if err != nil || f.Refused == nil {
		t.Fatalf("%+v %v", f, err)
	}
	if state(t, s) != before {
		t.Error("a preview wrote")
	}
}

func TestDrafts(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	want := map[string]string{"note": "half a sent", "odd": "\xff\xfe"}
	if err := d.KeepDraft(ctx, "R1/note", want); err != nil {
		t.Fatal(err)
	}
	s = reopen(t, s)
	d = s.Desk(dee())
	if got, err := d.Draft(ctx, "R1/note"); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%q %v", got, err)
	}
	if got, err := s.Desk(sam()).Draft(ctx, "R1/note"); err != nil || got != nil {
		t.Errorf("another person's draft: %v %v", got, err)
	}
	if keys, _ := d.DraftKeys(ctx); !reflect.DeepEqual(keys, []string{"R1/note"}) {
		t.Errorf("keys %v", keys)
	}
	if err := d.KeepDraft(ctx, "R1/note", nil); err != nil {
		t.Fatal(err)
	}
	if keys, _ := d.DraftKeys(ctx); keys != nil {
		t.Errorf("keys %v", keys)
	}
	clean(t, s)
}

func TestReadOnly(t *testing.T) {
	s := fresh(t)
	did(t, s.Desk(dee()), "%s", referral(1))
	_ = s.Close()
	o := testOptions()
	o.Mode = Read
	r := opens(t, s.path, o)
	opens(t, s.path, o) // shared
	if _, err := r.Desk(dee()).Do(ctx, true, act(t, "%s", referral(2))); !errors.Is(err, ErrReadOnly) {
		t.Errorf("do: %v", err)
	}
	if err := r.Desk(dee()).Ask(ctx, func(q domain.Reader) error {
		ids, err := q.OpenReferrals()
		if len(ids) != 1 {
			t.Errorf("%v", ids)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}

func TestOpenedOncePerHour(t *testing.T) {
	now := noon()
	o := testOptions()
	o.Clock = func() time.Time { return now }
	s := opens(t, filepath.Join(t.TempDir(), "hw.db"), o)
	a := did(t, s.Desk(dee()), "%s", referral(1))
	child := kind(t, a, domain.KindChild)
	for range 3 {
		if err := s.Desk(dee()).Opened(ctx, child); err != nil {
			t.Fatal(err)
		}
	}
	_ = s.Desk(sam()).Opened(ctx, child)
	now = now.Add(time.Hour)
	_ = s.Desk(dee()).Opened(ctx, child)
	if err := s.Desk(dee()).Opened(ctx, domain.NewID(domain.KindChild, 9)); err == nil {
		t.Error("opened a child that is not there")
	}
	if _, err := s.Note(ctx, dee(), "export", "audience partnership, purpose meeting", child); err != nil {
		t.Fatal(err)
	}
	var notes []string
	for _, e := range auditLines(t, s, view.AuditQuery{AuditFilter: view.AuditFilter{Child: "C1"}, Oldest: true}) {
		if e.Note {
			notes = append(notes, e.By+" "+e.Act)
		}
	}
	if want := []string{"dee opened", "sam opened", "dee opened", "dee export"}; !reflect.DeepEqual(notes, want) {
		t.Errorf("%v", notes)
	}
	clean(t, s)
}
