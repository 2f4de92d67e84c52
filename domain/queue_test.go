package domain_test

import (
	"slices"
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"
	"homeward/domain/view"
)

// desk lists what the team's memory holds, as the store's indexes would.
type desk struct{ *team }

func (d desk) OpenReferrals() ([]domain.ID, error) {
	return d.numbers(domain.KindReferral, func(id domain.ID) bool {
		r, err := d.Referral(id)
		return err == nil && r != nil && r.Stage.Open()
	}), nil
}

func (d desk) LookAgains() ([]domain.ID, error) {
	return d.numbers(domain.KindReferral, func(id domain.ID) bool {
		r, err := d.Referral(id)
		return err == nil && r != nil && r.Stage == domain.StageNotRequired && r.LookAgain() != 0
	}), nil
}

func (d desk) OpenEpisodes() ([]domain.ID, error) {
	return d.numbers(domain.KindEpisode, func(id domain.ID) bool {
		e, err := d.Episode(id)
		return err == nil && e != nil && !e.Over()
	}), nil
}

func (d desk) OpenFollowUps() ([]domain.ID, error) {
	return d.numbers(domain.KindFollowUp, func(id domain.ID) bool {
		f, err := d.FollowUp(id)
		return err == nil && f != nil && f.Open()
	}), nil
}

func (d desk) numbers(k domain.Kind, keep func(domain.ID) bool) []domain.ID {
	var out []domain.ID
	for n := uint64(20); n > 0; n-- { // not in the order wanted: the question is to bring that
		if id := domain.NewID(k, n); keep(id) {
			out = append(out, id)
		}
	}
	return out
}

func (tm *team) queue() *view.Queue {
	tm.Helper()
	q, err := view.ReadQueue(desk{tm})
	return must(tm, q, err)
}

func refs(q *view.Queue) string {
	var out []string
	for _, row := range q.Rows {
		out = append(out, row.Referral.ID.String())
	}
	return strings.Join(out, " ")
}

func TestTheQueueIsByNextDueThenByNumber(t *testing.T) {
	tm := newTeam(t)
	for i, back := range []string{"2026-11-22 12:00", "2026-11-21 12:00", "2026-11-22 12:00", "2026-11-18 12:00"} {
		n := string(rune('1' + i))
		tm.arrived("police_ref=P"+n, "child_ref=K"+n, "missing_at=2026-11-17 20:00", "returned_at="+back, "notified_at="+back)
	}
	if got := refs(tm.queue()); got != "R4 R2 R1 R3" {
		t.Errorf("queue %s", got)
	}
	tm.do(`{"act":"contact.log","referral":"R2","way":"call","with":"carer","result":"spoke"}`)
	tm.do(`{"act":"referral.close","referral":"R4","as":"withdrawn","text":"x"}`)
	tm.do(`{"act":"referral.not_required","referral":"R3","reason":"hospital","text":"x","look_again_on":"2026-11-24","safe_with":"the ward"}`)
	if got := refs(tm.queue()); got != "R1 R3 R2" {
		t.Errorf("contact met, one closed, one to approve: queue %s", got)
	}
	tm.as("sam").do(`{"act":"referral.sign_off","referral":"R3","approve":true}`)
	if q := tm.queue(); refs(q) != "R1 R2" || len(q.NotUntil) != 1 {
		t.Errorf("approved: queue %s, %d until later", refs(q), len(q.NotUntil))
	}
	if q := tm.on("2026-11-24 00:00").queue(); refs(q) != "R1 R3 R2" || len(q.NotUntil) != 0 || q.Rows[1].Stage != "new" {
		t.Errorf("on its date: queue %s", refs(q))
	}
}

func TestOverdueIsAnInterviewNotHeldWhoseClockIsOver(t *testing.T) {
	tm := newTeam(t).back()
	for now, late := range map[string]bool{"2026-11-25 14:10": false, "2026-11-25 14:11": true} {
		row, err := view.ReadQueueRow(desk{tm.on(now)}, domain.NewID(domain.KindReferral, 1))
		if must(t, row, err); row.Overdue != late || (row.Late(tm.now) > 0) != late {
			t.Errorf("at %s: overdue %v", now, row.Overdue)
		}
	}
	// By the clock of the policy: a team that counts from notification is not late by the return.
	ws := newTeam(t, "west_sussex")
	ws.arrived("police_ref=P1", "child_ref=K1", "missing_at=2026-11-17 20:00", "returned_at=2026-11-18 14:10", "notified_at=2026-11-22 15:00")
	if q := ws.queue(); q.Rows[0].Overdue || q.Rows[0].InterviewDue != moment(t, "2026-11-25 15:00") {
		t.Errorf("overdue %v, due %v", q.Rows[0].Overdue, q.Rows[0].InterviewDue)
	}
}

