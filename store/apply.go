package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// change is one record on its way into the file.
type change struct {
	id            domain.ID
	before, after domain.Record // nil: there was none, there shall be none
	was           []byte        // payload before
}

// apply puts what a decision came to: records, indexes, the line of the log. An error ends the transaction.
func (w *world) apply(env domain.Envelope, out *domain.Outcome, changes []change, a *domain.Answer) (*view.Event, error) {
	t := w.t
	t.recorded = true
	touched, err := t.putAll(changes)
	if err != nil {
		return nil, err
	}
	t.meta.numbers = w.given

	l := w.line(lineAct, env.Act.Name())
	l.ActID, l.At, l.Saw, l.Summary, l.UndoOf, l.Touched = env.ID, env.At, env.Version, out.Summary, out.Undoes, touched
	if l.Content, err = actContent(env); err != nil {
		return nil, err
	}
	if err := t.appendLine(l); err != nil {
		return nil, err
	}

	a.Change = changeID(l.Seq)
	a.IDs = idsOf(changes, out.Made)
	ev := &view.Event{Change: a.Change, Act: l.Act, By: l.Login, At: w.now, IDs: a.IDs, Summary: l.Summary}
	kids := l.children()
	if len(kids) > 0 {
		ev.Child = kids[0]
	}
	if ev.Only, err = t.onlyTo(kids); err != nil {
		return nil, err
	}
	return ev, nil
}

// line begins a line of the log.
func (w *world) line(kind uint8, word string) *auditLine {
	l := &auditLine{Kind: kind, Login: w.actor.Login, OSUser: w.actor.OSUser, Role: string(w.actor.Role),
		When: domain.At(w.now), Act: word}
	if w.t.s.frozen {
		l.Machine = domain.At(time.Now())
	}
	return l
}

func actContent(env domain.Envelope) ([]byte, error) {
	if len(env.Content) > 0 {
		return bytes.TrimSpace(env.Content), nil
	}
	if m, ok := env.Act.(json.Marshaler); ok {
		return m.MarshalJSON() // ours: json.Marshal would only read it through again
	}
	return json.Marshal(env.Act)
}

// changes checks an outcome against the records as they stand, and counts their versions on. A decision may only replace
// the version it has read, else it is refused with a conflict; and only make what it was given a number for: anything else
// is an error in the program, not in what the person asked, and must not reach the file.
func (w *world) changes(out *domain.Outcome) ([]change, error) {
	t := w.t
	cs := make([]change, 0, len(out.Put)+len(out.Delete))
	seen := func(id domain.ID) bool { return slices.ContainsFunc(cs, func(c change) bool { return c.id == id }) }
	for _, r := range out.Put {
		id := r.RecordID()
		if _, ok := bucketOf(id.Kind()); !ok || id.Number() == 0 || seen(id) {
			return nil, fmt.Errorf("the decision puts %s, which cannot be", id)
		}
		c, err := t.stored(id)
		if err != nil {
			return nil, err
		}
		version := r.RecordVersion()
		if c.before != nil {
			if have := c.before.RecordVersion(); version != have {
				return nil, &domain.Refusal{Code: domain.Conflict, Field: "version", Message: fmt.Sprintf(
					"%s was changed meanwhile: it is at version %d, this was decided on version %d", id, have, version)}
			}
		} else if id.Number() > w.given[id.Kind()] {
			return nil, fmt.Errorf("the decision makes %s, a number it was not given", id)
		}
		c.after = r.WithVersion(version + 1)
		cs = append(cs, c)
	}
	for _, id := range out.Delete {
		c, err := t.stored(id)
		if err != nil {
			return nil, err
		}
		if c.before == nil || seen(id) {
			return nil, fmt.Errorf("the decision removes %s, which cannot be", id)
		}
		cs = append(cs, c)
	}
	return cs, nil
}

