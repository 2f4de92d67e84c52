package store

import (
	"bytes"
	"encoding/binary"
	"os"

	"golang.org/x/sys/unix"
)

// pageWalk checks the tree of pages before bbolt walks it. bbolt walks it too when it opens a file for writing, but in a
// goroutine of its own, where a spoilt page ends the whole program, and a page that leads back to itself never ends.
type pageWalk struct {
	data []byte
	h    header
	seen []uint64 // a bit a page
	// leaves: look inside the leaf pages too. Without it only the way to them is checked, which is what reading needs:
	// a spoilt leaf is caught when it is read.
	leaves bool
	// sum says what is wrong with an entry of the bucket that is being walked; nil where nobody can tell yet.
	sum func(key, raw []byte) error
}

const maxDepth = 40 // a tree of 2^39 leaves cannot be; a page that leads back to itself can

// walkPages checks the pages of an open, locked file.
func walkPages(f *os.File, h header, leaves bool) error {
	size := int64(h.pages) * int64(h.pageSize)
	data, err := unix.Mmap(int(f.Fd()), 0, int(size), unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		return err
	}
	defer unix.Munmap(data)
	if leaves { // everything will be needed; page by page a cold file takes thirty times as long
		_ = unix.Madvise(data, unix.MADV_WILLNEED)
	} else { // few pages, far apart: what lies around them is not
		_ = unix.Madvise(data, unix.MADV_RANDOM)
	}
	return guarded(func() error {
		w := &pageWalk{data: data, h: h, seen: make([]uint64, h.pages/64+1), leaves: leaves}
		_, err := w.tree(h.root, nil, nil, 0)
		return err
	})
}

// page gives a page with its overflow, after checking that it is where and what it should be and was not met before.
func (w *pageWalk) page(id uint64) (p []byte, flags uint16, count int, err error) {
	if id < 2 || id >= w.h.pages {
		return nil, 0, 0, flawf("page %d is out of bounds", id)
	}
	ps := uint64(w.h.pageSize)
	p = w.data[id*ps:]
	ne := binary.NativeEndian
	self, flags, count, over := ne.Uint64(p), ne.Uint16(p[8:]), int(ne.Uint16(p[10:])), uint64(ne.Uint32(p[12:]))
	if self != id {
		return nil, 0, 0, flawf("page %d says it is page %d", id, self)
	}
	if id+over >= w.h.pages {
		return nil, 0, 0, flawf("page %d runs beyond the end", id)
	}
	for i := id; i <= id+over; i++ {
		if w.seen[i/64]&(1<<(i%64)) != 0 {
			return nil, 0, 0, flawf("page %d is used twice", i)
		}
		w.seen[i/64] |= 1 << (i % 64)
	}
	return p[:(over+1)*ps], flags, count, nil
}

// tree checks a page and what hangs from it: keys ascend, from low on, below high. It gives the last key beneath.
func (w *pageWalk) tree(id uint64, low, high []byte, depth int) (last []byte, err error) {
	if depth > maxDepth {
		return nil, flawf("page %d lies too deep", id)
	}
	p, flags, count, err := w.page(id)
	if err != nil {
		return nil, err
	}
	switch flags {
	case flagLeaf:
		return w.leaf(id, p, count, low, high, depth)
	case flagBranch:
		return w.branch(id, p, count, low, high, depth)
	}
	return nil, flawf("page %d is of no kind known", id)
}

func (w *pageWalk) branch(id uint64, p []byte, count int, low, high []byte, depth int) (last []byte, err error) {
	if count == 0 {
		return nil, flawf("page %d leads nowhere", id)
	}
	if err := shape(id, p, count, false); err != nil {
		return nil, err
	}
	keys := make([][]byte, count)
	kids := make([]uint64, count)
	for i := range count {
		keys[i], kids[i] = branchEntry(p, i)
	}
	bottom := !w.leaves && depth > 0 && w.isLeaf(kids[0]) // all leaves lie equally deep; depth 0 leads to the buckets
	if !w.leaves && !bottom {
		w.ahead(kids)
	}
	prev := low
	for i := range count {
		if err := inOrder(id, i, keys[i], prev, high); err != nil {
			return nil, err
		}
		next := high
		if i+1 < count {
			next = keys[i+1]
		}
		if bottom {
			if kids[i] < 2 || kids[i] >= w.h.pages {
				return nil, flawf("page %d is out of bounds", kids[i])
			}
			prev = keys[i]
			continue
		}
		if prev, err = w.tree(kids[i], keys[i], next, depth+1); err != nil {
			return nil, err
		}
		if prev == nil {
			prev = keys[i]
		}
	}
	return prev, nil
}

