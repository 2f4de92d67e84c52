package store

import (
	"bytes"
	"encoding/binary"
	"slices"

	"homeward/domain"
)

// The look-ups of the review: who is back within a time, and what colleagues asked each other.

// Returned are read from the index of returns: only those within the time are looked at.
func (w *world) Returned(from, before domain.Moment) (out []domain.Return, err error) {
	defer w.catch(&err)
	end := appendTime(nil, before)
	err = w.t.scanFrom(ixReturns, appendTime(nil, from), func(k, v []byte) (bool, error) {
		if bytes.Compare(k, end) >= 0 {
			return false, nil
		}
		if len(k) != 16 || len(v) != idSize {
			return false, malformed("the returns")
		}
		at := int64(binary.BigEndian.Uint64(k) ^ 1<<63)
		out = append(out, domain.Return{Episode: idAt(k[8:]), At: domain.Moment(at << 1), Referral: idAt(v)})
		return true, nil
	})
	return out, err
}

// Questioned are read from the time on: what is open stands behind all that was answered.
func (w *world) Questioned(answeredSince domain.Moment) (out []domain.ID, err error) {
	defer w.catch(&err)
	var from []byte // of no time: all of them
	if answeredSince != 0 {
		from = appendTime(nil, answeredSince)
	}
	err = w.t.scanFrom(ixQuestions, from, func(k, _ []byte) (bool, error) {
		id, err := lastID(k)
		out = append(out, id)
		return true, err
	})
	slices.Sort(out)
	return slices.Compact(out), err
}
