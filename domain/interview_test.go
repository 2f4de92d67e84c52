package domain_test

import (
	"encoding/json"
	"strings"
	"testing"

	"homeward/domain"
	"homeward/domain/view"
)

// back brings a child home, by a row of a file, and gives the referral to somebody.
func (tm *team) owed(ref, returned, to string) {
	tm.Helper()
	if _, r := tm.arrive("police_ref="+ref, "child_ref=K1", "given_name=Ann", "family_name=Bell", "dob=2011-03-04",
		"missing_at=2026-11-"+returned+" 09:00", "returned_at=2026-11-"+returned+" 20:00"); r != nil {
		tm.Fatal(r)
	}
}

// filled is what a record needs to be submitted.
const filled = `{"arrangements":{"interviewer":"Pat Lowe","alone":"yes"},"confidentiality":{"explained":"yes"},"view":{"own_words":"I wanted to see my sister."},"judgement":{"likelihood":"medium"}}`

func (tm *team) interview(n uint64) *domain.Interview {
	tm.Helper()
	v, err := tm.Interview(domain.NewID(domain.KindInterview, n))
	if err != nil || v == nil {
		tm.Fatalf("interview %d: %v, %v", n, v, err)
	}
	return v
}

func (tm *team) followUps(child string) map[string]*domain.FollowUp {
	tm.Helper()
	c, err := domain.ChildNamed(tm, child)
	if err != nil {
		tm.Fatal(err)
	}
	list, err := tm.FollowUpsOf(c.ID)
	if err != nil {
		tm.Fatal(err)
	}
	out := map[string]*domain.FollowUp{}
	for _, f := range list {
		out[f.Kind] = f
	}
	return out
}

