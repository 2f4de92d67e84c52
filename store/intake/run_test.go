package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	_ "time/tzdata"

	"homeward/domain"
	"homeward/store/intake/intaketest"
)

// now is the Sunday on which the tests stand still, 14:10 in London.
func now() time.Time { return time.Date(2026, 11, 22, 14, 10, 0, 0, time.UTC) }

func newDesk() *intaketest.Desk { return intaketest.NewDesk(now(), nil) }

// take runs a file and fails the test on an error.
func takeFile(t testing.TB, d view.Desk, file string, o Options) *Report {
	t.Helper()
	rep, err := Run(t.Context(), d, strings.NewReader(file), o)
	if err != nil {
		t.Fatalf("run: %v", err)
	}
	return rep
}

// buffer collects rejects and knows whether it was opened and closed.
type buffer struct {
	bytes.Buffer
	opened, closed bool
}

func (b *buffer) open() (io.WriteCloser, error) { b.opened = true; return b, nil }
func (b *buffer) Close() error                  { b.closed = true; return nil }

// counts is the report in one line.
func counts(r *Report) string {
	c := r.Counts
	return fmt.Sprintf("read %d created %d updated %d unchanged %d refused %d children %d referred %d",
		c.Read, c.Created, c.Updated, c.Unchanged, c.Refused, c.ChildrenCreated, r.Referred)
}

// expected is the same line from what the maker of the file knows.
func expected(truth []intaketest.Truth) string {
	var r Report
	for _, t := range truth {
		r.Counts.Read++
		if t.Verdict == intaketest.Refused {
			r.Counts.Refused++
			continue
		}
		r.count(domain.RowVerdict{Created: t.Verdict == intaketest.Created, Updated: t.Verdict == intaketest.Updated,
			ChildCreated: t.NewChild, Referred: t.Referred})
	}
	return counts(&r)
}

func TestMadeFileComesToWhatItsMakerKnows(t *testing.T) {
	for _, seed := range []int64{1, 2, 3} {
		file, truth := intaketest.Referrals(seed, 3000, now())
		desk, out := newDesk(), &buffer{}
		rep := takeFile(t, desk, string(file), Options{Rejects: out.open, BatchRows: 500})
		if got, want := counts(rep), expected(truth); got != want {
			t.Fatalf("seed %d:\n got %s\nwant %s", seed, got, want)
		}
		if desk.Imports[rep.Import] != rep.Counts {
			t.Errorf("the import's record has %+v, the report %+v", desk.Imports[rep.Import], rep.Counts)
		}
		refused := map[int]string{}
		for _, r := range rep.RefusedRows {
			refused[r.Line] = r.Column
		}
		last := map[string]intaketest.Truth{}
		for _, tr := range truth {
			if tr.Verdict == intaketest.Refused {
				if refused[tr.Line] != tr.Column {
					t.Errorf("line %d: refused for %q, want %q", tr.Line, refused[tr.Line], tr.Column)
				}
				continue
			}
			last[tr.PoliceRef] = tr
		}
		for ref, tr := range last {
			e := desk.Episode(ref)
			if e == nil {
				t.Fatalf("%s (line %d) is not there", ref, tr.Line)
			}
			if !e.MissingAt.Time().Equal(tr.Missing) || !e.ReturnedAt.Time().Equal(tr.Returned) || e.MissingAt.DateOnly() != tr.DateOnly {
				t.Errorf("%s: %v to %v, want %v to %v", ref, e.MissingAt, e.ReturnedAt, tr.Missing, tr.Returned)
			}
			if (desk.Referral(ref) != nil) != !tr.Returned.IsZero() {
				t.Errorf("%s: referral %v, returned %v", ref, desk.Referral(ref), tr.Returned)
			}
		}
		if len(rep.FileNotes) != 1 || !strings.Contains(rep.FileNotes[0], "force_area") {
			t.Errorf("file notes %q: want one, naming the unknown column", rep.FileNotes)
		}
		if !out.closed {
			t.Error("the rejects were not closed")
		}

		again := takeFile(t, desk, string(file), Options{BatchRows: 500})
		n := len(truth) - rep.Counts.Refused
		if got, want := counts(again), fmt.Sprintf("read %d created 0 updated 0 unchanged %d refused %d children 0 referred 0", len(truth), n, rep.Counts.Refused); got != want {
			t.Errorf("again:\n got %s\nwant %s", got, want)
		}
		if again.Import != 0 || len(desk.Imports) != 1 {
			t.Errorf("again left a record of an import: %v", desk.Imports)
		}
		rejectsAreRefusedAlike(t, desk, rep, out.String())
	}
}

