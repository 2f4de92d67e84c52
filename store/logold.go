package store

import "homeward/domain"

// The log as files of formats 1 to 4 have it: a line with its words and both states of each record in it, hashed as it stands.

// saltedLog is the file format that brought the log as it is kept now.
const saltedLog = 5

// oldLog says that the file has not been brought up to it.
func (t *txn) oldLog() bool { return t.meta.format != 0 && t.meta.format < saltedLog }

type oldLine struct {
	_       struct{} `cbor:",toarray"`
	Seq     uint64
	Prev    []byte
	Kind    uint8
	Login   string
	OSUser  string
	Role    string
	When    domain.Moment
	Machine domain.Moment
	Act     string
	Content []byte
	ActID   string
	At      domain.Moment
	Saw     uint64
	Summary string
	Child   domain.ID
	Touched []oldTouched
	UndoOf  domain.ID
}

type oldTouched struct {
	_      struct{} `cbor:",toarray"`
	ID     domain.ID
	Ver    uint64
	Child  domain.ID
	Before []byte
	After  []byte
}

func openOldLine(payload []byte) (*auditLine, error) {
	o := new(oldLine)
	if err := decode(payload, o); err != nil {
		return nil, err
	}
	l := &auditLine{Seq: o.Seq, Prev: o.Prev, Kind: o.Kind, Login: o.Login, OSUser: o.OSUser, Role: o.Role, When: o.When, Machine: o.Machine,
		Act: o.Act, Content: o.Content, ActID: o.ActID, At: o.At, Saw: o.Saw, Summary: o.Summary, Child: o.Child, UndoOf: o.UndoOf}
	for _, a := range o.Touched {
		l.Touched = append(l.Touched, auditTouched{ID: a.ID, Ver: a.Ver, Child: a.Child, Before: a.Before, After: a.After})
	}
	return l, nil
}

// migrateLog chains the log anew, each line with its words and records beside it. The head of the log as it was is kept, so that
// who wrote that down, and the head beside the database, can be held against it.
func migrateLog(t *txn) error {
	if err := t.makeBuckets(saltedLog); err != nil {
		return err
	}
	former := t.meta.head
	t.meta.head = auditHead{}
	prev := make([]byte, hashSize)
	old := t.under(inAudit)
	for seq := uint64(1); seq <= former.count; seq++ {
		key := idKey(changeID(seq))
		raw := old.Get(key)
		if raw == nil {
			return missingLine(changeID(seq))
		}
		l, hash, err := t.openLine(key, raw)
		if err != nil {
			return err
		}
		if string(l.Prev) != string(prev) {
			return flawf("line %d of the audit log does not follow from the line before", seq)
		}
		prev = hash
		if err := t.chainLine(l); err != nil {
			return err
		}
		if seq%chunk == 0 {
			if err := t.flushSome(inAudit, inSaid, ixLastLine); err != nil {
				return err
			}
		}
	}
	if string(prev) != string(former.hash[:]) {
		return flawf("the audit log does not end as it is recorded to end: it was cut or changed")
	}
	t.meta.format = saltedLog
	return putMeta(t.tx, metaFormerHead, former.bytes())
}
