package domain_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"homeward/domain"
)

// everybody is an author who takes every act there is, as any person of the team, and whose typed words can be told apart.
type everybody struct {
	*author
	words int
	at    []string // the acts there are lines for
}

// word is one that was typed nowhere before: secretWord finds it again wherever it comes to stand.
func (d *everybody) word() string {
	d.words++
	return fmt.Sprintf("zq%d", d.words)
}

func (d *everybody) maybe(percent int, v any) any {
	if d.chance(percent) {
		return v
	}
	return ""
}

func (d *everybody) past(hours int) string {
	return d.stamp(d.now.Add(-time.Duration(d.IntN(hours*60)) * time.Minute))
}

func (d *everybody) day(from, to int) string {
	return d.now.In(londonTown).AddDate(0, 0, from+d.IntN(to-from+1)).Format(time.DateOnly)
}

func (d *everybody) ahead(hours int) string {
	return d.stamp(d.now.Add(time.Duration(1+d.IntN(hours*60)) * time.Minute))
}

func (d *everybody) login() string {
	return oneOf(d.author, []string{"dee", "dee", "cai", "pat", "pat", "pia", "sam", "sue", "ada", "lee", "cos"})
}

// somebody is of the team, or is known by a name alone.
func (d *everybody) somebody() string {
	return oneOf(d.author, []string{d.login(), "Pat Lowe", "Jo Bell"})
}

// pick is the number of a record of a kind, more often than not one that is so.
func pick[T domain.Record](d *everybody, k domain.Kind, so func(T) bool) string {
	var all, fit []domain.ID
	for rec := range d.pl.known() {
		if r, ok := rec.(T); ok {
			all = append(all, r.RecordID())
			if so(r) {
				fit = append(fit, r.RecordID())
			}
		}
	}
	switch {
	case len(fit) > 0 && d.chance(85):
		all = fit
	case len(all) == 0 || d.chance(5):
		return domain.NewID(k, 99).String()
	}
	slices.Sort(all)
	return oneOf(d.author, all).String()
}

func (d *everybody) referral(stages ...domain.Stage) string {
	return pick(d, domain.KindReferral, func(r *domain.Referral) bool { return slices.Contains(stages, d.pl.w.stage(r)) })
}

func (d *everybody) before() string { return d.referral("new", "accepted", "booked") }

func (d *everybody) open() string {
	return d.referral("new", "accepted", "booked", "to_approve", "to_write_up", "to_sign_off", "to_share")
}

func (d *everybody) interview(so func(*domain.Interview) bool) string {
	return pick(d, domain.KindInterview, so)
}

func (d *everybody) held(v *domain.Interview) bool { return v.HeldAt != 0 && v.SignedAt == 0 }

func (d *everybody) followUp() string {
	return pick(d, domain.KindFollowUp, func(f *domain.FollowUp) bool { return f.Open() })
}

func (d *everybody) noted() string {
	return pick(d, domain.KindNoted, func(n *domain.Noted) bool { return n.Into == 0 })
}

// child by what is written for it: its reference, or its number.
func (d *everybody) child(so func(*domain.Child) bool) string {
	id, _ := domain.ParseID(pick(d, domain.KindChild, so))
	if c := d.pl.w.children[id]; c != nil && c.Ref != "" {
		return c.Ref
	}
	return id.String()
}

func (d *everybody) anyChild() string {
	return d.child(func(c *domain.Child) bool { return c.JoinedTo == 0 })
}

func (d *everybody) episode(so func(*domain.Episode) bool) string {
	id, _ := domain.ParseID(pick(d, domain.KindEpisode, so))
	if e := d.pl.w.episodes[id]; e != nil {
		return e.ShownRef()
	}
	return id.String()
}

func (d *everybody) someEpisode() string {
	return d.episode(func(*domain.Episode) bool { return true })
}

func (d *everybody) missing() string {
	return d.episode(func(e *domain.Episode) bool { return e.ReturnedAt == 0 && e.Ended == nil })
}

func (d *everybody) attempt() string {
	var ids []domain.ID
	for rec := range d.pl.known() {
		switch r := rec.(type) {
		case *domain.Referral:
			for _, a := range r.Attempts {
				ids = append(ids, a.ID)
			}
		case *domain.FollowUp:
			for _, a := range r.Attempts {
				ids = append(ids, a.ID)
			}
		}
	}
	slices.Sort(ids)
	return oneOf(d.author, ids).String()
}

