package sshd

import (
	"net"

	"golang.org/x/sys/unix"
)

// peerUID asks the kernel whose process is at the other end.
func peerUID(conn net.Conn) (int, error) {
	return peer(conn, func(fd int) (int, error) {
		cred, err := unix.GetsockoptUcred(fd, unix.SOL_SOCKET, unix.SO_PEERCRED)
		if err != nil {
			return 0, err
		}
		return int(cred.Uid), nil
	})
}
