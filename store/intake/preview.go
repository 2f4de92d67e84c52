package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"homeward/domain"
	"homeward/domain/view"
)

// The verdicts of a previewed row.
const (
	New       = "new"
	Changed   = "changed"
	Unchanged = "unchanged"
	Doubtful  = "doubtful" // a new child is made although one alike is known
	Refused   = "refused"
)

// previewed is how many rows of a file a preview tells one by one unless said otherwise.
const previewed = 5000

// Preview says what a file would do, row by row for the first limit rows (0 for 5,000) and in figures for those; what
// stands behind them is not read, and Stopped says that there was more. Nothing is kept.
func Preview(ctx context.Context, desk view.Desk, src io.Reader, o Options, limit int) ([]view.PreviewRow, *Report, error) {
	if limit <= 0 {
		limit = previewed
	}
	r, err := openTwice(ctx, src, desk, &o)
	if err != nil {
		return nil, nil, err
	}
	rep := &Report{}
	rep.FileNotes, rep.Sheets, rep.Sheet = r.head.warnings, r.sheets, r.sheet
	defer func() { rep.tellOdd(r.head.blanks) }()
	var rows []view.PreviewRow
	d := newPreviewer(desk)
	for len(rows) < limit {
		if err := ctx.Err(); err != nil {
			return rows, rep, err
		}
		b := r.batch(min(o.batchRows(), limit-len(rows)), desk.Now())
		told, err := previewItems(ctx, d, b.items, r.head, rep)
		rows = append(rows, told...)
		if o.Progress != nil {
			o.Progress(b.bytes, rep.Counts.Read)
		}
		switch {
		case err != nil:
			return rows, rep, err
		case b.err == io.EOF:
			return rows, rep, rep.tell(ctx, desk)
		case b.err != nil:
			rep.Stopped = true
			return rows, rep, b.err
		}
	}
	_, err = r.rows.next()
	rep.Stopped = err != io.EOF
	return rows, rep, rep.tell(ctx, desk)
}

// tell ends a preview: it says what is odd about the authorities, and has it recorded whose records were tried.
func (r *Report) tell(ctx context.Context, desk view.Desk) error {
	if err := view.NoteTried(ctx, desk, r.Tried); err != nil {
		return err
	}
	return r.authorities.tell(ctx, desk, r)
}

// previewItems decides one batch in memory and tells each row.
func previewItems(ctx context.Context, d *previewer, items []item, head *header, rep *Report) ([]view.PreviewRow, error) {
	var decided []view.PreviewRow
	d.each = func(v verdict, changes []*domain.Change, w domain.Reader) error {
		f, err := previewRow(v, changes, w)
		decided = append(decided, f)
		return err
	}
	if err := take(ctx, items, d, rep, head, &rejects{}); err != nil {
		return nil, err
	}
	rows := make([]view.PreviewRow, len(items))
	for i := range items {
		it := &items[i]
		f := view.PreviewRow{Verdict: Refused}
		switch {
		case it.act != nil:
			f, decided = decided[0], decided[1:]
		case it.old:
			f.Verdict = Unchanged
		}
		f.Line, f.Row, f.Notes = it.line, it.row, it.faults
		f.Warnings = slices.Concat(it.warnings, f.Warnings)
		rows[i] = f
	}
	return rows, nil
}

// previewRow puts what came of a row into words.
func previewRow(v verdict, changes []*domain.Change, w domain.Reader) (view.PreviewRow, error) {
	f := view.PreviewRow{Warnings: v.warnings}
	switch {
	case v.refused != nil:
		f.Verdict = Refused
		return f, nil
	case v.row.Created:
		f.Verdict = New
	case v.row.Updated:
		f.Verdict = Changed
	default:
		f.Verdict = Unchanged
		return f, nil
	}
	for _, ch := range changes {
		for _, t := range ch.Touched {
			if err := domain.MayOpen(w, t.After); err != nil {
				var closed *domain.Refusal
				if errors.As(err, &closed) {
					continue // nothing is said of a child they may not see
				}
				return f, err
			}
			f.Changes = append(f.Changes, differences(t)...)
			child, ok := t.After.(*domain.Child)
			if !ok || !v.row.ChildCreated || t.Before != nil {
				continue
			}
			alike, err := domain.PossibleDuplicates(w, child)
			if err != nil {
				return f, err
			}
			for _, l := range alike {
				other, err := w.Child(l.Other)
				if err != nil {
					return f, err
				}
				if other != nil && other.OpenTo(w.Settings(), w.Actor().Login) {
					f.Verdict = Doubtful
					ref := other.ShownRef()
					if other.Ref == "" && domain.InSandbox(other.ID) {
						ref = "another child of this file,"
					}
					f.Alike = append(f.Alike, fmt.Sprintf("%s %s: %s", ref, other.Name(), l.Why))
				}
			}
		}
	}
	return f, nil
}

// RunRows takes in rows that came from no file any more: those of a preview, mended by hand. Each keeps the line it had.
func RunRows(ctx context.Context, desk view.Desk, rows []NumberedRow, o Options) (*Report, error) {
	rep := &Report{}
	items := make([]item, len(rows))
	now := desk.Now()
	for i, r := range rows {
		items[i] = item{line: r.Line, row: r.Row}
		items[i].read(nil, desk.Settings(), now)
		if items[i].act != nil {
			items[i].act.History = o.history()
		}
	}
	var d decider = newKeeper(desk, &o)
	if o.DryRun {
		d = newPreviewer(desk)
	}
	err := take(ctx, items, d, rep, nil, &rejects{})
	if err == nil {
		if err = rep.authorities.tell(ctx, desk, rep); err == nil {
			err = d.finish(ctx, rep.Counts, rep.authorities.names())
		}
	}
	rep.Stopped, rep.Import = err != nil, d.record()
	if noted := view.NoteTried(ctx, desk, rep.Tried); err == nil {
		err = noted
	}
	return rep, err
}

// NumberedRow is a row of ours and the line of the file it came from, 0 for none.
type NumberedRow struct {
	Line int
	Row  domain.Row
}
