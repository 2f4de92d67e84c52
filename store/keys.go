package store

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"

	"homeward/domain"
)

// This file is the only place that builds keys: numbers big-endian, times so that they sort, and for texts a keyed hash
// (textKeys), followed by the ID they lead to.

const idSize = 8

func idKey(id domain.ID) []byte { return appendID(make([]byte, 0, idSize), id) }

func appendID(b []byte, id domain.ID) []byte { return binary.BigEndian.AppendUint64(b, uint64(id)) }

func idAt(b []byte) domain.ID { return domain.ID(binary.BigEndian.Uint64(b)) }

// lastID is the ID at the end of a key.
func lastID(key []byte) (domain.ID, error) {
	if len(key) < idSize {
		return 0, flawf("an index entry has a key too short")
	}
	return idAt(key[len(key)-idSize:]), nil
}

// appendTime appends seconds so that they sort, and what has no time last.
func appendTime(b []byte, m domain.Moment) []byte {
	if m == 0 {
		return binary.BigEndian.AppendUint64(b, math.MaxUint64)
	}
	return binary.BigEndian.AppendUint64(b, uint64(m.Unix())^1<<63)
}

func timeIDKey(m domain.Moment, id domain.ID) []byte {
	return appendID(appendTime(make([]byte, 0, 16), m), id)
}

func pairKey(a, b domain.ID) []byte { return appendID(appendID(make([]byte, 0, 16), a), b) }

func (k textKeys) withID(in bucket, text string, id domain.ID) []byte {
	return appendID(k.prefix(in, text), id)
}

// policeFold is by what the beginning of a police reference is sought.
func policeFold(ref string) string { return strings.ToLower(strings.TrimSpace(ref)) }

func dateIDKey(d domain.Date, id domain.ID) []byte {
	return appendID(binary.BigEndian.AppendUint32(make([]byte, 0, 12), uint32(d)), id)
}

// spanKey orders a child's episodes by start, then number.
func spanKey(child domain.ID, start domain.Moment, episode domain.ID) []byte {
	return appendID(appendTime(appendID(make([]byte, 0, 24), child), start), episode)
}

const spanValueSize = 25

func spanValue(e *domain.Episode) []byte {
	b := make([]byte, spanValueSize)
	binary.BigEndian.PutUint64(b, uint64(e.MissingAt))
	binary.BigEndian.PutUint64(b[8:], uint64(e.ReturnedAt))
	binary.BigEndian.PutUint64(b[16:], uint64(e.Referral))
	if e.DuplicateOf != 0 {
		b[24] |= 1
	}
	if e.History {
		b[24] |= 2
	}
	if e.Ended != nil {
		b[24] |= 4
	}
	return b
}

func readSpan(key, value []byte) (domain.EpisodeSpan, error) {
	if len(key) != 24 || len(value) != spanValueSize {
		return domain.EpisodeSpan{}, malformed("a child's episodes")
	}
	return domain.EpisodeSpan{
		ID:        idAt(key[16:]),
		Start:     domain.Moment(binary.BigEndian.Uint64(value)),
		End:       domain.Moment(binary.BigEndian.Uint64(value[8:])),
		Referral:  idAt(value[16:]),
		Duplicate: value[24]&1 != 0,
		History:   value[24]&2 != 0,
		Ended:     value[24]&4 != 0,
	}, nil
}

// A candidate stands under its child, start and episode, as a span does. Its value is the rest of what is known of it; the
// start again, because a key keeps no precision.

const candidateHead = 28

func candidateValue(k domain.Candidate) []byte {
	b := make([]byte, candidateHead, candidateHead+len(k.PoliceRef))
	binary.BigEndian.PutUint64(b, uint64(k.Start))
	binary.BigEndian.PutUint64(b[8:], uint64(k.Return))
	binary.BigEndian.PutUint64(b[16:], uint64(k.Referral))
	binary.BigEndian.PutUint32(b[24:], uint32(k.From))
	return append(b, k.PoliceRef...)
}

func readCandidate(key, value []byte) (domain.Candidate, error) {
	if len(key) != 24 || len(value) < candidateHead {
		return domain.Candidate{}, malformed("the candidates for a cluster")
	}
	return domain.Candidate{
		Episode:   idAt(key[16:]),
		Start:     domain.Moment(binary.BigEndian.Uint64(value)),
		Return:    domain.Moment(binary.BigEndian.Uint64(value[8:])),
		Referral:  idAt(value[16:]),
		From:      domain.Date(binary.BigEndian.Uint32(value[24:])),
		PoliceRef: string(value[candidateHead:]),
	}, nil
}

// candidateTimes are the start and the return of a candidate in Unix seconds.
func candidateTimes(e put) (start, back int64, err error) {
	if len(e.value) < candidateHead {
		return 0, 0, malformed("the candidates for a cluster")
	}
	at := func(b []byte) int64 { return domain.Moment(binary.BigEndian.Uint64(b)).Unix() }
	return at(e.value), at(e.value[8:]), nil
}

// suggestedValue lists the episodes of each suggestion behind their number.
func suggestedValue(sets [][]domain.ID) []byte {
	var b []byte
	for _, set := range sets {
		b = binary.BigEndian.AppendUint32(b, uint32(len(set)))
		for _, id := range set {
			b = appendID(b, id)
		}
	}
	return b
}

// standingKey keeps the clusters whose interview was held apart from those whose was not.
func standingKey(held bool, cluster domain.ID) []byte { return appendID(standingPrefix(held), cluster) }

func standingPrefix(held bool) []byte {
	b := make([]byte, 1, 1+idSize)
	if held {
		b[0] = 1
	}
	return b
}

// keyWords names a key in a message.
func keyWords(key []byte) string {
	if len(key) == idSize {
		if id := idAt(key); id.Kind() != domain.KindNone && int(id.Kind()) < kindCount {
			return id.String()
		}
	}
	return fmt.Sprintf("%x", key[:min(len(key), 16)])
}
