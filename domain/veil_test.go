package domain_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"homeward/domain"
)

// What somebody who may not see a child is given in place of its records says who does the work and by when. Of everything else
// nothing is left, whatever field a kind of record is given: its content is hidden until the list here says that it may stay.
func TestAVeiledRecordSaysNothingOfTheChild(t *testing.T) {
	stays := map[string][]string{
		"Child": {"ID", "Version", "Made", "JoinedTo", "Joined", "Restricted.To", "Restricted.By", "Restricted.At", "Hidden", "Born", "Died.On", "Died.By", "Died.At"},
		"Episode": {"ID", "Version", "Child", "History", "Referral", "MissingAt", "ReportedAt", "FoundAt", "ReturnedAt", "NotifiedAt",
			"Made", "Import", "DuplicateOf", "Ended.How", "Ended.On", "Ended.By", "Ended.At"},
		"Referral": {"ID", "Version", "Child", "Episode", "Stage", "Made", "EverAccepted", "Responsible", "AssignedTo",
			"HeldAt", "SignedAt", "SharedAt", "Cluster", "Interview", "NotShared",
			"Attempts.ID", "Attempts.At", "Attempts.Way", "Attempts.With", "Attempts.Result", "Attempts.TryAgain", "Attempts.By", "Attempts.Logged", "Attempts.StruckBy", "Attempts.StruckAt",
			"Bookings.When", "Bookings.Interviewer", "Bookings.By", "Bookings.At", "Bookings.Outcome", "Bookings.OutcomeBy", "Bookings.OutcomeAt",
			"Chases.By", "Chases.At", "Decisions.Act", "Decisions.From", "Decisions.To", "Decisions.By", "Decisions.At",
			"NotRequired.LookAgainOn", "NotRequired.By", "NotRequired.At", "NotRequired.SignedBy", "NotRequired.SignedAt",
			"Closing.As", "Closing.By", "Closing.At", "Closing.SignedBy", "Closing.SignedAt", "LateReason.By", "LateReason.At"},
		"Cluster": {"ID", "Version", "Child", "Members.Episode", "Members.Referral", "Parted.ClusterMember.Episode", "Parted.ClusterMember.Referral",
			"Parted.How", "Parted.By", "Parted.At", "By", "At", "HeldAt", "BrokenUp.By", "BrokenUp.At"},
		"Interview": {"ID", "Version", "Child", "Cluster", "Referrals", "Episodes", "Owner", "By", "At", "HeldAt", "HeldBy", "Interviewer",
			"SavedAt", "SubmittedBy", "SubmittedAt", "SignedBy", "SignedAt", "Into"},
		"FollowUp": {"ID", "Version", "Child", "Referral", "Interview", "Kind", "Owner", "Due", "By", "At", "DoneAt", "DoneBy",
			"Attempts.ID", "Attempts.At", "Attempts.Way", "Attempts.With", "Attempts.Result", "Attempts.TryAgain", "Attempts.By", "Attempts.Logged", "Attempts.StruckBy", "Attempts.StruckAt",
			"Redates.From", "Redates.To", "Redates.By", "Redates.At", "Dropped.By", "Dropped.At"},
	}
	for kind := domain.KindChild; kind <= domain.KindNoted; kind++ {
		r := domain.NewRecord(kind)
		if r == nil || kind == domain.KindImport || kind == domain.KindNoted { // of no child
			continue
		}
		fillFully(reflect.ValueOf(r).Elem(), "")
		name := reflect.TypeOf(r).Elem().Name()
		var left []string
		leftIn(reflect.ValueOf(domain.Veiled(r)).Elem(), "", &left)
		for _, path := range left {
			if !slices.Contains(stays[name], path) {
				t.Errorf("%s: %s is left", name, path)
			}
		}
		for _, path := range stays[name] {
			if !slices.Contains(left, path) {
				t.Errorf("%s: %s is gone", name, path)
			}
		}
	}
}

// leftIn lists the fields below a value that are not zero, each once.
func leftIn(v reflect.Value, path string, out *[]string) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			leftIn(v.Field(i), strings.TrimPrefix(path+"."+v.Type().Field(i).Name, "."), out)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			leftIn(v.Elem(), path, out)
		}
	case reflect.Slice:
		for i := range v.Len() {
			leftIn(v.Index(i), path, out)
		}
	default:
		if !v.IsZero() && !slices.Contains(*out, path) {
			*out = append(*out, path)
		}
	}
}

