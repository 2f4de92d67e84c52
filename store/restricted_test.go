package store

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

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

// The clusters of a restricted child show nobody else a police reference: not those suggested, not what could be added to one, nor
// why one is to be looked at again.
func TestClustersOfARestrictedChildShowNoReference(t *testing.T) {
	s := fresh(t)
	d, sue := s.Desk(dee()), s.Desk(sam())
	for i, child := range []string{"K1", "K1", "K1", "K2", "K2", "K2", "K2", "K3", "K3", "K3", "K3"} {
		did(t, d, `{"act":"referral.new","police_ref":"Zqref%d","child_ref":%q,"given_name":"Ann","family_name":%q,"dob":"2012-03-04","missing_at":"2026-11-%02d 20:00","returned_at":"2026-11-%02d 09:00"}`, i, child, child, 9+i, 10+i)
	}
	did(t, d, `{"act":"cluster.accept","child_ref":"K2","episodes":["Zqref3","Zqref5","Zqref6"],"reason":"x"}`) // Zqref4 was left out
	did(t, d, `{"act":"referral.new","police_ref":"Zqref20","child_ref":"K2","given_name":"Ann","family_name":"K2","dob":"2012-03-04","missing_at":"2026-11-17 20:00","returned_at":"2026-11-18 09:00"}`)
	did(t, d, `{"act":"cluster.accept","child_ref":"K3","episodes":["Zqref7","Zqref8","Zqref9","Zqref10"]}`)
	did(t, sue, `{"act":"interview.held","referral":"R8","held_at":"2026-11-22T11:00:00Z"}`)
	did(t, d, `{"act":"referral.new","police_ref":"Zqref21","child_ref":"K3","given_name":"Ann","family_name":"K3","dob":"2012-03-04","missing_at":"2026-11-17 23:00","returned_at":"2026-11-18 01:00"}`)
	shown := func(desk *Desk) (texts string, rows int) {
		st, err := desk.State(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range st.Clusters {
			texts += fmt.Sprintf("%+v %v %v %v\n", r.Additions, r.Review, r.Warnings, r.Explain)
			for _, m := range r.Members {
				texts += m.Episode.ShownRef() + "\n"
			}
		}
		return texts, len(st.Clusters)
	}
	before, rows := shown(d)
	if rows != 3 || !strings.Contains(before, "Zqref20") || !strings.Contains(before, "Zqref21 lies inside the period") {
		t.Fatalf("the clusters are not such as to tell by: %d\n%s", rows, before)
	}
	for _, child := range []string{"K1", "K2", "K3"} {
		did(t, sue, `{"act":"child.restrict","child_ref":%q,"to":[%q],"reason":"x"}`, child, sam().Login)
	}
	if after, n := shown(d); n != rows || strings.Contains(after, "Zqref") {
		t.Errorf("restricted, dee is shown %d of %d:\n%s", n, rows, after)
	}
	if mine, _ := shown(sue); mine != before {
		t.Errorf("sam is shown\n%s\nbefore\n%s", mine, before)
	}
}

// What names an episode of a restricted child without touching it tells nobody else: one that was left out of a cluster before it
// was found to be that child's.
func TestAnEpisodeLeftOutIsHiddenWithItsChild(t *testing.T) {
	ada := domain.Actor{Login: "ada", Name: "Ada Finch", Role: domain.Auditor}
	o := testOptions()
	o.Settings = settings()
	o.Settings.Users = append(o.Settings.Users, domain.User{Login: ada.Login, Name: ada.Name, Role: ada.Role})
	s := opens(t, filepath.Join(t.TempDir(), "hw.db"), o)
	d, sue := s.Desk(dee()), s.Desk(sam())
	for i, child := range []string{"K1", "K2", "K2", "K2", "K2"} {
		did(t, d, `{"act":"referral.new","police_ref":"Zqref%d","child_ref":%q,"given_name":"Ann","family_name":%q,"dob":"2012-03-04","missing_at":"2026-11-%02d 20:00","returned_at":"2026-11-%02d 09:00"}`, i, child, child, 9+i, 10+i)
	}
	accepted := did(t, d, `{"act":"cluster.accept","child_ref":"K2","episodes":["Zqref1","Zqref2","Zqref3"],"reason":"x"}`).Change
	did(t, d, `{"act":"episode.move","episode":"Zqref4","to":"K1","reason":"x"}`)
	did(t, sue, `{"act":"child.restrict","child_ref":"K1","to":[%q],"reason":"x"}`, sam().Login)
	for login, desk := range map[string]*Desk{"ada": s.Desk(ada), "sam": sue} {
		page, err := desk.AuditLog(ctx, view.AuditQuery{})
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range page.Lines {
			if l.ID == accepted && strings.Contains(l.Summary, "Zqref4") != (login == "sam") {
				t.Errorf("the log tells %s %q", login, l.Summary)
			}
		}
	}
	if err := d.Ask(ctx, func(r domain.Reader) error {
		changes, err := r.ChangesTo(domain.NewID(domain.KindChild, 2))
		for _, ch := range changes {
			if strings.Contains(ch.Summary, "Zqref4") {
				t.Errorf("dee is told of %s: %q", ch.ID, ch.Summary)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// A name that nobody says any more is shown to nobody to whom children are closed: theirs may have said it.
func TestANameNobodySaysAnyMoreIsNotShown(t *testing.T) {
	s := fresh(t)
	d, sue := s.Desk(dee()), s.Desk(sam())
	did(t, d, `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Ann","family_name":"Lee","dob":"2012-03-04","missing_at":"2026-11-18 20:00","returned_at":"2026-11-19 09:00"}`)
	did(t, d, `{"act":"referral.new","police_ref":"P2","child_ref":"K2","given_name":"Una","family_name":"Moss","dob":"2011-03-04","missing_at":"2026-11-18 20:00","returned_at":"2026-11-19 09:00"}`)
	did(t, sue, `{"act":"interview.save","referral":"R1","record":{"intelligence":{"people":[{"name":"Zqname"}]}}}`)
	did(t, sue, `{"act":"interview.save","referral":"R1","record":{"intelligence":{"people":[]}}}`)
	did(t, d, `{"act":"referral.carer_information","referral":"R2","text":"x","people":["Jay"]}`)
	did(t, sue, `{"act":"child.restrict","child_ref":"K1","to":[%q],"reason":"x"}`, sam().Login)
	if err := d.Ask(ctx, func(r domain.Reader) error {
		ids, err := r.AllNoted()
		for _, id := range ids {
			n, err := r.Noted(id)
			if err != nil || n.Name == "Zqname" {
				t.Errorf("%s is %q, %v", id, n.Name, err)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if a := did(t, d, `{"act":"intelligence.merge","keep":"N2","other":"N1","reason":"x"}`); strings.Contains(a.Summary, "Zqname") || !strings.Contains(a.Summary, "N1") {
		t.Errorf("merged, it says %q", a.Summary)
	}
}

// An act that is taken again under its id is not answered with the reference of a child who was restricted since.
func TestAnActAgainDoesNotSayWhoseItWasTakenToBe(t *testing.T) {
	s := fresh(t)
	d, sue := s.Desk(dee()), s.Desk(sam())
	did(t, d, `{"act":"referral.new","police_ref":"P1","child_ref":"K1","given_name":"Ann","family_name":"Lee","dob":"2012-03-04","missing_at":"2026-11-18 20:00","returned_at":"2026-11-19 09:00"}`)
	const line = `{"id":"x1","act":"referral.new","police_ref":"P2","given_name":"Ann","family_name":"Lee","dob":"2012-03-04","missing_at":"2026-11-19 20:00","returned_at":"2026-11-20 09:00"}`
	if a := did(t, d, line); a.Row.TakenToBe != "K1" {
		t.Fatalf("it was taken to be %q", a.Row.TakenToBe)
	}
	did(t, sue, `{"act":"child.restrict","child_ref":"K1","to":[%q],"reason":"x"}`, sam().Login)
	if a := did(t, d, line); !a.Repeated || a.Row.TakenToBe != "C1" || a.Child != "C1" {
		t.Errorf("again, dee is told %+v", a)
	}
	if a := did(t, sue, line); !a.Repeated || a.Row.TakenToBe != "K1" {
		t.Errorf("again, sam is told %+v", a)
	}
}

// Who is given the login of one of those named may not see the child.
func TestARestrictionNamesAPersonAndNoLogin(t *testing.T) {
	o := testOptions()
	now := noon()
	o.Clock = func() time.Time { return now }
	s := opens(t, filepath.Join(t.TempDir(), "hw.db"), o)
	did(t, s.Desk(dee()), `{"act":"referral.new","police_ref":"P1","child_ref":"K1","missing_at":"2026-11-18 20:00","returned_at":"2026-11-19 09:00"}`)
	did(t, s.Desk(sam()), `{"act":"child.restrict","child_ref":"K1","to":["sam","dee"],"reason":"x"}`)
	now = now.Add(time.Hour)
	n := *s.Settings()
	n.Users = slices.Clone(n.Users)
	for i := range n.Users {
		if n.Users[i].Login == "dee" {
			n.Users[i].Name = "Dora Hill"
		}
	}
	if err := cmp.Or(s.SetSettings(ctx, &n), s.keepSettings(ctx)); err != nil {
		t.Fatal(err)
	}
	dora := s.Desk(domain.Actor{Login: "dee", Name: "Dora Hill", Role: domain.Coordinator, OSUser: "dee"})
	hidden := func(d *Desk) bool {
		var c *domain.Child
		if err := d.Ask(ctx, func(r domain.Reader) (err error) {
			c, err = r.Child(domain.NewID(domain.KindChild, 1))
			return err
		}); err != nil || c == nil {
			t.Fatal(c, err)
		}
		return c.Hidden
	}
	if !hidden(dora) || hidden(s.Desk(sam())) {
		t.Errorf("hidden from Dora %v, from Sam %v", hidden(dora), hidden(s.Desk(sam())))
	}
	events, stop := s.Desk(sam()).Watch()
	defer stop()
	did(t, s.Desk(sam()), `{"act":"child.edit","child_ref":"K1","language":"Welsh"}`)
	if e := <-events; !slices.Equal(e.Only, []string{"sam"}) {
		t.Errorf("the event is for %q", e.Only)
	}
	did(t, s.Desk(sam()), `{"act":"child.restrict","child_ref":"K1","to":["sam","dee"],"reason":"Dora too"}`)
	if hidden(dora) {
		t.Error("named anew, Dora may see it")
	}
	clean(t, s)
}
