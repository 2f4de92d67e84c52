package plain_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"homeward/domain"
	"homeward/domain/report"
	"homeward/domain/view"
	"homeward/tui/plain"
)

// planted is a marker in one place of a record, with the audiences beside the team that may find it (DOMAIN §9).
type planted struct {
	where, mark string
	may         []domain.Audience
}

type field struct {
	plants []planted
}

// put gives a new marker for a place.
func (f *field) put(where string, may ...domain.Audience) string {
	mark := fmt.Sprintf("mk%04dx", len(f.plants))
	f.plants = append(f.plants, planted{where, mark, may})
	return mark
}

// The audiences, and what each may find: written here from DOMAIN §9, not taken from the program's own table.
const (
	worker = domain.ForSocialWorker
	police = domain.ForPolice
	safety = domain.ForSafeguarding
	carer  = domain.ForCarer
)

func mayRead(section, name string) []domain.Audience {
	switch section + "." + name {
	case "intelligence.children": // other children's details: not to the social worker
		return []domain.Audience{police, safety}
	case "confidentiality.kept": // what was promised to stay with the team
		return nil
	case "plan.feedback_parents":
		return []domain.Audience{worker, carer}
	}
	if section == "intelligence" {
		return []domain.Audience{worker, police, safety}
	}
	return []domain.Audience{worker}
}

func mayKnow(column string) []domain.Audience {
	switch column {
	case "PoliceRef", "Category", "Risk", "MissingFrom", "FoundPlace":
		return []domain.Audience{worker, police, safety}
	case "Notes", "Referrer", // what the source wrote down goes nowhere else
		"Interviewer", "Independent", "Outcome", "DeclinedBy", "ReasonLate": // of history, which no interview of ours covers
		return nil
	}
	return []domain.Audience{worker}
}

// texts plants in every text and list of lines of a struct.
func (f *field) texts(name string, into any, skip []string, may func(column string) []domain.Audience) {
	v := reflect.ValueOf(into).Elem()
	for i := range v.NumField() {
		column := v.Type().Field(i).Name
		if slices.Contains(skip, column) {
			continue
		}
		switch x := v.Field(i).Addr().Interface().(type) {
		case *string:
			*x = f.put(name+"."+column, may(column)...)
		case *[]domain.Line:
			*x = []domain.Line{{Text: f.put(name+"."+column, may(column)...)}, {Text: f.put(name+"."+column+" (taken away)", "nobody"), Removed: true}}
		}
	}
}

func (f *field) answers(episode string, only func(domain.SheetSection) bool) map[string]domain.Answers {
	out := map[string]domain.Answers{}
	for _, s := range domain.Sections() {
		if !only(s) {
			continue
		}
		a := domain.Answers{}
		for _, q := range s.Fields {
			put := func(more string) string {
				return f.put("record."+episode+"."+s.Name+"."+q.Name+more, mayRead(s.Name, q.Name)...)
			}
			switch q.Kind {
			case domain.FieldRows:
				row := map[string]string{}
				for _, c := range q.Columns {
					row[c.Name] = put("." + c.Name)
				}
				a[q.Name] = domain.Value{Rows: []map[string]string{row}}
			case domain.FieldMulti:
				a[q.Name] = domain.Value{List: []string{put(""), "other: " + put(" other")}}
			default:
				a[q.Name] = domain.Value{Text: put("")}
			}
		}
		out[s.Name] = a
	}
	return out
}

func moment(s string) domain.Moment {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return domain.At(t)
}