// Only those named decide about a restricted child, and get work about it; what comes in is taken from anybody, and tells
// nothing.
func TestWhoDecidesAboutARestrictedChild(t *testing.T) {
	tm := newTeam(t).on("2026-11-24 10:00")
	tm.do(`{"act":"referral.new","child_ref":"K1","family_name":"Rahimi","given_name":"Ahmad","dob":"2011-02-03","police_ref":"P1","missing_at":"2026-11-22 20:00","returned_at":"2026-11-23 08:00"}`)
	for _, c := range []struct{ who, line, want string }{
		{"dee", `{"act":"child.restrict","child_ref":"K1","to":["sam"],"reason":"a colleague's"}`, "a coordinator may not do child.restrict"},
		{"sam", `{"act":"child.restrict","child_ref":"K1","to":[],"reason":"x"}`, "to: is required"},
		{"sam", `{"act":"child.restrict","child_ref":"K1","to":["nobody"],"reason":"x"}`, `to: there is no person "nobody"`},
		{"sam", `{"act":"child.restrict","child_ref":"K1","to":["pat"],"reason":"x"}`, "to: none of them is a supervisor"},
		{"sam", `{"act":"child.open","child_ref":"K1","reason":"x"}`, "child_ref: K1 is not restricted"},
		{"sam", `{"act":"child.restrict","child_ref":"K1","to":["sam","pat"],"reason":"a colleague's"}`, ""},
		{"dee", `{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"spoke"}`, "this child's records are restricted to Pat Lowe and Sam Bright: ask one of them"},
		{"dee", `{"act":"child.edit","child_ref":"K1","known_as":"Addy"}`, "restricted to"},
		{"dee", `{"act":"episode.edit","episode":"P1","risk":"high"}`, "restricted to"},
		{"dee", `{"act":"followup.add","child_ref":"K1","kind":"other","text":"x"}`, "restricted to"},
		{"sue", `{"act":"child.open","child_ref":"K1","reason":"x"}`, "restricted to"},
		{"sam", `{"act":"referral.assign","referral":"R1","to":"dee"}`, "to: Dee Osei may not see this child: its records are restricted to Pat Lowe and Sam Bright"},
		{"sam", `{"act":"referral.assign","referral":"R1","to":"pat"}`, ""},
		{"pat", `{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"spoke"}`, ""},
		{"dee", `{"act":"referral.new","family_name":"Rahimi","given_name":"Ahmad","dob":"2011-02-03","police_ref":"P2","missing_at":"2026-11-23 20:00","gender":"boy"}`, ""},
		{"sam", `{"act":"child.open","child_ref":"K1","reason":"left the area"}`, ""},
		{"dee", `{"act":"child.edit","child_ref":"K1","known_as":"Addy"}`, ""},
	} {
		got := ""
		out, err := tm.as(c.who).try("%s", c.line)
		if err != nil {
			got = err.Error()
		}
		if c.want == "" && err != nil || c.want != "" && !strings.Contains(got, c.want) {
			t.Errorf("%s, %s: %q, want %q", c.who, c.line, got, c.want)
		}
		if err == nil && strings.Contains(c.line, "P2") {
			if out.Summary != "taken in for a restricted child" || strings.Contains(fmt.Sprint(out.Warnings), "Ahmad") {
				t.Errorf("what came in says %q %q", out.Summary, out.Warnings)
			}
		}
	}
}

// Why an episode was moved to or from a closed child is told to nobody of the open one who may not see the other.
func TestWhyAnEpisodeMovedIsTheClosedChilds(t *testing.T) {
	open, closed := domain.NewID(domain.KindChild, 1), domain.NewID(domain.KindChild, 2)
	there, here := domain.NewID(domain.KindEpisode, 1), domain.NewID(domain.KindEpisode, 2)
	read := func(id domain.ID) (domain.Record, error) {
		switch id {
		case there:
			return &domain.Episode{ID: there, Child: closed, MovedFrom: []domain.ID{open}}, nil
		case here:
			return &domain.Episode{ID: here, Child: open, MovedFrom: []domain.ID{closed}}, nil
		}
		return nil, nil
	}
	parted := func() []domain.Parted {
		return []domain.Parted{{ClusterMember: domain.ClusterMember{Episode: there}, How: domain.PartedMoved, Why: "secret"}, {ClusterMember: domain.ClusterMember{Episode: here}, How: domain.PartedLeftOut, Why: "said"}}
	}
	for _, rec := range []domain.Record{
		&domain.Cluster{Child: open, Parted: parted(), BrokenUp: &domain.BrokenUp{Why: "secret"}},
		&domain.Interview{Child: open, Parted: parted()},
		&domain.Referral{Child: open, Episode: here, Decisions: []domain.Decision{{Act: "episode.move", Why: "secret"}, {Act: "referral.reopen", Why: "said"}}},
	} {
		for _, hidden := range []bool{true, false} {
			was := asJSON(rec)
			got, err := domain.WithoutOthers(rec, read, func(id domain.ID) (bool, error) { return hidden && id == closed, nil })
			if err != nil {
				t.Fatal(err)
			}
			if said := asJSON(got); strings.Contains(said, "secret") == hidden || !strings.Contains(said, "said") && strings.Contains(was, "said") || asJSON(rec) != was {
				t.Errorf("closed %v: %s", hidden, said)
			}
		}
	}
}
