package store

import (
	"context"
	"fmt"

	"homeward/domain"
)

// Typed text that is not saved yet, per person and place. It is no part of the record and of the log, and is durable all
// the same once KeepDraft returns.

const (
	longestDraftKey = 256
	largestDraft    = 4 << 20
)

func draftKey(login, key string) []byte { return append(appendText(nil, login), key...) }

// Draft gives the fields kept under a key, nil when there are none.
func (d *Desk) Draft(ctx context.Context, key string) (map[string]string, error) {
	var fields map[string]string
	k := draftKey(d.actor.Login, key)
	err := d.s.view(ctx, func(t *txn) error {
		return guarded(func() error {
			raw := t.bucket(inDrafts).Get(k)
			if raw == nil {
				return nil
			}
			payload, err := t.unseal(k, raw)
			if err != nil {
				return err
			}
			return decode(payload, &fields)
		})
	})
	return fields, err
}

// KeepDraft replaces them; nil or empty throws them away.
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
	k := draftKey(d.actor.Login, key)
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
		t.changed = true
		return b.Put(k, sealed)
	}))
}

// DraftKeys lists what this person has lying unfinished.
func (d *Desk) DraftKeys(ctx context.Context) ([]string, error) {
	var out []string
	prefix := appendText(nil, d.actor.Login)
	err := d.s.view(ctx, func(t *txn) error {
		return guarded(func() error {
			c := t.bucket(inDrafts).Cursor()
			for k, raw := c.Seek(prefix); k != nil && len(k) > len(prefix) && string(k[:len(prefix)]) == string(prefix); k, raw = c.Next() {
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
