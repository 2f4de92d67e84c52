package domain_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
	_ "time/tzdata"

	"homeward/domain"

	"pgregory.net/rapid"
)

// backAndForth is an oracle for undo and redo that knows nothing of the log: on every record lie the acts that changed it, the
// newest on top. An act is undone while it is on top of all of its records, and redone while what was under it is on top again.
type backAndForth struct {
	state  map[domain.ID]string
	pile   map[domain.ID][]int // acts in force, by record
	acts   []deed
	undone []int // acts, by when they were undone, oldest first
}

// deed is one act with the records it changed, as they were and as it left them.
type deed struct {
	by          string
	line        string
	was, became map[domain.ID]string
	under       map[domain.ID]int // what it lay on, -1: nothing
	inForce     bool
}

func (m *backAndForth) top(id domain.ID) int {
	if p := m.pile[id]; len(p) > 0 {
		return p[len(p)-1]
	}
	return -1
}

// did takes over what an act changed.
func (m *backAndForth) did(by, line string, now map[domain.ID]string) {
	d := deed{by: by, line: line, was: map[domain.ID]string{}, became: map[domain.ID]string{}, under: map[domain.ID]int{}, inForce: true}
	n := len(m.acts)
	for id := range mergedKeys(m.state, now) {
		if m.state[id] != now[id] {
			d.was[id], d.became[id], d.under[id] = m.state[id], now[id], m.top(id)
			m.pile[id] = append(m.pile[id], n)
		}
	}
	m.acts, m.state = append(m.acts, d), now
}

