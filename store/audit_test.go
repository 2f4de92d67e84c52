package store

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
	"homeward/domain/view"
)

// tampered opens a file with bbolt alone, as somebody with the rights to the file could.
func tampered(t *testing.T, path string, f func(tx *bolt.Tx) error) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoFreelistSync: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(f); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// rehash makes the log whole again after tampering, as far as the file alone goes: every checksum, link and the end.
func rehash(tx *bolt.Tx) error {
	var c codec
	c.schema = recordSchema
	var head auditHead
	b := tx.Bucket([]byte(inAudit.name()))
	var lines []*keptLine
	if err := b.ForEach(func(k, raw []byte) error {
		l := new(keptLine)
		if err := decode(raw[sealSize+hashSize:], l); err != nil {
			return err
		}
		lines = append(lines, l)
		return nil
	}); err != nil {
		return err
	}
	for _, l := range lines {
		head.count++
		l.Prev = bytes.Clone(head.hash[:])
		body, err := modesEncode(l)
		if err != nil {
			return err
		}
		head.hash = sha256.Sum256(body)
		key := idKey(changeID(l.Seq))
		if err := b.Put(key, c.sealBytes(inAudit, key, append(head.hash[:], body...))); err != nil {
			return err
		}
	}
	return putMeta(tx, metaHead, head.bytes())
}

// edit changes a line and seals it again, so that only the chain can tell.
func edit(tx *bolt.Tx, seq uint64, f func(*keptLine)) error {
	b := tx.Bucket([]byte(inAudit.name()))
	key := idKey(changeID(seq))
	l := new(keptLine)
	if err := decode(b.Get(key)[sealSize+hashSize:], l); err != nil {
		return err
	}
	f(l)
	body, err := modesEncode(l)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	c := newCodec(ownVersions(), nil)
	return b.Put(key, c.sealBytes(inAudit, key, append(sum[:], body...)))
}

func TestTamperingIsFoundOut(t *testing.T) {
	original := full(t, 12)
	was, wasHead := read(t, original), read(t, original+".head")
	s := opens(t, original, testOptions()) // a day's work on top
	for i := 13; i <= 20; i++ {
		did(t, s.Desk(dee()), "%s", referral(i))
	}
	_ = s.Close()
	good, head := read(t, original), read(t, original+".head")
	del := func(tx *bolt.Tx, seq uint64) error {
		return tx.Bucket([]byte(inAudit.name())).Delete(idKey(changeID(seq)))
	}
	for name, c := range map[string]struct {
		tamper  func(tx *bolt.Tx) error
		rewrite func(path string)
		sound   bool
		writes  bool // found by the walk only: opening does not walk the log
	}{
		"nothing (control)": {sound: true, writes: true},
		"a byte of a line": {tamper: func(tx *bolt.Tx) error {
			b := tx.Bucket([]byte(inAudit.name()))
			key := idKey(changeID(5))
			v := bytes.Clone(b.Get(key))
			v[len(v)-3] ^= 1
			return b.Put(key, v)
		}, writes: true},
		"a line edited":  {tamper: func(tx *bolt.Tx) error { return edit(tx, 5, func(l *keptLine) { l.Login = "sam" }) }, writes: true},
		"a line dropped": {tamper: func(tx *bolt.Tx) error { return del(tx, 5) }, writes: true},
		"edited, all hashed anew": {tamper: func(tx *bolt.Tx) error {
			if err := edit(tx, 5, func(l *keptLine) { l.Login = "sam" }); err != nil {
				return err
			}
			return rehash(tx)
		}},
		"cut at the end": {tamper: func(tx *bolt.Tx) error { return del(tx, 20) }},
		"cut at the end, hashed anew": {tamper: func(tx *bolt.Tx) error {
			if err := del(tx, 20); err != nil {
				return err
			}
			return rehash(tx)
		}},
		"yesterday's file": {rewrite: func(p string) { _ = os.WriteFile(p, was, 0o600) }},
		"head of another":  {rewrite: func(p string) { _ = os.WriteFile(p+".head", read(t, full(t, 20)+".head"), 0o600) }},
		"head gone":        {rewrite: func(p string) { _ = os.Remove(p + ".head") }},
		"head spoilt":      {rewrite: func(p string) { _ = os.WriteFile(p+".head", []byte("{}"), 0o600) }},
		"head lags":        {rewrite: func(p string) { _ = os.WriteFile(p+".head", wasHead, 0o600) }, sound: true, writes: true},
		"head ahead": {rewrite: func(p string) {
			_ = os.WriteFile(p+".head", bytes.Replace(head, []byte(`"count":20`), []byte(`"count":21`), 1), 0o600)
		}},
		"a record rewritten": {tamper: func(tx *bolt.Tx) error {
			id := domain.NewID(domain.KindChild, 3)
			b := tx.Bucket([]byte(inChildren.name()))
			r, err := decodeRecord(id, b.Get(idKey(id))[sealSize:])
			if err != nil {
				return err
			}
			r.(*domain.Child).Gender = "x"
			c := newCodec(ownVersions(), nil)
			sealed, _, err := c.seal(inChildren, idKey(id), r)
			if err != nil {
				return err
			}
			return b.Put(idKey(id), sealed)
		}, writes: true},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "hw.db")
			_ = os.WriteFile(path, good, 0o600)
			_ = os.WriteFile(path+".head", head, 0o600)
			if c.tamper != nil {
				tampered(t, path, c.tamper)
			}
			if c.rewrite != nil {
				c.rewrite(path)
			}
			r, err := Check(ctx, path, CheckOptions{Settings: settings()})
			if err != nil {
				t.Fatal(err)
			}
			if sound := len(r.Findings) == 0; sound != c.sound {
				t.Errorf("check found %v", r.Findings)
			}
			o := testOptions()
			o.Mode = Read
			reader := opens(t, path, o)
			verified, err := reader.AuditVerify(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if sound := len(verified.Findings) == 0; sound != c.sound && name != "a record rewritten" {
				t.Errorf("verify found %v", verified.Findings)
			}
			_ = reader.Close()
			s, err := Open(path, testOptions())
			if c.writes != (err == nil) || err != nil && !errors.Is(err, ErrDamaged) {
				t.Errorf("open to write: %v", err)
			}
			if err != nil && !strings.Contains(err.Error(), "damaged") {
				t.Errorf("message: %v", err)
			}
			if s != nil {
				_ = s.Close()
				if c.sound {
					if got := read(t, path+".head"); !bytes.Equal(got, head) {
						t.Errorf("the head was not brought up to date: %s", got)
					}
				}
			}
		})
	}
}

