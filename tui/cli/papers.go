package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"homeward/domain"
	"homeward/domain/report"
	"homeward/domain/view"
)

// pageFlags are those of a command that writes a page.
type pageFlags struct {
	out   string
	force bool
}

func (f *pageFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.out, "out", "", "the new `FILE.html`, readable by you alone; - prints it")
	cmd.Flags().BoolVar(&f.force, "force", false, "replace the file where it is there already")
	_ = cmd.MarkFlagRequired("out")
	_ = cmd.MarkFlagFilename("out", "html", "htm")
}

func (p *program) formCmd() *cobra.Command {
	var f pageFlags
	var o report.FormOptions
	cmd := &cobra.Command{
		Use: "form REFERRAL --out FILE.html", Short: "The sheet to take along to an interview", Args: cobra.ExactArgs(1),
		Long: "The questions with space to write, as one page for A4 and for a telephone. It holds no family name, date of birth, number,\n" +
			"address or place: it may be lost, and the child may read it. --contact adds what is needed on the way.",
	}
	f.add(cmd)
	cmd.Flags().BoolVar(&o.Contact, "contact", false, "with the child’s number (a carer’s where there is none), the warnings, and the address for a meeting at home")
	cmd.RunE = p.ran(func(cmd *cobra.Command, args []string) error {
		note := "form of %s"
		if o.Contact {
			note += ", with how to reach the child"
		}
		return p.page(cmd.Context(), args[0], f, domain.PaperForm, note, func(s *Session, v *view.InterviewView) (string, error) {
			return report.Form(v, s.Desk.Settings(), o, s.Desk.Now())
		})
	})
	return cmd
}

func (p *program) letterCmd() *cobra.Command {
	var f pageFlags
	to := "child"
	cmd := &cobra.Command{
		Use: "letter REFERRAL --out FILE.html", Short: "The letter to the child, or to the carer", Args: cobra.ExactArgs(1),
		Long: "Why talk to us, what stays between us and what does not, how to reach us, and the helplines. The words are the team's own\n" +
			"where [papers] of the configuration names a file; config check reads it.",
	}
	f.add(cmd)
	cmd.Flags().StringVar(&to, "to", to, "to whom: child or carer")
	_ = cmd.RegisterFlagCompletionFunc("to", cobra.FixedCompletions([]string{"child", "carer"}, cobra.ShellCompDirectiveNoFileComp))
	cmd.RunE = p.ran(func(cmd *cobra.Command, args []string) error {
		if to != "child" && to != "carer" {
			return &status{StatusUsage, fmt.Errorf("--to is to be child or carer")}
		}
		return p.page(cmd.Context(), args[0], f, domain.PaperLetter, "letter to the "+to+" of %s", func(s *Session, v *view.InterviewView) (string, error) {
			l, err := readLetter(s.Papers, to)
			if err != nil {
				return "", err
			}
			facts := report.FactsOfLetter(v, s.Desk.Settings(), s.Desk.Now())
			if facts.Reach == "" {
				fmt.Fprintln(p.err, "[team] reach is not set: the letter does not say how to reach the team")
			}
			k := &v.Child.Card
			if k.DoNotContact != "" || len(domain.Standing(k.Warnings)) > 0 {
				fmt.Fprintf(p.err, "the card of %s has a warning: read it before the letter goes\n", v.Referral.ID)
			}
			return l.Page(facts)
		})
	})
	return cmd
}

// page makes a page about a referral and writes it. It is noted before it has its name, as a copy is before it is printed, and
// after it is known that it can be written.
func (p *program) page(ctx context.Context, referral string, f pageFlags, what domain.Paper, note string, write func(*Session, *view.InterviewView) (string, error)) error {
	if err := p.checkOut(f.out, f.force); err != nil {
		return err
	}
	s, v, err := p.paper(ctx, referral, func(d view.Desk, v *view.InterviewView) error {
		return domain.MayTakeOut(d.Settings(), d.Actor(), v.Child, v.Referral, v.Interview, what)
	})
	if err != nil {
		return err
	}
	content, err := write(s, v)
	var out NewFile
	if err == nil {
		out, err = p.prepareOut(f.out, marked(s.Desk, content))
	}
	if err == nil {
		err = s.Desk.Note(ctx, string(what), fmt.Sprintf(note, v.Referral.ID), v.Child.ID)
	}
	if err = closing(s, err); err != nil {
		if out != nil {
			err = errors.Join(err, out.Drop())
		}
		return err
	}
	return out.Keep(f.force)
}

// readLetter reads the template of the letter to somebody: the team's own, or the one that comes with the program.
func readLetter(papers Papers, to string) (*report.Letter, error) {
	path, text := papers.LetterChild, report.LetterToChild()
	if to == "carer" {
		path, text = papers.LetterCarer, report.LetterToCarer()
	}
	if path == "" {
		return report.ParseLetter("letter_"+to, text)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("[papers] letter_%s: %w", to, err)
	}
	defer f.Close()                                  //nolint:errcheck // opened for reading
	b, err := io.ReadAll(io.LimitReader(f, 128<<10)) // ParseLetter refuses much less
	if err != nil {
		return nil, fmt.Errorf("[papers] letter_%s: %w", to, err)
	}
	l, err := report.ParseLetter(filepath.Base(path), string(b))
	if err != nil {
		return nil, fmt.Errorf("[papers] letter_%s: %w", to, err)
	}
	return l, nil
}

// CheckLetters gives the faults of the letters' templates.
func CheckLetters(papers Papers) []string {
	var faults []string
	for _, to := range []string{"child", "carer"} {
		if _, err := readLetter(papers, to); err != nil {
			faults = append(faults, err.Error())
		}
	}
	return faults
}
