package intake

import (
	"context"
	"fmt"

	"homeward/domain"
	"homeward/domain/view"
)

// authorities are the local authorities that the rows of a file name, in their order; once told, those that no import
// before it named.
type authorities struct {
	list []namedAuthority
	seen map[string]bool
}

type namedAuthority struct {
	name string
	line int
}

func (a *authorities) note(it *item) {
	for _, name := range it.act.Read.Authorities() {
		key := domain.AuthorityKey(name)
		if a.seen[key] {
			continue
		}
		if a.seen == nil {
			a.seen = map[string]bool{}
		}
		a.seen[key] = true
		a.list = append(a.list, namedAuthority{name, it.line})
	}
}

// tell warns about those that were never named before: one of them may be the home authority by another name, and its
// children would be out of area.
func (a *authorities) tell(ctx context.Context, desk view.Desk, rep *Report) error {
	if a.list == nil {
		return nil
	}
	var known map[string]bool
	if err := desk.Ask(ctx, func(r domain.Reader) (err error) { known, err = domain.AuthoritiesNamed(r); return err }); err != nil {
		return err
	}
	all := a.list
	a.list = nil
	var told []string
	for _, n := range all {
		if known[domain.AuthorityKey(n.name)] {
			continue
		}
		a.list = append(a.list, n)
		told = append(told, fmt.Sprintf("%s (line %d)", shorten(n.name), n.line))
	}
	if told == nil {
		return nil
	}
	what := "another name of yours belongs into [team] aliases"
	if desk.Settings().Team.Authority == "" {
		what = domain.AuthorityNotSet + " ([team] authority), so nobody is out of area"
	}
	rep.FileNotes = append(rep.FileNotes, "authorities that no import named before: "+someOf(told)+"; "+what)
	return nil
}

func (a *authorities) names() []string {
	var out []string
	for _, n := range a.list {
		out = append(out, n.name)
	}
	return out
}
