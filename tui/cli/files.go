package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// Files are the files that the arguments of a command name. They lie where the command was called: beside this process, or
// with whoever sent it over the socket. Errors are fit for a person.
type Files interface {
	// Look says what a path names.
	Look(path string) (FileInfo, error)
	// Open opens a file to read.
	Open(path string) (io.ReadCloser, error)
	// Create prepares a new file that its owner alone can read. It has no name before it is kept.
	Create(path string) (NewFile, error)
}

// FileInfo is what is known of a path.
type FileInfo struct {
	There  bool
	Plain  bool   // a plain file
	Folder bool   // a folder
	Size   int64  // bytes, of a plain file
	Place  string // the same for two paths that name one file or would
}

// NewFile is a file that is being written. Whoever created it ends it with Keep or Drop.
type NewFile interface {
	io.Writer
	// Keep makes the file durable and gives it its name. Unless told to, it replaces nothing, not even a file that somebody
	// made meanwhile.
	Keep(replace bool) error
	// Drop takes it away again.
	Drop() error
}

// LocalFiles are the files of this process's machine.
type LocalFiles struct{}

var _ Files = LocalFiles{}

// Look says what a path names.
func (LocalFiles) Look(path string) (FileInfo, error) {
	place, err := filepath.Abs(path)
	if err != nil {
		return FileInfo{}, err
	}
	st, err := os.Stat(path)
	if err != nil {
		if _, lerr := os.Lstat(path); lerr == nil { // a link to nowhere is there and no plain file
			return FileInfo{There: true, Place: place}, nil
		}
		if errors.Is(err, fs.ErrNotExist) {
			return FileInfo{Place: place}, nil
		}
		return FileInfo{}, err
	}
	if real, err := filepath.EvalSymlinks(place); err == nil {
		place = real
	}
	return FileInfo{There: true, Plain: st.Mode().IsRegular(), Folder: st.IsDir(), Size: st.Size(), Place: place}, nil
}

// Open opens a file to read.
func (LocalFiles) Open(path string) (io.ReadCloser, error) { return os.Open(path) }

// Create prepares a new file beside where it will stand.
func (LocalFiles) Create(path string) (NewFile, error) {
	dir := filepath.Dir(path)
	removeUnnamed(dir)
	f, err := os.CreateTemp(dir, ".homeward-*.tmp") // made for the owner alone
	if err != nil {
		return nil, fmt.Errorf("%s was not written: %w", path, err)
	}
	_ = unix.Flock(int(f.Fd()), unix.LOCK_SH|unix.LOCK_NB) // says that somebody is at it, as long as they are
	return &localFile{f, path}, nil
}

// removeUnnamed removes what killed commands began in a folder: a backup is a copy of everything, and nobody would find it
// again. What is still empty may be somebody's who begins at this moment.
func removeUnnamed(dir string) {
	left, _ := filepath.Glob(filepath.Join(dir, ".homeward-*.tmp"))
	for _, path := range left {
		f, err := os.Open(path)
		if err != nil {
			continue
		}
		if st, err := f.Stat(); err == nil && st.Size() > 0 && unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) == nil {
			_ = os.Remove(path)
		}
		_ = f.Close()
	}
}

type localFile struct {
	*os.File
	path string
}

// Keep gives the file its name: a link is refused where there is a file, where a rename would replace it.
func (f *localFile) Keep(replace bool) (err error) {
	err = f.Sync()
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	switch {
	case err != nil:
		return errors.Join(fmt.Errorf("%s was not written: %w", f.path, err), os.Remove(f.Name()))
	case replace:
		err = os.Rename(f.Name(), f.path)
	default:
		err = os.Link(f.Name(), f.path)
		if err != nil && !errors.Is(err, fs.ErrExist) { // a file system without links
			if _, serr := os.Lstat(f.path); errors.Is(serr, fs.ErrNotExist) {
				err = os.Rename(f.Name(), f.path)
			}
		}
		if errors.Is(err, fs.ErrExist) {
			err = thereAlready(f.path)
		}
		err = errors.Join(err, removeIfThere(f.Name()))
	}
	if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(f.path))
}

