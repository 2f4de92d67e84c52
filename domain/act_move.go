package domain

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"time"
)

// MoveEpisode says that an episode is another child's: it goes there with its referral and all that rests on it (DOMAIN §2,
// Same child?).
type MoveEpisode struct {
	Episode string    `json:"episode"`
	To      string    `json:"to,omitempty"`
	New     *NewChild `json:"new,omitempty"`
	Reason  string    `json:"reason" text:"note"`
}

// NewChild is a child of whom nothing was recorded yet.
type NewChild struct {
	GivenName  string `json:"given_name,omitempty"`
	FamilyName string `json:"family_name,omitempty"`
	KnownAs    string `json:"known_as,omitempty"`
	DOB        string `json:"dob,omitempty"` // a date, or the word unknown
}

// UnmarshalJSON refuses a field that there is none of: what was said of it would be lost.
func (n *NewChild) UnmarshalJSON(b []byte) error {
	type plain NewChild
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	return dec.Decode((*plain)(n))
}

func (n *NewChild) check(now time.Time) error {
	if NameKey(n.GivenName, n.FamilyName) == "" {
		return invalid("new", "needs given_name or family_name")
	}
	_, err := n.born(now)
	return err
}

// born reads the date of birth; zero where it is not known.
func (n *NewChild) born(now time.Time) (Date, error) {
	if UnknownDate(n.DOB) {
		return 0, nil
	}
	if n.DOB == "" {
		return 0, invalid("new", "needs dob: a date, or the word unknown")
	}
	d, err := parseDay(n.DOB)
	if err == nil && d > DateOf(now) {
		err = errFuture
	}
	if err != nil {
		return 0, invalid("new", "dob “%s” %s", n.DOB, err)
	}
	return d, nil
}

// Name of the act.
func (a *MoveEpisode) Name() string { return moveName }

func (a *MoveEpisode) shape(_ *Settings, now time.Time) error {
	if err := cmp.Or(need("episode", a.Episode), need("reason", a.Reason)); err != nil {
		return err
	}
	switch {
	case a.To == "" && a.New == nil:
		return invalid("to", "is required: the child_ref of the child whose it is, or new with a name and dob")
	case a.To != "" && a.New != nil:
		return invalid("to", "and new exclude each other: it is of one child")
	case a.New != nil:
		return a.New.check(now)
	}
	return nil
}

func (a *MoveEpisode) target(w Reader) (Record, error) { return readEpisode(w, a.Episode) }

func (a *MoveEpisode) decide(c *decision, t Record) (*Outcome, error) {
	e := t.(*Episode)
	from, err := childOf(c, e)
	if err != nil {
		return nil, err
	}
	m := &moving{c: c, why: a.Reason, from: from.Clone(), referrals: map[ID]*Referral{}, changed: map[ID]Record{}}
	if m.to, err = a.whose(c, m.from); err != nil {
		return nil, err
	}
	if err := c.mayGoTo(e, m.to); err != nil {
		return nil, err
	}
	if err := m.take(e); err != nil {
		return nil, err
	}
	for _, step := range []func() error{m.ofClusters, m.ofInterviews, m.ofFollowUps, m.ofHolders, m.ofCards} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	out := &Outcome{Named: e.ID, Warnings: m.warnings,
		Summary: fmt.Sprintf("moved %s from %s to %s%s", e.ShownRef(), m.from.ShownRef(), m.to.ShownRef(), m.along())}
	if a.New != nil {
		out.Summary += ", a new child"
	}
	for _, id := range m.order {
		out.put(m.changed[id])
	}
	return out, c.settleDied(out)
}

// mayGoTo refuses to give a child who died an episode on which something is still owed: it would end, unseen, with the rest.
func (c *decision) mayGoTo(e *Episode, to *Child) error {
	if to.Died == nil {
		return nil
	}
	help := fmt.Sprintf("; where the death was recorded in error, child.lives takes it back, for %s", to.ShownRef())
	if e.Unsettled() && !e.History { // a duplicate is none any more
		return invalid("to", "%s is recorded as having died, %s, and %s has no return: record the return or end the episode first (episode.end)%s", to.ShownRef(), to.Died.On, e.ShownRef(), help)
	}
	if e.Referral == 0 {
		return nil
	}
	r, err := c.Referral(e.Referral)
	if err != nil {
		return err
	}
	if r != nil && r.StageOn(DateOf(c.Now())).BeforeInterview() {
		return invalid("to", "%s is recorded as having died, %s, and the interview of %s is still owed: close the referral first (referral.close)%s", to.ShownRef(), to.Died.On, r.ID, help)
	}
	return nil
}

// whose is the child to whom it goes: a working copy, or a new one, whom a person knows as another than the first.
func (a *MoveEpisode) whose(c *decision, from *Child) (*Child, error) {
	if a.New == nil {
		to, err := c.otherChild("to", a.To)
		if err != nil {
			return nil, err
		}
		if to.ID == from.ID {
			return nil, invalid("to", "%s is an episode of %s already", a.Episode, from.ShownRef())
		}
		return to.Clone(), nil
	}
	dob, err := a.New.born(c.at.Time())
	if err != nil {
		return nil, err
	}
	id, err := c.unclaimed(KindChild, c.ChildByRef)
	if err != nil {
		return nil, err
	}
	from.Different = append(from.Different, id)
	return &Child{ID: id, Numbered: true, Made: c.now(), GivenName: a.New.GivenName, FamilyName: a.New.FamilyName,
		KnownAs: a.New.KnownAs, DOB: dob, Different: []ID{from.ID}}, nil
}
