package store

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// A core dump is a file with all that a process had in its memory: children's records, in a folder nobody looks after, or sent to
// a maker of software. So this program leaves none.

// NoCoreDumps has the system write no core dump of this process and of those it starts.
func NoCoreDumps() error {
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		return fmt.Errorf("core dumps could not be switched off: %w", err)
	}
	if err := undumpable(); err != nil {
		return fmt.Errorf("core dumps could not be switched off: %w", err)
	}
	return nil
}

// CoreDumps says whether the system may write a core dump of this process: "off", or why it may.
func CoreDumps() string {
	var l unix.Rlimit
	switch err := unix.Getrlimit(unix.RLIMIT_CORE, &l); {
	case err != nil:
		return "not known: " + err.Error()
	case l.Cur > 0:
		return "on: ulimit -c allows them"
	case dumpable():
		return "on for a program of the machine that collects them"
	}
	return "off"
}
