package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"homeward/domain/view"
)

// database: it is there, it can be read, nothing in it says that it is damaged.
func (e *examination) database(context.Context) {
	do := "restore the newest good backup: " + e.homeward("restore --replace FILE")
	switch err := e.openErr; {
	case e.in != nil:
		for _, wrong := range e.in.Wrong {
			e.must(wrong, do)
		}
		e.wellOr("%s, %s, %d lines in its audit log", e.path, bytesText(e.fileSize()), e.in.Lines)
	case e.path == "":
		e.must(err.Error(), "mend the configuration, or name the database with --db")
	case errors.Is(err, ErrSealed):
		e.remark(e.path+" is encrypted, and what is in it was not looked at: no key was at hand", "name --key-file, or run doctor while the server runs")
	case errors.Is(err, ErrMissing):
		e.must(err.Error(), "see that this is its path; "+e.homeward("serve")+" makes a new one, "+e.homeward("restore FILE")+" one from a backup")
	case errors.Is(err, ErrHeld):
		e.remark(err.Error()+": what is in it was not looked at", "run doctor again when that has ended")
	case errors.Is(err, ErrNoPermission):
		e.must(err.Error(), "run doctor as the account it belongs to, "+ownerName(e.path))
	case errors.Is(err, ErrOlder):
		e.remark(err.Error(), "take a copy of the file first, while nobody has it open")
	case errors.Is(err, ErrNewer):
		e.must(err.Error(), "install the newer homeward")
	default:
		e.must(err.Error(), do)
	}
}

// format: the file is of the version this program writes.
func (e *examination) format(context.Context) {
	own := ownVersions()
	switch {
	case e.in == nil:
	case e.in.Format < own.format:
		e.remark(fmt.Sprintf("file format %d, this homeward writes %d", e.in.Format, own.format), "")
	case e.served() && (e.in.Format > own.format || e.in.Records > own.records):
		e.remark(fmt.Sprintf("the server writes file format %d with records of schema %d, this homeward %d with %d", e.in.Format, e.in.Records, own.format, own.records),
			"use the program of the server")
	default:
		e.well("file format %d, records of schema %d", e.in.Format, e.in.Records)
	}
}

// modes: nobody but their owner reads or writes the files of the database.
func (e *examination) modes(context.Context) {
	if e.path == "" {
		return
	}
	e.signs = append(e.signs, modesOf(e.path, e.c)...)
	if st, err := os.Stat(e.path); err == nil {
		e.wellOr("the database, its folder and the files beside it are for %s alone", accountOf(st))
	}
}

// Modes are the modes and owners of files that let other accounts at the database or its configuration: what a server warns of when
// it begins.
func (s *Site) Modes() (out []view.Sign) {
	e := &examination{path: s.Path}
	if s.Config.Path != "" {
		e.configMode(s.Config.Path)
	}
	for _, m := range append(modesOf(s.Path, s.Config), e.signs...) {
		if m.State == view.SignMust {
			out = append(out, m)
		}
	}
	return out
}

// modesOf are the wrong modes and owners of a database, its folder, what is beside it and its backups. None: all are right.
func modesOf(path string, c *Config) (out []view.Sign) {
	e := &examination{}
	owner := -1
	if st, err := os.Stat(path); err == nil {
		owner = uidOf(st)
	}
	e.folderMode(filepath.Dir(path), owner)
	for _, file := range append([]string{path, headPath(path), cmp.Or(c.Serve.HostKey, path+".hostkey"), path + ".sock", KeysPath(path), c.Store.KeyFile}, besideWith(path, beforeMark)...) {
		e.fileMode(file, owner)
	}
	if to := c.Store.BackupTo; to != "" {
		e.folderMode(to, owner)
		for _, file := range besideWith(filepath.Join(to, filepath.Base(strings.TrimSuffix(path, filepath.Ext(path)))), "-") {
			e.fileMode(file, owner)
		}
	}
	return e.signs
}

func (e *examination) fileMode(path string, owner int) {
	st, err := os.Lstat(path)
	if err != nil || st.IsDir() {
		return
	}
	if m := st.Mode().Perm(); m&0o077 != 0 {
		e.must(fmt.Sprintf("%s can be %s by other accounts (mode %#o)", path, doneBy(m), m), "chmod 600 "+inShell(path))
	}
	if uid := uidOf(st); owner >= 0 && uid != owner && uid != 0 {
		e.must(fmt.Sprintf("%s belongs to %s, and the database to %s", path, accountName(uid), accountName(owner)), "chown "+accountName(owner)+" "+inShell(path))
	}
}

