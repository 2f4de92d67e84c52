package store

import (
	"bytes"
	"context"
	"fmt"

	"homeward/domain"
)

// Typed text that is not saved yet, per person and place. It is no part of the record and of the log, and is durable all
// the same once KeepDraft returns.

// A draft is kept at every pause in typing, so it is bounded by what that may cost: one of 600 KB takes 3 to 9 ms with its commit,
// the largest 40 to 70 ms. The largest holds the record of an interview over six episodes with every answer at its limit in letters
// of two bytes. What one person leaves lying is bounded too, because everybody shares the disk.
const (
	longestDraftKey = 256
	largestDraft    = 16 << 20
	mostDrafts      = 1000 // of one person
	mostDraftBytes  = 64 << 20
)

func draftKey(login, key string) []byte { return append(appendText(nil, login), key...) }

// Draft gives the fields kept under a key, nil when there are none.
func (d *Desk) Draft(ctx context.Context, key string) (map[string]string, error) {
	return d.keptText(ctx, draftKey(d.actor.Login, key))
}

// keptText gives the fields under a key of the bucket of drafts.
func (d *Desk) keptText(ctx context.Context, k []byte) (fields map[string]string, err error) {
	err = d.s.view(ctx, func(t *txn) error {
		if err := domain.CheckActor(t.settings, d.s.clock(), d.actor); err != nil {
			return err
		}
		fields, err = t.keptText(k)
		return err
	})
	return fields, err
}

func (t *txn) keptText(k []byte) (fields map[string]string, err error) {
	return fields, guarded(func() error {
		raw := t.get(inDrafts, k)
		if raw == nil {
			return nil
		}
		payload, err := t.unseal(k, raw)
		if err != nil {
			return err
		}
		if err := decode(payload, &fields); err != nil {
			return unreadable(err, "the text that is kept")
		}
		return nil
	})
}

// KeepDraft replaces them; nil or empty throws them away. Who is no longer in the configuration may keep what they were
// typing, and read nothing.
func (d *Desk) KeepDraft(ctx context.Context, key string, fields map[string]string) error {
	if key == "" || len(key) > longestDraftKey {
		return fmt.Errorf("a draft's place has between 1 and %d characters", longestDraftKey)
	}
	size := 0
	for k, v := range fields {
		size += len(k) + len(v)
	}
	if size > largestDraft {
		return &domain.Refusal{Code: domain.Invalid, Message: "this is too long to be kept as a draft"}
	}
	return d.keepText(ctx, d.actor.Login, key, fields)
}

// keepText puts fields under an owner and a key of the bucket of drafts, within what one owner may leave lying.
func (d *Desk) keepText(ctx context.Context, owner, key string, fields map[string]string) error {
	k := draftKey(owner, key)
	return d.s.named(d.s.write(ctx, func(t *txn) error {
		b := t.bucket(inDrafts)
		if len(fields) == 0 {
			if b.Get(k) == nil {
				return nil
			}
			t.changed = true
			return b.Delete(k)
		}
		sealed, _, err := t.seal(k, fields)
		if err != nil {
			return err
		}
		if err := t.roomForDraft(draftKey(owner, ""), k, len(sealed)); err != nil {
			return err
		}
		t.changed = true
		return b.Put(k, sealed)
	}))
}

// roomForDraft refuses one more than a person may leave lying; replacing one by a shorter one always goes.
func (t *txn) roomForDraft(prefix, key []byte, size int) error {
	n, total, was := 1, size, 0
	c := t.bucket(inDrafts).Cursor()
	for k, raw := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, raw = c.Next() {
		if bytes.Equal(k, key) {
			was = len(raw)
			continue
		}
		n++
		total += len(raw)
	}
	if (n > mostDrafts || total > mostDraftBytes) && (was == 0 || size > was) {
		return &domain.Refusal{Code: domain.Invalid, Message: "too much unfinished text is lying here already: save some of it, or throw some away"}
	}
	return nil
}

// DraftKeys lists what this person has lying unfinished.
func (d *Desk) DraftKeys(ctx context.Context) ([]string, error) {
	var out []string
	prefix := appendText(nil, d.actor.Login)
	err := d.s.view(ctx, func(t *txn) error {
		if err := domain.CheckActor(t.settings, d.s.clock(), d.actor); err != nil {
			return err
		}
		return guarded(func() error {
			c := t.newCursor(inDrafts)
			for k, raw := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, raw = c.Next() {
				if _, err := t.unseal(k, raw); err != nil {
					return err
				}
				out = append(out, string(k[len(prefix):]))
			}
			return nil
		})
	})
	return out, err
}
