package lists_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/lists"
	"homeward/tui/plain"
)

// described is a list as the walk over all of them needs it, whatever its rows are.
type described struct {
	header  []string
	filled  plain.Row // of a row in which everything is filled
	blank   plain.Row // of one in which only what cannot be absent is
	columns []plain.Column
	places  []int // of the columns in the table
	screen  screen
}

// describe tries a list on one row that holds everything and on one that holds nothing.
func describe[T any](l lists.List[T], blank T) described {
	now := time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
	rows := make([]T, 1)
	fill(reflect.ValueOf(&rows[0]).Elem(), 0)
	d := described{header: l.Header(), filled: l.Rows(rows, now)[0], blank: l.Rows([]T{blank}, now)[0], columns: l.Columns(rows, now)}
	for _, f := range l {
		if f.At != 0 {
			d.places = append(d.places, f.At)
		}
	}
	for _, c := range append(d.columns, l.Columns([]T{blank}, now)...) {
		c.Cell(0)
	}
	d.screen = onScreen(l, &rows[0], &blank)
	return d
}

// fill gives everything in a value something: a letter, a number, yes, one element.
func fill(v reflect.Value, deep int) {
	if deep > 10 {
		return
	}
	switch v.Interface().(type) {
	case domain.Moment:
		v.Set(reflect.ValueOf(domain.At(time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC))))
		return
	case domain.Date:
		v.Set(reflect.ValueOf(domain.DateOf(time.Date(2011, 5, 4, 10, 0, 0, 0, time.UTC))))
		return
	case domain.Stage:
		v.Set(reflect.ValueOf(domain.StageBooked))
		return
	case json.RawMessage:
		v.Set(reflect.ValueOf(json.RawMessage(`{"act":"x"}`)))
		return
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(1)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(1)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), deep+1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), deep+1)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(v.Field(i), deep+1)
			}
		}
		if v.CanAddr() {
			settle(v.Addr().Interface())
		}
	case reflect.Interface:
		if c := reflect.ValueOf(&domain.Child{Ref: "K1"}); c.Type().Implements(v.Type()) {
			v.Set(c)
		}
	}
}

// settle mends what a letter for every word makes nonsense of.
func settle(x any) {
	switch x := x.(type) {
	case *domain.Referral:
		a := domain.Attempt{At: domain.At(time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)), Result: domain.ResultSpoke, By: "x"}
		x.Attempts = []domain.Attempt{a, a}
		x.Attempts[0].With, x.Attempts[1].With = domain.WithChild, domain.WithCarer
		x.Attempts[0].Logged, x.Attempts[1].Logged = x.Again, x.Again // nothing was tried before the return
	case *domain.Booking:
		x.Outcome = "" // it stands
	case *domain.Parted:
		x.How = domain.PartedLeftOut
	case *domain.FollowUp:
		x.Attempts = []domain.Attempt{{At: x.Due, By: "x"}}
	case *view.Breach:
		x.Clock.Name = "interview"
	}
}

// allLists are every list, by the function that describes it.
func allLists() map[string]described {
	queue := view.QueueRow{Child: &domain.Child{}, Episode: &domain.Episode{}, Referral: &domain.Referral{}}
	rows := []*view.QueueRow{&queue}
	return map[string]described{
		"Queue":         describe(lists.Queue(), queue),
		"Overdue":       describe(lists.Overdue(), queue),
		"Missing":       describe(lists.Missing(), view.MissingRow{Child: &domain.Child{}, Episode: &domain.Episode{}}),
		"Events":        describe(lists.Events(), view.TimelineEvent{}),
		"Clusters":      describe(lists.Clusters(), view.ClusterRow{Child: &domain.Child{}}),
		"Alerts":        describe(lists.Alerts(), view.AlertRow{Child: &domain.Child{}}),
		"FollowUps":     describe(lists.FollowUps(), view.FollowUpRow{Child: &domain.Child{}, FollowUp: &domain.FollowUp{}}),
		"Intelligence":  describe(lists.Intelligence(), view.NotedRow{Noted: &domain.Noted{}}),
		"ReviewOverdue": describe(lists.ReviewOverdue(), view.Owed{Rows: rows}),
		"ReviewSignOff": describe(lists.ReviewSignOff(), view.ToSign{Rows: rows}),
		"ReviewSoon":    describe(lists.ReviewSoon(), view.Breach{Rows: rows}),
		"ReviewAsked":   describe(lists.ReviewAsked(), view.Question{Child: &domain.Child{}, Referral: &domain.Referral{}, Note: &domain.Note{}}),
		"ReviewPeople":  describe(lists.ReviewPeople(), view.Load{}),
		"ReviewWeeks":   describe(lists.ReviewWeeks(), lists.WeekMeasure{Week: &view.Week{}, Of: &view.Timeliness{}}),
		"Audit":         describe(lists.Audit(), view.AuditLine{}),
		"ToClose":       describe(lists.ToClose(), view.MissingRow{Child: &domain.Child{}, Episode: &domain.Episode{}}),
		"AuditOpened":   describe(lists.AuditOpened(), view.AuditLine{}),
		"Doctor":        describe(lists.Doctor(), view.Sign{}),
	}
}