// full is a view with a marker in every field there is.
func full() (*view.InterviewView, *field) {
	f := &field{}
	nobody := func(string) []domain.Audience { return nil }
	e := &domain.Episode{ID: domain.NewID(domain.KindEpisode, 1), MissingAt: moment("2026-11-20T20:00:00Z"), ReturnedAt: moment("2026-11-22T14:10:00Z")}
	f.texts("episode", e, []string{"SaidFlags", "DuplicateBy", "DuplicateWhy"}, mayKnow)
	e.Flags = []domain.Flag{{Name: "harm", By: "pat", Why: f.put("why flagged harm")}, {Name: "hospital", By: "pat", Why: f.put("why flagged hospital")}}
	e.Risks = []domain.Risk{{Level: f.put("risk level"), By: "pat"}}
	c := &domain.Child{ID: domain.NewID(domain.KindChild, 1), Ref: "K1", DOB: 20110203}
	c.GivenName = f.put("given name", worker, police, safety)
	c.FamilyName = f.put("family name", worker, police, safety)
	c.KnownAs = f.put("known as", worker, police, safety, carer)
	c.Gender = f.put("gender", worker, police, safety)
	f.texts("card", &c.Card, nil, nobody)
	v := &domain.Interview{ID: domain.NewID(domain.KindInterview, 1), Version: 3, Child: c.ID, HeldAt: moment("2026-11-22T17:00:00Z"), Owner: "pat", Interviewer: "pat"}
	v.Sheet.Sections = f.answers("", func(domain.SheetSection) bool { return true })
	v.Sheet.Each = map[string]map[string]domain.Answers{"E1": f.answers("E1", func(s domain.SheetSection) bool { return s.Each })}
	v.Comments = []domain.SignComment{{Text: f.put("comment"), By: "sam", At: v.HeldAt}}
	share := domain.Share{Audience: police, By: "pat", At: v.HeldAt}
	f.texts("share", &share, []string{"Audience", "By"}, nobody)
	v.Shares = []domain.Share{share}
	fu := &domain.FollowUp{ID: domain.NewID(domain.KindFollowUp, 1), Interview: v.ID, Due: v.HeldAt, Owner: "pat",
		Redates: []domain.Redate{{Why: f.put("re-dated because"), From: v.HeldAt, To: v.HeldAt}}, Dropped: &domain.Dropped{Why: f.put("dropped because")}}
	fu.Kind, fu.Text = f.put("follow-up kind", worker), f.put("follow-up text", worker)
	fu.Found, fu.Next = f.put("follow-up found"), f.put("follow-up next")
	ref := &domain.Referral{ID: domain.NewID(domain.KindReferral, 1), Child: c.ID, Notes: []domain.Note{{Text: f.put("note to a colleague", "nobody")}},
		Attempts: []domain.Attempt{{Note: f.put("note of an attempt", "nobody")}}}
	return &view.InterviewView{Interview: v, Referral: ref, Child: c, Referrals: []*domain.Referral{ref}, Episodes: []*domain.Episode{e}, FollowUps: []*domain.FollowUp{fu},
		Known: []view.KnownFact{{Section: "view", What: "x", Text: f.put("known fact")}}}, f
}

func settings() *domain.Settings {
	s := &domain.Settings{Users: []domain.User{{Login: "pat", Name: "Pat Lowe", Role: domain.Practitioner}, {Login: "sam", Name: "Sam Ito", Role: domain.Supervisor}}}
	s.Team.Name, s.Team.Authority = "Missing children team", "Newham"
	return s
}

// written is a copy in each of its formats.
func written(t *testing.T, v *view.InterviewView, to domain.Audience) map[string]string {
	t.Helper()
	s := settings()
	c := report.Make(v, s, to, "a purpose", time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC))
	page, err := report.HTML(c, s.PersonName)
	if err != nil {
		t.Fatal(err)
	}
	var json strings.Builder
	if err := plain.Object(&json, plain.Interview(c, v.Referral)); err != nil {
		t.Fatal(err)
	}
	return map[string]string{"Markdown": report.Markdown(c, s.PersonName), "HTML": page, "JSON": json.String()}
}

// Each audience finds what DOMAIN §9 gives it and nothing else, in every format.
func TestEachAudienceGetsWhatItMayAndNothingElse(t *testing.T) {
	v, f := full()
	if len(f.plants) < 150 {
		t.Fatalf("only %d markers", len(f.plants))
	}
	for _, to := range domain.RecordAudiences() {
		for format, text := range written(t, v, to) {
			for _, p := range f.plants {
				may := slices.Contains(p.may, to) || to == domain.ForTeam && !slices.Contains(p.may, "nobody")
				if has := strings.Contains(text, p.mark); has != may {
					t.Errorf("%s, %s: %s is there: %v, may be: %v", to, format, p.where, has, may)
				}
			}
		}
	}
}

