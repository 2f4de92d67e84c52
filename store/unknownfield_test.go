package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/fxamacker/cbor/v2"
	bolt "go.etcd.io/bbolt"

	"homeward/domain"
	"homeward/domain/view"
)

// withField gives a payload of fields with one more, as a newer program would write it.
func withField(payload []byte) ([]byte, error) {
	fields := map[string]any{}
	if err := modes().dec.Unmarshal(payload, &fields); err != nil {
		return nil, err
	}
	fields["later"] = "something"
	return modesEncode(fields)
}

// Every kind of record refuses a field it does not know, on top and further down, whatever its envelope says.
func TestAnUnknownFieldIsNoDamage(t *testing.T) {
	for k := range domain.Kind(255) {
		r := domain.NewRecord(k)
		if r == nil {
			continue
		}
		payload, err := modesEncode(r)
		if err != nil {
			t.Fatal(err)
		}
		if payload, err = withField(payload); err != nil {
			t.Fatal(err)
		}
		if _, err := decodeRecord(domain.NewID(k, 1), payload); newerOnly(named("hw.db", err), "hw.db", domain.NewID(k, 1).String()) != nil {
			t.Errorf("%s: %v", k.Word(), err)
		}
	}
	below, err := modesEncode(map[string]any{"id": domain.NewID(domain.KindChild, 1), "card": map[string]any{"later": []string{"x"}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := decodeRecord(domain.NewID(domain.KindChild, 1), below); newerOnly(named("hw.db", err)) != nil {
		t.Errorf("below: %v", err)
	}
	if _, err := decodeRecord(domain.NewID(domain.KindChild, 1), []byte{0x61}); !errors.Is(err, ErrDamaged) || errors.Is(err, ErrNewer) {
		t.Errorf("half a payload (control): %v", err)
	}
}

// TestUnknownFieldsOnEveryPath puts a field more into one record, stamped with the number of today, and goes all ways that
// lead to it. None may call it damage, and none may change the file.
func TestUnknownFieldsOnEveryPath(t *testing.T) {
	original := full(t, 3)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []domain.ID{domain.NewID(domain.KindChild, 2), domain.NewID(domain.KindEpisode, 2), domain.NewID(domain.KindReferral, 2)} {
		path := filepath.Join(t.TempDir(), "hw.db")
		writeFiles(t, path, read(t, original), read(t, headPath(original)))
		tampered(t, path, func(tx *bolt.Tx) error { return later(tx, id) })
		is := func(what string, err error, names ...string) {
			t.Helper()
			if wrong := newerOnly(err, append(names, id.String())...); wrong != nil {
				t.Errorf("%s, %s: %v: %v", id, what, wrong, err)
			}
		}
		is("check", checking(path), path)
		t.Setenv(childMode, "check")
		_, err := CheckInChild(ctx, self, []string{path}, CheckLimit, nil)
		is("check in a child", err, path)
		is("restore", restoring(t, path), path)

		s := opens(t, path, testOptions())
		d := s.Desk(dee())
		is("a question", d.Ask(ctx, func(r domain.Reader) error {
			switch id.Kind() { // who drops the error is told all the same
			case domain.KindChild:
				_, _ = r.Child(id)
			case domain.KindEpisode:
				_, _ = r.Episode(id)
			default:
				_, _ = r.Referral(id)
			}
			return nil
		}), path)
		_, err = d.State(ctx)
		is("the queue", err, path)
		touch := act(t, `{"act":"contact.log","referral":"R2","way":"call","with":"child","result":"no_answer"}`)
		_, err = d.Do(ctx, false, touch)
		is("an act", err, path)
		if id.Kind() == domain.KindReferral { // the others it does not look at
			_, err = d.Preview(ctx, touch)
			is("a preview", err, path)
		}
		backup := filepath.Join(t.TempDir(), "b.db")
		_, err = s.Backup(ctx, sam(), backup, nil)
		is("a backup", err, path+":")
		nothing(t, backup)
		_ = s.Close()
	}
}

// later puts a field more into a record and seals it as it was.
func later(tx *bolt.Tx, id domain.ID) error {
	in, _ := bucketOf(id.Kind())
	b, key := tx.Bucket(in.key()), idKey(id)
	raw := b.Get(key)
	payload, err := withField(raw[sealSize:])
	if err != nil {
		return err
	}
	c := codec{schema: binary.BigEndian.Uint16(raw[2:])}
	return b.Put(key, c.sealBytes(in, key, payload))
}

// What opening does itself, bringing a file up to date and building indexes by another policy, refuses a field it does not
// know and leaves the file.
func TestUnknownFieldWhileOpening(t *testing.T) {
	path := schema1(t)
	tampered(t, path, func(tx *bolt.Tx) error { return later(tx, domain.NewID(domain.KindEpisode, 3)) })
	before := read(t, path)
	if err := opening(path, testOptions()); newerOnly(err, path, "E3") != nil {
		t.Errorf("an older format: %v", err)
	}
	if !bytes.Equal(before, read(t, path)) {
		t.Error("the file was changed")
	}

	path = full(t, 2)
	tampered(t, path, func(tx *bolt.Tx) error { return later(tx, domain.NewID(domain.KindReferral, 1)) })
	o := testOptions()
	o.Settings = settings()
	o.Settings.Policy.ContactWithin = domain.Hours(1)
	if err := opening(path, o); newerOnly(err, path, "R1") != nil {
		t.Errorf("another policy: %v", err)
	}
}

// relined changes the fields of a line of the log as they are encoded, and hashes and seals it anew.
func relined(tx *bolt.Tx, seq uint64, f func([]cbor.RawMessage) []cbor.RawMessage) error {
	b, key := tx.Bucket(inAudit.key()), idKey(changeID(seq))
	var fields []cbor.RawMessage
	if err := modes().dec.Unmarshal(b.Get(key)[sealSize+hashSize:], &fields); err != nil {
		return err
	}
	body, err := modesEncode(f(fields))
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	c := newCodec(ownVersions(), nil)
	return b.Put(key, c.sealBytes(inAudit, key, append(sum[:], body...)))
}

// fieldAt is the place of a field in a list.
func fieldAt(t reflect.Type, name string) int {
	f, _ := t.FieldByName(name)
	return f.Index[0] - 1
}

// A line of the log with a field more, and one whose record has one, are a newer homeward's: for who reads it, for the walk
// through all of it, and for who opens a file that ends with it.
func TestUnknownFieldsInTheLog(t *testing.T) {
	one := cbor.RawMessage{1}
	touched := fieldAt(reflect.TypeFor[keptLine](), "Touched")
	within := func(line []cbor.RawMessage, f func([]cbor.RawMessage) []cbor.RawMessage) []cbor.RawMessage {
		var list [][]cbor.RawMessage
		if err := modes().dec.Unmarshal(line[touched], &list); err != nil {
			t.Fatal(err)
		}
		list[0] = f(list[0])
		line[touched], _ = modesEncode(list)
		return line
	}
	for what, c := range map[string]struct {
		change func([]cbor.RawMessage) []cbor.RawMessage
		names  string
	}{
		"a line": {func(l []cbor.RawMessage) []cbor.RawMessage { return append(l, one) }, "line X1"},
		"what it touched": {func(l []cbor.RawMessage) []cbor.RawMessage {
			return within(l, func(a []cbor.RawMessage) []cbor.RawMessage { return append(a, one) })
		}, "line X1"},
	} {
		path := full(t, 3)
		tampered(t, path, func(tx *bolt.Tx) error { return relined(tx, 1, c.change) })
		s := opens(t, path, testOptions())
		if _, err := s.Desk(sam()).AuditLine(ctx, changeID(1)); newerOnly(err, path, c.names) != nil {
			t.Errorf("%s: reading it: %v", what, err)
		}
		if _, err := s.Desk(sam()).AuditLog(ctx, view.AuditQuery{}); newerOnly(err, path, c.names) != nil {
			t.Errorf("%s: the list: %v", what, err)
		}
		if _, err := s.AuditVerify(ctx); newerOnly(err, path, c.names) != nil {
			t.Errorf("%s: the walk: %v", what, err)
		}
		_ = s.Close()
		if err := checking(path); newerOnly(err, path, c.names) != nil {
			t.Errorf("%s: check: %v", what, err)
		}
		tampered(t, path, func(tx *bolt.Tx) error { return relined(tx, 3, c.change) })
		if err := opening(path, testOptions()); newerOnly(err, path, "line X3") != nil {
			t.Errorf("%s, the last: opening: %v", what, err)
		}
	}
	path := full(t, 3)
	tampered(t, path, func(tx *bolt.Tx) error {
		return resaid(tx, 1, func(k *keptLine, said *saidLine) error {
			payload, err := withField(said.Images[0][1:])
			said.Images[0], k.Touched[0].Image = append([]byte{imageWhole}, payload...), imageSum(said.Salt, k.Touched[0].ID, payload)
			return err
		})
	})
	s := opens(t, path, testOptions())
	if _, err := s.Desk(sam()).AuditLine(ctx, changeID(1)); newerOnly(err, path, "the record C1") != nil {
		t.Errorf("a record in it: reading it: %v", err)
	}
	_ = s.Close()
}

// Of what else is kept in envelopes: the answer to an act, and what somebody typed.
func TestUnknownFieldsElsewhere(t *testing.T) {
	s := fresh(t)
	line := `{"act":"child.edit","child_ref":"C1","known_as":"An","id":"once"}`
	did(t, s.Desk(dee()), "%s", referral(1))
	did(t, s.Desk(dee()), "%s", line)
	if err := s.Desk(dee()).KeepDraft(ctx, "note", map[string]string{"text": "typed"}); err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	file, head := read(t, s.path), read(t, headPath(s.path))
	tampered(t, s.path, func(tx *bolt.Tx) error {
		b, key := tx.Bucket(inActIDs.key()), textKeys{}.prefix(inActIDs, "once")
		var fields []cbor.RawMessage
		if err := modes().dec.Unmarshal(b.Get(key)[sealSize:], &fields); err != nil {
			return err
		}
		answer, err := withField(fields[1])
		if err != nil {
			return err
		}
		fields[1] = answer
		payload, err := modesEncode(fields)
		if err != nil {
			return err
		}
		c := newCodec(ownVersions(), nil)
		return b.Put(key, c.sealBytes(inActIDs, key, payload))
	})
	if err := checking(s.path); newerOnly(err, s.path, inActIDs.name()) != nil {
		t.Errorf("check of an answer: %v", err)
	}
	s = opens(t, s.path, testOptions())
	if _, err := s.Desk(dee()).Do(ctx, false, act(t, "%s", line)); newerOnly(err, s.path, "once") != nil {
		t.Errorf("the act again: %v", err)
	}
	_ = s.Close()

	writeFiles(t, s.path, file, head)
	tampered(t, s.path, func(tx *bolt.Tx) error {
		b, key := tx.Bucket(inDrafts.key()), textKeys{}.draftKey("dee", "note")
		c := codec{schema: recordSchema + 1}
		return b.Put(key, c.sealBytes(inDrafts, key, bytes.Clone(b.Get(key)[sealSize:])))
	})
	if err := checking(s.path); newerOnly(err, s.path) != nil {
		t.Errorf("check of a draft: %v", err)
	}
	s = opens(t, s.path, testOptions())
	if _, err := s.Desk(dee()).Draft(ctx, "note"); newerOnly(err, s.path) != nil {
		t.Errorf("a draft: %v", err)
	}
}

// A list that an older program wrote has fewer fields at its end than this one: they are empty, and nothing else moves.
func TestAShorterListIsOlder(t *testing.T) {
	whole := keptLine{Seq: 7, Prev: []byte{1}, Login: "dee", Act: "so", UndoOf: domain.NewID(domain.KindChange, 3), Words: []byte{3},
		Touched: []keptTouched{{ID: domain.NewID(domain.KindChild, 1), Ver: 2, Was: 1, Image: []byte{2}}}}
	payload, err := modesEncode(&whole)
	if err != nil {
		t.Fatal(err)
	}
	var fields []cbor.RawMessage
	if err := modes().dec.Unmarshal(payload, &fields); err != nil {
		t.Fatal(err)
	}
	shorter := func(raw cbor.RawMessage) []cbor.RawMessage {
		var list []cbor.RawMessage
		if err := modes().dec.Unmarshal(raw, &list); err != nil {
			t.Fatal(err)
		}
		return slices.Clip(list[:len(list)-1])
	}
	touched := fieldAt(reflect.TypeFor[keptLine](), "Touched")
	short, err := modesEncode([][]cbor.RawMessage{shorter(fields[touched][1:]) /* behind the head of a list of one */})
	if err != nil {
		t.Fatal(err)
	}
	fields[touched] = short
	if payload, err = modesEncode(fields[:len(fields)-1]); err != nil {
		t.Fatal(err)
	}
	var got keptLine
	if err := decode(payload, &got); err != nil {
		t.Fatal(err)
	}
	whole.Words, whole.Touched[0].Image = nil, nil
	if !reflect.DeepEqual(got, whole) {
		t.Errorf("read as %+v, should be %+v", got, whole)
	}
}
