package sshd

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"
)

// A network of 64 bits counts as one address of IPv6, for one machine has as many of them as it likes.
func TestWhatCountsAsOneAddress(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"192.0.2.7:1000":                   "192.0.2.7",
		"[::ffff:192.0.2.7]:1000":          "192.0.2.7",
		"[2001:db8:1:2:3:4:5:6]:22":        "2001:db8:1:2::/64",
		"[2001:db8:1:2:ffff::1]:9":         "2001:db8:1:2::/64",
		"[2001:db8:1:3::1]:9":              "2001:db8:1:3::/64",
		"[fe80::1%eth0]:9":                 "fe80::/64",
		"[::1]:9":                          "::/64",
		"no address at all, as of a pipe!": "no address at all, as of a pipe!",
	} {
		if got := placeOf(addr(address)); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

type addr string

func (a addr) Network() string { return "tcp" }
func (a addr) String() string  { return string(a) }

// crowd lets connections in at one moment; it gives those that were let in.
func crowd(a *admission, place string, n int, at time.Time) (list []*coming) {
	for range n {
		c := &coming{place: place, since: at}
		if ok, _ := a.let(c, 1000); ok {
			list = append(list, c)
		}
	}
	return list
}

// One address has so many connections without a session and no more; once they have been there for a moment the oldest gives way.
func TestRoomOfOneAddress(t *testing.T) {
	t.Parallel()
	a, at := &admission{}, time.Unix(1_800_000_000, 0)
	held := crowd(a, "one", comingFromOne+5, at)
	if len(held) != comingFromOne {
		t.Fatalf("%d connections of one address", len(held))
	}
	if n := len(crowd(a, "two", 1, at)); n != 1 {
		t.Error("another address is kept out")
	}
	late := &coming{place: "one", since: at.Add(settled)}
	if ok, instead := a.let(late, 1000); !ok || instead != held[0] {
		t.Errorf("the next one: %v, %v goes", ok, instead)
	}
	a.out(held[1])
	if ok, instead := a.let(&coming{place: "one", since: at.Add(settled)}, 1000); !ok || instead != nil {
		t.Errorf("where one has left: %v, %v goes", ok, instead)
	}
	a.out(held[0]) // which had gone before
	if got := len(a.all()); got != comingFromOne+1 {
		t.Errorf("%d are known", got)
	}
}

// Where there is no room at all the fullest address gives way, to every other one at once.
func TestRoomForOthers(t *testing.T) {
	t.Parallel()
	a, at := &admission{}, time.Unix(1_800_000_000, 0)
	crowd(a, "b", comingInAll-comingFromOne-1, at.Add(-time.Minute))
	full := crowd(a, "a", comingFromOne, at)
	crowd(a, "c", 1, at)
	a.in(&coming{since: at}) // the socket's does not count
	if ok, instead := a.let(&coming{place: "d", since: at}, 1000); !ok || instead != full[0] {
		t.Errorf("%v, %v goes", ok, instead)
	}
	if a.network != comingInAll {
		t.Errorf("%d over the network", a.network)
	}
	// Where everybody has one, those who have only just come are left alone.
	b := &admission{}
	for i := range comingInAll {
		crowd(b, fmt.Sprint(i), 1, at)
	}
	if ok, _ := b.let(&coming{place: "x", since: at}, 1000); ok {
		t.Error("who only just came is pushed out")
	}
	if ok, instead := b.let(&coming{place: "x", since: at.Add(settled)}, 1000); !ok || instead == nil {
		t.Error("who has been there for long is not")
	}
}

// Connections are counted by minute and address; those refused are not.
func TestConnectionsAMinute(t *testing.T) {
	t.Parallel()
	a, at := &admission{}, time.Unix(1_800_000_000, 0)
	let := func(place string, at time.Time) bool {
		c := &coming{place: place, since: at}
		ok, _ := a.let(c, 3)
		a.out(c)
		return ok
	}
	for i, want := range []bool{true, true, true, false, false} {
		if got := let("one", at); got != want {
			t.Errorf("connection %d: %v", i, got)
		}
	}
	if !let("two", at) {
		t.Error("another address")
	}
	if !let("one", at.Add(time.Minute)) {
		t.Error("the next minute")
	}
}

// The journal is told at once, and of the rest of the minute in one line a place and kind.
func TestRefusalsInTheJournal(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	r := &refusals{log: slog.New(slog.NewTextHandler(&b, nil)), every: time.Hour}
	lines := func() int { return strings.Count(b.String(), "\n") }
	for range 1000 {
		r.tell(atTheDoor, "one", "one", "login refused", "reason", "nobody's")
	}
	r.tell(atTheDoor, "one", "one", "login refused", "reason", "Amira left on 2020-01-01")
	if r.sum(false); lines() != 1 {
		t.Errorf("within a minute:\n%s", b.String())
	}
	r.tell(atTheDoor, "two", "two", "login refused")
	r.tell(forRoom, "one", "one", "session refused")
	if lines() != 3 {
		t.Errorf("another place, another kind:\n%s", b.String())
	}
	r.sum(true)
	if lines() != 4 || !strings.Contains(b.String(), `msg="refused again" from=one times=1000 what="login refused nobody's; login refused Amira left on 2020-01-01"`) {
		t.Errorf("the rest:\n%s", b.String())
	}
	r.every = 0
	r.sum(false)
	if lines() != 4 || len(r.by) != 0 {
		t.Errorf("nothing more is told or kept: %d\n%s", len(r.by), b.String())
	}
	r.every = time.Hour
	for i := range mostPlaces + 100 {
		r.tell(atTheDoor, fmt.Sprint(i), "x", "login refused")
	}
	if len(r.by) > mostPlaces+1 {
		t.Errorf("%d places are kept", len(r.by))
	}
}
