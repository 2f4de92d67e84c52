package store

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"homeward/domain"
	"homeward/domain/view"
)

// Served is an open database that many people share, with the configuration in force. It is safe for many goroutines.
type Served struct {
	*Store
	check   Checker
	started *Config // what it was opened with
	config  atomic.Pointer[Config]
}

// NewServed serves an open database by the configuration it was opened with; check is how copies of it are checked.
func NewServed(s *Store, c *Config, check Checker) *Served {
	v := &Served{Store: s, check: check, started: c}
	v.config.Store(c)
	return v
}

// Attend does what a server does beside serving, until rest is called, which waits for it: what was told is kept before the
// database is closed. It minds the file ([Served.Mind]), tells the team's command what is not passed on ([Served.Page]) and makes
// backups ([Served.KeepBackups]).
func (v *Served) Attend(ctx context.Context, log *slog.Logger) (rest func()) {
	ctx, done := context.WithCancel(ctx)
	if err := v.Config().Serve.CheckCommand(); err != nil {
		log.Error("nobody will be told of what is urgent and not passed on", "reason", err.Error())
	}
	var all sync.WaitGroup
	all.Go(func() { v.Mind(ctx, log) })
	all.Go(func() { v.Page(ctx, log) })
	all.Go(func() { v.KeepBackups(ctx, log) })
	all.Go(func() { v.finishRotating(ctx, log) })
	return func() {
		done()
		all.Wait()
	}
}

// finishRotating goes on sealing everything with a new data key, where that came to no end.
func (v *Served) finishRotating(ctx context.Context, log *slog.Logger) {
	if !v.Rotating() {
		return
	}
	switch err := v.Rotate(ctx, Keeper(v.Settings(), v.clock(), Account()), nil); {
	case err == nil:
		log.Info("everything is sealed with the new key")
	case ctx.Err() == nil:
		log.Error("sealing everything with the new key came to no end: homeward key rotate goes on", "reason", err.Error())
	}
}

// Config in force.
func (v *Served) Config() *Config { return v.config.Load() }

// Replace puts another configuration into force for everybody, and writes what it changes into the audit log. On an error
// nothing is changed; log hears of what went wrong otherwise, and of what stays as it is until the server begins again. It
// refuses a configuration that names nobody in place of one that names people: everybody with the rights to the file would be
// a supervisor, and nobody could come in over SSH.
func (v *Served) Replace(ctx context.Context, c *Config, log *slog.Logger) error {
	if before := v.Settings(); len(before.Users) > 0 && len(c.Settings.Users) == 0 {
		return errors.New("it has no [[user]] entries any more, and this server has people: put them back, or stop the server and start it again")
	}
	err := v.SetSettings(ctx, &c.Settings)
	if u := (*domain.UnknownOutcome)(nil); errors.As(err, &u) && u.Kept {
		log.Warn("the disk reported an error while the new settings were put into force", "reason", err.Error())
	} else if err != nil {
		return err
	}
	if keys := v.started.NeedsRestart(c); len(keys) > 0 {
		log.Warn("these settings are read when the server begins: it goes on with the former ones until it is stopped and started", "settings", strings.Join(keys, ", "))
	}
	v.config.Store(c) // who comes in between the two is held against the new settings all the same
	// The settings are in force by now: the log is to say so, even where the server is told to end at this moment.
	if err := v.keepSettings(context.WithoutCancel(ctx)); err != nil {
		log.Error("that the settings changed could not be written into the audit log", "reason", v.named(err).Error())
	}
	return nil
}

// Owner finds whose public key it is, given as it goes over the wire. name is the key's, for the log.
func (v *Served) Owner(wire []byte, name string) (domain.Actor, error) {
	c := v.Config()
	login, ok := c.OwnerOf(wire)
	if !ok {
		return domain.Actor{}, errors.New("the key belongs to nobody in the configuration")
	}
	return domain.ActorFor(&c.Settings, v.clock(), name, login)
}

// Login says whether a name is somebody's login, also of somebody who has left.
func (v *Served) Login(name string) bool {
	return slices.ContainsFunc(v.Config().Settings.Users, func(u domain.User) bool { return u.Login == name })
}

// Account finds who an account of this machine is. One that is nobody's in the configuration has the rights to the file
// all the same, or it would not have come this far: it may look after the database, and has no role for anything else.
func (v *Served) Account(name string) domain.Actor {
	return Keeper(&v.Config().Settings, v.clock(), name)
}

// Somebody refuses an account that is nobody's in the configuration.
func (v *Served) Somebody(who domain.Actor) error {
	if who.Role != "" {
		return nil
	}
	_, err := domain.ActorFor(&v.Config().Settings, v.clock(), who.OSUser, "")
	return err
}

// Check gives what is wrong with a copy of the database as it is now, and what is wrong with the audit log and its
// head as they are.
func (v *Served) Check(ctx context.Context) (view.Examined, error) {
	if err := v.Still(); err != nil {
		return view.Examined{Findings: []string{err.Error()}}, nil
	}
	copied, _, err := v.Snapshot(ctx)
	if err != nil {
		return view.Examined{}, err
	}
	defer os.Remove(copied) //nolint:errcheck // what is left is removed when the database is next opened
	r, err := v.check(ctx, copied)
	out := view.Examined{Findings: texts(r.Findings, r.More), Lines: int(r.Lines), Sealed: r.Sealed}
	switch {
	case spoilt(err):
		out.Findings = []string{err.Error()}
	case err != nil:
		return view.Examined{}, err
	}
	for i := range out.Findings {
		out.Findings[i] = strings.ReplaceAll(out.Findings[i], copied, v.Path())
	}
	ofLog, err := v.VerifyAudit(ctx)
	if err != nil {
		return view.Examined{}, err
	}
	for _, f := range ofLog.Findings { // the copy's own log was walked too
		if !slices.Contains(out.Findings, f) {
			out.Findings = append(out.Findings, f)
		}
	}
	return out, nil
}

// VerifyAudit walks the audit log.
func (v *Served) VerifyAudit(ctx context.Context) (view.Examined, error) { return v.verifyAudit(ctx) }

func (s *Store) verifyAudit(ctx context.Context) (view.Examined, error) {
	r, err := s.AuditVerify(ctx)
	out := view.Examined{Findings: texts(r.Findings, r.More), Lines: int(r.Lines), Head: r.Head}
	if gone := s.Still(); gone != nil {
		out.Findings = append(out.Findings, gone.Error())
	}
	return out, err
}

// HandOver gives a checked copy of the database as it is now to keep, which puts it where its owner wants it: it calls record
// before the copy gets its name there, which writes into the log who took it, and same afterwards, which reads what was kept.
func (v *Served) HandOver(ctx context.Context, who domain.Actor,
	keep func(from io.Reader, record func() error, same func(io.Reader) error) error) (Copied, error) {
	if err := v.savedAllTheSame(v.SlotsKept(ctx, who)); err != nil {
		return Copied{}, err
	}
	path, c, err := v.Snapshot(ctx)
	if err != nil {
		return Copied{}, err
	}
	defer os.Remove(path) //nolint:errcheck // what is left is removed when the database is next opened
	if err := CheckCopy(ctx, path, v.check); err != nil {
		return Copied{}, err
	}
	from, err := os.Open(path)
	if err != nil {
		return Copied{}, err
	}
	defer from.Close() //nolint:errcheck // opened for reading
	if err := keep(from, func() error { return v.NoteBackup(ctx, who, c) }, c.Same); err != nil {
		return Copied{}, err
	}
	return c, v.BackedUp(ctx, c)
}
