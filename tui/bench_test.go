package tui_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store"
	"homeward/store/intake"
	"homeward/store/seed"
	"homeward/tui"
	"homeward/tui/frame"
	"homeward/tui/tuitest"
	"homeward/tui/widgets"
)

// The big team: 40,000 children, 100,000 episodes of which most are history, and the open referrals of a very busy desk.
const (
	bigChildren = 40_000
	bigEpisodes = 100_000
)

// BenchmarkBig measures the dashboard on a database of 100,000 episodes, which is built once: from opening it to the first
// frame, from a key to its frame, and the bytes that keys, minutes and idleness cost a terminal. All of it once with 1,000
// and once with 10,000 open referrals.
func BenchmarkBig(b *testing.B) {
	path := filepath.Join(b.TempDir(), "big.db")
	x := &bigTeam{settings: seed.Team("nobody"), path: path}
	x.grow(b, 0, bigEpisodes-10_000, 0)
	x.grow(b, bigEpisodes-10_000, 1000, 1000)
	b.Run("open=1000", x.benchmarks)
	x.grow(b, bigEpisodes-9000, 9000, 9000)
	b.Run("open=10000", x.benchmarks)
}

func (x *bigTeam) benchmarks(b *testing.B) {
	b.Run("ToFirstFrame", x.toFirstFrame)
	b.Run("KeyToFrame", x.keyToFrame)
	b.Run("FilterLetterToFrame", x.letterToFrame)
	b.Run("Bytes", x.bytes)
}

