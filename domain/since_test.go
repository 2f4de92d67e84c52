package domain_test

import (
	"fmt"
	"testing"

	"homeward/domain"
	"homeward/domain/view"
)

func TestTarget(t *testing.T) {
	tm := newTeam(t).back()
	for act, want := range map[domain.Act]string{
		&domain.Book{Referral: "R1"}: "R1", &domain.EditChild{ChildRef: tm.child(1).ShownRef()}: "C1",
		&domain.EditEpisode{Episode: tm.episode(1).ShownRef()}: "E1", &domain.Book{Referral: "R99"}: "none", &domain.Book{}: "none",
		&domain.NewReferral{}: "none", &domain.LogContact{Referral: "R1"}: "R1",
	} {
		rec, err := domain.Target(desk{tm}, act)
		got := "none"
		if rec != nil {
			got = rec.RecordID().String()
		}
		if err != nil || got != want {
			t.Errorf("%s: %s, %v, want %s", act.Name(), got, err, want)
		}
	}
}

// What somebody is told of a record that moved on: every change past the version they saw, and no other.
func TestChangesSince(t *testing.T) {
	tm := newTeam(t).back()
	child := tm.child(1)
	tm.do(`{"act":"child.edit","child_ref":"%s","concerns":"a"}`, child.ShownRef())
	saw := tm.child(1).Version
	tm.do(`{"act":"referral.note","referral":"R1","text":"elsewhere"}`)
	tm.do(`{"act":"child.edit","child_ref":"%s","concerns":"b","language":"Somali"}`, child.ShownRef())
	tm.do(`{"act":"child.edit","child_ref":"%s","concerns":"c"}`, child.ShownRef())
	for version, want := range map[uint64]string{
		saw:     "[{language  Somali} {concerns a b}][{concerns b c}]",
		saw + 1: "[{concerns b c}]",
		saw + 2: "",
	} {
		list, err := view.ChangesSince(desk{tm}, child.ID, child.ID, version)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, c := range list {
			for _, x := range c.Touched {
				if d := view.Differences(x); d != nil {
					got += fmt.Sprint(d)
				}
			}
		}
		if got != want {
			t.Errorf("since %d: %s, want %s", version, got, want)
		}
	}
}
