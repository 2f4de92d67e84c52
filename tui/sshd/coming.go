package sshd

import (
	"net"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"charm.land/ssh"
)

// How many connections may be without a session at once: people who are just coming in, and whatever only holds a place.
const (
	comingFromOne = 50  // from one address
	comingInAll   = 100 // over the network
)

// settled is how long a connection may take before another one that wants its place is given it.
const settled = time.Second

// mostPlaces is how many addresses are kept apart within a minute; what comes from yet others is not counted by minute.
const mostPlaces = 20_000

// coming is a connection that has no session yet.
type coming struct {
	net.Conn
	ctx   ssh.Context
	place string // what is counted as one address; "" for the socket
	since time.Time

	patience *time.Timer // closes it unless it asks for something
	closed   atomic.Bool
	leave    func()
}

// from is where it comes from, for the journal: without the port, which is another one each time.
func (c *coming) from() string {
	if c.place == "" {
		return "socket"
	}
	address := c.RemoteAddr().String()
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return address
}

// Close closes it and gives its place to others.
func (c *coming) Close() error {
	err := c.Conn.Close()
	if !c.closed.Swap(true) {
		c.patience.Stop()
		c.leave()
	}
	return err
}

// placeOf is what of an address counts as one: a network of 64 bits of IPv6, of which one machine has as many addresses as it
// likes, or an address of IPv4.
func placeOf(a net.Addr) string {
	at, err := netip.ParseAddrPort(a.String())
	if err != nil {
		return a.String()
	}
	ip := at.Addr().Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	return netip.PrefixFrom(ip, 64).Masked().String()
}

// admission knows the connections without a session, and counts those of this minute by place.
type admission struct {
	mu      sync.Mutex
	minute  int64
	lately  map[string]int
	waiting map[string][]*coming // by place, the oldest first
	network int                  // how many of them came over the network
}

// let says whether one more may come in over the network. Where there is no room the connection of the fullest place that has
// been there for longest is to go instead: one address never keeps another out.
func (a *admission) let(c *coming, perMinute int) (ok bool, instead *coming) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if m := c.since.Unix() / 60; m != a.minute || a.lately == nil {
		a.minute, a.lately = m, map[string]int{}
	}
	n, known := a.lately[c.place]
	if n >= perMinute {
		return false, nil
	}
	from := ""
	switch {
	case len(a.waiting[c.place]) >= comingFromOne:
		from = c.place
	case a.network >= comingInAll:
		from = a.fullest()
	}
	if from != "" {
		instead = a.waiting[from][0]
		// Of one place, or of equals, those who have only just come are not pushed out by those behind them.
		if len(a.waiting[from]) <= len(a.waiting[c.place])+1 && c.since.Sub(instead.since) < settled {
			return false, nil
		}
		a.remove(instead)
	}
	if known || len(a.lately) < mostPlaces {
		a.lately[c.place]++
	}
	a.add(c)
	return true, instead
}

// fullest is the place with the most connections without a session; of equals the one whose first came earliest.
func (a *admission) fullest() (place string) {
	var most []*coming
	for p, list := range a.waiting {
		if p != "" && (len(list) > len(most) || len(list) == len(most) && list[0].since.Before(most[0].since)) {
			place, most = p, list
		}
	}
	return place
}

func (a *admission) add(c *coming) {
	if a.waiting == nil {
		a.waiting = map[string][]*coming{}
	}
	a.waiting[c.place] = append(a.waiting[c.place], c)
	if c.place != "" {
		a.network++
	}
}

func (a *admission) remove(c *coming) {
	i := slices.Index(a.waiting[c.place], c)
	if i < 0 {
		return
	}
	if a.waiting[c.place] = slices.Delete(a.waiting[c.place], i, i+1); len(a.waiting[c.place]) == 0 {
		delete(a.waiting, c.place)
	}
	if c.place != "" {
		a.network--
	}
}

// in knows one more connection, whatever there is.
func (a *admission) in(c *coming) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.add(c)
}

// out no longer counts a connection: it has its session, or is closed.
func (a *admission) out(c *coming) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.remove(c)
}

// all that have no session now.
func (a *admission) all() (list []*coming) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, l := range a.waiting {
		list = append(list, l...)
	}
	return list
}
