package intake

import (
	"context"
	"hash/maphash"
	"io"
	"strings"
	"time"

	"homeward/domain"
)

// lastRows knows the rows of a file that a later one of the same reference and the same child makes out of date: within one
// file the last row of a reference counts, earlier ones are reported (INTERFACES, referral CSV). A row that cannot be read
// counts for nothing, so that what came before it is not lost with it.
type lastRows struct {
	seed maphash.Seed
	last map[uint64]int // the line of the row that counts, by the reference's hash; of references in several rows alone
}

// told is what a first reading remembers of a reference.
type told struct {
	child uint64
	again bool // it stands in several rows
	mixed bool // they speak of different children: each row is decided by itself
}

// findLastRows reads a file as often as it takes; begin opens it anew each time.
func findLastRows(ctx context.Context, begin func() (*reader, error), now time.Time) (*lastRows, error) {
	l := &lastRows{seed: maphash.MakeSeed()}
	seen := map[uint64]told{}
	several := false
	err := eachRow(ctx, begin, func(_ *reader, it *item) {
		ref, child, ok := l.key(&it.row)
		if !ok {
			return
		}
		t, known := seen[ref]
		switch {
		case !known:
			t.child = child
		case t.child == child:
			t.again, several = true, true
		default:
			t.mixed = true
		}
		seen[ref] = t
	})
	if err != nil || !several {
		return nil, err
	}
	l.last = map[uint64]int{}
	err = eachRow(ctx, begin, func(r *reader, it *item) {
		ref, _, ok := l.key(&it.row)
		if t := seen[ref]; !ok || !t.again || t.mixed {
			return
		}
		if _, faults := domain.ReadRow(&it.row, r.settings, now, true); faults == nil {
			l.last[ref] = it.line
		}
	})
	return l, err
}

// eachRow reads the rows of a file to where it ends or breaks off: the import that follows meets the same break.
func eachRow(ctx context.Context, begin func() (*reader, error), each func(*reader, *item)) error {
	r, err := begin()
	if err != nil {
		return err
	}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		rec, err := r.rows.next()
		switch {
		case err == nil:
		case r.ofWorkbook() && err != io.EOF:
			return err
		default:
			return nil //nolint:nilerr // see above
		}
		it := item{line: rec.line}
		if rec.sheet {
			r.fitted(&rec, &it)
			r.badCells(&rec, &it)
		}
		if rec.fault != "" || len(rec.fields) != r.head.width || it.faults != nil {
			continue
		}
		if r.head.row(rec.fields, &it); it.faults == nil {
			each(r, &it)
		}
	}
}

// key is a row's reference and the child it names; false without a reference.
func (l *lastRows) key(row *domain.Row) (ref, child uint64, ok bool) {
	name := strings.TrimSpace(row[domain.ColPoliceRef])
	who := strings.TrimSpace(row[domain.ColChildRef])
	if who == "" {
		who = "|" + domain.NameKey(row[domain.ColGivenName], row[domain.ColFamilyName]) + "|" + strings.TrimSpace(row[domain.ColDOB])
	}
	return maphash.String(l.seed, name), maphash.String(l.seed, who), name != ""
}

// countsInstead is the line of the row that counts instead of one that can be read; 0 where that one counts.
func (l *lastRows) countsInstead(it *item) int {
	if l == nil {
		return 0
	}
	ref, _, ok := l.key(&it.row)
	if line := l.last[ref]; ok && line > it.line {
		return line
	}
	return 0
}
