package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"reflect"
	"sync"

	"github.com/fxamacker/cbor/v2"

	"homeward/domain"
)

// Every record and every line of the log is kept in an envelope: the form of the envelope, the codec of the payload, the
// schema it was written under, a checksum over all of it and its key, the payload, which in an encrypted file is sealed by the
// box (box.go). This file is the only place that seals and opens.

const (
	envelopeForm = 1
	codecCBOR    = 1 // as it is
	codecSealed  = 2 // encrypted
	sealSize     = 8
	sumSize      = 4
)

// castagnoli is a table that processors have built in.
func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// codec encodes with buffers of its own, for one goroutine at a time.
type codec struct {
	schema uint16 // the record schema: stamped on what it seals, the newest that it opens
	box    *box   // of an encrypted file
	buf    bytes.Buffer
	arena  []byte
}

func newCodec(v versions, b *box) codec { return codec{schema: uint16(v.records), box: b} }

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

// seal encodes v for a key of a bucket. The payload stays valid as long as the transaction.
func (c *codec) seal(b bucket, key []byte, v any) (sealed, payload []byte, err error) {
	c.buf.Reset()
	if err := modes().enc.MarshalToBuffer(v, &c.buf); err != nil {
		return nil, nil, err
	}
	sealed = c.sealBytes(b, key, c.buf.Bytes())
	if c.box == nil {
		return sealed, sealed[sealSize:], nil
	}
	return sealed, append(c.alloc(c.buf.Len())[:0], c.buf.Bytes()...), nil
}

// sealBytes seals what is already encoded.
func (c *codec) sealBytes(b bucket, key, payload []byte) []byte {
	size := sealSize + len(payload)
	if c.box != nil {
		size = sealSize + c.box.size(len(payload))
	}
	out := c.alloc(size)
	out[0], out[1] = envelopeForm, codecCBOR
	binary.BigEndian.PutUint16(out[2:], c.schema)
	if c.box != nil {
		out[1] = codecSealed
		c.box.seal(out[:sealSize], b, key, out[:4], payload)
	} else {
		copy(out[sealSize:], payload)
	}
	binary.BigEndian.PutUint32(out[4:], envelopeSum(key, out))
	return out
}

func envelopeSum(key, sealed []byte) uint32 {
	t := castagnoli()
	s := crc32.Update(0, t, sealed[:4])
	s = crc32.Update(s, t, key)
	return crc32.Update(s, t, sealed[sealSize:])
}

// unseal checks an envelope of a bucket and gives its payload, which is valid as long as sealed is.
func (c *codec) unseal(b bucket, key, sealed []byte) ([]byte, error) {
	if len(sealed) < sealSize || envelopeSum(key, sealed) != binary.BigEndian.Uint32(sealed[4:]) {
		return nil, flawf("the record %s does not match its checksum", keyWords(key))
	}
	if sealed[0] != envelopeForm || sealed[1] > codecSealed || sealed[1] == 0 || binary.BigEndian.Uint16(sealed[2:]) > c.schema {
		return nil, newerf("the record %s", keyWords(key))
	}
	if c.box == nil && sealed[1] == codecCBOR {
		return sealed[sealSize:], nil
	}
	// In an encrypted file nothing is read that is not: somebody else put it there.
	if c.box == nil || sealed[1] == codecCBOR {
		return nil, flawf("the record %s is not encrypted as the file is", keyWords(key))
	}
	payload, err := c.box.open(b, key, sealed[:4], sealed[sealSize:])
	if err != nil {
		return nil, flawf("the record %s %v", keyWords(key), err)
	}
	return payload, nil
}

// errUnknownField: what was decoded has a field that this program does not know, and would lose by writing it again.
var errUnknownField = errors.New("it has a field that this program does not know")

