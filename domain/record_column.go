package domain

import (
	"slices"
	"strings"
)

// Column is one column of the referral CSV (INTERFACES), in its printed order.
type Column int

// The columns; what each one means is a row of the table below. LastSeen is our addition: the standard has no column for
// it, and DOMAIN §3 wants the time kept.
const (
	ColPoliceRef Column = iota
	ColChildRef
	ColNHSNumber
	ColGivenName
	ColFamilyName
	ColKnownAs
	ColDOB
	ColGender
	ColEthnicity
	ColDisability
	ColFirstLanguage
	ColInterpreter
	ColStatus
	ColLookedAfter
	ColHomeAuthority
	ColPlacementAuthority
	ColPlacement
	ColPlacementKind
	ColSchool
	ColAddress
	ColChildPhone
	ColCarerName
	ColCarerPhone
	ColPreferredWay
	ColWarning
	ColMissingFrom
	ColCategory
	ColCategoryFrom
	ColRisk
	ColRiskFrom
	ColFlags
	ColMissingAt
	ColReportedAt
	ColFoundAtTime
	ColReturnedAt
	ColNotifiedAt
	ColFoundAt
	ColPrevention
	ColReferrer
	ColSocialWorker
	ColNotes
	ColLastSeen
	ColOfferedAt
	ColHeldAt
	ColInterviewer
	ColIndependent
	ColOutcome
	ColDeclinedBy
	ColReasonLate
	NumColumns
)

// CellKind says how a cell of a column is read.
type CellKind uint8

// The kinds of cell.
const (
	CellText      CellKind = iota // free text, one line
	CellNote                      // free text that keeps its line breaks
	CellRef                       // a reference: short enough to be a key of an index
	CellTime                      // a time, or the date alone
	CellDate                      // a date
	CellWord                      // one word of a list, by the name it has on the day
	CellFlags                     // any words of the list of flags
	CellYesNo                     // yes or no
	CellAnswer                    // yes or no where it says so, else free text
	CellNHS                       // an NHS number, held against its check digit
	CellOutcome                   // how the offer of an interview ended, as an extract has it
	CellAuthority                 // a local authority, or "home"
	CellCategory                  // a category, which keeps the name it has on the day
)

// columnRow is one column with everything that depends on it. Exactly one of moment, text, known and lines says where a
// cell is kept, but for the reference and date of birth of the child and the flags, which are kept by a rule of their own.
type columnRow struct {
	name  string
	kind  CellKind
	words func() []string              // of a CellWord or CellCategory: our own
	named func(*Settings) []SourceName // and the further names of the sources

	child  bool    // it belongs to the child: names, date of birth, gender and the card's contact columns; else to the episode
	need   rowNeed // whether a row must have it
	end    bool    // an end of the episode, never before its start
	back   bool    // learnt when a child is found and returns: a practitioner fills it in too (DOMAIN §12)
	past   bool    // what became of the interview of an episode that is known from history alone: read with --history
	moment func(*Episode) *Moment
	text   func(*Episode) *string
	known  func(*Child) *string // what is known first stays
	lines  func(*Card) *[]Line  // a new entry is added, none replaced
}

// rowNeed says whether a row must have a column (INTERFACES, referral CSV).
type rowNeed uint8

const (
	needNot        rowNeed = iota
	needAlways             // in any row
	needInFile             // in a row of a file: it is how the row is known again
	needWithoutRef         // in a row without child_ref: it is how the child is known
)

