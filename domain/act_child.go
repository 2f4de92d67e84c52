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
	if v := strings.TrimSpace(a.Fields["dob"]); UnknownDate(v) {
		a.Fields["dob"] = ""
	} else if v != "" {
		d, err := parseDay(v)
		if err == nil && d > DateOf(now) {
			err = errFuture
		}
		if err != nil {
			return invalid("dob", "“%s” %s", v, err)
		}
	}
	if v := strings.TrimSpace(a.Fields["nhs_number"]); v != "" {
		number, ok := NHSNumber(v)
		if !ok {
			return invalid("nhs_number", "“%s” %s", v, badNHSNumber)
		}
		a.Fields["nhs_number"] = number
	}
	return nil
}
func (a *EditChild) target(w Reader) (Record, error) { return childIn(w, "child_ref", a.ChildRef) }

// own: of any child.
func (a *EditChild) own(Reader, Record, Actor) error { return nil }

// forbids: a practitioner records a telephone number or the preferred way (DOMAIN §12).
func (a *EditChild) forbids(actor Actor) error {
	for _, name := range CardFields() {
		if _, given := a.Fields[name]; given && !CardHeard(name) {
			return forbidden("%s records telephone numbers and the preferred way on the card; %s is changed by a coordinator", actor.Role.A(), Words(name))
		}
	}
	return nil
}

func (a *EditChild) decide(c *decision, t Record) (*Outcome, error) {
	child := t.(*Child).Clone()
	var changed []string
	for _, name := range CardFields() {
		v, given := a.Fields[name]
		if !given || child.CardValue(name) == strings.TrimSpace(v) {
			continue
		}
		changed = append(changed, name)
		if col, ofSource := sourceColumn(name); ofSource && child.cardLines(name) == nil {
			if _, before := child.Edited[col.String()]; !before {
				if child.Edited == nil {
					child.Edited = map[string]string{}
				}
				child.Edited[col.String()] = child.CardValue(name)
			}
		}
		v = strings.TrimSpace(v)
		if name == "dob" {
			child.DOB, _ = parseDay(v) // shape read it; blank is none
			continue
		}
		if text := child.cardText(name); text != nil {
			if !CardNote(name) {
				v = safe.CleanLine(v)
			}
			*text = v
			continue
		}
		setLines(child.cardLines(name), v)
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
	out := &Outcome{Put: []Record{child}, Named: child.ID,
		Summary: fmt.Sprintf("changed %s of %s", Words(strings.Join(changed, ", ")), child.ShownRef())}
	if NameKey(child.GivenName, child.FamilyName) == "" && NameKey(t.(*Child).GivenName, t.(*Child).FamilyName) != "" {
		out.Warnings = append(out.Warnings, "nothing is left of the name: the child is listed as "+child.ShownRef()+" alone, and no row without a reference finds them")
	}
	return out, c.bornBefore(child, out)
}

// bornBefore warns of episodes that began before a child was born, by another date of birth.
func (c *decision) bornBefore(child *Child, out *Outcome) error {
	was, err := c.Child(child.ID)
	if err != nil || was == nil || was.DOB == child.DOB || child.DOB == 0 {
		return err
	}
	list, err := c.EpisodesOf(child.ID)
	if err != nil {
		return err
	}
	for _, e := range list {
		if e.MissingAt.Date() <= child.DOB {
			out.Warnings = append(out.Warnings, fmt.Sprintf("%s began %s, which is not after the date of birth, %s: is that right?", e.ShownRef(), e.MissingAt, child.DOB))
		}
	}
	return nil
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
