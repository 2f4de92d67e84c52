package store

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"sync"

	"homeward/domain"
)

// Who was born on a day, who is placed where, and which police references begin with what, stands in no index of the file: keys
// would show who shares a birthday or a home, even where they are encrypted. The process remembers it, from the first time
// somebody asks. What it remembers are hints: all that was ever put while it runs, also by what was taken back; so a transaction,
// whichever state it sees, looks each one up and leaves those that it finds otherwise.

// hints of a store.
type hints struct {
	mu     sync.Mutex
	read   bool // all that the file has was read once
	alike  map[any]map[domain.ID]struct{}
	police []policeHint // sorted but for the last few
	sorted int
}

// bornHint is one for all who were born on a day, or on the one with day and month swapped.
type bornAt domain.Date

func bornHint(dob domain.Date) bornAt { return bornAt(min(dob, domain.SwapDay(dob))) }

type placedHint string // a folded placement

type policeHint struct {
	folded  string
	ref     string
	episode domain.ID
}

// likeness is what may make a child the same as another, beside their reference.
type likeness struct {
	dob              domain.Date
	placement, given string // folded
	names            string // as domain.NameKey gives them
}

func likenessOf(c *domain.Child) likeness {
	return likeness{c.DOB, domain.Fold(c.Placement), domain.Fold(c.GivenName), domain.NameKey(c.GivenName, c.FamilyName)}
}

func (k likeness) bytes() []byte {
	b := binary.BigEndian.AppendUint32(make([]byte, 0, 64), uint32(k.dob))
	return append(b, strings.Join([]string{k.placement, k.given, k.names}, "\x00")...)
}

func readLikeness(v []byte) (k likeness, err error) {
	if len(v) < 4 {
		return k, malformed("what children are known by")
	}
	k.dob = domain.Date(binary.BigEndian.Uint32(v))
	parts := strings.SplitN(string(v[4:]), "\x00", 3)
	if len(parts) != 3 {
		return k, malformed("what children are known by")
	}
	k.placement, k.given, k.names = parts[0], parts[1], parts[2]
	return k, nil
}

// note remembers an entry that is about to be put.
func (h *hints) note(e entry) {
	if e.in != ixAlike && e.in != ixPolice {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	_ = h.add(e.in, e.key, e.value) // what is put can be read
}

func (h *hints) add(in bucket, key, value []byte) error {
	id, err := lastID(key)
	if err != nil {
		return err
	}
	if in == ixPolice {
		if len(value) < idSize {
			return malformed("the police references")
		}
		ref := string(value[idSize:])
		h.police = append(h.police, policeHint{policeFold(ref), ref, id})
		return nil
	}
	k, err := readLikeness(value)
	if err != nil {
		return err
	}
	if k.dob != 0 {
		h.addAlike(bornHint(k.dob), id)
	}
	if k.placement != "" {
		h.addAlike(placedHint(k.placement), id)
	}
	return nil
}

func (h *hints) addAlike(hint any, id domain.ID) {
	if h.alike == nil {
		h.alike = map[any]map[domain.ID]struct{}{}
	}
	if h.alike[hint] == nil {
		h.alike[hint] = map[domain.ID]struct{}{}
	}
	h.alike[hint][id] = struct{}{}
}

// remember reads what the file has, once. What is put meanwhile is noted all the same.
func (t *txn) remember(h *hints) error {
	if h.read {
		return nil
	}
	for _, b := range []bucket{ixAlike, ixPolice} {
		t.readAhead(b)
		if err := t.scan(b, nil, func(k, v []byte) (bool, error) { return true, h.add(b, k, v) }); err != nil {
			return err
		}
	}
	h.read = true
	return nil
}

// alike calls f, by number, for the children that a hint leads to and what they are known by in this transaction, until it says
// false. One of them may be known by something else by now.
func (t *txn) alike(hint any, f func(domain.ID, likeness) (bool, error)) error {
	ids, err := t.hinted(hint)
	if err != nil {
		return err
	}
	for _, id := range ids {
		v, err := t.lookUp(ixAlike, idKey(id))
		if err != nil {
			return err
		}
		if v == nil {
			continue
		}
		k, err := readLikeness(v)
		if err != nil {
			return err
		}
		if more, err := f(id, k); err != nil || !more {
			return err
		}
	}
	return nil
}

func (t *txn) hinted(hint any) ([]domain.ID, error) {
	h := &t.s.hints
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := t.remember(h); err != nil {
		return nil, err
	}
	ids := make([]domain.ID, 0, len(h.alike[hint]))
	for id := range h.alike[hint] {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids, nil
}

// policeHits calls f for the children of the episodes whose police reference begins with a folded text, as many as are looked at.
func (t *txn) policeHits(folded string, most int, f func(child domain.ID)) error {
	found, err := t.policeHinted(folded, most)
	if err != nil {
		return err
	}
	for _, p := range found {
		v, err := t.lookUp(ixPolice, t.texts.withID(ixPolice, p.ref, p.episode))
		if err != nil {
			return err
		}
		if len(v) < idSize {
			continue // another one's by now
		}
		if child := idAt(v); child != 0 {
			f(child)
		}
	}
	return nil
}

func (t *txn) policeHinted(folded string, most int) ([]policeHint, error) {
	h := &t.s.hints
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := t.remember(h); err != nil {
		return nil, err
	}
	byRef := func(a, b policeHint) int {
		return cmp.Or(cmp.Compare(a.folded, b.folded), cmp.Compare(a.ref, b.ref), cmp.Compare(a.episode, b.episode))
	}
	if h.sorted < len(h.police) {
		slices.SortFunc(h.police, byRef)
		h.police = slices.Compact(h.police)
		h.sorted = len(h.police)
	}
	from, _ := slices.BinarySearchFunc(h.police, policeHint{folded: folded}, byRef)
	to := from
	for to < len(h.police) && to-from < most && strings.HasPrefix(h.police[to].folded, folded) {
		to++
	}
	return slices.Clone(h.police[from:to]), nil
}
