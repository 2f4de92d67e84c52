package store

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"homeward/domain"
	"homeward/domain/view"
)

// Whatever two records are, what makes one of the other makes just that.
func TestAChangeMakesTheRecordAgain(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	bytesOf := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(random.IntN(256))
		}
		return b
	}
	for i := range 400 {
		before := bytesOf(random.IntN(60_000))
		after := bytes.Clone(before)
		for range random.IntN(5) {
			at := random.IntN(len(after) + 1)
			after = append(append(bytes.Clone(after[:at]), bytesOf(random.IntN(300))...), after[at:]...)
			if n := random.IntN(len(after) + 1); random.IntN(3) == 0 {
				after = after[n/2:]
			}
		}
		got, err := unpack(before, pack(imageChange, before, after)[1:])
		if err != nil || !bytes.Equal(got, after) {
			t.Fatalf("%d: %v, %d bytes in place of %d", i, err, len(got), len(after))
		}
	}
}

// A referral with many notes: each line has the record as it was and as it became, and keeps little of it; the last notes are
// undone and done again.
func TestARecordThatGrows(t *testing.T) {
	s := fresh(t)
	d := s.Desk(dee())
	did(t, d, "%s", referral(1))
	const notes = 3*deepest + 7
	want := []string{""} // the texts of the notes after each line
	first := domain.ID(0)
	for i := range notes {
		text := fmt.Sprintf("note %d:%s", i, strings.Repeat(" she likes football", 8))
		a := did(t, d, `{"act":"referral.note","referral":"R1","text":"%s"}`, text)
		if i == 0 {
			first = a.Change
		}
		want = append(want, want[i]+text)
	}
	texts := func(r domain.Record) string {
		var b strings.Builder
		for _, n := range r.(*domain.Referral).Notes {
			b.WriteString(n.Text)
		}
		return b.String()
	}
	audited := s.Desk(sam())
	for i := notes - 1; i >= 0; i-- { // the newest first: nothing is there yet to build on
		l, err := audited.AuditLine(ctx, first+domain.ID(i))
		if err != nil || len(l.Touched) != 1 {
			t.Fatal(err)
		}
		if before, after := texts(l.Touched[0].Before), texts(l.Touched[0].After); before != want[i] || after != want[i+1] {
			t.Fatalf("line %s: before %d letters, after %d", l.ID, len(before), len(after))
		}
	}
	kept, whole := 0, 0
	_ = s.view(ctx, func(x *txn) error {
		for seq := first.Number(); seq < first.Number()+notes; seq++ {
			raw := x.get(inSaid, idKey(changeID(seq)))
			kept += len(raw)
		}
		_, payload, err := x.recordRaw(domain.NewID(domain.KindReferral, 1))
		whole = len(payload)
		return err
	})
	if kept > notes*800+4*whole { // twice the whole referral each time would be fifty times that
		t.Errorf("%d lines keep %d bytes, of a record of %d", notes, kept, whole)
	}
	for range 5 {
		did(t, d, `{"act":"undo"}`)
	}
	did(t, d, `{"act":"redo"}`)
	s = reopen(t, s)
	_ = s.view(ctx, func(x *txn) error {
		r, err := x.record(domain.NewID(domain.KindReferral, 1))
		if got := texts(r); got != want[notes-4] {
			t.Errorf("after undoing: %d letters, should be %d", len(got), len(want[notes-4]))
		}
		return err
	})
	clean(t, s)
}

// Bringing a file up to date chains its log anew and changes nothing that a line says; the head that was written down before still
// fits, also where the program was killed before it wrote the new one.
func TestTheLogIsChainedAnew(t *testing.T) {
	path := full(t, 9)
	s := opens(t, path, testOptions())
	d := s.Desk(dee())
	for i := range 40 {
		did(t, d, `{"act":"referral.note","referral":"R2","text":"%s %d"}`, strings.Repeat("rang the school ", 20), i)
	}
	did(t, d, `{"act":"undo"}`)
	did(t, d, `{"act":"child.edit","child_ref":"C1","known_as":"An","id":"once"}`)
	lines := func(s *Store) (out []string) {
		for _, l := range auditLines(t, s, view.AuditQuery{Oldest: true}) {
			if l.Note { // what came beside, when it was opened
				continue
			}
			opened, err := s.Desk(sam()).AuditLine(ctx, l.ID)
			if err != nil {
				t.Fatal(err)
			}
			said := fmt.Sprintf("%s %s %s %s %s %s %s", l.ID, l.By, l.At, l.Act, opened.ActID, opened.Summary, opened.Content)
			for _, touched := range opened.Touched {
				for _, r := range []domain.Record{touched.Before, touched.After} {
					if r != nil {
						b, err := encodeBytes(r)
						if err != nil {
							t.Fatal(err)
						}
						said += " " + hex.EncodeToString(b)
					}
				}
			}
			out = append(out, said)
		}
		return out
	}
	want := lines(s)
	_ = s.Close()
	tampered(t, path, unsalt)
	headOf(t, path)
	old, oldHead := read(t, path), read(t, headPath(path))
	if r, err := Check(ctx, path, CheckOptions{Settings: settings()}); err != nil || len(r.Findings) > 0 {
		t.Fatalf("check of the older file: %v, %v", r.Findings, err)
	}
	s = opens(t, path, testOptions())
	got := lines(s)
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%d lines, should be %d", len(got), len(want))
		for i := range min(len(got), len(want)) {
			if got[i] != want[i] {
				t.Fatalf("line %d\nis  %s\nwas %s", i, got[i], want[i])
			}
		}
	}
	did(t, s.Desk(dee()), `{"act":"undo"}`)
	clean(t, s)
	_ = s.Close()
	writeFiles(t, path, read(t, path), oldHead) // killed between the two
	s = opens(t, path, testOptions())
	clean(t, s)
	_ = s.Close()
	if bytes.Equal(read(t, headPath(path)), oldHead) {
		t.Error("the new head was not written down")
	}

	// A log that is not whole is not chained anew.
	broken := filepath.Join(t.TempDir(), "hw.db")
	writeFiles(t, broken, old, oldHead)
	tampered(t, broken, func(tx *bolt.Tx) error { return tx.Bucket(inAudit.key()).Delete(idKey(changeID(4))) })
	before := read(t, broken)
	if err := opening(broken, testOptions()); err == nil || !strings.Contains(err.Error(), "nothing was changed") {
		t.Errorf("a log with a gap: %v", err)
	}
	if !bytes.Equal(read(t, broken), before) {
		t.Error("it was changed")
	}
}

