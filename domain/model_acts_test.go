package domain_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"homeward/domain"
)

// author makes up the next move of a play: mostly what a desk would do with what it sees, at times nonsense.
type author struct {
	*rand.Rand
	pl   *play
	now  time.Time
	refs int
}

func (a *author) chance(percent int) bool { return a.IntN(100) < percent }

func oneOf[T any](a *author, list []T) (v T) {
	if len(list) > 0 {
		v = list[a.IntN(len(list))]
	}
	return v
}

func (a *author) next() move {
	if a.chance(25) {
		a.now = a.now.Add(time.Duration(1+a.IntN(20*60)) * time.Minute)
	}
	who := "dee"
	switch a.IntN(20) {
	case 0:
		who = "sam"
	case 1:
		who = oneOf(a, []string{"pat", "ada"})
	}
	line, as := a.line()
	if as != "" {
		who = as
	}
	return move{a.now, who, line}
}

// object writes a line; fields that are blank are left out.
func object(act string, kv ...any) string {
	m := map[string]any{"act": act}
	for i := 0; i < len(kv); i += 2 {
		if kv[i+1] != "" {
			m[kv[i].(string)] = kv[i+1]
		}
	}
	b, _ := json.Marshal(m)
	return string(b)
}

func (a *author) stamp(t time.Time) string {
	return t.In(londonTown).Format("2006-01-02T15:04:05Z07:00")
}

// returned is a referral taken by hand: one who came back within the last days, at times long ago, at times still missing.
func (a *author) returned() string {
	a.refs++
	days := 4
	if a.chance(20) {
		days = 25 // a late notification
	}
	start := a.now.Add(-time.Duration(a.IntN(days*24*60)) * time.Minute)
	if len(a.pl.w.episodes) > 0 && a.chance(15) { // exactly at the edges of another's fortnight
		e := a.pl.w.episodes[oneOf(a, slices.Sorted(maps.Keys(a.pl.w.episodes)))]
		start = time.Unix(sameClock(e.MissingAt.Unix(), a.pl.w.p.ClusterWindow*oneOf(a, []int{-1, 1})), 0)
	}
	back := start.Add(time.Duration(oneOf(a, []int{0, 1, 60, 60, 300, 600, 600, 1500, 4000, 14 * 24 * 60})) * time.Minute)
	cols := []any{"police_ref", fmt.Sprintf("P%02d", a.refs), "child_ref", oneOf(a, []string{"K1", "K1", "K1", "K1", "K1", "K1", "K2", "K3"}), "given_name", "Ivy", "family_name", "Stone",
		"dob", "2011-03-14", "missing_at", a.stamp(start), "category", oneOf(a, []string{"missing", "absent", ""}), "risk", oneOf(a, []string{"", "low", "low", "medium", "high"})}
	if a.chance(10) {
		cols = append(cols, "flags", oneOf(a, []string{"harm", "hospital", "exploitation"}))
	}
	if back.After(a.now) || start.After(a.now) {
		return object("referral.new", cols...) // still missing
	}
	at := a.stamp(back)
	if a.chance(10) {
		at = back.In(londonTown).Format(time.DateOnly)
	}
	cols = append(cols, "returned_at", at)
	if a.chance(60) {
		cols = append(cols, "notified_at", at)
	}
	if a.chance(30) {
		cols = append(cols, "found_at_time", a.stamp(start))
	}
	return object("referral.new", cols...)
}

func (a *author) anyEpisode() string { return fmt.Sprintf("P%02d", 1+a.IntN(a.refs+1)) }

// anyReferral is a member of a cluster more often than not.
func (a *author) anyReferral() string {
	id, _ := domain.ParseID(a.anyCluster())
	if c := a.pl.w.clusters[id]; c != nil && len(c.Members) > 0 && a.chance(60) {
		return oneOf(a, c.Members).Referral.String()
	}
	return a.id(domain.KindReferral)
}

