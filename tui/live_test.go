package tui_test

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/store"
	"homeward/store/intake"
	"homeward/tui"
	"homeward/tui/desk"
	"homeward/tui/frame"
	"homeward/tui/tuitest"
)

// session is one of several dashboards over one store: it hears of the others by the store's own feed.
type session struct {
	*tuitest.Driver
	t      testing.TB
	desk   *store.Desk
	events <-chan view.Event
	leave  func()
}

// sit opens a dashboard of somebody beside those that are open; all go by one clock, which begins at the time of the tests.
func (x *team) sit(login string, w, h int, change ...func(*tui.Options)) *session {
	x.t.Helper()
	return x.sitAt(login, w, h, func(d view.Desk) view.Desk { return d }, change...)
}

// sitAt is sit at a desk somebody made something else of.
func (x *team) sitAt(login string, w, h int, made func(view.Desk) view.Desk, change ...func(*tui.Options)) *session {
	x.t.Helper()
	actor, err := domain.ActorFor(x.desk.Settings(), time.Time{}, "", login)
	if err != nil {
		x.t.Fatal(err)
	}
	s := &session{t: x.t, desk: x.store.Desk(actor)}
	var stop func()
	s.events, stop = s.desk.Watch()
	s.Driver = tuitest.New(x.t, w, h, func(rt frame.Runtime) tea.Model {
		rt.Now = func() time.Time { return x.now().In(domain.London()) }
		o := tui.Options{Runtime: rt, Live: "live", Theme: "dark"}
		for _, f := range change {
			f(&o)
		}
		m, err := tui.Build(made(s.desk), &intake.Clerk{Desk: s.desk, Folder: x.folder}, o)
		if err != nil {
			x.t.Fatal(err)
		}
		s.leave = func() { m.Leave(); stop() }
		return m
	})
	x.t.Cleanup(stop)
	return s
}

// hear hands over what the feed has told since, in one message, as the watch of a real session does.
func (s *session) hear() *session {
	s.t.Helper()
	var events []view.Event
	for len(s.events) > 0 {
		events = append(events, <-s.events)
	}
	if events != nil {
		s.Send(desk.ChangedMsg{Events: events})
	}
	return s
}

// clock sets the time of all sessions.
func (x *team) clock(at time.Time, all ...*session) {
	x.t.Helper()
	x.now = func() time.Time { return at }
	for _, s := range all {
		s.Send(frame.MinuteMsg{At: at})
	}
}

// after sets the clock some minutes after the time at which the tests begin.
func after(minutes int) time.Time { return tuitest.Now().Add(time.Duration(minutes) * time.Minute) }
