package store

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"homeward/domain"
	"homeward/domain/view"
)

// saved is a store in which two children named a place, each in a spelling of their own that were found to be one, and a
// third named something else.
func saved(t *testing.T) *Store {
	t.Helper()
	s := fresh(t)
	d := s.Desk(sam())
	for n := 1; n <= 3; n++ {
		returns(t, d, fmt.Sprintf("LCS%d", n), 1)
		did(t, d, `{"act":"interview.save","referral":"R%d","record":{"intelligence":{"places":[{"name":"%s","address":"%d Quay St"}]}}}`, n, []string{"Arcade", "The Arcade", "Pier"}[n-1], n)
	}
	did(t, d, `{"act":"intelligence.merge","keep":"N1","other":"N2","reason":"one door"}`)
	return s
}

func TestNotedThingsReadBack(t *testing.T) {
	s := saved(t)
	look := func(want string) {
		t.Helper()
		if err := s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
			rows, err := view.ReadNoted(r)
			var got []string
			for _, n := range rows {
				got = append(got, strings.TrimSpace(fmt.Sprintln(n.Noted.ID, n.Noted.Version, n.Noted.Name, n.Address, n.Children, n.Interviews, n.Episodes, n.Merged)))
			}
			if strings.Join(got, "; ") != want {
				t.Errorf("%q, should be %q", got, want)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	s = reopen(t, s)
	if err := s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
		for key, want := range map[string]uint64{"place|arcade": 1, "place|the arcade": 2, "place|pier": 3, "person|pier": 0, "place|pie": 0, "": 0} {
			if id, err := r.NotedNamed(key); err != nil || id.Number() != want {
				return fmt.Errorf("%q is %s, should be N%d (%w)", key, id, want, err)
			}
		}
		ids, err := r.AllNoted()
		if err != nil || len(ids) != 3 || !slices.IsSorted(ids) {
			return fmt.Errorf("all: %v %w", ids, err)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	look("N1 2 Arcade 1 Quay St 2 [I1 I2] [LCS1-1 LCS2-1] [N2]; N3 1 Pier 3 Quay St 1 [I3] [LCS3-1] []")
	did(t, s.Desk(sam()), `{"act":"undo"}`)
	look("N1 3 Arcade 1 Quay St 1 [I1] [LCS1-1] []; N2 3 The Arcade 2 Quay St 1 [I2] [LCS2-1] []; N3 1 Pier 3 Quay St 1 [I3] [LCS3-1] []")
	clean(t, s)
}

// Each way in which what is noted and the interviews that name it can disagree is found.
func TestCheckFindsFaultsOfWhatIsNoted(t *testing.T) {
	s := saved(t)
	if f := checkOpen(t, s); len(f) > 0 {
		t.Fatal(f)
	}
	_ = s.Close()
	good, head := read(t, s.path), read(t, s.path+".head")
	id := func(n uint64) domain.ID { return domain.NewID(domain.KindNoted, n) }
	on := func(n uint64, f func(*domain.Noted)) func(domain.Reader) (domain.Record, error) {
		return func(r domain.Reader) (domain.Record, error) {
			v, err := r.Noted(id(n))
			f(v)
			return v, err
		}
	}
	for name, spoil := range map[string]func(r domain.Reader) (domain.Record, error){
		"a name of nothing":        on(3, func(n *domain.Noted) { n.Name = "?" }),
		"another name":             on(3, func(n *domain.Noted) { n.Name = "Canal" }),
		"not noted":                on(3, func(n *domain.Noted) { n.Mentions = nil }),
		"an interview missing":     on(3, func(n *domain.Noted) { n.Mentions[0].Interview = domain.NewID(domain.KindInterview, 9) }),
		"no interview or referral": on(3, func(n *domain.Noted) { n.Mentions[0].Interview = 0 }),
		"both":                     on(3, func(n *domain.Noted) { n.Mentions[0].Referral = domain.NewID(domain.KindReferral, 1) }),
		"a referral, not told": on(3, func(n *domain.Noted) {
			n.Mentions[0].Interview, n.Mentions[0].Referral = 0, domain.NewID(domain.KindReferral, 1)
		}),
		"another interview":         on(3, func(n *domain.Noted) { n.Mentions[0].Interview = domain.NewID(domain.KindInterview, 1) }),
		"a child missing":           on(3, func(n *domain.Noted) { n.Mentions[0].Child = domain.NewID(domain.KindChild, 9) }),
		"another child":             on(3, func(n *domain.Noted) { n.Mentions[0].Child = domain.NewID(domain.KindChild, 1) }),
		"no child":                  on(3, func(n *domain.Noted) { n.Mentions[0].Child = 0 }),
		"an episode missing":        on(3, func(n *domain.Noted) { n.Mentions[0].Episodes = []domain.ID{anEpisode(99)} }),
		"no episode":                on(3, func(n *domain.Noted) { n.Mentions[0].Episodes = nil }),
		"named twice":               on(3, func(n *domain.Noted) { n.Mentions = append(n.Mentions, n.Mentions[0]) }),
		"merged into what is not":   on(3, func(n *domain.Noted) { n.Into = id(9) }),
		"merged on one side":        on(3, func(n *domain.Noted) { n.Into = id(1) }),
		"merged on the other":       on(3, func(n *domain.Noted) { n.Merged = []domain.ID{id(2)} }),
		"merged into itself":        on(3, func(n *domain.Noted) { n.Into, n.Merged = id(3), []domain.ID{id(3)} }),
		"merged in a ring":          on(1, func(n *domain.Noted) { n.Into = id(2) }),
		"what was merged, missing":  on(1, func(n *domain.Noted) { n.Merged = append(n.Merged, id(9)) }),
		"what was merged, not told": on(1, func(n *domain.Noted) { n.Merged = nil }),
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
			t.Errorf("%s: %v %v", name, got, err)
			continue
		}
		if err := s.Desk(dee()).Ask(ctx, func(r domain.Reader) error { // falls over nothing, and ends
			_, _ = view.ReadNoted(r)
			_, _ = domain.NotedNow(r, id(1))
			return nil
		}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		found := checkOpen(t, s)
		if !slices.ContainsFunc(found, func(f Finding) bool { return f.Kind == "reference" }) {
			t.Errorf("%s was not found: %v", name, found)
		}
	}
}
