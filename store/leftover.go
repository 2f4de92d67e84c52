package store

import (
	"crypto/rand"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
)

// Copies that are made for a moment stand beside the database, under its name and a mark.
const copyMark = ".copy-"

// besides is a new name beside a database.
func besides(path, mark string) string {
	var r [6]byte
	rand.Read(r[:])
	return path + mark + hex.EncodeToString(r[:])
}

// removeLeftovers removes the copies of the whole database that a killed process left behind. Whoever calls this has the
// database alone, so nobody is at work on them.
func removeLeftovers(path string) {
	for _, name := range besideWith(path, copyMark) {
		if rest, _ := strings.CutPrefix(filepath.Base(name), filepath.Base(path)+copyMark); len(rest) == 12 && isHex(rest) {
			_ = os.Remove(name)
		}
	}
}

// besideWith are the files beside a database whose names go on from its own with a mark.
func besideWith(path, mark string) (out []string) {
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return nil
	}
	defer dir.Close()
	names, _ := dir.Readdirnames(-1)
	for _, n := range names {
		if strings.HasPrefix(n, filepath.Base(path)+mark) {
			out = append(out, filepath.Join(filepath.Dir(path), n))
		}
	}
	return out
}

func isHex(s string) bool {
	_, err := hex.DecodeString(s)
	return err == nil
}
