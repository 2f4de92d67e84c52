package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"homeward/domain"
	"homeward/store/keyring"
)

// A restore prepares the whole database under a name of its own and puts it into force by two renamings: of the audit head,
// from which on it counts, and of the database. Killed before the first, it has changed nothing; killed between the two, it
// is finished by whoever opens the database next. What was there before is never deleted.

// NoteRestore is the word of the line that says a database was restored: the first that only the restored one has.
const NoteRestore = "restore"

// Marks of what a restore makes beside a database.
const (
	restoringMark = ".restoring"
	beforeMark    = ".before-restore-"
)

// RestoreOptions of [Restore].
type RestoreOptions struct {
	// Replace a database that is there, and keep it under another name.
	Replace bool
	// Who restores, for the line in the log.
	Who domain.Actor
	// Clock tells the time. Nil: the machine's.
	Clock func() time.Time
	// Frozen says that Clock does not go with the machine's.
	Frozen bool
	// Check of the copy before anything is changed. Nil: in this process, which damage can hang or crash.
	Check Checker
	// Unlock opens an encrypted backup; nil: there is no key (ErrSealed).
	Unlock Unlock
	// Wait for whoever holds the backup or the database, at most; zero: MaxWait.
	Wait time.Duration

	step func(done string) // of tests
}

// Restored says what a restore did.
type Restored struct {
	Copied        // the backup
	Kept   string // path of the database that was there before; "" where none was
	// KeptHead is the path of the audit head that was there before; "" where none was.
	KeptHead string
}

// Restore makes a database from a backup, which is checked first, with an audit head of its own and a line in its log. The
// errors are fs.ErrExist where a database is there and Replace was not said, ErrHeld where somebody has it or the backup
// open, and for the backup ErrMissing, ErrForeign, ErrDamaged, ErrNewer, ErrNoPermission. On an error nothing is changed,
// unless it says that the restore will be finished.
func Restore(ctx context.Context, backup, path string, o RestoreOptions) (Restored, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Wait <= 0 || o.Wait > MaxWait {
		o.Wait = MaxWait
	}
	if o.step == nil {
		o.step = func(string) {}
	}
	r := &restore{ctx: ctx, from: backup, path: path, temp: path + restoringMark, o: o}
	err := r.run()
	return r.out, err
}

type restore struct {
	ctx              context.Context
	from, path, temp string
	o                RestoreOptions
	out              Restored
	old              *os.File // the database that is there, locked; nil where none is
	head             headFile // the new one

	// Of an encrypted backup:
	sealed sealing
	keys   *keyring.File
	ring   *keyring.Ring
	box    *box
}

func (r *restore) run() (err error) {
	source, _, err := openLocked(r.from, Read, r.o.Wait)
	if err != nil {
		return r.ofBackup(err)
	}
	defer source.Close()
	dir := filepath.Dir(r.path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return accessError(dir, "make", err)
	}
	unlock, err := lockFolder(dir, r.path, r.o.Wait)
	if err != nil {
		return err
	}
	defer unlock()
	if err := finishRestore(r.path); err != nil { // of an earlier one
		return err
	}
	if err := r.take(source); err != nil {
		return err
	}
	if r.old != nil {
		defer r.old.Close()
	}
	committed := false
	defer func() {
		if err != nil && !committed {
			err = errors.Join(err, finishRestore(r.path))
		}
	}()
	if err := r.copy(source); err != nil {
		return err
	}
	r.o.step("copied")
	if err := CheckCopy(r.ctx, r.temp, r.o.Check); err != nil {
		return r.ofBackup(err)
	}
	if err := r.unlock(); err != nil {
		return r.ofBackup(err)
	}
	r.o.step("checked")
	if err := r.begin(); err != nil {
		return r.ofBackup(err)
	}
	r.o.step("begun")
	if err := r.keep(); err != nil {
		return err
	}
	r.o.step("kept")
	if err := r.ctx.Err(); err != nil {
		return err
	}
	if err := writeHeadFile(r.path, r.head); err != nil {
		return err
	}
	committed = true
	r.o.step("head")
	err = syncPath(dir)
	if err == nil {
		err = os.Rename(r.temp, r.path)
	}
	if err == nil {
		r.o.step("renamed")
		err = syncPath(dir)
	}
	if err != nil {
		return fmt.Errorf("%s: the last step of the restore failed, it will be finished when the database is next opened for writing: %w", r.path, err)
	}
	return nil
}

// take locks the database that is there, and refuses where it is not to be replaced.
func (r *restore) take(source *os.File) error {
	st, err := os.Lstat(r.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return accessError(r.path, "read", err)
	case !st.Mode().IsRegular():
		return &Problem{Kind: ErrForeign, Path: r.path, Text: "this is not a file: move it away"}
	}
	f, err := os.Open(r.path)
	if err != nil {
		return accessError(r.path, "read", err)
	}
	from, err := source.Stat()
	switch {
	case err == nil && os.SameFile(st, from):
		err = fmt.Errorf("%s: this is the database itself and no backup of it", r.from)
	case err == nil:
		err = lockAlone(f, r.path, r.o.Wait)
	}
	if err == nil && !r.o.Replace {
		err = &Problem{Kind: fs.ErrExist, Path: r.path, Text: "there is a database here already: move it away with " + headPath(r.path) +
			", or say --replace, which keeps both under another name"}
	}
	if err != nil {
		_ = f.Close()
		return err
	}
	r.old = f
	return nil
}

