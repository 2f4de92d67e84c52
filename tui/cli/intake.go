package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"homeward/domain"
	"homeward/domain/view"
)

func (p *program) importCmd() *cobra.Command {
	var f view.IntakeFile
	var outFormat, rejects, back string
	var suggest bool
	cmd := &cobra.Command{
		Use: "import FILE|-", Short: "Take in a file of referrals or SSDA903 history", Args: cobra.MaximumNArgs(1),
		Long: "Takes in a file of referrals, or SSDA903 history: CSV, or an Excel workbook (.xlsx, --sheet NAME). The same file again changes nothing; stopped half-way, run it again.\n" +
			"Bad rows are refused by line, column and reason; with --rejects they are written to a file, ready to mend and import.\n\n" +
			"A file of referrals has a header row; its columns stand in any order, others are ignored:\n  " + columnHelp() + "\n" +
			"Needed are police_ref, missing_at, and child_ref or family_name, given_name and dob. Times: 2026-11-22 14:10,\n" +
			"22/11/2026 14:10, 2026-11-22T14:10Z, or the date alone. A row without returned_at is a child who is missing;\n" +
			"notified_at is when the team was told. status: " + strings.Join(domain.StatusWords(), ", ") + ".\n" +
			"risk: " + strings.Join(domain.RiskWords(), ", ") + ". flags, several with ;: " + strings.Join(domain.FlagWords(), ", ") + ".\n" +
			"category: missing, absent, away, education, or a name of the configuration. home_authority and placement_authority:\n" +
			"blank or home is your own; they differ for a looked-after child who is placed out of area.",
		RunE: p.runs(func() bool { return suggest }, func(cmd *cobra.Command, args []string) error {
			return p.suggestMap(cmd, f, args)
		}, func(cmd *cobra.Command, args []string) error {
			if back != "" {
				return p.takeBack(cmd, back, f.DryRun, args)
			}
			if len(args) == 0 && f.Waiting == "" {
				return &status{StatusUsage, fmt.Errorf("name the file, or - for standard input")}
			}
			if f.Format != "referrals" && f.Format != "ssda903" {
				return &status{StatusUsage, fmt.Errorf("--format is to be referrals or ssda903")}
			}
			if outFormat != "text" && outFormat != "json" {
				return &status{StatusUsage, fmt.Errorf("--format-out is to be text or json")}
			}
			if f.Refer && f.Format != "ssda903" {
				return &status{StatusUsage, fmt.Errorf("--refer belongs to --format ssda903")}
			}
			if f.Refer && f.History {
				return &status{StatusUsage, fmt.Errorf("--history raises no referrals and --refer does: choose one")}
			}
			return p.takeIn(cmd, f, strings.Join(args, ""), rejects, outFormat)
		}),
	}
	fl := cmd.Flags()
	fl.StringVar(&f.Format, "format", "referrals", "what the file is: referrals or ssda903")
	fl.StringVar(&f.Sheet, "sheet", "", "`NAME` of the sheet of a workbook; the first when left out")
	fl.StringVar(&f.Map, "map", "", "`NAME` of an [intake.map] of the configuration")
	fl.BoolVar(&f.History, "history", false, "record episodes without raising referrals")
	fl.BoolVar(&f.Refer, "refer", false, "raise referrals from an ssda903 file")
	fl.BoolVar(&f.DryRun, "dry-run", false, "say what would happen and change nothing")
	fl.BoolVar(&suggest, "suggest-map", false, "look at the file and print an [intake.map] to begin with; --map gives its name; nothing goes in")
	fl.StringVar(&back, "take-back", "", "take a whole import back by its `NUMBER`, like B12: each row on which nobody has built since; with --dry-run it says what would stay")
	fl.StringVar(&rejects, "rejects", "", "write refused rows to this `FILE`, ready to mend; - is standard output, with the counts on standard error")
	fl.StringVar(&f.Waiting, "waiting", "", "take in the file of this `NAME` from the folder of [intake], over SSH too")
	fl.StringVar(&outFormat, "format-out", "text", "how to print the counts: text or json")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"referrals", "ssda903"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// columnHelp lists the columns, wrapped.
func columnHelp() string {
	var b strings.Builder
	width := 0
	for i, c := range domain.ColumnNames() {
		if i > 0 {
			b.WriteString(", ")
		}
		if width += len(c) + 2; width > 110 {
			b.WriteString("\n  ")
			width = len(c)
		}
		b.WriteString(c)
	}
	return b.String()
}

func (p *program) takeIn(cmd *cobra.Command, f view.IntakeFile, path, rejects, outFormat string) error {
	var size int64
	if rejects == "-" && f.DryRun {
		return &status{StatusUsage, errors.New("--dry-run refuses nothing for good and writes no rejects: leave one of the two out")}
	}
	if rejects != "" && rejects != "-" {
		if _, err := p.files.Look(rejects); err != nil { // said before a row goes in
			return &status{StatusFailed, fmt.Errorf("--rejects: %w", err)}
		}
	}
	switch {
	case f.Waiting != "" && path != "":
		return &status{StatusUsage, errors.New("--waiting names a file of the intake folder: leave the other one out")}
	case f.Waiting != "":
	case path == "-":
		f.Source = newInput(cmd.Context(), p.streams.In)
	default:
		at, err := p.readable(path)
		if err != nil {
			return err
		}
		if rejects != "" && rejects != "-" {
			if to, err := p.files.Look(rejects); err == nil && to.Place == at.Place {
				return &status{StatusUsage, fmt.Errorf("--rejects names the file that is read: choose another name")}
			}
		}
		from, err := p.openInput(cmd.Context(), path, at)
		if err != nil {
			return &status{StatusFailed, err}
		}
		defer from.Close() //nolint:errcheck // opened for reading
		f.Source, size = from, at.Size
	}
	refused := &refusedRows{files: p.files, path: rejects}
	switch rejects {
	case "":
	case "-":
		to := printedRows{p.out}
		f.Rejects = func() (io.WriteCloser, error) { return to, nil }
		p.out = p.err // where the counts are to go instead
	default:
		f.Rejects = refused.open
	}
	s, err := p.openFor(cmd.Context(), f.DryRun)
	if err != nil {
		return err
	}
	if p.streams.Alone {
		// An import drops nearly all it makes, batch after batch: collecting half as often spares a sixth of its processor time.
		defer debug.SetGCPercent(debug.SetGCPercent(200))
	}
	bar := p.progress(size)
	f.Progress = bar.show
	rep, err := s.Intake.TakeIn(cmd.Context(), f)
	bar.clear()
	if c := counts(rep); err != nil && !f.DryRun && c.Created+c.Updated > 0 {
		err = fmt.Errorf("the import stopped before its end, and the rows that are counted are kept. Put right what stopped it and import the file again, which finishes it: %w", err)
	}
	if rep != nil && err == nil && !f.DryRun && refused.stale() {
		rep.FileNotes = append(rep.FileNotes, rejects+" was there before and is not of this run, which refused no row")
	}
	if rep != nil && (err == nil || rep.Counts.Read > 0) { // who may not import gets no counts
		if perr := p.report(rep, f, rejects, outFormat); err == nil {
			err = perr
		}
	}
	err = closing(s, err)
	if f.DryRun && rep != nil && len(rep.Tried) > 0 { // where the file broke off too
		if noted := p.noteTried(cmd.Context(), rep.Tried); err == nil {
			err = noted
		}
	}
	if err != nil {
		return err
	}
	if rep.Counts.Refused > 0 {
		return &status{code: StatusRefused}
	}
	return nil
}

// noteTried has it recorded of which restricted children a dry run had rows that do not fit: the run itself only reads.
func (p *program) noteTried(ctx context.Context, children []domain.ID) error {
	s, err := p.open(ctx, true)
	if err != nil {
		return err
	}
	return closing(s, view.NoteTried(ctx, s.Desk, children))
}

// counts of a report, where there is one.
func counts(rep *view.IntakeReport) domain.ImportCounts {
	if rep == nil {
		return domain.ImportCounts{}
	}
	return rep.Counts
}

// openFor opens the database to write, or for a dry run to read; where there is none yet, a dry run looks at an empty one
// of its own and leaves nothing behind.
func (p *program) openFor(ctx context.Context, dryRun bool) (*Session, error) {
	if !dryRun {
		return p.open(ctx, true)
	}
	if p.Exists(p.place) == nil {
		return p.open(ctx, false)
	}
	dir, err := os.MkdirTemp("", "homeward-dry-run-")
	if err != nil {
		return nil, err
	}
	place := p.place
	place.DB = filepath.Join(dir, "empty.db")
	s, err := p.Open(ctx, place, true)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	end := s.Close
	s.Close = func() error { return errors.Join(end(), os.RemoveAll(dir)) }
	return s, nil
}

// refusedRows is the file of refused rows: it appears whole when the import ends, or not at all where no row was refused. It
// may not be the file that is read.
type refusedRows struct {
	files   Files
	path    string
	written bool
}

func (r *refusedRows) open() (io.WriteCloser, error) {
	f, err := r.files.Create(r.path)
	if err != nil {
		return nil, err
	}
	return &keptOnClose{f, r}, nil
}

// stale says that a file of that name is there which this run did not write: it holds the rows of an earlier run, or
// something else altogether, and is left alone. The person is told.
func (r *refusedRows) stale() bool {
	if r.written || r.path == "" || r.path == "-" {
		return false
	}
	at, err := r.files.Look(r.path)
	return err == nil && at.There
}

// printedRows are refused rows that go to standard output.
type printedRows struct{ io.Writer }

// Close has nothing to do: every row was written.
func (printedRows) Close() error { return nil }

// keptOnClose has its name once it is closed, in place of the rows of an earlier run.
type keptOnClose struct {
	NewFile
	of *refusedRows
}

// Close gives the file its name.
func (f *keptOnClose) Close() error {
	err := f.Keep(true)
	f.of.written = err == nil
	return err
}

// shownNotes is how many warnings and refusals stand on the terminal; the rejects file has every refused row.
const shownNotes = 20

// report prints the counts on standard output and everything else on standard error.
func (p *program) report(rep *view.IntakeReport, f view.IntakeFile, rejects, outFormat string) error {
	for _, n := range rep.FileNotes {
		fmt.Fprintln(p.err, "note:", n)
	}
	if rep.Counts.Read == 0 {
		fmt.Fprintln(p.err, "note: the file has a header and no rows: if rows were expected, ask the source to send it again")
	}
	for _, w := range rep.Warnings[:min(len(rep.Warnings), shownNotes)] {
		fmt.Fprintln(p.err, "warning:", place(w))
	}
	if more := rep.WarningCount - min(len(rep.Warnings), shownNotes); more > 0 {
		fmt.Fprintf(p.err, "warning: and %d more\n", more)
	}
	for _, r := range rep.RefusedRows[:min(len(rep.RefusedRows), shownNotes)] {
		fmt.Fprintln(p.err, "refused:", place(r))
	}
	if more := rep.Counts.Refused - refusedLines(rep.RefusedRows[:min(len(rep.RefusedRows), shownNotes)]); more > 0 {
		fmt.Fprintf(p.err, "refused: and %d more rows\n", more)
	}
	switch {
	case rep.Counts.Refused == 0 || f.DryRun:
	case rejects == "-":
		fmt.Fprintln(p.err, "the refused rows are on standard output: kept in a file, mend them there and import that")
	case rejects == "":
		fmt.Fprintln(p.err, "with --rejects FILE, or - for standard output, the refused rows come as a file to mend and import; the same file again changes nothing else")
	default:
		fmt.Fprintf(p.err, "the refused rows are in %s: mend them there and import that file\n", rejects)
	}
	if outFormat == "json" {
		return json.NewEncoder(p.out).Encode(counted(rep))
	}
	c := rep.Counts
	lead := ""
	if f.DryRun {
		lead = "dry run, nothing was changed: "
	}
	_, err := fmt.Fprintf(p.out, "%sread %d, created %d, updated %d, unchanged %d, refused %d, children created %d, referrals raised %d\n",
		lead, c.Read, c.Created, c.Updated, c.Unchanged, c.Refused, c.ChildrenCreated, rep.Referred)
	if err == nil && rep.TakenCount > 0 {
		_, err = fmt.Fprintf(p.out, "taken to be a known child by name and date of birth: %d, to be confirmed or moved\n", rep.TakenCount)
	}
	if err == nil && c.Read > 0 && c.Unchanged == c.Read {
		_, err = fmt.Fprintln(p.out, "nothing new: every row was known already")
	}
	return err
}

// countedJSON is what an import prints for scripts: its figures, and whom which row was taken to be about.
type countedJSON struct {
	domain.ImportCounts
	TakenToBe []takenJSON `json:"taken_to_be"`
}

type takenJSON struct {
	Line      int     `json:"line"`
	PoliceRef string  `json:"police_ref"`
	ChildRef  *string `json:"child_ref"` // null in a dry run for a child of the same file
}

func counted(rep *view.IntakeReport) countedJSON {
	out := countedJSON{ImportCounts: rep.Counts, TakenToBe: []takenJSON{}}
	for _, t := range rep.Taken {
		row := takenJSON{Line: t.Line, PoliceRef: t.PoliceRef}
		if t.ChildRef != domain.OfThisFile {
			row.ChildRef = &t.ChildRef
		}
		out.TakenToBe = append(out.TakenToBe, row)
	}
	return out
}

func refusedLines(notes []view.RowNote) int {
	lines := map[int]bool{}
	for _, n := range notes {
		lines[n.Line] = true
	}
	return len(lines)
}

func place(n view.RowNote) string {
	s := fmt.Sprintf("line %d: ", n.Line)
	if n.Ref != "" {
		s = fmt.Sprintf("line %d (%s): ", n.Line, n.Ref)
	}
	if n.Column != "" && !strings.HasPrefix(n.Reason, n.Column) {
		s += n.Column + " "
	}
	return s + n.Reason
}

// bar is the progress of an import on a terminal; elsewhere it shows nothing.
type bar struct {
	mu   sync.Mutex
	w    io.Writer
	size int64
	last time.Time
	on   bool
}

func (p *program) progress(size int64) *bar {
	return &bar{w: p.err, size: size, on: p.streams.ErrTerminal}
}

// show draws at most ten times a second.
func (b *bar) show(bytes int64, rows int) {
	if !b.on {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if time.Since(b.last) < 100*time.Millisecond {
		return
	}
	b.last = time.Now()
	const width = 30
	if b.size <= 0 {
		fmt.Fprintf(b.w, "\r%d rows", rows)
		return
	}
	full := min(width, int(bytes*width/b.size))
	fmt.Fprintf(b.w, "\r[%s%s] %3d%%  %d rows", strings.Repeat("#", full), strings.Repeat(".", width-full), min(100, bytes*100/b.size), rows)
}

func (b *bar) clear() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.on && !b.last.IsZero() {
		fmt.Fprint(b.w, "\r\x1b[K")
	}
	b.on = false
}
