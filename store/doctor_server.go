package store

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"os"
	"strings"

	"homeward/domain"
)

// server: one runs, and its socket is the database owner's.
func (e *examination) server(context.Context) {
	switch s := e.d.Server; {
	case s.Fault != "":
		e.must(s.Fault, "start the server again (systemctl restart homeward)")
	case s.Inside == nil:
		e.remark("none runs", "systemctl start homeward; or leave it: every command opens the database itself")
	default:
		socket := s.Socket
		if st, err := os.Lstat(s.Socket); err == nil {
			socket += ", " + accountOf(st) + "'s"
		}
		e.well("process %d of %s, socket %s", s.Inside.PID, s.Inside.Account, socket)
	}
}

// port: whether other machines reach it.
func (e *examination) port(context.Context) {
	listen := e.c.Serve.Listen
	if e.served() {
		listen = cmp.Or(e.in.Listen, listen)
	}
	if beyondLoopback(listen) {
		e.remark(listen+" can be reached by other machines", "see that a firewall lets in only those that are meant to; or listen = \"127.0.0.1:2222\" and ProxyJump (README)")
		return
	}
	e.well("%s, on this machine alone", listen)
}

func beyondLoopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return true
	}
	ip := net.ParseIP(host)
	return host != "localhost" && (ip == nil || !ip.IsLoopback())
}

// people: somebody can lead the work, everybody can come in, and who has left cannot.
func (e *examination) people(context.Context) {
	users := e.c.Settings.Users
	if len(e.d.Faults) > 0 {
		return
	}
	if len(users) == 0 {
		e.remark("the configuration names nobody: every account with the rights to the file is a supervisor, and nobody comes in over SSH", "write a [[user]] for each")
		return
	}
	today, leads := domain.DateOf(e.now), false
	var keyless, left []string
	for _, u := range users {
		switch {
		case u.Left(today):
			if len(u.Keys) > 0 {
				left = append(left, u.Login)
			}
			continue
		case len(u.Keys) == 0:
			keyless = append(keyless, u.Login)
		}
		leads = leads || u.Role == domain.Supervisor
	}
	if !leads {
		e.must("nobody who may come in is a supervisor: nothing can be signed off", `give somebody role = "supervisor"`)
	}
	if len(keyless) > 0 {
		e.remark("no key, so not over SSH: "+strings.Join(keyless, ", "), "put the line of their .pub file into keys, if they are to come in")
	}
	if len(left) > 0 {
		e.remark("left (until) and cannot come in, with keys in the configuration: "+strings.Join(left, ", "), "take their keys out, leave the rest of the entry")
	}
	e.wellOr("%d, each with a key, a supervisor among them", len(users))
}

// cores: no core dump can be written with children's records in it.
func (e *examination) cores(context.Context) {
	cores, of := e.d.cores, "homeward"
	if e.served() {
		cores, of = e.in.Cores, "the server"
	}
	if cores == "off" {
		e.well("off for %s", of)
		return
	}
	e.must("the system may write a core dump of "+of+", with children's records in it: "+cores, "ulimit -c 0, LimitCORE=0 in its unit, then start it again")
}

// account: what another account may read is not tried by this one.
func (e *examination) account(context.Context) {
	me := os.Geteuid()
	st, err := os.Stat(e.path)
	if err != nil {
		return
	}
	if owner := uidOf(st); owner != me {
		e.remark(fmt.Sprintf("this is %s, and the database belongs to %s: what that account may read and write was not tried", accountName(me), accountName(owner)),
			fmt.Sprintf("sudo -u %s %s", accountName(owner), e.homeward("doctor")))
		return
	}
	e.well("%s, to whom the database belongs", accountName(me))
}
