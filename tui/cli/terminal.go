package cli

import (
	"fmt"
	"io"
	"os"

	"github.com/charmbracelet/x/term"
)

// isTerminal says whether a stream is one.
func isTerminal(v any) bool {
	f, ok := v.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}

// needTerminal refuses the dashboard where it cannot be drawn, in one line that points to the plain commands.
func needTerminal(in io.Reader, out io.Writer) error {
	switch t := os.Getenv("TERM"); {
	case t == "" || t == "dumb":
		return &status{StatusFailed, fmt.Errorf("this terminal cannot show the dashboard (TERM is %q): use homeward queue, missing, overdue or timeline", t)}
	case !isTerminal(in) || !isTerminal(out):
		return &status{StatusFailed, fmt.Errorf("the dashboard needs a terminal: use homeward queue, missing, overdue or timeline")}
	}
	return nil
}
