package tui_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store/intake"
	"homeward/tui"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/tuitest"
)

// history takes in n past episodes of one child, the last of them a few days ago: short and long ones, some by date alone.
func (x *team) history(ref, given, family string, n int, gap time.Duration) {
	x.t.Helper()
	var b strings.Builder
	b.WriteString("police_ref,child_ref,given_name,family_name,dob,risk,category,missing_at,returned_at,notified_at,placement,warning\n")
	rnd := rand.New(rand.NewPCG(1, 2))
	at := tuitest.Now().Add(-time.Duration(n) * gap)
	for i := range n {
		start := at.Add(time.Duration(rnd.Int64N(int64(gap / 2))))
		long := []time.Duration{time.Hour, 3 * time.Hour, 9 * time.Hour, 20 * time.Hour, 30 * time.Hour}[rnd.IntN(5)]
		if i%17 == 5 {
			long = 3 * gap / 2
		}
		layout := "2006-01-02 15:04"
		if i%11 == 3 {
			layout = time.DateOnly
		}
		local := func(t time.Time) string { return t.In(domain.London()).Format(layout) }
		fmt.Fprintf(&b, "%s-%03d,%s,%s,%s,2011-02-03,%s,missing,%s,%s,,Rosewood House,Visit in pairs: dog in the house\n", ref, i+1, ref, given, family,
			[]string{"high", "medium", "low"}[rnd.IntN(3)], local(start), local(start.Add(long)))
		at = at.Add(gap)
	}
	rep, err := intake.Run(context.Background(), x.desk, strings.NewReader(b.String()), intake.Options{History: true})
	if err != nil || rep.Counts.Created != n {
		x.t.Fatalf("%+v %v", rep, err)
	}
}

// one is a child with one episode and all that was done about it.
func (x *team) one() {
	x.now = func() time.Time { return tuitest.Now() }
	x.do("dee",
		`{"act":"referral.new","police_ref":"MP-1","child_ref":"K1","given_name":"Kai","family_name":"Adeyemi","known_as":"Kay","dob":"2012-05-06","risk":"high","flags":"exploitation","missing_from":"Rosewood House","placement":"Rosewood House","missing_at":"2026-11-20 22:10","reported_at":"2026-11-20 23:00","found_at_time":"2026-11-21 08:40","found_at":"the station","returned_at":"2026-11-21 10:00","notified_at":"2026-11-21 10:40"}`,
		`{"act":"referral.accept","referral":"R1","responsible":"team","at":"2026-11-21T11:00:00Z"}`,
		`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"no_answer","at":"2026-11-21T12:00:00Z"}`,
		`{"act":"contact.log","referral":"R1","way":"call","with":"carer","result":"spoke","note":"Ring after school","at":"2026-11-22T09:30:00Z"}`,
		`{"act":"referral.book","referral":"R1","when":"2026-11-24T16:00:00Z","place":"school, quiet room","interviewer":"amira"}`,
		`{"act":"followup.add","child_ref":"K1","kind":"professional","text":"Tell the school nurse","due_at":"2026-11-25T12:00:00Z","owner":"amira"}`)
}

// three is a child with three episodes in a fortnight, the last of which goes on.
func (x *team) three() {
	x.now = func() time.Time { return tuitest.Now() }
	for i, e := range [][2]string{{"2026-11-09 21:00", "2026-11-10 07:30"}, {"2026-11-13 18:00", "2026-11-13 20:00"}, {"2026-11-19 23:00", "2026-11-21"}, {"2026-11-23 01:10", ""}} {
		x.do("dee", fmt.Sprintf(`{"act":"referral.new","police_ref":"TW-%d","child_ref":"K3","given_name":"Amelia","family_name":"Barker","dob":"2013-12-01","risk":"medium","missing_at":"%s","returned_at":"%s","warning":"Visit in pairs: dog in the house"}`, i+1, e[0], e[1]))
	}
}

// open finds a child by what is typed and goes to the timeline.
func open(d *tuitest.Driver, what string) *tuitest.Driver {
	return d.Press("ctrl+f").Type(what).Press("enter")
}

