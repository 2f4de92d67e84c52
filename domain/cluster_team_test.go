package domain_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
	"homeward/domain/view"
)

// returned takes in a row of a child who came back: its police reference, from when to when, and more cells.
func (tm *team) returned(child, ref, from, to string, more ...string) *domain.Outcome {
	tm.Helper()
	return tm.arrived(append([]string{"police_ref=" + ref, "child_ref=" + child, "given_name=Ivy", "family_name=Stone", "dob=2011-03-14",
		"missing_at=" + from, "returned_at=" + to, "notified_at=" + to}, more...)...)
}

// dense is a child K1 with three returns in a week, P1 to P3 of referrals R1 to R3, on Sunday 22 November at 18:00.
func dense(t testing.TB) *team {
	t.Helper()
	tm := newTeam(t)
	tm.returned("K1", "P1", "2026-11-14 20:00", "2026-11-15 02:00")
	tm.returned("K1", "P2", "2026-11-17 20:00", "2026-11-18 06:00")
	tm.returned("K1", "P3", "2026-11-20 20:00", "2026-11-21 09:30")
	return tm
}

// together is dense with the three made one interview, CL1.
func together(t testing.TB) *team {
	t.Helper()
	tm := dense(t)
	tm.do(acceptThree)
	return tm
}

const (
	acceptThree  = `{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P2","P3"]}`
	dismissThree = `{"act":"cluster.dismiss","child_ref":"K1","episodes":["P1","P2","P3"],"reason":"each wants its own talk"}`
)

// clustersOf lists the suggestions and clusters of one child.
func clustersOf(r domain.Reader, child domain.ID) ([]view.ClusterRow, error) {
	all, err := view.ReadClusters(r)
	return slices.DeleteFunc(all, func(c view.ClusterRow) bool { return c.Child.ID != child }), err
}

// clusters lists the child's as "state: members".
func (tm *team) clusters(child string) string {
	tm.Helper()
	c, err := domain.ChildNamed(tm, child)
	rows, err := clustersOf(tm, must(tm, c, err).ID)
	if err != nil {
		tm.Fatal(err)
	}
	var out []string
	for _, r := range rows {
		out = append(out, string(r.State)+": "+strings.Join(memberRefs(r), " "))
	}
	return strings.Join(out, "; ")
}

func memberRefs(r view.ClusterRow) (refs []string) {
	for _, m := range r.Members {
		refs = append(refs, m.Episode.ShownRef())
	}
	return refs
}

// row reads the one cluster or suggestion there is.
func (tm *team) row() view.ClusterRow {
	tm.Helper()
	rows, err := view.ReadClusters(tm)
	if err != nil || len(rows) != 1 {
		tm.Fatalf("%d clusters, %v", len(rows), err)
	}
	return rows[0]
}

// listed checks what is suggested and what stands for child K1.
func (tm *team) listed(want string) {
	tm.Helper()
	if got := tm.clusters("K1"); got != want {
		tm.Errorf("clusters are %q, should be %q", got, want)
	}
}

// AdditionsTo of the one cluster.
func (tm *team) additions() string {
	tm.Helper()
	var refs []string
	for _, k := range tm.row().Additions {
		refs = append(refs, k.ShownRef())
	}
	return strings.Join(refs, " ")
}

func (tm *team) cluster(n uint64) *domain.Cluster {
	tm.Helper()
	c, err := tm.Cluster(domain.NewID(domain.KindCluster, n))
	return must(tm, c, err)
}

// stages of referrals R1 on, in order.
func (tm *team) stages(n uint64) string {
	tm.Helper()
	var out []string
	for i := uint64(1); i <= n; i++ {
		out = append(out, string(tm.referral(i).StageOn(domain.DateOf(tm.now))))
	}
	return strings.Join(out, " ")
}

// inForce is when the interview of a referral is due by the queue.
func (tm *team) inForce(n uint64) domain.Moment {
	tm.Helper()
	row, err := view.ReadQueueRow(tm, domain.NewID(domain.KindReferral, n))
	return must(tm, row, err).InterviewDue
}

// touchedIDs are all records that were ever made, in order.
func (tm *team) touchedIDs() []domain.ID {
	var ids []domain.ID
	for _, ch := range tm.Changes() {
		for _, t := range ch.Touched {
			ids = append(ids, t.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// record reads one of any kind; nil when it is not there.
func (tm *team) record(id domain.ID) domain.Record {
	tm.Helper()
	rec, err := domain.ReadRecord(tm, id)
	if err != nil {
		tm.Fatal(err)
	}
	return rec
}

// all is every record that is there, versions apart.
func (tm *team) all() string {
	tm.Helper()
	var b strings.Builder
	for _, id := range tm.touchedIDs() {
		if rec := tm.record(id); rec != nil {
			j, err := json.Marshal(rec.WithVersion(0))
			if err != nil {
				tm.Fatal(err)
			}
			fmt.Fprintf(&b, "%s %s\n", id, j)
		}
	}
	return b.String()
}

// unchanged takes a line that is to be refused and checks that nothing came of it.
func (tm *team) nothing(code domain.Code, field string, say []string, line string, args ...any) {
	tm.Helper()
	before := tm.all()
	tm.refused(code, field, say, line, args...)
	if tm.all() != before {
		tm.Errorf("%s: refused, and yet something changed", fmt.Sprintf(line, args...))
	}
}

// undone takes the last change back and checks that everything is as it was.
func (tm *team) undone(before string) {
	tm.Helper()
	tm.do(`{"act":"undo"}`)
	if after := tm.all(); after != before {
		tm.Errorf("undone is not as before:\n%s\nbefore:\n%s", after, before)
	}
}
