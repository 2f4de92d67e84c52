package cli

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"homeward/domain/safe"
)

// purpose is the --purpose flag of a list: what it is read for, "" where nobody says.
type purpose string

func (w *purpose) String() string { return string(*w) }
func (w *purpose) Type() string   { return "WORDS" }

// Set refuses a purpose that says nothing and one that is no line of the log.
func (w *purpose) Set(s string) error {
	s = strings.TrimSpace(safe.CleanLine(s))
	switch {
	case s == "":
		return fmt.Errorf("is empty: say what the list is for, or leave the flag out")
	case utf8.RuneCountInString(s) > purposeLimit:
		return fmt.Errorf("is longer than %d letters", purposeLimit)
	}
	*w = purpose(s)
	return nil
}

func purposeFlag(cmd *cobra.Command) *purpose {
	w := new(purpose)
	cmd.Flags().Var(w, "purpose", "what the list is for, when it leaves the desk: the audit log says so")
	return w
}

// told is what the audit log says of so many rows of a list that were read: never whose they are.
func (w *purpose) told(list string, n int, f format) string {
	lines := "lines"
	if n == 1 {
		lines = "line"
	}
	why := string(*w)
	if why == "" {
		why = "no purpose given"
	}
	return fmt.Sprintf("read the %s, %d %s, as %s: %s", list, n, lines, f, why)
}
