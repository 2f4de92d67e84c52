package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"homeward/domain"
	"homeward/store/keyring"
)

// NoteKeys is the word of the line that says something was done about the keys of the database.
const NoteKeys = "keys"

// ErrEncrypted says that a database is encrypted already.
var ErrEncrypted = errors.New("the database is encrypted already")

// Encrypt encrypts a database in place: it is written anew beside itself, checked, and put in its own place; what it was is
// overwritten, as far as the disk does that. Killed anywhere it is either as it was or encrypted, and asking again finishes it. The
// keys have their slots; they are written beside the database first. It gives the files beside it that are copies of it as it was,
// which are not encrypted. Nobody else may have the database open meanwhile: ErrHeld.
func Encrypt(ctx context.Context, path string, o Options, f *keyring.File, ring *keyring.Ring, who domain.Actor, check Checker) (plain []string, err error) {
	o.Mode, o.MustExist = Write, true
	s, err := Open(path, o)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if s.Encrypted() {
		return nil, &Problem{Kind: ErrEncrypted, Path: path}
	}
	if err := s.rewriteAs(ctx, f, ring, who, "encrypted the database", check); err != nil {
		return nil, err
	}
	for _, mark := range []string{".before-", beforeMark} {
		plain = append(plain, plainCopies(path, mark)...)
	}
	return plain, nil
}

// rewriteAs puts the database, sealed with a ring, in its own place. Nobody can use the store afterwards: it is to be closed.
func (s *Store) rewriteAs(ctx context.Context, f *keyring.File, ring *keyring.Ring, who domain.Actor, done string, check Checker) error {
	as := rewritten{seal: sealing{epoch: ring.Newest(), texts: ring.Newest(), ring: ring.ID}, keys: f.Clone()}
	var err error
	if as.box, err = newBox(ring, as.seal.epoch, as.seal.texts); err != nil {
		return err
	}
	f.InUse, as.keys.InUse = false, true
	if err := s.putBackKeys(f); err != nil {
		return err
	}
	if err := s.lockWriter(ctx); err != nil {
		return err
	}
	defer func() { <-s.writer }()
	old, err := os.OpenFile(s.path, os.O_WRONLY, 0)
	if err != nil {
		return accessError(s.path, "write", err)
	}
	defer old.Close() //nolint:errcheck // what matters of it is synced
	if err := s.rewriteFile(ctx, as, ring, who, done, check); err != nil {
		return err
	}
	s.over.Store(&Problem{Kind: ErrClosed, Path: s.path})
	f.InUse = true
	return errors.Join(writeKeys(s.path, f), blank(old))
}

func (s *Store) rewriteFile(ctx context.Context, as rewritten, ring *keyring.Ring, who domain.Actor, done string, check Checker) error {
	return s.named(replaceWith(s.path, func(temp string) error {
		if err := s.view(ctx, func(t *txn) error {
			return guarded(func() error { return t.rewrite(ctx, temp, as) })
		}); err != nil {
			return err
		}
		if err := s.noteIn(temp, as, ring, who, done); err != nil {
			return err
		}
		release, err := holdCopy(temp)
		if err != nil {
			return err
		}
		defer release()
		if check == nil {
			check = checkHere(ring)
		}
		return CheckCopy(ctx, temp, check)
	}, os.Rename))
}

// noteIn writes a line into the log of the file that was written anew.
func (s *Store) noteIn(temp string, as rewritten, ring *keyring.Ring, who domain.Actor, text string) error {
	db, file, err := openBolt(temp, Write, MaxWait)
	if err != nil {
		return err
	}
	n := &Store{path: temp, mode: Write, clock: s.clock, frozen: s.frozen, knows: s.knows, db: db, file: file}
	n.settings.Store(s.Settings())
	n.box.Store(as.box)
	n.ring.Store(ring)
	err = func() error {
		t, err := n.beginWrite()
		if err != nil {
			return err
		}
		err = guarded(func() error {
			if _, err := n.note(t, who, NoteKeys, text, 0); err != nil {
				return err
			}
			return t.finish()
		})
		if err != nil {
			n.rollback(t.tx)
			return err
		}
		return guarded(t.tx.Commit)
	}()
	return errors.Join(err, n.letGo())
}

// blank overwrites a file that has lost its name. A disk that writes elsewhere than it was told keeps what was there for a while.
func blank(f *os.File) error {
	st, err := f.Stat()
	if err != nil {
		return err
	}
	zeros := make([]byte, 1<<20)
	for at := int64(0); at < st.Size(); at += int64(len(zeros)) {
		n := min(int64(len(zeros)), st.Size()-at)
		if _, err := f.WriteAt(zeros[:n], at); err != nil {
			return err
		}
	}
	return f.Sync()
}

// plainCopies are the files beside a database, under its name and a mark, that are copies of it and not encrypted.
func plainCopies(path, mark string) (out []string) {
	for _, name := range besideWith(path, mark) {
		if strings.HasSuffix(name, headPath("")) || strings.HasSuffix(name, KeysPath("")) {
			continue
		}
		if !isSealed(name) {
			out = append(out, filepath.Clean(name))
		}
	}
	return out
}

// isSealed says that a file is an encrypted database.
func isSealed(path string) bool {
	m, err := metaAt(path)
	return err == nil && m.sealing != (sealing{})
}

// checkHere checks a copy in this process, with the keys it is sealed with.
func checkHere(rings ...*keyring.Ring) Checker {
	return func(ctx context.Context, path string) (CheckReport, error) {
		return Check(ctx, path, CheckOptions{NoHead: true, MaxFindings: 5, Rings: rings})
	}
}
