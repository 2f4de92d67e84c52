package store

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// heldBy makes the error that names the process which holds a file, as well as the system tells.
func heldBy(f *os.File) error {
	p := &Problem{Kind: ErrHeld, Path: f.Name(), Text: "in use by another process"}
	if pid := lockHolder(f); pid > 0 {
		p.PID = pid
		p.Text = fmt.Sprintf("in use by process %d", pid)
		if name := processName(pid); name != "" {
			p.Text = fmt.Sprintf("in use by %s (process %d)", name, pid)
		}
	}
	return p
}

// lockHolder looks the file's device and number up in the system's list of locks; 0 when it is not there.
func lockHolder(f *os.File) int {
	info, err := f.Stat()
	if err != nil {
		return 0
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0
	}
	list, err := os.Open("/proc/locks")
	if err != nil {
		return 0
	}
	defer list.Close()
	inode := ":" + strconv.FormatUint(st.Ino, 10)
	for sc := bufio.NewScanner(list); sc.Scan(); {
		// 1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF; a waiter has "->" before FLOCK
		w := strings.Fields(sc.Text())
		if len(w) >= 6 && w[1] == "FLOCK" && strings.HasSuffix(w[5], inode) {
			if pid, err := strconv.Atoi(w[4]); err == nil && pid > 0 {
				return pid
			}
		}
	}
	return 0
}

func processName(pid int) string {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return ""
	}
	name, _, _ := strings.Cut(string(b), "\x00")
	var clean strings.Builder // it is another program's text, on its way to a terminal
	for _, r := range filepath.Base(name) {
		if r > ' ' && r < 0x7f {
			clean.WriteRune(r)
		}
	}
	return clean.String()
}
