package store

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"
)

// The head of the log is also kept beside the database. A log that was cut at its end, rolled back to yesterday's file or
// hashed anew from the start is whole in itself; only a head kept elsewhere gives it away (STORAGE, Audit). The file is
// written after the commit, at most a few times a second: it may lag behind the log, and never runs ahead of it.

// headPath is the file that keeps the head of a database's log.
func headPath(path string) string { return path + ".head" }

// headPause is the least time between two writings of the head.
const headPause = 200 * time.Millisecond

type headFile struct {
	Database string `json:"database"`
	Count    uint64 `json:"count"`
	Hash     string `json:"hash"`
}

// sum is the hash, zero where it is none.
func (h *headFile) sum() (sum [hashSize]byte) {
	b, err := hex.DecodeString(h.Hash)
	if err == nil {
		copy(sum[:], b)
	}
	return sum
}

// readHeadFile gives nil where there is none.
func readHeadFile(path string) (*headFile, error) {
	b, err := os.ReadFile(headPath(path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, accessError(headPath(path), "read", err)
	}
	h := new(headFile)
	if len(b) > 4096 || json.Unmarshal(b, h) != nil || len(h.Hash) != 2*hashSize {
		return nil, damagedf(path, "its audit head %s cannot be read", headPath(path))
	}
	return h, nil
}

// writeHeadFile replaces it, all or nothing.
func writeHeadFile(path string, h headFile) error {
	b, err := json.Marshal(h)
	if err != nil {
		return err
	}
	temp := headPath(path) + ".new"
	f, err := os.OpenFile(temp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return accessError(temp, "write", err)
	}
	_, err = f.Write(append(b, '\n'))
	if err == nil {
		err = f.Sync()
	}
	if err2 := f.Close(); err == nil {
		err = err2
	}
	if err == nil {
		err = os.Rename(temp, headPath(path))
	}
	if err != nil {
		_ = os.Remove(temp)
		return accessError(headPath(path), "write", err)
	}
	return nil
}

// checkHead says whether the log holds the head that was written down: the line of that number with that hash. It gives
// ErrDamaged when it does not.
func checkHead(path string, db *bolt.DB, known versions, b *box) error {
	h, err := readHeadFile(path)
	if err != nil {
		return err
	}
	return guarded(func() error {
		return db.View(func(tx *bolt.Tx) error {
			m, err := readMeta(tx, known)
			if err != nil {
				return err
			}
			return headHeld(path, h, m, &txn{tx: tx, codec: newCodec(known, b), meta: m})
		})
	})
}

func headHeld(path string, h *headFile, m metaInfo, t *txn) error {
	switch {
	case h == nil && m.head.count == 0:
		return nil // a new database
	case h == nil:
		return damagedf(path, "its audit head %s is missing, so the log cannot be shown to be whole; put it back beside the database, or",
			headPath(path))
	case h.Database != m.database:
		return damagedf(path, "its audit head %s belongs to another database", headPath(path))
	case h.Count > m.head.count:
		return damagedf(path, "the audit log ends at line %d, but line %d was written: this is an older file, or it was cut", m.head.count, h.Count)
	case h.Count == 0, m.former == auditHead{h.Count, h.sum()}:
		return nil // as it ended before it was chained anew
	}
	l, hash, err := t.line(h.Count)
	if err != nil {
		return err
	}
	if l == nil || hex.EncodeToString(hash) != h.Hash {
		return damagedf(path, "line %d of the audit log is not the one that was written", h.Count)
	}
	return nil
}

// headKeeper writes the head down after commits.
type headKeeper struct {
	path     string
	database string

	mu    sync.Mutex
	want  auditHead
	wrote auditHead

	wake chan struct{}
	done chan struct{}
	stop chan struct{}
}

// writeHead writes the head down as it is.
func (s *Store) writeHead() error {
	m, err := metaOf(s.db, s.knows)
	if err != nil {
		return err
	}
	return writeHeadFile(s.path, headFile{m.database, m.head.count, hex.EncodeToString(m.head.hash[:])})
}

// keepHead writes the head as it is and starts keeping it.
func keepHead(path string, db *bolt.DB, known versions) (*headKeeper, error) {
	m, err := metaOf(db, known)
	if err != nil {
		return nil, err
	}
	k := &headKeeper{path: path, database: m.database, want: m.head,
		wake: make(chan struct{}, 1), done: make(chan struct{}), stop: make(chan struct{})}
	if err := k.write(); err != nil {
		return nil, err
	}
	go k.run()
	return k, nil
}

// advance is told of a commit.
func (k *headKeeper) advance(h auditHead) {
	k.mu.Lock()
	k.want = h
	k.mu.Unlock()
	select {
	case k.wake <- struct{}{}:
	default:
	}
}

func (k *headKeeper) run() {
	defer close(k.done)
	for {
		select {
		case <-k.stop:
			return
		case <-k.wake:
		}
		_ = k.write() // one that fails is made good by the next, by close, or when the database is next opened
		select {
		case <-k.stop:
			return
		case <-time.After(headPause):
		}
	}
}

func (k *headKeeper) write() error {
	k.mu.Lock()
	want := k.want
	k.mu.Unlock()
	if want == k.wrote && want.count > 0 {
		return nil
	}
	err := writeHeadFile(k.path, headFile{k.database, want.count, hex.EncodeToString(want.hash[:])})
	if err == nil {
		k.wrote = want
	}
	return err
}

// close writes the last head, where it is still wanted.
func (k *headKeeper) close(write bool) error {
	close(k.stop)
	<-k.done
	if !write {
		return nil
	}
	if err := k.write(); err != nil {
		return fmt.Errorf("the audit head could not be brought up to date; it will be when the database is next opened: %w", err)
	}
	return nil
}