func (a *author) anySuggested() bool {
	return slices.ContainsFunc(a.childIDs(), func(id domain.ID) bool { return len(a.pl.w.suggested(id)) > 0 })
}

// anyAddition is a cluster to which something could be added.
func (a *author) anyAddition() string {
	var ids []domain.ID
	for id, c := range a.pl.w.clusters {
		if len(a.pl.w.additions(c)) > 0 {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return oneOf(a, ids).String()
}

func (a *author) anyCluster() string { return a.id(domain.KindCluster) }

// id of a record of a kind, at times of one that is not there.
func (a *author) id(k domain.Kind) string {
	var ids []domain.ID
	for rec := range a.pl.known() {
		if rec.RecordID().Kind() == k {
			ids = append(ids, rec.RecordID())
		}
	}
	slices.Sort(ids)
	if len(ids) == 0 || a.chance(2) {
		return domain.NewID(k, 99).String()
	}
	return oneOf(a, ids).String()
}

// childIDs by number.
func (a *author) childIDs() (out []domain.ID) {
	for id := range a.pl.w.children {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// decideOn accepts or dismisses a suggestion, at times a part of it or with something foreign.
func (a *author) decideOn(act string) string {
	type offer struct {
		child string
		refs  []string
	}
	var offers []offer
	for _, id := range a.childIDs() {
		for _, s := range a.pl.w.suggested(id) {
			o := offer{child: a.pl.w.children[id].Ref}
			for _, e := range s {
				o.refs = append(o.refs, e.PoliceRef)
			}
			offers = append(offers, o)
		}
	}
	o := oneOf(a, offers)
	if o.child == "" {
		o = offer{"K1", []string{a.anyEpisode(), a.anyEpisode()}}
	}
	if a.chance(25) {
		i := a.IntN(len(o.refs))
		o.refs = slices.Delete(slices.Clone(o.refs), i, i+1)
	}
	if a.chance(5) {
		o.refs = append(o.refs, a.anyEpisode())
	}
	slices.Sort(o.refs)
	return object(act, "child_ref", o.child, "episodes", slices.Compact(o.refs), "reason", a.reason(70))
}

func (a *author) reason(percent int) string {
	if a.chance(percent) {
		return "because"
	}
	return ""
}

// addition that is offered, or any episode.
func (a *author) addition() string {
	cl, ep := cmp.Or(a.anyAddition(), a.anyCluster()), a.anyEpisode()
	id, _ := domain.ParseID(cl)
	if c := a.pl.w.clusters[id]; c != nil && a.chance(80) {
		if add := a.pl.w.additions(c); len(add) > 0 {
			ep = oneOf(a, add).PoliceRef
		}
	}
	return object("cluster.add", "cluster", cl, "episode", ep, "reason", a.reason(50))
}

func (a *author) leaveOut() string {
	cl, ep := a.anyCluster(), a.anyEpisode()
	id, _ := domain.ParseID(cl)
	if c := a.pl.w.clusters[id]; c != nil && len(c.Members) > 0 {
		ep = a.pl.w.episodes[oneOf(a, c.Members).Episode].PoliceRef
	}
	return object("cluster.leave_out", "cluster", cl, "episode", ep, "reason", a.reason(90))
}

// edit of a time, a return or the risk.
func (a *author) edit() string {
	ref := a.anyEpisode()
	if e := a.pl.w.byRef(ref); e != nil && e.ReturnedAt == 0 && a.chance(70) {
		return object("episode.edit", "episode", ref, "returned_at", a.stamp(a.now.Add(-time.Duration(a.IntN(300))*time.Minute)))
	}
	at := a.stamp(a.now.Add(-time.Duration(a.IntN(12*24*60)) * time.Minute))
	return object("episode.edit", "episode", ref, oneOf(a, []string{"missing_at", "returned_at", "returned_at"}), at)
}

// heldLater is what comes of an interview: held, written, submitted, signed off or sent back, shared; taken back or corrected.
func (a *author) heldLater(r string) (line, who string) {
	v := a.anyInterview()
	switch a.IntN(10) {
	case 0, 1:
		return object("interview.held", "referral", r, "held_at", a.stamp(a.now.Add(-time.Duration(a.IntN(20))*time.Minute)), "interviewer", oneOf(a, []string{"", "pat", "Jo Bell"})), "sam"
	case 2:
		return `{"act":"interview.save","referral":"` + r + `","record":{"arrangements":{"interviewer":"Pat","alone":"yes"},"confidentiality":{"explained":"yes"},"view":{"own_words":"x"},"judgement":{"likelihood":"low"}}}`, "sam"
	case 3, 4:
		return object("interview.submit", "interview", v), "sam"
	case 5:
		return object(oneOf(a, []string{"interview.approve", "interview.send_back"}), "interview", v, "comment", "x"), "sue"
	case 6:
		return object("interview.share", "interview", v, "audience", "social_worker", "to", "Jo", "way", "email", "purpose", "care"), "sam"
	case 7:
		return object("interview.unheld", "interview", v, "reason", "x"), "sam"
	case 8:
		return object("interview.correct_held", "interview", v, "held_at", a.stamp(a.now.Add(-time.Duration(a.IntN(90))*time.Minute)), "reason", "x"), "sam"
	}
	return object("followup."+oneOf(a, []string{"done", "drop"}), "followup", fmt.Sprint("F", 1+a.IntN(8)), "found", "x", "reason", "x"), "sam"
}

// anyInterview is one that is there, if any.
func (a *author) anyInterview() string {
	var ids []string
	for n := uint64(1); n < 40; n++ {
		id := domain.NewID(domain.KindInterview, n)
		if v, err := a.pl.tm.Interview(id); err == nil && v != nil {
			ids = append(ids, id.String())
		}
	}
	return cmp.Or(oneOf(a, ids), "I1")
}

// tookBack takes a return or a found time back, or says that a child was found.
func (a *author) tookBack() string {
	col := oneOf(a, []string{"returned_at", "returned_at", "found_at_time"})
	if a.chance(30) {
		return object("episode.edit", "episode", a.anyEpisode(), "found_at_time", a.stamp(a.now.Add(-time.Duration(a.IntN(600))*time.Minute)))
	}
	return object("episode.edit", "episode", a.anyEpisode(), col, nil)
}

// line of an act, and who it needs, "" for anyone.
func (a *author) line() (line, who string) {
	r := a.anyReferral
	switch {
	case len(a.pl.w.episodes) < 5:
		return a.returned(), "dee"
	case a.chance(15) && a.anySuggested():
		return a.decideOn(oneOf(a, []string{"cluster.accept", "cluster.accept", "cluster.accept", "cluster.dismiss"})), ""
	case a.chance(30) && a.anyAddition() != "":
		return a.addition(), ""
	case a.chance(12):
		return a.heldLater(r())
	case a.chance(5):
		return a.tookBack(), "dee"
	case a.chance(4):
		return oneOf(a, []string{object("referral.choice", "referral", r(), "chose", "her aunt"), object("referral.carer_information", "referral", r(), "text", "x"),
			object("referral.responsible", "referral", r(), "responsible", "team", "who", oneOf(a, []string{"pat", "pia"}))}), "dee"
	case a.chance(6) && len(a.pl.w.clusters) > 0:
		return oneOf(a, []string{a.leaveOut(), object("cluster.break_up", "cluster", a.anyCluster(), "reason", a.reason(90))}), ""
	}
	switch n := a.IntN(122); {
	case n < 16:
		return a.returned(), ""
	case n < 28:
		return a.decideOn("cluster.accept"), ""
	case n < 31:
		return a.decideOn("cluster.dismiss"), ""
	case n < 38:
		return a.addition(), ""
	case n < 42:
		return a.leaveOut(), ""
	case n < 45:
		return object("cluster.break_up", "cluster", a.anyCluster(), "reason", a.reason(90)), ""
	case n < 52:
		return object("contact.log", "referral", r(), "way", "call", "with", "child", "result", oneOf(a, domain.Results())), ""
	case n < 53:
		return object("contact.strike", "attempt", fmt.Sprint("A", 1+a.IntN(8)), "reason", "x"), ""
	case n < 58:
		return object("referral.book", "referral", r(), "when", a.stamp(a.now.Add(time.Duration(a.IntN(72)-5)*time.Hour)), "place", oneOf(a, []string{"", "school"})), ""
	case n < 60:
		return object("referral.missed", "referral", r(), "how", "did_not_attend"), ""
	case n < 62:
		return object("referral.assign", "referral", r(), "to", oneOf(a, []string{"pat", "pia"})), ""
	case n < 64:
		return object("referral.accept", "referral", r(), "responsible", "team"), ""
	case n < 67:
		return object("referral.close", "referral", r(), "as", "declined", "declined_by", "child", "text", "no", "helpline_given", true, "letter_sent", true, "carer_offered", true), ""
	case n < 70:
		return object("referral.close", "referral", r(), "as", "unable", "text", "gone", "letter_sent", true, "social_worker_told", true, "police_told", true), ""
	case n < 72:
		return object("referral.close", "referral", r(), "as", "withdrawn", "text", "in error"), ""
	case n < 77:
		return a.notRequired(), ""
	case n < 84:
		return object("referral.sign_off", "referral", a.waiting(), "approve", a.chance(50)), "sam"
	case n < 89:
		return object("referral.reopen", "referral", a.closed(), "reason", "again"), ""
	case n < 94:
		return a.edit(), ""
	case n < 96:
		return object("flag."+oneOf(a, []string{"set", "clear"}), "episode", a.anyEpisode(), "flag", "harm", "reason", "x"), ""
	case n < 98:
		k := a.Perm(3)
		return object(oneOf(a, []string{"child.join", "child.different"}), "keep", fmt.Sprint("K", k[0]+1), "other", fmt.Sprint("K", k[1]+1), "reason", "x"), ""
	case n < 101:
		return object("episode.duplicate", "episode", a.anyEpisode(), "of", a.anyEpisode(), "reason", "x"), ""
	case n < 107:
		return object("undo"), ""
	case n < 109:
		return object("undo", "of", fmt.Sprint("X", 1+a.IntN(len(a.pl.tm.Changes())))), ""
	case n < 110:
		return object("redo"), ""
	case n < 112:
		return "hold " + r(), ""
	case n < 114:
		return object("referral.late", "referral", r(), "reason", "capacity"), ""
	case n < 117:
		return object("episode.move", "episode", a.anyEpisode(), "to", fmt.Sprint("K", 1+a.IntN(3)), "reason", a.reason(95)), ""
	case n < 118:
		return object("episode.move", "episode", a.anyEpisode(), "new", map[string]string{"given_name": "Ivy", "family_name": "Stone", "dob": "2011-03-14"}, "reason", "x"), ""
	}
	return object("referral.chase", "referral", r(), "whom", "her social worker", "note", "x"), ""
}

func (a *author) notRequired() string {
	if a.chance(50) {
		return object("referral.not_required", "referral", a.anyReferral(), "reason", "other", "text", "x")
	}
	on := a.now.In(londonTown).AddDate(0, 0, 1+a.IntN(3)).Format(time.DateOnly)
	return object("referral.not_required", "referral", a.anyReferral(), "reason", "hospital", "text", "x", "look_again_on", on, "safe_with", "ward")
}

// waiting is a referral that waits for sign-off, if there is one; closed one that is closed.
func (a *author) waiting() string { return a.in("to_approve") }

func (a *author) closed() string { return a.in("declined unable not_required withdrawn") }

func (a *author) in(stages string) string {
	var ids []domain.ID
	for id, r := range a.pl.w.referrals {
		if strings.Contains(stages, string(r.Stage)) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	if len(ids) == 0 {
		return a.anyReferral()
	}
	return oneOf(a, ids).String()
}
