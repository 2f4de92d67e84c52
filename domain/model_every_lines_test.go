package domain_test

import (
	"encoding/json"
	"slices"
	"time"

	"homeward/domain"
)

// referred is a referral taken by hand, at times of a child nobody has a reference for, with more on it than the other plays have.
func (d *everybody) referred() string {
	m := map[string]any{}
	_ = json.Unmarshal([]byte(d.returned()), &m)
	switch d.IntN(8) {
	case 0:
		delete(m, "child_ref") // taken to be, or new
	case 1:
		delete(m, "child_ref")
		m["given_name"], m["family_name"], m["dob"] = "Zqkim", "Zqlund", oneOf(d.author, []string{"2012-05-06", "2012-06-05", "unknown"})
	case 3, 4:
		m["child_ref"] = "K1"
	case 2:
		m["child_ref"], m["given_name"], m["family_name"], m["dob"] = "K4", "Zqkim", "Zqlund", "2012-05-06"
	}
	if d.chance(5) {
		delete(m, "police_ref")
	}
	for _, col := range []string{"address", "carer_name", "social_worker", "notes", "warning", "placement", "school", "referrer", "missing_from", "found_at", "known_as", "prevention_interview", "home_authority"} {
		if d.chance(12) {
			m[col] = d.word()
		}
	}
	if d.chance(15) {
		m["status"] = oneOf(d.author, domain.StatusWords())
	}
	b, _ := json.Marshal(m)
	return string(b)
}

// row of a file: mostly a new one, at times news of a known episode.
func (d *everybody) row() string {
	m := map[string]any{}
	_ = json.Unmarshal([]byte(d.referred()), &m)
	if d.chance(40) {
		m["police_ref"] = d.anyEpisode()
		for _, name := range []string{"missing_at", "returned_at", "found_at_time", "notified_at"} {
			if d.chance(70) {
				if name == "missing_at" {
					if e := d.pl.w.byRef(m["police_ref"].(string)); e != nil {
						m[name] = d.stamp(e.MissingAt.Time())
					}
				} else {
					delete(m, name)
				}
			}
		}
	}
	delete(m, "act")
	batch := d.batch(func(i *domain.Import) bool { return i.Ended == 0 })
	if id, _ := domain.ParseID(batch); d.pl.w.others[id] == nil {
		return d.lineOf("import.begin") // the program takes no row in without
	}
	return object("import.row", "row", m, "import", batch, "history", d.chance(10), "line", 2+d.IntN(50))
}

func (d *everybody) batch(so func(*domain.Import) bool) string { return pick(d, domain.KindImport, so) }

// ofImport is a change that a row of an import came to.
func (d *everybody) ofImport() (batch, change string) {
	var of []*domain.Change
	for _, ch := range d.pl.tm.Changes() {
		if ch.Import != 0 && ch.Act == "import.row" && ch.Undone == 0 {
			of = append(of, ch)
		}
	}
	if len(of) == 0 {
		return "B1", d.change()
	}
	ch := of[len(of)-1-d.IntN(min(4, len(of)))]
	return ch.Import.String(), ch.ID.String()
}

// record is what is written of an interview: at times all that submitting asks for.
func (d *everybody) record() map[string]any {
	rec := map[string]any{}
	if d.chance(85) {
		rec["arrangements"] = map[string]any{"interviewer": "Pat", "alone": "yes"}
		rec["confidentiality"] = map[string]any{"explained": "yes"}
		rec["view"] = map[string]any{"own_words": d.word()}
		rec["judgement"] = map[string]any{"likelihood": "low"}
	}
	if d.chance(40) {
		rec["intelligence"] = map[string]any{"places": []any{map[string]string{"name": d.spelling(), "about": d.word()}}, "people": []any{map[string]string{"name": d.spelling()}}}
	}
	if d.chance(30) {
		rec["plan"] = map[string]any{"strategy": oneOf(d.author, []string{"yes", "no"}), "support": oneOf(d.author, []string{"accepted", ""}),
			"actions": []any{map[string]string{"kind": oneOf(d.author, []string{"professional", "service", "other"}), "text": d.word(), "owner": d.somebody(), "due": oneOf(d.author, []string{"", d.day(0, 9)})}}}
	}
	if d.chance(15) {
		rec["episodes"] = map[string]any{d.someEpisode(): map[string]any{"during": map[string]string{"where": d.word()}}}
	}
	return rec
}

