package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	bolt "go.etcd.io/bbolt"
)

// Backup writes a copy of the database as it is at this moment to a new file (fs.ErrExist where there is one), 0600,
// checked before it gets its name. Others go on working meanwhile.
func (s *Store) Backup(ctx context.Context, file string) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.stopped(); err != nil {
		return err
	}
	return s.named(backupBolt(ctx, s.db, file))
}

// backupBolt copies a database. The copy goes to a local temporary file first: a read transaction that waits for a slow
// disk would make the database grow.
func backupBolt(ctx context.Context, db *bolt.DB, file string) error {
	if _, err := os.Lstat(file); err == nil {
		return fmt.Errorf("%s: %w", file, fs.ErrExist)
	}
	return replaceWith(file, func(temp string) error {
		f, err := os.OpenFile(temp, os.O_WRONLY|os.O_TRUNC, 0o600)
		if err != nil {
			return err
		}
		w := bufio.NewWriterSize(&ctxWriter{ctx, f}, 1<<20)
		err = guarded(func() error {
			return db.View(func(tx *bolt.Tx) error {
				_, err := tx.WriteTo(w)
				return err
			})
		})
		if err == nil {
			err = w.Flush()
		}
		if err2 := f.Close(); err == nil {
			err = err2
		}
		if err != nil {
			return err
		}
		return checkCopy(ctx, temp)
	}, placeNew)
}

// ctxWriter stops when its context does.
type ctxWriter struct {
	ctx context.Context
	f   *os.File
}

func (w *ctxWriter) Write(b []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.f.Write(b)
}

// checkCopy checks a copy that was just made, which has no audit head of its own beside it.
func checkCopy(ctx context.Context, file string) error {
	report, err := Check(ctx, file, CheckOptions{NoHead: true, MaxFindings: 5})
	if err != nil {
		return err
	}
	if len(report.Findings) > 0 {
		return errors.Join(ErrDamaged, fmt.Errorf("the copy is not good: %s", report.Findings[0]))
	}
	return nil
}
