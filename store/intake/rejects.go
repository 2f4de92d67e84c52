package intake

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"homeward/domain"
)

// rejects writes the refused rows as CSV with the file's own headers, so that the same map applies when it comes back,
// and `line` and `reason` behind them. Nothing is opened before there is a row to write.
type rejects struct {
	open func() (io.WriteCloser, error)
	head *header
	to   io.WriteCloser
	csv  *csv.Writer
	line []string
}

// put writes one row. cells are the file's own; of a row whose cells could not be told apart, raw stands in the first,
// so that it cannot go in by accident before somebody mended it.
func (j *rejects) put(faults []domain.RowNote, cells []string, raw string) error {
	if j.open == nil {
		return nil
	}
	if j.csv == nil {
		if err := j.begin(); err != nil {
			return fmt.Errorf("rejects: %w", err)
		}
	}
	j.line = j.line[:0]
	if raw != "" {
		cells = make([]string, len(j.head.names))
		cells[0] = raw
	}
	for _, c := range cells {
		j.line = append(j.line, Guarded(c))
	}
	j.line = append(j.line, strconv.Itoa(faults[0].Line), Guarded(reasons(faults)))
	if err := j.csv.Write(j.line); err != nil {
		return fmt.Errorf("rejects: %w", err)
	}
	return nil
}

func (j *rejects) begin() (err error) {
	if j.to, err = j.open(); err != nil {
		return err
	}
	if j.head.bom { // a spreadsheet wrote the file and is likely to read this one
		if _, err := io.WriteString(j.to, "\ufeff"); err != nil {
			return err
		}
	}
	j.csv = csv.NewWriter(j.to)
	var names []string
	for _, n := range j.head.names {
		names = append(names, Guarded(n))
	}
	return j.csv.Write(append(names, lineColumn, reasonColumn))
}

// close finishes the file; what was refused so far is in it.
func (j *rejects) close() error {
	if j.to == nil {
		return nil
	}
	j.csv.Flush()
	err := j.csv.Error()
	if cerr := j.to.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("rejects: %w", err)
	}
	return nil
}

// RejectsFile keeps refused rows in a file of its own, 0600, which appears whole when the run ends or not at all. It may
// be the very file that is read.
type RejectsFile struct {
	Path string
	// Written says that this run made the file.
	Written bool
}

// Open is for [Options].Rejects.
func (f *RejectsFile) Open() (io.WriteCloser, error) {
	tmp, err := os.CreateTemp(filepath.Dir(f.Path), ".rejects-*") // CreateTemp gives 0600
	if err != nil {
		return nil, err
	}
	return &rejectsTemp{tmp, f}, nil
}

// Stale says that a file of that name is there which this run did not write: it holds the rows of an earlier run, or
// something else altogether, and is left alone. The person should be told.
func (f *RejectsFile) Stale() bool {
	if f.Written || f.Path == "" {
		return false
	}
	_, err := os.Lstat(f.Path)
	return err == nil
}

type rejectsTemp struct {
	*os.File
	of *RejectsFile
}

// Close makes the file durable and gives it its name.
func (t *rejectsTemp) Close() error {
	err := t.Sync()
	if cerr := t.File.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(t.Name(), t.of.Path)
	}
	if err != nil {
		_ = os.Remove(t.Name()) // the error that matters is told
		return err
	}
	t.of.Written = true
	return nil
}
