package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"homeward/domain"
	"homeward/domain/report"
	"homeward/domain/safe"
	"homeward/domain/view"
	"homeward/tui/plain"
)

// purposeLimit is the most letters a purpose has: it is one line of the audit log.
const purposeLimit = 300

func (p *program) interviewCmd() *cobra.Command {
	var format, audience, purpose string
	cmd := &cobra.Command{
		Use: "interview REFERRAL", Short: "The record of an interview, empty before it is written", Args: cobra.ExactArgs(1),
		Long: "The record of the interview of a referral: for the team whole, for another audience what that audience gets, with the\n" +
			"purpose it is for. A copy for another audience is noted in the audit log. As JSON, record is what interview.save of\n" +
			"homeward do reads; before the interview it has every section and field, blank.",
	}
	fl := cmd.Flags()
	fl.StringVar(&format, "format", "md", "how to print it: md, html or json")
	fl.StringVar(&audience, "audience", string(domain.ForTeam), "for whom: "+audienceNames())
	fl.StringVar(&purpose, "purpose", "", "what the copy is for, in `WORDS`; needed for every audience but the team")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"md", "html", "json"}, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("audience", cobra.FixedCompletions(strings.Split(audienceNames(), ", "), cobra.ShellCompDirectiveNoFileComp))
	cmd.RunE = p.ran(func(cmd *cobra.Command, args []string) error {
		to := domain.Audience(audience)
		purpose = strings.TrimSpace(safe.CleanLine(purpose))
		if err := copyFlags(format, to, purpose); err != nil {
			return &status{StatusUsage, err}
		}
		return p.interview(cmd.Context(), args[0], format, to, purpose)
	})
	return cmd
}

func audienceNames() string {
	var out []string
	for _, a := range domain.RecordAudiences() {
		out = append(out, string(a))
	}
	return strings.Join(out, ", ")
}

func copyFlags(format string, to domain.Audience, purpose string) error {
	switch {
	case format != "md" && format != "html" && format != "json":
		return fmt.Errorf("--format must be md, html or json")
	case slices.Contains(domain.Audiences(), to) && !slices.Contains(domain.RecordAudiences(), to):
		return fmt.Errorf("--audience %s gets reports, no record: it must be one of %s", to, audienceNames())
	case !slices.Contains(domain.RecordAudiences(), to):
		return fmt.Errorf("--audience must be one of %s", audienceNames())
	case to != domain.ForTeam && purpose == "":
		return fmt.Errorf("--purpose is required for audience %s: say what the copy is for", to)
	case utf8.RuneCountInString(purpose) > purposeLimit:
		return fmt.Errorf("--purpose is longer than %d letters", purposeLimit)
	}
	return nil
}

// interview prints a record. What leaves is noted before it does: a copy nobody knows of is worse than a note of none.
func (p *program) interview(ctx context.Context, referral, format string, to domain.Audience, purpose string) error {
	s, v, err := p.paper(ctx, referral, func(d view.Desk, v *view.InterviewView) error {
		if to == domain.ForTeam {
			return nil
		}
		if err := domain.MayTakeOut(d.Settings(), d.Actor(), v.Child, v.Referral, v.Interview, domain.PaperCopy); err != nil {
			return err
		}
		if err := domain.MayCopyFor(v.Child, to); err != nil {
			return err
		}
		if v.Interview.HeldAt == 0 {
			return fmt.Errorf("the interview of %s was not held yet: there is nothing to share", v.Referral.ID)
		}
		return nil
	})
	if err != nil {
		return err
	}
	d := s.Desk
	c := report.Make(v, d.Settings(), to, purpose, d.Now())
	if to == domain.ForTeam && purpose == "" {
		err = d.Opened(ctx, v.Child.ID)
	} else {
		err = d.Note(ctx, string(domain.PaperCopy), copyNote(c, v), v.Child.ID)
	}
	if err = closing(s, err); err != nil {
		return err
	}
	switch format {
	case "json":
		err = plain.Object(p.out, plain.Interview(c, v.Referral))
	case "html":
		var page string
		if page, err = report.HTML(c, d.Settings().PersonName); err == nil {
			_, err = fmt.Fprint(p.out, marked(d, page))
		}
	default:
		_, err = fmt.Fprint(p.out, marked(d, report.Markdown(c, d.Settings().PersonName)))
	}
	if err == nil && to != domain.ForTeam {
		p.leaving(c)
	}
	return err
}

// marked is a paper as it leaves a desk: of a rehearsal it says so.
func marked(d view.Desk, paper string) string {
	if d.Practice() {
		return report.Practice(paper)
	}
	return paper
}

// copyNote is the line of the log about a copy.
func copyNote(c *report.Copy, v *view.InterviewView) string {
	what := v.Referral.ID.String()
	if c.Interview.ID != 0 {
		what = c.Interview.ID.String() + " (" + what + ")"
	}
	s := fmt.Sprintf("copy of %s for %s, purpose: %s", what, c.Audience.Words(), c.Purpose)
	if c.Unsigned {
		s += "; not signed off"
	}
	return s
}

// leaving tells the person who makes a copy what of this record is not in it, and what to read before it goes: titles only.
func (p *program) leaving(c *report.Copy) {
	if len(c.LeftOut) > 0 {
		fmt.Fprintf(p.err, "left out, of what was written: %s\n", safe.CleanLine(strings.Join(c.LeftOut, "; ")))
	}
	if len(c.MayName) > 0 {
		fmt.Fprintf(p.err, "read before it leaves, other people may be named, above all in: %s\n", safe.CleanLine(strings.Join(c.MayName, "; ")))
	}
	fmt.Fprintf(p.err, "noted in the audit log; once it is sent, say so with interview.share\n")
}

// paper opens the database for writing, because what is read or leaves is recorded (DOMAIN §9, §12), and reads the interview of
// a referral; may refuses. The session is the caller's to close, except on an error.
func (p *program) paper(ctx context.Context, referral string, may func(view.Desk, *view.InterviewView) error) (*Session, *view.InterviewView, error) {
	if err := p.mustExist(); err != nil {
		return nil, nil, err
	}
	s, err := p.open(ctx, true)
	if err != nil {
		return nil, nil, err
	}
	var v *view.InterviewView
	err = s.Desk.Ask(ctx, func(r domain.Reader) (err error) {
		if id, ok := domain.KindReferral.ParseKind(referral); ok {
			v, err = view.ReadInterview(r, id)
		}
		return err
	})
	if err == nil && v == nil {
		err = fmt.Errorf("there is no referral %q (they look like R12)", referral)
	}
	if err == nil && v.Child.Hidden { // it refuses, and the log says who tried
		err = s.Desk.Opened(ctx, v.Child.ID)
	}
	if err == nil {
		err = may(s.Desk, v)
	}
	if err != nil {
		return nil, nil, cmp.Or(err, s.Close())
	}
	return s, v, nil
}
