package intake

import (
	"fmt"
	"strings"
	"testing"

	"homeward/domain"
)

// An authority is told of once, when an import first names it; the home one and its aliases never are.
func TestAuthoritiesNeverSeenBefore(t *testing.T) {
	const head = "police_ref,child_ref,missing_at,status,home_authority,placement_authority\n"
	desk := newDesk()
	desk.Settings().Team.Aliases = []string{"LBN"}
	first := head + "P1,K1,2026-11-17,looked_after,Newham Council,Kent\nP2,K2,2026-11-17,looked_after,lbn,KENT County Council\nP3,K3,2026-11-17,looked_after,Essex,\nP4,K4,2026-11-17,huh,Surrey,\n"
	if dry := takeFile(t, desk, first, Options{DryRun: true}); len(dry.FileNotes) != 1 {
		t.Errorf("%q", dry.FileNotes)
	}
	rep := takeFile(t, desk, first, Options{})
	want := "authorities that no import named before: Kent (line 2), Essex (line 4); another name of yours belongs into [team] aliases"
	if fmt.Sprint(rep.FileNotes) != "["+want+"]" {
		t.Errorf("%q", rep.FileNotes)
	}
	for ref, out := range map[string]bool{"P1": true, "P2": true, "P3": true} {
		if e := desk.Episode(ref); e.OutOfArea(&desk.Settings().Team) != out {
			t.Errorf("%s: %+v", ref, e)
		}
	}
	for name, file := range map[string]string{"the same": first, "another row": head + "P5,K5,2026-11-17,looked_after,kent,\n"} {
		if rep := takeFile(t, desk, file, Options{}); len(rep.FileNotes) != 0 {
			t.Errorf("%s: %q", name, rep.FileNotes)
		}
	}
	desk.Settings().Team = domain.Team{}
	rep = takeFile(t, desk, head+"P6,K6,2026-11-17,looked_after,,Surrey\n", Options{})
	if len(rep.FileNotes) != 1 || !strings.HasSuffix(rep.FileNotes[0], "authority not set ([team] authority), so nobody is out of area") {
		t.Errorf("%q", rep.FileNotes)
	}
}
