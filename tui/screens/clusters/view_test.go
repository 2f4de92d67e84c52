package clusters

import (
	"strings"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/keymap"
	"homeward/tui/tuitest"
	"homeward/tui/widgets"
)

// still is a desk that only knows its settings, who sits at it and the time.
type still struct {
	view.Desk
	s   domain.Settings
	who domain.Actor
}

func (d *still) Settings() *domain.Settings { return &d.s }
func (d *still) Actor() domain.Actor        { return d.who }
func (d *still) Now() time.Time             { return tuitest.Now() }

// shows is the screen over rows made by hand.
func shows(t *testing.T, rows ...view.ClusterRow) *screen {
	t.Helper()
	policy, _ := domain.Profile("statutory")
	d := &still{s: domain.Settings{Policy: policy}, who: domain.Actor{Login: "dee", Name: "Dee Osei", Role: domain.Coordinator}}
	keys, err := keymap.Default().With(Keys()...)
	if err != nil {
		t.Fatal(err)
	}
	m := frame.New(frame.Config{Keys: keys, Runtime: frame.Runtime{Now: tuitest.Now, Delay: widgets.NoDelay}})
	p := desk.New(d, nil)
	p.Clusters = append([]view.ClusterRow{}, rows...)
	c := New(p, nil)(m.Session(), "").(*screen)
	c.Init()
	return c
}

// byHand makes a row of a child whose episodes came back so many hours ago.
func byHand(state view.ClusterState, hours ...int) view.ClusterRow {
	policy, _ := domain.Profile("statutory")
	row := view.ClusterRow{State: state, Child: &domain.Child{ID: domain.NewID(domain.KindChild, 1), GivenName: "Kai", FamilyName: "Adeyemi", Ref: "K1"}}
	for i, h := range hours {
		back := domain.At(tuitest.Now().Add(-time.Duration(h) * time.Hour))
		e := &domain.Episode{ID: domain.NewID(domain.KindEpisode, uint64(i+1)), PoliceRef: "MP-" + string(rune('1'+i)), MissingAt: domain.At(back.Time().Add(-5 * time.Hour)), ReturnedAt: back}
		r := &domain.Referral{ID: domain.NewID(domain.KindReferral, uint64(i+1)), Episode: e.ID, Stage: domain.StageNew}
		if state == view.ClusterInterviewed {
			r.Stage, r.HeldAt = domain.StageToWriteUp, domain.At(tuitest.Now().Add(-2*time.Hour))
		}
		own := domain.ClocksOf(&policy, e, r)
		row.Members = append(row.Members, view.ClusterPart{Member: domain.Member{Episode: e, Referral: r}, Return: own.Return, Own: own.Interview})
		if row.From.IsZero() {
			row.From, row.Until = e.MissingAt, domain.At(domain.AddDays(e.MissingAt.Time(), 14))
		}
		row.To = back
	}
	all, _ := choose(&row, nil)
	row.Interview, _ = together(all)
	if state != view.ClusterSuggested {
		row.Cluster = &domain.Cluster{ID: domain.NewID(domain.KindCluster, 3), By: "dee", At: row.To}
		for _, m := range row.Members {
			row.Cluster.Members = append(row.Cluster.Members, domain.ClusterMember{Episode: m.Episode.ID, Referral: m.Referral.ID})
		}
	}
	return row
}

func (c *screen) drawn(w, h int) string { return tuitest.Text(c.View(w, h), w, h) }

// An interviewed cluster is folded away, unless a late return lies inside its period; nothing about it can be changed.
func TestInterviewed(t *testing.T) {
	row := byHand(view.ClusterInterviewed, 200, 120, 20)
	row.Cluster.HeldAt = row.Members[0].Referral.HeldAt
	row.Interview.Met = row.Cluster.HeldAt
	c := shows(t, row)
	if got := c.drawn(120, 37); !strings.Contains(got, "▸ ▸ Interviewed 1") && !strings.Contains(got, "Interviewed 1") || strings.Contains(got, "To decide") {
		t.Errorf("an interviewed cluster stands as\n%s", got)
	}
	c.List.Focus("CL3")
	c.Moved()
	got := c.drawn(120, 37)
	for _, s := range []string{"● CL3 interviewed", "One interview held Mon 23 Nov 12:05, met", "✗ missed", "✓ met", "held 23 Nov"} {
		if !strings.Contains(got, s) {
			t.Errorf("%q is not in\n%s", s, got)
		}
	}
	for _, why := range []string{c.noChanging("cluster.break_up"), c.noAddition(), c.noLeaving()} {
		if !strings.HasPrefix(why, "the interview of CL3 was held ") || !strings.HasSuffix(why, ": who belongs to it stays") {
			t.Errorf("it can be changed: %q", why)
		}
	}
	row.Review = []string{"MP-9 lies inside the period whose interview was held: was it spoken of?"}
	row.Warnings = row.Review
	if ToDecide([]view.ClusterRow{row}) != 1 {
		t.Error("a late return inside the period waits for nobody")
	}
	if got := shows(t, row).drawn(120, 37); !strings.Contains(got, "To decide 1") || !strings.Contains(got, "! Look at it again: MP-9") {
		t.Errorf("for review it stands as\n%s", got)
	}
}