// lineOf writes one line of an act.
func (d *everybody) lineOf(act string) string {
	is := func(kv ...any) string { return object(act, kv...) }
	w := d.word
	switch act {
	case "referral.new":
		return d.referred()
	case "import.begin":
		return is("format", "referrals", "history", d.chance(10))
	case "import.row":
		return d.row()
	case "import.end":
		return is("import", d.batch(func(i *domain.Import) bool { return i.Ended == 0 }), "authorities", []string{"Zqshire"})
	case "import.take_back_row":
		b, x := d.ofImport()
		return is("import", b, "of", x)
	case "import.taken_back":
		return is("import", d.batch(func(i *domain.Import) bool { return true }), "rows", 1, "stay", 0)
	case "child.edit":
		kv := []any{"child_ref", d.anyChild()}
		for range 1 + d.IntN(3) {
			switch name := oneOf(d.author, domain.CardFields()); name {
			case "dob":
				kv = append(kv, name, oneOf(d.author, []string{"2011-03-14", "2011-04-13", "unknown", "2030-01-01"}))
			case "nhs_number":
				kv = append(kv, name, oneOf(d.author, []string{"943 476 5919", "943 476 5918"}))
			default:
				kv = append(kv, name, w())
			}
		}
		return is(kv...)
	case "child.join", "child.different":
		return is("keep", d.anyChild(), "other", d.anyChild(), "reason", w())
	case "child.restrict":
		to := []string{oneOf(d.author, []string{"sam", "sue", "sam"})}
		for range d.IntN(3) {
			to = append(to, d.login())
		}
		return is("child_ref", d.anyChild(), "to", to, "reason", w())
	case "child.open":
		return is("child_ref", d.child(func(c *domain.Child) bool { return c.Restricted != nil }), "reason", w())
	case "child.confirm":
		return is("episode", d.episode(func(e *domain.Episode) bool { return e.TakenToBe }))
	case "episode.move":
		if d.chance(30) {
			return is("episode", d.someEpisode(), "new", map[string]string{"given_name": "Ivy", "family_name": w(), "dob": "2011-03-14"}, "reason", w())
		}
		return is("episode", d.someEpisode(), "to", d.anyChild(), "reason", w())
	case "episode.edit":
		return d.edited()
	case "episode.end":
		return is("episode", d.missing(), "how", oneOf(d.author, domain.Endings()), "on", d.day(-3, 1), "reason", w())
	case "child.died":
		return is("child_ref", d.anyChild(), "on", d.day(-3, 1), "reason", w())
	case "child.lives":
		return is("child_ref", d.child(func(c *domain.Child) bool { return c.Died != nil }), "reason", w())
	case "episode.duplicate":
		a := d.someEpisode()
		b := d.someEpisode()
		if e := d.pl.w.byRef(a); e != nil {
			b = d.episode(func(o *domain.Episode) bool { return o.Child == e.Child && o.ID != e.ID })
		}
		return is("episode", a, "of", b, "reason", w())
	case "flag.set", "flag.clear":
		return is("episode", d.episode(func(e *domain.Episode) bool { return act == "flag.set" || len(e.Flags) > 0 }), "flag", oneOf(d.author, domain.FlagWords()), "reason", w())
	case "referral.accept", "referral.responsible":
		r := d.referral("new")
		if act == "referral.responsible" {
			r = d.open()
		}
		return is("referral", r, "responsible", oneOf(d.author, domain.Responsibles()), "who", d.maybe(40, d.somebody()),
			"asked_child", d.bool(), "chose", d.maybe(30, w()), "independent_offered", d.bool())
	case "referral.choice":
		return is("referral", d.open(), "asked_child", d.bool(), "chose", d.maybe(60, w()))
	case "referral.front_door":
		return is("referral", d.open(), "told_at", d.past(20), "to", d.maybe(50, w()))
	case "referral.carer_information":
		return is("referral", pick(d, domain.KindReferral, func(*domain.Referral) bool { return true }), "text", w(),
			"places", d.maybe(60, []string{d.spelling()}), "people", d.maybe(40, []string{d.spelling(), d.spelling()}))
	case "referral.assign":
		return is("referral", d.open(), "to", d.somebody())
	case "caseload.hand_over":
		return is("from", d.login(), "to", d.login(), "reason", w())
	case "referral.not_required":
		r := d.before()
		if d.chance(50) {
			return is("referral", r, "reason", oneOf(d.author, []string{"other", "under_age"}), "text", w())
		}
		return is("referral", r, "reason", oneOf(d.author, []string{"harm", "police_investigation", "hospital"}), "text", w(), "look_again_on", d.day(0, 3), "safe_with", w())
	case "referral.sign_off":
		return is("referral", d.referral("to_approve"), "approve", d.chance(60), "comment", d.maybe(50, w()))
	case "contact.log":
		return d.contact()
	case "contact.strike":
		return is("attempt", d.attempt(), "reason", w())
	case "referral.book":
		return is("referral", d.before(), "when", d.stamp(d.now.Add(time.Duration(d.IntN(72)-5)*time.Hour)), "interviewer", d.maybe(50, d.somebody()), "place", d.maybe(50, w()),
			"place_kind", d.maybe(30, oneOf(d.author, domain.PlaceKinds())), "how_seen", d.maybe(30, oneOf(d.author, domain.WaysOfSeeing())), "suggested_by", d.maybe(20, w()))
	case "referral.missed":
		return is("referral", d.referral("booked"), "how", oneOf(d.author, []string{"did_not_attend", "cancelled_by_us"}), "note", d.maybe(50, w()))
	case "referral.chase":
		return is("referral", d.before(), "whom", w(), "note", w())
	case "referral.note":
		return is("referral", d.open(), "to", d.maybe(70, d.login()), "text", w(), "ask", d.bool(), "about", d.maybe(10, "late"))
	case "referral.answer":
		return is("referral", pick(d, domain.KindReferral, func(r *domain.Referral) bool {
			return slices.ContainsFunc(r.Notes, func(n domain.Note) bool { return n.Open() })
		}), "note", 1+d.IntN(2), "text", w())
	case "referral.seen":
		return is("referral", pick(d, domain.KindReferral, func(r *domain.Referral) bool {
			e := d.pl.w.episodes[r.Episode]
			return r.Moved != nil || e != nil && e.Told != nil
		}))
	case "referral.late":
		return is("referral", d.open(), "reason", oneOf(d.author, domain.LateReasons()), "text", d.maybe(50, w()))
	case "referral.close":
		return d.closing()
	case "referral.reopen":
		return is("referral", d.closed(), "reason", w())
	case "cluster.accept", "cluster.dismiss":
		return d.decideOn(act)
	case "cluster.add":
		return d.addition()
	case "cluster.leave_out":
		return d.leaveOut()
	case "cluster.break_up":
		return is("cluster", d.anyCluster(), "reason", w())
	case "interview.held":
		return is("referral", d.before(), "held_at", d.past(2), "interviewer", d.maybe(60, d.somebody()), "role", d.maybe(20, w()), "reach", d.maybe(20, w()),
			"alone", d.maybe(40, "yes"), "present", d.maybe(30, w()), "at_whose_wish", d.maybe(20, w()))
	case "interview.unheld":
		return is("interview", d.interview(d.held), "reason", w())
	case "interview.correct_held":
		return is("interview", d.interview(d.held), "held_at", d.maybe(70, d.past(4)), "interviewer", d.maybe(40, d.somebody()), "present", d.maybe(20, w()), "reason", w())
	case "interview.save":
		return is("referral", oneOf(d.author, []string{d.referral("to_write_up"), d.referral("to_write_up"), d.before()}), "record", d.record())
	case "interview.submit":
		return is("interview", d.interview(func(v *domain.Interview) bool { return v.HeldAt != 0 && v.SubmittedAt == 0 && len(v.Missing()) == 0 }))
	case "interview.approve", "interview.send_back":
		return is("interview", d.interview(func(v *domain.Interview) bool { return v.SubmittedAt != 0 && v.SignedAt == 0 }), "comment", d.maybe(80, w()))
	case "interview.share":
		return is("interview", d.interview(func(v *domain.Interview) bool { return v.HeldAt != 0 }), "audience", oneOf(d.author, []string{"social_worker", "social_worker", "police", "carer", "child"}),
			"to", w(), "way", "email", "purpose", w())
	case "intelligence.merge":
		return is("keep", d.noted(), "other", d.noted(), "reason", w())
	case "followup.add":
		return is("child_ref", d.anyChild(), "kind", oneOf(d.author, domain.FollowUpKinds()), "text", w(), "owner", d.maybe(60, d.somebody()),
			"due_at", d.maybe(40, d.ahead(100)), "interview", d.maybe(20, d.interview(d.held)))
	case "followup.done":
		return is("followup", d.followUp(), "found", w(), "next", d.maybe(30, w()))
	case "followup.redate":
		return is("followup", d.followUp(), "due_at", d.ahead(100), "reason", w())
	case "followup.drop":
		return is("followup", d.followUp(), "reason", w())
	case "undo", "redo":
		return is("of", d.maybe(40, d.change()))
	}
	return "" // the test says that there are no lines for it
}

