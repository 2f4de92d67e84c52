package sshd

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	gossh "golang.org/x/crypto/ssh"
)

// hostKey reads the server's key, or makes one that its owner alone can read. It appears whole or not at all: a key that
// changes frightens everybody who knows the old one.
func hostKey(path string) (gossh.Signer, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if b, err = makeHostKey(path); err != nil {
			return nil, fmt.Errorf("the host key %s could not be made: %w", path, err)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("the host key: %w", err)
	}
	if st, err := os.Stat(path); err == nil && st.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("the host key %s can be read by others: chmod 600 it, or replace it if somebody may have", path)
	}
	key, err := gossh.ParsePrivateKey(b)
	if err != nil {
		return nil, fmt.Errorf("%s is no host key: %w", path, err)
	}
	return key, nil
}

func makeHostKey(path string) ([]byte, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	block, err := gossh.MarshalPrivateKey(private, "homeward")
	if err != nil {
		return nil, err
	}
	b := pem.EncodeToMemory(block)
	f, err := os.CreateTemp(filepath.Dir(path), ".hostkey-*") // 0600
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name()) //nolint:errcheck // its name is the other one by then
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return nil, err
	}
	if err := os.Link(f.Name(), path); err != nil {
		if errors.Is(err, fs.ErrExist) { // somebody was quicker: theirs is the key
			return os.ReadFile(path)
		}
		if err := os.Rename(f.Name(), path); err != nil { // a file system without links
			return nil, err
		}
	}
	return b, nil
}
