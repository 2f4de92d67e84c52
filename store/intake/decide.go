package intake

import (
	"context"
	"errors"
	"maps"

	"homeward/domain"
	"homeward/domain/view"
)

// keeper takes rows to the desk. It opens the record of the import only when a batch first changes something, so that
// the same file again leaves no trace at all: until then each batch is rehearsed.
type keeper struct {
	desk  view.Desk
	o     *Options
	begun domain.ID // of the import, zero until a batch changes something
}

func newKeeper(desk view.Desk, o *Options) *keeper { return &keeper{desk: desk, o: o} }

func (k *keeper) record() domain.ID { return k.begun }

func (k *keeper) decide(ctx context.Context, rows []*domain.ImportRow) ([]verdict, error) {
	if k.begun == 0 {
		v, news, err := k.rehearse(ctx, rows)
		if err != nil || !news {
			return v, err
		}
		if err := k.begin(ctx); err != nil {
			return nil, err
		}
	}
	envelopes := make([]domain.Envelope, len(rows))
	for i, r := range rows {
		r.Import = k.begun
		envelopes[i] = domain.Envelope{Act: r}
	}
	answers, err := k.desk.Do(ctx, false, envelopes...)
	if err != nil {
		return nil, err
	}
	if len(answers) != len(rows) {
		return nil, errors.New("the database answered for fewer rows than it was given")
	}
	out := make([]verdict, len(rows))
	for i, a := range answers {
		if out[i] = (verdict{a.Row, a.Refused, a.Warnings}); forbidden(a.Refused) {
			return nil, a.Refused
		}
	}
	return out, nil
}

// rehearse decides a batch in memory and says whether it would change anything. A file may say two things of one episode
// in two rows: read again, the first row changes what the second changes back, which is no news.
func (k *keeper) rehearse(ctx context.Context, rows []*domain.ImportRow) (out []verdict, news bool, err error) {
	err = k.desk.Ask(ctx, func(r domain.Reader) error {
		w := domain.NewSandbox(r)
		changed := false
		for _, row := range rows {
			v, err := rehearsed(w, row)
			if err != nil {
				return err
			}
			if v.row.Created {
				news = true
				return nil // the rest will be decided in earnest
			}
			changed = changed || v.row.Updated
			v.row = domain.RowVerdict{}
			out = append(out, v)
		}
		news = changed && !sameAsBefore(w.Changes())
		return nil
	})
	if news {
		out = nil
	}
	return out, news, err
}

func rehearsed(w *domain.Sandbox, row *domain.ImportRow) (verdict, error) {
	out, err := w.Take(domain.Envelope{Act: row})
	var refusal *domain.Refusal
	switch {
	case errors.As(err, &refusal):
		if forbidden(refusal) {
			return verdict{}, refusal
		}
		return verdict{refused: refusal}, nil
	case err != nil:
		return verdict{}, err
	}
	return verdict{row: out.Row, warnings: out.Warnings}, nil
}

// mayImport refuses somebody who may not import at all.
func mayImport(ctx context.Context, desk view.Desk) error {
	return desk.Ask(ctx, func(r domain.Reader) error {
		_, err := domain.NewSandbox(r).Take(domain.Envelope{Act: &domain.BeginImport{Format: Referrals}})
		var refusal *domain.Refusal
		if errors.As(err, &refusal) && !forbidden(refusal) {
			return nil
		}
		return err
	})
}

// forbidden is no fault of the row: the person may not import at all.
func forbidden(r *domain.Refusal) bool { return r != nil && r.Code == domain.Forbidden }

// sameAsBefore says that a list of changes leaves every record saying what it said.
func sameAsBefore(changes []*domain.Change) bool {
	first, last := map[domain.ID]domain.Record{}, map[domain.ID]domain.Record{}
	for _, ch := range changes {
		for _, t := range ch.Touched {
			if _, seen := first[t.ID]; !seen {
				first[t.ID] = t.Before
			}
			last[t.ID] = t.After
		}
	}
	for id, before := range first {
		was, ok := before.(*domain.Episode)
		is, ok2 := last[id].(*domain.Episode)
		if !ok || !ok2 {
			// A referral only notes that its times moved, and they are back with the episode's. A child changes for good.
			if id.Kind() == domain.KindReferral && before != nil {
				continue
			}
			return false
		}
		if !maps.Equal(was.Edited, is.Edited) {
			return false
		}
		for _, c := range domain.EpisodeColumns() {
			if was.Value(c) != is.Value(c) {
				return false
			}
		}
	}
	return true
}

func (k *keeper) begin(ctx context.Context) error {
	format := k.o.Format
	if format == "" {
		format = Referrals
	}
	answers, err := k.desk.Do(ctx, true, domain.Envelope{Act: &domain.BeginImport{Format: format, History: k.o.history()}})
	if err != nil {
		return err
	}
	a := answers[0]
	if a.Refused != nil {
		return a.Refused
	}
	for _, id := range a.IDs {
		if id.Kind() == domain.KindImport {
			k.begun = id
			return nil
		}
	}
	return errors.New("the database gave the import no number")
}

func (k *keeper) finish(ctx context.Context, c domain.ImportCounts, authorities []string) error {
	if k.begun == 0 {
		return nil
	}
	answers, err := k.desk.Do(ctx, true, domain.Envelope{Act: &domain.EndImport{Import: k.begun, Counts: c, Authorities: authorities}})
	if err != nil {
		return err
	}
	if a := answers[0]; a.Refused != nil {
		return a.Refused
	}
	return nil
}

// previewer decides rows over what the desk has and keeps them in memory: a dry run, and the preview of a file. It treats
// batches as the keeper does, so that the counts are those the import will have.
type previewer struct {
	desk  view.Desk
	world *domain.Sandbox
	begun bool
	// each, when set, is shown every row's verdict in order, with the changes it made and the world after them.
	each func(v verdict, changes []*domain.Change, w domain.Reader) error
}

func newPreviewer(desk view.Desk) *previewer { return &previewer{desk: desk} }

func (f *previewer) record() domain.ID { return 0 }

func (f *previewer) finish(context.Context, domain.ImportCounts, []string) error { return nil }

func (f *previewer) decide(ctx context.Context, rows []*domain.ImportRow) ([]verdict, error) {
	if !f.begun {
		v, news, err := (&keeper{desk: f.desk}).rehearse(ctx, rows)
		if err != nil {
			return nil, err
		}
		if !news {
			for i := range v {
				if f.each == nil {
					continue
				}
				if err := f.each(v[i], nil, nil); err != nil {
					return nil, err
				}
			}
			return v, nil
		}
		f.begun = true
	}
	out := make([]verdict, 0, len(rows))
	err := f.desk.Ask(ctx, func(r domain.Reader) error {
		if f.world == nil {
			f.world = domain.NewSandbox(r)
		}
		f.world.Over(r)
		for _, row := range rows {
			before := len(f.world.Changes())
			v, err := rehearsed(f.world, row)
			if err != nil {
				return err
			}
			if f.each != nil {
				if err := f.each(v, f.world.Changes()[before:], f.world); err != nil {
					return err
				}
			}
			out = append(out, v)
		}
		return nil
	})
	return out, err
}
