package store

import (
	"cmp"
	"sync"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
)

// bucket is one of the file's buckets. What they hold says their table below.
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
	ixChildRef
	ixAlike
	ixSearch
	ixPolice
	ixSpans
	ixMissing
	ixDue
	ixLookAgain
	ixAttempt
	ixFollowUps
	ixFollowUpDue
	inAudit
	ixActor
	ixTouched
	inUndone
	inActIDs
	inOpened
	inDrafts
	ixCandidates
	ixSuggested
	ixClusters
	ixStanding
	ixStarts
	ixInterviews
	ixEnded
	ixNoted
	ixReturns
	ixQuestions
	ixRestricted
	inSaid
	ixLastLine
	inKept
	bucketCount
)

// holding is what the values of a bucket are, and so what they are read and checked by.
type holding uint8

const (
	_             holding = iota
	holdsSmall            // small values, each with its checksum behind it
	holdsRecords          // records of one kind, in envelopes
	holdsLog              // lines of the audit log, in envelopes
	holdsSaid             // what stands beside those lines, in envelopes
	holdsSealed           // other things in envelopes, which no index speaks of
	holdsIndex            // entries made from the records alone: Check builds them again
	holdsLogIndex         // entries made from the log
)

// bucketRow is all that depends on which bucket it is.
type bucketRow struct {
	name   string // as the file has it: never change one
	since  int    // the file format that brought it
	holds  holding
	policy bool    // an index: its entries depend on the team's policy as well as on the records
	secret bool    // small values or an index: a value says what only who has the key may read
	texts  bool    // its keys begin with a text's hash: retext makes them anew
	fill   float64 // how full pages are left: nearly full where keys only ever go up; 0: as bbolt does

	// Of a bucket of envelopes:
	kind  domain.Kind                       // of its records; a line of the log is a change
	fresh func() any                        // an empty one to decode into
	clone func(domain.Record) domain.Record // copies a record, so that a decision may change it
}

// growing is the fill of records, which become a little longer later on; ascending of what is put behind the last.
const (
	growing   = 0.9
	ascending = 0.95
)

// recordsOf is the row of the records of one kind.
func recordsOf[T interface {
	domain.Record
	Clone() T
}](k domain.Kind, name string, since int) bucketRow {
	return bucketRow{name: name, since: since, holds: holdsRecords, fill: growing, kind: k,
		fresh: func() any { return domain.NewRecord(k) },
		clone: func(r domain.Record) domain.Record { return r.(T).Clone() }}
}

