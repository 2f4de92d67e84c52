package sshd_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// A benchmark's site: the real program serving some thousand referrals, and clients of our own over SSH, in another
// process than the server.
func busy(b *testing.B, open int) *site {
	b.Helper()
	dir, err := os.MkdirTemp("", "hw")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = os.RemoveAll(dir) })
	h := &site{TB: b, dir: dir, db: filepath.Join(dir, "hw.db"), people: team(), serve: "connections_per_minute = 100000"}
	h.write()
	h.start()
	if s := h.ran(h.here("import", "-"), rows(open)); s.status != 0 {
		b.Fatal(s.err)
	}
	return h
}

// rows is a file of referrals of this week.
func rows(n int) string {
	var s strings.Builder
	s.WriteString(header)
	now := time.Now()
	for i := range n {
		back := now.Add(-time.Duration(i%4000+10) * time.Minute)
		fmt.Fprintf(&s, "BUSY%d,BK%d,Given%d,Family%d,2011-%02d-%02d,%s,%s\n", i, i*2/3, i, i, i%12+1, i%28+1,
			back.Add(-9*time.Hour).UTC().Format(time.RFC3339), back.UTC().Format(time.RFC3339))
	}
	return s.String()
}

// watched is a dashboard whose frames are timed.
type watched struct {
	c   *gossh.Client
	in  io.WriteCloser
	got chan int // bytes of each piece that comes
}

func (h *site) watch(key string) *watched { return h.watchWide(key, 120, 40) }

func (h *site) watchWide(key string, width, height int) *watched {
	h.Helper()
	c, err := h.dial(key)
	if err != nil {
		h.Fatal(err)
	}
	s, err := c.NewSession()
	if err != nil {
		h.Fatal(err)
	}
	w := &watched{c: c, got: make(chan int, 4096)}
	w.in, _ = s.StdinPipe()
	out, _ := s.StdoutPipe()
	if err := s.RequestPty("xterm-256color", height, width, nil); err != nil {
		h.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		h.Fatal(err)
	}
	go func() {
		defer close(w.got)
		buf := make([]byte, 64<<10)
		for {
			n, err := out.Read(buf)
			if n > 0 {
				w.got <- n
			}
			if err != nil {
				return
			}
		}
	}()
	h.Cleanup(func() { _ = c.Close() })
	return w
}

// rest reads until nothing has come for a while, and counts.
func (w *watched) rest(quiet time.Duration) (bytes int) {
	for {
		select {
		case n, ok := <-w.got:
			if !ok {
				return bytes
			}
			bytes += n
		case <-time.After(quiet):
			return bytes
		}
	}
}

// press sends a key and gives how long its first bytes took.
func (w *watched) press(key string) (time.Duration, int) {
	began := time.Now()
	_, _ = io.WriteString(w.in, key)
	select {
	case n := <-w.got:
		return time.Since(began), n
	case <-time.After(10 * time.Second):
		return 10 * time.Second, 0
	}
}

func percentile(d []time.Duration, p float64) float64 {
	slices.Sort(d)
	return float64(d[min(len(d)-1, int(float64(len(d))*p))].Microseconds()) / 1000
}

// memory is what the server holds, in KiB.
func (h *site) memory() float64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", h.cmd.Process.Pid))
	if err != nil {
		h.Skip("no /proc here")
	}
	for line := range strings.Lines(string(b)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "RssAnon:" {
			kib, _ := strconv.ParseFloat(f[1], 64)
			return kib
		}
	}
	return 0
}

// First frame over SSH: from dialling to the queue on the screen, the handshake included.
func BenchmarkServedFirstFrame(b *testing.B) {
	h := busy(b, 1000)
	var all []time.Duration
	for b.Loop() {
		began := time.Now()
		x, err := h.connect("dee", 120, 40)
		if err != nil {
			b.Fatal(err)
		}
		for !strings.Contains(x.out.String(), "To triage") {
			time.Sleep(200 * time.Microsecond)
		}
		all = append(all, time.Since(began))
		_ = x.c.Close()
	}
	b.ReportMetric(percentile(all, 0.5), "p50-ms")
	b.ReportMetric(percentile(all, 0.99), "p99-ms")
}

// Key presses to their frames with a number of sessions, each pressing some five keys a second.
func BenchmarkServedKeys(b *testing.B) {
	for _, n := range []int{1, 50} {
		b.Run(fmt.Sprint(n, "-sessions"), func(b *testing.B) { keysOf(b, n, false) })
	}
	b.Run("50-sessions-and-an-import", func(b *testing.B) { keysOf(b, 50, true) })
}

