package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// backups: the newest is as young as the team wants it, and a server can make the next.
func (e *examination) backups(context.Context) {
	if err := e.c.Store.CheckBackupTo(); err != nil {
		e.must(err.Error(), "")
	} else if e.keptErr != nil {
		e.must(e.keptErr.Error(), "")
	}
	var b view.Backups
	if e.in != nil {
		b = view.Backups{Made: moment(e.in.Made), Last: moment(e.in.Backup), Failing: moment(e.in.Failing), Why: e.in.Why}
	}
	if len(e.kept) > 0 {
		b.Last = moment(newer(b.Last.Local(), e.kept[0].made))
	}
	now := e.homeward("backup FILE") + " makes one now"
	switch warning := b.Warning(e.c.Settings.WarnBackup, e.now); {
	case !b.Failing.IsZero():
		e.must(warning+": "+b.Why, "")
	case warning != "" && !(e.in == nil && b.Last.IsZero()):
		e.must(warning, now)
	case b.Last.IsZero() && e.in != nil:
		e.remark("there is none yet", now)
	case !b.Last.IsZero():
		e.well("the newest is %s old, of %s", ago(e.now.Sub(b.Last.Local())), at(b.Last.Local()))
	}
	if e.c.Store.BackupTo == "" {
		e.remark("nobody makes backups by itself", "name a folder of another disk in [store] backup_to")
	} else if !e.served() {
		e.remark("backups are made while a server runs, and none does", "start the server, or have "+e.homeward("backup FILE")+" run every day")
	}
}

// newestBackup: the newest one the server made can be opened, and is good.
func (e *examination) newestBackup(ctx context.Context) {
	if len(e.kept) == 0 {
		if e.c.Store.BackupTo != "" && e.keptErr == nil && e.databaseID() != "" {
			e.remark("no backup of this database is in "+e.c.Store.BackupTo+" yet", "")
		}
		return
	}
	newest := e.kept[0]
	var size uint64
	if st, err := os.Stat(newest.path); err == nil {
		size = uint64(st.Size())
	}
	timed, done := context.WithTimeout(ctx, copyWithin)
	defer done()
	sealed := false
	check := func(ctx context.Context, path string) (CheckReport, error) {
		r, err := e.d.Check(ctx, path)
		sealed = r.Sealed
		return r, err
	}
	if e.d.Check == nil {
		check = nil
	}
	switch err := CheckCopy(timed, newest.path, check); {
	case err == nil && sealed:
		e.well("%s, %s, is whole, as far as that can be told without a key; %s opens it", newest.path, bytesText(size), e.homeward("key test"))
	case err == nil:
		e.well("%s, %s, was read from end to end and is good", newest.path, bytesText(size))
	case timed.Err() != nil:
		e.remark(fmt.Sprintf("%s could not be read from end to end within %d s", newest.path, int(copyWithin.Seconds())), "run homeward check --copy --db "+inShell(newest.path))
	default:
		e.must(fmt.Sprintf("%s, %s, is no good: %v", newest.path, bytesText(size), err), "make another: "+e.homeward("backup FILE"))
	}
}

// checked: doctor does not walk the whole database itself.
func (e *examination) checked(context.Context) {
	do := e.homeward("check") + " walks it now"
	switch {
	case e.in == nil:
	case e.in.Backup.IsZero():
		e.remark("the database was not walked from end to end yet", do)
	case e.now.Sub(e.in.Backup) > 7*24*time.Hour:
		e.remark("the database was last walked from end to end with the backup of "+at(e.in.Backup), do)
	default:
		e.well("the database was walked from end to end with the backup of %s; %s", at(e.in.Backup), do)
	}
}

// clockSlack is by how much a clock may be corrected without a word.
const clockSlack = time.Minute