// ahead has pages that will be needed brought from the disk together, not one after the other.
func (w *pageWalk) ahead(ids []uint64) {
	ps := uint64(w.h.pageSize)
	for _, id := range ids {
		if id < w.h.pages {
			_ = unix.Madvise(w.data[id*ps:(id+1)*ps], unix.MADV_WILLNEED)
		}
	}
}

func (w *pageWalk) isLeaf(id uint64) bool {
	if id < 2 || id >= w.h.pages {
		return false
	}
	return binary.NativeEndian.Uint16(w.data[id*uint64(w.h.pageSize)+8:]) == flagLeaf
}

func (w *pageWalk) leaf(id uint64, p []byte, count int, low, high []byte, depth int) (last []byte, err error) {
	ne := binary.NativeEndian
	if err := shape(id, p, count, true); err != nil {
		return nil, err
	}
	prev := low
	for i := range count {
		at := pageHeadSize + i*16
		flags, start := ne.Uint32(p[at:]), at+int(ne.Uint32(p[at+4:]))
		n, m := int(ne.Uint32(p[at+8:])), int(ne.Uint32(p[at+12:]))
		key, value := p[start:start+n], p[start+n:start+n+m]
		if err := inOrder(id, i, key, prev, high); err != nil {
			return nil, err
		}
		prev = key
		switch flags {
		case 0:
			if w.sum != nil {
				if err := w.sum(key, value); err != nil {
					return nil, err
				}
			}
		case 1:
			w.sum = sumOf(key)
			if err := w.bucket(id, value, depth); err != nil {
				return nil, err
			}
			w.sum = nil
		default:
			return nil, flawf("page %d has an entry of no kind known", id)
		}
	}
	if count == 0 {
		return nil, nil
	}
	return prev, nil
}

// sumOf is how the entries of a bucket by its name are checked: those of an index, of which one that was changed hides what it
// led to. Records and lines say it themselves when they are read.
func sumOf(name []byte) func(key, raw []byte) error {
	for b := range bucketCount {
		if b.name() == string(name) && b.derived() {
			return b.entryFault
		}
	}
	return nil
}

// bucket checks a bucket's own tree, or the small page that stands in its place.
func (w *pageWalk) bucket(id uint64, value []byte, depth int) error {
	if len(value) < 16 {
		return flawf("page %d has a bucket without a root", id)
	}
	ne := binary.NativeEndian
	if root := ne.Uint64(value); root != 0 {
		_, err := w.tree(root, nil, nil, depth+1)
		return err
	}
	p := value[16:]
	if len(p) < pageHeadSize || ne.Uint16(p[8:]) != flagLeaf || ne.Uint32(p[12:]) != 0 {
		return flawf("page %d has a spoilt small bucket", id)
	}
	_, err := w.leaf(id, p, int(ne.Uint16(p[10:])), nil, nil, depth+1)
	return err
}

func inOrder(id uint64, i int, key, prev, high []byte) error {
	switch c := bytes.Compare(prev, key); {
	case prev == nil:
	case i == 0 && c != 0:
		// It could still be searched, but bbolt finds a page's place in its parent by its first key: writing to it would
		// leave two of it in the tree.
		return flawf("page %d does not begin with the key that leads to it", id)
	case i > 0 && c >= 0:
		return flawf("page %d has its keys out of order", id)
	}
	if high != nil && bytes.Compare(key, high) >= 0 {
		return flawf("page %d has a key that belongs elsewhere", id)
	}
	return nil
}
