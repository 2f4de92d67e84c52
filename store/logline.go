package store

import (
	"bytes"
	"compress/flate"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"io"

	"homeward/domain"
)

// How a line of the log is kept. What is chained names nobody: numbers, times, who did it, and hashes of the words and of each
// record as the line left it, salted, so that nothing can be guessed from them. The words and the records stand beside the line
// with their salt: where these are erased one day, the chain still proves the rest. A record stands there whole, or as what makes
// it of the record as the line before left it, so that thirty notes on one referral do not keep the first one thirty times.

// keptLine is what is chained. It is encoded as a list: add fields at the end only, where an older line has none.
type keptLine struct {
	_       struct{} `cbor:",toarray"`
	Seq     uint64
	Prev    []byte // hash of the line before
	Kind    uint8
	Login   string
	OSUser  string
	Role    string
	When    domain.Moment
	Machine domain.Moment
	Act     string
	At      domain.Moment
	Saw     uint64
	Child   domain.ID
	Touched []keptTouched
	UndoOf  domain.ID
	Words   []byte // salted hash of its words
}

// keptTouched is one record that a line touched.
type keptTouched struct {
	_     struct{} `cbor:",toarray"`
	ID    domain.ID
	Ver   uint64
	Child domain.ID
	Was   uint64 // the line that left it as it was before; zero: it was not there
	Depth uint8  // how many lines must be read for it, beside this one
	Image []byte // salted hash of the record as it is after; nil: it was removed
}

// saidLine is what stands beside a line.
type saidLine struct {
	_      struct{} `cbor:",toarray"`
	Salt   []byte
	Words  []byte   // a lineWords
	Images [][]byte // of each record it touched, as it is kept; nil for one that was removed
}

// lineWords are what a line says in words that somebody typed, or that name somebody.
type lineWords struct {
	_       struct{} `cbor:",toarray"`
	Summary string
	Content []byte
	ActID   string
}

const (
	saltSize = 16
	// deepest is how many lines are read for a record at most: the next one has it whole again.
	deepest = 32
	// smallImage is what is always kept as it is.
	smallImage = 512

	// The first byte of an image.
	imageWhole  = 0 // the record follows
	imagePacked = 2 // deflated, with the words of the line as dictionary
	imageChange = 1 // deflated with the words of the line and the record before as dictionary
)

// wordsSum and imageSum are the salted hashes that the chain has.
func wordsSum(salt, words []byte) []byte {
	h := sha256.New()
	h.Write(salt)
	h.Write([]byte("words"))
	h.Write(words)
	return h.Sum(nil)
}

func imageSum(salt []byte, id domain.ID, image []byte) []byte {
	h := sha256.New()
	h.Write(salt)
	h.Write(idKey(id))
	h.Write(image)
	return h.Sum(nil)
}

// keepLine makes what is kept of a line.
func (t *txn) keepLine(l *auditLine) (*saidLine, *keptLine, error) {
	words, err := encodeBytes(&lineWords{Summary: l.Summary, Content: l.Content, ActID: l.ActID})
	if err != nil {
		return nil, nil, err
	}
	said := &saidLine{Salt: make([]byte, saltSize), Words: words}
	rand.Read(said.Salt)
	kept := &keptLine{Seq: l.Seq, Prev: l.Prev, Kind: l.Kind, Login: l.Login, OSUser: l.OSUser, Role: l.Role, When: l.When, Machine: l.Machine,
		Act: l.Act, At: l.At, Saw: l.Saw, Child: l.Child, UndoOf: l.UndoOf, Words: wordsSum(said.Salt, words)}
	for i := range l.Touched {
		a := &l.Touched[i]
		k := keptTouched{ID: a.ID, Ver: a.Ver, Child: a.Child}
		var last lastLine
		if a.Before != nil {
			if last, err = t.lastLine(a.ID); err != nil {
				return nil, nil, err
			}
			k.Was = last.seq
		}
		var image []byte
		if a.After != nil {
			k.Image = imageSum(said.Salt, a.ID, a.After)
			image = keptImage(a.Before, a.After, words, last)
			if image[0] == imageChange {
				k.Depth = last.depth + 1
			}
		}
		t.keepLast(a.ID, lastLine{l.Seq, k.Depth})
		said.Images = append(said.Images, image)
		kept.Touched = append(kept.Touched, k)
	}
	return said, kept, nil
}

func encodeBytes(v any) ([]byte, error) {
	var b bytes.Buffer
	err := modes().enc.MarshalToBuffer(v, &b)
	return b.Bytes(), err
}

// keptImage is a record as it is kept beside the line that left it so.
func keptImage(before, after, words []byte, last lastLine) []byte {
	if len(after) <= smallImage {
		return append([]byte{imageWhole}, after...)
	}
	packed := pack(imagePacked, words, after)
	if last.seq != 0 && last.depth < deepest {
		if change := pack(imageChange, known(words, before), after); len(change) < len(packed)*3/4 {
			return change
		}
	}
	return packed
}

// known is what a record is written with as a dictionary: what the line says, where most of what is new in it stands already, and the
// record before.
func known(words, before []byte) []byte { return append(bytes.Clone(words), before...) }

// pack deflates a record with a dictionary.
func pack(how byte, known, after []byte) []byte {
	var b bytes.Buffer
	b.WriteByte(how)
	w, err := flate.NewWriterDict(&b, 4, known) // the lowest level that looks into the dictionary costs twice the bytes
	if err == nil {
		if _, err = w.Write(after); err == nil {
			err = w.Close()
		}
	}
	if err != nil { // a buffer takes everything
		panic(err)
	}
	return b.Bytes()
}

// unpack makes the record again.
func unpack(known, change []byte) ([]byte, error) {
	r := flate.NewReaderDict(bytes.NewReader(change), known)
	b, err := io.ReadAll(io.LimitReader(r, largestImage+1))
	if err != nil || len(b) > largestImage {
		return nil, flawf("what the log keeps of a record cannot be unpacked")
	}
	return b, nil
}

// largestImage bounds what a damaged file can make of a few bytes.
const largestImage = 64 << 20

// lastLine is where the log has a record as it is now.
type lastLine struct {
	seq   uint64
	depth uint8
}

func (l lastLine) bytes() []byte {
	return append(binary.BigEndian.AppendUint64(make([]byte, 0, 9), l.seq), l.depth)
}

// lastLine looks it up. A record that is there was left so by a line: else the file is damaged.
func (t *txn) lastLine(id domain.ID) (l lastLine, err error) {
	if l, ok := t.lastLines[id]; ok {
		return l, nil
	}
	key := idKey(id)
	raw := t.under(ixLastLine).Get(key) // what waits to go in is in lastLines
	if raw == nil {
		return l, flawf("the log does not say which line left %s as it is", id)
	}
	v, err := t.openEntry(ixLastLine, key, raw)
	if err == nil && len(v) != 9 {
		err = malformed("the lines that left records as they are")
	}
	if err != nil {
		return l, err
	}
	return lastLine{binary.BigEndian.Uint64(v), v[8]}, nil
}

func (t *txn) keepLast(id domain.ID, l lastLine) {
	if t.lastLines == nil {
		t.lastLines = map[domain.ID]lastLine{}
	}
	t.lastLines[id] = l
	t.putEntry(ixLastLine, idKey(id), l.bytes())
}
