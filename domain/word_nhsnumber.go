package domain

import "strings"

// NHSNumber reads an NHS number, however it is spaced, and gives it as it is printed: three digits, three, four. It says
// false for one whose check digit is wrong: a slip of the pen would be another person's.
func NHSNumber(s string) (string, bool) {
	var d []byte
	for _, c := range []byte(strings.TrimSpace(s)) {
		switch {
		case c >= '0' && c <= '9':
			d = append(d, c)
		case c != ' ' && c != '-':
			return "", false
		}
	}
	if len(d) != 10 {
		return "", false
	}
	sum := 0
	for i, c := range d[:9] {
		sum += int(c-'0') * (10 - i)
	}
	if (11-sum%11)%11 != int(d[9]-'0') {
		return "", false
	}
	return string(d[:3]) + " " + string(d[3:6]) + " " + string(d[6:]), true
}

const badNHSNumber = "is no NHS number: its check digit does not fit, or it has not ten digits; ask the source, or leave it blank"