// What accepting would change, of those chosen: before and after, and what it asks.
func TestAcceptance(t *testing.T) {
	row := byHand(view.ClusterSuggested, 200, 120, 60, 20)
	row.Members[1].Episode.Risk = "high"
	out := map[domain.ID]bool{row.Members[3].Episode.ID: true}
	d := accept(&row, out)
	if d.covers != 3 || d.one.Due != row.Members[2].Own.Due || strings.Join(d.asks, "; ") != "MP-4 left out; MP-2 high risk" {
		t.Errorf("accepting covers %d, due %s, asks %v", d.covers, d.one.Due, d.asks)
	}
	a := d.because("Why not.").Act.(*domain.AcceptCluster)
	if a.Reason != "Why not." || d.act.Act.(*domain.AcceptCluster).Reason != unwritten || strings.Join(a.Episodes, " ") != "MP-1 MP-2 MP-3" {
		t.Errorf("the act is %+v", a)
	}
	if d := accept(&row, nil); d.covers != 4 || d.one.Due != row.Interview.Due {
		t.Errorf("all of them are due %s", d.one.Due)
	}
	plain := byHand(view.ClusterSuggested, 200, 120, 20)
	if d := accept(&plain, nil); d.asks != nil || d.act.Act.(*domain.AcceptCluster).Reason != "" {
		t.Error("where nothing asks for a reason none is given")
	}
	c := shows(t, plain)
	c.out[rowID(&plain)] = map[domain.ID]bool{plain.Members[0].Episode.ID: true}
	if why := c.noAccepting(); why != "2 of 3 are in, at least 3 are needed for one interview (policy cluster_min)" {
		t.Error(why)
	}
}

// No window breaks the page, whatever stands in it.
func TestEverySize(t *testing.T) {
	row := byHand(view.ClusterSuggested, 200, 120, 20)
	row.MissingNow = domain.NewID(domain.KindEpisode, 9)
	row.Warnings = []string{"missing again now (E9)", "2 of 3 past their own 72 h"}
	held := byHand(view.ClusterInterviewed, 200, 120, 20)
	for _, inside := range []bool{false, true} {
		for l := range desk.DetailOnly + 1 {
			c := shows(t, row, held)
			c.inside, c.Layout = inside, l
			for w := 50; w < 200; w += 7 {
				for h := 8; h < 60; h += 3 {
					for i, line := range strings.Split(c.View(w, h), "\n") {
						if n := widgets.Width(line); n > w || i >= h {
							t.Fatalf("%d×%d: line %d is %d wide", w, h, i, n)
						}
					}
				}
			}
		}
	}
}

// Nothing to show says why.
func TestNothing(t *testing.T) {
	p, _ := domain.Profile("statutory")
	if got := nothing(&p)[0]; got != "No three outstanding episodes of one child lie within 14 days." {
		t.Error(got)
	}
	p.ClusterMin, p.ClusterWindow = 12, 30
	if got := nothing(&p)[0]; got != "No 12 outstanding episodes of one child lie within 30 days." {
		t.Error(got)
	}
	p.Clusters = false
	if got := nothing(&p)[0]; got != "The policy makes no clusters: every episode has an interview of its own." {
		t.Error(got)
	}
}

// A filter as the queue has it: words, fields, turned round.
func TestFilter(t *testing.T) {
	row := byHand(view.ClusterAccepted, 200, 120, 20)
	row.Members[0].Episode.Risk = "high"
	row.Members[0].Referral.AssignedTo = "amira"
	row.Additions = []domain.Candidate{{}}
	for text, want := range map[string]bool{"": true, "kai": true, "kai -adeyemi": false, "state:accepted": true, "-state:accepted": false, "ref:cl3": true, "ref:mp-2": true,
		"ref:r9": false, "flag:high": true, "flag:new": true, "flag:review": false, "who:amira": true, "who:joe": false, "child:": true, "state:decide": true} {
		keeps := desk.Matcher(text, filterFields(), []string{"child", "ref", "who"}, func(r *view.ClusterRow, field string) []string { return values(desk.Seen{}, r, field) })
		if got := keeps(&row); got != want {
			t.Errorf("%q keeps it: %v", text, got)
		}
	}
	if got := desk.UnknownFields("stat:x kai ref:y", filterFields()); len(got) != 1 || got[0] != "stat" {
		t.Errorf("unknown are %v", got)
	}
}
