package cli_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// rounds of a kill test.
func rounds() int {
	if testing.Short() {
		return 4
	}
	return 15
}

// killed ends a running command at once and says whether it was still running; one that is through ends as it is to.
func killed(t testing.TB, cmd *exec.Cmd, through int) bool {
	t.Helper()
	_ = cmd.Process.Signal(syscall.SIGKILL)
	err := cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL {
		return true
	}
	if cmd.ProcessState.ExitCode() != through {
		t.Fatalf("the program ended by itself: %v", err)
	}
	return false
}

// numbers of records depend on how often an import was begun.
var numbers = regexp.MustCompile(`"(referral|episode)":"[RE][0-9]+"|"open_referrals":\[[^]]*\]|"child_ref":"C[0-9]+"`)

// records is everything a person can see of the queue and of who is missing, without numbers.
func (d *desk) records() string {
	d.Helper()
	var b strings.Builder
	for _, list := range []string{"queue", "missing"} {
		b.WriteString(numbers.ReplaceAllString(d.ends(0, list, "--format", "json").out, ""))
	}
	return b.String()
}

// chained is how many lines the audit log has; it is whole, or the test ends.
func (d *desk) chained() (n int) {
	d.Helper()
	if _, err := fmt.Sscanf(d.ends(0, "audit", "verify").out, "the audit log is whole: %d lines", &n); err != nil {
		d.Fatal(err)
	}
	return n
}

func TestAnImportKilledAtAnyMomentIsFinishedByTheNext(t *testing.T) {
	t.Parallel()
	m := makeFile(9, 3000, at(t, now))
	for i := range m.rows { // a wide column that is ignored: fewer rows share a commit
		m.rows[i] = append(m.rows[i], strings.Repeat("x", 6000))
	}
	whole := newDesk(t)
	path := whole.write("rows.csv", csvText(append(slices.Clone(sourceColumns), "remarks"), m.rows))
	began := time.Now()
	whole.ends(3, "import", path)
	took := time.Since(began)
	want, all := whole.records(), whole.chained()
	// Moments are drawn by how long a whole import takes on this machine today, and rounds are added until one was cut in
	// the middle: how fast the machine is must not decide what the test proves.
	cut, partial := 0, 0
	for round := 0; round < rounds() || partial == 0 && round < 6*rounds(); round++ {
		d := newDesk(t)
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		cmd := d.command(ctx, "import", path, "--rejects", d.path("rejects.csv"))
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if round%3 == 0 { // at any moment
			time.Sleep(time.Duration(rand.Int64N(int64(took))))
		} else { // once it has begun to write
			for ; ctx.Err() == nil; time.Sleep(time.Millisecond) {
				if _, err := os.Stat(d.db); err == nil {
					break
				}
			}
			time.Sleep(time.Duration(rand.Int64N(int64(took))))
		}
		if killed(t, cmd, 3) {
			cut++
		}
		cancel()
		if _, err := os.Stat(d.db); err == nil { // else it was killed before there was one
			d.ends(0, "check")
			if n := d.chained(); n > 2 && n < all {
				partial++
			}
		}
		d.ends(3, "import", path, "--rejects", d.path("rejects.csv"))
		if got := d.records(); got != want {
			t.Fatalf("round %d: the lists differ from those of an import that nothing stopped:\n%s", round, difference(got, want))
		}
		n := d.chained()
		if round%5 > 0 {
			continue
		}
		d.ends(3, "import", path)
		if again := d.chained(); again != n {
			t.Errorf("round %d: once more wrote %d lines", round, again-n)
		}
		d.ends(0, "check")
	}
	t.Logf("%d imports were cut, %d with part of their rows in", cut, partial)
	if partial == 0 {
		t.Errorf("%d imports were cut, none in the middle: the test proves nothing", cut)
	}
}

func difference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return fmt.Sprintf("row %d:\n%s\n%s", i, clip(x[i]), clip(y[i]))
		}
	}
	return fmt.Sprintf("%d and %d rows", len(x), len(y))
}

// stream sends acts until the program is killed, a moment after so many answers, and gives those that came back whole.
func stream(d *desk, round, answers int, after time.Duration) (answered []object) {
	d.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := d.command(ctx, "do")
	in, err := cmd.StdinPipe()
	if err != nil {
		d.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		d.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		d.Fatal(err)
	}
	go func() { // until the pipe breaks
		for n := 0; ; n++ {
			if _, err := fmt.Fprintf(in, `{"act":"referral.new","id":"r%d-%d","police_ref":"P%d-%d","child_ref":"K%d","missing_at":"2026-11-20 20:00","returned_at":"2026-11-21 09:00"}`+"\n", round, n, round, n, n); err != nil {
				return
			}
		}
	}()
	r := bufio.NewReader(out)
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			if !errors.Is(err, io.EOF) && !errors.Is(err, os.ErrClosed) {
				d.Fatal(err)
			}
			break // what the kill cut is no answer
		}
		var o object
		decode(d, line, &o)
		if answered = append(answered, o); len(answered) == answers {
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
	}
	killed(d, cmd, 0)
	return answered
}

// lost gives the answered referrals that the queue does not have.
func lost(d *desk, answered []object) (gone []string) {
	d.Helper()
	there := map[string]bool{}
	for _, r := range d.list("queue") {
		there[text(r["referral"])] = true
	}
	for _, a := range answered {
		if a["ok"] == true && !there[text(a["referral"])] {
			gone = append(gone, text(a["referral"]))
		}
	}
	return gone
}

func TestEveryAnsweredActIsKeptWhenTheProgramIsKilled(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.did(`{"act":"referral.new","police_ref":"P","child_ref":"K","missing_at":"2026-11-20 20:00","returned_at":"2026-11-21 09:00"}`)
	total, last := 0, []object(nil)
	for round := range rounds() {
		got := stream(d, round, 1+rand.IntN(200), time.Duration(rand.IntN(50))*time.Millisecond)
		total += len(got)
		if len(got) > 0 {
			last = got
		}
		for i, a := range got {
			if a["ok"] != true || text(a["line"]) != fmt.Sprint(i+1) || text(a["id"]) != fmt.Sprintf("r%d-%d", round, i) {
				t.Fatalf("round %d: answer %d is %v", round, i, a)
			}
		}
		if gone := lost(d, got); len(gone) > 0 {
			t.Fatalf("round %d: answered and lost: %v", round, gone)
		}
		if round%5 == 0 || round == rounds()-1 {
			d.sound()
		}
	}
	t.Logf("%d answers, none lost", total)

	// What was sent again is known again, whether its answer came or not.
	if len(last) == 0 {
		t.Fatal("no round had an answer")
	}
	before := len(d.list("queue"))
	id := text(last[0]["id"]) // r, the round, -0
	a := d.did(fmt.Sprintf(`{"act":"referral.new","id":%q,"police_ref":"P%s","child_ref":"K0","missing_at":"2026-11-20 20:00","returned_at":"2026-11-21 09:00"}`, id, id[1:]))
	if a["repeated"] != true || a["referral"] != last[0]["referral"] || len(d.list("queue")) != before {
		t.Errorf("sent again: %v, first %v", a, last[0])
	}

	// The control: a database from before the last round has lost what was answered.
	control := newDesk(t)
	control.did(`{"act":"referral.new","police_ref":"P","child_ref":"K","missing_at":"2026-11-20 20:00","returned_at":"2026-11-21 09:00"}`)
	if gone := lost(control, last); len(gone) == 0 {
		t.Error("the control lost nothing: the test would not see a loss")
	}
}
