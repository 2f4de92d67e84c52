package store

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
	"homeward/domain/view"
)

// NoteBackup is the word of the line that says a copy of the whole database left.
const NoteBackup = "backup"

// Copied says what a copy of a database holds.
type Copied struct {
	At    time.Time // as of when
	Lines uint64    // of its audit log
	Size  int64     // bytes
	Sum   string    // SHA-256, hexadecimal
	// Unsaid says that there was no key: the copy was checked as far as ciphertext shows, and the log does not say that it was made.
	Unsaid bool
}

// String tells one copy from every other without naming its file, whose name may name anything.
func (c Copied) String() string {
	return fmt.Sprintf("%d lines of the audit log, %d bytes, SHA-256 %s", c.Lines, c.Size, c.Sum)
}

// Same reads a file and says whether it is this copy.
func (c Copied) Same(r io.Reader) error {
	sum := sha256.New()
	n, err := io.Copy(sum, r)
	if err == nil && (n != c.Size || hex.EncodeToString(sum.Sum(nil)) != c.Sum) {
		err = fmt.Errorf("it has %d bytes and SHA-256 %x", n, sum.Sum(nil))
	}
	return err
}

// Checker says what is wrong with a copy; the errors are those of [Check].
type Checker func(ctx context.Context, path string) (CheckReport, error)

// Backup writes a copy of the database as it is at this moment to a new file (fs.ErrExist where there is one), 0600. It is
// checked, and the log says that it was made and by whom, before it gets its name. Others go on working meanwhile. A nil
// check is made in this process.
func (s *Store) Backup(ctx context.Context, who domain.Actor, file string, check Checker) (Copied, error) {
	var c Copied
	if ring := s.ring.Load(); check == nil && ring != nil {
		check = checkHere(ring)
	}
	if err := s.savedAllTheSame(s.SlotsKept(ctx, who)); err != nil {
		return c, err
	}
	err := newBackup(ctx, file, check, func(temp string) (err error) {
		c, err = s.copyTo(ctx, temp)
		return err
	}, func() error { return s.NoteBackup(ctx, who, c) })
	if err != nil {
		return c, s.named(err)
	}
	if err := s.BackedUp(ctx, c); err != nil {
		return c, fmt.Errorf("the backup is kept, but not when it was made: %w", err)
	}
	return c, nil
}

// Snapshot writes a copy, not checked, to a private file beside the database, for a caller who checks it, hands it on and
// removes it. One that a killed process left behind is removed when the database is next opened for writing.
func (s *Store) Snapshot(ctx context.Context) (path string, c Copied, err error) {
	path = besides(s.path, copyMark)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", c, accessError(path, "write", err)
	}
	_ = f.Close()
	if c, err = s.copyTo(ctx, path); err != nil {
		_ = os.Remove(path)
		if isFull(err) {
			err = accessError(path, "write", err)
		}
		return "", c, s.named(err)
	}
	return path, c, nil
}

// NoteBackup writes into the log that a copy is about to leave, and who takes it. Only the rights to the file are asked for:
// see [Keeper].
func (s *Store) NoteBackup(ctx context.Context, who domain.Actor, c Copied) error {
	return s.savedAllTheSame(s.write(ctx, func(t *txn) error {
		_, err := s.note(t, who, NoteBackup, "backup of the whole database: "+c.String(), 0)
		return err
	}))
}

// BackedUp keeps when the newest backup was made, once it has its name.
func (s *Store) BackedUp(ctx context.Context, c Copied) error {
	return s.savedAllTheSame(s.write(ctx, func(t *txn) error {
		v, err := t.lookUp(inMeta, []byte(metaBackup))
		if err != nil {
			return err
		}
		at := binary.BigEndian.AppendUint64(nil, uint64(c.At.Unix()))
		if len(v) == 8 && binary.BigEndian.Uint64(v) >= binary.BigEndian.Uint64(at) {
			return nil // one that was made at the same time was newer
		}
		t.putEntry(inMeta, []byte(metaBackup), at)
		return nil
	}))
}

// savedAllTheSame lets a backup be made of a database whose file is gone: it may be all that is left, and its log takes no line.
func (s *Store) savedAllTheSame(err error) error {
	if errors.Is(err, ErrGone) {
		return nil
	}
	return s.named(err)
}

