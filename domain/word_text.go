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

// DidYouMean is "; did you mean …?" where a word of the list is near enough to be a slip of the pen, else "".
func DidYouMean(word string, among []string) string {
	n := Nearest(word, among)
	if n == "" || editDistance(word, n) > 1+len(n)/4 {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", n)
}

// Nearest is the word of a list that is least edits away: for "did you mean".
func Nearest(word string, among []string) string {
	best, least := "", 1<<30
	for _, a := range among {
		if d := editDistance(word, a); d < least {
			best, least = a, d
		}
	}
	return best
}

// editDistance counts insertions, deletions, changes and swaps of neighbours (optimal string alignment).
func editDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	prev2, prev, cur := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(x); i++ {
		cur[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(y)]
}

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

func orList(w []string) string {
	if len(w) < 2 {
		return strings.Join(w, "")
	}
	return strings.Join(w[:len(w)-1], ", ") + " or " + w[len(w)-1]
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
