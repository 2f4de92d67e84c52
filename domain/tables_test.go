package domain

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A closed list is one table (word_*.go, record_column.go, act_table.go …). These tests walk every table and fail on a hole:
// a word that is declared and stands in no row, a row that says nothing of itself, a word that stands in two.

// declared are the words of the constants of the package whose names begin so, but for those left out.
func declared(t *testing.T, prefix string, but ...string) []string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.CONST {
				continue
			}
			for _, s := range g.Specs {
				v := s.(*ast.ValueSpec)
				for i, n := range v.Names {
					if !strings.HasPrefix(n.Name, prefix) || slices.Contains(but, n.Name) || i >= len(v.Values) {
						continue
					}
					lit, ok := v.Values[i].(*ast.BasicLit)
					if !ok || lit.Kind != token.STRING {
						continue
					}
					word, err := strconv.Unquote(lit.Value)
					if err != nil {
						t.Fatal(err)
					}
					out = append(out, word)
				}
			}
		}
	}
	return out
}

// Every constant of a list is a row of its table, and no word stands in a table twice.
func TestWordsStandInTheirTables(t *testing.T) {
	for _, c := range []struct {
		what, prefix string
		but          []string
		table        []string
	}{
		{"stages", "Stage", nil, wordsOf(Stages())},
		{"kinds of follow-up", "Follow", nil, FollowUpKinds()},
		{"flags", "Flag", []string{"FlagAlert"}, columnOf(flags[:], func(f flagRow) string { return f.flag })},
		{"results of an attempt", "Result", nil, Results()},
		{"people an attempt is with", "With", nil, Withs()},
		{"levels of risk", "Risk", nil, RiskWords()},
		{"who is responsible", "Responsible", nil, wordsOf(Responsibles())},
		{"audiences", "For", []string{"Forbidden"}, wordsOf(Audiences())},
		{"clocks", "Clock", []string{"ClockReturned", "ClockFound", "ClockNotified"}, columnOf(clocks[:], func(k clockRow) string { return k.name })},
		{"where the interview clock starts", "Clock", []string{"ClockContact", "ClockInterview", "ClockReturn", "ClockWriteUp", "ClockShare"}, InterviewClocks()},
		{"standings with social care", "", []string{}, StatusWords()},
		{"ways", "", []string{}, Ways()},
		{"reasons late", "", []string{}, LateReasons()},
		{"reasons not required", "", []string{}, NotRequiredReasons()},
		{"fields of the card", "", []string{}, CardFields()},
		{"profiles", "", []string{}, Profiles()},
	} {
		if c.but == nil || len(c.but) > 0 {
			words := declared(t, c.prefix, c.but...)
			if len(words) < 3 {
				t.Errorf("%s: only %d constants were found: the test looks at too little", c.what, len(words))
			}
			for _, w := range words {
				if !slices.Contains(c.table, w) {
					t.Errorf("%s: %q is declared and stands in no row of the table", c.what, w)
				}
			}
		}
		for i, w := range c.table {
			if w == "" || slices.Contains(c.table[:i], w) {
				t.Errorf("%s: row %d is blank or stands there twice: %q", c.what, i, w)
			}
		}
	}
}

func TestEveryStageSaysWhatIsOwed(t *testing.T) {
	for _, s := range stages {
		if s.owed < owesInterview || s.owed > owesNothing {
			t.Errorf("%s: says nothing of what is owed: a referral there is in no list", s.stage)
		}
		if open := s.owed != owesNothing; open == (s.ended || s.stage == StageDone) {
			t.Errorf("%s: is a stage open, done, or ended without an interview; exactly one of these", s.stage)
		}
		if s.ended != (s.stage.Ended()) || s.stage.Open() == s.stage.Ended() && s.stage != StageDone {
			t.Errorf("%s: open %v and ended %v", s.stage, s.stage.Open(), s.stage.Ended())
		}
		if s.closing != nil && !s.ended {
			t.Errorf("%s: referral.close ends a referral", s.stage)
		}
		if s.waits && s.task == "" {
			t.Errorf("%s: a list has to say what waits", s.stage)
		}
	}
	if Stage("nonsense").Open() || Stage("").Ended() {
		t.Error("a word that is no stage is neither open nor ended")
	}
}

