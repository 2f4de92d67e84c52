package store

import (
	"bytes"
)

// modesEncode encodes without a key, into bytes of its own.
func modesEncode(v any) ([]byte, error) {
	var b bytes.Buffer
	err := modes().enc.MarshalToBuffer(v, &b)
	return b.Bytes(), err
}
