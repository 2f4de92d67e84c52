// Package cli_test proves the commands on the real program, from what INTERFACES.md and DOMAIN.md promise: it builds the
// binary once and runs it as a script would.
package cli_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/tui/tuitest"
)

// now is the frozen clock of most tests: a Sunday evening in winter time.
const now = "2026-11-22T18:00:00Z"

var binary string

func TestMain(m *testing.M) {
	os.Exit(tuitest.Main(m, func(path string) { binary = path }))
}

// desk is a folder with a database, a configuration and a clock of its own.
type desk struct {
	testing.TB
	dir, db, config string
	now, user       string   // "" for none
	env             []string // besides HOME and XDG_*
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	dir := t.TempDir()
	return &desk{TB: t, dir: dir, db: filepath.Join(dir, "hw.db"), now: now}
}

// with writes a configuration.
func (d *desk) with(config string) *desk {
	d.Helper()
	d.config = d.write("config.toml", config)
	return d
}

// as gives the same desk for another person.
func (d *desk) as(login string) *desk {
	other := *d
	other.user = login
	return &other
}

// at gives the same desk at another time.
func (d *desk) at(now string) *desk {
	other := *d
	other.now = now
	return &other
}

func (d *desk) path(name string) string { return filepath.Join(d.dir, name) }

func (d *desk) write(name, content string) string {
	d.Helper()
	path := d.path(name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		d.Fatal(err)
	}
	return path
}

func (d *desk) read(name string) string {
	d.Helper()
	b, err := os.ReadFile(d.path(name))
	if err != nil {
		d.Fatal(err)
	}
	return string(b)
}

// said is what a command left behind.
type said struct {
	status   int
	out, err string
}

func (s said) String() string {
	return fmt.Sprintf("status %d\n%s\n--\n%s", s.status, clip(s.out), clip(s.err))
}

func clip(s string) string {
	if len(s) > 1200 {
		return s[:1200] + " …"
	}
	return s
}

// environ is what every command sees: nothing of the machine's own but the path and the time zone, which is far away
// from London so that nothing leans on it.
func (d *desk) environ() []string {
	return append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + d.path("home"), "XDG_DATA_HOME=" + d.path("data"),
		"XDG_CONFIG_HOME=" + d.path("conf"), "XDG_RUNTIME_DIR=" + d.dir, "TMPDIR=" + d.dir, "TZ=Pacific/Auckland", "TERM=xterm-256color"}, d.env...)
}

// command prepares a call of the program with the desk's flags.
func (d *desk) command(ctx context.Context, args ...string) *exec.Cmd {
	var flags []string
	for _, f := range [][2]string{{"--db", d.db}, {"--config", d.config}, {"--now", d.now}, {"--user", d.user}} {
		if f[1] != "" {
			flags = append(flags, f[0], f[1])
		}
	}
	cmd := exec.CommandContext(ctx, binary, append(flags, args...)...)
	cmd.Env, cmd.Dir = d.environ(), d.dir
	return cmd
}

// run runs a command to its end. A command that hangs or falls over ends the test.
func (d *desk) run(stdin string, args ...string) said {
	d.Helper()
	left := tuitest.Finish(d, d.command(context.Background(), args...), stdin, 2*time.Minute)
	s := said{left.Status, left.Out, left.Err}
	switch {
	case s.status < 0 || strings.Contains(s.err, "goroutine ") || strings.Contains(s.err, "panic:"):
		d.Fatalf("%v fell over\n%v", args, s)
	case strings.Contains(s.out+s.err, "\x1b"):
		d.Errorf("%v: escape sequences away from a terminal\n%q", args, clip(s.out+s.err))
	}
	return s
}

// ends runs a command and holds its exit status against the one that is due.
func (d *desk) ends(status int, args ...string) said {
	d.Helper()
	s := d.run("", args...)
	if s.status != status {
		d.Fatalf("%v: should end with %d\n%v", args, status, s)
	}
	return s
}

// object is one JSON object of the output; numbers stay as they were written.
type object map[string]any

func decode(t testing.TB, text string, into any) {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	if err := dec.Decode(into); err != nil {
		t.Fatalf("%v in %s", err, clip(text))
	}
}

// list reads a list in JSON.
func (d *desk) list(args ...string) []object {
	d.Helper()
	s := d.ends(0, append(args, "--format", "json")...)
	rows := []object{}
	decode(d, s.out, &rows)
	if s.err != "" {
		d.Errorf("%v: a list says nothing on standard error: %s", args, s.err)
	}
	return rows
}

// does sends acts, one a line, and gives their answers and the exit status.
func (d *desk) does(args []string, lines ...string) ([]object, int) {
	d.Helper()
	s := d.run(strings.Join(lines, "\n")+"\n", append([]string{"do"}, args...)...)
	return answers(d, s.out), s.status
}

func answers(t testing.TB, out string) []object {
	t.Helper()
	var list []object
	for line := range strings.Lines(out) {
		var o object
		decode(t, line, &o)
		list = append(list, o)
	}
	return list
}

// did sends acts that are all to be done, and gives the answer of the last.
func (d *desk) did(lines ...string) object {
	d.Helper()
	got, status := d.does(nil, lines...)
	if status != 0 || len(got) != len(lines) {
		d.Fatalf("should all be done, status %d: %v", status, got)
	}
	return got[len(got)-1]
}

// refused sends one act that is to be refused with a code on a field.
func (d *desk) refused(code, field, line string) object {
	d.Helper()
	got, status := d.does(nil, line)
	if status != 3 || len(got) != 1 || got[0]["ok"] != false || got[0]["code"] != code || text(got[0]["field"]) != field || text(got[0]["message"]) == "" {
		d.Errorf("%s\nshould be refused, %s on %q; status %d: %v", line, code, field, status, got)
		return object{}
	}
	return got[0]
}

// sound proves that nothing is damaged.
func (d *desk) sound() {
	d.Helper()
	d.ends(0, "check")
	d.ends(0, "audit", "verify")
}

// text is a value as a string: "" for null.
func text(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// lacks says which of some pieces a text lacks.
func lacks(s string, pieces ...string) (missing []string) {
	for _, p := range pieces {
		if !strings.Contains(s, p) {
			missing = append(missing, p)
		}
	}
	return missing
}