func TestAuditList(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	const lines = 520
	for i := range lines {
		did(t, d, "%s", referral(i+1))
	}
	did(t, s.Desk(sam()), `{"act":"referral.accept","referral":"R3","responsible":"team","id":"x","at":"2026-11-22T11:00:00Z"}`)
	undo := did(t, s.Desk(sam()), `{"act":"undo"}`)
	list := func(q view.AuditQuery) []*view.AuditLine {
		t.Helper()
		return auditLines(t, s, q)
	}
	all := list(view.AuditQuery{Oldest: true})
	if len(all) != lines+2 || all[0].ID.Number() != 1 || all[len(all)-1].ID != undo.Change {
		t.Errorf("%d lines", len(all))
	}
	for i, e := range list(view.AuditQuery{}) {
		if e.ID != all[len(all)-1-i].ID {
			t.Fatalf("newest first: line %d is %s", i, e.ID)
		}
	}
	got := list(view.AuditQuery{AuditFilter: view.AuditFilter{By: "sam", Act: "referral."}})
	if len(got) != 1 || got[0].Content != nil || got[0].Touched != nil || got[0].ActID != "" {
		t.Fatalf("a list tells what its lines contain: %+v", got)
	}
	const child = "C3"
	if got := list(view.AuditQuery{AuditFilter: view.AuditFilter{Child: child}, Oldest: true}); len(got) != 3 || fmt.Sprint(got[2].Act) != "undo" {
		t.Errorf("of a child: %d", len(got))
	}
	if got := list(view.AuditQuery{AuditFilter: view.AuditFilter{Child: child}, Limit: 1}); len(got) != 3 || got[0].Act != "undo" {
		t.Errorf("of a child, newest first, one a page: %+v", got)
	}
	opened, err := s.Desk(sam()).AuditLine(ctx, got[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	got = []*view.AuditLine{opened}
	if got[0].Undone != undo.Change || got[0].ActID != "x" || got[0].Role != domain.Supervisor || got[0].OSUser != "sam" ||
		got[0].For.RFC3339() != "2026-11-22T11:00:00Z" || got[0].At.RFC3339() != "2026-11-22T12:00:00Z" || got[0].Machine == 0 ||
		!strings.Contains(string(got[0].Content), `"responsible":"team"`) {
		t.Errorf("%+v", got)
	}
	if b, a := got[0].Touched[0].Before.(*domain.Referral), got[0].Touched[0].After.(*domain.Referral); b.Stage != domain.StageNew || a.Stage != domain.StageAccepted {
		t.Errorf("before %s, after %s", b.Stage, a.Stage)
	}
	if got := list(view.AuditQuery{AuditFilter: view.AuditFilter{Since: noon().AddDate(0, 0, 1)}}); len(got) != 0 {
		t.Errorf("since tomorrow: %d", len(got))
	}
	clean(t, s)
}
