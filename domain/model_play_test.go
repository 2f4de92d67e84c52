package domain_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"homeward/domain"
)

// move is one act of a play: who takes it, when, and the line. The line "hold R1" holds an interview.
type move struct {
	at   time.Time
	who  string
	line string
}

func (m move) String() string { return m.at.UTC().Format("2006-01-02T15:04Z ") + m.who + " " + m.line }

// play applies moves to a team in memory and holds what comes of each against the world worked out from the records.
type play struct {
	tm    *team
	w     *world
	seen  map[domain.Record]string // every record when it was first seen
	moves []move
	done  map[string]int // acts that were done, by name

	every   bool // a play of every act, by anybody: held against the rules of all records too
	refused map[string]int
	said    struct { // what came of the last move
		out     *domain.Outcome
		refused *domain.Refusal
	}
	ever map[string][]domain.Record // which records ever said a word
}

func newPlay(t testing.TB, p domain.Policy) *play {
	tm := newTeam(t)
	tm.settings.Policy = p
	return &play{tm: tm, seen: map[domain.Record]string{}, done: map[string]int{}, refused: map[string]int{}, ever: map[string][]domain.Record{}, w: &world{p: &tm.settings.Policy,
		children: map[domain.ID]*domain.Child{}, episodes: map[domain.ID]*domain.Episode{}, referrals: map[domain.ID]*domain.Referral{},
		clusters: map[domain.ID]*domain.Cluster{}, others: map[domain.ID]domain.Record{}, splits: map[string][][2]int{}}}
}

// words of an act that the play looks at.
type said struct {
	Act, Cluster, Episode, Reason, Keep, Other, Of, As, How string
	Referral                                                referrals
	ChildRef                                                string `json:"child_ref"`
	Episodes                                                []string
	Approve, History                                        bool
}

// referrals an act names: one, or several.
type referrals []string

func (r *referrals) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*r = referrals{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(r))
}

// apply takes a move and says what is wrong with what came of it; "" when nothing is.
func (pl *play) apply(m move) string {
	pl.moves = append(pl.moves, m)
	pl.tm.now, pl.w.now = m.at, m.at
	pl.tm.as(m.who)
	var a said
	if r, hold := strings.CutPrefix(m.line, "hold "); hold {
		id, _ := domain.ParseID(r)
		if pl.tm.Hold(id) {
			pl.done["hold"]++
			return cmpFault(pl.changed(said{Act: "hold"}, nil), pl.check())
		}
		return pl.check()
	}
	if err := json.Unmarshal([]byte(m.line), &a); err != nil && !pl.every {
		return err.Error()
	}
	want := ""
	if !pl.every {
		want = pl.preview(a, m.who)
	}
	falls, changes := pl.falls(a), len(pl.tm.Changes())
	out, refused := pl.take(m.line)
	pl.said.out, pl.said.refused = out, refused
	if refused == nil {
		pl.done[a.Act]++
	} else {
		pl.refused[a.Act]++
	}
	tells := func() string {
		if !pl.every {
			return ""
		}
		return pl.told(m, answered(out, refused))
	}
	switch {
	case want == "":
	case want == "done" && refused != nil:
		return fmt.Sprintf("refused as %s at %q (%s), should be done", refused.Code, refused.Field, refused.Message)
	case want != "done" && refused == nil:
		return "done, should be refused as " + want
	case want != "done" && want != "refused" && string(refused.Code) != want:
		return fmt.Sprintf("refused as %s at %q (%s), should be %s", refused.Code, refused.Field, refused.Message, want)
	}
	closed := tells() // by who may see what before the act, and after it
	if refused != nil {
		if f := pl.nothingChanged(); f != "" {
			return "refused, and yet " + f
		}
		return cmpFault(closed, pl.check())
	}
	if len(pl.tm.Changes()) == changes {
		return cmpFault(closed, pl.nothingChanged())
	}
	changed := pl.changed(a, out)
	if closed != "" {
		closed = tells()
	}
	return cmpFault(changed, closed, pl.fell(falls, out), pl.check(), pl.rules())
}

func cmpFault(faults ...string) string {
	for _, f := range faults {
		if f != "" {
			return f
		}
	}
	return ""
}

func (pl *play) take(line string) (*domain.Outcome, *domain.Refusal) {
	e, err := pl.envelope(line)
	if err == nil {
		err = domain.CheckActor(pl.tm.settings, pl.tm.now, pl.tm.who)
	}
	var out *domain.Outcome
	if err == nil {
		out, err = pl.tm.Take(e)
	}
	var r *domain.Refusal
	if err != nil && !errors.As(err, &r) {
		pl.tm.Fatalf("%s: not refused but failed: %v\n%s", line, err, pl.replay())
	}
	return out, r
}