// A carer's copy names no time, place or reference of an episode, and not who held it; that hospital was involved goes to
// nobody outside care.
func TestWhatIsNoTextStaysBehindToo(t *testing.T) {
	v, _ := full()
	for format, text := range written(t, v, carer) {
		for _, no := range []string{"2026-11-20", "20 Nov 2026", "14:10", "17:00", "Pat", "2011", "harm", "hospital", "E1", "F1"} {
			if strings.Contains(text, no) {
				t.Errorf("carer, %s: has %q\n%s", format, no, text)
			}
		}
	}
	for _, to := range []domain.Audience{police, safety} {
		for format, text := range written(t, v, to) {
			if strings.Contains(text, "hospital") || !strings.Contains(text, "harm") {
				t.Errorf("%s, %s: flags", to, format)
			}
			if strings.Contains(text, "Pat Lowe (") {
				t.Errorf("%s, %s: why flagged", to, format)
			}
		}
	}
}

// What an audience never gets is named the same whether there is any or not: a name that is there only when something was said
// says that it was.
func TestTheNamesOfWhatIsLeftOutTellNothing(t *testing.T) {
	v, _ := full()
	blank, _ := full()
	blank.Interview.Sheet = domain.Sheet{}
	blank.Interview.Comments, blank.Interview.Shares, blank.FollowUps = nil, nil, nil
	for _, to := range domain.RecordAudiences() {
		at := time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)
		a, b := report.Make(v, settings(), to, "x", at), report.Make(blank, settings(), to, "x", at)
		if !slices.Equal(a.Withheld, b.Withheld) || (len(a.Withheld) == 0) != (to == domain.ForTeam) {
			t.Errorf("%s: %v, %v", to, a.Withheld, b.Withheld)
		}
		if len(b.LeftOut) != 0 || len(a.LeftOut) == 0 && to != domain.ForTeam {
			t.Errorf("%s: to the person who makes it, what of this record is left out: %v, %v", to, a.LeftOut, b.LeftOut)
		}
	}
	a := report.Make(v, settings(), worker, "x", time.Now())
	if !slices.Contains(a.MayName, "While away: Who with") || slices.Contains(a.MayName, "Their view: In their own words") {
		t.Errorf("to be read before it leaves: %v", a.MayName)
	}
}

// A copy that nobody else signed off says so, in every format and for everybody.
func TestAnUnsignedCopySaysSo(t *testing.T) {
	v, _ := full()
	for _, signed := range []bool{false, true} {
		if signed {
			v.Interview.SignedAt, v.Interview.SignedBy = v.Interview.HeldAt, "sam"
		}
		for _, to := range domain.RecordAudiences() {
			for format, text := range written(t, v, to) {
				says := strings.Contains(text, "ot signed off by a second person") || strings.Contains(text, `"unsigned":true`)
				if says == signed {
					t.Errorf("%s, %s, signed %v: says unsigned: %v", to, format, signed, says)
				}
			}
		}
	}
}

// What was written of an episode that has left the interview is not lost.
func TestWhatWasWrittenOfAnEpisodeThatLeftIsStillThere(t *testing.T) {
	v, f := full()
	v.Interview.Sheet.Each["E9"] = f.answers("E9", func(s domain.SheetSection) bool { return s.Name == "during" })
	for format, text := range written(t, v, domain.ForTeam) {
		for _, p := range f.plants {
			if strings.HasPrefix(p.where, "record.E9") && !strings.Contains(text, p.mark) {
				t.Errorf("%s: %s is lost", format, p.where)
			}
		}
	}
	for format, text := range written(t, v, carer) {
		if strings.Contains(text, "E9") {
			t.Errorf("%s: to a carer", format)
		}
	}
}
