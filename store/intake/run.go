package intake

import (
	"context"
	"errors"
	"io"
	"time"

	"homeward/domain"
	"homeward/domain/view"
)

// The formats.
const (
	Referrals = "referrals"
	SSDA903   = "ssda903"
)

// Options say how a file is taken in.
type Options struct {
	Format  string // Referrals when empty
	Sheet   string // of a workbook; the first when empty
	Map     *Map   // another system's headers; nil for ours
	History bool   // record episodes without raising referrals
	Refer   bool   // raise referrals from an SSDA903 file, which is history otherwise
	DryRun  bool   // decide everything, keep nothing
	// BlankWords mean blank in a file of referrals; nil for [DefaultBlankWords].
	BlankWords []string
	// BatchRows are decided in one transaction; 0 for 10,000.
	BatchRows int
	// Rejects opens the place for refused rows. It is called when the first is refused, so never without need.
	Rejects func() (io.WriteCloser, error)
	// Progress is told after each batch how many bytes of the file and how many rows are done.
	Progress func(bytes int64, rows int)
}

// history says whether episodes are recorded without raising referrals: 903 files are, unless told otherwise.
func (o *Options) history() bool { return o.History || o.Format == SSDA903 && !o.Refer }

func (o *Options) blankWords() blankWords {
	if o.BlankWords == nil {
		return DefaultBlankWords()
	}
	return o.BlankWords
}

func (o *Options) batchRows() int {
	if o.BatchRows > 0 {
		return o.BatchRows
	}
	return 10_000
}

// Run takes a file in. It gives a report beside any error once the header was read: what was decided before the error
// stays, and running the same file again finishes it. Cancelling the context is no error of the file: the report then
// says Stopped, and the context's error is given.
//
// The source is read from a goroutine that ends with Run; only where Run ends early while a read of the source hangs does
// it end with that read.
func Run(ctx context.Context, desk view.Desk, src io.Reader, o Options) (*Report, error) {
	r, err := openTwice(ctx, src, desk, &o)
	if err != nil {
		return nil, err
	}
	var d decider = newKeeper(desk, &o)
	if o.DryRun {
		d = newPreviewer(desk)
	}
	rep, err := run(ctx, desk, r, d, &o)
	if !o.DryRun { // which only reads: who runs it has it recorded
		if noted := view.NoteTried(ctx, desk, rep.Tried); err == nil {
			err = noted
		}
	}
	return rep, err
}

// decider takes the rows of a batch that can be decided and says for each what came of it, in order.
type decider interface {
	decide(ctx context.Context, rows []*domain.ImportRow) ([]verdict, error)
	// finish closes the import with its counts and the authorities that it was the first to name.
	finish(ctx context.Context, c domain.ImportCounts, authorities []string) error
	// record is the import's record, zero while there is none.
	record() domain.ID
}

// verdict is what came of one row.
type verdict struct {
	row      domain.RowVerdict
	refused  *domain.Refusal
	warnings []string
}

func run(ctx context.Context, desk view.Desk, r *reader, d decider, o *Options) (rep *Report, err error) {
	rep = &Report{}
	rep.FileNotes, rep.Sheets, rep.Sheet = r.head.warnings, r.sheets, r.sheet
	defer func() { rep.tellOdd(r.head.blanks) }()
	j := &rejects{open: o.Rejects, head: r.head}
	reading, stop := context.WithCancel(ctx)
	batches := r.ahead(reading, o.batchRows(), desk.Now)
	defer func() {
		stop()
		if cerr := j.close(); err == nil {
			err = cerr
		}
		settled(batches)
	}()
	for {
		b, err := nextBatch(ctx, batches)
		if err == nil {
			err = take(ctx, b.items, d, rep, r.head, j)
		}
		if err == nil && o.Progress != nil {
			o.Progress(b.bytes, rep.Counts.Read)
		}
		switch {
		case err == nil && b.err == nil:
			continue
		case err == nil && b.err == io.EOF:
			if err = rep.authorities.tell(ctx, desk, rep); err == nil {
				err = d.finish(ctx, rep.Counts, rep.authorities.names())
			}
		case err == nil:
			rep.Stopped, err = true, b.err
		default:
			rep.Stopped = true
		}
		rep.Import = d.record()
		if rep.Stopped && rep.Import != 0 {
			// The record of the import is to say how far it came, though the person has left.
			late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			err = errors.Join(err, d.finish(late, rep.Counts, nil))
		}
		return rep, err
	}
}

// nextBatch waits for rows, or for the person to leave.
func nextBatch(ctx context.Context, from <-chan batch) (batch, error) {
	if err := ctx.Err(); err != nil {
		return batch{}, err
	}
	select {
	case b := <-from:
		return b, nil
	case <-ctx.Done():
		return batch{}, ctx.Err()
	}
}

// settled waits for the reading goroutine to end, so that the source is the caller's again. One that hangs in a read (a
// terminal, a pipe nobody writes to) is not waited for longer than a second.
func settled(from <-chan batch) {
	patience := time.NewTimer(time.Second)
	defer patience.Stop()
	for {
		select {
		case _, more := <-from:
			if !more {
				return
			}
		case <-patience.C:
			return
		}
	}
}

// take decides one batch and writes down what came of it.
func take(ctx context.Context, items []item, d decider, rep *Report, head *header, j *rejects) error {
	acts := make([]*domain.ImportRow, 0, len(items))
	for i := range items {
		if items[i].act != nil {
			acts = append(acts, items[i].act)
		}
	}
	var verdicts []verdict
	if len(acts) > 0 {
		var err error
		if verdicts, err = d.decide(ctx, acts); err != nil {
			return err
		}
	}
	for i := range items {
		it := &items[i]
		rep.Counts.Read++
		rep.LastLine = it.line
		rep.noteOdd(it.line, it.odd)
		rep.orders.note(it.line, it.orders)
		for _, w := range it.warnings {
			rep.warn(it.line, w)
		}
		if it.act != nil {
			v := verdicts[0]
			verdicts = verdicts[1:]
			for _, w := range v.warnings {
				rep.warn(it.line, w)
			}
			if v.refused == nil {
				if _, asks := d.(*previewer); asks { // taken in it leaves a line of its own; asked about it would leave none
					rep.tried(v.row.Closed)
				}
				rep.count(v.row)
				rep.takenToBe(it.line, it.act.Row[domain.ColPoliceRef], v.row.TakenToBe)
				if v.row.Created || v.row.Updated {
					rep.authorities.note(it)
				}
				continue
			}
			it.refusedBy(v.refused, head)
			rep.tried(v.refused.Restricted)
		}
		if it.old {
			rep.Counts.Unchanged++
			continue
		}
		rep.refuse(it.faults)
		if err := j.put(it.faults, it.cells, it.raw); err != nil {
			return err
		}
	}
	return nil
}

// refusedBy notes a refusal that only the records kept could tell: a changed child_ref, merged times out of order.
func (it *item) refusedBy(r *domain.Refusal, head *header) {
	n := view.RowNote{Line: it.line, Column: r.Field, Reason: head.inTheirs(r.Message)}
	if c, ok := domain.ColumnNamed(r.Field); ok {
		n.Own = c.String()
		if head != nil {
			n.Column = head.name(c)
		}
	}
	it.faults = append(it.faults, n)
}
