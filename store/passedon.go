package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"homeward/domain"
	"homeward/domain/safe"
)

// A team may have a command of its own run when something urgent is not passed on by its time ([serve] not_passed_on): it
// rings the person on duty. It learns numbers and times, nothing of a child.

const (
	// urgentEvery is how often a server looks for what is urgent and late.
	urgentEvery = 15 * time.Second
	// commandWithin is how long the command may take.
	commandWithin = 30 * time.Second
	// commandTries is how often one that fails is run for the same thing, each time later.
	commandTries = 5
	// outputMost bounds what is read of what it prints.
	outputMost = 4 << 10
)

// toldOwner is under whom it is kept what the command was told: it can be no login.
const (
	toldOwner = "\x02server"
	toldName  = "not passed on"
)

// NoteNotPassedOn is the word of the line that says the team's command was told, or could not be.
const NoteNotPassedOn = "not_passed_on"

// CheckCommand says what is wrong with the command of [serve] not_passed_on; nil where there is none.
func (c *ServeConfig) CheckCommand() error {
	if len(c.NotPassedOn) == 0 {
		return nil
	}
	program := c.NotPassedOn[0]
	info, err := os.Stat(program)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("serve.not_passed_on: there is no program %s", program)
	case err != nil:
		return fmt.Errorf("serve.not_passed_on: %w", err)
	case !info.Mode().IsRegular() || info.Mode()&0o111 == 0:
		return fmt.Errorf("serve.not_passed_on: %s is no program that can be run: chmod +x it", program)
	}
	return nil
}

// setCommand reads a program by its whole path and its arguments.
func setCommand(c *Config, v any) (err error) {
	if c.Serve.NotPassedOn, err = asWords(v); err == nil && len(c.Serve.NotPassedOn) > 0 && !filepath.IsAbs(c.Serve.NotPassedOn[0]) {
		err = errors.New("the first word must be the whole path of a program; there is no shell")
	}
	return err
}