// stored gives a record as it stands, with its payload.
func (t *txn) stored(id domain.ID) (change, error) {
	r, payload, err := t.recordRaw(id)
	if err != nil || r == nil {
		return change{id: id}, err
	}
	return change{id: id, before: r, was: payload}, nil
}

// putAll puts records and their index entries.
func (t *txn) putAll(changes []change) ([]auditTouched, error) {
	extra, err := t.dependants(changes)
	if err != nil {
		return nil, err
	}
	before, err := t.entriesAround(t.entries[0], changes, extra, func(c change) domain.Record { return c.before })
	if err != nil {
		return nil, err
	}
	touched := make([]auditTouched, len(changes))
	for i, c := range changes {
		b, _ := bucketOf(c.id.Kind())
		key := idKey(c.id)
		touched[i] = auditTouched{ID: c.id, Before: c.was}
		if c.before != nil {
			touched[i].Child = c.before.ChildID()
		}
		t.changed = true
		if c.after == nil {
			t.known[c.id] = knownRecord{}
			if err := t.bucket(b).Delete(key); err != nil {
				return nil, err
			}
			continue
		}
		sealed, payload, err := t.seal(b, key, c.after)
		if err != nil {
			return nil, err
		}
		t.put(b, key, sealed)
		t.known[c.id] = knownRecord{c.after, payload}
		touched[i].After, touched[i].Ver, touched[i].Child = payload, c.after.RecordVersion(), c.after.ChildID()
	}
	after, err := t.entriesAround(t.entries[1], changes, extra, func(c change) domain.Record { return c.after })
	if err != nil {
		return nil, err
	}
	t.entries = [2][]entry{before, after}
	return touched, t.reindex(before, after)
}

// dependants are the records whose index entries depend on a changed one, and that are not changed themselves: of both
// sides of each change, with the records as they were and as they shall be, so that an entry that was there is taken away
// and one that shall be there is put, whichever side leads to it.
func (t *txn) dependants(changes []change) ([]domain.ID, error) {
	find := func(side func(*change) domain.Record) domain.Records {
		return func(id domain.ID) (domain.Record, error) {
			for i := range changes {
				if changes[i].id == id {
					return side(&changes[i]), nil
				}
			}
			return t.record(id)
		}
	}
	finds := [2]domain.Records{
		find(func(c *change) domain.Record { return c.before }),
		find(func(c *change) domain.Record { return c.after }),
	}
	var out []domain.ID
	for _, c := range changes {
		for _, r := range [2]domain.Record{c.before, c.after} {
			if r == nil {
				continue
			}
			for _, f := range finds {
				ids, err := domain.DueDependants(f, r)
				if err != nil {
					return nil, err
				}
				for _, id := range ids {
					if !slices.Contains(out, id) && !slices.ContainsFunc(changes, func(c change) bool { return c.id == id }) {
						out = append(out, id)
					}
				}
			}
		}
	}
	return out, nil
}

// entriesAround are the index entries of one side of the changes, and those of what depends on them as the transaction
// now has it; into room that was used before.
func (t *txn) entriesAround(out []entry, changes []change, extra []domain.ID, side func(change) domain.Record) ([]entry, error) {
	out = out[:0]
	for _, c := range changes {
		r := side(c)
		if r == nil || sameEntries(c.before, c.after) {
			continue
		}
		var err error
		if out, err = entriesOf(out, t.texts, t.settings, r, t.record); err != nil {
			return nil, err
		}
	}
	for _, id := range extra {
		r, err := t.record(id)
		if err == nil && r != nil {
			out, err = entriesOf(out, t.texts, t.settings, r, t.record)
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// idsOf are the numbers for an answer: what there is after, and what is no record of its own; in order of kind.
func idsOf(changes []change, made []domain.ID) []domain.ID {
	out := make([]domain.ID, 0, len(changes)+len(made))
	for _, c := range changes {
		if c.after != nil {
			out = append(out, c.id)
		}
	}
	out = append(out, made...)
	slices.Sort(out)
	return slices.Compact(out)
}
