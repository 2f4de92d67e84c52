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
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"homeward/tui/cli"
)

// longestSocket is how long a socket's path may be everywhere (104 bytes with its end on BSD, 108 on Linux).
const longestSocket = 100

// SocketPath is where the socket of a database stands: beside it, or, where that is too long for a socket, in a folder of the
// account that owns the database, named after it. Server and client find the same one.
func SocketPath(database string) (string, error) {
	d, err := doorOf(database)
	return d.path, err
}

// door is the socket of a database and the account it must be proven to belong to.
type door struct {
	path  string
	owner int  // of the database
	apart bool // it is in the runtime folder, not beside the database
}

func doorOf(database string) (door, error) {
	path, err := filepath.Abs(database)
	if err != nil {
		return door{}, err
	}
	d := door{owner: os.Geteuid()} // nobody else's word is taken for a database that is not there
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
		if st, err := os.Stat(path); err == nil {
			d.owner = ownerOfFile(st)
		}
	}
	if d.path = path + ".sock"; len(d.path) > longestSocket {
		sum := sha256.Sum256([]byte(path))
		d.path, d.apart = filepath.Join(runtimeFolder(d.owner), hex.EncodeToString(sum[:8])+".sock"), true
	}
	return d, nil
}

// runtimeFolder depends on the account alone: a service and a person's shell have different environments.
func runtimeFolder(uid int) string {
	of := strconv.Itoa(uid)
	if st, err := os.Stat("/run/user/" + of); err == nil && st.IsDir() {
		return "/run/user/" + of + "/homeward"
	}
	return "/tmp/homeward-" + of
}

// listen makes the socket. The caller holds the database alone, so one that is there is left over.
func (d door) listen() (net.Listener, error) {
	if d.apart {
		if err := d.makeFolder(); err != nil {
			return nil, err
		}
	}
	if why := d.folderFault(); why != "" {
		return nil, fmt.Errorf("the socket cannot be made where only its owner could have made it: %s", why)
	}
	if uid := os.Geteuid(); uid != 0 && uid != d.owner {
		return nil, fmt.Errorf("the database belongs to %s: only that account, and root, can serve it. Run homeward serve as %[1]s", accountName(d.owner))
	}
	if st, err := os.Lstat(d.path); err == nil {
		if st.Mode().Type() != fs.ModeSocket {
			return nil, fmt.Errorf("%s is in the place of the socket and is none: move it away", d.path)
		}
		if err := os.Remove(d.path); err != nil {
			return nil, err
		}
	}
	// Between its making and its mode somebody else could connect: they are asked who they are all the same.
	l, err := net.Listen("unix", d.path)
	if err != nil {
		return nil, fmt.Errorf("cannot make the socket: %w", err)
	}
	if err := os.Chmod(d.path, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// makeFolder makes the runtime folder, for the owner of the database alone.
func (d door) makeFolder() error {
	dir := filepath.Dir(d.path)
	switch err := os.Mkdir(dir, 0o700); {
	case errors.Is(err, fs.ErrExist):
		return nil
	case err != nil:
		return fmt.Errorf("the folder for the socket: %w", err)
	}
	if os.Geteuid() == d.owner {
		return nil
	}
	return os.Lchown(dir, d.owner, -1)
}

// dial connects to a socket that is proven to be the database owner's; nil where nobody listens. One that is there and is not
// proven is [cli.NotJoined]: who could put it there must not be handed what a command says.
func (d door) dial(ctx context.Context) (net.Conn, error) {
	if there, why := d.fault(); !there || why != "" {
		return nil, d.refused(why)
	}
	conn, err := (&net.Dialer{Timeout: 2 * time.Second}).DialContext(ctx, "unix", d.path)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOTSOCK):
		return nil, nil
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("the database is served by another account, and its socket %s is not yours: run this as %s", d.path, accountName(d.owner))
	case err != nil:
		return nil, err
	}
	uid, err := peerUID(conn)
	if err == nil && !d.owns(uid) {
		err = d.refused(fmt.Sprintf("a process of %s answers on it, and the database belongs to %s: have %[1]s end that process",
			accountName(uid), accountName(d.owner)))
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// refused is the error for a socket that is not proven; nil for no reason.
func (d door) refused(why string) error {
	if why == "" {
		return nil
	}
	return &cli.NotJoined{Why: fmt.Sprintf("the socket %s is not used: %s", d.path, why)}
}

// owns says whether an account is the database owner's, or root's, which may do as it likes anyway.
func (d door) owns(uid int) bool { return uid == d.owner || uid == 0 }

// fault says whether something stands at the socket's place, and why it is not proven to be the database owner's.
func (d door) fault() (there bool, why string) {
	st, err := os.Lstat(d.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, ""
	case err != nil:
		return true, err.Error()
	case st.Mode().Type() == fs.ModeSymlink:
		return true, "it is a link to somewhere else. Remove it"
	case st.Mode().Type() != fs.ModeSocket:
		return false, "" // serve says what is to be done with it
	case !d.owns(ownerOfFile(st)):
		return true, fmt.Sprintf("it belongs to %s, and the database to %s. Remove it", accountName(ownerOfFile(st)), accountName(d.owner))
	}
	return true, d.folderFault()
}

// folderFault says why somebody else could have put a socket into the folder.
func (d door) folderFault() string {
	dir := filepath.Dir(d.path)
	st, err := os.Lstat(dir)
	if err != nil {
		return err.Error()
	}
	shared := st.Mode().Perm()&0o002 != 0 || st.Mode().Perm()&0o020 != 0 && (d.apart || !ownGroup(st))
	switch {
	case !st.IsDir():
		return fmt.Sprintf("%s is no folder. Remove it", dir)
	case !d.owns(ownerOfFile(st)):
		return fmt.Sprintf("its folder %s belongs to %s, and the database to %s. %s", dir, accountName(ownerOfFile(st)), accountName(d.owner), d.mend(dir))
	case shared && (d.apart || st.Mode()&fs.ModeSticky == 0):
		return fmt.Sprintf("other accounts can write to its folder %s. Take that away with chmod go-w %[1]s", dir)
	}
	return ""
}

// mend says what to do with a folder of somebody else's.
func (d door) mend(dir string) string {
	if d.apart {
		return "Have root remove that folder, then start homeward serve again"
	}
	return "Move the database into a folder of its owner's"
}

// ownGroup says whether the group of a file is the one that its owner's own files have, which on most systems has nobody else
// in it.
func ownGroup(st fs.FileInfo) bool {
	sys, ok := st.Sys().(*syscall.Stat_t)
	if !ok {
		return false
	}
	u, err := user.LookupId(strconv.Itoa(int(sys.Uid)))
	return err == nil && u.Gid == strconv.Itoa(int(sys.Gid))
}

func ownerOfFile(st fs.FileInfo) int {
	if sys, ok := st.Sys().(*syscall.Stat_t); ok {
		return int(sys.Uid)
	}
	return -1
}

// trusts says whether an account is this one's, or root's, which may do as it likes anyway.
func trusts(uid int) bool { return uid == os.Geteuid() || uid == 0 }