// rejectsAreRefusedAlike reads the rejects again, not mended: they come back cell for cell.
func rejectsAreRefusedAlike(t *testing.T, desk view.Desk, first *Report, rejected string) {
	t.Helper()
	out := &buffer{}
	rep := takeFile(t, desk, rejected, Options{Rejects: out.open})
	if rep.Counts.Refused != first.Counts.Refused || rep.Counts.Read != first.Counts.Refused {
		t.Fatalf("rejects: %s, want %d refused", counts(rep), first.Counts.Refused)
	}
	strip := func(s string) string { // the line differs, and that alone
		var b strings.Builder
		r := newCSVReader(strings.NewReader(s))
		for {
			rec, err := r.next()
			if err != nil {
				return b.String()
			}
			n := len(rec.fields)
			fmt.Fprintf(&b, "%q %q\n", rec.fields[:n-2], rec.fields[n-1])
		}
	}
	if a, b := strip(rejected), strip(out.String()); a != b {
		t.Errorf("rejects of rejects differ:\n%s\n%s", a, b)
	}
}

func TestDryRunSaysWhatTheImportWillDo(t *testing.T) {
	file, _ := intaketest.Referrals(11, 2500, now())
	half := file[:bytes.IndexByte(file[len(file)/2:], '\n')+len(file)/2+1]
	for name, before := range map[string][]byte{"nothing known": nil, "half known": half, "all known": file} {
		t.Run(name, func(t *testing.T) {
			desk := newDesk()
			if before != nil {
				takeFile(t, desk, string(before), Options{})
			}
			acts := len(desk.Acts)
			dry := takeFile(t, desk, string(file), Options{DryRun: true, BatchRows: 300})
			if len(desk.Acts) != acts {
				t.Fatal("the dry run did something")
			}
			rows, told, err := Preview(t.Context(), desk, bytes.NewReader(file), Options{BatchRows: 300}, 1<<20)
			if err != nil {
				t.Fatal(err)
			}
			real := takeFile(t, desk, string(file), Options{BatchRows: 300})
			if counts(dry) != counts(real) || dry.WarningCount != real.WarningCount || dry.Import != 0 {
				t.Errorf("dry  %s, %d warnings\nreal %s, %d warnings", counts(dry), dry.WarningCount, counts(real), real.WarningCount)
			}
			if counts(told) != counts(real) {
				t.Errorf("preview %s\nreal    %s", counts(told), counts(real))
			}
			if len(rows) != real.Counts.Read {
				t.Errorf("preview told %d rows of %d", len(rows), real.Counts.Read)
			}
			by := map[string]int{}
			for _, r := range rows {
				by[r.Verdict]++
			}
			c := real.Counts
			if by[New]+by[Doubtful] != c.Created || by[Changed] != c.Updated || by[Unchanged] != c.Unchanged || by[Refused] != c.Refused {
				t.Errorf("verdicts %v, counts %s", by, counts(real))
			}
		})
	}
}