func TestEveryColumnIsKeptSomewhere(t *testing.T) {
	ownRule := []Column{ColChildRef, ColDOB, ColFlags} // kept by a rule of their own
	for c := range NumColumns {
		row := &columns[c]
		if got, ok := ColumnNamed(row.name); row.name == "" || !ok || got != c {
			t.Errorf("column %d is called %q: it is blank, or stands there twice", c, row.name)
		}
		kept := 0
		for _, is := range []bool{row.moment != nil, row.text != nil, row.known != nil, row.lines != nil, slices.Contains(ownRule, c)} {
			if is {
				kept++
			}
		}
		if kept != 1 {
			t.Errorf("%s is kept in %d places", row.name, kept)
		}
		if (row.moment != nil) != (row.kind == CellTime) || (row.words != nil) != (row.kind == CellWord || row.kind == CellCategory) || (row.words != nil) != (row.named != nil) {
			t.Errorf("%s: what it holds does not go with how it is read", row.name)
		}
		if row.child != (row.known != nil || row.lines != nil || c == ColChildRef || c == ColDOB) {
			t.Errorf("%s: it belongs to the child or to the episode, and is kept there", row.name)
		}
	}
}

// Every text and time of an episode that a source may say is a column: a field without one is lost on import.
func TestColumnsReachTheirOwnField(t *testing.T) {
	e, c := &Episode{}, &Child{}
	seen := map[any]string{}
	for col := range NumColumns {
		var at any
		switch row := &columns[col]; {
		case row.moment != nil:
			at = row.moment(e)
		case row.text != nil:
			at = row.text(e)
		case row.known != nil:
			at = row.known(c)
		case row.lines != nil:
			at = row.lines(&c.Card)
		default:
			continue
		}
		if other := seen[at]; other != "" {
			t.Errorf("%s and %s are kept in the same field", other, col)
		}
		seen[at] = col.String()
	}
	for _, f := range cardFields {
		text, lines := c.cardText(f.name), c.cardLines(f.name)
		if (text == nil) == (lines == nil) && f.name != "dob" {
			t.Errorf("the card's %s is kept nowhere, or twice", f.name)
		}
	}
}

func TestEveryActIsInTheTableWhole(t *testing.T) {
	names := map[string]bool{}
	for i, row := range acts() {
		a := row.new()
		switch {
		case a.Name() == "" || names[a.Name()]:
			t.Errorf("row %d: the act %q is blank or stands there twice", i, a.Name())
		case row.coordinator == no && row.practitioner == no && row.supervisor == no:
			t.Errorf("%s: nobody may take it", a.Name())
		case (row.stages != nil) != (row.only != ""):
			t.Errorf("%s: the stages in which it may be taken, and how a refusal says so, go together", a.Name())
		}
		names[a.Name()] = true
	}
	if len(names) < 44 {
		t.Errorf("only %d acts", len(names))
	}
	// Every type of the package that is an act has a row: one without is refused to everybody.
	for _, name := range actTypes(t) {
		if !slices.ContainsFunc(acts(), func(r actRow) bool { return reflect.TypeOf(r.new()).Elem().Name() == name }) {
			t.Errorf("%s is an act and has no row in act_table.go", name)
		}
	}
}

// actTypes are the types with a method decide, by the source.
func actTypes(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("act_*.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, name := range names {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv == nil || fn.Name.Name != "decide" {
				continue
			}
			if star, ok := fn.Recv.List[0].Type.(*ast.StarExpr); ok {
				out = append(out, star.X.(*ast.Ident).Name)
			}
		}
	}
	if len(out) < 44 {
		t.Errorf("only %d acts were found in the source", len(out))
	}
	return out
}