// Keeper is who looks after the database by the rights to its file: the person whose account it is, and where it is
// nobody's in the configuration, or of somebody who has left, the account.
func Keeper(n *domain.Settings, now time.Time, osUser string) domain.Actor {
	a, err := domain.ActorFor(n, now, osUser, "")
	if err != nil {
		return domain.Actor{Login: "account:" + osUser, Name: osUser, OSUser: osUser}
	}
	return a
}

// Backups says when the database was made and last backed up, and since when a server's own backups fail.
func (d *Desk) Backups(ctx context.Context) (b view.Backups, err error) {
	if f := d.s.backupFailed.Load(); f != nil {
		b.Failing, b.Why = domain.At(f.since), f.why
	}
	err = d.s.view(ctx, func(t *txn) error {
		if err := domain.CheckActor(t.settings, d.s.clock(), d.actor); err != nil {
			return err
		}
		return guarded(func() error {
			for key, at := range map[string]*domain.Moment{metaMade: &b.Made, metaBackup: &b.Last} {
				v, err := t.lookUp(inMeta, []byte(key))
				if err != nil {
					return err
				}
				if len(v) == 8 {
					*at = domain.At(time.Unix(int64(binary.BigEndian.Uint64(v)), 0))
				}
			}
			return nil
		})
	})
	return b, err
}

// newBackup lets write make a copy beside where it will stand, checks it, says so, and gives it its name.
func newBackup(ctx context.Context, file string, check Checker, write func(temp string) error, say func() error) error {
	if _, err := os.Lstat(file); err == nil {
		return fmt.Errorf("%s: %w", file, fs.ErrExist)
	}
	removeStale(filepath.Dir(file))
	release := func() {}
	defer func() { release() }()
	return replaceWith(file, func(temp string) (err error) {
		if release, err = holdCopy(temp); err != nil {
			return err
		}
		if err := write(temp); err != nil {
			return err
		}
		return CheckCopy(ctx, temp, check)
	}, func(temp, path string) error {
		if err := say(); err != nil {
			return err
		}
		return placeNew(temp, path)
	})
}

// copyTo copies the database into an empty file. A read transaction that waits for a slow disk makes the database grow, so
// this is for a disk of this machine; nothing but the copying happens in it.
func (s *Store) copyTo(ctx context.Context, temp string) (Copied, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.stopped(); err != nil {
		return Copied{}, err
	}
	now := s.clock()
	if s.frozen {
		now = time.Now() // a backup is as old as it is
	}
	c, err := copyBolt(ctx, s.db, s.knows, temp)
	c.At = now
	return c, err
}

func copyBolt(ctx context.Context, db *bolt.DB, known versions, temp string) (c Copied, err error) {
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return c, err
	}
	sum := sha256.New()
	to := &copyWriter{ctx: ctx, f: f, sum: sum}
	w := bufio.NewWriterSize(to, 1<<20)
	err = guarded(func() error {
		return db.View(func(tx *bolt.Tx) error {
			m, err := readMeta(tx, known)
			if err == nil {
				c.Lines = m.head.count
				_, err = tx.WriteTo(w)
			}
			return err
		})
	})
	if err == nil {
		err = w.Flush()
	}
	if err2 := f.Close(); err == nil {
		err = err2
	}
	c.Size, c.Sum = to.n, hex.EncodeToString(sum.Sum(nil))
	return c, err
}

// copyWriter stops when its context does.
type copyWriter struct {
	ctx context.Context
	f   io.Writer
	sum hash.Hash
	n   int64
}

func (w *copyWriter) Write(b []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	w.sum.Write(b)
	n, err := w.f.Write(b)
	w.n += int64(n)
	return n, err
}

// CheckCopy checks a copy that was just made, which has no audit head of its own beside it: ErrDamaged where it is not good,
// ErrNewer where a newer homeward wrote some of it.
// A nil check is made in this process.
func CheckCopy(ctx context.Context, file string, check Checker) error {
	if check == nil {
		check = func(ctx context.Context, path string) (CheckReport, error) {
			return Check(ctx, path, CheckOptions{NoHead: true, MaxFindings: 5})
		}
	}
	report, err := check(ctx, file)
	if p := (*Problem)(nil); errors.As(err, &p) && p.Kind == ErrNewer {
		return &flaw{ErrNewer, p.Text} // the copy's path means nothing to anybody: the caller names what it is of
	}
	if err != nil {
		return err
	}
	if len(report.Findings) > 0 {
		return flawf("the copy is not good: %s", report.Findings[0])
	}
	return nil
}
