package cli_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func at(t testing.TB, s string) time.Time {
	t.Helper()
	v, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// rfc is how a time stands in JSON: RFC 3339 with London's offset of that moment.
func rfc(unix int64) string {
	if unix == 0 {
		return ""
	}
	return time.Unix(unix, 0).In(london).Format(time.RFC3339)
}

func number(t testing.TB, v any) int {
	t.Helper()
	n, err := strconv.Atoi(strings.TrimLeft(text(v), "REFAICLBX"))
	if err != nil {
		t.Fatalf("%v is no number", v)
	}
	return n
}

func dates(v any) (names []string) {
	list, _ := v.([]any)
	for _, n := range list {
		names = append(names, text(n))
	}
	return names
}

// ageAt is how old a child is in whole years; who was born on 29 February is a year older on 1 March.
func ageAt(dob string, now int64) string {
	var by, bm, bd, y, m, d int
	_, _ = fmt.Sscanf(dob, "%d-%d-%d", &by, &bm, &bd)
	_, _ = fmt.Sscanf(dayOf(now), "%d-%d-%d", &y, &m, &d)
	age := y - by
	if m < bm || m == bm && d < bd {
		age--
	}
	return strconv.Itoa(age)
}

// agrees holds queue, overdue and missing against the oracle.
func (w *world) agrees(d *desk, p policy) {
	d.Helper()
	now := at(d, d.now).Unix()
	want := w.queue(p, now)
	rows := d.list("queue")
	if len(rows) != len(want) {
		d.Errorf("queue: %d rows, the oracle has %d", len(rows), len(want))
	}
	suggested := w.suggested()
	inOne := 0
	var late []expected
	faults, lastDue, lastID := 0, int64(0), 0
	for i, r := range rows {
		ref := text(r["police_ref"])
		e, ok := want[ref]
		if !ok {
			d.Fatalf("queue: %s is not to be here", ref)
		}
		delete(want, ref)
		for field, v := range map[string]string{
			"returned_at": rfc(e.s.back.unix), "received_at": rfc(e.received), "contact_due_at": rfc(e.contact), "interview_due_at": rfc(e.interview),
			"return_due_at": rfc(e.home), "next_due_at": rfc(e.at), "overdue": strconv.FormatBool(e.overdue), "child_name": e.s.name, "stage": "new",
			"age": ageAt(e.s.dob, now), "attempts": "0", "contact_met_at": "", "write_up_due_at": "", "share_due_at": "", "receipt_recorded": strconv.FormatBool(!e.byImport),
		} {
			if text(r[field]) != v {
				faults++
				d.Errorf("queue %s %s: %v, the oracle has %s\nthe source said %v", ref, field, r[field], v, e.s.cells)
			}
		}
		for field, day := range map[string]bool{"returned_at": e.s.back.day, "received_at": !e.byImport && e.s.told.day} {
			if slices.Contains(dates(r["date_only"]), field) != day {
				faults++
				d.Errorf("queue %s: date_only %v, %s is a day alone: %v", ref, r["date_only"], field, day)
			}
		}
		if slices.Contains(dates(r["flags"]), "high_risk") != (e.s.risk == "high") || slices.Contains(dates(r["flags"]), "harm") != strings.Contains(e.s.flags, "harm") {
			faults++
			d.Errorf("queue %s: flags %v, risk %q, flags %q", ref, r["flags"], e.s.risk, e.s.flags)
		}
		if r["suggested_cluster"] != (suggested[ref] && p.clusters) {
			faults++
			d.Errorf("queue %s: suggested_cluster %v, the oracle has %v", ref, r["suggested_cluster"], suggested[ref])
		}
		if suggested[ref] {
			inOne++
		}
		id := number(d, r["referral"])
		if e.at < lastDue || e.at == lastDue && id < lastID {
			faults++
			d.Errorf("queue: row %d, %s, is out of order", i, ref)
		}
		lastDue, lastID = e.at, id
		if e.overdue {
			late = append(late, e)
		}
		if faults > 10 {
			d.Fatal("and more")
		}
	}
	if inOne < len(rows)/20 || inOne > len(rows)*19/20 {
		d.Errorf("%d of %d are in a suggestion: the file proves little", inOne, len(rows))
	}
	over := d.list("overdue")
	if len(over) != len(late) || len(late) == 0 {
		d.Fatalf("overdue: %d rows, the oracle has %d", len(over), len(late))
	}
	for i, r := range over {
		if r["police_ref"] != late[i].s.ref || text(r["late_s"]) != strconv.FormatInt(now-late[i].interview, 10) || r["reason_late"] != nil {
			d.Fatalf("overdue: row %d is %v %v %v, the oracle has %s %d", i, r["police_ref"], r["late_s"], r["reason_late"], late[i].s.ref, now-late[i].interview)
		}
	}
	w.agreesOnMissing(d, now)
}

func (w *world) agreesOnMissing(d *desk, now int64) {
	d.Helper()
	rows, want := d.list("missing"), slices.DeleteFunc(w.missing(), func(s *story) bool { // who is 18 by now is not missing now
		age, err := strconv.Atoi(ageAt(s.dob, now))
		return err == nil && s.dob != "" && age >= 18
	})
	if len(rows) != len(want) {
		d.Fatalf("missing: %d rows, the oracle has %d", len(rows), len(want))
	}
	byRef, last := map[string]*story{}, int64(0)
	for _, s := range want {
		byRef[s.ref] = s
	}
	for i, r := range rows {
		s := byRef[text(r["police_ref"])]
		if s == nil || text(r["missing_at"]) != rfc(s.missing.unix) || text(r["missing_s"]) != strconv.FormatInt(now-s.missing.unix, 10) ||
			text(r["risk"]) != s.risk || slices.Contains(dates(r["date_only"]), "missing_at") != s.missing.day || s.missing.unix < last {
			d.Fatalf("missing: row %d is %v\nthe oracle has %+v", i, r, s)
		}
		last = s.missing.unix
	}
}

// imports takes a file in and holds the counts against the oracle's.
func (w *world) imports(d *desk, file string, want counts, args ...string) said {
	d.Helper()
	s := d.run(file, append([]string{"import", "-", "--format-out", "json"}, args...)...)
	var got struct{ Read, Created, Updated, Unchanged, Refused int }
	if err := json.Unmarshal([]byte(s.out), &got); err != nil {
		d.Fatalf("%v\n%v", err, s)
	}
	if (counts{got.Read, got.Created, got.Updated, got.Unchanged, got.Refused}) != want {
		d.Fatalf("import %v says %v, the oracle %+v\n%s", args, got, want, clip(s.err))
	}
	if status := map[bool]int{true: 3, false: 0}[want.refused > 0]; s.status != status {
		d.Errorf("import ends with %d, should be %d", s.status, status)
	}
	return s
}

var policies = map[string]struct {
	config string
	policy policy
}{
	"statutory":   {"profile = \"statutory\"\n", policy{"returned", true}},
	"west_sussex": {"profile = \"west_sussex\"\n", policy{"notified", false}},
	"found":       {"profile = \"statutory\"\n[policy]\ninterview_clock = \"found\"\n", policy{"found", true}},
}

func TestListsAgreeWithTheOracle(t *testing.T) {
	episodes := 2400
	if testing.Short() {
		episodes = 700
	}
	for name, p := range policies {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := makeFile(26, episodes, at(t, now))
			file := m.file()
			w := &world{t: t, stories: map[string]*story{}}
			d := newDesk(t).with(p.config)
			first, bad := w.take(file, at(t, now).Unix())
			if first.created < episodes*3/4 || first.unchanged < 20 || first.refused < 20 {
				t.Fatalf("the file proves little: %+v", first)
			}

			d.did(`{"act":"referral.new","child_ref":"Z","missing_at":"2026-11-01"}`, `{"act":"undo"}`) // the database is there
			before := d.ends(0, "audit", "list", "--format", "json").out
			w.imports(d, file, first, "--dry-run")
			if after := d.ends(0, "audit", "list", "--format", "json").out; after != before {
				t.Error("a dry run was recorded")
			}
			if rows := d.list("queue"); len(rows) > 0 {
				t.Errorf("a dry run raised %d referrals", len(rows))
			}

			w.imports(d, file, first, "--rejects", d.path("rejects.csv"))
			w.agrees(d, p.policy)
			differ := 0 // the control: the file tells the policies apart
			for ref, e := range w.queue(policy{clock: "returned"}, at(t, now).Unix()) {
				for _, other := range []string{"notified", "found"} {
					if w.queue(policy{clock: other}, at(t, now).Unix())[ref].at != e.at {
						differ++
					}
				}
				if differ > 30 {
					break
				}
			}
			if differ < 30 {
				t.Fatalf("only %d due times depend on the policy", differ)
			}
			for _, later := range []string{"2026-11-23T09:00:00Z", "2027-03-30T10:00:00+01:00"} {
				w.agrees(d.at(later), p.policy)
			}

			before = d.ends(0, "audit", "list", "--format", "json").out
			again, _ := w.take(file, at(t, now).Unix())
			if again.created+again.updated != 0 {
				t.Fatalf("the oracle changes its mind: %+v", again)
			}
			w.imports(d, file, again)
			if after := d.ends(0, "audit", "list", "--format", "json").out; after != before {
				t.Errorf("the same file again was recorded: %s", clip(strings.TrimPrefix(after, before)))
			}
			w.agrees(d, p.policy)

			w.mend(d, bad, at(t, now).Unix())
			w.agrees(d, p.policy)

			later := d.at("2026-11-25T12:00:00Z")
			back := m.closing(at(t, now), at(t, later.now))
			gone := len(w.missing())
			c, _ := w.take(back, at(t, later.now).Unix())
			if c.updated < 20 || c.updated != c.read || len(w.missing()) >= gone {
				t.Fatalf("the oracle closes %+v of %d", c, gone)
			}
			w.imports(later, back, c)
			w.agrees(later, p.policy)
			d.sound()
		})
	}
}

