package sshd

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"

	"homeward/domain/safe"
	"homeward/tui/cli"
	"homeward/tui/frame"
	"homeward/tui/widgets"
)

// framesASecond is how often a dashboard may draw; how much goes over a slow line is bounded by its pacing.
const framesASecond = 60

// escapeRest is how long an escape sequence may take to arrive whole: over a network longer than in a room.
const escapeRest = 150 * time.Millisecond

// dashboard runs one until its person leaves, the connection drops or the server ends it; why is what it says of its end itself.
func (se *session) dashboard() (code int, why string) {
	out := newOutput(se.ch, se.conn, se.srv.served.Limits().WriteWithin)
	defer out.close()
	if !se.pty {
		fmt.Fprintf(out, "there is no terminal for the dashboard: say ssh -t, or use a command, like queue, missing, overdue or timeline\r\n")
		return cli.StatusFailed, ""
	}
	if se.term == "" || se.term == "dumb" {
		fmt.Fprintf(out, "this terminal cannot show the dashboard (TERM is %q): use a command, like queue, missing, overdue or timeline\r\n", se.term)
		return cli.StatusFailed, ""
	}
	// It outlives the connection for a moment: what is being typed is kept once nobody looks any more.
	ctx, stop := context.WithCancel(context.WithoutCancel(se.ctx))
	defer stop()
	m, leave, err := se.srv.served.Dashboard(ctx, se.actor, Viewer{Local: se.is.local(), NoColour: se.env["NO_COLOR"] != "", WrongCode: func(tries int) {
		se.srv.log.Warn("wrong lock code", "person", se.actor.Login, "from", se.from, "tries", tries)
	}})
	if err != nil {
		fmt.Fprintf(out, "homeward: %s\r\n", safe.CleanLine(err.Error()))
		return cli.StatusFailed, ""
	}
	defer leave()
	asked := leastWindow()
	select {
	case asked = <-se.windows:
	default:
	}
	size := se.srv.room(se, asked)
	environ := se.environ()
	p := tea.NewProgram(m, tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(out), tea.WithWindowSize(size.w, size.h),
		tea.WithEnvironment(environ), tea.WithColorProfile(colorprofile.Env(environ)), tea.WithoutSignalHandler(),
		tea.WithFilter(frame.Filter), tea.WithFPS(framesASecond))
	ended := make(chan struct{})
	defer close(ended)
	se.mu.Lock()
	se.bye = func() { p.Send(frame.EndMsg{}) }
	told := se.told != "" // before it began
	se.mu.Unlock()
	se.safely("keyboard", func() { pump(ctx, se, p) })
	se.safely("window", func() {
		if told {
			p.Send(frame.EndMsg{})
		}
		if size != asked {
			p.Send(drawnSmaller())
		}
		for {
			select {
			case <-ended:
				return
			case asked := <-se.windows:
				size := se.srv.room(se, asked)
				p.Send(tea.WindowSizeMsg{Width: size.w, Height: size.h})
				if size != asked {
					p.Send(drawnSmaller())
				}
			case <-se.ctx.Done():
				// Nobody looks any more: what is being typed is kept, then it ends.
				go p.Send(frame.EndMsg{})
				select {
				case <-ended:
				case <-time.After(drain):
					stop()
				}
				return
			}
		}
	})
	_, err = p.Run()
	if m.Err() != nil {
		se.srv.log.Error("a dashboard broke", "person", se.actor.Login, "from", se.from, "what", m.Err().Error())
		return cli.StatusFailed, "it broke"
	}
	if err != nil && se.ctx.Err() == nil {
		se.srv.log.Warn("a dashboard ended", "person", se.actor.Login, "from", se.from, "reason", err.Error())
		return cli.StatusFailed, ""
	}
	return cli.StatusDone, string(m.Ended())
}

// drawnSmaller says why a part of the window stays empty.
func drawnSmaller() tea.Msg {
	return frame.Toasted(widgets.Info, "Drawn smaller: you have many large windows open. Close one, then resize this.")()
}

// environ is what the program may know of the person's terminal; never this process's own environment.
func (se *session) environ() []string {
	var out []string
	for k, v := range se.env {
		out = append(out, k+"="+strings.ToValidUTF8(v, ""))
	}
	return out
}

// safely runs something beside the session, so that what breaks in it ends the session alone.
func (se *session) safely(what string, do func()) {
	go func() {
		defer func() {
			if r := recover(); r != nil {
				se.srv.log.Error("a session broke", "person", se.actor.Login, "from", se.from, "in", what, "what", safe.CleanLine(fmt.Sprint(r)))
				se.cancel()
			}
		}()
		do()
	}()
}

// pump reads the keyboard. It ends with the channel; the session then ends too.
func pump(ctx context.Context, se *session, p *tea.Program) {
	r := uv.NewTerminalReader(frame.GuardInput(se.ch), se.term)
	r.EscTimeout = escapeRest
	events := make(chan uv.Event)
	streamed := make(chan struct{})
	go func() {
		for {
			select {
			case e := <-events:
				p.Send(e) // gives up when the program has ended
			case <-streamed:
				return
			}
		}
	}()
	_ = r.StreamEvents(ctx, events)
	close(streamed)
	se.cancel()
}
