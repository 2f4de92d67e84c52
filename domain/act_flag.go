package domain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// SetFlag says that a child came to harm, was exploited or is in hospital, and how that is known (DOMAIN §2).
type SetFlag struct {
	Episode string `json:"episode"`
	Flag    string `json:"flag"`
	Reason  string `json:"reason" text:"note"`
}

// Name of the act.
func (a *SetFlag) Name() string { return "flag.set" }

func (a *SetFlag) shape(*Settings, time.Time) error {
	return cmp.Or(need("episode", a.Episode), flagShape(a.Flag, a.Reason))
}
func (a *SetFlag) target(w Reader) (Record, error) { return readEpisode(w, a.Episode) }
func (a *SetFlag) decide(c *decision, t Record) (*Outcome, error) {
	e := t.(*Episode).Clone()
	if e.HasFlag(a.Flag) {
		return nil, invalid("flag", "%s carries %s already", e.ShownRef(), a.Flag)
	}
	e.Flags = append(e.Flags, Flag{Name: a.Flag, By: c.by, At: c.at, Why: a.Reason})
	return &Outcome{Put: []Record{e}, Named: e.ID, Summary: fmt.Sprintf("%s carries %s", e.ShownRef(), a.Flag)}, nil
}

func flagShape(flag, reason string) error {
	if !slices.Contains(FlagWords(), flag) {
		return invalid("flag", "must be one of %s", strings.Join(FlagWords(), ", "))
	}
	if reason == "" {
		return invalid("reason", "is required")
	}
	return nil
}

// ClearFlag takes a flag back; the audit log keeps that it stood.
type ClearFlag struct {
	Episode string `json:"episode"`
	Flag    string `json:"flag"`
	Reason  string `json:"reason" text:"note"`
}

// Name of the act.
func (a *ClearFlag) Name() string { return "flag.clear" }

func (a *ClearFlag) shape(*Settings, time.Time) error {
	return cmp.Or(need("episode", a.Episode), flagShape(a.Flag, a.Reason))
}
func (a *ClearFlag) target(w Reader) (Record, error) { return readEpisode(w, a.Episode) }
func (a *ClearFlag) decide(c *decision, t Record) (*Outcome, error) {
	e := t.(*Episode).Clone()
	if !e.HasFlag(a.Flag) {
		return nil, invalid("flag", "%s does not carry %s", e.ShownRef(), a.Flag)
	}
	e.Flags = slices.DeleteFunc(e.Flags, func(f Flag) bool { return f.Name == a.Flag })
	e.Cleared = append(e.Cleared, Flag{Name: a.Flag, By: c.by, At: c.at, Why: a.Reason})
	return &Outcome{Put: []Record{e}, Named: e.ID, Summary: fmt.Sprintf("%s no longer carries %s", e.ShownRef(), a.Flag)}, nil
}
