package domain_test

import (
	"testing"

	"homeward/domain"
)

// give gives a login to somebody else, now.
func (tm *team) give(login, name string) {
	tm.Helper()
	u := tm.user(login)
	tm.settings.Former = append(tm.settings.Former, domain.FormerName{Login: login, Name: u.Name, Until: domain.At(tm.now)})
	u.Name = name
}

// Who is given a login inherits nothing that the person before did under it: neither to take it back nor to strike it.
func TestALoginGivenToSomebodyElseInheritsNothing(t *testing.T) {
	tm := newTeam(t).back()
	tm.do(`{"act":"referral.accept","referral":"R1","responsible":"team"}`) // X2
	tm.do(`{"act":"contact.log","referral":"R1","way":"call","with":"child","result":"spoke"}`)
	tm.do(`{"act":"referral.note","referral":"R1","text":"x"}`)
	tm.do(`{"act":"undo"}`) // X5
	tm.on("2026-11-22 19:00").give("dee", "Dora Hill")
	tm.as("dee")
	tm.refused(domain.NotFound, "of", []string{"changed nothing"}, `{"act":"undo"}`)
	tm.refused(domain.NotFound, "of", []string{"undone nothing"}, `{"act":"redo"}`)
	tm.refused(domain.Forbidden, "", []string{"Dee Osei (dee then)"}, `{"act":"undo","of":"X2"}`)
	tm.refused(domain.Forbidden, "", []string{"Dee Osei (dee then)"}, `{"act":"redo","of":"X5"}`)
	tm.refused(domain.Forbidden, "", []string{"Dee Osei (dee then)"}, `{"act":"contact.strike","attempt":"A1","reason":"x"}`)
	tm.do(`{"act":"referral.note","referral":"R1","text":"mine"}`)
	tm.do(`{"act":"undo"}`)
	tm.do(`{"act":"redo"}`)
	tm.do(`{"act":"undo"}`)
	tm.on("2026-11-22 20:00").give("dee", "Dee Osei") // she came back
	tm.as("dee").do(`{"act":"undo","of":"X3"}`)
}

// An interview is the work of who held it, and of nobody who has the login since; where another person's word is asked for, the
// person before and after a change of login may be one.
func TestAnotherPersonsWordIsAnotherPersons(t *testing.T) {
	toSignOff := func(by string) *team {
		tm := newTeam(t).back()
		tm.as(by).do(heldLine, 1, "2026-11-22T16:30:00Z")
		tm.do(writtenLine, 1)
		tm.do(`{"act":"interview.submit","interview":"I1"}`)
		return tm.on("2026-11-22 19:00")
	}
	tm := toSignOff("sue")
	tm.give("sue", "Sal Price")
	tm.as("sue").refused(domain.Forbidden, "", []string{"somebody else signs"}, `{"act":"interview.approve","interview":"I1"}`)
	// The same person under another login.
	tm = toSignOff("sue")
	tm.settings.Former = append(tm.settings.Former, domain.FormerName{Login: "sue", Name: "Sue Adeyemi", Until: domain.At(tm.now)})
	tm.user("sue").Login = "sadeyemi"
	tm.as("sadeyemi").refused(domain.Forbidden, "", []string{"somebody else signs"}, `{"act":"interview.approve","interview":"I1"}`)
	tm.as("sam").do(`{"act":"interview.approve","interview":"I1"}`)

	tm = newTeam(t).back()
	tm.as("sue").do(`{"act":"referral.not_required","referral":"R1","reason":"other","text":"x"}`)
	tm.on("2026-11-22 19:00")
	tm.settings.Former = append(tm.settings.Former, domain.FormerName{Login: "sue", Name: "Sue Adeyemi", Until: domain.At(tm.now)})
	tm.user("sue").Login = "sadeyemi"
	tm.as("sadeyemi").refused(domain.Forbidden, "", []string{"somebody else signs"}, `{"act":"referral.sign_off","referral":"R1","approve":true}`)
	tm.as("sam").do(`{"act":"referral.sign_off","referral":"R1","approve":true}`)

	// Who held it writes it, also where somebody else has the referral: not who has the login since.
	tm = newTeam(t).back()
	tm.do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.as("pat").do(heldLine, 1, "2026-11-22T16:30:00Z")
	tm.as("dee").do(`{"act":"referral.assign","referral":"R1","to":"pia"}`)
	tm.on("2026-11-22 19:00").give("pat", "Per Dahl")
	tm.as("pat").refused(domain.Forbidden, "", nil, `{"act":"interview.unheld","interview":"I1","reason":"x"}`)
}
