package report

import "strings"

// PracticeWords stand on every paper of a rehearsal (INTERFACES, Rehearsals).
const PracticeWords = "PRACTICE: from a rehearsal, about no real child"

// Practice marks a paper, a page of HTML or a text of CommonMark, as one of a rehearsal.
func Practice(paper string) string {
	const body = "<body>"
	if before, rest, ok := strings.Cut(paper, body); ok {
		return before + body + "\n<p style=\"border:3px solid;padding:.4em;text-align:center;font-weight:bold\">" + PracticeWords + "</p>" + rest
	}
	return "**" + PracticeWords + "**\n\n" + paper
}
