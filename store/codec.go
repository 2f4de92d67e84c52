package store

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"sync"

	"github.com/fxamacker/cbor/v2"

	"homeward/domain"
)

// Every record and every line of the log is kept in an envelope: the form of the envelope, the codec of the payload, the
// schema it was written under, a checksum over all of it and its key, the payload. This file is the only place that
// seals and opens, so that encryption at rest can come in here as another codec.

const (
	envelopeForm = 1
	codecCBOR    = 1
	sealSize     = 8
	sumSize      = 4
)

// castagnoli is a table that processors have built in.
func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// codec encodes with buffers of its own, for one goroutine at a time.
type codec struct {
	schema uint16
	buf    bytes.Buffer
	arena  []byte
}

type cborModes struct {
	enc cbor.UserBufferEncMode
	dec cbor.DecMode
}

// modes are set up once: fields in the order of their type, integers as integers whatever text they can be written as
// (domain.ID, domain.Moment), and no field dropped in silence on reading.
var modes = sync.OnceValue(func() cborModes {
	enc, err := cbor.EncOptions{Sort: cbor.SortCanonical, TextMarshaler: cbor.TextMarshalerNone}.UserBufferEncMode()
	if err != nil {
		panic(err)
	}
	dec, err := cbor.DecOptions{
		// A text that is no UTF-8 is kept and given back as it was: refusing it on reading would lose the record.
		UTF8: cbor.UTF8DecodeInvalid,
		// A field this program does not know would be lost when the record is next written.
		ExtraReturnErrors: cbor.ExtraDecErrorUnknownField,
		FieldNameMatching: cbor.FieldNameMatchingCaseSensitive,
		MaxArrayElements:  1 << 24,
		MaxMapPairs:       1 << 24,
	}.DecMode()
	if err != nil {
		panic(err)
	}
	return cborModes{enc, dec}
})

// alloc gives room that stays valid as long as the transaction; bbolt keeps the slices it is given until the commit.
func (c *codec) alloc(n int) []byte {
	if n > len(c.arena) {
		if n > 1<<14 {
			return make([]byte, n)
		}
		c.arena = make([]byte, 1<<16)
	}
	b := c.arena[:n:n]
	c.arena = c.arena[n:]
	return b
}

// seal encodes v for a key. The payload is the sealed value's own tail.
func (c *codec) seal(key []byte, v any) (sealed, payload []byte, err error) {
	c.buf.Reset()
	if err := modes().enc.MarshalToBuffer(v, &c.buf); err != nil {
		return nil, nil, err
	}
	sealed = c.sealBytes(key, c.buf.Bytes())
	return sealed, sealed[sealSize:], nil
}

// sealBytes seals what is already encoded.
func (c *codec) sealBytes(key, payload []byte) []byte {
	b := c.alloc(sealSize + len(payload))
	b[0], b[1] = envelopeForm, codecCBOR
	binary.BigEndian.PutUint16(b[2:], c.schema)
	copy(b[sealSize:], payload)
	binary.BigEndian.PutUint32(b[4:], envelopeSum(key, b))
	return b
}

func envelopeSum(key, sealed []byte) uint32 {
	t := castagnoli()
	s := crc32.Update(0, t, sealed[:4])
	s = crc32.Update(s, t, key)
	return crc32.Update(s, t, sealed[sealSize:])
}

// unseal checks an envelope and gives its payload, which is valid as long as sealed is.
func (c *codec) unseal(key, sealed []byte) ([]byte, error) {
	if len(sealed) < sealSize || envelopeSum(key, sealed) != binary.BigEndian.Uint32(sealed[4:]) {
		return nil, flawf("the record %s does not match its checksum", keyWords(key))
	}
	if sealed[0] != envelopeForm || sealed[1] != codecCBOR || binary.BigEndian.Uint16(sealed[2:]) > c.schema {
		return nil, &Problem{Kind: ErrNewer, Path: "record " + keyWords(key), Text: "written by a newer homeward: use the newer program"}
	}
	return sealed[sealSize:], nil
}

// decode reads a payload into v.
func decode(payload []byte, v any) error { return modes().dec.Unmarshal(payload, v) }

// decodeRecord reads a payload as the record of an ID.
func decodeRecord(id domain.ID, payload []byte) (domain.Record, error) {
	r := domain.NewRecord(id.Kind())
	if r == nil {
		return nil, flawf("%s is of a kind without records", id)
	}
	if err := decode(payload, r); err != nil {
		return nil, flawf("the record %s cannot be read: %v", id, err)
	}
	if r.RecordID() != id {
		return nil, flawf("the record %s says it is %s", id, r.RecordID())
	}
	return r, nil
}

// Entries of indexes and other small values carry a checksum over key and value behind the value.

func (c *codec) sealEntry(key, value []byte) []byte {
	b := c.alloc(len(value) + sumSize)
	copy(b, value)
	binary.BigEndian.PutUint32(b[len(value):], entrySum(key, value))
	return b
}

func entrySum(key, value []byte) uint32 {
	return crc32.Update(crc32.Update(0, castagnoli(), key), castagnoli(), value)
}

func openEntry(key, raw []byte) ([]byte, error) {
	n := len(raw) - sumSize
	if n < 0 || entrySum(key, raw[:n]) != binary.BigEndian.Uint32(raw[n:]) {
		return nil, flawf("an index entry does not match its checksum")
	}
	return raw[:n], nil
}

// modesEncode encodes without a key, into bytes of its own.
func modesEncode(v any) ([]byte, error) {
	var b bytes.Buffer
	err := modes().enc.MarshalToBuffer(v, &b)
	return b.Bytes(), err
}
