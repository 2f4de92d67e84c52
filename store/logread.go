package store

import (
	"bytes"
	"crypto/sha256"

	"homeward/domain"
)

// Reading lines of the log.

// line reads a line and its hash; nil when there is none of that number.
func (t *txn) line(seq uint64) (*auditLine, []byte, error) {
	key := idKey(changeID(seq))
	raw := t.get(inAudit, key)
	if raw == nil {
		return nil, nil, nil
	}
	return t.openLine(key, raw)
}

// openLine checks and decodes a line: its checksum, its own hash, its number, and that its words are those it was chained with.
func (t *txn) openLine(key, raw []byte) (*auditLine, []byte, error) {
	payload, err := t.unseal(inAudit, key, raw)
	if err != nil {
		return nil, nil, err
	}
	if len(payload) < hashSize {
		return nil, nil, flawf("line %s of the audit log is malformed", keyWords(key))
	}
	if sum := sha256.Sum256(payload[hashSize:]); string(sum[:]) != string(payload[:hashSize]) {
		return nil, nil, flawf("line %s of the audit log was edited", keyWords(key))
	}
	var l *auditLine
	if t.oldLog() {
		l, err = openOldLine(payload[hashSize:])
	} else if l, err = openKept(payload[hashSize:]); err == nil {
		err = t.openSaid(key, l)
	}
	if err != nil {
		return nil, nil, unreadable(err, "line %s of the audit log", keyWords(key))
	}
	if len(key) != idSize || idAt(key) != changeID(l.Seq) {
		return nil, nil, flawf("line %s of the audit log says it is line %d", keyWords(key), l.Seq)
	}
	return l, payload[:hashSize:hashSize], nil
}

// openKept decodes what is chained of a line.
func openKept(payload []byte) (*auditLine, error) {
	k := new(keptLine)
	if err := decode(payload, k); err != nil {
		return nil, err
	}
	l := &auditLine{Seq: k.Seq, Prev: k.Prev, Kind: k.Kind, Login: k.Login, OSUser: k.OSUser, Role: k.Role, When: k.When, Machine: k.Machine,
		Act: k.Act, At: k.At, Saw: k.Saw, Child: k.Child, UndoOf: k.UndoOf, words: k.Words}
	for i := range k.Touched {
		a := &k.Touched[i]
		l.Touched = append(l.Touched, auditTouched{ID: a.ID, Ver: a.Ver, Child: a.Child, kept: a})
	}
	return l, nil
}

// openSaid puts beside a line what it says.
func (t *txn) openSaid(key []byte, l *auditLine) error {
	raw := t.get(inSaid, key)
	if raw == nil {
		return flawf("what line %s of the audit log says is missing", keyWords(key))
	}
	payload, err := t.unseal(inSaid, key, raw)
	if err != nil {
		return err
	}
	said := new(saidLine)
	if err := decode(payload, said); err != nil {
		return err
	}
	if len(said.Images) != len(l.Touched) || !bytes.Equal(wordsSum(said.Salt, said.Words), l.words) {
		return flawf("what line %s of the audit log says was edited", keyWords(key))
	}
	var w lineWords
	if err := decode(said.Words, &w); err != nil {
		return err
	}
	l.said = said.Words
	l.Summary, l.Content, l.ActID = w.Summary, w.Content, w.ActID
	for i := range l.Touched {
		l.Touched[i].salt, l.Touched[i].image = said.Salt, said.Images[i]
	}
	return nil
}

// after is a record as a line left it; nil where it removed it.
func (t *txn) after(l *auditLine, i int) ([]byte, error) {
	a := &l.Touched[i]
	if a.kept == nil || a.After != nil || a.kept.Image == nil {
		return a.After, nil
	}
	at := imageAt{l.Seq, a.ID}
	if b, ok := t.images[at]; ok {
		a.After = b
		return b, nil
	}
	spoilt := flawf("%s as line %d of the audit log left it is spoilt", a.ID, l.Seq)
	if len(a.image) == 0 {
		return nil, spoilt
	}
	b, err := t.unpacked(l, a)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(imageSum(a.salt, a.ID, b), a.kept.Image) {
		return nil, spoilt
	}
	if t.images == nil || len(t.images) >= mostImages {
		t.images = map[imageAt][]byte{}
	}
	t.images[at], a.After = b, b
	return b, nil
}

// unpacked is a record of what is kept of it.
func (t *txn) unpacked(l *auditLine, a *auditTouched) ([]byte, error) {
	kept := a.image[1:]
	switch a.image[0] {
	case imageWhole:
		return kept, nil
	case imagePacked:
		return unpack(l.said, kept)
	case imageChange:
		if a.kept.Was == 0 || a.kept.Was >= l.Seq || a.kept.Depth == 0 || a.kept.Depth > deepest {
			break // a damaged file is read to its end all the same
		}
		was, err := t.imageOf(a.kept.Was, a.ID, int(a.kept.Depth)-1)
		if err != nil {
			return nil, err
		}
		return unpack(known(l.said, was), kept)
	}
	return nil, flawf("%s as line %d of the audit log left it is spoilt", a.ID, l.Seq)
}

// before is a record as it was before a line; nil where it was not there.
func (t *txn) before(l *auditLine, i int) ([]byte, error) {
	a := &l.Touched[i]
	if a.kept == nil || a.kept.Was == 0 {
		return a.Before, nil
	}
	if a.kept.Was >= l.Seq {
		return nil, flawf("%s as line %d of the audit log found it is spoilt", a.ID, l.Seq)
	}
	return t.imageOf(a.kept.Was, a.ID, anyDepth)
}

// imageAt is a record as a line left it.
type imageAt struct {
	seq uint64
	id  domain.ID
}

// mostImages are kept of a transaction: who reads a child's history reads each one once.
const mostImages = 256

const anyDepth = -1

// imageOf is a record as a line left it, which says that so many others must be read for it.
func (t *txn) imageOf(seq uint64, id domain.ID, depth int) ([]byte, error) {
	if b, ok := t.images[imageAt{seq, id}]; ok {
		return b, nil
	}
	l, _, err := t.line(seq)
	if err != nil {
		return nil, err
	}
	if l != nil {
		for i := range l.Touched {
			a := &l.Touched[i]
			if a.ID == id && a.kept != nil && a.kept.Image != nil && (depth == anyDepth || int(a.kept.Depth) == depth) {
				return t.after(l, i)
			}
		}
	}
	return nil, flawf("the log has no line %d that left %s as it was", seq, id)
}
