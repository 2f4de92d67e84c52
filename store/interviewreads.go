package store

import (
	"encoding/binary"
	"slices"

	"homeward/domain"
)

// The look-ups about interviews and what became of their follow-ups, each answered by an index.

func (w *world) Interview(id domain.ID) (*domain.Interview, error) {
	return as[domain.Interview](w.own(id))
}

func (w *world) InterviewsOf(child domain.ID) ([]*domain.Interview, error) {
	ids, err := w.ids(ixInterviews, idKey(child))
	if err != nil {
		return nil, err
	}
	return all(w, ids, w.Interview)
}

func (w *world) Noted(id domain.ID) (*domain.Noted, error) { return as[domain.Noted](w.own(id)) }

func (w *world) NotedNamed(key string) (domain.ID, error) { return w.byText(ixNoted, key) }

func (w *world) AllNoted() ([]domain.ID, error) {
	ids, err := w.ids(ixNoted, nil)
	slices.Sort(ids)
	return ids, err
}

// EndedFollowUps are read from the time on, oldest first as they stand, and turned round.
func (w *world) EndedFollowUps(since domain.Moment) (out []domain.ID, err error) {
	defer w.catch(&err)
	var from []byte // of no time: all of them
	if since != 0 {
		from = binary.BigEndian.AppendUint64(nil, uint64(since.Unix())^1<<63)
	}
	err = w.t.scanFrom(ixEnded, from, func(k, _ []byte) (bool, error) {
		id, err := lastID(k)
		out = append(out, id)
		return true, err
	})
	slices.Reverse(out)
	return out, err
}
