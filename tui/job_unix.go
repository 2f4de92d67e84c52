//go:build unix

package tui

import (
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// noJob says why no shell would go on with this program once it was stopped, "" where one would: a program that no shell
// watches would stand still for ever. The kernel does not stop one whose parent is outside its session, and a shell without
// job control has its programs in a group of its own.
func noJob() string {
	const why = "no shell would go on with it (fg)"
	if signal.Ignored(syscall.SIGTSTP) {
		return why
	}
	parent := os.Getppid()
	mine, err := unix.Getsid(0)
	if err != nil {
		return why
	}
	if its, err := unix.Getsid(parent); err != nil || its != mine {
		return why
	}
	if group, err := unix.Getpgid(parent); err != nil || group == unix.Getpgrp() {
		return why
	}
	return ""
}
