package widgets

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// pieces are what lines are made of, and what could be taken for something else where it meets a neighbour.
func pieces() []string {
	return []string{"a", "Z", " ", "   ", "~", "1", "#", "é", "e\u0301", "\u0301", "│", "▸", "…", "█░", "漢", "ｗ", "👩‍👧", "👩", "\u200d", "\ufe0f", "\u20e3", "🇬", "🇬🇧",
		"\u0600", "क्षि", "한", "\u1112\u1161", "\u00ad", "\u200b", "\x1b[1m", "\x1b[m", "\x1b[38;2;1;2;3m", "\x1b[4:3m", "\x1b[0m", "\x1b[2J", "\x1b]8;;x\x07", "\x1b", "\x1b[", "\x9b", "\xc3", "\xff", "\x00", "\t", "\x7f", "\u0085", "\r\n"}
}

// A painted line takes as many cells as the library says.
func TestPaintedWidth(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	list := pieces()
	for range 300_000 {
		var b strings.Builder
		for range r.IntN(9) {
			b.WriteString(list[r.IntN(len(list))])
		}
		if got, want := painted(b.String()), ansi.StringWidth(b.String()); got != want {
			t.Fatalf("%q: %d, want %d", b.String(), got, want)
		}
	}
}

func BenchmarkFit(b *testing.B) {
	line := "\x1b[1m" + strings.Repeat("Given Family  ", 10) + "\x1b[m│" + strings.Repeat(" ", 200) + "\x1b[38;2;1;2;3m▸ 3 h overdue\x1b[m" + strings.Repeat(" ", 140)
	view := strings.Repeat(line+"\n", 200)
	for b.Loop() {
		Fit(view, 500, 200)
	}
}
