package domain

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"homeward/domain/safe"
)

// EditChild changes a child's names and card: only the fields given.
type EditChild struct {
	ChildRef string
	Fields   map[string]string `text:"note"`
}

// cardTexts are the card's single texts beside the CSV's columns.
func (c *Child) cardText(name string) *string {
	k := &c.Card
	switch name {
	case "given_name":
		return &c.GivenName
	case "family_name":
		return &c.FamilyName
	case "known_as":
		return &c.KnownAs
	case "gender":
		return &c.Gender
	case "preferred_way":
		return &k.PreferredWay
	case "preferred_time":
		return &k.PreferredTime
	case "do_not_contact":
		return &k.DoNotContact
	case "language":
		return &k.Language
	case "communication":
		return &k.Communication
	case "social_worker":
		return &k.SocialWorker
	case "manager":
		return &k.Manager
	case "concerns":
		return &k.Concerns
	case "safety_plan":
		return &k.SafetyPlan
	case "agencies":
		return &k.Agencies
	case "summary":
		return &k.Summary
	}
	return nil
}

// CardFields are the fields `child.edit` takes beside child_ref.
func CardFields() []string {
	return []string{"given_name", "family_name", "known_as", "dob", "gender", "child_phone", "carer_name", "carer_phone",
		"address", "warning", "do_not_contact", "preferred_way", "preferred_time", "language", "communication",
		"social_worker", "manager", "concerns", "safety_plan", "agencies", "summary"}
}

// CardValue is what a child has in a field of `child.edit`; the entries of a list stand on lines of their own.
func (c *Child) CardValue(name string) string {
	if name == "dob" {
		return c.DOB.String()
	}
	if t := c.cardText(name); t != nil {
		return *t
	}
	if col, ok := ColumnNamed(name); ok {
		if l := c.Card.lines(col); l != nil {
			return strings.Join(Standing(*l), "\n")
		}
	}
	return ""
}

// Name of the act.
func (a *EditChild) Name() string { return "child.edit" }

func (a *EditChild) setFields(raw map[string]json.RawMessage) error {
	f, err := textFields(a.Name(), raw, append([]string{"child_ref"}, CardFields()...))
	if err != nil {
		return err
	}
	a.ChildRef = f["child_ref"]
	delete(f, "child_ref")
	a.Fields = f
	return nil
}

// MarshalJSON writes the act as `do` reads it.
func (a *EditChild) MarshalJSON() ([]byte, error) {
	return withField(a.Fields, "child_ref", a.ChildRef)
}

func withField(fields map[string]string, name, value string) ([]byte, error) {
	m := map[string]string{name: value}
	for k, v := range fields {
		m[k] = v
	}
	return json.Marshal(m)
}

func (a *EditChild) shape(_ *Settings, now time.Time) error {
	if err := need("child_ref", a.ChildRef); err != nil {
		return err
	}
	if len(a.Fields) == 0 {
		return invalid("", "nothing is changed: give at least one field of the card")
	}
	if v := strings.TrimSpace(a.Fields["dob"]); v != "" {
		d, err := parseDay(v)
		if err == nil && d > DateOf(now) {
			err = errFuture
		}
		if err != nil {
			return invalid("dob", "“%s” %s", v, err)
		}
	}
	return nil
}
func (a *EditChild) target(w World) (Record, error) { return readChild(w, a.ChildRef) }

func (a *EditChild) decide(c *call, t Record) (*Outcome, error) {
	child := t.(*Child).Clone()
	var changed []string
	for _, name := range CardFields() {
		v, given := a.Fields[name]
		if !given || child.CardValue(name) == strings.TrimSpace(v) {
			continue
		}
		changed = append(changed, name)
		if col, ok := ColumnNamed(name); ok && child.Card.lines(col) == nil {
			if _, before := child.Edited[name]; !before {
				if child.Edited == nil {
					child.Edited = map[string]string{}
				}
				child.Edited[name] = child.CardValue(name)
			}
		}
		v = strings.TrimSpace(v)
		if name == "dob" {
			child.DOB, _ = parseDay(v) // shape read it; blank is none
			continue
		}
		if text := child.cardText(name); text != nil {
			if name != "concerns" && name != "safety_plan" && name != "summary" {
				v = safe.CleanLine(v)
			}
			*text = v
			continue
		}
		col, _ := ColumnNamed(name)
		setLines(child.Card.lines(col), v)
	}
	if slices.Contains(changed, "summary") {
		child.Card.SummaryBy, child.Card.SummaryAt = c.by, c.at
	}
	if changed == nil {
		return nil, invalid("", "nothing is changed: the card already says so")
	}
	if child.Ref == "" && NameKey(child.GivenName, child.FamilyName) == "" {
		return nil, invalid("given_name", "a child without a reference needs a name")
	}
	return &Outcome{Put: []Record{child}, Named: child.ID,
		Summary: fmt.Sprintf("changed %s of %s", words(strings.Join(changed, ", ")), child.ShownRef())}, nil
}

