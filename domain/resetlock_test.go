package domain

import (
	"errors"
	"testing"
)

// A forgotten lock code is taken away by a supervisor, their own by another one while there is one.
func TestWhoResetsALockCode(t *testing.T) {
	day := Date(20261122)
	team := func(others ...User) *Settings {
		return &Settings{Users: append([]User{{Login: "sam", Name: "Sam Reed", Role: Supervisor}, {Login: "dee", Role: Coordinator}, {Login: "ada", Role: Auditor}}, others...)}
	}
	second, left := User{Login: "sue", Role: Supervisor}, User{Login: "sue", Role: Supervisor, Until: 20261121}
	sam := Actor{Login: "sam", Name: "Sam Reed", Role: Supervisor}
	for _, c := range []struct {
		what string
		s    *Settings
		a    Actor
		of   string
		want Code
	}{
		{"a supervisor", team(), sam, "dee", ""},
		{"of an auditor", team(), sam, "ada", ""},
		{"of nobody", team(), sam, "zed", NotFound},
		{"a coordinator", team(), Actor{Login: "dee", Role: Coordinator}, "sam", Forbidden},
		{"their own", team(), Actor{Login: "dee", Role: Coordinator}, "dee", Forbidden},
		{"an auditor", team(), Actor{Login: "ada", Role: Auditor}, "dee", Forbidden},
		{"of somebody who left", team(left), sam, "sue", ""},
		{"the only supervisor's own", team(), sam, "sam", ""},
		{"where the other has left", team(left), sam, "sam", ""},
		{"where there is another", team(second), sam, "sam", Forbidden},
		{"the other", team(second), Actor{Login: "sue", Role: Supervisor}, "sam", ""},
		{"where nobody is named", &Settings{}, Actor{Login: "root", Role: Supervisor}, "root", ""},
		{"and of somebody else", &Settings{}, Actor{Login: "root", Role: Supervisor}, "dee", NotFound},
	} {
		err := MayResetLock(c.s, day, c.a, c.of)
		var r *Refusal
		if got := errors.As(err, &r); got != (c.want != "") || got && r.Code != c.want {
			t.Errorf("%s: %v, should be %q", c.what, err, c.want)
		}
	}
}