// columns are the closed list.
var columns = [NumColumns]columnRow{
	ColPoliceRef:  {name: "police_ref", kind: CellRef, need: needInFile, text: func(e *Episode) *string { return &e.PoliceRef }},
	ColChildRef:   {name: "child_ref", kind: CellRef, child: true},
	ColNHSNumber:  {name: "nhs_number", kind: CellNHS, child: true, known: func(c *Child) *string { return &c.NHSNumber }},
	ColGivenName:  {name: "given_name", child: true, need: needWithoutRef, known: func(c *Child) *string { return &c.GivenName }},
	ColFamilyName: {name: "family_name", child: true, need: needWithoutRef, known: func(c *Child) *string { return &c.FamilyName }},
	ColKnownAs:    {name: "known_as", child: true, known: func(c *Child) *string { return &c.KnownAs }},
	ColDOB:        {name: "dob", kind: CellDate, child: true, need: needWithoutRef},
	ColGender:     {name: "gender", child: true, known: func(c *Child) *string { return &c.Gender }},
	ColEthnicity:  {name: "ethnicity", child: true, known: func(c *Child) *string { return &c.Ethnicity }},
	ColDisability: {name: "disability", child: true, known: func(c *Child) *string { return &c.Disability }},

	ColFirstLanguage: {name: "first_language", child: true, known: func(c *Child) *string { return &c.Card.Language }},
	ColInterpreter:   {name: "interpreter", child: true, known: func(c *Child) *string { return &c.Card.Interpreter }},

	ColStatus:      {name: "status", kind: CellWord, words: StatusWords, named: func(s *Settings) []SourceName { return s.Statuses }, text: func(e *Episode) *string { return &e.Status }},
	ColLookedAfter: {name: "looked_after", kind: CellYesNo, text: func(e *Episode) *string { return &e.LookedAfter }},

	ColHomeAuthority:      {name: "home_authority", kind: CellAuthority, text: func(e *Episode) *string { return &e.HomeAuthority }},
	ColPlacementAuthority: {name: "placement_authority", kind: CellAuthority, text: func(e *Episode) *string { return &e.PlacementAuthority }},
	ColPlacement:          {name: "placement", text: func(e *Episode) *string { return &e.Placement }},
	ColPlacementKind:      {name: "placement_kind", text: func(e *Episode) *string { return &e.PlacementKind }},
	ColSchool:             {name: "school", text: func(e *Episode) *string { return &e.School }},

	ColAddress:      {name: "address", child: true, lines: func(k *Card) *[]Line { return &k.Addresses }},
	ColChildPhone:   {name: "child_phone", child: true, lines: func(k *Card) *[]Line { return &k.Phones }},
	ColCarerName:    {name: "carer_name", child: true, lines: func(k *Card) *[]Line { return &k.Carers }},
	ColCarerPhone:   {name: "carer_phone", child: true, lines: func(k *Card) *[]Line { return &k.CarerPhones }},
	ColPreferredWay: {name: "preferred_way", child: true, known: func(c *Child) *string { return &c.Card.PreferredWay }},
	ColWarning:      {name: "warning", child: true, lines: func(k *Card) *[]Line { return &k.Warnings }},

	ColMissingFrom:  {name: "missing_from", text: func(e *Episode) *string { return &e.MissingFrom }},
	ColCategory:     {name: "category", kind: CellCategory, words: CategoryWords, named: func(s *Settings) []SourceName { return s.Categories }, text: func(e *Episode) *string { return &e.Category }},
	ColCategoryFrom: {name: "category_from", kind: CellTime, moment: func(e *Episode) *Moment { return &e.CategoryFrom }},
	ColRiskFrom:     {name: "risk_from", kind: CellTime, moment: func(e *Episode) *Moment { return &e.RiskFrom }},
	ColRisk:         {name: "risk", kind: CellWord, words: RiskWords, named: func(s *Settings) []SourceName { return s.Risks }, text: func(e *Episode) *string { return &e.Risk }},
	ColFlags:        {name: "flags", kind: CellFlags},

	ColMissingAt:   {name: "missing_at", kind: CellTime, need: needAlways, moment: func(e *Episode) *Moment { return &e.MissingAt }},
	ColReportedAt:  {name: "reported_at", kind: CellTime, moment: func(e *Episode) *Moment { return &e.ReportedAt }},
	ColFoundAtTime: {name: "found_at_time", kind: CellTime, end: true, back: true, moment: func(e *Episode) *Moment { return &e.FoundAt }},
	ColReturnedAt:  {name: "returned_at", kind: CellTime, end: true, back: true, moment: func(e *Episode) *Moment { return &e.ReturnedAt }},
	ColNotifiedAt:  {name: "notified_at", kind: CellTime, back: true, moment: func(e *Episode) *Moment { return &e.NotifiedAt }},

	ColFoundAt:      {name: "found_at", back: true, text: func(e *Episode) *string { return &e.FoundPlace }},
	ColPrevention:   {name: "prevention_interview", kind: CellNote, back: true, text: func(e *Episode) *string { return &e.Prevention }},
	ColReferrer:     {name: "referrer", text: func(e *Episode) *string { return &e.Referrer }},
	ColSocialWorker: {name: "social_worker", text: func(e *Episode) *string { return &e.SocialWorker }},
	ColNotes:        {name: "notes", kind: CellNote, text: func(e *Episode) *string { return &e.Notes }},
	ColLastSeen:     {name: "last_seen_at", kind: CellTime, moment: func(e *Episode) *Moment { return &e.LastSeenAt }},

	ColOfferedAt:   {name: "offered_at", kind: CellTime, past: true, moment: func(e *Episode) *Moment { return &e.OfferedAt }},
	ColHeldAt:      {name: "held_at", kind: CellTime, past: true, moment: func(e *Episode) *Moment { return &e.HeldAt }},
	ColInterviewer: {name: "interviewer", past: true, text: func(e *Episode) *string { return &e.Interviewer }},
	ColIndependent: {name: "independent", kind: CellAnswer, past: true, text: func(e *Episode) *string { return &e.Independent }},
	ColOutcome:     {name: "outcome", kind: CellOutcome, past: true, text: func(e *Episode) *string { return &e.Outcome }},
	ColDeclinedBy:  {name: "declined_by", past: true, text: func(e *Episode) *string { return &e.DeclinedBy }},
	ColReasonLate:  {name: "reason_late", past: true, text: func(e *Episode) *string { return &e.ReasonLate }},
}