// setLines makes the entries of a list those of the text, one a line or parted by ";". What is gone stays as removed.
func setLines(l *[]Line, text string) {
	var want []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == ';' }) {
		if part = safe.CleanLine(strings.TrimSpace(part)); part != "" {
			want = append(want, part)
		}
	}
	for i := range *l {
		(*l)[i].Removed = !slices.ContainsFunc(want, func(w string) bool { return lineKey(w) == lineKey((*l)[i].Text) })
	}
	for _, w := range want {
		if i := slices.IndexFunc(*l, func(x Line) bool { return lineKey(x.Text) == lineKey(w) }); i >= 0 {
			(*l)[i].Text = w // the newer spelling
		} else {
			*l = append(*l, Line{Text: w})
		}
	}
}

// EditEpisode changes columns of an episode: only those given; blank clears. A return given here raises the referral.
type EditEpisode struct {
	Episode string
	Fields  map[string]string `text:"note"`
}

// Name of the act.
func (a *EditEpisode) Name() string { return "episode.edit" }

func (a *EditEpisode) setFields(raw map[string]json.RawMessage) error {
	allowed := []string{"episode"}
	for _, c := range EpisodeColumns() {
		allowed = append(allowed, c.String())
	}
	f, err := textFields(a.Name(), raw, allowed)
	if err != nil {
		return err
	}
	a.Episode = f["episode"]
	delete(f, "episode")
	a.Fields = f
	return nil
}

// MarshalJSON writes the act as `do` reads it.
func (a *EditEpisode) MarshalJSON() ([]byte, error) { return withField(a.Fields, "episode", a.Episode) }

func (a *EditEpisode) shape(s *Settings, now time.Time) error {
	if err := need("episode", a.Episode); err != nil {
		return err
	}
	if len(a.Fields) == 0 {
		return invalid("", "nothing is changed: give at least one column")
	}
	var stamps [NumColumns]stamp
	for _, col := range EpisodeColumns() {
		v, given := a.Fields[col.String()]
		if v = tidyText(v, col == ColNotes || col == ColPrevention); !given || v == "" {
			continue
		}
		if _, reason := new(Notice).cell(col, v, s, now, &stamps); reason != "" {
			return invalid(col.String(), "%s", reason)
		}
	}
	return nil
}

func (a *EditEpisode) target(w World) (Record, error) { return readEpisode(w, a.Episode) }

// readEpisode finds an episode by police reference or E-number.
func readEpisode(w World, ref string) (Record, error) {
	e, err := episodeNamed(w, ref)
	if err != nil {
		return nil, err
	}
	if id, ok := KindEpisode.ParseKind(ref); e == nil && ok {
		if e, err = w.Episode(id); err != nil {
			return nil, err
		}
	}
	if e != nil {
		return e, nil
	}
	return nil, notFound("episode", "there is no episode %q", ref)
}

// own: of any child.
func (a *EditEpisode) own(World, Record, Actor) error { return nil }

// forbids: a practitioner records what is learnt when a child is found and returns (DOMAIN §12).
func (a *EditEpisode) forbids(actor Actor) error {
	for name := range a.Fields {
		if c, _ := ColumnNamed(name); !c.OfReturn() {
			return forbidden("%s records the return only; %s is changed by a coordinator", actor.Role.A(), name)
		}
	}
	return nil
}

