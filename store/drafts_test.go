package store

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"homeward/domain"
)

// wholeInterview is a draft with every answer of a record at its limit, over a number of episodes.
func wholeInterview(letter string, episodes int) map[string]string {
	full := strings.Repeat(letter, 20_000)
	out := map[string]string{}
	for _, sec := range domain.Sections() {
		for _, f := range sec.Fields {
			out[sec.Name+"."+f.Name] = full
			for e := 1; e <= episodes && sec.Each; e++ {
				out[fmt.Sprintf("E%d.%s.%s", e, sec.Name, f.Name)] = full
			}
		}
	}
	return out
}

func tooMuch(err error) bool {
	var r *domain.Refusal
	return errors.As(err, &r) && r.Code == domain.Invalid
}

// The draft of any interview's record is kept whole; what is longer is refused, and what was kept before stays.
func TestDraftHoldsAWholeInterview(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	for _, want := range []map[string]string{wholeInterview("x", 10), wholeInterview("ä", 6), wholeInterview("😀", 1)} {
		if err := d.KeepDraft(ctx, "R1/interview", want); err != nil {
			t.Fatal(len(want), err)
		}
		s = reopen(t, s)
		d = s.Desk(dee())
		if got, err := d.Draft(ctx, "R1/interview"); err != nil || !maps.Equal(got, want) {
			t.Fatal(len(want), "did not come back", err)
		}
		if err := d.KeepDraft(ctx, "R1/interview", map[string]string{"a": strings.Repeat("x", largestDraft)}); !tooMuch(err) {
			t.Errorf("longer than the limit: %v", err)
		}
		if got, err := d.Draft(ctx, "R1/interview"); err != nil || !maps.Equal(got, want) {
			t.Error("a refused draft took the one before", err)
		}
	}
	clean(t, s)
}

// One person's drafts have a limit together, which is nobody else's; a draft can always be made shorter or thrown away.
func TestDraftsOfOnePersonAreBounded(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	big := map[string]string{"a": strings.Repeat("x", largestDraft-10)}
	n := 0
	for ; n < 10; n++ {
		if err := d.KeepDraft(ctx, fmt.Sprintf("R%d", n), big); tooMuch(err) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if n < 3 || n > 4 {
		t.Errorf("%d of the largest were kept", n)
	}
	small := map[string]string{"a": "b"}
	for _, login := range []domain.Actor{sam(), {Login: "de"}, {Login: "deed"}} {
		if err := s.Desk(login).KeepDraft(ctx, "R1", small); err != nil {
			t.Errorf("%s: %v", login.Login, err)
		}
	}
	for i := range n {
		if err := d.KeepDraft(ctx, fmt.Sprintf("R%d", i), small); err != nil {
			t.Error("made shorter", err)
		}
	}
	if err := s.write(ctx, func(x *txn) error {
		for i := n; i < mostDrafts; i++ {
			place := fmt.Sprintf("R%d", i)
			k := x.texts.draftKey("dee", place)
			sealed, _, err := x.seal(inDrafts, k, &keptText{Owner: "dee", Place: place, Fields: small})
			if err != nil {
				return err
			}
			x.changed = true
			if err := x.bucket(inDrafts).Put(k, sealed); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := d.KeepDraft(ctx, "R5", map[string]string{"a": "c"}); err != nil {
		t.Error("one of as many as there may be", err)
	}
	if err := d.KeepDraft(ctx, "one more", small); !tooMuch(err) {
		t.Error("one more", err)
	}
	if err := d.KeepDraft(ctx, "R5", nil); err != nil {
		t.Error(err)
	}
	if err := d.KeepDraft(ctx, "one more", small); err != nil {
		t.Error("after one was thrown away", err)
	}
	keys, err := d.DraftKeys(ctx)
	if err != nil || len(keys) != mostDrafts || !slices.Contains(keys, "one more") {
		t.Error(len(keys), err)
	}
	clean(t, s)
}
