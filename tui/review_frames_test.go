package tui_test

import (
	"fmt"
	"testing"
	"time"

	"homeward/tui"
	"homeward/tui/tuitest"
)

// overdue is a child whose interview has been due for some hours, with somebody or nobody ("").
func (x *team) overdue(ref, family, to string, hours int) string {
	x.t.Helper()
	back := time.Duration(72+hours) * time.Hour
	at := func(d time.Duration) string { return tuitest.Now().Add(-d).Format(time.RFC3339) }
	x.do("dee", fmt.Sprintf(`{"act":"referral.new","police_ref":"%s-1","child_ref":%q,"given_name":"Kai","family_name":%q,"dob":"2011-02-1%d","missing_from":"Elm House","missing_at":%q,"returned_at":%q,"notified_at":%q}`,
		ref, ref, family, len(ref+family)%10, at(back+9*time.Hour), at(back), at(back-time.Hour)))
	r := x.referralOf(ref)
	x.do("dee", fmt.Sprintf(`{"act":"referral.accept","referral":%q,"responsible":"team"}`, r))
	if to != "" {
		x.do("dee", fmt.Sprintf(`{"act":"referral.assign","referral":%q,"to":%q}`, r, to))
	}
	return r
}

// toReview is a team with something in every part of the review.
func toReview(t testing.TB, login string) *team {
	x := newTeam(t, login)
	x.now = tuitest.Now
	x.overdue("K1", "Adeyemi", "joe", 180)   // R1
	x.overdue("K2", "Barker", "amira", 50)   // R2
	x.overdue("K3", "Clarke", "", 5)         // R3
	x.child("K4", "Dhillon", "amira")        // R4, back twenty hours ago
	x.child("K5", "Edwards", "ruth")         // R5
	x.overdue("K6", "Farah", "ruth", -16)    // R6, due in sixteen hours
	x.overdue("K7", "Grant", "joe", -10)     // R7, due in ten hours
	x.overdue("K8", "Hussain", "amira", -50) // R8
	x.do("amira", `{"act":"referral.late","referral":"R2","reason":"could_not_reach","text":"Four calls"}`)
	x.do("dee", `{"act":"referral.not_required","referral":"R4","reason":"hospital","text":"On Ward 4","look_again_on":"2026-11-26","safe_with":"the ward"}`)
	x.do("sam", `{"act":"referral.not_required","referral":"R5","reason":"other","text":"A mistake of the school"}`,
		`{"act":"referral.note","referral":"R3","to":"ruth","text":"Would you take him?","ask":true}`)
	x.do("dee", `{"act":"referral.book","referral":"R7","when":"2026-11-23T18:00:00Z","interviewer":"joe"}`)
	x.do("amira", `{"act":"interview.held","referral":"R8","held_at":"2026-11-23T11:00:00Z","alone":"yes"}`,
		`{"act":"interview.save","referral":"R8","record":{"arrangements":{"interviewer":"Amira Khan","alone":"yes"},"confidentiality":{"explained":"yes"},"view":{"own_words":"I was with my cousin."},"judgement":{"likelihood":"low"}}}`,
		`{"act":"interview.submit","interview":"I1"}`)
	return x
}

