package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"homeward/store/keyring"
)

// Writing a file anew: everything it holds goes into another, sealed as that one is. Nothing of what was deleted goes along, nor what
// lay in pages that are free.

// rewritten is what a file is to be sealed with once it was written anew.
type rewritten struct {
	box  *box
	seal sealing
	keys *keyring.File // its copy in the file
}

// atOnce is how many entries go into one transaction.
const atOnce = 20_000

type rewriter struct {
	ctx context.Context
	t   *txn // of the file as it is
	to  codec
	as  rewritten
	db  *bolt.DB
}

// rewrite writes all that a transaction sees into a new file.
func (t *txn) rewrite(ctx context.Context, path string, as rewritten) (err error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: time.Second, PageSize: newPageSize, NoFreelistSync: true,
		FreelistType: bolt.FreelistMapType, NoSync: true}) // it is synced once, before it has its name
	if err != nil {
		return err
	}
	r := &rewriter{ctx: ctx, t: t, as: as, db: db, to: newCodec(t.s.knows, as.box)}
	for b := range bucketCount {
		if err = r.bucket(b); err != nil {
			break
		}
	}
	if err == nil {
		err = db.Update(r.meta)
	}
	if err2 := db.Close(); err == nil {
		err = err2
	}
	return err
}

// bucket copies one: in the order of its keys, so that the pages are full.
func (r *rewriter) bucket(b bucket) error {
	var waiting []put
	c := r.t.under(b).Cursor()
	k, raw := c.First()
	if b.row().texts { // other hashes, another order
		all := []put{}
		for ; k != nil; k, raw = c.Next() {
			p, err := r.sealed(b, k, raw)
			if err != nil {
				return err
			}
			all = append(all, p)
		}
		slices.SortFunc(all, func(a, b put) int { return bytes.Compare(a.key, b.key) })
		for len(all) > atOnce {
			if err := r.into(b, all[:atOnce]); err != nil {
				return err
			}
			all = all[atOnce:]
		}
		return r.into(b, all)
	}
	for ; k != nil; k, raw = c.Next() {
		p, err := r.sealed(b, k, raw)
		if err != nil {
			return err
		}
		if waiting = append(waiting, p); len(waiting) == atOnce {
			if err := r.into(b, waiting); err != nil {
				return err
			}
			waiting = waiting[:0]
			r.to.arena = nil
		}
	}
	return r.into(b, waiting)
}

func (r *rewriter) into(b bucket, puts []put) error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	return r.db.Update(func(tx *bolt.Tx) error {
		k, err := tx.CreateBucketIfNotExists(b.key())
		if err != nil {
			return err
		}
		k.FillPercent = b.fill()
		for _, p := range puts {
			if err := k.Put(p.key, p.value); err != nil {
				return err
			}
		}
		return nil
	})
}

// sealed is an entry as the new file has it.
func (r *rewriter) sealed(b bucket, key, raw []byte) (put, error) {
	kept, err := r.t.kept(b, key, raw)
	if err != nil {
		return put{}, err
	}
	if b.row().texts {
		if key, err = r.as.box.textKeys().retext(b, key, kept); err != nil {
			return put{}, err
		}
	}
	key = bytes.Clone(key)
	return put{key, r.to.sealAs(b, key, raw, kept)}, nil
}

// kept is what stands under a key of a bucket: the payload of an envelope, or an entry's value.
func (c *codec) kept(b bucket, key, raw []byte) ([]byte, error) {
	if b.enveloped() {
		return c.unseal(b, key, raw)
	}
	return c.openEntry(b, key, raw)
}

// sealAs seals what was kept, under the record schema that was stamped on it.
func (c *codec) sealAs(b bucket, key, was, kept []byte) []byte {
	if !b.enveloped() {
		return c.sealEntry(b, key, kept)
	}
	own := c.schema
	defer func() { c.schema = own }()
	c.schema = binary.BigEndian.Uint16(was[2:])
	return c.sealBytes(b, key, kept)
}

// meta says what the new file is sealed with.
func (r *rewriter) meta(tx *bolt.Tx) error {
	if r.as.box == nil {
		return nil
	}
	if err := putMeta(tx, metaRing, r.as.seal.bytes()); err != nil {
		return err
	}
	return putMeta(tx, metaSlots, r.as.keys.Bytes())
}
