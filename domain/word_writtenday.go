package domain

import (
	"strings"
	"time"
)

// writtenDay reads a date whose month is written out, short, long or with four letters: "20 Sept 2026", "Sun 20th
// September 2026", "20-Sep-2026". rest is what stands behind it, a space and the time; errNoDate says that it is no such
// date.
func writtenDay(s string) (d Date, rest string, err error) {
	s = strings.TrimSpace(s)
	weekday := time.Weekday(-1)
	if word, after := leadingWord(s); word != "" {
		n, ok := dayOrMonth(word, 7, func(i int) string { return time.Weekday(i).String() })
		if !ok {
			return 0, "", errNoDate
		}
		weekday, s = time.Weekday(n), strings.TrimLeft(after, " .,")
	}
	day, s, ok := leadingNumber(s, 1, 2)
	if !ok {
		return 0, "", errNoDate
	}
	if word, after := leadingWord(s); word != "" && strings.Contains(" st nd rd th ", " "+strings.ToLower(word)+" ") {
		s = after
	}
	word, s := leadingWord(strings.TrimLeft(s, " -/."))
	month, ok := dayOrMonth(word, 12, func(i int) string { return time.Month(i + 1).String() })
	if !ok {
		return 0, "", errNoDate
	}
	year, s, ok := leadingNumber(strings.TrimLeft(s, " -/.,"), 4, 4)
	if !ok {
		return 0, "", errNoDate
	}
	d, ok = NewDate(year, time.Month(month+1), day)
	if !ok || d < 19000101 { // a year before 1900 is a slip of the pen
		return 0, "", errNoDate
	}
	if weekday >= 0 && d.Weekday() != weekday {
		return 0, "", errWeekday
	}
	if after, ok := strings.CutPrefix(s, ","); ok {
		s = after
	}
	if after, ok := strings.CutPrefix(s, " at "); ok {
		s = " " + after
	}
	return d, s, nil
}

// leadingWord parts off the letters at the beginning.
func leadingWord(s string) (word, rest string) {
	i := 0
	for i < len(s) && (s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z') {
		i++
	}
	return s[:i], s[i:]
}

// leadingNumber parts off the digits at the beginning, so many and no more.
func leadingNumber(s string, low, high int) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		if i == high {
			return 0, "", false
		}
		n = n*10 + int(s[i]-'0')
		i++
	}
	return n, s[i:], i >= low
}

// dayOrMonth finds a name written whole or by its first three or four letters.
func dayOrMonth(word string, n int, name func(int) string) (int, bool) {
	for i := range n {
		whole := name(i)
		if strings.EqualFold(word, whole) || len(word) >= 3 && len(word) <= 4 && len(word) < len(whole) && strings.EqualFold(word, whole[:len(word)]) {
			return i, true
		}
	}
	return 0, false
}