func TestADeskRowTellsWhatIsKnownOfTheChild(t *testing.T) {
	tm := newTeam(t)
	tm.arrived("police_ref=P1", "child_ref=K1", "given_name=Ivy", "family_name=Stone", "dob=2011-03-14", "status=looked_after", "placement_authority=Kent",
		"risk=high", "flags=hospital;harm", "missing_at=2026-11-18 20:00", "returned_at=2026-11-19 10:00")
	tm.arrived("police_ref=P2", "child_ref=K1", "missing_at=2026-11-21 20:00")
	tm.arrived("police_ref=P3", "child_ref=K2", "given_name=Ivy", "family_name=Stone", "dob=2011-03-14", "missing_at=2026-11-20 20:00", "found_at_time=2026-11-21 10:00")
	q := tm.queue()
	if got := strings.Join(q.Rows[0].Flags, " "); got != "harm hospital high_risk out_of_area missing_again possible_duplicate" {
		t.Errorf("flags %s", got)
	}
	if q.Rows[0].MissingNow.String() != "E2" {
		t.Errorf("missing again in %v", q.Rows[0].MissingNow)
	}
	var missing []string
	for _, m := range q.Missing {
		missing = append(missing, m.Episode.ShownRef())
	}
	if !slices.Equal(missing, []string{"P3", "P2"}) || len(q.Missing[1].Meanwhile) != 1 {
		t.Errorf("missing now, longest first: %v", missing)
	}
	tm.do(`{"act":"followup.add","child_ref":"K1","kind":"urgent","text":"named a man"}`)
	tm.do(`{"act":"followup.add","child_ref":"K1","kind":"other","text":"x"}`)
	if u := tm.queue().Urgent; len(u) != 1 || u[0].FollowUp.Kind != "urgent" {
		t.Errorf("urgent: %+v", u)
	}
	tm.do(`{"act":"followup.done","followup":"F1","found":"told Ms Ray"}`)
	if u := tm.queue().Urgent; len(u) != 0 {
		t.Errorf("passed on, and still urgent: %+v", u)
	}
}

func TestThreeInAFortnightAreSuggestedAsOneInterview(t *testing.T) {
	tm := newTeam(t)
	for i, day := range []string{"05", "10", "15", "20"} {
		n := string(rune('1' + i))
		tm.arrived("police_ref=P"+n, "child_ref=K1", "missing_at=2026-11-"+day+" 20:00", "returned_at=2026-11-"+day+" 23:00")
	}
	suggested := func() string {
		out := ""
		for _, row := range tm.queue().Rows {
			if row.Suggested {
				out += row.Episode.PoliceRef
			}
		}
		return out
	}
	if got := suggested(); got != "P1P2P3" {
		t.Errorf("suggested %s", got)
	}
	// One that is no candidate does not break the row of those that are.
	tm.do(`{"act":"referral.close","referral":"R3","as":"withdrawn","text":"x"}`)
	if got := suggested(); got != "" {
		t.Errorf("the fourth is fifteen days on: suggested %s", got)
	}
	tm.do(`{"act":"undo"}`)
	tm.do(`{"act":"referral.close","referral":"R1","as":"withdrawn","text":"x"}`)
	if got := suggested(); got != "P2P3P4" {
		t.Errorf("suggested %s", got)
	}
}

// After a file came in, many are to be rung by the same time: the one whose interview is due first goes first, whatever their numbers.
func TestTheInterviewDueFirstGoesFirst(t *testing.T) {
	tm := newTeam(t)
	for n, returned := range []string{"2026-11-22 12:00", "2026-11-21 09:00", "2026-11-22 01:00"} {
		tm.do(`{"act":"referral.new","police_ref":"P%d","child_ref":"K%d","risk":"medium","missing_at":"2026-11-20 20:00","returned_at":"%s","notified_at":"2026-11-22 14:00"}`, n+1, n+1, returned)
	}
	var got []string
	for _, row := range tm.queue().Arranged() {
		got = append(got, row.Referral.ID.String())
	}
	if strings.Join(got, " ") != "R2 R3 R1" {
		t.Errorf("arranged %v", got)
	}
}
