package domain_test

import (
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
)

// Checks run in the order shape, role, existence, version, rule (INTERFACES, Acts). Each line is wrong in every way from its
// first on; who sends it is whose role forbids it, unless it is to come through.
func TestChecksRunInTheOrderShapeRoleExistenceVersionRule(t *testing.T) {
	closed := func() *team {
		tm := newTeam(t).back()
		tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
		tm.do(`{"act":"referral.close","referral":"R1","as":"withdrawn","text":"entered twice"}`)
		return tm
	}
	for _, c := range []struct {
		what, who string
		code      domain.Code
		field     string
		line      string
	}{
		{"shape before role, existence, version", "ada", domain.Invalid, "responsible", `{"act":"referral.accept","referral":"R9","responsible":"nobody","version":1}`},
		{"role before existence and version", "ada", domain.Forbidden, "", `{"act":"referral.accept","referral":"R9","responsible":"team","version":1}`},
		{"existence before version", "dee", domain.NotFound, "referral", `{"act":"referral.accept","referral":"R9","responsible":"team","version":1}`},
		{"role before rule", "pat", domain.Forbidden, "", `{"act":"referral.accept","referral":"R1","responsible":"team"}`},
		{"own before version and rule", "pia", domain.Forbidden, "", `{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","version":1}`},
		{"version before rule", "dee", domain.Conflict, "version", `{"act":"referral.accept","referral":"R1","responsible":"team","version":1}`},
		{"the rule at last", "dee", domain.Invalid, "referral", `{"act":"referral.accept","referral":"R1","responsible":"team","version":3}`},
		{"a word that is none before another's own", "pia", domain.Invalid, "place_kind", `{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","place_kind":"moon"}`},
		{"an unknown field before all else", "ada", domain.Invalid, "colour", `{"act":"referral.accept","referral":"R9","responsible":"team","colour":"red"}`},
		{"a time in the future before role", "ada", domain.Invalid, "at", `{"act":"referral.accept","referral":"R9","responsible":"team","at":"2027-01-01T10:00:00Z"}`},
		{"a field left out is shape, not existence", "ada", domain.Invalid, "referral", `{"act":"referral.accept","responsible":"team"}`},
		{"a column that cannot be read before role", "pat", domain.Invalid, "risk", `{"act":"referral.new","child_ref":"K2","missing_at":"2026-11-21 20:00","risk":"enormous"}`},
		{"a column that cannot be read before existence", "dee", domain.Invalid, "risk", `{"act":"episode.edit","episode":"P9","risk":"enormous"}`},
		{"what a practitioner may not edit of any episode", "pat", domain.Forbidden, "", `{"act":"episode.edit","episode":"P9","risk":"high"}`},
		{"an episode that is not there before its rule", "dee", domain.NotFound, "episode", `{"act":"flag.clear","episode":"P9","flag":"harm","reason":"x"}`},
		{"a child that is not there", "dee", domain.NotFound, "child_ref", `{"act":"child.edit","child_ref":"K9","known_as":"Bee"}`},
		{"a follow-up that is not there", "dee", domain.NotFound, "followup", `{"act":"followup.done","followup":"F9","found":"x"}`},
		{"an attempt that is not there", "dee", domain.NotFound, "attempt", `{"act":"contact.strike","attempt":"A9","reason":"x"}`},
		{"a change that is not there", "dee", domain.NotFound, "of", `{"act":"undo","of":"X99"}`},
		{"a number of another kind names no referral", "dee", domain.NotFound, "referral", `{"act":"referral.note","referral":"E1","text":"x"}`},
	} {
		tm := closed().as(c.who)
		_, r := tm.try("%s", c.line)
		if r == nil || r.Code != c.code || r.Field != c.field {
			t.Errorf("%s: %+v, should be %s at %q", c.what, r, c.code, c.field)
		}
	}
}

func TestAConflictNamesWhoChangedTheRecordAndWhat(t *testing.T) {
	tm := newTeam(t).back()
	tm.on("2026-11-22 18:30").as("cai").do(`{"act":"referral.accept","referral":"R1","responsible":"team"}`)
	tm.as("dee").refused(domain.Conflict, "version", []string{"R1", "Cai Rees", "18:30", "accepted"},
		`{"act":"referral.assign","referral":"R1","to":"pat","version":1}`)
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat","version":2}`)
	tm.refused(domain.Conflict, "version", []string{"Dee Osei"}, `{"act":"referral.note","referral":"R1","text":"x","version":2}`)
}

