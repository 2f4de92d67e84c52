package domain

import (
	"bytes"
	"encoding/json"
	"slices"
	"unicode/utf8"

	"homeward/domain/safe"
)

// What an act says is kept as it is, so what nobody can see in it, and what is no text at all, is refused where it stands.

// harmlessFields refuses a field with a control character or with bytes that are no UTF-8.
func harmlessFields(raw map[string]json.RawMessage) error {
	names := make([]string, 0, len(raw))
	for k := range raw {
		names = append(names, k)
	}
	slices.Sort(names)
	for _, k := range names {
		if !utf8.Valid(raw[k]) {
			good := 0
			for b := raw[k]; len(b) > 0; {
				r, n := utf8.DecodeRune(b)
				if r == utf8.RuneError && n == 1 {
					break
				}
				good, b = good+n, b[n:]
			}
			return invalid(safe.CleanLine(k), "holds bytes that are no UTF-8, the first of them %#02x after %q: write it as UTF-8", raw[k][good], safe.CleanLine(string(raw[k][max(0, good-12):good])))
		}
		if !bytes.ContainsFunc(raw[k], safe.Harmful) && !bytes.Contains(raw[k], []byte(`\`)) {
			continue // nearly every one
		}
		var v any
		if json.Unmarshal(raw[k], &v) != nil {
			continue // the field itself says what is wrong with it
		}
		if r, before, found := harmfulIn(v); found {
			return invalid(safe.CleanLine(k), "holds a control character (%U) after %d others: take it out", r, before)
		}
	}
	return nil
}

// harmfulIn looks through all texts of a value.
func harmfulIn(v any) (r rune, before int, found bool) {
	switch v := v.(type) {
	case string:
		return safe.FirstHarmful(v)
	case []any:
		for _, x := range v {
			if r, before, found = harmfulIn(x); found {
				return r, before, true
			}
		}
	case map[string]any:
		for k, x := range v {
			if r, before, found = safe.FirstHarmful(k); found {
				return r, before, true
			}
			if r, before, found = harmfulIn(x); found {
				return r, before, true
			}
		}
	}
	return 0, 0, false
}