// Every field of a policy is a key of the configuration, but for who says so; each key reaches a field of its own.
func TestEveryPolicyFieldIsAKey(t *testing.T) {
	p := &Policy{}
	seen := map[uintptr]string{}
	for _, k := range PolicyKeys() {
		f := reflect.ValueOf(k.Field(p))
		switch f.Interface().(type) {
		case *Span, *string, *int, *bool, *[]string:
		default:
			t.Errorf("%s: no reader for %s", k.Name, f.Type())
		}
		if other := seen[f.Pointer()]; other != "" {
			t.Errorf("%s and %s are kept in the same field", other, k.Name)
		}
		seen[f.Pointer()] = k.Name
		if n, ok := f.Interface().(*int); ok && (k.Max <= k.Min || *n != 0) {
			t.Errorf("%s: a number has bounds", k.Name)
		}
	}
	v := reflect.ValueOf(p).Elem()
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; name != "Source" && seen[v.Field(i).Addr().Pointer()] == "" {
			t.Errorf("policy %s is no key of the configuration", name)
		}
	}
}

// A policy's fingerprint changes with every key that is marked, and with no other.
func TestFingerprintSaysWhatIndexesDependOn(t *testing.T) {
	for _, k := range PolicyKeys() {
		before := statutory()
		after := statutory()
		switch f := k.Field(&after).(type) {
		case *Span:
			f.Hours += 5
		case *string:
			*f += "x"
		case *int:
			*f++
		case *bool:
			*f = !*f
		case *[]string:
			*f = append(slices.Clone(*f), "x")
		}
		if changed := before.Fingerprint() != after.Fingerprint(); changed != (k.mark != "") {
			t.Errorf("%s changes the fingerprint: %v", k.Name, changed)
		}
	}
	if got, want := statutory().Fingerprint(), "24h|either|returned|72h|72h|24h|not_required+unable|clusters true 3 in 14|rules 2"; got != want {
		t.Errorf("%s, want %s: a file made by an earlier program builds its indexes anew", got, want)
	}
}

// An audience for which a copy is made gets something of the record, and has a letter of its own in the menu that makes it.
func TestEveryAudienceOfACopyGetsSomething(t *testing.T) {
	keys := map[string]bool{"": true}
	for _, a := range SharedAudiences() {
		gets := slices.ContainsFunc(Sections(), func(s SheetSection) bool {
			return slices.ContainsFunc(s.Fields, func(f SheetField) bool { return slices.Contains(f.For, a) })
		})
		if !gets || keys[a.Key()] {
			t.Errorf("%s: gets nothing of the record, or its letter %q is blank or another's", a, a.Key())
		}
		keys[a.Key()] = true
	}
}

func TestEveryClockIsReached(t *testing.T) {
	cs := &Clocks{}
	seen := map[*Clock]bool{}
	for _, k := range clocks {
		if seen[k.of(cs)] || k.while < owesInterview || k.while > owesNothing {
			t.Errorf("%s: reaches another's clock, or does not say while what is owed it counts", k.name)
		}
		seen[k.of(cs)] = true
	}
	if n := reflect.TypeOf(Clocks{}).NumField(); len(seen) != n {
		t.Errorf("%d clocks in the table, %d of a referral", len(seen), n)
	}
}

func TestEveryKindHasItsLetter(t *testing.T) {
	seen := map[string]bool{}
	for k := range kinds {
		switch p := Kind(k).prefix(); {
		case p == "" || seen[p] || Kind(k).Word() == "":
			t.Errorf("kind %d: letter %q, word %q: blank, or another's", k, p, Kind(k).Word())
		default:
			seen[p] = true
		}
	}
}

// What an interview raises by itself has words, and every kind has a time.
func TestEveryKindOfFollowUpIsWhole(t *testing.T) {
	for _, k := range followUpKinds {
		if (k.raised != byNothing) != (k.text != nil) {
			t.Errorf("%s: what is raised by itself has words, and nothing else has", k.kind)
		}
		if (k.raised == bySubmitting) != (k.turn > 0) || k.turn == planTurn {
			t.Errorf("%s: what submitting raises has its turn, and the plan's actions have theirs", k.kind)
		}
		if k.within == nil {
			t.Errorf("%s has no time", k.kind)
		}
	}
}
