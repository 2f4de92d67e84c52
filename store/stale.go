package store

import (
	"os"
	"path/filepath"
	"regexp"

	"golang.org/x/sys/unix"
)

// newMark stands between the name a file is to get and a number, while it is being made.
const newMark = ".new-"

// holdCopy marks a copy that is being made, by a shared lock that ends with this process. The check of the copy shares it.
func holdCopy(temp string) (release func(), err error) {
	f, err := os.Open(temp)
	if err != nil {
		return nil, err
	}
	_ = unix.Flock(int(f.Fd()), unix.LOCK_SH|unix.LOCK_NB) // a file system without locks does without
	return func() { _ = f.Close() }, nil
}

// removeStale removes from a folder the copies of a whole database that a killed process never gave their name: nobody holds
// them, and nobody would find them again.
func removeStale(folder string) {
	unnamed := regexp.MustCompile(`\` + newMark + `[0-9a-f]{12}$`)
	list, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, e := range list {
		if e.Type().IsRegular() && unnamed.MatchString(e.Name()) {
			removeIfStale(filepath.Join(folder, e.Name()))
		}
	}
}

func removeIfStale(path string) {
	f, err := os.Open(path)
	if err != nil {
		return
	}
	defer f.Close() //nolint:errcheck // opened for reading
	head := make([]byte, pageHeadSize+metaSize)
	if n, _ := f.ReadAt(head, 0); n < len(head) || parseMeta(head).magic != boltMagic {
		return // just begun, or no database
	}
	if unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) == nil {
		_ = os.Remove(path)
	}
}
