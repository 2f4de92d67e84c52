package store

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"time"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
)

// schemaVersion of the records and buckets. A change that an older program must not touch makes it one more and adds a
// migration.
const schemaVersion = 3

// bucket is one of the file's buckets.
type bucket uint8

const (
	inMeta bucket = iota
	inChildren
	inEpisodes
	inReferrals
	inClusters
	inInterviews
	inFollowUps
	inImports
	inNoted
	ixChildRef    // reference → child
	ixBorn        // date of birth → child: folded names
	ixPlaced      // placement and given name → child
	ixSearch      // child: its search line
	ixPolice      // police reference → episode: child
	ixSpans       // child, start → episode: its end and what else SpansOf tells
	ixMissing     // start → episode without a return
	ixDue         // due time → open referral
	ixLookAgain   // date → referral that is not required until then
	ixAttempt     // attempt → referral or follow-up
	ixFollowUps   // child → follow-up
	ixFollowUpDue // due time → open follow-up
	inAudit       // the log
	ixActor       // login → change
	ixTouched     // child → line of the log
	inUndone      // change → the undo that took it back
	inActIDs      // id given with an act → its content's hash and the answer
	inOpened      // login, child → the hour in which the opening was last noted
	inDrafts      // login, key → typed text
	ixCandidates  // child, start → episode one interview could cover with others: all that domain.Candidate holds
	ixSuggested   // child with suggested clusters: the episodes of each
	ixClusters    // child → cluster
	ixStanding    // held or not → cluster that was not broken up
	ixStarts      // start → episode that is no duplicate: child
	ixInterviews  // child → interview
	ixEnded       // time → follow-up that was done or dropped then
	ixNoted       // key → noted thing
	ixReturns     // return → episode that is no duplicate: its referral
	ixQuestions   // time of the answer, none last → referral with a question
	bucketCount
)

// name as the file has it. Never change one.
func (b bucket) name() string {
	return [bucketCount]string{"meta", "children", "episodes", "referrals", "clusters", "interviews", "followups", "imports", "noted",
		"ix.childref", "ix.born", "ix.placed", "ix.search", "ix.police", "ix.spans", "ix.missing", "ix.due", "ix.lookagain",
		"ix.attempt", "ix.followups", "ix.followupdue", "audit", "ix.actor", "ix.touched", "undone", "actids", "opened", "drafts",
		"ix.candidates", "ix.suggested", "ix.clusters", "ix.standing", "ix.starts", "ix.interviews", "ix.ended", "ix.noted", "ix.returns", "ix.questions"}[b]
}

// fill is how full pages are left: nearly full where keys only ever go up.
func (b bucket) fill() float64 {
	switch {
	case b == inAudit || b == ixAttempt || b == ixSearch:
		return 0.95
	case b >= inChildren && b <= inNoted:
		return 0.9 // records grow a little
	}
	return bolt.DefaultFillPercent
}

// index says that a bucket is built from records alone: Check builds it again.
func (b bucket) index() bool { return b >= ixChildRef && b <= ixFollowUpDue || b >= ixCandidates }

// since is the schema that brought a bucket.
func (b bucket) since() int {
	switch {
	case b >= ixReturns:
		return 3
	case b == inNoted, b >= ixCandidates:
		return 2
	}
	return 1
}

// byPolicy says that what an index holds depends on the team's policy as well as on the records.
func (b bucket) byPolicy() bool { return b == ixDue || b == ixSuggested }

// bucketOf a kind of record.
func bucketOf(k domain.Kind) (bucket, bool) {
	switch k {
	case domain.KindChild:
		return inChildren, true
	case domain.KindEpisode:
		return inEpisodes, true
	case domain.KindReferral:
		return inReferrals, true
	case domain.KindCluster:
		return inClusters, true
	case domain.KindInterview:
		return inInterviews, true
	case domain.KindFollowUp:
		return inFollowUps, true
	case domain.KindImport:
		return inImports, true
	case domain.KindNoted:
		return inNoted, true
	}
	return 0, false
}

