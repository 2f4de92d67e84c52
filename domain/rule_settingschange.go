package domain

import (
	"reflect"
	"slices"
	"strings"
)

// SettingsChange says in a line what other settings change for people: what is due when, who may come in and as what. ""
// where that stays as it was. The line is for the log: due times and rights follow from settings that are nowhere else in it.
func SettingsChange(before, after *Settings) string {
	var parts []string
	if b, a := before.Policy.Fingerprint(), after.Policy.Fingerprint(); b != a {
		parts = append(parts, "the policy is "+a+", was "+b)
	} else if !reflect.DeepEqual(before.Policy, after.Policy) {
		parts = append(parts, "the policy changed, in nothing on which a stored clock depends")
	}
	for _, u := range after.Users {
		switch was, ok := before.User(u.Login); {
		case !ok:
			parts = append(parts, u.Login+" comes in as "+u.Role.A())
		case was.Role != u.Role:
			parts = append(parts, u.Login+" is "+u.Role.A()+", was "+was.Role.A())
		case !slices.Equal(was.Keys, u.Keys) || was.OSUser != u.OSUser:
			parts = append(parts, u.Login+" comes in by other keys or another account")
		}
		switch was, _ := before.User(u.Login); {
		case was.Until != u.Until && u.Until != 0:
			parts = append(parts, u.Login+" is here until "+u.Until.String())
		case was.Until != u.Until:
			parts = append(parts, u.Login+" stays, was here until "+was.Until.String())
		}
	}
	for _, u := range before.Users {
		if _, ok := after.User(u.Login); !ok {
			parts = append(parts, u.Login+" is taken out")
		}
	}
	return strings.Join(parts, "; ")
}
