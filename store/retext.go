package store

import "fmt"

// retext gives a key of a bucket whose keys begin with hashes of texts, as other hashes make it. The texts stand in what is kept
// under it: an entry's value, or the payload of an envelope.
func (k textKeys) retext(b bucket, key, kept []byte) ([]byte, error) {
	id, err := lastID(key) // of those that end with one
	if err != nil {
		return nil, err
	}
	short := malformed(b.name())
	switch b {
	case ixChildRef, ixNoted:
		return k.withID(b, string(kept), id), nil
	case ixPolice:
		if len(kept) < idSize {
			return nil, short
		}
		return k.withID(b, string(kept[idSize:]), id), nil
	case ixActor:
		if len(kept) < actorHead {
			return nil, short
		}
		return k.withID(b, string(kept[actorHead:]), id), nil
	case inActIDs:
		act := new(knownAct)
		if err := decode(kept, act); err != nil {
			return nil, unreadable(err, "what is kept of an act")
		}
		return k.prefix(b, act.Answer.ID), nil
	case inOpened:
		_, login, act, err := readOpening(kept)
		if err != nil || len(key) < textSize+idSize {
			return nil, short
		}
		return k.openingKey(openedBy{login, idAt(key[textSize:]), act}), nil
	case inDrafts:
		text := new(keptText)
		if err := decode(kept, text); err != nil {
			return nil, unreadable(err, "the text that is kept")
		}
		return k.draftKey(text.Owner, text.Place), nil
	default: // a key that has no text in it
	}
	return nil, fmt.Errorf("the keys of %s have no texts", b.name())
}