// String is the column's name in a header.
func (c Column) String() string { return columns[c].name }

// ColumnNamed finds a column by the name in a header.
func ColumnNamed(name string) (Column, bool) {
	i := slices.IndexFunc(columns[:], func(r columnRow) bool { return r.name == name })
	return Column(i), i >= 0
}

// ColumnNames are the columns of the referral CSV in order.
func ColumnNames() []string { return columnOf(columns[:], func(r columnRow) string { return r.name }) }

// PresentColumnNames are those of a referral as it is taken now; the others speak of what became of one long ago.
func PresentColumnNames() []string {
	var out []string
	for _, c := range columnsThat(func(r *columnRow) bool { return !r.past }) {
		out = append(out, c.String())
	}
	return out
}

// OfHistory says that a column tells what became of the interview of an episode that is known from history alone.
func (c Column) OfHistory() bool { return columns[c].past }

// Row is one row of a source as text, a cell for each column; "" is blank.
type Row [NumColumns]string

func columnsThat(is func(*columnRow) bool) []Column {
	var out []Column
	for c := range NumColumns {
		if is(&columns[c]) {
			out = append(out, c)
		}
	}
	return out
}

// EpisodeColumns are the columns `episode.edit` takes.
func EpisodeColumns() []Column { return columnsThat(func(r *columnRow) bool { return !r.child }) }

// ColumnsOfAnyRow must stand in every row of a file, ColumnsWithoutRef in a row without child_ref.
func ColumnsOfAnyRow() []Column {
	return columnsThat(func(r *columnRow) bool { return r.need == needAlways || r.need == needInFile })
}

// ColumnsWithoutRef must stand in a row without child_ref, to say whose it is.
func ColumnsWithoutRef() []Column {
	return columnsThat(func(r *columnRow) bool { return r.need == needWithoutRef })
}

// ChildColumns are the columns that belong to the child.
func ChildColumns() []Column { return columnsThat(func(r *columnRow) bool { return r.child }) }

// onChild says that a column belongs to the child; every other one belongs to the episode (INTERFACES).
func (c Column) onChild() bool { return columns[c].child }

// Kind says how a cell of the column is read.
func (c Column) Kind() CellKind { return columns[c].kind }

// Words are those of which a cell is one, nil where it is no list.
func (c Column) Words() []string {
	if w := columns[c].words; w != nil {
		return w()
	}
	return nil
}

// OfReturn says that a practitioner may fill a column in too: what is learnt when a child is found and returns
// (DOMAIN §12).
func (c Column) OfReturn() bool { return columns[c].back }

// IsTime says that a column holds a time.
func (c Column) IsTime() bool { return columns[c].kind == CellTime }

// IsList says that a column is a list of the child's card, to which sources add.
func (c Column) IsList() bool { return columns[c].lines != nil }

// moment is the episode's field for a time column, nil for the others.
func (e *Episode) moment(c Column) *Moment {
	if f := columns[c].moment; f != nil {
		return f(e)
	}
	return nil
}

// text is the episode's field for a text column, nil for the others.
func (e *Episode) text(c Column) *string {
	if f := columns[c].text; f != nil {
		return f(e)
	}
	return nil
}

// lines is the card's list for a contact column, nil for the others.
func (k *Card) lines(c Column) *[]Line {
	if f := columns[c].lines; f != nil {
		return f(k)
	}
	return nil
}

// Value is what a child has in a column; "" when blank, and for a column of the episode. The entries of a list that stand
// are on lines of their own.
func (c *Child) Value(col Column) string {
	switch row := &columns[col]; {
	case col == ColChildRef:
		return c.Ref
	case col == ColDOB:
		return c.DOB.String()
	case row.known != nil:
		return *row.known(c)
	case row.lines != nil:
		return strings.Join(Standing(*row.lines(&c.Card)), "\n")
	}
	return ""
}

// Moment is what an episode has in a time column, zero in any other.
func (e *Episode) Moment(c Column) Moment {
	if m := e.moment(c); m != nil {
		return *m
	}
	return 0
}

// Value is what an episode has in a column, in canonical form; "" when blank.
func (e *Episode) Value(c Column) string {
	if m := e.moment(c); m != nil {
		return m.Canonical()
	}
	if t := e.text(c); t != nil {
		return *t
	}
	if c == ColFlags {
		var names []string
		for _, w := range FlagWords() {
			if e.HasFlag(w) {
				names = append(names, w)
			}
		}
		return strings.Join(names, ";")
	}
	return ""
}
