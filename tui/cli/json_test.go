package cli_test

import (
	"encoding/csv"
	"encoding/json"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"homeward/tui/tuitest"
)

// What a field promises: a letter each, "?" where it may be null.
const (
	queueFields = "referral:R version:n child_ref:s child_name:s age:n? episode:E police_ref:s? stage:s responsible:s? assigned_to:s? received_at:t returned_at:t? " +
		"contact_due_at:t contact_met_at:t? interview_due_at:t? return_due_at:t? write_up_due_at:t? share_due_at:t? next_due_at:t? booked_for:t? overdue:b " +
		"attempts:n declines:n try_again_at:t? cluster:CL? suggested_cluster:b flags:a explain:o date_only:a"
	overdueFields = queueFields + " late_s:n reason_late:s?"
	missingFields = "child_ref:s child_name:s episode:E version:n police_ref:s? missing_at:t missing_s:n risk:s? flags:a date_only:a"
	childFields   = "child_ref:s child_name:s version:n"
	eventFields   = "at:t kind:s summary:s"
	answerFields  = "line:n ok:b act:s id:s? repeated:b version:n"
	refusalFields = "line:n ok:b act:s? id:s? code:s field:s? message:s"
	importFields  = "read:n created:n updated:n unchanged:n refused:n children_created:n"
)

var shapes = map[string]*regexp.Regexp{
	"n": regexp.MustCompile(`^(0|[1-9][0-9]*)$`), "s": regexp.MustCompile(`(?s)^.+$`),
	"R": regexp.MustCompile(`^R[1-9][0-9]*$`), "E": regexp.MustCompile(`^E[1-9][0-9]*$`), "CL": regexp.MustCompile(`^CL[1-9][0-9]*$`),
}

// keeps holds an object against what its fields promise.
func keeps(t testing.TB, what string, o object, promise string) {
	t.Helper()
	for p := range strings.FieldsSeq(promise) {
		name, kind, _ := strings.Cut(p, ":")
		v, there := o[name]
		if !there {
			t.Errorf("%s: there is no %s in %v", what, name, o)
			continue
		}
		if v == nil && strings.HasSuffix(kind, "?") {
			continue
		}
		fine := false
		switch kind = strings.TrimSuffix(kind, "?"); kind {
		case "b":
			_, fine = v.(bool)
		case "a":
			list, ok := v.([]any)
			fine = ok
			for _, e := range list {
				_, isText := e.(string)
				fine = fine && isText
			}
		case "o":
			_, fine = v.(map[string]any)
		case "n":
			_, isNumber := v.(json.Number)
			fine = isNumber && shapes["n"].MatchString(text(v))
		case "t":
			s, _ := v.(string)
			at, err := time.Parse(time.RFC3339, s)
			fine = err == nil && at.In(london).Format(time.RFC3339) == s
		default:
			s, isText := v.(string)
			fine = isText && shapes[kind].MatchString(s)
		}
		if !fine {
			t.Errorf("%s: %s is %#v, promised is %s", what, name, v, kind)
		}
	}
}

// desk with a bit of everything: minutes and days, summer and winter, names like formulas.
func mixed(t testing.TB) *desk {
	t.Helper()
	d := newDesk(t)
	d.did(adaIsBack,
		`{"act":"referral.new","child_ref":"=K2","given_name":"+Max","family_name":"@Hill, \"Jr\"","missing_at":"2026-10-24","returned_at":"2026-10-25 01:30","notified_at":"26/10/2026"}`,
		`{"act":"referral.new","police_ref":"-P3","given_name":"Zoë","family_name":"Ní Dhónaill","dob":"2012-02-29","missing_at":"2026-07-01 10:00","returned_at":"2026-07-01","flags":"harm;exploitation","risk":"high"}`,
		`{"act":"referral.new","police_ref":"P4","child_ref":"K4","missing_at":"2026-11-20 09:00"}`,
		`{"act":"referral.new","police_ref":"P5","child_ref":"K5","missing_at":"2026-07-20","risk":"very_low"}`,
		`{"act":"referral.new","police_ref":"P6","child_ref":"K6","missing_at":"2026-11-21 09:00","found_at_time":"2026-11-21 23:00"}`,
		`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"asked_for_later","try_again_at":"2026-11-23T15:30:00Z"}`,
		`{"act":"referral.book","referral":"R1","when":"2026-11-24T15:30:00Z"}`,
		`{"act":"referral.assign","referral":"R2","to":"`+tuitest.Account()+`"}`,
		`{"act":"referral.late","referral":"R2","reason":"capacity"}`)
	return d
}

