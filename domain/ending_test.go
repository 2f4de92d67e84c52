package domain_test

import (
	"slices"
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
	"homeward/domain/view"
)

// open puts a child with an episode without a return on the desk.
func (tm *team) openEpisode(more ...string) {
	tm.Helper()
	tm.arrived(append([]string{"police_ref=P1", "child_ref=K1", "given_name=Ivy", "family_name=Stone", "dob=2011-03-14", "missing_at=2026-11-20 20:00"}, more...)...)
}

// gone says which children are missing now and which episodes are to be closed.
func (tm *team) gone() string {
	tm.Helper()
	var out []string
	rows, err := view.ReadMissing(tm.Sandbox)
	if err != nil {
		tm.Fatal(err)
	}
	for _, r := range rows {
		out = append(out, r.Episode.ShownRef())
	}
	if rows, err = view.ReadToClose(tm.Sandbox); err != nil {
		tm.Fatal(err)
	}
	for _, r := range rows {
		out = append(out, r.Episode.ShownRef()+": "+r.ToClose)
	}
	return strings.Join(out, ", ")
}

// Each way of ending takes an episode from those missing now, keeps who, when and why, and is taken back whole.
func TestAnEpisodeEndsWithoutAReturn(t *testing.T) {
	for _, how := range domain.Endings() {
		tm := newTeam(t)
		tm.settings.Alerts = []domain.AlertRule{{Name: "gone", MissingFor: domain.Hours(24)}}
		tm.openEpisode("dob=2008-11-21")
		before := tm.all()
		tm.do(`{"act":"episode.end","episode":"P1","how":%q,"on":"2026-11-21","reason":"the police said so"}`, how)
		e := tm.episode(1)
		if d := e.Ended; d == nil || d.How != how || d.On.String() != "2026-11-21" || d.Why != "the police said so" || d.By != "dee" || e.Over() {
			t.Errorf("%s: kept %+v", how, e.Ended)
		}
		if got := tm.gone(); got != "" {
			t.Errorf("%s: still listed: %s", how, got)
		}
		if died := tm.named("K1").Died != nil; died != (how == domain.EndDied) {
			t.Errorf("%s: died %v", how, died)
		}
		alerts, err := domain.AlertsFor(tm.Sandbox, &domain.Child{}, tm.spans())
		if err != nil || alerts != nil {
			t.Errorf("%s: an alert says that the child is missing still: %v, %v", how, alerts, err)
		}
		tl, err := view.ReadTimeline(tm.Sandbox, tm.named("K1"))
		if err != nil || !slices.ContainsFunc(tl.Events, func(x view.TimelineEvent) bool {
			return x.Kind == "ended" && strings.Contains(x.Summary, domain.EndingWords(how))
		}) {
			t.Errorf("%s: the timeline does not say it: %v", how, err)
		}
		tm.nothing(domain.Invalid, "episode", []string{"already"}, `{"act":"episode.end","episode":"P1","how":"never_closed","on":"2026-11-21","reason":"x"}`)
		tm.undone(before)
	}
}

func (tm *team) spans() []domain.EpisodeSpan {
	tm.Helper()
	s, err := tm.SpansOf(tm.named("K1").ID)
	if err != nil {
		tm.Fatal(err)
	}
	return s
}

func TestAnEndingThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		what, row, line, field, say string
	}{
		{"no day", "", `"how":"never_closed","reason":"x"`, "on", "required"},
		{"no reason", "", `"how":"never_closed","on":"2026-11-21"`, "reason", "required"},
		{"no way", "", `"how":"lost","on":"2026-11-21","reason":"x"`, "how", "never_closed"},
		{"to come", "", `"how":"never_closed","on":"2026-12-24","reason":"x"`, "on", "future"},
		{"before it began", "", `"how":"died","on":"2026-11-19","reason":"x"`, "on", "before P1 began"},
		{"not 18", "", `"how":"turned_18","on":"2026-11-21","reason":"x"`, "on", "was 15"},
		{"before found", "found_at_time=2026-11-22 09:00", `"how":"moved_authority","on":"2026-11-21","reason":"x"`, "on", "found"},
		{"is back", "returned_at=2026-11-21 09:00", `"how":"never_closed","on":"2026-11-21","reason":"x"`, "episode", "has a return"},
	} {
		tm := newTeam(t)
		if c.row == "" {
			tm.openEpisode()
		} else {
			tm.openEpisode(c.row)
		}
		tm.nothing(domain.Invalid, c.field, []string{c.say}, `{"act":"episode.end","episode":"P1",%s}`, c.line)
	}
}

// A found child's interview stays owed when the episode ends; it is said.
func TestEndingLeavesTheReferralOfAFoundChild(t *testing.T) {
	tm := newTeam(t)
	tm.openEpisode("found_at_time=2026-11-21 09:00")
	out := tm.do(`{"act":"episode.end","episode":"P1","how":"moved_authority","on":"2026-11-21","reason":"x"}`)
	if !tm.referral(1).Stage.Open() || len(out.Warnings) != 1 || !strings.Contains(out.Warnings[0], "R1") {
		t.Errorf("%s, said %q", tm.referral(1).Stage, out.Warnings)
	}
	if row, err := view.ReadQueueRow(tm.Sandbox, tm.referral(1).ID); err != nil || slices.Contains(row.Flags, domain.FlagNotBack) {
		t.Errorf("%v, %v", row.Flags, err)
	}
}

// A source that says later that the child is back overrides nobody: it is told and asked, once.
func TestAReturnAfterAnEndingAsks(t *testing.T) {
	back := []string{"police_ref=P1", "child_ref=K1", "missing_at=2026-11-20 20:00", "returned_at=2026-11-21 08:00"}
	end := `{"act":"episode.end","episode":"P1","how":"never_closed","on":"2026-11-21","reason":"x"}`
	for _, c := range []struct {
		what, line string
		back       bool
	}{
		{"ended again", end, false},
		{"recorded by hand", `{"act":"episode.edit","episode":"P1","returned_at":"2026-11-21 08:00"}`, true},
	} {
		tm := newTeam(t)
		tm.openEpisode()
		tm.do("%s", end)
		out := tm.arrived(back...)
		if e := tm.episode(1); e.Over() || e.Referral != 0 || len(out.Warnings) != 1 || !strings.Contains(out.Warnings[0], "ended here") {
			t.Errorf("%s: back %v, said %q", c.what, e.Over(), out.Warnings)
		}
		if got := tm.gone(); got != "P1: the source says back" {
			t.Errorf("%s: %q", c.what, got)
		}
		if out := tm.arrived(back...); len(out.Warnings) != 0 || out.Row.Updated {
			t.Errorf("%s: the same row again: %q", c.what, out.Warnings)
		}
		tm.do("%s", c.line)
		if e := tm.episode(1); e.Over() != c.back || (e.Ended == nil) != c.back || (e.Referral != 0) != c.back || tm.gone() != "" {
			t.Errorf("%s: back %v, ended %v, %q", c.what, e.Over(), e.Ended, tm.gone())
		}
	}
}

// Who is 18 by now is not missing now: their open episode is to be closed.
func TestWhoIs18ByNowIsNotMissingNow(t *testing.T) {
	for dob, want := range map[string]string{"2008-11-22": "P1: 18 by now", "2008-11-23": "P1", "": "P1"} {
		tm := newTeam(t)
		tm.openEpisode("dob=" + dob)
		if got := tm.gone(); got != want {
			t.Errorf("born %s: %q, want %q", dob, got, want)
		}
		if again := tm.named("K1").MissingIn(tm.spans(), domain.DateOf(tm.now)); (again != 0) != (want == "P1") {
			t.Errorf("born %s: missing in %s", dob, again)
		}
	}
}

