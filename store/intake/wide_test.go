package intake

import (
	"runtime"
	"strings"
	"testing"
)

// A row of nothing but commas is refused for its number of cells, with memory in step with its bytes, and as little written back.
func TestWideRowIsRefusedInStepWithItsBytes(t *testing.T) {
	file := "police_ref,child_ref,missing_at,notes\nM1,K1,2026-11-20 10:00,x" + strings.Repeat(",", 900_000) + "\nM2,K2,2026-11-20 10:00,\n"
	out := &buffer{}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	rep := takeFile(t, newDesk(), file, Options{Rejects: out.open})
	runtime.ReadMemStats(&after)
	if got := counts(rep); !strings.HasPrefix(got, "read 2 created 1 updated 0 unchanged 0 refused 1") {
		t.Fatal(got)
	}
	if why := rep.RefusedRows[0].Reason; why != "the row has 900004 cells, the header 4: a comma too many or too few" {
		t.Error(why)
	}
	if rejects := out.String(); !strings.Contains(rejects, "M1,K1,2026-11-20 10:00,x,,,") || len(rejects) > 2*maxRaw {
		t.Errorf("the rejects have %d bytes", len(rejects))
	}
	if took := after.TotalAlloc - before.TotalAlloc; took > 200<<20 {
		t.Errorf("one row of 900 kB took %d MB of memory in all", took>>20)
	}
}

func TestHeaderOfTooManyColumnsIsRefused(t *testing.T) {
	if _, err := Run(t.Context(), newDesk(), strings.NewReader("police_ref,child_ref,missing_at"+strings.Repeat(",x", maxColumns)+"\n"), Options{}); err == nil ||
		!strings.Contains(err.Error(), "it has 16387 columns; no file has more than 16384") {
		t.Errorf("%v", err)
	}
}

// A file whose lines end in bare carriage returns is refused; one that mixes them is refused where they stand.
func TestBareReturns(t *testing.T) {
	_, err := Run(t.Context(), newDesk(), strings.NewReader("police_ref,child_ref,missing_at,returned_at,notes\rP1,X1,2026-11-01,2026-11-02,ok\r"), Options{})
	if err == nil || !strings.Contains(err.Error(), "bare carriage returns") {
		t.Errorf("%v", err)
	}
	out := &buffer{}
	rep := takeFile(t, newDesk(), "police_ref,child_ref,missing_at,notes\nP1,X1,2026-11-01,ok\rP2,X2,2026-11-01,ok\nP3,X3,2026-11-01,ok\n", Options{Rejects: out.open})
	if got := counts(rep); !strings.HasPrefix(got, "read 2 created 1 updated 0 unchanged 0 refused 1") || !strings.Contains(out.String(), "bare carriage return") {
		t.Error(got, out.String())
	}
}
