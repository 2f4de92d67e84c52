package intake

import (
	"context"
	"slices"

	"homeward/domain"
)

// shownImports is how many imports are listed.
const shownImports = 100

// Imports are those that changed something, the newest first.
func (c *Clerk) Imports(ctx context.Context) (out []*domain.Import, err error) {
	if err := mayImport(ctx, c.Desk); err != nil {
		return nil, err
	}
	err = c.Desk.Ask(ctx, func(r domain.Reader) error {
		return domain.EachImport(r, func(i *domain.Import) {
			out = append(out, i)
			out = out[max(0, len(out)-shownImports):]
		})
	})
	slices.Reverse(out)
	return out, err
}