// copy copies the backup to where the database is prepared.
func (r *restore) copy(source *os.File) error {
	f, err := os.OpenFile(r.temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return accessError(r.temp, "write", err)
	}
	sum := sha256.New()
	to := &copyWriter{ctx: r.ctx, f: f, sum: sum}
	_, err = io.Copy(to, source)
	if err2 := f.Close(); err == nil {
		err = err2
	}
	r.out.Size, r.out.Sum = to.n, hex.EncodeToString(sum.Sum(nil))
	switch {
	case err == nil:
		return nil
	case r.ctx.Err() != nil:
		return r.ctx.Err()
	}
	return accessError(r.path, "write", err)
}

// begin brings the copy up to date, gives it a name of its own and says in its log that it was restored.
func (r *restore) begin() error {
	db, file, err := openBolt(r.temp, Write, r.o.Wait)
	if err != nil {
		return err
	}
	p, _ := domain.Profile("statutory")
	s := &Store{path: r.temp, mode: Write, clock: r.o.Clock, frozen: r.o.Frozen, knows: ownVersions(), db: db, file: file}
	s.settings.Store(&domain.Settings{Profile: "statutory", Policy: p})
	s.box.Store(r.box)
	err = r.beginIn(s)
	if err2 := s.letGo(); err == nil {
		err = err2
	}
	if err == nil {
		err = syncPath(r.temp)
	}
	return err
}

func (r *restore) beginIn(s *Store) error {
	m, err := metaOf(s.db, s.knows)
	if err != nil {
		return err
	}
	r.out.Lines = m.head.count
	if m.format < s.knows.format {
		if err := s.migrateIn(m.format, migrations(), "the backup is as it was"); err != nil {
			return err
		}
	}
	before, err := readHeadFile(r.path)
	if err != nil && !errors.Is(err, ErrDamaged) {
		return err
	}
	text := "restored from a backup: " + r.out.Copied.String()
	switch {
	case before != nil:
		text += fmt.Sprintf("; the log that was here before ended at line %d", before.Count)
	case r.old != nil:
		text += "; where the log that was here before ended is not known"
	}
	if r.old != nil {
		text += "; the database that was here is kept beside it"
	}
	t, err := s.beginWrite()
	if err != nil {
		return err
	}
	var id [16]byte
	rand.Read(id[:])
	r.head.Database = hex.EncodeToString(id[:])
	err = guarded(func() error {
		if err := putMeta(t.tx, metaDatabase, []byte(r.head.Database)); err != nil {
			return err
		}
		if r.keys != nil {
			if err := putMeta(t.tx, metaSlots, r.keys.Bytes()); err != nil {
				return err
			}
		}
		if _, err := s.note(t, r.o.Who, NoteRestore, text, 0); err != nil {
			return err
		}
		return t.finish()
	})
	if err != nil {
		s.rollback(t.tx)
		return err
	}
	r.head.Count, r.head.Hash = t.meta.head.count, hex.EncodeToString(t.meta.head.hash[:])
	return guarded(t.tx.Commit)
}

// keep gives what is there a second name, under which it goes on when its first is another's.
func (r *restore) keep() error {
	kept := r.path + beforeMark + r.o.Clock().UTC().Format("20060102T150405Z")
	for _, name := range []string{kept, headPath(kept)} {
		if _, err := os.Lstat(name); err == nil {
			kept = besides(kept, "-")
			break
		}
	}
	if r.old != nil {
		if err := secondName(r.path, kept); err != nil {
			return err
		}
		r.out.Kept = kept
	}
	switch err := secondName(headPath(r.path), headPath(kept)); {
	case err == nil:
		r.out.KeptHead = headPath(kept)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if err := r.putKeys(kept); err != nil {
		return err
	}
	return syncPath(filepath.Dir(r.path))
}

// secondName links a file, or copies it where the file system has no links.
func secondName(path, second string) error {
	err := os.Link(path, second)
	if err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrExist) {
		return err
	}
	return replaceWith(second, func(temp string) error {
		from, err := os.Open(path)
		if err != nil {
			return err
		}
		defer from.Close()
		to, err := os.OpenFile(temp, os.O_WRONLY|os.O_TRUNC, 0o600)
		if err != nil {
			return err
		}
		_, err = io.Copy(to, from)
		return errors.Join(err, to.Close())
	}, placeNew)
}

// ofBackup names the backup where an error is of its copy.
func (r *restore) ofBackup(err error) error {
	err = named(r.temp, err)
	text := func(s string) string {
		s = strings.TrimSuffix(strings.ReplaceAll(s, r.temp, r.from), ": "+restoreAdvice)
		if errors.Is(err, ErrDamaged) {
			s += ". Nothing was changed: take another backup"
		}
		return s
	}
	var p *Problem
	if errors.As(err, &p) && (p.Path == r.temp || p.Path == r.from) {
		named := *p
		named.Path, named.Text = r.from, text(p.Text)
		return &named
	}
	if errors.Is(err, ErrDamaged) {
		return &Problem{Kind: ErrDamaged, Path: r.from, Text: text(err.Error())}
	}
	return err
}
