package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"homeward/domain/safe"
)

// Copy says what a backup holds.
type Copy struct {
	Lines uint64 // of the audit log
	Size  int64  // bytes
	Sum   string // SHA-256, hexadecimal
	// Unsaid says that there was no key: the log of the database does not say that the copy was made.
	Unsaid bool
}

// Restored says what a restore did.
type Restored struct {
	Copy
	Path string   // of the database
	Kept []string // paths of what was there before
}

func (p *program) backupCmd() *cobra.Command {
	return &cobra.Command{
		Use: "backup FILE", Short: "Copy the database to a new file, checked, while others go on working", Args: cobra.ExactArgs(1),
		Long: "Copies the database as it is at this moment to a new file that its owner alone can read, checks the copy, and keeps it\n" +
			"under its name only if it is good. It works while homeward serve runs and replaces no file. The audit log says who took\n" +
			"it; the dashboard says when the last one is too old.\n\n" +
			"Copying the database's file with cp instead gives a broken copy when somebody is at work.\n\n" +
			"  homeward backup /mnt/safe/homeward-$(date +%F).db",
		RunE: p.ran(func(cmd *cobra.Command, args []string) error {
			file := args[0]
			if file == "-" || file == "" {
				return &status{StatusUsage, errors.New("a backup goes to a file: name one")}
			}
			if err := p.newFile(file); err != nil {
				return err
			}
			c, err := p.Backup(cmd.Context(), p.place, file, p.files)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(p.out, "backed up and checked: %s\n%s\n", safe.CleanLine(file), c)
			if c.Unsaid {
				fmt.Fprintln(p.err, "without a key: it was checked as far as ciphertext shows, and the audit log does not say that it was made")
			}
			return err
		}),
	}
}

func (c Copy) String() string {
	return fmt.Sprintf("%d lines of the audit log, %d bytes, SHA-256 %s", c.Lines, c.Size, c.Sum)
}

// newFile refuses a name that is taken, before anything is copied.
func (p *program) newFile(path string) error {
	at, err := p.files.Look(path)
	switch {
	case err != nil:
		return err
	case at.Folder:
		return fmt.Errorf("%s is a folder: name a new file in it", path)
	case at.There:
		return fmt.Errorf("%s is there already, and a backup replaces nothing: choose another name", path)
	}
	return nil
}

// KeepCopy writes a copy to a new file where the command was called. Before it gets its name, record is called; afterwards
// it is read again and same is to say whether it is what was written.
func KeepCopy(files Files, path string, from io.Reader, record func() error, same func(io.Reader) error) error {
	f, err := files.Create(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	if err != nil {
		err = fmt.Errorf("%s was not written: %w", path, err)
	} else {
		err = record()
	}
	if err != nil {
		return errors.Join(err, f.Drop())
	}
	if err := f.Keep(false); err != nil {
		return err
	}
	r, err := files.Open(path)
	if err == nil {
		err = same(r)
		_ = r.Close()
	}
	if err != nil {
		return fmt.Errorf("%s was written, but it cannot be shown to be what was copied, so do not rely on it: %w", path, err)
	}
	return nil
}

func (p *program) restoreCmd() *cobra.Command {
	var replace bool
	cmd := &cobra.Command{
		Use: "restore FILE", Short: "Make the database from a backup", Args: cobra.ExactArgs(1),
		Long: "Checks a backup and makes the database from it. Where a database is there already it refuses, unless --replace is said:\n" +
			"then the old one is kept beside it under another name, with its audit head. Nothing is ever deleted, and until the backup\n" +
			"is shown to be good nothing is changed.\n\n" +
			"The restored database has a line in its audit log that says who restored it and from what, and an audit head of its own:\n" +
			"write its number down (homeward audit verify) beside the one of the database that was lost.",
		RunE: p.here(func(cmd *cobra.Command, args []string) error {
			r, err := p.Restore(cmd.Context(), p.place, args[0], replace)
			if err != nil {
				return err
			}
			fmt.Fprintf(p.out, "restored: %s\nfrom a backup of %s\n", safe.CleanLine(r.Path), r.Copy)
			for _, k := range r.Kept {
				fmt.Fprintf(p.out, "kept, as it was before: %s\n", safe.CleanLine(k))
			}
			return nil
		}),
	}
	cmd.Flags().BoolVar(&replace, "replace", false, "where a database is there, keep it under another name and restore in its place")
	return cmd
}
