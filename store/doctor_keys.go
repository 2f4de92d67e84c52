package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"homeward/store/keyring"
)

// encryption: the database and its backups can be read by nobody without a key, and no single loss makes them unreadable.
func (e *examination) encryption(context.Context) {
	f, err := Keys(e.path)
	switch {
	case e.path == "":
		return
	case errors.Is(err, ErrHeld) && e.in != nil && e.in.Encrypted:
		e.remark("the keys "+KeysPath(e.path)+" are missing; the database has a copy of them in it", "stop the server and start it: they are put back")
		return
	case errors.Is(err, ErrHeld): // and there is nothing that says it is encrypted
	case err != nil:
		e.must(err.Error(), "put back a copy of it: every backup has one in it")
		return
	}
	if f == nil {
		if e.in != nil {
			e.remark("the database is not encrypted: who takes the file or a backup reads all of it", e.homeward("key init"))
		}
		return
	}
	if _, err := os.Stat(KeysPath(e.path)); err != nil {
		e.remark("the keys "+KeysPath(e.path)+" are missing; the database has a copy of them in it", "start the server, or open the dashboard once with a key: they are put back")
	}
	e.slots(f.Slots)
	if file := e.c.Store.KeyFile; file != "" {
		e.keyFile(file)
	}
	for _, mark := range []string{".before-", beforeMark} {
		for _, plain := range plainCopies(e.path, mark) {
			e.must(plain+" is a copy of the database that is not encrypted", "shred -u "+inShell(plain)+", once a backup was tried with "+e.homeward("key test"))
		}
	}
	e.well("encrypted; %d slots: %s", len(f.Slots), slotNames(f.Slots))
}

// slots: there is one that nobody has to remember, and more than one.
func (e *examination) slots(slots []keyring.Slot) {
	if len(slots) == 1 {
		e.must(fmt.Sprintf("only one key opens the database (%s): lost, all of it is lost", slotNames(slots)), e.homeward("key add --recovery"))
	} else if !slices.ContainsFunc(slots, func(s keyring.Slot) bool { return s.Kind == keyring.Recovery }) {
		e.remark("there is no recovery passphrase", e.homeward("key add --recovery")+", and keep the paper in a safe")
	}
}

// keyFile: the one that is named is there, and not where a thief of the database or of its backups takes it along.
func (e *examination) keyFile(file string) {
	if _, err := os.Stat(file); err != nil {
		e.must(fmt.Sprintf("the key file is not there: %v", err), "put it back; or take its slot away and make another: "+e.homeward("key remove "+SlotServer)+", then "+e.homeward("key add --name "+SlotServer+" --new-key-file "+inShell(file))+" (a passphrase is asked for)")
		return
	}
	for _, folder := range []string{filepath.Dir(e.path), e.c.Store.BackupTo} {
		if folder != "" && filepath.Clean(filepath.Dir(file)) == filepath.Clean(folder) {
			e.remark("the key file "+file+" lies in a folder with what it opens", "move it to another disk, and name it in [store] key_file")
		}
	}
}

func slotNames(slots []keyring.Slot) string {
	var names []string
	for _, s := range slots {
		names = append(names, fmt.Sprintf("%s (%s)", s.Name, s.Kind))
	}
	return strings.Join(names, ", ")
}
