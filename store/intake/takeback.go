package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"homeward/domain"
	"homeward/domain/view"
)

// TakeBack takes an import back, the last row first: each on which nobody has built since, and of which who asks may see the child.
// What stays is told by its line. A dry run decides the same in memory.
func (c *Clerk) TakeBack(ctx context.Context, number string, dryRun bool) (*view.TakenBack, error) {
	id, ok := domain.KindImport.ParseKind(number)
	if !ok {
		return nil, fmt.Errorf("there is no import %q (they look like B12)", number)
	}
	rows, err := rowsOf(ctx, c.Desk, id)
	if err != nil {
		return nil, err
	}
	acts := make([]domain.Envelope, len(rows))
	for i, ch := range rows {
		acts[i] = domain.Envelope{Act: &domain.TakeBackRow{Import: id, Of: ch.ID}}
	}
	if dryRun {
		answers, err := rehearseBack(ctx, c.Desk, acts)
		if err != nil {
			return nil, err
		}
		return takenBack(id, rows, answers)
	}
	answers, broken := c.Desk.Do(ctx, false, acts...)
	rep, err := takenBack(id, rows, answers)
	if err = cmp.Or(broken, err); err != nil || rep.Rows == 0 {
		return rep, err
	}
	ended, err := c.Desk.Do(ctx, true, domain.Envelope{Act: &domain.EndTakeBack{Import: id, Rows: rep.Rows, Stay: len(rep.Stay)}})
	if err == nil && ended[0].Refused != nil {
		err = ended[0].Refused
	}
	return rep, err
}

// ofRestricted is why a row of a restricted child stays; nothing is said of the child.
const ofRestricted = "it is about a restricted child: it stays until somebody who may see the child takes it back"

// takenBack is what became of the rows. It gives the refusal where none is for who asks to take back.
func takenBack(id domain.ID, rows []*domain.Change, answers []domain.Answer) (*view.TakenBack, error) {
	rep := &view.TakenBack{Import: id}
	var others *domain.Refusal
	for i, a := range answers {
		note := view.RowNote{Line: rows[i].Line, Ref: refOf(rows[i])}
		stays := func(why string) { note.Reason = why; rep.Stay = append(rep.Stay, note) }
		switch refused := a.Refused; {
		case refused == nil:
			rep.Rows++
			for _, w := range a.Warnings {
				note.Reason = w
				rep.Notes = append(rep.Notes, note)
			}
		case refused.Restricted != 0:
			note.Ref = ""
			stays(ofRestricted)
			if !slices.Contains(rep.Tried, refused.Restricted) {
				rep.Tried = append(rep.Tried, refused.Restricted)
			}
		case refused.Code == domain.Forbidden:
			others = refused
			stays(refused.Message)
		default:
			stays(refused.Message)
		}
	}
	if others != nil && rep.Rows == 0 {
		return nil, others
	}
	slices.Reverse(rep.Stay)
	slices.Reverse(rep.Notes)
	return rep, nil
}

// refOf is the police_ref of a row by what it did.
func refOf(ch *domain.Change) string {
	for _, t := range ch.Touched {
		if e, ok := t.After.(*domain.Episode); ok {
			return e.PoliceRef
		}
	}
	return ""
}

// rehearseBack decides the acts one after the other in memory.
func rehearseBack(ctx context.Context, desk view.Desk, acts []domain.Envelope) (answers []domain.Answer, err error) {
	err = desk.Ask(ctx, func(r domain.Reader) error {
		w := domain.NewSandbox(r)
		for _, act := range acts {
			a := domain.Answer{Act: act.Act.Name()}
			out, err := w.Take(act)
			switch {
			case errors.As(err, &a.Refused):
			case err != nil:
				return err
			default:
				a.Warnings = out.Warnings
			}
			answers = append(answers, a)
		}
		return nil
	})
	return answers, err
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
