package domain

import (
	"cmp"
	"slices"
)

// Sandbox is a World that keeps what is decided in memory, over a Reader that is never changed: what an import would do
// before it does it, several acts in a row for a preview, and decisions in a test (over [EmptyReader]).
type Sandbox struct {
	Reader
	records map[ID]Record // nil: taken away
	next    map[Kind]uint64
	refs    map[string]ID // child references
	police  map[string]ID
	touched map[ID][]ID // records of a child made or changed here
	born    map[Date][]ID
	changes []*Change
	back    map[ID]ID // changes taken back here, to what took them back
	base    uint64    // numbers given here stand above this one
}

// NewSandbox begins over what a Reader has, as a decision would see it: what is hidden from who asks is not from a decision.
func NewSandbox(base Reader) *Sandbox {
	base = deciding(base)
	w := &Sandbox{Reader: base, records: map[ID]Record{}, next: map[Kind]uint64{}, refs: map[string]ID{},
		police: map[string]ID{}, touched: map[ID][]ID{}, born: map[Date][]ID{}, back: map[ID]ID{}}
	switch under := base.(type) {
	case EmptyReader:
	case *Sandbox:
		w.base = under.base + sandboxNumbers
	default:
		w.base = sandboxNumbers
	}
	return w
}

// Over goes on over another Reader of the same data: a later transaction, or another actor or time.
func (w *Sandbox) Over(base Reader) { w.Reader = deciding(base) }

func deciding(base Reader) Reader {
	if hiding, ok := base.(interface{ Deciding() Reader }); ok {
		return hiding.Deciding()
	}
	return base
}

// NextID gives numbers that no record has.
func (w *Sandbox) NextID(k Kind) (ID, error) {
	w.next[k]++
	return NewID(k, w.base+w.next[k]), nil
}

// Take decides an act and keeps what comes of it.
func (w *Sandbox) Take(e Envelope) (*Outcome, error) {
	out, err := Decide(w, e)
	if err != nil {
		return nil, err
	}
	ch := &Change{Act: e.Act.Name(), By: w.Actor().Login, At: At(w.Now()), Happened: cmp.Or(e.At, At(w.Now())), Summary: out.Summary, UndoOf: out.Undoes}
	if row, ok := e.Act.(*ImportRow); ok {
		ch.Import, ch.Line = row.Import, row.Line
	}
	for _, r := range out.Put {
		before, err := ReadRecord(w, r.RecordID())
		if err != nil {
			return nil, err
		}
		v := r.RecordVersion() + 1 // of one that a redo gives back, too: what was seen of it is older
		after := r.WithVersion(v)
		ch.Touched = append(ch.Touched, Touched{ID: r.RecordID(), Before: before, After: after, Ver: v})
		w.keep(after)
	}
	for _, id := range out.Delete {
		before, err := ReadRecord(w, id)
		if err != nil {
			return nil, err
		}
		ch.Touched = append(ch.Touched, Touched{ID: id, Before: before})
		w.records[id] = nil
	}
	if len(ch.Touched) > 0 {
		ch.ID, _ = w.NextID(KindChange)
		w.changes = append(w.changes, ch)
		if out.Undoes != 0 {
			w.back[out.Undoes] = ch.ID
		}
	}
	return out, nil
}

// Changes are the changes taken here, oldest first.
func (w *Sandbox) Changes() []*Change {
	out := make([]*Change, len(w.changes))
	for i, ch := range w.changes {
		out[i] = w.standing(ch)
	}
	return out
}

func (w *Sandbox) changeAt(id ID) *Change {
	for _, ch := range w.changes {
		if ch.ID == id {
			return w.standing(ch)
		}
	}
	return nil
}

// standing is a change with how it stands after what was taken back here.
func (w *Sandbox) standing(ch *Change) *Change {
	if ch == nil {
		return nil
	}
	n := *ch
	n.Tip = cmp.Or(ch.Tip, ch.ID)
	tip, same, _ := FollowTips(n.Tip, func(id ID) (ID, error) { return w.back[id], nil })
	switch stood := ch.Undone == 0; {
	case tip == n.Tip:
	case stood == same:
		n.Undone = 0
	default:
		n.Undone = tip
	}
	n.Tip = tip
	return &n
}

func (w *Sandbox) keep(r Record) {
	id := r.RecordID()
	_, seen := w.records[id]
	w.records[id] = r
	switch r := r.(type) {
	case *Child:
		if r.Ref != "" {
			w.refs[r.Ref] = id
		}
		if !seen || !slices.Contains(w.born[canonicalBirth(r.DOB)], id) {
			k := canonicalBirth(r.DOB)
			w.born[k] = append(w.born[k], id)
		}
	case *Episode:
		if r.PoliceRef != "" {
			w.police[r.PoliceRef] = id
		}
	}
	if kid := r.ChildID(); kid != 0 && kid != id && !slices.Contains(w.touched[kid], id) {
		w.touched[kid] = append(w.touched[kid], id) // a join moves records from child to child
	}
}

// canonicalBirth is the earlier of a date and the one with day and month swapped.
func canonicalBirth(d Date) Date { return min(d, SwapDay(d)) }

var _ World = (*Sandbox)(nil)