// Every list: no two fields of one name, in a row that holds everything each has a value, in one that holds nothing each is
// there all the same, the columns for people have a place of their own, and what is a record has its version.
func TestEveryListIsWhole(t *testing.T) {
	unversioned := strings.Fields("Events ReviewOverdue ReviewSignOff ReviewSoon ReviewAsked ReviewPeople ReviewWeeks Audit AuditOpened Doctor") // they are no records
	for name, d := range allLists() {
		seen := map[string]bool{}
		for _, h := range d.header {
			if seen[h] || h != strings.ToLower(h) || strings.ContainsAny(h, " -") {
				t.Errorf("%s has %q twice, or not as scripts are used to", name, h)
			}
			seen[h] = true
		}
		if seen["version"] == slices.Contains(unversioned, name) {
			t.Errorf("%s: version is %t", name, seen["version"])
		}
		if !slices.Equal(d.filled.Header(), d.header) || !slices.Equal(d.blank.Header(), d.header) {
			t.Errorf("%s: header %v, rows %v and %v", name, d.header, d.filled.Header(), d.blank.Header())
		}
		var b bytes.Buffer
		if err := plain.Object(&b, d.filled); err != nil {
			t.Fatal(err)
		}
		var o map[string]any
		if err := json.Unmarshal(b.Bytes(), &o); err != nil {
			t.Fatalf("%s: %v in %s", name, err, b.String())
		}
		for _, h := range d.header {
			if v := o[h]; v == nil || v == "" || reflect.DeepEqual(v, []any{}) || reflect.DeepEqual(v, map[string]any{}) {
				t.Errorf("%s: %s is %v in a row in which everything is filled", name, h, v)
			}
		}
		b.Reset()
		if err := plain.CSV(&b, d.header, []plain.Row{d.filled, d.blank}); err != nil {
			t.Fatal(err)
		}
		if lines, err := csv.NewReader(&b).ReadAll(); err != nil || len(lines) != 3 {
			t.Errorf("%s as CSV: %v, %d lines", name, err, len(lines))
		}
		slices.Sort(d.places)
		if len(d.columns) == 0 || len(d.columns) != len(d.places) || len(slices.Compact(slices.Clone(d.places))) != len(d.places) {
			t.Errorf("%s: columns at %v", name, d.places)
		}
		heads := map[string]bool{}
		for _, c := range d.columns {
			if c.Title != "" && heads[c.Title] || c.Title != strings.ToUpper(c.Title) {
				t.Errorf("%s: a column %q, twice or not in capitals", name, c.Title)
			}
			heads[c.Title] = true
			if c.Cell(0) == "" {
				t.Errorf("%s: the column %q is empty in a row in which everything is filled", name, c.Title)
			}
		}
	}
}

// The walk above knows every list that the package describes.
func TestTheWalkKnowsEveryList(t *testing.T) {
	known := allLists()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, path := range files {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range f.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Recv != nil || fn.Type.Results == nil {
				continue
			}
			x, ok := fn.Type.Results.List[0].Type.(*ast.IndexExpr)
			if !ok {
				continue
			}
			if id, ok := x.X.(*ast.Ident); ok && id.Name == "List" {
				found++
				if _, ok := known[fn.Name.Name]; !ok {
					t.Errorf("%s is not walked over", fn.Name.Name)
				}
			}
		}
	}
	if found != len(known) {
		t.Errorf("%d lists are described, %d walked over", found, len(known))
	}
}