func TestStoppedAtAnyBatchASecondRunFinishes(t *testing.T) {
	file, truth := intaketest.Referrals(5, 600, now())
	want := state(t, file, truth)
	for stop := 1; stop <= 6; stop++ {
		desk := newDesk()
		ctx, cancel := context.WithCancel(t.Context())
		batches := 0
		rep, err := Run(ctx, desk, bytes.NewReader(file), Options{BatchRows: 100, Progress: func(int64, int) {
			if batches++; batches == stop {
				cancel()
			}
		}})
		cancel()
		if !errors.Is(err, context.Canceled) || !rep.Stopped || rep.Counts.Read != stop*100 {
			t.Fatalf("stopped at %d: %v, %+v", stop, err, rep)
		}
		if got := truth[rep.Counts.Read-1].Line; rep.LastLine != got {
			t.Errorf("stopped behind line %d, want %d", rep.LastLine, got)
		}
		if desk.Imports[rep.Import] != rep.Counts {
			t.Errorf("the record of the stopped import says %+v, the report %+v", desk.Imports[rep.Import], rep.Counts)
		}
		second := takeFile(t, desk, string(file), Options{BatchRows: 100})
		if got := rep.Counts.Created + second.Counts.Created; got != strings.Count(fmt.Sprint(truth), intaketest.Created) {
			t.Errorf("stopped at %d: %d created in both", stop, got)
		}
		if got := stateOf(desk, truth); got != want {
			t.Errorf("stopped at %d: the second run came to something else", stop)
		}
	}
}

// state is what one whole run comes to.
func state(t *testing.T, file []byte, truth []intaketest.Truth) string {
	t.Helper()
	desk := newDesk()
	takeFile(t, desk, string(file), Options{})
	return stateOf(desk, truth)
}

func stateOf(desk *intaketest.Desk, truth []intaketest.Truth) string {
	var b strings.Builder
	for _, tr := range truth {
		e := desk.Episode(tr.PoliceRef)
		if e == nil {
			continue
		}
		c := desk.Child(tr.PoliceRef)
		fmt.Fprint(&b, tr.PoliceRef, " ", c.Name(), c.DOB, c.Card.Phones, desk.Referral(tr.PoliceRef) != nil)
		for _, col := range domain.EpisodeColumns() {
			fmt.Fprintf(&b, " %q", e.Value(col))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestNobodyImportsWithoutTheRight(t *testing.T) {
	for _, o := range []Options{{}, {DryRun: true}} {
		desk := newDesk().As(domain.Practitioner)
		_, err := Run(t.Context(), desk, strings.NewReader("police_ref,child_ref,missing_at\nP1,C1,2026-11-20\n"), o)
		var refusal *domain.Refusal
		if !errors.As(err, &refusal) || refusal.Code != domain.Forbidden {
			t.Errorf("dry %v: %v", o.DryRun, err)
		}
		if len(desk.Acts) != 0 {
			t.Errorf("did %v", desk.Acts)
		}
	}
}

func TestSourceThatFailsKeepsWhatCameBefore(t *testing.T) {
	desk := newDesk()
	broken := errors.New("the disk is gone")
	src := io.MultiReader(strings.NewReader("police_ref,child_ref,missing_at\nP1,C1,2026-11-20\nP2,C1,2026-"), failing{broken})
	rep, err := Run(t.Context(), desk, src, Options{})
	if !errors.Is(err, broken) || !rep.Stopped || rep.Counts.Created != 1 || rep.LastLine != 2 || desk.Episode("P1") == nil {
		t.Errorf("%v %+v", err, rep)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestCancelledWhileTheSourceHangs(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	r, w := io.Pipe()
	go func() { _, _ = io.WriteString(w, "police_ref,child_ref,missing_at\n") }()
	_, err := Run(ctx, newDesk(), r, Options{})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	_ = w.Close()
}

// TestHangingSourceDoesNotHoldUpAnError has a source that never says another word while the rows before are refused for
// a reason of the whole run.
func TestHangingSourceDoesNotHoldUpAnError(t *testing.T) {
	r, w := io.Pipe()
	defer func() { _ = w.Close() }()
	go func() {
		_, _ = io.WriteString(w, "police_ref,child_ref,missing_at\nP1,C9,2026-11-20\nP2,C9,2026-11-20\n")
	}()
	done := make(chan error, 1)
	go func() {
		_, err := Run(context.Background(), newDesk().As(domain.Auditor), r, Options{BatchRows: 1})
		done <- err
	}()
	select {
	case err := <-done:
		var refusal *domain.Refusal
		if !errors.As(err, &refusal) {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("the run hangs on its source")
	}
}