// mend repairs what stands in the rejects and takes it in.
func (w *world) mend(d *desk, bad map[int]string, now int64) {
	d.Helper()
	rows, err := csv.NewReader(strings.NewReader(d.read("rejects.csv"))).ReadAll()
	if err != nil {
		d.Fatal(err)
	}
	head := rows[0]
	if !slices.Equal(head, append(slices.Clone(sourceColumns), "line", "reason")) {
		d.Fatalf("rejects have the columns %v", head)
	}
	if len(rows)-1 != len(bad) {
		d.Fatalf("%d rejects, the oracle has %d", len(rows)-1, len(bad))
	}
	col := func(name string) int { return slices.Index(head, name) }
	for i, r := range rows[1:] {
		line, _ := strconv.Atoi(r[col("line")])
		column := bad[line]
		if column == "" || !strings.Contains(r[col("reason")], column) {
			d.Errorf("rejected: line %d, %q; the oracle has the fault in %q", line, r[col("reason")], column)
		}
		r[col(column)] = map[string]string{"missing_at": "2026-03-01 10:00", "police_ref": fmt.Sprintf("MENDED/%d", i), "risk": "high", "flags": "harm",
			"returned_at": "2026-10-01 12:00", "found_at_time": "", "notified_at": ""}[column]
	}
	mended := csvText(head, rows[1:])
	c, still := w.take(mended, now)
	if len(still) > 0 || c.created != len(bad) {
		d.Fatalf("the oracle still refuses %v of %+v", still, c)
	}
	if s := w.imports(d, mended, c); strings.Contains(s.err, "not known") {
		d.Errorf("columns line and reason are not unknown: %s", s.err)
	}
}
