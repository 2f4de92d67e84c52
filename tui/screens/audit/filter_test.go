package audit

import (
	"reflect"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"
)

func TestParse(t *testing.T) {
	now := time.Date(2026, 11, 23, 0, 30, 0, 0, time.UTC)
	day := func(s string) time.Time { d, _ := domain.ParseDate(s); return d.Start() }
	set := &domain.Settings{Users: []domain.User{{Login: "dee", Name: "Dee Osei"}, {Login: "deeb", Name: "Deeba Khan"}, {Login: "sam", Name: "Sam O’Neill"}}}
	for _, c := range []struct {
		text     string
		want     view.AuditFilter
		problems string
	}{
		{"", view.AuditFilter{}, ""},
		{"by:dee act:referral.accept child:K1007 since:2026-11-01 until:2026-11-20 undo:yes",
			view.AuditFilter{By: "dee", Act: "referral.accept", Child: "K1007", Since: day("2026-11-01"), Until: day("2026-11-20"), Undo: "yes"}, ""},
		{"by:sa", view.AuditFilter{By: "sam"}, ""},
		{"by:deeba", view.AuditFilter{By: "deeb"}, ""},
		{"by:d", view.AuditFilter{By: "d"}, ""}, // two begin so
		{"by:gone", view.AuditFilter{By: "gone"}, ""},
		{"since:yesterday until:TODAY", view.AuditFilter{Since: day("2026-11-22"), Until: day("2026-11-23")}, ""},
		{"since:2026-11-22T10:00:00Z", view.AuditFilter{Since: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)}, ""},
		{"By:dee ACT:Referral", view.AuditFilter{By: "dee", Act: "referral"}, ""},
		{"accepted R12", view.AuditFilter{Words: []string{"accepted", "R12"}}, ""},
		{"by: since:", view.AuditFilter{}, ""}, // still being typed
		{"since:2026-1 undo:perhaps colour:red", view.AuditFilter{}, "since: is a day like 2026-11-22, today or yesterday; undo: is yes or no; colour: no such field; there are by, act, child, since, until, undo"},
	} {
		got, problems := parse(c.text, set, now)
		if got.Since.Equal(c.want.Since) && got.Until.Equal(c.want.Until) {
			got.Since, got.Until = c.want.Since, c.want.Until // one moment in two zones
		}
		if !reflect.DeepEqual(got, c.want) || strings.Join(problems, "; ") != c.problems {
			t.Errorf("%q:\n%+v %q\nnot\n%+v %q", c.text, got, problems, c.want, c.problems)
		}
	}
}
