package domain

import (
	"fmt"

	"homeward/domain/safe"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ImportRow is the decision on one row of a file: a new episode, what a later row changes on a known one, or nothing.
type ImportRow struct {
	Row     Row
	Read    *SourceRow // Row as ReadRow read it
	History bool       // record the episode without raising a referral
	Import  ID
	Line    int // where the row begins in the file; the header is 1
}

// MarshalJSON is the row as the audit log keeps it.
func (a *ImportRow) MarshalJSON() ([]byte, error) {
	b := make([]byte, 0, 512)
	b = append(b, '{')
	text := func(name, v string) {
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = append(b, name...)
		b = append(b, '"', ':')
		b = safe.AppendJSON(b, v)
	}
	for col, v := range a.Row {
		if v != "" {
			text(columns[col].name, v)
		}
	}
	if a.Import != 0 {
		text("import", a.Import.String())
	}
	if a.History {
		text("history", "yes")
	}
	text("line", strconv.Itoa(a.Line))
	return append(b, '}'), nil
}

// Name of the act in the audit log.
func (a *ImportRow) Name() string { return "import.row" }

func (a *ImportRow) shape(*Settings, time.Time) error {
	if a.Read == nil {
		return invalid("", "the row was not read")
	}
	return nil
}

func (a *ImportRow) target(Reader) (Record, error) { return nil, nil }

func (a *ImportRow) decide(c *decision, _ Record) (*Outcome, error) {
	n := a.Read
	e, err := episodeNamed(c, n.said[ColPoliceRef])
	if err != nil {
		return nil, err
	}
	if e == nil {
		return c.takeIn(n, a.History, a.Import)
	}
	c.of = e.Child
	return c.laterRow(n, e, a.History)
}

// takeIn records a new episode, its child where that is new, and the referral where the child is back.
func (c *decision) takeIn(n *SourceRow, history bool, batch ID) (*Outcome, error) {
	out := &Outcome{Row: RowVerdict{Created: true}, Warnings: slices.Clone(n.Warnings)}
	if err := notOurNumber(c, n.said[ColPoliceRef], 0); err != nil {
		return nil, err
	}
	child, via, made, err := c.identify(n)
	if err != nil {
		return nil, err
	}
	out.Row.ChildCreated = made
	id, err := c.unclaimed(KindEpisode, c.EpisodeByPoliceRef)
	if err != nil {
		return nil, err
	}
	e := &Episode{ID: id, Child: child.ID, Via: via, History: history, Made: c.now(), Import: batch}
	if e.TakenToBe = !made && n.said[ColChildRef] == ""; e.TakenToBe {
		out.takenToBe(child, "by name and date of birth alone")
	}
	for col := range NumColumns {
		if m := e.moment(col); m != nil {
			*m = n.times[col]
		} else if t := e.text(col); t != nil {
			*t = n.said[col]
		}
	}
	c.sourceFlags(e, n)
	if e.Risk != "" {
		e.Risks = []Risk{{Level: e.Risk, At: c.now(), From: e.RiskFrom, By: c.by}}
	}
	if e.Category != "" {
		e.Categories = []CategoryChange{{Category: e.Category, At: c.now(), From: e.CategoryFrom, By: c.by}}
	}
	if history && !e.Over() {
		warning := "has no return: as history it is not shown as missing now"
		if e.openHistory() {
			warning += "; take the row in again without --history if the child still is"
		}
		out.Warnings = append(out.Warnings, warning)
	}
	var spans []EpisodeSpan // a child just made has none
	if !made {
		if spans, err = c.SpansOf(child.ID); err != nil {
			return nil, err
		}
	}
	out.Warnings = append(out.Warnings, overlaps(e, spans)...)
	changed := made
	if !made {
		changed = c.mergeChildColumns(child, n, e.ID, out).changed
	}
	if on := e.MissingAt.Date(); child.GrownUp(on) {
		out.Warnings = append(out.Warnings, fmt.Sprintf("%d years old at the start of the episode, %s: is the date of birth right, %s? An adult's is not this team's", AgeOn(child.DOB, on), on, child.DOB))
	}
	if e.Placement != "" && newest(e, spans) && child.Placement != e.Placement {
		child.Placement, changed = e.Placement, true
	}
	if changed {
		out.put(child)
	}
	if _, err := c.raise(nil, e, out); err != nil {
		return nil, err
	}
	out.put(e)
	out.Named = e.ID
	if e.Referral != 0 {
		out.Named = e.Referral
		out.Row.Referred = true
		out.Summary = fmt.Sprintf("new referral %s for %s", e.Referral, child.ShownRef())
	} else {
		out.Summary = fmt.Sprintf("recorded episode %s of %s", e.ID, child.ShownRef())
		if !e.Over() && !history {
			out.Summary += ": missing now, the return raises the referral"
		}
	}
	return out, nil
}

// takenToBe says in the answer of a row whom it was taken to be about, and on what ground, until a person confirms it.
func (o *Outcome) takenToBe(child *Child, ground string) {
	o.Row.TakenToBe = child.ShownRef()
	if child.Ref == "" && child.ID.Number() >= sandboxNumbers { // a number that nothing will ever have
		o.Row.TakenToBe = OfThisFile
	}
	o.Warnings = append(o.Warnings, fmt.Sprintf("taken to be %s (%s), %s: confirm it, or move the episode to another or a new child",
		child.Name(), o.Row.TakenToBe, ground))
}

// raise makes the referral of an episode whose child was found or is back and that has none; one that was withdrawn with a
// return taken back, or because the child was found in error, is raised again by the next. History raises none, and a child of 903 history is recorded so that nobody
// is asked for an interview years late (INTERFACES). It says whether it raised any; was is nil for a new episode.
func (c *decision) raise(was, e *Episode, out *Outcome) (raised bool, err error) {
	if !e.Located() || e.History || e.DuplicateOf != 0 {
		return false, nil
	}
	if e.Referral != 0 {
		if was == nil || was.Over() || was.Located() && !e.Over() {
			return false, c.withdrawnStill(was, e, out)
		}
		return c.raiseAgain(e, out)
	}
	id, err := c.NextID(KindReferral)
	if err != nil {
		return false, err
	}
	r := &Referral{ID: id, Child: e.Child, Episode: e.ID, Stage: StageNew, Made: c.at, Taken: !c.act.program}
	e.Referral = id
	return true, c.putRaised(r, out)
}

// mergedColumns is what became of the child's columns of a row.
type mergedColumns struct {
	changed bool // the child's record
	learnt  bool // something was not known before; else it is a difference alone
}

// mergeChildColumns applies the child’s columns of a row to a known child: what is known first stays and a difference is a warning;
// a new number, carer, address or warning is added, none replaced (INTERFACES). A difference is kept as met in a row of the
// episode; zero for none's: of a child the episode is not of, or one about which somebody is still to be asked.
func (c *decision) mergeChildColumns(child *Child, n *SourceRow, episode ID, out *Outcome) mergedColumns {
	var m mergedColumns
	learn := func() { m.changed, m.learnt = true, true }
	if ref := n.said[ColChildRef]; ref != "" && child.Ref == "" {
		if _, number := KindChild.ParseKind(ref); !number {
			child.Ref = ref
			learn()
		}
	}
	dob := child.DOB.String()
	for col := range NumColumns {
		known := &dob
		if col != ColDOB {
			of := columns[col].known
			if of == nil {
				continue
			}
			known = of(child)
		}
		said := n.said[col]
		before, edited := child.Edited[col.String()]
		switch {
		case said == "" || Fold(said) == Fold(*known) || edited && Fold(said) == Fold(before):
		case *known == "" && !edited:
			*known = said
			if col == ColDOB {
				child.DOB = n.dob
			}
			learn()
		default:
			w := Mismatch{Column: col.String(), Known: *known, Said: said, Episode: episode}
			if !slices.ContainsFunc(child.Warned, func(o Mismatch) bool { return o.Column == w.Column && o.Said == w.Said }) {
				child.Warned, m.changed = append(child.Warned, w), true
				out.Warnings = append(out.Warnings, fmt.Sprintf("%s: the source says “%s”, known is “%s”, which stays", w.Column, said, *known))
			}
		}
	}
	for col := range NumColumns {
		if l := child.Card.lines(col); l != nil && n.said[col] != "" && !hasLine(*l, n.said[col]) {
			*l = append(*l, Line{Text: n.said[col]})
			learn()
		}
	}
	return m
}

// hasLine says whether a list has an entry, standing or removed, however it is spelt.
func hasLine(lines []Line, text string) bool {
	want := lineKey(text)
	return slices.ContainsFunc(lines, func(l Line) bool { return lineKey(l.Text) == want })
}

func lineKey(s string) string {
	if d := digits(s); len(d) >= 7 && len(d)*3 > len(s)*2 {
		return d // a telephone number, however it is spaced
	}
	return Fold(s)
}

// sourceFlags takes over what a row newly says of flags, and takes back what the source set and no longer says. A
// person's flags stay, and what a person cleared stays cleared.
func (c *decision) sourceFlags(e *Episode, n *SourceRow) {
	before, says := strings.Split(e.SaidFlags, ";"), strings.Split(n.said[ColFlags], ";")
	e.SaidFlags = n.said[ColFlags]
	e.Flags = slices.DeleteFunc(e.Flags, func(f Flag) bool { return f.Source && !slices.Contains(says, f.Name) })
	for _, w := range says {
		if w != "" && !slices.Contains(before, w) && !e.HasFlag(w) {
			e.Flags = append(e.Flags, Flag{Name: w, By: c.by, At: c.now(), Why: "came with the referral", Source: true})
		}
	}
}

// overlaps warns where an episode overlaps another of the same child: a warning, never a refusal (DOMAIN §2).
func overlaps(e *Episode, spans []EpisodeSpan) []string {
	var out []string
	for _, s := range spans {
		if s.ID == e.ID || s.Duplicate || s.Ended || e.Ended != nil {
			continue
		}
		if (e.ReturnedAt == 0 || s.Start.Unix() < e.ReturnedAt.Unix()) && (s.End == 0 || e.MissingAt.Unix() < s.End.Unix()) {
			what := fmt.Sprintf("overlaps %s (%s)", s.ID, s.Start)
			if s.ID.Number() >= sandboxNumbers { // a number that nothing will ever have
				what = fmt.Sprintf("overlaps another row of this file (%s)", s.Start)
			}
			if s.End == 0 && !s.History {
				what += ", in which the child is missing still: is it the same one? Then record its return instead"
			}
			out = append(out, what)
		}
	}
	return out
}

// newest says that no other episode of the child began later.
func newest(e *Episode, spans []EpisodeSpan) bool {
	for _, s := range spans {
		if s.ID != e.ID && s.Start.Unix() > e.MissingAt.Unix() {
			return false
		}
	}
	return true
}
