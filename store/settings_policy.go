package store

import (
	"fmt"
	"slices"

	"homeward/domain"
)

// policyTable is what stands before the keys of the policy.
const policyTable = "policy."

// policySettings are the keys of [policy], one for each that the domain knows. What they begin with, the profile says.
func policySettings() []settingKey {
	usual, _ := domain.Profile(usualProfile)
	var out []settingKey
	for _, k := range domain.PolicyKeys() {
		out = append(out, policySetting(k, &usual))
	}
	return out
}

// policySetting reads and shows one of them by the type in which a policy keeps it.
func policySetting(k domain.PolicyKey, usual *domain.Policy) settingKey {
	name := policyTable + k.Name
	switch u := k.Field(usual).(type) {
	case *domain.Span:
		return spanSetting(name, nil, policyField[domain.Span](k))
	case *int:
		return numberSetting(name, nil, k.Min, k.Max, policyField[int](k))
	case *bool:
		return truthSetting(name, nil, policyField[bool](k))
	case *[]string:
		return wordsSetting(name, policyField[[]string](k), wordsOfKey(k, *u)...)
	case *string:
		if k.Words == nil {
			return textSetting(name, nil, policyField[string](k))
		}
		return choiceSetting(name, nil, policyField[string](k), wordsOfKey(k, []string{*u})...)
	default:
		panic(fmt.Sprintf("%s is kept as a %T, which no setting reads", name, u)) // every test that reads a file would show it
	}
}

// policyField is where a configuration keeps a value of its policy.
func policyField[T any](k domain.PolicyKey) func(*Config) *T {
	return func(c *Config) *T { return k.Field(&c.Settings.Policy).(*T) }
}

// wordsOfKey are the words a key takes, those in force where nobody says otherwise first: a message lists them so.
func wordsOfKey(k domain.PolicyKey, usual []string) []string {
	rest := slices.DeleteFunc(k.Words(), func(w string) bool { return slices.Contains(usual, w) })
	return slices.Concat(usual, rest)
}
