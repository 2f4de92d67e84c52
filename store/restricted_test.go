package store

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"homeward/domain"
	"homeward/domain/view"
)

// What is asked, previewed and told of a restricted child by somebody who may not see it holds nothing of the child; a decision
// sees everything, so that a row is known to be about that child.
func TestRestrictedInEveryAnswerOfTheDesk(t *testing.T) {
	s := fresh(t)
	d, sue := s.Desk(dee()), s.Desk(sam())
	did(t, d, `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Zqgiven","family_name":"Zqfamily","dob":"2012-03-04","placement":"Zqhome","missing_at":"2026-11-18 20:00","returned_at":"2026-11-19 09:00"}`)
	did(t, d, `{"act":"referral.new","police_ref":"P2","child_ref":"K2","given_name":"Zqgiven","family_name":"Other","placement":"Zqhome","missing_at":"2026-11-18 20:00","returned_at":"2026-11-19 09:00"}`)
	events, stop := d.Watch()
	defer stop()
	did(t, sue, `{"act":"child.restrict","child_ref":"K1","to":[%q],"reason":"x"}`, sam().Login)
	if e := <-events; len(e.Only) != 1 || e.Only[0] != sam().Login {
		t.Errorf("the event is for %q", e.Only)
	}

	err := d.Ask(ctx, func(r domain.Reader) error {
		c, err := r.Child(domain.NewID(domain.KindChild, 1))
		if err != nil || c == nil || !c.Hidden {
			t.Errorf("the child: %+v, %v", c, err)
		}
		for what, find := range map[string]func() ([]domain.ID, error){
			"found by name":  func() ([]domain.ID, error) { return r.Find("zqfamily", 10) },
			"found by P1":    func() ([]domain.ID, error) { return r.Find("P1", 10) },
			"alike by place": func() ([]domain.ID, error) { return r.ChildrenPlaced("Zqhome", "Zqgiven") },
		} {
			ids, err := find()
			if err != nil || slices.Contains(ids, c.ID) {
				t.Errorf("%s: %v, %v", what, ids, err)
			}
		}
		day, _ := domain.ParseDate("2012-03-04")
		born, err := r.ChildrenBorn(day)
		if len(born) > 0 {
			t.Errorf("born that day: %v", born)
		}
		changes, err2 := r.ChangesTo(c.ID)
		for _, ch := range changes {
			if ch.Touched != nil || strings.Contains(ch.Summary, "K1") {
				t.Errorf("the change %s tells %q", ch.ID, ch.Summary)
			}
		}
		if err == nil {
			err = err2
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for login, desk := range map[string]*Desk{"dee": d, "sam": sue} {
		st, err := desk.State(ctx)
		if err != nil {
			t.Fatal(err)
		}
		tells := strings.Contains(rowsOf(st), "Zqfamily")
		if tells != (login == "sam") {
			t.Errorf("the queue of %s tells it: %v", login, tells)
		}
	}
	line := `{"act":"referral.new","police_ref":"P3","given_name":"Zqgiven","family_name":"Zqfamily","dob":"2012-03-04","missing_at":"2026-11-20 20:00","returned_at":"2026-11-21 09:00"}`
	f, err := d.Preview(ctx, act(t, "%s", line))
	if err != nil || f.Refused != nil {
		t.Fatal(err, f.Refused)
	}
	for _, touched := range f.Touched {
		if c, ok := touched.After.(*domain.Child); ok && !c.Hidden {
			t.Errorf("the preview shows the child %+v", c)
		}
		if ep, ok := touched.After.(*domain.Episode); ok && ep.PoliceRef != "" {
			t.Errorf("the preview shows the episode %+v", ep)
		}
	}
	a := did(t, d, "%s", line)
	if a.Child != "C1" {
		t.Errorf("the answer is about %s", a.Child)
	}
	if err := sue.Ask(ctx, func(r domain.Reader) error {
		es, err := r.EpisodesOf(domain.NewID(domain.KindChild, 1))
		if len(es) != 2 {
			t.Errorf("%d episodes are the child's", len(es))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// rowsOf is all that the rows of a state hold, as text.
func rowsOf(st *view.State) string {
	var b strings.Builder
	for _, r := range st.Queue.Rows {
		fmt.Fprintf(&b, "%+v %+v %+v\n", *r.Child, *r.Episode, *r.Referral)
	}
	return b.String()
}

// What was recorded of an episode before it was found to be a restricted child's is told to nobody else either: neither among the
// changes of the child it was thought to be of, nor in the log.
func TestWhatWasOfARestrictedChildBeforeIsHiddenToo(t *testing.T) {
	ada := domain.Actor{Login: "ada", Name: "Ada Finch", Role: domain.Auditor}
	o := testOptions()
	o.Settings = settings()
	o.Settings.Users = append(o.Settings.Users, domain.User{Login: ada.Login, Name: ada.Name, Role: ada.Role})
	s := opens(t, filepath.Join(t.TempDir(), "hw.db"), o)
	d, sue := s.Desk(dee()), s.Desk(sam())
	did(t, d, `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Ann","family_name":"Lee","dob":"2012-03-04","missing_at":"2026-11-18 20:00","returned_at":"2026-11-19 09:00"}`)
	did(t, d, `{"act":"referral.new","police_ref":"P2","child_ref":"K2","given_name":"Una","family_name":"Moss","dob":"2011-03-04","missing_at":"2026-11-18 20:00","returned_at":"2026-11-19 09:00"}`)
	noted := did(t, d, `{"act":"referral.note","referral":"R2","text":"zqsecret"}`).Change
	did(t, d, `{"act":"episode.move","episode":"P2","to":"K1","reason":"x"}`)
	did(t, sue, `{"act":"child.restrict","child_ref":"K1","to":[%q],"reason":"x"}`, sam().Login)
	for login, desk := range map[string]*Desk{"dee": d, "sam": sue} {
		if err := desk.Ask(ctx, func(r domain.Reader) error {
			changes, err := r.ChangesTo(domain.NewID(domain.KindChild, 2))
			for _, ch := range changes {
				if told := ch.Touched != nil || ch.Summary != domain.RestrictedWords; told != (login == "sam") {
					t.Errorf("%s is told of %s: %q", login, ch.ID, ch.Summary)
				}
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	for login, desk := range map[string]*Desk{"ada": s.Desk(ada), "sam": sue} {
		page, err := desk.AuditLog(ctx, view.AuditQuery{})
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range page.Lines {
			if l.ID == noted && (l.Summary != domain.RestrictedWords) != (login == "sam") {
				t.Errorf("the log tells %s %q", login, l.Summary)
			}
		}
		line, err := desk.AuditLine(ctx, noted)
		if tells := err == nil && strings.Contains(fmt.Sprintf("%s %+v", line.Content, line.Touched), "zqsecret"); tells != (login == "sam") {
			t.Errorf("the line tells %s: %v, %v", login, tells, err)
		}
	}
}
