package store

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// pagers is a served database of a child with a telling name, with an urgent note F1 of noon, and a command that writes down how
// it was called.
func pagers(t *testing.T, script string) (p *pager, calls func() []string, at func(time.Duration), log *bytes.Buffer) {
	t.Helper()
	dir := t.TempDir()
	now := noon()
	o := testOptions()
	o.Clock = func() time.Time { return now }
	s := opens(t, filepath.Join(dir, "hw.db"), o)
	did(t, s.Desk(dee()), `{"act":"referral.new","child_ref":"ZQREF","given_name":"Zqgiven","family_name":"Zqfamily","missing_at":"2026-11-20 20:00"}`)
	did(t, s.Desk(dee()), `{"act":"followup.add","child_ref":"ZQREF","kind":"urgent","text":"Zqtext"}`)
	program := filepath.Join(dir, "page")
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"+strings.ReplaceAll(script, "CALLS", filepath.Join(dir, "calls"))), 0o700); err != nil {
		t.Fatal(err)
	}
	log = &bytes.Buffer{}
	at = func(d time.Duration) {
		now = noon().Add(d)
		if err := p.look(ctx); err != nil {
			t.Fatal(err)
		}
	}
	calls = func() []string {
		b, err := os.ReadFile(filepath.Join(dir, "calls"))
		if err != nil {
			return nil
		}
		return strings.Split(strings.TrimSpace(string(b)), "\n---\n")
	}
	c := &Config{Settings: *settings(), Serve: ServeConfig{NotPassedOn: []string{program, "--desk", "missing team"}}}
	if err := c.Serve.CheckCommand(); err != nil {
		t.Fatal(err)
	}
	p = &pager{v: NewServed(s, c, nil), log: slog.New(slog.NewTextHandler(log, nil)), within: 5 * time.Second, tried: map[string]attempt{}, told: map[string]string{}}
	return p, calls, at, log
}

const writesDown = `{ echo "$@"; env; } >> CALLS; echo --- >> CALLS`