// The timeline of children with one, three, sixty and four hundred episodes, at both sizes, and in every way of showing it.
func TestTimelineFrames(t *testing.T) {
	x := newTeam(t, "dee")
	x.history("S60", "Zara", "Farah", 60, 14*24*time.Hour)
	x.history("M400", "Malachi", "Young", 400, 5*24*time.Hour)
	x.one()
	x.three()
	for _, f := range []struct {
		name, child string
		w, h        int
		keys        []string
	}{
		{"timeline-one", "MP-1", 120, 40, nil},
		{"timeline-one", "Kay", 80, 24, nil},
		{"timeline-three", "barker", 120, 40, nil},
		{"timeline-three", "barker", 80, 24, nil},
		{"timeline-sixty", "farah", 120, 40, nil},
		{"timeline-sixty", "farah", 80, 24, []string{"0"}},
		{"timeline-four-hundred", "young", 120, 40, []string{"0", "g"}},
		{"timeline-four-hundred", "young", 80, 24, []string{"("}},
		{"timeline-narrowest", "barker", 60, 15, nil},
		{"timeline-masked", "K1", 120, 40, []string{"m"}},
		{"timeline-full", "K1", 80, 24, []string{"enter"}},
		{"timeline-day", "K1", 120, 40, []string{"+", "+", "+", "+", "+", "+"}},
	} {
		name := fmt.Sprintf("%s-%dx%d", f.name, f.w, f.h)
		t.Run(name, func(t *testing.T) { open(x.look(f.w, f.h, tuitest.Now()), f.child).Press(f.keys...).Golden(name) })
	}
}

// without is a desk on which a child has no episodes, as one who was joined to another is left.
type without struct{ view.Desk }

type noEpisodes struct{ domain.Reader }

func (noEpisodes) EpisodesOf(domain.ID) ([]*domain.Episode, error)   { return nil, nil }
func (noEpisodes) SpansOf(domain.ID) ([]domain.EpisodeSpan, error)   { return nil, nil }
func (noEpisodes) FollowUpsOf(domain.ID) ([]*domain.FollowUp, error) { return nil, nil }

func (w without) Ask(ctx context.Context, question func(domain.Reader) error) error {
	return w.Desk.Ask(ctx, func(r domain.Reader) error { return question(noEpisodes{r}) })
}

func TestTimelineOfNobodyAndOfNothing(t *testing.T) {
	x := newTeam(t, "dee")
	x.look(80, 24, tuitest.Now()).Press("2").Golden("timeline-nobody-80x24")
	x.one()
	x.desk = without{x.desk}
	for _, size := range [][2]int{{120, 40}, {80, 24}} {
		d := open(x.look(size[0], size[1], tuitest.Now()), "K1").Golden(fmt.Sprintf("timeline-none-%dx%d", size[0], size[1]))
		d.Press("+", "-", "0", "left", "right", "(", ")", "s", "g", "G", "up", "down", "<", ">", "t", "enter", "v", "r", "o", "e").Sees("Kai Adeyemi")
	}
}

// Signs are letters in the ascii set, and without colour the frame says the same.
func TestTimelineWithoutColourAndInASCII(t *testing.T) {
	x := newTeam(t, "dee")
	x.three()
	show := func(change func(*tui.Options)) *tuitest.Driver {
		return open(tuitest.New(t, 80, 24, func(rt frame.Runtime) tea.Model {
			rt.Now = func() time.Time { return tuitest.Now().In(domain.London()) }
			o := tui.Options{Runtime: rt, Live: "local", Theme: "dark"}
			change(&o)
			m, err := tui.Build(x.desk, &intake.Clerk{Desk: x.desk}, o)
			if err != nil {
				t.Fatal(err)
			}
			return m
		}), "barker")
	}
	show(func(o *tui.Options) { o.ASCII = true }).Golden("timeline-ascii-80x24")
	plain, dark := show(func(o *tui.Options) { o.NoColour = true }), show(func(*tui.Options) {})
	if plain.Frame() != dark.Frame() {
		t.Error("without colour the frame says something else than with it")
	}
	if indexSeq(plain.StyledFrame(), "[38;") >= 0 {
		t.Error("the frame without colour holds one")
	}
}

// From the queue to the timeline of the focused row and back to it, from a follow-up, by the tab to whom one looked at last.
func TestWaysToTheTimeline(t *testing.T) {
	x := newTeam(t, "dee")
	x.one()
	x.three()
	d := x.look(120, 40, tuitest.Now()).Press("}", "}").Sees("▸ Kai Adeyemi")
	d.Press("t").Sees("[2 Timeline]", "MP-1  11 h", "K1").Press("[").Sees("[1 Queue]", "▸ Kai Adeyemi")
	d.Press("2").Sees("Kai Adeyemi “Kay”")
	open(d, "TW-2").Sees("Amelia Barker", "▸ Fri 13 Nov 18:00").Press("left", "left", "left", "[").Sees("Kai Adeyemi “Kay”").Press("]").Sees("Amelia Barker")
	d.Press("1", "F").Sees("[4 Follow-ups]").Press("t").Sees("[2 Timeline]", "Tell the school nurse")
	// The row of the queue, from the entry.
	d.Press("(", "r").Sees("[1 Queue]", "▸ Kai Adeyemi").Press("[", "[", "esc")
	// Over a form the short card comes, and the form stays.
	d.Press("1", "n", "ctrl+f").Type("barker").Press("enter").Sees("Read the story").Press("esc").Sees("New referral")
	d.Press("esc")
	// Opening it is recorded, once for the hour.
	if n := x.opened(t); n != 2 {
		t.Errorf("opened %d times, two children were looked at", n)
	}
}