func mergedKeys(a, b map[domain.ID]string) map[domain.ID]string {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// undo says which act would be undone, -1 for none, and whether it may be; done carries it out.
func (m *backAndForth) undo(by string) (n int, may bool) {
	for n = len(m.acts) - 1; n >= 0; n-- {
		if d := m.acts[n]; d.inForce && d.by == by && len(d.was) > 0 {
			for id := range d.was {
				if m.top(id) != n {
					return n, false
				}
			}
			return n, true
		}
	}
	return -1, false
}

func (m *backAndForth) redo(by string) (n int, may bool) {
	for i := len(m.undone) - 1; i >= 0; i-- {
		if n = m.undone[i]; m.acts[n].by == by {
			for id, u := range m.acts[n].under {
				if m.top(id) != u {
					return n, false
				}
			}
			return n, true
		}
	}
	return -1, false
}

func (m *backAndForth) turn(n int, forth bool) {
	d := &m.acts[n]
	d.inForce = forth
	state := d.was
	if forth {
		state = d.became
		for i := len(m.undone) - 1; i >= 0; i-- {
			if m.undone[i] == n {
				m.undone = append(m.undone[:i:i], m.undone[i+1:]...)
				break
			}
		}
	} else {
		m.undone = append(m.undone, n)
	}
	for id, s := range state {
		if forth {
			m.pile[id] = append(m.pile[id], n)
		} else {
			m.pile[id] = m.pile[id][:len(m.pile[id])-1]
		}
		if m.state[id] = s; s == "" {
			delete(m.state, id)
		}
	}
}

// recorded are all records of a team in memory, as JSON without their versions.
func (tm *team) recorded() map[domain.ID]string {
	out := map[domain.ID]string{}
	for _, k := range []domain.Kind{domain.KindChild, domain.KindEpisode, domain.KindReferral, domain.KindFollowUp, domain.KindCluster, domain.KindInterview, domain.KindNoted} {
		for n := uint64(1); n < 60; n++ {
			if r, err := domain.ReadRecord(tm, domain.NewID(k, n)); err == nil && r != nil {
				b, err := json.Marshal(r.WithVersion(0))
				if err != nil {
					tm.Fatal(err)
				}
				out[r.RecordID()] = string(b)
			}
		}
	}
	return out
}

// Two people act, undo and redo in turns; after each step the records are those of the oracle, and a step is refused where the
// oracle refuses it. Beyond that only what rests on a record prevents it.
func TestUndosAndRedosOfTwoPeopleNest(t *testing.T) {
	extra := []string{
		`{"act":"child.join","keep":"K1","other":"K2","reason":"x"}`,
		`{"act":"episode.move","episode":"P3","to":"K1","reason":"x"}`,
		`{"act":"episode.duplicate","episode":"P1","of":"P2","reason":"x"}`,
		`{"act":"interview.held","referral":"R1","held_at":"2026-11-22T12:00:00Z"}`,
		`{"act":"interview.save","referral":"R1","record":{"intelligence":{"places":[{"name":"Pier"}]}}}`,
		`{"act":"interview.unheld","interview":"I1","reason":"x"}`,
		`{"act":"followup.add","child_ref":"K2","kind":"other","text":"x"}`,
		`{"act":"child.died","child_ref":"K2","on":"2026-11-21","reason":"x"}`,
		`{"act":"episode.edit","episode":"E4","police_ref":"P9"}`,
	}
	all := append(append([]string{}, lines...), extra...)
	rapid.Check(t, func(r *rapid.T) {
		tm := played(t)
		m := &backAndForth{state: tm.recorded(), pile: map[domain.ID][]int{}}
		for range rapid.IntRange(1, 40).Draw(r, "steps") {
			who := rapid.SampledFrom([]string{"sam", "dee"}).Draw(r, "who")
			tm.as(who)
			what := rapid.IntRange(0, 9).Draw(r, "what")
			line := rapid.SampledFrom(all).Draw(r, "line")
			n, may := -1, true
			switch {
			case what < 3:
				line = `{"act":"undo"}`
				n, may = m.undo(who)
			case what < 6:
				line = `{"act":"redo"}`
				n, may = m.redo(who)
			}
			before := tm.recorded()
			_, refused := tm.try("%s", line)
			now := tm.recorded()
			switch {
			case refused != nil:
				if !maps.Equal(before, now) {
					r.Fatalf("%s was refused and changed something", line)
				}
				if what < 6 && n >= 0 && may && !rested(refused) {
					r.Fatalf("%s by %s of %s is refused: %v", line, who, m.acts[n].line, refused)
				}
				if what < 6 && n < 0 && refused.Code != domain.NotFound {
					r.Fatalf("%s by %s: there is nothing, and it says %v", line, who, refused)
				}
				continue
			case what >= 6:
				m.did(who, line, now)
				continue
			case n < 0 || !may:
				r.Fatalf("%s by %s of %v was done, it was built upon", line, who, n)
			}
			m.turn(n, what >= 3)
			for id := range mergedKeys(m.state, now) {
				if m.state[id] != now[id] {
					r.Fatalf("%s by %s of %s: %s is\n%s\nshould be\n%s", line, who, m.acts[n].line, id, now[id], m.state[id])
				}
			}
		}
	})
}

// rested says that a refusal is about what rests on a record or may not be where it would come to be, not about the record.
func rested(r *domain.Refusal) bool {
	if r.Code != domain.Conflict {
		return false
	}
	for _, w := range []string{" rests on ", "came into", "worked on since", "before that", "went on since without", "would owe an interview", "belongs to", "was joined to", "was changed since", "died was recorded", "recorded as having died"} {
		if strings.Contains(r.Message, w) {
			return true
		}
	}
	return false
}

func TestRedoDoesAgainWhatWasUndone(t *testing.T) {
	tm := played(t)
	tm.do(`{"act":"referral.accept","referral":"R1","responsible":"team"}`) // X4
	tm.do(`{"act":"referral.note","referral":"R2","text":"x"}`)             // X5
	was := tm.recorded()
	tm.refused(domain.NotFound, "of", []string{"undone nothing"}, `{"act":"redo"}`)
	tm.refused(domain.Conflict, "of", []string{"X4", "not undone"}, `{"act":"redo","of":"X4"}`)
	tm.do(`{"act":"undo"}`) // X6
	tm.do(`{"act":"undo"}`) // X7
	tm.as("sam").refused(domain.NotFound, "of", nil, `{"act":"redo"}`)
	tm.refused(domain.Forbidden, "", []string{"Dee Osei"}, `{"act":"redo","of":"X7"}`)
	tm.as("dee").do(`{"act":"redo"}`) // X8: the last undo first
	tm.stage("accepted")
	tm.do(`{"act":"redo"}`)
	for id, s := range tm.recorded() {
		if s != was[id] {
			t.Errorf("redone, %s is\n%s\nwas\n%s", id, s, was[id])
		}
	}
	tm.refused(domain.NotFound, "of", nil, `{"act":"redo"}`)
	// What was redone is undone again as if it had never been.
	tm.do(`{"act":"undo"}`)
	tm.do(`{"act":"undo","of":"X8"}`) // a redo means what it did again
	tm.stage("new")
	tm.refused(domain.NotFound, "of", nil, `{"act":"undo"}`)
	tm.do(`{"act":"redo","of":"X4"}`)
	tm.stage("accepted")
	tm.refused(domain.Invalid, "of", []string{"X4", "redo"}, `{"act":"undo","of":"X7"}`)
	ch, err := tm.Change(domain.NewID(domain.KindChange, 4))
	if err != nil || ch.Undone != 0 {
		t.Errorf("X4 is in force, and reads %+v, %v", ch, err)
	}
}

func TestRedoIsRefusedOnceBuiltUpon(t *testing.T) {
	for name, c := range map[string]struct {
		does, meanwhile string
		says            []string
	}{
		"the same record":         {`{"act":"referral.accept","referral":"R1","responsible":"team"}`, `{"act":"referral.assign","referral":"R1","to":"pat"}`, []string{"R1", "Sam Bright", "Pat Lowe", "redone"}},
		"the reference was given": {`{"act":"episode.edit","episode":"E4","police_ref":"P9"}`, `{"act":"referral.new","police_ref":"P9","child_ref":"K2","missing_at":"2026-11-21 20:00"}`, []string{"P9"}},
		"the child was joined":    {`{"act":"followup.add","child_ref":"K2","kind":"other","text":"x"}`, `{"act":"child.join","keep":"K1","other":"K2","reason":"x"}`, []string{"K2", "joined"}},
		"the child died":          {`{"act":"followup.add","child_ref":"K2","kind":"other","text":"x"}`, `{"act":"child.died","child_ref":"K2","on":"2026-11-21","reason":"x"}`, []string{"K2", "died"}},
		"a join after more came":  {`{"act":"child.join","keep":"K1","other":"K2","reason":"x"}`, `{"act":"followup.add","child_ref":"K2","kind":"other","text":"x"}`, []string{"F1", "Sam Bright"}},
		"a record anew":           {`{"act":"referral.new","child_ref":"K5","missing_at":"2026-11-21 20:00"}`, `{"act":"referral.new","child_ref":"K5","missing_at":"2026-11-22 10:00"}`, []string{"K5"}},
	} {
		tm := played(t)
		tm.as("sam").do(`{"act":"referral.new","child_ref":"K1","missing_at":"2026-11-01 20:00"}`)
		tm.as("dee").do("%s", c.does)
		tm.do(`{"act":"undo"}`)
		tm.as("sam").do("%s", c.meanwhile)
		before := tm.picture(true)
		tm.as("dee").refused(domain.Conflict, "of", c.says, `{"act":"redo"}`)
		if tm.picture(true) != before {
			t.Errorf("%s: refused, and something changed", name)
		}
		tm.as("sam").do(`{"act":"undo"}`)
		tm.as("dee").do(`{"act":"redo"}`)
	}
}

// What came for a joined child since goes back with the undo of the join, and comes again with it.
func TestRedoOfAJoinTakesAlongWhatItsUndoGaveBack(t *testing.T) {
	tm := played(t)
	tm.as("dee").do(`{"act":"child.join","keep":"K1","other":"K2","reason":"x"}`)
	tm.as("sam").do(`{"act":"referral.new","child_ref":"K2","missing_at":"2026-11-19 20:00"}`)
	joined := tm.recorded()
	tm.as("dee").do(`{"act":"undo"}`)
	apart := tm.recorded()
	tm.do(`{"act":"redo"}`)
	if !maps.Equal(tm.recorded(), joined) {
		t.Errorf("redone, it is\n%v\nwas\n%v", tm.recorded(), joined)
	}
	tm.do(`{"act":"undo"}`)
	if !maps.Equal(tm.recorded(), apart) {
		t.Errorf("undone again, it is\n%v\nwas\n%v", tm.recorded(), apart)
	}
}

func TestRedoNeedsTheRightToTheActItself(t *testing.T) {
	tm := played(t)
	tm.as("dee").do(`{"act":"referral.accept","referral":"R1","responsible":"team"}`)
	tm.do(`{"act":"undo"}`)
	for i := range tm.settings.Users {
		if tm.settings.Users[i].Login == "dee" {
			tm.settings.Users[i].Role = domain.Practitioner
		}
	}
	tm.as("dee").refused(domain.Forbidden, "", []string{"practitioner", "referral.accept"}, `{"act":"redo"}`)
	tm.as("ada").refused(domain.Forbidden, "", []string{"auditor"}, `{"act":"redo"}`)
}

func TestRedoGivesNoWorkToWhoHasLeft(t *testing.T) {
	tm := played(t)
	tm.as("dee").do(`{"act":"referral.assign","referral":"R1","to":"pat"}`)
	tm.do(`{"act":"undo"}`)
	for i := range tm.settings.Users {
		if tm.settings.Users[i].Login == "pat" {
			tm.settings.Users[i].Until = domain.DateOf(tm.now) - 1
		}
	}
	tm.as("dee").refused(domain.Invalid, "of", []string{"Pat Lowe"}, `{"act":"redo"}`)
}

// An undo of a record that was given to another child since must not bring it back.
func TestUndoSeesThatARecordIsAnotherChildsByNow(t *testing.T) {
	tm := played(t)
	tm.as("dee").do(`{"act":"episode.edit","episode":"P3","school":"Hill School"}`)
	tm.as("sam").do(`{"act":"episode.move","episode":"P3","to":"K1","reason":"x"}`)
	tm.as("dee").refused(domain.Conflict, "of", []string{"Sam Bright"}, `{"act":"undo"}`)
}

// What was recorded since with the times an edit gave prevents taking them back.
func TestUndoOfAnEditMakesNoFactImpossible(t *testing.T) {
	tm := played(t)
	tm.as("dee").do(`{"act":"episode.edit","episode":"P1","missing_at":"2026-11-10 08:00"}`)
	tm.as("sam").do(`{"act":"contact.log","referral":"R1","way":"call","with":"carer","result":"spoke","at":"2026-11-10T09:00:00Z"}`)
	tm.as("dee").refused(domain.Conflict, "of", []string{"A1"}, `{"act":"undo"}`)
}
