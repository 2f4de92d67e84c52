package intake_test

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	_ "time/tzdata"

	"homeward/domain"
	"homeward/store"
	"homeward/store/intake"
	"homeward/store/intake/intaketest"
)

// now is the Sunday on which these tests stand still.
func now() time.Time { return time.Date(2026, 11, 22, 14, 10, 0, 0, time.UTC) }

func openDesk(t testing.TB, path string) (view.Desk, func()) {
	t.Helper()
	s, err := store.Open(path, store.Options{Clock: now, Frozen: true})
	if err != nil {
		t.Fatal(err)
	}
	return s.Desk(domain.Actor{Login: "sam", Name: "Sam", Role: domain.Supervisor, OSUser: "sam"}), func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

func run(t testing.TB, d view.Desk, file []byte, o intake.Options) *intake.Report {
	t.Helper()
	rep, err := intake.Run(t.Context(), d, bytes.NewReader(file), o)
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

// TestOnADatabase holds the desk in memory, on which the other tests stand, against a database on the disk: the same
// file comes to the same figures and warnings, and again to nothing, the database reopened in between.
func TestOnADatabase(t *testing.T) {
	file, truth := intaketest.Referrals(21, 2500, now())
	path := filepath.Join(t.TempDir(), "homeward.db")
	want := run(t, intaketest.NewDesk(now(), nil), file, intake.Options{})
	if want.Counts.Read != len(truth) {
		t.Fatalf("read %d of %d rows", want.Counts.Read, len(truth))
	}

	desk, leave := openDesk(t, path)
	dry := run(t, desk, file, intake.Options{DryRun: true, BatchRows: 700})
	got := run(t, desk, file, intake.Options{BatchRows: 700})
	for name, rep := range map[string]*intake.Report{"dry": dry, "real": got} {
		if rep.Counts != want.Counts || rep.Referred != want.Referred || rep.WarningCount != want.WarningCount {
			t.Errorf("%s: %+v, %d referred, %d warnings\nin memory: %+v, %d referred, %d warnings", name,
				rep.Counts, rep.Referred, rep.WarningCount, want.Counts, want.Referred, want.WarningCount)
		}
	}
	if got.Import == 0 || dry.Import != 0 {
		t.Errorf("import %v, dry %v", got.Import, dry.Import)
	}
	leave()

	desk, leave = openDesk(t, path)
	defer leave()
	events, stop := desk.Watch()
	defer stop()
	again := run(t, desk, file, intake.Options{})
	if c := again.Counts; c.Created+c.Updated != 0 || c.Unchanged != want.Counts.Created+want.Counts.Updated+want.Counts.Unchanged || again.Import != 0 {
		t.Errorf("again: %+v, import %v", c, again.Import)
	}
	select {
	case e := <-events:
		t.Errorf("again: the feed told %+v", e)
	default:
	}
}

func BenchmarkImportRow(b *testing.B) {
	file, truth := intaketest.Referrals(1, 20000, now())
	b.SetBytes(int64(len(file) / len(truth)))
	for n := 0; n < b.N; n += len(truth) {
		b.StopTimer()
		desk, leave := openDesk(b, filepath.Join(b.TempDir(), "homeward.db"))
		b.StartTimer()
		run(b, desk, file, intake.Options{})
		b.StopTimer()
		leave()
		b.StartTimer()
	}
}

func BenchmarkImportAgainRow(b *testing.B) {
	file, truth := intaketest.Referrals(1, 20000, now())
	desk, leave := openDesk(b, filepath.Join(b.TempDir(), "homeward.db"))
	defer leave()
	run(b, desk, file, intake.Options{})
	b.SetBytes(int64(len(file) / len(truth)))
	b.ResetTimer()
	for n := 0; n < b.N; n += len(truth) {
		run(b, desk, file, intake.Options{})
	}
}