func (e *examination) folderMode(path string, owner int) {
	st, err := os.Stat(path)
	if err != nil || !st.IsDir() {
		return
	}
	uid, m := uidOf(st), st.Mode().Perm()
	if owner >= 0 && uid != owner {
		if uid != 0 || st.Mode()&fs.ModeSticky != 0 {
			e.must(fmt.Sprintf("the folder %s belongs to %s, and the database to %s", path, accountName(uid), accountName(owner)), "move it into a folder of its owner's alone (mkdir -m 700)")
		}
		return
	}
	switch {
	case m&0o077 != 0 && st.Mode()&fs.ModeSticky != 0:
		e.must(fmt.Sprintf("the folder %s is for everybody (mode %#o)", path, m), "move it into a folder of its owner's alone (mkdir -m 700)")
	case m&0o022 != 0:
		e.must(fmt.Sprintf("other accounts can write in the folder %s (mode %#o), and so replace what is in it", path, m), "chmod 700 "+inShell(path))
	case m&0o055 != 0:
		e.remark(fmt.Sprintf("other accounts can see what the folder %s has in it (mode %#o)", path, m), "chmod 700 "+inShell(path))
	}
}

// doneBy says what a mode lets other accounts do.
func doneBy(m fs.FileMode) string {
	switch {
	case m&0o044 != 0 && m&0o022 != 0:
		return "read and written"
	case m&0o022 != 0:
		return "written"
	case m&0o044 != 0:
		return "read"
	}
	return "run"
}

// leftovers: what a killed process left behind, with the records of every child in it.
func (e *examination) leftovers(context.Context) {
	if e.path == "" {
		return
	}
	if _, err := os.Lstat(e.path + restoringMark); err == nil {
		e.must("a restore was broken off: "+e.path+restoringMark, "open the dashboard once, or restore again: either finishes it or takes it back")
	}
	old := func(path string) bool { // one that is being made is none
		st, err := os.Lstat(path)
		return err == nil && st.Mode().IsRegular() && e.d.machine().Sub(st.ModTime()) > CheckLimit+5*time.Minute
	}
	unnamed := regexp.MustCompile(`(\` + copyMark + `|\` + newMark + `)[0-9a-f]{12}$`)
	folders := []string{e.folder()}
	if to := e.c.Store.BackupTo; to != "" && filepath.Clean(to) != e.folder() {
		folders = append(folders, to)
	}
	for i, folder := range folders {
		list, _ := os.ReadDir(folder)
		for _, entry := range list {
			if path := filepath.Join(folder, entry.Name()); unnamed.MatchString(entry.Name()) && old(path) {
				goes := "it goes when the database is next opened for writing"
				if i > 0 {
					goes = "it goes with the next backup"
				}
				e.remark("a copy that a killed process left behind: "+path, goes+"; or rm "+inShell(path))
			}
		}
	}
	for _, path := range besideWith(e.path, beforeMark) {
		if !strings.HasSuffix(path, ".head") {
			e.remark("the database from before a restore is still here: "+path, "once the restored one is shown to be good: rm "+inShell(path)+" "+inShell(headPath(path)))
		}
	}
	e.wellOr("no copy was left behind")
}

// disk: there is room to go on, for the database and for its backups.
func (e *examination) disk(context.Context) {
	if e.path == "" {
		return
	}
	e.roomIn(e.folder(), "the database")
	if to := e.c.Store.BackupTo; to != "" {
		e.roomIn(to, "the backups")
		if a, b := deviceOf(e.folder()), deviceOf(to); a == b && a != 0 {
			e.remark("the backups in "+to+" are on the same disk as the database: a disk that breaks takes both", "name a folder of another disk in [store] backup_to")
		}
	}
}

func (e *examination) roomIn(folder, of string) {
	free, total, err := e.d.room(folder)
	if err != nil {
		return // the rows of the database and of the backups say what is wrong with it
	}
	need := 2 * e.fileSize()
	switch {
	case free < need:
		e.must(fmt.Sprintf("the disk of %s (%s) has %s free; a copy and room to grow take %s", of, folder, bytesText(free), bytesText(need)), "make room")
	case free < total/20:
		e.must(fmt.Sprintf("the disk of %s (%s) has %s free, under 5 %%", of, folder, bytesText(free)), "make room")
	default:
		e.well("the disk of %s has %s free", of, bytesText(free))
	}
}

// roomOn is how much of a disk is free for this account, and how large it is.
func roomOn(path string) (free, total uint64, err error) {
	var st unix.Statfs_t
	if err := unix.Statfs(path, &st); err != nil {
		return 0, 0, err
	}
	return uint64(st.Bavail) * uint64(st.Bsize), uint64(st.Blocks) * uint64(st.Bsize), nil
}

func deviceOf(path string) uint64 {
	if st, err := os.Stat(path); err == nil {
		if sys, ok := st.Sys().(*syscall.Stat_t); ok {
			return uint64(sys.Dev)
		}
	}
	return 0
}

func uidOf(st fs.FileInfo) int {
	if sys, ok := st.Sys().(*syscall.Stat_t); ok {
		return int(sys.Uid)
	}
	return -1
}

func accountOf(st fs.FileInfo) string { return accountName(uidOf(st)) }

func accountName(uid int) string {
	if u, err := user.LookupId(strconv.Itoa(uid)); err == nil && u.Username != "" {
		return u.Username
	}
	return "uid " + strconv.Itoa(uid)
}

// ownerName is whose a file is, as well as can be seen.
func ownerName(path string) string {
	for _, p := range []string{path, filepath.Dir(path)} {
		if st, err := os.Stat(p); err == nil {
			return accountOf(st)
		}
	}
	return "which this one cannot see"
}