// One interview over a cluster of three, from held to done: the clock of each is met the moment it is over, follow-ups are
// raised from then, and nobody signs off their own.
func TestAnInterviewOverAClusterFromHeldToDone(t *testing.T) {
	tm := newTeam(t)
	tm.owed("P1", "14", "pat")
	tm.owed("P2", "17", "pat")
	tm.owed("P3", "20", "pat")
	tm.do(`{"act":"cluster.accept","child_ref":"K1","episodes":["P1","P2","P3"]}`)
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.do(`{"act":"referral.book","referral":"R2","when":"2026-11-24T15:00:00Z","place":"school, quiet room","place_kind":"school"}`)
	tm.on("2026-11-24 17:00")
	tm.refused(domain.Forbidden, "", nil, `{"act":"interview.held","referral":"R1","held_at":"2026-11-24T15:05:00Z"}`) // not Dee's own
	tm.as("pat")
	tm.refused(domain.Invalid, "held_at", []string{"future"}, `{"act":"interview.held","referral":"R1","held_at":"2026-11-24T18:00:00Z"}`)
	tm.refused(domain.Invalid, "held_at", []string{"before the return of P3"}, `{"act":"interview.held","referral":"R1","held_at":"2026-11-20T10:00:00Z"}`)
	tm.do(`{"act":"interview.held","referral":"R1","held_at":"2026-11-24T15:05:00Z","alone":"yes"}`)
	for n := uint64(1); n <= 3; n++ {
		r := tm.referral(n)
		if r.Stage != domain.StageToWriteUp || r.HeldAt != moment(t, "2026-11-24 15:05") || r.Interview == 0 || r.Bookings[0].Outcome != "held" {
			t.Errorf("R%d is %s, held %s, booking %+v", n, r.Stage, r.HeldAt, r.Bookings)
		}
	}
	v := tm.interview(1)
	if got := v.Sheet.Get("", "arrangements", "place").Text; got != "school, quiet room" {
		t.Errorf("the place was not filled in: %q", got)
	}
	fus := tm.followUps("K1")
	if fus["child"] == nil || fus["child"].Due != moment(t, "2026-12-01 15:05") || fus["child"].Owner != "pat" {
		t.Errorf("child's follow-up is %+v", fus["child"])
	}
	if fus["share"] == nil || fus["share"].Due != moment(t, "2026-11-25 15:05") {
		t.Errorf("share is %+v", fus["share"])
	}

	// The record is written two days later, and the interview stays held on Tuesday.
	tm.on("2026-11-26 10:00")
	tm.refused(domain.Invalid, "record", []string{"own_words"}, `{"act":"interview.submit","interview":"I1"}`)
	tm.refused(domain.Invalid, "record.before.pish", []string{"push"}, `{"act":"interview.save","referral":"R2","record":{"before":{"pish":["bullying"]}}}`)
	tm.refused(domain.Invalid, "record.before.push", []string{"none of"}, `{"act":"interview.save","referral":"R2","record":{"before":{"push":["bored"]}}}`)
	tm.do(`{"act":"interview.save","referral":"R2","record":%s}`, filled)
	tm.do(`{"act":"interview.save","referral":"R3","record":{"before":{"push":["bullying","other: the new flat"]},"episodes":{"P2":{"during":{"where":"the arcade"}}},"intelligence":{"places":[{"name":"Stonebridge arcade"}]},"plan":{"strategy":"yes","actions":[{"kind":"professional","text":"Ring the school","for_whom":"head of year"},{"kind":"service","text":"Counselling","owner":"Dee Osei","due":"2026-12-09"}]}}}`)
	tm.refused(domain.NotFound, "record.episodes.P9", nil, `{"act":"interview.save","referral":"R3","record":{"episodes":{"P9":{"during":{"where":"x"}}}}}`)
	tm.do(`{"act":"interview.submit","interview":"I1"}`)
	fus = tm.followUps("K1")
	for kind, due := range map[string]string{"record": "2026-11-27 15:05", "intelligence": "2026-11-25 15:05", "strategy": "2026-11-27 15:05", "professional": "2026-12-01 15:05", "early_help": "2026-12-01 15:05"} {
		if fus[kind] == nil || fus[kind].Due != moment(t, due) {
			t.Errorf("%s is %+v, due should be %s", kind, fus[kind], due)
		}
	}
	if f := fus["service"]; f == nil || f.Owner != "dee" || f.Due != moment(t, "2026-12-09 17:00") {
		t.Errorf("an action with who and by is %+v", f)
	}
	tm.refused(domain.Forbidden, "", nil, `{"act":"interview.approve","interview":"I1"}`) // a practitioner
	tm.as("sam").do(`{"act":"interview.send_back","interview":"I1","comment":"Say more about the arcade."}`)
	tm.as("pat").do(`{"act":"interview.save","referral":"R1","record":{"during":{"where":"the arcade, until it closed"}}}`)
	tm.do(`{"act":"interview.submit","interview":"I1"}`)
	if n := len(tm.interview(1).Versions); n != 2 {
		t.Errorf("%d versions are kept", n)
	}
	list, _ := tm.FollowUpsOf(tm.interview(1).Child)
	if len(list) != 8 {
		t.Errorf("submitted twice, there are %d follow-ups", len(list))
	}
	tm.as("sam").do(`{"act":"interview.approve","interview":"I1","comment":"Good."}`)
	if s := tm.referral(2).Stage; s != domain.StageToShare {
		t.Errorf("signed off, R2 is %s", s)
	}
	tm.as("pat").do(`{"act":"interview.share","interview":"I1","audience":"social_worker","to":"Jo Hart","way":"secure email","purpose":"safety plan"}`)
	for n := uint64(1); n <= 3; n++ {
		if r := tm.referral(n); r.Stage != domain.StageDone || r.SharedAt == 0 {
			t.Errorf("R%d is %s, shared %s", n, r.Stage, r.SharedAt)
		}
	}
	if f := tm.followUps("K1")["share"]; f.Open() {
		t.Error("the share follow-up is open still")
	}
	rows, err := view.ReadClusters(tm)
	if err != nil || len(rows) != 1 || rows[0].State != view.ClusterInterviewed {
		t.Errorf("clusters are %+v, %v", rows, err)
	}
	q, err := view.ReadQueue(tm)
	if err != nil || len(q.Rows) != 0 {
		t.Errorf("the queue has %d rows, %v", len(q.Rows), err)
	}
}

// Neither interviewer nor submitter signs off, a supervisor included.
func TestNobodySignsOffTheirOwnRecord(t *testing.T) {
	tm := newTeam(t)
	tm.owed("P1", "21", "")
	tm.as("sam").do(`{"act":"referral.assign","referral":"R1","to":"sam"}`)
	tm.do(`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T15:05:00Z","interviewer":"sue"}`)
	tm.do(`{"act":"interview.save","referral":"R1","record":%s}`, filled)
	tm.do(`{"act":"interview.submit","interview":"I1"}`)
	tm.refused(domain.Forbidden, "", []string{"submitted"}, `{"act":"interview.approve","interview":"I1"}`)
	tm.as("sue").refused(domain.Forbidden, "", []string{"held"}, `{"act":"interview.approve","interview":"I1"}`)
}

// Somebody takes an unfinished record over: each author's text stays attributed.
func TestAHandedOverRecordKeepsItsAuthors(t *testing.T) {
	tm := newTeam(t)
	tm.owed("P1", "21", "")
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.as("pat").do(`{"act":"interview.save","referral":"R1","record":{"during":{"where":"the park"}}}`)
	tm.as("dee").do(`{"act":"referral.assign","referral":"R1","to":"pia"}`)
	tm.as("pat").refused(domain.Forbidden, "", nil, `{"act":"interview.save","referral":"R1","record":{"during":{"where":"the pier"}}}`)
	tm.as("pia").do(`{"act":"interview.save","referral":"R1","record":{"during":{"means":"walked"}}}`)
	v := tm.interview(1)
	if v.Owner != "pia" || v.Authors["/during/where"] != "pat" || v.Authors["/during/means"] != "" {
		t.Errorf("owner %s, authors %v", v.Owner, v.Authors)
	}
	tm.do(`{"act":"interview.save","referral":"R1","record":{"during":{"where":"the pier"}}}`)
	if v := tm.interview(1); len(v.Authors) != 0 {
		t.Errorf("rewritten, the authors are %v", v.Authors)
	}
}