func (a *EditEpisode) decide(c *call, t Record) (*Outcome, error) {
	e := t.(*Episode).Clone()
	n, err := a.read(c, e)
	if err != nil {
		return nil, err
	}
	var changed []string
	for _, col := range EpisodeColumns() {
		if _, given := a.Fields[col.String()]; !given {
			continue
		}
		says, now := n.said[col], e.Value(col)
		if m := e.moment(col); m != nil {
			says = n.times[col].Canonical()
		}
		if says == now {
			continue
		}
		if err := c.mayChange(e, col, says); err != nil {
			return nil, err
		}
		changed = append(changed, col.String())
		c.edit(e, col, n, says)
	}
	if changed == nil {
		return nil, invalid("", "nothing is changed: %s already says so", e.ShownRef())
	}
	if err := endsInOrder(e); err != nil {
		return nil, err
	}
	out := &Outcome{Named: e.ID, Warnings: n.Warnings}
	spans, err := c.SpansOf(e.Child)
	if err != nil {
		return nil, err
	}
	out.Warnings = append(out.Warnings, overlaps(e, spans)...)
	hadNone := e.Referral == 0
	if err := c.raise(e, out); err != nil {
		return nil, err
	}
	out.put(e)
	if e.Placement != "" && newest(e, spans) {
		child, err := c.Child(e.Child)
		if err != nil {
			return nil, err
		}
		if child != nil && child.Placement != e.Placement {
			child = child.Clone()
			child.Placement = e.Placement
			out.put(child)
		}
	}
	out.Summary = fmt.Sprintf("changed %s of %s", strings.Join(changed, ", "), e.ShownRef())
	if hadNone && e.Referral != 0 {
		out.Summary = fmt.Sprintf("%s is back: new referral %s", e.ShownRef(), e.Referral)
	}
	return out, nil
}

// read reads the given columns, held against the times that stay.
func (a *EditEpisode) read(c *call, e *Episode) (*Notice, error) {
	n := &Notice{}
	var stamps [NumColumns]stamp
	for _, col := range EpisodeColumns() {
		if m := e.moment(col); m != nil {
			n.times[col] = *m
		}
		v, given := a.Fields[col.String()]
		if !given {
			continue
		}
		n.times[col] = 0
		if v = tidyText(v, col == ColNotes || col == ColPrevention); v == "" {
			continue
		}
		said, reason := n.cell(col, v, c.Settings(), c.at.Time(), &stamps)
		if reason != "" {
			return nil, invalid(col.String(), "%s", reason)
		}
		n.said[col] = said
	}
	if f := n.order(stamps, c.at.Time()); f != nil {
		return nil, faultRefusal(f)
	}
	if cat := n.said[ColCategory]; cat != "" {
		w, ok := c.Settings().category(cat, n.times[ColMissingAt].Date())
		if !ok {
			return nil, invalid("category", "“%s” is no category on that day", cat)
		}
		n.said[ColCategory] = w
	}
	return n, nil
}

// mayChange refuses what an episode cannot be without.
func (c *call) mayChange(e *Episode, col Column, says string) error {
	switch {
	case col == ColMissingAt && says == "":
		return invalid("missing_at", "is required")
	case col == ColReturnedAt && says == "" && e.Referral != 0:
		return invalid("returned_at", "referral %s rests on the return: withdraw it first", e.Referral)
	case col == ColPoliceRef && e.PoliceRef != "":
		return invalid("police_ref", "is %s and stays: it is how a row of the source is known again", e.PoliceRef)
	case col == ColPoliceRef:
		other, err := episodeNamed(c, says)
		if err != nil {
			return err
		}
		if other != nil {
			return conflict("police_ref", "%s is known already as %s", says, other.ID)
		}
	}
	return nil
}

// edit sets one column by a person's hand and keeps what the source last said of it.
func (c *call) edit(e *Episode, col Column, n *Notice, says string) {
	name := col.String()
	last, edited := e.Edited[name]
	if !edited {
		last = e.Value(col)
	}
	switch m := e.moment(col); {
	case m != nil:
		*m = n.times[col]
	case col == ColFlags:
		want := strings.Split(says, ";")
		e.Flags = slices.DeleteFunc(e.Flags, func(f Flag) bool { return !slices.Contains(want, f.Name) })
		for _, w := range want {
			if w != "" && !e.HasFlag(w) {
				e.Flags = append(e.Flags, Flag{Name: w, By: c.by, At: c.at, Why: "set by editing the episode"})
			}
		}
	default:
		if col == ColRisk {
			e.Risks = append(e.Risks, Risk{says, c.at, c.by})
		}
		*e.text(col) = says
	}
	if col == ColFlags {
		return // each flag has its own author
	}
	e.Told = slices.DeleteFunc(e.Told, func(t Mismatch) bool { return t.Column == name })
	if last == says {
		delete(e.Edited, name)
		return
	}
	if e.Edited == nil {
		e.Edited = map[string]string{}
	}
	e.Edited[name] = last
}
