package store

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"time"

	"homeward/domain"
)

// The audit log: one line for every act done and for every reading that is to be recorded, numbered without a gap, each
// line holding the hash of the one before. Lines are never changed; what was undone stands in a bucket of its own.

const hashSize = sha256.Size

// Kinds of line.
const (
	lineAct  = 1
	lineNote = 2
)

// auditLine is one line of the log with its words and what it did to records; how it is kept says logline.go.
type auditLine struct {
	Seq     uint64
	Prev    []byte
	Kind    uint8
	Login   string
	OSUser  string
	Role    string
	When    domain.Moment // when it was recorded, by the clock in force
	Machine domain.Moment // by the machine's clock, where another was in force
	Act     string        // or the word of a note
	Content []byte        // the act as JSON
	ActID   string
	At      domain.Moment // when it happened, as the act says; zero: when it was recorded
	Saw     uint64        // version of the named record that the caller saw
	Summary string
	Child   domain.ID // of a note
	Touched []auditTouched
	UndoOf  domain.ID

	words []byte // salted hash of its words, of a line that was read
	said  []byte // those words, as they are kept
}

// auditTouched is one record before and after a line, as payloads. Of a line that was read they are there once somebody asks for
// them ([txn.after]).
type auditTouched struct {
	ID     domain.ID
	Ver    uint64
	Child  domain.ID
	Before []byte
	After  []byte

	kept  *keptTouched // nil for one that is being written, and in a log of an older format
	salt  []byte
	image []byte // as it is kept
}

// auditHead is the end of the log: how many lines, and the hash of the last.
type auditHead struct {
	count uint64
	hash  [hashSize]byte
}

const auditHeadSize = 8 + hashSize

func (h *auditHead) bytes() []byte {
	return append(binary.BigEndian.AppendUint64(make([]byte, 0, auditHeadSize), h.count), h.hash[:]...)
}

func (h *auditHead) read(b []byte) {
	h.count = binary.BigEndian.Uint64(b)
	copy(h.hash[:], b[8:])
}

func changeID(seq uint64) domain.ID { return domain.NewID(domain.KindChange, seq) }

// actorHead is the time and the flags of an entry in the index of a person's changes; the login follows.
const actorHead = 9

// Flags of such an entry.
const (
	actorUndo   = 1
	actorImport = 2
)

// appendLine puts a line at the end of the log and its entries into the log's indexes.
func (t *txn) appendLine(l *auditLine) error {
	if err := t.chainLine(l); err != nil {
		return err
	}
	for _, e := range t.texts.lineEntries(l) {
		t.putEntry(e.in, e.key, e.value)
	}
	return nil
}

// chainLine puts a line at the end of the log.
func (t *txn) chainLine(l *auditLine) error {
	head := &t.meta.head
	l.Seq = head.count + 1
	l.Prev = head.hash[:]
	said, kept, err := t.keepLine(l)
	if err != nil {
		return err
	}
	key := idKey(changeID(l.Seq))
	t.buf.Reset()
	var blank [hashSize]byte
	t.buf.Write(blank[:])
	if err := modes().enc.MarshalToBuffer(kept, &t.buf); err != nil {
		return err
	}
	payload := t.buf.Bytes()
	sum := sha256.Sum256(payload[hashSize:])
	copy(payload, sum[:])
	t.put(inAudit, key, t.sealBytes(inAudit, key, payload))
	sealed, _, err := t.seal(inSaid, key, said)
	if err != nil {
		return err
	}
	t.put(inSaid, key, sealed)
	head.count, head.hash = l.Seq, sum
	t.lastAt = time.Unix(l.When.Unix(), 0)
	return nil
}

// lineEntries are the entries a line has in the indexes of the log.
func (k textKeys) lineEntries(l *auditLine) []entry {
	id := changeID(l.Seq)
	out := make([]entry, 0, 3)
	if l.Kind == lineAct {
		var flags byte
		if l.UndoOf != 0 {
			flags |= actorUndo
		}
		if strings.HasPrefix(l.Act, "import.") {
			flags |= actorImport
		}
		v := append(binary.BigEndian.AppendUint64(make([]byte, 0, 9+len(l.Login)), uint64(l.When)), flags)
		v = append(v, l.Login...)
		out = append(out, entry{ixActor, k.withID(ixActor, l.Login, id), v})
		if l.UndoOf != 0 {
			out = append(out, entry{inUndone, idKey(l.UndoOf), idKey(id)})
		}
	}
	for _, child := range l.children() {
		out = append(out, entry{ixTouched, pairKey(child, id), []byte{l.Kind}})
	}
	return out
}

// children whose records a line touches, each once.
func (l *auditLine) children() []domain.ID {
	var out []domain.ID
	add := func(c domain.ID) {
		if c == 0 {
			return
		}
		for _, have := range out {
			if have == c {
				return
			}
		}
		out = append(out, c)
	}
	add(l.Child)
	for i := range l.Touched {
		add(l.Touched[i].Child)
	}
	return out
}

// finish puts what a transaction keeps once, the numbers given and the end of the log, and all that waits.
func (t *txn) finish() error {
	if own := int(t.codec.schema); t.meta.records < own { // with the first envelope that is stamped with it
		t.meta.records = own
		t.putEntry(inMeta, []byte(metaRecords), versionBytes(own))
	}
	t.meta.numbers[domain.KindChange] = t.meta.head.count
	t.putEntry(inMeta, []byte(metaNumbers), t.meta.numbers.bytes())
	t.putEntry(inMeta, []byte(metaHead), t.meta.head.bytes())
	return t.flushAll()
}
