package intake

import (
	"encoding/csv"
	"fmt"

	"homeward/domain/view"
	"io"
	"strconv"
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
func (j *rejects) put(faults []view.RowNote, cells []string, raw string) error {
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
