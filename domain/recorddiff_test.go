package domain_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

func TestRecordDifferences(t *testing.T) {
	yes, no := true, false
	at := exactly(t, "2026-11-23T14:05:00Z")
	first := exactly(t, "2026-10-25T00:30:00Z") // 01:30 in summer time
	again := exactly(t, "2026-10-25T01:30:00Z") // 01:30 once more
	for _, c := range []struct {
		what     string
		was, is  domain.Record
		expected string
	}{
		{"nothing", &domain.Child{ID: 1, Version: 1}, &domain.Child{ID: 1, Version: 2}, ""},
		{"a child's name and card", &domain.Child{GivenName: "Ana", Card: domain.Card{Language: "en", Phones: []domain.Line{{Text: "1"}}}},
			&domain.Child{GivenName: "Anna", Card: domain.Card{Phones: []domain.Line{{Text: "1", Removed: true}, {Text: "2"}}}},
			"given name: Ana → Anna; phones 1 removed: no → yes; phones 2:  → text 2; language: en → "},
		{"a stage and who has it", &domain.Referral{Stage: "new"}, &domain.Referral{Stage: "to_write_up", AssignedTo: "dee"},
			"stage: new → to write up; assigned to:  → dee"},
		{"an attempt came", &domain.Referral{Attempts: []domain.Attempt{{Way: "call"}}},
			&domain.Referral{Attempts: []domain.Attempt{{Way: "call"}, {ID: domain.NewID(domain.KindAttempt, 2), At: at, Way: "through_carer", Note: "snake_case stays words, CASE stays"}}},
			"attempts 2:  → id A2, at Mon 23 Nov 2026 14:05, way through carer, note snake_case stays words, CASE stays"},
		{"an attempt went", &domain.Referral{Attempts: []domain.Attempt{{Way: "call"}}}, &domain.Referral{}, "attempts 1: way call → "},
		{"one of an entry's values", &domain.Referral{Bookings: []domain.Booking{{Agreed: &no, By: "a"}}}, &domain.Referral{Bookings: []domain.Booking{{Agreed: &yes, By: "a"}}},
			"bookings 1 agreed with child: no → yes"},
		{"an hour that comes twice", &domain.Episode{ReturnedAt: first}, &domain.Episode{ReturnedAt: again},
			"returned at: 2026-10-25T01:30:00+01:00 → 2026-10-25T01:30:00Z"},
		{"a date becomes a time", &domain.Episode{ReturnedAt: domain.OnDate(at.Date())}, &domain.Episode{ReturnedAt: at}, "returned at: Mon 23 Nov 2026 → Mon 23 Nov 2026 14:05"},
		{"numbers of others", &domain.Cluster{}, &domain.Cluster{Members: []domain.ClusterMember{{Episode: domain.NewID(domain.KindEpisode, 4), Referral: domain.NewID(domain.KindReferral, 5)}}},
			"members 1:  → episode E4, referral R5"},
		{"a part that went", &domain.Referral{LateReason: &domain.LateReason{Reason: "capacity"}}, &domain.Referral{}, "late reason reason: capacity → "},
		{"an answer, and the version kept of it",
			&domain.Interview{Sheet: domain.Sheet{Sections: map[string]domain.Answers{"before": {"alone": {Text: "yes"}}}}},
			&domain.Interview{Sheet: domain.Sheet{Sections: map[string]domain.Answers{"before": {"alone": {Text: "not_asked"}, "push": {List: []string{"self_harm", "bullying"}}}}},
				Versions: []domain.SheetVersion{{By: "pat", Sheet: domain.Sheet{Sections: map[string]domain.Answers{"before": {"alone": {Text: "yes"}}}}}}},
			"before alone: yes → not asked; before push:  → self harm, bullying; versions 1:  → by pat"},
		{"what was made", nil, &domain.FollowUp{ID: 9, Version: 1, Kind: "early_help", Text: "x"}, "kind:  → early help; text:  → x"},
		{"what was taken away", &domain.FollowUp{ID: 9, Version: 1, Kind: "other", Text: "x"}, nil, "kind: other → ; text: x → "},
	} {
		var got []string
		touched := domain.Touched{Before: c.was, After: c.is}
		for _, d := range view.RecordDifferences(touched) {
			got = append(got, fmt.Sprintf("%s: %s → %s", d.Field, d.Was, d.Is))
		}
		if s := strings.Join(got, "; "); s != c.expected {
			t.Errorf("%s:\n%s\nnot\n%s", c.what, s, c.expected)
		}
	}
}

func exactly(t testing.TB, s string) domain.Moment {
	t.Helper()
	v, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return domain.At(v)
}

// Whatever field of a record changes by itself, it is told: nothing of the log is hidden by the words for it.
func TestNoFieldOfARecordIsForgotten(t *testing.T) {
	for kind := domain.KindChild; kind <= domain.KindNoted; kind++ {
		if domain.NewRecord(kind) == nil {
			continue
		}
		fields := reflect.TypeOf(domain.NewRecord(kind)).Elem()
		for i := range fields.NumField() {
			f := fields.Field(i)
			if f.Name == "ID" || f.Name == "Version" || f.Tag.Get("json") == "-" { // the last is never kept
				continue
			}
			is := domain.NewRecord(kind)
			fill(reflect.ValueOf(is).Elem().Field(i))
			for _, touched := range []domain.Touched{{Before: domain.NewRecord(kind), After: is}, {Before: is, After: domain.NewRecord(kind)}, {After: is}, {Before: is}} {
				if len(view.RecordDifferences(touched)) == 0 {
					t.Errorf("%s: %s is not told", fields.Name(), f.Name)
				}
			}
		}
	}
}

// fill puts something into a value and all it holds.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key)
		fill(value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(1 << 12)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(1<<12 + 1)
	}
}
