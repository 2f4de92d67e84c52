package domain

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestCheckActor(t *testing.T) {
	team := &Settings{Users: []User{{Login: "dee", Name: "Dee Osei", Role: Coordinator}, {Login: "sam", Role: Supervisor, OSUser: "sreed"},
		{Login: "amy", Name: "Amy Khan", Role: Practitioner, Until: 20270331}}}
	last := time.Date(2027, 3, 31, 22, 59, 0, 0, time.UTC) // a minute to midnight, summer time
	for _, c := range []struct {
		what string
		in   *Settings
		now  time.Time
		who  Actor
		ok   bool
	}{
		{"nobody is named", &Settings{}, last, Actor{Login: "root", Role: Supervisor}, true},
		{"as they came in", team, last, Actor{Login: "dee", Name: "Dee Osei", Role: Coordinator, OSUser: "dee"}, true},
		{"by another key or account", team, last, Actor{Login: "dee", Role: Coordinator, OSUser: "ssh SHA256:x"}, true},
		{"with another name", team, last, Actor{Login: "dee", Name: "Dee Smith", Role: Coordinator}, true},
		{"another role now", team, last, Actor{Login: "dee", Name: "Dee Osei", Role: Supervisor}, false},
		{"gone", team, last, Actor{Login: "tom", Name: "Tom", Role: Coordinator}, false},
		{"an account's name is no login", team, last, Actor{Login: "sreed", Role: Supervisor, OSUser: "sreed"}, false},
		{"somebody from before there were entries", team, last, Actor{Login: "root", Name: "root", Role: Supervisor, OSUser: "root"}, false},
		{"on their last day", team, last, Actor{Login: "amy", Name: "Amy Khan", Role: Practitioner}, true},
		{"the minute after", team, last.Add(time.Minute), Actor{Login: "amy", Name: "Amy Khan", Role: Practitioner}, false},
	} {
		err := CheckActor(c.in, c.now, c.who)
		var r *Refusal
		if (err == nil) != c.ok || err != nil && (!errors.As(err, &r) || r.Code != Forbidden) {
			t.Errorf("%s: %v", c.what, err)
		}
		if c.who.Login == "amy" && !c.ok && !strings.Contains(err.Error(), "Amy Khan left on 2027-03-31") {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}
