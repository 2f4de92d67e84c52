package sshd

import (
	"context"
	"errors"
	"fmt"
	"io"

	"homeward/domain"
	"homeward/domain/view"
	"homeward/tui/cli"
)

// remoteBackend is behind the commands of somebody who came in: what they open is the database that is served.
type remoteBackend struct {
	db    Database
	actor domain.Actor
	local bool // over the socket; else over SSH
}

var _ cli.Backend = (*remoteBackend)(nil)

// choosesNothing refuses what somebody who came in may not choose.
func choosesNothing(p cli.Place) error {
	switch {
	case p.DB != "" || p.Config != "":
		return errors.New("the server has one database and one configuration: leave --db and --config out")
	case p.User != "":
		return errors.New("who you are comes from your key or account: leave --user out")
	}
	return nil
}

// notHere refuses a command that is for the machine of the database alone.
func notHere(what string) error {
	return fmt.Errorf("%s is for the account with the rights to the database's file, on its own machine", what)
}

// reviews refuses who may not look after the database: over the socket it is the account with the rights to the file.
func (r *remoteBackend) reviews(p cli.Place, what string) error {
	if !r.local && r.actor.Role != domain.Supervisor && r.actor.Role != domain.Auditor {
		return fmt.Errorf("%s is for supervisors and auditors; %s is %s", what, r.actor.Name, r.actor.Role.A())
	}
	return choosesNothing(p)
}

// Open gives the person's desk.
func (r *remoteBackend) Open(_ context.Context, p cli.Place, _ bool) (*cli.Session, error) {
	if err := choosesNothing(p); err != nil {
		return nil, err
	}
	s, err := r.db.Open(r.actor, p.Now)
	if err != nil {
		return nil, err
	}
	s.Dashboard = func(context.Context, string) error { return errors.New("the dashboard opens without a command") }
	return s, nil
}

// Exists is so.
func (r *remoteBackend) Exists(cli.Place) error { return nil }

// Check checks the database as it is now.
func (r *remoteBackend) Check(ctx context.Context, p cli.Place) (view.Examined, error) {
	if err := r.reviews(p, "check"); err != nil {
		return view.Examined{}, err
	}
	return r.db.Check(ctx)
}

// VerifyAudit walks the audit log.
func (r *remoteBackend) VerifyAudit(ctx context.Context, p cli.Place) (view.Examined, error) {
	if err := r.reviews(p, "audit verify"); err != nil {
		return view.Examined{}, err
	}
	return r.db.VerifyAudit(ctx)
}

// Backup hands a checked copy of the database as it is now over to the account with the rights to its file.
func (r *remoteBackend) Backup(ctx context.Context, p cli.Place, file string, files cli.Files) (cli.Copy, error) {
	if !r.local {
		return cli.Copy{}, notHere("backup")
	}
	if err := choosesNothing(p); err != nil {
		return cli.Copy{}, err
	}
	return r.db.Backup(ctx, r.actor, file, files)
}

// Server is nobody: this is the server.
func (r *remoteBackend) Server(context.Context, cli.Place) (cli.Server, error) { return nil, nil }

// Serve refuses.
func (r *remoteBackend) Serve(context.Context, cli.Place, string, func(cli.Endpoint)) error {
	return errors.New("this database is being served already")
}

// CheckHere refuses.
func (r *remoteBackend) CheckHere(context.Context, cli.Place, bool, io.Reader, io.Writer) error {
	return notHere("this")
}

// Restore refuses.
func (r *remoteBackend) Restore(context.Context, cli.Place, string, bool) (cli.Restored, error) {
	return cli.Restored{}, notHere("restore")
}

// Doctor refuses: it looks at files, where they are.
func (r *remoteBackend) Doctor(context.Context, cli.Place) ([]view.Sign, error) {
	return nil, notHere("doctor")
}

// Inside tells the account with the rights to the database's file what the server knows.
func (r *remoteBackend) Inside(ctx context.Context, p cli.Place, out io.Writer) error {
	if !r.local {
		return notHere("doctor")
	}
	if err := choosesNothing(p); err != nil {
		return err
	}
	return r.db.Inside(ctx, out)
}

// CheckConfig refuses.
func (r *remoteBackend) CheckConfig(cli.Place) (string, []string, error) {
	return "", nil, notHere("config check")
}

// SuggestMap looks at a file that came with the command.
func (r *remoteBackend) SuggestMap(ctx context.Context, p cli.Place, from io.Reader, sheet, name string) (string, error) {
	if err := choosesNothing(p); err != nil {
		return "", err
	}
	return r.db.SuggestMap(ctx, from, sheet, name)
}

// Formats are those of the server.
func (r *remoteBackend) Formats() (file, records int) { return r.db.Formats() }

// ShowConfig refuses.
func (r *remoteBackend) ShowConfig(cli.Place) ([]cli.Setting, error) {
	return nil, notHere("config show")
}

// Status is the exit status for an error.
func (r *remoteBackend) Status(err error) int { return r.db.Status(err) }

// Demo refuses.
func (r *remoteBackend) Demo(context.Context, cli.Place, int, uint64, string, io.Writer) (*cli.Session, error) {
	return nil, notHere("demo")
}
