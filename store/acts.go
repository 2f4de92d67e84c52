package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
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
	key := []byte(id)
	raw := t.get(inActIDs, key)
	if raw == nil {
		return nil, nil
	}
	payload, err := t.unseal(key, raw)
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
	key := []byte(id)
	sealed, _, err := t.seal(key, &knownAct{Sum: sum[:], Answer: *a})
	if err != nil {
		return err
	}
	t.changed = true
	return t.bucket(inActIDs).Put(key, sealed)
}

// again answers an act whose ID was there before.
func (k *knownAct) again(a domain.Answer, sum contentSum) domain.Answer {
	if string(k.Sum) != string(sum[:]) {
		a.Refused = &domain.Refusal{Code: domain.Conflict, Field: "id",
			Message: fmt.Sprintf("%q was used for another act already (%s)", a.ID, k.Answer.Summary)}
		return a
	}
	first := k.Answer
	first.Repeated = true
	return first
}