// What stands beside a line cannot be changed, taken away or added without notice.
func TestWhatALineSaysIsHeldByItsHash(t *testing.T) {
	good := full(t, 6)
	file, head := read(t, good), read(t, headPath(good))
	beside := func(f func(b *bolt.Bucket) error) func(tx *bolt.Tx) error {
		return func(tx *bolt.Tx) error { return f(tx.Bucket(inSaid.key())) }
	}
	said := func(seq uint64, f func(*saidLine)) func(tx *bolt.Tx) error {
		return func(tx *bolt.Tx) error {
			return resaid(tx, seq, func(_ *keptLine, s *saidLine) error { f(s); return nil })
		}
	}
	for what, tamper := range map[string]func(tx *bolt.Tx) error{
		"its words": said(3, func(s *saidLine) {
			s.Words, _ = encodeBytes(&lineWords{Summary: "something else"})
		}),
		"its salt":           said(3, func(s *saidLine) { s.Salt[0] ^= 1 }),
		"a record":           said(3, func(s *saidLine) { s.Images[0][len(s.Images[0])-1] ^= 1 }),
		"a record taken out": said(3, func(s *saidLine) { s.Images[0] = nil }),
		"one record fewer":   said(3, func(s *saidLine) { s.Images = s.Images[1:] }),
		"taken away":         beside(func(b *bolt.Bucket) error { return b.Delete(idKey(changeID(3))) }),
		"of another line":    beside(func(b *bolt.Bucket) error { return b.Put(idKey(changeID(3)), b.Get(idKey(changeID(4)))) }),
		"one too many":       beside(func(b *bolt.Bucket) error { return b.Put(idKey(changeID(9)), b.Get(idKey(changeID(4)))) }),
	} {
		path := filepath.Join(t.TempDir(), "hw.db")
		writeFiles(t, path, file, head)
		tampered(t, path, tamper)
		if r, err := Check(ctx, path, CheckOptions{Settings: settings()}); err != nil || len(r.Findings) == 0 {
			t.Errorf("%s: check finds nothing, %v", what, err)
		}
		o := testOptions()
		o.Mode = Read
		s := opens(t, path, o)
		if r, err := s.AuditVerify(ctx); err != nil || len(r.Findings) == 0 {
			t.Errorf("%s: audit verify finds nothing, %v", what, err)
		}
		_ = s.Close()
	}
}

// TestFromFormat4 brings up to date a file that the program wrote before words and records stood beside the log: an import, a cluster
// whose interview was held and written, an undo and a redo, a restricted child.
func TestFromFormat4(t *testing.T) {
	path := older(t, "format4")
	if r, err := Check(ctx, path, CheckOptions{Settings: settings()}); err != nil || len(r.Findings) > 0 {
		t.Errorf("check of the older file: %v, %v", r.Findings, err)
	}
	s := opens(t, path, goingOptions())
	line, err := s.Desk(sam()).AuditLine(ctx, changeID(18))
	if err != nil {
		t.Fatal(err)
	}
	if line.Act != "interview.save" || line.By != "pat" || !strings.Contains(string(line.Content), "I was at the pier") {
		t.Errorf("line 18: %s by %s: %s", line.Act, line.By, line.Content)
	}
	a := did(t, s.Desk(dee()), `{"act":"child.edit","child_ref":"LCS2","known_as":"Max"}`)
	if change, err := s.Desk(dee()).AuditLine(ctx, a.Change); err == nil || change != nil {
		t.Error("a coordinator reads the log")
	}
	did(t, s.Desk(dee()), `{"act":"undo"}`)
	if again := did(t, s.Desk(dee()), `{"act":"referral.accept","referral":"R1","responsible":"team","id":"first"}`); !again.Repeated {
		t.Errorf("an act that was done under its id is done again: %+v", again)
	}
	clean(t, s)
	if r, err := Check(ctx, fmt.Sprintf("%s.before-%d", path, fileFormat), CheckOptions{NoHead: true}); err != nil || len(r.Findings) > 0 {
		t.Errorf("check of the file as it was: %v, %v", r.Findings, err)
	}
}
