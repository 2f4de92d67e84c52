package store

import (
	"errors"
	"fmt"
	"strings"
	"syscall"

	"homeward/domain"
)

// What can be the matter with a database. Every error of [Open] and of the care functions is one of these by [errors.Is];
// its text names the file and says what to do.
var (
	// ErrMissing: there is no such file.
	ErrMissing = errors.New("the database does not exist")
	// ErrMislaid: there is no such file, yet its audit head exists: it was lost, moved or renamed.
	ErrMislaid = errors.New("the database is damaged or mislaid")
	// ErrHeld: another process has it open.
	ErrHeld = errors.New("the database is in use")
	// ErrForeign: the file is something else.
	ErrForeign = errors.New("this is no database of homeward")
	// ErrDamaged: the file was cut, edited or spoilt; the audit log's being incomplete counts.
	ErrDamaged = errors.New("the database is damaged")
	// ErrNewer: a newer homeward wrote it.
	ErrNewer = errors.New("the database was written by a newer homeward")
	// ErrOlder: an older homeward wrote it, and it was opened for reading only.
	ErrOlder = errors.New("the database was written by an older homeward")
	// ErrNoPermission: the account may not read or write the file.
	ErrNoPermission = errors.New("no permission for the database")
	// ErrReadOnly: it was opened for reading.
	ErrReadOnly = errors.New("the database was opened for reading only")
	// ErrStopped: after a disk error nothing more is written or read; the program must be started again.
	ErrStopped = errors.New("the database was stopped after an error")
	// ErrClosed: the store was closed.
	ErrClosed = errors.New("the database is closed")
	// ErrGone: while it was open its file was removed or replaced; nothing more is kept.
	ErrGone = errors.New("the file of the database is gone")
	// ErrDiskFull: there was no room; nothing of the change was kept.
	ErrDiskFull = errors.New("the disk is full, so this was not kept: make room and do it again")
)

// Problem is an error about one database file.
type Problem struct {
	Kind error // one of the Err values of this package
	Path string
	Text string
	Err  error // what lies beneath, may be nil
	// PID of the process that holds the file, where it could be found out (ErrHeld).
	PID int
}

// Error says what is the matter with which file.
func (p *Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.Path)
	b.WriteString(": ")
	if p.Text != "" {
		b.WriteString(p.Text)
	} else {
		b.WriteString(p.Kind.Error())
	}
	if p.Err != nil {
		b.WriteString(" (")
		b.WriteString(p.Err.Error())
		b.WriteString(")")
	}
	return b.String()
}

// Unwrap gives the kind and what lies beneath.
func (p *Problem) Unwrap() []error {
	if p.Err == nil {
		return []error{p.Kind}
	}
	return []error{p.Kind, p.Err}
}

const restoreAdvice = "restore from backup"

func damagedf(path, format string, args ...any) error {
	return &Problem{Kind: ErrDamaged, Path: path,
		Text: "damaged: " + fmt.Sprintf(format, args...) + ": " + restoreAdvice}
}

// flaw is what is the matter with something inside the file, before the path is known to the finder.
type flaw struct {
	kind error // ErrDamaged or ErrNewer
	text string
}

func (f *flaw) Error() string { return f.text }
func (f *flaw) Unwrap() error { return f.kind }

// flawf is damage.
func flawf(format string, args ...any) error {
	return &flaw{ErrDamaged, "damaged: " + fmt.Sprintf(format, args...) + ": " + restoreAdvice}
}

// malformed is an entry of an index that cannot be read; of says of what the index is.
func malformed(of string) error { return flawf("an entry of %s is malformed", of) }

// dangling is an entry of an index that leads to nothing.
func dangling(id domain.ID) error { return flawf("an index names %s, which is missing", id) }

// missingLine is a line of the log that is not there.
func missingLine(id domain.ID) error { return flawf("line %s of the audit log is missing", id) }

// newerf is what only a newer homeward can read.
func newerf(format string, args ...any) error {
	return &flaw{ErrNewer, fmt.Sprintf(format, args...) + " was written by a newer homeward: use the newer program"}
}

// unreadable words that something could not be decoded: it has a field this program does not know, or it is spoilt.
func unreadable(err error, format string, args ...any) error {
	if errors.Is(err, errUnknownField) {
		return newerf(format, args...)
	}
	return flawf("%s cannot be read: %v", fmt.Sprintf(format, args...), err)
}

// accessError words what the operating system says about opening or writing a file.
func accessError(path, doing string, err error) error {
	switch {
	case errors.Is(err, syscall.EACCES), errors.Is(err, syscall.EPERM), errors.Is(err, syscall.EROFS):
		return &Problem{Kind: ErrNoPermission, Path: path, Text: "this account may not " + doing + " it", Err: err}
	case isFull(err):
		return &Problem{Kind: ErrDiskFull, Path: path, Err: err}
	}
	return fmt.Errorf("%s: could not %s it: %w", path, doing, err)
}

// isFull says that there was no room left: on the disk, in the quota, or under the limit for one file.
func isFull(err error) bool {
	for _, full := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		// bbolt keeps only the text of an error when it makes the file larger
		if errors.Is(err, full) || strings.HasSuffix(err.Error(), full.Error()) {
			return true
		}
	}
	return false
}
