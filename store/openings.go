package store

import (
	"bytes"
	"encoding/binary"
	"time"

	"homeward/domain"
)

// When somebody last opened a record, or a line of the log, or tried an act in vain, as far as it matters to know: so that it is
// written into the log once an hour, and what is newer is marked as unread.

// openedBy is what it is kept for. An act is named where it was tried in vain.
type openedBy struct {
	login string
	of    domain.ID
	act   string
}

func openingOf(a domain.Actor, id domain.ID) openedBy { return openedBy{login: a.Login, of: id} }

func (k textKeys) openingKey(o openedBy) []byte {
	key := k.withID(inOpened, o.login, o.of)
	if o.act != "" {
		key = k.appendText(key, inOpened, o.act)
	}
	return key
}

// opened gives when it was; nil where it never was.
func (t *txn) opened(o openedBy) ([]byte, error) {
	v, err := t.lookUp(inOpened, t.texts.openingKey(o))
	if err != nil || v == nil {
		return nil, err
	}
	when, _, _, err := readOpening(v)
	return when, err
}

func (t *txn) keepOpened(o openedBy, when []byte) {
	v := append([]byte{byte(len(when))}, when...)
	v = append(append(append(v, o.login...), 0), o.act...)
	t.putEntry(inOpened, t.texts.openingKey(o), v)
}

// readOpening gives when it was, and the texts of its key.
func readOpening(v []byte) (when []byte, login, act string, err error) {
	if len(v) > 0 && int(v[0]) < len(v) {
		n := 1 + int(v[0])
		if l, a, ok := bytes.Cut(v[n:], []byte{0}); ok {
			return v[1:n], string(l), string(a), nil
		}
	}
	return nil, "", "", malformed("when records were opened")
}

// openedAt reads when a record was opened: behind the hour stands the second; an older program kept the hour alone, and a byte more
// says that they tried in vain.
func openedAt(v []byte) domain.Moment {
	switch len(v) {
	case 8:
		return domain.At(time.Unix(int64(binary.BigEndian.Uint64(v))*3600, 0))
	case 16:
		return domain.At(time.Unix(int64(binary.BigEndian.Uint64(v[8:])), 0))
	}
	return 0
}

// openedHour is the hour it is now, as it is kept with an opening.
func (s *Store) openedHour() []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(s.clock().Unix()/3600))
}
