package store

import (
	"context"
	"encoding/binary"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
)

// migration brings a file from the schema before to the one it is numbered with.
type migration struct {
	to   int
	what string
	run  func(*bolt.Tx) error
}

// migrations in order. None is ever changed once it was released.
func migrations() []migration { return nil }

// migrate backs the file up to X.db.before-N, then brings it up to date in one transaction: all of it or nothing.
func (s *Store) migrate(from int, all []migration) error {
	backup := fmt.Sprintf("%s.before-%d", s.path, s.schema)
	if err := backupBolt(context.Background(), s.db, backup); err != nil {
		return fmt.Errorf("%s: it needs bringing up to date, and the backup before that failed; nothing was changed: %w", s.path, err)
	}
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
			if err := m.run(t.tx); err != nil {
				return fmt.Errorf("bringing it to format %d (%s): %w", m.to, m.what, err)
			}
			from = m.to
		}
		if from != s.schema {
			return fmt.Errorf("there is no way from format %d to %d", from, s.schema)
		}
		if err := putMeta(t.tx, metaSchema, binary.BigEndian.AppendUint32(nil, uint32(from))); err != nil {
			return err
		}
		text := fmt.Sprintf("brought up to format %d; the file as it was is %s", from, backup)
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
		return fmt.Errorf("%s: bringing it up to date failed; the file as it was is %s: %w", s.path, backup, err)
	}
	s.notices = append(s.notices, fmt.Sprintf("the database was brought up to date; the file as it was is %s", backup))
	return nil
}
