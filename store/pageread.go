package store

import (
	"bytes"
	"encoding/binary"
	"unsafe"
)

// bbolt trusts its pages: with one key changed it passes over what the key led to, and a list is short without a word. What a
// question reads goes this way instead: each page is checked when a transaction first comes to it, and whatever stands beside
// the place that was sought too, since it may be what was sought.

// pages are those of one transaction that reads; nobody changes them while it lasts.
type pages struct {
	data  []byte
	size  uint64
	sound []uint64 // a bit a page: checked already
}

// pages of the transaction.
func (t *txn) pageData() *pages {
	if t.pages == nil {
		info, n := t.tx.DB().Info(), t.tx.Size()
		base := *(*unsafe.Pointer)(unsafe.Pointer(&info.Data)) // the file as bbolt has it mapped
		t.pages = &pages{data: unsafe.Slice((*byte)(base), n), size: uint64(info.PageSize),
			sound: make([]uint64, uint64(n)/uint64(info.PageSize)/64+1)}
	}
	return t.pages
}

// page gives a page that hangs between two keys of the page above it; nil is no bound.
func (v *pages) page(id uint64, low, high []byte) (p []byte, count int, leaf bool) {
	n := uint64(len(v.data)) / v.size
	if id < 2 || id >= n {
		panic(flawf("page %d is out of bounds", id))
	}
	p = v.data[id*v.size:]
	ne := binary.NativeEndian
	flags, over := ne.Uint16(p[8:]), uint64(ne.Uint32(p[12:]))
	count, leaf = int(ne.Uint16(p[10:])), flags == flagLeaf
	if v.sound[id/64]&(1<<(id%64)) != 0 {
		return p[:(over+1)*v.size], count, leaf
	}
	var err error
	switch {
	case ne.Uint64(p) != id:
		err = flawf("page %d says it is page %d", id, ne.Uint64(p))
	case id+over >= n:
		err = flawf("page %d runs beyond the end", id)
	case leaf:
		err = leafSound(id, p[:(over+1)*v.size], count, low, high)
	case flags == flagBranch:
		err = branchSound(id, p[:(over+1)*v.size], count, low, high)
	default:
		err = flawf("page %d is of no kind known", id)
	}
	if err != nil {
		panic(err)
	}
	v.sound[id/64] |= 1 << (id % 64)
	return p[:(over+1)*v.size], count, leaf
}

// level is where a walk stands in one page of the tree.
type level struct {
	p         []byte
	i, count  int
	low, high []byte // the keys that bound the page
}

// walk goes through one bucket of a transaction that reads. What it finds damaged it panics with: a guard makes it an error.
type walk struct {
	v     *pages
	root  uint64
	small []byte // the page of a bucket so small that it stands in its parent
	sum   func(key, raw []byte) error
	lead  []level // branches on the way
	at    level   // the leaf
}

var _ cursor = (*walk)(nil)

// walk over a bucket.
func (t *txn) walk(b bucket) *walk {
	w := &walk{v: t.pageData(), root: uint64(t.under(b).Root()), sum: b.entryFault, lead: make([]level, 0, 4)}
	if w.root == 0 {
		w.small = t.smallBucket(b)
	}
	return w
}

// entryFault says what is wrong with an entry of a bucket by its checksum.
func (b bucket) entryFault(key, raw []byte) error {
	if !b.enveloped() {
		_, err := soundEntry(key, raw)
		return err
	}
	if len(raw) < sealSize || envelopeSum(key, raw) != binary.BigEndian.Uint32(raw[4:]) {
		return flawf("the record %s does not match its checksum", keyWords(key))
	}
	return nil
}

// smallBucket finds the page of a bucket that is kept in the page of its parent.
func (t *txn) smallBucket(b bucket) []byte {
	root := uint64(t.tx.Cursor().Bucket().Root())
	v := t.pageData()
	for range maxDepth {
		p, count, leaf := v.rootPage(root)
		if !leaf {
			_, root = branchEntry(p, branchIndex(p, count, b.key()))
			continue
		}
		i, found := leafIndex(p, count, b.key())
		if !found {
			break
		}
		_, value := leafEntry(p, i)
		if len(value) < 2*pageHeadSize || binary.NativeEndian.Uint64(value) != 0 {
			break
		}
		small := value[16:]
		if err := leafSound(root, small, int(binary.NativeEndian.Uint16(small[10:])), nil, nil); err != nil {
			panic(err)
		}
		return small
	}
	panic(flawf("the bucket %s has no page", b.name()))
}

// rootPage gives a page of the tree of buckets, of which the opening has checked what they lead to.
func (v *pages) rootPage(id uint64) (p []byte, count int, leaf bool) {
	if id < 2 || (id+1)*v.size > uint64(len(v.data)) {
		panic(flawf("page %d is out of bounds", id))
	}
	p = v.data[id*v.size:]
	ne := binary.NativeEndian
	count, leaf = int(ne.Uint16(p[10:])), ne.Uint16(p[8:]) == flagLeaf
	if err := shape(id, p, count, leaf); err != nil {
		panic(err)
	}
	return p, count, leaf
}

