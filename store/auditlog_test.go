package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"homeward/domain"
	"homeward/domain/view"
)

// auditLines asks for the log page by page until it ends, as a supervisor.
func auditLines(t testing.TB, s *Store, q view.AuditQuery) (out []*view.AuditLine) {
	t.Helper()
	for more := true; more; {
		page, err := s.Desk(sam()).AuditLog(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		if page.More && page.Looked == q.From {
			t.Fatal("a page leads to itself")
		}
		out, q.From, more = append(out, page.Lines...), page.Looked, page.More
	}
	return out
}

// busy is a database with lines of every sort: two people, acts and readings, undos, two children joined.
func busy(t testing.TB) *Store {
	t.Helper()
	s := fresh(t)
	d := s.Desk(dee())
	for i := range 6 {
		did(t, d, "%s", referral(i+1))
	}
	for i, r := range []string{"R1", "R2", "R1", "R4"} {
		did(t, d, `{"act":"referral.note","referral":%q,"text":"number %d"}`, r, i)
	}
	did(t, s.Desk(sam()), `{"act":"referral.accept","referral":"R3","responsible":"team"}`)
	did(t, s.Desk(sam()), `{"act":"undo"}`)
	did(t, s.Desk(sam()), `{"act":"child.join","keep":"C1","other":"C2","reason":"the same"}`)
	did(t, s.Desk(sam()), `{"act":"child.join","keep":"C4","other":"C1","reason":"the same again"}`)
	for _, c := range []uint64{3, 4, 5} {
		if err := s.Desk(sam()).Opened(ctx, domain.NewID(domain.KindChild, c)); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// Every filter, in both directions and pages of every size, gives what looking at each line by itself gives.
func TestAuditLogAgainstLookingAtEachLine(t *testing.T) {
	s := busy(t)
	all := auditLines(t, s, view.AuditQuery{Oldest: true})
	undone := map[domain.ID]bool{}
	for _, l := range all {
		undone[l.UndoOf] = true
	}
	joined := map[string][]uint64{"C1": {1, 2, 4}, "C2": {1, 2, 4}, "C4": {1, 2, 4}, "C3": {3}, "C5": {5}}
	var filters []view.AuditFilter
	for _, by := range []string{"", "dee", "sam", "nobody"} {
		for _, child := range []string{"", "C1", "C2", "C3", "C4", "C5"} {
			for _, act := range []string{"", "referral", "referral.", "referral.note", "opened", "ref"} {
				for _, undo := range []string{"", "yes", "no"} {
					filters = append(filters, view.AuditFilter{By: by, Child: child, Act: act, Undo: undo})
				}
			}
		}
	}
	for i, f := range filters {
		var want []domain.ID
		for _, l := range all {
			of := f.Child == "" || slices.ContainsFunc(l.Children, func(c domain.ID) bool { return slices.Contains(joined[f.Child], c.Number()) })
			isUndo := l.UndoOf != 0 || undone[l.ID]
			act := f.Act == "" || l.Act == f.Act || f.Act == "referral" && strings.HasPrefix(l.Act, "referral.") || f.Act == "referral." && strings.HasPrefix(l.Act, "referral.")
			if of && act && (f.By == "" || l.By == f.By) && (f.Undo == "" || (f.Undo == "yes") == isUndo) {
				want = append(want, l.ID)
			}
		}
		for _, oldest := range []bool{true, false} {
			var got []domain.ID
			for _, l := range auditLines(t, s, view.AuditQuery{AuditFilter: f, Oldest: oldest, Limit: i % 4}) {
				got = append(got, l.ID)
			}
			if !oldest {
				slices.Reverse(got)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%+v, oldest first %t, %d a page: %v, not %v", f, oldest, i%4, got, want)
			}
		}
	}
	for _, l := range all {
		one, err := s.Desk(sam()).AuditLine(ctx, l.ID)
		if err != nil || one == nil || one.ID != l.ID || len(one.Touched) != len(l.Records) || one.Undone != l.Undone || l.Touched != nil || l.Content != nil {
			t.Errorf("%s by itself: %+v %v", l.ID, one, err)
		}
	}
	for _, id := range []domain.ID{0, domain.NewID(domain.KindChange, uint64(len(all)+1000)), domain.NewID(domain.KindReferral, 1)} {
		if one, err := s.Desk(sam()).AuditLine(ctx, id); one != nil || err != nil {
			t.Errorf("line %d: %+v %v", id, one, err)
		}
	}
}

// However long the log is, one question looks at so many lines and no more; the next goes on behind them.
func TestOneQuestionOfTheLogLooksAtAPieceOfIt(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	did(t, d, "%s", referral(1))
	for range 50 { // an act a line, many a commit
		var acts []domain.Envelope
		for range 100 {
			acts = append(acts, act(t, `{"act":"referral.note","referral":"R1","text":"x"}`))
		}
		if _, err := d.Do(ctx, true, acts...); err != nil {
			t.Fatal(err)
		}
	}
	q := view.AuditQuery{AuditFilter: view.AuditFilter{By: "nobody"}}
	looks := 0
	for more := true; more; looks++ {
		page, err := s.Desk(sam()).AuditLog(ctx, q)
		if err != nil || len(page.Lines) != 0 {
			t.Fatal(page, err)
		}
		if n := int(page.Looked.Number()); page.More && n != 5001-2000*(looks+1)+1 {
			t.Errorf("look %d ended at %s", looks+1, page.Looked)
		}
		if page.LookedAt == 0 {
			t.Error("it is not said how far back one has looked")
		}
		q.From, more = page.Looked, page.More
	}
	if looks != 3 {
		t.Errorf("%d looks", looks)
	}
	page, err := s.Desk(sam()).AuditLog(ctx, view.AuditQuery{Limit: 3})
	if err != nil || len(page.Lines) != 3 || !page.More || page.Lines[0].ID.Number() != 5001 || page.Lines[0].Touched != nil {
		t.Errorf("%+v %v", page, err)
	}
}

// The log is for supervisors and auditors, whoever asks and whatever for.
func TestWhoMayReadTheLog(t *testing.T) {
	s := busy(t)
	for _, role := range domain.Roles() {
		may := role == domain.Supervisor || role == domain.Auditor
		n := *s.Settings()
		n.Users = append(slices.DeleteFunc(slices.Clone(n.Users), func(u domain.User) bool { return u.Login == "kim" }), domain.User{Login: "kim", Name: "Kim Lee", Role: role})
		if err := s.SetSettings(ctx, &n); err != nil {
			t.Fatal(err)
		}
		d := s.Desk(domain.Actor{Login: "kim", Name: "Kim Lee", Role: role, OSUser: "kim"})
		for what, err := range map[string]error{
			"the log": func() error { _, err := d.AuditLog(ctx, view.AuditQuery{}); return err }(),
			"a child's": func() error {
				_, err := d.AuditLog(ctx, view.AuditQuery{AuditFilter: view.AuditFilter{Child: "no such child"}})
				return err
			}(),
			"a line": func() error { _, err := d.AuditLine(ctx, domain.NewID(domain.KindChange, 1)); return err }(),
		} {
			var r *domain.Refusal
			switch errors.As(err, &r); {
			case may && what == "a child's":
				if r == nil || r.Code != domain.NotFound {
					t.Errorf("%s, %s: %v", role, what, err)
				}
			case may && err != nil, !may && (r == nil || r.Code != domain.Forbidden || !strings.Contains(r.Message, "Kim Lee is a")):
				t.Errorf("%s, %s: %v", role, what, err)
			}
		}
	}
	// A desk at a time of one's own asks as the person, too.
	_, err := s.DeskAt(dee(), noon()).AuditLog(ctx, view.AuditQuery{})
	if fmt.Sprint(err) != fmt.Sprint(domain.MayAudit(dee())) || err == nil {
		t.Error(err)
	}
}

// Reading a line with its records is opening the records of whoever it touched, also of a child that an undo took away again;
// reading a line that tells of a reading is not.
func TestReadingALineIsAnOpening(t *testing.T) {
	s := fresh(t)
	did(t, s.Desk(dee()), "%s", referral(1))
	did(t, s.Desk(dee()), `{"act":"undo"}`)
	made := domain.NewID(domain.KindChange, 1)
	l, err := s.Desk(sam()).AuditLine(ctx, made)
	if err != nil || len(l.Touched) == 0 || len(l.Children) != 1 || len(l.Whose) != 0 {
		t.Fatalf("%+v, %v", l, err)
	}
	note := newest(t, s)
	if note.Act != NoteOpened || note.By != "sam" || !slices.Equal(note.Children, l.Children) || !strings.Contains(note.Summary, made.String()) {
		t.Errorf("the log ends with %+v", note)
	}
	if _, err := s.Desk(sam()).AuditLine(ctx, note.ID); err != nil {
		t.Fatal(err)
	}
	if again := newest(t, s); again.ID != note.ID {
		t.Errorf("a reading that is read is recorded: %+v", again)
	}
}
