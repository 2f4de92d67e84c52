package domain

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
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
		if half := loneSurrogate(raw[k]); half != "" {
			return invalid(safe.CleanLine(k), "holds %s, which is half a character and no text: write the whole character", half)
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

// loneSurrogate is the first \u escape of a JSON value that is half a character by itself, "" for none: the decoder would keep another
// character in its place.
func loneSurrogate(raw []byte) string {
	unit := func(i int) (rune, bool) { // of the escape at i
		if i+6 > len(raw) || raw[i] != '\\' || raw[i+1] != 'u' {
			return 0, false
		}
		n, err := strconv.ParseUint(string(raw[i+2:i+6]), 16, 32)
		return rune(n), err == nil
	}
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			continue
		}
		r, escape := unit(i)
		if !escape || !utf16.IsSurrogate(r) {
			i++ // what is escaped
			continue
		}
		if low, ok := unit(i + 6); !ok || utf16.DecodeRune(r, low) == utf8.RuneError {
			return string(raw[i : i+6])
		}
		i += 11
	}
	return ""
}

// givenOnce refuses a line that gives a field twice, in an object within it too: one of the two would be lost without a word.
func givenOnce(line []byte) error {
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.UseNumber()
	type level struct {
		keys map[string]bool // nil in a list
		at   string          // the field it is of
		key  string          // whose value comes next, "" where a name comes next
	}
	var in []level
	said := func() { // a value is over
		if len(in) > 0 {
			in[len(in)-1].key = ""
		}
	}
	for {
		t, err := dec.Token()
		if err != nil {
			return nil // the end, or what reads the line says what is wrong with it
		}
		top := len(in) - 1
		if name, ok := t.(string); ok && top >= 0 && in[top].keys != nil && in[top].key == "" {
			field := name
			if top > 0 {
				field = in[1].at
			}
			folded := strings.ToLower(strings.ToUpper(name)) // as a field of an object is found
			if in[top].keys[folded] {
				return invalid(safe.CleanLine(field), "gives %s twice: say once what is meant", safe.CleanLine(name))
			}
			in[top].keys[folded], in[top].key = true, "\x00"+name
			continue
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			l := level{}
			if top >= 0 {
				if l.at = in[top].at; top == 0 {
					l.at = strings.TrimPrefix(in[top].key, "\x00")
				}
			}
			if t == json.Delim('{') {
				l.keys = map[string]bool{}
			}
			in = append(in, l)
		case json.Delim('}'), json.Delim(']'):
			in = in[:top]
			said()
			if len(in) == 0 {
				return nil
			}
		default:
			said()
		}
	}
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