// bucketTable has a row for every bucket, and for every kind of record where it is kept. It holds nothing that speaks of
// buckets itself: what rebuilds or checks one bucket in particular stands with that work.
var bucketTable = sync.OnceValue(func() *struct {
	rows [bucketCount]bucketRow
	of   [kindCount]bucket // inMeta: no bucket has records of that kind
} {
	t := &struct {
		rows [bucketCount]bucketRow
		of   [kindCount]bucket
	}{rows: [bucketCount]bucketRow{
		inMeta:       {name: "meta", since: 1, holds: holdsSmall},
		inChildren:   recordsOf[*domain.Child](domain.KindChild, "children", 1),
		inEpisodes:   recordsOf[*domain.Episode](domain.KindEpisode, "episodes", 1),
		inReferrals:  recordsOf[*domain.Referral](domain.KindReferral, "referrals", 1),
		inClusters:   recordsOf[*domain.Cluster](domain.KindCluster, "clusters", 1),
		inInterviews: recordsOf[*domain.Interview](domain.KindInterview, "interviews", 1),
		inFollowUps:  recordsOf[*domain.FollowUp](domain.KindFollowUp, "followups", 1),
		inImports:    recordsOf[*domain.Import](domain.KindImport, "imports", 1),
		inNoted:      recordsOf[*domain.Noted](domain.KindNoted, "noted", 2),

		ixChildRef:    {name: "ix.ref", since: keyedTexts, holds: holdsIndex, secret: true, texts: true},       // reference → child
		ixAlike:       {name: "ix.alike", since: keyedTexts, holds: holdsIndex, fill: ascending, secret: true}, // child: what it is known by beside that
		ixSearch:      {name: "ix.search", since: 1, holds: holdsIndex, fill: ascending, secret: true},         // child: its search line
		ixPolice:      {name: "ix.policeref", since: keyedTexts, holds: holdsIndex, secret: true, texts: true}, // police reference → episode: child, and the reference
		ixSpans:       {name: "ix.spans", since: 1, holds: holdsIndex},                                         // child, start → episode: its end and what else SpansOf tells
		ixMissing:     {name: "ix.missing", since: 1, holds: holdsIndex},                                       // start → episode without a return
		ixDue:         {name: "ix.due", since: 1, holds: holdsIndex, policy: true},                             // due time → open referral
		ixLookAgain:   {name: "ix.lookagain", since: 1, holds: holdsIndex},                                     // date → referral that is not required until then
		ixAttempt:     {name: "ix.attempt", since: 1, holds: holdsIndex, fill: ascending},                      // attempt → referral or follow-up
		ixFollowUps:   {name: "ix.followups", since: 1, holds: holdsIndex},                                     // child → follow-up
		ixFollowUpDue: {name: "ix.followupdue", since: 1, holds: holdsIndex},                                   // due time → open follow-up

		inAudit: {name: "audit", since: 1, holds: holdsLog, fill: ascending, kind: domain.KindChange,
			fresh: func() any { return new(keptLine) }},
		ixActor:   {name: "ix.login", since: keyedTexts, holds: holdsLogIndex, secret: true, texts: true}, // login → change
		ixTouched: {name: "ix.touched", since: 1, holds: holdsLogIndex},                                   // child → line of the log
		inUndone:  {name: "undone", since: 1, holds: holdsLogIndex},                                       // change → the undo that took it back
		inActIDs: {name: "acts", since: keyedTexts, holds: holdsSealed, texts: true, // id given with an act → its content's hash and the answer
			fresh: func() any { return new(knownAct) }},
		inOpened: {name: "openings", since: keyedTexts, holds: holdsSmall, secret: true, texts: true}, // login, child → the hour in which the opening was last noted
		inDrafts: {name: "typed", since: keyedTexts, holds: holdsSealed, texts: true, // login, place → typed text, and what is remembered for a person
			fresh: func() any { return new(keptText) }},
		inKept: {name: "kept", since: keyedTexts, holds: holdsSmall, secret: true}, // the settings in force last and the names people had

		ixCandidates: {name: "ix.candidates", since: 2, holds: holdsIndex, secret: true},                     // child, start → episode one interview could cover with others: all that domain.Candidate holds
		ixSuggested:  {name: "ix.suggested", since: 2, holds: holdsIndex, policy: true},                      // child with suggested clusters: the episodes of each
		ixClusters:   {name: "ix.clusters", since: 2, holds: holdsIndex},                                     // child → cluster
		ixStanding:   {name: "ix.standing", since: 2, holds: holdsIndex},                                     // held or not → cluster that was not broken up
		ixStarts:     {name: "ix.starts", since: 2, holds: holdsIndex},                                       // start → episode that is no duplicate: child
		ixInterviews: {name: "ix.interviews", since: 2, holds: holdsIndex},                                   // child → interview
		ixEnded:      {name: "ix.ended", since: 2, holds: holdsIndex},                                        // time → follow-up that was done or dropped then
		ixNoted:      {name: "ix.notedkey", since: keyedTexts, holds: holdsIndex, secret: true, texts: true}, // key → noted thing
		ixReturns:    {name: "ix.returns", since: 3, holds: holdsIndex},                                      // return → episode that is no duplicate: its referral
		ixRestricted: {name: "ix.restricted", since: 4, holds: holdsIndex, secret: true},                     // restricted child: the logins of who may see it
		inSaid: {name: "audit.said", since: saltedLog, holds: holdsSaid, fill: ascending, // beside a line: its words, and the records as it left them
			fresh: func() any { return new(saidLine) }},
		ixLastLine:  {name: "ix.lastline", since: saltedLog, holds: holdsLogIndex}, // record → the line that left it as it is
		ixQuestions: {name: "ix.questions", since: 3, holds: holdsIndex},           // time of the answer, none last → referral with a question
	}}
	for b, row := range t.rows {
		if row.holds == holdsRecords {
			t.of[row.kind] = bucket(b)
		}
	}
	return t
})

func (b bucket) row() *bucketRow { return &bucketTable().rows[b] }

// name as the file has it.
func (b bucket) name() string { return b.row().name }

// key is the name as bbolt takes it.
func (b bucket) key() []byte { return []byte(b.row().name) }

func (b bucket) fill() float64 { return cmp.Or(b.row().fill, bolt.DefaultFillPercent) }

// since is the file format that brought a bucket.
func (b bucket) since() int { return b.row().since }

// byPolicy says that what an index holds depends on the team's policy as well as on the records.
func (b bucket) byPolicy() bool { return b.row().policy }

// records says that it holds records of one kind.
func (b bucket) records() bool { return b.row().holds == holdsRecords }

// enveloped says that what it holds is kept in envelopes.
func (b bucket) enveloped() bool {
	switch b.row().holds {
	case holdsRecords, holdsLog, holdsSaid, holdsSealed:
		return true
	default: // entries and small values
	}
	return false
}

// derived says that a bucket is built from records or from the log alone: there must be nothing in it that these do not
// account for.
func (b bucket) derived() bool {
	h := b.row().holds
	return h == holdsIndex || h == holdsLogIndex
}

// bucketOf a kind of record.
func bucketOf(k domain.Kind) (bucket, bool) {
	if int(k) >= kindCount {
		return 0, false
	}
	b := bucketTable().of[k]
	return b, b != inMeta
}

// cloned copies a record, so that a decision may change it.
func cloned(r domain.Record) domain.Record {
	b, _ := bucketOf(r.RecordID().Kind())
	return b.row().clone(r)
}

// kindCount is one more than the last kind there is a number for. A kind more comes with a bucket and a file format.
const kindCount = int(domain.KindNoted) + 1

// kindsIn a file of a format: numbers are kept up to the last kind that it has a bucket for.
func kindsIn(format int) int {
	last := domain.KindNone
	for b := range bucketCount {
		if row := b.row(); row.since <= format {
			last = max(last, row.kind)
		}
	}
	return int(last) + 1
}
