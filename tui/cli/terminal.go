package cli

import (
	"fmt"
	"os"

	"github.com/charmbracelet/x/term"
)

// isTerminal says whether a stream is one.
func isTerminal(v any) bool {
	f, ok := v.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}

// needTerminal refuses the dashboard where it cannot be drawn, in one line that points to the plain commands.
func (p *program) needTerminal() error {
	switch t := p.streams.Env("TERM"); {
	case t == "" || t == "dumb":
		return &status{StatusFailed, fmt.Errorf("this terminal cannot show the dashboard (TERM is %q): use homeward queue, missing, overdue or timeline", t)}
	case !p.streams.InTerminal || !p.streams.OutTerminal:
		return &status{StatusFailed, fmt.Errorf("the dashboard needs a terminal: use homeward queue, missing, overdue or timeline")}
	}
	return nil
}