// Keys of the meta bucket.
const (
	metaSchema   = "schema"
	metaDatabase = "database"
	metaPolicy   = "policy"
	metaNumbers  = "numbers"
	metaHead     = "head"
	metaMade     = "made"
	metaBackup   = "backup" // when the newest backup was made, seconds; missing until there is one
)

const kindCount = int(domain.KindNoted) + 1

// kindsIn a file of a schema.
func kindsIn(schema int) int {
	if schema < 2 {
		return int(domain.KindChange) + 1
	}
	return kindCount
}

// numbers are the highest number given so far, for each kind.
type numbers [kindCount]uint64

func (n *numbers) bytes() []byte {
	b := make([]byte, 0, kindCount*8)
	for _, v := range n {
		b = binary.BigEndian.AppendUint64(b, v)
	}
	return b
}

// metaInfo is what the meta bucket says.
type metaInfo struct {
	schema   int
	database string // names this database in its audit head
	policy   string
	numbers  numbers
	head     auditHead
}

// layOut fills a new file.
func layOut(tx *bolt.Tx, schema int, now time.Time) error {
	for b := range bucketCount {
		if _, err := tx.CreateBucket([]byte(b.name())); err != nil {
			return err
		}
	}
	var id [16]byte
	rand.Read(id[:])
	put := func(key string, value []byte) error { return putMeta(tx, key, value) }
	if err := put(metaSchema, binary.BigEndian.AppendUint32(nil, uint32(schema))); err != nil {
		return err
	}
	if err := put(metaDatabase, []byte(hex.EncodeToString(id[:]))); err != nil {
		return err
	}
	if err := put(metaPolicy, nil); err != nil {
		return err
	}
	if err := put(metaNumbers, new(numbers).bytes()); err != nil {
		return err
	}
	if err := put(metaMade, binary.BigEndian.AppendUint64(nil, uint64(now.Unix()))); err != nil {
		return err
	}
	return put(metaHead, (&auditHead{}).bytes())
}

func putMeta(tx *bolt.Tx, key string, value []byte) error {
	b := tx.Bucket([]byte(inMeta.name()))
	if b == nil {
		return flawf("the bucket %s is missing", inMeta.name())
	}
	var c codec
	return b.Put([]byte(key), c.sealEntry([]byte(key), value))
}

// readMeta reads the meta bucket. A bbolt file without one is another program's; one that lacks a bucket is spoilt.
// A file of a newer schema than known is not read beyond that number.
func readMeta(tx *bolt.Tx, known int) (metaInfo, error) {
	var m metaInfo
	b := tx.Bucket([]byte(inMeta.name()))
	if b == nil || b.Get([]byte(metaSchema)) == nil {
		return m, &Problem{Kind: ErrForeign, Path: tx.DB().Path(), Text: "this is another program's database; it was left untouched"}
	}
	var firstErr error
	read := func(key string, size int) []byte {
		raw := b.Get([]byte(key))
		v, err := openEntry([]byte(key), raw)
		if err == nil && size >= 0 && len(v) != size {
			err = flawf("its %s is malformed", key)
		}
		if err != nil {
			if firstErr == nil {
				firstErr = err
			}
			return make([]byte, max(size, 0))
		}
		return v
	}
	m.schema = int(binary.BigEndian.Uint32(read(metaSchema, 4)))
	if firstErr == nil && m.schema > known {
		return m, nil
	}
	m.database, m.policy = string(read(metaDatabase, -1)), string(read(metaPolicy, -1))
	kinds := kindsIn(m.schema)
	n := read(metaNumbers, kinds*8)
	for i := range kinds {
		m.numbers[i] = binary.BigEndian.Uint64(n[i*8:])
	}
	m.head.read(read(metaHead, auditHeadSize))
	if firstErr != nil {
		return m, firstErr
	}
	for b := range bucketCount {
		if m.schema >= b.since() && tx.Bucket([]byte(b.name())) == nil {
			return m, flawf("the bucket %s is missing", b.name())
		}
	}
	return m, nil
}
