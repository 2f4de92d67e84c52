package store

import (
	"bytes"
	"encoding/binary"
)

// A page of the tree has no checksum, but bbolt writes it without gaps: behind the head a list of where each key and value
// lies, and behind the list the keys and values one after the other. So a number in the head or the list that was changed does
// not fit the rest, and keys that were changed fail the checksum of their entry, or are out of order.

// listed is how many bytes of a page's list one entry has.
const listed = 16

// leafEntry gives an entry of a leaf page whose shape is sound.
func leafEntry(p []byte, i int) (key, value []byte) {
	ne := binary.NativeEndian
	at := pageHeadSize + i*listed
	start, n, m := at+int(ne.Uint32(p[at+4:])), int(ne.Uint32(p[at+8:])), int(ne.Uint32(p[at+12:]))
	return p[start : start+n : start+n], p[start+n : start+n+m : start+n+m]
}

// branchEntry gives an entry of a branch page whose shape is sound: the first key below, and the page.
func branchEntry(p []byte, i int) (key []byte, kid uint64) {
	ne := binary.NativeEndian
	at := pageHeadSize + i*listed
	start, n := at+int(ne.Uint32(p[at:])), int(ne.Uint32(p[at+4:]))
	return p[start : start+n : start+n], ne.Uint64(p[at+8:])
}

// shape checks that a page's entries lie one after the other, as many as its head says.
func shape(id uint64, p []byte, count int, leaf bool) error {
	ne := binary.NativeEndian
	next := pageHeadSize + count*listed
	if next > len(p) {
		return flawf("page %d holds more than fits", id)
	}
	for at := pageHeadSize; at < pageHeadSize+count*listed; at += listed {
		pos, size := int(ne.Uint32(p[at:])), int(ne.Uint32(p[at+4:]))
		if leaf {
			pos, size = size, int(ne.Uint32(p[at+8:]))+int(ne.Uint32(p[at+12:]))
		}
		if at+pos != next {
			return flawf("page %d does not hold as many entries as it says, or not where it says", id)
		}
		if next += size; next > len(p) {
			return flawf("page %d has an entry outside itself", id)
		}
	}
	return nil
}

// leafSound checks a leaf page of a bucket: its shape, and that its keys ascend from low on and stay below high. Nil is no
// bound.
func leafSound(id uint64, p []byte, count int, low, high []byte) error {
	if err := shape(id, p, count, true); err != nil {
		return err
	}
	prev := low
	for i := range count {
		if binary.NativeEndian.Uint32(p[pageHeadSize+i*listed:]) != 0 {
			return flawf("page %d has an entry of no kind known", id)
		}
		key, _ := leafEntry(p, i)
		if prev != nil {
			if c := bytes.Compare(prev, key); i > 0 && c >= 0 || i == 0 && c != 0 {
				return inOrder(id, i, key, prev, nil)
			}
		}
		prev = key
	}
	if count > 0 && high != nil && bytes.Compare(prev, high) >= 0 {
		return inOrder(id, 0, prev, nil, high)
	}
	return nil
}

// branchSound is leafSound of a branch page.
func branchSound(id uint64, p []byte, count int, low, high []byte) error {
	if count == 0 {
		return flawf("page %d leads nowhere", id)
	}
	if err := shape(id, p, count, false); err != nil {
		return err
	}
	prev := low
	for i := range count {
		key, _ := branchEntry(p, i)
		if err := inOrder(id, i, key, prev, high); err != nil {
			return err
		}
		prev = key
	}
	return nil
}
