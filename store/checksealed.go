package store

import "context"

// box of the file that is checked; nil where it is not encrypted, or where its data keys are not at hand.
func (c *checker) box() (*box, error) {
	for _, r := range c.o.Rings {
		if r.ID == c.m.sealing.ring {
			b, err := newBox(r, c.m.sealing.epoch, c.m.sealing.texts)
			if err != nil {
				return nil, flawf("%v", err)
			}
			return b, nil
		}
	}
	return nil, nil
}

// ciphertext checks what can be checked without a key: that every entry fits its checksum, that records stand among their kind and
// under a number that was given, that the log has a line for every number, and its end.
func (c *checker) ciphertext(ctx context.Context) error {
	c.report.Sealed = true
	c.report.Lines = c.m.head.count
	for b := range bucketCount {
		if b.since() > c.m.format {
			continue
		}
		n := 0
		cur := c.t.bucket(b).Cursor()
		for k, raw := cur.First(); k != nil; k, raw = cur.Next() {
			if n++; n%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			if err := b.entryFault(k, raw); err != nil {
				c.found.add("record", "an entry of %s does not match its checksum", b.name())
			}
			c.numbered(b, k, uint64(n))
		}
		if b.records() {
			c.report.Records[b.name()] = n
		}
		if (b == inAudit || b == inSaid) && uint64(n) != c.m.head.count {
			c.found.add("audit", "the audit log ends at line %d, and %d of %s are there", c.m.head.count, n, b.name())
		}
	}
	if c.o.NoHead {
		return nil
	}
	return c.sealedHead()
}

// numbered checks the key of a record or a line.
func (c *checker) numbered(b bucket, key []byte, nth uint64) {
	kind := b.row().kind
	switch {
	case b == inAudit || b == inSaid:
		if string(key) != string(idKey(changeID(nth))) {
			c.found.add("audit", "line %d of the audit log is missing in %s", nth, b.name())
		}
	case !b.records():
	case len(key) != idSize || idAt(key).Kind() != kind:
		c.found.add("record", "%s has a malformed key %x", b.name(), key)
	case idAt(key).Number() > c.m.numbers[kind]:
		c.found.add("number", "%s has a number above the last one given (%d)", idAt(key), c.m.numbers[kind])
	}
}

// sealedHead holds the head beside the database against the end of the log, as far as that goes without reading a line.
func (c *checker) sealedHead() error {
	h, err := readHeadFile(c.o.HeadOf)
	if err != nil {
		return c.found.damage("audit", err)
	}
	switch {
	case h == nil:
		if c.m.head.count > 0 {
			c.found.add("audit", "the audit head %s is missing", headPath(c.o.HeadOf))
		}
	case h.Database != c.m.database:
		c.found.add("audit", "the audit head %s is another database's", headPath(c.o.HeadOf))
	case c.m.former == auditHead{h.Count, h.sum()}: // as it ended before it was chained anew
	case h.Count > c.m.head.count, h.Count == c.m.head.count && h.sum() != c.m.head.hash:
		c.found.add("audit", "the audit log ends at line %d, and its head says line %d: it was cut or rolled back", c.m.head.count, h.Count)
	}
	return nil
}
