package store

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"time"

	bolt "go.etcd.io/bbolt"
)

// Keys of the meta bucket.
const (
	metaFormat   = "schema"  // the file format; named when it was the record schema too
	metaRecords  = "records" // the record schema; missing where the file format is that as well
	metaDatabase = "database"
	metaPolicy   = "policy"
	metaNumbers  = "numbers"
	metaHead     = "head"
	metaMade     = "made"
	// metaFormerHead is the end of the log as it was before a newer format chained it anew; missing where none did.
	metaFormerHead = "former"
	metaBackup     = "backup" // when the newest backup was made, seconds; missing until there is one
)

// numbers are the highest number given so far, for each kind.
type numbers [kindCount]uint64

func (n *numbers) bytes() []byte {
	b := make([]byte, 0, kindCount*8)
	for _, v := range n {
		b = binary.BigEndian.AppendUint64(b, v)
	}
	return b
}

// metaInfo is what the meta bucket says.
type metaInfo struct {
	versions
	database string // names this database in its audit head
	policy   string
	numbers  numbers
	head     auditHead
	sealing  sealing
	practice bool      // it is a rehearsal
	former   auditHead // of the log before a newer format chained it anew; zero where none did
}

// layOut fills a new file; practice makes it a rehearsal.
func layOut(tx *bolt.Tx, as versions, now time.Time, practice bool) error {
	for b := range bucketCount {
		if _, err := tx.CreateBucket(b.key()); err != nil {
			return err
		}
	}
	var id [16]byte
	rand.Read(id[:])
	put := func(key string, value []byte) error { return putMeta(tx, key, value) }
	if err := put(metaFormat, versionBytes(as.format)); err != nil {
		return err
	}
	if err := put(metaRecords, versionBytes(as.records)); err != nil {
		return err
	}
	if err := put(metaDatabase, []byte(hex.EncodeToString(id[:]))); err != nil {
		return err
	}
	if err := put(metaPolicy, nil); err != nil {
		return err
	}
	if err := put(metaNumbers, new(numbers).bytes()); err != nil {
		return err
	}
	if err := put(metaMade, binary.BigEndian.AppendUint64(nil, uint64(now.Unix()))); err != nil {
		return err
	}
	if practice {
		if err := putRehearsal(tx); err != nil {
			return err
		}
	}
	return put(metaHead, (&auditHead{}).bytes())
}

func putMeta(tx *bolt.Tx, key string, value []byte) error {
	b := tx.Bucket(inMeta.key())
	if b == nil {
		return flawf("the bucket %s is missing", inMeta.name())
	}
	var c codec
	return b.Put([]byte(key), c.sealEntry(inMeta, []byte(key), value))
}

// metaOf reads the meta bucket in a transaction of its own.
func metaOf(db *bolt.DB, known versions) (m metaInfo, err error) {
	err = guarded(func() error {
		return db.View(func(tx *bolt.Tx) (err error) {
			m, err = readMeta(tx, known)
			return err
		})
	})
	return m, err
}

// readMeta reads the meta bucket. A bbolt file without one is another program's; one that lacks a bucket is spoilt; one with a
// newer number than known is not read beyond it (ErrNewer).
func readMeta(tx *bolt.Tx, known versions) (metaInfo, error) {
	var m metaInfo
	b := tx.Bucket(inMeta.key())
	if b == nil || b.Get([]byte(metaFormat)) == nil {
		return m, &Problem{Kind: ErrForeign, Path: tx.DB().Path(), Text: "this is another program's database; it was left untouched"}
	}
	var firstErr error
	read := func(key string, size int) []byte {
		raw := b.Get([]byte(key))
		v, err := soundEntry([]byte(key), raw)
		if err == nil && size >= 0 && len(v) != size {
			err = flawf("its %s is malformed", key)
		}
		if err != nil {
			if firstErr == nil {
				firstErr = err
			}
			return make([]byte, max(size, 0))
		}
		return v
	}
	m.format = int(binary.BigEndian.Uint32(read(metaFormat, 4)))
	m.records = min(m.format, lastSharedNumber)
	if b.Get([]byte(metaRecords)) != nil {
		m.records = int(binary.BigEndian.Uint32(read(metaRecords, 4)))
	}
	if firstErr == nil {
		if err := known.refuse(m.versions, tx.DB().Path()); err != nil {
			return m, err
		}
	}
	m.database, m.policy = string(read(metaDatabase, -1)), string(read(metaPolicy, -1))
	kinds := kindsIn(m.format)
	n := read(metaNumbers, kinds*8)
	for i := range kinds {
		m.numbers[i] = binary.BigEndian.Uint64(n[i*8:])
	}
	m.head.read(read(metaHead, auditHeadSize))
	if b.Get([]byte(metaFormerHead)) != nil {
		m.former.read(read(metaFormerHead, auditHeadSize))
	}
	m.practice = b.Get([]byte(metaRehearsal)) != nil
	if b.Get([]byte(metaRing)) != nil && firstErr == nil {
		m.sealing, firstErr = readSealing(read(metaRing, -1))
	}
	if firstErr != nil {
		return m, firstErr
	}
	for b := range bucketCount {
		if m.format >= b.since() && tx.Bucket(b.key()) == nil {
			return m, flawf("the bucket %s is missing", b.name())
		}
	}
	return m, nil
}