// decode reads a payload into v, which is empty. A field it has no room for is errUnknownField.
func decode(payload []byte, v any) error {
	err := modes().dec.Unmarshal(payload, v)
	if mismatch := (*cbor.UnmarshalTypeError)(nil); errors.As(err, &mismatch) && mismatch.CBORType == "array" {
		var fitted []byte
		if fitted, err = fitLists(payload, reflect.TypeOf(v)); err == nil {
			reflect.ValueOf(v).Elem().SetZero()
			err = modes().dec.Unmarshal(fitted, v)
		}
	}
	if unknown := (*cbor.UnknownFieldError)(nil); errors.As(err, &unknown) {
		return errUnknownField
	}
	return err
}

// fitLists gives a payload in which every list that stands for a type with fields in order is as long as that type has
// fields: an older program wrote it shorter, and what is missing at its end is empty. A longer one is errUnknownField.
func fitLists(raw []byte, t reflect.Type) ([]byte, error) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	elements := func() (list []cbor.RawMessage, err error) { return list, modes().dec.Unmarshal(raw, &list) }
	switch {
	case t.Kind() == reflect.Slice && isList(t.Elem()):
		list, err := elements()
		if err != nil || list == nil {
			return raw, err
		}
		for i := range list {
			if list[i], err = fitLists(list[i], t.Elem()); err != nil {
				return nil, err
			}
		}
		return cbor.Marshal(list)
	case isList(t):
		list, err := elements()
		if err != nil {
			return nil, err
		}
		if len(list) > t.NumField()-1 {
			return nil, errUnknownField
		}
		for i := range t.NumField() - 1 {
			if i == len(list) {
				list = append(list, cbor.RawMessage{cborNull})
			}
			if list[i], err = fitLists(list[i], t.Field(i+1).Type); err != nil {
				return nil, err
			}
		}
		return cbor.Marshal(list)
	}
	return raw, nil
}

const cborNull = 0xf6

// isList says that a type is encoded as a list of its fields; the mark is its first field.
func isList(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t.NumField() > 0 && t.Field(0).Tag.Get("cbor") == ",toarray"
}

// decodeRecord reads a payload as the record of an ID.
func decodeRecord(id domain.ID, payload []byte) (domain.Record, error) {
	r := domain.NewRecord(id.Kind())
	if r == nil {
		return nil, flawf("%s is of a kind without records", id)
	}
	if err := decode(payload, r); err != nil {
		return nil, unreadable(err, "the record %s", id)
	}
	if r.RecordID() != id {
		return nil, flawf("the record %s says it is %s", id, r.RecordID())
	}
	return r, nil
}

// Entries of indexes and other small values carry a checksum over key and value behind the value. Where a bucket's values say what
// only who has the key may read, they are encrypted in a file that is.

func (c *codec) sealEntry(b bucket, key, value []byte) []byte {
	if c.box == nil || !b.row().secret {
		out := c.alloc(len(value) + sumSize)
		copy(out, value)
		binary.BigEndian.PutUint32(out[len(value):], entrySum(key, value))
		return out
	}
	n := c.box.size(len(value))
	out := c.alloc(n + sumSize)
	c.box.seal(out[:0], b, key, nil, value)
	binary.BigEndian.PutUint32(out[n:], entrySum(key, out[:n]))
	return out
}

// openEntry checks an entry of a bucket and gives its value, valid as long as raw is.
func (c *codec) openEntry(b bucket, key, raw []byte) ([]byte, error) {
	v, err := soundEntry(key, raw)
	if err != nil || c.box == nil || !b.row().secret {
		return v, err
	}
	if v, err = c.box.open(b, key, nil, v); err != nil {
		return nil, flawf("an entry of %s %v", b.name(), err)
	}
	return v, nil
}

func entrySum(key, value []byte) uint32 {
	return crc32.Update(crc32.Update(0, castagnoli(), key), castagnoli(), value)
}

// soundEntry checks an entry and gives its value as it is kept.
func soundEntry(key, raw []byte) ([]byte, error) {
	n := len(raw) - sumSize
	if n < 0 || entrySum(key, raw[:n]) != binary.BigEndian.Uint32(raw[n:]) {
		return nil, flawf("an index entry does not match its checksum")
	}
	return raw[:n], nil
}
