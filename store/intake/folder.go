package intake

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"homeward/domain"
	"homeward/domain/view"
)

// Waiting lists the CSV files and workbooks in a folder, newest first. Hidden files, folders and what is no plain file are left out:
// a half-copied file usually goes by a dot. Whether a file was taken in already is not remembered: a preview of it says
// "nothing new".
func Waiting(folder string) ([]view.WaitingFile, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the intake folder %s is not there: make it, or mend [intake] folder in the configuration", folder)
	}
	if err != nil {
		return nil, err
	}
	var out []view.WaitingFile
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") || !tableName(name) {
			continue
		}
		path := filepath.Join(folder, name)
		info, err := os.Stat(path) // follows a link to a plain file
		if err != nil || !info.Mode().IsRegular() {
			continue // gone since it was listed, or no file
		}
		out = append(out, view.WaitingFile{Name: name, Path: path, Size: info.Size(), Modified: domain.At(info.ModTime())})
	}
	slices.SortStableFunc(out, func(a, b view.WaitingFile) int {
		return cmp.Or(cmp.Compare(b.Modified, a.Modified), cmp.Compare(a.Name, b.Name))
	})
	return out, nil
}

// tableName says that a name is one of a CSV or a workbook; what the file is shows when it is read. Excel locks a workbook
// with a small file of its own.
func tableName(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".csv" || (ext == ".xlsx" || ext == ".xlsm") && !strings.HasPrefix(name, "~$")
}

// openFile opens what is to be read; a folder is refused in words a person understands.
func openFile(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, fmt.Errorf("%s is a folder: name a file", path)
	}
	return os.Open(path)
}
