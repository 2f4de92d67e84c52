package store

import (
	"bytes"

	"homeward/domain"
)

// Texts in keys, as files of formats 1 to 5 have them: as they are, followed by a zero byte.

// keyedTexts is the file format that put keyed hashes in their place.
const keyedTexts = 6

// Buckets of the formats before, which have others in their place.
const (
	oldActIDs   = "actids"
	oldOpened   = "opened"
	oldDrafts   = "drafts"
	oldSettings = "settings" // a key of the meta bucket
)

// oldTextBuckets are all that go.
func oldTextBuckets() []string {
	return []string{"ix.childref", "ix.born", "ix.placed", "ix.police", "ix.actor", "ix.noted", oldActIDs, oldOpened, oldDrafts}
}

// migrateTexts makes the indexes of texts anew and moves what stands under a text to where its hash leads.
func migrateTexts(t *txn) error {
	if err := t.makeBuckets(keyedTexts); err != nil {
		return err
	}
	for _, b := range []bucket{inChildren, inEpisodes, inNoted} {
		if err := t.eachRecord(b, func(r domain.Record) error {
			es, err := entriesOf(nil, t.texts, t.settings, r, t.readOnly)
			for _, e := range es {
				if e.in.since() == keyedTexts {
					t.putEntry(e.in, e.key, e.value)
				}
			}
			return err
		}); err != nil {
			return err
		}
	}
	for _, move := range []func(*txn) error{migrateActors, migrateActIDs, migrateOpened, migrateDrafts, migrateKept} {
		if err := move(t); err != nil {
			return err
		}
	}
	for _, name := range oldTextBuckets() {
		if t.tx.Bucket([]byte(name)) == nil {
			continue // it came with a later format than the file had
		}
		if err := t.tx.DeleteBucket([]byte(name)); err != nil {
			return err
		}
	}
	return nil
}

func migrateActors(t *txn) error {
	for seq := uint64(1); seq <= t.meta.head.count; seq++ {
		l, _, err := t.line(seq)
		if err != nil {
			return err
		}
		if l == nil {
			return missingLine(changeID(seq))
		}
		for _, e := range t.texts.lineEntries(l) {
			if e.in == ixActor {
				t.putEntry(e.in, e.key, e.value)
			}
		}
	}
	return nil
}

// eachOld calls f for all of a bucket of the formats before.
func (t *txn) eachOld(name string, f func(key, raw []byte) error) error {
	b := t.tx.Bucket([]byte(name))
	if b == nil {
		return flawf("the bucket %s is missing", name)
	}
	return b.ForEach(f)
}

func migrateActIDs(t *txn) error {
	return t.eachOld(oldActIDs, func(id, raw []byte) error {
		payload, err := t.unseal(inActIDs, id, raw)
		if err != nil {
			return err
		}
		key := t.texts.prefix(inActIDs, string(id))
		t.put(inActIDs, key, t.sealBytes(inActIDs, key, payload))
		return nil
	})
}

// migrateOpened moves when records were last opened: behind the login stands the record, and behind that the act that was tried.
func migrateOpened(t *txn) error {
	return t.eachOld(oldOpened, func(old, raw []byte) error {
		v, err := soundEntry(old, raw)
		login, rest, ok := bytes.Cut(old, []byte{0})
		if err == nil && (!ok || len(rest) < idSize) {
			err = malformed("when records were opened")
		}
		if err != nil {
			return err
		}
		t.keepOpened(openedBy{string(login), idAt(rest), string(bytes.TrimSuffix(rest[idSize:], []byte{0}))}, v)
		return nil
	})
}

func migrateDrafts(t *txn) error {
	return t.eachOld(oldDrafts, func(old, raw []byte) error {
		payload, err := t.unseal(inDrafts, old, raw)
		if err != nil {
			return err
		}
		kept := keptText{}
		if err := decode(payload, &kept.Fields); err != nil {
			return unreadable(err, "the text that is kept")
		}
		owner, place, ok := bytes.Cut(old, []byte{0})
		if !ok {
			return malformed("the text that is kept")
		}
		kept.Owner, kept.Place = string(owner), string(place)
		key := t.texts.draftKey(kept.Owner, kept.Place)
		sealed, _, err := t.seal(inDrafts, key, &kept)
		t.put(inDrafts, key, sealed)
		return err
	})
}

// migrateKept moves the settings that were in force last.
func migrateKept(t *txn) error {
	b := t.under(inMeta)
	raw := b.Get([]byte(oldSettings))
	if raw == nil {
		return nil
	}
	v, err := soundEntry([]byte(oldSettings), raw)
	if err != nil {
		return err
	}
	t.putEntry(inKept, []byte(keptSettingsKey), bytes.Clone(v))
	return b.Delete([]byte(oldSettings))
}
