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

// writeOut writes a page that only its owner can read, whole or not at all.
func writeOut(path, content string, force bool) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".homeward-*.tmp") // made for the owner alone
	if err != nil {
		return err
	}
	defer func() {
		if rerr := os.Remove(f.Name()); err == nil && rerr != nil && !errors.Is(rerr, fs.ErrNotExist) {
			err = rerr
		}
	}()
	_, err = f.WriteString(content)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("%s was not written: %w", path, err)
	}
	if force {
		return os.Rename(f.Name(), path)
	}
	// A link is refused where somebody made the file meanwhile; a rename would replace it.
	err = os.Link(f.Name(), path)
	switch {
	case errors.Is(err, fs.ErrExist):
		return thereAlready(path)
	case err != nil: // a file system without links
		if _, serr := os.Lstat(path); serr == nil {
			return thereAlready(path)
		}
		return os.Rename(f.Name(), path)
	}
	return nil
}
