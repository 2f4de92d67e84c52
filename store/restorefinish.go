package store

import (
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// settleRestore looks after a restore that was broken off, before a database is opened. Who may not change anything is told
// where it still has to be finished.
func settleRestore(path string, mode Mode, wait time.Duration) error {
	if _, err := os.Lstat(path + restoringMark); err != nil {
		return nil
	}
	if mode == Read {
		counts, err := restoreCounts(path)
		if err != nil {
			return err
		}
		if counts {
			return &Problem{Kind: ErrMislaid, Path: path, Text: "a restore was broken off before its last step: open the dashboard once, or restore again, " +
				"and it is finished"}
		}
		return nil
	}
	unlock, err := lockFolder(filepath.Dir(path), path, wait)
	if err != nil {
		return err
	}
	defer unlock()
	return finishRestore(path)
}

// finishRestore does the last step of a restore that was broken off where its audit head is in place, and else takes away
// what it had prepared. The caller has the folder.
func finishRestore(path string) error {
	temp := path + restoringMark
	if _, err := os.Lstat(temp); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	counts, err := restoreCounts(path)
	if err != nil {
		return err
	}
	if counts {
		if err := os.Rename(temp, path); err != nil {
			return accessError(path, "restore", err)
		}
		return syncPath(filepath.Dir(path))
	}
	for _, kept := range besideWith(path, beforeMark) {
		first := path
		if strings.HasSuffix(kept, headPath("")) {
			first = headPath(path)
		}
		if sameFile(first, kept) { // a second name of what goes on under its first
			_ = os.Remove(kept)
		}
	}
	if err := os.Remove(temp); err != nil {
		return accessError(temp, "remove", err)
	}
	return nil
}

// restoreCounts says whether the audit head in place is the one of the database that was prepared. ErrNewer where a newer
// homeward prepared it: only that one can tell, and must finish it or take it away.
func restoreCounts(path string) (bool, error) {
	h, err := readHeadFile(path)
	if h == nil || err != nil {
		return false, nil
	}
	db, _, err := openBolt(path+restoringMark, Read, MaxWait)
	if err != nil {
		return false, nil
	}
	defer db.Close() //nolint:errcheck // opened for reading
	m, err := metaOf(db, ownVersions())
	if errors.Is(err, ErrNewer) {
		return false, err
	}
	return err == nil && *h == headFile{m.database, m.head.count, hex.EncodeToString(m.head.hash[:])}, nil
}

func sameFile(a, b string) bool {
	x, err := os.Lstat(a)
	if err != nil {
		return false
	}
	y, err := os.Lstat(b)
	return err == nil && os.SameFile(x, y)
}

// lockFolder keeps others from making or restoring a database in a folder; unlock ends it. A file system that cannot lock
// folders goes without.
func lockFolder(dir, path string, wait time.Duration) (unlock func(), err error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, accessError(dir, "read", err)
	}
	for deadline := time.Now().Add(wait); ; time.Sleep(15 * time.Millisecond) {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		switch {
		case err == nil || !errors.Is(err, unix.EWOULDBLOCK) && !errors.Is(err, unix.EINTR):
			return func() { _ = f.Close() }, nil
		case time.Now().After(deadline):
			_ = f.Close()
			return nil, &Problem{Kind: ErrHeld, Path: path, Text: "another process is making or restoring a database in this folder"}
		}
	}
}

// lockAlone locks a file that is to be replaced, whatever it holds.
func lockAlone(f *os.File, path string, wait time.Duration) error {
	if err := lock(f, unix.LOCK_EX, time.Now().Add(wait)); err != nil {
		return err
	}
	if st, err := f.Stat(); err != nil {
		return err
	} else if now, err := os.Lstat(path); err != nil || !os.SameFile(st, now) {
		return &Problem{Kind: ErrHeld, Path: path, Text: "another process has just replaced it: look at it again"}
	}
	return nil
}
