package cli_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

func note(text string) string {
	return fmt.Sprintf(`{"act":"referral.note","referral":"R1","text":%q}`, text)
}

func TestAnIDIsDoneOnce(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	withID := strings.Replace(adaIsBack, `{`, `{"id":"night-1",`, 1)
	first := d.did(withID)
	lines := len(d.as("sam").list("audit", "list"))
	d.did(note("between"))
	for _, who := range []string{"dee", "sam"} {
		again := d.as(who).did(withID)
		if again["repeated"] != true || first["repeated"] != false {
			t.Errorf("repeated: first %v, then %v", first, again)
		}
		for _, field := range []string{"ok", "act", "id", "child_ref", "episode", "referral", "change", "version"} {
			if text(again[field]) != text(first[field]) {
				t.Errorf("%s: %v, the first time %v", field, again[field], first[field])
			}
		}
	}
	// Written otherwise it says the same; with other content it is a conflict, whatever else is wrong with it.
	d.did(strings.Replace(withID, `{"id":"night-1",`, `{ "id" : "night-1" , `, 1))
	d.refused("conflict", "id", strings.Replace(withID, "Okafor", "Okafo", 1))
	d.refused("conflict", "id", `{"act":"referral.note","id":"night-1","referral":"R1","text":"x"}`)
	if n := len(d.as("sam").list("audit", "list")); n != lines+1 {
		t.Errorf("%d lines, should be %d", n, lines+1)
	}
	// What was refused may come again, mended.
	d.refused("not_found", "referral", `{"act":"referral.note","id":"n","referral":"R7","text":"x"}`)
	if a := d.did(`{"act":"referral.note","id":"n","referral":"R1","text":"x"}`); a["repeated"] != false {
		t.Error(a)
	}
	// A file that was cut short is simply run again.
	var file []string
	for i := range 30 {
		file = append(file, strings.Replace(note(fmt.Sprint(i)), `{`, fmt.Sprintf(`{"id":"f%d",`, i), 1))
	}
	d.did(file[:11]...)
	d.did(file...)
	if v := text(d.row("queue", "referral", "R1")["version"]); v != "33" {
		t.Errorf("version %s, should be 33: 1, between, n, and 30 lines", v)
	}
	d.sound()
}

func TestItStopsAtTheFirstRefusalUnlessToldToGoOn(t *testing.T) {
	t.Parallel()
	bad := `{"act":"referral.note","referral":"R9","text":"x"}`
	lines := []string{adaIsBack, note("1"), bad, note("2"), "", "  ", "no JSON", note("3"), bad}
	for _, c := range []struct {
		args []string
		ok   string
		at   string
	}{
		{nil, "true true false", "1 2 3"},
		{[]string{"--keep-going"}, "true true false true false true false", "1 2 3 4 7 8 9"},
	} {
		d := newTeam(t)
		got, status := d.does(c.args, lines...)
		var ok, at []string
		for _, a := range got {
			ok, at = append(ok, text(a["ok"])), append(at, text(a["line"]))
		}
		if status != 3 || strings.Join(ok, " ") != c.ok || strings.Join(at, " ") != c.at {
			t.Errorf("%v: status %d, %v at lines %v", c.args, status, ok, at)
		}
		if v := text(d.row("queue", "referral", "R1")["version"]); v != fmt.Sprint(strings.Count(c.ok, "true")) {
			t.Errorf("%v: version %s", c.args, v)
		}
		// From a file as from the pipe, without a line end at its end.
		e := newTeam(t)
		if s := e.ends(3, append([]string{"do", e.write("acts.jsonl", strings.Join(lines, "\r\n"))}, c.args...)...); len(answers(t, s.out)) != len(got) || !strings.HasPrefix(s.err, "made a new database: "+e.db+"\n") {
			t.Errorf("%v: %v", c.args, s)
		}
	}
}

// talk runs `do` on a pipe and gives a way to say a line and to hear the next.
func talk(d *desk, args ...string) (say func(string), hear func() object, end func() int) {
	d.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	cmd := d.command(ctx, append([]string{"do"}, args...)...)
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
	heard := make(chan string)
	go func() {
		defer close(heard)
		r := bufio.NewReader(out)
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				return
			}
			heard <- line
		}
	}()
	say = func(s string) {
		d.Helper()
		if _, err := io.WriteString(in, s); err != nil {
			d.Fatal(err)
		}
	}
	hear = func() object {
		d.Helper()
		select {
		case line, ok := <-heard:
			if !ok {
				d.Fatal("no answer, and no more to come")
			}
			var o object
			decode(d, line, &o)
			return o
		case <-time.After(30 * time.Second):
			d.Fatal("no answer while the input waits")
		}
		return nil
	}
	end = func() int {
		_ = in.Close()
		for range heard { // to its end
		}
		_ = cmd.Wait()
		cancel()
		return cmd.ProcessState.ExitCode()
	}
	return say, hear, end
}