// branchIndex is the entry of a branch page below which a key belongs.
func branchIndex(p []byte, count int, key []byte) int {
	lo, hi := 0, count
	for lo < hi {
		m := (lo + hi) / 2
		if k, _ := branchEntry(p, m); bytes.Compare(k, key) <= 0 {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return max(lo-1, 0)
}

// leafIndex is the first entry of a leaf page that is not below a key.
func leafIndex(p []byte, count int, key []byte) (i int, found bool) {
	lo, hi := 0, count
	for lo < hi {
		m := (lo + hi) / 2
		k, _ := leafEntry(p, m)
		switch bytes.Compare(k, key) {
		case 0:
			return m, true
		case -1:
			lo = m + 1
		default:
			hi = m
		}
	}
	return lo, false
}

// open begins at the root.
func (w *walk) open() (id uint64, more bool) {
	w.lead = w.lead[:0]
	w.at = level{}
	if w.small != nil {
		w.at = level{p: w.small, count: int(binary.NativeEndian.Uint16(w.small[10:]))}
		return 0, false
	}
	return w.root, true
}

// down follows the tree from a page to a leaf; which says by what entry of a branch page.
func (w *walk) down(id uint64, low, high []byte, which func(p []byte, count int) int) {
	for {
		p, count, leaf := w.v.page(id, low, high)
		if leaf {
			w.at = level{p: p, count: count, low: low, high: high}
			return
		}
		if len(w.lead) == maxDepth {
			panic(flawf("page %d lies too deep", id))
		}
		w.lead = append(w.lead, level{p: p, i: which(p, count), count: count, low: low, high: high})
		id, low, high = w.lead[len(w.lead)-1].kid()
	}
}

// kid is the page that a branch page's place leads to, with its bounds.
func (l *level) kid() (id uint64, low, high []byte) {
	low, id = branchEntry(l.p, l.i)
	high = l.high
	if l.i+1 < l.count {
		high, _ = branchEntry(l.p, l.i+1)
	}
	return id, low, high
}

func first([]byte, int) int        { return 0 }
func last(_ []byte, count int) int { return count - 1 }

// Seek goes to the first entry that is not below a key.
func (w *walk) Seek(key []byte) (k, raw []byte) {
	if id, more := w.open(); more {
		w.down(id, nil, nil, func(p []byte, count int) int { return branchIndex(p, count, key) })
	}
	w.at.i, _ = leafIndex(w.at.p, w.at.count, key)
	if w.at.i > 0 { // it may be what was sought
		w.verify(leafEntry(w.at.p, w.at.i-1))
	}
	return w.here()
}

// here is the entry it stands on, or that of the next page.
func (w *walk) here() (k, raw []byte) {
	for w.at.i >= w.at.count {
		if !w.beside(1) {
			return nil, nil
		}
		w.at.i = 0
	}
	return w.verify(leafEntry(w.at.p, w.at.i))
}

// beside goes to the leaf after this one, or before it.
func (w *walk) beside(step int) bool {
	for len(w.lead) > 0 {
		l := &w.lead[len(w.lead)-1]
		if i := l.i + step; i >= 0 && i < l.count {
			l.i = i
			which := first
			if step < 0 {
				which = last
			}
			id, low, high := l.kid()
			w.down(id, low, high, which)
			return true
		}
		w.lead = w.lead[:len(w.lead)-1]
	}
	w.at = level{}
	return false
}

// First entry.
func (w *walk) First() (k, raw []byte) {
	if id, more := w.open(); more {
		w.down(id, nil, nil, first)
	}
	return w.here()
}

// Last entry.
func (w *walk) Last() (k, raw []byte) {
	if id, more := w.open(); more {
		w.down(id, nil, nil, last)
	}
	w.at.i = w.at.count
	return w.Prev()
}

// Next entry.
func (w *walk) Next() (k, raw []byte) {
	w.at.i++
	return w.here()
}

// Prev entry.
func (w *walk) Prev() (k, raw []byte) {
	for w.at.i == 0 {
		if !w.beside(-1) {
			return nil, nil
		}
		w.at.i = w.at.count
	}
	w.at.i--
	return w.verify(leafEntry(w.at.p, w.at.i))
}

// get gives the value under a key, nil where there is none.
func (w *walk) get(key []byte) []byte {
	if id, more := w.open(); more {
		w.down(id, nil, nil, func(p []byte, count int) int { return branchIndex(p, count, key) })
	}
	i, found := leafIndex(w.at.p, w.at.count, key)
	if found {
		_, raw := leafEntry(w.at.p, i)
		return raw
	}
	for j := max(i-1, 0); j <= i && j < w.at.count; j++ { // one of them may be what was sought
		w.verify(leafEntry(w.at.p, j))
	}
	return nil
}

func (w *walk) verify(key, raw []byte) ([]byte, []byte) {
	if err := w.sum(key, raw); err != nil {
		panic(err)
	}
	return key, raw
}
