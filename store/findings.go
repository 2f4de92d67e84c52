package store

import (
	"errors"
	"fmt"
)

// Finding is one thing that is wrong with a database.
type Finding struct {
	Kind string `json:"kind"` // file, record, index, number, reference, audit or act
	Text string `json:"text"`
}

// String is the text after the kind.
func (f Finding) String() string { return f.Kind + ": " + f.Text }

const defaultFindings = 100

// findings collects them, up to a number.
type findings struct {
	max  int
	list []Finding
	more int
}

func (f *findings) add(kind, format string, args ...any) {
	if len(f.list) >= f.max {
		f.more++
		return
	}
	f.list = append(f.list, Finding{kind, fmt.Sprintf(format, args...)})
}

// damage takes damage as a finding and gives back any other error.
func (f *findings) damage(kind string, err error) error {
	if err == nil || !errors.Is(err, ErrDamaged) {
		return err
	}
	f.add(kind, "%v", err)
	return nil
}