// clock: it was not set back, and it knows the time of the team.
func (e *examination) clock(context.Context) {
	winter, summer := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC), time.Date(2026, 7, 15, 12, 0, 0, 0, time.UTC)
	_, inWinter := winter.In(domain.London()).Zone()
	_, inSummer := summer.In(domain.London()).Zone()
	if inWinter != 0 || inSummer != 3600 {
		e.must("the time zone Europe/London is not known rightly here: every due time in summer is wrong", "unset ZONEINFO, and install homeward again")
	}
	machine := e.d.machine()
	if e.in != nil && e.in.Latest.After(machine.Add(clockSlack)) {
		e.must(fmt.Sprintf("the clock of this machine says %s, and a change was recorded at %s: it was set back by %s, or was wrong then",
			at(machine), at(e.in.Latest), ago(e.in.Latest.Sub(machine))), "set it (timedatectl set-ntp true): every due time depends on it")
	}
	e.wellOr("%s, Europe/London", at(machine))
}

// configuration: it can be read, nobody else writes it, and the server has the same one.
func (e *examination) configuration(context.Context) {
	for _, f := range e.d.Faults {
		e.must(f, "mend it, then "+e.homeward("config check"))
	}
	path := cmp.Or(e.c.Path, e.d.Place.Config)
	if path == "" {
		if usual, err := DefaultConfigPath(); err == nil {
			if _, err := os.Stat(usual); err == nil {
				path = usual
			}
		}
	}
	if path == "" {
		if len(e.d.Faults) == 0 {
			e.well("there is no file: every setting is the default")
		}
		return
	}
	e.configMode(path)
	if whole, err := filepath.Abs(path); err == nil && e.served() && e.in.Config != whole {
		e.remark(fmt.Sprintf("the server goes by %s, and this looked at %s", cmp.Or(e.in.Config, "no file"), path), "name the server's with --config")
	}
	e.wellOr("%s is sound", path)
}

// configMode: anybody who can write it lets in whom they like.
func (e *examination) configMode(path string) {
	trusted := map[int]bool{0: true, os.Geteuid(): true}
	if st, err := os.Stat(e.path); err == nil {
		trusted[uidOf(st)] = true
	}
	for _, at := range []string{path, filepath.Dir(path)} {
		st, err := os.Stat(at)
		if err != nil {
			continue
		}
		if m := st.Mode(); m.Perm()&0o022 != 0 && m&os.ModeSticky == 0 {
			e.must(fmt.Sprintf("%s can be written by other accounts (mode %#o): they can let in whom they like", at, m.Perm()), "chmod go-w "+inShell(at))
		}
		if uid := uidOf(st); !trusted[uid] {
			e.must(fmt.Sprintf("%s belongs to %s, who can let in whom they like", at, accountName(uid)), "chown root "+inShell(at))
		}
	}
}

// intake: the folder of [intake] is there and can be read.
func (e *examination) intake(context.Context) {
	folder := e.c.Intake.Folder
	if folder == "" {
		return
	}
	list, err := os.ReadDir(folder)
	switch {
	case errors.Is(err, os.ErrNotExist):
		e.must("there is no folder "+folder+" ([intake] folder)", "mkdir -m 700 "+inShell(folder)+", for the account of the server")
	case err != nil:
		e.must(err.Error(), "let the account of the server read it")
	default:
		e.well("%s can be read, %d in it", folder, len(list))
	}
}

// command: what is run when something urgent is not passed on is there, and is nobody else's to change.
func (e *examination) command(context.Context) {
	argv := e.c.Serve.NotPassedOn
	if len(argv) == 0 {
		return
	}
	if err := e.c.Serve.CheckCommand(); err != nil {
		e.must(err.Error(), "see [serve] not_passed_on")
		return
	}
	if st, err := os.Stat(argv[0]); err == nil && st.Mode().Perm()&0o022 != 0 {
		e.must(fmt.Sprintf("%s can be written by other accounts (mode %#o), and the server runs it", argv[0], st.Mode().Perm()), "chmod go-w "+inShell(argv[0]))
	}
	e.wellOr("%s can be run", argv[0])
}
