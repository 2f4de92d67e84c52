package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// unsalt gives a file the log that the program had before its words stood beside it: for files of older formats.
func unsalt(tx *bolt.Tx) error {
	v := ownVersions()
	m, err := readMeta(tx, v)
	if err != nil {
		return err
	}
	t := newTxn(&Store{knows: v}, tx, settings())
	t.meta = m
	var lines []*oldLine
	for seq := uint64(1); seq <= m.head.count; seq++ {
		l, _, err := t.line(seq)
		if err != nil {
			return err
		}
		o := &oldLine{Seq: l.Seq, Kind: l.Kind, Login: l.Login, OSUser: l.OSUser, Role: l.Role, When: l.When, Machine: l.Machine, Act: l.Act,
			Content: l.Content, ActID: l.ActID, At: l.At, Saw: l.Saw, Summary: l.Summary, Child: l.Child, UndoOf: l.UndoOf}
		for i, a := range l.Touched {
			old := oldTouched{ID: a.ID, Ver: a.Ver, Child: a.Child}
			if old.Before, err = t.before(l, i); err != nil {
				return err
			}
			if old.After, err = t.after(l, i); err != nil {
				return err
			}
			o.Touched = append(o.Touched, old)
		}
		lines = append(lines, o)
	}
	b := tx.Bucket(inAudit.key())
	head := auditHead{}
	for _, o := range lines {
		o.Prev = bytes.Clone(head.hash[:])
		body, err := modesEncode(o)
		if err != nil {
			return err
		}
		head.count, head.hash = o.Seq, sha256.Sum256(body)
		key := idKey(changeID(o.Seq))
		c := codec{schema: recordSchema - 1}
		if err := b.Put(key, c.sealBytes(inAudit, key, append(head.hash[:], body...))); err != nil {
			return err
		}
	}
	for b := range bucketCount {
		if b.since() >= saltedLog {
			if err := tx.DeleteBucket(b.key()); err != nil {
				return err
			}
		}
	}
	for _, name := range oldTextBuckets() {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	if err := tx.Bucket(inMeta.key()).Delete([]byte(metaFormerHead)); err != nil {
		return err
	}
	if err := putMeta(tx, metaHead, head.bytes()); err != nil {
		return err
	}
	return putMeta(tx, metaFormat, versionBytes(saltedLog-1))
}

// headOf writes the head of a file's log down beside it.
func headOf(t testing.TB, path string) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // opened for reading
	m, err := metaOf(db, ownVersions())
	if err == nil {
		err = writeHeadFile(path, headFile{m.database, m.head.count, hex.EncodeToString(m.head.hash[:])})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// resaid changes a line and what it says, and seals both again.
func resaid(tx *bolt.Tx, seq uint64, f func(*keptLine, *saidLine) error) error {
	key := idKey(changeID(seq))
	said := new(saidLine)
	if err := decode(tx.Bucket(inSaid.key()).Get(key)[sealSize:], said); err != nil {
		return err
	}
	if err := edit(tx, seq, func(k *keptLine) { _ = f(k, said) }); err != nil {
		return err
	}
	c := newCodec(ownVersions(), nil)
	sealed, _, err := c.seal(inSaid, key, said)
	if err != nil {
		return err
	}
	return tx.Bucket(inSaid.key()).Put(key, sealed)
}
