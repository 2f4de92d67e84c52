package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"time"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
	"homeward/store/keyring"
)

// CheckOptions of [Check].
type CheckOptions struct {
	// Settings in force; nil, or with another policy than the indexes that depend on it were built with: these are not
	// compared.
	Settings *domain.Settings
	// NoHead: there is no audit head beside this file, because it is a copy.
	NoHead bool
	// Rings are the data keys at hand. Of an encrypted file whose ring is not among them only what ciphertext shows is checked.
	Rings []*keyring.Ring
	// HeadOf is the database whose audit head this file is held against, when it is a snapshot of that one; "": its own.
	HeadOf string
	// MaxFindings listed; 0: 100.
	MaxFindings int
	// Wait for a writer, at most; zero: MaxWait.
	Wait time.Duration
}

// CheckReport is what a check found.
type CheckReport struct {
	Records  map[string]int `json:"records"` // how many of each kind
	Lines    uint64         `json:"lines"`   // of the audit log
	Findings []Finding      `json:"findings"`
	More     int            `json:"more"` // findings beyond those listed
	// Sealed says that no key was at hand: checksums, numbers and pages were checked, and nothing of what the records say.
	Sealed bool `json:"sealed,omitempty"`
}

// Check reads all of a database and says what is wrong with it: header and pages, every record and its checksum, every
// index against the records both ways, numbers, references, the audit log and its head, and the records against what the
// log says they are. It changes nothing. Damage comes as findings; the errors are ErrMissing, ErrHeld, ErrForeign, ErrNewer
// (also for a single record, which is named: the check ends there, because what refers to it cannot be judged),
// ErrNoPermission and the context's. A damaged file can make it hang or crash: commands use [CheckInChild].
func Check(ctx context.Context, path string, o CheckOptions) (CheckReport, error) {
	if o.MaxFindings <= 0 {
		o.MaxFindings = defaultFindings
	}
	if o.Wait <= 0 || o.Wait > MaxWait {
		o.Wait = MaxWait
	}
	if o.HeadOf == "" {
		o.HeadOf = path
	}
	c := &checker{path: path, o: o, found: findings{max: o.MaxFindings}, report: CheckReport{Records: map[string]int{}}}
	err := c.found.damage("file", named(path, c.run(ctx)))
	c.report.Findings, c.report.More = c.found.list, c.found.more
	if c.report.Findings == nil {
		c.report.Findings = []Finding{}
	}
	return c.report, err
}

type checker struct {
	path   string
	o      CheckOptions
	found  findings
	report CheckReport

	t      *txn
	m      metaInfo
	policy bool // what depends on the policy can be checked
	states map[domain.ID]lastState
	want   [bucketCount]int // entries each index should have
	found1 [bucketCount]int // of those, the ones that are there
}

func (c *checker) run(ctx context.Context) error {
	f, h, err := openLocked(c.path, Read, c.o.Wait)
	if err != nil {
		return err
	}
	if err := walkPages(f, h, true); err != nil {
		_ = f.Close()
		return err // going on could hang or crash
	}
	return guarded(func() error {
		db, err := bolt.Open(c.path, 0o600, &bolt.Options{Timeout: time.Second, ReadOnly: true, NoStatistics: true,
			FreelistType: bolt.FreelistMapType, NoFreelistSync: true,
			OpenFile: opened(f)})
		if err != nil {
			_ = f.Close()
			return err
		}
		defer db.Close()
		return db.View(func(tx *bolt.Tx) error { return c.contents(ctx, tx) })
	})
}

