package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"homeward/domain"
)

// An act with an ID of its caller is done once: the database keeps the hash of its content and the answer it got.

const maxActID = 64 // characters

type contentSum [sha256.Size]byte

// knownAct is what is kept of an act that was done.
type knownAct struct {
	_      struct{} `cbor:",toarray"`
	Sum    []byte
	Answer domain.Answer
}

// sumContent hashes what an act says, whatever the order of its fields. The ID is no part of it.
func sumContent(env domain.Envelope) (contentSum, error) {
	raw := env.Content
	if len(raw) == 0 {
		b, err := json.Marshal(env.Act)
		if err != nil {
			return contentSum{}, err
		}
		raw = b
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	fields := map[string]any{}
	if err := dec.Decode(&fields); err != nil {
		return contentSum{}, fmt.Errorf("the content of %s cannot be read: %w", env.Act.Name(), err)
	}
	if len(env.Content) == 0 {
		fields["act"], fields["at"], fields["version"] = env.Act.Name(), int64(env.At), env.Version
	}
	delete(fields, "id")
	b, err := json.Marshal(fields) // sorts the keys
	if err != nil {
		return contentSum{}, err
	}
	return sha256.Sum256(b), nil
}

// knownAct reads what is kept under an ID; nil when there is nothing.
func (t *txn) knownAct(id string) (*knownAct, error) {
	key := t.texts.prefix(inActIDs, id)
	raw := t.get(inActIDs, key)
	if raw == nil {
		return nil, nil
	}
	payload, err := t.unseal(inActIDs, key, raw)
	if err != nil {
		return nil, err
	}
	k := new(knownAct)
	if err := decode(payload, k); err != nil {
		return nil, unreadable(err, "what is kept of the act %q", id)
	}
	return k, nil
}

func (t *txn) keepAct(id string, sum contentSum, a *domain.Answer) error {
	key := t.texts.prefix(inActIDs, id)
	sealed, _, err := t.seal(inActIDs, key, &knownAct{Sum: sum[:], Answer: *a})
	if err != nil {
		return err
	}
	t.changed = true
	return t.bucket(inActIDs).Put(key, sealed)
}

// again answers an act whose ID was there before: as the first time where it is the same, but nothing of it to somebody whose
// role may not do it, or of a child that is closed to them by now. What another act was, only who did it is told.
func (w *world) again(known *knownAct, a domain.Answer, env domain.Envelope, sum contentSum) (domain.Answer, error) {
	if err := domain.MayAtAll(env.Act.Name(), w.actor); errors.As(err, &a.Refused) {
		return a, nil
	}
	l, _, err := w.t.line(known.Answer.Change.Number())
	if err != nil {
		return a, err
	}
	if l == nil {
		return a, missingLine(known.Answer.Change)
	}
	asks, err := w.t.question(w.actor)
	if err != nil {
		return a, err
	}
	closed, err := asks.lineClosed(l)
	if err != nil {
		return a, err
	}
	if string(known.Sum) != string(sum[:]) {
		a.Refused = &domain.Refusal{Code: domain.Conflict, Field: "id", Message: fmt.Sprintf("%q was used for another act already", a.ID)}
		if !closed && l.Login == w.actor.Login {
			a.Refused.Message += " (" + known.Answer.Summary + ")"
		}
		return a, nil
	}
	first := known.Answer
	first.Repeated = true
	if closed {
		first.Summary, first.Warnings, first.Child = domain.RestrictedWords, nil, ""
		if kids := l.children(); len(kids) > 0 {
			first.Child = kids[0].String()
		}
		if first.Row.TakenToBe != "" {
			first.Row.TakenToBe = first.Child
		}
	}
	return first, nil
}
