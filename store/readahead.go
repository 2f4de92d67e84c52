package store

import (
	"encoding/binary"
	"slices"

	"golang.org/x/sys/unix"
)

// A pass through a bucket follows its keys, and so meets its pages all over the file. Where these must come from the disk,
// each is waited for on its own: a million candidates took six seconds that way, and half of one when the machine was told
// before which pages will be needed.

// readAhead tells the machine that all of a bucket will be read. It goes by the pages above the leaves, and is a hint:
// what it cannot make out it leaves to be read, and found damaged, by whoever comes there.
func (t *txn) readAhead(b bucket) {
	const atOnce = 1 << 20 // bytes
	f := t.s.file
	if f == nil {
		return // a check reads the whole file before
	}
	leaves := t.leafPages(b)
	slices.Sort(leaves)
	size := int64(t.tx.DB().Info().PageSize)
	for i := 0; i < len(leaves); {
		n := 1
		for i+n < len(leaves) && leaves[i+n] == leaves[i]+uint64(n) && int64(n)*size < atOnce {
			n++
		}
		if unix.Fadvise(int(f.Fd()), int64(leaves[i])*size, int64(n)*size, unix.FADV_WILLNEED) != nil {
			return
		}
		i += n
	}
}

// leafPages are the pages that hold a bucket's entries, as far as they can be made out.
func (t *txn) leafPages(b bucket) []uint64 {
	page := make([]byte, t.tx.DB().Info().PageSize)
	level := []uint64{uint64(t.under(b).Root())}
	for range maxDepth {
		var next []uint64
		for _, id := range level {
			if id < 2 {
				return nil // so small a bucket that it stands in the page of its parent
			}
			if _, err := t.s.file.ReadAt(page, int64(id)*int64(len(page))); err != nil {
				return nil
			}
			if binary.NativeEndian.Uint16(page[8:]) != flagBranch {
				return level // all leaves lie equally deep
			}
			next = append(next, below(page)...)
		}
		level = next
	}
	return nil
}

// below are the pages a branch page leads to.
func below(page []byte) []uint64 {
	n := int(binary.NativeEndian.Uint16(page[10:]))
	out := make([]uint64, 0, n)
	for i := range n {
		at := pageHeadSize + i*16
		if at+16 > len(page) {
			break
		}
		out = append(out, binary.NativeEndian.Uint64(page[at+8:]))
	}
	return out
}
