package cli

import (
	"cmp"
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

func (p *program) auditCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "audit", Short: "The audit log: who did what, when",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return fmt.Errorf("say audit verify, audit list or audit show X812")
		}}
	cmd.AddCommand(&cobra.Command{
		Use: "verify", Short: "Hold the audit log against its chain and its head outside the database", Args: cobra.NoArgs,
		RunE: p.ran(func(cmd *cobra.Command, _ []string) error {
			e, err := p.VerifyAudit(cmd.Context(), p.place)
			if err != nil {
				return err
			}
			if e.Sealed {
				return p.findings(e.Findings, fmt.Sprintf("without a key: none of the %d lines of the audit log is missing or damaged. Whether they follow from each other was not looked at: "+
					"name --key-file, or ask in a terminal", e.Lines))
			}
			return p.findings(e.Findings, fmt.Sprintf("the audit log is whole: %d lines, chained to the head outside the database\n"+
				"line %d has the hash %s: write it down elsewhere, and nobody can write the log anew unseen", e.Lines, e.Lines, e.Head))
		}),
	}, p.auditListCmd(), p.auditShowCmd())
	return cmd
}

func (p *program) auditListCmd() *cobra.Command {
	f := view.AuditQuery{Oldest: true}
	var since, until string
	cmd := &cobra.Command{Use: "list", Short: "The lines of the audit log, oldest first", Args: cobra.NoArgs,
		Long: "The lines of the audit log, oldest first, for supervisors and auditors: who did what, when, and which records it touched.\n" +
			"What a line contains is read one line at a time, with homeward audit show X812, and that is recorded."}
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

// auditLines reads the lines of the log that are wanted, oldest first.
func (p *program) auditLines(ctx context.Context, q view.AuditQuery) (out []view.AuditLine, err error) {
	s, err := p.open(ctx, false)
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
	return out, closing(s, err)
}

// auditShowCmd opens one line. It opens the database for writing, because that somebody read it is recorded (DOMAIN §12).
func (p *program) auditShowCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "show CHANGE", Short: "What one line of the audit log contains; that you opened it is recorded", Args: cobra.ExactArgs(1),
		Long: "One line of the audit log with what it contains: the act as it was given, and each record it changed before and after.\n" +
			"CHANGE is the line's number as audit list prints it, like X812. For supervisors and auditors, one line at a time: that\n" +
			"you opened it is recorded, and of a child who is restricted to others, that you tried."}
	fm := formatFlag(cmd)
	cmd.RunE = p.ran(func(cmd *cobra.Command, args []string) error {
		id, ok := domain.KindChange.ParseKind(args[0])
		if !ok {
			return &status{StatusUsage, fmt.Errorf("%q is no line of the audit log: its lines are X1, X2 and so on, as homeward audit list prints them", args[0])}
		}
		if err := p.mustExist(); err != nil {
			return err
		}
		s, err := p.open(cmd.Context(), true)
		if err != nil {
			return err
		}
		line, err := s.Desk.AuditLine(cmd.Context(), id)
		if err = closing(s, err); err != nil {
			return err
		}
		if line == nil {
			return fmt.Errorf("there is no line %s: homeward audit list prints those there are", id)
		}
		now := p.place.Now
		if now.IsZero() {
			now = time.Now()
		}
		switch *fm {
		case "json":
			return plain.Object(p.out, lists.AuditOpened().Rows([]view.AuditLine{*line}, now)[0])
		case "csv":
			return show(p, *fm, lists.AuditOpened(), "", []view.AuditLine{*line}, now)
		}
		return p.auditLine(line, now)
	})
	return cmd
}

// auditLine prints a line with what it contains for people, a field a row.
func (p *program) auditLine(l *view.AuditLine, now time.Time) error {
	var rows [][2]string
	add := func(what, text string) {
		if text != "" {
			rows = append(rows, [2]string{what, safe.CleanLine(text)})
		}
	}
	for _, f := range lists.Audit() {
		value := plain.Text(f.Value(l, now))
		if f.Name == "at" {
			value = f.Text(l, now)
		}
		if f.Name != "machine_at" {
			add(domain.Words(f.Name), value)
		}
	}
	add("id", l.ActID)
	given := "given: "
	if l.Note {
		given = "changed: "
	}
	for _, g := range l.Gives() {
		add(given+g.Field, g.Text)
	}
	for _, t := range l.Touched {
		what := t.ID.String()
		switch {
		case t.Before == nil:
			what += ", made"
		case t.After == nil:
			what += ", taken away"
		default:
			what += ", changed"
		}
		differences := view.RecordDifferences(t)
		if len(differences) == 0 {
			add(what, "nothing but its version")
		}
		for _, d := range differences {
			add(what+": "+d.Field, changed(t, d))
		}
	}
	return plain.Table(p.out, "", len(rows), []plain.Column{
		{Title: "WHAT", Cell: func(i int) string { return rows[i][0] }},
		{Title: "IS", Cell: func(i int) string { return rows[i][1] }},
	})
}

// changed is one field of a record before and after; of one that was made or taken away only what it holds.
func changed(t domain.Touched, d view.Difference) string {
	switch {
	case t.Before == nil:
		return d.Is
	case t.After == nil:
		return d.Was
	}
	return cmp.Or(d.Was, "nothing") + " → " + cmp.Or(d.Is, "nothing")
}
