package sshd

import (
	"fmt"
	"net"
)

// peer asks something of a local socket's other end.
func peer(conn net.Conn, ask func(fd int) (int, error)) (uid int, err error) {
	c, ok := conn.(*net.UnixConn)
	if !ok {
		return 0, fmt.Errorf("%T is no local socket", conn)
	}
	raw, err := c.SyscallConn()
	if err != nil {
		return 0, err
	}
	if cerr := raw.Control(func(fd uintptr) { uid, err = ask(int(fd)) }); cerr != nil {
		return 0, cerr
	}
	return uid, err
}