func TestEveryActOnARecordAddsOneToItsVersion(t *testing.T) {
	tm := newTeam(t).back()
	for i, line := range []string{
		`{"act":"referral.accept","referral":"R1","responsible":"team","version":1}`,
		`{"act":"referral.note","referral":"R1","text":"x","version":2}`,
		`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"declined","version":3}`,
		`{"act":"contact.strike","attempt":"A1","reason":"another child","version":4}`,
		`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","version":5}`,
		`{"act":"undo"}`,
	} {
		tm.do("%s", line)
		if v := tm.referral(1).Version; v != uint64(i+2) {
			t.Errorf("after %s: version %d", line, v)
		}
	}
}

func TestWhenItHappenedMayBePastAndNeverTheFuture(t *testing.T) {
	tm := newTeam(t).back()
	tm.do(`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"spoke","at":"2026-11-22T16:30:00Z"}`)
	if at := tm.referral(1).Attempts[0]; at.At != moment(t, "2026-11-22 16:30") || at.Logged != moment(t, "2026-11-22 18:00") {
		t.Errorf("happened %v, written down %v", at.At, at.Logged)
	}
	tm.do(`{"act":"referral.note","referral":"R1","text":"now is no future","at":"2026-11-22T18:00:00Z"}`)
	tm.refused(domain.Invalid, "at", []string{"future"}, `{"act":"referral.note","referral":"R1","text":"x","at":"2026-11-22T18:00:01Z"}`)
	tm.refused(domain.Invalid, "at", nil, `{"act":"referral.note","referral":"R1","text":"x","at":"2026-11-22"}`)
	tm.refused(domain.Invalid, "id", nil, `{"act":"referral.note","referral":"R1","text":"x","id":%q}`, strings.Repeat("é", 65))
	tm.do(`{"act":"referral.note","referral":"R1","text":"x","id":%q}`, strings.Repeat("é", 64))
}

// What is decided on a referral comes after what it rests on: what was decided before, the meeting that was booked, the attempt in
// which somebody declined, the day of which it tells.
func TestADecisionComesAfterWhatItRestsOn(t *testing.T) {
	const before, declines = "2026-11-22T16:30:00Z", `{"act":"referral.close","referral":"R1","as":"declined","text":"x","declined_by":"child","helpline_given":true,"letter_sent":true,"carer_offered":"no"%s}`
	for _, line := range []string{
		`{"act":"referral.close","referral":"R1","as":"withdrawn","text":"x"%s}`,
		`{"act":"referral.close","referral":"R1","as":"unable","text":"x","letter_sent":true,"social_worker_told":true,"police_told":true%s}`,
		declines,
		`{"act":"referral.not_required","referral":"R1","reason":"other","text":"x"%s}`,
		`{"act":"referral.assign","referral":"R1","to":"pia"%s}`,
		`{"act":"referral.responsible","referral":"R1","responsible":"social_worker","who":"Jo Jones"%s}`,
		`{"act":"referral.book","referral":"R1","when":"2026-11-24T10:00:00Z"%s}`,
	} {
		tm := newTeam(t).back().on("2026-11-23 09:00").as("sam")
		tm.do(`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"declined","at":"2026-11-22T16:00:00Z"}`)
		tm.do(`{"act":"referral.book","referral":"R1","when":"2026-11-23T10:00:00Z","at":"2026-11-22T17:00:00Z"}`)
		tm.nothing(domain.Invalid, "at", []string{"before what it follows"}, line, `,"at":"`+before+`"`)
		tm.do(line, `,"at":"2026-11-22T17:00:00Z"`)
	}
	tm := newTeam(t).back().on("2026-11-23 09:00").as("sam")
	tm.do(`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"declined","at":"2026-11-22T17:00:00Z"}`)
	tm.nothing(domain.Invalid, "at", []string{"A1, in which they declined"}, declines, `,"at":"`+before+`"`)
	tm.nothing(domain.Invalid, "at", []string{"the day of which it tells"}, `{"act":"child.died","child_ref":"K1","on":"2026-11-23","reason":"x","at":%q}`, before)
	tm.openEpisode("police_ref=P2")
	tm.nothing(domain.Invalid, "at", []string{"the day of which it tells"}, `{"act":"episode.end","episode":"P2","how":"never_closed","on":"2026-11-23","reason":"x","at":%q}`, before)
	tm.nothing(domain.Invalid, "at", []string{"the day of which it tells"}, `{"act":"episode.end","episode":"P2","how":"died","on":"2026-11-23","reason":"x","at":%q}`, before)
	tm.do(`{"act":"child.died","child_ref":"K1","on":"2026-11-22","reason":"x","at":%q}`, before)
}