func TestAnswersComeWhileTheInputWaits(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	say, hear, end := talk(d)
	say(adaIsBack + "\n")
	v := text(hear()["version"])
	for range 40 { // each line made from the answer to the one before
		say(strings.Replace(note("x"), `{`, `{"version":`+v+`,`, 1) + "\n")
		a := hear()
		if a["ok"] != true {
			t.Fatal(a)
		}
		v = text(a["version"])
	}
	say(note("2") + "\n" + note("3") + "\n" + note("4")[:20]) // half a line holds nobody up
	if a, b := hear(), hear(); a["ok"] != true || b["ok"] != true || text(b["line"]) != "43" {
		t.Error(a, b)
	}
	say(note("4")[20:] + "\n")
	if a := hear(); a["ok"] != true || text(a["version"]) != "44" {
		t.Error(a)
	}
	say(`{"act":"nothing"}` + "\n")
	if a := hear(); a["ok"] != false {
		t.Error(a)
	}
	if status := end(); status != 3 {
		t.Errorf("status %d", status)
	}

	// It ends at the refusal though the input is still open.
	say, hear, end = talk(d)
	say("no JSON\n")
	if a := hear(); a["ok"] != false {
		t.Error(a)
	}
	if status := end(); status != 3 {
		t.Errorf("status %d", status)
	}
}

func TestARefusedLineInABatchHarmsNoOther(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	d.did(adaIsBack)
	var lines []string
	for i := range 1500 {
		switch i % 50 {
		case 20:
			lines = append(lines, `{"act":"referral.note","referral":"R9","text":"x"}`)
		case 30:
			lines = append(lines, `{"act":"referral.note",`)
		default:
			lines = append(lines, note(fmt.Sprint(i)))
		}
	}
	got, status := d.does([]string{"--keep-going"}, lines...)
	if status != 3 || len(got) != len(lines) {
		t.Fatalf("status %d, %d answers", status, len(got))
	}
	version := 1
	for i, a := range got {
		want := i%50 != 20 && i%50 != 30
		if want {
			version++
		}
		if a["ok"] != want || text(a["line"]) != fmt.Sprint(i+1) || want && text(a["version"]) != fmt.Sprint(version) {
			t.Fatalf("line %d: %v, version should be %d", i+1, a, version)
		}
	}
	got, _ = d.does(nil, lines...)
	if len(got) != 21 {
		t.Errorf("%d answers, it stops at the first refusal", len(got))
	}
	if v := text(d.row("queue", "referral", "R1")["version"]); v != fmt.Sprint(version+20) {
		t.Errorf("version %s, should be %d: what came before the refusal is kept, what came behind it not", v, version+20)
	}
	d.sound()
}

func TestAHugeLineIsRefusedAndTheNextIsRead(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	d.did(adaIsBack)
	huge := note(strings.Repeat("x", 5<<20))
	got, status := d.does([]string{"--keep-going"}, note("1"), huge, note("2"))
	if status != 3 || len(got) != 3 || got[0]["ok"] != true || got[1]["ok"] != false || got[1]["code"] != "invalid" || got[2]["ok"] != true {
		t.Fatalf("status %d: %v", status, got)
	}
	if text(got[1]["line"]) != "2" || text(got[2]["line"]) != "3" || text(got[2]["version"]) != "3" {
		t.Error(got)
	}
}

// A file that an editor wrote may begin with the mark of UTF-8: it is no part of the first line, and no other line has one.
func TestAByteOrderMarkBeginsAFile(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	d.did(adaIsBack)
	got, status := d.does([]string{"--keep-going"}, "\ufeff"+note("1"), "\ufeff"+note("2"))
	if status != 3 || len(got) != 2 || got[0]["ok"] != true || got[1]["ok"] != false {
		t.Errorf("status %d: %v", status, got)
	}
}

func TestWhatASourceWritesReachesNoTerminalRaw(t *testing.T) {
	t.Parallel()
	d := newTeam(t)
	d.refused("invalid", "given_name", strings.Replace(adaIsBack, `"Ada"`, `"Ada\u001b[31m\u0007\u202e"`, 1))
	d.did(adaIsBack)
	d.refused("invalid", "text", `{"act":"referral.note","referral":"R1","text":"line one\nline two\u001b[2J"}`)
	d.ends(0, "import", d.write("odd.csv", "police_ref,child_ref,given_name,missing_at,returned_at\nP8,K1,Ada\x1b[31m\x07\u202e,2026-11-20 20:00,2026-11-21 08:00\n"))
	for _, args := range [][]string{{"queue"}, {"queue", "--format", "csv"}, {"timeline", "K1"}, {"overdue"}} { // run looks for escapes
		if s := d.ends(0, args...); strings.ContainsAny(s.out, "\x07\u202e") {
			t.Errorf("%v: %q", args, s.out)
		}
	}
	if s := d.as("sam").ends(0, "audit", "list"); strings.ContainsAny(s.out, "\x07\u202e") {
		t.Errorf("%q", s.out)
	}
	for _, s := range []said{d.run("\x1b[31m\n", "do"), d.run("", "timeline", "K\x1b[31m9"), d.run("", "queue", "--\x1b[31m"), d.run(rows+"P\x1b[2J9,K1,,,x\x1b[31m,2026-11-20,,\n", "import", "-")} {
		if s.status == 0 {
			t.Error(s)
		}
	}
}
