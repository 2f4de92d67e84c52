package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"homeward/domain"
	"homeward/domain/view"
)

// TakeBack takes an import back, the last row first: each on which nobody has built since. What stays is told by its line.
func (c *Clerk) TakeBack(ctx context.Context, number string) (*view.TakenBack, error) {
	id, ok := domain.KindImport.ParseKind(number)
	if !ok {
		return nil, fmt.Errorf("there is no import %q (they look like B12)", number)
	}
	rows, err := rowsOf(ctx, c.Desk, id)
	if err != nil {
		return nil, err
	}
	rep := &view.TakenBack{Import: id}
	acts := make([]domain.Envelope, len(rows))
	for i, ch := range rows {
		acts[i] = domain.Envelope{Act: &domain.TakeBackRow{Import: id, Of: ch.ID}}
	}
	answers, err := c.Desk.Do(ctx, false, acts...)
	for i, a := range answers {
		switch {
		case a.Refused != nil && a.Refused.Code == domain.Forbidden:
			return nil, a.Refused
		case a.Refused != nil:
			rep.Stay = append(rep.Stay, view.RowNote{Line: rows[i].Line, Reason: a.Refused.Message})
		default:
			rep.Rows++
			for _, w := range a.Warnings {
				rep.Notes = append(rep.Notes, view.RowNote{Line: rows[i].Line, Reason: w})
			}
		}
	}
	slices.Reverse(rep.Stay)
	slices.Reverse(rep.Notes)
	if err != nil || rep.Rows == 0 {
		return rep, err
	}
	ended, err := c.Desk.Do(ctx, true, domain.Envelope{Act: &domain.EndTakeBack{Import: id, Rows: rep.Rows, Stay: len(rep.Stay)}})
	if err == nil && ended[0].Refused != nil {
		err = ended[0].Refused
	}
	return rep, err
}

// rowsOf are the changes of an import that stand, the last first.
func rowsOf(ctx context.Context, desk view.Desk, id domain.ID) (out []*domain.Change, err error) {
	err = desk.Ask(ctx, func(r domain.Reader) error {
		i, err := r.Import(id)
		if err != nil {
			return err
		}
		if i == nil {
			return fmt.Errorf("there is no import %s", id)
		}
		all, err := r.ChangesOf(i.By, i.Begun.Time())
		for _, ch := range all {
			if ch.Import == id && ch.Undone == 0 {
				out = append(out, ch)
			}
		}
		if err == nil && len(out) == 0 {
			err = errors.New(id.String() + " has no row that stands: it was taken back already")
		}
		return err
	})
	return out, err
}
