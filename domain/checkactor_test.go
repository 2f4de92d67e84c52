package domain

import (
	"errors"
	"testing"
)

func TestCheckActor(t *testing.T) {
	team := &Settings{Users: []User{{Login: "dee", Name: "Dee Osei", Role: Coordinator}, {Login: "sam", Role: Supervisor, OSUser: "sreed"}}}
	for _, c := range []struct {
		what string
		in   *Settings
		who  Actor
		ok   bool
	}{
		{"nobody is named", &Settings{}, Actor{Login: "root", Role: Supervisor}, true},
		{"as they came in", team, Actor{Login: "dee", Name: "Dee Osei", Role: Coordinator, OSUser: "dee"}, true},
		{"by another key or account", team, Actor{Login: "dee", Role: Coordinator, OSUser: "ssh SHA256:x"}, true},
		{"with another name", team, Actor{Login: "dee", Name: "Dee Smith", Role: Coordinator}, true},
		{"another role now", team, Actor{Login: "dee", Name: "Dee Osei", Role: Supervisor}, false},
		{"gone", team, Actor{Login: "tom", Name: "Tom", Role: Coordinator}, false},
		{"an account's name is no login", team, Actor{Login: "sreed", Role: Supervisor, OSUser: "sreed"}, false},
		{"somebody from before there were entries", team, Actor{Login: "root", Name: "root", Role: Supervisor, OSUser: "root"}, false},
	} {
		err := CheckActor(c.in, c.who)
		var r *Refusal
		if (err == nil) != c.ok || err != nil && (!errors.As(err, &r) || r.Code != Forbidden) {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}
