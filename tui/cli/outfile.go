package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// checkOut refuses a name for a page before anything is read or recorded: no page, a folder, or a file that is there
// already and was not to be replaced. That only pages are replaced keeps --force away from a database.
func checkOut(path string, force bool) error {
	switch ext := strings.ToLower(filepath.Ext(path)); {
	case path == "":
		return &status{StatusUsage, errors.New("--out is to name a file")}
	case ext != ".html" && ext != ".htm":
		return &status{StatusUsage, fmt.Errorf("--out %s: a page is written, so its name is to end in .html", path)}
	}
	st, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !st.Mode().IsRegular():
		return fmt.Errorf("%s is no plain file: choose another name", path)
	case !force:
		return thereAlready(path)
	}
	return nil
}

func thereAlready(path string) error {
	return fmt.Errorf("%s is there already: choose another name, or replace it with --force", path)
}

// outFile is a page that is on the disk whole and has no name yet.
type outFile struct{ temp, path string }

// prepareOut writes a page that only its owner can read, beside where it will stand. Whoever called this ends it with keep or
// drop.
func prepareOut(path, content string) (o *outFile, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".homeward-*.tmp") // made for the owner alone
	if err != nil {
		return nil, fmt.Errorf("%s was not written: %w", path, err)
	}
	_, err = f.WriteString(content)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s was not written: %w", path, err), os.Remove(f.Name()))
	}
	return &outFile{f.Name(), path}, nil
}

// drop takes the page away again.
func (o *outFile) drop() error { return os.Remove(o.temp) }

// keep gives the page its name. Unless told to, it replaces nothing, not even a file that somebody made meanwhile: a link is
// refused there, where a rename would replace it.
func (o *outFile) keep(force bool) error {
	if force {
		return os.Rename(o.temp, o.path)
	}
	err := os.Link(o.temp, o.path)
	if err != nil && !errors.Is(err, fs.ErrExist) { // a file system without links
		if _, serr := os.Lstat(o.path); errors.Is(serr, fs.ErrNotExist) {
			return os.Rename(o.temp, o.path)
		}
		err = fs.ErrExist
	}
	if err != nil {
		err = thereAlready(o.path)
	}
	return errors.Join(err, o.drop())
}
