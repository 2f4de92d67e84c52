package domain

import (
	"slices"
	"strings"
	"time"
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
	heads string // what other systems write above it, parted by semicolons, as HeadKey folds them
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
	ColPoliceRef:  {name: "police_ref", heads: "occurrence no; occ no; niche occ no; occurrence ref; occurrence; incident no; incident ref; urn; police urn; crime ref; misper ref; misper no; misper id; missing person ref; missing person no; missing report no; missing report ref; report no; report ref; event no; episode id; episode ref; episode no; missing episode id; storm no; cad no; compact ref; compact id; athena ref; police no; police incident no; ref; ref no; our ref", kind: CellRef, need: needInFile, text: func(e *Episode) *string { return &e.PoliceRef }},
	ColChildRef:   {name: "child_ref", heads: "person id; person no; person ref; person urn; child id; child no; ics id; ics no; lcs id; lcs no; mosaic id; mosaic no; liquidlogic id; eclipse id; client id; client no; nominal; nominal no; nominal ref; nominal id; service user id; subject id; subject ref; young person id; yp id; pid; case system id; social care id; social care ref", kind: CellRef, child: true},
	ColNHSNumber:  {name: "nhs_number", heads: "nhs", kind: CellNHS, child: true, known: func(c *Child) *string { return &c.NHSNumber }},
	ColGivenName:  {name: "given_name", heads: "forename; forenames; first name; first names; given names; christian name; forename 1", child: true, need: needWithoutRef, known: func(c *Child) *string { return &c.GivenName }},
	ColFamilyName: {name: "family_name", heads: "surname; last name; surname 1", child: true, need: needWithoutRef, known: func(c *Child) *string { return &c.FamilyName }},
	ColKnownAs:    {name: "known_as", heads: "alias; aliases; aka; preferred name; nickname; likes to be called", child: true, known: func(c *Child) *string { return &c.KnownAs }},
	ColDOB:        {name: "dob", heads: "date of birth; birth date; born", kind: CellDate, child: true, need: needWithoutRef},
	ColGender:     {name: "gender", heads: "sex; gender identity", child: true, known: func(c *Child) *string { return &c.Gender }},
	ColEthnicity:  {name: "ethnicity", heads: "ethnic origin; ethnic group; ethnic appearance; self defined ethnicity; sde", child: true, known: func(c *Child) *string { return &c.Ethnicity }},
	ColDisability: {name: "disability", heads: "disabled; disabilities; has disability", child: true, known: func(c *Child) *string { return &c.Disability }},

	ColFirstLanguage: {name: "first_language", heads: "language; main language; home language; spoken language; preferred language", child: true, known: func(c *Child) *string { return &c.Card.Language }},
	ColInterpreter:   {name: "interpreter", heads: "interpreter required; interpreter needed; needs interpreter", child: true, known: func(c *Child) *string { return &c.Card.Interpreter }},

	ColStatus:      {name: "status", heads: "legal status; care status; case status; social care status; plan status; current plan; plan type; involvement", kind: CellWord, words: StatusWords, named: func(s *Settings) []SourceName { return s.Statuses }, text: func(e *Episode) *string { return &e.Status }},
	ColLookedAfter: {name: "looked_after", heads: "lac; cla; looked after child; is lac; in care; child in care; cla yn; lac yn; looked after yn; child looked after", kind: CellYesNo, text: func(e *Episode) *string { return &e.LookedAfter }},

	ColHomeAuthority:      {name: "home_authority", heads: "home la; responsible la; responsible authority; placing la; placing authority; la; la name", kind: CellAuthority, text: func(e *Episode) *string { return &e.HomeAuthority }},
	ColPlacementAuthority: {name: "placement_authority", heads: "placement la; host authority; host la; placed in la", kind: CellAuthority, text: func(e *Episode) *string { return &e.PlacementAuthority }},
	ColPlacement:          {name: "placement", heads: "placement name; care home; care home name; children s home; childrens home; provider", text: func(e *Episode) *string { return &e.Placement }},
	ColPlacementKind:      {name: "placement_kind", heads: "placement type; type of placement; accommodation type", text: func(e *Episode) *string { return &e.PlacementKind }},
	ColSchool:             {name: "school", heads: "school name; college; education provider; school college; education establishment", text: func(e *Episode) *string { return &e.School }},

	ColAddress:      {name: "address", heads: "home address; current address; full address", child: true, lines: func(k *Card) *[]Line { return &k.Addresses }},
	ColChildPhone:   {name: "child_phone", heads: "mobile; mobile no; phone; phone no; child mobile; contact no; child contact no", child: true, lines: func(k *Card) *[]Line { return &k.Phones }},
	ColCarerName:    {name: "carer_name", heads: "carer; parent; parent carer; guardian; parent guardian; next of kin; parent carer name; carer s name", child: true, lines: func(k *Card) *[]Line { return &k.Carers }},
	ColCarerPhone:   {name: "carer_phone", heads: "carer phone no; carer mobile; carer contact no; parent phone; parent phone no; parent contact no; parent carer phone; parent carer phone no", child: true, lines: func(k *Card) *[]Line { return &k.CarerPhones }},
	ColPreferredWay: {name: "preferred_way", heads: "preferred contact; preferred contact method; preferred method of contact; how to contact", child: true, known: func(c *Child) *string { return &c.Card.PreferredWay }},
	ColWarning:      {name: "warning", heads: "warnings; warning markers; markers; warning signals; staff safety; alerts", child: true, lines: func(k *Card) *[]Line { return &k.Warnings }},

	ColMissingFrom:  {name: "missing_from", heads: "missing from address; missing from location; location missing from; place missing from; address missing from; location last seen; place last seen; last seen location", text: func(e *Episode) *string { return &e.MissingFrom }},
	ColCategory:     {name: "category", heads: "missing category; classification; missing absent; episode type; type of episode; missing type; incident type", kind: CellCategory, words: CategoryWords, named: func(s *Settings) []SourceName { return s.Categories }, text: func(e *Episode) *string { return &e.Category }},
	ColCategoryFrom: {name: "category_from", heads: "category since; category changed", kind: CellTime, moment: func(e *Episode) *Moment { return &e.CategoryFrom }},
	ColRiskFrom:     {name: "risk_from", heads: "risk since; risk changed", kind: CellTime, moment: func(e *Episode) *Moment { return &e.RiskFrom }},
	ColRisk:         {name: "risk", heads: "risk level; risk grading; risk grade; risk assessment; grading; initial risk; final risk; current risk; risk rating; police risk; initial risk level; initial risk assessment", kind: CellWord, words: RiskWords, named: func(s *Settings) []SourceName { return s.Risks }, text: func(e *Episode) *string { return &e.Risk }},
	ColFlags:        {name: "flags", heads: "exploitation flags", kind: CellFlags},

	ColMissingAt:   {name: "missing_at", heads: "missing since; date time missing; date missing; missing date; missing date time; went missing; date went missing; date time went missing; time missing; start date; start date time; episode start; episode start date; missing start; missing start date; mis start; date time missing from; missing from date; missing from date time; start of episode", kind: CellTime, need: needAlways, moment: func(e *Episode) *Moment { return &e.MissingAt }},
	ColReportedAt:  {name: "reported_at", heads: "reported missing; date time reported missing; date reported missing; date reported; reported date; date time reported; report date; report date time; time reported; reported on; reported date time; created date; incident date; date of report", kind: CellTime, moment: func(e *Episode) *Moment { return &e.ReportedAt }},
	ColFoundAtTime: {name: "found_at_time", heads: "located at; found; date found; found date; date time found; found date time; time found; located; date located; located date; date time located; traced; date traced; found on", kind: CellTime, end: true, back: true, moment: func(e *Episode) *Moment { return &e.FoundAt }},
	ColReturnedAt:  {name: "returned_at", heads: "returned; returned home; returned home at; date returned home; date returned; returned date; return date; date time returned; return date time; returned on; end date; end date time; episode end; episode end date; missing end; missing end date; mis end; time returned; date of return; closed date; date time found returned", kind: CellTime, end: true, back: true, moment: func(e *Episode) *Moment { return &e.ReturnedAt }},
	ColNotifiedAt:  {name: "notified_at", heads: "notified; date notified; notification date; date time notified; la notified; referral date; date of referral; date referred; referred on; date sent; received; date received; notified on; notification received; referral received", kind: CellTime, back: true, moment: func(e *Episode) *Moment { return &e.NotifiedAt }},

	ColFoundAt:      {name: "found_at", heads: "found location; location found; place found; where found; found address; address found; found where; return location; returned to", back: true, text: func(e *Episode) *string { return &e.FoundPlace }},
	ColPrevention:   {name: "prevention_interview", heads: "safe well; safe well check; prevention interview notes; prevention interview details; sawc; police prevention interview", kind: CellNote, back: true, text: func(e *Episode) *string { return &e.Prevention }},
	ColReferrer:     {name: "referrer", heads: "referred by; reporting officer; reported by; officer; officer in case; oic; informant; reporting person", text: func(e *Episode) *string { return &e.Referrer }},
	ColSocialWorker: {name: "social_worker", heads: "allocated worker; allocated social worker; sw; key worker; lead worker; lead practitioner; social worker name", text: func(e *Episode) *string { return &e.SocialWorker }},
	ColNotes:        {name: "notes", heads: "circumstances; summary; comments; comment; description; details; narrative; circumstances of episode; mo; remarks; other information", kind: CellNote, text: func(e *Episode) *string { return &e.Notes }},
	ColLastSeen:     {name: "last_seen_at", heads: "last seen; date last seen; date time last seen; last seen date; last seen date time; time last seen", kind: CellTime, moment: func(e *Episode) *Moment { return &e.LastSeenAt }},

	ColOfferedAt:   {name: "offered_at", heads: "rhi offered; rhi offered date; date rhi offered; date offered; offered; interview offered; rhi offer date", kind: CellTime, past: true, moment: func(e *Episode) *Moment { return &e.OfferedAt }},
	ColHeldAt:      {name: "held_at", heads: "rhi date; date of rhi; rhi completed; rhi completed date; date rhi completed; interview date; date held; rhi held; date of interview; rhi interview date", kind: CellTime, past: true, moment: func(e *Episode) *Moment { return &e.HeldAt }},
	ColInterviewer: {name: "interviewer", heads: "rhi by; interviewed by; rhi interviewer; rhi worker; rhi completed by", past: true, text: func(e *Episode) *string { return &e.Interviewer }},
	ColIndependent: {name: "independent", heads: "independent interviewer; independent interview; rhi independent", kind: CellAnswer, past: true, text: func(e *Episode) *string { return &e.Independent }},
	ColOutcome:     {name: "outcome", heads: "rhi outcome; rhi status; interview outcome; offer outcome; rhi result", kind: CellOutcome, past: true, text: func(e *Episode) *string { return &e.Outcome }},
	ColDeclinedBy:  {name: "declined_by", heads: "who declined; rhi declined by; refused by", past: true, text: func(e *Episode) *string { return &e.DeclinedBy }},
	ColReasonLate:  {name: "reason_late", heads: "late reason; reason for delay; delay reason; why late; rhi reason late", past: true, text: func(e *Episode) *string { return &e.ReasonLate }},
}

// String is the column's name in a header.
func (c Column) String() string { return columns[c].name }

// ColumnNamed finds a column by the name in a header.
func ColumnNamed(name string) (Column, bool) {
	i := slices.IndexFunc(columns[:], func(r columnRow) bool { return r.name == name })
	return Column(i), i >= 0
}

// Heads are what other systems are known to write above a column, the likeliest first, as [HeadKey] folds them; its own name
// is among them.
func (c Column) Heads() []string {
	return append([]string{HeadKey(columns[c].name)}, strings.Split(columns[c].heads, "; ")...)
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

// Said is a value as people read it: a canonical time in words.
func (c Column) Said(value string) string {
	if t, err := time.Parse(time.RFC3339, value); err == nil && c.IsTime() {
		return At(t).String()
	}
	return value
}

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