func TestTheCommandIsToldOnceOfWhatIsNotPassedOn(t *testing.T) {
	p, calls, at, log := pagers(t, writesDown)
	at(30 * time.Minute)
	at(time.Hour)
	if got := calls(); got != nil {
		t.Errorf("it is told before the time is over: %q", got)
	}
	at(time.Hour + time.Second)
	at(time.Hour + time.Minute)
	got := calls()
	if len(got) != 1 || !strings.HasPrefix(got[0], "--desk missing team\n") || lacksAny(got[0], "HOMEWARD_FOLLOWUP=F1", "HOMEWARD_OPEN=1", "HOMEWARD_DUE_AT=2026-11-22T13:00:00Z") {
		t.Errorf("it is told %q", got)
	}
	if all := strings.Join(got, "") + log.String(); strings.Contains(strings.ToLower(all), "zq") {
		t.Errorf("something of the child comes through: %s", all)
	}
	if n := strings.Count(got[0], "="); n > 8 { // the shell sets a few of its own
		t.Errorf("it has more of the environment than it needs: %s", got[0])
	}
	// The server begins again: nothing is told twice. Another note is.
	p.tried, p.told = map[string]attempt{}, map[string]string{}
	did(t, p.v.Desk(dee()), `{"act":"followup.add","child_ref":"ZQREF","kind":"urgent","text":"another"}`)
	at(time.Hour + 2*time.Minute)
	if got := calls(); len(got) != 1 {
		t.Errorf("told %d times", len(got))
	}
	at(3 * time.Hour)
	if got := calls(); len(got) != 2 || lacksAny(got[1], "HOMEWARD_FOLLOWUP=F2", "HOMEWARD_OPEN=2") {
		t.Errorf("told %q", got)
	}
	// What is passed on is told of no more, and forgotten.
	did(t, p.v.Desk(dee()), `{"act":"followup.done","followup":"F1","found":"told the police"}`)
	at(4 * time.Hour)
	if told, _, _, err := p.stands(ctx); err != nil || len(told) != 1 || told["F2"] == "" {
		t.Errorf("it keeps %v, %v", told, err)
	}
	notes := 0
	page, err := p.v.Desk(sam()).AuditLog(ctx, view.AuditQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range page.Lines {
		if l.Act == NoteNotPassedOn {
			notes++
		}
	}
	if notes != 2 {
		t.Errorf("the log says so %d times", notes)
	}
	clean(t, p.v.Store)
}

func TestACommandThatFailsIsTriedAgainAndNotForEver(t *testing.T) {
	p, calls, at, log := pagers(t, writesDown+"\necho no line to the duty phone >&2; exit 3")
	at(time.Hour - time.Second)
	if since := p.v.Desk(dee()).AlarmFails(); since != 0 {
		t.Errorf("it fails since %s, and nothing was late", since)
	}
	for m := range 24 * 60 {
		at(time.Hour + time.Duration(m)*time.Minute + time.Second)
	}
	if got := calls(); len(got) != commandTries {
		t.Errorf("tried %d times in a day", len(got))
	}
	if since := p.v.Desk(dee()).AlarmFails(); since != domain.At(noon().Add(time.Hour+time.Second)) {
		t.Errorf("it fails since %s", since)
	}
	did(t, p.v.Desk(dee()), `{"act":"followup.done","followup":"F1","found":"told the police"}`)
	at(26 * time.Hour)
	if since := p.v.Desk(dee()).AlarmFails(); since != 0 {
		t.Errorf("it was passed on, and fails since %s", since)
	}
	if lacksAny(log.String(), "exit status 3: no line to the duty phone", "tried again at", "not tried again until") {
		t.Errorf("the log says %s", log)
	}
}

func TestACommandThatHangsIsEndedWithAllItBegan(t *testing.T) {
	p, _, at, log := pagers(t, "sleep 600 & echo $! > CALLS; sleep 600")
	p.within = 300 * time.Millisecond
	at(2 * time.Hour)
	if lacksAny(log.String(), "took more than 300ms and was ended") {
		t.Errorf("the log says %s", log)
	}
	b, err := os.ReadFile(filepath.Join(filepath.Dir(p.v.Path()), "calls"))
	if err != nil {
		t.Fatal(err)
	}
	stat := fmt.Sprintf("/proc/%s/stat", strings.TrimSpace(string(b)))
	for range 100 {
		if s, err := os.ReadFile(stat); err != nil || strings.Contains(string(s), ") Z ") {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("what it began goes on")
}

// What did its work is told, though it left something running; that ends too.
func TestACommandThatLeavesSomethingBehindWasTold(t *testing.T) {
	_, calls, at, log := pagers(t, writesDown+"\nsleep 600 &\nexit 0")
	for m := range 20 {
		at(2*time.Hour + time.Duration(m)*time.Minute)
	}
	if got := calls(); len(got) != 1 || strings.Contains(log.String(), "failed") {
		t.Errorf("told %d times; the log says %s", len(got), log)
	}
}

// Where it cannot be kept that the command was told, it is not told again by this server.
func TestTheCommandIsToldOnceAlsoWhereNothingCanBeKept(t *testing.T) {
	p, calls, at, _ := pagers(t, writesDown)
	at(2 * time.Hour)
	if err := p.v.Desk(dee()).keepText(ctx, toldOwner, toldName, nil); err != nil { // as if it had failed
		t.Fatal(err)
	}
	at(2*time.Hour + time.Minute)
	if got := calls(); len(got) != 1 {
		t.Errorf("told %d times", len(got))
	}
	if told, _, _, err := p.stands(ctx); err != nil || told["F1"] == "" {
		t.Errorf("it is kept as soon as that goes: %v, %v", told, err)
	}
}

func TestTheCommandIsChecked(t *testing.T) {
	dir := t.TempDir()
	plain := filepath.Join(dir, "plain")
	if err := os.WriteFile(plain, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for program, want := range map[string]string{plain: "chmod +x", dir: "no program", filepath.Join(dir, "none"): "there is no program"} {
		c := ServeConfig{NotPassedOn: []string{program}}
		if err := c.CheckCommand(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", program, err)
		}
	}
	if err := setCommand(&Config{}, []any{"page-duty"}); err == nil || !strings.Contains(err.Error(), "whole path") {
		t.Errorf("%v", err)
	}
}

// lacksAny says that a text lacks one of the words.
func lacksAny(text string, words ...string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return true
		}
	}
	return false
}
