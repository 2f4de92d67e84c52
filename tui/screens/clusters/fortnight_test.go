package clusters

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"homeward/domain"
	"homeward/tui/theme"
)

func london(y int, mo time.Month, d, h, mi int) time.Time {
	t, _ := domain.Wall(y, mo, d, h, mi, 0)
	return t
}

func window(from time.Time, room int) axis {
	return newAxis(domain.At(from), domain.At(domain.AddDays(from, 14)), room)
}

// A window that begins within a day reaches into a fifteenth; one from midnight covers fourteen. The days of the two
// clock changes are as wide as any other.
func TestAxisDays(t *testing.T) {
	for _, tt := range []struct {
		name string
		from time.Time
		days int
	}{
		{"from the morning", london(2026, 11, 9, 9, 0), 15},
		{"from midnight", london(2026, 11, 9, 0, 0), 14},
		{"over the spring change", london(2026, 3, 22, 22, 30), 15},
		{"over the autumn change", london(2026, 10, 18, 1, 30), 15},
		{"ending in the hour that comes twice", london(2026, 10, 11, 1, 30), 15},
		{"ending in the hour that is skipped", london(2026, 3, 15, 1, 30), 15},
	} {
		a := window(tt.from, 60)
		if a.n() != tt.days || a.per != 60/tt.days {
			t.Errorf("%s: %d days of %d cells, want %d", tt.name, a.n(), a.per, tt.days)
		}
		for i := range a.n() {
			d := a.days[i].In(domain.London())
			if d.Hour() != 0 || d.Minute() != 0 {
				t.Errorf("%s: day %d begins %s", tt.name, i, d)
			}
			if x := a.at(a.days[i]); x != float64(i*a.per) {
				t.Errorf("%s: midnight %d stands at %v", tt.name, i, x)
			}
		}
	}
	spring := window(london(2026, 3, 28, 0, 0), 56) // its second day has 23 hours
	if x, y := spring.at(london(2026, 3, 29, 0, 30)), spring.at(london(2026, 3, 29, 12, 0)); x <= 4 || y != 4+4*11.0/23 {
		t.Errorf("half past midnight stands at %v and noon at %v of the day with 23 hours", x, y)
	}
}

// Wherever a window begins, later stands further right, everything in it is within the drawing, and an episode has a cell.
func TestAxisKeepsTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, "from"), 0).UTC()
		a := window(from, rapid.IntRange(5, 150).Draw(t, "room"))
		x := time.Duration(rapid.Int64Range(0, 14*24*3600).Draw(t, "x")) * time.Second
		y := time.Duration(rapid.Int64Range(0, 14*24*3600).Draw(t, "y")) * time.Second
		if x > y {
			x, y = y, x
		}
		p, q := from.Add(x), from.Add(y)
		if a.at(p) > a.at(q) {
			t.Fatalf("%s stands right of %s", p, q)
		}
		i, j, before, after := a.cells(p, q)
		if i < 0 || j <= i || j > a.w() || before {
			t.Fatalf("cells %d to %d of %d, before %v", i, j, a.w(), before)
		}
		if after && !q.After(a.days[a.n()]) {
			t.Fatalf("%s is drawn as after the window", q)
		}
		th := theme.Default()
		for _, l := range []int{a.track(th, period{p, q, lookIn}).Width(), a.ends(th).Width()} {
			if l > a.w() {
				t.Fatalf("a line of %d cells over %d", l, a.w())
			}
		}
		names, dates := a.head(th)
		if names.Width() != a.w() || dates.Width() > a.w()+1 {
			t.Fatalf("heads of %d and %d cells over %d", names.Width(), dates.Width(), a.w())
		}
	})
}

// The whole drawing, with every look, in letters alone.
func TestDrawing(t *testing.T) {
	from := london(2026, 11, 9, 9, 0)
	a := window(from, 60)
	day := func(d, h int) time.Time { return london(2026, 11, d, h, 0) }
	draw := func(ascii bool) string {
		th, err := theme.New("dark", true, ascii)
		if err != nil {
			t.Fatal(err)
		}
		names, dates := a.head(th)
		lines := []string{a.ends(th).String(), names.String(), dates.String()}
		for _, p := range []period{
			{day(9, 9), day(10, 6), lookIn}, {day(12, 22), day(12, 23), lookIn}, {day(14, 0), day(16, 0), lookOut}, {day(18, 12), day(19, 0), lookAdd},
			{day(20, 20), day(22, 8), lookGone}, {day(7, 0), day(9, 12), lookIn}, {day(23, 0), day(25, 0), lookIn},
		} {
			lines = append(lines, a.track(th, p).String())
		}
		lines = append(lines, a.below(th, sign{day(20, 8), "now"}, sign{day(21, 9), "due"}).String())
		for i := range lines {
			lines[i] = strings.TrimRight(lines[i], " ")
		}
		return strings.Join(lines, "\n")
	}
	want := ` ▸ first 09:00              window ends Mon 23 Nov 09:00 ◂
Mo  Tu  We  Th  Fr  Sa  Su  Mo  Tu  We  Th  Fr  Sa  Su  Mo
9   10  11  12  13  14  15  16  17  18  19  20  21  22  23
 ████   ·   ·   ·   ·········   ·   ·   ·   ·   ·········
    ·   ·   ·  █·   ·········   ·   ·   ·   ·   ·········
    ·   ·   ·   ·   ░░░░░░░░·   ·   ·   ·   ·   ·········
    ·   ·   ·   ·   ·········   ·   · ++·   ·   ·········
    ·   ·   ·   ·   ·········   ·   ·   ·   ·  ██████›···
‹█  ·   ·   ·   ·   ·········   ·   ·   ·   ·   ·········
    ·   ·   ·   ·   ·········   ·   ·   ·   ·   ········███›
                                         now ↑   ↑ due`
	if got := draw(false); got != want {
		t.Errorf("drawn is\n%s\nwant\n%s", got, want)
	}
	for _, r := range draw(true) {
		if r > '~' {
			t.Fatalf("the letters of a plain terminal hold %q:\n%s", r, draw(true))
		}
	}
}

// Marks that would stand on each other give way, the later named first; those outside are not drawn.
func TestBelow(t *testing.T) {
	a := window(london(2026, 11, 9, 9, 0), 30)
	th := theme.Default()
	at := func(d, h int) time.Time { return london(2026, 11, d, h, 0) }
	for _, tt := range []struct {
		now, due time.Time
		want     string
	}{
		{at(20, 8), at(20, 9), "now ↑"},
		{at(9, 12), at(11, 9), " ↑ now"},
		{at(9, 12), at(16, 9), " ↑ now        ↑ due"},
		{at(30, 0), at(16, 9), "              ↑ due"},
		{at(23, 20), at(30, 0), "                       now ↑"},
		{at(30, 0), at(30, 0), ""},
	} {
		if got := a.below(th, sign{tt.now, "now"}, sign{tt.due, "due"}).String(); strings.TrimSpace(got) != strings.TrimSpace(tt.want) {
			t.Errorf("now %s, due %s: %q, want %q", tt.now, tt.due, got, tt.want)
		}
	}
}
