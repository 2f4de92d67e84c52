package intake

import (
	"context"
	"slices"

	"homeward/domain"
)

// shownImports is how many imports are listed.
const shownImports = 100

// numberGap is how many numbers may be missing between two imports: a number is never given twice, and an import that was
// refused may have had one.
const numberGap = 20

// Imports are those that changed something, the newest first.
func (c *Clerk) Imports(ctx context.Context) (out []*domain.Import, err error) {
	if err := mayImport(ctx, c.Desk); err != nil {
		return nil, err
	}
	err = c.Desk.Ask(ctx, func(r domain.Reader) error {
		for n, gap := uint64(1), 0; gap < numberGap; n++ {
			i, err := r.Import(domain.NewID(domain.KindImport, n))
			if err != nil {
				return err
			}
			if gap++; i != nil {
				gap = 0
				out = append(out, i)
				out = out[max(0, len(out)-shownImports):]
			}
		}
		return nil
	})
	slices.Reverse(out)
	return out, err
}
