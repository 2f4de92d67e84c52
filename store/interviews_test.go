package store

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"homeward/domain"
)

// A record holds whatever can be typed, in each of the three forms of an answer, and gives it back after reopening.
func TestRecordKeepsEveryForm(t *testing.T) {
	long := strings.Repeat("ä", 20_000)
	sheet := domain.Sheet{
		Sections: map[string]domain.Answers{
			"view": {"own_words": {Text: "line\n\ttab “quotes” 👩‍👧 e\u0301 עברית"}, "trigger": {Text: long}, "wants": {}},
			"before": {"push": {List: []string{"other: the canal", "bullying", "", "😀"}},
				"pull": {List: []string{}}},
			"plan":         {"actions": {Rows: []map[string]string{{"for_whom": "Ä 1", "text": long}, {}, {"text": ""}}}},
			"intelligence": {"people": {Rows: []map[string]string{}}},
			"carer":        {},
		},
		Each: map[string]map[string]domain.Answers{"E1": {"during": {"where": {Text: "\x00\x1b[31m"}}}},
	}
	s := fresh(t)
	d := s.Desk(dee())
	did(t, d, "%s", referral(1))
	anyDecision(s)
	id := domain.NewID(domain.KindInterview, 1)
	put := func(w domain.World) (*domain.Outcome, error) {
		if _, err := w.NextID(domain.KindInterview); err != nil {
			return nil, err
		}
		return &domain.Outcome{Put: []domain.Record{&domain.Interview{ID: id, Child: domain.NewID(domain.KindChild, 1),
			Referrals: []domain.ID{aReferral(1)}, Episodes: []domain.ID{anEpisode(1)}, Sheet: sheet,
			Versions: []domain.SheetVersion{{Sheet: sheet, By: "dee"}}}}}, nil
	}
	if got, err := d.Do(ctx, true, domain.Envelope{Act: putAct{put: put}}); err != nil || got[0].Refused != nil {
		t.Fatal(got, err)
	}
	s = reopen(t, s)
	if err := s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
		v, err := r.Interview(id)
		if err != nil {
			return err
		}
		for _, got := range []domain.Sheet{v.Sheet, v.Versions[0].Sheet} {
			sameSheet(t, got, sheet)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	clean(t, s)
}

func sameSheet(t *testing.T, got, want domain.Sheet) {
	t.Helper()
	for name, answers := range want.Sections {
		for field, v := range answers {
			if is := got.Get("", name, field); !is.Equal(v) {
				t.Errorf("%s.%s: %.80v, should be %.80v", name, field, is, v)
			}
		}
	}
	if is, v := got.Get("E1", "during", "where"), want.Get("E1", "during", "where"); !is.Equal(v) {
		t.Errorf("for an episode: %q, should be %q", is.Text, v.Text)
	}
}

// What comes in as an act is kept as the rules make it: without escape sequences, and all of a full answer.
func TestRecordComesInThroughAnAct(t *testing.T) {
	s := fresh(t)
	d := s.Desk(sam())
	did(t, d, "%s", referral(1))
	words := strings.Repeat("ß", 20_000)
	record, _ := json.Marshal(map[string]any{"view": map[string]any{"own_words": words, "wants": "home"}})
	did(t, d, `{"act":"interview.save","referral":"R1","record":%s}`, record)
	record, _ = json.Marshal(map[string]any{"view": map[string]any{"own_words": words + "ß"}})
	refused(t, d, domain.Invalid, `{"act":"interview.save","referral":"R1","record":%s}`, record)
	s = reopen(t, s)
	if err := s.Desk(dee()).Ask(ctx, func(r domain.Reader) error {
		list, err := r.InterviewsOf(domain.NewID(domain.KindChild, 1))
		if err != nil || len(list) != 1 {
			return fmt.Errorf("%v %w", list, err)
		}
		if got := list[0].Sheet.Get("", "view", "own_words").Text; got != words {
			t.Errorf("%d bytes came back of %d", len(got), len(words))
		}
		if got := list[0].Sheet.Get("", "view", "wants").Text; got == "" || strings.ContainsAny(got, "\x1b\x07") {
			t.Errorf("escape sequences were kept: %q", got)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	clean(t, s)
}

// What a reader was given is its own: changing it changes nothing that is kept.
func TestInterviewsGivenOutAreCopies(t *testing.T) {
	s := fresh(t)
	d := s.Desk(sam())
	did(t, d, "%s", referral(1))
	anyDecision(s)
	spoilt := domain.Envelope{Act: putAct{put: func(w domain.World) (*domain.Outcome, error) {
		v, err := w.Interview(domain.NewID(domain.KindInterview, 1))
		if err != nil {
			return nil, err
		}
		v.Sheet.Sections["view"]["wants"] = domain.Value{Text: "spoilt"}
		v.Referrals[0], v.Sheet.Sections["before"]["push"].List[0] = 0, "spoilt"
		return &domain.Outcome{Summary: "spoilt"}, nil
	}}}
	save := act(t, `{"act":"interview.save","referral":"R1","record":{"view":{"wants":"home"},"before":{"push":["bullying"]}}}`)
	look := domain.Envelope{Act: putAct{put: func(w domain.World) (*domain.Outcome, error) {
		v, err := w.Interview(domain.NewID(domain.KindInterview, 1))
		if err != nil {
			return nil, err
		}
		if v.Sheet.Get("", "view", "wants").Text != "home" || v.Referrals[0] == 0 || v.Sheet.Get("", "before", "push").List[0] != "bullying" {
			t.Errorf("a copy given out is the record kept: %+v", v)
		}
		return &domain.Outcome{Summary: "looked"}, nil
	}}}
	if got, err := d.Do(ctx, false, save, spoilt, look); err != nil || got[0].Refused != nil || got[2].Refused != nil {
		t.Fatal(got, err)
	}
	clean(t, s)
}

// Each way in which interviews and what names them can disagree is found.
func TestCheckFindsInterviewFaults(t *testing.T) {
	s := fresh(t)
	d := s.Desk(sam())
	returns(t, d, "LCS1", 4)
	returns(t, d, "LCS2", 1)
	did(t, d, `{"act":"cluster.accept","child_ref":"LCS1","episodes":["LCS1-1","LCS1-2","LCS1-3"],"reason":"the last is apart"}`)
	did(t, d, `{"act":"interview.save","referral":"R1","record":{"view":{"wants":"home"}}}`)
	did(t, d, `{"act":"interview.held","referral":"R1","held_at":"2026-11-22T11:30:00Z"}`)
	did(t, d, `{"act":"interview.save","referral":"R5","record":{"view":{"wants":"home"}}}`)
	if f := checkOpen(t, s); len(f) > 0 {
		t.Fatal(f)
	}
	_ = s.Close()
	good, head := read(t, s.path), read(t, s.path+".head")
	gone := domain.NewID(domain.KindInterview, 99)
	for name, spoil := range map[string]func(r domain.Reader) (domain.Record, error){
		"of a referral, missing":       onReferral(1, func(r *domain.Referral) { r.Interview = gone }),
		"of a referral, another's":     onReferral(4, func(r *domain.Referral) { r.Interview = domain.NewID(domain.KindInterview, 1) }),
		"of a follow-up, missing":      onFollowUp(func(f *domain.FollowUp) { f.Interview = gone }),
		"of a follow-up, another's":    onFollowUp(func(f *domain.FollowUp) { f.Interview = domain.NewID(domain.KindInterview, 2) }),
		"covers nothing":               onInterview(func(v *domain.Interview) { v.Referrals, v.Episodes = nil, nil }),
		"a referral that is missing":   onInterview(func(v *domain.Interview) { v.Referrals[1] = aReferral(99) }),
		"another child's referral":     onInterview(func(v *domain.Interview) { v.Referrals[1] = aReferral(5) }),
		"an episode that is missing":   onInterview(func(v *domain.Interview) { v.Episodes = append(v.Episodes, anEpisode(99)) }),
		"another child's episode":      onInterview(func(v *domain.Interview) { v.Episodes = append(v.Episodes, anEpisode(5)) }),
		"a referral without episode":   onInterview(func(v *domain.Interview) { v.Episodes = v.Episodes[:2] }),
		"a cluster that is missing":    onInterview(func(v *domain.Interview) { v.Cluster = domain.NewID(domain.KindCluster, 9) }),
		"of no child":                  onInterview(func(v *domain.Interview) { v.Child = 0 }),
		"of another child than it all": onInterview(func(v *domain.Interview) { v.Child = domain.NewID(domain.KindChild, 2) }),
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
		found := checkOpen(t, s)
		if !slices.ContainsFunc(found, func(f Finding) bool { return f.Kind == "reference" }) {
			t.Errorf("%s was not found: %v", name, found)
		}
	}
}

func onInterview(f func(*domain.Interview)) func(domain.Reader) (domain.Record, error) {
	return func(r domain.Reader) (domain.Record, error) {
		v, err := r.Interview(domain.NewID(domain.KindInterview, 1))
		f(v)
		return v, err
	}
}

func onFollowUp(f func(*domain.FollowUp)) func(domain.Reader) (domain.Record, error) {
	return func(r domain.Reader) (domain.Record, error) {
		v, err := r.FollowUp(domain.NewID(domain.KindFollowUp, 1))
		f(v)
		return v, err
	}
}

// The encoding of a record is the same whenever its answers are: maps have no order of their own.
func TestRecordEncodesOneWay(t *testing.T) {
	v := &domain.Interview{ID: domain.NewID(domain.KindInterview, 1), Sheet: domain.Sheet{Sections: map[string]domain.Answers{}}}
	for _, sec := range domain.Sections() {
		v.Sheet.Sections[sec.Name] = domain.Answers{}
		for _, f := range sec.Fields {
			v.Sheet.Sections[sec.Name][f.Name] = domain.Value{Text: f.Title}
		}
	}
	first, err := modesEncode(v)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		r, err := decodeRecord(v.ID, first)
		if err != nil {
			t.Fatal(err)
		}
		again, err := modesEncode(cloned(r))
		if err != nil || !bytes.Equal(first, again) {
			t.Fatal("encoded another way", err)
		}
	}
}

// endedSince holds the follow-ups that ended against all there are: the newest first, at the same time the highest number.
func endedSince(r domain.Reader, all []*domain.FollowUp) error {
	key := func(m domain.Moment) int64 {
		if m == 0 {
			return math.MaxInt64 // dropped nobody knows when: never left out
		}
		return m.Unix()
	}
	slices.SortFunc(all, func(a, b *domain.FollowUp) int {
		return cmp.Or(cmp.Compare(key(b.EndedAt()), key(a.EndedAt())), cmp.Compare(b.ID, a.ID))
	})
	for _, since := range []domain.Moment{0, -8, -6, 3, 4, 3_500_000_000, 3_500_100_002} {
		var want []domain.ID
		for _, f := range all {
			if since == 0 || key(f.EndedAt()) >= since.Unix() {
				want = append(want, f.ID)
			}
		}
		got, err := r.EndedFollowUps(since)
		if err != nil || !slices.Equal(got, want) {
			return fmt.Errorf("ended since %d: %v, should be %v (%v)", since, got, want, err)
		}
	}
	return nil
}
