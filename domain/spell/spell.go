// Package spell finds the known word that is nearest to one somebody typed, for "did you mean".
package spell

import "fmt"

// Nearest is the word of a list that is least edits away; "" of an empty list. The first of several as near.
func Nearest(word string, among []string) string {
	best, least := "", 1<<30
	for _, a := range among {
		if d := Edits(word, a); d < least {
			best, least = a, d
		}
	}
	return best
}

// DidYouMean is "; did you mean …?" where a word of the list is near enough to be a slip of the pen, else "".
func DidYouMean(word string, among []string) string {
	n := Nearest(word, among)
	if n == "" || Edits(word, n) > 1+len(n)/4 {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", n)
}

// Edits counts insertions, deletions, changes and swaps of neighbours (optimal string alignment).
func Edits(a, b string) int {
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
