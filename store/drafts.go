package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"

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

// keptText is what is kept of a draft: whose it is and where it was typed stand in it, since its key has hashes of them.
type keptText struct {
	_      struct{} `cbor:",toarray"`
	Owner  string
	Place  string
	Fields map[string]string
}

func (k textKeys) draftKey(owner, place string) []byte {
	return k.appendText(k.prefix(inDrafts, owner), inDrafts, place)
}

// Draft gives the fields kept under a key, nil when there are none.
func (d *Desk) Draft(ctx context.Context, key string) (map[string]string, error) {
	return d.keptText(ctx, d.actor.Login, key)
}

// keptText gives the fields of an owner's place.
func (d *Desk) keptText(ctx context.Context, owner, place string) (fields map[string]string, err error) {
	err = d.s.view(ctx, func(t *txn) error {
		if err := domain.CheckActor(t.settings, d.s.clock(), d.actor); err != nil {
			return err
		}
		fields, err = t.keptText(owner, place)
		return err
	})
	return fields, err
}

func (t *txn) keptText(owner, place string) (fields map[string]string, err error) {
	err = guarded(func() error {
		k := t.texts.draftKey(owner, place)
		raw := t.get(inDrafts, k)
		if raw == nil {
			return nil
		}
		kept, err := t.openText(k, raw)
		fields = kept.Fields
		return err
	})
	return fields, err
}

func (t *txn) openText(key, raw []byte) (kept keptText, err error) {
	payload, err := t.unseal(inDrafts, key, raw)
	if err == nil {
		if err = decode(payload, &kept); err != nil {
			err = unreadable(err, "the text that is kept")
		}
	}
	return kept, err
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
	return d.s.named(d.s.write(ctx, func(t *txn) error {
		k := t.texts.draftKey(owner, key)
		b := t.bucket(inDrafts)
		if len(fields) == 0 {
			if b.Get(k) == nil {
				return nil
			}
			t.changed = true
			return b.Delete(k)
		}
		sealed, _, err := t.seal(inDrafts, k, &keptText{Owner: owner, Place: key, Fields: fields})
		if err != nil {
			return err
		}
		if err := t.roomForDraft(t.texts.prefix(inDrafts, owner), k, len(sealed)); err != nil {
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
	err := d.s.view(ctx, func(t *txn) error {
		if err := domain.CheckActor(t.settings, d.s.clock(), d.actor); err != nil {
			return err
		}
		return guarded(func() error {
			prefix := t.texts.prefix(inDrafts, d.actor.Login)
			c := t.newCursor(inDrafts)
			for k, raw := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, raw = c.Next() {
				kept, err := t.openText(k, raw)
				if err != nil {
					return err
				}
				out = append(out, kept.Place)
			}
			slices.Sort(out)
			return nil
		})
	})
	return out, err
}
