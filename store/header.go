package store

import (
	"encoding/binary"
	"hash/fnv"
	"io"
)

// The two header ("meta") pages are checked by hand before bbolt sees a file: bbolt would take an empty file for a new
// database, fault on a cut one, and fall back without a word to the state before last when one header is spoilt.

const (
	boltMagic      = 0xED0CDAED
	boltVersion    = 2
	boltNoFreelist = ^uint64(0)
	pageHeadSize   = 16
	metaSize       = 64
	flagBranch     = 1
	flagLeaf       = 2
	flagMeta       = 4
)

// header is what the valid header page of the newer transaction says.
type header struct {
	pageSize int
	root     uint64
	pages    uint64 // one more than the highest page in use
	txid     uint64
}

type metaPage struct {
	id       uint64
	flags    uint16
	magic    uint32
	version  uint32
	pageSize uint32
	root     uint64
	freelist uint64
	pages    uint64
	txid     uint64
	sumOK    bool
}

func parseMeta(b []byte) metaPage {
	ne := binary.NativeEndian
	m := metaPage{id: ne.Uint64(b), flags: ne.Uint16(b[8:])}
	b = b[pageHeadSize:]
	m.magic, m.version, m.pageSize = ne.Uint32(b), ne.Uint32(b[4:]), ne.Uint32(b[8:])
	m.root, m.freelist, m.pages, m.txid = ne.Uint64(b[16:]), ne.Uint64(b[32:]), ne.Uint64(b[40:]), ne.Uint64(b[48:])
	h := fnv.New64a()
	h.Write(b[:56])
	m.sumOK = h.Sum64() == ne.Uint64(b[56:])
	return m
}

func (m metaPage) valid() bool {
	return m.magic == boltMagic && m.version == boltVersion && m.sumOK && m.pageSize >= 512 && m.pageSize <= 1<<24 &&
		m.pageSize&(m.pageSize-1) == 0
}

// readHeader checks both header pages and that the file is as long as they say. It gives ErrForeign for a file of another
// kind and ErrDamaged for one of ours that was spoilt.
func readHeader(path string, f io.ReaderAt, size int64) (header, error) {
	if size == 0 {
		return header{}, damagedf(path, "the file is empty (0 bytes)")
	}
	foreign := &Problem{Kind: ErrForeign, Path: path, Text: "this is no database of homeward; it was left untouched"}
	buf := make([]byte, pageHeadSize+metaSize)
	at := func(off int64) (metaPage, bool) {
		if _, err := f.ReadAt(buf, off); err != nil {
			return metaPage{}, false
		}
		return parseMeta(buf), true
	}
	first, ok := at(0)
	if !ok {
		return header{}, foreign
	}
	ours := first.magic == boltMagic
	pageSize := int64(first.pageSize)
	if !first.valid() {
		pageSize = 0
		for p := int64(512); p <= 1<<16 && p < size; p <<= 1 {
			if m, ok := at(p); ok && m.valid() && int64(m.pageSize) == p {
				pageSize = p
				break
			}
		}
		if pageSize == 0 {
			if ours {
				return header{}, damagedf(path, "both of its header pages are spoilt")
			}
			return header{}, foreign
		}
	}
	second, ok := at(pageSize)
	if !ok {
		return header{}, damagedf(path, "the file was cut off in its header")
	}
	return judgeHeader(path, first, second, size)
}

func judgeHeader(path string, first, second metaPage, size int64) (header, error) {
	if !first.valid() || !second.valid() {
		return header{}, damagedf(path, "one of its two header pages is spoilt, the last change may be missing")
	}
	for i, m := range []metaPage{first, second} {
		if m.id != uint64(i) || m.flags != flagMeta || m.pageSize != first.pageSize {
			return header{}, damagedf(path, "a header page is not what it should be")
		}
	}
	m, older := first, second
	if second.txid > first.txid {
		m, older = second, first
	}
	// They alternate; a copy made by Backup has both from one transaction, one number apart.
	if d := m.txid - older.txid; d == 0 || d > 2 {
		return header{}, damagedf(path, "its two header pages do not belong together")
	}
	if m.pages < 3 || m.pages > 1<<40 || m.root < 2 || m.root >= m.pages {
		return header{}, damagedf(path, "its header speaks of pages that cannot be")
	}
	if m.freelist != boltNoFreelist && m.freelist >= m.pages {
		return header{}, damagedf(path, "its header speaks of pages that cannot be")
	}
	if want := int64(m.pages) * int64(m.pageSize); size < want {
		return header{}, damagedf(path, "the file was cut off: it has %d of %d bytes", size, want)
	}
	return header{pageSize: int(m.pageSize), root: m.root, pages: m.pages, txid: m.txid}, nil
}
