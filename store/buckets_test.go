package store

import (
	"reflect"
	"testing"

	"homeward/domain"
)

// TestBucketTable walks the table: every bucket has a whole row, no two the same name, and every kind of record one bucket.
// The rows carry their constant as the key of the literal, so that none can stand out of order or twice.
func TestBucketTable(t *testing.T) {
	names := map[string]bucket{}
	kinds := map[domain.Kind]bucket{}
	for b := range bucketCount {
		row := b.row()
		if row.name == "" || row.holds == 0 || row.since < 1 || row.since > fileFormat {
			t.Errorf("bucket %d: its row has a hole: %q, since %d, holds %d", b, row.name, row.since, row.holds)
		}
		if twin, ok := names[row.name]; ok {
			t.Errorf("buckets %d and %d are both called %q", twin, b, row.name)
		}
		names[row.name] = b
		if f := b.fill(); f < 0.5 || f > 1 {
			t.Errorf("%s: pages cannot be left %v full", row.name, f)
		}
		enveloped := row.holds == holdsRecords || row.holds == holdsLog || row.holds == holdsSaid || row.holds == holdsSealed
		switch {
		case enveloped != (row.fresh != nil):
			t.Errorf("%s: what holds envelopes, and nothing else, says what is in them", row.name)
		case row.fresh != nil && reflect.TypeOf(row.fresh()).Kind() != reflect.Pointer:
			t.Errorf("%s: nothing can be decoded into a %T", row.name, row.fresh())
		}
		if b.records() != (row.clone != nil) || b.records() && domain.NewRecord(row.kind) == nil {
			t.Errorf("%s: what holds records, and nothing else, copies them and says of which kind they are", row.name)
		}
		if row.policy && row.holds != holdsIndex {
			t.Errorf("%s depends on the policy and is no index", row.name)
		}
		if row.kind == domain.KindNone {
			continue
		}
		if twin, ok := kinds[row.kind]; ok {
			t.Errorf("%s and %s both hold a %s", twin.name(), row.name, row.kind.Word())
		}
		kinds[row.kind] = b
	}
	for k := range domain.Kind(255) {
		r := domain.NewRecord(k)
		b, ok := bucketOf(k)
		switch {
		case ok != (r != nil):
			t.Errorf("kind %d (%s): it has a record: %v, it has a bucket: %v", k, k.Word(), r != nil, ok)
		case ok && kinds[k] != b:
			t.Errorf("a %s is kept in %s, the table says %s", k.Word(), b.name(), kinds[k].name())
		case ok && reflect.TypeOf(b.row().clone(r)) != reflect.TypeOf(r):
			t.Errorf("the copy of a %T is a %T", r, b.row().clone(r))
		}
	}
}

// Every index that depends on the policy can be made anew; one that cannot would stop every opening by another policy.
func TestEveryIndexByPolicyIsRebuilt(t *testing.T) {
	s := fresh(t)
	did(t, s.Desk(dee()), "%s", referral(1))
	tx, err := s.beginWrite()
	if err != nil {
		t.Fatal(err)
	}
	defer s.rollback(tx.tx)
	for b := range bucketCount {
		if err := tx.rebuild(b); (err == nil) != b.byPolicy() {
			t.Errorf("%s depends on the policy: %v; making it anew: %v", b.name(), b.byPolicy(), err)
		}
	}
}

// What a file of an older format keeps of numbers.
func TestKindsInAFormat(t *testing.T) {
	for format, want := range map[int]domain.Kind{1: domain.KindChange, 2: domain.KindNoted, fileFormat: domain.KindNoted} {
		if got := kindsIn(format); got != int(want)+1 {
			t.Errorf("format %d has numbers up to kind %d, should be up to %d", format, got-1, want)
		}
	}
}
