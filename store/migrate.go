package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
)

// migration brings a file from the format before to the one it is numbered with.
type migration struct {
	to   int
	what string
	run  func(*txn) error
}

// migrations in order. None is ever changed once it was released.
func migrations() []migration {
	return []migration{
		{2, "indexes of clusters, starts, interviews and ended follow-ups", migrateIndexes},
		{3, "indexes of returns and of questions between colleagues", migrateReview},
		{4, "index of restricted children", migrateRestricted},
		{saltedLog, "a log whose words and records stand beside what is chained", migrateLog},
		{keyedTexts, "keyed hashes in place of texts", migrateTexts},
	}
}

// migrateIndexes makes the indexes that came with clusters and interviews: candidates, starts and ended follow-ups of the
// records there are, none of the clusters and interviews there were not. The suggestions wait for the policy, by which they
// are built when none is named in the file.
func migrateIndexes(t *txn) error {
	if err := t.makeBuckets(2); err != nil {
		return err
	}
	if err := t.eachRecord(inEpisodes, func(r domain.Record) error {
		if e, ok := r.(*domain.Episode); ok {
			t.putEntries(startEntries(nil, e))
		}
		return nil
	}); err != nil {
		return err
	}
	if err := t.eachRecord(inReferrals, func(r domain.Record) error {
		ref, ok := r.(*domain.Referral)
		if !ok {
			return nil
		}
		es, err := candidateEntries(nil, ref, t.readOnly)
		t.putEntries(es)
		return err
	}); err != nil {
		return err
	}
	if err := t.eachRecord(inFollowUps, func(r domain.Record) error {
		if f, ok := r.(*domain.FollowUp); ok {
			t.putEntries(endedEntries(nil, f))
		}
		return nil
	}); err != nil {
		return err
	}
	return putMeta(t.tx, metaPolicy, nil)
}

// makeBuckets makes those that came with a format.
func (t *txn) makeBuckets(format int) error {
	for b := range bucketCount {
		if b.since() == format {
			if _, err := t.tx.CreateBucketIfNotExists(b.key()); err != nil {
				return err
			}
		}
	}
	return nil
}

// migrateReview makes the indexes that came with the review: the returns of the episodes there are. Of questions there were
// none.
func migrateReview(t *txn) error {
	if err := t.makeBuckets(3); err != nil {
		return err
	}
	return t.eachRecord(inEpisodes, func(r domain.Record) error {
		if e, ok := r.(*domain.Episode); ok {
			t.putEntries(returnEntries(nil, e))
		}
		return nil
	})
}

// migrateRestricted makes the index of restricted children, of whom there were none.
func migrateRestricted(t *txn) error { return t.makeBuckets(4) }

// eachRecord reads a bucket's records without keeping them.
func (t *txn) eachRecord(b bucket, f func(domain.Record) error) error {
	c := t.bucket(b).Cursor()
	for k, raw := c.First(); k != nil; k, raw = c.Next() {
		payload, err := t.unseal(b, k, raw)
		if err != nil {
			return err
		}
		if len(k) != idSize {
			return flawf("%s has a malformed key %x", b.name(), k)
		}
		r, err := decodeRecord(idAt(k), payload)
		if err != nil {
			return err
		}
		if err := f(r); err != nil {
			return err
		}
	}
	return nil
}

func (t *txn) putEntries(es []entry) {
	for _, e := range es {
		t.putEntry(e.in, e.key, e.value)
	}
}

// migrate backs the file up to X.db.before-N, then brings it up to date in one transaction: all of it or nothing.
func (s *Store) migrate(from int, all []migration) error {
	backup, err := s.backupBefore()
	if err != nil {
		return fmt.Errorf("%s: it needs bringing up to date, and the backup before that failed; nothing was changed: %w", s.path, err)
	}
	// The head beside the file is that of the log as it was until the one chained anew is written down.
	if err := s.writeHead(); err != nil {
		return fmt.Errorf("%w; nothing was changed", err)
	}
	if err := s.migrateIn(from, all, "the file as it was is "+backup); err != nil {
		return err
	}
	s.notices = append(s.notices, fmt.Sprintf("the database was brought up to date; the file as it was is %s", backup))
	return nil
}

// backupBefore makes the backup of the file as it was. One that was made before the bringing up to date was cut off is it; beside
// one of another state it gets another name.
func (s *Store) backupBefore() (backup string, err error) {
	name := fmt.Sprintf("%s.before-%d", s.path, s.knows.format)
	for n := 1; ; n++ {
		backup = name
		if n > 1 {
			backup = fmt.Sprintf("%s-%d", name, n)
		}
		err = newBackup(context.Background(), backup, nil, func(temp string) error {
			_, err := copyBolt(context.Background(), s.db, s.knows, temp)
			return err
		}, func() error { return nil })
		if !errors.Is(err, fs.ErrExist) || n == 100 || s.sameState(backup) {
			break
		}
	}
	if errors.Is(err, fs.ErrExist) && s.sameState(backup) {
		err = CheckCopy(context.Background(), backup, nil)
	}
	return backup, err
}

// sameState says that a file is a copy of this database as it is now.
func (s *Store) sameState(file string) bool {
	db, _, err := openBolt(file, Read, MaxWait)
	if err != nil {
		return false
	}
	defer db.Close() //nolint:errcheck // opened for reading
	of := func(db *bolt.DB) metaInfo {
		m, err := metaOf(db, s.knows)
		if err != nil {
			return metaInfo{}
		}
		return m
	}
	there, here := of(db), of(s.db)
	return here.database != "" && there == here
}

// migrateIn brings the file up to date in one transaction; before says where what it was is kept.
func (s *Store) migrateIn(from int, all []migration, before string) error {
	t, err := s.beginWrite()
	if err != nil {
		return err
	}
	err = guarded(func() error {
		for _, m := range all {
			if m.to <= from {
				continue
			}
			if m.to != from+1 {
				return fmt.Errorf("there is no way from format %d to %d", from, m.to)
			}
			if err := m.run(t); err != nil {
				return fmt.Errorf("bringing it to format %d (%s): %w", m.to, m.what, err)
			}
			from = m.to
		}
		if from != s.knows.format {
			return fmt.Errorf("there is no way from format %d to %d", from, s.knows.format)
		}
		if err := putMeta(t.tx, metaFormat, versionBytes(from)); err != nil {
			return err
		}
		text := fmt.Sprintf("brought up to format %d; %s", from, before)
		if _, err := s.note(t, domain.Actor{Login: "homeward"}, "migration", text, 0); err != nil {
			return err
		}
		return t.finish()
	})
	if err != nil {
		s.rollback(t.tx)
		return fmt.Errorf("%s: %w; nothing was changed", s.path, err)
	}
	if err := t.tx.Commit(); err != nil {
		return fmt.Errorf("%s: bringing it up to date failed; %s: %w", s.path, before, err)
	}
	return nil
}
