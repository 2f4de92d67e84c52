package tui_test

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui"
	"homeward/tui/frame"
	"homeward/tui/tuitest"
)

// slow is a desk that answers nothing while it is to: what it is asked waits for its context, and an act for its turn.
type slow struct {
	view.Desk
	holds   atomic.Bool
	waiting atomic.Int32
	turn    chan struct{} // nil: an act never waits
}

func (d *slow) wait(ctx context.Context) error {
	if !d.holds.Load() {
		return nil
	}
	d.waiting.Add(1)
	defer d.waiting.Add(-1)
	<-ctx.Done()
	return ctx.Err()
}

func (d *slow) Ask(ctx context.Context, question func(domain.Reader) error) error {
	if err := d.wait(ctx); err != nil {
		return err
	}
	return d.Desk.Ask(ctx, question)
}

func (d *slow) State(ctx context.Context) (*view.State, error) {
	if err := d.wait(ctx); err != nil {
		return nil, err
	}
	return d.Desk.State(ctx)
}

func (d *slow) Preference(ctx context.Context, name string) (map[string]string, error) {
	if err := d.wait(ctx); err != nil {
		return nil, err
	}
	return d.Desk.Preference(ctx, name)
}

func (d *slow) DraftKeys(ctx context.Context) ([]string, error) {
	if err := d.wait(ctx); err != nil {
		return nil, err
	}
	return d.Desk.DraftKeys(ctx)
}

func (d *slow) Backups(ctx context.Context) (view.Backups, error) {
	if err := d.wait(ctx); err != nil {
		return view.Backups{}, err
	}
	return d.Desk.Backups(ctx)
}

func (d *slow) Do(ctx context.Context, stop bool, acts ...domain.Envelope) ([]domain.Answer, error) {
	if d.turn != nil {
		d.waiting.Add(1)
		defer d.waiting.Add(-1)
		select {
		case <-d.turn:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return d.Desk.Do(ctx, stop, acts...)
}

// comes waits for something that other goroutines do.
func comes(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !is(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// session is a dashboard, until a context ends, for somebody whose desk is slow. Nothing comes of time.
func (x *team) session(ctx context.Context, d *slow) *tuitest.Driver {
	return tuitest.New(x.t, 120, 40, func(rt frame.Runtime) tea.Model {
		x.now = rt.Now
		rt.Delay = func(time.Duration, tea.Msg) tea.Cmd { return nil }
		m, err := tui.Build(d, nil, tui.Options{Context: ctx, Runtime: rt, Live: "local", Theme: "dark"})
		if err != nil {
			x.t.Fatal(err)
		}
		return m
	})
}

// program runs a dashboard as a terminal would, until the context ends. over is closed when it has been left then.
func program(ctx context.Context, m *frame.Model) (p *tea.Program, over chan struct{}) {
	p = tea.NewProgram(m, tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithoutSignalHandler(),
		tea.WithWindowSize(120, 40), tea.WithFilter(frame.Filter))
	over = make(chan struct{})
	go func() {
		defer close(over)
		_, _ = p.Run() // its terminal is gone, it says
		m.Leave()
	}()
	return p, over
}

// Leaving waits for nothing: what was asked is given up. What they typed is kept, down to the last letter.
func TestEndGivesUpQuestionsAndKeepsDrafts(t *testing.T) {
	x := two(t)
	desk := &slow{Desk: x.desk}
	ctx, end := context.WithCancel(t.Context())
	d := x.session(ctx, desk).Press("x", "o", "tab").Type("He is with his fath").Sees("He is with his fath")
	if keys, err := x.desk.DraftKeys(t.Context()); err != nil || len(keys) > 0 {
		t.Fatalf("kept already: %v %v", keys, err)
	}
	before := runtime.NumGoroutine()
	desk.holds.Store(true)
	_, over := program(ctx, d.Model().(*frame.Model))
	comes(t, "questions", func() bool { return desk.waiting.Load() >= 3 })
	end()
	<-over
	comes(t, "the end of every question", func() bool { return desk.waiting.Load() == 0 })
	comes(t, "the end of every goroutine", func() bool { return runtime.NumGoroutine() <= before })
	if draft, err := x.desk.Draft(t.Context(), draftKey(t, x)); err != nil || !strings.Contains(fmt.Sprint(draft), "He is with his fath") {
		t.Errorf("the draft is %v %v", draft, err)
	}
}

// A decision that was handed over is taken, also where its person left before its turn came.
func TestEndLosesNoDecision(t *testing.T) {
	for act, keys := range map[string][]string{"referral.accept": {"a"}, "referral.not_required": {"x", "o", "ctrl+d"}} {
		t.Run(act, func(t *testing.T) {
			x := two(t)
			desk := &slow{Desk: x.desk, turn: make(chan struct{})}
			ctx, end := context.WithCancel(t.Context())
			d := x.session(ctx, desk).Press(keys[:len(keys)-1]...)
			if len(keys) > 1 {
				d.Press("tab").Type("With his father").Sees("With his father")
			}
			before := runtime.NumGoroutine()
			p, over := program(ctx, d.Model().(*frame.Model))
			p.Send(tuitest.Key(keys[len(keys)-1]))
			comes(t, "the act", func() bool { return desk.waiting.Load() == 1 })
			end()
			<-over
			if n := desk.waiting.Load(); n != 1 {
				t.Fatalf("given up: %d acts wait", n)
			}
			close(desk.turn)
			comes(t, "the end of every goroutine", func() bool { return runtime.NumGoroutine() <= before })
			if got := x.log(view.AuditFilter{Act: act}); len(got) != 1 {
				t.Errorf("done: %v", got)
			}
		})
	}
}
