package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"homeward/domain/safe"
	"homeward/tui/plain"
)

func (p *program) checkCmd() *cobra.Command {
	var here, copied bool
	var check func(*cobra.Command, []string) error
	cmd := &cobra.Command{
		Use: "check", Short: "Walk the whole database and rebuild its indexes to compare", Args: cobra.NoArgs,
		RunE: p.here(func(cmd *cobra.Command, args []string) error {
			if here {
				return p.CheckHere(cmd.Context(), p.place, copied, p.streams.In, p.out)
			}
			return check(cmd, args)
		}),
	}
	check = p.ran(func(cmd *cobra.Command, _ []string) error {
		e, err := p.Check(cmd.Context(), p.place)
		if err != nil {
			return err
		}
		if e.Sealed {
			return p.findings(e.Findings, "without a key: the file is whole, and no record or line of the audit log is missing or damaged. What they say was not read: "+
				"name --key-file, or ask in a terminal")
		}
		return p.findings(e.Findings, "the database is sound: every record, index and line of the audit log was read")
	})
	cmd.Flags().BoolVar(&here, "in-process", false, "check inside this process")
	cmd.Flags().BoolVar(&copied, "copy", false, "it is a copy, which has no audit head of its own")
	_ = cmd.Flags().MarkHidden("in-process")
	_ = cmd.Flags().MarkHidden("copy")
	return cmd
}

// CheckArgs are the arguments of the child process that a check runs in (see [Backend] CheckHere), for a database, or a copy
// of one, and a configuration, "" for the default one.
func CheckArgs(database string, copied bool, config string) []string {
	args := []string{"check", "--in-process", "--db", database}
	if copied {
		args = append(args, "--copy")
	}
	if config != "" {
		args = append(args, "--config", config)
	}
	return args
}

func (p *program) findings(findings []string, sound string) error {
	if len(findings) == 0 {
		_, err := fmt.Fprintln(p.out, sound)
		return err
	}
	for _, f := range findings {
		fmt.Fprintln(p.out, safe.CleanLine(f))
	}
	return &status{StatusDamaged, fmt.Errorf("damage was found: keep the file as it is and restore from a backup")}
}

func (p *program) configCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "config", Short: "The configuration",
		RunE: func(*cobra.Command, []string) error { return fmt.Errorf("say config check or config show") }}
	cmd.AddCommand(&cobra.Command{
		Use: "check", Short: "Validate the configuration", Args: cobra.NoArgs,
		RunE: p.here(func(*cobra.Command, []string) error {
			path, faults, err := p.CheckConfig(p.place)
			if err != nil {
				return err
			}
			if len(faults) == 0 {
				_, err := fmt.Fprintln(p.out, path)
				return err
			}
			for _, f := range faults {
				fmt.Fprintln(p.err, safe.CleanNote(f))
			}
			return &status{code: StatusFailed}
		}),
	}, &cobra.Command{
		Use: "show", Short: "The settings in force, with where each came from", Args: cobra.NoArgs,
		RunE: p.here(func(*cobra.Command, []string) error {
			list, err := p.ShowConfig(p.place)
			if err != nil {
				return err
			}
			return plain.Table(p.out, "", len(list), []plain.Column{
				{Title: "SETTING", Cell: func(i int) string { return list[i].Key }},
				{Title: "VALUE", Cell: func(i int) string { return list[i].Value }},
				{Title: "FROM", Cell: func(i int) string { return list[i].Origin }},
			})
		}),
	})
	return cmd
}

// mustExist refuses to make a database where a command only reads but records that it did.
func (p *program) mustExist() error { return p.Exists(p.place) }
