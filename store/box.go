package store

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"golang.org/x/crypto/chacha20poly1305"

	"homeward/store/keyring"
)

// Encryption at rest. What is kept under a key is sealed by XChaCha20-Poly1305 together with the name of its bucket, its key and
// the number of the data key, so that nothing can be put in another's place. Texts never stand in keys of the file: a keyed hash
// does (textKeys). What is left to see are sizes, rounded up, counts, numbers and times.

// box seals and opens with the data keys of a file. It does not change: a file that gets another data key gets another box.
type box struct {
	epoch uint32 // number of the data key that it seals with
	aeads map[uint32]cipher.AEAD
	texts textKeys
}

// newBox of a ring of data keys. It seals with the key of one epoch, and makes the keys of texts by that of another.
func newBox(ring *keyring.Ring, epoch, textEpoch uint32) (*box, error) {
	b := &box{epoch: epoch, aeads: map[uint32]cipher.AEAD{}}
	for number, key := range ring.Keys {
		sub, err := hkdf.Key(sha256.New, key, nil, "homeward records", chacha20poly1305.KeySize)
		if err != nil {
			return nil, err
		}
		if b.aeads[number], err = chacha20poly1305.NewX(sub); err != nil {
			return nil, err
		}
	}
	if b.aeads[epoch] == nil || ring.Keys[textEpoch] == nil {
		return nil, errors.New("the keys beside the database are not those it was encrypted with")
	}
	var err error
	b.texts.key, err = hkdf.Key(sha256.New, ring.Keys[textEpoch], nil, "homeward texts", sha256.Size)
	return b, err
}

const (
	epochSize = 4
	padTo     = 64
	padMark   = 0x80 // behind what is kept; zeros follow
)

func padded(n int) int { return (n + 1 + padTo - 1) / padTo * padTo }

// size is how long so many bytes are when they are sealed.
func (b *box) size(n int) int {
	return epochSize + chacha20poly1305.NonceSizeX + padded(n) + chacha20poly1305.Overhead
}

// seal appends what seals a payload to out, whose room is enough for it; head goes with it in clear.
func (b *box) seal(out []byte, in bucket, key, head, payload []byte) {
	out = binary.BigEndian.AppendUint32(out, b.epoch)
	from := len(out)
	out = out[:from+chacha20poly1305.NonceSizeX]
	nonce := out[from:]
	rand.Read(nonce)
	at := len(out)
	out = append(append(out, payload...), padMark)
	end := at + padded(len(payload))
	clear(out[len(out):end])
	b.aeads[b.epoch].Seal(out[:at], nonce, out[at:end], beside(in, key, head, b.epoch))
}

var (
	errNotSealed  = errors.New("is not sealed as it should be")
	errOtherEpoch = errors.New("is sealed with a key that is not beside the database")
)

// open gives the payload.
func (b *box) open(in bucket, key, head, sealed []byte) ([]byte, error) {
	if len(sealed) < b.size(0) {
		return nil, errNotSealed
	}
	epoch := binary.BigEndian.Uint32(sealed)
	aead := b.aeads[epoch]
	if aead == nil {
		return nil, errOtherEpoch
	}
	nonce := sealed[epochSize : epochSize+chacha20poly1305.NonceSizeX]
	payload, err := aead.Open(nil, nonce, sealed[epochSize+len(nonce):], beside(in, key, head, epoch))
	if err != nil {
		return nil, errNotSealed
	}
	n := len(payload)
	for n > 0 && payload[n-1] == 0 {
		n--
	}
	if n == 0 || payload[n-1] != padMark {
		return nil, errNotSealed
	}
	return payload[: n-1 : n-1], nil
}

// beside is what a seal holds for beside the payload. Head and epoch are of fixed length, so no two can be the same.
func beside(in bucket, key, head []byte, epoch uint32) []byte {
	name := in.name()
	b := make([]byte, 0, len(name)+1+len(key)+len(head)+epochSize)
	b = append(append(append(append(b, name...), 0), key...), head...)
	return binary.BigEndian.AppendUint32(b, epoch)
}

// textKeys makes what stands in keys for texts: a keyed hash in an encrypted file; in another the same without a secret, so that
// there is one way to find anything.
type textKeys struct{ key []byte }

const textSize = 16

// textKeys of a file with this box, or with none.
func (b *box) textKeys() textKeys {
	if b == nil {
		return textKeys{}
	}
	return b.texts
}

// appendText appends what stands for a text in the keys of a bucket.
func (k textKeys) appendText(b []byte, in bucket, text string) []byte {
	h := hmac.New(sha256.New, k.key)
	h.Write(in.key())
	h.Write([]byte{0})
	h.Write([]byte(text))
	var room [sha256.Size]byte
	return append(b, h.Sum(room[:0])[:textSize]...)
}

func (k textKeys) prefix(in bucket, text string) []byte {
	return k.appendText(make([]byte, 0, 2*textSize+2*idSize), in, text)
}
