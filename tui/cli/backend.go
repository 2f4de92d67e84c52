// Package cli is the commands of homeward, over the same interfaces the screens use: what a terminal, a script and later
// the socket run is the very same.
package cli

import (
	"context"

	"homeward/domain/view"
	"io"
	"time"
)

// Place says which database and configuration a command works on, and as whom.
type Place struct {
	Config string    // path of the configuration; "" for the default one, which may be absent
	DB     string    // path of the database; "" for the default one
	Now    time.Time // the frozen clock; zero for the machine's
	User   string    // login to act as; "" for the OS user's entry
	// KeyFile is the path of a key file to an encrypted database, "" for none; Ask asks for a passphrase, and nil is nobody to ask.
	// again says that the one before was wrong.
	KeyFile string
	Ask     func(what string, again bool) (string, error)
}

// Session is a database opened for one person.
type Session struct {
	Desk    view.Desk
	Intake  view.Intake
	Notices []string // things about the opening a person should know: a new database was made, an old one migrated
	Close   func() error
	Papers  Papers
	// Dashboard runs the dashboard until its person leaves; where is a word for its corner, like local.
	Dashboard func(ctx context.Context, where string) error
}

// Papers are the paths of the letters' templates, "" for those that come with the program.
type Papers struct{ LetterChild, LetterCarer string }

// Setting is one setting in force and where it came from.
type Setting struct{ Key, Value, Origin string }

// Server is a running `homeward serve` as a command reaches it.
type Server interface {
	// Run has the server run a command line as the person whose account calls, and gives its exit status. No arguments are
	// the dashboard.
	Run(ctx context.Context, args []string, s Streams) (status int, err error)
	// Close leaves it.
	Close() error
}

// NotJoined is what stands in a server's place and is not proven to be the database owner's: a command says why and goes on
// without it.
type NotJoined struct{ Why string }

func (e *NotJoined) Error() string { return e.Why }

// Endpoint says how a server that is ready is reached.
type Endpoint struct {
	Address     string // address and port of SSH
	Fingerprint string // of the host key
	Socket      string // path of the local socket
}

// Backend is what the commands need of the program beyond a desk; main gives it. Errors it gives are fit for a person;
// Status says how the program ends on each.
type Backend interface {
	// Server gives the server that has the place's database open; nil where none has, or where this process is it. The error is
	// [NotJoined] where something pretends to be it.
	Server(ctx context.Context, p Place) (Server, error)
	// Serve serves the place's database until the context ends; listen is an address and port, "" for the configuration's.
	// ready is told once, when it can be reached.
	Serve(ctx context.Context, p Place, listen string, ready func(Endpoint)) error
	// Open opens the database for one person, for reading (shared) or writing.
	Open(ctx context.Context, p Place, write bool) (*Session, error)
	// Exists gives an error where there is no database at all.
	Exists(p Place) error
	// Check walks the whole database.
	Check(ctx context.Context, p Place) (view.Examined, error)
	// CheckHere is Check inside this process, for the child process that Check starts; out is read by the parent. A copy has
	// no audit head of its own. in has the data keys of an encrypted one.
	CheckHere(ctx context.Context, p Place, copied bool, in io.Reader, out io.Writer) error
	// Backup copies the database to a new file of the caller's, checked and recorded before it has its name.
	Backup(ctx context.Context, p Place, file string, files Files) (Copy, error)
	// Restore makes the place's database from a backup; replace allows that one is there, and keeps it.
	Restore(ctx context.Context, p Place, file string, replace bool) (Restored, error)
	// VerifyAudit walks the chain of the audit log and holds it against its head outside.
	VerifyAudit(ctx context.Context, p Place) (view.Examined, error)
	// Doctor looks at everything round the database and gives what it found, the worst first. It writes nothing.
	Doctor(ctx context.Context, p Place) ([]view.Sign, error)
	// Inside tells, as one line of JSON, what only the process that has the database open can tell a doctor ([AskInside]).
	Inside(ctx context.Context, p Place, out io.Writer) error
	// Keys is what is done about the keys of the place's database.
	Keys(p Place) view.Keys
	// CheckConfig reads the configuration and gives all its faults.
	CheckConfig(p Place) (path string, faults []string, err error)
	// SuggestMap looks at a file of another system and gives an [intake.map.NAME] to begin with; it opens no database.
	SuggestMap(ctx context.Context, p Place, from io.Reader, sheet, name string) (string, error)
	// ShowConfig lists the settings in force.
	ShowConfig(p Place) ([]Setting, error)
	// Demo makes a made-up team in a database of its own; keep is where, "" for a temporary one.
	Demo(ctx context.Context, p Place, children int, seed uint64, keep string, say io.Writer) (*Session, error)
	// Formats are the numbers of the files this program writes: of the file format and of the record schema.
	Formats() (file, records int)
	// Status is the exit status for an error of this backend (INTERFACES, Exit status).
	Status(error) int
}