// The review with nothing, with something in every part, and with much, at both sizes and in every way of showing it.
func TestReviewFrames(t *testing.T) {
	at := tuitest.Now()
	none := newTeam(t, "sam")
	none.look(120, 40, at).Press("5").Sees("[5 Review]", "No interview is overdue").Golden("review-none-120x40")
	none.look(80, 24, at).Press("5").Golden("review-none-80x24")

	few := toReview(t, "sam")
	few.look(120, 40, at).Press("5").Sees("3 overdue, 2 without a reason", "▸ 7 d over", "Overdue interviews 3 · 7 d and more: 1 · 1–3 d: 1 · under 1 d: 1",
		"To sign off 3 · 1 not yours to sign", "Interviews late within 24 h 2 · booked in time: 1", "Asked 1").Golden("review-few-120x40")
	few.look(80, 24, at).Press("5").Sees("▸ 7 d over").Golden("review-few-80x24")
	few.look(120, 40, at).Press("5", "m").SeesNot("Adeyemi", "Barker", "Would you take him", "Ward 4").Golden("review-masked-120x40")
	few.look(120, 40, at).Press("5", "?").Golden("review-help-120x40")
	few.look(60, 15, at).Press("5").Golden("review-narrowest-60x15")
	few.look(120, 40, at).Press("5", "}").Golden("review-group-120x40")
	few.look(120, 40, at).Press("5", "}", "enter").Sees("To sign off   8", "all of them").Golden("review-numbers-120x40")

	sixty := newTeam(t, "sam")
	sixty.now = tuitest.Now
	for i := range 60 {
		sixty.overdue(fmt.Sprintf("S%02d", i+1), fmt.Sprintf("Child%02d", i+1), []string{"amira", "joe", "ruth", ""}[i%4], 1+i*4)
	}
	sixty.look(120, 40, at).Press("5").Sees("60 overdue, 60 without a reason").Golden("review-sixty-120x40")
	sixty.look(80, 24, at).Press("5", "=").Sees("by who", "nobody", "25 %").Golden("review-sixty-who-80x24")
	sixty.look(80, 24, at).Press("5", "left", "left", "=").Sees("a week and more").Golden("review-sixty-when-80x24")

	for _, f := range []struct {
		name  string
		w, h  int
		login string
		o     func(*tui.Options)
		keys  []string
	}{
		{"review-demo-120x40", 120, 40, "sam", nil, nil},
		{"review-demo-80x24", 80, 24, "sam", nil, nil},
		{"review-demo-auditor", 120, 40, "ada", nil, nil},
		{"review-demo-ascii-80x24", 80, 24, "sam", func(o *tui.Options) { o.ASCII = true }, nil},
		{"review-demo-person", 120, 40, "sam", nil, []string{"/", "J", "o", "e", "enter", "G"}},
		{"review-demo-weeks", 120, 40, "sam", nil, []string{"G", "k"}},
		{"review-demo-weeks-measure", 120, 40, "sam", nil, []string{"G", "k", "k", "enter"}},
		{"review-demo-weeks-parts", 80, 24, "sam", nil, []string{"G", "k", "k", "enter", "j", "j", "enter"}},
	} {
		t.Run(f.name, func(t *testing.T) { made(t, f.w, f.h, f.login, f.o).Press("5").Press(f.keys...).Golden(f.name) })
	}
}

// Without colour the same words and shapes are there.
func TestReviewWithoutColour(t *testing.T) {
	plain := made(t, 120, 40, "sam", func(o *tui.Options) { o.NoColour = true }).Press("5")
	if plain.Frame() != made(t, 120, 40, "sam", nil).Press("5").Frame() {
		t.Error("without colour the frame says something else than with it")
	}
}

// Coordinators and practitioners have no review: no tab, the palette says why, and the question itself is refused.
func TestReviewRoles(t *testing.T) {
	for login, who := range map[string]string{"dee": "a coordinator", "amira": "a practitioner"} {
		d := made(t, 120, 40, login, nil).SeesNot("5 Review").Press("5").SeesNot("Overdue interviews")
		d.Press(":").Type("review").Sees("the review is for supervisors: " + who)
	}
	a := toReview(t, "ada").look(120, 40, tuitest.Now()).Press("5").Sees("[5 Review]", "▸ 7 d over")
	a.Press("a").Sees("an auditor may not").Press("w").Sees("an auditor may not").Press("l").Sees("an auditor may not")
	a.Press("}", "j", "S").Sees("an auditor may not").Press("x").Sees("an auditor may not").Press("t").Sees("[2 Timeline]")
}