// From a row of a file to what is known already of its child.
func TestFromTheIntakeToTheTimeline(t *testing.T) {
	x := newTeam(t, "dee")
	x.one()
	x.night("police.csv", 2, tuitest.Now().Add(-time.Hour), func(i int, row map[string]string) {
		if i == 0 {
			row["child_ref"], row["given_name"], row["family_name"], row["dob"] = "K1", "Kai", "Adeyemi", "2012-05-06"
		}
	})
	d := x.look(80, 24, tuitest.Now()).Press("i", "enter").Sees("2 rows")
	d.Press("}", "j", "c").Sees("[2 Timeline]", "Kai Adeyemi “Kay”").Press("[").Sees("[Intake]", "2 rows")
	d.Press("j", "c").Sees("Nobody here goes by K02 yet.")
}

// opened counts the records that were opened.
func (x *team) opened(t *testing.T) (n int) {
	t.Helper()
	for _, l := range x.log(view.AuditFilter{Act: "opened"}) {
		if l.Note {
			n++
		}
	}
	return n
}

// Somebody else's change shows at once, and the cursor stays where it is.
func TestTheTimelineFollowsTheFeed(t *testing.T) {
	x := newTeam(t, "dee")
	x.one()
	d := open(x.look(120, 40, tuitest.Now()), "K1").Press("g", "j", "j").Sees("▸ Sat 21 Nov 08:40")
	x.do("amira", `{"act":"contact.log","referral":"R1","way":"text","with":"child","result":"agreed","at":"2026-11-20T22:30:00Z"}`)
	d.SeesNot("text with child").Send(desk.ChangedMsg{Events: []view.Event{{Child: domain.NewID(domain.KindChild, 9)}}}).SeesNot("text with child")
	d.Send(desk.ChangedMsg{Events: []view.Event{{Child: domain.NewID(domain.KindChild, 1)}}}).Sees("text with child: agreed", "▸ Sat 21 Nov 08:40")
	// One's own, from the form of the episode, and its undo.
	d.Press("(", "e").Sees(": episode MP-1").Press("esc")
}

// What one interview covers is named on the axis, and its clock is the one in force; the row of the queue is found.
func TestTheTimelineOfACluster(t *testing.T) {
	x := newTeam(t, "dee")
	x.three()
	d := open(x.look(120, 40, tuitest.Now()), "TW-2").Press("0").Sees("▸ Fri 13 Nov 18:00", "K Cluster")
	d.SeesNot("CL1").Press("r").Sees("[1 Queue]").Press("[")
	x.do("dee", `{"act":"cluster.accept","child_ref":"K3","episodes":["TW-1","TW-2","TW-3"]}`)
	d.Send(desk.ChangedMsg{Events: []view.Event{{Child: domain.NewID(domain.KindChild, 1)}}}).Sees("CL1: 3 in a fortnight", "R2 new, CL1", "one interview for 3 episodes").Golden("timeline-cluster-120x40")
	d.Press("r").Sees("[1 Queue]", "▸")
}

// A zoom keeps the cursor where it is; a step is one column; both edges hold.
func TestMovingOnTheAxis(t *testing.T) {
	x := newTeam(t, "dee")
	x.history("S60", "Zara", "Farah", 60, 14*24*time.Hour)
	d := open(x.look(120, 40, tuitest.Now()), "farah").Sees("a column is 2 days")
	caret := func() int {
		for l := range strings.Lines(d.Frame()) {
			if i := strings.Index(l, "▲"); i >= 0 {
				return len([]rune(l[:i]))
			}
		}
		t.Fatal("there is no cursor")
		return 0
	}
	d.Press("(", "(")
	at := caret()
	for range 6 {
		if d.Press("+"); caret() != at {
			t.Fatalf("zooming in moved the cursor from %d to %d:\n%s", at, caret(), d.Frame())
		}
	}
	d.Sees("a column is 15 min").Press("+").Sees("a day is the closest")
	for range 12 {
		if d.Press("-"); caret() != at {
			t.Fatalf("zooming out moved the cursor from %d to %d:\n%s", at, caret(), d.Frame())
		}
	}
	d.Sees("a column is 3 months").Press("-").Sees("there is nothing wider")
	d.Press("0").Sees("S60-058")
	for range 200 {
		d.Press("right")
	}
	for range 10 {
		d.Press(">")
	}
	d.Press("t").Sees("now↓")
	// Another width keeps the entry, and the cursor in its part of the window.
	d.Press("t", "(", "(", "(").Sees("▸ Sat 17 Oct 00:33")
	d.Resize(80, 24).Sees("▸ Sat 17 Oct 00:33", "▲").Resize(60, 15).Sees("▸ Sat 17 Oct 00:33", "▲").Resize(120, 40).Sees("▸ Sat 17 Oct 00:33", "▲")
	d.Press("v").Sees("Episodes, 60").Press("v", "v").Sees("Everything, ")
}

