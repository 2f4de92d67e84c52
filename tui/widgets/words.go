package widgets

import "strconv"

// count is a number in words of rows.
func count(n int) string {
	if n == 1 {
		return "1 row"
	}
	return strconv.Itoa(n) + " rows"
}