// Drop takes the file away again.
func (f *localFile) Drop() error {
	_ = f.Close() // closed or not: it goes
	return removeIfThere(f.Name())
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// syncFolder makes a new name durable.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return nil //nolint:nilerr // a folder that may be written and not read: the file itself is synced
	}
	err = d.Sync()
	if cerr := d.Close(); err == nil {
		err = cerr
	}
	return err
}

// NoFiles are where a command has no files: over SSH they would be the server's.
type NoFiles struct{}

var _ Files = NoFiles{}

func noFiles(path string) error {
	return fmt.Errorf("%s would be a file of the server, which nobody reads or writes over SSH; where a command takes - it uses standard input or output", path)
}

// Look refuses.
func (NoFiles) Look(path string) (FileInfo, error) { return FileInfo{}, noFiles(path) }

// Open refuses.
func (NoFiles) Open(path string) (io.ReadCloser, error) { return nil, noFiles(path) }

// Create refuses.
func (NoFiles) Create(path string) (NewFile, error) { return nil, noFiles(path) }

func thereAlready(path string) error {
	return fmt.Errorf("%s is there already: choose another name, or replace it with --force", path)
}

// readable looks at a file that is to be read; a folder and what is not there are refused in words a person understands.
func (p *program) readable(path string) (FileInfo, error) {
	at, err := p.files.Look(path)
	switch {
	case err != nil:
		return at, &status{StatusFailed, err}
	case !at.There:
		return at, &status{StatusFailed, fmt.Errorf("there is no file %s", path)}
	case at.Folder:
		return at, &status{StatusFailed, fmt.Errorf("%s is a folder: name one file", path)}
	}
	return at, nil
}

// openInput opens a file that is read to its end. A named pipe waits for somebody to write to it, also between what they write:
// it is given up with the context.
func (p *program) openInput(ctx context.Context, path string, at FileInfo) (io.ReadCloser, error) {
	if at.Plain {
		return p.files.Open(path)
	}
	type opened struct {
		from io.ReadCloser
		err  error
	}
	done := make(chan opened, 1)
	go func() {
		from, err := p.files.Open(path)
		done <- opened{from, err}
	}()
	select {
	case o := <-done:
		if o.err != nil {
			return nil, o.err
		}
		return struct {
			io.Reader
			io.Closer
		}{newInput(ctx, o.from), o.from}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// checkOut refuses a name for a page before anything is read or recorded: no page, a folder, or a file that is there
// already and was not to be replaced. That only pages are replaced keeps --force away from a database. "-" is standard
// output.
func (p *program) checkOut(path string, force bool) error {
	switch ext := strings.ToLower(filepath.Ext(path)); {
	case path == "":
		return &status{StatusUsage, errors.New("--out is to name a file")}
	case path == "-":
		return nil
	case ext != ".html" && ext != ".htm":
		return &status{StatusUsage, fmt.Errorf("--out %s: a page is written, so its name is to end in .html", path)}
	}
	at, err := p.files.Look(path)
	switch {
	case err != nil:
		return err
	case !at.There:
		return nil
	case !at.Plain:
		return fmt.Errorf("%s is no plain file: choose another name", path)
	case !force:
		return thereAlready(path)
	}
	return nil
}

// prepareOut writes a page that has no name yet; "-" gives one that goes to standard output once it is kept.
func (p *program) prepareOut(path, content string) (NewFile, error) {
	if path == "-" {
		return &printed{to: p.out, content: content}, nil
	}
	f, err := p.files.Create(path)
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(f, content); err != nil {
		return nil, errors.Join(fmt.Errorf("%s was not written: %w", path, err), f.Drop())
	}
	return f, nil
}

// printed is a page for standard output.
type printed struct {
	to      io.Writer
	content string
}

func (p *printed) Write(b []byte) (int, error) { return len(b), nil }
func (p *printed) Drop() error                 { return nil }
func (p *printed) Keep(bool) error             { _, err := io.WriteString(p.to, p.content); return err }
