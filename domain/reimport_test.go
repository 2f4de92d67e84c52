package domain_test

import (
	"slices"
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

// first is a row with every column, as a police system sends it.
var first = []string{"police_ref=P1", "child_ref=K1", "given_name=Ivy", "family_name=Stone", "known_as=Vee", "dob=2011-03-14", "gender=female",
	"status=in_need", "looked_after=no", "home_authority=home", "placement_authority=Kent", "placement=Oak House", "placement_kind=home",
	"school=Hill School", "address=1 High St", "child_phone=07700 900123", "carer_name=Ann Stone", "carer_phone=07700 900456", "preferred_way=text",
	"warning=dog", "missing_from=school", "category=missing", "risk=medium", "flags=harm", "missing_at=2026-11-20 20:00", "reported_at=2026-11-20 22:00",
	"found_at_time=2026-11-21 09:00", "returned_at=2026-11-21 10:00", "notified_at=2026-11-21 11:00", "found_at=a friend's", "prevention_interview=PC 12",
	"referrer=PC 12", "social_worker=Ms Ray", "notes=first line\nsecond line", "last_seen_at=2026-11-20 19:00"}

// second says something else in every column that belongs to the episode.
var second = []string{"status=looked_after", "looked_after=yes", "home_authority=Kent", "placement_authority=Essex", "placement=Elm House", "placement_kind=hostel",
	"school=Dale School", "missing_from=home", "category=away", "risk=high", "flags=harm;hospital", "missing_at=2026-11-20 20:30", "reported_at=2026-11-20 22:30",
	"found_at_time=2026-11-21 09:30", "returned_at=2026-11-21 10:30", "notified_at=2026-11-21 11:30", "found_at=the station", "prevention_interview=PC 13",
	"referrer=PC 13", "social_worker=Mr Day", "notes=another", "last_seen_at=2026-11-20 19:30"}

// with is a row with one cell said otherwise; "" takes all others away.
func with(row []string, cell string) []string { return append(slices.Clone(row), cell) }

// value is what E1 has in a column, by its printed name.
func (tm *team) value(column string) string {
	tm.Helper()
	c, ok := domain.ColumnNamed(column)
	if !ok {
		tm.Fatalf("no column %q", column)
	}
	return tm.episode(1).Value(c)
}

// said is how a cell's text is kept.
func (tm *team) said(cell string) (column, value string) {
	tm.Helper()
	column, text, _ := strings.Cut(cell, "=")
	if strings.HasSuffix(column, "_at") && column != "found_at" || column == "found_at_time" {
		return column, strings.Replace(text, " ", "T", 1) + ":00Z"
	}
	return column, text
}

func unchanged(t testing.TB, what string, out *domain.Outcome) {
	t.Helper()
	if len(out.Put) > 0 || len(out.Delete) > 0 || out.Row != (domain.RowVerdict{}) || len(out.Warnings) > 0 {
		t.Errorf("%s changes %+v, %d records, %q", what, out.Row, len(out.Put), out.Warnings)
	}
}

func TestTheSameRowTwiceChangesNothingAndSaysSo(t *testing.T) {
	tm := newTeam(t)
	out := tm.arrived(first...)
	if out.Row != (domain.RowVerdict{Created: true, ChildCreated: true, Referred: true}) {
		t.Errorf("%+v", out.Row)
	}
	unchanged(t, "the same row", tm.arrived(first...))
	open := []string{"police_ref=P2", "child_ref=K2", "missing_at=2026-11-22"}
	if out := tm.arrived(open...); out.Row != (domain.RowVerdict{Created: true, ChildCreated: true}) {
		t.Errorf("%+v", out.Row)
	}
	unchanged(t, "the same open row", tm.arrived(open...))
	nameless := []string{"police_ref=P3", "given_name=Max", "family_name=Field", "dob=2010-05-05", "missing_at=2026-11-22"}
	tm.arrived(nameless...)
	unchanged(t, "the same row without a reference", tm.arrived(nameless...))
}

func TestALaterRowAppliesTheColumnsInWhichItDiffers(t *testing.T) {
	for _, cell := range second {
		tm := newTeam(t)
		tm.arrived(first...)
		column, want := tm.said(cell)
		out := tm.arrived(with(first, cell)...)
		if got := tm.value(column); got != want || !out.Row.Updated || out.Row.Created {
			t.Errorf("%s: %q, %+v", cell, got, out.Row)
		}
		for _, other := range first {
			c, _ := tm.said(other)
			if col, _ := domain.ColumnNamed(c); c != column && slices.Contains(domain.EpisodeColumns(), col) && tm.value(c) != newFirst(t).value(c) {
				t.Errorf("%s changes %s too", cell, c)
			}
		}
		unchanged(t, cell+" again", tm.arrived(with(first, cell)...))
	}
}

func newFirst(t testing.TB) *team {
	t.Helper()
	tm := newTeam(t)
	tm.arrived(first...)
	return tm
}

func TestBlanksEraseNothing(t *testing.T) {
	unchanged(t, "a row with blanks", newFirst(t).arrived("police_ref=P1", "missing_at=2026-11-20 20:00", "child_ref=K1"))
	for _, cell := range first {
		name, _, _ := strings.Cut(cell, "=")
		if name == "police_ref" || name == "missing_at" {
			continue
		}
		unchanged(t, "a blank "+name, newFirst(t).arrived(with(first, name+"=")...))
		unchanged(t, "a "+name+" of spaces", newFirst(t).arrived(with(first, name+"=  ")...))
	}
}

// A person sets each column of the second row; then the source says the same as ever, something third, and that again.
func TestWhatAPersonEditedStaysAndTheDifferenceIsReported(t *testing.T) {
	third := map[string]string{"status": "early_help", "looked_after": "no", "category": "absent", "risk": "low", "missing_at": "2026-11-20 20:45",
		"reported_at": "2026-11-20 22:45", "found_at_time": "2026-11-21 09:45", "returned_at": "2026-11-21 10:45", "notified_at": "2026-11-21 11:45",
		"last_seen_at": "2026-11-20 19:45", "home_authority": "Surrey", "placement_authority": "Surrey"}
	for _, cell := range second {
		column, text, _ := strings.Cut(cell, "=")
		if column == "flags" {
			continue // each flag has its own author: below
		}
		tm := newFirst(t)
		_, want := tm.said(cell)
		tm.do(`{"act":"episode.edit","episode":"P1",%q:%q}`, column, text)
		unchanged(t, "the source says of "+column+" what it always said", tm.arrived(first...))
		other := third[column]
		if other == "" {
			other = "something third"
		}
		if column == "looked_after" { // the source comes round to what the person set, then back: the person's stays
			tm.arrived(with(first, "looked_after=yes")...)
		}
		row := with(first, column+"="+other)
		out := tm.arrived(row...)
		if tm.value(column) != want {
			t.Errorf("%s: the source's %q replaces the person's", column, other)
		}
		if !slices.ContainsFunc(out.Warnings, func(w string) bool { return strings.Contains(w, domain.Words(column)) }) {
			t.Errorf("%s: the difference is not reported: %q", column, out.Warnings)
		}
		unchanged(t, "the same difference in "+column+" again", tm.arrived(row...))
	}
}

func TestAColumnAPersonEmptiedStaysEmpty(t *testing.T) {
	tm := newFirst(t)
	tm.do(`{"act":"episode.edit","episode":"P1","notes":"","placement":""}`)
	unchanged(t, "the same row", tm.arrived(first...))
	out := tm.arrived(with(first, "placement=Elm House")...)
	if tm.value("placement") != "" || len(out.Warnings) == 0 {
		t.Errorf("placement %q, %q", tm.value("placement"), out.Warnings)
	}
}

func TestAColumnAPersonPutBackIsTheSourcesAgain(t *testing.T) {
	tm := newFirst(t)
	tm.do(`{"act":"episode.edit","episode":"P1","school":"Dale School"}`)
	tm.do(`{"act":"episode.edit","episode":"P1","school":"Hill School"}`)
	tm.arrived(with(first, "school=Brook School")...)
	if got := tm.value("school"); got != "Brook School" {
		t.Errorf("school %q", got)
	}
}

func TestEachFlagHasItsOwnAuthor(t *testing.T) {
	flags := func(says string) []string {
		return []string{"police_ref=P1", "child_ref=K1", "missing_at=2026-11-21 20:00", "flags=" + says}
	}
	for _, c := range []struct {
		what        string
		acts        []string
		first, then string
		want        string
	}{
		{"the source's replace the source's", nil, "harm", "hospital", "hospital"},
		{"a person's stays beside the source's new one", []string{`{"act":"flag.set","episode":"P1","flag":"hospital","reason":"x"}`}, "", "exploitation", "exploitation;hospital"},
		{"a person's stays when the source takes its own back", []string{`{"act":"flag.set","episode":"P1","flag":"hospital","reason":"x"}`}, "harm", "exploitation", "exploitation;hospital"},
		{"what a person cleared stays cleared", []string{`{"act":"flag.clear","episode":"P1","flag":"harm","reason":"x"}`}, "harm", "harm;exploitation", "exploitation"},
		{"set and cleared again hides nothing", []string{`{"act":"flag.set","episode":"P1","flag":"hospital","reason":"x"}`,
			`{"act":"flag.clear","episode":"P1","flag":"hospital","reason":"x"}`}, "harm", "harm;exploitation", "harm;exploitation"},
		{"the same again brings nothing back", []string{`{"act":"episode.edit","episode":"P1","flags":"exploitation"}`}, "harm", "harm", "exploitation"},
	} {
		tm := newTeam(t)
		tm.arrived(flags(c.first)...)
		for _, act := range c.acts {
			tm.do("%s", act)
		}
		tm.arrived(flags(c.then)...)
		if got := tm.value("flags"); got != c.want {
			t.Errorf("%s: %q, should be %q", c.what, got, c.want)
		}
		unchanged(t, c.what+", again", tm.arrived(flags(c.then)...))
	}
}

func TestARowThatIsRightByItselfMayBeWrongBesideWhatIsKnown(t *testing.T) {
	tm := newTeam(t)
	tm.arrived("police_ref=P1", "child_ref=K1", "missing_at=2026-11-20 20:00")
	tm.do(`{"act":"episode.edit","episode":"P1","missing_at":"2026-11-21 12:00"}`)
	_, r := tm.arrive("police_ref=P1", "child_ref=K1", "missing_at=2026-11-20 20:00", "returned_at=2026-11-21 10:00")
	if r == nil || r.Code != domain.Invalid || r.Field != "returned_at" {
		t.Errorf("a return before the start a person set: %+v", r)
	}
}

func TestARefusedRowChangesNothing(t *testing.T) {
	tm := newFirst(t)
	before := len(tm.Changes())
	if _, r := tm.arrive(with(with(first, "school=Dale School"), "child_ref=K2")...); r == nil || r.Field != "child_ref" || r.Code != domain.Invalid {
		t.Errorf("%+v", r)
	}
	if tm.value("school") != "Hill School" || len(tm.Changes()) != before {
		t.Error("a row that was refused changed something")
	}
}
