package sshd

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// longestSocket is how long a socket's path may be everywhere (104 bytes with its end on BSD, 108 on Linux).
const longestSocket = 100

// SocketPath is where the socket of a database stands: beside it, or, where that is too long for a socket, in a folder of the
// account under the runtime folder, named after the database. Server and client find the same one.
func SocketPath(database string) (string, error) {
	path, err := filepath.Abs(database)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if beside := path + ".sock"; len(beside) <= longestSocket {
		return beside, nil
	}
	sum := sha256.Sum256([]byte(path))
	return filepath.Join(runtimeFolder(), hex.EncodeToString(sum[:8])+".sock"), nil
}

// runtimeFolder depends on the account alone: a service and a person's shell have different environments.
func runtimeFolder() string {
	uid := strconv.Itoa(os.Geteuid())
	if st, err := os.Stat("/run/user/" + uid); err == nil && st.IsDir() {
		return "/run/user/" + uid + "/homeward"
	}
	return "/tmp/homeward-" + uid
}

// listenLocal makes the socket. Whoever calls this holds the database alone, so one that is there is left over.
func listenLocal(path string) (net.Listener, error) {
	if dir := filepath.Dir(path); dir == runtimeFolder() {
		if err := ownFolder(dir); err != nil {
			return nil, fmt.Errorf("the folder for the socket: %w", err)
		}
	}
	if st, err := os.Lstat(path); err == nil {
		if st.Mode().Type() != fs.ModeSocket {
			return nil, fmt.Errorf("%s is in the place of the socket and is none: move it away", path)
		}
		if err := os.Remove(path); err != nil {
			return nil, err
		}
	}
	// Between its making and its mode somebody else could connect: they are asked who they are all the same.
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("cannot make the socket: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// ownFolder makes a folder that is this account's alone, or makes sure that it is.
func ownFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	st, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	sys, ok := st.Sys().(*syscall.Stat_t)
	if !st.IsDir() || st.Mode().Perm()&0o077 != 0 || ok && int(sys.Uid) != os.Geteuid() {
		return fmt.Errorf("%s is not a folder of this account alone", dir)
	}
	return nil
}

// dialLocal connects to a socket; nil where nobody listens.
func dialLocal(ctx context.Context, path string) (net.Conn, error) {
	conn, err := (&net.Dialer{Timeout: 2 * time.Second}).DialContext(ctx, "unix", path)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOTSOCK):
		return nil, nil
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("the database is served by another account, and its socket %s is not yours", path)
	case err != nil:
		return nil, err
	}
	uid, err := peerUID(conn)
	if err == nil && !trusts(uid) && os.Geteuid() != 0 {
		err = fmt.Errorf("the socket %s belongs to another account", path)
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// trusts says whether an account is this one's, or root's, which may do as it likes anyway.
func trusts(uid int) bool { return uid == os.Geteuid() || uid == 0 }
