package seed

import (
	"fmt"
	"time"

	"homeward/domain"
)

// kid is one made-up child.
type kid struct {
	ref, given, family, known, dob, gender string
	phone, carer, carerPhone               string
	placement, kind, status, authority     string
	way, warning                           string
}

func givenNames() []string {
	return []string{"Kai", "Amelia", "Tyler", "Zara", "Mohammed", "Ella", "Jayden", "Aisha", "Connor", "Chloe", "Malachi", "Freya",
		"Dylan", "Nadia", "Reece", "Imani", "Callum", "Sienna", "Idris", "Poppy", "Ethan", "Leila", "Noah", "Yusuf", "Ruby", "Kofi",
		"Maja", "Tomasz", "Grace", "Siân"}
}

func familyNames() []string {
	return []string{"Adeyemi", "Barker", "Clarke", "Dhillon", "Edwards", "Farah", "Grant", "Hussain", "Ivers", "Johnson", "Kowalska",
		"Lambert", "Mbeki", "Norton", "O’Neill", "Patel", "Quinn", "Rahman", "Stone", "Turner", "Umar", "Vaughan", "Walsh", "Young"}
}

func places() []string {
	return []string{"town centre", "Elm House", "the retail park", "school", "a friend’s flat in Northfield", "the station", "Beacon Lodge", "home"}
}

func pick(m *maker, list []string) string { return list[m.r.IntN(len(list))] }

func (m *maker) kid(i int) kid {
	k := kid{
		ref: fmt.Sprintf("K%04d", 1000+i), given: pick(m, givenNames()), family: pick(m, familyNames()),
		dob:    m.now.AddDate(-11-m.r.IntN(6), -m.r.IntN(12), -m.r.IntN(28)).Format(time.DateOnly),
		gender: pick(m, []string{"female", "male"}),
		phone:  fmt.Sprintf("07700 900%03d", m.r.IntN(1000)), carerPhone: fmt.Sprintf("07700 900%03d", m.r.IntN(1000)),
		way: pick(m, []string{"text", "text", "call", "through carer", ""}),
	}
	k.carer = pick(m, []string{"Mum", "Dad", "Gran", "Foster carer"}) + " " + pick(m, givenNames()) + " " + k.family
	switch m.r.IntN(5) {
	case 0, 1:
		k.placement, k.kind, k.status = pick(m, []string{"Elm House", "Beacon Lodge", "Harbour View"}), "children’s home", "looked_after"
		k.carer = "Key worker " + pick(m, givenNames())
	case 2:
		k.placement, k.kind, k.status = "foster home", "foster", "looked_after"
	case 3:
		k.status = "protection_plan"
	default:
		k.status = pick(m, []string{"not_open", "early_help", "in_need"})
	}
	if k.status == "looked_after" && m.r.IntN(6) == 0 {
		k.authority = "Hillshire"
	}
	if m.r.IntN(6) == 0 {
		k.known = pick(m, []string{"KJ", "Mo", "Red", "Bee", "Ty", "Zee"})
	}
	if m.r.IntN(9) == 0 {
		k.warning = pick(m, []string{"Visit in pairs: dog in the house", "Do not ring mum’s number: she asked us not to", "Text before calling: strangers frighten her"})
	}
	return k
}

// row is one episode of a child as a source would write it; a zero end is one that is not over.
func (m *maker) row(k *kid, start, end time.Time) domain.Row {
	m.n++
	stamp := func(t time.Time) string { return t.UTC().Format("2006-01-02T15:04Z") }
	var r domain.Row
	set := func(c domain.Column, v string) { r[c] = v }
	set(domain.ColPoliceRef, fmt.Sprintf("MP-%02d-%05d", start.Year()%100, m.n))
	set(domain.ColChildRef, k.ref)
	set(domain.ColGivenName, k.given)
	set(domain.ColFamilyName, k.family)
	set(domain.ColKnownAs, k.known)
	set(domain.ColDOB, k.dob)
	set(domain.ColGender, k.gender)
	set(domain.ColStatus, k.status)
	set(domain.ColPlacement, k.placement)
	set(domain.ColPlacementKind, k.kind)
	set(domain.ColPlacementAuthority, k.authority)
	set(domain.ColChildPhone, k.phone)
	set(domain.ColCarerName, k.carer)
	set(domain.ColCarerPhone, k.carerPhone)
	set(domain.ColPreferredWay, k.way)
	set(domain.ColWarning, k.warning)
	set(domain.ColCategory, domain.CategoryMissing)
	set(domain.ColRisk, []string{"medium", "medium", "low", "high"}[m.r.IntN(4)])
	set(domain.ColMissingFrom, pick(m, places()))
	set(domain.ColMissingAt, stamp(start))
	set(domain.ColReportedAt, stamp(start.Add(time.Duration(20+m.r.IntN(40))*time.Minute)))
	if !end.IsZero() {
		set(domain.ColReturnedAt, stamp(end))
		set(domain.ColNotifiedAt, stamp(end.Add(time.Duration(15+m.r.IntN(50))*time.Minute)))
		set(domain.ColFoundAt, pick(m, places()))
		set(domain.ColPrevention, "Seen by police on return; said they were with friends.")
	}
	set(domain.ColReferrer, "Police missing persons unit")
	return r
}
