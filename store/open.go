package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"
	"golang.org/x/sys/unix"

	"homeward/domain"
)

// addressSpace is how much of it the file may use before it must be mapped anew, for which readers wait. It is no memory.
const addressSpace = 1 << 30

// Open opens the database. The errors are ErrMissing, ErrMislaid, ErrHeld, ErrForeign, ErrDamaged, ErrNewer, ErrOlder,
// ErrSealed, ErrNoPermission by [errors.Is]; whatever it gives, a file that is there was left as it was.
func Open(path string, o Options) (*Store, error) {
	if o.knows == (versions{}) {
		o.knows, o.migrations = ownVersions(), migrations()
	}
	s := &Store{path: path, mode: o.Mode, clock: o.Clock, frozen: o.Frozen, knows: o.knows,
		decide: domain.Decide, commit: (*bolt.Tx).Commit, writer: make(chan struct{}, 1)}
	if s.clock == nil {
		s.clock = time.Now
	}
	if o.Settings == nil {
		p, _ := domain.Profile("statutory")
		o.Settings = &domain.Settings{Profile: "statutory", Policy: p}
	}
	s.settings.Store(o.Settings)
	if o.Wait <= 0 || o.Wait > MaxWait {
		o.Wait = MaxWait
	}
	if err := s.open(o); err != nil {
		return nil, named(path, err)
	}
	return s, nil
}

func (s *Store) open(o Options) error {
	if err := settleRestore(s.path, o.Mode, o.Wait); err != nil {
		return err
	}
	_, err := os.Stat(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := s.createMissing(o); err != nil {
			return err
		}
	}
	if s.db, s.file, err = openBolt(s.path, o.Mode, o.Wait); err != nil {
		return err
	}
	if err := s.settle(o); err != nil {
		if s.head != nil {
			_ = s.head.close(true)
		}
		_ = s.letGo()
		return err
	}
	return nil
}

func (s *Store) createMissing(o Options) error {
	if _, err := os.Stat(headPath(s.path)); err == nil {
		return &Problem{Kind: ErrMislaid, Path: s.path, Text: "the database is missing, but its audit head " + headPath(s.path) +
			" exists: it was lost, moved or renamed. Put it back or restore from backup"}
	}
	if o.Mode == Read || o.MustExist {
		return &Problem{Kind: ErrMissing, Path: s.path}
	}
	err := create(s.path, s.knows, s.clock(), o.Frozen || o.MakeUp, o.Wait)
	if errors.Is(err, fs.ErrExist) {
		return nil // somebody else was quicker
	}
	s.created = err == nil
	return err
}

// settle checks what is in the opened file and brings it up to date where it may be changed.
func (s *Store) settle(o Options) error {
	m, err := metaOf(s.db, s.knows)
	if err != nil {
		return err
	}
	s.practice, s.madeUp = m.practice, o.MakeUp
	if err := s.unlock(m, o.Unlock); err != nil {
		return err
	}
	if m.format < s.knows.format && s.mode == Read {
		return &Problem{Kind: ErrOlder, Path: s.path, Text: fmt.Sprintf(
			"written by an older homeward (format %d, this one writes %d): open the dashboard once to bring it up to date", m.format, s.knows.format)}
	}
	if s.mode == Read {
		s.policyOld = m.policy != s.Settings().Policy.Fingerprint()
		if err := checkHead(s.path, s.db, s.knows, s.box.Load()); err != nil {
			s.notices = append(s.notices, err.Error())
		}
		return s.readNames()
	}
	if err := checkHead(s.path, s.db, s.knows, s.box.Load()); err != nil {
		return err
	}
	removeLeftovers(s.path)
	removeStale(filepath.Dir(s.path))
	if m.format < s.knows.format {
		if err := s.migrate(m.format, o.migrations); err != nil {
			return err
		}
	}
	if s.head, err = keepHead(s.path, s.db, s.knows); err != nil {
		return err
	}
	if err := s.refreshByPolicy(); err != nil {
		return err
	}
	if err := s.keepSettings(context.Background()); err != nil {
		return err
	}
	return s.SlotsKept(context.Background(), Keeper(s.Settings(), s.clock(), Account()))
}

// openBolt locks the file, checks it by hand and gives the same open file to bbolt.
func openBolt(path string, mode Mode, wait time.Duration) (*bolt.DB, *os.File, error) {
	f, h, err := openLocked(path, mode, wait)
	if err != nil {
		return nil, nil, err
	}
	if err := walkPages(f, h, mode == Write); err != nil {
		_ = f.Close()
		return nil, nil, named(path, err)
	}
	var db *bolt.DB
	err = guarded(func() (err error) {
		db, err = bolt.Open(path, 0o600, &bolt.Options{
			Timeout:         time.Second, // ours already: the same open file cannot wait for itself
			ReadOnly:        mode == Read,
			NoFreelistSync:  true,
			FreelistType:    bolt.FreelistMapType,
			InitialMmapSize: addressSpace,
			NoStatistics:    true,
			OpenFile:        opened(f),
		})
		return err
	})
	if err != nil {
		_ = f.Close()
		return nil, nil, named(path, err)
	}
	return db, f, nil
}

// openLocked opens and locks an existing file and reads its header.
func openLocked(path string, mode Mode, wait time.Duration) (*os.File, header, error) {
	deadline := time.Now().Add(wait)
	for {
		flag, how, doing := os.O_RDWR, unix.LOCK_EX, "write"
		if mode == Read {
			flag, how, doing = os.O_RDONLY, unix.LOCK_SH, "read"
		}
		f, err := os.OpenFile(path, flag, 0)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, header{}, &Problem{Kind: ErrMissing, Path: path}
		}
		if err != nil {
			return nil, header{}, accessError(path, doing, err)
		}
		info, err := f.Stat()
		if err == nil && !info.Mode().IsRegular() {
			err = &Problem{Kind: ErrForeign, Path: path, Text: "this is not a file"}
		}
		if err == nil {
			err = lock(f, how, deadline)
		}
		if err == nil {
			var now fs.FileInfo
			if now, err = os.Stat(path); err == nil && !os.SameFile(info, now) {
				_ = f.Close() // replaced while we waited (restore, compact): take the new one
				continue
			}
		}
		var h header
		if err == nil {
			if info, err = f.Stat(); err == nil { // again: it may have grown while we waited
				h, err = readHeader(path, f, info.Size())
			}
		}
		if err != nil {
			_ = f.Close()
			return nil, header{}, err
		}
		return f, h, nil
	}
}

// lock waits for the lock until the deadline, then says who holds it.
func lock(f *os.File, how int, deadline time.Time) error {
	for {
		err := unix.Flock(int(f.Fd()), how|unix.LOCK_NB)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, unix.EINTR):
			continue
		case !errors.Is(err, unix.EWOULDBLOCK):
			return fmt.Errorf("%s: could not lock it: %w", f.Name(), err)
		case time.Now().After(deadline):
			return heldBy(f)
		}
		time.Sleep(15 * time.Millisecond)
	}
}

// opened makes bbolt's first opening give the file that is open and locked already; later ones (a copy being made) are
// their own, because bbolt closes what it opened.
func opened(f *os.File) func(string, int, os.FileMode) (*os.File, error) {
	var once sync.Once
	return func(path string, flag int, mode os.FileMode) (*os.File, error) {
		first := false
		once.Do(func() { first = true })
		if first {
			return f, nil
		}
		return os.OpenFile(path, flag, mode)
	}
}