func keysOf(b *testing.B, sessions int, importing bool) {
	h := busy(b, 1000)
	before := h.memory()
	var all []*watched
	for i := range sessions {
		w := h.watch([]string{"dee", "tom", "sam"}[i%3])
		w.rest(300 * time.Millisecond)
		all = append(all, w)
	}
	settledMemory := (h.memory() - before) / float64(sessions)
	var mu sync.Mutex
	var times []time.Duration
	bytes, keys := 0, 0
	for b.Loop() {
		stop := make(chan struct{})
		imported := make(chan time.Duration, 1)
		if importing {
			go func() {
				began := time.Now()
				s := h.ran(h.here("import", "-"), strings.ReplaceAll(strings.ReplaceAll(rows(10_000), "BUSY", fmt.Sprint("MORE", b.N)), ",BK", ",MK"))
				if s.status != 0 {
					b.Error(s.err)
				}
				imported <- time.Since(began)
			}()
		}
		var wg sync.WaitGroup
		for i, w := range all {
			wg.Add(1)
			go func() {
				defer wg.Done()
				time.Sleep(time.Duration(i) * 200 * time.Millisecond / time.Duration(sessions))
				for range 40 {
					began := time.Now()
					took, n := w.press("j") // always further: two keys that cancel out would draw nothing
					more := w.rest(max(50*time.Millisecond, 180*time.Millisecond-time.Since(began)))
					mu.Lock()
					times, bytes, keys = append(times, took), bytes+n+more, keys+1
					mu.Unlock()
				}
			}()
		}
		wg.Wait()
		close(stop)
		if importing {
			b.ReportMetric((<-imported).Seconds(), "import-s")
		}
	}
	b.ReportMetric(percentile(times, 0.5), "p50-ms")
	b.ReportMetric(percentile(times, 0.99), "p99-ms")
	b.ReportMetric(percentile(times, 1), "max-ms")
	b.ReportMetric(float64(bytes)/float64(keys), "bytes/key")
	b.ReportMetric(settledMemory, "KiB/session")
	b.ReportMetric(0, "ns/op")
}

// What an idle session is sent in a minute, turn of the minute included, as bytes of the connection.
func BenchmarkServedIdle(b *testing.B) {
	// Of a thousand clocks that began at any minute some show another hour each minute; with few the header's clock is all.
	for _, open := range []int{3, 1000} {
		b.Run(fmt.Sprint(open, "-open"), func(b *testing.B) { idleWith(b, open) })
	}
}

func idleWith(b *testing.B, open int) {
	h := busy(b, open)
	w := h.watch("dee")
	w.rest(2 * time.Second)
	for b.Loop() {
		n := 0
		for end := time.Now().Add(time.Minute); time.Now().Before(end); {
			n += w.rest(time.Second)
		}
		b.ReportMetric(float64(n), "bytes/minute")
	}
	b.ReportMetric(0, "ns/op")
}

// What twenty of one person's windows cost, as large as is allowed and as usual: memory each, and what a change in the database
// takes with all of them open: its command, and the server's processor time until everybody has drawn it.
func BenchmarkServedTwenty(b *testing.B) {
	for _, size := range [][2]int{{120, 40}, {500, 200}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) { twentyOf(b, size[0], size[1]) })
	}
}

func twentyOf(b *testing.B, width, height int) {
	const windows = 20
	h := busy(b, 1000)
	before := h.memory()
	var all []*watched
	for range windows {
		w := h.watchWide("dee", width, height)
		w.rest(300 * time.Millisecond)
		all = append(all, w)
	}
	quiet := func() (bytes int) {
		for _, w := range all {
			bytes += w.rest(400 * time.Millisecond)
		}
		return bytes
	}
	quiet()
	opened := (h.memory() - before) / windows
	var took []time.Duration
	var cpu time.Duration
	bytes, n := 0, 0
	for b.Loop() {
		for range 10 {
			cpuBefore, began := h.cpu(), time.Now()
			row := strings.ReplaceAll(strings.ReplaceAll(rows(1), "BUSY", fmt.Sprint("NEW", n, "X")), ",BK", fmt.Sprint(",NK", n, "X"))
			if s := h.ran(h.here("import", "-"), row); s.status != 0 {
				b.Fatal(s.err)
			}
			took = append(took, time.Since(began))
			bytes += quiet()
			cpu += h.cpu() - cpuBefore
			n++
		}
	}
	b.ReportMetric(opened/1024, "MiB/window")
	b.ReportMetric((h.memory()-before)/windows/1024, "MiB/window-after")
	b.ReportMetric(percentile(took, 0.5), "command-p50-ms")
	b.ReportMetric(percentile(took, 1), "command-max-ms")
	b.ReportMetric(float64(cpu.Milliseconds())/float64(n), "cpu-ms/change")
	b.ReportMetric(float64(bytes)/float64(n)/windows, "bytes/change")
	b.ReportMetric(0, "ns/op")
}

// cpu is how long the server has kept processors busy.
func (h *site) cpu() time.Duration {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", h.cmd.Process.Pid))
	if err != nil {
		h.Skip("no /proc here")
	}
	f := strings.Fields(string(b[strings.LastIndexByte(string(b), ')'):]))
	user, _ := strconv.Atoi(f[12])
	system, _ := strconv.Atoi(f[13])
	return time.Duration(user+system) * 10 * time.Millisecond // a hundred ticks a second, as Linux has it
}
