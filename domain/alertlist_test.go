package domain_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"
	"homeward/domain/view"
)

// told is one episode of a child as the alerts look at it, apart from the records.
type told struct {
	child, ref, risk, flag, category string
	dob                              int
	start                            time.Time
	open, duplicate, outOfArea       bool
}

// holds says by the words of DOMAIN §8 whether an episode counts for a rule.
func (e told) holds(a domain.AlertRule, now time.Time) bool {
	if e.duplicate {
		return false
	}
	if a.MissingFor != (domain.Span{}) {
		return e.open && now.Sub(e.start) > time.Duration(a.MissingFor.Hours)*time.Hour
	}
	if e.start.After(now) || e.start.Unix() <= sameClock(now.Unix(), -a.Days) {
		return false
	}
	if a.Under > 0 {
		y, m, d := e.start.In(londonTown).Date()
		if (y*10000+int(m)*100+d-e.dob)/10000 >= a.Under {
			return false
		}
	}
	return (a.Flag == "" || a.Flag == e.flag || a.Flag == "high_risk" && e.risk == "high") &&
		(a.Category == "" || a.Category == e.category) && (!a.OutOfArea || e.outOfArea)
}

func TestTheAlertsInForceAreThoseTheirRulesSay(t *testing.T) {
	rules := []domain.AlertRule{
		{Name: "three_in_thirty", Count: 3, Days: 30}, {Name: "over_a_day", MissingFor: domain.Hours(24)}, {Name: "under_13", Count: 1, Days: 30, Under: 13},
		{Name: "exploited", Count: 1, Days: 30, Flag: "exploitation"}, {Name: "far", Count: 1, Days: 30, OutOfArea: true},
		{Name: "two_high", Count: 2, Days: 7, Flag: "high_risk"}, {Name: "truants", Count: 2, Days: 90, Category: "education"}, {Name: "three_in_ninety", Count: 3, Days: 90},
	}
	alarms := 0
	for seed := range uint64(250) {
		r := rand.New(rand.NewPCG(seed, 8))
		tm := newTeam(t).on([]string{"2026-11-22 18:00", "2026-04-10 01:30", "2026-10-25 12:00"}[r.IntN(3)])
		tm.settings.Alerts = slices.Clone(rules)
		r.Shuffle(len(rules), func(i, j int) {
			tm.settings.Alerts[i], tm.settings.Alerts[j] = tm.settings.Alerts[j], tm.settings.Alerts[i]
		})
		pick := func(words ...string) string { return words[r.IntN(len(words))] }
		var all []told
		for i := range 12 {
			e := told{child: pick("K1", "K2", "K3"), ref: fmt.Sprintf("P%02d", i), risk: pick("high", "low"), flag: pick("", "", "exploitation", "harm"),
				category: pick("missing", "education"), open: r.IntN(5) == 0, outOfArea: r.IntN(4) == 0}
			e.dob = map[string]int{"K1": 20131101, "K2": 20100512, "K3": 20150101}[e.child]
			e.start = tm.now.Add(-time.Duration(r.IntN(100*24*60)) * time.Minute)
			if r.IntN(4) == 0 { // to the minute at the edge of a window
				e.start = time.Unix(sameClock(tm.now.Unix(), -[]int{7, 30, 90, 1}[r.IntN(4)]), 0).Add(time.Duration(r.IntN(3)-1) * time.Minute)
			}
			row := []string{"police_ref=" + e.ref, "child_ref=" + e.child, fmt.Sprintf("dob=%04d-%02d-%02d", e.dob/10000, e.dob/100%100, e.dob%100), "risk=" + e.risk, "flags=" + e.flag,
				"category=" + e.category, "missing_at=" + e.start.UTC().Format(time.RFC3339), "looked_after=yes"}
			if !e.open {
				row = append(row, "returned_at="+e.start.UTC().Format(time.RFC3339))
			}
			if e.outOfArea {
				row = append(row, "placement_authority=Kent")
			}
			tm.arrived(row...)
			for _, o := range all {
				if o.child == e.child && !o.duplicate && r.IntN(20) == 0 && (e.open || !o.open) {
					tm.do(`{"act":"episode.duplicate","episode":"%s","of":"%s","reason":"x"}`, e.ref, o.ref)
					e.duplicate = true
					break
				}
			}
			all = append(all, e)
		}
		slices.SortStableFunc(all, func(a, b told) int { return a.start.Compare(b.start) })
		// Numbers go to children as they come.
		order := []string{}
		for n := uint64(1); n <= 3; n++ {
			if c, _ := tm.Child(domain.NewID(domain.KindChild, n)); c != nil {
				order = append(order, c.Ref)
			}
		}
		var want []string
		for _, a := range tm.settings.Alerts {
			for _, child := range order {
				var refs []string
				for _, e := range all {
					if e.child == child && e.holds(a, tm.now) {
						refs = append(refs, e.ref)
					}
				}
				if len(refs) > 0 && len(refs) >= a.Count {
					want = append(want, a.Name+" "+child+": "+strings.Join(refs, " "))
				}
			}
		}
		if got := tm.alerts(); got != strings.Join(want, "; ") {
			t.Fatalf("seed %d: alerts are\n%s\nshould be\n%s", seed, strings.ReplaceAll(got, "; ", "\n"), strings.Join(want, "\n"))
		}
		alarms += len(want)
	}
	if alarms < 500 {
		t.Errorf("only %d alerts: the children are too thinly made", alarms)
	}
}

func TestAlertsFollowAJoinAndItsUndoing(t *testing.T) {
	tm := twoRecords(t)
	tm.settings.Alerts = []domain.AlertRule{{Name: "three", Count: 3, Days: 30}}
	if tm.as("dee").alerts() != "" {
		t.Fatalf("alerts %q", tm.alerts())
	}
	tm.do(joinTwo)
	if tm.alerts() != "three K1: P1 P2 Q1" {
		t.Errorf("joined: %q", tm.alerts())
	}
	q, err := view.ReadQueue(tm)
	if err != nil || !slices.Contains(q.Rows[0].Flags, "alert:three") || slices.Contains(q.Rows[0].Flags, domain.FlagPossibleDuplicate) {
		t.Errorf("the queue says %v, %v", q.Rows[0].Flags, err)
	}
	tl, err := view.ReadTimeline(tm, tm.child(1))
	if err != nil || len(tl.Episodes) != 3 || !strings.Contains(summaries(tl), "found to be this child, by Dee Osei") {
		t.Errorf("timeline:\n%s", summaries(tl))
	}
	tm.do(`{"act":"undo"}`)
	if tm.alerts() != "" {
		t.Errorf("undone: %q", tm.alerts())
	}
}