func TestListsKeepTheirPromises(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, list := range []string{"queue", "missing", "overdue"} {
		d.run("", "do") // there is a database
		if s := d.ends(0, list, "--format", "json"); strings.TrimSpace(s.out) != "[]" {
			t.Errorf("an empty list is an empty array: %v", s)
		}
	}
	d = mixed(t)
	for list, c := range map[string]struct{ promise, order string }{
		"queue":   {queueFields, "R3 R2 R4 R1"},
		"overdue": {overdueFields, "R3 R2"},
		"missing": {missingFields, "E5 E4 E6"},
	} {
		var order []string
		for _, r := range d.list(list) {
			keeps(t, list, r, c.promise)
			if list == "missing" {
				order = append(order, text(r["episode"]))
			} else {
				order = append(order, text(r["referral"]))
			}
		}
		if strings.Join(order, " ") != c.order {
			t.Errorf("%s: %v, should be %s", list, order, c.order)
		}
	}
	r := d.row("queue", "referral", "R2")
	for field, want := range map[string]string{"police_ref": "", "age": "", "returned_at": "2026-10-25T01:30:00+01:00", "received_at": "2026-10-26T00:00:00Z",
		"interview_due_at": "2026-10-28T00:30:00Z", "contact_due_at": "2026-10-27T00:00:00Z", "next_due_at": "2026-10-27T00:00:00Z", "assigned_to": tuitest.Account()} {
		if text(r[field]) != want {
			t.Errorf("R2 %s: %v, should be %s", field, r[field], want)
		}
	}
	if names := dates(r["date_only"]); !slices.Contains(names, "received_at") || slices.Contains(names, "returned_at") {
		t.Errorf("R2: date_only %v", names)
	}
	if r = d.row("queue", "referral", "R3"); r["returned_at"] != "2026-07-01T00:00:00+01:00" || !slices.Contains(dates(r["date_only"]), "returned_at") {
		t.Errorf("R3: %v", r)
	}
	if r = d.row("missing", "episode", "E5"); r["missing_at"] != "2026-07-20T00:00:00+01:00" || !slices.Contains(dates(r["date_only"]), "missing_at") {
		t.Errorf("E5: %v", r)
	}
	for _, ref := range []string{"K1", "=K2", "K4", "C3"} {
		var o struct {
			Child  object
			Events []object
		}
		decode(t, d.ends(0, "timeline", ref, "--format", "json").out, &o)
		keeps(t, "timeline "+ref, o.Child, childFields)
		last := time.Time{}
		for _, e := range o.Events {
			keeps(t, "timeline "+ref, e, eventFields)
			when := at(t, text(e["at"]))
			if when.Before(last) {
				t.Errorf("timeline %s: oldest first: %v", ref, e)
			}
			last = when
		}
		if len(o.Events) == 0 || o.Child["child_ref"] != ref {
			t.Errorf("timeline %s: %v", ref, o)
		}
	}
	keeps(t, "do", d.did(note("x")), answerFields+" referral:R")
	keeps(t, "do", d.refused("not_found", "referral", `{"act":"referral.note","id":"z","referral":"R9","text":"x"}`), refusalFields)
	var counts object
	decode(t, d.run(rows, "import", "-", "--format-out", "json").out, &counts)
	keeps(t, "import", counts, importFields)
}

