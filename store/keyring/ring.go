// Package keyring keeps the data keys of an encrypted database in a file beside it, sealed for each of those who may open it.
package keyring

// Ring is the data keys of a database by their number, which their envelopes name.
type Ring struct {
	Keys map[uint32][]byte
}
