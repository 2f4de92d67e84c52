package store

import (
	"bytes"
	"context"
	"encoding/hex"
	"hash/crc32"

	"homeward/domain"
)

// AuditReport is what a walk through the log found.
type AuditReport struct {
	Lines    uint64
	Head     string // hash of the last line, to be written down elsewhere
	Findings []Finding
	More     int // findings beyond those listed
}

// AuditVerify walks the whole log: every line's checksum, hash and number, the hash of the line before in each, the end
// as the database has it, and the head kept beside it. Damage comes as findings; the error is of not being able to look.
func (s *Store) AuditVerify(ctx context.Context) (AuditReport, error) {
	var r AuditReport
	found := findings{max: defaultFindings}
	// Read before the log is: the head never runs ahead of the log, but others write on.
	h, headErr := readHeadFile(s.path)
	err := s.view(ctx, func(t *txn) error {
		err := guarded(func() error {
			m, err := readMeta(t.tx, s.knows)
			if err != nil {
				return err
			}
			r.Lines, r.Head = m.head.count, hex.EncodeToString(m.head.hash[:])
			if err := t.verifyChain(ctx, m, &found, nil); err != nil {
				return err
			}
			if headErr == nil {
				headErr = headHeld(s.path, h, m, t)
			}
			return found.damage("audit", headErr)
		})
		return found.damage("audit", err)
	})
	r.Findings, r.More = found.list, found.more
	return r, err
}

// verifyHead holds the log against the head beside it.
func verifyHead(path string, m metaInfo, t *txn, found *findings) error {
	h, err := readHeadFile(path)
	if err == nil {
		err = headHeld(path, h, m, t)
	}
	return found.damage("audit", err)
}

// verifyChain walks the log; each sees every sound line.
func (t *txn) verifyChain(ctx context.Context, m metaInfo, found *findings, each func(l *auditLine) error) error {
	t.meta = m
	var prev [hashSize]byte
	hash := prev[:]
	var n uint64
	broken := false // after a bad line the next one's link cannot be judged
	c := t.bucket(inAudit).Cursor()
	for k, raw := c.First(); k != nil; k, raw = c.Next() {
		n++
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		l, h, err := t.openLine(k, raw)
		if err != nil {
			if err := found.damage("audit", err); err != nil {
				return err
			}
			broken = true
			continue
		}
		if l.Seq != n {
			found.add("audit", "line %d of the audit log stands where line %d should: lines were taken out", l.Seq, n)
			n, broken = l.Seq, true
		}
		if !broken && !bytes.Equal(l.Prev, hash) {
			found.add("audit", "line %d of the audit log does not follow from the line before: one of them was changed", l.Seq)
		}
		hash, broken = bytes.Clone(h), false
		for i := range l.Touched {
			if _, err := t.after(l, i); err != nil {
				if err := found.damage("audit", err); err != nil {
					return err
				}
			}
		}
		if each != nil {
			if err := each(l); err != nil {
				return err
			}
		}
	}
	if !t.oldLog() {
		if said := t.bucket(inSaid).Stats().KeyN; uint64(said) != n {
			found.add("audit", "the audit log has %d lines, and what %d of them say", n, said)
		}
	}
	if n != m.head.count || !broken && !bytes.Equal(hash, m.head.hash[:]) {
		found.add("audit", "the audit log ends at line %d, but its end is recorded as line %d with another hash: it was cut or changed",
			n, m.head.count)
	}
	return nil
}

// lastState is what the log says a record is now.
type lastState struct {
	lastLine
	gone bool
	sum  uint32
}

// follow takes in a line, so that in the end every record can be held against what the log says it is.
func follow(states map[domain.ID]lastState, l *auditLine) {
	for i := range l.Touched {
		a := &l.Touched[i]
		at := lastLine{seq: l.Seq}
		if a.kept != nil {
			at.depth = a.kept.Depth
		}
		states[a.ID] = lastState{lastLine: at, gone: a.After == nil, sum: crc32.Checksum(a.After, castagnoli())}
	}
}
