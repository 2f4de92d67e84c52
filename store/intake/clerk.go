package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"

	"homeward/domain"
	"homeward/domain/spell"
	"homeward/domain/view"
)

// Clerk takes files in for one person's desk: the [view.Intake] of the command and of the intake screen.
type Clerk struct {
	Desk   view.Desk
	Folder string         // [intake] folder, "" when none is named
	Maps   map[string]Map // [intake.map.NAME]
	Blank  []string       // [intake] blank_words; nil for those of always
	// Afar says that the person sits at another machine: of this one they read the files in the folder alone.
	Afar bool
}

var _ view.Intake = (*Clerk)(nil)

// options turns what was asked into ours.
func (c *Clerk) options(f *view.IntakeFile) (Options, error) {
	o := Options{Format: f.Format, Sheet: f.Sheet, History: f.History, Refer: f.Refer, DryRun: f.DryRun, Progress: f.Progress, BlankWords: c.Blank}
	if f.Map != "" {
		m, ok := c.Maps[f.Map]
		if !ok {
			names := slices.Sorted(maps.Keys(c.Maps))
			if len(names) == 0 {
				return o, fmt.Errorf("there is no map %q: the configuration has no [intake.map.%s]", f.Map, f.Map)
			}
			return o, fmt.Errorf("there is no map %q in the configuration; the nearest is %q", f.Map, spell.Nearest(f.Map, names))
		}
		o.Map = &m
	}
	return o, nil
}

// otherMaps adds to the error of a header that fits nothing the maps that were not tried.
func (c *Clerk) otherMaps(err error, f *view.IntakeFile) error {
	var unfit *view.UnfitHeader
	if errors.As(err, &unfit) {
		for _, name := range slices.Sorted(maps.Keys(c.Maps)) {
			if name != f.Map {
				unfit.Maps = append(unfit.Maps, name)
			}
		}
	}
	return err
}

// source is the file or stream asked for, and how to leave it.
func (c *Clerk) source(ctx context.Context, f *view.IntakeFile) (io.Reader, func(), error) {
	if f.Waiting != "" {
		if err := mayImport(ctx, c.Desk); err != nil {
			return nil, nil, err
		}
		path, err := c.waitingPath(f.Waiting)
		if err != nil {
			return nil, nil, err
		}
		f.Path = path
	}
	if f.Path == "" {
		if f.Source == nil {
			return nil, nil, errors.New("no file is named")
		}
		return f.Source, func() {}, nil
	}
	if c.Afar && (c.Folder == "" || filepath.Dir(f.Path) != filepath.Clean(c.Folder) || !tableName(filepath.Base(f.Path))) {
		return nil, nil, errors.New("that would be a file of the server, of which only those in the folder of [intake] are read from afar; send one of your own with: ssh HOST import - < FILE")
	}
	file, err := openFile(f.Path)
	if err != nil {
		return nil, nil, err
	}
	return file, func() { _ = file.Close() }, nil // only read: nothing is lost
}

// waitingPath is the path of a file in the intake folder, by its name.
func (c *Clerk) waitingPath(name string) (string, error) {
	if c.Folder == "" {
		return "", errors.New("no folder is named: set folder under [intake] in the configuration")
	}
	files, err := Waiting(c.Folder)
	if err != nil {
		return "", err
	}
	names := make([]string, len(files))
	for i, f := range files {
		if names[i] = f.Name; f.Name == name {
			return f.Path, nil
		}
	}
	if len(names) == 0 {
		return "", fmt.Errorf("no file %q waits in the intake folder: it holds none", name)
	}
	return "", fmt.Errorf("no file %q waits in the intake folder: it holds %s", name, someOf(names))
}

// TakeIn reads a file to its end; see [Run]. A dry run writes no rejects either.
func (c *Clerk) TakeIn(ctx context.Context, f view.IntakeFile) (*view.IntakeReport, error) {
	o, err := c.options(&f)
	if err != nil {
		return nil, err
	}
	src, leave, err := c.source(ctx, &f)
	if err != nil {
		return nil, err
	}
	defer leave()
	if !f.DryRun {
		o.Rejects = f.Rejects
	}
	rep, err := Run(ctx, c.Desk, src, o)
	if rep == nil {
		return nil, c.otherMaps(err, &f)
	}
	if rep.Stopped && rep.LastLine > 0 && err != nil && !f.DryRun {
		err = fmt.Errorf("stopped behind line %d, with what came before it kept: %w; the same file again does the rest", rep.LastLine, err)
	}
	return &rep.IntakeReport, err
}

// Preview says what TakeIn would do; see [Preview].
func (c *Clerk) Preview(ctx context.Context, f view.IntakeFile, limit int) ([]view.PreviewRow, *view.IntakeReport, error) {
	o, err := c.options(&f)
	if err != nil {
		return nil, nil, err
	}
	src, leave, err := c.source(ctx, &f)
	if err != nil {
		return nil, nil, err
	}
	defer leave()
	rows, rep, err := Preview(ctx, c.Desk, src, o, limit)
	if rep == nil {
		return rows, nil, c.otherMaps(err, &f)
	}
	if rep.Stopped && err == nil {
		rep.FileNotes = append(rep.FileNotes, fmt.Sprintf("only the first %d rows are shown; all of them go in", len(rows)))
	}
	return rows, &rep.IntakeReport, err
}

// TakeRow takes in one row, mended by hand; see [RunRows].
func (c *Clerk) TakeRow(ctx context.Context, row domain.Row) (*view.IntakeReport, error) {
	rep, err := RunRows(ctx, c.Desk, []NumberedRow{{Row: row}}, Options{})
	return &rep.IntakeReport, err
}

// Waiting lists the files in the intake folder, newest first.
func (c *Clerk) Waiting(context.Context) (folder string, files []view.WaitingFile, err error) {
	if c.Folder == "" {
		return "", nil, nil
	}
	files, err = Waiting(c.Folder)
	return c.Folder, files, err
}