func TestEachDueTimeExplainsItself(t *testing.T) {
	t.Parallel()
	d := mixed(t).with("profile = \"newham\"\n")
	explain := func(ref string) map[string]any {
		m, _ := d.row("queue", "referral", ref)["explain"].(map[string]any)
		return m
	}
	if got, want := explain("R1")["interview_due_at"], "due Wed 25 Nov 14:10 = returned Sun 22 Nov 14:10 + 72 h (policy interview_within, Newham / DfE 2014)"; got != want {
		t.Errorf("%v\nshould be %s", got, want)
	}
	if got, want := explain("R1")["contact_due_at"], "due Mon 23 Nov 14:30 = received Sun 22 Nov 14:30 + 24 h (policy contact_within, "; !strings.HasPrefix(text(got), want) {
		t.Errorf("%v\nshould be %s", got, want)
	}
	if got := text(explain("R2")["interview_due_at"]); lacks(got, "due Wed 28 Oct 00:30 = returned Sun 25 Oct 01:30 + 72 h") != nil {
		t.Error("over the night of the clock change: ", got)
	}
	if got := text(explain("R3")["return_due_at"]); lacks(got, "due Sat 4 Jul 10:00", "time not recorded") != nil {
		t.Error("a day without a time says so: ", got)
	}
	if got := text(explain("R3")["contact_due_at"]); lacks(got, "when it was taken here") != nil {
		t.Error(got)
	}
	for _, r := range d.list("queue") {
		lines, _ := r["explain"].(map[string]any)
		for _, field := range []string{"contact_due_at", "interview_due_at", "return_due_at"} {
			if line := text(lines[field]); line == "" || strings.Contains(line, "\n") {
				t.Errorf("%v: %s explains itself in one line: %q", r["referral"], field, line)
			}
		}
	}
	d.with("[policy]\ninterview_clock = \"found\"\n")
	if got := text(explain("R1")["interview_due_at"]); lacks(got, "found time", "return") != nil {
		t.Error("without a found time the return counts, and it says so: ", got)
	}
	d.with("[policy]\ninterview_within = \"3d\"\n")
	if got := d.row("queue", "referral", "R2")["interview_due_at"]; got != "2026-10-28T01:30:00Z" {
		t.Errorf("three days are calendar days at the same clock time: %v", got)
	}
}

func TestCSVHasTheFieldsOfJSONAndNoFormulas(t *testing.T) {
	t.Parallel()
	d := mixed(t)
	for _, list := range []string{"queue", "missing", "overdue"} {
		out := d.ends(0, list, "--format", "csv").out
		table, err := csv.NewReader(strings.NewReader(out)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		rows := d.list(list)
		if len(table) != len(rows)+1 {
			t.Errorf("%s: %d rows, JSON has %d", list, len(table)-1, len(rows))
		}
		head := slices.Clone(table[0])
		var fields []string
		for f := range rows[0] {
			if f != "date_only" { // a day stands as a day
				fields = append(fields, f)
			}
		}
		sort.Strings(head)
		sort.Strings(fields)
		if !slices.Equal(head, fields) {
			t.Errorf("%s: columns\n%v, JSON has\n%v", list, head, fields)
		}
		for _, row := range table[1:] {
			for i, cell := range row {
				if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
					t.Errorf("%s: %s is a formula: %q", list, table[0][i], cell)
				}
			}
		}
		empty := newDesk(t)
		empty.run("", "do")
		if first, _, _ := strings.Cut(empty.ends(0, list, "--format", "csv").out, "\r\n"); first != strings.Join(table[0], ",") {
			t.Errorf("%s: an empty list has its header: %s", list, first)
		}
	}
	if out := d.ends(0, "queue", "--format", "csv").out; lacks(out, `'=K2`, `"'+Max @Hill, ""Jr"""`, `'-P3`, "2026-07-01,") != nil {
		t.Error(clip(out))
	}
}