func (d *everybody) change() string {
	n := len(d.pl.tm.Changes())
	return fmt.Sprint("X", max(1, n-d.IntN(min(n, 12)+1)))
}

func (d *everybody) step() any { return oneOf(d.author, []any{true, d.word(), ""}) }

func (d *everybody) bool() bool { return d.chance(50) }

func (d *everybody) spelling() string {
	return oneOf(d.author, []string{"Canal", "the canal", "Pier", d.word(), d.word()})
}

// spoilt takes something out of a line, or puts what does not belong in the place of something.
func (d *everybody) spoilt(line string) string {
	m := map[string]any{}
	_ = json.Unmarshal([]byte(line), &m)
	var keys []string
	for k := range m {
		if k != "act" {
			keys = append(keys, k)
		}
	}
	if len(keys) == 0 {
		return line
	}
	slices.Sort(keys)
	k := oneOf(d.author, keys)
	switch d.IntN(4) {
	case 0:
		delete(m, k)
	case 1:
		m[k] = oneOf(d.author, []any{"", nil, 7, true, "z 9", d.word(), "tomorrow", []string{"x"}})
	case 2:
		m["at"] = d.past(100)
	case 3:
		m["version"] = 1 + d.IntN(3)
	}
	b, _ := json.Marshal(m)
	return string(b)
}

// everyAct are the names of all acts, those of the program too.
func everyAct() []string {
	return append(domain.ActNames(), "import.begin", "import.row", "import.end", "import.take_back_row", "import.taken_back")
}

// often are the acts that are taken more often than the others: without them there would be nothing to act on.
var often = strings.Fields(strings.Repeat("referral.new ", 10) + "cluster.accept cluster.accept cluster.add contact.log contact.log interview.held interview.held interview.held interview.save interview.save interview.save " +
	"interview.submit interview.submit interview.submit interview.approve interview.approve undo undo undo redo redo import.row import.row import.row child.restrict followup.done episode.edit referral.accept referral.book referral.carer_information referral.close")

// next makes up a move of anybody.
func (d *everybody) next() move {
	if d.chance(25) {
		d.now = d.now.Add(time.Duration(1+d.IntN(20*60)) * time.Minute)
	}
	if n := len(d.pl.moves); n > 0 && d.pl.said.refused == nil && d.chance(15) { // back and forth, by the same person
		last := d.pl.moves[n-1]
		again := "undo"
		if strings.Contains(last.line, `"act":"undo"`) {
			again = oneOf(d.author, []string{"undo", "redo", "redo"})
		}
		return move{d.now, last.who, object(again)}
	}
	act := oneOf(d.author, d.at)
	switch n := len(d.pl.w.episodes); {
	case n < 5:
		act = "referral.new"
	case n > 12 && act == "referral.new", act == "child.died" && d.chance(60):
		act = oneOf(d.author, often)
	}
	m := d.taken(act)
	for try := 0; try < 8 && !d.would(m) && !d.chance(4); try++ { // mostly what can be done, by who may
		m = d.taken(act)
	}
	if d.chance(8) {
		m.line = d.spoilt(m.line)
	}
	return m
}

// would says whether a move could be done as things are.
func (d *everybody) would(m move) bool {
	tm := d.pl.tm
	tm.now = m.at
	tm.as(m.who)
	e, err := d.pl.envelope(m.line)
	if err == nil && domain.CheckActor(tm.settings, tm.now, tm.who) == nil {
		_, err = domain.NewSandbox(tm.Sandbox).Take(e)
		return err == nil
	}
	return false
}

// taken makes up an act, by anybody.
func (d *everybody) taken(act string) move {
	line := d.lineOf(act)
	who := oneOf(d.author, []string{"dee", "dee", "dee", "dee", "sam", "sam", "sam", "sam", "sue", "sue", "sue", "cai", "cai", "pat", "pat", "pia", "lee", "cos", "ada"})
	if slices.Contains([]string{"interview.held", "interview.save", "interview.submit", "interview.approve", "interview.send_back", "interview.share", "interview.unheld", "referral.sign_off", "referral.answer", "contact.strike"}, act) {
		who = oneOf(d.author, []string{"sam", "sam", "sue", "sue", who})
	}
	if act == "undo" || act == "redo" || strings.HasPrefix(act, "import.") {
		who = oneOf(d.author, []string{"sam", "sam", "dee", who})
	}
	return move{d.now, who, line}
}