// toFirstFrame opens the database and draws the queue with the detail of its first row.
func (x *bigTeam) toFirstFrame(b *testing.B) {
	for b.Loop() {
		s, desk := x.open(b)
		d := x.look(b, desk)
		d.Frame()
		b.StopTimer()
		d.Sees("To triage")
		closed(b, s)
		b.StartTimer()
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms/open")
}

// keyToFrame moves the cursor down by one row and draws the list and the detail of the new row.
func (x *bigTeam) keyToFrame(b *testing.B) {
	s, desk := x.open(b)
	defer closed(b, s)
	d := x.look(b, desk)
	for b.Loop() {
		d.Press("down")
		d.Frame()
	}
}

// letterToFrame types a letter into the filter and takes it away again: two keys and two frames.
func (x *bigTeam) letterToFrame(b *testing.B) {
	s, desk := x.open(b)
	defer closed(b, s)
	d := x.look(b, desk).Press("/")
	for b.Loop() {
		d.Press("a")
		d.Frame()
		d.Press("backspace")
		d.Frame()
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(2*b.N), "ms/letter")
}

// bytes runs the library's own program and counts what it writes.
func (x *bigTeam) bytes(b *testing.B) {
	s, desk := x.open(b)
	defer closed(b, s)
	x.now = tuitest.Now()
	m := x.build(b, desk, frame.Runtime{Now: func() time.Time { return x.now }, Delay: widgets.RealDelay})
	p := tuitest.Run(b, 120, 40, m)
	last := 0
	rest := func() int {
		p.Rest()
		time.Sleep(250 * time.Millisecond) // longer than the detail waits for the cursor to rest
		n := len(p.Rest())
		defer func() { last = n }()
		return n - last
	}
	rest()
	press := func(times int, key string) float64 {
		n := 0
		for range times {
			p.Press(key)
			n += rest()
		}
		return float64(n) / float64(times)
	}
	for b.Loop() {
		p.Press("g")
		rest()
		b.ReportMetric(press(10, "down"), "B/key-at-rest")
		p.Press("g")
		rest()
		// Going through the list: the pane waits, so a key costs what the list does.
		for range 10 {
			p.Press("down")
			p.Rest()
		}
		b.ReportMetric(float64(len(p.Rest())-last)/10, "B/key")
		rest()
		for range 60 {
			p.Press("down")
		}
		rest()
		b.ReportMetric(press(10, "down"), "B/scroll")
		b.ReportMetric(float64(rest()), "B/idle")
		x.now = x.now.Add(time.Minute)
		p.Send(frame.MinuteMsg{At: x.now})
		b.ReportMetric(float64(rest()), "B/minute")
	}
	p.Press("q")
	if _, err := p.Wait(); err != nil {
		b.Error(err)
	}
}

// bigTeam is a database with many episodes.
type bigTeam struct {
	settings domain.Settings
	path     string
	now      time.Time
}

func (x *bigTeam) open(b *testing.B) (*store.Store, view.Desk) {
	b.Helper()
	s, err := store.Open(x.path, store.Options{Settings: &x.settings, Clock: tuitest.Now})
	if err != nil {
		b.Fatal(err)
	}
	actor, err := domain.ActorFor(&x.settings, time.Time{}, "", "dee")
	if err != nil {
		b.Fatal(err)
	}
	return s, s.Desk(actor)
}

func closed(b *testing.B, s *store.Store) {
	if err := s.Close(); err != nil {
		b.Error(err)
	}
}

func (x *bigTeam) build(b *testing.B, desk view.Desk, rt frame.Runtime) tea.Model {
	now := rt.Now
	rt.Now = func() time.Time { return now().In(domain.London()) }
	m, err := tui.Build(desk, &intake.Clerk{Desk: desk}, tui.Options{Runtime: rt, Live: "local", Theme: "dark"})
	if err != nil {
		b.Fatal(err)
	}
	return m
}

func (x *bigTeam) look(b *testing.B, desk view.Desk) *tuitest.Driver {
	return tuitest.New(b, 120, 40, func(rt frame.Runtime) tea.Model { return x.build(b, desk, rt) })
}

// grow takes in n episodes from number first on. The last open of them came back these days and are owed an interview;
// of these, all but the newest fifth are accepted.
func (x *bigTeam) grow(b *testing.B, first, n, open int) {
	b.Helper()
	s, desk := x.open(b)
	defer closed(b, s)
	file := bigFile(first, n, open)
	rep, err := intake.Run(b.Context(), desk, bytes.NewReader(file), intake.Options{History: open == 0})
	if err != nil || rep.Counts.Created != n || rep.Referred != open {
		b.Fatalf("%+v, %d referred, %v", rep.Counts, rep.Referred, err)
	}
	var ids []domain.ID
	if err := desk.Ask(b.Context(), func(r domain.Reader) (err error) { ids, err = r.OpenReferrals(); return err }); err != nil {
		b.Fatal(err)
	}
	var acts []domain.Envelope
	for _, id := range ids {
		if id.Number()%5 != 0 {
			acts = append(acts, domain.Envelope{Act: &domain.Accept{Referral: id.String(), Responsible: domain.ResponsibleTeam}})
		}
	}
	if _, err := desk.Do(b.Context(), false, acts...); err != nil {
		b.Fatal(err)
	}
}

func bigFile(first, n, open int) []byte {
	given := []string{"Kai", "Amelia", "Tyler", "Zara", "Mohammed", "Ella", "Jayden", "Aisha", "Connor", "Chloe", "Malachi", "Freya"}
	family := []string{"Adeyemi", "Barker", "Clarke", "Dhillon", "Edwards", "Farah", "Grant", "Hussain", "Ivers", "Johnson", "Lambert", "Mbeki"}
	rnd := rand.New(rand.NewPCG(uint64(first), 903))
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	put := func(cells ...string) { _ = w.Write(cells) } // into memory
	put("police_ref", "child_ref", "given_name", "family_name", "dob", "gender", "status", "looked_after", "placement", "placement_kind", "school",
		"child_phone", "carer_name", "carer_phone", "missing_from", "category", "risk", "missing_at", "returned_at", "notified_at", "notes")
	for i := first; i < first+n; i++ {
		k := rnd.IntN(bigChildren)
		days := 10 + rnd.IntN(1400)
		if i >= first+n-open {
			days = 1 + rnd.IntN(4)
		}
		back := tuitest.Now().AddDate(0, 0, -days).Truncate(24 * time.Hour).Add(time.Duration(4+rnd.IntN(16)) * time.Hour)
		at := func(d time.Duration) string { return back.Add(d).Format(time.RFC3339) }
		born := time.Date(2009, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, k*7%2900)
		put(fmt.Sprintf("MP-%06d", i), fmt.Sprintf("K%05d", k), given[k%len(given)], family[k/12%len(family)]+fmt.Sprint(k%97), born.Format(time.DateOnly),
			"female", "looked_after", "yes", fmt.Sprintf("House %d", k/3), "children_home", fmt.Sprintf("School %d", k%90),
			fmt.Sprintf("07700 9%05d", k), "Night staff", fmt.Sprintf("020 7946 %04d", k%10000), "placement", "missing",
			[]string{"high", "medium", "low"}[rnd.IntN(3)], at(-time.Duration(1+rnd.IntN(30))*time.Hour), at(0), at(40*time.Minute),
			"last seen by staff at the front door, in good spirits")
	}
	w.Flush()
	return out.Bytes()
}