// envelope reads a line: also of an act that the program alone takes, which no script may name.
func (pl *play) envelope(line string) (domain.Envelope, error) {
	var p struct {
		Act         string
		Row         map[string]any
		History     bool
		Line        int
		Rows, Stay  int
		Format      string
		Authorities []string
		Import, Of  domain.ID
	}
	err := json.Unmarshal([]byte(line), &p)
	bad := func(err error) (domain.Envelope, error) {
		return domain.Envelope{}, &domain.Refusal{Code: domain.Invalid, Message: err.Error()}
	}
	if !strings.HasPrefix(p.Act, "import.") {
		return domain.ParseAct([]byte(line))
	}
	if err != nil {
		return bad(err)
	}
	switch p.Act {
	case "import.begin":
		return domain.Envelope{Act: &domain.BeginImport{Format: p.Format, History: p.History}}, nil
	case "import.end":
		return domain.Envelope{Act: &domain.EndImport{Import: p.Import, Authorities: p.Authorities}}, nil
	case "import.take_back_row":
		return domain.Envelope{Act: &domain.TakeBackRow{Import: p.Import, Of: p.Of}}, nil
	case "import.taken_back":
		return domain.Envelope{Act: &domain.EndTakeBack{Import: p.Import, Rows: p.Rows, Stay: p.Stay}}, nil
	}
	var row domain.Row
	for name, v := range p.Row {
		c, ok := domain.ColumnNamed(name)
		if !ok {
			return bad(fmt.Errorf("no column %s", name))
		}
		row[c] = fmt.Sprint(v)
	}
	n, faults := domain.ReadRow(&row, pl.tm.settings, pl.tm.now, true)
	if faults != nil {
		return domain.Envelope{}, &domain.Refusal{Code: domain.Invalid, Field: faults[0].Column.String(), Message: faults[0].Reason}
	}
	return domain.Envelope{Act: &domain.ImportRow{Row: row, Read: n, History: p.History, Import: p.Import, Line: p.Line}}, nil
}

func (pl *play) replay() string {
	var b strings.Builder
	for _, m := range pl.moves {
		b.WriteString("  " + m.String() + "\n")
	}
	return b.String()
}

// nothingChanged compares every record with the one known.
func (pl *play) nothingChanged() string {
	for rec := range pl.known() {
		if pl.tm.record(rec.RecordID()) != rec {
			return rec.RecordID().String() + " changed"
		}
	}
	return ""
}

func (pl *play) known() func(func(domain.Record) bool) {
	return func(yield func(domain.Record) bool) {
		for _, r := range pl.w.children {
			if !yield(r) {
				return
			}
		}
		for _, r := range pl.w.episodes {
			if !yield(r) {
				return
			}
		}
		for _, r := range pl.w.referrals {
			if !yield(r) {
				return
			}
		}
		for _, r := range pl.w.clusters {
			if !yield(r) {
				return
			}
		}
		for _, r := range pl.w.others {
			if !yield(r) {
				return
			}
		}
	}
}

// changed takes over what an act changed: each record it touched is a version on, no other is another one.
func (pl *play) changed(a said, out *domain.Outcome) string {
	changes := pl.tm.Changes()
	ch := changes[len(changes)-1]
	touched := map[domain.ID]bool{}
	for _, t := range ch.Touched {
		touched[t.ID] = true
		rec := pl.tm.record(t.ID)
		switch before := t.Before; {
		case rec == nil && out != nil && slices.Contains(out.Delete, t.ID):
		case rec == nil:
			return fmt.Sprintf("%s is gone", t.ID)
		case before == nil && a.Act != "redo" && rec.RecordVersion() != 1:
			return fmt.Sprintf("%s is new at version %d", t.ID, rec.RecordVersion())
		case before != nil && rec.RecordVersion() != before.RecordVersion()+1:
			return fmt.Sprintf("%s went from version %d to %d", t.ID, before.RecordVersion(), rec.RecordVersion())
		}
	}
	for rec := range pl.known() {
		if id := rec.RecordID(); !touched[id] && pl.tm.record(id) != rec {
			return fmt.Sprintf("%s changed and is not in the change", id)
		}
	}
	for id := range touched {
		rec := pl.tm.record(id)
		pl.w.set(id, rec)
		if rec != nil && pl.seen[rec] == "" {
			pl.seen[rec] = asJSON(rec)
			if pl.every {
				pl.note(rec, pl.seen[rec])
			}
		}
	}
	if a.Act == "undo" || a.Act == "redo" {
		return pl.restored(ch.UndoOf)
	}
	return ""
}

// restored checks that an undo gave back exactly what was.
func (pl *play) restored(of domain.ID) string {
	for _, ch := range pl.tm.Changes() {
		if ch.ID != of {
			continue
		}
		for _, t := range ch.Touched {
			rec := pl.tm.record(t.ID)
			if t.ID.Kind() == domain.KindNoted {
				continue // others may have named it since: notedRule says what holds
			}
			if t.Before == nil && rec != nil || t.Before != nil && (rec == nil || asJSON(rec.WithVersion(0)) != asJSON(t.Before.WithVersion(0))) {
				return fmt.Sprintf("undone, %s is not as it was", t.ID)
			}
		}
	}
	return ""
}

func asJSON(r domain.Record) string {
	b, err := json.Marshal(r)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// untouched checks at the end that no decision changed a record in place.
func (pl *play) untouched() string {
	for rec, was := range pl.seen {
		if asJSON(rec) != was {
			return fmt.Sprintf("%s was changed in place", rec.RecordID())
		}
	}
	return ""
}