// A follow-up re-dated after its week keeps that the week was missed; dropped, sharing ends its stage with the clock unmet.
func TestAMissedWeekStaysMissed(t *testing.T) {
	tm := newTeam(t)
	tm.owed("P1", "21", "")
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.as("pat").do(`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T15:05:00Z"}`)
	f := tm.followUps("K1")["child"]
	tm.on("2026-11-30 10:00")
	out := tm.do(`{"act":"followup.redate","followup":"%s","due_at":"2026-12-02T12:00:00Z","reason":"she was away"}`, f.ID)
	if len(out.Warnings) == 0 {
		t.Error("it does not say that the week was missed")
	}
	tm.on("2026-12-01 10:00").do(`{"act":"followup.done","followup":"%s","found":"settled"}`, f.ID)
	f = tm.followUps("K1")["child"]
	if !f.Missed(domain.At(tm.Now())) || f.Overdue(domain.At(tm.Now())) {
		t.Errorf("missed %v, overdue %v", f.Missed(domain.At(tm.Now())), f.Overdue(domain.At(tm.Now())))
	}
	share := tm.followUps("K1")["share"]
	tm.do(`{"act":"followup.drop","followup":"%s","reason":"not open to anybody"}`, share.ID)
	tm.do(`{"act":"interview.save","referral":"R1","record":%s}`, filled)
	tm.do(`{"act":"interview.submit","interview":"I1"}`)
	tm.as("sam").do(`{"act":"interview.approve","interview":"I1"}`)
	if r := tm.referral(1); r.Stage != domain.StageDone || r.SharedAt != 0 {
		t.Errorf("R1 is %s, shared %s", r.Stage, r.SharedAt)
	}
}

// Long, hostile and foreign text is kept unharmed and harmless.
func TestAnswersKeepTextUnharmedAndHarmless(t *testing.T) {
	tm := newTeam(t)
	tm.owed("P1", "21", "")
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.as("pat")
	long := strings.Repeat("é", 20_000)
	for text, want := range map[string]string{
		long:       long,
		"a red\nb": "a",
		"שלום e\u0301 \u0645\u0631\u062d\u0628\u0627": "שלום",
	} {
		b, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		tm.do(`{"act":"interview.save","referral":"R1","record":{"view":{"own_words":%s}}}`, b)
		got := tm.interview(1).Sheet.Get("", "view", "own_words").Text
		if !strings.HasPrefix(got, want) || strings.ContainsRune(got, 0x1b) {
			t.Errorf("%.20q is kept as %.40q", text, got)
		}
	}
	b, _ := json.Marshal(long + "x")
	tm.refused(domain.Invalid, "record.view.own_words", []string{"20000"}, `{"act":"interview.save","referral":"R1","record":{"view":{"own_words":%s}}}`, b)
}

// By when an action of the plan is due is read once, when it is said: a week later "Fri" is still that Friday.
func TestPlanIsDatedWhenItIsSaid(t *testing.T) {
	tm := newTeam(t)
	tm.owed("P1", "20", "pat")
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.on("2026-11-23 12:00")
	save := `{"act":"interview.save","referral":"R1","record":{"plan":{"actions":[%s]}}}`
	due := func(want ...string) {
		t.Helper()
		for i, row := range tm.interview(1).Sheet.Get("", "plan", "actions").Rows {
			if row["due"] != want[i] {
				t.Errorf("row %d is due %q, want %q", i+1, row["due"], want[i])
			}
		}
	}
	tm.as("pat").do(save, `{"text":"Ring","due":"Fri"},{"text":"See","due":"tomorrow 3pm"},{"text":"Write"}`)
	due("2026-11-27", "2026-11-24 15:00", "")
	tm.refused(domain.Invalid, "record.plan.actions", []string{"row 1", "Fryday", "is not a time"}, save, `{"text":"Ring","due":"Fryday"}`)
	tm.refused(domain.Invalid, "record.plan.actions", []string{"row 1", "is past"}, save, `{"text":"Ring","due":"yesterday"}`)
	tm.on("2026-12-03 12:00")
	tm.do(save, `{"text":"Ring twice","due":"2026-11-27"},{"text":"See","due":"4 Dec"}`)
	due("2026-11-27", "2026-12-04")
}
