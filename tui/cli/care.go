package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"homeward/domain"
	"homeward/domain/safe"
	"homeward/domain/view"
	"homeward/tui/lists"
	"homeward/tui/plain"
)

func (p *program) checkCmd() *cobra.Command {
	var here, copied bool
	var check func(*cobra.Command, []string) error
	cmd := &cobra.Command{
		Use: "check", Short: "Walk the whole database and rebuild its indexes to compare", Args: cobra.NoArgs,
		RunE: p.here(func(cmd *cobra.Command, args []string) error {
			if here {
				return p.CheckHere(cmd.Context(), p.place, copied, p.out)
			}
			return check(cmd, args)
		}),
	}
	check = p.ran(func(cmd *cobra.Command, _ []string) error {
		findings, err := p.Check(cmd.Context(), p.place)
		if err != nil {
			return err
		}
		return p.findings(findings, "the database is sound: every record, index and line of the audit log was read")
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

func (p *program) auditCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "audit", Short: "The audit log: who did what, when", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return fmt.Errorf("say audit verify or audit list") }}
	cmd.AddCommand(&cobra.Command{
		Use: "verify", Short: "Hold the audit log against its chain and its head outside the database", Args: cobra.NoArgs,
		RunE: p.ran(func(cmd *cobra.Command, _ []string) error {
			n, findings, err := p.VerifyAudit(cmd.Context(), p.place)
			if err != nil {
				return err
			}
			return p.findings(findings, fmt.Sprintf("the audit log is whole: %d lines, chained to the head outside the database", n))
		}),
	}, p.auditListCmd())
	return cmd
}

func (p *program) auditListCmd() *cobra.Command {
	f := view.AuditQuery{Oldest: true}
	var since, until string
	cmd := &cobra.Command{Use: "list", Short: "The lines of the audit log, oldest first", Args: cobra.NoArgs}
	fm := formatFlag(cmd)
	cmd.Flags().StringVar(&f.By, "by", "", "only what this `LOGIN` did")
	cmd.Flags().StringVar(&f.Child, "child", "", "only what concerns this `CHILD_REF`")
	cmd.Flags().StringVar(&f.Act, "act", "", "only this `ACT`, like referral.accept")
	cmd.Flags().StringVar(&since, "since", "", "from this `DATE` or time on")
	cmd.Flags().StringVar(&until, "until", "", "before this `DATE` or time")
	cmd.RunE = p.ran(func(cmd *cobra.Command, _ []string) (err error) {
		if f.Since, err = day("since", since); err != nil {
			return err
		}
		if f.Until, err = day("until", until); err != nil {
			return err
		}
		now := p.place.Now
		if now.IsZero() {
			now = time.Now()
		}
		f.Records = *fm != "table"
		lines, err := p.auditLines(cmd.Context(), f)
		if err != nil {
			return err
		}
		return show(p, *fm, lists.Audit(), "No line matches.", lines, now)
	})
	return cmd
}

func day(flag, s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if d, ok := domain.ParseDate(s); ok {
		return d.Start(), nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return t, &status{StatusUsage, fmt.Errorf("--%s %q is neither a date like 2026-11-22 nor a time like 2026-11-22T08:00:00Z", flag, s)}
	}
	return t, nil
}

// auditLines reads the lines of the log that are wanted, oldest first. One child's, with the records before and after, are
// that child's record: it is recorded that it was opened.
func (p *program) auditLines(ctx context.Context, q view.AuditQuery) (out []view.AuditLine, err error) {
	opens := q.Child != "" && q.Records
	if opens {
		if err := p.mustExist(); err != nil {
			return nil, err
		}
	}
	s, err := p.open(ctx, opens)
	if err != nil {
		return nil, err
	}
	for more := true; more && err == nil; {
		var page *view.AuditPage
		if page, err = s.Desk.AuditLog(ctx, q); err == nil {
			for _, l := range page.Lines {
				out = append(out, *l)
			}
			q.From, more = page.Looked, page.More
		}
	}
	if err == nil && opens {
		var child *domain.Child
		err = s.Desk.Ask(ctx, func(r domain.Reader) (err error) { child, err = domain.ChildNamed(r, q.Child); return err })
		if err == nil && child != nil {
			err = s.Desk.Opened(ctx, child.ID)
		}
	}
	return out, closing(s, err)
}

func (p *program) configCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "config", Short: "The configuration", Args: cobra.NoArgs,
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