// Nothing is sent or due for a child who died or their family.
func TestAChildDied(t *testing.T) {
	tm := newTeam(t)
	tm.openEpisode()
	tm.arrived("police_ref=P2", "child_ref=K1", "missing_at=2026-11-10 20:00", "returned_at=2026-11-11 08:00")
	tm.arrived("police_ref=P3", "child_ref=K1", "missing_at=2026-11-12 20:00", "returned_at=2026-11-13 08:00")
	tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z"}`)
	tm.do(`{"act":"referral.not_required","referral":"R2","reason":"hospital","text":"x","look_again_on":"2026-12-01","safe_with":"x"}`)
	tm.do(`{"act":"followup.add","child_ref":"K1","kind":"child","text":"see Ivy"}`)
	tm.do(`{"act":"followup.add","child_ref":"K1","kind":"professional","text":"tell the school"}`)
	before := tm.all()
	out := tm.do(`{"act":"child.died","child_ref":"K1","on":"2026-11-21","reason":"the hospital rang"}`)
	for _, say := range []string{"P1 ended", "R1 closed as unable", "R2 closed as unable", "F1 dropped", "F2 is with"} {
		if !strings.Contains(out.Summary, say) {
			t.Errorf("%q does not say %q", out.Summary, say)
		}
	}
	for n := uint64(1); n <= 2; n++ {
		if r := tm.referral(n); r.Stage != domain.StageUnable || r.Booking() != nil || r.LookAgain() != 0 {
			t.Errorf("%s is %s, booked %v", r.ID, r.Stage, r.Booking())
		}
	}
	q := tm.queue()
	if len(q.Rows)+len(q.NotUntil) != 0 || tm.gone() != "" {
		t.Errorf("%d rows, %d not until, %q", len(q.Rows), len(q.NotUntil), tm.gone())
	}
	f := tm.followUps("K1")
	if f["child"].Dropped == nil || !f["professional"].Open() || f["professional"].Owner != "sam" {
		t.Errorf("%+v, %+v", f["child"], f["professional"])
	}
	for line, field := range map[string]string{
		`{"act":"child.died","child_ref":"K1","on":"2026-11-21","reason":"x"}`:                   "child_ref",
		`{"act":"referral.reopen","referral":"R1","reason":"x"}`:                                 "",
		`{"act":"contact.log","followup":"F2","way":"call","with":"carer","result":"no_answer"}`: "with",
		`{"act":"followup.add","child_ref":"K1","kind":"support","text":"x"}`:                    "kind",
	} {
		tm.nothing(domain.Invalid, field, []string{"recorded as having died, 2026-11-21"}, "%s", line)
	}
	for _, what := range []domain.Paper{domain.PaperForm, domain.PaperLetter} {
		if err := domain.MayTakeOut(tm.Settings(), tm.Actor(), tm.named("K1"), tm.referral(1), nil, what); err == nil || !strings.Contains(err.Error(), "died") {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, to := range domain.SharedAudiences() {
		if err := domain.MayCopyFor(tm.named("K1"), to); (err != nil) != (to == domain.ForCarer) {
			t.Errorf("a copy for %s: %v", to, err)
		}
	}
	tm.do(`{"act":"contact.log","followup":"F2","way":"call","with":"professional","result":"spoke"}`)
	tm.do(`{"act":"undo"}`)
	tm.undone(before)
	tm.do(`{"act":"child.died","child_ref":"K1","on":"2026-11-21","reason":"the hospital rang"}`)
	tm.arrived("police_ref=P4", "child_ref=K1", "missing_at=2026-11-14 20:00", "returned_at=2026-11-15 08:00")
	if r := tm.referral(3); r.Stage != domain.StageUnable || len(tm.queue().Rows) != 0 {
		t.Errorf("a later row: %s", r.Stage)
	}
}
