package domain

import (
	"encoding/json"
	"errors"
	"fmt"

	"homeward/domain/safe"
	"reflect"
	"strings"
)

// Words puts a word of a list ("left_message") as people read it.
func Words(s string) string { return strings.ReplaceAll(s, "_", " ") }

// tidyText makes text safe and takes off the space round it, until both hold: what is left of one may need the other.
func tidyText(s string, note bool) string {
	for {
		t := strings.TrimSpace(s)
		if note {
			t = safe.CleanNote(t)
		} else {
			t = safe.CleanLine(t)
		}
		if t == s {
			return t
		}
		s = t
	}
}

func orList(w []string) string  { return listed(w, " or ") }
func andList(w []string) string { return listed(w, " and ") }

func listed(w []string, last string) string {
	if len(w) < 2 {
		return strings.Join(w, "")
	}
	return strings.Join(w[:len(w)-1], ", ") + last + w[len(w)-1]
}

// jsonTrouble puts an error of the JSON reader into words for a person.
func jsonTrouble(err error) string {
	var te *json.UnmarshalTypeError
	if errors.As(err, &te) {
		want := map[reflect.Kind]string{reflect.String: "text", reflect.Bool: "true or false", reflect.Uint64: "a whole number", reflect.Int: "a whole number", reflect.Slice: "a list of texts"}[te.Type.Kind()]
		if want == "" {
			want = "another kind of value"
		}
		return fmt.Sprintf("is a %s and should be %s", te.Value, want)
	}
	if err == nil {
		return "it is null"
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

func textOf(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		if v {
			return "yes", true
		}
		return "no", true
	case []any:
		var lines []string
		for _, x := range v {
			s, ok := x.(string)
			if !ok {
				return "", false
			}
			lines = append(lines, s)
		}
		return strings.Join(lines, "\n"), true
	}
	return "", false
}

// listWord folds a cell to the form list words have: "Very low" is very_low.
func listWord(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return '_'
		}
		return r
	}, strings.ToLower(s))
}

// wordsOf are the words of a list as they are written.
func wordsOf[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return out
}

// columnOf is one column of a table.
func columnOf[R any](table []R, of func(R) string) []string {
	out := make([]string, len(table))
	for i, r := range table {
		out[i] = of(r)
	}
	return out
}