// Whatever is pressed, in whatever window: the page holds, one entry is focused and the cursor points at it or at its time.
func TestAnyKeysOnTheTimeline(t *testing.T) {
	x := newTeam(t, "dee")
	x.history("S60", "Zara", "Farah", 60, 14*24*time.Hour)
	x.three()
	keys := []string{"+", "-", "0", "left", "right", "<", ">", "(", ")", "s", "S", "t", "g", "G", "up", "down", "pgup", "pgdown", "{", "}", "v", "enter", "esc", "m"}
	rnd := rand.New(rand.NewPCG(3, 4))
	for _, child := range []string{"farah", "barker"} {
		d := open(x.look(120, 40, tuitest.Now()), child)
		var pressed []string
		full := false // the detail alone, which has no cursor
		for range 300 {
			k := keys[rnd.IntN(len(keys))]
			if pressed = append(pressed, k); rnd.IntN(20) == 0 {
				d.Resize(60+rnd.IntN(100), 15+rnd.IntN(40))
			}
			switch {
			case k == "enter" && (full || strings.Contains(d.Frame(), "▸")):
				full = !full
			case k == "esc":
				full = false
			}
			d.Press(k)
			if err := d.Model().(*frame.Model).Err(); err != nil {
				t.Fatalf("after %q: %v", pressed, err)
			}
			if f := d.Frame(); strings.Contains(f, "no fortnight holds") {
				continue // what is said about a key lies over the page
			} else if !strings.Contains(f, "[2 Timeline]") && !strings.Contains(f, "[1 Queue]") {
				t.Fatalf("after %q:\n%s", pressed, f)
			} else if strings.Contains(f, "[2 Timeline]") && strings.Contains(f, "Episodes  ") && !full && (!strings.Contains(f, "▲") || !strings.Contains(f, "▸")) {
				t.Fatalf("after %q the cursor is lost:\n%s", pressed, f)
			}
			if strings.Contains(d.Frame(), "[1 Queue]") {
				d.Press("2")
			}
		}
	}
}

// BenchmarkTimelineKey is from a key to its frame, for a child of 400 episodes: a step, a zoom and back, with all of it on
// the axis and with some of it.
func BenchmarkTimelineKey(b *testing.B) {
	x := newTeam(b, "dee")
	x.history("M400", "Malachi", "Young", 400, 5*24*time.Hour)
	for _, keys := range [][]string{{"left", "right"}, {"up", "down"}, {"+", "-"}} {
		for _, first := range []string{"0", "t"} {
			b.Run(first+"/"+strings.Join(keys, ","), func(b *testing.B) {
				d := open(x.look(120, 40, tuitest.Now()), "young").Press(first)
				for b.Loop() {
					for _, k := range keys {
						d.Press(k)
						d.Frame()
					}
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(len(keys)*b.N), "ms/key")
			})
		}
	}
}

// The cursor stands in every column of every window once, at every zoom, and each is drawn.
func TestTheCursorInEveryColumn(t *testing.T) {
	x := newTeam(t, "dee")
	x.three()
	for _, w := range []int{60, 61, 80, 97, 120} {
		d := open(x.look(w, 24, tuitest.Now()), "barker")
		for range 13 {
			d.Press("-")
		}
		for level := range 13 {
			for range 4 {
				d.Press("<")
			}
			for c := range w {
				if c%2 == level%2 || w < 62 {
					d.Press("l").SeesNot("Something went wrong")
				}
			}
			d.Press("+")
		}
	}
}

// A window that became another while one was elsewhere shows the cursor where the list has it.
func TestTheWindowFollowsItsCursorAfterAResizeElsewhere(t *testing.T) {
	x := newTeam(t, "dee")
	x.three()
	d := open(x.look(120, 40, tuitest.Now()), "barker").Press("(", "(", "+", "+", "+", "+").Sees("▲")
	d.Press("1").Resize(60, 15).Press("2").Sees("▲ Fri 13 Nov 2026 18:00")
}