// Page runs the team's command, until the context ends, for each urgent note that is not passed on by its time: once each, also
// after the server began again.
func (v *Served) Page(ctx context.Context, log *slog.Logger) {
	p := &pager{v: v, log: log, within: commandWithin, tried: map[string]attempt{}, told: map[string]string{}}
	tick := time.NewTicker(urgentEvery)
	defer tick.Stop()
	for {
		if err := p.look(ctx); err != nil && ctx.Err() == nil {
			v.tellAlarm(true, domain.At(v.clock()))
			log.Error("what is urgent and not passed on could not be looked up", "reason", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

type pager struct {
	v      *Served
	log    *slog.Logger
	within time.Duration
	tried  map[string]attempt // by follow-up, while this server runs
	told   map[string]string  // likewise: what it was told, also where that could not be kept yet
}

type attempt struct {
	times int
	next  time.Time
}

// look finds what is late and runs the command for what it was not run for yet.
func (p *pager) look(ctx context.Context) error {
	argv := p.v.Config().Serve.NotPassedOn
	if len(argv) == 0 {
		p.v.tellAlarm(false, 0)
		return nil
	}
	told, open, late, err := p.stands(ctx)
	if err != nil {
		return err
	}
	keeper := p.v.Desk(domain.Actor{})
	still := map[string]string{} // what is done with is forgotten
	changed := false
	for _, f := range late {
		id := f.ID.String()
		at, kept := told[id]
		if at = cmp.Or(at, p.told[id]); at != "" {
			still[id], changed = at, changed || !kept
		}
	}
	changed = changed || len(still) != len(told)
	for _, f := range late {
		id, now := f.ID.String(), p.v.clock()
		t := p.tried[id]
		if _, done := still[id]; done || t.times >= commandTries || now.Before(t.next) {
			continue
		}
		failed := p.run(ctx, argv, f, open)
		if ctx.Err() != nil {
			return nil
		}
		if failed == nil {
			still[id], changed = domain.At(now).RFC3339(), true
			p.told[id] = still[id]
			if err := keeper.keepText(ctx, toldOwner, toldName, still); err != nil { // before anything else: it is told once
				return err
			}
			p.note(ctx, f, "its time passed and it was not passed on: the team's command was told of "+id)
			p.log.Warn("an urgent note was not passed on by its time: the team's command was told", "followup", id, "due", f.Due.RFC3339())
			continue
		}
		t.times++
		t.next = now.Add(time.Minute << min(2*t.times-2, 6)) // a minute, four, sixteen, an hour
		p.tried[id] = t
		again := "it is tried again at " + t.next.In(domain.London()).Format("15:04")
		if t.times == commandTries {
			again = "it is not tried again until the server is started anew"
		}
		p.log.Error("the team's command for what is not passed on failed: "+again, "followup", id, "reason", failed.Error())
		if t.times == 1 || t.times == commandTries {
			p.note(ctx, f, "the team's command could not be told of "+id+", "+again)
		}
	}
	untold := slices.ContainsFunc(late, func(f *domain.FollowUp) bool { return still[f.ID.String()] == "" })
	p.v.tellAlarm(untold, domain.At(p.v.clock())) // each was tried by now
	if changed {
		return keeper.keepText(ctx, toldOwner, toldName, still)
	}
	return nil
}

// stands gives what the command was told already, how many urgent notes are open, and those that nobody passed on by their time.
func (p *pager) stands(ctx context.Context) (told map[string]string, open int, late []*domain.FollowUp, err error) {
	err = p.v.view(ctx, func(t *txn) (err error) {
		if told, err = t.keptText(toldOwner, toldName); err != nil {
			return err
		}
		w := &world{t: t, now: p.v.clock()}
		ids, err := w.OpenFollowUps()
		if err != nil {
			return err
		}
		for _, id := range ids {
			f, err := w.FollowUp(id)
			if err != nil {
				return err
			}
			if f == nil || f.Kind != domain.FollowUrgent {
				continue
			}
			open++
			if f.Overdue(domain.At(w.now)) {
				late = append(late, f)
			}
		}
		return nil
	})
	return told, open, late, err
}

// note writes into the log what became of telling the command, by the account that runs the server.
func (p *pager) note(ctx context.Context, f *domain.FollowUp, text string) {
	err := p.v.write(context.WithoutCancel(ctx), func(t *txn) error {
		_, err := t.s.note(t, Keeper(t.settings, t.s.clock(), Account()), NoteNotPassedOn, text, f.Child)
		return err
	})
	if err != nil {
		p.log.Error("that an urgent note was not passed on could not be written into the audit log", "reason", p.v.named(err).Error())
	}
}

// run runs the command for one note. It is given numbers and a time, and no more of the server's environment than a path.
func (p *pager) run(ctx context.Context, argv []string, f *domain.FollowUp, open int) error {
	ctx, end := context.WithTimeout(ctx, p.within)
	defer end()
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "HOMEWARD_FOLLOWUP=" + f.ID.String(), "HOMEWARD_DUE_AT=" + f.Due.RFC3339(),
		"HOMEWARD_OPEN=" + strconv.Itoa(open)}
	said := &firstBytes{}
	cmd.Stdout, cmd.Stderr = said, said
	cmd.WaitDelay = 2 * time.Second
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // it ends as a whole
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	err := cmd.Run()
	if cmd.Process != nil { // what it left behind ends, too
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
	if err == nil || errors.Is(err, exec.ErrWaitDelay) { // it did its work, and left something behind that kept its output open
		return nil
	}
	if ctx.Err() == context.DeadlineExceeded {
		err = fmt.Errorf("it took more than %s and was ended", p.within)
	}
	line, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n")
	if line = safe.CleanLine(line); line != "" {
		err = fmt.Errorf("%w: %s", err, strings.ToValidUTF8(line[:min(len(line), 200)], ""))
	}
	return err
}

// firstBytes keeps the first of what is written to it.
type firstBytes struct{ bytes.Buffer }

// Write takes everything and keeps what there is room for.
func (b *firstBytes) Write(p []byte) (int, error) {
	if room := outputMost - b.Len(); room > 0 {
		b.Buffer.Write(p[:min(len(p), room)])
	}
	return len(p), nil
}