func (c *checker) contents(ctx context.Context, tx *bolt.Tx) error {
	var err error
	if c.m, err = readMeta(tx, ownVersions()); err != nil {
		return err
	}
	settings := c.o.Settings
	if settings == nil {
		settings = &domain.Settings{}
	}
	c.policy = c.o.Settings != nil && settings.Policy.Fingerprint() == c.m.policy
	b, err := c.box()
	if err != nil {
		return err
	}
	s := &Store{path: c.path, knows: ownVersions()}
	s.box.Store(b)
	c.t = newTxn(s, tx, settings)
	c.t.meta = c.m

	for err := range tx.Check() {
		c.found.add("file", "%v", err)
	}
	if b == nil && c.m.sealing != (sealing{}) {
		return c.ciphertext(ctx)
	}
	for _, step := range []func(context.Context) error{c.audit, c.records, c.suggestions, c.indexes, c.small} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// audit walks the log, and its indexes.
func (c *checker) audit(ctx context.Context) error {
	c.states = make(map[domain.ID]lastState)
	c.report.Lines = c.m.head.count
	err := c.t.verifyChain(ctx, c.m, &c.found, func(l *auditLine) error {
		for i := range l.Touched {
			if a := &l.Touched[i]; a.kept != nil && a.kept.Was != 0 && a.kept.Was != c.states[a.ID].seq {
				c.found.add("audit", "line %d of the audit log says that line %d left %s as it was: line %d did", l.Seq, a.kept.Was, a.ID, c.states[a.ID].seq)
			}
		}
		follow(c.states, l)
		c.expect(changeID(l.Seq), c.t.texts.lineEntries(l))
		return nil
	})
	if err != nil {
		return err
	}
	for id, s := range c.states {
		c.expect(id, []entry{{ixLastLine, idKey(id), s.lastLine.bytes()}})
	}
	if c.m.numbers[domain.KindChange] != c.m.head.count {
		c.found.add("number", "the last number given to a change is %d, the log has %d lines", c.m.numbers[domain.KindChange], c.m.head.count)
	}
	if c.o.NoHead {
		return nil
	}
	return verifyHead(c.o.HeadOf, c.m, c.t, &c.found)
}

// expect looks for the entries something should have.
func (c *checker) expect(id domain.ID, entries []entry) {
	for _, e := range entries {
		if e.in.since() > c.m.format {
			continue
		}
		c.want[e.in]++
		if e.in.byPolicy() && !c.policy {
			continue
		}
		raw := c.t.bucket(e.in).Get(e.key)
		if raw == nil {
			c.found.add("index", "%s is missing in the index %s", id, e.in.name())
			continue
		}
		c.found1[e.in]++
		v, err := c.t.openEntry(e.in, e.key, raw)
		switch {
		case err != nil:
			c.found.add("index", "the entry of %s in the index %s does not match its checksum", id, e.in.name())
		case !bytes.Equal(v, e.value):
			c.found.add("index", "%s is otherwise in the index %s than its record says", id, e.in.name())
		}
	}
}

// records reads every record.
func (c *checker) records(ctx context.Context) error {
	n := 0
	for b := range bucketCount {
		if !b.records() || b.since() > c.m.format {
			continue
		}
		cur := c.t.bucket(b).Cursor()
		for k, raw := cur.First(); k != nil; k, raw = cur.Next() {
			if n++; n%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			if len(k) != idSize {
				c.found.add("record", "%s has a malformed key %x", b.name(), k)
				continue
			}
			id := idAt(k)
			if in, ok := bucketOf(id.Kind()); !ok || in != b {
				c.found.add("record", "%s stands among the %s", id, b.name())
				continue
			}
			c.report.Records[b.name()]++
			if err := c.record(id, k, raw); err != nil {
				return err
			}
		}
	}
	for id, s := range c.states {
		if !s.gone {
			c.found.add("record", "%s is missing: the audit log says that there is one", id)
		}
	}
	return nil
}

// record checks one record: itself, against the log, its number, what it refers to, its index entries.
func (c *checker) record(id domain.ID, key, raw []byte) error {
	state, logged := c.states[id]
	delete(c.states, id)
	in, _ := bucketOf(id.Kind())
	payload, err := c.t.unseal(in, key, raw)
	if err != nil {
		return c.found.damage("record", err)
	}
	r, err := decodeRecord(id, payload)
	if err != nil {
		return c.found.damage("record", err)
	}
	switch {
	case !logged || state.gone:
		c.found.add("record", "%s is nowhere in the audit log", id)
	case state.sum != crc32.Checksum(payload, castagnoli()):
		c.found.add("record", "%s is not as the audit log says it was left", id)
	}
	if id.Number() > c.m.numbers[id.Kind()] {
		c.found.add("number", "%s has a number above the last one given (%d)", id, c.m.numbers[id.Kind()])
	}
	for _, text := range referenceFaults(r, c.t.record) {
		c.found.add("reference", "%s", text)
	}
	if err := c.found.damage("index", c.notes(r)); err != nil {
		return err
	}
	entries, err := entriesOf(nil, c.t.texts, c.t.settings, r, c.t.record)
	if err != nil {
		return c.found.damage("record", err)
	}
	c.expect(id, entries)
	return nil
}

// indexes checks that there is nothing in an index that no record accounts for.
func (c *checker) indexes(ctx context.Context) error {
	for b := range bucketCount {
		if !b.derived() || b.since() > c.m.format {
			continue
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		n := 0
		cur := c.t.bucket(b).Cursor()
		for k, _ := cur.First(); k != nil; k, _ = cur.Next() {
			n++
		}
		missing := c.want[b] - c.found1[b]
		if b.byPolicy() && !c.policy {
			counted, err := c.withoutPolicy(b)
			if err != nil {
				return err
			}
			if !counted {
				continue
			}
			missing = 0
		}
		if extra := n - (c.want[b] - missing); extra != 0 {
			c.found.add("index", "the index %s has %d entries, %d are accounted for", b.name(), n, c.want[b]-missing)
		}
	}
	return nil
}

// withoutPolicy checks of an index what can be told without the policy it was built with, and says whether its entries can
// be counted.
func (c *checker) withoutPolicy(b bucket) (counted bool, err error) {
	switch b {
	case ixDue:
		return true, c.dueMembers()
	case ixSuggested:
		return false, c.found.damage("index", c.t.scan(b, nil, func(_, _ []byte) (bool, error) { return true, nil }))
	default: // not one that depends on the policy
	}
	return false, fmt.Errorf("nothing checks the index %s without its policy", b.name())
}

// dueMembers checks which referrals the due index holds where it cannot say when they should be due.
func (c *checker) dueMembers() error {
	return c.found.damage("index", c.t.scan(ixDue, nil, func(k, _ []byte) (bool, error) {
		id, err := lastID(k)
		if err != nil {
			return false, err
		}
		rec, err := c.t.record(id)
		if r, ok := rec.(*domain.Referral); err == nil && (!ok || r == nil || !r.Stage.Open()) {
			c.found.add("index", "the index %s names %s, which is no open referral", ixDue.name(), id)
		}
		return true, nil
	}))
}

// suggestions builds the suggested clusters again from the candidates, which were held against the records before. That takes
// the policy they were built with.
func (c *checker) suggestions(context.Context) error {
	if c.m.format < ixSuggested.since() || !c.policy {
		return nil
	}
	return c.found.damage("index", c.t.eachSuggested(&c.t.settings.Policy, func(child domain.ID, value []byte) error {
		c.expect(child, []entry{{ixSuggested, idKey(child), value}})
		return nil
	}))
}

// small checks what is neither record nor index: ids of acts, drafts, openings, and what the file says of itself.
func (c *checker) small(context.Context) error {
	for b := range bucketCount {
		if b.row().holds != holdsSealed || b.since() > c.m.format {
			continue
		}
		cur := c.t.bucket(b).Cursor()
		for k, raw := cur.First(); k != nil; k, raw = cur.Next() {
			payload, err := c.t.unseal(b, k, raw)
			if err == nil {
				if err = decode(payload, b.row().fresh()); err != nil {
					err = unreadable(err, "an entry of %s", b.name())
				}
			}
			switch {
			case errors.Is(err, ErrNewer):
				return err
			case err != nil:
				c.found.add("act", "an entry of %s is spoilt", b.name())
			}
		}
	}
	if err := c.found.damage("record", c.t.scan(inMeta, nil, func(_, _ []byte) (bool, error) { return true, nil })); err != nil {
		return err
	}
	if v, err := c.t.lookUp(inMeta, []byte(metaBackup)); err != nil || v != nil && len(v) != 8 {
		c.found.add("record", "when the last backup was made is spoilt")
	}
	for _, b := range []bucket{inOpened, inKept} {
		if b.since() > c.m.format {
			continue
		}
		if err := c.found.damage("record", c.t.scan(b, nil, func(_, _ []byte) (bool, error) { return true, nil })); err != nil {
			return err
		}
	}
	return nil
}