// edited changes an episode: a time as the other plays do, or another column.
func (d *everybody) edited() string {
	switch d.IntN(4) {
	case 0:
		return d.edit()
	case 1:
		return d.tookBack()
	}
	kv := []any{"episode", d.someEpisode()}
	for range 1 + d.IntN(2) {
		switch col := oneOf(d.author, []string{"category", "risk", "notified_at", "status", "text", "text", "flags"}); col {
		case "category":
			kv = append(kv, col, oneOf(d.author, []string{"missing", "absent", "away"}), "category_from", d.maybe(40, d.past(40)))
		case "risk":
			kv = append(kv, col, oneOf(d.author, domain.RiskWords()), "risk_from", d.maybe(40, d.past(40)))
		case "notified_at":
			kv = append(kv, col, d.past(60))
		case "status":
			kv = append(kv, col, oneOf(d.author, domain.StatusWords()))
		case "flags":
			kv = append(kv, col, oneOf(d.author, domain.FlagWords()))
		default:
			kv = append(kv, oneOf(d.author, []string{"notes", "referrer", "found_at", "missing_from", "social_worker", "placement", "school", "prevention_interview"}), d.word())
		}
	}
	return object("episode.edit", kv...)
}

// contact is an attempt: on a referral, on several of one child at once, or on a follow-up.
func (d *everybody) contact() string {
	kv := []any{"way", oneOf(d.author, domain.Ways()), "with", oneOf(d.author, domain.Withs()), "result", oneOf(d.author, domain.Results()), "note", d.maybe(60, d.word()), "try_again_at", d.maybe(20, d.ahead(50))}
	switch d.IntN(4) {
	case 0:
		return object("contact.log", append(kv, "followup", d.followUp())...)
	case 1, 2:
		first := d.open()
		list := []string{first}
		id, _ := domain.ParseID(first)
		for range 1 + d.IntN(3) {
			list = append(list, pick(d, domain.KindReferral, func(r *domain.Referral) bool {
				of := d.pl.w.referrals[id]
				return of != nil && r.Child == of.Child && isOpen(d.pl.w.stage(r)) && !slices.Contains(list, r.ID.String())
			}))
		}
		return object("contact.log", append(kv, "referral", list)...)
	}
	return object("contact.log", append(kv, "referral", d.open())...)
}

func (d *everybody) closing() string {
	kv := []any{"referral", d.before(), "text", d.word(), "letter_sent", d.step()}
	switch d.IntN(3) {
	case 0:
		r := pick(d, domain.KindReferral, func(r *domain.Referral) bool {
			return outstanding(d.pl.w.stage(r)) && slices.ContainsFunc(r.Attempts, func(a domain.Attempt) bool { return a.Result == "declined" })
		})
		kv[1] = r
		return object("referral.close", append(kv, "as", "declined", "declined_by", oneOf(d.author, []string{"child", "carer"}), "helpline_given", oneOf(d.author, []any{true, "both", d.word()}),
			"carer_offered", d.step(), "carer_information", d.maybe(30, d.word()), "carer_places", d.maybe(30, []string{d.spelling()}))...)
	case 1:
		return object("referral.close", append(kv, "as", "unable", "social_worker_told", d.step(), "police_told", d.step())...)
	}
	kv[1] = d.open()
	return object("referral.close", append(kv, "as", "withdrawn")...)
}
