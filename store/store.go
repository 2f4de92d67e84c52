package store

import (
	"context"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"
	"golang.org/x/sys/unix"

	"homeward/domain"
	"homeward/store/keyring"
)

// Mode says what a database is opened for.
type Mode int

// The modes.
const (
	// Write opens it for this process alone, creating it when it is missing.
	Write Mode = iota
	// Read opens it shared with other readers; nothing is ever created or changed.
	Read
)

// MaxWait is how long a command waits for another process to let go of a database (INTERFACES, The database).
const MaxWait = 2 * time.Second

// Options of [Open].
type Options struct {
	Mode Mode
	// Settings in force. Nil: the default profile.
	Settings *domain.Settings
	// Clock tells the time. Nil: the machine's.
	Clock func() time.Time
	// Frozen says that Clock does not go with the machine's: audit lines then carry the machine's time too.
	Frozen bool
	// Wait for the lock, at most; zero: MaxWait.
	Wait time.Duration
	// MakeUp makes a new database a rehearsal whose past is made up in any order. Under a frozen clock it is a rehearsal anyway.
	MakeUp bool
	// Unlock opens an encrypted database; nil: there is no key (ErrSealed).
	Unlock Unlock
	// MustExist makes Write give ErrMissing where the database is missing.
	MustExist bool

	knows      versions    // zero: ownVersions; other in tests
	migrations []migration // nil: the real ones
}

// Store is one open database. It is safe for many goroutines.
type Store struct {
	path     string
	mode     Mode
	settings inForce
	clock    func() time.Time
	frozen   bool
	practice bool     // it is a rehearsal
	madeUp   bool     // and this process makes it up
	knows    versions // the file's numbers when it is up to date
	created  bool
	notices  []string
	mended   []string                     // likewise, of what is well again
	box      atomic.Pointer[box]          // of an encrypted file
	ring     atomic.Pointer[keyring.Ring] // the data keys it was made of
	rotating sync.Mutex                   // held while a new data key comes into use
	hints    hints
	// policyOld: opened shared, with another policy than the indexes were built with.
	policyOld bool
	decide    func(domain.World, domain.Envelope) (*domain.Outcome, error)
	commit    func(*bolt.Tx) error // (*bolt.Tx).Commit; tests make it fail

	writer chan struct{} // held by whoever writes
	feed   feed
	states states
	about  presences
	// recorded counts the commits that changed records, for knowing whether what was read still holds.
	recorded atomic.Uint64
	head     *headKeeper // nil when reading

	mu     sync.RWMutex // held shared by every transaction, alone while the database is reopened or closed
	db     *bolt.DB
	file   *os.File                // the open file that bbolt works on and that carries the lock
	wedged atomic.Bool             // bbolt fell over while it held locks of its own: it can only be abandoned
	over   atomic.Pointer[Problem] // why nothing goes on any more
	// trouble is told of every failure to write; nil: nobody is.
	trouble atomic.Pointer[func(error)]
	// backupFailed is why the server's own backups fail; nil while they do not.
	backupFailed atomic.Pointer[backupFailure]
	// alarmFails is since when the team's command for what is not passed on fails; zero while it does not.
	alarmFails atomic.Int64
	gone       atomic.Bool // the file is not at its path, as far as it was last looked at
}

// Path of the database.
func (s *Store) Path() string { return s.path }

// Created says that Open made the database because it was missing: the person is told.
func (s *Store) Created() bool { return s.created }

// Notices are things about the opening a person should know: a migration and its backup, an audit head that did not fit.
func (s *Store) Notices() []string { return append(slices.Clone(s.notices), s.mended...) }

// Settings in force.
func (s *Store) Settings() *domain.Settings { return s.settings.Load() }

// Now is the time, frozen where the program was told so.
func (s *Store) Now() time.Time { return s.clock() }

// Close ends the feed, brings the audit head up to date and lets go of the file. It waits for what is under way.
func (s *Store) Close() error {
	s.feed.close()
	s.writer <- struct{}{} // the last writer is done
	defer func() { <-s.writer }()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.db == nil {
		return nil
	}
	var headErr error
	if s.head != nil {
		headErr = s.head.close(s.still() == nil) // another file there has a head of its own
	}
	err := s.letGo()
	s.db = nil
	s.over.CompareAndSwap(nil, &Problem{Kind: ErrClosed, Path: s.path})
	if err == nil {
		err = headErr
	}
	return err
}

// view runs f in one short read transaction.
func (s *Store) view(ctx context.Context, f func(*txn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.stopped(); err != nil {
		return err
	}
	defer onFault()()
	tx, settings, err := s.beginWith(false)
	if err != nil {
		return s.named(err)
	}
	defer s.rollback(tx)
	return s.named(f(newTxn(s, tx, settings)))
}

// stopped is why nothing goes on any more, nil while it does.
func (s *Store) stopped() error {
	if p := s.over.Load(); p != nil {
		return p
	}
	return nil
}

// begin begins a transaction. A fault in bbolt's own beginning leaves it holding locks for ever.
func (s *Store) begin(write bool) (tx *bolt.Tx, err error) {
	whole := false
	defer func() {
		if !whole {
			s.wedge(err)
		}
	}()
	defer guard(&err)
	tx, err = s.db.Begin(write)
	whole = true
	return tx, err
}

// rollback ends a transaction, which is no error when it has ended.
func (s *Store) rollback(tx *bolt.Tx) {
	whole := false
	err := guarded(func() error {
		err := tx.Rollback()
		whole = true
		return err
	})
	if !whole {
		s.wedge(err)
	}
}

// wedge stops everything after bbolt fell over: whoever asked it next would wait for ever.
func (s *Store) wedge(err error) {
	s.wedged.Store(true)
	s.over.CompareAndSwap(nil, &Problem{Kind: ErrDamaged, Path: s.path, Text: err.Error()})
}

// letGo closes the database and frees its lock. Of one that is wedged only the file is let go of; its map stays until the
// program ends.
func (s *Store) letGo() error {
	if !s.wedged.Load() {
		return guarded(s.db.Close)
	}
	_ = unix.Flock(int(s.file.Fd()), unix.LOCK_UN) // the map keeps the file open, and with it the lock
	return s.file.Close()
}

// lockWriter waits for its turn to write.
func (s *Store) lockWriter(ctx context.Context) error {
	if s.mode == Read {
		return &Problem{Kind: ErrReadOnly, Path: s.path}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case s.writer <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// named puts the file's name to what was found inside it.
func (s *Store) named(err error) error { return named(s.path, err) }

func named(path string, err error) error {
	if f, ok := err.(*flaw); ok {
		return &Problem{Kind: f.kind, Path: path, Text: f.Error()}
	}
	return err
}
